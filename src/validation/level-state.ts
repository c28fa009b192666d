import type { CnameAnswer, LevelSeen } from "./look-cname";

/** How the record stands at one level. */
export type LevelState =
  /** Every server of the zone has it, and the resolver too. */
  | "right"
  /** Every server of the zone has it, and the resolver says something else. */
  | "not-yet-resolved"
  /** Somebody has it, and somebody else answers otherwise. */
  | "mixed"
  /** Somebody has it, and from others no answer came; or only a resolver was asked, and says that there is nothing. */
  | "unsure"
  /** The resolver has it, the zone's servers say that it is not there. */
  | "resolver-only"
  /** Its signatures are wrong. */
  | "unsigned"
  /** Something else stands there. */
  | "other"
  | "none"
  /** Nobody gave a usable answer. */
  | "failed";

export function levelState({ resolver, servers, unchecked }: LevelSeen): LevelState {
  const said = new Set(servers.map(({ says }) => says));
  const all = new Set([...said, ...(resolver === undefined ? [] : [resolver.says])]);
  if (unchecked !== undefined && (said.has("right") || unchecked.says === "right")) return "unsigned";
  if (said.size === 1 && said.has("right")) {
    return resolver?.says === "right" ? "right" : resolver?.says === "failed" ? "unsure" : "not-yet-resolved";
  }
  if (said.has("right")) return said.has("none") || said.has("other") ? "mixed" : "unsure";
  if (all.has("right")) return said.has("none") || said.has("other") ? "resolver-only" : "unsure";
  if (all.has("other")) return "other";
  // A resolver repeats that there is nothing for a while after that was mended: then the zone's servers are needed.
  if (all.has("none") && isShutOut(servers)) return "unsure";
  return all.has("none") ? "none" : "failed";
}

/** Whether none of the zone's servers that were asked said anything. */
export const isShutOut = (servers: readonly CnameAnswer[]): boolean =>
  servers.length > 0 && servers.every(({ says }) => says === "failed");

/** What everybody says at a level. */
export const answersOf = ({ servers, resolver }: Pick<LevelSeen, "servers" | "resolver">): readonly CnameAnswer[] => [
  ...(resolver === undefined ? [] : [resolver]),
  ...servers,
];

import type { CnameMistakes } from "./cname-mistakes";
import type { CnameLook, CnameSeen, Standing } from "./look";
import { answersOf, levelState, type LevelState } from "./level-state";
import type { CnameAnswer, LevelSeen } from "./look-cname";

/** The record of a domain, and whether the CA would find it, as far as was seen. */
export interface CnameStanding {
  readonly standing: Standing;
  /** The level at which it stands, or stands in part. */
  readonly level?: LevelSeen;
  readonly state: LevelState;
}

/**
 * The CA asks at the domain first, then at each parent, and takes the first hit. So a right record counts unless
 * another one stands before it.
 * @param mistakes with whom the parent zone delegates to; absent if nobody was asked
 */
export function cnameStanding(levels: readonly LevelSeen[], mistakes?: CnameMistakes): CnameStanding {
  const states = levels.map((level) => ({ level, state: levelState(level) }));
  const index = states.findIndex(({ state }) => !EMPTY.includes(state));
  const first = states.find(({ state }) => HOPEFUL.includes(state)) ?? states[index];
  if (first === undefined) {
    const isKnown = states.some(({ state }) => state === "none");
    return isKnown ? { standing: "not-in-place", state: "none" } : { standing: "cannot-tell", state: "failed" };
  }
  const { level, state } = first;
  if (isBroken(level, mistakes)) return { standing: "not-in-place", level, state: "unsigned" };
  const isShadowed = states.indexOf(first) > index;
  const isClear = !isShadowed && (state === "right" || (state === "not-yet-resolved" && isDelegated(level, mistakes)));
  if (isClear) return { standing: "in-place", level, state };
  const isDoubtful = isShadowed || state === "unsure" || state === "not-yet-resolved" || isOldForm(level);
  return { standing: isDoubtful ? "cannot-tell" : "not-in-place", level, state };
}

const EMPTY: readonly LevelState[] = ["none", "failed"];
const HOPEFUL: readonly LevelState[] = ["right", "not-yet-resolved"];

/** Whether the parent zone names the servers that were asked, and so everybody will ask them. */
const isDelegated = ({ zone }: LevelSeen, mistakes?: CnameMistakes): boolean =>
  mistakes?.delegations.some(({ apex, isSame }) => apex === zone?.apex && isSame) === true;

const isBroken = ({ zone }: LevelSeen, mistakes?: CnameMistakes): boolean =>
  zone !== undefined && mistakes?.broken.includes(zone.apex) === true;

/** The right hash in a form that the CA's documents no longer name: a likely cause, and not a proof of failure. */
const isOldForm = (level: LevelSeen): boolean =>
  answersOf(level).every(
    ({ says, proof }) => says === "failed" || (proof?.kind === "old-form" && proof.isOurs === true),
  );

/** As it is kept and shown. */
export function cnameLook(levels: readonly LevelSeen[], { standing, level }: CnameStanding): CnameLook {
  const proof = level && answersOf(level).find(({ says }) => says === "right")?.proof;
  const uniqueValue = proof?.uniqueValue;
  return {
    standing,
    ...(proof !== undefined && level !== undefined && { foundAt: level.level }),
    ...(uniqueValue !== undefined && { uniqueValue }),
    seen: levels.flatMap(answersOf).map(cnameSeen),
  };
}

const cnameSeen = ({ server, name, says, detail }: CnameAnswer): CnameSeen => ({
  server,
  name,
  says,
  ...(detail !== undefined && { detail: detail.slice(0, MAX_DETAIL) }),
});

/** Characters of what a server says. */
const MAX_DETAIL = 300;

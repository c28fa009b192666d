import type { FoundName } from "./cname-mistakes";
import { mayUseCname, mayUseFile, triedCname, triedFile, type Evidence } from "./evidence";
import { finding, type ValidationFinding } from "./finding";
import { isInPlace, lightened, weighedBy } from "./way-weight";
import { answersOf, isShutOut, levelState } from "./level-state";
import type { CnameAnswer, LevelSeen } from "./look-cname";
import type { NameServer } from "./ports";
import type { ProofKind } from "./proof-kind";
import { SUFFIX } from "./published-proof";

type Weight = ValidationFinding["weight"];

/** What is wrong with the CNAME record. */
export function cnameFindings(evidence: Evidence): readonly ValidationFinding[] {
  const { levels, cname, plan } = evidence;
  if (cname === undefined) return [];
  const found = [
    ...levels.flatMap((level) => {
      const found = levelFindings(level, evidence);
      return isBehind(level, evidence) ? found.map((each) => lightened(each, "note")) : found;
    }),
    ...mistakeFindings(evidence),
    ...shadowFindings(evidence),
    ...(mayUseCname(plan) && !(plan.method === undefined && isInPlace("file", evidence))
      ? absenceFindings(evidence)
      : []),
  ];
  return weighedBy("cname", found, evidence);
}

/** Whether the CA found the record before it would come to a level. */
const isBehind = (level: LevelSeen, { levels, cname }: Evidence): boolean =>
  cname?.standing === "in-place" && cname.level !== undefined && levels.indexOf(level) > levels.indexOf(cname.level);

/** What stands at one expected name. */
function levelFindings(level: LevelSeen, evidence: Evidence): readonly ValidationFinding[] {
  const state = levelState(level);
  if (level.unchecked !== undefined) return [finding("dnssec-broken", "stops", level.zone?.apex ?? level.level)];
  if (state === "right") return [];
  if (state === "not-yet-resolved") return [behindFinding(level)];
  const wrong = answersOf(level).flatMap((answer) => wrongTarget(level, answer, evidence));
  return [...wrong, ...spreadFindings(level)];
}

function wrongTarget({ name }: LevelSeen, answer: CnameAnswer, evidence: Evidence): readonly ValidationFinding[] {
  const { proof, target = "" } = answer;
  return proof === undefined ? [] : targetFindings(name, target, proof, evidence);
}

/** What is wrong with a target, of two mistakes both. */
function targetFindings(
  name: string,
  target: string,
  { also, ...proof }: ProofKind,
  evidence: Evidence,
): readonly ValidationFinding[] {
  const further = also === undefined ? [] : targetFindings(name, target, also, evidence);
  return [...targetFinding(name, target, proof, evidence), ...further];
}

function targetFinding(
  name: string,
  target: string,
  proof: ProofKind,
  { mistakes, plan }: Evidence,
): readonly ValidationFinding[] {
  const isAt = (found: FoundName): boolean => found.name === name;
  switch (proof.kind) {
    case "right":
      return [];
    case "other-target":
      if (mistakes?.wildcards.some(isAt) === true) return [finding("wildcard-answers", "stops", name, target)];
      if (mistakes?.chains.some(isAt) === true) return [finding("alias-chain", "stops", name, target)];
      return [finding("other-target", "stops", name, target)];
    case "target-suffixed":
      return [finding(proof.kind, "stops", target, proof.appended ?? "", SUFFIX)];
    case "other-request":
      return [finding(proof.kind, "stops", name, proof.request ?? "")];
    case "text-hashed":
      return [finding(proof.kind, "stops", name)];
    case "other-unique-value":
      return [finding(proof.kind, "stops", proof.uniqueValue ?? "", plan.token?.uniqueValue ?? "")];
    case "old-form":
      return [finding(proof.kind, "may-stop", target)];
    case "pasted-text":
    case "hash-cut":
      return [finding(proof.kind, "stops", target)];
  }
}

/** Servers that disagree, or do not answer. */
function spreadFindings(level: LevelSeen): readonly ValidationFinding[] {
  const { name, servers, resolver, zone } = level;
  const of = (says: CnameAnswer["says"][]): string =>
    servers.flatMap((each) => (says.includes(each.says) ? [serverName(each.server)] : [])).join(", ");
  switch (levelState(level)) {
    case "mixed":
      return [finding("servers-differ", "may-stop", name, of(["right"]), of(["none", "other", "failed"]))];
    case "resolver-only":
      return [finding("internal-only", "stops", name, resolver === undefined ? "" : serverName(resolver.server))];
    case "unsure": {
      const silent = answersOf(level).flatMap((each) => (each.says === "failed" ? [serverName(each.server)] : []));
      // A resolver had an answer, and so the servers are there: it is the network here that lets nobody ask them.
      const why = servers.length === 0 ? "unknown" : isShutOut(servers) ? "network" : "";
      return [silentFinding(zone?.apex ?? level.level, silent, why)];
    }
    case "other":
      return isShutOut(servers) ? [silentFinding(zone?.apex ?? level.level, [of(["failed"])], "network")] : [];
    default:
      return [];
  }
}

/** Seconds that a resolver repeats "no such name" at most, whatever the zone says (RFC 2308 section 5). */
const LONGEST_REPEATED = 86_400;

/** Resolvers repeat "no such name" for as long as the zone allows (RFC 2308 section 5). */
function behindFinding({ name, resolver }: LevelSeen): ValidationFinding {
  const reply = resolver?.reply;
  const soa = reply?.kind === "answered" ? reply.authority.find(({ type }) => type === "SOA") : undefined;
  const seconds = soa?.type === "SOA" ? Math.min(soa.ttl, soa.minimum, LONGEST_REPEATED) : undefined;
  const minutes = seconds === undefined ? "" : String(Math.max(1, Math.ceil(seconds / 60)));
  return finding("resolver-behind", "note", name, resolver === undefined ? "" : serverName(resolver.server), minutes);
}

/** What stands elsewhere than it should. */
function mistakeFindings(evidence: Evidence): readonly ValidationFinding[] {
  const { mistakes, levels, cname } = evidence;
  if (mistakes === undefined) return [];
  const { misplaced, proxied, others, texts, delegations, broken } = mistakes;
  // Where the record is in place all the same, leftovers are worth a word.
  const weight: Weight = cname?.standing === "in-place" ? "note" : "stops";
  return [
    ...misplaced.flatMap(({ name, expected, isDoubled, isBare, target, proof }) => [
      ...(isDoubled ? [finding("host-doubled", weight, name, expected)] : []),
      ...(isBare ? [finding("underscore-missing", weight, name, expected)] : []),
      ...targetFindings(name, target, proof, evidence).map((each) => lightened(each, weight)),
    ]),
    ...proxied.map(({ name, what }) => finding("proxied", weight, name, ...(what === "" ? [] : [what]))),
    ...others.map(({ name, what }) => finding("other-request", weight, name, what)),
    ...texts.map((name) => finding("text-hashed", weight, name)),
    ...broken.map((apex) => finding("dnssec-broken", "stops", apex)),
    ...delegations.flatMap(({ apex, parentNames, ownNames, isSame }) =>
      isSame ? [] : [finding("delegated-elsewhere", "may-stop", apex, parentNames.join(", "), ownNames.join(", "))],
    ),
    ...levels.flatMap(({ zone }) =>
      zone === undefined || zone.hidden.length === 0
        ? []
        : [finding("internal-only", "may-stop", zone.apex, zone.hidden.join(", "))],
    ),
  ];
}

/** The CA takes the first hit from the domain up. */
function shadowFindings({ levels, cname }: Evidence): readonly ValidationFinding[] {
  const level = cname?.level;
  if (level === undefined || (cname?.state !== "right" && cname?.state !== "not-yet-resolved")) return [];
  const before = levels.slice(0, levels.indexOf(level)).find((each) => !["none", "failed"].includes(levelState(each)));
  return before === undefined ? [] : [finding("level-shadowed", "may-stop", level.name, before.name)];
}

/** Nothing there at all, or not any more. */
function absenceFindings(evidence: Evidence): readonly ValidationFinding[] {
  const { levels, cname, mistakes, plan, file } = evidence;
  const top = levels.at(-1);
  if (top === undefined || cname === undefined || cname.standing === "in-place") return [];
  // A registrable domain that nobody registered has no records at all.
  if (top.isMissing) return [finding("host-unknown", "stops", top.level)];
  if (cname.state === "failed") {
    const silent = levels.flatMap(answersOf).map(({ server }) => serverName(server));
    return levels.some(({ unchecked }) => unchecked !== undefined) ? [] : [silentFinding(top.level, silent)];
  }
  if (cname.state !== "none" || triedCname(evidence) || (mistakes?.proxied.length ?? 0) > 0) return [];
  const { before } = plan;
  if (before !== undefined && (before.by === "cname" || mayUseFile(plan))) {
    return [finding("removed", "stops", before.place, String(before.at))];
  }
  const isEither = mayUseFile(plan) && file !== undefined;
  if (isEither && triedFile(evidence)) return [];
  return [finding("not-published", "stops", top.name, ...(isEither ? [file.url] : []))];
}

/**
 * @param why `unknown`: no server of the zone could be asked, but a resolver was; `network`: none of them answers this
 *   computer, but a resolver gets answers
 */
function silentFinding(
  zone: string,
  silent: readonly string[],
  why: "unknown" | "network" | "" = "",
): ValidationFinding {
  return finding("servers-silent", "may-stop", zone, [...new Set(silent)].join(", "), why);
}

/** A server as a person knows it: by its name, else by its address. */
const serverName = ({ name, address }: NameServer): string => name ?? address;

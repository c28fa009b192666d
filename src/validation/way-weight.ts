import { mayUseCname, mayUseFile, type Evidence } from "./evidence";
import type { ValidationFinding } from "./finding";

type Weight = ValidationFinding["weight"];

/** The ways to prove control that can be seen from here. */
export type ProofWay = "cname" | "file";

const MAY_USE = { cname: mayUseCname, file: mayUseFile } as const;
const OTHER = { cname: "file", file: "cname" } as const;

/** Whether the proof stands where one way wants it, as far as was seen. */
export const isInPlace = (way: ProofWay, evidence: Pick<Evidence, ProofWay>): boolean =>
  evidence[way]?.standing === "in-place";

/**
 * How much what is wrong with one way weighs. Of the order's method, as it is; of another one, it is a note. Where
 * nobody knows the method, the order may be for the other way or for e-mail: then it is never sure that it stops the
 * order, and it is a note where the other way is in place.
 */
export function weighedBy(
  way: ProofWay,
  found: readonly ValidationFinding[],
  evidence: Evidence,
): readonly ValidationFinding[] {
  const most = mostOf(way, evidence);
  return found.map((each) => (isOfAllWays(way, each) ? each : lightened(each, most)));
}

function mostOf(way: ProofWay, evidence: Evidence): Weight {
  if (!MAY_USE[way](evidence.plan)) return "note";
  if (evidence.plan.method !== undefined || (way === "file" && isForFilesAlone(evidence))) return "stops";
  return isInPlace(OTHER[way], evidence) ? "note" : "may-stop";
}

/** Of an IP address, files are the only way (the CA's page on that method). */
const isForFilesAlone = ({ levels }: Evidence): boolean => levels.length === 0;

/** Wrong signatures stop every way, and nothing can be shown for a domain that nobody registered. */
const isOfAllWays = (way: ProofWay, { id }: ValidationFinding): boolean =>
  id === "dnssec-broken" || (way === "cname" && id === "host-unknown");

/** From the gravest on. */
export const WEIGHTS: readonly Weight[] = ["stops", "may-stop", "note"];

/** A finding that weighs no more than so much. */
export function lightened(each: ValidationFinding, most: Weight): ValidationFinding {
  return WEIGHTS.indexOf(each.weight) < WEIGHTS.indexOf(most) ? { ...each, weight: most } : each;
}

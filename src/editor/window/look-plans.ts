import type { LookPlan } from "../../validation/look";
import type { ValidationSubject } from "../../validation/subject";
import type { SeenInPlace } from "./record-memory";
import type { SoughtRequest } from "./subject-requests";

/**
 * What to look for at each domain of a subject. Pure.
 * @param sought of its request; absent where it has none
 * @param inPlace what was seen in place before
 * @param isStoppedByCaa whether the CA gave up because of CAA
 */
export function lookPlans(
  { purpose, domains }: Pick<ValidationSubject, "purpose" | "domains">,
  sought: SoughtRequest | undefined,
  inPlace: readonly SeenInPlace[],
  isStoppedByCaa: boolean,
): readonly LookPlan[] {
  const before = new Map(inPlace.map(({ domain, ...seen }) => [domain, seen]));
  return domains.map(({ domain, method }) => {
    const seen = before.get(domain);
    return {
      ...{ domain, purpose, isStoppedByCaa },
      ...sought,
      ...(method !== undefined && { method }),
      ...(seen !== undefined && { before: seen }),
    };
  });
}

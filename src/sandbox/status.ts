import type { IssuedOrder } from "./order-state";
import { STEPS, type DomainValidation, type Validation } from "./script";

/** What CollectSSL's show flags add, the same in both of its text forms. */

/** The steps that apply, by their names on the wire, and the state of CAA if it was looked up. */
export function statusDetails({ steps, caaStatus }: Validation): readonly (readonly [string, string])[] {
  const details = STEPS.flatMap((step): readonly (readonly [string, string])[] => {
    const value = steps[step];
    return value === undefined ? [] : [[step, String(value)]];
  });
  return caaStatus === undefined ? details : [...details, ["caaStatus", caaStatus]];
}

/** `a.example VALIDATED, b.example NOTVALIDATED`. Only the second form of the list knows about brands. */
export function domainList(domains: readonly DomainValidation[], withBrands: boolean): string {
  return domains
    .map(([domain, state]) => `${domain} ${state === "AWAITINGBRAND" && !withBrands ? "NOTVALIDATED" : state}`)
    .join(", ");
}

/** Begin and end of what is paid for, UNIX seconds. */
export function productTerm({ termStart, termDays }: IssuedOrder): readonly [start: number, end: number] {
  const start = termStart / 1000;
  return [start, start + termDays * 86_400];
}

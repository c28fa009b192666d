import type { Evidence } from "./evidence";
import { finding, type ValidationFinding } from "./finding";
import { decidingTag } from "./caa-verdict";
import { isWildcard } from "./domain-levels";
import type { CaaLook } from "./look";
import type { CaaData } from "./ports";

/** What CAA says against the order. */
export function caaFindings({ plan, host, caa, levels, mistakes }: Evidence): readonly ValidationFinding[] {
  switch (caa.verdict) {
    case "conditions":
      // Only the CA can tell whether they were what stopped it.
      return [];
    case "allowed":
    case "unrestricted":
      // The CA does not look again by itself once it refused.
      return plan.isStoppedByCaa === true ? [finding("caa-mended", "stops", plan.domain)] : [];
    case "forbidden":
      return forbidden(caa, host, decidingTag(caa.records, plan.purpose, isWildcard(plan.domain)));
    case "failed":
    case "maybe":
      // Where the record's own zone fails, one finding is enough.
      if (levels.some(({ unchecked }) => unchecked) || (mistakes?.broken.length ?? 0) > 0) {
        return caa.reason === "dnssec-broken" ? [] : [uncertain(caa)];
      }
      return [uncertain(caa)];
  }
}

/** @param tag the property that decides */
function forbidden(caa: CaaLook, host: string, tag: string): readonly ValidationFinding[] {
  const { reason, foundAt = host, aliases, records } = caa;
  const values = valuesOf(records);
  const end = aliases.at(-1);
  const inherited =
    foundAt === host && end === undefined
      ? []
      : [finding("caa-inherited", "note", foundAt, host, ...(end === undefined ? [] : [end]))];
  switch (reason) {
    case "critical-tag":
      return [finding("caa-critical", "stops", foundAt, values), ...inherited];
    case "quoted":
    case "unreadable":
      return [finding("caa-quoted", "stops", foundAt, values), ...inherited];
    case "other-property":
      return [finding("caa-other-property", "stops", foundAt, values, tag), ...inherited];
    default:
      return [finding("caa-forbids", "stops", foundAt, values), ...inherited];
  }
}

const valuesOf = (records: readonly CaaData[]): string =>
  records.map(({ tag, value }) => `${tag} "${value}"`).join(", ");

function uncertain({ verdict, reason, failure, foundAt = "", records }: CaaLook): ValidationFinding {
  const { name = foundAt, detail = "" } = failure ?? {};
  const weight = verdict === "failed" ? "stops" : "may-stop";
  switch (reason) {
    case "dnssec-broken":
      return finding("dnssec-broken", weight, name);
    case "reserved-tag":
      return finding("caa-critical", weight, foundAt, valuesOf(records));
    case "one-issuer":
      return finding("caa-forbids", weight, foundAt, valuesOf(records), "one-issuer");
    default:
      return finding("caa-unanswered", weight, name, detail);
  }
}

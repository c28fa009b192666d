import { isWildcard } from "./domain-levels";
import type { Evidence } from "./evidence";
import { finding, type ValidationFinding } from "./finding";
import { answersOf } from "./level-state";
import { isNewValue } from "./unique-value";

/** What the order itself makes impossible, or asks for. */
export function orderFindings(evidence: Evidence): readonly ValidationFinding[] {
  return [
    ...[reused, uniqueValue, wildcardByFile, mail].flatMap((row) => row(evidence)),
    ...evidence.texts.map(({ name, what }) => finding("portal-text", "note", name, what)),
  ];
}

/** What is published between the hash and the suffix; empty where a proof has none; absent without a proof. */
function publishedValue({ levels, file }: Evidence): string | undefined {
  const ofRecord = levels.flatMap(answersOf).find(({ says }) => says === "right")?.proof;
  const proof = ofRecord ?? file?.ways.find(({ seen }) => seen.says === "right")?.body;
  return proof && (proof.uniqueValue ?? "");
}

/** A token serves once, but for another unique value. */
function reused(evidence: Evidence): readonly ValidationFinding[] {
  const { served, token } = evidence.plan;
  if (served === undefined) return [];
  const value = publishedValue(evidence) ?? token?.uniqueValue;
  if (isNewValue(value, served.uniqueValue)) return [];
  return [finding("token-reused", "may-stop", served.by, served.isByKey === true ? "key" : "")];
}

/** Nobody but the orderer and the CA knows the order's unique value. */
function uniqueValue(evidence: Evidence): readonly ValidationFinding[] {
  const value = publishedValue(evidence);
  const isKnown = evidence.plan.token?.uniqueValue !== undefined;
  return value === undefined || value === "" || isKnown ? [] : [finding("unique-value", "note", value)];
}

/** BR 3.2.2.4.18: a file proves its own host alone. */
function wildcardByFile({ plan, cname }: Evidence): readonly ValidationFinding[] {
  const { domain, method, token } = plan;
  if (!isWildcard(domain)) return [];
  if (method === "http" || method === "https") return [finding("wildcard-by-file", "stops", domain)];
  const isOpen = method === undefined && token !== undefined && cname?.standing !== "in-place";
  return isOpen ? [finding("wildcard-by-file", "note", domain)] : [];
}

function mail({ mail: seen }: Evidence): readonly ValidationFinding[] {
  if (seen === undefined || seen.hasServer || seen.hasContact || seen.without.length === 0) return [];
  return [finding("mail-unreachable", "may-stop", seen.without.join(", "))];
}

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

/**
 * What is published between the hash and the suffix, by every server that has the record, else by the file; empty where
 * a proof has none; none without a proof. Servers and addresses may not agree.
 */
function publishedValues({ levels, file }: Evidence): readonly string[] {
  const ofRecord = levels.flatMap(answersOf).flatMap(({ says, proof }) => (says === "right" && proof ? [proof] : []));
  const ofFile = (file?.ways ?? []).flatMap(({ seen, body }) => (seen.says === "right" && body ? [body] : []));
  const proofs = ofRecord.length > 0 ? ofRecord : ofFile;
  return [...new Map(proofs.map(({ uniqueValue: value = "" }) => [value.toLowerCase(), value])).values()];
}

/** A token serves once, but for another unique value. */
function reused(evidence: Evidence): readonly ValidationFinding[] {
  const { served, token } = evidence.plan;
  if (served === undefined) return [];
  const published = publishedValues(evidence);
  const values = published.length > 0 ? published : [token?.uniqueValue];
  if (values.every((value) => isNewValue(value, served.uniqueValue))) return [];
  return [finding("token-reused", "may-stop", served.by, served.isByKey === true ? "key" : "")];
}

/** Nobody but the orderer and the CA knows the order's unique value. */
function uniqueValue(evidence: Evidence): readonly ValidationFinding[] {
  if (evidence.plan.token?.uniqueValue !== undefined) return [];
  return publishedValues(evidence).flatMap((value) => (value === "" ? [] : [finding("unique-value", "note", value)]));
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

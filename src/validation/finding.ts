/** The failures of validation that are told apart, in the order of the table in `findings.ts`. */
export const FINDINGS = [
  "host-doubled",
  "target-suffixed",
  "underscore-missing",
  "pasted-text",
  "proxied",
  "wildcard-answers",
  "old-form",
  "other-request",
  "token-reused",
  "text-hashed",
  "file-on-one-host",
  "host-unknown",
  "redirected",
  "page-served",
  "file-spelled",
  "unseen-block",
  "families-differ",
  "wildcard-by-file",
  "internal-only",
  "servers-differ",
  "removed",
  "caa-forbids",
  "caa-inherited",
  "caa-quoted",
  "caa-other-property",
  "caa-unanswered",
  "dnssec-broken",
  "caa-mended",
  "mail-unreachable",
  /** Not a failure of its own: nothing is published yet. */
  "not-published",
  /** Published with a unique value, which must be the order's. */
  "unique-value",
] as const;

export type FindingId = (typeof FINDINGS)[number];

/** What was found against what is needed. */
export interface ValidationFinding {
  readonly id: FindingId;
  /** `stops`: the CA cannot succeed; `may-stop`: it may; `note`: worth knowing. */
  readonly weight: "stops" | "may-stop" | "note";
  /** What was seen, and the next step, in places `{0}` … of the texts in `finding-words.ts`. */
  readonly values: readonly string[];
}

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
  /** At the expected name stands a target that has none of the forms above. */
  "other-target",
  /** The expected name leads to another name, at whose end the right target stands. */
  "alias-chain",
  /** Digits of the hash are missing or cut in the wrong place. */
  "hash-cut",
  /** Published with another unique value than the order's. */
  "other-unique-value",
  /** The right record stands at a level, but another one at a level that the CA looks at first. */
  "level-shadowed",
  /** None of the zone's own servers answered this computer. */
  "servers-silent",
  /** Every server of the zone has the record; the resolver repeats that it is not there. */
  "resolver-behind",
  /** The zone's parent names other servers than the zone itself. */
  "delegated-elsewhere",
  /** A CAA record with the critical bit and a tag that the CA may not know. */
  "caa-critical",
  /** A value for DNS TXT is published; only the CA's portal knows the right one. */
  "portal-text",
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

/** A finding with its values. */
export const finding = (
  id: FindingId,
  weight: ValidationFinding["weight"],
  ...values: readonly string[]
): ValidationFinding => ({ id, weight, values });

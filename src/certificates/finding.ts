import type { Phrase } from "../words/phrase";

/** What a check found out about a certificate or a chain. */
export interface Finding {
  /** Stable, for example "validity.expired"; diagnostics and tests use it. */
  readonly id: string;
  readonly severity: "error" | "warning" | "info";
  /** One plain sentence for a person. */
  readonly message: Phrase | string;
  /** What to do about it, if anything. */
  readonly advice?: Phrase | string;
  /** The clause that the rule comes from, for instance "BR 7.1.2.7.12" or "RFC 5280 section 4.2.1.6". */
  readonly clause?: string;
  /** Section.id of the part of the page that it is about, for instance "subjectAltName". */
  readonly section?: string;
}

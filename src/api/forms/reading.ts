import type { DomainStatus, NotUnderstoodReason } from "../result";

/**
 * What one form says, before anybody judges it. Texts are the server's own: unmasked and of any length, so they go no
 * further than `response.ts`.
 */
export interface AnswerReading {
  /** Absent for a bare structure, which has no status line. */
  readonly code?: number;
  readonly message?: string;
  /** The argument at fault, where it is named apart from the message. */
  readonly field?: string;
  /** Pieces that hold certificates: PEM, base64 or binary, still packed. */
  readonly packed: readonly (string | Uint8Array)[];
  /** Which piece the form names as the end-entity certificate (base 0). */
  readonly leafPiece?: number;
  readonly facts: AnswerFacts;
  /** What stands in it besides certificates, where the form cuts it: a secret may be cut as well. */
  readonly parts?: Parts;
}

export interface Parts {
  readonly texts: readonly string[];
  /** What stood between them. */
  readonly between: string;
}

/** What stands beside the status. Times are epoch ms. */
export interface AnswerFacts {
  fqdn?: string | undefined;
  certificateStatus?: string | undefined;
  validationStatus?: string | undefined;
  notBefore?: number | undefined;
  notAfter?: number | undefined;
  certificateDurationDays?: number | undefined;
  productTermStart?: number | undefined;
  productTermEnd?: number | undefined;
  productTermDurationDays?: number | undefined;
  caa?: string | undefined;
  domains?: DomainStatus[] | undefined;
  /** By the CA's name. */
  statuses?: Map<string, string> | undefined;
  /** What fits nothing above. */
  other?: string[] | undefined;
  /** Parts of lists, between which a secret may be cut. */
  cuts?: Parts[] | undefined;
}

/** The bytes break the promise of their form. Never leaves this room: `readAnswer` turns it into a result. */
export class UnreadableAnswer extends Error {
  override readonly name = "UnreadableAnswer";

  constructor(
    readonly code: Exclude<NotUnderstoodReason, "http-status">,
    /** What was seen, one sentence with nothing of the server's text in it. The next step follows from the code. */
    message: string,
  ) {
    super(message);
  }
}

/** Keeps a line that fits nothing. */
export function keepOther(facts: AnswerFacts, line: string): void {
  (facts.other ??= []).push(line);
}

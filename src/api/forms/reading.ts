import { SaidError } from "../../words/said-error";
import type { Phrase } from "../../words/phrase";
import type { DomainStatus, NotUnderstoodReason } from "../result";

/**
 * The contents of one form, before they are interpreted. Texts are the server's own: unmasked and of any length, so
 * they must not leave `response.ts`.
 */
export interface AnswerReading {
  /** Absent for a bare structure, which has no status line. */
  readonly code?: number;
  readonly message?: string;
  /** The argument at fault, if it is named apart from the message. */
  readonly field?: string;
  /** Pieces with certificates: PEM, base64 or binary, still packed. */
  readonly packed: readonly (string | Uint8Array)[];
  /** Which piece the form names as the end-entity certificate (base 0). */
  readonly leafPiece?: number;
  readonly facts: AnswerFacts;
  /** Everything apart from certificates, as the form cuts it: a secret may also be cut in two. */
  readonly parts?: Parts;
}

export interface Parts {
  readonly texts: readonly string[];
  /** The separator between them. */
  readonly between: string;
}

/** Facts beside the status. Times are epoch ms. */
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
  /** Lines that do not fit any field above. */
  other?: string[] | undefined;
  /** Parts of lists, across which a secret may be cut in two. */
  cuts?: Parts[] | undefined;
}

/** The bytes break the rules of their form. Never leaves this room: `readAnswer` turns it into a result. */
export class UnreadableAnswer extends SaidError {
  override readonly name = "UnreadableAnswer";

  constructor(
    readonly code: Exclude<NotUnderstoodReason, "http-status">,
    /** What was seen, in sentences without any of the server's text. The next step follows from the code. */
    override readonly said: Phrase,
  ) {
    super(said);
  }
}

/** Keeps a line that does not fit any field. */
export function keepOther(facts: AnswerFacts, line: string): void {
  (facts.other ??= []).push(line);
}

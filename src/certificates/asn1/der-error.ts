import { phrase, type Phrase } from "../../words/phrase";
import { SaidError } from "../../words/said-error";

/**
 * `truncated`: the input ends inside an element. `overrun`: an element is longer than the one around it. `tag`: the
 * type is not the required one, or the tag itself is malformed. `length`: a malformed length. `missing`: a required
 * element is absent. `trailing`: elements follow the last one allowed. `value`: the content breaks its type's rules.
 * `too-deep`: more than `MAX_DEPTH` levels.
 */
export type DerCode = "truncated" | "overrun" | "tag" | "length" | "missing" | "trailing" | "value" | "too-deep";

/** Thrown when bytes are not the expected ASN.1. What it says continues a sentence: it has no full stop. */
export class DerError extends SaidError {
  override readonly name = "DerError";
  declare readonly said: Phrase;

  constructor(
    readonly code: DerCode,
    /** Bytes from the start of the input. */
    readonly offset: number,
    /** What it says without the place, for callers that show the place separately. */
    readonly problem: Phrase,
  ) {
    super(phrase("{0} (byte {1})", problem, offset));
  }
}

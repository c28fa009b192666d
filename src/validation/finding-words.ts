import type { Localize } from "../orders/localize";
import { CAA_WORDS } from "./caa-finding-words";
import { CNAME_WORDS } from "./cname-finding-words";
import { FILE_WORDS } from "./file-finding-words";
import type { FindingId, ValidationFinding } from "./finding";
import type { FindingWords, SayFinding } from "./say-finding";

const WORDS: Readonly<Record<FindingId, SayFinding>> = { ...CNAME_WORDS, ...FILE_WORDS, ...CAA_WORDS };

/** A finding in the reader's language. Its values are strangers' texts: whoever shows it makes them inert. */
export function validationFindingWords(
  { id, values: [a = "", b = "", c = "", d = ""] }: ValidationFinding,
  localize: Localize,
): FindingWords {
  return WORDS[id](localize, a, b, c, d);
}

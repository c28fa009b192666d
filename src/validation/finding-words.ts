import { perLanguage, type Locale } from "../words/localize";
import { CAA_WORDS } from "./caa-finding-words";
import { CNAME_WORDS } from "./cname-finding-words";
import { FILE_WORDS } from "./file-finding-words";
import type { FindingId, ValidationFinding } from "./finding";
import type { FindingWords, SayFinding } from "./say-finding";

const WORDS: Readonly<Record<FindingId, SayFinding>> = { ...CNAME_WORDS, ...FILE_WORDS, ...CAA_WORDS };

/** A finding in the reader's language. Its values are strangers' texts: whoever shows it makes them inert. */
export function validationFindingWords(
  { id, values: [a = "", b = "", c = "", d = ""] }: ValidationFinding,
  locale: Locale,
): FindingWords {
  return WORDS[id](locale.localize, a, id === "removed" ? dayOf(b, locale) : b, c, d);
}

/** A point in time, as of a look, is on the reader's clock. @param at epoch ms, as text */
function dayOf(at: string, { language }: Locale): string {
  const date = new Date(Number(at));
  return Number.isNaN(date.getTime()) ? at : days(language).format(date);
}

const days = perLanguage((language) => new Intl.DateTimeFormat(language, { dateStyle: "medium" }));

import type { StatusDetail } from "../../api/result";

/**
 * The meaning of the CA's own words about a certificate, if they say more than its status: that somebody must act, or
 * that the certificate must no longer be used.
 */
export type CaWord = "pre-sign-failed" | "post-sign-failed" | "rejected" | "failed" | "revoked" | "replaced";

/**
 * Texts of certificateStatus and validationStatus with such a meaning, normalized by {@link plain}; the reason follows
 * them.
 */
const WORDS: readonly (readonly [RegExp, CaWord])[] = [
  [/^pre ?sign(?:ing|ature)? (?:check )?(?:has )?fail(?:ed|ure)?\b/, "pre-sign-failed"],
  [/^post ?sign(?:ing|ature)? (?:check )?(?:has )?fail(?:ed|ure)?\b/, "post-sign-failed"],
  [/^(?:rejected|declined|denied|refused)\b/, "rejected"],
  [
    /^(?:(?:issuance|issuing|signing|validation|verification) )?(?:has )?(?:failed|failure|cancell?ed|expired before issuance)\b(?! 0\b)/,
    "failed",
  ],
  [/^revoked\b/, "revoked"],
  [/^(?:replaced|superseded)\b/, "replaced"],
];

/** What may precede the relevant word: whose status it is. */
const BEFORE =
  /^(?:(?:the|this|your|certificate|order|request|application|status|state|is|was|has|been|already|issued|valid|but|and) )+/;

/** In lower case, with one space between words: the CA writes "PRE-SIGN FAILED: reason". */
function plain(text: string): string {
  const words = text.slice(0, MAX_WORD).normalize("NFKC");
  return words
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, " ")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .replace(BEFORE, "");
}

/** The most characters of a status in which the word is searched. */
const MAX_WORD = 200;

/** Such a word with its sentence, or `undefined` if the CA does not say anything of the kind. */
export function caWord(detail: StatusDetail | undefined): { readonly word: CaWord; readonly text: string } | undefined {
  for (const status of [detail?.certificateStatus, detail?.validationStatus]) {
    const word = wordOf(status ?? "");
    if (status !== undefined && word !== undefined) return { word, text: status.trim() };
  }
  // An unrecognised line may be a status in a new spelling. What it says about a collected certificate is not trusted.
  for (const line of detail?.other ?? []) {
    const word = wordOf(line);
    if (word !== undefined && word !== "revoked" && word !== "replaced") return { word, text: line.trim() };
  }
  return undefined;
}

/** The name of a host, an e-mail address or an organisation, which may begin with any word. */
const NAME =
  /^\s*\S{0,250}(?:@|\.\p{L})|[\s,](?:ltd|limited|inc|incorporated|llc|llp|gmbh|mbh|ag|kg|ug|ohg|se|s\.?a|sas|sarl|s\.?r\.?l|s\.?p\.?a|b\.?v|n\.?v|plc|corp|corporation|company|co|oy|ab|a\/s|aps|pty|e\.?v)\.?\s*$/iu;

function wordOf(text: string): CaWord | undefined {
  // The reason after a colon may end with a name.
  if (NAME.test(text.slice(0, MAX_WORD)) && !/\p{L}\s{0,4}:\s/u.test(text.slice(0, MAX_WORD))) return undefined;
  const words = plain(text);
  return WORDS.find(([pattern]) => pattern.test(words))?.[1];
}

/** What a person can do about it, one sentence in English. */
export const CA_ADVICE: Readonly<Record<CaWord, string>> = {
  "pre-sign-failed":
    "The CA stopped before signing and does not try again by itself. Fix what it names, often a CAA record, then ask the CA to try again.",
  "post-sign-failed": "The CA stopped after signing. Ask the CA's support for the certificate.",
  rejected: "The CA rejected the order. Correct what it names and contact the CA's support, or place a new order.",
  failed: "The CA stopped. Correct what it names and contact the CA's support, or place a new order.",
  revoked: "The certificate was revoked. Stop using it and order a new one.",
  replaced: "Another certificate replaced it. Track that one by its certificate ID.",
};

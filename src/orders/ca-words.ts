import type { StatusDetail } from "../api/result";

/**
 * What the CA's own words about a certificate come to, where they say more than its status: that somebody must act, or
 * that what was issued is not to be used any more.
 */
export type CaWord = "pre-sign-failed" | "post-sign-failed" | "rejected" | "revoked" | "replaced";

/** The beginnings of certificateStatus and validationStatus that mean so; the reason stands behind a colon. */
const WORDS: readonly (readonly [RegExp, CaWord])[] = [
  [/^pre-?sign\s?failed\b/i, "pre-sign-failed"],
  [/^post-?sign\s?failed\b/i, "post-sign-failed"],
  [/^rejected\b/i, "rejected"],
  [/^revoked\b/i, "revoked"],
  [/^replaced\b/i, "replaced"],
];

/** Such a word with the sentence it stands in, or `undefined` where the CA says nothing of the sort. */
export function caWord(detail: StatusDetail | undefined): { readonly word: CaWord; readonly text: string } | undefined {
  for (const status of [detail?.certificateStatus, detail?.validationStatus]) {
    const text = status?.trim() ?? "";
    const found = WORDS.find(([pattern]) => pattern.test(text));
    if (found !== undefined) return { word: found[1], text };
  }
  return undefined;
}

/** What a person can do about it, one sentence in English. */
export const CA_ADVICE: Readonly<Record<CaWord, string>> = {
  "pre-sign-failed":
    "The CA stopped before it signed, and does not try again by itself. Fix what it names, often a CAA record, then ask the CA to try again.",
  "post-sign-failed": "The CA stopped after it signed. Ask the CA's support for the certificate.",
  rejected: "The CA rejected it. Correct what it names and ask the CA's support, or place a new order.",
  revoked: "The certificate is revoked. Stop using it, and order a new one.",
  replaced: "Another certificate took its place. Track that one by its certificate ID.",
};

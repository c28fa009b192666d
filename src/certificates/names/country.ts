/** Made when first needed: it loads a table. Names of regions hardly ever change, and stand for ISO 3166-1's list. */
let regions: Intl.DisplayNames | undefined;
/** What it said; two letters make no more than 676. */
const codes = new Map<string, boolean>();

/**
 * Whether a text is a country code of ISO 3166-1, in capitals, or the "XX" that CAs use for countries without one
 * (TLS BR section 7.1.2.7.3, S/MIME BR section 7.1.4.2.2 n).
 */
export function isCountryCode(text: string): boolean {
  if (text === "XX") return true;
  if (!/^[A-Z]{2}$/.test(text) || text === "UK" || text === "ZZ") return false;
  let isCode = codes.get(text);
  if (isCode === undefined) {
    regions ??= new Intl.DisplayNames("en", { type: "region", fallback: "none" });
    isCode = regions.of(text) !== undefined;
    codes.set(text, isCode);
  }
  return isCode;
}

import type { Certificate } from "../x509/certificate";
import { plainText } from "../details/row";
import { displayName } from "../details/display-name";

/** Most characters of a name inside a sentence; the page shows it in full. */
const MAX_NAME = 80;

/** How a certificate is called inside a sentence. The name comes from the certificate: show it as plain text. */
export function called(certificate: Certificate): string {
  return shortenedName(plainText(displayName(certificate)));
}

/** A text from inside a certificate, cut to a length that fits a sentence. */
export function shortenedName(text: string): string {
  return text.length > MAX_NAME ? `${text.slice(0, MAX_NAME)}…` : text;
}

/** The day of a time (epoch ms) in UTC: "Nov 20, 2026"; in words where it could not be read. */
export const day = (at: number | undefined): string =>
  at === undefined ? "a day that could not be read" : DAYS.format(at);

const DAYS = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: "UTC" });

/** "a, b and c"; with more than `most` of them, the first ones and how many more there are. */
export function listWords(values: readonly string[], most = 5): string {
  const shown = values.slice(0, most).map(shortenedName);
  const more = values.length - shown.length;
  if (more > 0) return `${shown.join(", ")} and ${more} more`;
  const last = shown.pop() ?? "";
  return shown.length === 0 ? last : `${shown.join(", ")} and ${last}`;
}

import { inEnglish } from "../../words/localize";
import type { Phrase } from "../../words/phrase";
import type { Certificate } from "../x509/certificate";
import { withoutKeys } from "../containers/public-parts";

/** Incremented when a field changes its name or meaning; new fields do not count. */
const JSON_VERSION = 1;

/**
 * Certificates as JSON: every decoded field in the form of {@link Certificate}, in a stable order, so that the same
 * certificates always give the same text. Times are epoch ms, and our own words are English.
 */
export function certificatesJson(certificates: readonly Certificate[]): string {
  return `${JSON.stringify({ version: JSON_VERSION, certificates: withoutKeys(certificates) }, inPlainText, 2)}\n`;
}

const inPlainText = (_name: string, value: unknown): unknown => (isPhrase(value) ? inEnglish(value) : value);

/** Whether it is a text of ours, such as what is wrong with a field. Names and other decoded data have more fields. */
function isPhrase(value: unknown): value is Phrase {
  if (typeof value !== "object" || value === null || !("text" in value) || typeof value.text !== "string") return false;
  return Object.keys(value).every((name) => PHRASE.has(name));
}

const PHRASE: ReadonlySet<string> = new Set<keyof Phrase>(["text", "values", "plural"]);

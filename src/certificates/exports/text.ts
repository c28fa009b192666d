import { ENGLISH } from "../../words/localize";
import type { Certificate } from "../x509/certificate";
import type { CtLogList } from "../transparency/log-list";
import { certificateSections } from "../details/certificate-sections";
import { publicSections } from "../details/public-page";
import { saidSections } from "../details/said-page";
import type { DetailsRow, DetailsSection, Text, Value } from "../details/page";

/** Bytes per line of hex. */
const HEX_COLUMNS = 32;

/** The order of OpenSSL's `x509 -text`. Extensions come between, the alternative names first. */
const BEFORE = ["certificate", "issuer", "validity", "subject", "publicKey"];
const AFTER = ["signature", "fingerprints"];

/**
 * The contents of a certificate as lines of text, in the style of `openssl x509 -text`. The same certificate always
 * gives the same text, with one name, purpose or address per line, so that two certificates can be compared by lines:
 * none of it depends on the time, the place or the language. It goes to others and to programs, in English.
 * @param logs names the logs of certificate transparency
 */
export function certificateText(certificate: Certificate, logs?: CtLogList): string {
  // With the clock at the end of time, the page does not say how much of the lifetime is left.
  const options = { now: Infinity, ...(logs === undefined ? {} : { logs }) };
  const sections = publicSections(saidSections(certificateSections(certificate, false, options), ENGLISH));
  const ofIds = (ids: readonly string[]) => ids.flatMap((id) => sections.filter((section) => section.id === id));
  const fixed = new Set([...BEFORE, ...AFTER]);
  const ordered = [...ofIds(BEFORE), ...sections.filter(({ id }) => !fixed.has(id)), ...ofIds(AFTER)];
  return `Certificate:\n${ordered.map((section) => sectionText(section)).join("")}`;
}

/** Several certificates, with an empty line between them. */
export function chainText(certificates: readonly Certificate[], logs?: CtLogList): string {
  return certificates.map((certificate) => certificateText(certificate, logs)).join("\n");
}

function sectionText({ id, title, rows, oid, critical }: DetailsSection): string {
  // The whole is already called that; OpenSSL's word for what is in it.
  const heading = id === "certificate" ? "Data" : title;
  const facts = [...(oid === undefined ? [] : [oid]), ...(critical === true ? ["critical"] : [])].join(", ");
  return `    ${heading}${facts === "" ? "" : ` (${facts})`}:\n${rows.map((row) => rowText(row, 8)).join("")}`;
}

function rowText({ label, values }: DetailsRow, indent: number): string {
  const margin = " ".repeat(indent);
  const lines = values.flatMap((value) => valueLines(value, indent + 4));
  const [only] = lines;
  if (lines.length === 1 && only !== undefined && !only.startsWith(" ")) return `${margin}${label}: ${only}\n`;
  const inner = " ".repeat(indent + 4);
  return `${margin}${label}:\n${lines.map((line) => (line.startsWith(" ") ? `${line}\n` : `${inner}${line}\n`)).join("")}`;
}

/** Lines of a value; those of rows inside it bring their own indent. */
function valueLines(value: Value, indent: number): readonly string[] {
  switch (value.kind) {
    case "text":
    case "uri":
      return [plain(value.text)];
    case "time":
      return [`${new Date(value.at).toISOString().slice(0, 19).replace("T", " ")} UTC`];
    case "day":
      return [new Date(value.at).toISOString().slice(0, 10)];
    case "hex":
      return hexLines(value.hex);
    case "oid":
      return [value.name === undefined ? value.oid : `${value.name} (${value.oid})`];
    case "image":
      return [value.image.safe ? `picture of the type ${value.image.mediaType}` : `picture: ${value.image.reason}`];
    case "tree":
      // Its bytes are in the row above it.
      return ["as above"];
    case "rows":
      return value.rows.flatMap((row) => rowText(row, indent).trimEnd().split("\n"));
  }
}

/** Characters that break lines, change the direction of text or are invisible are written as code points. */
function plain(text: Text): string {
  return text
    .map(({ text: part, mark }) => {
      if (mark === undefined || mark === "lookalike" || mark === "damaged") return part;
      return Array.from(part, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ""}}`).join("");
    })
    .join("");
}

function hexLines(hex: string): readonly string[] {
  const bytes = hex.replace(/(..)(?=.)/g, "$1:");
  const lines: string[] = [];
  for (let start = 0; start < bytes.length; start += HEX_COLUMNS * 3)
    lines.push(bytes.slice(start, start + HEX_COLUMNS * 3));
  return lines.length === 0 ? ["(empty)"] : lines;
}

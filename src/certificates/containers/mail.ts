import { shownName } from "./shown-name";

/** One part of a mail without parts of its own (RFC 2045, 2046). Indices into the text. */
export interface MailPart {
  /** The file name, or the type if there is no name: what a person knows it by. */
  readonly name: string;
  /** In lower case: "application/zip". */
  readonly type: string;
  readonly encoding: "base64" | "quoted-printable" | "none";
  readonly start: number;
  readonly end: number;
}

/** Parts of one mail, and of parts inside parts. Those with certificates have ten, in three levels. */
const MAX_PARTS = 500;
const MAX_NESTING = 8;
/** Most headers of one part, and most characters of all of them. */
const MAX_HEADERS = 200;
const MAX_HEADER = 64 * 1024;

/** A header (RFC 5322 section 2.2) with its continuation lines, from the beginning of a line. */
const HEADER = /([!-9;-~]{1,80}):([^\r\n]*(?:(?:\r\n?|\n)[ \t][^\r\n]*)*)(?:\r\n?|\n|$)/y;
/** Lines that mailboxes and programs put before the first header. */
const BEFORE = /(?:[ \t]{0,80}(?:\r\n?|\n)){0,20}(?:\d{1,12}[ \t]{0,8}\r?\n|From [^\r\n]{1,500}(?:\r\n?|\n))?/y;

interface Headers {
  readonly fields: ReadonlyMap<string, string>;
  /** After the blank line. */
  readonly body: number;
}

/**
 * Whether a text begins like a mail or a part of one: with headers, some of which only mails have. PEM may also have
 * such lines above it, for example "Subject: …".
 */
export function isMail(text: string, from: number): boolean {
  const { fields } = readHeaders(text, beginning(text, from));
  return (
    fields.has("content-type") ||
    fields.has("mime-version") ||
    fields.has("content-transfer-encoding") ||
    (fields.has("from") && (fields.has("date") || fields.has("message-id") || fields.has("received")))
  );
}

/** The parts of a mail, at any depth. Linear in the text for each level. */
export function readMail(text: string, from: number): readonly MailPart[] {
  const mail: Mail = { parts: [], left: MAX_PARTS };
  collect(text, beginning(text, from), text.length, 0, mail);
  return mail.parts;
}

interface Mail {
  readonly parts: MailPart[];
  /** How many parts may still be examined, including those with parts of their own. */
  left: number;
}

function beginning(text: string, from: number): number {
  BEFORE.lastIndex = from;
  return BEFORE.exec(text) === null ? from : BEFORE.lastIndex;
}

function collect(text: string, from: number, to: number, nesting: number, mail: Mail): void {
  if (mail.left-- <= 0) return;
  const { fields, body } = readHeaders(text, from, to);
  const content = fields.get("content-type") ?? "text/plain";
  const type = /^\s*([\w.+/-]{1,100})/.exec(content)?.[1]?.toLowerCase() ?? "text/plain";
  const encoding = fields.get("content-transfer-encoding")?.trim().toLowerCase() ?? "";
  const boundary = parameter(content, "boundary");
  if (type.startsWith("multipart/") && boundary !== undefined && nesting < MAX_NESTING) {
    for (const [start, end] of between(text, boundary, body, to)) collect(text, start, end, nesting + 1, mail);
  } else if (type === "message/rfc822" && nesting < MAX_NESTING && !/base64|quoted/.test(encoding)) {
    collect(text, body, to, nesting + 1, mail);
  } else {
    const name = parameter(fields.get("content-disposition") ?? "", "filename") ?? parameter(content, "name") ?? type;
    mail.parts.push({
      name: shownName(name),
      type,
      encoding: encoding === "base64" || encoding === "quoted-printable" ? encoding : "none",
      start: body,
      end: to,
    });
  }
}

/** The ranges between the lines of a boundary (RFC 2046 section 5.1.1); the last one may be missing. */
function* between(text: string, boundary: string, from: number, to: number): Generator<readonly [number, number]> {
  const mark = `--${boundary}`;
  const part = text.slice(from, to);
  let start: number | undefined;
  for (let at = part.indexOf(mark); at >= 0; at = part.indexOf(mark, at + mark.length)) {
    const before = at === 0 ? "\n" : part[at - 1];
    const line = AFTER_BOUNDARY.exec(part.slice(at + mark.length, at + mark.length + MAX_AFTER));
    // Another boundary may begin as this one does.
    if ((before !== "\n" && before !== "\r") || line === null) continue;
    if (start !== undefined) yield [from + start, from + at];
    if (line[1] !== undefined) return;
    start = at + mark.length + line[0].length;
  }
  if (start !== undefined && start < part.length) yield [from + start, to];
}

/** The rest of a boundary's line: the mark of the last boundary, and blanks. */
const AFTER_BOUNDARY = /^(--)?[ \t]*(?:\r\n?|\n|$)/;
const MAX_AFTER = 80;

function readHeaders(text: string, from: number, to = text.length): Headers {
  const fields = new Map<string, string>();
  const head = text.slice(from, Math.min(to, from + MAX_HEADER));
  let position = 0;
  for (let count = 0; count < MAX_HEADERS; count++) {
    HEADER.lastIndex = position;
    const found = HEADER.exec(head);
    if (found === null) break;
    const [, name = "", value = ""] = found;
    const key = name.toLowerCase();
    if (!fields.has(key)) fields.set(key, value.replace(/(?:\r\n?|\n)[ \t]/g, " "));
    position = HEADER.lastIndex;
  }
  const blank = /^[ \t]*(?:\r\n?|\n)/.exec(head.slice(position))?.[0].length ?? 0;
  return { fields, body: Math.min(to, from + position + blank) };
}

/** A parameter of a header's value: `; name="value"`, `; name=value`, `; name*=UTF-8''value`. */
function parameter(value: string, name: string): string | undefined {
  const found = new RegExp(
    `;\\s{0,80}${name}\\*?(?:0\\*?)?\\s{0,8}=\\s{0,8}(?:"([^"]{1,200})"|([^\\s;"]{1,200}))`,
    "i",
  ).exec(value);
  return found?.[1] ?? found?.[2]?.replace(/^[\w-]{0,20}'[\w-]{0,20}'/, "");
}

/** The bytes of a part in quoted-printable (RFC 2045 section 6.7). */
export function quotedPrintable(text: string): Buffer {
  const plain = text.replace(/=([0-9A-Fa-f]{2})|=[ \t]{0,80}(?:\r\n?|\n)/g, (_, hex: string | undefined) =>
    hex === undefined ? "" : String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(plain, "latin1");
}

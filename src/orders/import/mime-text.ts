import { joined, sourced, type SourcedText } from "./sourced-text";

/** The texts of an e-mail's source (RFC 5322, RFC 2045 to 2047): what its readers would see, in one of two forms. */
export interface MailTexts {
  /** Informative headers, above the plain parts. */
  readonly plain: SourcedText;
  /** The same above the HTML parts, with their markup. */
  readonly html: SourcedText;
}

const HEADER = /^([A-Za-z][A-Za-z0-9-]{0,60}):/;

/** Headers that begin the source of an e-mail, or a part of one. */
const KNOWN =
  /^(?:from|sender|reply-to|to|cc|bcc|subject|date|received|return-path|delivered-to|message-id|mime-version|content-[a-z-]+|dkim-signature|authentication-results|arc-[a-z-]+|x-[a-z-]+|list-[a-z-]+|in-reply-to|references|envelope-to|thread-[a-z]+|importance|auto-submitted|feedback-id|precedence)$/i;

/** Where a part begins in a text whose beginning is missing. A form in an HTTP call does not count. */
const PART = /^content-(?:type:[ \t]?(?:text|multipart|message)\/|transfer-encoding:)/im;

/** Whether a text is the source of an e-mail, or contains parts of one. */
export function isMailSource(text: string): boolean {
  const first = /^(?:From \S[^\n]*\n)?([A-Za-z][A-Za-z0-9-]{0,60}):/.exec(text.trimStart())?.[1];
  return (first !== undefined && KNOWN.test(first)) || PART.test(text);
}

/** Parses an e-mail's source. Never fails: damaged parts are taken as they are. Lines end with LF. */
export function mailTexts(text: string): MailTexts {
  const source = new Source();
  for (const [index, line] of text.split("\n").entries()) source.add(line, index + 1);
  return source.end();
}

interface Line {
  readonly line: string;
  readonly from: number;
}

/** What the headers of a part say about it. */
interface Part {
  readonly type: string;
  readonly charset: string;
  readonly encoding: string;
}

const PLAIN: Part = { type: "text/plain", charset: "utf-8", encoding: "" };

class Source {
  private readonly headerLines: Line[] = [];
  private readonly plain: SourcedText[] = [];
  private readonly html: SourcedText[] = [];
  private readonly boundaries = new Set<string>();
  private headers: { text: string; readonly from: number }[] | undefined;
  private isBegun = false;
  private part = PLAIN;
  private body: Line[] = [];

  add(line: string, from: number): void {
    if (!this.isBegun) {
      if (line.trim() === "") return;
      this.isBegun = true;
      if (HEADER.test(line) || line.startsWith("From ")) this.headers = [];
      if (line.startsWith("From ")) return;
    }
    if (this.headers !== undefined) this.addHeader(this.headers, line, from);
    else this.addBody(line, from);
  }

  private addHeader(headers: { text: string; readonly from: number }[], line: string, from: number): void {
    const last = headers.at(-1);
    if (line.trim() === "") {
      this.endHeaders(headers);
    } else if (/^[ \t]/.test(line) && last !== undefined) {
      last.text += line;
    } else if (HEADER.test(line)) {
      headers.push({ text: line, from });
    } else {
      this.endHeaders(headers);
      this.addBody(line, from);
    }
  }

  private endHeaders(headers: readonly { readonly text: string; readonly from: number }[]): void {
    this.headers = undefined;
    let part = PLAIN;
    for (const { text, from } of headers) {
      const colon = text.indexOf(":");
      const [name, value] = [text.slice(0, colon).toLowerCase(), text.slice(colon + 1).trim()];
      if (name === "content-transfer-encoding") part = { ...part, encoding: value.toLowerCase() };
      else if (name === "content-type") part = { ...part, ...this.contentType(value) };
      else if (name === "subject" || !KNOWN.test(name)) this.headerLines.push({ line: decodeWords(text), from });
    }
    this.part = part;
    // An attached e-mail has headers of its own.
    if (part.type === "message/rfc822") this.headers = [];
  }

  private contentType(value: string): Partial<Part> {
    const boundary = parameter(value, "boundary");
    if (boundary !== undefined) this.boundaries.add(boundary);
    const type = /^[a-z0-9.+-]{1,60}\/[a-z0-9.+-]{1,80}/i.exec(value)?.[0].toLowerCase() ?? PLAIN.type;
    // A list that a program attached without a proper type.
    const isList = /\.(?:csv|tsv|txt|md)$/i.test(parameter(value, "name") ?? "");
    return { type: isList ? "text/plain" : type, charset: parameter(value, "charset") ?? PLAIN.charset };
  }

  private addBody(line: string, from: number): void {
    const delimiter = line.startsWith("--") ? line.slice(2).trimEnd() : undefined;
    if (delimiter !== undefined && this.boundaries.has(delimiter)) {
      this.endBody();
      this.headers = [];
    } else if (delimiter?.endsWith("--") && this.boundaries.has(delimiter.slice(0, -2))) {
      this.endBody();
      this.part = PLAIN;
    } else if (PART.test(line)) {
      this.endBody();
      this.headers = [{ text: line, from }];
    } else {
      this.body.push({ line, from });
    }
  }

  private endBody(): void {
    const { body, part } = this;
    this.body = [];
    if (!part.type.startsWith("text/")) return;
    const text = decodeBody(body, part);
    if (part.type === "text/html") this.html.push(text);
    else this.plain.push(text);
  }

  end(): MailTexts {
    if (this.headers !== undefined) this.endHeaders(this.headers);
    this.endBody();
    const headerLines = sourced(this.headerLines);
    return {
      plain: joined([headerLines, ...this.plain]),
      html: this.html.length === 0 ? joined([]) : joined([headerLines, ...this.html]),
    };
  }
}

/** A parameter of a header's value (RFC 2045 section 5.1), in quotes or not. */
function parameter(value: string, name: string): string | undefined {
  const found = new RegExp(`;[ \\t]?${name}[ \\t]?=[ \\t]?(?:"([^"]{0,200})"|([^\\s;"]{1,200}))`, "i").exec(
    value.slice(0, MAX_VALUE).replace(/\s+/g, " "),
  );
  return found?.[1] ?? found?.[2];
}

/** The most characters of a header in which parameters are searched. */
const MAX_VALUE = 4000;

function decodeBody(body: readonly Line[], { encoding, charset }: Part): SourcedText {
  switch (encoding) {
    case "base64": {
      const bytes = Buffer.from(body.map(({ line }) => line).join(""), "base64");
      const lines = decodeBytes(bytes, charset).split(/\r\n|\n|\r/);
      const from = body.find(({ line }) => line.trim() !== "")?.from ?? 1;
      return sourced(lines.map((line) => ({ line, from })));
    }
    case "quoted-printable":
      return fromQuotedPrintable(body, charset);
    default:
      return sourced(body);
  }
}

/** RFC 2045 section 6.7: `=` at the end of a line joins it with the next one. */
function fromQuotedPrintable(body: readonly Line[], charset: string): SourcedText {
  const lines: Line[] = [];
  let pieces: string[] = [];
  let begin: number | undefined;
  for (const [index, { line, from }] of body.entries()) {
    const text = line.trimEnd();
    begin ??= from;
    const goesOn = text.endsWith("=") && index < body.length - 1;
    pieces.push(goesOn ? text.slice(0, -1) : text);
    if (goesOn) continue;
    lines.push({ line: decodeQuoted(pieces.join(""), charset), from: begin });
    [pieces, begin] = [[], undefined];
  }
  return sourced(lines);
}

function decodeQuoted(text: string, charset: string): string {
  return text.includes("=") ? decodeBytes(bytesOfQuoted(text), charset) : text;
}

/** Unescaped text stays as it is; non-ASCII text becomes UTF-8. */
function bytesOfQuoted(text: string): Buffer {
  const pieces = text.split(/=([0-9A-F]{2})/i);
  return Buffer.concat(
    pieces.map((piece, index) => (index % 2 === 0 ? Buffer.from(piece) : Buffer.from(piece, "hex"))),
  );
}

function decodeBytes(bytes: Uint8Array, charset: string): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    // Unknown charset.
    return Buffer.from(bytes).toString("utf8");
  }
}

const WORD = /=\?([A-Za-z0-9_.:-]{1,40})(?:\*[A-Za-z0-9-]{1,20})?\?([bq])\?([^?\n]{0,2000})\?=/gi;

/** A header with its encoded words (RFC 2047) decoded: adjacent ones may share a character. */
function decodeWords(header: string): string {
  const pieces: string[] = [];
  let bytes: Buffer[] = [];
  let [at, before] = [0, ""];
  const flush = (): void => {
    if (bytes.length > 0) pieces.push(decodeBytes(Buffer.concat(bytes), before));
    bytes = [];
  };
  for (const { 0: whole, 1: charset = "", 2: encoding, 3: text = "", index } of header.matchAll(WORD)) {
    const between = header.slice(at, index);
    if (bytes.length === 0 || between.trim() !== "" || charset.toLowerCase() !== before) {
      flush();
      // Whitespace between two encoded words is not part of the text.
      if (at === 0 || between.trim() !== "") pieces.push(between);
    }
    before = charset.toLowerCase();
    bytes.push(
      encoding?.toLowerCase() === "b" ? Buffer.from(text, "base64") : bytesOfQuoted(text.replaceAll("_", " ")),
    );
    at = index + whole.length;
  }
  flush();
  pieces.push(header.slice(at));
  return pieces.join("").replace(/[\p{Cc}]+/gu, " ");
}

import { MAX_PAIRS } from "../limits";
import { isStatusName } from "../status-detail";
import { piecesOf } from "./certificate-text";
import { keepOther, UnreadableAnswer, type AnswerFacts, type AnswerReading } from "./reading";
import { readDays, readDomains, readUnixTime, takeDomains } from "./shapes";
import { amount, phrase } from "../../words/phrase";

/** Keys whose values contain certificates, in lower case: root first, leaf last if there are several. */
const PACKED = new Set(["zipfile", "netscapecertificatesequence", "pkcs7", "cmmf", "cacertificate", "certificate"]);

/** The key of the end-entity certificate; those of the CA's are in `caCertificate`. */
const LEAF = "certificate";

/**
 * Whether a text is in this form: `errorCode=`, or any `key=value&`; blanks in values may have been left as they are.
 */
export function isUrlEncoded(text: string): boolean {
  return /^[?&]*error[_-]?code[ \t]?=/i.test(text) || /^[?&]*[A-Za-z]\w{0,63}=[^\n&]*&/.test(text);
}

/**
 * CollectSSL with responseFormat=1, and errors of others. Keys are compared without case.
 * @throws UnreadableAnswer when there is no status, or more pairs than {@link MAX_PAIRS}
 */
export function readUrlEncoded(text: string): AnswerReading {
  const facts: AnswerFacts = {};
  const packed: string[] = [];
  const leaves: number[] = [];
  const texts = new Map<string, string>();
  /** As they were written, because case matters in an encoded secret. */
  const keys = new Map<string, string>();
  const pairs: string[] = [];
  for (const { key, value, whole } of pairsOf(text)) {
    if (PACKED.has(key.toLowerCase())) {
      const text = decodeBase64(value);
      // A key without a value names nothing.
      if (text.trim() === "") continue;
      if (key.toLowerCase() === LEAF) leaves.push(packed.length);
      for (const piece of piecesOf(text)) packed.push(piece);
      continue;
    }
    pairs.push(whole);
    if (value === "" || takeFact(key, decode(value), facts)) continue;
    const name = /^error[_-]?(?:code|message|item)$/i.test(key)
      ? key.replace(/[_-]/, "").toLowerCase()
      : key.toLowerCase();
    // A refusal counts, whatever else the answer says.
    if (name === "errorcode" && /^\W/.test((texts.get(name) ?? "").trim())) continue;
    texts.set(name, decode(value));
    keys.set(name, key);
  }
  const [, written, beside] = CODE.exec(texts.get("errorcode")?.trim() ?? "") ?? [];
  const code = written?.replace(/^\D/, "-");
  if (code === undefined) {
    throw new UnreadableAnswer("text", phrase("The answer is URL-encoded, but has no errorCode."));
  }
  const message = texts.get("errormessage") ?? beside;
  // With a success it is not an error, but may still say something.
  if (message !== undefined && !code.startsWith("-") && !/^(?:success|ok|no error)\W*$/i.test(message)) {
    keepOther(facts, message.trim());
  }
  const field = texts.get("erroritem");
  for (const [key, value] of texts) {
    if (!["errorcode", "errormessage", "erroritem"].includes(key))
      keepOther(facts, `${keys.get(key) ?? key}: ${value}`);
  }
  const [leafPiece, ...others] = leaves;
  return {
    code: Number(code),
    ...(leafPiece !== undefined && others.length === 0 && { leafPiece }),
    ...(message !== undefined && { message }),
    ...(field !== undefined && { field }),
    packed,
    facts,
    parts: { texts: pairs, between: "&" },
  };
}

/** A code, in quotes or not and with a minus of any sort; a semicolon may separate a refusal from its words. */
const CODE = /^["']?(\d{1,4}|[-‐‑–−﹣－]\d{1,4}(?=["']?(?:;|$)))["']?(?:$|;\s{0,8}(?:error[_-]?message=)?([^]*)$)/i;

/** A pair of a form. */
export interface Pair {
  readonly key: string;
  /** Still encoded. */
  readonly value: string;
  readonly whole: string;
}

/** The separator of pairs: an ampersand, or the end of a line before the next one of an error. */
const SEPARATOR = /&|\n(?=error[_-]?(?:code|message|item)=)/gi;

/**
 * The text between ampersands; one that is not a pair has no key.
 * @throws UnreadableAnswer `limit` when there are more than `most`
 */
export function* pairsOf(text: string, most = MAX_PAIRS): Generator<Pair> {
  let count = 0;
  for (let at = 0; at < text.length;) {
    SEPARATOR.lastIndex = at;
    const end = SEPARATOR.exec(text)?.index ?? text.length;
    const whole = text.slice(at, end);
    const equals = whole.indexOf("=");
    if (++count > most)
      throw new UnreadableAnswer("limit", phrase("The answer has more than {0} fields.", amount(most)));
    yield equals < 0
      ? { key: "", value: "", whole }
      : { key: decode(whole.slice(0, equals)).trim().replace(/^\?/, ""), value: whole.slice(equals + 1), whole };
    at = end + 1;
  }
}

/** Decodes once: a second time would turn the `+` of base64 into a space. */
export function decode(value: string): string {
  return undoEscapes(value, SPACE).toString("utf8");
}

/**
 * Base64, in which a `+` stays one: the sender forgot to escape it. Text beyond ASCII does not become base64 by this.
 */
function decodeBase64(value: string): string {
  // The markers of PEM have a space, which may have come as a plus.
  return value.includes("BEGIN") ? decode(value) : undoEscapes(value, PLUS).toString("latin1");
}

const SPACE = 0x20;
const PLUS = 0x2b;
const PERCENT = 0x25;
const NO_DIGIT = 0xff;

/** The value of each byte as a hexadecimal digit. */
const HEX_DIGITS = Uint8Array.from({ length: 256 }, (_, byte) => {
  const value = Number.parseInt(String.fromCharCode(byte), 16);
  return Number.isNaN(value) ? NO_DIGIT : value;
});

/** Byte by byte, because there may be megabytes. A percent sign that does not begin an escape stays. */
function undoEscapes(value: string, plus: number): Buffer {
  const bytes = Buffer.from(value, "utf8");
  const { length } = bytes;
  let to = 0;
  for (let from = 0; from < length; from++) {
    let byte = bytes[from]!;
    if (byte === PLUS) {
      byte = plus;
    } else if (byte === PERCENT && from + 2 < length) {
      const high = HEX_DIGITS[bytes[from + 1]!]!;
      const low = HEX_DIGITS[bytes[from + 2]!]!;
      if (high !== NO_DIGIT && low !== NO_DIGIT) {
        byte = (high << 4) | low;
        from += 2;
      }
    }
    bytes[to++] = byte;
  }
  return bytes.subarray(0, to);
}

/** @returns whether the pair is a fact beside the status */
function takeFact(key: string, value: string, facts: AnswerFacts): boolean {
  switch (key.toLowerCase()) {
    case "fqdn":
      facts.fqdn = value;
      return true;
    case "certificatestatus":
      facts.certificateStatus = value;
      return true;
    case "validationstatus":
      facts.validationStatus = value;
      return true;
    case "notbefore":
      return (facts.notBefore = readUnixTime(value)) !== undefined;
    case "notafter":
      return (facts.notAfter = readUnixTime(value)) !== undefined;
    case "certificateduration":
      return (facts.certificateDurationDays = readDays(value)) !== undefined;
    case "producttermstartdate":
      return (facts.productTermStart = readUnixTime(value)) !== undefined;
    case "producttermenddate":
      return (facts.productTermEnd = readUnixTime(value)) !== undefined;
    case "producttermduration":
      return (facts.productTermDurationDays = readDays(value)) !== undefined;
    case "caastatus":
      facts.caa = value;
      return true;
    case "mdcdomaindetails":
    case "mdcdomaindetails2":
      return readList(value, facts);
    default:
      if (!isStatusName(key)) return false;
      (facts.statuses ??= new Map()).set(key, value);
      return true;
  }
}

/**
 * "A URL-encoded string" inside a URL-encoded value, says the page: encoded twice, it has no space after the first
 * time.
 */
function readList(value: string, facts: AnswerFacts): boolean {
  const list = readDomains(value) ?? readDomains(decode(value));
  if (list === undefined) return false;
  takeDomains(list, facts);
  return true;
}

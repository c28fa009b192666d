import { randomBytes, randomInt } from "node:crypto";
import {
  AUTHENTIC_DATA,
  AUTHORITATIVE_ANSWER,
  CHECKING_DISABLED,
  DNSSEC_OK,
  decode,
  encode,
  RECURSION_DESIRED,
  TRUNCATED_RESPONSE,
  type Answer,
} from "dns-packet";
import type { DnsAnswered, DnsQuestion, DnsRecord, ResponseCode } from "../validation/ports";
import { DnsFault, HEADER_BYTES, READ_TYPES, readFrame, skipName, uint16, type FramedRecord } from "./dns-frame";

/** How a question is asked. */
export interface QueryOptions {
  /** RD: asked of a resolver. */
  readonly recursion: boolean;
  /** CD. */
  readonly checkingDisabled: boolean;
  /** OPT with the DO bit (RFC 6891, RFC 3225). */
  readonly edns: boolean;
  /** Letters in random case, which a forger must guess too and an honest server repeats. */
  readonly mixesCase: boolean;
}

/** A question as it is sent. */
export interface DnsQuery {
  readonly bytes: Buffer;
  /** The question section, which the answer must repeat. */
  readonly question: Buffer;
}

/** Bytes of an answer over UDP that no network needs to cut (DNS Flag Day 2020). */
const UDP_PAYLOAD = 1232;
const MAX_LABEL = 63;
/** Characters of a name. */
const MAX_NAME = 253;

/** Whether a name can be asked for: labels of 1 to 63 ASCII characters, 253 in all. The empty name is the root. */
export function canBeAsked(name: string): boolean {
  if (name === "") return true;
  const isAscii = [...name].every((character) => character > " " && character < "\u007f");
  return isAscii && name.length <= MAX_NAME && name.split(".").every(({ length }) => length > 0 && length <= MAX_LABEL);
}

/** @param question one that {@link canBeAsked} */
export function makeQuery({ name, type }: DnsQuestion, options: QueryOptions): DnsQuery {
  const asked = options.mixesCase ? mixCase(name) : lower(name);
  const bytes = encode({
    type: "query",
    id: randomInt(0x10000),
    flags: (options.recursion ? RECURSION_DESIRED : 0) | (options.checkingDisabled ? CHECKING_DISABLED : 0),
    questions: [{ name: asked === "" ? "." : asked, type }],
    additionals: options.edns
      ? [
          {
            type: "OPT",
            name: ".",
            udpPayloadSize: UDP_PAYLOAD,
            extendedRcode: 0,
            ednsVersion: 0,
            flags: DNSSEC_OK,
            flag_do: true,
            options: [],
          },
        ]
      : [],
  });
  return { bytes, question: bytes.subarray(HEADER_BYTES, skipName(bytes, HEADER_BYTES) + 4) };
}

function mixCase(name: string): string {
  const bits = randomBytes(name.length);
  return [...name]
    .map((letter, index) => ((bits[index] ?? 0) & 1 ? letter.toUpperCase() : letter.toLowerCase()))
    .join("");
}

/** Whether a message answers a query: `folded` is its question in another case. */
export type Likeness = "same" | "folded" | "stray";

const FORMERR = 1;
const NOTIMP = 4;
/** The bits of QR and OPCODE, and of an answer to a query. */
const KIND_BITS = 0xf800;
const ANSWER = 0x8000;

/** Looks at header and question alone; of a message that does not answer the query nothing else is read. */
export function likeness(bytes: Buffer, { bytes: sent, question }: DnsQuery): Likeness {
  if (bytes.length < HEADER_BYTES || uint16(bytes, 0) !== uint16(sent, 0)) return "stray";
  const flags = uint16(bytes, 2);
  if ((flags & KIND_BITS) !== ANSWER) return "stray";
  // Servers that do not understand a question need not repeat it.
  const code = flags & 0xf;
  if (bytes.length === HEADER_BYTES && (code === FORMERR || code === NOTIMP) && uint16(bytes, 4) === 0) return "same";
  const repeated = bytes.subarray(HEADER_BYTES, HEADER_BYTES + question.length);
  if (uint16(bytes, 4) !== 1) return "stray";
  if (repeated.equals(question)) return "same";
  return lower(repeated.toString("latin1")) === lower(question.toString("latin1")) ? "folded" : "stray";
}

/** TC: the answer goes on, over TCP. Of a message that has a header. */
export function isTruncated(bytes: Buffer): boolean {
  return (uint16(bytes, 2) & TRUNCATED_RESPONSE) !== 0;
}

/** What {@link readFrame} did not look into is of this type for the library: one that it leaves as it is. */
const OPAQUE = 0xff00;

/**
 * Reads an answer. What is not asked about (signatures, denials, EDNS) is not given to the library, and nothing is that
 * the frame of the message does not bear out.
 * @returns `cut` where it ends before what it announces. Never throws
 */
export function readReply(bytes: Buffer, usedTcp: boolean): DnsAnswered | "cut" | "malformed" {
  try {
    const { records, extendedCode } = readFrame(bytes);
    const readable = Buffer.from(bytes);
    for (const { typeAt, read } of records) if (read === undefined) readable.writeUInt16BE(OPAQUE, typeAt);
    // The additional section: EDNS was read with the frame.
    readable.writeUInt16BE(0, 10);
    lowerQuestion(readable);
    const { answers = [], authorities = [] } = decode(readable);
    const flags = uint16(bytes, 2);
    const all = [...answers, ...authorities].map((answer, index) => recordOf(answer, records[index]));
    return {
      kind: "answered",
      code: responseCode(extendedCode * 0x10 + (flags & 0xf)),
      records: all.slice(0, answers.length),
      authority: all.slice(answers.length),
      isAuthoritative: (flags & AUTHORITATIVE_ANSWER) !== 0,
      isAuthenticated: (flags & AUTHENTIC_DATA) !== 0,
      usedTcp,
    };
  } catch (error) {
    return error instanceof DnsFault ? error.kind : "malformed";
  }
}

/** Names of the answer may point into the question, whose case is our own dice and not what was published. */
function lowerQuestion(message: Buffer): void {
  if (uint16(message, 4) === 0) return;
  const end = skipName(message, HEADER_BYTES);
  // Lengths of labels are below the codes of letters.
  message.write(lower(message.toString("latin1", HEADER_BYTES, end)), HEADER_BYTES, "latin1");
}

const CODES: ReadonlyMap<number, ResponseCode> = new Map([
  [0, "NOERROR"],
  [FORMERR, "FORMERR"],
  [2, "SERVFAIL"],
  [3, "NXDOMAIN"],
  [NOTIMP, "NOTIMP"],
  [5, "REFUSED"],
]);

const responseCode = (code: number): ResponseCode => CODES.get(code) ?? `RCODE${code}`;

/** RFC 2181 section 8: with the highest bit set it counts as 0. */
const lifetime = (ttl = 0): number => (ttl > 0x7fff_ffff ? 0 : ttl);

/** Only ASCII, as names of the DNS are compared (RFC 4343): others might fold into it. */
const lower = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** Without the dot that stands for the root alone. */
const shown = (name: string): string => (name === "." ? "" : name);

/** @throws DnsFault when the library read another record than the frame has */
function recordOf(answer: Answer, framed: FramedRecord | undefined): DnsRecord {
  if (answer.type === "OPT" || framed === undefined) throw new DnsFault("malformed");
  const common = { name: lower(shown(answer.name)), ttl: lifetime(answer.ttl) };
  if (framed.read === undefined) return { ...common, type: "other", code: framed.code };
  if (READ_TYPES[answer.type as keyof typeof READ_TYPES] !== framed.read) throw new DnsFault("malformed");
  switch (answer.type) {
    case "A":
    case "AAAA":
      return { ...common, type: answer.type, address: answer.data };
    case "CNAME":
      return { ...common, type: answer.type, target: shown(answer.data) };
    case "NS":
      return { ...common, type: answer.type, target: lower(shown(answer.data)) };
    case "CAA": {
      const { flags = 0, tag, value } = answer.data;
      return { ...common, type: answer.type, flags, tag, value };
    }
    case "TXT":
      return { ...common, type: answer.type, text: joined(answer.data) };
    case "MX": {
      const { exchange, preference = 0 } = answer.data;
      return { ...common, type: answer.type, exchange: lower(shown(exchange)), preference };
    }
    case "SOA": {
      const { mname, minimum = 0 } = answer.data;
      return { ...common, type: answer.type, primary: lower(shown(mname)), minimum: lifetime(minimum) };
    }
    default:
      throw new DnsFault("malformed");
  }
}

function joined(data: string | Buffer | readonly (string | Buffer)[]): string {
  const parts = typeof data === "string" || Buffer.isBuffer(data) ? [data] : data;
  return Buffer.concat(parts.map((part) => Buffer.from(part))).toString();
}

import type { LookPlan } from "./look";
import { kindOfProof, type ProofKind } from "./proof-kind";
import { provesToken, readFileContents, readTarget } from "./published-proof";
import type { TokenToFind } from "./request-token";

/** What a file holds, held against what is needed. */
export interface FileBody {
  readonly kind:
    | Exclude<ProofKind["kind"], "pasted-text" | "target-suffixed" | "other-target">
    /** A byte-order mark stands first, or the text is UTF-16. */
    | "byte-order-mark"
    | "utf-16"
    /** White space stands before the hash. */
    | "blank-first"
    /** The right hash, and not the second line. */
    | "incomplete"
    /** More than the lines that belong there. */
    | "trailing"
    /** The right hash stands further on, within something else, and in the bytes that a CA is known to read. */
    | "wrapped"
    | "empty"
    /** A page, or whatever else is not a proof. */
    | "page";
  readonly uniqueValue?: string;
  /** The other request, if it is one of the workspace. */
  readonly request?: string;
  /** Of another unique value: it differs in case alone, which the CA may tell apart in a file. */
  readonly isOtherCase?: boolean;
  /** Of the old form: whether the hash is the one that is needed. */
  readonly isOurs?: boolean;
  /** Of a right one: the hash is in upper case, and whoever compares with case may refuse it. */
  readonly isUpperCase?: boolean;
}

/**
 * Judges the first bytes of a file. A CA may read no more than about a hundred of them, with case, so the hash must be
 * what begins (Open MPIC, `dcv_checker`).
 * @param more whether the body goes on after them
 */
export function readFileBody(
  start: Uint8Array,
  more: boolean,
  token: TokenToFind,
  known: Pick<LookPlan, "others" | "textHashes">,
): FileBody {
  if (start.length === 0) return { kind: "empty" };
  const marked = markedStart(start);
  if (marked === undefined) return readText(Buffer.from(start).toString("latin1"), more, token, known);
  // A page that begins with a mark is a page, and a wrong hash is wrong without it.
  const body = readText(marked.text, more, token, known);
  return READABLE.has(body.kind) ? { ...body, kind: marked.kind } : body;
}

/** What holds all lines that are needed. */
const READABLE: ReadonlySet<FileBody["kind"]> = new Set(["right", "blank-first", "trailing"]);

function readText(
  text: string,
  more: boolean,
  token: TokenToFind,
  known: Pick<LookPlan, "others" | "textHashes">,
): FileBody {
  const proof = readFileContents(text);
  if (proof === undefined) {
    if (text.trim() === "") return { kind: "empty" };
    // The target of the record, instead of the lines.
    const target = readTarget(text.trim().split(/\s/, 1)[0] ?? "");
    if (target !== undefined && provesToken(target, token)) return { kind: "incomplete" };
    return { kind: text.slice(0, MAX_READ).toLowerCase().includes(token.sha256.toLowerCase()) ? "wrapped" : "page" };
  }
  const { kind, ...said } = kindOfProof(proof, token, known);
  if (kind === "other-target" || kind === "pasted-text" || kind === "target-suffixed") {
    return { kind: provesToken(proof, token) ? "incomplete" : "page" };
  }
  if (kind !== "right") return { kind, ...said };
  const { uniqueValue } = token;
  if (uniqueValue !== undefined && proof.uniqueValue !== uniqueValue) {
    return { kind: "other-unique-value", ...said, isOtherCase: true };
  }
  const words = text.trim().split(/\s+/);
  if (more || words.length > MAX_WORDS) return { kind: "trailing", ...said };
  if (/^\s/.test(text)) return { kind: "blank-first", ...said };
  const hash = words[0] ?? "";
  return hash === hash.toLowerCase() ? { kind, ...said } : { kind, ...said, isUpperCase: true };
}

/** What begins with a byte-order mark, or is in UTF-16, as text. */
function markedStart(
  start: Uint8Array,
): { readonly kind: "byte-order-mark" | "utf-16"; readonly text: string } | undefined {
  const bytes = Buffer.from(start);
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) {
    return { kind: "byte-order-mark", text: bytes.toString("latin1", 3) };
  }
  const isBig = (start[0] === 0xfe && start[1] === 0xff) || (start.length >= 4 && start[0] === 0 && start[2] === 0);
  if (!isBig && !(start[0] === 0xff && start[1] === 0xfe) && !isWide(start)) return undefined;
  const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
  return { kind: "utf-16", text: (isBig ? even.swap16() : even).toString("utf16le").replace(/^\uFEFF/, "") };
}

/** Bytes that Open MPIC reads of a file that is no longer. */
const MAX_READ = 100;

/** Hash, suffix, unique value. */
const MAX_WORDS = 3;

/** Letters of UTF-16 without a byte-order mark: every other byte is zero. */
const isWide = (start: Uint8Array): boolean => start.length >= 4 && start[0] !== 0 && start[1] === 0 && start[3] === 0;

/** The first bytes for a person: printable ASCII as it is, all else spelled out. At most 200 characters. */
export function printableStart(start: Uint8Array): string {
  let text = "";
  for (const byte of start) {
    const said = byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : (NAMED[byte] ?? hexEscape(byte));
    if (text.length + said.length > MAX_START) break;
    text += said;
  }
  return text;
}

const MAX_START = 200;
const NAMED: Readonly<Record<number, string>> = { 0x09: "\\t", 0x0a: "\\n", 0x0d: "\\r" };
const hexEscape = (byte: number): string => `\\x${byte.toString(16).toUpperCase().padStart(2, "0")}`;

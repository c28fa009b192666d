import { readAuthoritiesFile } from "../certificates/knowledge/authorities-file";
import { changesOf } from "../certificates/knowledge/changes";
import {
  keptRenewals,
  knowledgeInUse,
  slotOf,
  type KeptRenewal,
  type KnowledgeSlot,
} from "../certificates/knowledge/in-use";
import { isSignedByGoogle, readLogListFile } from "../certificates/knowledge/log-list-file";
import type { KnowledgeProblem } from "../certificates/knowledge/problem";
import {
  joinAuthorities,
  MAX_FILE_NAME,
  olderProblem,
  tooMuch,
  type RenewedKnowledge,
} from "../certificates/knowledge/renewed";
import { MAX_KEPT } from "../storage/kept-knowledge";
import { phrase, type Phrase } from "../words/phrase";

/** A file that is to renew what is known. */
export interface KnowledgeFile {
  /** Without its folder. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** When it was last written, epoch ms. */
  readonly modified: number;
  /** The contents of the signature's file; by default it is unsigned. */
  readonly signature?: Uint8Array;
  /** Epoch ms. */
  readonly now: number;
}

/** What a file would change. Nothing is kept yet. */
export interface KnowledgeOffer {
  readonly kind: "offer";
  readonly slot: KnowledgeSlot;
  /** The date of the file. */
  readonly asOf: string;
  readonly isSigned: boolean;
  readonly changes: readonly Phrase[];
  /** JSON of the `RenewedKnowledge`, to be kept. */
  readonly renewed: string;
}

/** What is in use. */
export interface KnowledgeState {
  /** Dates. */
  readonly logs: string;
  readonly authorities: string;
  readonly kept: readonly KeptRenewal[];
}

/**
 * Reads a CT log list (JSON) or CA certificates (CSV) for {@link KnowledgeOffer}.
 * @param maxKept bytes that can be kept; for tests
 */
export async function readKnowledgeFile(
  file: KnowledgeFile,
  maxKept = MAX_KEPT,
): Promise<KnowledgeOffer | KnowledgeProblem> {
  const { name, bytes, modified, signature, now } = file;
  const read = isJson(bytes) ? readLogListFile(bytes, modified) : readAuthoritiesFile(bytes, now, modified);
  if (read.kind === "problem") return read;
  if (signature !== undefined && !isSignedByGoogle(bytes, signature)) return NOT_SIGNED;
  const inUse = await knowledgeInUse();
  const isSigned = signature !== undefined;
  const older = olderProblem(read, inUse, now, isSigned);
  if (older !== undefined) return older;
  const kept = inUse.renewed.find((each) => each.kind === "ca-certificates");
  const whole = read.kind === "ca-certificates" && kept !== undefined ? joinAuthorities(kept, read) : read;
  if (whole.kind === "problem") return whole;
  const origin = { file: name.slice(0, MAX_FILE_NAME), readOn: now, signed: isSigned ? "google" : "unsigned" } as const;
  const renewed = JSON.stringify({ ...whole, origin } satisfies RenewedKnowledge);
  if (Buffer.byteLength(renewed) > maxKept) return tooMuch(phrase("{0} MB", maxKept / (1024 * 1024)));
  return {
    kind: "offer",
    slot: slotOf(read),
    asOf: read.asOf,
    isSigned,
    changes: changesOf(inUse, read),
    renewed,
  };
}

export async function knowledgeState(): Promise<KnowledgeState> {
  const { logs, authorities } = await knowledgeInUse();
  return { logs: logs.asOf, authorities: authorities.asOf, kept: await keptRenewals() };
}

const NOT_SIGNED: KnowledgeProblem = {
  kind: "problem",
  what: phrase("The signature does not fit the list: one of the two files was changed, or belongs to another version."),
  next: phrase("Download {0} and {1} again, one after the other.", "log_list.json", "log_list.sig"),
};

/** Bytes in which the beginning of JSON is searched. */
const MAX_HEAD = 1000;

/** Whether the first character that is not a space, line end or byte order mark begins an object. */
function isJson(bytes: Uint8Array): boolean {
  const first = bytes.subarray(0, MAX_HEAD).find((byte) => ![0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf].includes(byte));
  return first === 0x7b;
}

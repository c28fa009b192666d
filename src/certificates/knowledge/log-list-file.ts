import { createHash } from "node:crypto";
import { readElement } from "../asn1/der";
import { DerError } from "../asn1/der-error";
import { Tag } from "../asn1/tag";
import { readBase64 } from "../containers/base64";
import { importPublicKey, isSignedByAtOnce } from "../keys/engine";
import { readPublicKey } from "../keys/public-key";
import type { CtLog, CtLogState } from "../transparency/log-list";
import { amount, anyOf, phrase, plural } from "../../words/phrase";
import { isHonestTime, utcDay } from "./dates";
import { Fields } from "./fields";
import { orProblem, refuseFile, type KnowledgeProblem } from "./problem";

/** What a program's list says of its logs; JSON-serializable. */
export interface LogListFile {
  readonly kind: "ct-logs";
  readonly program: "chrome" | "apple";
  /** "85.50" of Chrome, "511" of Apple. */
  readonly version?: string;
  /** Its date, "2026-04-19"; that of the file, or of its newest state if later, where it has none (Apple's). */
  readonly asOf: string;
  readonly logs: readonly ListedLog[];
}

/** A log of the list; what it says of the program's state is `state`. */
export interface ListedLog extends Pick<CtLog, "name" | "operator" | "interval"> {
  /** The SHA-256 of the key, in base64. */
  readonly id: string;
  /** SubjectPublicKeyInfo, in base64. */
  readonly key: string;
  readonly type: "rfc6962" | "static";
  readonly state?: Pick<CtLogState, "name" | "since">;
}

/** Bounds of a list. The longest so far, Apple's, has 250 logs in 150 kB. */
const MAX_BYTES = 2 * 1024 * 1024;
const MAX_LOGS = 2000;
const MAX_OPERATORS = 200;

const NEXT = phrase(
  "Take {0} from {1}, or {2} from {3}.",
  "log_list.json",
  "www.gstatic.com/ct/log_list/v3",
  "current_log_list.json",
  "valid.apple.com/ct/log_list",
);

/**
 * Reads a CT log list: Google's log_list.json or all_logs_list.json (schema v3), or Apple's current_log_list.json.
 * Never throws because of its contents.
 * @param fileDate when the file was last written, epoch ms: the date of a list that has none. One that no file can have
 *   counts as none
 */
export function readLogListFile(bytes: Uint8Array, fileDate?: number): LogListFile | KnowledgeProblem {
  return orProblem(() => {
    if (bytes.length > MAX_BYTES)
      refuseFile(phrase("The file has {0} bytes, more than any log list.", amount(bytes.length)), NEXT);
    const list = new Fields(jsonOf(bytes), phrase("the file"));
    if (!list.has("operators"))
      refuseFile(phrase("The file is not a list of logs: it does not have {0}.", '"operators"'), NEXT);
    const program = list.has("assetVersion") ? "apple" : "chrome";
    const entries = list
      .list("operators", MAX_OPERATORS)
      .flatMap((each, at) => entriesOf(new Fields(each, phrase("operator {0}", at + 1))));
    // Before each key is looked at, which takes most of the time.
    refuseUnlessSome(entries);
    const logs = entries.map(logOf).filter(({ name }) => !name.startsWith(PLACEHOLDER));
    refuseUnlessWhole(logs);
    const asOf = program === "chrome" ? list.time("log_list_timestamp") : latest(logs, fileDate);
    return {
      kind: "ct-logs",
      program,
      ...(list.has("version") && { version: list.like("version", VERSION, A_VERSION) }),
      asOf: utcDay(asOf),
      logs,
    };
  });
}

/**
 * Of a list: "85.50", "511". A number with more digits is made up, and would pass for newer than each list to come for
 * centuries.
 */
const VERSION = /^\d{1,4}(?:\.\d{1,4})?$/;
const A_VERSION = phrase("a version such as {0}", '"85.50"');

/** Google's list has logs that do not exist, for programs that cannot do with an operator without logs. */
const PLACEHOLDER = "Bogus ";

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    refuseFile(phrase("The file is not JSON."), NEXT);
  }
}

/** A log as the list has it. */
interface Entry extends Pick<ListedLog, "operator" | "type"> {
  readonly log: Fields;
}

function entriesOf(operator: Fields): readonly Entry[] {
  const name = operator.text("name");
  return (["logs", "tiled_logs"] as const).flatMap((kind) =>
    operator.has(kind)
      ? operator.list(kind, MAX_LOGS).map((each, at) => ({
          log: new Fields(each, phrase("log {0} in {1} of {2}", at + 1, `"${kind}"`, name)),
          operator: name,
          type: kind === "logs" ? ("rfc6962" as const) : ("static" as const),
        }))
      : [],
  );
}

function logOf({ log, operator, type }: Entry): ListedLog {
  const id = log.text("log_id", 44);
  const key = log.text("key", 2000);
  const { bytes, damage } = readBase64(key);
  if (damage !== undefined || idOf(bytes) !== id)
    refuseFile(phrase("{0} of {1} is not the SHA-256 of its key.", '"log_id"', log.where));
  if (!isLogKey(bytes))
    refuseFile(phrase("The key of {0} is neither of P-256 nor RSA of 2048 bits or more.", log.where));
  return {
    id,
    name: log.text("description"),
    operator,
    key: bytes.toString("base64"),
    type,
    ...(log.has("temporal_interval") && { interval: intervalOf(log.object("temporal_interval")) }),
    ...(log.has("state") && { state: stateOf(log.object("state")) }),
  };
}

/** The id of a log by its SubjectPublicKeyInfo (RFC 6962 section 3.2), in base64. */
const idOf = (key: Uint8Array): string => createHash("sha256").update(key).digest("base64");

/** Whether a log may sign with a key: ECDSA on P-256, or RSA of at least 2048 bits (RFC 6962 section 2.1.4). */
function isLogKey(publicKeyInfo: Buffer): boolean {
  try {
    const { key } = readPublicKey(readElement(publicKeyInfo, Tag.SEQUENCE, "SubjectPublicKeyInfo"));
    const isKind = key.type === "RSA" ? key.bits >= 2048 : key.type === "EC" && key.curve === "P-256";
    return isKind && importPublicKey(publicKeyInfo) !== undefined;
  } catch (error) {
    if (error instanceof DerError) return false;
    throw error;
  }
}

function intervalOf(interval: Fields): { readonly start: number; readonly end: number } {
  const [start, end] = [interval.time("start_inclusive"), interval.time("end_exclusive")];
  if (start >= end) refuseFile(phrase("An interval ends before it begins: {0}.", interval.where));
  return { start, end };
}

const STATES = ["pending", "qualified", "usable", "readonly", "retired", "rejected"] as const;

function stateOf(states: Fields): NonNullable<ListedLog["state"]> {
  const [name, ...more] = states.names();
  const known = STATES.find((each) => each === name);
  if (known === undefined || more.length > 0)
    refuseFile(phrase("A state should be {0}: {1}.", anyOf(STATES), states.where));
  const state = states.object(known);
  return { name: known, ...(state.has("timestamp") && { since: state.time("timestamp") }) };
}

/**
 * Each log that is known and not listed with a state counts as gone once a list is in use: one that lists none would
 * take all of them away.
 */
function refuseUnlessWhole(logs: readonly ListedLog[]): void {
  refuseUnlessSome(logs);
  if (logs.every(({ state }) => state === undefined))
    refuseFile(phrase("The list does not say the state of any log."), NEXT);
  const seen = new Map<string, string>();
  for (const { id, name } of logs) {
    const twin = seen.get(id);
    if (twin !== undefined)
      refuseFile(phrase("The list has the log {0} twice: as “{1}” and as “{2}”.", id, twin, name));
    seen.set(id, name);
  }
}

function refuseUnlessSome({ length }: readonly unknown[]): void {
  if (length === 0 || length > MAX_LOGS)
    refuseFile(
      plural(length, "The list has {0} log, not 1 to {1}.", "The list has {0} logs, not 1 to {1}.", amount(MAX_LOGS)),
      NEXT,
    );
}

/** The latest of these times, where the list itself has no date. */
function latest(logs: readonly ListedLog[], fileDate: number | undefined): number {
  const times = [...logs.flatMap(({ state }) => state?.since ?? []), fileDate ?? Number.NaN].filter(isHonestTime);
  if (times.length === 0) refuseFile(phrase("The list has no date."), NEXT);
  return Math.max(...times);
}

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** A list that was kept as JSON. @throws what `orProblem` catches */
export function keptLogList(kept: Fields): LogListFile {
  const logs = kept.list("logs", MAX_LOGS).map((each): ListedLog => {
    const log = new Fields(each, phrase("a log"));
    const interval = log.has("interval") ? log.object("interval") : undefined;
    const state = log.has("state") ? log.object("state") : undefined;
    const [id, key] = [log.text("id", 44), log.like("key", BASE64, phrase("a text in Base64"), 2000)];
    if (idOf(Buffer.from(key, "base64")) !== id) refuseFile(phrase("An identifier is not that of its key."));
    return {
      id,
      name: log.text("name"),
      operator: log.text("operator"),
      key,
      type: log.oneOf("type", ["rfc6962", "static"]),
      ...(interval && { interval: { start: interval.epoch("start"), end: interval.epoch("end") } }),
      ...(state && {
        state: { name: state.oneOf("name", STATES), ...(state.has("since") && { since: state.epoch("since") }) },
      }),
    };
  });
  refuseUnlessWhole(logs);
  return {
    kind: kept.oneOf("kind", ["ct-logs"]),
    program: kept.oneOf("program", ["chrome", "apple"]),
    ...(kept.has("version") && { version: kept.like("version", VERSION, A_VERSION) }),
    asOf: kept.day("asOf"),
    logs,
  };
}

/**
 * The key that signs Google's lists, base64 of SubjectPublicKeyInfo: log_list_pubkey.pem. Its sources, and the signed
 * lists that prove it, are in `data/ct-logs.md`.
 */
export const GOOGLE_KEY =
  "MIICIjANBgkqhkiG9w0BAQEFAAOCAg8AMIICCgKCAgEAsu0BHGnQ++W2CTdyZyxvHHRALOZPlnu/VMVgo2m+JZ8MNbAOH2cgXb8mvOj8flsX/qPMuKIaauO+" +
  "PwROMjiqfUpcFm80Kl7i97ZQyBDYKm3MkEYYpGN+skAR2OebX9G2DfDqFY8+jUpOOWtBNr3LrmVcwx+FcFdMjGDlrZ5JRmoJ/SeGKiORkbbu9eY1Wd0uVhz/" +
  "xI5bQb0OgII7hEj+i/IPbJqOHgB8xQ5zWAJJ0DmG+FM6o7gk403v6W3S8qRYiR84c50KppGwe4YqSMkFbLDleGQWLoaDSpEWtESisb4JiLaY4H+Kk0EyAhPS" +
  "b+49JfUozYl+lf7iFN3qRq/SIXXTh6z0S7Qa8EYDhKGCrpI03/+qprwy+my6fpWHi6aUIk4holUCmWvFxZDfixoxK0RlqbFDl2JXMBquwlQpm8u5wrsic1ks" +
  "Iv9z8x9zh4PJqNpCah0ciemI3YGRQqSe/mRRXBiSn9YQBUPcaeqCYan+snGADFwHuXCd9xIAdFBolw9R9HTedHGUfVXPJDiF4VusfX6BRR/qaadB+bqEArF/" +
  "TzuDUr6FvOR4o8lUUxgLuZ/7HO+bHnaPFKYHHSm++z1lVDhhYuSZ8ax3T0C3FZpb7HMjZtpEorSV5ElKJEJwrhrBCMOD8L01EoSPrGlS1w22i9uGHMn/uGQK" +
  "o28u7AsCAwEAAQ==";

/** Characters of a signature in base64, with room for line ends. */
const MAX_SIGNATURE = 4096;

/**
 * Whether Google signed the list: its log_list.sig (RSA, PKCS #1 v1.5, SHA-256) over the bytes of the file.
 * @param signature binary, or in base64
 * @param googleKey base64 of SubjectPublicKeyInfo
 */
export function isSignedByGoogle(list: Uint8Array, signature: Uint8Array, googleKey = GOOGLE_KEY): boolean {
  const key = importPublicKey(Buffer.from(googleKey, "base64"));
  if (key?.asymmetricKeyType !== "rsa" || signature.length > MAX_SIGNATURE) return false;
  const { bytes, damage } = readBase64(Buffer.from(signature).toString("latin1"));
  return isSignedByAtOnce(key, "sha256", list, damage === undefined ? bytes : signature);
}

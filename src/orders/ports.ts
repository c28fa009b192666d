import type { CollectResult, StatusDetail } from "../api/result";
import type { ServiceName } from "../api/services/service";
import type { ServiceResult } from "../api/services/service-result";
import type { JournalLine, OrderEvent } from "./journal/events";
import type { Account, CaName, CredentialId, CollectedCertificate, Order, OrderId, Question } from "./model/order";

/** Time, injected so that months pass in a test. */
export interface Clock {
  /** Epoch ms. */
  now(): number;
  /** Runs `task` once after `ms` (any number, even longer than the platform's timers allow); disposing cancels it. */
  after(ms: number, task: () => void): Disposable;
}

/** Has the shape of the editor's own, so that either can be used. */
export interface Disposable {
  dispose(): void;
}

/** `durable`: on disk before it returns. `buffered`: handed to the operating system, lost only if that crashes. */
export type Durability = "durable" | "buffered";

/** The append-only record that all windows share. `storage` implements it. */
export interface Journal {
  /**
   * Appends to this process's own segment. With `durable` it returns after fsync, so that the lines survive a crash.
   * @throws StorageError when the disk is full or the folder is read-only; then none of `events` was written.
   */
  append(events: readonly OrderEvent[], durability: Durability): Promise<readonly JournalLine[]>;
  /**
   * Passes each line that other processes wrote since the last call to `take`; the first call passes all lines. This
   * process's own come from {@link append}. Some may come twice: folding them again changes nothing.
   * @param setAside called once with each line that could not be read; such lines stay where they are
   * @throws StorageError when the folder cannot be read; lines passed by then remain valid
   */
  read(take: (line: JournalLine) => void, setAside?: (line: AsideLine) => void): Promise<void>;
  /** Everything ever written about one order, oldest first, with each line's position; equal answers as compacted. */
  history(id: OrderId): Promise<readonly HistoryLine[]>;
  /** Calls back (coalesced) when another process may have written. */
  watch(changed: () => void): Disposable;
}

/** A line that could not be read into the book. */
export interface AsideLine {
  /** `damaged`: not what was written. `later`: written by a later version of this program. */
  readonly why: "damaged" | "later";
  /** The order it is about, if that can be determined. */
  readonly order?: OrderId;
  /** The file that contains it. */
  readonly segment: string;
}

/** A line with its proof: its content, and whether it is chained to its segment by hashes. */
export interface HistoryLine {
  readonly line: JournalLine;
  /** The file that contains it. */
  readonly segment: string;
  /** The text of the line as it is there. */
  readonly text: string;
  /** Whether its writer's previous line precedes it: `false` after a gap, damage or compaction. */
  readonly chained: boolean;
}

/** One call to a CA at a time, across all windows of this user. `storage` implements it. */
export interface CallLock {
  /**
   * Waits for its turn; `person` takes precedence over `schedule`.
   * @throws the signal's reason when aborted while waiting.
   */
  acquire(ca: CaName, turn: "person" | "schedule", signal: AbortSignal): Promise<Disposable>;
  /** Whose turn it is, including this process, to tell a waiting person. `undefined` if it is nobody's, or unknown. */
  holder(ca: CaName): Promise<LockHolder | undefined>;
}

/** The process whose turn it is. */
export interface LockHolder {
  /** Its process id; absent if it runs in another container, where ids mean other processes. */
  readonly pid?: number;
  /** Epoch ms. */
  readonly since: number;
  /**
   * Whether it is suspended, for example by a debugger: its turn lasts until it resumes or is ended. Known only on
   * Linux.
   */
  readonly isStopped: boolean;
}

/** Immutable bytes by their SHA-256 in lower-case hex. `storage` implements it. */
export interface BlobStore {
  /** Durable when it returns. Writing existing bytes again is not an error. */
  put(bytes: Uint8Array): Promise<string>;
  /**
   * @throws StorageError `blob-missing` when it does not exist, `blob-damaged` when its bytes no longer have that
   *   hash.
   */
  get(sha256: string): Promise<Uint8Array>;
}

/** The source of secrets. The editor implements it with SecretStorage; every call is bounded in time. */
export interface SecretSource {
  /**
   * @param wanted the credential that counts; absent: whichever is stored
   * @returns `undefined` when this window does not have one, has another than the wanted one, or the keyring does not
   *   answer
   */
  password(account: Account, wanted: CredentialId | undefined): Promise<StoredPassword | undefined>;
  collectionCode(order: Order): Promise<string | undefined>;
}

/** A password with its name in the journal. */
export interface StoredPassword {
  readonly text: string;
  /** Empty for one without a name, stored by an earlier version. */
  readonly credential: CredentialId;
}

export interface Secrets {
  readonly password?: string;
  readonly collectionCode?: string;
}

/**
 * Codes with which a {@link Collect} rejects before anything is sent: the request broke a rule of the CA's page, the
 * sandbox is not running, a file with certification authorities cannot be read.
 */
export const NOT_SENT = ["request", "sandbox-stopped", "ca-file"] as const;

/** The call itself: `api` over `net`, composed in `editor/window/composition.ts`. */
export type Collect = (call: OrderCall, signal: AbortSignal) => Promise<CollectResult>;

/** The call of a service: `api` over `net`, composed in `editor/window/composition.ts`. */
export type AskService = (
  call: {
    readonly account: Account;
    readonly password: string;
    readonly service: ServiceName;
    /** The arguments beside the login, in the CA's spelling. */
    readonly values: Readonly<Record<string, string>>;
  },
  signal: AbortSignal,
) => Promise<ServiceResult>;

export interface OrderCall {
  readonly order: Order;
  readonly account: Account | undefined;
  readonly secrets: Secrets;
  readonly question: Question;
  readonly form?: CallForm;
}

/** Parameters of the CA's page with the values that a person chose: what the CA should return, and how. */
export type CallForm = Readonly<Record<string, string>>;

/**
 * Sorts certificates from leaf to root, reads what the journal keeps of them, and compares them with the order.
 * `certificates`, composed in `editor/window/composition.ts`.
 * @throws when the bytes do not contain a readable end-entity certificate
 */
export type SummarizeCollected = (
  certificates: readonly Uint8Array[],
  about: CollectedContext,
) => Promise<CollectedSummary>;

/** What is known about the received certificates. */
export interface CollectedContext {
  /** What the CA says about the order. */
  readonly detail: StatusDetail;
  /** The index (base 0) of the certificate that the answer names as the ordered one. */
  readonly leaf?: number;
  /** Epoch ms. */
  readonly now: number;
}

export interface CollectedSummary {
  /** DER: the path from the leaf up, then the CA certificates of its other paths. */
  readonly chain: readonly Uint8Array[];
  readonly certificate: Omit<CollectedCertificate, "at" | "leaf" | "chain">;
}

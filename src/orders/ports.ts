import type { CollectResult, StatusDetail } from "../api/result";
import type { JournalLine, OrderEvent } from "./journal/events";
import type { Account, CaName, CredentialId, CollectedCertificate, Order, OrderId, Question } from "./model/order";

/** Time, injected so that months pass in a test. */
export interface Clock {
  /** Epoch ms. */
  now(): number;
  /** Runs `task` once after `ms` (any number: longer than a timer of the platform holds, too); disposing cancels it. */
  after(ms: number, task: () => void): Disposable;
}

/** Ends something. Shaped like the editor's own, so that either fits. */
export interface Disposable {
  dispose(): void;
}

/** `durable`: on the disk before it returns. `buffered`: with the operating system, lost only if that falls. */
export type Durability = "durable" | "buffered";

/** The append-only record that all windows share. `storage` implements it. */
export interface Journal {
  /**
   * Appends to this process' own segment. With `durable` it returns after fsync: what follows may rely on the lines
   * surviving a crash.
   * @throws StorageError when the disk is full or the folder read-only; nothing of `events` was taken then.
   */
  append(events: readonly OrderEvent[], durability: Durability): Promise<readonly JournalLine[]>;
  /**
   * Gives each line that other processes wrote since the last call to `take`; the first call gives all there are. This
   * process' own come from {@link append}. Some may come twice: folding them again changes nothing.
   * @param setAside told of each line that could not be taken, once; such lines stay where they are
   * @throws StorageError when the folder cannot be read; what was given by then stands
   */
  read(take: (line: JournalLine) => void, setAside?: (line: AsideLine) => void): Promise<void>;
  /**
   * Everything ever written about one order, oldest first, with where each line stands; equal answers as compaction
   * left them.
   */
  history(id: OrderId): Promise<readonly HistoryLine[]>;
  /** Calls back (coalesced) when another process may have written. */
  watch(changed: () => void): Disposable;
}

/** A line that could not be taken into the book. */
export interface AsideLine {
  /** `damaged`: not what was written. `later`: written by a later version of this program. */
  readonly why: "damaged" | "later";
  /** The order it is about, where that can be told. */
  readonly order?: OrderId;
  /** The file it stands in. */
  readonly segment: string;
}

/** A line with its proof: what it says, and the hashes that chain it to its segment. */
export interface HistoryLine {
  readonly line: JournalLine;
  /** The file it stands in. */
  readonly segment: string;
  /** The text of the line as it stands there. */
  readonly text: string;
  /** Whether the line its writer wrote before stands before it: `false` after a gap, damage or compaction. */
  readonly chained: boolean;
}

/** One call to a CA at a time, over all windows of this user. `storage` implements it. */
export interface CallLock {
  /**
   * Waits for its turn; `person` goes before `schedule`.
   * @throws the signal's reason when aborted while waiting.
   */
  acquire(ca: CaName, turn: "person" | "schedule", signal: AbortSignal): Promise<Disposable>;
  /**
   * Whose turn it is, this process' included: for a person who waits. `undefined` when it is nobody's, or cannot be
   * told.
   */
  holder(ca: CaName): Promise<LockHolder | undefined>;
}

/** The process whose turn it is. */
export interface LockHolder {
  /** Its number; absent when it runs where numbers mean other processes: in another container. */
  readonly pid?: number;
  /** Epoch ms. */
  readonly since: number;
  /** It was stopped, as debuggers do: its turn lasts until it goes on or is ended. Linux alone tells. */
  readonly isStopped: boolean;
}

/** Immutable bytes by their SHA-256 in lower-case hex. `storage` implements it. */
export interface BlobStore {
  /** Durable when it returns. Writing what is there already is not an error. */
  put(bytes: Uint8Array): Promise<string>;
  /** @throws StorageError `blob-missing` when there is none, `blob-damaged` when its bytes no longer have that hash. */
  get(sha256: string): Promise<Uint8Array>;
}

/** What must be secret. The editor implements it over SecretStorage; every call is bounded in time. */
export interface SecretSource {
  /**
   * @param wanted the credential that counts; absent: whichever is stored
   * @returns `undefined` when this window has none, or another than the wanted one, or the keyring does not answer
   */
  password(account: Account, wanted: CredentialId | undefined): Promise<StoredPassword | undefined>;
  collectionCode(order: Order): Promise<string | undefined>;
}

/** A password with the name that the journal knows it by. */
export interface StoredPassword {
  readonly text: string;
  /** Empty for one that has no name: kept by an earlier version. */
  readonly credential: CredentialId;
}

export interface Secrets {
  readonly password?: string;
  readonly collectionCode?: string;
}

/**
 * Codes with which a {@link Collect} rejects before anything is sent: the request broke a rule of the CA's page, the
 * sandbox does not run, a file of certification authorities cannot be read.
 */
export const NOT_SENT = ["request", "sandbox-stopped", "ca-file"] as const;

/** The call itself: `api` over `net`, put together in `editor/window/composition.ts`. */
export type Collect = (call: OrderCall, signal: AbortSignal) => Promise<CollectResult>;

export interface OrderCall {
  readonly order: Order;
  readonly account: Account | undefined;
  readonly secrets: Secrets;
  readonly question: Question;
  readonly form?: CallForm;
}

/** Parameters of the CA's page with their values, as a person chose them: what shall come back, and how. */
export type CallForm = Readonly<Record<string, string>>;

/**
 * Orders certificates leaf to root, reads what the journal keeps of them, and holds them against what was ordered.
 * `certificates`, put together in `editor/window/composition.ts`.
 * @throws when the bytes hold no end-entity certificate that can be read
 */
export type SummarizeCollected = (
  certificates: readonly Uint8Array[],
  about: CollectedContext,
) => Promise<CollectedSummary>;

/** What is known of the certificates that came. */
export interface CollectedContext {
  /** What the CA tells of the order. */
  readonly detail: StatusDetail;
  /** Which of the certificates the answer names as the one that was ordered (base 0). */
  readonly leaf?: number;
  /** Epoch ms. */
  readonly now: number;
}

export interface CollectedSummary {
  /** DER: the path from the leaf upwards, then the CA certificates of its other paths. */
  readonly chain: readonly Uint8Array[];
  readonly certificate: Omit<CollectedCertificate, "at" | "leaf" | "chain">;
}

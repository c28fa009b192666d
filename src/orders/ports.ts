import type { CollectResult } from "../api/result";
import type { JournalLine, OrderEvent } from "./events";
import type { Account, CaName, Held, Order } from "./order";

/** Time, injected so that months pass in a test. */
export interface Clock {
  /** Epoch ms. */
  now(): number;
  /** Runs `task` once after `ms`; disposing cancels it. */
  after(ms: number, task: () => void): Disposable;
}

/** Ends something. Shaped like the editor's own, so that either fits. */
export interface Disposable {
  dispose(): void;
}

/** The append-only record that all windows share. `storage` implements it. */
export interface Journal {
  /**
   * Appends to this process' own segment. With `durable` it returns after fsync: what follows may rely on the lines
   * surviving a crash.
   * @throws JournalError when the disk is full or the folder read-only; nothing of `events` was taken then.
   */
  append(events: readonly OrderEvent[], durability: "durable" | "buffered"): Promise<readonly JournalLine[]>;
  /** Lines written by any process, this one included, since the last call; the first call gives all there are. */
  read(): Promise<readonly JournalLine[]>;
  /** Calls back (coalesced) when another process may have written. */
  watch(changed: () => void): Disposable;
}

/** One call to a CA at a time, over all windows of this user. `storage` implements it. */
export interface CallLock {
  /**
   * Waits for its turn; `person` goes before `schedule`.
   * @throws the signal's reason when aborted while waiting.
   */
  acquire(ca: CaName, turn: "person" | "schedule", signal: AbortSignal): Promise<Disposable>;
}

/** Immutable bytes by their SHA-256 in lower-case hex. `storage` implements it. */
export interface BlobStore {
  /** Durable when it returns. Writing what is there already is no error. */
  put(bytes: Uint8Array): Promise<string>;
  /** @throws BlobMissing when there is none, or its bytes no longer have that hash. */
  get(sha256: string): Promise<Uint8Array>;
}

/** What must be secret. The editor implements it over SecretStorage; every call is bounded in time. */
export interface SecretSource {
  /** `undefined` when there is none, or the keyring does not answer. */
  password(account: Account): Promise<string | undefined>;
  collectionCode(order: Order): Promise<string | undefined>;
}

export interface Secrets {
  readonly password?: string;
  readonly collectionCode?: string;
}

/** The call itself: `api` over `net`, put together in `extension.ts`. */
export type Collect = (
  order: Order,
  account: Account | undefined,
  secrets: Secrets,
  signal: AbortSignal,
) => Promise<CollectResult>;

/**
 * Orders certificates leaf to root and reads what the journal keeps of them. `certificates`, put together in
 * `extension.ts`.
 * @throws when the bytes hold no end-entity certificate that can be read
 */
export type Inspect = (certificates: readonly Uint8Array[]) => Promise<Inspected>;

export interface Inspected {
  /** DER, leaf first. */
  readonly chain: readonly Uint8Array[];
  readonly held: Omit<Held, "at" | "leaf" | "chain">;
}

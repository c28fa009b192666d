import type { SaidMessage } from "../model/said-message";
import type { Book } from "../journal/book";
import type { OrderEvent } from "../journal/events";
import type { Account, AskReason, CaName, CredentialId, Freeze, Login, LoginKey } from "../model/order";
import type { CallLock, Clock, Disposable, SecretSource, StoredPassword } from "../ports";
import { describeError } from "./call-outcome";
import { freezeForSilence } from "./guard";
import { timeLimit, waitFor, withTimeLimit } from "./time-limit";

/**
 * ms that each part of a check may take, so that a hung window, keyring or server does not block the rest for good.
 */
export const ASK_LIMITS = {
  /** Waiting for its turn, when nobody waits for the answer. */
  lock: 60_000,
  /** Waiting for its turn, when a person waits. */
  lockForPerson: 180_000,
  secrets: 15_000,
  /** The call itself, over the transport's own limits. */
  call: 150_000,
  /**
   * The pause after a call whose process died: the CA may still be working on it, and calls must not overlap there
   * either.
   */
  silence: 5_000,
} as const;

/** What every call of the CA needs; see the ports. */
export interface TurnParts {
  readonly book: Book;
  readonly lock: CallLock;
  readonly secrets: SecretSource;
  readonly clock: Clock;
  /** Receives unexpected errors, for the log; the outcome only says that there was one. */
  readonly unexpected: (error: unknown) => void;
  /** What this window could not journal. One list for all that call the CA. */
  readonly refusals: UnrecordedRefusals;
}

/** Why there was no turn, or why its result was lost. */
export type TurnFailure =
  | { readonly kind: "busy" }
  | { readonly kind: "cancelled" }
  /** The journal could not be written. Before the call, nothing was sent; after it, the answer was lost. */
  | ({ readonly kind: "not-recorded"; readonly code: string; readonly asked: boolean } & SaidMessage);

/** What a turn tells whoever waits for it. */
export interface CallProgress {
  /** Whether the call was journaled, and so may have been sent. */
  asked: boolean;
}

/** Refused sign-ins that could not be journaled. No further call is made until they are. */
export class UnrecordedRefusals {
  private events: OrderEvent[] = [];

  add(event: OrderEvent): void {
    this.events = [...this.events, event];
  }

  /** @throws StorageError when they still cannot be written */
  async record(book: Book): Promise<void> {
    const written = this.events;
    await book.record(written);
    // Another CA's call may have added one meanwhile.
    this.events = this.events.filter((event) => !written.includes(event));
  }
}

/**
 * Runs a task under the CA's lock, based on the latest lines of all windows.
 * @param began called when its turn has come
 */
export async function inTurn<T>(
  parts: TurnParts,
  ca: CaName,
  why: AskReason,
  signal: AbortSignal,
  task: (progress: CallProgress) => Promise<T>,
  began?: () => void,
): Promise<T | TurnFailure> {
  let turn: Disposable;
  const limit = timeLimit(parts.clock, why === "person" ? ASK_LIMITS.lockForPerson : ASK_LIMITS.lock, signal);
  try {
    turn = await parts.lock.acquire(ca, why, limit.signal);
  } catch (error) {
    if (signal.aborted) return { kind: "cancelled" };
    if (limit.signal.aborted) return { kind: "busy" };
    return { kind: "not-recorded", ...describeError(error, parts.unexpected), asked: false };
  } finally {
    limit.dispose();
  }
  began?.();
  const progress: CallProgress = { asked: false };
  try {
    await parts.book.refresh();
    await parts.refusals.record(parts.book);
    return await task(progress);
  } catch (error) {
    return { kind: "not-recorded", ...describeError(error, parts.unexpected), asked: progress.asked };
  } finally {
    turn.dispose();
  }
}

/**
 * Whether a login may be used in this turn: freezes it if its first call was never answered, and else waits until the
 * CA must be done with a call whose process died.
 * @returns why not; `undefined` if it may
 */
export async function whyClosed(
  { book, clock }: TurnParts,
  login: Login,
  ca: CaName,
  signal: AbortSignal,
): Promise<{ readonly kind: "frozen"; readonly freeze: Freeze; readonly now: boolean } | undefined> {
  if (login.frozen) return { kind: "frozen", freeze: login.frozen, now: false };
  const silence = freezeForSilence(login);
  if (silence) {
    await book.record([{ type: "frozen", ...nameOf(login), ...silence }]);
    return { kind: "frozen", freeze: { at: clock.now(), ...silence }, now: true };
  }
  const silent = book.silentSince(ca);
  if (silent !== undefined) await waitFor(clock, Math.min(silent - clock.now(), 0) + ASK_LIMITS.silence, signal);
  return undefined;
}

/** A secret, unless the window or its keyring does not answer in time. */
export async function readInTime<T>(clock: Clock, secret: Promise<T | undefined>): Promise<T | undefined> {
  return withTimeLimit(clock, ASK_LIMITS.secrets, undefined, () => secret).catch(() => undefined);
}

/**
 * The password that a login is called with; `undefined` if this window cannot get it now. A password that was replaced
 * in another window may be the refused one: it is not sent.
 */
export async function readPassword(
  { secrets, clock }: TurnParts,
  account: Account,
  login: Login,
): Promise<StoredPassword | undefined> {
  const password = await readInTime(clock, secrets.password(account, login.credential));
  const isOther = login.credential !== undefined && password?.credential !== login.credential;
  return isOther ? undefined : password;
}

/** How journal lines name a login, and the credential that is sent with a call. */
export function nameOf({ key, credential }: Login): { login: LoginKey; credential?: CredentialId } {
  return { login: key, ...(credential !== undefined && { credential }) };
}

/**
 * Records what became of a call. If that cannot be written, what it says against the login is kept for the next call: a
 * short line may fit where a long one did not, and the other windows must know.
 * @throws StorageError as {@link Book.record} does
 */
export async function recordOrKeep<T>(
  { book, refusals }: TurnParts,
  sent: Login,
  freeze: Omit<Freeze, "at"> | undefined,
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (freeze) refusals.add({ type: "frozen", ...nameOf(sent), ...freeze });
    await refusals.record(book).catch(() => undefined);
    throw error;
  }
}

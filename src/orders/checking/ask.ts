import type { CollectResult, StatusDetail } from "../../api/result";
import type { Book } from "../journal/book";
import { callAndStore, describeError, type CallOutcome } from "./call-outcome";
import type { OrderEvent } from "../journal/events";
import { freezeForOutcome, freezeForSilence, freezeOf } from "./guard";
import type {
  Account,
  Answer,
  AskReason,
  CredentialId,
  Freeze,
  CollectedCertificate,
  Login,
  LoginKey,
  Order,
  OrderId,
  Question,
} from "../model/order";
import type {
  BlobStore,
  OrderCall,
  CallForm,
  CallLock,
  Clock,
  Collect,
  Disposable,
  SummarizeCollected,
  SecretSource,
  Secrets,
} from "../ports";
import { jitterOf, mayAsk, nextCheck, sameMeaning, type Check } from "./schedule";
import { waitFor, timeLimit, withTimeLimit } from "./time-limit";

/** ms each part of asking may take; with them no hung window, keyring or server blocks the rest for good. */
export const ASK_LIMITS = {
  /** For its turn, when nobody waits for the answer. */
  lock: 60_000,
  /** For its turn, when a person waits. */
  lockForPerson: 180_000,
  secrets: 15_000,
  /** The call itself, over the transport's own limits. */
  call: 150_000,
  /** After a call whose process died: the CA may be at work on it still, and calls must not overlap there either. */
  silence: 5_000,
} as const;

/** What came of asking. */
export type AskResult =
  | {
      readonly kind: "answered";
      readonly answer: Answer;
      /** A certificate that was not held before. */
      readonly collected?: CollectedCertificate;
      /** The answer froze the login: the one moment to tell the person. */
      readonly froze?: Freeze;
      /** The answer itself, where a form of it was chosen. */
      readonly result?: CollectResult;
    }
  /** Not asked: the login is frozen. `now`: found so just now, which is the one moment to tell the person. */
  | { readonly kind: "frozen"; readonly freeze: Freeze; readonly now: boolean }
  /** Not asked: not due, or for a person too soon. */
  | { readonly kind: "not-now"; readonly check: Check }
  /** Not asked: this window cannot get the secret. Another window may. */
  | { readonly kind: "no-secret"; readonly missing: "password" | "collection-code" }
  /** Not asked: another call to the CA did not end in time. */
  | { readonly kind: "busy" }
  | { readonly kind: "cancelled" }
  /** The order is no longer tracked, or its account was removed. */
  | { readonly kind: "gone" }
  /** The journal did not take a line. Before the call: nothing was asked. After it: the answer was lost. */
  | { readonly kind: "not-recorded"; readonly code: string; readonly message: string; readonly asked: boolean };

/** What asking needs; see the ports. */
export interface AskParts {
  readonly book: Book;
  readonly lock: CallLock;
  readonly secrets: SecretSource;
  readonly collect: Collect;
  readonly summarizeCollected: SummarizeCollected;
  readonly blobs: BlobStore;
  readonly clock: Clock;
  /** The setting: what is asked by itself. */
  readonly background: () => "everything" | "status" | "off";
  /** Told errors that nobody foresaw, for the log; the outcome says no more than that. */
  readonly unexpected: (error: unknown) => void;
}

/** Asks the CA about one order, if it may be asked; see {@link createAsk}. Never rejects. */
export type Ask = (id: OrderId, why: AskReason, signal: AbortSignal, options?: AskOptions) => Promise<AskResult>;

export interface AskOptions {
  /** Called when its turn has come. */
  readonly began?: () => void;
  /** What to ask in place of the default, as a person chose it. The result then comes with the answer itself. */
  readonly form?: CallForm;
}

/**
 * The one way in which an order is asked: under the CA's lock, on the latest lines of all windows, with "asked" on the
 * disk before the call leaves and what it brought on the disk before the lock is let go.
 */
export function createAsk(parts: AskParts): Ask {
  const unrecorded: OrderEvent[] = [];
  return async (id, why, signal, options = {}) => {
    const order = parts.book.get(id);
    if (!order) return { kind: "gone" };
    let turn: Disposable;
    const limit = timeLimit(parts.clock, why === "person" ? ASK_LIMITS.lockForPerson : ASK_LIMITS.lock, signal);
    try {
      turn = await parts.lock.acquire(order.ca, why, limit.signal);
    } catch (error) {
      if (signal.aborted) return { kind: "cancelled" };
      if (limit.signal.aborted) return { kind: "busy" };
      return { kind: "not-recorded", ...describeError(error, parts.unexpected), asked: false };
    } finally {
      limit.dispose();
    }
    options.began?.();
    const progress: Progress = { asked: false, unrecorded };
    try {
      return await askInTurn(parts, { id, why, ...(options.form && { form: options.form }) }, signal, progress);
    } catch (error) {
      return { kind: "not-recorded", ...describeError(error, parts.unexpected), asked: progress.asked };
    } finally {
      turn.dispose();
    }
  };
}

interface Asking {
  readonly id: OrderId;
  readonly why: AskReason;
  readonly form?: CallForm;
}

interface Progress {
  asked: boolean;
  /** Refusals of a sign-in that the journal did not take. Nothing more is asked before it did. */
  readonly unrecorded: OrderEvent[];
}

async function recordRefusals(book: Book, { unrecorded }: Progress): Promise<void> {
  await book.record(unrecorded);
  unrecorded.length = 0;
}

async function askInTurn(
  parts: AskParts,
  { id, why, form }: Asking,
  signal: AbortSignal,
  progress: Progress,
): Promise<AskResult> {
  const { book, clock } = parts;
  await book.refresh();
  await recordRefusals(book, progress);
  const order = book.get(id);
  const login = order && book.loginOf(order);
  if (!order || !login) return { kind: "gone" };
  const account = order.account === undefined ? undefined : book.account(order.account);
  if (login.frozen) return { kind: "frozen", freeze: login.frozen, now: false };

  const silence = freezeForSilence(login);
  if (silence) {
    await book.record([{ type: "frozen", ...nameOf(login), ...silence }]);
    return { kind: "frozen", freeze: { at: clock.now(), ...silence }, now: true };
  }

  const silent = book.silentSince(order.ca);
  if (silent !== undefined) await waitFor(clock, Math.min(silent - clock.now(), 0) + ASK_LIMITS.silence, signal);

  const background = parts.background();
  const now = clock.now();
  const check = nextCheck(order, book.circumstances(order, background), now, jitterOf(order));
  const allowed = why === "person" ? mayAsk(check, now) === "yes" : check.due !== undefined && check.due <= now;
  if (!allowed) return { kind: "not-now", check };

  const read = await readSecrets(parts, order, account, login);
  if (typeof read === "string") return { kind: "no-secret", missing: read };
  if (signal.aborted) return { kind: "cancelled" };
  const { secrets, credential } = read;
  // What is sent now is what the answer will be about, whatever is entered while the call is under way.
  const sent: Login = { ...login, ...(credential !== "" && { credential }) };

  const question: Question = why === "schedule" && background === "status" ? "status" : "everything";
  await book.record([{ type: "asked", id, ...nameOf(sent), why, question }]);
  progress.asked = true;
  const asking: OrderCall = { order, account, secrets, question, ...(form && { form }) };
  const brought = await callAndStore(parts, asking, ASK_LIMITS.call, signal);
  const result = await recordAnswer(parts, order, sent, brought).catch(async (error: unknown) => {
    const freeze = freezeOf(sent, brought.outcome);
    if (freeze) progress.unrecorded.push({ type: "frozen", ...nameOf(sent), ...freeze });
    // A short line may fit where a long one did not, and the other windows have to know.
    await recordRefusals(book, progress).catch(() => undefined);
    throw error;
  });
  return result.kind === "answered" && form && brought.result ? { ...result, result: brought.result } : result;
}

/** The secrets the order needs, or which of them cannot be had here and now. */
async function readSecrets(
  { secrets, clock }: AskParts,
  order: Order,
  account: Account | undefined,
  login: Login,
): Promise<{ secrets: Secrets; credential: CredentialId } | "password" | "collection-code"> {
  const read = <T>(secret: Promise<T | undefined>) =>
    withTimeLimit(clock, ASK_LIMITS.secrets, undefined, () => secret).catch(() => undefined);
  const password = account && (await read(secrets.password(account, login.credential)));
  // A password that was replaced in another window may be the refused one: it stays here.
  const isOther = login.credential !== undefined && password?.credential !== login.credential;
  if (account && (password === undefined || isOther)) return "password";
  const credential = password?.credential ?? "";
  const withPassword = password === undefined ? {} : { password: password.text };
  // A code may have been entered for an order with a number, since the CA wanted it.
  const goesByCode = order.reference.kind === "collectionCode" || order.codeSetAt !== undefined;
  if (!goesByCode) return { secrets: withPassword, credential };
  const collectionCode = await read(secrets.collectionCode(order));
  if (collectionCode === undefined) return "collection-code";
  return { secrets: { ...withPassword, collectionCode }, credential };
}

/** How lines name a login, and the credential that goes with a call. */
function nameOf({ key, credential }: Login): { login: LoginKey; credential?: CredentialId } {
  return { login: key, ...(credential !== undefined && { credential }) };
}

async function recordAnswer({ book }: AskParts, order: Order, login: Login, brought: CallOutcome): Promise<AskResult> {
  const { outcome, detail, collected } = brought;
  const before = order.answer;
  const noAnswer = !brought.proves && (outcome.kind === "failed" || outcome.kind === "not-understood");
  const freeze = freezeForOutcome(login, outcome);
  const there = order.certificates.find((each) => each.leaf === collected?.leaf);
  const isNew = collected !== undefined && !there;
  // A chain that was asked for without its CA certificates grows when they come.
  const isLonger = collected !== undefined && there !== undefined && there.chain.length < collected.chain.length;
  // What the CA tells of the order may be known only now.
  const isJudgedAnew = collected !== undefined && JSON.stringify(there?.doubts) !== JSON.stringify(collected.doubts);
  const events: OrderEvent[] = [
    ...(freeze ? [{ type: "frozen" as const, ...nameOf(login), ...freeze }] : []),
    ...(isNew || isLonger || isJudgedAnew ? [{ type: "collected" as const, id: order.id, ...collected }] : []),
    {
      type: "answered",
      id: order.id,
      ...nameOf(login),
      outcome,
      inRow: before && sameMeaning(before.outcome, outcome) ? before.inRow + 1 : 1,
      failures: noAnswer ? (login.lastAnswer?.failures ?? 0) + 1 : 0,
      proves: brought.proves,
      ...(detail && isNews(detail, order.detail?.detail) && { detail }),
    },
  ];
  await book.record(events);
  const after = book.get(order.id);
  if (!after?.answer) return { kind: "gone" };
  // Not where other credentials were entered while the call was under way: those have yet to be tried.
  const { frozen } = book.login(login.key);
  const news = isNew ? after.certificates.find((each) => each.leaf === collected.leaf) : undefined;
  return { kind: "answered", answer: after.answer, ...(news && { collected: news }), ...(frozen && { froze: frozen }) };
}

/** An answer that tells no detail leaves the last one standing. */
function isNews(detail: StatusDetail, before: StatusDetail | undefined): boolean {
  return Object.keys(detail).length > 0 && (!before || JSON.stringify(detail) !== JSON.stringify(before));
}

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
import { automaticFrom, jitterOf, mayAsk, nextCheck, sameMeaning, type Check } from "./schedule";
import { waitFor, timeLimit, withTimeLimit } from "./time-limit";

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

/** The result of a check. */
export type AskResult =
  | {
      readonly kind: "answered";
      readonly answer: Answer;
      /** A certificate that had not been collected before. */
      readonly collected?: CollectedCertificate;
      /** Set if the answer froze the login: the one moment to tell the person. */
      readonly froze?: Freeze;
      /** The answer itself, if a form was chosen. */
      readonly result?: CollectResult;
    }
  /** Not called: the login is frozen. `now`: it was frozen just now, which is the one moment to tell the person. */
  | { readonly kind: "frozen"; readonly freeze: Freeze; readonly now: boolean }
  /** Not called: not due, or too soon for a person. */
  | { readonly kind: "not-now"; readonly check: Check }
  /** Not called: this window cannot get the secret. Another window may. */
  | { readonly kind: "no-secret"; readonly missing: "password" | "collection-code" }
  /** Not called: another call to the CA did not end in time. */
  | { readonly kind: "busy" }
  | { readonly kind: "cancelled" }
  /** The order is no longer tracked, or its account was removed. */
  | { readonly kind: "gone" }
  /** The journal could not be written. Before the call, nothing was sent; after it, the answer was lost. */
  | { readonly kind: "not-recorded"; readonly code: string; readonly message: string; readonly asked: boolean };

/** What a check needs; see the ports. */
export interface AskParts {
  readonly book: Book;
  readonly lock: CallLock;
  readonly secrets: SecretSource;
  readonly collect: Collect;
  readonly summarizeCollected: SummarizeCollected;
  readonly blobs: BlobStore;
  readonly clock: Clock;
  /** The setting: what is checked automatically. */
  readonly background: () => "everything" | "status" | "off";
  /** Receives unexpected errors, for the log; the outcome only says that there was one. */
  readonly unexpected: (error: unknown) => void;
}

/** Checks one order at the CA, if it may be checked; see {@link createAsk}. Never rejects. */
export type Ask = (id: OrderId, why: AskReason, signal: AbortSignal, options?: AskOptions) => Promise<AskResult>;

export interface AskOptions {
  /** Called when its turn has come. */
  readonly began?: () => void;
  /** Whether it may see whether a CA can be reached again: {@link Check.probe}. */
  readonly probe?: boolean;
  /** The parameters that a person chose instead of the default. The result then includes the answer itself. */
  readonly form?: CallForm;
}

/**
 * The only way to check an order: under the CA's lock, based on the latest lines of all windows, with "asked" on disk
 * before the call is sent and its result on disk before the lock is released.
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
      return await askInTurn(parts, { ...options, id, why }, signal, progress);
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
  readonly probe?: boolean;
}

interface Progress {
  asked: boolean;
  /** Refused sign-ins that could not be journaled. No further call is made until they are. */
  readonly unrecorded: OrderEvent[];
}

async function recordRefusals(book: Book, { unrecorded }: Progress): Promise<void> {
  await book.record(unrecorded);
  unrecorded.length = 0;
}

async function askInTurn(
  parts: AskParts,
  { id, why, form, probe = false }: Asking,
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
  const allowed = why === "person" ? mayAsk(check, now) === "yes" : (automaticFrom(check, probe) ?? Infinity) <= now;
  if (!allowed) return { kind: "not-now", check };

  const read = await readSecrets(parts, order, account, login);
  if (typeof read === "string") return { kind: "no-secret", missing: read };
  if (signal.aborted) return { kind: "cancelled" };
  const { secrets, credential } = read;
  // The answer will be about what is sent now, whatever is entered during the call.
  const sent: Login = { ...login, ...(credential !== "" && { credential }) };

  const question: Question = why === "schedule" && background === "status" ? "status" : "everything";
  await book.record([{ type: "asked", id, ...nameOf(sent), why, question }]);
  progress.asked = true;
  const asking: OrderCall = { order, account, secrets, question, ...(form && { form }) };
  const brought = await callAndStore(parts, asking, ASK_LIMITS.call, signal);
  const result = await recordAnswer(parts, order, sent, brought).catch(async (error: unknown) => {
    const freeze = freezeOf(sent, brought.outcome);
    if (freeze) progress.unrecorded.push({ type: "frozen", ...nameOf(sent), ...freeze });
    // A short line may fit where a long one did not, and the other windows must know.
    await recordRefusals(book, progress).catch(() => undefined);
    throw error;
  });
  return result.kind === "answered" && form && brought.result ? { ...result, result: brought.result } : result;
}

/** The secrets that the order needs, or which of them this window cannot get now. */
async function readSecrets(
  { secrets, clock }: AskParts,
  order: Order,
  account: Account | undefined,
  login: Login,
): Promise<{ secrets: Secrets; credential: CredentialId } | "password" | "collection-code"> {
  const read = <T>(secret: Promise<T | undefined>) =>
    withTimeLimit(clock, ASK_LIMITS.secrets, undefined, () => secret).catch(() => undefined);
  const password = account && (await read(secrets.password(account, login.credential)));
  // A password that was replaced in another window may be the refused one: it is not sent.
  const isOther = login.credential !== undefined && password?.credential !== login.credential;
  if (account && (password === undefined || isOther)) return "password";
  const credential = password?.credential ?? "";
  const withPassword = password === undefined ? {} : { password: password.text };
  // A code may have been entered for an order with a number because the CA asked for it.
  const goesByCode = order.reference.kind === "collectionCode" || order.codeSetAt !== undefined;
  if (!goesByCode) return { secrets: withPassword, credential };
  const collectionCode = await read(secrets.collectionCode(order));
  if (collectionCode === undefined) return "collection-code";
  return { secrets: { ...withPassword, collectionCode }, credential };
}

/** How journal lines name a login, and the credential that is sent with a call. */
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
  // A chain that was fetched without its CA certificates grows when they arrive.
  const isLonger = collected !== undefined && there !== undefined && there.chain.length < collected.chain.length;
  // The CA's details about the order may have become known only now.
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
  // Not if other credentials were entered during the call: those have not been tried yet.
  const { frozen } = book.login(login.key);
  const news = isNew ? after.certificates.find((each) => each.leaf === collected.leaf) : undefined;
  return { kind: "answered", answer: after.answer, ...(news && { collected: news }), ...(frozen && { froze: frozen }) };
}

/** An answer without details leaves the last ones in place. */
function isNews(detail: StatusDetail, before: StatusDetail | undefined): boolean {
  return Object.keys(detail).length > 0 && (!before || JSON.stringify(detail) !== JSON.stringify(before));
}

import type { CollectResult, StatusDetail } from "../../api/result";
import type { OrderEvent } from "../journal/events";
import type {
  Account,
  Answer,
  AskReason,
  CaName,
  CollectedCertificate,
  CredentialId,
  Freeze,
  Login,
  Order,
  OrderId,
  Question,
} from "../model/order";
import type { BlobStore, CallForm, Collect, OrderCall, Secrets, SummarizeCollected } from "../ports";
import { callAndStore, type CallOutcome } from "./call-outcome";
import { freezeForOutcome, freezeOf } from "./guard";
import { automaticFrom, jitterOf, mayAsk, nextCheck, sameMeaning, type Check } from "./schedule";
import {
  ASK_LIMITS,
  inTurn,
  nameOf,
  readInTime,
  readPassword,
  recordOrKeep,
  whyClosed,
  type CallProgress,
  type TurnFailure,
  type TurnParts,
} from "./turn";

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
  /** The order is no longer tracked, or its account was removed. */
  | { readonly kind: "gone" }
  /** `busy`: another call to the CA did not end in time. */
  | TurnFailure;

/** What a check needs; see the ports. */
export interface AskParts extends TurnParts {
  readonly collect: Collect;
  readonly summarizeCollected: SummarizeCollected;
  readonly blobs: BlobStore;
  /** The setting: what is checked automatically. */
  readonly background: () => "everything" | "status" | "off";
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
  return async (id, why, signal, options = {}) => {
    const order = parts.book.get(id);
    if (!order) return { kind: "gone" };
    const asking: Asking = { ...options, id, why, ca: order.ca };
    return inTurn(
      parts,
      order.ca,
      why,
      signal,
      (progress) => askInTurn(parts, asking, signal, progress),
      options.began,
    );
  };
}

interface Asking {
  readonly id: OrderId;
  /** Whose turn it is. */
  readonly ca: CaName;
  readonly why: AskReason;
  readonly form?: CallForm;
  readonly probe?: boolean;
}

async function askInTurn(
  parts: AskParts,
  { id, ca, why, form, probe = false }: Asking,
  signal: AbortSignal,
  progress: CallProgress,
): Promise<AskResult> {
  const { book, clock } = parts;
  const order = book.get(id);
  const login = order && book.loginOf(order);
  // Another CA, to which its account moved meanwhile, has a lock of its own.
  if (!order || !login || order.ca !== ca) return { kind: "gone" };
  const account = order.account === undefined ? undefined : book.account(order.account);
  const closed = await whyClosed(parts, login, order.ca, signal);
  if (closed) return closed;

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
  const freeze = freezeOf(sent, brought.outcome);
  const result = await recordOrKeep(parts, sent, freeze, () => recordAnswer(parts, order, sent, brought));
  return result.kind === "answered" && form && brought.result ? { ...result, result: brought.result } : result;
}

/** The secrets that the order needs, or which of them this window cannot get now. */
async function readSecrets(
  parts: AskParts,
  order: Order,
  account: Account | undefined,
  login: Login,
): Promise<{ secrets: Secrets; credential: CredentialId } | "password" | "collection-code"> {
  const password = account && (await readPassword(parts, account, login));
  if (account && password === undefined) return "password";
  const credential = password?.credential ?? "";
  const withPassword = password === undefined ? {} : { password: password.text };
  // A code may have been entered for an order with a number because the CA asked for it.
  const goesByCode = order.reference.kind === "collectionCode" || order.codeSetAt !== undefined;
  if (!goesByCode) return { secrets: withPassword, credential };
  const collectionCode = await readInTime(parts.clock, parts.secrets.collectionCode(order));
  if (collectionCode === undefined) return "collection-code";
  return { secrets: { ...withPassword, collectionCode }, credential };
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

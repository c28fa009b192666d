import { phrase, type Phrase } from "../../words/phrase";
import { saidBy } from "../../words/said-error";
import { saidMessage, type SaidMessage } from "../model/said-message";
import type { CollectResult, Issued, StatusDetail } from "../../api/result";
import { proves } from "./guard";
import type { CollectedCertificate, Outcome } from "../model/order";
import type { BlobStore, OrderCall, Clock, Collect, SummarizeCollected } from "../ports";
import { withTimeLimit } from "./time-limit";

/** The result of a call, stored as far as possible before it is journaled. */
export interface CallOutcome {
  readonly outcome: Outcome;
  readonly detail?: StatusDetail;
  readonly collected?: Omit<CollectedCertificate, "at">;
  /** Whether the CA answered, and so judged the login. */
  readonly proves: boolean;
  /** The parsed answer; absent if none came. */
  readonly result?: CollectResult;
}

/** What a call needs; see the ports. */
export interface CallParts {
  readonly collect: Collect;
  readonly summarizeCollected: SummarizeCollected;
  readonly blobs: BlobStore;
  readonly clock: Clock;
  /** Receives unexpected errors. */
  readonly unexpected: (error: unknown) => void;
}

/**
 * Makes a call and stores its result. Any error becomes an outcome: every call that was sent has one.
 * @param ms the call may take
 */
export async function callAndStore(
  parts: CallParts,
  call: OrderCall,
  ms: number,
  signal: AbortSignal,
): Promise<CallOutcome> {
  let result: CollectResult;
  try {
    result = await withTimeLimit(parts.clock, ms, signal, (limited) => parts.collect(call, limited));
  } catch (error) {
    const failure = signal.aborted ? CANCELLED : describeError(error, parts.unexpected);
    return { outcome: { kind: "failed", ...failure }, proves: false };
  }
  if (result.kind !== "issued") return { ...readResult(result, call.account === undefined), result };
  try {
    const detail = { ...call.order.detail?.detail, ...result.detail };
    const { certificates, leaf: named } = result;
    const summary = await parts.summarizeCollected(certificates, {
      detail,
      now: parts.clock.now(),
      ...(named !== undefined && { leaf: named }),
    });
    const chain: string[] = [];
    for (const der of summary.chain) chain.push(await parts.blobs.put(der));
    const [leaf] = chain;
    if (leaf === undefined) throw new Error("summarizeCollected returned an empty chain");
    const collected = { ...summary.certificate, leaf, chain };
    return { outcome: { kind: "issued", leaf }, detail: result.detail, collected, proves: true, result };
  } catch (error) {
    // A chosen form may have asked only for the CA certificates.
    if (call.form) return { outcome: { kind: "available" }, detail: result.detail, proves: true, result };
    return { outcome: { kind: "not-understood", ...describeError(error, parts.unexpected) }, proves: true };
  }
}

function readResult(result: Exclude<CollectResult, Issued>, anonymous: boolean): CallOutcome {
  switch (result.kind) {
    case "pending":
    case "available":
      return { outcome: { kind: result.kind }, detail: result.detail, proves: true };
    case "refused": {
      const { kind, code, message, advice, field } = result;
      // Without a login, it was the collection code that was refused.
      const after = anonymous && result.after === "sign-in" ? "code" : result.after;
      const outcome = { kind, code, message, advice, after, ...(field !== undefined && { field }) };
      return { outcome, proves: proves(outcome) };
    }
    case "not-understood": {
      const { kind, reason, seen, retryAfter } = result;
      const outcome = { kind, code: reason, ...saidMessage(seen), ...(retryAfter !== undefined && { retryAfter }) };
      return { outcome, proves: false };
    }
  }
}

const CANCELLED = { code: "cancelled", ...saidMessage(phrase("The check was cancelled before the CA answered.")) };

/**
 * The code and message of one of our errors; for any other error only that it happened, since its text may contain
 * anything.
 */
export function describeError(error: unknown, unexpected: (error: unknown) => void): SaidMessage & { code: string } {
  if (
    error instanceof Error &&
    "code" in error &&
    typeof error.code === "string" &&
    /^[a-z][a-z0-9-]*$/.test(error.code)
  ) {
    return { code: error.code, ...saidMessage(errorSaid(error)) };
  }
  unexpected(error);
  return {
    code: "unexpected",
    ...saidMessage(phrase("Something went wrong unexpectedly during the check. See the log for details.")),
  };
}

/** What one of our errors says. What others put into a message is cut. */
function errorSaid(error: Error): Phrase | string {
  const said = saidBy(error);
  return typeof said === "string" ? said.slice(0, MAX_MESSAGE) : said;
}

/** The most characters of a message that the journal keeps. */
const MAX_MESSAGE = 500;

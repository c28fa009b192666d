import { isLater, stampOf, type JournalLine } from "./events";
import type {
  Answer,
  Asked,
  Doubt,
  CollectedCertificate,
  KnownDetail,
  Order,
  OrderId,
  Outcome,
  RevocationNote,
  Saved,
  Tracked,
  Warned,
} from "../model/order";
import type { ChosenTask, ServerPlace } from "../model/deployment";
import type { EarlyCheck } from "../model/early-check";
import type { ReportedRow } from "../model/reported";
import type { ValidationNote } from "../model/validation";
import type { ServiceName } from "../../api/services/service";
import { saysHowItStands } from "../model/said";
import { ServedNotes, type TaskEnd, type TaskStart } from "./deployment-parts";
import { PackedRegisters } from "./packed-registers";
import { write, type Register } from "./register";
import type { SharedValues } from "./shared-values";

/** A line about one order. One of a service may be about none. */
export type OrderLine =
  Extract<JournalLine, { id: OrderId }> | (Extract<JournalLine, { type: ServiceLineType }> & { readonly id: OrderId });

type ServiceLineType = "service-asked" | "service-answered";
type CollectedLine = Extract<JournalLine, { type: "collected" }>;

/** The parts of an order that the latest line about each of them writes. */
export interface OrderValues {
  readonly tracked: Omit<Tracked, "id" | "trackedAt">;
  readonly present: boolean;
  readonly label: string;
  readonly tags: readonly string[];
  readonly asked: Omit<Asked, "answered">;
  readonly answer: Answer;
  /** The last answer that never came; apart, so that it does not hide what the CA said. */
  readonly failure: Answer;
  /** The last answer that says how the order stands: the same register as `answer`, unless another answer followed. */
  readonly standing: Answer;
  readonly detail: KnownDetail;
  readonly openedAt: number;
  readonly saved: Saved;
  readonly afterSaving: ChosenTask;
  readonly servers: readonly ServerPlace[];
  readonly taskStarted: TaskStart;
  readonly taskEnded: TaskEnd;
  readonly revocation: RevocationNote;
  /** By the expiry it warned of. */
  readonly warnedOfCertificate: Warned;
  readonly warnedOfServed: Warned;
  readonly warnedOfTerm: Warned;
  readonly watchedAt: number;
  readonly look: EarlyCheck;
  readonly agreedAt: number;
  readonly codeSetAt: number;
  readonly reported: ReportedRow | undefined;
  readonly reportNews: number;
  readonly validation: ValidationNote;
  readonly paused: boolean;
  readonly archived: boolean;
  readonly muted: boolean;
}

const WARNED_PART = { certificate: "warnedOfCertificate", served: "warnedOfServed", term: "warnedOfTerm" } as const;

/** What the lines about an order say. */
export class OrderParts extends PackedRegisters<OrderValues> {
  /** Each certificate once, by the first line that brought it. Newest first. */
  collected: readonly Register<CollectedCertificate>[] = [];
  /** By certificate: the doubts in the latest line about it. */
  doubts: Map<string, Register<readonly Doubt[]>> | undefined;
  firstTrackedAt: number | undefined;
  /** When each service was asked about it. */
  servicesAsked: Map<ServiceName, Register<number>> | undefined;
  /** What each server presented. */
  served: ServedNotes | undefined;
  /** Created on demand, dropped with each change. */
  view: Order | undefined;

  constructor(readonly id: OrderId) {
    super();
  }
}

/** Whether it is tracked and not forgotten. */
export function isPresent(parts: OrderParts): boolean {
  return parts.has("tracked") && parts.get("present") === true;
}

/** Folds a line into the order that it is about. @returns whether anything changed */
export function foldOrder(parts: OrderParts, line: OrderLine, shared: SharedValues): boolean {
  const { at } = line;
  const put = <K extends keyof OrderValues>(name: K, value: OrderValues[K]) => parts.assign(name, line, value);
  switch (line.type) {
    case "tracked":
      return foldTracked(parts, line, shared);
    case "forgotten":
      return put("present", false);
    case "restored":
      return put("present", true);
    case "renamed":
      return put("label", line.label);
    case "tagged":
      return put("tags", shared.texts(line.tags));
    case "asked": {
      const { why, question, credential } = line;
      return put("asked", {
        at,
        why,
        question,
        ...(credential !== undefined && { credential: shared.text(credential) }),
      });
    }
    case "answered": {
      const answered = foldAnswer(parts, line);
      return (line.detail !== undefined && put("detail", { at, detail: shared.detail(line.detail) })) || answered;
    }
    case "collected":
      return foldCollected(parts, line, shared);
    case "opened":
      return put("openedAt", at);
    case "saved": {
      const { leaf, profile, files, key, after } = line;
      const more = { ...(key !== undefined && { key }), ...(after !== undefined && { after }) };
      return put("saved", { at, leaf, profile, files, ...more });
    }
    case "after-saving-set":
      return put("afterSaving", { task: line.task, since: at });
    case "servers-set":
      return put("servers", line.servers);
    case "task-started":
      return put("taskStarted", { at, leaf: line.leaf, task: line.task });
    case "task-ended": {
      const { started, exitCode } = line;
      return put("taskEnded", { at, started, ...(exitCode !== undefined && { exitCode }) });
    }
    case "served":
      return (parts.served ??= new ServedNotes()).fold(line);
    case "revocation": {
      const { leaf, state, since, issuer } = line;
      return put("revocation", { at, leaf, state, ...(since !== undefined && { since }), ...(issuer && { issuer }) });
    }
    case "warned": {
      const { of, end, days } = line;
      return put(WARNED_PART[of], { at, of, end, days });
    }
    case "watched":
      return put("watchedAt", at);
    case "look-armed":
      return put("look", { at, due: line.due });
    case "agreed":
      return put("agreedAt", at);
    case "code-entered":
      return put("codeSetAt", at);
    case "paused":
    case "resumed":
      return put("paused", line.type === "paused");
    case "archived":
    case "unarchived":
      return put("archived", line.type === "archived");
    case "muted":
    case "unmuted":
      return put("muted", line.type === "muted");
    case "reported": {
      const { row, news } = line;
      const isLast = put("reported", row && shared.reportedRow(row));
      return (news === true && put("reportNews", at)) || isLast;
    }
    case "validation": {
      const { from, steps, domains, caaErrors, orderStatus, agreement } = line;
      return put("validation", {
        at,
        ...{ from, steps, domains, caaErrors },
        ...(orderStatus !== undefined && { orderStatus }),
        ...(agreement !== undefined && { agreement }),
      });
    }
    case "service-asked":
      return foldServiceAsked(parts, line);
    case "service-answered":
    case "unchanged":
      return false;
  }
}

function foldServiceAsked(parts: OrderParts, line: Extract<OrderLine, { type: "service-asked" }>): boolean {
  const asked = (parts.servicesAsked ??= new Map<ServiceName, Register<number>>());
  const register = write(asked.get(line.service), line, line.at);
  if (register) asked.set(line.service, register);
  return register !== undefined;
}

function foldAnswer(parts: OrderParts, line: Extract<JournalLine, { type: "answered" }>): boolean {
  const { at, outcome, inRow } = line;
  // One object for both, since that is what thousands of orders have.
  const answer = { at, outcome: sharedOutcome(outcome, parts), inRow };
  if (outcome.kind === "failed") return parts.assign("failure", line, answer);
  const isLast = parts.assign("answer", line, answer);
  return (saysHowItStands(outcome) && parts.assign("standing", line, answer)) || isLast;
}

/** The same outcome, without another copy of what is known. */
function sharedOutcome(outcome: Outcome, { collected }: OrderParts): Outcome {
  if (outcome.kind === "pending") return PENDING;
  if (outcome.kind !== "issued") return outcome;
  const known = collected.find(({ value }) => value.leaf === outcome.leaf);
  return known ? { kind: "issued", leaf: known.value.leaf } : outcome;
}

const PENDING: Outcome = { kind: "pending" };

function foldTracked(
  parts: OrderParts,
  line: Extract<JournalLine, { type: "tracked" }>,
  shared: SharedValues,
): boolean {
  const { product, ca, account, reference, label, tags, at } = line;
  const first = parts.firstTrackedAt;
  if (first === undefined || at < first) parts.firstTrackedAt = at;
  const owner = account !== undefined && { account: shared.text(account) };
  const changes = [
    parts.firstTrackedAt !== first,
    parts.assign("tracked", line, { product, ca, reference: shared.reference(reference), ...owner }),
    parts.assign("present", line, true),
    label !== undefined && parts.assign("label", line, label),
    tags !== undefined && parts.assign("tags", line, shared.texts(tags)),
  ];
  return changes.includes(true);
}

/**
 * The first time counts as when it was collected; the longest of its chains is kept, since a leaf may come without its
 * issuers.
 */
function foldCollected(parts: OrderParts, line: CollectedLine, shared: SharedValues): boolean {
  const isJudged = foldDoubts(parts, line);
  return foldChain(parts, line, shared) || isJudged;
}

/** @returns whether this is the latest line about the certificate */
function foldDoubts(parts: OrderParts, line: CollectedLine): boolean {
  const there = parts.collected.find(({ value }) => value.leaf === line.leaf);
  const doubts = line.doubts ?? NO_DOUBTS;
  // Nearly every certificate comes once and without doubts: then its own stamp is enough.
  const isAlone = there === undefined || (there.t === stampOf(line).t && there.line === line.line);
  const known = parts.doubts?.get(line.leaf);
  if (known === undefined && isAlone && doubts.length === 0) return false;
  const before = known ?? (there && { t: there.t, line: there.line, value: NO_DOUBTS });
  const after = write(before, line, doubts);
  const latest = after ?? before;
  if (latest !== undefined) (parts.doubts ??= new Map()).set(line.leaf, latest);
  return after !== undefined;
}

const NO_DOUBTS: readonly Doubt[] = [];

function foldChain(parts: OrderParts, line: CollectedLine, shared: SharedValues): boolean {
  const stamp = stampOf(line);
  const there = parts.collected.find((collected) => collected.value.leaf === line.leaf);
  const isFirst = !there || isLater(there, stamp);
  const isBetter = !there || isBetterChain(line.chain, there.value.chain);
  if (!isFirst && !isBetter) return false;
  // Its facts come from the first line, the chain from the best one, independently and in any reading order.
  const chain = isBetter
    ? line.chain.map((hash) => (hash === line.leaf ? line.leaf : shared.text(hash)))
    : there.value.chain;
  const { at, leaf, serialNumber, subject, names, notBefore, notAfter } = isFirst ? line : there.value;
  const value = { at, leaf, chain, serialNumber, subject, names, notBefore, notAfter };
  const { t, line: place } = isFirst ? stamp : there;
  // Joined rather than extended: a list that grows reserves room for many more.
  const collected = parts.collected.filter((each) => each !== there).concat({ t, line: place, value });
  parts.collected = collected.sort((a, b) => (isLater(a, b) ? -1 : 1));
  return true;
}

/** Compares chains independently of which was read first. */
function isBetterChain(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length ? a.join() < b.join() : a.length > b.length;
}

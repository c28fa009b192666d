import { isLater, stampOf, type JournalLine } from "./events";
import type {
  Answer,
  Asked,
  Doubt,
  CollectedCertificate,
  KnownDetail,
  EarlyCheck,
  Order,
  OrderId,
  RevocationNote,
  Saved,
  Tracked,
  Warned,
} from "../model/order";
import { isIdAt } from "../model/order-id";
import type { Reported, ReportedRow } from "../model/reported";
import type { ValidationNote } from "../model/validation";
import type { ServiceName } from "../../api/services/service";
import { saysHowItStands } from "../model/said";
import { assign, write, type Register, type ValueOf } from "./register";

/** A line about one order. One of a service may be about none. */
export type OrderLine =
  Extract<JournalLine, { id: OrderId }> | (Extract<JournalLine, { type: ServiceLineType }> & { readonly id: OrderId });

type ServiceLineType = "service-asked" | "service-answered";
type CollectedLine = Extract<JournalLine, { type: "collected" }>;

interface OrderRegisters {
  tracked?: Register<Omit<Tracked, "id" | "trackedAt">>;
  present?: Register<boolean>;
  label?: Register<string>;
  tags?: Register<readonly string[]>;
  asked?: Register<Omit<Asked, "answered">>;
  answer?: Register<Answer>;
  /** The last answer that never came; apart, so that it does not hide what the CA said. */
  failure?: Register<Answer>;
  /** The last answer that says how the order stands: the same register as `answer`, unless another answer followed. */
  standing?: Register<Answer>;
  detail?: Register<KnownDetail>;
  openedAt?: Register<number>;
  saved?: Register<Saved>;
  revocation?: Register<RevocationNote>;
  /** By the expiry it warned of. */
  warnedOfCertificate?: Register<Warned>;
  warnedOfTerm?: Register<Warned>;
  watchedAt?: Register<number>;
  look?: Register<EarlyCheck>;
  agreedAt?: Register<number>;
  codeSetAt?: Register<number>;
  reported?: Register<ReportedRow | undefined>;
  reportNews?: Register<number>;
  validation?: Register<ValidationNote>;
  paused?: Register<boolean>;
  archived?: Register<boolean>;
  muted?: Register<boolean>;
}

/** An order's registers, one for each part of it. */
export interface OrderParts extends OrderRegisters {
  /** Each certificate once, by the first line that brought it. Newest first. */
  collected: readonly Register<CollectedCertificate>[];
  /** By certificate: the doubts in the latest line about it. */
  doubts?: Map<string, Register<readonly Doubt[]>>;
  firstTrackedAt?: number;
  /** When each service was asked about it. */
  servicesAsked?: Map<ServiceName, Register<number>>;
  /** Created on demand, dropped with each change. */
  view?: Order;
}

/** Each issuer's hash once, since thousands of certificates share a few. */
export type Issuers = Map<string, string>;

/** Whether it is tracked and not forgotten. */
export function isPresent(parts: OrderParts): boolean {
  return parts.tracked !== undefined && parts.present?.value === true;
}

/** Folds a line into the order that it is about. @returns whether anything changed */
export function foldOrder(parts: OrderParts, line: OrderLine, issuers: Issuers): boolean {
  const { at } = line;
  const put = <K extends keyof OrderRegisters>(name: K, value: ValueOf<NonNullable<OrderRegisters[K]>>) =>
    assign<OrderRegisters, K>(parts, name, line, value);
  switch (line.type) {
    case "tracked":
      return foldTracked(parts, line);
    case "forgotten":
      return put("present", false);
    case "restored":
      return put("present", true);
    case "renamed":
      return put("label", line.label);
    case "tagged":
      return put("tags", line.tags);
    case "asked": {
      const { why, question, credential } = line;
      return put("asked", { at, why, question, ...(credential !== undefined && { credential }) });
    }
    case "answered": {
      const answered = foldAnswer(parts, line);
      return (line.detail !== undefined && put("detail", { at, detail: line.detail })) || answered;
    }
    case "collected":
      return foldCollected(parts, line, issuers);
    case "opened":
      return put("openedAt", at);
    case "saved": {
      const { leaf, profile, files, key } = line;
      return put("saved", { at, leaf, profile, files, ...(key !== undefined && { key }) });
    }
    case "revocation": {
      const { leaf, state, since, issuer } = line;
      return put("revocation", { at, leaf, state, ...(since !== undefined && { since }), ...(issuer && { issuer }) });
    }
    case "warned": {
      const { of, end, days } = line;
      return put(of === "term" ? "warnedOfTerm" : "warnedOfCertificate", { at, of, end, days });
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
      const isLast = assign(parts, "reported", line, row);
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
  const answer = { at, outcome, inRow };
  if (outcome.kind === "failed") return assign(parts, "failure", line, answer);
  const isLast = assign(parts, "answer", line, answer);
  const standing = saysHowItStands(outcome) ? write(parts.standing, line, answer) : undefined;
  // One object for both, since that is what thousands of orders have.
  if (standing) parts.standing = isLast && parts.answer ? parts.answer : standing;
  return isLast || standing !== undefined;
}

function foldTracked(parts: OrderParts, line: Extract<JournalLine, { type: "tracked" }>): boolean {
  const { product, ca, account, reference, label, tags, at } = line;
  const first = parts.firstTrackedAt;
  if (first === undefined || at < first) parts.firstTrackedAt = at;
  const changes = [
    parts.firstTrackedAt !== first,
    assign(parts, "tracked", line, { product, ca, reference, ...(account !== undefined && { account }) }),
    assign(parts, "present", line, true),
    label !== undefined && assign(parts, "label", line, label),
    tags !== undefined && assign(parts, "tags", line, tags),
  ];
  return changes.includes(true);
}

/**
 * The first time counts as when it was collected; the longest of its chains is kept, since a leaf may come without its
 * issuers.
 */
function foldCollected(parts: OrderParts, line: CollectedLine, issuers: Issuers): boolean {
  const isJudged = foldDoubts(parts, line);
  return foldChain(parts, line, issuers) || isJudged;
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

function foldChain(parts: OrderParts, line: CollectedLine, issuers: Issuers): boolean {
  const stamp = stampOf(line);
  const there = parts.collected.find((collected) => collected.value.leaf === line.leaf);
  const isFirst = !there || isLater(there, stamp);
  const isBetter = !there || isBetterChain(line.chain, there.value.chain);
  if (!isFirst && !isBetter) return false;
  // Its facts come from the first line, the chain from the best one, independently and in any reading order.
  const chain = isBetter
    ? line.chain.map((hash) => (hash === line.leaf ? line.leaf : once(issuers, hash)))
    : there.value.chain;
  const { at, leaf, serialNumber, subject, names, notBefore, notAfter } = isFirst ? line : there.value;
  const value = { at, leaf, chain, serialNumber, subject, names, notBefore, notAfter };
  const { t, line: place } = isFirst ? stamp : there;
  const collected = [...parts.collected.filter((each) => each !== there), { t, line: place, value }];
  parts.collected = collected.sort((a, b) => (isLater(a, b) ? -1 : 1));
  return true;
}

/** Compares chains independently of which was read first. */
function isBetterChain(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length ? a.join() < b.join() : a.length > b.length;
}

function once(issuers: Issuers, hash: string): string {
  const known = issuers.get(hash);
  if (known === undefined) issuers.set(hash, hash);
  return known ?? hash;
}

/** The order that results from the parts; the same object until they change. */
export function viewOf(id: OrderId, parts: OrderParts): Order | undefined {
  const { tracked, asked, answer: said, failure, standing } = parts;
  if (!tracked) return undefined;
  const hasFailed = failure !== undefined && (said === undefined || isLater(failure, said));
  const answer = hasFailed ? failure : said;
  return (parts.view ??= {
    id,
    ...tracked.value,
    trackedAt: parts.firstTrackedAt ?? tracked.t,
    tags: parts.tags?.value ?? [],
    certificates: parts.collected.map(({ value }) => withDoubts(value, parts.doubts?.get(value.leaf)?.value)),
    paused: parts.paused?.value === true,
    muted: parts.muted?.value === true,
    ...(!isIdAt(tracked.value.ca, id) && { movedAt: tracked.t }),
    ...(parts.label?.value && { label: parts.label.value }),
    ...(asked && { asked: { ...asked.value, answered: answer !== undefined && isLater(answer, asked) } }),
    ...(answer && { answer: answer.value }),
    ...(hasFailed && said && { said: said.value }),
    ...(standing && standing.line !== said?.line && { standing: standing.value }),
    ...(parts.detail && { detail: parts.detail.value }),
    // 0 takes back what was said before.
    ...(parts.openedAt?.value && { openedAt: parts.openedAt.value }),
    ...(parts.saved && { saved: parts.saved.value }),
    ...(parts.revocation && { revocation: parts.revocation.value }),
    ...((parts.warnedOfCertificate ?? parts.warnedOfTerm) && {
      warned: [parts.warnedOfCertificate, parts.warnedOfTerm].flatMap((each) => each?.value ?? []),
    }),
    ...(parts.watchedAt?.value && { watchedAt: parts.watchedAt.value }),
    ...(parts.look && { look: parts.look.value }),
    ...(parts.agreedAt && { agreedAt: parts.agreedAt.value }),
    ...(parts.codeSetAt && { codeSetAt: parts.codeSetAt.value }),
    ...(parts.archived && { archived: parts.archived.value }),
    ...(parts.reported && { reported: reportedOf(parts.reported, parts.reportNews) }),
    ...(parts.validation && { validation: parts.validation.value }),
    ...(parts.servicesAsked && { servicesAsked: timesOf(parts.servicesAsked) }),
  });
}

function reportedOf(
  { t, value: row }: Register<ReportedRow | undefined>,
  news: Register<number> | undefined,
): Reported {
  return { at: t, ...(row && { row }), ...(news && { newsAt: news.value }) };
}

function timesOf(asked: ReadonlyMap<ServiceName, Register<number>>): NonNullable<Order["servicesAsked"]> {
  return Object.fromEntries([...asked].map(([service, { value }]) => [service, value]));
}

function withDoubts(collected: CollectedCertificate, doubts: readonly Doubt[] = []): CollectedCertificate {
  return doubts.length === 0 ? collected : { ...collected, doubts };
}

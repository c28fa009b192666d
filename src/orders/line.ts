import { isProduct } from "../api/product";
import type { Afterwards, StatusDetail } from "../api/result";
import type { JournalLine } from "./events";
import { MAX_LINE_BYTES, MAX_LINE_ITEMS, MAX_LINE_TEXT, MAX_LINE_URI } from "./line-bounds";
import type { OrderId } from "./order";
import { isCaName, MAX_ORDER_ID_LENGTH } from "./order-id";

/** A line of a segment, read: one of ours, or one to leave alone and keep. */
export type ReadLine =
  | { readonly kind: "line"; readonly line: JournalLine }
  | {
      readonly kind: "aside";
      /** `damaged`: not what we wrote. `later`: written by a later version of us, or a type we do not know. */
      readonly why: "damaged" | "later";
      /** The order it is about, where that can be told. */
      readonly order?: OrderId;
    };

/**
 * Reads one line of the journal, which is untrusted: a crash may have torn it, another version may have written it.
 * Every field that the type promises is checked, and every length is bounded.
 */
export function readLine(text: string): ReadLine {
  if (text.length > MAX_LINE_BYTES) return DAMAGED;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return DAMAGED;
  }
  if (!isRecord(value)) return DAMAGED;
  const order = isId(value.id) ? { order: value.id as OrderId } : {};
  if (!isCount(value.v) || value.v < 1) return { ...DAMAGED, ...order };
  if (value.v > 1 || typeof value.type !== "string" || !Object.hasOwn(EVENTS, value.type)) {
    return { ...LATER, ...order };
  }
  return isJournalLine(value, value.type) ? { kind: "line", line: value } : { ...DAMAGED, ...order };
}

const DAMAGED = { kind: "aside", why: "damaged" } as const;
const LATER = { kind: "aside", why: "later" } as const;

type Fields = Readonly<Record<string, unknown>>;
type Check = (fields: Fields) => boolean;

function isJournalLine(value: unknown, type: string): value is JournalLine {
  return (
    isRecord(value) &&
    isTime(value.at) &&
    (value.t === undefined || isTime(value.t)) &&
    isPlace(value.line) &&
    EVENTS[type as JournalLine["type"]](value)
  );
}

const ofOrder: Check = (fields) => isId(fields.id);
const noMore: Check = () => true;

const EVENTS: Readonly<Record<JournalLine["type"], Check>> = {
  tracked: (fields) =>
    isId(fields.id) &&
    isProduct(fields.product) &&
    typeof fields.ca === "string" &&
    isCaName(fields.ca) &&
    isOptional(fields.account, isId) &&
    isReference(fields.reference) &&
    isOptional(fields.label, isText) &&
    isOptional(fields.tags, isTexts),
  forgotten: ofOrder,
  restored: ofOrder,
  renamed: (fields) => isId(fields.id) && isText(fields.label),
  tagged: (fields) => isId(fields.id) && isTexts(fields.tags),
  asked: (fields) =>
    isId(fields.id) &&
    isLogin(fields) &&
    (fields.why === "schedule" || fields.why === "person") &&
    (fields.question === "everything" || fields.question === "status"),
  answered: (fields) =>
    isId(fields.id) &&
    isLogin(fields) &&
    isCount(fields.failures) &&
    typeof fields.proves === "boolean" &&
    isCount(fields.inRow) &&
    isOutcome(fields.outcome) &&
    isOptional(fields.detail, isStatusDetail),
  collected: (fields) =>
    isId(fields.id) &&
    isHash(fields.leaf) &&
    isList(fields.chain, isHash) &&
    isText(fields.serialNumber) &&
    isText(fields.subject) &&
    isTexts(fields.names) &&
    isTime(fields.notBefore) &&
    isTime(fields.notAfter) &&
    isOptional(fields.doubts, (value) => isList(value, isDoubt)),
  opened: ofOrder,
  saved: (fields) =>
    isId(fields.id) &&
    isHash(fields.leaf) &&
    isText(fields.profile) &&
    isList(fields.files, isSavedFile) &&
    isOptional(fields.key, isUri),
  revocation: (fields) =>
    isId(fields.id) &&
    isHash(fields.leaf) &&
    (fields.state === "good" || fields.state === "revoked" || fields.state === "unknown") &&
    isOptional(fields.since, isTime),
  warned: (fields) =>
    isId(fields.id) &&
    (fields.of === "certificate" || fields.of === "term") &&
    isTime(fields.end) &&
    isCount(fields.days),
  watched: ofOrder,
  "look-armed": (fields) => isId(fields.id) && isTime(fields.due),
  agreed: ofOrder,
  "code-entered": ofOrder,
  paused: ofOrder,
  resumed: ofOrder,
  archived: ofOrder,
  unarchived: ofOrder,
  muted: ofOrder,
  unmuted: ofOrder,
  "checks-paused": noMore,
  "checks-resumed": noMore,
  "account-set": ({ account }) =>
    isRecord(account) &&
    isId(account.id) &&
    isText(account.label) &&
    isText(account.loginName) &&
    isText(account.host) &&
    typeof account.ca === "string" &&
    isCaName(account.ca),
  "account-removed": (fields) => isId(fields.account),
  frozen: (fields) => isLogin(fields) && Number.isSafeInteger(fields.code) && isText(fields.message),
  thawed: (fields) => isLogin(fields) && (fields.why === "credentials" || fields.why === "try-once"),
  unchanged: (fields) => isId(fields.id) && isTime(fields.from) && isTime(fields.to) && isCount(fields.count),
};

function isLogin({ login, credential }: Fields): boolean {
  return isText(login) && isOptional(credential, isId);
}

function isReference(value: unknown): boolean {
  if (!isRecord(value)) return false;
  if (value.kind === "collectionCode") return true;
  return (
    (value.kind === "orderNumber" || value.kind === "certificateID" || value.kind === "baseOrderNumber") &&
    isId(value.value)
  );
}

function isOutcome(value: unknown): boolean {
  if (!isRecord(value)) return false;
  switch (value.kind) {
    case "pending":
    case "available":
      return true;
    case "issued":
      return isHash(value.leaf);
    case "refused":
      return (
        Number.isSafeInteger(value.code) &&
        isText(value.message) &&
        isText(value.advice) &&
        typeof value.after === "string" &&
        AFTERWARDS.has(value.after) &&
        isOptional(value.field, isText)
      );
    case "not-understood":
      return isText(value.code) && isText(value.message) && isOptional(value.retryAfter, isCount);
    case "failed":
      return isText(value.code) && isText(value.message);
    default:
      return false;
  }
}

const AFTERWARDS: ReadonlySet<string> = new Set(
  Object.keys({
    final: 0,
    later: 0,
    slow: 0,
    soon: 0,
    hours: 0,
    "sign-in": 0,
    code: 0,
    bug: 0,
  } satisfies Record<Afterwards, 0>),
);

const DETAIL: Readonly<Record<keyof StatusDetail, (value: unknown) => boolean>> = {
  fqdn: isText,
  certificateStatus: isText,
  validationStatus: isText,
  notBefore: isTime,
  notAfter: isTime,
  certificateDurationDays: isCount,
  productTermStart: isTime,
  productTermEnd: isTime,
  productTermDurationDays: isCount,
  domainCount: isCount,
  domains: (value) => isList(value, (item) => isRecord(item) && isText(item.domain) && isText(item.status)),
  caa: isText,
  steps: (value) => isList(value, isStep),
  other: isTexts,
};

function isStatusDetail(value: unknown): boolean {
  if (!isRecord(value)) return false;
  for (const key in value) {
    if (Object.hasOwn(DETAIL, key) && !DETAIL[key as keyof StatusDetail](value[key])) return false;
  }
  return true;
}

const STEP_STATES: ReadonlySet<unknown> = new Set(["done", "you", "ca", "rejected", "not-needed"]);

function isStep(value: unknown): boolean {
  return (
    isRecord(value) && isText(value.id) && STEP_STATES.has(value.state) && isText(value.title) && isText(value.next)
  );
}

function isDoubt(value: unknown): boolean {
  return isRecord(value) && (value.kind === "names" || value.kind === "chain") && isText(value.message);
}

function isSavedFile(value: unknown): boolean {
  return isRecord(value) && isUri(value.uri) && isText(value.part) && isOptional(value.sha256, isHash);
}

function isRecord(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isOptional(value: unknown, is: (value: unknown) => boolean): boolean {
  return value === undefined || is(value);
}

function isList(value: unknown, is: (value: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length <= MAX_LINE_ITEMS && value.every(is);
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value.length <= MAX_LINE_TEXT;
}

function isUri(value: unknown): boolean {
  return typeof value === "string" && value.length <= MAX_LINE_URI;
}

function isTexts(value: unknown): boolean {
  return isList(value, isText);
}

function isId(value: unknown): boolean {
  return typeof value === "string" && value !== "" && value.length <= MAX_ORDER_ID_LENGTH;
}

function isHash(value: unknown): boolean {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
}

function isPlace(value: unknown): boolean {
  return typeof value === "string" && /^[0-9a-f]{16}:[0-9]{1,12}$/.test(value);
}

/** A time that a Date can hold. Certificates may begin before 1970. */
function isTime(value: unknown): boolean {
  return Number.isSafeInteger(value) && Math.abs(value as number) <= 8.64e15;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

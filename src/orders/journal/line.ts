import { saidMessageFields } from "./phrase-shape";
import { isProduct } from "../../api/product";
import type { Afterwards, DomainStatus, StatusDetail, StatusStep } from "../../api/result";
import {
  flag,
  integer,
  isRecord,
  memberOf,
  oneOf,
  optional,
  parseJson,
  record,
  text,
  textLike,
  time,
  variants,
  type Shape,
  type VariantOf,
} from "../../shape/shape";
import { servedAddresses, serverPlace, serverPlaces, sha256 as hash } from "./deployment-shapes";
import type { JournalLine } from "./events";
import { MAX_LINE_BYTES, MAX_LINE_URI } from "./line-bounds";
import { code, count, id, items, stepState, lineText } from "./line-shapes";
import { reportedRow, round, serviceName, serviceOutcome, validation } from "./service-shapes";
import type {
  Account,
  AskReason,
  CaName,
  Doubt,
  NumberKind,
  OrderId,
  OrderReference,
  Outcome,
  Question,
  RevocationNote,
  SavedFile,
  Warned,
} from "../model/order";
import { isCaName } from "../model/order-id";

/** A parsed line of a segment: one of ours, or one to keep untouched. */
export type ReadLine =
  | { readonly kind: "line"; readonly line: JournalLine }
  | {
      readonly kind: "aside";
      /** `damaged`: not what we wrote. `later`: written by a later version, or an unknown type. */
      readonly why: "damaged" | "later";
      /** The order it is about, if that can be determined. */
      readonly order?: OrderId;
    };

/**
 * Reads one line of the journal, which is untrusted: a crash may have torn it, another version may have written it.
 * Every field that the type promises is checked, and every length is bounded.
 */
export function readLine(text: string): ReadLine {
  if (text.length > MAX_LINE_BYTES) return DAMAGED;
  const value = parseJson(text);
  if (!isRecord(value)) return DAMAGED;
  if (!version(value.v)) return aside("damaged", value.id);
  if (value.v > 1 || typeof value.type !== "string" || !Object.hasOwn(LINES, value.type)) {
    return aside("later", value.id);
  }
  return isJournalLine(value) ? { kind: "line", line: value } : aside("damaged", value.id);
}

const DAMAGED = { kind: "aside", why: "damaged" } as const;

function aside(why: "damaged" | "later", order: unknown): ReadLine {
  return { kind: "aside", why, ...(id(order) && { order }) };
}

const version = integer(1, Number.MAX_SAFE_INTEGER);
const uri = text(MAX_LINE_URI);
const ca: Shape<CaName> = (value): value is CaName => typeof value === "string" && isCaName(value);

const reference = variants<OrderReference, "kind">("kind", {
  orderNumber: numbered("orderNumber"),
  certificateID: numbered("certificateID"),
  baseOrderNumber: numbered("baseOrderNumber"),
  collectionCode: record({ kind: oneOf("collectionCode") }),
});

function numbered(kind: NumberKind) {
  return record<VariantOf<OrderReference, "kind", typeof kind>>({ kind: oneOf(kind), value: id });
}

type Refused = VariantOf<Outcome, "kind", "refused">;
type NotUnderstood = VariantOf<Outcome, "kind", "not-understood">;

const outcome = variants<Outcome, "kind">("kind", {
  pending: record({ kind: oneOf("pending") }),
  available: record({ kind: oneOf("available") }),
  issued: record({ kind: oneOf("issued"), leaf: hash }),
  refused: record<Refused>({
    kind: oneOf("refused"),
    code,
    message: lineText,
    advice: lineText,
    after: memberOf<Afterwards>({
      ...{ final: true, later: true, slow: true, soon: true, hours: true },
      ...{ "sign-in": true, code: true, bug: true },
    }),
    field: optional(lineText),
  }),
  "not-understood": record<NotUnderstood>({
    kind: oneOf("not-understood"),
    code: lineText,
    ...saidMessageFields,
    retryAfter: optional(count),
  }),
  failed: record<VariantOf<Outcome, "kind", "failed">>({ kind: oneOf("failed"), code: lineText, ...saidMessageFields }),
});

const detail = record<StatusDetail>({
  fqdn: optional(lineText),
  certificateStatus: optional(lineText),
  validationStatus: optional(lineText),
  notBefore: optional(time),
  notAfter: optional(time),
  certificateDurationDays: optional(count),
  productTermStart: optional(time),
  productTermEnd: optional(time),
  productTermDurationDays: optional(count),
  domainCount: optional(count),
  domains: optional(items(record<DomainStatus>({ domain: lineText, status: lineText }))),
  caa: optional(lineText),
  steps: optional(
    items(
      record<StatusStep>({
        id: lineText,
        state: stepState,
        title: lineText,
        next: lineText,
      }),
    ),
  ),
  other: optional(items(lineText)),
});

const doubt = record<Doubt>({ kind: memberOf<Doubt["kind"]>({ names: true, chain: true }), ...saidMessageFields });
const savedFile = record<SavedFile>({ uri, part: lineText, sha256: optional(hash) });
const account = record<Omit<Account, "frozen">>({ id, label: lineText, loginName: lineText, host: lineText, ca });

/** What every line has. */
const stamp = {
  v: oneOf(1),
  at: time,
  t: optional(time),
  line: textLike(/^[0-9a-f]{16}:[0-9]{1,12}$/, 29),
};
const login = { login: lineText, credential: optional(id) };
const askReason = memberOf<AskReason>({ schedule: true, person: true });

type LineOf<T extends JournalLine["type"]> = VariantOf<JournalLine, "type", T>;

/** What every line about an order has. */
function of<T extends string>(type: T) {
  return { ...stamp, type: oneOf(type), id };
}

/** The shape of each line type: a missing type or field does not compile. */
const LINES: { readonly [T in JournalLine["type"]]: Shape<LineOf<T>> } = {
  tracked: record<LineOf<"tracked">>({
    ...of("tracked"),
    product: isProduct,
    ca,
    account: optional(id),
    reference,
    label: optional(lineText),
    tags: optional(items(lineText)),
  }),
  forgotten: record<LineOf<"forgotten">>(of("forgotten")),
  restored: record<LineOf<"restored">>(of("restored")),
  renamed: record<LineOf<"renamed">>({ ...of("renamed"), label: lineText }),
  tagged: record<LineOf<"tagged">>({ ...of("tagged"), tags: items(lineText) }),
  asked: record<LineOf<"asked">>({
    ...of("asked"),
    ...login,
    why: askReason,
    question: memberOf<Question>({ everything: true, status: true }),
  }),
  answered: record<LineOf<"answered">>({
    ...of("answered"),
    ...login,
    failures: count,
    proves: flag,
    inRow: count,
    outcome,
    detail: optional(detail),
  }),
  collected: record<LineOf<"collected">>({
    ...of("collected"),
    leaf: hash,
    chain: items(hash),
    serialNumber: lineText,
    subject: lineText,
    names: items(lineText),
    notBefore: time,
    notAfter: time,
    doubts: optional(items(doubt)),
  }),
  opened: record<LineOf<"opened">>(of("opened")),
  saved: record<LineOf<"saved">>({
    ...of("saved"),
    leaf: hash,
    profile: lineText,
    files: items(savedFile),
    key: optional(uri),
    after: optional(lineText),
  }),
  "after-saving-set": record<LineOf<"after-saving-set">>({ ...of("after-saving-set"), task: lineText }),
  "servers-set": record<LineOf<"servers-set">>({ ...of("servers-set"), servers: serverPlaces }),
  "task-started": record<LineOf<"task-started">>({ ...of("task-started"), leaf: hash, task: lineText }),
  "task-ended": record<LineOf<"task-ended">>({
    ...of("task-ended"),
    leaf: hash,
    task: lineText,
    started: time,
    exitCode: optional(code),
  }),
  served: record<LineOf<"served">>({
    ...of("served"),
    place: serverPlace,
    leaf: hash,
    since: optional(time),
    addresses: servedAddresses,
  }),
  revocation: record<LineOf<"revocation">>({
    ...of("revocation"),
    leaf: hash,
    state: memberOf<RevocationNote["state"]>({ good: true, revoked: true, unknown: true }),
    since: optional(time),
    issuer: optional(oneOf(true)),
  }),
  warned: record<LineOf<"warned">>({
    ...of("warned"),
    of: memberOf<Warned["of"]>({ certificate: true, served: true, term: true }),
    end: time,
    days: count,
  }),
  watched: record<LineOf<"watched">>(of("watched")),
  "look-armed": record<LineOf<"look-armed">>({ ...of("look-armed"), due: time }),
  agreed: record<LineOf<"agreed">>(of("agreed")),
  "code-entered": record<LineOf<"code-entered">>(of("code-entered")),
  paused: record<LineOf<"paused">>(of("paused")),
  resumed: record<LineOf<"resumed">>(of("resumed")),
  archived: record<LineOf<"archived">>(of("archived")),
  unarchived: record<LineOf<"unarchived">>(of("unarchived")),
  muted: record<LineOf<"muted">>(of("muted")),
  unmuted: record<LineOf<"unmuted">>(of("unmuted")),
  "checks-paused": record<LineOf<"checks-paused">>({ ...stamp, type: oneOf("checks-paused") }),
  "checks-resumed": record<LineOf<"checks-resumed">>({ ...stamp, type: oneOf("checks-resumed") }),
  "account-set": record<LineOf<"account-set">>({ ...stamp, type: oneOf("account-set"), account }),
  "account-removed": record<LineOf<"account-removed">>({ ...stamp, type: oneOf("account-removed"), account: id }),
  frozen: record<LineOf<"frozen">>({ ...stamp, type: oneOf("frozen"), ...login, code, message: lineText }),
  thawed: record<LineOf<"thawed">>({
    ...stamp,
    type: oneOf("thawed"),
    ...login,
    why: oneOf("credentials", "try-once"),
  }),
  reported: record<LineOf<"reported">>({
    ...of("reported"),
    row: optional(reportedRow),
    news: optional(oneOf(true)),
  }),
  validation: record<LineOf<"validation">>({ ...of("validation"), ...validation }),
  "service-asked": record<LineOf<"service-asked">>({
    ...stamp,
    type: oneOf("service-asked"),
    ...login,
    id: optional(id),
    service: serviceName,
    why: askReason,
  }),
  "service-answered": record<LineOf<"service-answered">>({
    ...stamp,
    type: oneOf("service-answered"),
    ...login,
    id: optional(id),
    service: serviceName,
    failures: count,
    proves: flag,
    outcome: serviceOutcome,
    round: optional(round),
  }),
  "report-watch": record<LineOf<"report-watch">>({ ...stamp, type: oneOf("report-watch"), ...login, on: flag }),
  unchanged: record<LineOf<"unchanged">>({ ...of("unchanged"), from: time, to: time, count }),
};

const isJournalLine = variants<JournalLine, "type">("type", LINES);

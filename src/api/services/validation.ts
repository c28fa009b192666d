import { MAX_DOMAINS, MAX_LINE_CHARACTERS, MAX_MESSAGE_CHARACTERS, MAX_CA_STEPS, MAX_WORD_CHARACTERS } from "../limits";
import { isCutInto, type Mask } from "../masking";
import type { StepState } from "../result";
import { describeSteps, isStatusName } from "../status-detail";
import { isDomainName } from "./report";
import type { RowColumns, RowsReading, Wanted } from "./rows";
import { cleanValues, searchTokens, shownWords } from "./screen";
import type { CaStep, OrderedDomain, OrderValidation } from "./service-result";
import { readMethod, stateOfDomain, stateOfStep, wordOfNumber } from "./words";

/** What an answer says of a validation, in the server's own texts. */
export interface ValidationDraft {
  orderStatus?: string;
  readonly steps: StepDraft[];
  readonly domains: DomainDraft[];
  /** By the CA's names, in any case. */
  readonly statuses: Map<string, string>;
  caa?: string;
  lastSent?: string;
  lastOpened?: string;
  readonly caaErrors: string[];
  /** What nothing that is shown may contain. */
  readonly tokens: string[];
}

/** An object with a title and a status. */
export interface StepDraft {
  readonly id: string;
  readonly title: string;
  readonly status: string;
  readonly description?: string;
}

export interface DomainDraft {
  readonly domain: string;
  readonly method?: string;
  readonly status?: string;
}

export const emptyDraft = (): ValidationDraft => ({
  steps: [],
  domains: [],
  statuses: new Map(),
  caaErrors: [],
  tokens: [],
});

/** Whether the draft says anything. */
export const saysNothing = (draft: ValidationDraft): boolean =>
  draft.steps.length + draft.domains.length + draft.statuses.size + draft.caaErrors.length === 0 &&
  draft.orderStatus === undefined &&
  draft.lastSent === undefined &&
  draft.caa === undefined;

const COLUMNS = new Set(["ordernumber", "orderstatus", "status", "certificatestatus", "caastatus"]);
const DOMAIN_COLUMNS = new Set(["domainname", "dcvmethod", "dcvstatus"]);

/** The columns of an answer about one order that are kept. */
export const isValidationColumn: Wanted = (name) => COLUMNS.has(name) || DOMAIN_COLUMNS.has(name) || isStatusName(name);

/**
 * Adds what numbered rows say: a row of a domain each, or rows of the order and its certificates.
 * @param orderNumber the order that was asked about: replacement orders may be listed beside it
 */
export function addRows(
  draft: ValidationDraft,
  { rows, beside }: Pick<RowsReading, "rows" | "beside">,
  orderNumber: string | undefined,
): void {
  for (const columns of [beside, ...rows.flatMap((row) => [row.columns, ...row.items.values()])]) {
    addDomain(draft, columns);
  }
  const row = rows.find(({ columns }) => columns.get("ordernumber") === orderNumber) ?? rows[0];
  const [newest] = [...(row?.items ?? [])].sort(([a], [b]) => a - b).map(([, columns]) => columns);
  for (const columns of [beside, row?.columns, newest]) if (columns !== undefined) addStatuses(draft, columns);
}

function addDomain(draft: ValidationDraft, columns: RowColumns): void {
  const domain = columns.get("domainname");
  if (domain === undefined) return;
  const method = columns.get("dcvmethod");
  const status = columns.get("dcvstatus");
  draft.domains.push({ domain, ...(method !== undefined && { method }), ...(status !== undefined && { status }) });
}

function addStatuses(draft: ValidationDraft, columns: RowColumns): void {
  const status = columns.get("orderstatus") ?? columns.get("status") ?? columns.get("certificatestatus");
  if (status !== undefined) draft.orderStatus ??= status;
  const caa = columns.get("caastatus");
  if (caa !== undefined) draft.caa ??= caa;
  const isDomain = columns.has("domainname");
  for (const [name, value] of columns) {
    if (!isStatusName(name) || (isDomain && DOMAIN_COLUMNS.has(name))) continue;
    if (!draft.statuses.has(name)) draft.statuses.set(name, value);
  }
}

/** CAA errors of one order. */
const MAX_CAA_ERRORS = 20;

/** A date or time, as the CA writes it. */
const DATE = /^\d[\d :./TZ+-]{5,39}$/;

/** A draft in texts that may be shown and stored. */
export function validationOf(draft: ValidationDraft, mask: Mask): OrderValidation {
  const { orderStatus } = draft;
  const hasToken = searchTokens(draft.tokens);
  const words = (texts: readonly string[], longest: number): ReadonlyMap<string, string> =>
    shownWords(texts, mask, longest, hasToken);
  const state = orderStatus === undefined ? "" : (words([orderStatus], MAX_WORD_CHARACTERS).get(orderStatus) ?? "");
  const caaErrors = draft.caaErrors.slice(0, MAX_CAA_ERRORS);
  const errors = words(caaErrors, MAX_LINE_CHARACTERS);
  const dates = cleanValues([draft.lastSent ?? "", draft.lastOpened ?? ""], mask);
  const date = (text = ""): string | undefined => (DATE.test(text) && dates.has(text) ? text : undefined);
  const [lastSent, lastOpened] = [date(draft.lastSent), date(draft.lastOpened)];
  return {
    ...(state !== "" && { orderStatus: state }),
    steps: [...stepsOf(draft, words, mask), ...knownSteps(draft, words)].slice(0, MAX_CA_STEPS),
    domains: domainsOf(draft, words, mask),
    ...((lastSent !== undefined || lastOpened !== undefined) && {
      agreement: { ...(lastSent !== undefined && { lastSent }), ...(lastOpened !== undefined && { lastOpened }) },
    }),
    caaErrors: caaErrors.map((text) => errors.get(text) ?? "").filter((text) => text !== ""),
  };
}

type Words = (texts: readonly string[], longest: number) => ReadonlyMap<string, string>;

function stepsOf({ steps: all }: ValidationDraft, words: Words, mask: Mask): CaStep[] {
  const steps = withoutCutSecrets(all.slice(0, MAX_CA_STEPS), mask);
  const shown = words(
    steps.flatMap(({ id, title, status }) => [id, title, status]),
    MAX_LINE_CHARACTERS,
  );
  const texts = words(
    steps.map(({ description = "" }) => description),
    MAX_MESSAGE_CHARACTERS,
  );
  const ids = new Set<string>();
  return steps.flatMap((step) => {
    const [id = "", title = "", status = ""] = [step.id, step.title, step.status].map((text) => shown.get(text));
    if (!/^\w/.test(id) || title === "" || status === "") return [];
    const description = texts.get(step.description ?? "") ?? "";
    const state = stateOfStep(status);
    return [
      {
        id: unlike(ids, id),
        title,
        status,
        ...(description !== "" && { description }),
        ...(state !== undefined && { state }),
      },
    ];
  });
}

/**
 * The steps over whose texts no secret is spread; the ends of these lost their white space. Many are mostly clean, and
 * are then examined as one.
 */
function withoutCutSecrets(steps: readonly StepDraft[], mask: Mask): readonly StepDraft[] {
  const texts = steps.flatMap(({ title, status, description = "" }) => [title, status, description]);
  if (!["", " "].some((between) => isCutInto(texts, between, mask))) return steps;
  if (steps.length < 2) return [];
  const half = Math.ceil(steps.length / 2);
  return [steps.slice(0, half), steps.slice(half)].flatMap((some) => withoutCutSecrets(some, mask));
}

/** A key that no step before it has. */
function unlike(ids: Set<string>, id: string): string {
  let own = id;
  for (let count = 2; ids.has(own); count++) own = `${id}-${count}`;
  ids.add(own);
  return own;
}

/** Steps of which an answer has only the name and a number: as the collect endpoints give them. */
function knownSteps({ statuses, steps, caa }: ValidationDraft, words: Words): CaStep[] {
  const told = new Set(steps.map(({ id }) => id.toLowerCase()));
  const word = caa === undefined ? undefined : words([caa], MAX_WORD_CHARACTERS).get(caa);
  return describeSteps(statuses, [], word).flatMap(({ id, title, state }) => {
    if (told.has(id.toLowerCase())) return [];
    if (id === "caaStatus") return [{ id, title, status: word ?? "", ...caaState(word ?? "", state) }];
    return [{ id, title, status: wordOfNumber((statuses.get(id.toLowerCase()) ?? "").trim()), state }];
  });
}

/** A word that the collect endpoints do not have is taken for “the CA works on it” there. */
const caaState = (word: string, state: StepState): { state?: StepState } =>
  state === "ca" && !/^awaiting completion$/i.test(word) ? stateWith(stateOfStep(word)) : { state };

const stateWith = (state: StepState | undefined): { state?: StepState } => (state === undefined ? {} : { state });

function domainsOf({ domains: all, tokens }: ValidationDraft, words: Words, mask: Mask): OrderedDomain[] {
  const domains = all.slice(0, MAX_DOMAINS).flatMap(({ domain, method = "", status = "" }) => {
    const name = domain.trim().toLowerCase();
    return isDomainName(name) && !tokens.some((token) => name.includes(token.toLowerCase()))
      ? [{ name, status: /^-?\d$/.test(status) ? wordOfNumber(status) : status, ...readMethod(method) }]
      : [];
  });
  const clean = cleanValues(
    domains.map(({ name }) => name),
    mask,
  );
  const shown = words(
    domains.flatMap(({ status, methodWord = "" }) => [status, methodWord]),
    MAX_WORD_CHARACTERS,
  );
  const byName = new Map<string, OrderedDomain>();
  for (const { name, status: written, methodWord: method, ...rest } of domains) {
    if (!clean.has(name) || byName.has(name)) continue;
    const status = shown.get(written) ?? "";
    const methodWord = shown.get(method ?? "") ?? "";
    byName.set(name, {
      domain: name,
      ...rest,
      ...(methodWord !== "" && { methodWord }),
      ...(status !== "" && { status, ...stateWith(stateOfDomain(written)) }),
    });
  }
  return [...byName.values()];
}

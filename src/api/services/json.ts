import { readDict } from "../forms/dict";
import { UnreadableAnswer } from "../forms/reading";
import { MAX_JSON_CHARACTERS, MAX_JSON_NODES, MAX_NESTING } from "../limits";
import { isStatusName } from "../status-detail";
import { hasAtSign } from "./persons";
import { isDomainName } from "./report";
import { RowCollector, type NumberedRow, type Wanted } from "./rows";
import { emptyDraft, type ValidationDraft } from "./validation";
import { amount, phrase } from "../../words/phrase";

/** An answer in JSON. Texts are the server's own, unmasked. */
export interface JsonReading {
  /** Absent where the answer has none. */
  readonly code?: number;
  readonly message?: string;
  /** The argument at fault. */
  readonly field?: string;
  readonly noOfResults?: string;
  /** Keys with numbers, as in the URL-encoded form. */
  readonly rows: readonly NumberedRow[];
  readonly draft: ValidationDraft;
}

/**
 * Reads JSON whose names are only partly documented: an object with a `title` and a `status` is a step, whatever its
 * key and its depth, and one with a domain and its state or method is a domain. Nothing else is kept but a few values
 * by their names.
 * @param text from its first brace or bracket on
 * @throws UnreadableAnswer when it is not JSON, or more than any answer has
 */
export function readJsonAnswer(text: string, wanted: Wanted): JsonReading {
  if (text.length > MAX_JSON_CHARACTERS) {
    throw new UnreadableAnswer(
      "limit",
      phrase("The answer has more than {0} characters.", amount(MAX_JSON_CHARACTERS)),
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return damaged(text);
  }
  const root: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  const walk = new JsonWalk(wanted);
  walk.visit(root, "", 0);
  return { ...errorIn(root), ...walk.found };
}

/** What Python prints, for instance: only errors are shown in that form. */
function damaged(text: string): JsonReading {
  const { code, message, field } = readDict(text.slice(text.indexOf("{")));
  if (code === undefined || code >= 0) {
    throw new UnreadableAnswer("text", phrase("The answer looks like JSON, but is truncated or malformed."));
  }
  return {
    code,
    ...(message !== undefined && { message }),
    ...(field !== undefined && { field }),
    rows: [],
    draft: emptyDraft(),
  };
}

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A text or an exact number as text, trimmed; `undefined` for anything else, and for nothing. */
function textIn(value: unknown): string | undefined {
  // A longer number has lost its last digits: it would be another order's.
  if (typeof value === "number")
    return Number.isInteger(value) && !Number.isSafeInteger(value) ? undefined : String(value);
  const text = typeof value === "string" ? value.trim() : "";
  return text === "" ? undefined : text;
}

/** Names are compared without case and signs. */
const nameOf = (key: string): string => key.toLowerCase().replace(/[^a-z0-9]/g, "");

/** The scalars of an object by {@link nameOf}, the first of each. */
function scalarsOf(object: JsonObject): ReadonlyMap<string, string> {
  const scalars = new Map<string, string>();
  for (const [key, value] of Object.entries(object)) {
    const text = textIn(value);
    const name = nameOf(key);
    if (text !== undefined && !scalars.has(name)) scalars.set(name, text);
  }
  return scalars;
}

/** The key of a step that is the whole answer. */
export const OUTERMOST = "step";

const CODES = ["errorcode", "code", "error", "statuscode"];
const MESSAGES = ["errormessage", "errordescription", "message", "description", "error"];

/** The code of the outermost object, or of the one that it keeps its error in. */
function errorIn(root: unknown): Pick<JsonReading, "code" | "message" | "field"> {
  if (!isObject(root)) return {};
  const inner = Object.entries(root).flatMap(([key, value]) =>
    /^(?:errors?|fault)$/i.test(key) && isObject(value) ? [value] : [],
  );
  for (const scalars of [root, ...inner].map(scalarsOf)) {
    const codes = CODES.flatMap((name) => scalars.get(name)?.replace(/^[−–]/, "-") ?? []);
    const code = codes.find((text) => /^-\d{1,4}$/.test(text)) ?? goodCodeOf(scalars.get("errorcode"));
    if (code === undefined) continue;
    const message = MESSAGES.map((name) => scalars.get(name)).find((text) => text !== undefined && text !== code);
    const field = scalars.get("erroritem");
    return { code: Number(code), ...(message !== undefined && { message }), ...(field !== undefined && { field }) };
  }
  return {};
}

/** Other codes that are not negative are of servers in between, such as HTTP's. */
const goodCodeOf = (text: string | undefined): string | undefined =>
  text !== undefined && /^\d{1,4}$/.test(text) ? text : undefined;

const DOMAINS = ["domainname", "domain", "fqdn", "dnsname", "commonname", "name"];
/** How many of these name a domain and nothing else. */
const SURE = 4;
const METHODS = ["dcvmethod", "method", "validationmethod", "dcvtype"];
const STATES = ["dcvstatus", "status", "validationstatus", "domainstatus", "state"];
/** What an object about a CAA error says of it; nothing else of it is kept. */
const CAA_WORDS = [...DOMAINS.slice(0, SURE), "errorcode", "code", "error", "errormessage", "message", "description"];
/** Characters of the shortest token that is looked for in what is shown. */
const MIN_TOKEN = 16;
const MAX_TOKENS = 10;

/** Whether an object is about the subscriber agreement, by its key or by what it says. */
function isOfAgreement(key: string, scalars: ReadonlyMap<string, string>): boolean {
  return /agreement|clickthrough/.test(nameOf(key)) || scalars.has("clickthroughstatus");
}

/** Whether an object has an address that is not one of domain control validation. */
const isOfPerson = (scalars: ReadonlyMap<string, string>): boolean =>
  [...scalars].some(([name, text]) => !METHODS.includes(name) && !name.startsWith("dcv") && hasAtSign(text));

class JsonWalk {
  private nodes = 0;
  private noOfResults: string | undefined;
  private readonly draft = emptyDraft();
  private readonly collector: RowCollector;

  constructor(wanted: Wanted) {
    this.collector = new RowCollector(wanted);
  }

  get found(): Pick<JsonReading, "noOfResults" | "rows" | "draft"> {
    const { noOfResults, draft } = this;
    return { ...(noOfResults !== undefined && { noOfResults }), rows: this.collector.rows, draft };
  }

  /** @param key the nearest one; entries of a list have the list's */
  visit(value: unknown, key: string, depth: number): void {
    if (++this.nodes > MAX_JSON_NODES) {
      throw new UnreadableAnswer("limit", phrase("The answer has more than {0} values.", amount(MAX_JSON_NODES)));
    }
    if (typeof value !== "object" || value === null) return;
    if (depth > MAX_NESTING) {
      throw new UnreadableAnswer("limit", phrase("The answer is nested deeper than {0} levels.", amount(MAX_NESTING)));
    }
    if (Array.isArray(value)) {
      for (const entry of value as readonly unknown[]) this.visit(entry, key, depth + 1);
      return;
    }
    this.object(value as JsonObject, key);
    for (const [inner, entry] of Object.entries(value)) {
      if (nameOf(inner) === "latestcaacheckerrors") this.caaErrors(entry, 0);
      this.visit(entry, inner, depth + 1);
    }
  }

  private object(object: JsonObject, key: string): void {
    const { draft } = this;
    const scalars = scalarsOf(object);
    const title = scalars.get("title");
    const status = scalars.get("status");
    const isStep = title !== undefined && status !== undefined;
    if (isStep) {
      const description = scalars.get("description");
      draft.steps.push({
        id: key === "" ? OUTERMOST : key,
        title,
        status,
        ...(description !== undefined && { description }),
      });
    } else this.domain(scalars, key);
    // Domain control has mails of its own.
    if (isOfAgreement(key, scalars)) {
      const [sent, opened] = [scalars.get("lastemailsent"), scalars.get("lastopendate")];
      if (sent !== undefined) draft.lastSent ??= sent;
      if (opened !== undefined) draft.lastOpened ??= opened;
    }
    const order = scalars.get("orderstatus");
    if (order !== undefined) draft.orderStatus ??= order;
    const caa = scalars.get("caacheckstatus") ?? scalars.get("caastatus");
    if (caa !== undefined) draft.caa ??= caa;
    this.noOfResults ??= scalars.get("noofresults");
    for (const [name, text] of scalars) {
      if (isStatusName(name) && /^-?\d$/.test(text) && !draft.statuses.has(name)) draft.statuses.set(name, text);
      if (name.includes("token") && text.length >= MIN_TOKEN && draft.tokens.length < MAX_TOKENS) {
        draft.tokens.push(text);
      }
    }
    for (const [name, entry] of Object.entries(object)) {
      const text = textIn(entry);
      if (text !== undefined) this.collector.take(name, () => text);
    }
  }

  /** An object that names a domain, or whose key does. */
  private domain(scalars: ReadonlyMap<string, string>, key: string): void {
    const oneOf = (names: readonly string[]): string | undefined =>
      names.map((name) => scalars.get(name)).find((text) => text !== undefined);
    const names = isOfPerson(scalars) ? DOMAINS.slice(0, SURE) : DOMAINS;
    const named = names.map((name) => scalars.get(name)).find((text) => text !== undefined && isDomainName(text));
    const domain = named ?? (isDomainName(key) ? key : undefined);
    const method = oneOf(METHODS);
    const status = oneOf(STATES);
    if (domain === undefined || (method === undefined && status === undefined)) return;
    this.draft.domains.push({
      domain,
      ...(method !== undefined && { method }),
      ...(status !== undefined && { status }),
    });
  }

  /** A text, a list of texts, or objects. */
  private caaErrors(value: unknown, depth: number): void {
    const text = textIn(value);
    if (text !== undefined) this.draft.caaErrors.push(text);
    else if (depth > 2) return;
    else if (Array.isArray(value)) {
      for (const entry of value as readonly unknown[]) this.caaErrors(entry, depth + 1);
    } else if (isObject(value)) {
      const scalars = scalarsOf(value);
      const words = CAA_WORDS.flatMap((name) => scalars.get(name) ?? []);
      if (words.length > 0) this.draft.caaErrors.push(words.join(": "));
    }
  }
}

import { isProduct, PRODUCTS, type Product } from "../../api/product";
import type { ProfileId } from "../../certificates/exports/profiles";
import { MAX_ORDER_SERVERS, type AfterSaving, type ServerPlace } from "../model/deployment";
import { readServerPlace } from "../model/server-place";
import { REFERENCE_VALUE } from "./parsed-order";
import { isRecord, list, parseJson } from "../../shape/shape";
import { isDeviceName, namesDriveOrComputer } from "../../shape/windows-name";
import { jsonPlaces, type JsonPlace, type JsonSpan } from "./json-places";
import { NUMBER_KINDS, type NumberReference } from "../model/order";
import { allOf, amount, anyOf, phrase, type Phrase } from "../../words/phrase";

/** Limits of the file: characters, orders, characters of a text, tags; and problems that are reported. */
export const ORDER_FILE_LIMITS = { characters: 1_000_000, orders: 1_000, text: 200, tags: 20, problems: 200 } as const;

/** Which part of a certificate belongs in a file of the repository. */
export type FilePart = "certificate" | "chain" | "fullchain";

/**
 * The profiles that a repository may name, with the content of their files. Profiles whose files contain the private
 * key are excluded: a private key does not belong in a repository.
 */
export const FILE_PROFILES = {
  plain: ["certificate", "chain", "fullchain"],
  nginx: ["fullchain"],
  apache: ["fullchain"],
  tomcat: ["certificate", "chain"],
} as const satisfies Partial<Readonly<Record<ProfileId, readonly FilePart[]>>>;

export type FileProfile = keyof typeof FILE_PROFILES;

/** What a repository says about an order. It cannot name an account or an endpoint: the user chooses those. */
export interface FileOrder extends JsonSpan {
  readonly product: Product;
  readonly reference: NumberReference;
  readonly label?: string;
  readonly tags: readonly string[];
  readonly save?: FileTarget;
  /** What runs after its files were saved. */
  readonly after?: AfterSaving;
  /** The servers that are to serve its certificate. */
  readonly hosts?: readonly ServerPlace[];
  /** The position of its number. */
  readonly number: JsonSpan;
}

/** Where its certificate belongs in the repository. */
export interface FileTarget {
  readonly profile: FileProfile;
  /** The path of each part, relative to the file's folder and inside it, with `/`. */
  readonly files: Readonly<Partial<Record<FilePart, string>>>;
}

/**
 * What is wrong with the file. `form`: the schema reports it too. `meaning`: a schema cannot express it. `secret`: a
 * name like that of a password.
 */
export interface FileProblem extends JsonSpan {
  readonly kind: "form" | "meaning" | "secret";
  readonly message: Phrase;
}

export interface OrderFile {
  /** The orders without problems, in the order of the file. */
  readonly orders: readonly FileOrder[];
  readonly problems: readonly FileProblem[];
}

/**
 * Reads the file in which a repository lists its orders; its schema is `media/certificate-collector.schema.json`. It
 * is untrusted: anyone who can write to the repository can change it. Never throws.
 */
export function readOrderFile(text: string): OrderFile {
  const whole = { start: 0, end: text.length };
  const broken = (message: Phrase): OrderFile => ({ orders: [], problems: [{ kind: "form", message, ...whole }] });
  if (text.length > ORDER_FILE_LIMITS.characters)
    return { orders: [], problems: [{ kind: "meaning", message: phrase("This file is too long."), ...whole }] };
  const value = parseJson(text);
  if (value === undefined) return broken(phrase("This file is not valid JSON."));
  if (!isRecord(value) || value.version !== 1 || !Array.isArray(value.orders))
    return broken(phrase('This file needs "version": 1 and a list of "orders".'));

  const place = jsonPlaces(text, DEPTH);
  const problems = secretProblems(place);
  const faults = new Faults(place, problems);
  faults.findUnknown(value, FILE_KEYS);
  if (value.$schema !== undefined && typeof value.$schema !== "string")
    faults.add("form", phrase('"$schema" is not a string.'), "$schema");
  const places = place.children.get("orders");
  if (value.orders.length > ORDER_FILE_LIMITS.orders)
    faults.add("form", phrase("There are too many orders."), "orders");
  const orders: FileOrder[] = [];
  const known = new Set<string>();
  for (const [index, item] of value.orders.slice(0, ORDER_FILE_LIMITS.orders).entries()) {
    const at = places?.children.get(String(index)) ?? place;
    const order = orderOf(item, new Faults(at, problems), known);
    const number = order && at.children.get(order.reference.kind);
    if (order && number) orders.push({ ...order, start: at.start, end: at.end, number: spanOf(number) });
  }
  const sorted = problems.sort((a, b) => a.start - b.start);
  return { orders, problems: sorted.slice(0, ORDER_FILE_LIMITS.problems) };
}

/** Levels of the file that have a meaning: list, order, target, files, file. */
const DEPTH = 5;

const FILE_KEYS = ["$schema", "version", "orders"];
const ORDER_KEYS = ["product", ...NUMBER_KINDS, "label", "tags", "save", "after", "hosts"];
const SAVE_KEYS = ["profile", "files"];
const PARTS: readonly FilePart[] = ["certificate", "chain", "fullchain"];

/** Names of secrets. */
const SECRET =
  /pass(?:word|wd|phrase|code)|secret|token|credential|(?:collection|access).?code|(?:api|private).?key|^(?:pin|pwd)$/i;

/** A text without invisible characters, which could make it differ from what it shows. */
const TEXT = /^[^\p{C}]+$/u;

/**
 * A relative path of plain names: no root, drive, scheme, backslash, `.` or `..`, and no name with an ending that
 * Windows drops.
 */
const PATH = /^[^\\/:*?"<>|\p{C}]*[^\\/:*?"<>|\p{C}. ](?:\/[^\\/:*?"<>|\p{C}]*[^\\/:*?"<>|\p{C}. ])*$/u;

/** Folders whose files are executed or followed, also by their short names. */
const FOLLOWED = /^(?:\.(?:git|hg|svn|vscode)|[^.]{1,6}~\d+(?:\..*)?)$/i;

const isReserved = (name: string): boolean => isDeviceName(name) || FOLLOWED.test(name);

/** Collects problems of one value, each with the position of the member it is about. */
class Faults {
  /** Whether any was found. */
  found = false;

  constructor(
    private readonly place: JsonPlace,
    private readonly problems: FileProblem[],
  ) {}

  /** @param member the faulty one; if absent, the value itself */
  add(kind: FileProblem["kind"], message: Phrase, member?: string, at: "name" | "value" = "value"): undefined {
    this.found = true;
    const found = member === undefined ? undefined : this.place.children.get(member);
    const { start, end } = (at === "name" ? found?.name : found) ?? this.place;
    this.problems.push({ kind, message, start, end });
  }

  findUnknown(value: Readonly<Record<string, unknown>>, known: readonly string[]): void {
    for (const key of Object.keys(value)) {
      if (known.includes(key)) continue;
      this.found = true;
      if (this.problems.length >= 2 * ORDER_FILE_LIMITS.problems) return;
      if (!SECRET.test(key)) this.add("form", phrase("“{0}” is not a known field here.", shown(key)), key, "name");
    }
  }

  /** Problems of a member. */
  of(member: string): Faults {
    return new Faults(this.place.children.get(member) ?? this.place, this.problems);
  }
}

function orderOf(
  item: unknown,
  faults: Faults,
  known: Set<string>,
): Omit<FileOrder, keyof JsonSpan | "number"> | undefined {
  if (!isRecord(item)) return faults.add("form", phrase("This is not an order."));
  faults.findUnknown(item, ORDER_KEYS);
  const { product, label, tags = [], save, after, hosts } = item;
  if (!isProduct(product))
    return faults.add("form", phrase('Its "product" is not one of {0}.', anyOf(PRODUCTS)), "product");
  const [kind, ...others] = NUMBER_KINDS.filter((each) => item[each] !== undefined);
  if (kind === undefined || others.length > 0)
    return faults.add("form", phrase('It needs one of "orderNumber", "certificateID" and "baseOrderNumber".'));
  const value = item[kind];
  if (typeof value !== "string" || !REFERENCE_VALUE.test(value))
    return faults.add("form", phrase('Its "{0}" is not a valid number; write it in quotes.', kind), kind);
  if (label !== undefined && !isText(label))
    return faults.add(
      "form",
      phrase('Its "label" is not a string, is too long, or contains invisible characters.'),
      "label",
    );
  if (!isTags(tags)) return faults.add("form", phrase('Its "tags" are not a list of short strings.'), "tags");
  const saving = faults.of("save");
  const target = save === undefined ? undefined : targetOf(save, saving);
  const task = after === undefined ? undefined : afterOf(after, faults.of("after"));
  const servers = hosts === undefined ? undefined : serversOf(hosts, faults.of("hosts"));
  const isFaulty = (after !== undefined && !task) || (hosts !== undefined && !servers);
  if (faults.found || saving.found || isFaulty) return undefined;
  const name = `${product} ${kind} ${value}`;
  if (known.has(name)) return faults.add("meaning", phrase("This order is already in the list."), kind);
  known.add(name);
  return {
    product,
    reference: { kind, value },
    tags,
    ...(label !== undefined && { label }),
    ...(target && { save: target }),
    ...(task && { after: task }),
    ...(servers && servers.length > 0 && { hosts: servers }),
  };
}

function afterOf(after: unknown, faults: Faults): AfterSaving | undefined {
  if (!isRecord(after)) return faults.add("form", phrase('Its "after" is not an object.'));
  faults.findUnknown(after, ["task"]);
  if (!isText(after.task)) return faults.add("form", phrase('Its "after" needs "task", the name of a task.'), "task");
  return faults.found ? undefined : { task: after.task };
}

function serversOf(hosts: unknown, faults: Faults): readonly ServerPlace[] | undefined {
  if (!isHosts(hosts))
    return faults.add("form", phrase('Its "hosts" are not a list of at most {0} texts.', amount(MAX_ORDER_SERVERS)));
  const servers = hosts.map(readServerPlace);
  const wrong = servers.indexOf(undefined);
  if (wrong >= 0)
    return faults.add("meaning", phrase("This is not a server, such as www.example.com:443."), String(wrong));
  return servers.filter((each) => each !== undefined);
}

function targetOf(save: unknown, faults: Faults): FileTarget | undefined {
  if (!isRecord(save)) return faults.add("form", phrase('Its "save" is not an object.'));
  faults.findUnknown(save, SAVE_KEYS);
  const { profile, files } = save;
  if (!isProfile(profile)) {
    const names = anyOf(Object.keys(FILE_PROFILES));
    return faults.add(
      "form",
      phrase('The "profile" is not one of {0}. Other profiles write the private key into their files.', names),
      "profile",
    );
  }
  if (!isRecord(files) || Object.keys(files).length === 0)
    return faults.add("form", phrase('Its "save" needs "files", which name the path of each part.'), "files");
  const places = faults.of("files");
  places.findUnknown(files, PARTS);
  const parts: readonly FilePart[] = FILE_PROFILES[profile];
  const paths: Partial<Record<FilePart, string>> = {};
  for (const part of PARTS) {
    const path = files[part];
    if (path === undefined) continue;
    if (isText(path) && namesDriveOrComputer(path)) {
      places.add(
        "form",
        phrase("This names a drive or a computer. Only files inside this file's folder are written."),
        part,
      );
    } else if (!isPath(path)) {
      places.add("form", phrase("This must be a path inside this file's folder, with / between names."), part);
    } else if (path.split("/").some(isReserved)) {
      places.add("meaning", phrase("This path contains a name that an operating system reserves."), part);
    } else if (!parts.includes(part)) {
      places.add("meaning", phrase("The files for {0} are: {1}.", profile, allOf(parts)), part, "name");
    } else if (Object.values(paths).some((other) => other.toLowerCase() === path.toLowerCase())) {
      places.add("meaning", phrase("Another part of the certificate is already written to this file."), part);
    } else {
      paths[part] = path;
    }
  }
  faults.found ||= places.found;
  return { profile, files: paths };
}

/** Members that are named like secrets, anywhere in the file: the first of them. */
function secretProblems(place: JsonPlace, found: FileProblem[] = []): FileProblem[] {
  for (const [key, value] of place.children) {
    if (found.length >= ORDER_FILE_LIMITS.problems) break;
    const { name } = value;
    if (name !== undefined && SECRET.test(key)) {
      const message = phrase(
        "“{0}” looks like a secret. Anyone who can read the repository can read it: remove it here, and change it wherever it is used.",
        shown(key),
      );
      found.push({ kind: "secret", message, start: name.start, end: name.end });
    }
    secretProblems(value, found);
  }
  return found;
}

function spanOf({ start, end }: JsonSpan): JsonSpan {
  return { start, end };
}

const shown = (key: string): string => key.slice(0, 1000).replace(/\p{C}/gu, "").slice(0, 40);

const isProfile = (value: unknown): value is FileProfile =>
  typeof value === "string" && Object.hasOwn(FILE_PROFILES, value);

const isPath = (value: unknown): value is string => isShort(value) && PATH.test(value);
const isText = (value: unknown): value is string => isShort(value) && TEXT.test(value);

const isTags = list(isText, ORDER_FILE_LIMITS.tags);
const isHosts = list(isText, MAX_ORDER_SERVERS);

/** Characters count as JSON schemas count them: a pair of surrogates is one. */
function isShort(value: unknown): value is string {
  return typeof value === "string" && [...value].length <= ORDER_FILE_LIMITS.text;
}

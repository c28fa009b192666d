import { isProduct, type Product } from "../api/product";
import { REFERENCE_VALUE } from "./intake/found";
import type { OrderReference } from "./order";

/** The name of the file in which a repository lists its orders. Its schema: `media/certificate-collector.schema.json`. */
export const ORDER_FILE = "certificate-collector.json";

/** Limits of the file: characters, orders, characters of a text, tags, files. */
export const ORDER_FILE_LIMITS = { characters: 1_000_000, orders: 1_000, text: 200, tags: 20, files: 20 } as const;

/** What a repository says of an order. It names no account and no endpoint: those are the user's. */
export interface FileOrder {
  readonly product: Product;
  readonly reference: Exclude<OrderReference, { readonly kind: "collectionCode" }>;
  readonly label?: string;
  readonly tags: readonly string[];
  readonly save?: FileTarget;
  /** Where it stands in the text: offsets of its braces, in UTF-16 code units, end exclusive. */
  readonly start: number;
  readonly end: number;
}

/** Where its certificate belongs in the repository. */
export interface FileTarget {
  /** The target profile, for instance `nginx`. */
  readonly profile: string;
  /** Part of the profile to path, relative to the file's folder and inside it, with `/`. */
  readonly files: Readonly<Record<string, string>>;
}

export interface FileProblem {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

export interface OrderFile {
  readonly orders: readonly FileOrder[];
  readonly problems: readonly FileProblem[];
}

/** Reads the file, which is untrusted: whoever can write to the repository writes it. Never throws. */
export function readOrderFile(text: string): OrderFile {
  const whole = { start: 0, end: text.length };
  if (text.length > ORDER_FILE_LIMITS.characters)
    return { orders: [], problems: [{ message: "This file is too long.", ...whole }] };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { orders: [], problems: [{ message: "This file is no JSON.", ...whole }] };
  }
  if (!isRecord(value) || value.version !== 1 || !Array.isArray(value.orders)) {
    return { orders: [], problems: [{ message: 'This file needs "version": 1 and a list of "orders".', ...whole }] };
  }
  const orders: FileOrder[] = [];
  const problems: FileProblem[] = unknownKeys(value, FILE_KEYS).map((message) => ({ message, ...whole }));
  const places = placesOfOrders(text);
  for (const [index, item] of value.orders.slice(0, ORDER_FILE_LIMITS.orders).entries()) {
    const place = places[index] ?? whole;
    const order = orderOf(item);
    if (typeof order === "string") problems.push({ message: order, ...place });
    else orders.push({ ...order, ...place });
  }
  if (value.orders.length > ORDER_FILE_LIMITS.orders)
    problems.push({ message: "There are too many orders.", ...whole });
  return { orders, problems };
}

const FILE_KEYS = ["$schema", "version", "orders"];
const KINDS = ["orderNumber", "certificateID", "baseOrderNumber"] as const;
const ORDER_KEYS = ["product", ...KINDS, "label", "tags", "save"];
const SAVE_KEYS = ["profile", "files"];

function orderOf(item: unknown): Omit<FileOrder, "start" | "end"> | string {
  if (!isRecord(item)) return "This is no order.";
  const [unknown] = unknownKeys(item, ORDER_KEYS);
  if (unknown !== undefined) return unknown;
  const { product, label, tags = [], save } = item;
  if (!isProduct(product)) return 'Its "product" is none of ssl, smime, ccc, pac and mc.';
  const kinds = KINDS.filter((kind) => item[kind] !== undefined);
  const [kind] = kinds;
  const value = kind === undefined ? undefined : item[kind];
  if (kind === undefined || kinds.length > 1)
    return 'It needs one of "orderNumber", "certificateID" and "baseOrderNumber".';
  if (typeof value !== "string" || !REFERENCE_VALUE.test(value)) return `Its "${kind}" is none; write it as a text.`;
  if (label !== undefined && !isText(label)) return 'Its "label" is no text, or a very long one.';
  if (!Array.isArray(tags) || tags.length > ORDER_FILE_LIMITS.tags || !tags.every(isText))
    return 'Its "tags" are no short texts.';
  const target = save === undefined ? undefined : targetOf(save);
  if (typeof target === "string") return target;
  return {
    product,
    reference: { kind, value },
    tags,
    ...(label !== undefined && { label }),
    ...(target && { save: target }),
  };
}

function targetOf(save: unknown): FileTarget | string {
  if (!isRecord(save)) return 'Its "save" is no object.';
  const [unknown] = unknownKeys(save, SAVE_KEYS);
  if (unknown !== undefined) return unknown;
  const { profile, files } = save;
  if (!isText(profile) || !/^[a-z0-9-]+$/.test(profile)) return 'Its "save" needs a "profile", for instance "nginx".';
  if (!isRecord(files)) return 'Its "save" needs "files": what belongs where.';
  const entries = Object.entries(files);
  if (entries.length === 0 || entries.length > ORDER_FILE_LIMITS.files) return 'Its "files" are none, or too many.';
  for (const [part, path] of entries) {
    if (!isText(part)) return 'A part of its "files" has no name.';
    if (!isInside(path)) return `"${part}" must go to a path inside this folder, written with "/".`;
  }
  return { profile, files: Object.fromEntries(entries) as Record<string, string> };
}

/**
 * Whether a path stays inside the folder it is relative to, on every system: no root, drive, scheme, `..`, backslash, or
 * name that Windows keeps for a device or reads as another.
 */
function isInside(path: unknown): path is string {
  if (!isText(path)) return false;
  return path
    .split("/")
    .every(
      (name) =>
        name !== "" &&
        name !== "." &&
        name !== ".." &&
        !/[\\:*?"<>|\p{Cc}]|[. ]$/u.test(name) &&
        !/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(name) &&
        !/^\.(?:git|vscode)$/i.test(name),
    );
}

function unknownKeys(value: Readonly<Record<string, unknown>>, known: readonly string[]): string[] {
  return Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => `"${key.slice(0, 40)}" means nothing here.`);
}

/** Where each item of "orders" begins and ends, in a text that JSON.parse took. Of two "orders" the last counts, as there. */
function placesOfOrders(text: string): { start: number; end: number }[] {
  let places: { start: number; end: number }[] = [];
  let depth = 0;
  let inOrders = false;
  let start = 0;
  let key = "";
  for (const { 0: token, index } of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/g)) {
    if (token === "}" || token === "]") depth--;
    if (inOrders && depth === 2 && token !== ",") {
      if (token !== "}" && token !== "]") start = index;
      if (token !== "{" && token !== "[") places.push({ start, end: index + token.length });
    }
    if (inOrders && depth === 1 && token === "]") inOrders = false;
    if (depth === 1 && token.startsWith('"')) key = token;
    if (depth === 1 && token === "[" && JSON.parse(key) === "orders") [inOrders, places] = [true, []];
    if (token === "{" || token === "[") depth++;
  }
  return places;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value.length <= ORDER_FILE_LIMITS.text;
}

import { plural } from "../../words/phrase";
import type { Locale, Localize } from "../../words/localize";
import type { ServedAddress, ServedNote } from "../model/deployment";
import type { Order } from "../model/order";
import { serverPlaceWords } from "../model/server-place";
import { timeWords } from "./time-words";

/**
 * How a server stands, the worst of its addresses first: `old`: one that this order had before, or that ends sooner.
 * `partly`: the addresses that could be asked serve it.
 */
export type ServingState = "served" | "old" | "another" | "partly" | "unreachable";

/** Hosts in the tooltip of a row. */
const MAX_LINES = 5;

/** What the servers of an order last presented, as far as its newest certificate was asked about. */
export function servedNotes({ served = [], servers, certificates: [newest] }: Order): readonly ServedNote[] {
  const own = servers && new Set(servers.map(serverPlaceWords));
  return served.filter(({ leaf, place }) => leaf === newest?.leaf && own?.has(serverPlaceWords(place)) !== false);
}

/**
 * That an order's servers serve its newest certificate, for a row. Which servers an order file names is not known here:
 * then it says of how many it was seen. `undefined` if one does not, or if none was asked.
 */
export function servedWord(order: Order, { localize }: Locale): string | undefined {
  if (!isServed(order)) return undefined;
  if (order.servers !== undefined) return localize("Served");
  const [first, second] = servedNotes(order);
  return first === undefined || second !== undefined
    ? localize("Served by {0} hosts", servedNotes(order).length)
    : localize("Served by {0}", first.place.host);
}

/** Whether all servers of an order serve its newest certificate, as far as they were asked; false if none was. */
export function isServed(order: Order): boolean {
  const notes = servedNotes(order);
  const count = order.servers?.length ?? notes.length;
  return notes.length > 0 && notes.length === count && notes.every(({ since }) => since !== undefined);
}

/** How an address stands. */
export function addressState({ state, leaf, notAfter }: ServedAddress, order: Order): Exclude<ServingState, "partly"> {
  if (state === "this") return "served";
  if (state === "unreachable") return "unreachable";
  const [newest, ...before] = order.certificates;
  const isOlder = notAfter !== undefined && newest !== undefined && notAfter < newest.notAfter;
  return isOlder || before.some((each) => each.leaf === leaf) ? "old" : "another";
}

/** How a server stands with all its addresses. */
export function servingState(note: ServedNote, order: Order): ServingState {
  if (note.since !== undefined) return "served";
  const all = note.addresses.map((address) => addressState(address, order));
  const found = (["old", "another"] as const).find((each) => all.includes(each));
  return found ?? (all.includes("served") ? "partly" : "unreachable");
}

/** Which servers do not serve the newest certificate, for a row; `undefined` if all do, or could not be asked. */
export function lateWords(order: Order, { localize }: Locale): string | undefined {
  const late = servedNotes(order).map((note) => ({ host: note.place.host, standing: servingState(note, order) }));
  const wrong = late.filter(({ standing }) => standing === "old" || standing === "another");
  const [first, second] = wrong;
  if (first === undefined) return undefined;
  if (second !== undefined) return localize("{0} hosts serve another certificate", wrong.length);
  return first.standing === "old"
    ? localize("{0} serves the old one", first.host)
    : localize("{0} serves another one", first.host);
}

/** What each server presents, for the tooltip of a row. @param now epoch ms */
export function servedLines(order: Order, now: number, locale: Locale): readonly string[] {
  const { localize } = locale;
  const notes = servedNotes(order);
  const lines = notes.slice(0, MAX_LINES).map((note) => servedLine(note, order, now, locale));
  const more = notes.length - lines.length;
  return more > 0 ? [...lines, localize("{0}", plural(more, "and {0} more host", "and {0} more hosts"))] : lines;
}

/** What a server presents, and since when or when it was asked. @param now epoch ms */
export function servedLine(note: ServedNote, order: Order, now: number, locale: Locale): string {
  const { localize } = locale;
  const host = serverPlaceWords(note.place);
  const asked = timeWords(note.at, now, locale);
  switch (servingState(note, order)) {
    case "served":
      return localize("Served by {0} since {1}", host, timeWords(note.since ?? note.at, now, locale));
    case "old":
      return localize("{0} still serves the old certificate (asked {1})", host, asked);
    case "another":
      return localize("{0} serves another certificate (asked {1})", host, asked);
    case "partly":
      return localize("Served by some addresses of {0}; the others could not be asked ({1})", host, asked);
    case "unreachable":
      return localize("{0} could not be asked ({1})", host, asked);
  }
}

/** A line of the history about a server. */
export function servedHistoryWords(
  { place, since, addresses }: Omit<ServedNote, "at" | "leaf">,
  localize: Localize,
): string {
  const host = serverPlaceWords(place);
  if (since !== undefined) return localize("Served by {0}", host);
  const good = addresses.filter(({ state }) => state === "this").length;
  const isOther = addresses.some(({ state }) => state === "other");
  if (good > 0 && isOther) return localize("Served by {0} of {1} addresses of {2}", good, addresses.length, host);
  if (good > 0) return localize("Served by some addresses of {0}; the others could not be asked", host);
  return isOther ? localize("{0} serves another certificate", host) : localize("{0} could not be asked", host);
}

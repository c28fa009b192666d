import { messageSaid } from "../../orders/model/said-message";
import { PRODUCT_FACTS } from "../../api/product";
import { inWords, type Locale } from "../../words/localize";
import type { ServedAddress, ServedNote } from "../../orders/model/deployment";
import type { Order } from "../../orders/model/order";
import { serverPlaceWords } from "../../orders/model/server-place";
import { addressState, isServed, servedLine, servedNotes } from "../../orders/presentation/served-words";
import { dateWords, timeWords } from "../../orders/presentation/time-words";
import type { Action, CheckReport, CheckResult } from "../../webview/protocol";
import type { WatchedHosts } from "../serving/host-watches";

/** Hosts with a report each; the others share one. */
const MAX_APART = 10;

/**
 * What each host of an order serves, address by address, and whether they are watched.
 * @param asked from which machine, where that is not the person's own
 * @param now epoch ms
 */
export function servedReports(
  order: Order,
  hosts: WatchedHosts,
  asked: Pick<CheckReport, "from">,
  now: number,
  locale: Locale,
): readonly CheckReport[] {
  const { localize } = locale;
  const notes = servedNotes(order);
  const [apart, rest] = [notes.slice(0, MAX_APART), notes.slice(MAX_APART)];
  const askedAt = hosts.askedAt(order.id);
  const watch =
    askedAt === undefined
      ? localize("Watched: asked again and again until all serve the certificate, while this window is open.")
      : localize(
          "Watched: asked again and again while this window is open, last at {0}.",
          timeWords(askedAt, now, locale),
        );
  return [
    ...apart.map((note): CheckReport => ({
      title: localize("Live Host {0}", serverPlaceWords(note.place)),
      at: second(note.at),
      ...asked,
      results: hostResults(note, order, now, locale),
    })),
    ...(rest.length === 0
      ? []
      : [{ title: localize("Further Hosts"), results: rest.map((note) => inShort(note, order, now, locale)) }]),
    ...(hosts.isWatched(order.id)
      ? [{ title: localize("Hosts"), results: [{ tone: "none" as const, words: watch }] }]
      : []),
  ];
}

/** What a page offers about the hosts of an order. */
export function hostActions(order: Order, hosts: WatchedHosts, { localize }: Locale): readonly Action[] {
  if (order.certificates.length === 0 || !PRODUCT_FACTS[order.product].isServed) return [];
  const isWatched = hosts.isWatched(order.id);
  const hasHosts = order.servers !== undefined || servedNotes(order).length > 0;
  return [
    { id: "checkHosts", label: localize("Check Hosts") },
    ...(isWatched ? [{ id: "stopWatchingHosts" as const, label: localize("Stop Watching Hosts") }] : []),
    ...(hasHosts && !isWatched && !isServed(order)
      ? [{ id: "watchHosts" as const, label: localize("Watch Hosts") }]
      : []),
    { id: "setHosts", label: localize("Set Hosts…") },
  ];
}

const second = (at: number): number => Math.floor(at / 1000) * 1000;

function inShort(note: ServedNote, order: Order, now: number, locale: Locale): CheckResult {
  return { tone: note.since === undefined ? "attention" : "good", words: servedLine(note, order, now, locale) };
}

function hostResults(note: ServedNote, order: Order, now: number, locale: Locale): readonly CheckResult[] {
  const { localize } = locale;
  const { since } = note;
  const all: readonly CheckResult[] =
    since === undefined ? [] : [{ tone: "good", words: localize("Served since {0}.", timeWords(since, now, locale)) }];
  return [...all, ...note.addresses.flatMap((address) => addressResults(address, note, order, locale))];
}

function addressResults(shown: ServedAddress, note: ServedNote, order: Order, locale: Locale): readonly CheckResult[] {
  const { localize } = locale;
  const { address, leaf = "", notAfter, message = "", ...rest } = shown;
  const day = notAfter === undefined ? "?" : dateWords(notAfter, locale);
  const said = inWords(messageSaid({ message, ...rest }), locale);
  const more: readonly CheckResult[] = message === "" ? [] : [{ tone: "attention", words: said }];
  switch (addressState(shown, order)) {
    case "served":
      return [
        { tone: "good", words: localize("{0} serves this certificate, valid until {1}.", address, day) },
        ...more,
      ];
    case "old":
      return [
        {
          tone: "attention",
          words: localize("{0} serves the old certificate, valid until {1}: reload the server.", address, day),
        },
        ...more,
      ];
    case "another":
      return [
        {
          tone: "attention",
          words: localize("{0} serves another certificate, valid until {1}, SHA-256 {2}.", address, day, leaf),
        },
        ...more,
      ];
    case "unreachable": {
      // Where all the others serve it, this computer has no way to addresses of this kind.
      const tone = note.since === undefined ? "attention" : "none";
      return [{ tone, words: address === "" ? said : localize("{0}: {1}", address, said) }];
    }
  }
}

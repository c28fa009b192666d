import { phrase, type Phrase } from "../../words/phrase";
import * as vscode from "vscode";
import { PRODUCT_FACTS } from "../../api/product";
import { MAX_ORDER_SERVERS, type ServerPlace } from "../../orders/model/deployment";
import type { Order, OrderId } from "../../orders/model/order";
import { readServerPlace, serverPlaceWords } from "../../orders/model/server-place";
import { titleOf } from "../../orders/presentation/state";
import { ArgumentError, Arguments } from "../base/arguments";
import { commandId } from "../base/contributions";
import { showInformation, showInput, showInStatusBar } from "../base/messages";
import { chooseOrder, noCertificate, noCertificateOf, tellDeadEnd } from "../commands/choices";
import type { Program } from "../window/program";
import { HostConsent, whatIsSent } from "./host-consent";
import { hostsToServe, proveServed, type HostsToServe } from "./prove-served";
import { proveAndTell, tellServed } from "./tell-served";
import { localize } from "../base/localize";

/** ms for which the status bar says it; the page does so as long as it lasts. */
const STATUS_MESSAGE = 6_000;

/** Names of a certificate that are suggested as hosts. */
const MAX_SUGGESTED = 4;

/** What a program is told. */
interface HostsOutcome {
  readonly order: OrderId;
  readonly hosts: readonly {
    readonly host: string;
    readonly served: boolean;
    readonly addresses: readonly { readonly address: string; readonly state: string }[];
  }[];
}

/** Asks the hosts of an order, once a person agreed, whether they serve its certificate. */
async function checkHosts(program: Program, argument: unknown): Promise<HostsOutcome | undefined> {
  const id = await orderToServe(program, argument, localize("Choose an order whose hosts to check"));
  const found = id === undefined ? undefined : await hostsOrTold(program, id);
  const notes = id === undefined || found === undefined ? undefined : await proveAndTell(program, id, found);
  if (id === undefined || notes === undefined) return undefined;
  return {
    order: id,
    hosts: notes.map(({ place, since, addresses }) => ({
      host: serverPlaceWords(place),
      served: since !== undefined,
      addresses: addresses.map(({ address, state }) => ({ address, state })),
    })),
  };
}

/** Changes which hosts are to serve an order's certificate. An empty list removes them. */
async function setHosts(
  program: Program,
  argument: unknown,
): Promise<{ readonly order: OrderId; readonly hosts: readonly string[] } | undefined> {
  const { collector, everywhere } = program;
  const given = new Arguments(argument);
  const id = await orderToServe(program, argument, localize("Choose an order whose hosts to set"));
  const order = id === undefined ? undefined : collector.book.get(id);
  if (id === undefined || order === undefined) return undefined;
  const named = given.list("hosts");
  const suggested = named === undefined ? await hostsToSuggest(program, order) : [];
  const places = named === undefined ? await typedHosts(order, suggested) : readHosts(named);
  if (places === undefined) return undefined;
  if ("text" in places) throw new ArgumentError(places);
  await collector.book.record([{ type: "servers-set", id, servers: places }]);
  // What an argument, an order file or a certificate names was not typed by anybody: it is asked about before the first
  // connection.
  if (named === undefined) {
    await new HostConsent(everywhere).noteTyped(places.filter((each) => !suggested.includes(serverPlaceWords(each))));
  }
  if (named === undefined && places.length > 0) void offerCheck(id, titleOf(order, localize));
  return { order: id, hosts: places.map(serverPlaceWords) };
}

/** Asks the hosts of an order now, and again and again in this window until all serve its certificate. */
async function watchHosts(
  program: Program,
  argument: unknown,
): Promise<{ readonly order: OrderId; readonly watched: boolean } | undefined> {
  const { collector, hosts } = program;
  const id = await orderToServe(program, argument, localize("Choose an order whose hosts to watch"));
  const found = id === undefined ? undefined : await hostsOrTold(program, id);
  const notes = id === undefined || found === undefined ? undefined : await proveServed(program, id, found);
  const order = id === undefined ? undefined : collector.book.get(id);
  if (id === undefined || notes === undefined || order === undefined) return undefined;
  if (notes.every(({ since }) => since !== undefined)) {
    void tellServed(program, id, notes);
    return { order: id, watched: false };
  }
  const watched = await hosts.start(id);
  const title = titleOf(order, localize);
  if (watched) {
    const words = localize("The hosts of {0} are watched until all serve its certificate.", title);
    showInStatusBar(words, STATUS_MESSAGE);
  } else void showInformation(localize("Another window watches the hosts of {0} already.", title));
  return { order: id, watched };
}

/** Ends {@link watchHosts}. */
async function stopWatchingHosts(
  { collector, hosts }: Program,
  argument: unknown,
): Promise<{ readonly order: OrderId } | undefined> {
  const order = await chooseOrder(
    collector,
    new Arguments(argument),
    localize("Choose an order whose hosts to watch no longer"),
    ({ id }) => hosts.isWatched(id),
    { words: localize("No hosts are watched in this window.") },
  );
  if (order === undefined) return undefined;
  const found = collector.book.get(order);
  if (!hosts.stop(order)) {
    const title = found === undefined ? order : titleOf(found, localize);
    void showInformation(localize("The hosts of {0} are not watched in this window.", title));
  }
  return { order };
}

/** The commands about hosts. */
export const HOST_COMMANDS = { checkHosts, setHosts, watchHosts, stopWatchingHosts };

/** An order with a certificate that servers serve; `undefined`, after saying why, if there is none. */
async function orderToServe({ collector }: Program, argument: unknown, question: string): Promise<OrderId | undefined> {
  const suits = ({ product, certificates }: Order): boolean =>
    certificates.length > 0 && PRODUCT_FACTS[product].isServed;
  const id = await chooseOrder(collector, new Arguments(argument), question, suits, noCertificate());
  if (id === undefined || (collector.book.get(id)?.certificates.length ?? 0) > 0) return id;
  void tellDeadEnd(noCertificateOf(collector, id));
  return undefined;
}

/** The hosts of an order; where it has none, says how it gets some. */
async function hostsOrTold(program: Program, id: OrderId): Promise<HostsToServe | undefined> {
  const found = await hostsToServe(program, id);
  if (found !== undefined) return found;
  const order = program.collector.book.get(id);
  void tellDeadEnd({
    words: localize("No hosts are set for {0}.", order === undefined ? id : titleOf(order, localize)),
    next: { label: localize("Set Hosts…"), command: "setHosts", argument: { order: id } },
  });
  return undefined;
}

/** What stands in the box before a person types. */
async function hostsToSuggest(program: Program, order: Order): Promise<readonly string[]> {
  return (await hostsToServe(program, order.id))?.places.map(serverPlaceWords) ?? suggestedHosts(order);
}

async function typedHosts(order: Order, suggested: readonly string[]): Promise<readonly ServerPlace[] | undefined> {
  const typed = await showInput({
    title: localize("Hosts That Serve {0}", titleOf(order, localize)),
    prompt: localize(
      "Names with their ports, separated by commas; smtp://, imap://, ldap:// and postgresql:// begin without TLS. They are asked when you check them, and after each save. {0}",
      whatIsSent(),
    ),
    placeholder: "www.example.com:443, smtp://mail.example.com:25",
    value: suggested.join(", "),
    check: (text) => {
      const read = readHosts(splitHosts(text));
      return "text" in read ? read : undefined;
    },
  });
  if (typed === undefined) return undefined;
  const read = readHosts(splitHosts(typed));
  return "text" in read ? undefined : read;
}

const splitHosts = (text: string): readonly string[] => text.split(/[\s,;]/).filter((part) => part !== "");

/** @returns what is wrong, in one sentence */
function readHosts(texts: readonly string[]): readonly ServerPlace[] | Phrase {
  const read = new Map<string, ServerPlace>();
  for (const text of texts) {
    const place = readServerPlace(text);
    if (place === undefined) {
      return phrase("“{0}” is not a host. Enter, for example, www.example.com or smtp://mail.example.com.", text);
    }
    read.set(serverPlaceWords(place), place);
  }
  return read.size > MAX_ORDER_SERVERS
    ? phrase("An order has at most {0} hosts.", MAX_ORDER_SERVERS)
    : [...read.values()];
}

/** The names of the certificate; for a wildcard the likeliest one. */
function suggestedHosts({ certificates: [newest] }: Order): readonly string[] {
  const names = newest?.names.map((name) => name.replace(/^\*\./, "www.")) ?? [];
  const places = names.flatMap((name) => readServerPlace(name) ?? []).map(serverPlaceWords);
  return [...new Set(places)].slice(0, MAX_SUGGESTED);
}

async function offerCheck(order: OrderId, title: string): Promise<void> {
  const check = localize("Check Hosts");
  if ((await showInformation(localize("The hosts of {0} were set.", title), check)) === check)
    await vscode.commands.executeCommand(commandId("checkHosts"), { order });
}

import * as vscode from "vscode";
import { spelledOut } from "../../certificates/names/spelled-out";
import type { CollectedCertificate, Order } from "../../orders/model/order";
import { Arguments } from "../base/arguments";
import type { Collector } from "../window/collector";
import type { Program } from "../window/program";
import { certificateFor, chooseOrders, noCertificate, type DeadEnd } from "./choices";
import { showInformation, showInStatusBar } from "../base/messages";

/** Orders that are copied at once, and characters: more would be a file. */
const MAX_ORDERS = 1_000;
const MAX_CHARACTERS = 4 * 1024 * 1024;

/** ms for which the status bar says what was copied. */
const STATUS_MESSAGE = 4_000;

/** The result of a command that copies. */
export interface Copied {
  readonly orders: number;
}

const isNumbered = ({ reference }: Order): boolean => reference.kind !== "collectionCode";
const isHeld = ({ certificates }: Order): boolean => certificates.length > 0;

/** Copies the numbers of orders, a line each. A collection code is a secret, and is never copied. */
export async function copyNumber({ collector }: Program, argument: unknown): Promise<Copied | undefined> {
  const question = vscode.l10n.t("Choose orders to copy their numbers");
  const orders = await chosen(collector, argument, question, isNumbered, {
    words: vscode.l10n.t("All orders go by their collection codes, which are secrets and are not copied."),
  });
  if (orders === undefined) return undefined;
  const numbers = orders.flatMap(({ reference }) => (reference.kind === "collectionCode" ? [] : reference.value));
  if (numbers.length === 0) {
    void showInformation(
      vscode.l10n.t("This order is known by its collection code alone, which is a secret and is not copied."),
    );
    return undefined;
  }
  return copy(numbers, vscode.l10n.t("Copied: {0}", numbers.join(", ")));
}

/** Copies the names of certificates, or of what was ordered while there is none, a line each. */
export async function copyNames({ collector }: Program, argument: unknown): Promise<Copied | undefined> {
  const question = vscode.l10n.t("Choose orders to copy their names");
  const orders = await chosen(collector, argument, question);
  if (orders === undefined) return undefined;
  const named = await Promise.all(
    orders.map(async (order) => {
      const collected = certificatesOf(collector, order, argument);
      if (collected.length === 0) return orderedNames(order);
      return (await Promise.all(collected.map((each) => namesIn(collector, each)))).flat();
    }),
  );
  const names = [...new Set(named.flat())];
  if (names.length === 0) {
    void showInformation(vscode.l10n.t("The CA has not said any name of this order yet."));
    return undefined;
  }
  return copy(names.map(spelledOut), vscode.l10n.t("Names copied: {0}", names.length), orders.length);
}

/** Copies certificates with their chains as PEM. */
export async function copyPem({ collector }: Program, argument: unknown): Promise<Copied | undefined> {
  const question = vscode.l10n.t("Choose certificates to copy as PEM");
  const orders = await chosen(collector, argument, question, isHeld);
  if (orders === undefined) return undefined;
  const texts: string[] = [];
  for (const order of orders) {
    for (const { serialNumber } of certificatesOf(collector, order, argument)) {
      const bytes = await collector.document({ order: order.id, serialNumber, name: "fullchain.pem" });
      if (bytes !== undefined) texts.push(Buffer.from(bytes).toString("utf8").trimEnd());
    }
  }
  if (texts.length === 0) {
    void showInformation(noCertificate().words);
    return undefined;
  }
  return copy(texts, vscode.l10n.t("Copied as PEM, with its chain: {0}", texts.length), orders.length);
}

/** Copies the SHA-256 fingerprints of certificates, a line each. */
export async function copyFingerprint({ collector }: Program, argument: unknown): Promise<Copied | undefined> {
  const question = vscode.l10n.t("Choose certificates to copy their fingerprints");
  const orders = await chosen(collector, argument, question, isHeld);
  if (orders === undefined) return undefined;
  const prints = orders
    .flatMap((order) => certificatesOf(collector, order, argument))
    .map(({ leaf }) => fingerprint(leaf));
  if (prints.length === 0) {
    void showInformation(noCertificate().words);
    return undefined;
  }
  return copy(prints, vscode.l10n.t("SHA-256 copied: {0}", prints.join(", ")));
}

/** `undefined` when the person left. */
async function chosen(
  collector: Collector,
  argument: unknown,
  question: string,
  suits: (order: Order) => boolean = () => true,
  none: DeadEnd = noCertificate(),
): Promise<readonly Order[] | undefined> {
  const ids = await chooseOrders(collector, new Arguments(argument), question, suits, none);
  const orders = ids.slice(0, MAX_ORDERS).flatMap((id) => collector.book.get(id) ?? []);
  return orders.length === 0 ? undefined : orders;
}

/** The certificates that rows below the order name, or the newest. */
function certificatesOf(collector: Collector, { id }: Order, argument: unknown): readonly CollectedCertificate[] {
  const given = new Arguments(argument);
  const own = `${id}/`;
  const named = (given.list("certificates") ?? []).flatMap((each) =>
    each.startsWith(own) ? each.slice(own.length) : [],
  );
  const serialNumbers = named.length > 0 ? named : [certificateFor(collector, given, id)];
  return serialNumbers.flatMap((serialNumber) => collector.collected(id, serialNumber) ?? []);
}

async function namesIn(collector: Collector, collected: CollectedCertificate): Promise<readonly string[]> {
  const names = await collector.reading.run("leafNames", await collector.chain(collected));
  return names.length > 0 ? names : [collected.subject];
}

function orderedNames({ detail }: Order): readonly string[] {
  const { fqdn, domains = [] } = detail?.detail ?? {};
  return [...(fqdn === undefined ? [] : [fqdn]), ...domains.map(({ domain }) => domain)];
}

/** As the details page and OpenSSL write it. */
function fingerprint(sha256: string): string {
  return (sha256.toUpperCase().match(/../g) ?? []).join(":");
}

async function copy(lines: readonly string[], said: string, orders = lines.length): Promise<Copied | undefined> {
  const text = lines.join("\n");
  if (text.length > MAX_CHARACTERS) {
    void showInformation(vscode.l10n.t("This is too much for the clipboard. Save it instead."));
    return undefined;
  }
  await vscode.env.clipboard.writeText(text);
  showInStatusBar(said, STATUS_MESSAGE);
  return { orders };
}

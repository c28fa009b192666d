import * as vscode from "vscode";
import { curlLine, type CurlLine } from "../../api/curl-line";
import { PRODUCT_FACTS } from "../../api/product";
import { spelledOut } from "../../certificates/names/spelled-out";
import type { CollectedCertificate, Order } from "../../orders/model/order";
import { Arguments } from "../base/arguments";
import { clipboardLine } from "../base/inert-text";
import { hostOf } from "../window/calls";
import type { Collector } from "../window/collector";
import type { Program } from "../window/program";
import { certificateFor, chooseOrders, noCertificate, noCertificateOf, tellDeadEnd, type DeadEnd } from "./choices";
import { showInformation, showInStatusBar } from "../base/messages";
import { localize } from "../base/localize";
import { allOf } from "../../words/phrase";

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
  const question = localize("Choose orders to copy their numbers");
  const orders = await chosen(collector, argument, question, isNumbered, {
    words: localize("All orders go by their collection codes, which are secrets and are not copied."),
  });
  if (orders === undefined) return undefined;
  const numbers = orders.flatMap(({ reference }) => (reference.kind === "collectionCode" ? [] : reference.value));
  if (numbers.length === 0) {
    void showInformation(
      localize("This order is known by its collection code alone, which is a secret and is not copied."),
    );
    return undefined;
  }
  return copy(numbers.map(clipboardLine), localize("Copied: {0}", allOf(numbers)));
}

/** Copies the names of certificates, or of what was ordered while there is none, a line each. */
export async function copyNames({ collector }: Program, argument: unknown): Promise<Copied | undefined> {
  const question = localize("Choose orders to copy their names");
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
    void showInformation(localize("The CA has not said any name of this order yet."));
    return undefined;
  }
  // Of a long text the first part alone is looked at for letters that seem others.
  return copy(
    names.map((each) => spelledOut(each)).map(clipboardLine),
    localize("Names copied: {0}", names.length),
    orders.length,
  );
}

/** Copies certificates with their chains as PEM. */
export async function copyPem({ collector }: Program, argument: unknown): Promise<Copied | undefined> {
  const question = localize("Choose certificates to copy as PEM");
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
    tellNone(collector, orders);
    return undefined;
  }
  return copy(texts, localize("Copied as PEM, with its chain: {0}", texts.length), orders.length);
}

/** Copies the SHA-256 fingerprints of certificates, a line each. */
export async function copyFingerprint({ collector }: Program, argument: unknown): Promise<Copied | undefined> {
  const question = localize("Choose certificates to copy their fingerprints");
  const prints = await ofCertificates(collector, argument, question, ({ leaf }) => fingerprint(leaf));
  return prints && copy(prints, localize("SHA-256 copied: {0}", allOf(prints)));
}

/** Copies the serial numbers of certificates, in hex as OpenSSL writes them, a line each. */
export async function copySerial({ collector }: Program, argument: unknown): Promise<Copied | undefined> {
  const question = localize("Choose certificates to copy their serial numbers");
  const serials = await ofCertificates(collector, argument, question, ({ serialNumber }) => serialNumber);
  return serials && copy(serials, localize("Serial number copied: {0}", allOf(serials)));
}

/** Copies the requests that the CA is sent about orders, as {@link curlLine} has them, a line each. */
export async function copyCurl({ collector }: Program, argument: unknown): Promise<Copied | undefined> {
  const question = localize("Choose orders to copy their requests");
  const orders = await chosen(collector, argument, question);
  const [first] = orders ?? [];
  if (orders === undefined || first === undefined) return undefined;
  const made = await Promise.all(orders.map((order) => requestOf(collector, order)));
  const lines = made.flatMap((each) => each ?? []);
  if (lines.length === 0) {
    void tellDeadEnd({
      words: localize("The request needs the login name of an account, and none is known for this order."),
      next: { label: localize("Choose Account…"), command: "changeAccount", argument: { order: first.id } },
    });
    return undefined;
  }
  const variables = allOf([...new Set(lines.flatMap((each) => each.variables))]);
  const said = localize("Copied as curl: {0}. It reads {1} from the shell.", lines.length, variables);
  return copy(
    lines.map(({ line }) => line),
    said,
  );
}

/** @returns undefined for an order whose login nobody knows */
async function requestOf({ book, sandbox }: Collector, order: Order): Promise<CurlLine | undefined> {
  const { ca, product, reference } = order;
  const account = order.account === undefined ? undefined : book.account(order.account);
  // As checks do it: a code may have been entered for an order with a number.
  const isByCode = reference.kind === "collectionCode" || order.codeSetAt !== undefined;
  const hasCode = isByCode && PRODUCT_FACTS[product].collectionCode !== "never";
  if (account === undefined && !hasCode) return undefined;
  const where =
    ca === "sandbox"
      ? { host: new URL((await sandbox.runningAddress()).url).host, authority: (await sandbox.authorityFile()).fsPath }
      : { host: hostOf(order, account) };
  return curlLine({ ...where, product, reference, hasCode, ...(account && { loginName: account.loginName }) });
}

/** A value of each certificate; `undefined`, which is told, when the person left or there are none. */
async function ofCertificates(
  collector: Collector,
  argument: unknown,
  question: string,
  value: (collected: CollectedCertificate) => string,
): Promise<readonly string[] | undefined> {
  const orders = await chosen(collector, argument, question, isHeld);
  const values = orders?.flatMap((order) => certificatesOf(collector, order, argument)).map(value);
  if (values?.length !== 0) return values;
  tellNone(collector, orders);
  return undefined;
}

function tellNone(collector: Collector, [order, ...others]: readonly Order[] = []): void {
  void tellDeadEnd(order === undefined || others.length > 0 ? noCertificate() : noCertificateOf(collector, order.id));
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
    void showInformation(localize("This is too much for the clipboard. Save it instead."));
    return undefined;
  }
  await vscode.env.clipboard.writeText(text);
  showInStatusBar(said, STATUS_MESSAGE);
  return { orders };
}

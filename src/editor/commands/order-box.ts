import * as vscode from "vscode";
import { PRODUCTS } from "../../api/product";
import { isDomainOrMail, type ParsedOrder } from "../../orders/import/parsed-order";
import { MAX_IMPORT_CHARACTERS } from "../../orders/import/limits";
import type { ParsedOrders } from "../../orders/import/parse-orders";
import { isZero, readTypedNumber } from "../../orders/import/typed-number";
import { withTimeLimit } from "../../orders/checking/time-limit";
import { systemClock } from "../base/clock";
import { locale, localize } from "../base/localize";
import { askInput } from "../base/messages";
import type { Program } from "../window/program";
import { typedProblem, valueProblem } from "./typed-value";

/** What a person typed or pasted, or where they have it instead. */
export type TypedOrders =
  /** One order and nothing else. */
  | { readonly kind: "order"; readonly order: ParsedOrder }
  /** A text with orders, to be shown before anything is tracked. */
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "file" };

/** ms that the editor may take to hand out the clipboard: a browser may ask the person first. */
const CLIPBOARD_TIME = 5_000;

/**
 * Asks for an order by whatever a person has: a number, a collection code, a link, or any text with orders in it.
 * @returns undefined when the person left
 */
export async function askForOrders({ collector }: Program): Promise<TypedOrders | undefined> {
  let [before, isPasted] = ["", false];
  let typed: TypedOrders | undefined;
  const check = async (line: string): Promise<string | undefined> => {
    const text = isPasted ? await withItsLines(line) : line;
    const wrong = numberProblem(text);
    if (wrong !== undefined) return wrong;
    typed = await read(collector, text);
    if (typed === undefined) return nothingWords(line);
    return typed.kind === "order" && isZeroOrder(typed.order) ? zeroWords() : undefined;
  };
  const answered = await askInput({
    title: localize("Track Order"),
    prompt: localize("Order number, certificate ID, collection code or link; or paste an e-mail or a table."),
    placeholder: "1234567",
    canHide: true,
    buttons: [
      { id: "paste", icon: "clippy", tooltip: localize("Paste from the Clipboard") },
      { id: "file", icon: "folder-opened", tooltip: localize("Import Orders…") },
    ],
    changed: (line) => {
      isPasted = line.length > before.length + 1 || (isPasted && line !== "");
      before = line;
    },
    check,
  });
  if ("answer" in answered) return typed;
  if ("left" in answered) return undefined;
  if (answered.pressed === "file") return { kind: "file" };
  const text = (await vscode.env.clipboard.readText()).slice(0, MAX_IMPORT_CHARACTERS).trim();
  // Where there is nothing in it, a report says what was looked for.
  return (await read(collector, text)) ?? { kind: "text", text };
}

/** A box has one line: what was pasted lost its line ends there, but not in the clipboard. */
async function withItsLines(line: string): Promise<string> {
  if (!/\s/.test(line)) return line;
  const read = () => Promise.resolve(vscode.env.clipboard.readText());
  const copied = await withTimeLimit(systemClock, CLIPBOARD_TIME, undefined, read).catch(() => "");
  return inOneLine(copied) === inOneLine(line) ? copied.slice(0, MAX_IMPORT_CHARACTERS) : line;
}

const inOneLine = (text: string): string => text.replace(/\s+/g, " ").trim();

async function read(
  { reading, log }: Program["collector"],
  text: string,
): Promise<Exclude<TypedOrders, { kind: "file" }> | undefined> {
  // Whoever types nothing else means an order number, however short it is.
  const number = readTypedNumber(text);
  if (number !== undefined) {
    if ("problem" in number) return undefined;
    return { kind: "order", order: { reference: { kind: "orderNumber", value: number.value }, line: 1 } };
  }
  const { orders, problems } = JSON.parse(await reading.run("parseOrders", text)) as ParsedOrders;
  for (const { collectionCode } of orders) if (collectionCode !== undefined) log.mask(collectionCode);
  const [order, ...others] = orders;
  const isAlone = others.length === 0 && problems.length === 0 && !text.includes("\n");
  if (order !== undefined && isAlone) return { kind: "order", order };
  if (order === undefined && isCode(text)) {
    log.mask(text);
    return { kind: "order", order: { reference: { kind: "collectionCode" }, collectionCode: text, line: 1 } };
  }
  return orders.length > 0 || problems.length > 1 ? { kind: "text", text } : undefined;
}

/** What is wrong with a number, whatever product it is of; `undefined` for any other text. */
function numberProblem(text: string): string | undefined {
  const number = readTypedNumber(text);
  if (number === undefined) return undefined;
  if ("problem" in number) {
    return number.problem === "zero" ? zeroWords() : localize("An order number has digits alone, without a sign.");
  }
  const problems = PRODUCTS.map((product) => typedProblem(product, "orderNumber", number.value, locale));
  return problems.includes(undefined) ? undefined : problems[0];
}

/** Whether a text is a collection code and nothing else, as the CA's page allows it: not a number or a short word. */
function isCode(text: string): boolean {
  if (/^\s*$|\s|^\d+$|^\p{L}{1,5}$|:\/\//u.test(text) || isDomainOrMail(text)) return false;
  return valueProblem("ccc", "collectionCode", text) === undefined;
}

const isZeroOrder = ({ reference }: ParsedOrder): boolean => "value" in reference && isZero(reference.value);

const zeroWords = (): string => localize("Zero is not an order number.");

function nothingWords(line: string): string {
  return line === ""
    ? localize("This cannot be empty.")
    : localize("There is no order number or collection code in it.");
}

import { lineNumbers, type OrdersAndProblems, type ParsedOrder, type ImportProblem } from "./parsed-order";
import { readLink } from "./link";
import { orderInParameters } from "./parameters";
import { productIn } from "./product-words";
import { readScriptOrders } from "./script";
import { shellWords } from "./shell-words";
import { phrase } from "../../words/phrase";

/** Options of curl whose argument is a form's data; `--data-urlencode` encodes it, the others expect it encoded. */
const DATA = new Set(["-d", "--data", "--data-raw", "--data-binary", "--data-ascii", "-F", "--form", "--form-string"]);
const PLAIN = new Set(["--data-urlencode", "-F", "--form", "--form-string"]);

/** Whether a text is one or more curl commands. */
export function isCurl(text: string): boolean {
  return commandStarts(text).next().done !== true;
}

/** The most characters before a command on its line, for a shell prompt. */
const MAX_PROMPT = 100;

/** Where commands that call curl begin: at the start of a line, after a prompt, or where another one pipes into it. */
function* commandStarts(text: string): Generator<number> {
  for (const { index } of text.matchAll(/\bcurl(?:\.exe)?\s/g)) {
    const before = text.slice(Math.max(0, index - MAX_PROMPT), index);
    const line = before.slice(Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1);
    const isWhole = line.length < before.length || index <= MAX_PROMPT;
    if ((isWhole && /^[^\S\n]*(?:[$#>][^\S\n]*)?$/.test(line)) || line.trimEnd().endsWith("|")) yield index;
  }
}

/** The orders in pasted curl commands. Passwords in them are not kept. */
export function readCurl(text: string): OrdersAndProblems {
  const orders: ParsedOrder[] = [];
  const problems: ImportProblem[] = [];
  for (const { command, line } of commandsOf(text)) {
    const order = orderOf(shellWords(command), line) ?? orderInBody(command, line);
    if (order) orders.push(order);
    else problems.push({ line, message: phrase("This curl command does not name an order.") });
  }
  return { orders, problems };
}

/** An order that JSON or another body names. */
function orderInBody(command: string, line: number): ParsedOrder | undefined {
  const [order] = readScriptOrders(command).orders;
  return order && { ...order, line };
}

function commandsOf(text: string): { command: string; line: number }[] {
  const lineAt = lineNumbers(text);
  const starts = [...commandStarts(text)];
  return starts.map((start, index) => ({
    command: text.slice(start, starts[index + 1]),
    line: lineAt(start),
  }));
}

function orderOf(words: readonly string[], line: number): ParsedOrder | undefined {
  const parameters: (readonly [string, string])[] = [];
  let url: string | undefined;
  for (const [index, word] of words.entries()) {
    const [option = "", attached] = split(word);
    const value = attached ?? words[index + 1] ?? "";
    if (PLAIN.has(option)) parameters.push(split(value, "name") as [string, string]);
    else if (DATA.has(option)) for (const parameter of new URLSearchParams(value)) parameters.push(parameter);
    else if (/^https?:\/\//i.test(word)) url = word;
  }
  const link = url === undefined ? undefined : readLink(url);
  for (const parameter of link?.searchParams ?? []) parameters.push(parameter);
  return orderInParameters(parameters, url === undefined ? undefined : productIn(url), line, link);
}

/** `--data=value` and `-dvalue`, or `name=value`. */
function split(word: string, what: "option" | "name" = "option"): [string, string | undefined] {
  if (what === "option" && /^-[dF]./.test(word)) return [word.slice(0, 2), word.slice(2)];
  if (what === "option" && !word.startsWith("--")) return [word, undefined];
  const at = word.indexOf("=");
  if (at < 0) return what === "name" ? [word, ""] : [word, undefined];
  return [word.slice(0, at), word.slice(at + 1)];
}

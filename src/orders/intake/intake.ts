import { mayShowParts } from "../../api/masking";
import { isCurl, readCurl } from "./curl";
import { excerptOf, type Findings, type FoundOrder, type IntakeProblem } from "./found";
import { isJson, readJson } from "./json";
import { MAX_INTAKE, MAX_INTAKE_ORDERS, MAX_PROBLEMS } from "./limits";
import { readLines } from "./lines";
import { fromQuotedPrintable, isMail, readMail } from "./mail";
import { readTable, rowsOf } from "./table";

/** What was made of a pasted text or file, to be shown before anything is added. */
export interface Intake {
  /** What the text was taken for. */
  readonly form: "empty" | "json" | "curl" | "table" | "mail" | "lines";
  /** Each order once, in the order of the text. */
  readonly orders: readonly FoundOrder[];
  /** Orders that were named again. */
  readonly repeated: number;
  readonly problems: readonly IntakeProblem[];
}

/**
 * Understands a text of any sort: lines, a table with or without headings, a collection e-mail, curl commands, links to
 * a portal, our own JSON. Never throws; what it cannot read is among the problems.
 */
export function understand(text: string): Intake {
  const isLong = text.length > MAX_INTAKE;
  // Never through a number.
  const cut = isLong ? text.slice(0, text.lastIndexOf("\n", MAX_INTAKE) + 1) : text;
  const [form, findings] = read(fromQuotedPrintable(cut.replace(/^\uFEFF/, "")));
  const orders = distinct(findings.orders);
  const problems = withExcerpts(findings.problems.slice(0, MAX_PROBLEMS), cut);
  if (isLong || orders.length > MAX_INTAKE_ORDERS) {
    problems.push({ line: 1, message: "This is more than is taken at once: the end was left out." });
  }
  const repeated = findings.orders.length - orders.length;
  return { form, orders: orders.slice(0, MAX_INTAKE_ORDERS), repeated, problems };
}

/** Problems that are shown with their part of the text. */
const MAX_EXCERPTS = 20;

function withExcerpts(problems: readonly IntakeProblem[], text: string): IntakeProblem[] {
  const shown = problems.some(({ excerpt }) => excerpt !== undefined) && mayShowParts(text) ? MAX_EXCERPTS : 0;
  return problems.map(({ line, message, excerpt }, index) => ({
    line,
    message,
    ...(excerpt !== undefined && index < shown && { excerpt: excerptOf(excerpt) }),
  }));
}

/** Each order once; what is said of it in several places comes together. */
function distinct(found: readonly FoundOrder[]): FoundOrder[] {
  const orders = new Map<string, FoundOrder>();
  for (const [index, order] of found.entries()) {
    const { reference, collectionCode } = order;
    // By collection code alone they are told apart by it; one without is an order of its own.
    const key =
      reference.kind === "collectionCode" ? `code ${collectionCode ?? index}` : `${reference.kind} ${reference.value}`;
    const before = orders.get(key);
    const isOther = before?.product !== undefined && order.product !== undefined && before.product !== order.product;
    if (isOther) orders.set(`${key} ${order.product}`, order);
    else orders.set(key, { ...order, ...before });
  }
  return [...orders.values()];
}

function read(text: string): [Intake["form"], Findings] {
  if (text.trim() === "") return ["empty", { orders: [], problems: [] }];
  if (isJson(text)) return ["json", readJson(text)];
  if (isCurl(text)) return ["curl", readCurl(text)];
  const rows = rowsOf(text);
  if (rows) {
    const table = readTable(rows);
    if (table.orders.length > 0) return ["table", table];
  }
  if (isMail(text)) {
    const mail = readMail(text);
    if (mail.orders.length > 0) return ["mail", mail];
  }
  return ["lines", readLines(text)];
}

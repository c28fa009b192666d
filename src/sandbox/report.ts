import type { SandboxAnswer } from "./answer";
import type { RequestParameters } from "./form-parameter";
import { orderWord, STATUS_CODES, statusWord } from "./order-words";
import { invalid, type Refusal } from "./refusals";
import { foreignNumber, organizationOf, reportRow } from "./report-row";
import type { SandboxOrder } from "./sandbox-order";
import { numberedRows, rawAnswer, urlAnswer, type SandboxRow } from "./service-answer";
import type { OrderLookup, SandboxRequest } from "./service-request";

/**
 * WebHostReport: the orders that pass all filters. noOfResults counts all of them, rows are
 * numberedRows from 1 in every answer, and both ends of a page belong to it. Without a page all of them are told.
 */
export function answerReport(request: SandboxRequest, orders: readonly SandboxOrder[]): SandboxAnswer | Refusal {
  const { given, account, now } = request;
  const bounds = page(given, account.firstRow ?? 1);
  if ("code" in bounds) return bounds;
  const wanted = filter(given, now);
  if ("code" in wanted) return wanted;
  const found = orders
    .filter(({ script, certificateIDs }) => wanted.names(script.orderNumber, certificateIDs))
    .map((order): OrderLookup => ({ order, script: order.script, look: order.look() }))
    .filter(wanted.passes);
  const statusesOnly = given.get("showStatusesOnly") === "Y";
  const countOnly = statusesOnly && given.get("firstResultNo") === "0" && given.get("lastResultNo") === "0";
  const shown = countOnly ? [] : found.slice(bounds.from, bounds.to);
  const rows = shown.map((lookup) => (statusesOnly ? statusRow(lookup, now) : reportRow(given, lookup, now)));
  return account.holding === "odd"
    ? oddlyWritten(found.length, rows)
    : urlAnswer(head(found.length, rows, numberedRows));
}

type NumberRows = typeof numberedRows;

function head(count: number, rows: readonly SandboxRow[], number: NumberRows): ReturnType<NumberRows> {
  return [["errorCode", 0], ["noOfResults", count], ...number(rows)];
}

/**
 * What real answers of the order API were seen with, all at once: lower case in errorCode, raw spaces, a gap in the
 * numbers, a row that comes twice, and an ampersand at the end.
 */
function oddlyWritten(count: number, rows: readonly SandboxRow[]): SandboxAnswer {
  const pairs = [...numberedRows(rows, (place) => 2 * place + 1), ...numberedRows(rows.slice(0, 1), () => 1)];
  const encoded = pairs.map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll("%20", " ")}&`);
  return rawAnswer(`errorcode=0&noOfResults=${count}&${encoded.join("")}`);
}

function statusRow({ script, look }: OrderLookup, now: number): SandboxRow {
  return {
    order: [
      ["orderNumber", script.orderNumber],
      ["orderStatus", orderWord(look, now)],
    ],
    items: [[["status", statusWord(look, now)]]],
  };
}

/** The slice of the list that is wanted. @param firstRow the index of its first row, which differs between accounts */
function page(given: RequestParameters, firstRow: number): { from: number; to: number } | Refusal {
  const first = Number(given.get("firstResultNo") ?? firstRow);
  const last = Number(given.get("lastResultNo") ?? Number.MAX_SAFE_INTEGER);
  if (last < first) return invalid("lastResultNo");
  return { from: Math.max(first - firstRow, 0), to: Math.max(last - firstRow + 1, 0) };
}

interface ReportFilter {
  /** Before anything else is looked at. */
  names(orderNumber: string, certificateIDs: readonly string[]): boolean;
  passes(this: void, lookup: OrderLookup): boolean;
}

function filter(given: RequestParameters, now: number): ReportFilter | Refusal {
  const list = (name: string): ReadonlySet<string> | undefined => {
    const value = given.get(name);
    return value === undefined ? undefined : new Set(value.split(","));
  };
  for (const name of ["orderNumber", "certificateID", "certificateStatusCode"]) {
    if (![...(list(name) ?? [])].every((one) => /^\d{1,20}$/.test(one))) return invalid(name);
  }
  const [orderNumbers, certificateIDs, foreign] = ["orderNumber", "certificateID", "foreignOrderNumber"].map(list);
  const codes = list("certificateStatusCode");
  const words = list("certificateStatusDesc") && new Set([...(list("certificateStatusDesc") ?? [])].map(folded));
  const placed = range(given, "notBefore", "notAfter");
  const expires = range(given, "expireNotBefore", "expireNotAfter");
  return {
    names: (orderNumber, ids) => {
      const isNamed = orderNumbers?.has(orderNumber) ?? true;
      const hasID = certificateIDs === undefined || ids.some((id) => certificateIDs.has(id));
      return isNamed && hasID && (foreign?.has(foreignNumber(orderNumber)) ?? true);
    },
    passes: ({ script, look }) => {
      const word = statusWord(look, now);
      const names = script.certificates[0]?.profile.dnsNames ?? [];
      const end = look.issued[0]?.notAfter;
      return (
        placed(look.placedAt) &&
        (expires.isOpen || (end !== undefined && expires(end))) &&
        (codes?.has(String(STATUS_CODES[word])) ?? true) &&
        (words?.has(folded(word)) ?? true) &&
        names.concat(names.length === 0 ? [""] : []).some((name) => matches(given.get("fqdn") ?? "%", name)) &&
        matches(given.get("organizationName") ?? "%", organizationOf(script))
      );
    },
  };
}

/** `caacheckfailed`, as the page writes a state. */
function folded(word: string): string {
  return word.toLowerCase().replaceAll(/[^a-z]/g, "");
}

/** Whether a time lies between two arguments in UNIX unixSeconds, both inclusive. @returns a test for epoch ms */
function range(given: RequestParameters, from: string, to: string): ((time: number) => boolean) & { isOpen: boolean } {
  const [least, most] = [given.get(from), given.get(to)];
  const within = (time: number): boolean => {
    return time >= Number(least ?? -Infinity) * 1000 && time <= Number(most ?? Infinity) * 1000;
  };
  return Object.assign(within, { isOpen: least === undefined && most === undefined });
}

/** `_` is one character and `%` many, in any case of letters. The work is bounded by the product of both lengths. */
function matches(pattern: string, text: string): boolean {
  const [wanted, given] = [pattern.toLowerCase(), text.toLowerCase()];
  let [at, place] = [0, 0];
  let star: readonly [at: number, place: number] | undefined;
  while (place < given.length) {
    if (wanted[at] === "%") {
      star = [at, place];
      at++;
    } else if (wanted[at] === "_" || (at < wanted.length && wanted[at] === given[place])) {
      at++;
      place++;
    } else if (star) {
      star = [star[0], star[1] + 1];
      [at, place] = [star[0] + 1, star[1]];
    } else {
      return false;
    }
  }
  return /^%*$/.test(wanted.slice(at));
}

import { spelledOut } from "../../certificates/names/spelled-out";
import { inRow, inWords, type Locale, type Localize } from "../../words/localize";
import { messageSaid } from "../../orders/model/said-message";
import type { ServedNote } from "../../orders/model/deployment";
import type { OrderId } from "../../orders/model/order";
import { serverPlaceWords } from "../../orders/model/server-place";
import type { TaskOutcome, WrittenFile } from "./collect-run";
import { allOf } from "../../words/phrase";

/** What became of an order that a repository lists with files. */
export interface OrderOutcome {
  readonly title: string;
  /** What the CA knows it by, in words. */
  readonly number: string;
  readonly order?: OrderId;
  /** `skipped`: the person left it out. */
  readonly result: "saved" | "current" | "failed" | "cancelled" | "skipped" | "not-ready";
  /** Why it was not saved: a sentence. */
  readonly why?: string;
  readonly files: readonly WrittenFile[];
  /** What was saved; SHA-256 in lower-case hex, epoch ms. */
  readonly certificate?: { readonly serialNumber: string; readonly sha256: string; readonly notAfter: number };
  /** The file of the workspace that has its private key, by its path there; empty if none was found. */
  readonly key?: string;
  readonly task?: TaskOutcome;
  readonly served?: readonly ServedNote[];
  readonly unproved?: string;
}

/** What was done with the orders of a file. */
export interface Collection {
  /** Epoch ms. */
  readonly at: number;
  /** The order file, by its path in the workspace. */
  readonly file: string;
  readonly orders: readonly OrderOutcome[];
}

/** Characters of a text of others. */
const MAX_TEXT = 300;

/**
 * What was done, in Markdown for a change ticket. Names, paths, messages: what others wrote stands in code spans, in
 * which CommonMark knows no links, HTML, mentions or headings (section 6.1). It has no secrets.
 */
export function changeSummary({ at, file, orders }: Collection, locale: Locale): string {
  const { localize } = locale;
  const isDone = ({ result }: OrderOutcome): boolean => result !== "skipped" && result !== "not-ready";
  const left = orders.filter((each) => !isDone(each));
  const reasons = left.map(({ title, number, why = "" }) => `- ${code(title)} (${code(number)}): ${code(why)}`);
  return [
    `# ${localize("Certificates of {0}", code(file))}`,
    "",
    `- ${localize("Time: {0}", utc(at))}`,
    `- ${localize("Result: {0}", countWords(orders, localize))}`,
    "",
    ...orders.filter(isDone).flatMap((each) => [...orderLines(each, locale), ""]),
    ...(left.length > 0 ? [`## ${localize("Not saved")}`, "", ...reasons, ""] : []),
  ].join("\n");
}

/** "3 saved, 1 failed": how many orders came to what, leaving out zeros. */
function countWords(orders: readonly OrderOutcome[], localize: Localize): string {
  const count = (result: OrderOutcome["result"]): number => orders.filter((each) => each.result === result).length;
  const counts: [number, string][] = [
    [count("saved"), localize("{0} saved", count("saved"))],
    [count("current"), localize("{0} already up to date", count("current"))],
    [count("failed"), localize("{0} failed", count("failed"))],
    [count("cancelled"), localize("{0} cancelled", count("cancelled"))],
    [count("skipped"), localize("{0} left out", count("skipped"))],
    [count("not-ready"), localize("{0} not ready", count("not-ready"))],
  ];
  const words = counts.filter(([many]) => many > 0).map(([, each]) => each);
  return words.length === 0 ? localize("nothing to do") : inRow(words, localize);
}

function orderLines(outcome: OrderOutcome, locale: Locale): readonly string[] {
  const { localize } = locale;
  const { title, number, files, certificate, key, task } = outcome;
  const lines = [
    localize("Result: {0}", resultWords(outcome, localize)),
    localize("Order: {0}", code(number)),
    ...(files.length > 0
      ? [
          localize(
            "Files: {0}",
            inRow(
              files.map((each) => fileWords(each, localize)),
              localize,
            ),
          ),
        ]
      : []),
    ...(certificate === undefined
      ? []
      : [
          localize("Serial number: {0}", code(certificate.serialNumber)),
          localize("SHA-256: {0}", code(colons(certificate.sha256))),
          localize("Valid until: {0}", utc(certificate.notAfter)),
        ]),
    ...(key === undefined ? [] : [keyWords(key, localize)]),
    ...(task === undefined ? [] : [taskWords(task, localize)]),
    ...servedLines(outcome, locale),
  ];
  return [`## ${code(title)}`, "", ...lines.map((line) => `- ${line}`)];
}

function resultWords({ result, why = "" }: OrderOutcome, localize: Localize): string {
  switch (result) {
    case "saved":
      return localize("saved");
    case "current":
      return localize("already up to date");
    case "cancelled":
      return localize("cancelled before it was saved; collect again");
    case "failed":
    case "skipped":
    case "not-ready":
      return localize("not saved: {0}", code(why));
  }
}

function fileWords({ path, wrote }: WrittenFile, localize: Localize): string {
  switch (wrote) {
    case "created":
      return localize("{0} (new)", code(path));
    case "replaced":
      return localize("{0} (replaced)", code(path));
    case "nothing":
      return localize("{0} (unchanged)", code(path));
  }
}

function keyWords(file: string, localize: Localize): string {
  return file === ""
    ? localize("Private key: none of the workspace was seen to belong to it")
    : localize("Private key: the one in {0} belongs to it", code(file));
}

function taskWords({ task, exitCode, why }: TaskOutcome, localize: Localize): string {
  if (why !== undefined) return localize("Task {0} did not run: {1}", code(task), code(why));
  if (exitCode === undefined) return localize("Task {0} ran, and how it ended is not known", code(task));
  return exitCode === 0
    ? localize("Task {0} ended with exit code 0", code(task))
    : localize("Task {0} failed with exit code {1}: look at its terminal, then run it again", code(task), exitCode);
}

function servedLines({ served = [], unproved }: OrderOutcome, locale: Locale): readonly string[] {
  const { localize } = locale;
  return [
    ...served.map((note) => servedWords(note, locale)),
    ...(unproved === undefined ? [] : [localize("Servers were not asked: {0}", code(unproved))]),
  ];
}

function servedWords({ place, since, addresses }: ServedNote, locale: Locale): string {
  const { localize } = locale;
  const server = code(serverPlaceWords(place));
  if (since !== undefined) return localize("{0} serves it since {1}", server, utc(since));
  const others = addresses.filter(({ state }) => state === "other").map(({ address }) => address);
  if (others.length > 0) {
    const places = allOf(others.flatMap((address) => (address === "" ? [] : code(address))));
    return localize("{0} serves another certificate ({1}): reload it, then check again", server, places);
  }
  const { message = "", ...rest } = addresses.find(({ state }) => state === "unreachable") ?? {};
  return localize("{0} did not answer: {1}", server, code(inWords(messageSaid({ message, ...rest }), locale)));
}

/** "2026-11-28 17:06 UTC": the same for every reader of a ticket. */
const utc = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;

const colons = (hex: string): string => (hex.toUpperCase().match(/../g) ?? []).join(":");

/** A text as a code span (CommonMark section 6.1): fenced by more backticks than it has in a row, in one line. */
function code(text: string): string {
  const short = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
  const line = spelledOut(short);
  if (line.trim() === "") return "—";
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = "`".repeat(longest + 1);
  const room = longest > 0 || /^ | $/.test(line) ? " " : "";
  return fence + room + line + room + fence;
}

import { compareStamps, stampOf, type JournalLine, type OrderEvent } from "./events";
import type { OrderId } from "../model/order";

/** What compaction does to lines. */
export interface Collapsed {
  /** The places (`line`) of redundant lines. */
  readonly dropped: ReadonlySet<string>;
  /** What replaces them. */
  readonly added: readonly Extract<OrderEvent, { type: "unchanged" }>[];
}

type Asked = Extract<JournalLine, { type: "asked" }>;
type Answered = Extract<JournalLine, { type: "answered" }>;
type Unchanged = Extract<JournalLine, { type: "unchanged" }>;

/**
 * Finds runs of equal answers: the first and last of each stay, those between become one "unchanged" with times and
 * count. The fold of the remaining lines is the same, since a line is only dropped if a later line of the same kind,
 * order and login replaces it, and a login's refusal or proof only if an equal one follows. The first of a login's
 * calls without an answer stays, whatever follows: it says since when they fail.
 */
export function collapse(lines: readonly JournalLine[]): Collapsed {
  const dropped = new Set<string>();
  const added: Extract<OrderEvent, { type: "unchanged" }>[] = [];
  for (const [id, ofOrder] of questionsByOrder(lines)) {
    for (const run of runsOf(ofOrder.questions)) {
      const middle = run.slice(1, -1);
      const first = run[0];
      const last = run.at(-1);
      if (!first || !last || middle.length === 0) continue;
      const before = ofOrder.unchanged.filter((line) => line.from >= first.answered.at && line.to <= last.answered.at);
      for (const line of before) dropped.add(line.line);
      for (const { asked, answered } of middle) dropped.add(asked.line).add(answered.line);
      const times = [...middle.map(({ answered }) => answered.at), ...before.flatMap((line) => [line.from, line.to])];
      const count = before.reduce((sum, line) => sum + line.count, middle.length);
      added.push({ type: "unchanged", id, from: Math.min(...times), to: Math.max(...times), count });
    }
  }
  for (const place of oldReports(lines)) dropped.add(place);
  return { dropped, added };
}

/**
 * Scheduled calls of a service about no order, and their good answers, of which there are dozens a day: those that a
 * later one with the same credential replaces, and of reports the last complete round and all that follow it.
 */
function* oldReports(lines: readonly JournalLine[]): Generator<string> {
  const sorted = lines.filter(isReportLine).sort((a, b) => compareStamps(stampOf(b), stampOf(a)));
  const completed = new Set<string>();
  const later = new Set<string>();
  for (const line of sorted) {
    const of = `${line.login}\n${line.credential ?? ""}\n${line.service}`;
    const isReplaced = line.type === "service-asked" || line.round === undefined || completed.has(of);
    if (isReplaced && later.has(`${of}\n${line.type}`)) yield line.line;
    later.add(`${of}\n${line.type}`);
    if (line.type === "service-answered" && line.round !== undefined && line.round.through === undefined)
      completed.add(of);
  }
}

type ReportLine = Extract<JournalLine, { type: "service-asked" | "service-answered" }>;

function isReportLine(line: JournalLine): line is ReportLine {
  if (line.type === "service-asked") return line.id === undefined && line.why === "schedule";
  return line.type === "service-answered" && line.id === undefined && line.outcome.kind === "answered" && line.proves;
}

interface Question {
  readonly asked: Asked;
  readonly answered: Answered;
}

function questionsByOrder(lines: readonly JournalLine[]) {
  const sorted = [...lines].sort((a, b) => compareStamps(stampOf(a), stampOf(b)));
  const orders = new Map<OrderId, { questions: Question[]; unchanged: Unchanged[]; open?: Asked | undefined }>();
  for (const line of sorted) {
    if (line.type !== "asked" && line.type !== "answered" && line.type !== "unchanged") continue;
    let ofOrder = orders.get(line.id);
    if (!ofOrder) orders.set(line.id, (ofOrder = { questions: [], unchanged: [] }));
    if (line.type === "unchanged") ofOrder.unchanged.push(line);
    if (line.type === "asked") ofOrder.open = line;
    if (line.type === "answered") {
      if (ofOrder.open) ofOrder.questions.push({ asked: ofOrder.open, answered: line });
      ofOrder.open = undefined;
    }
  }
  return orders;
}

/** Consecutive scheduled checks that got the same answer with nothing new in it. */
function runsOf(questions: readonly Question[]): Question[][] {
  const runs: Question[][] = [];
  let before: Question | undefined;
  for (const question of questions) {
    const run = runs.at(-1);
    if (run && before && isRepetition(question, before)) run.push(question);
    else runs.push([question]);
    before = question;
  }
  return runs;
}

function isRepetition({ asked, answered }: Question, before: Question): boolean {
  return (
    asked.why === "schedule" &&
    answered.failures !== 1 &&
    answered.detail === undefined &&
    answered.login === before.answered.login &&
    answered.credential === before.answered.credential &&
    answered.proves === before.answered.proves &&
    JSON.stringify(answered.outcome) === JSON.stringify(before.answered.outcome)
  );
}

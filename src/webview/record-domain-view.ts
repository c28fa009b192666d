import type { CheckResult, RecordsCaa, RecordsDomain, RecordToPublish, SeenAnswer, ShownCaa } from "./content";
import type { Drawing } from "./drawing";
import { el } from "./element";
import { markedText, spokenText } from "./marked-text";
import { rove } from "./roving";
import { fill } from "./strings";
import { toneMark } from "./summary-view";
import { textView } from "./text-view";

/** What is to be published for a domain, what is wrong with what is there, and who said so. */
export function domainBody(domain: RecordsDomain, drawing: Drawing): readonly Node[] {
  const { method, standings, findings, records, seen, caa } = domain;
  return [
    ...(method === undefined ? [] : [el("p", { class: "muted" }, words(method, drawing))]),
    ...(standings.length === 0 ? [] : [sentencesView(standings, drawing)]),
    ...(findings.length === 0 ? [] : [sentencesView(findings, drawing)]),
    ...records.flatMap((record) => recordView(record, domain.domain, drawing)),
    ...(seen.length === 0 ? [] : [answersView(seen, domain.domain, drawing)]),
    ...(caa === undefined ? [] : caaView(caa, domain.domain, drawing)),
  ];
}

const words = (text: string, drawing: Drawing): HTMLElement => textView(markedText(text), drawing);

/** Sentences with their tones, each with its next step. */
export function sentencesView(
  results: readonly (CheckResult & { readonly next?: string })[],
  drawing: Drawing,
): HTMLElement {
  return el(
    "ul",
    { class: "sentences" },
    ...results.map((result) =>
      el(
        "li",
        { class: result.tone },
        toneMark(result.tone, drawing.strings),
        el(
          "span",
          {},
          words(result.words, drawing),
          result.next === undefined || result.next === ""
            ? undefined
            : el("span", { class: "next" }, words(result.next, drawing)),
        ),
      ),
    ),
  );
}

/** A record: its fields, each with its own Copy, and the whole as a line of a zone file. */
function recordView(
  { title, notes, fields, line }: RecordToPublish,
  domain: string,
  drawing: Drawing,
): readonly Node[] {
  const list = el(
    "dl",
    {},
    ...fields.map(({ label, value }) => fieldView(label, value, domain, drawing)),
    line === undefined ? undefined : fieldView(drawing.strings.recordLine, line, domain, drawing),
  );
  rove(list);
  return [
    el("h4", {}, words(title, drawing)),
    ...(fields.length === 0 ? [] : [list]),
    ...notes.map((note) => el("p", { class: "muted" }, words(note, drawing))),
  ];
}

function fieldView(label: string, value: string, domain: string, drawing: Drawing): HTMLElement {
  const { copier, strings } = drawing;
  const name = fill(strings.recordField, spoken(label, drawing), spoken(domain, drawing));
  const lines = value.split("\n").map((line) => words(line, drawing));
  const [only] = lines;
  const shown = el(
    "span",
    { class: "mono" },
    ...(lines.length === 1 ? [only] : lines.map((line) => el("span", { class: "contents" }, line))),
  );
  return el(
    "div",
    { class: "row" },
    el("dt", {}, words(label, drawing)),
    el("dd", {}, copier.copyable(shown, { what: name, text: () => value })),
  );
}

const spoken = (text: string, { strings }: Drawing): string => spokenText(markedText(text), strings);

/** A table of what each server said, below the question that it was asked. */
function answersView(seen: readonly SeenAnswer[], domain: string, drawing: Drawing): HTMLElement {
  const { strings } = drawing;
  return el(
    "table",
    {},
    el("caption", {}, fill(strings.recordAnswers, spoken(domain, drawing))),
    headings(strings.recordServer, strings.recordAnswer),
    ...questionsOf(seen).map(([question, answers]) =>
      el(
        "tbody",
        {},
        el("tr", {}, el("th", { scope: "rowgroup", colspan: 2, class: "mono" }, words(question, drawing))),
        ...answers.map((answer) =>
          el(
            "tr",
            {},
            el("th", { scope: "row" }, words(answer.server, drawing)),
            el(
              "td",
              { class: answer.tone },
              el("span", { class: "answer" }, toneMark(answer.tone, strings), words(answer.words, drawing)),
            ),
          ),
        ),
      ),
    ),
  );
}

const headings = (...titles: readonly string[]): HTMLElement =>
  el("thead", {}, el("tr", {}, ...titles.map((title) => el("th", { scope: "col" }, title))));

/** The answers by their questions, in the order in which these come first. */
function questionsOf(seen: readonly SeenAnswer[]): readonly (readonly [string, readonly SeenAnswer[]])[] {
  const questions = new Map<string, SeenAnswer[]>();
  for (const answer of seen) questions.set(answer.question, [...(questions.get(answer.question) ?? []), answer]);
  return [...questions];
}

function caaView({ set, add, seen, ...verdict }: RecordsCaa, domain: string, drawing: Drawing): readonly Node[] {
  return [
    el("h4", {}, drawing.strings.caa),
    sentencesView([verdict], drawing),
    ...(set === undefined || set.records.length === 0 ? [] : [caaTable(set.title, set.records, drawing)]),
    ...(seen.length === 0 ? [] : [answersView(seen, domain, drawing)]),
    ...add.flatMap((record) => recordView(record, domain, drawing)),
  ];
}

function caaTable(title: string, records: readonly ShownCaa[], drawing: Drawing): HTMLElement {
  const { strings } = drawing;
  return el(
    "table",
    { class: "caa" },
    el("caption", {}, words(title, drawing)),
    headings(strings.caaFlags, strings.caaTag, strings.caaValue),
    el(
      "tbody",
      {},
      ...records.map(({ flags, tag, value }) =>
        el("tr", {}, ...[flags, tag, value].map((cell) => el("td", { class: "mono" }, words(cell, drawing)))),
      ),
    ),
  );
}

import type { Localize } from "../../words/localize";
import {
  MAX_FACTS,
  MAX_HISTORY,
  MAX_NOTES,
  MAX_REPORTS,
  MAX_RESULTS,
  MAX_SENTENCE,
  MAX_STEPS,
  MAX_WORDS,
  type CardStep,
  type CheckReport,
  type CheckResult,
  type Content,
  type Fact,
  type OrderCard,
  type RecordsCard,
  type RecordsDomain,
  type RecordToPublish,
  type SaidStep,
  type SeenAnswer,
  type ValidationCard,
} from "../../webview/protocol";

/**
 * Content within the page's limits: texts from the CA, certificates and files are shortened with an ellipsis, and
 * lists end with how many more there are. The page would otherwise reject all of it. Details are bounded where they
 * are made.
 */
export function boundContent(content: Content, localize: Localize): Content {
  const { title, order, records, checks } = content;
  return {
    ...content,
    ...(title !== undefined && { title: cut(title, MAX_WORDS) }),
    ...(order !== undefined && { order: boundCard(order, localize) }),
    ...(records !== undefined && { records: boundRecords(records, localize) }),
    ...(checks !== undefined && { checks: checks.slice(-MAX_REPORTS).map((report) => boundReport(report, localize)) }),
  };
}

/** A sentence for the page. */
export const boundSentence = (text: string): string => cut(text, MAX_SENTENCE);

function boundCard(card: OrderCard, localize: Localize): OrderCard {
  const { title, heading, state, facts, steps, validation, history } = card;
  const more = (left: number) => localize("Not shown here: {0} more.", left);
  return {
    title: cut(title, MAX_WORDS),
    ...(heading !== undefined && { heading: cut(heading, MAX_WORDS) }),
    state: { ...state, words: cut(state.words, MAX_WORDS) },
    facts: first<Fact>(facts, MAX_FACTS, (left) => ({ kind: "text", label: "…", text: more(left) })).map(boundFact),
    steps: first<CardStep>(steps, MAX_STEPS, (left) => ({ title: "…", state: "not-needed", next: more(left) })).map(
      (step) => {
        return { ...step, title: cut(step.title, MAX_WORDS), next: boundSentence(step.next) };
      },
    ),
    ...(validation !== undefined && { validation: boundValidation(validation, localize) }),
    history: history.slice(0, MAX_HISTORY).map((entry) => ({ ...entry, words: boundSentence(entry.words) })),
  };
}

function boundValidation({ at, steps, domains, notes }: ValidationCard, localize: Localize): ValidationCard {
  const more = (left: number) => localize("Not shown here: {0} more.", left);
  const said = (all: readonly SaidStep[]) =>
    first<SaidStep>(all, MAX_STEPS, (left) => ({ title: "…", status: "", description: more(left) })).map((step) => ({
      ...step,
      title: cut(step.title, MAX_WORDS),
      status: cut(step.status, MAX_WORDS),
      description: boundSentence(step.description),
    }));
  return { at, steps: said(steps), domains: said(domains), notes: first(notes, MAX_NOTES, more).map(boundSentence) };
}

function boundFact(fact: Fact): Fact {
  const label = cut(fact.label, MAX_WORDS);
  return fact.kind === "text" ? { ...fact, label, text: boundSentence(fact.text) } : { ...fact, label };
}

function boundReport({ title, from, results, ...report }: CheckReport, localize: Localize): CheckReport {
  const more = (left: number) => ({ tone: "none" as const, words: localize("Not shown here: {0} more.", left) });
  return {
    ...report,
    title: cut(title, MAX_WORDS),
    ...(from !== undefined && { from: cut(from, MAX_WORDS) }),
    results: first(results, MAX_RESULTS, more).map(boundResult),
  };
}

function boundRecords(card: RecordsCard, localize: Localize): RecordsCard {
  const { heading, request, progress, asked, domains, limits } = card;
  const more = (left: number) => localize("Not shown here: {0} more.", left);
  const rest = (left: number): RecordsDomain => ({
    ...{ domain: "…", state: { tone: "none", words: more(left) } },
    ...{ standings: [], records: [], findings: [], seen: [] },
  });
  return {
    ...card,
    heading: cut(heading, MAX_WORDS),
    request: first(request, MAX_RESULTS, (left) => ({ tone: "none" as const, words: more(left) })).map(boundResult),
    ...(progress !== undefined && { progress: cut(progress, MAX_WORDS) }),
    ...(asked !== undefined && { asked: boundSentence(asked) }),
    domains: first(domains, MAX_STEPS, rest).map((domain) => boundDomain(domain, more)),
    limits: first(limits, MAX_NOTES, more).map(boundSentence),
  };
}

function boundDomain(domain: RecordsDomain, more: (left: number) => string): RecordsDomain {
  const { method, caa, ...rest } = domain;
  const words = (left: number) => ({ tone: "none" as const, words: more(left) });
  const answers = (seen: readonly SeenAnswer[]) =>
    first<SeenAnswer>(seen, MAX_RESULTS, (left) => ({ ...words(left), server: "…", question: "…" })).map((answer) => ({
      ...boundResult(answer),
      server: boundSentence(answer.server),
      question: boundSentence(answer.question),
    }));
  return {
    ...rest,
    domain: cut(domain.domain, MAX_WORDS),
    state: boundResult(domain.state),
    ...(method !== undefined && { method: cut(method, MAX_WORDS) }),
    standings: first(domain.standings, MAX_RESULTS, words).map(boundResult),
    records: whole(domain.records),
    findings: first(domain.findings, MAX_RESULTS, (left) => ({ ...words(left), next: "" })).map((finding) => ({
      ...boundResult(finding),
      next: boundSentence(finding.next),
    })),
    seen: answers(domain.seen),
    ...(caa !== undefined && {
      caa: {
        ...boundResult(caa),
        ...(caa.set !== undefined && {
          set: {
            title: boundSentence(caa.set.title),
            records: first(caa.set.records, MAX_RESULTS, (left) => ({ flags: "…", tag: "…", value: more(left) })).map(
              ({ flags, tag, value }) => ({ flags, tag: boundSentence(tag), value: boundSentence(value) }),
            ),
          },
        }),
        add: whole(caa.add),
        seen: answers(caa.seen),
      },
    }),
  };
}

/** Records that fit as they are: one that was cut would be published like that. */
function whole(records: readonly RecordToPublish[]): readonly RecordToPublish[] {
  const fits = ({ fields, line = "" }: RecordToPublish): boolean =>
    line.length <= MAX_SENTENCE &&
    fields.length <= MAX_FACTS &&
    fields.every(({ value }) => value.length <= MAX_SENTENCE);
  return records
    .filter(fits)
    .slice(0, MAX_RESULTS)
    .map((record) => ({
      ...record,
      title: cut(record.title, MAX_WORDS),
      notes: record.notes.slice(0, MAX_NOTES).map(boundSentence),
      fields: record.fields.map(({ label, value }) => ({ label: cut(label, MAX_WORDS), value })),
    }));
}

const boundResult = <T extends CheckResult>(result: T): T => ({ ...result, words: boundSentence(result.words) });

/** The first items of a list; if there are more, the last item says so. */
function first<T>(items: readonly T[], most: number, more: (left: number) => T): readonly T[] {
  return items.length <= most ? items : [...items.slice(0, most - 1), more(items.length - most + 1)];
}

/** Never splits a surrogate pair. */
function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

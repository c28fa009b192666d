import { detailsShape } from "./details-shape";
import {
  ACTIONS,
  type Action,
  type CardStep,
  type CheckReport,
  type CheckResult,
  type Content,
  type Fact,
  type HistoryEntry,
  type OrderCard,
  type RecordsCaa,
  type RecordsCard,
  type RecordsDomain,
  type RecordToPublish,
  type SeenAnswer,
  type ShownCaa,
  type SaidStep,
  type ValidationCard,
} from "./content";
import {
  MAX_FACTS,
  MAX_HISTORY,
  MAX_NOTES,
  MAX_REPORTS,
  MAX_RESULTS,
  MAX_SENTENCE,
  MAX_SOURCE,
  MAX_STEPS,
  MAX_WORDS,
} from "./limits";
import { list, oneOf, optional, record, text, textLike, time, variants, type Shape } from "../shape/shape";
import { ENGLISH_STRINGS, type Strings } from "./strings";
import { MAX_ID, type ToPage } from "./protocol";

const words = text(MAX_WORDS);
const sentence = text(MAX_SENTENCE);
const tone = oneOf("good", "attention", "bad", "none");

const stepState = oneOf("done", "you", "ca", "rejected", "not-needed");

const saidSteps = list(
  record<SaidStep>({ title: words, status: words, state: optional(stepState), description: sentence }),
  MAX_STEPS,
);

const orderShape = record<OrderCard>({
  title: words,
  heading: optional(words),
  state: record<OrderCard["state"]>({ tone, words }),
  facts: list(
    variants<Fact, "kind">("kind", {
      text: record({ kind: oneOf("text"), label: words, text: sentence }),
      time: record({ kind: oneOf("time"), label: words, at: time }),
    }),
    MAX_FACTS,
  ),
  steps: list(
    record<CardStep>({
      title: words,
      state: stepState,
      next: sentence,
    }),
    MAX_STEPS,
  ),
  validation: optional(
    record<ValidationCard>({ at: time, steps: saidSteps, domains: saidSteps, notes: list(sentence, MAX_NOTES) }),
  ),
  history: list(record<HistoryEntry>({ at: time, words: sentence }), MAX_HISTORY),
});

const result = record<CheckResult>({ tone, words: sentence });
const seenAnswers = list(
  record<SeenAnswer>({ tone, words: sentence, server: sentence, question: sentence }),
  MAX_RESULTS,
);
const recordToPublish = record<RecordToPublish>({
  title: words,
  notes: list(sentence, MAX_NOTES),
  fields: list(record<RecordToPublish["fields"][number]>({ label: words, value: sentence }), MAX_FACTS),
  line: optional(sentence),
});
const caa = record<RecordsCaa>({
  ...{ tone, words: sentence },
  set: optional(
    record<NonNullable<RecordsCaa["set"]>>({
      title: sentence,
      records: list(record<ShownCaa>({ flags: words, tag: sentence, value: sentence }), MAX_RESULTS),
    }),
  ),
  add: list(recordToPublish, MAX_RESULTS),
  seen: seenAnswers,
});
const actions = list(record<Action>({ id: oneOf(...ACTIONS), label: words }), ACTIONS.length);

const recordsShape = record<RecordsCard>({
  heading: words,
  request: list(result, MAX_RESULTS),
  progress: optional(words),
  at: optional(time),
  asked: optional(sentence),
  domains: list(
    record<RecordsDomain>({
      domain: words,
      state: result,
      method: optional(words),
      standings: list(result, MAX_RESULTS),
      records: list(recordToPublish, MAX_RESULTS),
      findings: list(record<RecordsDomain["findings"][number]>({ tone, words: sentence, next: sentence }), MAX_RESULTS),
      seen: seenAnswers,
      caa: optional(caa),
    }),
    MAX_STEPS,
  ),
  limits: list(sentence, MAX_NOTES),
  actions,
});

const checkReport = record<CheckReport>({
  title: words,
  at: optional(time),
  from: optional(words),
  results: list(result, MAX_RESULTS),
});

// The table is the list of keys, and each of them must have a text.
const stringsShape = record<Strings>(
  Object.fromEntries(Object.keys(ENGLISH_STRINGS).map((key) => [key, words])) as Record<keyof Strings, Shape<string>>,
);

const contentShape = record<Content>({
  source: text(MAX_SOURCE),
  title: optional(words),
  order: optional(orderShape),
  details: optional(detailsShape),
  records: optional(recordsShape),
  checks: optional(list(checkReport, MAX_REPORTS)),
  actions,
  strings: stringsShape,
  locale: textLike(/^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/, 50),
});

/** Whether a message from the editor is valid in every field that the page reads. */
export const isToPage: Shape<ToPage> = variants<ToPage, "type">("type", {
  show: record({ type: oneOf("show"), content: contentShape }),
  select: record({ type: oneOf("select"), object: text(MAX_ID) }),
  failed: record({ type: oneOf("failed"), message: sentence }),
  copyFailed: record({ type: oneOf("copyFailed"), message: sentence }),
});

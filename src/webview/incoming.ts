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
} from "./content";
import { list, oneOf, optional, record, text, textLike, time, variants, type Shape } from "./shape";
import { ENGLISH_STRINGS, type Strings } from "./strings";
import type { ToPage } from "./protocol";

/** Characters of a label or a word of the editor's. */
const MAX_WORDS = 1000;
const words = text(MAX_WORDS);
/** A sentence, or a value in an order's facts. */
const sentence = text(10_000);
const tone = oneOf("good", "attention", "bad", "none");

const orderShape = record<OrderCard>({
  title: words,
  state: record<OrderCard["state"]>({ tone, words }),
  facts: list(
    variants<Fact, "kind">("kind", {
      text: record({ kind: oneOf("text"), label: words, text: sentence }),
      time: record({ kind: oneOf("time"), label: words, at: time }),
    }),
    100,
  ),
  steps: list(
    record<CardStep>({
      title: words,
      state: oneOf("done", "you", "ca", "rejected", "not-needed"),
      next: sentence,
    }),
    1000,
  ),
  history: list(record<HistoryEntry>({ at: time, words: sentence }), 1000),
});

const checkReport = record<CheckReport>({
  title: words,
  at: optional(time),
  results: list(record<CheckResult>({ tone, words: sentence }), 100),
});

// The table is the list of keys: each of them has a text.
const stringsShape = record<Strings>(
  Object.fromEntries(Object.keys(ENGLISH_STRINGS).map((key) => [key, words])) as Record<keyof Strings, Shape<string>>,
);

const contentShape = record<Content>({
  source: text(4096),
  order: optional(orderShape),
  details: optional(detailsShape),
  checks: optional(list(checkReport, 20)),
  actions: list(record<Action>({ id: oneOf(...ACTIONS), label: words }), ACTIONS.length),
  strings: stringsShape,
  locale: textLike(/^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/, 50),
});

/** Whether a message of the editor is one, in every field that the page reads. */
export const isToPage: Shape<ToPage> = variants<ToPage, "type">("type", {
  show: record({ type: oneOf("show"), content: contentShape }),
  failed: record({ type: oneOf("failed"), message: sentence }),
  copyFailed: record({ type: oneOf("copyFailed"), message: sentence }),
});

// What the editor and the details page say to each other: the one file of this room that the editor imports.
import { ACTIONS, type ActionId, type Content } from "./content";
import { MAX_SOURCE, MAX_WORDS } from "./limits";
import { integer, list, oneOf, optional, record, text, variants, type Shape } from "../shape/shape";

export { ACTIONS } from "./content";
export {
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
export type {
  Action,
  ActionId,
  CardStep,
  CardStepState,
  CheckReport,
  CheckResult,
  Content,
  Fact,
  HistoryEntry,
  OrderCard,
  RecordsCaa,
  RecordsCard,
  RecordsDomain,
  RecordToPublish,
  SeenAnswer,
  SaidStep,
  ValidationCard,
} from "./content";
export { pageHtml, type PageHtml } from "./page-html";
export { ENGLISH_STRINGS, type Strings } from "./strings";

/**
 * `show` replaces the content; `select` chooses one of its objects, as a click would; `failed` shows an
 * error instead; `copyFailed` answers a `copy` that did not reach the clipboard.
 */
export type ToPage =
  | { readonly type: "show"; readonly content: Content }
  | { readonly type: "select"; readonly object: string }
  | { readonly type: "failed"; readonly message: string }
  | { readonly type: "copyFailed"; readonly message: string };

/** The page says `ready` when it loads, and again after each reload; it shows nothing before the first answer. */
export type FromPage =
  | { readonly type: "ready" }
  | { readonly type: "copy"; readonly text: string }
  | { readonly type: "action"; readonly id: ActionId }
  /** An object of {@link Content.details} was selected. */
  | { readonly type: "select"; readonly object: string };

/** The most characters that the page copies at once. */
export const MAX_COPY = 4 * 1024 * 1024;
/** Characters of an object's id: a SHA-256 in hex has 64. */
export const MAX_ID = 200;

export const isFromPage: Shape<FromPage> = variants<FromPage, "type">("type", {
  ready: record({ type: oneOf("ready") }),
  copy: record({ type: oneOf("copy"), text: text(MAX_COPY) }),
  action: record({ type: oneOf("action"), id: oneOf(...ACTIONS) }),
  select: record({ type: oneOf("select"), object: text(MAX_ID) }),
});

/** What the page keeps across a reload; the editor's serializer receives it. */
export interface PageState {
  /** {@link Content.source} */
  readonly source: string;
  /** The selected object. */
  readonly object?: string;
  readonly filter?: string;
  /** Whether a person closed or opened the order above its certificates. */
  readonly orderClosed?: boolean;
  /** Domains whose records a person closed or opened. */
  readonly folds?: readonly DomainFold[];
  /** Closed sections, by their id. */
  readonly closed: readonly string[];
  /** Pixels from the top. */
  readonly scroll: number;
}

export interface DomainFold {
  readonly domain: string;
  readonly closed: boolean;
}

/** The most folds that a page keeps. */
export const MAX_FOLDS = 200;

export const isPageState: Shape<PageState> = record<PageState>({
  source: text(MAX_SOURCE),
  object: optional(text(MAX_ID)),
  filter: optional(text(1000)),
  orderClosed: optional(oneOf(true, false)),
  folds: optional(list(record<DomainFold>({ domain: text(MAX_WORDS), closed: oneOf(true, false) }), MAX_FOLDS)),
  closed: list(text(MAX_ID), 1000),
  scroll: integer(0, 1e9),
});

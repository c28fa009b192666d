import type { Locale } from "../../words/localize";
import type { PhraseValue } from "../../words/phrase";
import type { CtLogList } from "../transparency/log-list";
import type { TransparencyReports } from "../transparency/report";
import type { Finding } from "../finding";
import type { Outlook } from "../hierarchy/outlook";
import type { PictureBudget } from "../pictures/picture";
import type { Certificate } from "../x509/certificate";
import type { Sayable } from "./draft";
import type { RevocationFact } from "./verdict";

/** The root at the end of the leaf's path. */
export interface PathRoot {
  readonly certificate: Certificate;
  /** Whether it is in one of the lists, or its path leads to such a root in another way. */
  readonly known: boolean;
  /** Whose lists of which date, inside a sentence. */
  readonly lists: PhraseValue;
}

/** What is known of the leaf from elsewhere than its bytes. Sentences; a text is in the reader's language already. */
export interface Elsewhere {
  /** `reported`: a report on the page says it. */
  readonly revocation?: RevocationFact & { readonly reported?: boolean };
  /** What is wrong with it, according to comparisons and to servers. */
  readonly faults?: readonly Sayable[];
  /** What to look at. */
  readonly remarks?: readonly Sayable[];
}

export interface DetailsOptions {
  /** The reader's language; English by default. */
  readonly locale?: Locale;
  /** Epoch ms, for statements about validity. */
  readonly now: number;
  /** What the checks found out, by SHA-256 of the certificate in lower-case hex. */
  readonly findings?: ReadonlyMap<string, readonly Finding[]>;
  /** Names Certificate Transparency logs: see `loadCtLogs`. */
  readonly logs?: CtLogList;
  /** What the checks found out about timestamps of the logs. */
  readonly transparency?: TransparencyReports;
  /**
   * Of the order that the leaf belongs to: how long it is paid for, which may be longer than the certificate is valid.
   * Epoch ms.
   */
  readonly productTerm?: { readonly start?: number; readonly end?: number };
  /** Where the leaf's path ends; absent if that was not looked at, or if it does not reach a root. */
  readonly root?: PathRoot;
  /** Of the leaf: its ways to a root, and what becomes of them. */
  readonly outlook?: Outlook;
  readonly elsewhere?: Elsewhere;
  /**
   * Whether the whole structure of each certificate is shown as a tree of ASN.1, as is always done for objects that
   * cannot be decoded.
   */
  readonly structure?: boolean;
  /** The budget for pictures where several objects share a page; if absent, each has its own. */
  readonly pictures?: PictureBudget;
}

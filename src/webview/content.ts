import type { DetailsPage, Tone } from "../certificates/details/page";
import type { Strings } from "./strings";

/** What the page shows: an order, certificates, or both. */
export interface Content {
  /**
   * What the editor needs to create this content again after a reload, for example an order's id or a file's URI;
   * nothing secret. The page keeps it in its state and does not read it.
   */
  readonly source: string;
  /** What the document is called from now on; absent if it keeps its name. */
  readonly title?: string;
  readonly order?: OrderCard;
  readonly details?: DetailsPage;
  /** Comparisons and online checks, in the order in which they are shown. */
  readonly checks?: readonly CheckReport[];
  /** Buttons below the headline; the first is the main one. */
  readonly actions: readonly Action[];
  readonly strings: Strings;
  /** BCP 47 tag of the user's language, for dates and numbers. */
  readonly locale: string;
}

/** An order in the user's language. */
export interface OrderCard {
  /** The name that the row has, for a page without certificates: "www.example.com". */
  readonly title: string;
  /** The heading beside certificates, whose name the page has already: "Order 1234567". If absent, `title` is. */
  readonly heading?: string;
  readonly state: { readonly tone: Tone; readonly words: string };
  /** Product, order number, account, last check, next check, paid term … */
  readonly facts: readonly Fact[];
  /** In the order in which a person works through them. */
  readonly steps: readonly CardStep[];
  /** What the CA's services said of its validation; absent if nobody asked them. */
  readonly validation?: ValidationCard;
  /** Latest first. */
  readonly history: readonly HistoryEntry[];
}

/** `at`: epoch ms; the page shows local time and UTC. */
export type Fact =
  | { readonly kind: "text"; readonly label: string; readonly text: string }
  | { readonly kind: "time"; readonly label: string; readonly at: number };

/** Who must act: `you`, `ca`, or nobody. */
export type CardStepState = "done" | "you" | "ca" | "rejected" | "not-needed";

export interface CardStep {
  readonly title: string;
  readonly state: CardStepState;
  /** What to do next, one sentence; empty when there is nothing to do. */
  readonly next: string;
}

/** What the CA waits for, in the CA's own words. */
export interface ValidationCard {
  /** When it was said. Epoch ms. */
  readonly at: number;
  readonly steps: readonly SaidStep[];
  /** For each domain, how its control is to be shown. */
  readonly domains: readonly SaidStep[];
  /** Further facts, a sentence each. */
  readonly notes: readonly string[];
}

/** A step, or a domain, as the CA calls it. */
export interface SaidStep {
  readonly title: string;
  /** The CA's words for how far it is. */
  readonly status: string;
  /** What these mean; absent if we do not know. */
  readonly state?: CardStepState;
  /** What the CA says about it; empty if nothing. */
  readonly description: string;
}

export interface HistoryEntry {
  /** Epoch ms. */
  readonly at: number;
  readonly words: string;
}

/** A comparison, or a server's answer, in addition to what the certificates say themselves. */
export interface CheckReport {
  readonly title: string;
  /** When the server was asked. Epoch ms; absent for a comparison. */
  readonly at?: number;
  readonly results: readonly CheckResult[];
}

export interface CheckResult {
  /** `none`: nothing to judge, for example nothing to compare with. */
  readonly tone: Tone;
  /** A sentence; parts of it may come from certificates and servers. */
  readonly words: string;
}

/**
 * What the page can ask the editor to do: each is a command of the extension, with what the page shows as its
 * argument.
 */
export const ACTIONS = [
  "collect",
  "checkOrder",
  "whatTheCaWaitsFor",
  "resendValidationMail",
  "retryCaaCheck",
  "openCertificate",
  "saveAs",
  "saveAgain",
  "compareWithPrevious",
  "watchAgain",
  "stopWatching",
  "editAccount",
  "changeAccount",
  "changeProduct",
  "changePassword",
  "enterCode",
  "checkRevocation",
  "findIssuers",
  "compareWithHost",
  "showLog",
  /** For a PKCS #12 file: asks for its password. */
  "unlock",
] as const;

export type ActionId = (typeof ACTIONS)[number];

export interface Action {
  readonly id: ActionId;
  readonly label: string;
}

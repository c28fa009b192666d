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
  /** What is to be published so that the CA can check control of the domains. */
  readonly records?: RecordsCard;
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

/** What is to be published so that the CA can check control of domains, what of it is there, and what CAA says. */
export interface RecordsCard {
  /** "What blocks this order", or "Validation records" of a request without an order. */
  readonly heading: string;
  /** Which request the records are for, or that none is chosen yet. */
  readonly request: readonly CheckResult[];
  /** "Checking: 3 of 100" while the servers are being asked. */
  readonly progress?: string;
  /** When the servers were asked. Epoch ms; absent before. */
  readonly at?: number;
  /** Who was asked, from where. */
  readonly asked?: string;
  readonly domains: readonly RecordsDomain[];
  /** What cannot be known from here, a sentence each. */
  readonly limits: readonly string[];
  readonly actions: readonly Action[];
}

export interface RecordsDomain {
  readonly domain: string;
  /** By the CA where it says so, else as far as this machine sees. */
  readonly state: CheckResult;
  /** "by a CNAME record", where it is known. */
  readonly method?: string;
  /** What is in place of each way to show control, as far as this machine sees. */
  readonly standings: readonly CheckResult[];
  /** What to publish: the record, the file. */
  readonly records: readonly RecordToPublish[];
  /** What is wrong and what to do, what stops the order first. */
  readonly findings: readonly (CheckResult & { readonly next: string })[];
  /** The answer of each server. */
  readonly seen: readonly SeenAnswer[];
  readonly caa?: RecordsCaa;
}

/** What CAA says of a domain. */
export interface RecordsCaa extends CheckResult {
  /** The set that counts. */
  readonly set?: { readonly title: string; readonly records: readonly ShownCaa[] };
  /** What would allow the CA to issue. */
  readonly add: readonly RecordToPublish[];
  /** What each server said, where that differs or is missing. */
  readonly seen: readonly SeenAnswer[];
}

/** A CAA record as published, its flags as a number. */
export interface ShownCaa {
  readonly flags: string;
  readonly tag: string;
  readonly value: string;
}

export interface RecordToPublish {
  /** "CNAME record", "File for the web root". */
  readonly title: string;
  /** How to enter it, a sentence each. */
  readonly notes: readonly string[];
  /** Host, type, value …, each to be copied apart. A value may have several lines. */
  readonly fields: readonly { readonly label: string; readonly value: string }[];
  /** The whole record as a line of a zone file; absent for a file. */
  readonly line?: string;
}

export interface SeenAnswer extends CheckResult {
  /** The server: "192.0.2.53", "ns1.example.com (192.0.2.1)". */
  readonly server: string;
  /** "CNAME _5db0….example.com", "http://www.example.com/…". */
  readonly question: string;
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
  /** From which machine, with "from"; absent where it is the person's own, and for a comparison. */
  readonly from?: string;
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
  "checkRecords",
  "chooseRequest",
  "saveValidationFile",
  "watchRecords",
  "stopWatchingRecords",
  "checkHosts",
  "setHosts",
  "watchHosts",
  "stopWatchingHosts",
  "openCertificate",
  "saveAs",
  "saveAgain",
  "runTask",
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
  /** Save As of the chain that the page calls better. */
  "saveChain",
  /** For a PKCS #12 file: asks for its password. */
  "unlock",
] as const;

export type ActionId = (typeof ACTIONS)[number];

export interface Action {
  readonly id: ActionId;
  readonly label: string;
}

import type { Phrase } from "../../words/phrase";
import type { NotUnderstood, StepState } from "../result";

/**
 * What an answer of a service means. Its texts are masked and bounded; each is the CA's and never a sentence of ours.
 */
export type ServiceResult =
  | { readonly kind: "report"; readonly report: OrderReport }
  | { readonly kind: "validation"; readonly validation: OrderValidation }
  /** The CA did what it was asked to do. */
  | { readonly kind: "done"; readonly message: string }
  | ServiceRefused
  | ServiceUnknown
  | ServiceNotUnderstood;

/** The server does not have the service (HTTP 404, 410): another host, or not a service of this CA. */
export interface ServiceUnknown {
  readonly kind: "unknown-service";
  readonly httpStatus: number;
  /** One sentence for a person with what to do next. */
  readonly seen: Phrase;
}

/** A negative code. */
export interface ServiceRefused {
  readonly kind: "refused";
  readonly code: number;
  /** The CA's own words, at most 500 characters. */
  readonly message: string;
  readonly after: ServiceAfterwards;
  /** The argument at fault, where the answer names one (-2, -3, -4). */
  readonly field?: string;
}

/**
 * What a service's refusal is about. `sign-in`: -16, or -3/-4 naming a login argument: a wrong sign-in, or an account
 * that is not enabled for the service; which of the two, only a login that has proved itself tells. `not-enabled`: the
 * account may not call it (-90, -91). `hours`: a call limit (-42). `later`: the CA
 * failed (-14). `order`: it is about the order alone. `bug`: ours (-1, -2, -17, -3 and -4 of other arguments).
 */
export type ServiceAfterwards = "sign-in" | "not-enabled" | "hours" | "later" | "order" | "bug";

/** The bytes are not in a form of the service's page. */
export type ServiceNotUnderstood = Pick<NotUnderstood, "reason" | "seen" | "excerpt" | "httpStatus" | "retryAfter"> & {
  readonly kind: "not-understood";
};

/** The orders that the CA lists (WebHostReport): not all orders, as nothing says that it lists every product. */
export interface OrderReport {
  readonly rows: readonly ReportRow[];
  /** `noOfResults`: how many orders match, wherever the page of rows ends; absent if the CA does not say it. */
  readonly count?: number;
  /** Rows without an order number that may be shown. */
  readonly skipped: number;
}

/** One order of a report. Addresses and persons are dropped while reading. Times are epoch ms. */
export interface ReportRow {
  readonly orderNumber: string;
  readonly placedAt?: number;
  /** The CA's word for the certificate, else for the order: an open set, for instance "Valid", "Expired", "Revoked". */
  readonly status?: string;
  /** The CA's name of the product. */
  readonly type?: string;
  /** The domain of the order, then its other ones; at most 20. */
  readonly domains: readonly string[];
  readonly certificateID?: string;
  /** Upper-case hex without leading zeros; absent if the CA wrote anything else. */
  readonly serialNumber?: string;
  readonly notBefore?: number;
  readonly notAfter?: number;
}

/** What the CA says of the validation of one order; each service says a part of it. */
export interface OrderValidation {
  /** The CA's word for the order, for instance "Pending". */
  readonly orderStatus?: string;
  readonly steps: readonly CaStep[];
  /** For each domain of the order, how its control is to be shown. */
  readonly domains: readonly OrderedDomain[];
  /** The agreement to be accepted by a link in the CA's e-mail. */
  readonly agreement?: AgreementMail;
  /** What the CA says of failed CAA checks. */
  readonly caaErrors: readonly string[];
}

/** A step in the CA's own words; where an answer has only its key and a number, in words for these. */
export interface CaStep {
  /** The CA's key, for instance "csrStatus". */
  readonly id: string;
  readonly title: string;
  /** The CA's word, for instance "ActionRequired". */
  readonly status: string;
  readonly description?: string;
  /** What the word means, where it is known. */
  readonly state?: StepState;
}

/** When the CA sent its agreement mail, and when it was opened. The address is never kept. */
export interface AgreementMail {
  /** As the CA wrote it, a date as a rule. */
  readonly lastSent?: string;
  readonly lastOpened?: string;
}

/** How control of a domain is to be shown. `other`: a method that we do not know. */
export type DomainMethod = "email" | "http" | "https" | "cname" | "other";

export interface OrderedDomain {
  readonly domain: string;
  /** The method that was ordered; absent where the CA does not say. */
  readonly method?: DomainMethod;
  /** The CA's word for the method, without an address. */
  readonly methodWord?: string;
  /** An earlier validation is used again. */
  readonly isPrevalidated?: true;
  /** The CA's word for the state. */
  readonly status?: string;
  readonly state?: StepState;
}

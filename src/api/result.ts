import type { Phrase } from "../words/phrase";

/** What an answer of a collect endpoint means. One union for all five products and all forms on the wire. */
export type CollectResult = Pending | Available | Issued | Refused | NotUnderstood;

/** Status 0: "Being processed by Sectigo". */
export interface Pending {
  readonly kind: "pending";
  readonly detail: StatusDetail;
}

/** Status 1, or 2 with no certificate asked for: issued, not contained in this answer. */
export interface Available {
  readonly kind: "available";
  readonly detail: StatusDetail;
}

/** Status 2, or a bare structure: the certificates are here. */
export interface Issued {
  readonly kind: "issued";
  /** DER of each certificate, in the order of the answer. Never empty. */
  readonly certificates: readonly Uint8Array[];
  /** Which of them the answer itself names as the one that was ordered (base 0), where its form does. */
  readonly leaf?: number;
  /** The container of the certificates. */
  readonly container: Container;
  /** The answer's body, byte for byte; not masked, so it may only be written to files that the person names. */
  readonly raw: Uint8Array;
  readonly detail: StatusDetail;
  /** What a person should know about the container, for instance a signature that was not checked. */
  readonly notes: readonly Phrase[];
}

export type Container = "pem" | "der" | "pkcs7" | "netscape" | "cmmf" | "zip";

/** A negative code of the CA. */
export interface Refused {
  readonly kind: "refused";
  readonly code: number;
  /** The CA's own words, control characters removed, at most 500 characters. */
  readonly message: string;
  /** What the person can do, one sentence. */
  readonly advice: string;
  readonly after: Afterwards;
  /** The argument at fault, where the answer names one (-2, -3, -4). */
  readonly field?: string;
}

/**
 * What a refusal means for later calls.
 * `final`: asking again gives the same answer. `later`: ask again by the usual schedule with back-off. `slow`: keep
 * waiting, slowly (-22). `soon`: pending, short wait (-26). `hours`: a call limit was reached (-42).
 * `sign-in`: the login itself was refused (-16, or -3/-4 naming loginName or loginPassword): stop all calls of it.
 * `code`: the collection code was refused: stop this order alone. `bug`: ours, never repeat (-1, -2, -17).
 */
export type Afterwards = "final" | "later" | "slow" | "soon" | "hours" | "sign-in" | "code" | "bug";

/** The bytes are in a form that we do not know, or break the rules of the one they are in. */
export interface NotUnderstood {
  readonly kind: "not-understood";
  readonly reason: NotUnderstoodReason;
  /** What was seen, for a person, with what to do next. */
  readonly seen: Phrase;
  /** The first printable characters, at most 200, masked. */
  readonly excerpt: string;
  /** HTTP facts; absent for a saved answer, which has none. */
  readonly httpStatus?: number;
  readonly contentType?: string;
  /** ms to wait, from Retry-After (RFC 9110 section 10.2.3), where given. */
  readonly retryAfter?: number;
  /**
   * The body, where it is a structure whose certificates we could not find and somebody may want to look inside. Not
   * masked: it goes into a file that the person names, and nowhere else.
   */
  readonly raw?: Uint8Array;
}

/**
 * `http-status`: an HTTP status of failure, without a code of the CA in the body. `empty`: no body. `html`: a page of
 * a proxy or login. `text`, `binary`: none of the forms. `no-certificates`: the form announces certificates but
 * contains none. `damaged`: certificates or their container are truncated or garbled. `limit`: more than we accept;
 * see limits.ts.
 */
export type NotUnderstoodReason =
  "http-status" | "empty" | "html" | "text" | "binary" | "no-certificates" | "damaged" | "limit";

/**
 * The details of an answer beside status and certificates. Everything is optional in an answer. Times are epoch ms.
 */
export interface StatusDetail {
  readonly fqdn?: string;
  /** Open set, for instance "Issued", "Awaiting Validation (Full)". */
  readonly certificateStatus?: string;
  readonly validationStatus?: string;
  readonly notBefore?: number;
  readonly notAfter?: number;
  readonly certificateDurationDays?: number;
  readonly productTermStart?: number;
  readonly productTermEnd?: number;
  readonly productTermDurationDays?: number;
  readonly domains?: readonly DomainStatus[];
  /** How many domains the CA listed, if only the first of them are kept. */
  readonly domainCount?: number;
  readonly caa?: string;
  /** Validation steps in the order a person works through them. */
  readonly steps?: readonly StatusStep[];
  /** Lines and values that do not fit any field above, in the CA's words: at most 20 of at most 200 characters. */
  readonly other?: readonly string[];
}

export interface DomainStatus {
  readonly domain: string;
  /** "VALIDATED", "NOTVALIDATED", "AWAITINGBRAND", or anything else that the CA says. */
  readonly status: string;
}

export type StepState = "done" | "you" | "ca" | "rejected" | "not-needed";

export interface StatusStep {
  /** The CA's parameter, for instance "dcvStatus", or "domain:b.example" for one domain of several. */
  readonly id: string;
  readonly state: StepState;
  /** The step's name, for instance "Domain control validation". */
  readonly title: string;
  /** The next step for whoever must act, one sentence; empty when there is nothing to do. */
  readonly next: string;
}

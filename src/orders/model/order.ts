import type { Product } from "../../api/product";
import type { Afterwards, StatusDetail } from "../../api/result";
import type { ServiceName } from "../../api/services/service";
import type { ChosenTask, ServedNote, ServerPlace, TaskRun } from "./deployment";
import type { EarlyCheck } from "./early-check";
import type { Reported, ReportState } from "./reported";
import type { SaidMessage } from "./said-message";
import type { ServiceAnswer } from "./service-outcome";
import type { ValidationNote } from "./validation";

/** Whose endpoints: each has one lock, one guard and one wait. Both host names of the CA are `sectigo`. */
export type CaName = "sectigo" | "sandbox" | `other:${string}`;

export type AccountId = string;

/** Created and parsed by `order-id.ts`. */
export type OrderId = string;

/** A login at a CA: `<ca>/<login name>`, with an empty name for calls by collection code alone. See `guard.ts`. */
export type LoginKey = string;

/**
 * Identifies a password of a login without revealing anything about it: a random name that it gets when it is entered
 * and that is stored with it in SecretStorage. The empty name means a password without a name.
 */
export type CredentialId = string;

/** A login at a CA. The password is in SecretStorage under the login, never here. */
export interface Account {
  readonly id: AccountId;
  readonly label: string;
  readonly loginName: string;
  /** Host name, with the port if it is not 443. Empty for the sandbox, which has a new port at each start. */
  readonly host: string;
  readonly ca: CaName;
  /** Set while no call may use this login: see `guard.ts`. */
  readonly frozen?: Freeze;
}

export interface Freeze {
  readonly at: number;
  /** The code that froze it, or 0 if a first sign-in was never answered. */
  readonly code: number;
  /** The CA's words, or ours for code 0. */
  readonly message: string;
}

/** What is known about a login (or about a CA's calls without one), over all its accounts. */
export interface Login {
  readonly key: LoginKey;
  /** The only credential that may be sent: entered last, in any window. Absent: the stored one, whichever it is. */
  readonly credential?: CredentialId;
  readonly frozen?: Freeze;
  /** Whether that credential was accepted since it was last entered. */
  readonly proved: boolean;
  /**
   * When a call was sent with it since then whose answer was never journaled. Under the CA's lock this means that its
   * process died.
   */
  readonly unansweredAt?: number;
  /** When new credentials were entered, or a person agreed to try once. Epoch ms. */
  readonly thawedAt?: number;
  readonly lastAnswer?: LoginAnswer;
  /** Why the last call failed that nobody cancelled, if no call was answered since. */
  readonly failure?: NonNullable<LoginAnswer["failed"]>;
  /** When the calls without an answer began, of which the last one is {@link lastAnswer}. Epoch ms. */
  readonly failingSince?: number;
  /** The last call of each service, and what became of it. */
  readonly services?: Readonly<Partial<Record<ServiceName, ServiceAnswer>>>;
  /** Reports about the tracked orders of the login, once a person switched them on or off. */
  readonly report?: ReportState;
}

/** The result of the last call with a login, as far as it affects the next call for any order. */
export interface LoginAnswer {
  readonly at: number;
  /** Consecutive calls without an answer from the CA, including this one; 0 after an answer. */
  readonly failures: number;
  /** Why the transport failed, if it did: {@link Outcome} `failed`. */
  readonly failed?: SaidMessage & { readonly code: string };
  /** Whether the CA said that a call limit was reached (-42). */
  readonly limited: boolean;
  /** ms the server asked to wait (Retry-After). */
  readonly retryAfter?: number;
}

/** The CA's parameters that identify an order by a number, in the order in which they are looked for. */
export const NUMBER_KINDS = ["orderNumber", "certificateID", "baseOrderNumber"] as const;

export type NumberKind = (typeof NUMBER_KINDS)[number];

/** A number that identifies an order to the CA. */
export interface NumberReference {
  readonly kind: NumberKind;
  readonly value: string;
}

/** How an order is identified to the CA. The value of a collection code is a secret and never here. */
export type OrderReference = NumberReference | { readonly kind: "collectionCode" };

/** What a person tracked. */
export interface Tracked {
  readonly id: OrderId;
  readonly product: Product;
  readonly ca: CaName;
  /** Absent if a collection code alone fetches the certificate (CCC, PAC). */
  readonly account?: AccountId;
  readonly reference: OrderReference;
  /** When it was first tracked. Epoch ms. */
  readonly trackedAt: number;
}

/** One order: the fold of its journal lines. All times are epoch ms. */
export interface Order extends Tracked {
  /** When it came here from another CA with its account, if it did. Its id says where it came from. */
  readonly movedAt?: number;
  /** A person's own name for it. */
  readonly label?: string;
  /** A person's own words to group by, for example a customer. */
  readonly tags: readonly string[];
  readonly asked?: Asked;
  readonly answer?: Answer;
  /** What the CA last said, if the transport has failed since: `answer` is that failure. */
  readonly said?: Answer;
  /** What the CA last said of how the order stands, if it has answered since without saying that. */
  readonly standing?: Answer;
  /** The last detail from the CA; an answer without details leaves it in place. */
  readonly detail?: KnownDetail;
  /** The collected certificates, newest first. Never empty again once something was collected. */
  readonly certificates: readonly CollectedCertificate[];
  /** When a person last opened a certificate. */
  readonly openedAt?: number;
  /** Where a certificate was last saved: target, profile and key for "save again". */
  readonly saved?: Saved;
  /** What runs after it was saved, if a person chose that. */
  readonly afterSaving?: ChosenTask;
  readonly taskRun?: TaskRun;
  /** The servers that a person named for it. */
  readonly servers?: readonly ServerPlace[];
  /** What each server last presented. */
  readonly served?: readonly ServedNote[];
  /** The result of the last revocation check. */
  readonly revocation?: RevocationNote;
  /** The last warning of each approaching expiry. */
  readonly warned?: readonly Warned[];
  /** When a person asked to watch it again, for a reissue or after a final answer. */
  readonly watchedAt?: number;
  /** One early check, scheduled by a person. */
  readonly look?: EarlyCheck;
  /** When a person agreed to check before the wait is over; counts until the order is checked. */
  readonly agreedAt?: number;
  /** When its collection code was last entered. */
  readonly codeSetAt?: number;
  /** What the CA's reports say of it. */
  readonly reported?: Reported;
  /** What the CA waits for, as its services said. */
  readonly validation?: ValidationNote;
  /** When each service was last asked about this order. */
  readonly servicesAsked?: Readonly<Partial<Record<ServiceName, number>>>;
  readonly paused: boolean;
  /** A person's decision; without one, `state.ts` archives orders that are long finished. */
  readonly archived?: boolean;
  /** No notifications for this order. */
  readonly muted: boolean;
}

/** A call was about to be sent. Durable before it is: an "asked" without an answer counts as a call. */
export interface Asked {
  readonly at: number;
  readonly why: AskReason;
  readonly question: Question;
  /** The credential that was sent with it. */
  readonly credential?: CredentialId;
  /** False until the answer is journaled, and forever if the process died before that. */
  readonly answered: boolean;
}

/** `schedule`: the poller. `person`: a click. */
export type AskReason = "schedule" | "person";

/** `everything`: status, detail and certificates in one call. `status`: no certificates. */
export type Question = "everything" | "status";

/** The CA's answer, without certificates (see {@link CollectedCertificate}) and secrets. */
export interface Answer {
  readonly at: number;
  readonly outcome: Outcome;
  /**
   * Consecutive answers that mean the same for the schedule, including this one; see `sameMeaning` in `schedule.ts`.
   */
  readonly inRow: number;
}

export type Outcome =
  | { readonly kind: "pending" | "available" }
  | {
      readonly kind: "issued";
      /** SHA-256 of the end-entity certificate's DER, lower-case hex: tells whether it is a new one. */
      readonly leaf: string;
    }
  | {
      readonly kind: "refused";
      readonly code: number;
      readonly message: string;
      readonly advice: string;
      readonly after: Afterwards;
      readonly field?: string;
    }
  | (SaidMessage & {
      readonly kind: "not-understood";
      /** The reason, as a code of the reader of answers or of certificates. */
      readonly code: string;
      /** ms */
      readonly retryAfter?: number;
    })
  | (SaidMessage & {
      /** The transport failed: nothing is known about the order. */
      readonly kind: "failed";
      readonly code: string;
    });

/** A status detail and when the CA first reported it. */
export interface KnownDetail {
  readonly at: number;
  readonly detail: StatusDetail;
}

/** A certificate that was collected. The bytes are in the blob store under these names. */
export interface CollectedCertificate {
  /** When it was collected. Epoch ms. */
  readonly at: number;
  /** SHA-256 of the end-entity certificate's DER, lower-case hex; also its blob's name. */
  readonly leaf: string;
  /** SHA-256 of each certificate, leaf first, towards the root. Includes the leaf. */
  readonly chain: readonly string[];
  /** Upper-case hex. */
  readonly serialNumber: string;
  readonly subject: string;
  /** dNSName, rfc822Name and others of the subject alternative name; at most 20; the rest are in the certificate. */
  readonly names: readonly string[];
  readonly notBefore: number;
  readonly notAfter: number;
  /** Why it may not be what was ordered; absent if there are no doubts. */
  readonly doubts?: readonly Doubt[];
}

/**
 * A reason to look at a certificate before using it: its names differ from those ordered, or it has no path to a root.
 */
export interface Doubt extends SaidMessage {
  readonly kind: "names" | "chain";
}

/** What the CA's servers answered when a person asked whether a certificate was revoked. */
export interface RevocationNote {
  readonly at: number;
  /** Which certificate: {@link CollectedCertificate.leaf}. */
  readonly leaf: string;
  readonly state: "good" | "revoked" | "unknown";
  /** When it was revoked. Epoch ms. */
  readonly since?: number;
  /** It is a CA certificate above it that was revoked. */
  readonly issuer?: true;
}

/** Files that a certificate was saved to. */
export interface Saved {
  readonly at: number;
  /** Which certificate: {@link CollectedCertificate.leaf}. */
  readonly leaf: string;
  /** The target profile, for example `nginx`. */
  readonly profile: string;
  readonly files: readonly SavedFile[];
  /** URI of the private key that was saved with it; its bytes are read again each time. */
  readonly key?: string;
  /** The task that an order file named for after it. */
  readonly after?: string;
}

export interface SavedFile {
  readonly uri: string;
  /** Its content, in the profile's words, for example `fullchain`. */
  readonly part: string;
  /** SHA-256 of what was written, lower-case hex; absent if it contains a private key. */
  readonly sha256?: string;
}

/** A person was warned of an approaching expiry; see `warnings.ts`. */
export interface Warned {
  readonly at: number;
  /** What expires: the newest certificate, an older one that a server still served, or the paid term. */
  readonly of: "certificate" | "served" | "term";
  /** When it expires. Epoch ms. */
  readonly end: number;
  /** The threshold, in days before it. */
  readonly days: number;
}

import type { Product } from "../../api/product";
import type { Afterwards, StatusDetail } from "../../api/result";

/** Whose endpoints: one lock, one guard and one wait each. Both host names of the CA are `sectigo`. */
export type CaName = "sectigo" | "sandbox" | `other:${string}`;

export type AccountId = string;

/** Made and read by `order-id.ts`. */
export type OrderId = string;

/** A login at a CA: `<ca>/<login name>`, with an empty name for calls by collection code alone. See `guard.ts`. */
export type LoginKey = string;

/**
 * Which password of a login is meant, and nothing of the password itself: a random name that it gets when it is entered
 * and that stands beside it in SecretStorage. The empty name is that of passwords that have none.
 */
export type CredentialId = string;

/** A login at a CA. The password is in SecretStorage under the login, never here. */
export interface Account {
  readonly id: AccountId;
  readonly label: string;
  readonly loginName: string;
  /** Host name, with a port where it is not 443. For the sandbox empty: it has a new port at each start. */
  readonly host: string;
  readonly ca: CaName;
  /** Set while no call may use this login: see `guard.ts`. */
  readonly frozen?: Freeze;
}

export interface Freeze {
  readonly at: number;
  /** The code that froze it, or 0 when the answer to a first sign-in never came. */
  readonly code: number;
  /** The CA's words, or ours for code 0. */
  readonly message: string;
}

/** What is known of a login (or of the calls of a CA that need none), over all accounts that name it. */
export interface Login {
  readonly key: LoginKey;
  /** The one credential that may be sent: entered last, in whatever window. Absent: the stored one, whichever it is. */
  readonly credential?: CredentialId;
  readonly frozen?: Freeze;
  /** Whether that credential was accepted since it was last entered. */
  readonly proved: boolean;
  /** When a call left with it since then whose answer was never journaled. Under the CA's lock: its process died. */
  readonly unansweredAt?: number;
  /** When credentials were entered anew, or a person agreed to try once. Epoch ms. */
  readonly thawedAt?: number;
  readonly lastAnswer?: LoginAnswer;
}

/** How the last call with a login went, as far as it concerns its next call for whatever order. */
export interface LoginAnswer {
  readonly at: number;
  /** Calls in a row that brought no answer of the CA, this one included; 0 after an answer. */
  readonly failures: number;
  /** Whether the CA said that a call limit was reached (-42). */
  readonly limited: boolean;
  /** ms the server asked to wait (Retry-After). */
  readonly retryAfter?: number;
}

/** How the CA is told which order is meant. The value of a collection code is a secret and never here. */
export type OrderReference =
  | { readonly kind: "orderNumber" | "certificateID" | "baseOrderNumber"; readonly value: string }
  | { readonly kind: "collectionCode" };

/** What a person tracked. */
export interface Tracked {
  readonly id: OrderId;
  readonly product: Product;
  readonly ca: CaName;
  /** Absent where a collection code alone fetches the certificate (CCC, PAC). */
  readonly account?: AccountId;
  readonly reference: OrderReference;
  /** When it was tracked first. Epoch ms. */
  readonly trackedAt: number;
}

/** One order: the fold of its journal lines. All times are epoch ms. */
export interface Order extends Tracked {
  /** A person's own name for it. */
  readonly label?: string;
  /** A person's own words to group by, for instance a customer. */
  readonly tags: readonly string[];
  readonly asked?: Asked;
  readonly answer?: Answer;
  /** The last detail the CA gave, which an answer without any leaves standing. */
  readonly detail?: KnownDetail;
  /** What is held, newest first. Never empty once something was collected. */
  readonly certificates: readonly CollectedCertificate[];
  /** When a person last opened what is held. */
  readonly openedAt?: number;
  /** Where what is held was saved last: target, profile and key of "save again". */
  readonly saved?: Saved;
  /** What the last look for a revocation found. */
  readonly revocation?: RevocationNote;
  /** The last warning of each end that is near. */
  readonly warned?: readonly Warned[];
  /** When a person asked to watch it again, for a reissue or after a final answer. */
  readonly watchedAt?: number;
  /** One early check, armed by a person. */
  readonly look?: EarlyCheck;
  /** When a person agreed to ask sooner than the wait; counts until it is asked. */
  readonly agreedAt?: number;
  /** When its collection code was entered last. */
  readonly codeSetAt?: number;
  readonly paused: boolean;
  /** A person's decision; where there is none, `state.ts` archives what is long finished. */
  readonly archived?: boolean;
  /** No notifications for this order. */
  readonly muted: boolean;
}

/** A call was about to leave. Durable before it does: an "asked" without an answer counts as asked. */
export interface Asked {
  readonly at: number;
  readonly why: AskReason;
  readonly question: Question;
  /** What was sent with it. */
  readonly credential?: CredentialId;
  /** False while the answer is not there, and for ever when the process died before it was journaled. */
  readonly answered: boolean;
}

/** `schedule`: the poller. `person`: a click. */
export type AskReason = "schedule" | "person";

/** `everything`: status, detail and certificates in one call. `status`: no certificates. */
export type Question = "everything" | "status";

/** What came back, without certificates (see {@link CollectedCertificate}) and without a secret. */
export interface Answer {
  readonly at: number;
  readonly outcome: Outcome;
  /** Answers in a row that mean the same for the schedule, this one included; see `sameMeaning` in `schedule.ts`. */
  readonly inRow: number;
}

export type Outcome =
  | { readonly kind: "pending" | "available" }
  | {
      readonly kind: "issued";
      /** SHA-256 of the end-entity certificate's DER, lower-case hex: whether it is a new one. */
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
  | {
      readonly kind: "not-understood";
      /** Why, as the reader of answers or of certificates names it. */
      readonly code: string;
      readonly message: string;
      /** ms */
      readonly retryAfter?: number;
    }
  | {
      /** The transport failed: nothing was learned about the order. */
      readonly kind: "failed";
      readonly code: string;
      readonly message: string;
    };

/** A status detail and when the CA first gave it. */
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
  /** dNSName, rfc822Name and others of the subject alternative name; at most 20, the rest is in the certificate. */
  readonly names: readonly string[];
  readonly notBefore: number;
  readonly notAfter: number;
  /** Why it may not be what was ordered; absent where nothing speaks against it. */
  readonly doubts?: readonly Doubt[];
}

/** A reason to look before a certificate is used: it has other names than were ordered, or no way up to a root. */
export interface Doubt {
  readonly kind: "names" | "chain";
  /** One sentence in English. */
  readonly message: string;
}

/** What the CA's servers said of a certificate when a person asked them whether it was revoked. */
export interface RevocationNote {
  readonly at: number;
  /** Which certificate: {@link CollectedCertificate.leaf}. */
  readonly leaf: string;
  readonly state: "good" | "revoked" | "unknown";
  /** When it was revoked. Epoch ms. */
  readonly since?: number;
}

/** Files written from what was held. */
export interface Saved {
  readonly at: number;
  /** Which certificate: {@link CollectedCertificate.leaf}. */
  readonly leaf: string;
  /** The target profile, for instance `nginx`. */
  readonly profile: string;
  readonly files: readonly SavedFile[];
  /** URI of the private key that went with it; its bytes are read anew each time. */
  readonly key?: string;
}

export interface SavedFile {
  readonly uri: string;
  /** What it holds, in the profile's words, for instance `fullchain`. */
  readonly part: string;
  /** SHA-256 of what was written, lower-case hex; absent where a private key is inside. */
  readonly sha256?: string;
}

/** A person was told that an end is near; see `warnings.ts`. */
export interface Warned {
  readonly at: number;
  /** Which end: of the certificate held, or of the paid term. */
  readonly of: "certificate" | "term";
  /** That end. Epoch ms. */
  readonly end: number;
  /** The threshold, in days before it. */
  readonly days: number;
}

export interface EarlyCheck {
  /** When it was armed. */
  readonly at: number;
  /** When to look. */
  readonly due: number;
}

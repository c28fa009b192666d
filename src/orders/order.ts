import type { Product } from "../api/product";
import type { Afterwards, StatusDetail } from "../api/result";

/** Whose endpoints: one lock, one guard and one wait each. Both host names of the CA are `sectigo`. */
export type CaName = "sectigo" | "sandbox" | `other:${string}`;

export type AccountId = string;
export type OrderId = string;

/** A login at a CA. The password is in SecretStorage under the account's id, never here. */
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
  /** The code that froze it, or 0 when a probing call's answer never came. */
  readonly code: number;
  /** The CA's words. */
  readonly message: string;
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
  /** Epoch ms. */
  readonly trackedAt: number;
}

/** One order: the fold of its journal lines. */
export interface Order extends Tracked {
  /** A person's own name for it. */
  readonly label?: string;
  readonly asked?: Asked;
  readonly answer?: Answer;
  /** What is held, newest first. Never empty once something was collected. */
  readonly held: readonly Held[];
  /** When a person last opened what is held. Epoch ms. */
  readonly openedAt?: number;
}

/** A call was about to leave. Durable before it does: an "asked" without an answer counts as asked. */
export interface Asked {
  readonly at: number;
  readonly why: AskReason;
}

/** `schedule`: the poller. `person`: a click. `probe`: the one call that tries a changed or unproved login. */
export type AskReason = "schedule" | "person" | "probe";

/** What came back, without certificates (see {@link Held}) and without a secret. */
export interface Answer {
  readonly at: number;
  readonly outcome: Outcome;
  /** Failures in a row, this one included; 0 after anything but a failure. */
  readonly failures: number;
}

export type Outcome =
  | { readonly kind: "pending" | "available" | "issued"; readonly detail: StatusDetail }
  | {
      readonly kind: "refused";
      readonly code: number;
      readonly message: string;
      readonly advice: string;
      readonly after: Afterwards;
      readonly field?: string;
    }
  | { readonly kind: "not-understood"; readonly message: string; readonly retryAfter?: number }
  | {
      /** The transport failed: nothing was learned about the order. */
      readonly kind: "failed";
      readonly code: string;
      readonly message: string;
    };

/** A certificate that was collected. The bytes are in the blob store under these names. */
export interface Held {
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
}

import type { IssuedCertificate } from "./authority";
import type { Refusal } from "./refusals";
import type { Stage, Validation } from "./script";

/** What a collect endpoint answers about an order. */
export type SandboxOrderState = PendingOrder | IssuedOrder | { readonly kind: "refused"; readonly refusal: Refusal };

export interface PendingOrder {
  readonly kind: "pending";
  readonly name: string;
  readonly validation: Validation;
  readonly certificateDays: number;
  readonly termDays: number;
}

export interface IssuedOrder {
  readonly kind: "issued";
  readonly name: string;
  readonly certificate: IssuedCertificate;
  readonly validation: Validation;
  readonly certificateDays: number;
  /** Epoch ms. */
  readonly termStart: number;
  readonly termDays: number;
}

/** A stage that an order comes to by what was done to it, instead of those of its script. Epoch ms. */
export interface OrderTurn {
  readonly at: number;
  readonly stage: Stage;
}

/** What a certificate of an order is known by before anybody collects it. */
export interface IssueFacts {
  readonly certificateID?: string;
  /** Lower-case hex of the INTEGER's octets. */
  readonly serialNumber: string;
  /** Epoch ms, as is the next. */
  readonly notBefore: number;
  readonly notAfter: number;
}

/** An order as the services see it. */
export interface OrderLook {
  readonly stage: Stage;
  /** Epoch ms. */
  readonly placedAt: number;
  /** Epoch ms of the beginning of its stage. */
  readonly changedAt: number;
  /** Newest first. */
  readonly issued: readonly IssueFacts[];
  readonly certificateDays: number;
  readonly termDays: number;
}

/** The mail that asks to prove control of a domain. */
export interface ControlMail {
  readonly count: number;
  /** Epoch ms. */
  readonly lastSent: number;
  /** Where it went, if not where the order says. */
  readonly address?: string;
}

import type { CertificateProfile } from "./profiles";

/** The five endpoints: CollectSSL, CollectSMIME, CollectCCC, CollectPAC, CollectMC. */
export type SandboxProduct = "ssl" | "smime" | "ccc" | "pac" | "mc";

/** The states of an order that are answered with a code. -23 and -26 are on no page: they were seen on the wire. */
export type OrderRefusalCode = -14 | -20 | -21 | -22 | -23 | -26 | -42 | -90 | -91 | -160;

/** An order of the sandbox: how it is named, and what becomes of it. */
export interface OrderScript {
  readonly product: SandboxProduct;
  /** The story in a few words, for a list to choose from. */
  readonly title: string;
  readonly orderNumber: string;
  /** CollectSSL only: one for each of `certificates`. */
  readonly certificateIDs: readonly string[];
  readonly baseOrderNumber?: string;
  readonly collectionCode?: string;
  /** The certificates that this order comes to, in the order of their issue. */
  readonly certificates: readonly IssueScript[];
  /** In the order of time. The last one lasts for ever. */
  readonly stages: readonly Stage[];
}

export interface IssueScript {
  readonly profile: CertificateProfile;
  /** Days that are left of it when its stage begins; its whole life where absent. */
  readonly daysLeft?: number;
}

export type Stage = {
  /** What is the case, in plain words. */
  readonly what: string;
  /** How long it lasts, in steps of the sandbox's clock; 1 where absent. */
  readonly steps?: number;
} & (
  | { readonly kind: "pending"; readonly validation?: Validation }
  | { readonly kind: "issued"; readonly certificate: number }
  /** Replaced by a later certificate: how the order number then answers depends on behaviourVersion, or never does. */
  | { readonly kind: "replaced"; readonly certificate: number; readonly refused: "always" | "on-request" }
  | { readonly kind: "refused"; readonly code: OrderRefusalCode }
);

/** What CollectSSL tells of an order that waits. */
export interface Validation {
  readonly certificateStatus: string;
  readonly validationStatus?: string;
  readonly steps: ValidationSteps;
  readonly domains?: readonly DomainValidation[];
  readonly caaStatus?: string;
}

export type DomainValidation = readonly [domain: string, state: "VALIDATED" | "NOTVALIDATED" | "AWAITINGBRAND"];

/** The steps in the order in which the page's sample has them, then those of its newline table. */
export const STEPS = [
  "csrStatus",
  "dcvStatus",
  "freeDVUPStatus",
  "brandValStatus",
  "ovCallbackStatus",
  "organizationValidationStatus",
  "evClickThroughStatus",
  "evLegalExistence",
  "evAssumedName",
  "evPhysicalExistence",
  "evOperationalExistence",
  "evSignerApproverRequester",
  "evSignerSecondApproval",
  "maStatus",
] as const;

/** -1 not required, 0 not completed, 1 completed, 2 in progress, 3 rejected. A step that does not apply is absent. */
export type ValidationSteps = Readonly<Partial<Record<(typeof STEPS)[number], number>>>;

/** Days that are paid for: more than a TLS certificate may live, so that it is reissued within them. */
export const TERM_DAYS = 730;

/** What the steps of a validation look like when nothing is left to do. */
export function completed(validation: Validation): Validation {
  const steps: Partial<Record<(typeof STEPS)[number], number>> = {};
  for (const step of STEPS) {
    const value = validation.steps[step];
    if (value !== undefined) steps[step] = value < 0 ? -1 : 1;
  }
  return {
    certificateStatus: "Issued",
    validationStatus: "Complete",
    steps,
    ...(validation.domains && {
      domains: validation.domains.map(([domain]): DomainValidation => [domain, "VALIDATED"]),
    }),
    ...(validation.caaStatus !== undefined && { caaStatus: "Authorized" }),
  };
}

/** The domain or mail address of an order, as its first certificate has it. */
export function subjectName({ certificates }: OrderScript): string {
  const profile = certificates[0]?.profile;
  return profile?.dnsNames?.[0] ?? profile?.emailAddresses?.[0] ?? "";
}

/** Steps from an order's first question to the beginning of a stage. */
export function stageStart({ stages }: OrderScript, place: number): number {
  return stages.slice(0, place).reduce((sum, { steps = 1 }) => sum + steps, 0);
}

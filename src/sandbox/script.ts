import type { CertificateProfile } from "./profiles";

/** The five endpoints: CollectSSL, CollectSMIME, CollectCCC, CollectPAC, CollectMC. */
export type SandboxProduct = "ssl" | "smime" | "ccc" | "pac" | "mc";

/**
 * The states of an order that are answered with a code. -23 and -26 are not on the CA's pages, but were seen in real
 * answers.
 */
export type OrderRefusalCode = -14 | -20 | -21 | -22 | -23 | -26 | -42 | -90 | -91 | -160;

/** An order of the sandbox: its name, and what happens to it. */
export interface OrderScript {
  readonly product: SandboxProduct;
  /** What happens, in a few words, for a list to choose from. */
  readonly title: string;
  readonly orderNumber: string;
  /** CollectSSL only: one for each of `certificates`. */
  readonly certificateIDs: readonly string[];
  readonly baseOrderNumber?: string;
  readonly collectionCode?: string;
  /** The certificates that this order gets, in the order of their issue. */
  readonly certificates: readonly IssueScript[];
  /** In chronological order. The last one lasts forever. */
  readonly stages: readonly Stage[];
  /** How control of each of its domains is to be proved, in words of GetMDCDomainDetails; the last one repeats. */
  readonly methods?: readonly string[];
  /** The CA looks for the records of its domains, and for CAA: publishing them takes it on. */
  readonly looksUp?: true;
  /** Its clock starts with the sandbox; other orders wait for the first call about them. */
  readonly startsAtOnce?: true;
  /** A CAA check that is asked for again fails again, a step later. */
  readonly caaFailsAgain?: true;
  readonly oddity?: Oddity;
}

/** How the services' answers about an order differ from those about others. */
export interface Oddity {
  /** Columns of its row in the report, by their names; an undefined one is left out. */
  readonly columns?: Readonly<Record<string, string | undefined>>;
  /** Members of the data of getPostPaymentStatus, by their names; an undefined one is left out. */
  readonly data?: Readonly<Record<string, unknown>>;
}

export interface IssueScript {
  readonly profile: CertificateProfile;
  /** Days left when its stage begins; if absent, its whole lifetime. */
  readonly daysLeft?: number;
}

export type Stage = {
  /** What happens in it, in plain words. */
  readonly what: string;
  /** How long it lasts, in steps of the sandbox's clock; 1 if absent. */
  readonly steps?: number;
} & (
  | { readonly kind: "pending"; readonly validation?: Validation }
  | { readonly kind: "issued"; readonly certificate: number }
  /** Replaced by a later certificate: how the order number then answers depends on behaviourVersion, or never does. */
  | { readonly kind: "replaced"; readonly certificate: number; readonly refused: "always" | "on-request" }
  | { readonly kind: "refused"; readonly code: OrderRefusalCode }
);

/** What CollectSSL says about an order that waits. */
export interface Validation {
  readonly certificateStatus: string;
  readonly validationStatus?: string;
  readonly steps: ValidationSteps;
  readonly domains?: readonly DomainValidation[];
  readonly caaStatus?: string;
}

export type DomainValidation = readonly [domain: string, state: "VALIDATED" | "NOTVALIDATED" | "AWAITINGBRAND"];

/** The steps in the order of the page's sample, then those of its newline table. */
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

/** Days that are paid for: more than the lifetime of a TLS certificate, so that it is reissued within them. */
export const TERM_DAYS = 730;

/** A validation with all its steps completed. */
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

/** The domain or e-mail address in an order's first certificate. */
export function subjectName({ certificates }: OrderScript): string {
  const profile = certificates[0]?.profile;
  return profile?.dnsNames?.[0] ?? profile?.emailAddresses?.[0] ?? "";
}

/** Steps from the first call about an order to the beginning of a stage. */
export function stageStart({ stages }: OrderScript, place: number): number {
  return stages.slice(0, place).reduce((sum, { steps = 1 }) => sum + steps, 0);
}

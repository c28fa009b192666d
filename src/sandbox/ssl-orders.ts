import { domainValidated, extendedValidation, organisationValidated } from "./profiles";
import type { DomainValidation, IssueScript, OrderScript, Stage, Validation, ValidationSteps } from "./script";

/** CollectSSL's orders, one for each scenario. */

const CSR_ONLY: ValidationSteps = {
  csrStatus: 1,
  dcvStatus: 0,
  freeDVUPStatus: -1,
  ovCallbackStatus: -1,
  organizationValidationStatus: -1,
  maStatus: -1,
};

/** Waits for domain control, the minimum that any order waits for. */
export const AWAITING: Validation = { certificateStatus: "Awaiting Validation (Full)", steps: CSR_ONLY };

/** A waiting validation, with its differences from one in which only the CSR is done. */
export function awaiting(steps: ValidationSteps, more: Partial<Validation> = {}): Validation {
  return { ...AWAITING, ...more, steps: { ...CSR_ONLY, ...steps } };
}

/** CAA forbids the CA, or is not answered: it does not look again by itself. */
export function preSignFailed(validation: Validation, caaStatus = "Not Authorized"): Validation {
  return { ...validation, certificateStatus: "PRE-SIGN FAILED: CAA does not authorize us", caaStatus };
}

const AWAITING_CONTROL: Stage = {
  kind: "pending",
  what: "waits for you to prove control of the domain",
  validation: AWAITING,
};

const BEING_ISSUED: Stage = {
  kind: "pending",
  what: "everything is validated, the certificate is being issued",
  validation: awaiting({ dcvStatus: 1 }, { caaStatus: "Authorized" }),
};

/** Domain control, then issue: the beginning of most scenarios. */
const DV_WAIT: readonly Stage[] = [
  AWAITING_CONTROL,
  {
    kind: "pending",
    what: "domain control is being checked, CAA is looked up",
    validation: awaiting({ dcvStatus: 2 }, { caaStatus: "Awaiting Completion" }),
  },
  BEING_ISSUED,
];

const ISSUED: Stage = { kind: "issued", what: "issued, ready to collect", certificate: 0 };

export function sslOrder(
  number: number,
  title: string,
  stages: readonly Stage[],
  ...certificates: readonly (IssueScript | IssueScript["profile"])[]
): OrderScript {
  const orderNumber = String(1_000_000 + number);
  return {
    product: "ssl",
    title,
    orderNumber,
    certificateIDs: certificates.map((_, place) => `${orderNumber}0${place + 1}`),
    certificates: certificates.map((entry) => ("profile" in entry ? entry : { profile: entry })),
    stages,
  };
}

/** A DV certificate on P-256: the cheapest to create, for scenarios about something else. */
function plain(...dnsNames: string[]): IssueScript["profile"] {
  return domainValidated({ key: "p-256", dnsNames });
}

const WHOLE_ORGANISATION: ValidationSteps = {
  dcvStatus: 1,
  ovCallbackStatus: 1,
  organizationValidationStatus: 1,
  maStatus: 0,
};

const OV_WAIT: readonly Stage[] = [
  {
    kind: "pending",
    what: "waits for you to prove control of the domain; the CA looks for the organisation's records",
    validation: awaiting(
      { ovCallbackStatus: 0, organizationValidationStatus: 2, maStatus: 0 },
      { validationStatus: "Awaiting Legal Documents" },
    ),
  },
  {
    kind: "pending",
    what: "waits for the call-back to the organisation",
    validation: awaiting({ ...WHOLE_ORGANISATION, ovCallbackStatus: 2 }, { caaStatus: "Awaiting Completion" }),
  },
  { ...BEING_ISSUED, kind: "pending", validation: awaiting(WHOLE_ORGANISATION, { caaStatus: "Authorized" }) },
];

export const EV_OPEN: ValidationSteps = {
  ...WHOLE_ORGANISATION,
  evClickThroughStatus: 0,
  evLegalExistence: 1,
  evAssumedName: -1,
  evPhysicalExistence: 1,
  evOperationalExistence: 0,
  evSignerApproverRequester: 0,
  evSignerSecondApproval: -1,
};

const EV_WAIT: readonly Stage[] = [
  {
    kind: "pending",
    what: "waits for you to accept the subscriber agreement; the CA checks that the organisation operates",
    validation: awaiting({ ...EV_OPEN, ovCallbackStatus: 0 }, { validationStatus: "Awaiting Legal Documents" }),
  },
  {
    kind: "pending",
    what: "the CA calls the person who signed",
    validation: awaiting({ ...EV_OPEN, evClickThroughStatus: 1, evOperationalExistence: 1 }),
  },
  {
    ...BEING_ISSUED,
    kind: "pending",
    validation: awaiting(
      { ...EV_OPEN, evClickThroughStatus: 1, evOperationalExistence: 1, evSignerApproverRequester: 1 },
      { caaStatus: "Authorized" },
    ),
  },
];

const SHOPS = ["shop.example", "www.shop.example", "cdn.shop.example", "brand.shop.example"] as const;

/** @param open how many of the domains, counted from the end, still need validation */
function shopsWait(open: number): Stage {
  const brandWaits = open > 0;
  const domains = SHOPS.map((domain, place): DomainValidation => {
    if (place < SHOPS.length - open) return [domain, "VALIDATED"];
    return [domain, domain === "brand.shop.example" ? "AWAITINGBRAND" : "NOTVALIDATED"];
  });
  return {
    kind: "pending",
    what: brandWaits
      ? `${open} of ${SHOPS.length} domains still need validation`
      : "all domains are validated, the certificate is being issued",
    validation: awaiting(
      { ...WHOLE_ORGANISATION, dcvStatus: brandWaits ? 2 : 1, brandValStatus: brandWaits ? 2 : 1 },
      {
        domains,
        ...(open === 1 && {
          certificateStatus: "Awaiting Validation (Brand)",
          validationStatus: "Awaiting Brand Validation",
        }),
        ...(!brandWaits && { caaStatus: "Authorized" }),
      },
    ),
  };
}

const HUNDRED = Array.from({ length: 100 }, (_, place) => `host-${String(place + 1).padStart(3, "0")}.example`);

const REPLACED_AFTERWARDS = "replaced by a new certificate with another key";

export const SSL_ORDERS: readonly OrderScript[] = [
  sslOrder(
    1,
    "DV, RSA key: validated and issued",
    [...DV_WAIT, ISSUED],
    domainValidated({ key: "rsa-2048", dnsNames: ["www.sandbox.example", "sandbox.example"] }),
  ),
  sslOrder(
    2,
    "DV wildcard, EC key: validated and issued",
    [...DV_WAIT, ISSUED],
    plain("*.apps.sandbox.example", "apps.sandbox.example"),
  ),
  sslOrder(
    3,
    "OV, EC key P-384: organisation validated, called back, issued",
    [...OV_WAIT, ISSUED],
    organisationValidated({ key: "p-384", dnsNames: ["portal.sandbox.example"] }),
  ),
  sslOrder(
    4,
    "EV, EC key: agreement, signer, issued",
    [...EV_WAIT, ISSUED],
    extendedValidation({ key: "p-256", dnsNames: ["bank.sandbox.example"] }),
  ),
  {
    ...sslOrder(
      5,
      "OV multi-domain: domains validated one by one, the last by its brand",
      [...[4, 3, 2, 1, 0].map(shopsWait), ISSUED],
      organisationValidated({ key: "p-256", dnsNames: SHOPS }),
    ),
    methods: ["EMAIL", "Pre-validated (EMAIL)", "CNAME CSR Hash", "HTTP CSR Hash"],
  },
  sslOrder(
    6,
    "DV: answered with -26 while it is being issued",
    [AWAITING_CONTROL, { kind: "refused", what: "is being issued right now (-26)", code: -26 }, ISSUED],
    plain("soon.sandbox.example"),
  ),
  sslOrder(
    7,
    "DV with a hundred names",
    [
      {
        ...AWAITING_CONTROL,
        kind: "pending",
        validation: awaiting({}, { domains: HUNDRED.map((name): DomainValidation => [name, "NOTVALIDATED"]) }),
      },
      ISSUED,
    ],
    plain(...HUNDRED),
  ),
  sslOrder(
    8,
    "DV about to expire: issued long ago, reissued under a new serial number after a while",
    [
      { kind: "issued", what: "issued, with six days left and much of the paid term", certificate: 0, steps: 10 },
      { kind: "issued", what: "reissued: a new serial number and a new key", certificate: 1 },
    ],
    { profile: plain("renewed.sandbox.example"), daysLeft: 6 },
    plain("renewed.sandbox.example"),
  ),
  sslOrder(
    20,
    "Replaced: the order number fetches the new one, the certificateID the old one",
    [
      { ...ISSUED, steps: 2 },
      { kind: "replaced", what: REPLACED_AFTERWARDS, certificate: 1, refused: "on-request" },
    ],
    plain("replaced.sandbox.example"),
    plain("replaced.sandbox.example"),
  ),
  sslOrder(
    21,
    "Replaced: the order number is answered with -23, the certificateID fetches either",
    [{ kind: "replaced", what: REPLACED_AFTERWARDS, certificate: 1, refused: "always" }],
    plain("moved.sandbox.example"),
    plain("moved.sandbox.example"),
  ),
  sslOrder(
    22,
    "CAA forbids the CA: waits until another CAA check is asked for, then issued",
    [
      AWAITING_CONTROL,
      {
        kind: "pending",
        what: "waits for you to authorise the CA in the domain's CAA record, and to ask for another check",
        validation: awaiting({ dcvStatus: 1 }, { caaStatus: "Not Authorized" }),
      },
    ],
    plain("caa.sandbox.example"),
  ),
  {
    ...sslOrder(
      23,
      "A renewal, also found by its base order number",
      [...DV_WAIT, ISSUED],
      plain("base.sandbox.example"),
    ),
    baseOrderNumber: "900023",
  },
  sslOrder(
    24,
    "Permission for a voucher denied (-90)",
    [{ kind: "refused", what: "permission for a voucher denied (-90)", code: -90 }],
    plain("voucher.sandbox.example"),
  ),
];

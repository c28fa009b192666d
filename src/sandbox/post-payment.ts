import type { SandboxAnswer } from "./answer";
import { controlledDomains, waitsForMail } from "./domain-details";
import { bought, CAA_FAILED, orderWord, validationNow } from "./order-words";
import { subjectName } from "./script";
import { jsonAnswer } from "./service-answer";
import type { OrderLookup, SandboxRequest } from "./service-request";

/**
 * getPostPaymentStatus. The sample on its page ends in the middle: csrStatus, agreementStatus and callbackStatus are as
 * it shows them, everything below is likely at best.
 */
export function answerPostPayment({ now }: SandboxRequest, lookup: OrderLookup): SandboxAnswer {
  const { script, look } = lookup;
  const [productName, productType] = bought(script);
  const names = script.certificates[0]?.profile.dnsNames ?? [];
  const { steps } = validationNow(look, script);
  const data = {
    orderNumber: Number(script.orderNumber),
    productType,
    productName,
    certificateDuration: look.certificateDays,
    productTerm: look.termDays,
    uploadDocumentUrl: "https://upload.sandbox.example/documents",
    uploadDocumentToken: uploadToken(script.orderNumber),
    orderStatus: orderWord(look, now),
    domainName: names.length > 1 ? "Multiple domains" : (names[0] ?? subjectName(script)),
    maxMDCDomains: names.length,
    csrStatus: step("Certificate Signing Request", steps.csrStatus, "We received your CSR."),
    agreementStatus: agreement(lookup),
    callbackStatus: step("Callback", steps.ovCallbackStatus, "We call the telephone number that we verified."),
    organizationStatus: step(
      "Organization Validation",
      steps.organizationValidationStatus,
      "We look for your organization in public records.",
    ),
    ...controlAndCaa(lookup),
    brandStatus: step("Brand Validation", steps.brandValStatus, "We look at the name by hand."),
    maStatus: step("Master Agreement", steps.maStatus, "A signed agreement is needed."),
    ...script.oddity?.data,
  };
  return jsonAnswer({ errorCode: 0, errorMessage: "", data });
}

/** Words for the numbers of a step. The sample has three of them; the others are guesses. */
const STEP_WORDS: Readonly<Record<string, string>> = {
  "0": "ActionRequired",
  "1": "Completed",
  "2": "InProgress",
  "3": "Rejected",
};

interface PostPaymentStep {
  readonly title: string;
  readonly status: string;
  readonly description: string;
}

function step(title: string, value: number | undefined, description: string): PostPaymentStep {
  return { title, status: STEP_WORDS[String(value)] ?? "NotApplicable", description };
}

/** The mail with the subscriber agreement: sent with the order, and opened the day after. */
function agreement({ script, look }: OrderLookup): Readonly<Record<string, unknown>> {
  const value = validationNow(look, script).steps.evClickThroughStatus;
  const words = step("Subscriber Agreement", value, "Follow the link in our mail and accept the agreement.");
  if (words.status === "NotApplicable") return { ...words };
  return {
    ...words,
    clickThroughStatus: value === 1 ? "executed" : "notExecuted",
    clickThroughEmailAddress: "signer@persons.example",
    lastEmailSent: day(look.placedAt),
    lastOpenDate: day(look.placedAt + 86_400_000),
    availableActions: value === 1 ? [] : ["canUpdateEmailAddress", "resendAgreementEmail"],
  };
}

function controlAndCaa({ order, script, look }: OrderLookup): Readonly<Record<string, unknown>> {
  const { steps, caaStatus } = validationNow(look, script);
  const domains = controlledDomains(script, look);
  const byMail = domains.some(waitsForMail);
  const { count, lastSent, address } = order.controlMail;
  const failed = CAA_FAILED.has(caaStatus ?? "");
  const caa = failed ? 0 : caaStatus === "Authorized" ? 1 : caaStatus === undefined ? undefined : 2;
  return {
    dcvStatus: {
      ...step("Domain Control Validation", steps.dcvStatus, "Prove that you control each domain."),
      domains: domains.map(({ name, method, state }) => ({ domainName: name, dcvMethod: method, dcvStatus: state })),
      ...(byMail && {
        lastEmailSent: day(lastSent),
        emailsSent: count,
        emailAddress: address ?? `admin@${domains.find(waitsForMail)?.name ?? ""}`,
        availableActions: ["resendDCVEmail"],
      }),
    },
    caaCheckStatus: step("CAA Check", caa, "The CAA records of your domains must allow us."),
    latestCAACheckErrors: failed
      ? domains.map(({ name }) => `${name}: CAA record forbids issuance by sectigo.com`)
      : [],
  };
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** A JSON Web Token (RFC 7519) whose signature is worthless: what a real one opens must not be kept or shown. */
export function uploadToken(orderNumber: string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signature = Buffer.from(`sandbox upload token ${orderNumber}`).toString("base64url");
  return [part({ alg: "HS256", typ: "JWT" }), part({ sub: orderNumber, scope: "upload" }), signature].join(".");
}

import { phrase } from "../../words/phrase";
import type { AllowedValue, ValueRules } from "../parameter";
import * as p from "../parameters";
import type { ServiceName } from "./service";
import type { ServiceResult } from "./service-result";
import { MAX_LIST_CHARACTERS } from "./service-values";

/** What one page of the CA documents. */
export interface Service {
  readonly name: ServiceName;
  /** The exclamation mark is part of the name. */
  readonly path: `/products/!${ServiceName}`;
  /** The address of the table. */
  readonly page: `https://docs.sectigo.com/${string}`;
  /** In the order of the page. The CA refuses any other argument (-2). */
  readonly parameters: readonly ValueRules[];
  /** Parameters of which exactly one is needed. */
  readonly oneOf?: readonly string[];
  /**
   * The form of a good answer. `rows`: URL-encoded, numbered pairs. `json`. `code`: URL-encoded, a code and its words.
   */
  readonly form: "rows" | "json" | "code";
  /** What a good answer is read into. `done`: the service changes something, so that a person is asked first. */
  readonly gives: Exclude<ServiceResult["kind"], "refused" | "unknown-service" | "not-understood">;
  /** ms that the page wants between two calls about one order. */
  readonly pace?: number;
  /** What the page leaves open, as far as we could read it. */
  readonly gaps: readonly string[];
}

const LOGIN = [p.required(p.loginName), p.required(p.loginPassword)] as const;

const yesNo = (name: string, what: string): ValueRules => ({
  name,
  type: "char",
  maxLength: 1,
  values: [
    { value: "Y", meaning: `Return ${what}.` },
    { value: "N", meaning: `Do not return ${what}.` },
  ],
  description: `Specifies whether to return ${what}.`,
});

const text = (name: string, maxLength: number, description: string): ValueRules => ({
  name,
  type: "string",
  maxLength,
  description,
});

/** UNIX seconds, and numbers of rows: the page says "int". */
const whole = (name: string, description: string): ValueRules => ({
  name,
  type: "integer",
  maxLength: 10,
  description,
});

const numbers = (name: string, description: string): ValueRules => ({
  ...text(name, MAX_LIST_CHARACTERS, description),
  shape: { pattern: /^\d+(?:,\d+)*$/, name: phrase("numbers with commas between them") },
});

/** A number as CollectSSL and its neighbours take it. */
const orderNumber: ValueRules = { ...p.orderNumber, type: "string", maxLength: 128 };

const required = (parameter: ValueRules): ValueRules => ({ ...parameter, required: true });

const choice = (name: string, description: string, ...values: readonly AllowedValue[]): ValueRules => ({
  name,
  type: "integer",
  maxLength: 1,
  values,
  description,
});

const rowsOrJson: ValueRules = {
  ...choice(
    "responseFormat",
    "Specifies the format of the response.",
    { value: "1", meaning: "URL-encoded parameters." },
    { value: "2", meaning: "JSON." },
  ),
  whenOmitted: "1",
};

const MINUTE = 60 * 1000;

/**
 * Every service that is called. The common facts: POST of a form over https; a code of at least 0 is good; -16 is a
 * refused sign-in or an account that is not enabled. Nothing here was seen on a live wire.
 */
export const SERVICES: Readonly<Record<ServiceName, Service>> = {
  WebHostReport: {
    name: "WebHostReport",
    path: "/products/!WebHostReport",
    page: "https://docs.sectigo.com/sps/web-host-report/request",
    parameters: [
      ...LOGIN,
      whole("notBefore", "Orders placed before this time are left out. UNIX seconds."),
      whole("notAfter", "Orders placed after this time are left out. UNIX seconds."),
      whole("firstResultNo", "The index of the first row."),
      whole("lastResultNo", "The index of the last row."),
      text("organizationName", 64, "The organization; _ stands for one character, % for any number."),
      text("fqdn", 255, "The domain; _ stands for one character, % for any number."),
      numbers("orderNumber", "Order numbers, comma-separated."),
      text("foreignOrderNumber", MAX_LIST_CHARACTERS, "The orderer's own numbers, comma-separated."),
      numbers("certificateID", "Certificate IDs, comma-separated."),
      yesNo("showStatusDetails", "the state of each validation step"),
      yesNo("showAdditionalDomains", "the other domains of an order"),
      yesNo("showSignatureAlgorithm", "the signature algorithm"),
      yesNo("showOldItems", "earlier certificates of an order"),
      yesNo("showCertificateID", "the certificate ID"),
      yesNo("showExtStatus", "the extended status"),
      numbers("certificateStatusCode", "Numbers of statuses, comma-separated."),
      text("certificateStatusDesc", 64, "Words of statuses, comma-separated."),
      whole("expireNotBefore", "Certificates that end before this time are left out. UNIX seconds."),
      whole("expireNotAfter", "Certificates that end after this time are left out. UNIX seconds."),
      yesNo("showCost", "the cost"),
      yesNo("showAssociatedOrders", "associated orders"),
      yesNo("showStatusesOnly", "the count alone, without rows"),
    ],
    form: "rows",
    gives: "report",
    gaps: [
      "Whether rows are counted from 0 or from 1, and how many come without firstResultNo and lastResultNo.",
      "Which products it lists, beyond SSL.",
      "The words of the statuses, and what showOldItems adds.",
      "showStatusesOnly: sent by a public client, not in the part of the page that we have.",
    ],
  },
  GetMDCDomainDetails: {
    name: "GetMDCDomainDetails",
    path: "/products/!GetMDCDomainDetails",
    page: "https://docs.sectigo.com/sps/get-mdc-domain-details/request",
    parameters: [
      ...LOGIN,
      required(orderNumber),
      yesNo("showStatusDetails", "the state of each validation step"),
      rowsOrJson,
    ],
    form: "rows",
    gives: "validation",
    gaps: [
      "The names in the JSON form.",
      "The words of the methods and states; whether orders of one domain count as multi-domain orders.",
    ],
  },
  getPostPaymentStatus: {
    name: "getPostPaymentStatus",
    path: "/products/!getPostPaymentStatus",
    page: "https://docs.sectigo.com/sps/get-post-payment-status/request",
    parameters: [...LOGIN, required(orderNumber), { ...p.certificateID, name: "CertificateID" }],
    form: "json",
    gives: "validation",
    gaps: ["The second half of the sample, with the CAA checks.", "The words of the states beyond three."],
  },
  GetDetailedOrderStatus: {
    name: "GetDetailedOrderStatus",
    path: "/products/!GetDetailedOrderStatus",
    page: "https://docs.sectigo.com/sps/get-detailed-order-status/request",
    parameters: [
      ...LOGIN,
      orderNumber,
      p.certificateID,
      required(
        choice(
          "queryType",
          "Specifies the type of query.",
          { value: "0", meaning: "Return the status only." },
          { value: "1", meaning: "Return the status and details." },
          { value: "2", meaning: "Return the status, details and replacement orders." },
        ),
      ),
      p.showValidityPeriod,
      rowsOrJson,
    ],
    oneOf: ["orderNumber", "certificateID"],
    form: "rows",
    gives: "validation",
    gaps: ["The names in the answer, in either form, but for their numbers (X_Y_)."],
  },
  GetDCVDetailsMC: {
    name: "GetDCVDetailsMC",
    path: "/products/!GetDCVDetailsMC",
    page: "https://docs.sectigo.com/sps/mark-certificates/endpoint-get-dcv-details-mc",
    parameters: [...LOGIN, required(orderNumber)],
    form: "json",
    gives: "validation",
    gaps: ["The names inside “DCV status and available non-email validation options”."],
  },
  ResendDCVEmail: {
    name: "ResendDCVEmail",
    path: "/products/!ResendDCVEmail",
    page: "https://docs.sectigo.com/sps/resend-dcv-email/request",
    // Not dcvEmailAddress: it takes only what GetDCVEmailAddressList returned within a day, which is not called.
    // Without it, the mail goes to the address that was chosen with the order.
    parameters: [...LOGIN, orderNumber, p.baseOrderNumber],
    oneOf: ["orderNumber", "baseOrderNumber"],
    form: "code",
    gives: "done",
    gaps: ["The codes beyond the common ones, for instance for an order that is not validated by mail."],
  },
  RetryCAACheck: {
    name: "RetryCAACheck",
    path: "/products/!RetryCAACheck",
    page: "https://docs.sectigo.com/sps/retry-caa-check/request",
    parameters: [...LOGIN, orderNumber, p.certificateID],
    oneOf: ["orderNumber", "certificateID"],
    form: "code",
    gives: "done",
    pace: 10 * MINUTE,
    gaps: ["The codes beyond the common ones and -296."],
  },
};

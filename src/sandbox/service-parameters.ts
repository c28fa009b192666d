import { allowed, LOGIN, normalised, type FormParameter, type RequestParameters } from "./form-parameter";
import { invalid, missing, type Refusal } from "./refusals";
import type { SandboxForm } from "./service-answer";

/**
 * The services beside the collect endpoints, by the tables on their pages. This is the sandbox's own reading of them,
 * independent of the client's.
 */

const SERVICE_PAGES = [
  "WebHostReport",
  "GetMDCDomainDetails",
  "getPostPaymentStatus",
  "GetDetailedOrderStatus",
  "GetDCVDetailsMC",
  "ResendDCVEmail",
  "RetryCAACheck",
] as const;

/** A service by the name in its path, in the letter case of its page. */
export type SandboxServiceName = (typeof SERVICE_PAGES)[number];

interface SandboxService {
  readonly parameters: readonly FormParameter[];
  /** Lists of order numbers and the like, comma-separated; the argument may be repeated. */
  readonly lists?: readonly string[];
  /** How it answers, if not URL-encoded; responseFormat=2 is JSON where it is documented. */
  readonly form?: SandboxForm;
  /** One of these names the order. */
  readonly anyOf?: readonly string[];
}

const required = true as const;
const flag = (name: string): FormParameter => ({ name, type: "char" });
const integer = (name: string): FormParameter => ({ name, type: "integer", max: 20 });
const text = (name: string, max: number): FormParameter => ({ name, type: "string", max });
const MAX_LIST = 32_767;

const ORDER_NUMBER: FormParameter = { ...text("orderNumber", 128), required };
const CERTIFICATE_ID: FormParameter = { name: "certificateID", type: "integer", max: 16 };
const RESPONSE_FORMAT: FormParameter = { name: "responseFormat", type: [1, 2] };

const SANDBOX_SERVICES: Readonly<Record<SandboxServiceName, SandboxService>> = {
  // The page lists saspSessionID too, as deprecated: here it is an unknown argument.
  WebHostReport: {
    parameters: [
      ...LOGIN,
      ...["notBefore", "notAfter", "firstResultNo", "lastResultNo", "expireNotBefore", "expireNotAfter"].map(integer),
      ...["organizationName", "certificateStatusCode", "certificateStatusDesc"].map((name) => text(name, 64)),
      text("fqdn", 255),
      ...["orderNumber", "foreignOrderNumber", "certificateID"].map((name) => text(name, MAX_LIST)),
      ...["showStatusDetails", "showAdditionalDomains", "showSignatureAlgorithm", "showOldItems"].map(flag),
      ...["showCertificateID", "showExtStatus", "showCost", "showAssociatedOrders", "showStatusesOnly"].map(flag),
    ],
    lists: ["orderNumber", "foreignOrderNumber", "certificateID"],
  },
  GetMDCDomainDetails: { parameters: [...LOGIN, ORDER_NUMBER, flag("showStatusDetails"), RESPONSE_FORMAT] },
  getPostPaymentStatus: {
    parameters: [...LOGIN, ORDER_NUMBER, { ...CERTIFICATE_ID, name: "CertificateID" }],
    form: "json",
  },
  GetDetailedOrderStatus: {
    parameters: [
      ...LOGIN,
      text("orderNumber", 128),
      CERTIFICATE_ID,
      { name: "queryType", required, type: [0, 1, 2] },
      flag("showValidityPeriod"),
      RESPONSE_FORMAT,
    ],
    anyOf: ["orderNumber", "certificateID"],
  },
  GetDCVDetailsMC: { parameters: [...LOGIN, ORDER_NUMBER], form: "json" },
  ResendDCVEmail: {
    parameters: [
      ...LOGIN,
      text("orderNumber", 128),
      integer("baseOrderNumber"),
      text("dcvEmailAddress", 255),
      integer("dcvTemplateID"),
    ],
    anyOf: ["orderNumber", "baseOrderNumber"],
    form: "raw",
  },
  RetryCAACheck: {
    parameters: [...LOGIN, text("orderNumber", 128), CERTIFICATE_ID],
    anyOf: ["orderNumber", "certificateID"],
    form: "raw",
  },
};

/** The service at a path. The exclamation mark is part of its name, and may be percent-encoded. */
export function sandboxServiceAt(path: string): SandboxServiceName | undefined {
  return SERVICE_PAGES.find((name) => path === `/products/!${name}` || path === `/products/%21${name}`);
}

/** How a call is answered. @param sent its form, checked or not */
export function sandboxForm(name: SandboxServiceName, sent: Pick<URLSearchParams, "get">): SandboxForm {
  const { form = "encoded", parameters } = SANDBOX_SERVICES[name];
  return parameters.includes(RESPONSE_FORMAT) && sent.get("responseFormat") === "2" ? "json" : form;
}

/** Reads and checks a form; the first error is the answer: unknown arguments, then missing, then invalid. */
export function readServiceForm(name: SandboxServiceName, form: URLSearchParams): RequestParameters | Refusal {
  const { parameters, lists = [], anyOf } = SANDBOX_SERVICES[name];
  const given = new Map<string, string>();
  for (const [sent, value] of form) {
    const parameter = parameters.find((one) => one.name === sent);
    if (!parameter) return unknown(sent);
    const former = given.get(sent);
    if (former !== undefined && !lists.includes(sent)) return invalid(sent);
    given.set(sent, former === undefined ? value : `${former},${value}`);
  }
  for (const parameter of parameters) {
    const value = given.get(parameter.name);
    if (value === undefined) {
      if (parameter.required) return missing(parameter.name);
      continue;
    }
    if (!allowed(parameter, value)) return invalid(parameter.name);
    given.set(parameter.name, normalised(parameter, value));
  }
  if (anyOf && !anyOf.some((one) => given.has(one))) return missing(anyOf[0] ?? "");
  return given;
}

/**
 * -2 with the name that was sent, as in recorded answers. One that does not look like a name is not repeated: it is the
 * rest of a password that was not encoded.
 */
function unknown(sent: string): Refusal {
  const name = /^[A-Za-z]\w{0,63}$/.test(sent) ? sent : "?";
  return { code: -2, message: `'${name}' is an unrecognised argument!`, item: name };
}

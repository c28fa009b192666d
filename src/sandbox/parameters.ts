import { allowed, LOGIN, normalised, type FormParameter, type RequestParameters } from "./form-parameter";
import { invalid, missing, UNRECOGNISED, type Refusal } from "./refusals";
import type { SandboxProduct } from "./script";

/**
 * Reads the form of a call by the tables on the CA's pages. This is the sandbox's own reading of them, independent of
 * the client's.
 */

export interface SandboxEndpoint {
  readonly product: SandboxProduct;
  readonly path: string;
  readonly parameters: readonly FormParameter[];
  /** The sample on CollectMC's page writes RESPONSETYPE, its table responseType. */
  readonly anyCase?: true;
  /** The collection code may replace login and order number, and may be sent over plain HTTP. */
  readonly takesCollectionCode?: true;
  /** The rules between parameters. */
  readonly check: (given: RequestParameters) => Refusal | undefined;
  readonly answers: AnswerForms;
}

/** What differs between the samples of answers on the endpoints' pages. */
interface AnswerForms {
  /** A call that is rejected unread: code and message, the same below a line of prose, or an object in braces. */
  readonly rejection: "lines" | "prose-above" | "object";
  /** Status 1 without dates has a line in words. */
  readonly hasStatusLine: boolean;
  /** An issued certificate's dates are followed by those of the product's term. */
  readonly hasTerm: boolean;
  readonly pkcs7: "certificates" | "indefinite-length" | "one-signer";
  /** A structure stands in PEM markers with no status above it. */
  readonly hasBareStructures: boolean;
  /** The content type of binary answers, unless responseMimeType names another. */
  readonly binaryType: string;
}

const required = true as const;
const OPTIONAL_LOGIN: readonly FormParameter[] = LOGIN.map(({ name, type, max = 0 }) => ({ name, type, max }));
const QUERY_TYPE: FormParameter = { name: "queryType", required, type: [0, 1, 2, 3] };
const SHOW_VALIDITY: FormParameter = { name: "showValidityPeriod", type: "char" };
const COLLECTION_CODE: FormParameter = { name: "collectionCode", type: "string", max: 16 };
const RESPONSE_TYPE: FormParameter = { name: "responseType", type: [1, 2, 3, 4] };
/** A media type (RFC 6838 section 4.2), so that it is valid in a header. */
const MIME_TYPE: FormParameter = {
  name: "responseMimeType",
  type: "string",
  max: 255,
  shape: /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/,
};
/** A function name, so that nothing else can be injected into a script. */
const CALLBACK: FormParameter = { name: "callbackFunctionName", type: "string", max: 64, shape: /^[A-Za-z_$][\w$.]*$/ };

/** queryType must be 1 for every form except single certificates. */
function structuresNeedAll(given: RequestParameters): Refusal | undefined {
  const type = given.get("responseType") ?? "3";
  return type !== "3" && given.get("queryType") !== "1" ? invalid("responseType") : undefined;
}

/** "Binary encoded. queryType must be 1 and responseType must be 0 or 2." 0 exists only where there is a ZIP. */
function binaryNeedsStructure(given: RequestParameters): Refusal | undefined {
  if (given.get("responseEncoding") !== "1") return undefined;
  const type = given.get("responseType");
  const binary = given.get("queryType") === "1" && (type === "0" || type === "2");
  return binary ? undefined : invalid("responseEncoding");
}

/** For the endpoints where a collection code may replace the login. */
function missingLogin(given: RequestParameters): Refusal | undefined {
  const absent = LOGIN.find(({ name }) => !given.has(name));
  return absent && missing(absent.name);
}

/** Where a page shows nothing else. */
const USUAL: AnswerForms = {
  rejection: "lines",
  hasStatusLine: true,
  hasTerm: false,
  pkcs7: "certificates",
  hasBareStructures: false,
  binaryType: "application/octet-stream",
};

/** CollectCCC and CollectPAC have one default for everything except scripts; the other pages do not say. */
const ONE_TYPE: AnswerForms = { ...USUAL, binaryType: "text/plain" };

const SSL: SandboxEndpoint = {
  product: "ssl",
  path: "/products/download/CollectSSL",
  parameters: [
    ...LOGIN,
    { name: "orderNumber", type: "string", max: 128 },
    { name: "certificateID", type: "integer", max: 16 },
    { name: "baseOrderNumber", type: "integer" },
    QUERY_TYPE,
    { name: "responseType", type: [0, 1, 2, 3] },
    { name: "responseEncoding", type: [0, 1] },
    SHOW_VALIDITY,
    { name: "showFQDN", type: "char" },
    { name: "showExtStatus", type: "char" },
    { name: "responseFormat", type: [0, 1] },
    { name: "showMDCDomainDetails", type: "char" },
    { name: "showMDCDomainDetails2", type: "char" },
    { name: "showStatusDetails", type: "char" },
    { name: "behaviourVersion", type: [0, 1] },
  ],
  check: (given) => {
    const named = given.has("orderNumber") || given.has("certificateID") || given.has("baseOrderNumber");
    return named ? (structuresNeedAll(given) ?? binaryNeedsStructure(given)) : missing("orderNumber");
  },
  answers: { ...USUAL, hasTerm: true },
};

const SMIME: SandboxEndpoint = {
  product: "smime",
  path: "/products/download/CollectSMIME",
  parameters: [
    ...LOGIN,
    { name: "orderNumber", required, type: "integer" },
    QUERY_TYPE,
    RESPONSE_TYPE,
    { name: "responseEncoding", type: [0, 1] },
    SHOW_VALIDITY,
  ],
  check: (given) => structuresNeedAll(given) ?? binaryNeedsStructure(given),
  // Its sample of a rejection has prose above it, that of status 1 nothing below.
  answers: { ...USUAL, rejection: "prose-above", hasStatusLine: false, pkcs7: "indefinite-length" },
};

const CCC: SandboxEndpoint = {
  product: "ccc",
  path: "/products/download/CollectCCC",
  takesCollectionCode: true,
  parameters: [
    ...OPTIONAL_LOGIN,
    { name: "orderNumber", type: "integer" },
    COLLECTION_CODE,
    QUERY_TYPE,
    RESPONSE_TYPE,
    { name: "responseEncoding", type: [0, 1, 2] },
    CALLBACK,
    MIME_TYPE,
    SHOW_VALIDITY,
  ],
  check: (given) => {
    if (given.has("collectionCode")) {
      // "If specified, omit loginName, loginPassword and orderNumber": with a code they are not arguments of the call.
      const extra = ["loginName", "loginPassword", "orderNumber"].find((name) => given.has(name));
      if (extra) return unrecognised(extra);
    } else {
      const absent = missingLogin(given) ?? (given.has("orderNumber") ? undefined : missing("orderNumber"));
      if (absent) return absent;
    }
    return structuresNeedAll(given) ?? binaryNeedsStructure(given);
  },
  answers: { ...ONE_TYPE, rejection: "object" },
};

const PAC: SandboxEndpoint = {
  product: "pac",
  path: "/products/download/CollectPAC",
  takesCollectionCode: true,
  parameters: [
    ...OPTIONAL_LOGIN,
    { name: "orderNumber", type: "integer" },
    COLLECTION_CODE,
    QUERY_TYPE,
    RESPONSE_TYPE,
    { name: "responseEncoding", type: [0, 1, 2] },
    MIME_TYPE,
    SHOW_VALIDITY,
  ],
  check: (given) => {
    // The page requires login and code, makes the order number optional, and then says "if specified" about the code.
    const signsIn = given.has("loginName") || given.has("loginPassword") || !given.has("collectionCode");
    const unsigned = signsIn ? missingLogin(given) : undefined;
    if (unsigned) return unsigned;
    if (!given.has("collectionCode") && !given.has("orderNumber")) return missing("collectionCode");
    return structuresNeedAll(given) ?? binaryNeedsStructure(given);
  },
  answers: ONE_TYPE,
};

const MC: SandboxEndpoint = {
  product: "mc",
  path: "/products/download/CollectMC",
  anyCase: true,
  parameters: [
    ...LOGIN,
    { name: "orderNumber", required, type: "string", max: 128 },
    { name: "responseType", type: [0, 2, 3] },
    { name: "responseEncoding", type: [0, 1] },
  ],
  check: (given) => {
    const type = given.get("responseType") ?? "3";
    const binary = given.get("responseEncoding") === "1";
    // The table requires responseEncoding=1 for PKCS#7 too, but the sample below it is PKCS#7 in base64.
    if (type === "0" && !binary) return invalid("responseType");
    return binary && type === "3" ? invalid("responseEncoding") : undefined;
  },
  // Its sample of PKCS#7 has one signer, PEM markers and no status.
  answers: { ...USUAL, pkcs7: "one-signer", hasBareStructures: true },
};

const BY_PRODUCT: Readonly<Record<SandboxProduct, SandboxEndpoint>> = {
  ssl: SSL,
  smime: SMIME,
  ccc: CCC,
  pac: PAC,
  mc: MC,
};

/** The five of them. */
export const SANDBOX_ENDPOINTS: readonly SandboxEndpoint[] = Object.values(BY_PRODUCT);

export function sandboxEndpoint(product: SandboxProduct): SandboxEndpoint {
  return BY_PRODUCT[product];
}

/** Whether an endpoint documents a parameter of this name. */
export function documents(endpoint: SandboxEndpoint, name: string): boolean {
  return endpoint.parameters.some((parameter) => parameter.name === name);
}

/** The endpoint at a path, compared exactly. */
export function endpointAt(path: string): SandboxEndpoint | undefined {
  return SANDBOX_ENDPOINTS.find((endpoint) => endpoint.path === path);
}

/**
 * Reads and checks a form; the first error is the answer: unknown arguments, then missing, invalid, and combinations.
 */
export function readArguments(endpoint: SandboxEndpoint, form: URLSearchParams): RequestParameters | Refusal {
  const given = new Map<string, string>();
  for (const [sent, value] of form) {
    const parameter = endpoint.parameters.find(({ name }) => named(endpoint, name, sent));
    if (!parameter) return unrecognised(sent);
    if (given.has(parameter.name)) return invalid(parameter.name);
    given.set(parameter.name, value);
  }
  for (const parameter of endpoint.parameters) {
    const value = given.get(parameter.name);
    if (value === undefined) {
      if (parameter.required) return missing(parameter.name);
      continue;
    }
    if (!allowed(parameter, value)) return invalid(parameter.name);
    given.set(parameter.name, normalised(parameter, value));
  }
  return endpoint.check(given) ?? given;
}

/**
 * -2. It repeats only documented names: a caller that forgot to encode its password has sent the rest of it as a name.
 */
function unrecognised(sent: string): Refusal {
  const isDocumented = SANDBOX_ENDPOINTS.some((endpoint) => documents(endpoint, sent));
  return isDocumented ? { ...UNRECOGNISED, item: sent } : UNRECOGNISED;
}

function named(endpoint: SandboxEndpoint, name: string, sent: string): boolean {
  return name === sent || (endpoint.anyCase === true && name.toLowerCase() === sent.toLowerCase());
}

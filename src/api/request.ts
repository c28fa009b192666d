import { type Endpoint, ENDPOINTS, parameterOf } from "./endpoints";
import {
  breaking,
  MAX_UNDOCUMENTED_CHARACTERS,
  PARAMETER_NAMES,
  type ParameterName,
  type ParameterValues,
  type ValueRules,
} from "./parameter";
import type { Product } from "./product";
import type { HttpRequest } from "./transport";
import { amount, anyOf, phrase, type Phrase } from "../words/phrase";
import { SaidError } from "../words/said-error";

/**
 * Why a request was refused before anything was sent. `host`, `not-https`: the address. `unknown`: the endpoint does
 * not document the parameter, and would answer -2. `missing`, `empty`, `too-long`, `not-text`: the value.
 * `not-integer`, `not-allowed`, `shape`: the value against the page. `combination`: two parameters that exclude or
 * need each other.
 */
export type RequestErrorCode =
  | "host"
  | "not-https"
  | "unknown"
  | "missing"
  | "empty"
  | "too-long"
  | "not-text"
  | "not-integer"
  | "not-allowed"
  | "shape"
  | "combination";

/** Thrown before a byte is sent. It says one sentence to a person and never contains a given value. */
export class RequestError extends SaidError {
  override readonly name = "RequestError";

  constructor(
    readonly code: RequestErrorCode,
    override readonly said: Phrase,
    /** The parameter at fault; absent for an address. */
    readonly field?: string,
    /** The values that the field takes, where they are listed. */
    readonly allowed: readonly string[] = [],
  ) {
    super(said);
  }
}

/** How an order is identified to the CA. The value of a collection code is secret and is passed separately. */
export type Reference =
  | { readonly kind: "orderNumber" | "certificateID" | "baseOrderNumber"; readonly value: string }
  | { readonly kind: "collectionCode" };

/**
 * The URL of an endpoint or service.
 * @param host a host name, IPv4 address or bracketed IPv6 address, with `:port` where it is not 443
 * @throws RequestError `not-https` for an http address, `host` for anything else that is not a bare host
 */
export function serverUrl(host: string, path: string): string {
  if (/^http:/i.test(host)) {
    throw new RequestError(
      "not-https",
      phrase("Plain HTTP would expose the password to the network: only HTTPS is used."),
    );
  }
  // The pattern keeps out scheme, user, path, query and fragment; URL then judges the rest (IPv6, ports, dots).
  const bare = /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/.test(host);
  const url = bare && URL.canParse(`https://${host}`) ? new URL(`https://${host}`) : undefined;
  if (url === undefined) {
    throw new RequestError("host", phrase("The server must be only a host name, such as secure.sectigo.com."));
  }
  return url.origin + path;
}

/**
 * The URL of a product's endpoint.
 * @throws RequestError as {@link serverUrl} does
 */
export const endpointUrl = (host: string, product: Product): string => serverUrl(host, ENDPOINTS[product].path);

/**
 * The call for one product, checked against its page before anything is sent.
 * @throws RequestError naming the field, the rule and the allowed values
 */
export function buildRequest(host: string, product: Product, values: ParameterValues): HttpRequest {
  const endpoint = ENDPOINTS[product];
  const url = endpointUrl(host, product);
  checkValues(endpoint, values);
  const form = new URLSearchParams();
  for (const { name } of endpoint.parameters) {
    const value = values[name];
    if (value !== undefined) form.append(name, value);
  }
  return { url, body: form.toString() };
}

function checkValues(endpoint: Endpoint, values: ParameterValues): void {
  for (const [name, value] of Object.entries(values)) {
    const parameter = endpoint.parameters.find((known) => known.name === name);
    if (parameter === undefined) {
      // The name of an unknown one may be anything.
      const known = PARAMETER_NAMES.find((each) => each === name);
      const said =
        known === undefined
          ? phrase("{0} does not take this parameter.", endpoint.name)
          : phrase("{0} does not take {1}.", endpoint.name, known);
      throw new RequestError("unknown", said, known ?? "this parameter");
    }
    checkValue(parameter, value);
  }
  for (const { name, required } of endpoint.parameters) {
    if (required && values[name] === undefined) {
      throw new RequestError(
        "missing",
        phrase("{0} needs {1}.", endpoint.name, name),
        name,
        allowedValues(endpoint, name),
      );
    }
  }
  for (const rule of endpoint.rules) {
    const [field] = breaking(rule, values);
    if (field !== undefined) {
      throw new RequestError("combination", rule.sentence, field, allowedValues(endpoint, field));
    }
  }
}

function allowedValues(endpoint: Endpoint, name: ParameterName): string[] {
  return parameterOf(endpoint, name)?.values?.map(({ value }) => value) ?? [];
}

/** The most characters of a parameter's value. */
export const longestOf = ({ maxLength }: Pick<ValueRules, "maxLength">): number =>
  maxLength ?? MAX_UNDOCUMENTED_CHARACTERS;

/**
 * One value against its row of the table, for instance while it is typed.
 * @throws RequestError that says what the value must be
 */
export function checkValue(parameter: ValueRules, value: unknown): void {
  const { name, values, shape } = parameter;
  if (typeof value !== "string") throw new RequestError("not-text", phrase("{0} must be text.", name), name);
  if (value === "") throw new RequestError("empty", phrase("{0} must not be empty.", name), name);
  if (values !== undefined) {
    const allowed = values.map((one) => one.value);
    if (!allowed.includes(value)) {
      throw new RequestError("not-allowed", phrase("{0} must be one of {1}.", name, anyOf(allowed)), name, allowed);
    }
    return;
  }
  const longest = longestOf(parameter);
  if ([...value].length > longest) {
    throw new RequestError(
      "too-long",
      phrase("{0} must not be longer than {1} characters.", name, amount(longest)),
      name,
    );
  }
  // Half a surrogate pair cannot be encoded in UTF-8: it would be sent as U+FFFD, and a password would not arrive as
  // typed.
  if (/\p{Surrogate}/u.test(value) || (!parameter.secret && /\p{Control}/u.test(value))) {
    throw new RequestError("not-text", phrase("{0} contains characters that cannot be sent.", name), name);
  }
  if (parameter.type === "integer" && !/^\d+$/.test(value)) {
    throw new RequestError("not-integer", phrase("{0} must consist of digits.", name), name);
  }
  if (shape !== undefined && !shape.pattern.test(value)) {
    throw new RequestError("shape", phrase("{0} must be {1}.", name, shape.name), name);
  }
}

/**
 * What to ask, by default: one call that brings the detail while an order waits and the complete chain once it is
 * issued. With `statusOnly` no certificate is asked for; CollectMC has no such call, and is asked for everything.
 */
export function defaultValues(
  product: Product,
  reference: Reference,
  options: { statusOnly?: boolean } = {},
): ParameterValues {
  const order = reference.kind === "collectionCode" ? {} : { [reference.kind]: reference.value };
  return { ...order, ...(options.statusOnly ? STATUS_ONLY : EVERYTHING)[product] };
}

const SSL_DETAIL: ParameterValues = {
  responseFormat: "1",
  showValidityPeriod: "Y",
  showFQDN: "Y",
  showExtStatus: "Y",
  showMDCDomainDetails: "Y",
  showMDCDomainDetails2: "Y",
  showStatusDetails: "Y",
};

const PEM_CHAIN: ParameterValues = { queryType: "1", responseType: "3", responseEncoding: "0" };

// The page itself allows this pair; a failure is still text.
const MC_CHAIN: ParameterValues = { responseType: "2", responseEncoding: "1" };

const EVERYTHING: Readonly<Record<Product, ParameterValues>> = {
  ssl: { ...PEM_CHAIN, ...SSL_DETAIL },
  smime: { ...PEM_CHAIN, showValidityPeriod: "Y" },
  ccc: { ...PEM_CHAIN, showValidityPeriod: "Y" },
  pac: { ...PEM_CHAIN, showValidityPeriod: "Y" },
  mc: MC_CHAIN,
};

const STATUS_ONLY: Readonly<Record<Product, ParameterValues>> = {
  ssl: { queryType: "0", ...SSL_DETAIL },
  smime: { queryType: "0", showValidityPeriod: "Y" },
  ccc: { queryType: "0", showValidityPeriod: "Y" },
  pac: { queryType: "0", showValidityPeriod: "Y" },
  mc: MC_CHAIN,
};

import { certificatesAsked, structure } from "./delivery";
import type { IssuedOrder, PendingOrder } from "./order-state";
import type { RequestParameters } from "./form-parameter";
import type { SandboxEndpoint } from "./parameters";
import type { Refusal } from "./refusals";
import { domainList, productTerm, statusDetails } from "./status";

/** CollectSSL's URL-encoded form: `+` for a space, one encoding, keys in the order of the page's sample. */

export function urlEncodedRefusal({ code, message, item }: Refusal): string {
  const pairs = new URLSearchParams({ errorCode: String(code), errorMessage: message });
  if (item !== undefined) pairs.set("errorItem", item);
  return pairs.toString();
}

const STRUCTURES: Readonly<Record<string, string>> = {
  "0": "zipFile",
  "1": "netscapeCertificateSequence",
  "2": "pkcs7",
};

export function urlEncodedAnswer(
  endpoint: SandboxEndpoint,
  given: RequestParameters,
  state: PendingOrder | IssuedOrder,
): string {
  const { validation } = state;
  const shows = (flag: string): boolean => given.get(flag) === "Y";
  const pairs = new URLSearchParams();
  pairs.set("errorCode", state.kind === "pending" ? "0" : given.get("queryType") === "0" ? "1" : "2");
  if (shows("showValidityPeriod")) for (const [key, value] of validityPairs(state)) pairs.set(key, String(value));
  if (shows("showFQDN")) pairs.set("fqdn", state.name);
  if (state.kind === "issued")
    for (const [key, der] of certificatePairs(endpoint, given, state)) pairs.append(key, base64(der));
  if (shows("showExtStatus")) {
    pairs.set("certificateStatus", validation.certificateStatus);
    if (validation.validationStatus !== undefined) pairs.set("validationStatus", validation.validationStatus);
  }
  if (state.kind === "pending" && validation.domains) {
    if (shows("showMDCDomainDetails")) pairs.set("mdcDomainDetails", domainList(validation.domains, false));
    if (shows("showMDCDomainDetails2")) pairs.set("mdcDomainDetails2", domainList(validation.domains, true));
  }
  if (shows("showStatusDetails")) for (const [key, value] of statusDetails(validation)) pairs.set(key, value);
  return pairs.toString();
}

/** Times in UNIX seconds. Until the certificate is issued, there are only durations in days. */
function validityPairs(state: PendingOrder | IssuedOrder): readonly (readonly [string, number])[] {
  const durations = [
    ["certificateDuration", state.certificateDays],
    ["productTermDuration", state.termDays],
  ] as const;
  if (state.kind === "pending") return durations;
  const [start, end] = productTerm(state);
  return [
    ["notBefore", state.certificate.notBefore / 1000],
    ["notAfter", state.certificate.notAfter / 1000],
    ["productTermStartDate", start],
    ["productTermEndDate", end],
    ...durations,
  ];
}

function certificatePairs(
  endpoint: SandboxEndpoint,
  given: RequestParameters,
  state: IssuedOrder,
): readonly (readonly [string, Uint8Array])[] {
  if (given.get("queryType") === "0") return [];
  const key = STRUCTURES[given.get("responseType") ?? ""];
  if (key !== undefined) return [[key, structure(endpoint, given, state)]];
  const asked = certificatesAsked(given, state);
  return asked.map((der) => [der === state.certificate.der ? "certificate" : "caCertificate", der] as const);
}

function base64(der: Uint8Array): string {
  return Buffer.from(der).toString("base64");
}

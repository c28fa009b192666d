import { phrase, type Phrase } from "../../../words/phrase";
import { MS_PER_DAY } from "../../x509/lifetime";
import type { ExtensionValue } from "../../extensions/extension";
import { listWords, quoted } from "../words";
import { accessOf, CA_ISSUERS, isHttpUrl, issuerFixed, listNamesOf, OCSP, urlOf } from "./issuer-places";
import { misissued, noticed } from "./leaf-rule";
import { hasExtension, isMarked, issuedOn, policiesOf, publicTls, valueOf, type Rule } from "./rule";

const PROFILES = "2023-09-15";
const FIRST = "2012-07-01";
const ANY_POLICY = "2.5.29.32.0";

const source = (clause: string, section: string, from?: string) => ({
  clause,
  section,
  ...(from === undefined ? {} : { from }),
});
const access = (from: string) => source("TLS BR section 7.1.2.7.7", "authorityInfoAccess", from);
const lists = (from: string) => source("TLS BR section 7.1.2.11.2", "cRLDistributionPoints", from);

const marked = (
  id: string,
  type: ExtensionValue["type"],
  flag: boolean,
  clause: string,
  message: Phrase,
  from?: string,
): Rule => noticed(id, source(clause, type, from), (subject) => (isMarked(subject, type, flag) ? message : undefined));

/** ECDSA signatures: the hash of each, and the most bytes of a number of curves up to the one that fits it. */
const ECDSA_HASHES: ReadonlyMap<string, string> = new Map([
  ["1.2.840.10045.4.3.2", "P-256"],
  ["1.2.840.10045.4.3.3", "P-384"],
  ["1.2.840.10045.4.3.4", "P-521"],
]);

/** The curve of an ECDSA signature (hex), by its length: two numbers and up to nine bytes around them. */
function curveOf(signature: string): string {
  const bytes = signature.length / 2;
  return bytes <= 72 ? "P-256" : bytes <= 104 ? "P-384" : "P-521";
}

/** Rules on the extensions of public TLS certificates, and on what every leaf's must not say. */
export const TLS_EXTENSION_RULES: readonly Rule[] = [
  noticed("access.missing", source("TLS BR section 7.1.2.7.6", "certificate", FIRST), (subject) =>
    hasExtension(subject, "authorityInfoAccess")
      ? undefined
      : phrase("It does not say where its CA's certificate and OCSP service are."),
  ),
  noticed("access.no-issuer", access(FIRST), (subject) =>
    hasExtension(subject, "authorityInfoAccess") &&
    !accessOf(subject).some(({ method, location }) => method === CA_ISSUERS && isHttpUrl(location))
      ? phrase(
          "It does not say with an http address where its CA's certificate is: a server must send the whole chain.",
        )
      : undefined,
  ),
  noticed("access.no-ocsp", { ...access(FIRST), until: PROFILES }, (subject) =>
    hasExtension(subject, "authorityInfoAccess") && !accessOf(subject).some(({ method }) => method === OCSP)
      ? phrase("It does not say where its CA's OCSP service is, as certificates of its time had to.")
      : undefined,
  ),
  noticed("access.method", access(PROFILES), (subject) => {
    const found = accessOf(subject).filter(({ method, location }) => {
      return (method !== OCSP && method !== CA_ISSUERS) || urlOf(location) === undefined;
    });
    return found.length === 0
      ? undefined
      : phrase("Its authorityInfoAccess says more than where its CA's certificate and OCSP service are.");
  }),
  noticed("access.scheme", access(PROFILES), (subject) => {
    const found = accessOf(subject).flatMap(({ location }) =>
      isHttpUrl(location) ? [] : [urlOf(location) ?? location.type],
    );
    return found.length === 0
      ? undefined
      : phrase("An address of its CA is not one with http, which programs use: {0}.", listWords(found));
  }),
  noticed("access.repeated", access(PROFILES), (subject) => {
    const seen = new Set<string>();
    const found = accessOf(subject).flatMap(({ method, location }) => {
      const url = urlOf(location)?.toLowerCase();
      if (url === undefined || !seen.has(`${method} ${url}`)) {
        seen.add(`${method} ${url ?? ""}`);
        return [];
      }
      return [url];
    });
    return found.length === 0 ? undefined : phrase("It names the same address twice: {0}.", listWords(found));
  }),
  misissued("crl.no-url", lists(FIRST), (subject) => {
    const found = listNamesOf(subject);
    return found === undefined || found.some(isHttpUrl)
      ? undefined
      : phrase("It names a revocation list, but not with an http address, so that programs cannot get it.");
  }),
  noticed("crl.scheme", lists(PROFILES), (subject) => {
    const found = (listNamesOf(subject) ?? []).filter((name) => !isHttpUrl(name));
    return found.length === 0
      ? undefined
      : phrase(
          "An address of its revocation list is not one with http: {0}.",
          listWords(found.map((name) => urlOf(name) ?? name.type)),
        );
  }),
  noticed("crl.indirect", lists(PROFILES), (subject) =>
    valueOf(subject, "cRLDistributionPoints")?.points.some(
      ({ cRLIssuer, reasons, nameRelativeToCRLIssuer }) =>
        cRLIssuer !== undefined || reasons !== undefined || nameRelativeToCRLIssuer !== undefined,
    ) === true
      ? phrase(
          "It names a revocation list of another issuer or for some reasons alone, which public TLS certificates must not.",
        )
      : undefined,
  ),
  noticed(
    "policies.missing",
    { ...source("TLS BR section 7.1.2.7.6", "certificate", FIRST), until: PROFILES },
    (subject) => (hasExtension(subject, "certificatePolicies") ? undefined : phrase("It does not name a policy.")),
  ),
  marked(
    "policies.critical",
    "certificatePolicies",
    true,
    "TLS BR section 7.1.2.7.6",
    phrase("Its policies are marked critical, which they should not be."),
  ),
  noticed("policies.any", source("TLS BR section 7.1.2.7.9", "certificatePolicies", PROFILES), (subject) =>
    policiesOf(subject).includes(ANY_POLICY)
      ? phrase("It claims any policy, which only CA certificates may.")
      : undefined,
  ),
  noticed("policies.cps-url", source("TLS BR section 7.1.2.7.9", "certificatePolicies", PROFILES), (subject) => {
    const found = (valueOf(subject, "certificatePolicies")?.policies ?? []).flatMap(({ qualifiers }) =>
      qualifiers.flatMap((each) => (each.type === "cps" && !/^https?:\/\/./i.test(each.uri) ? [each.uri] : [])),
    );
    return found.length === 0
      ? undefined
      : phrase(
          "The address of its CA's practice statement is not one with http or https: {0}.",
          listWords(found.map(quoted)),
        );
  }),
  noticed("policies.qualifier", source("TLS BR section 7.1.2.7.9", "certificatePolicies", PROFILES), (subject) =>
    valueOf(subject, "certificatePolicies")?.policies.some(({ qualifiers }) =>
      qualifiers.some(({ type }) => type !== "cps"),
    ) === true
      ? phrase("A policy of it has more beside it than the address of a practice statement.")
      : undefined,
  ),
  marked(
    "usage.purposes-critical",
    "extKeyUsage",
    true,
    "TLS BR section 7.1.2.7.6",
    phrase("Its purposes are marked critical, which they must not be."),
    PROFILES,
  ),
  marked(
    "usage.not-critical",
    "keyUsage",
    false,
    "TLS BR section 7.1.2.7.6, RFC 5280 section 4.2.1.3",
    phrase("Its key usage is not marked critical, as it should be."),
  ),
  marked(
    "usage.constraints-not-critical",
    "basicConstraints",
    false,
    "TLS BR section 7.1.2.7.6",
    phrase("Its basic constraints are not marked critical, which they must be."),
    PROFILES,
  ),
  noticed("usage.leaf-lists", source("TLS BR section 7.1.2.7.11", "keyUsage", FIRST), (subject) =>
    valueOf(subject, "keyUsage")?.usages.includes("cRLSign") === true
      ? phrase("Its key may sign revocation lists, though it is not a CA certificate.")
      : undefined,
  ),
  noticed(
    "issuer.key-by-name",
    source(
      "Mozilla Root Store Policy (since 2.2) section 5.2, TLS BR section 7.1.2.11.1",
      "authorityKeyIdentifier",
      "2013-07-26",
    ),
    issuerFixed,
  ),
  noticed("timestamps.empty", source("RFC 6962 section 3.3", "signedCertificateTimestampList"), (subject) =>
    valueOf(subject, "signedCertificateTimestampList")?.timestamps.length === 0
      ? phrase("Its list of timestamps from Certificate Transparency logs is there, but empty.")
      : undefined,
  ),
  noticed("timestamps.in-precertificate", source("RFC 6962 section 3.1", "precertificatePoison"), (subject) =>
    hasExtension(subject, "precertificatePoison") && hasExtension(subject, "signedCertificateTimestampList")
      ? phrase("It is a precertificate, but has timestamps already, which the logs give only for it.")
      : undefined,
  ),
  noticed("timestamps.backdated", source("TLS BR section 7.1.2.7", "validity", PROFILES), (subject) => {
    const list = valueOf(subject, "signedCertificateTimestampList")?.timestamps ?? [];
    const first = list.reduce((earliest, { timestamp }) => Math.min(earliest, timestamp), Infinity);
    return first < Infinity && first - issuedOn(subject) > 2 * MS_PER_DAY
      ? phrase("Its validity begins more than 48 hours before it was sent to the first log: it was dated back.")
      : undefined;
  }),
  {
    id: "signature.curve",
    severity: "info",
    clause: "Mozilla Root Store Policy section 5.1.2",
    section: "signature",
    appliesTo: publicTls,
    check: ({ certificate: { signature, signatureAlgorithm } }) => {
      const fitting = ECDSA_HASHES.get(signatureAlgorithm.oid);
      const curve = curveOf(signature);
      return fitting === undefined || fitting === curve
        ? undefined
        : phrase(
            "It is signed with a key on {0} and a hash for {1}, which Mozilla's program does not allow.",
            curve,
            fitting,
          );
    },
  },
];

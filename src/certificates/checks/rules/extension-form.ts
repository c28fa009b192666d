import { EXTENSION_TITLES } from "../../extensions/extension-titles";
import type { Extension, ExtensionValue } from "../../extensions/extension";
import { refusal } from "../refusers";
import { every, hasExtension, leaf, selfIssued, subordinate, type Rule, type Subject, valueOf } from "./rule";

/**
 * Extensions that must be critical in a CA certificate: RFC 5280 sections 4.2.1.9, 4.2.1.10, 4.2.1.11, 4.2.1.14.
 * keyUsage is only advised to be.
 */
const CRITICAL: ReadonlySet<string> = new Set(["2.5.29.19", "2.5.29.30", "2.5.29.36", "2.5.29.54"]);

/**
 * Extensions that must not be critical: RFC 5280 sections 4.2.1.1, 4.2.1.2, 4.2.1.8, 4.2.1.15, 4.2.2; RFC 6962 section
 * 3.3.
 */
const NOT_CRITICAL: ReadonlySet<string> = new Set([
  "2.5.29.35",
  "2.5.29.14",
  "2.5.29.9",
  "2.5.29.46",
  "1.3.6.1.5.5.7.1.1",
  "1.3.6.1.5.5.7.1.11",
  "1.3.6.1.4.1.11129.2.4.2",
]);

/**
 * Extensions that OpenSSL and BoringSSL process, and those that OpenSSL alone does: both refuse a certificate in which
 * another one is critical.
 */
const PROCESSED: ReadonlySet<string> = new Set([
  ...["2.5.29.15", "2.5.29.17", "2.5.29.19", "2.5.29.30", "2.5.29.32", "2.5.29.33", "2.5.29.36", "2.5.29.37"],
  "2.5.29.54",
]);
const OPENSSL_PROCESSED: ReadonlySet<string> = new Set([
  ...["2.5.29.31", "2.16.840.1.113730.1.1", "1.3.6.1.5.5.7.1.7", "1.3.6.1.5.5.7.1.8", "1.3.6.1.5.5.7.48.1.5"],
]);

/** Types of extensions that have rules of their own where they are critical. */
const SAID_ELSEWHERE: ReadonlySet<string> = new Set(["unknown", "unreadable", "precertificatePoison"]);

const titleOf = ({ oid }: Extension) => EXTENSION_TITLES.get(oid) ?? oid;

const extensionsThat = ({ certificate }: Subject, test: (extension: Extension) => boolean) =>
  certificate.extensions.filter(test).map(titleOf);

/** Whether an extension is entirely unknown, even its name. */
const isUnknown = (oid: string, { type }: ExtensionValue) => type === "unknown" && !EXTENSION_TITLES.has(oid);

/**
 * Whether a list that must not be empty (SIZE (1..MAX) in RFC 5280 appendix A.2) is empty. Usages and purposes have
 * their own rules.
 */
function isEmpty(value: ExtensionValue): boolean {
  switch (value.type) {
    case "subjectAltName":
    case "issuerAltName":
      return value.names.length === 0;
    case "certificatePolicies":
      return value.policies.length === 0;
    case "authorityInfoAccess":
    case "subjectInfoAccess":
      return value.descriptions.length === 0;
    case "cRLDistributionPoints":
    case "freshestCRL":
      return value.points.length === 0;
    case "nameConstraints":
      return value.permitted.length === 0 && value.excluded.length === 0;
    case "subjectDirectoryAttributes":
      return value.attributes.length === 0;
    default:
      return false;
  }
}

/** Frequent types of extensions that have no names inside: looking into these took longer than most rules. */
const NAMELESS: ReadonlySet<ExtensionValue["type"]> = new Set([
  ...(["unreadable", "unknown", "keyUsage", "extKeyUsage", "basicConstraints", "subjectKeyIdentifier"] as const),
  ...(["certificatePolicies", "signedCertificateTimestampList"] as const),
]);

/** Whether any name inside has an attribute that could not be read. */
function hasDamagedName(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if ("stringType" in value) return "problem" in value;
  return Object.values(value).some(hasDamagedName);
}

/** Rules on the form of every certificate's extensions. */
export const EXTENSION_FORM_RULES: readonly Rule[] = [
  {
    id: "extension.repeated",
    severity: "error",
    clause: "RFC 5280 section 4.2",
    appliesTo: every,
    check: (subject) => {
      const seen = new Set<string>();
      return extensionsThat(subject, ({ oid }) => seen.has(oid) || !seen.add(oid)).map(
        (title) => `It has the extension ${title} more than once.`,
      );
    },
  },
  {
    id: "extension.unreadable",
    severity: "error",
    clause: "RFC 5280 section 4.2",
    appliesTo: every,
    check: (subject) =>
      extensionsThat(subject, ({ value }) => value.type === "unreadable").map(
        (title) => `The extension ${title} is not encoded as its standard requires.`,
      ),
  },
  {
    id: "extension.path-length",
    severity: "error",
    clause: "RFC 5280 section 4.2.1.9",
    section: "basicConstraints",
    appliesTo: every,
    check: (subject) => {
      const problem = valueOf(subject, "basicConstraints")?.problem;
      return problem === undefined
        ? undefined
        : `The number of CAs that it allows below it could not be read: ${problem}.`;
    },
  },
  {
    // Alternative names, distribution points and others have names inside.
    id: "extension.name-unreadable",
    severity: "error",
    clause: "RFC 5280 section 4.1.2.4",
    appliesTo: every,
    check: (subject) =>
      extensionsThat(subject, ({ value }) => !NAMELESS.has(value.type) && hasDamagedName(value)).map(
        (title) => `Part of a name in the extension ${title} could not be read.`,
      ),
  },
  {
    id: "extension.unknown-critical",
    severity: "error",
    clause: "RFC 5280 section 4.2",
    appliesTo: every,
    check: (subject) =>
      extensionsThat(subject, ({ oid, critical, value }) => critical && isUnknown(oid, value)).map(
        (title) =>
          `The extension ${title} is critical and unknown here: programs that do not know it must reject the certificate, as OpenSSL and BoringSSL do.`,
      ),
  },
  {
    id: "extension.undecoded-critical",
    severity: "error",
    clause: "RFC 5280 section 4.2",
    appliesTo: every,
    check: (subject) =>
      extensionsThat(
        subject,
        ({ oid, critical, value }) => critical && value.type === "unknown" && !isUnknown(oid, value),
      ).map(
        (title) =>
          `The extension ${title} is critical: programs that cannot process it must reject the certificate, as BoringSSL does. Its contents are not decoded here.`,
      ),
  },
  {
    id: "extension.empty",
    severity: "error",
    clause: "RFC 5280 section 4.2.1",
    appliesTo: every,
    check: (subject) =>
      extensionsThat(
        subject,
        ({ value }) => isEmpty(value) && !(value.type === "nameConstraints" && leaf(subject)),
      ).map((title) => `The extension ${title} is empty, but its standard requires at least one entry.`),
  },
  {
    id: "extension.must-be-critical",
    severity: "warning",
    clause: "RFC 5280 section 4.2.1",
    appliesTo: subordinate,
    check: (subject) =>
      extensionsThat(subject, ({ oid, critical }) => !critical && CRITICAL.has(oid)).map(
        (title) => `The extension ${title} is not marked critical, although it must be in a CA certificate.`,
      ),
  },
  {
    id: "extension.must-not-be-critical",
    severity: "error",
    clause: "RFC 5280 sections 4.2.1 and 4.2.2",
    appliesTo: every,
    check: (subject) =>
      extensionsThat(subject, ({ oid, critical }) => critical && NOT_CRITICAL.has(oid)).map(
        (title) => `The extension ${title} is marked critical, which it must not be: ${refusal("critical")}.`,
      ),
  },
  {
    id: "extension.critical-refused",
    severity: "error",
    clause: "RFC 5280 section 4.2",
    appliesTo: every,
    check: ({ certificate }) =>
      certificate.extensions
        .filter(({ oid, critical, value: { type } }) => critical && !PROCESSED.has(oid) && !SAID_ELSEWHERE.has(type))
        .filter(({ oid }) => !NOT_CRITICAL.has(oid))
        .map((extension) => {
          const form = OPENSSL_PROCESSED.has(extension.oid) ? "critical-boring" : "critical";
          return `The extension ${titleOf(extension)} is marked critical: ${refusal(form)}.`;
        }),
  },
  {
    id: "extension.precertificate",
    severity: "error",
    clause: "RFC 6962 section 3.1",
    section: "precertificatePoison",
    advice: "Get the certificate itself from the CA.",
    appliesTo: every,
    check: (subject) =>
      hasExtension(subject, "precertificatePoison")
        ? "It is a precertificate, made for Certificate Transparency logs: no program accepts it."
        : undefined,
  },
  {
    id: "extension.authority-key",
    severity: "warning",
    clause: "RFC 5280 section 4.2.1.1",
    section: "authorityKeyIdentifier",
    appliesTo: (subject) => subject.certificate.version === 3 && !selfIssued(subject),
    check: (subject) =>
      valueOf(subject, "authorityKeyIdentifier")?.keyIdentifier === undefined
        ? "It does not identify its issuer's key, which tells issuers of the same name apart."
        : undefined,
  },
  {
    id: "extension.subject-key",
    severity: "warning",
    clause: "RFC 5280 section 4.2.1.2",
    section: "subjectKeyIdentifier",
    appliesTo: (subject) => subordinate(subject) && subject.certificate.version === 3,
    check: (subject) =>
      hasExtension(subject, "subjectKeyIdentifier") ? undefined : "This CA certificate does not identify its own key.",
  },
  {
    id: "extension.leaf-name-constraints",
    severity: "warning",
    clause: "RFC 5280 section 4.2.1.10",
    section: "nameConstraints",
    appliesTo: leaf,
    check: (subject) =>
      hasExtension(subject, "nameConstraints")
        ? "It has name constraints, which only CA certificates may have."
        : undefined,
  },
];

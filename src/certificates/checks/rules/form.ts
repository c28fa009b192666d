import { isSelfIssued } from "../../issuing";
import { EXTENSION_TEXTS } from "../../details/extension-texts";
import type { Extension, ExtensionValue } from "../../extensions/extension";
import { FIELD_WORDS } from "../../field-words";
import {
  authority,
  belowRoot,
  every,
  hasExtension,
  leaf,
  publicTls,
  subordinate,
  type Rule,
  type Subject,
  valueOf,
} from "./rule";

/** Bytes of a random number of 64 bits (TLS BR section 7.1.2.7). */
const RANDOM_BYTES = 8;

/** Extensions that must be critical in a CA certificate: RFC 5280 sections 4.2.1.9, 4.2.1.10, 4.2.1.11, 4.2.1.14. keyUsage is only advised to be. */
const CRITICAL: ReadonlySet<string> = new Set(["2.5.29.19", "2.5.29.30", "2.5.29.36", "2.5.29.54"]);

/** Extensions that must not be critical: RFC 5280 sections 4.2.1.1, 4.2.1.2, 4.2.1.8, 4.2.1.15, 4.2.2; RFC 6962 section 3.3. */
const NOT_CRITICAL: ReadonlySet<string> = new Set([
  "2.5.29.35",
  "2.5.29.14",
  "2.5.29.9",
  "2.5.29.46",
  "1.3.6.1.5.5.7.1.1",
  "1.3.6.1.5.5.7.1.11",
  "1.3.6.1.4.1.11129.2.4.2",
]);

const titleOf = ({ oid }: Extension) => EXTENSION_TEXTS.get(oid)?.title ?? oid;

const extensionsThat = ({ certificate }: Subject, test: (extension: Extension) => boolean) =>
  certificate.extensions.filter(test).map(titleOf);

/** Whether nothing is known of an extension, not even its name. */
const isUnknown = (oid: string, { type }: ExtensionValue) => type === "unknown" && !EXTENSION_TEXTS.has(oid);

/** Whether a list is empty that must not be: SIZE (1..MAX) in RFC 5280 appendix A.2. Usages and purposes have rules of their own. */
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

/** Rules on what every certificate must look like. */
export const FORM_RULES: readonly Rule[] = [
  {
    id: "form.version",
    severity: "error",
    clause: "RFC 5280 section 4.1.2.1",
    section: "certificate",
    appliesTo: every,
    check: ({ certificate }) =>
      certificate.extensions.length > 0 && certificate.version !== 3
        ? `It has extensions and says that it is of version ${certificate.version}.`
        : undefined,
  },
  {
    id: "form.old-version",
    severity: "warning",
    clause: "RFC 5280 section 4.1.2.1",
    section: "certificate",
    appliesTo: belowRoot,
    check: ({ certificate }) =>
      certificate.extensions.length === 0
        ? `It is of version ${certificate.version} and has no extensions: it does not say what it is for.`
        : undefined,
  },
  {
    id: "form.ber",
    severity: "warning",
    clause: "RFC 5280 section 4.1",
    section: "certificate",
    appliesTo: every,
    check: ({ certificate }) =>
      certificate.beyondDer === true
        ? "It is encoded in BER where DER is required: BoringSSL and Go refuse it."
        : undefined,
  },
  {
    id: "form.serial-not-positive",
    severity: "warning",
    clause: "RFC 5280 section 4.1.2.2",
    section: "certificate",
    appliesTo: belowRoot,
    check: ({ certificate: { serialNumber } }) => {
      if (serialNumber.hex.startsWith("-")) return "Its serial number is negative; Go (from 1.23 on) refuses it.";
      return /^0+$/.test(serialNumber.hex) ? "Its serial number is zero." : undefined;
    },
  },
  {
    id: "form.serial-too-long",
    severity: "warning",
    clause: "RFC 5280 section 4.1.2.2",
    section: "certificate",
    appliesTo: every,
    check: ({ certificate: { serialNumber } }) =>
      serialNumber.octets > 20 ? `Its serial number has ${serialNumber.octets} bytes, more than 20.` : undefined,
  },
  {
    id: "form.serial-predictable",
    severity: "warning",
    clause: "TLS BR section 7.1.2.7",
    section: "certificate",
    appliesTo: publicTls,
    check: ({ certificate: { serialNumber } }) =>
      serialNumber.octets < RANDOM_BYTES
        ? `Its serial number has ${serialNumber.octets} bytes, too few to hold 64 random bits.`
        : undefined,
  },
  {
    id: "form.issuer-empty",
    severity: "error",
    clause: "RFC 5280 section 4.1.2.4",
    section: "issuer",
    appliesTo: every,
    check: ({ certificate }) => (certificate.issuer.rdns.length === 0 ? "It names no issuer." : undefined),
  },
  {
    id: "form.subject-empty",
    severity: "error",
    clause: "RFC 5280 section 4.1.2.6",
    section: "subject",
    appliesTo: every,
    check: (subject) => {
      if (subject.certificate.subject.rdns.length > 0) return undefined;
      if (authority(subject)) return "This CA certificate has no name.";
      // Whether it is critical can be read where what it says cannot.
      const names = subject.certificate.extensions.find(({ oid }) => oid === "2.5.29.17");
      if (names === undefined)
        return hasExtension(subject, "subjectAltName") ? undefined : "It names no holder at all.";
      return names.critical ? undefined : "Its subject is empty, and its alternative names are not marked critical.";
    },
  },
  {
    id: "form.unique-id",
    severity: "info",
    clause: "RFC 5280 section 4.1.2.8",
    section: "certificate",
    appliesTo: every,
    check: ({ certificate }) =>
      certificate.issuerUniqueID !== undefined || certificate.subjectUniqueID !== undefined
        ? "It has a unique identifier, a field that CAs must not use."
        : undefined,
  },
  {
    id: "form.field-unreadable",
    severity: "error",
    clause: "RFC 5280 section 4.1",
    section: "certificate",
    advice: "Collect it again; if it comes the same way, ask the CA for another one.",
    appliesTo: every,
    check: ({ certificate }) =>
      certificate.unreadable?.map(({ field, problem }) => `Its ${FIELD_WORDS[field]} could not be read: ${problem}.`),
  },
  {
    id: "form.parameters-unreadable",
    severity: "error",
    clause: "RFC 4055 section 3.1",
    section: "signature",
    appliesTo: every,
    check: ({ certificate: { signatureAlgorithm, publicKey } }) =>
      [signatureAlgorithm, publicKey.algorithm].flatMap(({ problem }) =>
        problem === undefined ? [] : [`The parameters of an algorithm could not be read: ${problem}.`],
      ),
  },
  {
    id: "extension.repeated",
    severity: "error",
    clause: "RFC 5280 section 4.2",
    appliesTo: every,
    check: (subject) => {
      const seen = new Set<string>();
      return extensionsThat(subject, ({ oid }) => seen.has(oid) || !seen.add(oid)).map(
        (title) => `The extension ${title} is there more than once.`,
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
        (title) => `The extension ${title} is not written as its standard has it.`,
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
      return problem === undefined ? undefined : `How many CAs it allows below itself could not be read: ${problem}.`;
    },
  },
  {
    id: "name.attribute-unreadable",
    severity: "error",
    clause: "RFC 5280 section 4.1.2.4",
    section: "subject",
    appliesTo: every,
    check: ({ certificate }) =>
      [certificate.subject, certificate.issuer].flatMap(({ rdns }) =>
        rdns
          .flat()
          .flatMap(({ problem }) => (problem === undefined ? [] : [`Part of a name could not be read: ${problem}.`])),
      ),
  },
  {
    id: "extension.unknown-critical",
    severity: "warning",
    clause: "RFC 5280 section 4.2",
    appliesTo: every,
    check: (subject) =>
      extensionsThat(subject, ({ oid, critical, value }) => critical && isUnknown(oid, value)).map(
        (title) =>
          `The extension ${title} is critical and not known here: programs that do not know it must refuse the certificate.`,
      ),
  },
  {
    id: "extension.undecoded-critical",
    severity: "warning",
    clause: "RFC 5280 section 4.2",
    appliesTo: every,
    check: (subject) =>
      extensionsThat(
        subject,
        ({ oid, critical, value }) => critical && value.type === "unknown" && !isUnknown(oid, value),
      ).map(
        (title) =>
          `The extension ${title} is critical: programs that cannot act on it must refuse the certificate. What it says is not decoded here.`,
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
      ).map((title) => `The extension ${title} is empty, where its standard wants at least one entry.`),
  },
  {
    id: "extension.must-be-critical",
    severity: "warning",
    clause: "RFC 5280 section 4.2.1",
    appliesTo: subordinate,
    check: (subject) =>
      extensionsThat(subject, ({ oid, critical }) => !critical && CRITICAL.has(oid)).map(
        (title) => `The extension ${title} is not marked critical, as it must be in a CA certificate.`,
      ),
  },
  {
    id: "extension.must-not-be-critical",
    severity: "warning",
    clause: "RFC 5280 sections 4.2.1 and 4.2.2",
    appliesTo: every,
    check: (subject) =>
      extensionsThat(subject, ({ oid, critical }) => critical && NOT_CRITICAL.has(oid)).map(
        (title) => `The extension ${title} is marked critical, which it must not be.`,
      ),
  },
  {
    id: "extension.precertificate",
    severity: "error",
    clause: "RFC 6962 section 3.1",
    section: "precertificatePoison",
    advice: "Collect the certificate itself.",
    appliesTo: every,
    check: (subject) =>
      hasExtension(subject, "precertificatePoison")
        ? "It is a precertificate, made for the logs of certificate transparency: no program accepts it."
        : undefined,
  },
  {
    id: "extension.authority-key",
    severity: "warning",
    clause: "RFC 5280 section 4.2.1.1",
    section: "authorityKeyIdentifier",
    appliesTo: ({ certificate }) => certificate.version === 3 && !isSelfIssued(certificate),
    check: (subject) =>
      valueOf(subject, "authorityKeyIdentifier")?.keyIdentifier === undefined
        ? "It does not name its issuer's key, by which its issuer is found among several of one name."
        : undefined,
  },
  {
    id: "extension.subject-key",
    severity: "warning",
    clause: "RFC 5280 section 4.2.1.2",
    section: "subjectKeyIdentifier",
    appliesTo: (subject) => subordinate(subject) && subject.certificate.version === 3,
    check: (subject) =>
      hasExtension(subject, "subjectKeyIdentifier") ? undefined : "This CA certificate does not name its own key.",
  },
  {
    id: "extension.leaf-name-constraints",
    severity: "warning",
    clause: "RFC 5280 section 4.2.1.10",
    section: "nameConstraints",
    appliesTo: leaf,
    check: (subject) =>
      hasExtension(subject, "nameConstraints")
        ? "It has name constraints, which are for CA certificates alone."
        : undefined,
  },
];

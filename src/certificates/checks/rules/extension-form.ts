import { phrase, type Phrase } from "../../../words/phrase";
import { EXTENSION_TITLES } from "../../extensions/extension-titles";
import type { Extension, ExtensionValue } from "../../extensions/extension";
import { refusal, type RefusedForm } from "../refusers";
import {
  every,
  hasExtension,
  leaf,
  policiesOf,
  selfIssued,
  subordinate,
  type Rule,
  type Subject,
  valueOf,
} from "./rule";

/** Extensions that OpenSSL and BoringSSL look into, critical or not, and those that BoringSSL alone does. */
const USED: ReadonlySet<string> = new Set(["14", "15", "17", "19", "30", "31", "35", "37"].map((n) => `2.5.29.${n}`));
const POLICY: ReadonlySet<string> = new Set(["2.5.29.32", "2.5.29.36", "2.5.29.54"]);
/** Go alone looks into these. */
const ACCESS: ReadonlySet<string> = new Set(["1.3.6.1.5.5.7.1.1", "2.5.29.33"]);
const NETSCAPE_TYPE = "2.16.840.1.113730.1.1";

function unreadableForm({ oid }: Extension): RefusedForm {
  if (USED.has(oid)) return "unreadable used";
  if (POLICY.has(oid)) return "unreadable policy";
  if (ACCESS.has(oid)) return "unreadable access";
  if (oid === NETSCAPE_TYPE) return "unreadable netscape";
  // Of an extension without a name no value is read: it is itself that is damaged.
  return EXTENSION_TITLES.has(oid) ? "none" : "unreadable";
}

const repeatedForm = (oid: string): RefusedForm =>
  USED.has(oid) ? "repeated used" : POLICY.has(oid) ? "repeated policy" : "repeated";

function emptyForm({ type }: ExtensionValue): RefusedForm {
  if (type === "certificatePolicies") return "empty policy";
  return type === "nameConstraints" ? "empty constraints" : "none";
}

const titleOf = ({ oid }: Extension) => EXTENSION_TITLES.get(oid) ?? oid;

/** A sentence about each extension that is so. */
export const extensionsThat = (
  { certificate }: Subject,
  test: (extension: Extension) => boolean,
  say: (title: Phrase | string, extension: Extension) => Phrase,
) => certificate.extensions.filter(test).map((extension) => say(titleOf(extension), extension));

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

/** Qualifiers whose form is known: practice statements and notices (RFC 5280 section 4.2.1.4). */
const KNOWN_QUALIFIERS: ReadonlySet<string> = new Set(["1.3.6.1.5.5.7.2.1", "1.3.6.1.5.5.7.2.2"]);

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
      return extensionsThat(
        subject,
        ({ oid }) => seen.has(oid) || !seen.add(oid),
        (title, { oid }) => phrase("It has the extension {0} more than once: {1}.", title, refusal(repeatedForm(oid))),
      );
    },
  },
  {
    id: "extension.unreadable",
    severity: "error",
    clause: "RFC 5280 section 4.2",
    appliesTo: every,
    check: (subject) =>
      extensionsThat(
        subject,
        ({ value }) => value.type === "unreadable",
        (title, extension) =>
          phrase(
            "The extension {0} is not encoded as its standard requires: {1}.",
            title,
            refusal(unreadableForm(extension)),
          ),
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
        : phrase("The number of CAs that it allows below it could not be read: {0}. Some programs reject it.", problem);
    },
  },
  {
    // Alternative names, distribution points and others have names inside.
    id: "extension.name-unreadable",
    severity: "error",
    clause: "RFC 5280 section 4.1.2.4",
    appliesTo: every,
    check: (subject) =>
      extensionsThat(
        subject,
        ({ value }) => !NAMELESS.has(value.type) && hasDamagedName(value),
        (title, { oid }) =>
          phrase(
            "Part of a name in the extension {0} could not be read: {1}.",
            title,
            refusal(USED.has(oid) ? "name used" : "none"),
          ),
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
        (title, { value }) =>
          phrase(
            "The extension {0} is empty, but its standard requires at least one entry: {1}.",
            title,
            refusal(emptyForm(value)),
          ),
      ),
  },
  {
    id: "policies.repeated",
    severity: "error",
    clause: "RFC 5280 section 4.2.1.4",
    section: "certificatePolicies",
    appliesTo: every,
    check: (subject) => {
      const all = policiesOf(subject);
      return new Set(all).size < all.length
        ? phrase("It names the same policy more than once: {0}.", refusal("policy-repeated"))
        : undefined;
    },
  },
  {
    id: "policies.qualifier-form",
    severity: "error",
    clause: "RFC 5280 section 4.2.1.4",
    section: "certificatePolicies",
    appliesTo: every,
    check: (subject) =>
      valueOf(subject, "certificatePolicies")?.policies.some(({ qualifiers }) =>
        qualifiers.some(
          (each) =>
            (each.type === "unknown" && KNOWN_QUALIFIERS.has(each.oid)) ||
            (each.type === "cps" && each.wrongType === true),
        ),
      ) === true
        ? phrase(
            "A notice or an address in its policies is not encoded as the standard requires: {0}.",
            refusal("qualifier"),
          )
        : undefined,
  },
  {
    id: "extension.point-nowhere",
    severity: "error",
    clause: "RFC 5280 section 4.2.1.13",
    section: "cRLDistributionPoints",
    appliesTo: every,
    check: (subject) =>
      valueOf(subject, "cRLDistributionPoints")?.points.some(
        ({ fullName, nameRelativeToCRLIssuer, cRLIssuer }) =>
          fullName === undefined && nameRelativeToCRLIssuer === undefined && cRLIssuer === undefined,
      ) === true
        ? phrase("A distribution point names neither a place nor an issuer: {0}.", refusal("point-nowhere"))
        : undefined,
  },
  {
    id: "extension.precertificate",
    severity: "error",
    clause: "RFC 6962 section 3.1",
    section: "precertificatePoison",
    advice: phrase("Get the certificate itself from the CA."),
    appliesTo: every,
    check: (subject) =>
      hasExtension(subject, "precertificatePoison")
        ? phrase("It is a precertificate, made for Certificate Transparency logs alone: {0}.", refusal("critical"))
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
        ? phrase(
            "It does not identify its issuer's key, which tells issuers of the same name apart: {0}.",
            refusal("none"),
          )
        : undefined,
  },
  {
    id: "extension.subject-key",
    severity: "warning",
    clause: "RFC 5280 section 4.2.1.2",
    section: "subjectKeyIdentifier",
    appliesTo: (subject) => subordinate(subject) && subject.certificate.version === 3,
    check: (subject) =>
      hasExtension(subject, "subjectKeyIdentifier")
        ? undefined
        : phrase("This CA certificate does not identify its own key: {0}.", refusal("none")),
  },
  {
    id: "extension.leaf-name-constraints",
    severity: "warning",
    clause: "RFC 5280 section 4.2.1.10",
    section: "nameConstraints",
    appliesTo: leaf,
    check: (subject) =>
      hasExtension(subject, "nameConstraints")
        ? phrase("It has name constraints, which only CA certificates may have: {0}.", refusal("none"))
        : undefined,
  },
];

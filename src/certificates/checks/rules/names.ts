import { phrase, type Phrase, type PhraseValue } from "../../../words/phrase";
import type { GeneralName } from "../../names/general-name";
import { isInternalName } from "../../names/private-network";
import { isReservedAddress } from "../../names/special-addresses";
import { lifetimeDays } from "../../x509/lifetime";
import { refusal } from "../refusers";
import { listWords } from "../words";
import { every, hasExtension, namesIn, publicTls, tlsLeaf, type Rule, type Subject, validityOf, valueOf } from "./rule";
import { SubjectType, subjectValues } from "./subject-attributes";

const valuesOf = (subject: Subject, type: "dNSName" | "iPAddress"): readonly string[] =>
  namesIn(subject).flatMap((name) => (name.type === type ? [name.value] : []));

/** Alternative names of subject and issuer. */
const allNames = (subject: Subject): readonly GeneralName[] =>
  (["subjectAltName", "issuerAltName"] as const).flatMap((type) => valueOf(subject, type)?.names ?? []);

function basesOf(subject: Subject): readonly GeneralName[] {
  const constraints = valueOf(subject, "nameConstraints");
  return [...(constraints?.permitted ?? []), ...(constraints?.excluded ?? [])].map(({ base }) => base);
}

/** How many bytes the addresses have that are not of a right length. */
const wrongLengths = (names: readonly GeneralName[]): readonly number[] =>
  names.flatMap((name) => (name.type === "iPAddress" && name.bytes !== undefined ? [name.bytes] : []));

const sentence = (names: readonly string[], what: (names: PhraseValue) => Phrase) =>
  names.length === 0 ? undefined : what(listWords(names));

/** A label of letters, digits, hyphens (RFC 1123 section 2.1); underscores have their own rule. */
const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/i;

/** Whether a text is a DNS name that a client would match. A leading wildcard label is ignored. */
function isDnsName(value: string): boolean {
  const labels = value.replace(/^\*\./, "").split(".");
  return value.length <= 253 && labels.every((label) => LABEL.test(label)) && !isAddressText(value);
}

export const isAddressText = (value: string) => /^\d{1,3}(\.\d{1,3}){3}$/.test(value) || value.includes(":");

/**
 * Underscores were allowed for a while in certificates of at most 30 days, where the name with hyphens in their places
 * is one, too (ballot SC12, TLS BR 1.6.2 section 7.1.4.2.1).
 */
function wasAllowed(name: string, subject: Subject): boolean {
  const { notBefore, notAfter } = validityOf(subject);
  const isThen = notBefore >= Date.UTC(2018, 11, 10) && notBefore < Date.UTC(2019, 3, 1);
  return isThen && lifetimeDays(notBefore, notAfter) <= 30 && isDnsName(name.replaceAll("_", "-"));
}

/** Rules on the names of a TLS server's certificate. */
export const NAME_RULES: readonly Rule[] = [
  {
    id: "names.missing",
    severity: "error",
    clause: "RFC 9525 section 2, TLS BR section 7.1.2.7.12",
    section: "subjectAltName",
    advice: phrase("Have it reissued with its names as subject alternative names."),
    appliesTo: tlsLeaf,
    check: (subject) =>
      hasExtension(subject, "subjectAltName")
        ? undefined
        : phrase("It has no subject alternative names; clients do not look at the common name."),
  },
  {
    id: "names.address-length",
    severity: "error",
    clause: "RFC 5280 sections 4.2.1.6 and 4.2.1.10",
    advice: phrase("Have it reissued: programs reject the certificate or ignore all of its names."),
    section: "subjectAltName",
    appliesTo: every,
    check: (subject) => [
      ...wrongLengths(allNames(subject)).map((bytes) =>
        phrase("An IP address among its names has {0} bytes, but must have 4 (IPv4) or 16 (IPv6).", bytes),
      ),
      ...wrongLengths(basesOf(subject)).map((bytes) =>
        phrase(
          "An IP address among its names has {0} bytes, but must have 8 (IPv4) or 32 (IPv6) in name constraints.",
          bytes,
        ),
      ),
    ],
  },
  {
    // A server's domain names have their own rule.
    id: "names.not-ascii",
    severity: "error",
    clause: "RFC 5280 section 4.2.1.6",
    section: "subjectAltName",
    advice: phrase("Have it reissued with the name in the form xn--…."),
    appliesTo: every,
    check: (subject) =>
      sentence(
        allNames(subject).flatMap((name) =>
          ((name.type === "dNSName" && !tlsLeaf(subject)) ||
            name.type === "rfc822Name" ||
            name.type === "uniformResourceIdentifier") &&
          /[^\u0000-\u007f]/.test(name.value)
            ? [name.value]
            : [],
        ),
        (names) =>
          phrase(
            "A name has characters that its type (IA5String) does not allow, {0}: {1}.",
            names,
            refusal("characters"),
          ),
      ),
  },
  {
    id: "names.no-host",
    severity: "error",
    clause: "TLS BR section 7.1.2.7.12",
    section: "subjectAltName",
    appliesTo: tlsLeaf,
    check: (subject) =>
      hasExtension(subject, "subjectAltName") &&
      valuesOf(subject, "dNSName").length === 0 &&
      valuesOf(subject, "iPAddress").length === 0
        ? phrase("None of its names is a domain name or an IP address.")
        : undefined,
  },
  {
    id: "names.common-name",
    severity: "error",
    clause: "TLS BR section 7.1.4.3",
    section: "subjectAltName",
    appliesTo: (subject) => tlsLeaf(subject) && hasExtension(subject, "subjectAltName"),
    check: (subject) => {
      const covered = new Set(namesIn(subject).flatMap((name) => [hostOf(name), unicodeOf(name)]));
      const missing = subjectValues(subject, SubjectType.COMMON_NAME).filter(
        (name) => !covered.has(name.toLowerCase()) && (subject.public || looksLikeHost(name)),
      );
      return sentence(missing, (names) =>
        phrase("The common name {0} is not among its alternative names: clients do not accept it.", names),
      );
    },
  },
  {
    id: "names.common-names",
    severity: "warning",
    clause: "TLS BR section 7.1.4.3",
    section: "subject",
    appliesTo: publicTls,
    check: (subject) =>
      subjectValues(subject, SubjectType.COMMON_NAME).length > 1
        ? phrase("It has more than one common name.")
        : undefined,
  },
  {
    id: "names.dns-form",
    severity: "error",
    clause: "RFC 5280 section 4.2.1.6, RFC 1123 section 2.1",
    section: "subjectAltName",
    appliesTo: tlsLeaf,
    check: (subject) => {
      const broken = valuesOf(subject, "dNSName").filter((name) => !isDnsName(name) && !/^.+\*|^\*(?!\.)/.test(name));
      return sentence(broken, (names) => phrase("Some of its DNS names are not domain names: {0}.", names));
    },
  },
  {
    id: "names.underscore",
    severity: "warning",
    clause: "TLS BR section 7.1.2.7.12",
    section: "subjectAltName",
    appliesTo: publicTls,
    check: (subject) =>
      sentence(
        valuesOf(subject, "dNSName").filter((name) => name.includes("_") && !wasAllowed(name, subject)),
        (names) => phrase("Underscores are not allowed in names of public certificates: {0}.", names),
      ),
  },
  {
    id: "names.wildcard",
    severity: "error",
    clause: "RFC 9525 section 6.3, TLS BR section 3.2.2.6",
    section: "subjectAltName",
    appliesTo: tlsLeaf,
    check: (subject) => {
      // Only as a whole label, in the first place, and not directly below the root of the DNS.
      const misused = valuesOf(subject, "dNSName").filter(
        (name) => name.includes("*") && !/^\*\.[^*.]+\.[^*]+$/.test(name),
      );
      return sentence(misused, (names) => phrase("Clients do not accept this use of a wildcard: {0}.", names));
    },
  },
  {
    id: "names.internal",
    severity: "error",
    clause: "TLS BR section 7.1.2.7.12",
    section: "subjectAltName",
    appliesTo: publicTls,
    check: (subject) =>
      sentence(
        valuesOf(subject, "dNSName").filter((name) => isDnsName(name) && isInternalName(name)),
        (names) => phrase("Names of internal networks are not allowed in public certificates: {0}.", names),
      ),
  },
  {
    id: "names.reserved-address",
    severity: "error",
    clause: "TLS BR section 7.1.2.7.12",
    section: "subjectAltName",
    appliesTo: publicTls,
    check: (subject) =>
      sentence(
        valuesOf(subject, "iPAddress").filter((address) => isAddressText(address) && isReservedAddress(address)),
        (names) => phrase("Addresses of private networks are not allowed in public certificates: {0}.", names),
      ),
  },
  {
    id: "names.other-types",
    severity: "warning",
    clause: "TLS BR section 7.1.2.7.12",
    section: "subjectAltName",
    appliesTo: publicTls,
    check: (subject) => {
      const types = namesIn(subject).flatMap(({ type }) => (type === "dNSName" || type === "iPAddress" ? [] : [type]));
      return sentence([...new Set<string>(types)], (names) =>
        phrase("It has names of types that TLS certificates must not have: {0}.", names),
      );
    },
  },
  {
    id: "names.repeated",
    severity: "info",
    section: "subjectAltName",
    appliesTo: tlsLeaf,
    check: (subject) => {
      const seen = new Set<string>();
      const repeated = valuesOf(subject, "dNSName").filter((name) => {
        const known = seen.has(name.toLowerCase());
        seen.add(name.toLowerCase());
        return known;
      });
      return sentence([...new Set(repeated)], (names) => phrase("Some names appear more than once: {0}.", names));
    },
  },
];

const hostOf = (name: GeneralName): string | undefined =>
  name.type === "dNSName" || name.type === "iPAddress" ? name.value.toLowerCase() : undefined;

/** Common names had letters beyond ASCII before they had to repeat an alternative name (TLS BR 1.8.0). */
const unicodeOf = (name: GeneralName): string | undefined =>
  name.type === "dNSName" ? name.unicode?.toLowerCase() : undefined;

/** Common names of private certificates may be words; one with a dot and without spaces is meant as a host. */
const looksLikeHost = (name: string) => /^[^\s.]+(\.[^\s.]+)+$/.test(name);

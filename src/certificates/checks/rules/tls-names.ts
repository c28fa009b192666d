import { phrase, type Phrase, type PhraseValue } from "../../../words/phrase";
import { fromPunycode } from "../../names/punycode";
import { isReservedAddress } from "../../names/special-addresses";
import { lifetimeDays } from "../../x509/lifetime";
import { listWords, quoted } from "../words";
import { hostsOf, misissued, noticed, noticedInLeaf, subjectValidation } from "./leaf-rule";
import { unrepeatedAddresses } from "./mail";
import { isAddressText } from "./names";
import { isMarked, issuedOn, mailLeaf, namesIn, policiesOf, validityOf, valueOf, type Rule } from "./rule";
import { SubjectType as Type, subjectValues } from "./subject-attributes";
import { urlOf } from "./issuer-places";

const source = (clause: string, from?: string, section = "subjectAltName") => ({
  clause,
  section,
  ...(from === undefined ? {} : { from }),
});
const NAMES = "TLS BR section 7.1.2.7.12";

/** A sentence about the hosts that a test picks. */
const hostsThat =
  (test: (host: string) => boolean, words: (hosts: PhraseValue) => Phrase): Rule["check"] =>
  (subject) => {
    const found = hostsOf(subject).filter(test);
    return found.length === 0 ? undefined : words(listWords(found));
  };

/** The zones of RFC 1035 section 3.5 and RFC 3596 section 2.5, whose names are addresses. */
const REVERSE = /\.(in-addr|ip6)\.arpa$/;

/** The address that a name in such a zone stands for. */
function reversedAddress(host: string): string | undefined {
  const labels = host.split(".").slice(0, -2).reverse();
  if (host.endsWith(".in-addr.arpa")) {
    // More labels than four may lie below an address.
    const bytes = labels.slice(0, 4);
    return bytes.length === 4 && bytes.every((label) => /^\d{1,3}$/.test(label)) ? bytes.join(".") : undefined;
  }
  const digits = labels.slice(0, 32);
  return digits.length === 32 && digits.every((label) => /^[0-9a-f]$/.test(label))
    ? (digits.join("").match(/.{4}/g) ?? []).join(":")
    : undefined;
}

const isOnion = (host: string): boolean => host.endsWith(".onion");
/** The label before "onion": an address of version 3 or 2 (Tor Rendezvous Specification, section 6). */
const onionLabel = (host: string): string => host.split(".").at(-2) ?? "";
const isThirdVersion = (host: string): boolean => /^[a-z2-7]{56}$/.test(onionLabel(host));
const isSecondVersion = (host: string): boolean => /^[a-z2-7]{16}$/.test(onionLabel(host));
/** Version 3 of Tor's addresses and other validation than EV are allowed from here on (ballot SC27). */
const THIRD_VERSION = Date.UTC(2020, 2, 27);
/** The second version is not, from here on (ballot SC54). */
const ONION_CLEANUP = Date.UTC(2022, 3, 23);

/** Names that a URL's host may be: a domain name of two labels or more, with a wildcard or not. */
const FQDN = /^(?:\*\.)?[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})+$/i;

/** What is wrong with a URI (RFC 5280 section 4.2.1.6): a scheme, and a whole name or an address as its host. */
function isUriBroken(uri: string): boolean {
  const [, scheme = "", rest = ""] = /^([a-z][a-z0-9+.-]*):(.*)$/is.exec(uri) ?? [];
  if (rest === "" || rest === "//") return true;
  // SPIFFE's trust domains are not hosts.
  if (!rest.startsWith("//") || scheme.toLowerCase() === "spiffe") return false;
  const authority = /^[^/?#]*/.exec(rest.slice(2))?.[0] ?? "";
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  return !host.startsWith("[") && !FQDN.test(host.replace(/:\d*$/, ""));
}

/** Labels with hyphens in the third and fourth place are reserved; "xn--" alone is in use (RFC 5890 section 2.3.1). */
const RESERVED = /(?:^|\.)(?!xn--)[^.]{2}--/;

/** Whether a label has the form of an A-label, but stands for nothing, or for another than the composed form (NFC). */
function isFalseALabel(label: string): boolean {
  if (!label.startsWith("xn--")) return false;
  const text = fromPunycode(label.slice(4));
  if (text === undefined) return true;
  return text !== text.normalize("NFC");
}

/** Rules on the names of public TLS certificates beyond those that every client looks at. */
export const TLS_NAME_RULES: readonly Rule[] = [
  misissued(
    "names.reserved-label",
    source(`${NAMES}, RFC 5890 section 2.3.1`, "2021-10-01"),
    hostsThat(
      (host) => RESERVED.test(host),
      (hosts) => phrase("Some of its names have two hyphens where only the form xn--… may have them: {0}.", hosts),
    ),
  ),
  misissued(
    "names.not-international",
    source("RFC 5890 section 2.3.2.1, RFC 5280 section 7.2"),
    hostsThat(
      (host) => host.includes("xn--") && host.split(".").some(isFalseALabel),
      (hosts) =>
        phrase("Some of its names have the form xn--…, but do not stand for a name in other letters: {0}.", hosts),
    ),
  ),
  misissued("names.reverse-zone", source(NAMES), (subject) => {
    const isForbidden = issuedOn(subject) >= Date.UTC(2026, 2, 15);
    const found = hostsOf(subject).filter(
      (host) => REVERSE.test(host) && (isForbidden || isReservedAddress(reversedAddress(host) ?? "")),
    );
    return found.length === 0
      ? undefined
      : phrase(
          "It has names from the zones of addresses, which public certificates must not have: {0}.",
          listWords(found),
        );
  }),
  misissued("names.onion", source("TLS BR appendix B", "2015-02-18"), (subject) => {
    const isLate = issuedOn(subject) >= ONION_CLEANUP;
    const found = hostsOf(subject).filter(
      (host) => isOnion(host) && !isThirdVersion(host) && (isLate || !isSecondVersion(host)),
    );
    return found.length === 0
      ? undefined
      : phrase("Some of its names are not addresses of Tor in use: {0}.", listWords(found));
  }),
  misissued("names.onion-validation", source("EV Guidelines appendix F", "2015-02-18"), (subject) => {
    const validation = subjectValidation(subject);
    const isOld = issuedOn(subject) < THIRD_VERSION;
    // A policy of the CA's own may say EV.
    const mayBeEv = validation === "EV" || (validation === undefined && policiesOf(subject).length > 0);
    const found = hostsOf(subject).filter((host) => isOnion(host) && (isOld || isSecondVersion(host)));
    return mayBeEv || found.length === 0 || issuedOn(subject) >= ONION_CLEANUP
      ? undefined
      : phrase("Its names of Tor needed extended validation (EV): {0}.", listWords(found));
  }),
  noticed(
    "names.onion-life",
    { ...source("EV Guidelines appendix F", "2015-02-18", "validity"), until: "2020-03-27" },
    (subject) => {
      const { notBefore, notAfter } = validityOf(subject);
      return hostsOf(subject).some(isOnion) && lifetimeDays(notBefore, notAfter) > 15 * 31
        ? phrase("It has a name of Tor and is valid for longer than the 15 months that were allowed for that.")
        : undefined;
    },
  ),
  misissued("names.common-name-address", source("TLS BR section 7.1.4.3", undefined, "subject"), (subject) => {
    const found = subjectValues(subject, Type.COMMON_NAME).filter(
      (name) => isAddressText(name) && isReservedAddress(name),
    );
    return found.length === 0
      ? undefined
      : phrase("Its common name is an address of private networks: {0}.", listWords(found));
  }),
  noticed("names.common-name-form", source("TLS BR section 7.1.4.3", "2021-08-25", "subject"), (subject) => {
    const exact = new Set<string>();
    // The same names in small letters, or in letters beyond ASCII.
    const others = new Set<string>(hostsOf(subject));
    for (const name of namesIn(subject)) {
      if (name.type !== "dNSName" && name.type !== "iPAddress") continue;
      exact.add(name.value);
      if (name.type === "dNSName" && name.unicode !== undefined) others.add(name.unicode.toLowerCase());
    }
    const found = subjectValues(subject, Type.COMMON_NAME).filter(
      (name) => !exact.has(name) && others.has(name.toLowerCase()),
    );
    return found.length === 0
      ? undefined
      : phrase(
          "Its common name is written otherwise than the same name among its alternative names: {0}.",
          listWords(found),
        );
  }),
  noticed("names.needlessly-critical", source(`${NAMES}, RFC 5280 section 4.2.1.6`), (subject) =>
    subject.certificate.subject.rdns.length > 0 && isMarked(subject, "subjectAltName", true)
      ? phrase("Its alternative names are marked critical, though it names its subject.")
      : undefined,
  ),
  noticedInLeaf("names.uri", { clause: "RFC 5280 sections 4.2.1.6 and 4.2.1.7" }, (subject) => {
    const issuer = valueOf(subject, "issuerAltName")?.names ?? [];
    const found = [...namesIn(subject), ...issuer].flatMap((name) => urlOf(name) ?? []).filter(isUriBroken);
    return found.length === 0
      ? undefined
      : phrase(
          "A URI among its names lacks a scheme, or a whole domain name or address as its host: {0}.",
          listWords(found.map(quoted)),
        );
  }),
  noticedInLeaf("names.address-not-repeated", source("RFC 5280 section 4.1.2.6"), (subject) => {
    // S/MIME certificates have a rule of their own.
    const found = mailLeaf(subject) ? [] : unrepeatedAddresses(subject);
    return found.length === 0
      ? undefined
      : phrase("The e-mail address of its subject is not among its alternative names: {0}.", listWords(found));
  }),
];

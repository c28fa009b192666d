import { KEY_PURPOSES } from "../../extensions/key-purpose";
import { listWords, quoted } from "../words";
import { both, caRule, mailCa, publicCa, publicRoot, publicSubordinate, tlsCa, underRequirements } from "./ca-scope";
import { accessOf, CA_ISSUERS, isHttpUrl, issuerFixed, listNamesOf, OCSP } from "./issuer-places";
import { policyKind } from "./policies";
import {
  hasExtension,
  isMarked,
  issuedFrom,
  policiesOf,
  KeyPurposeId,
  once,
  purposesOf,
  validityOf,
  valueOf,
  type Rule,
  type Subject,
} from "./rule";
import { isLonger } from "./subject-attributes";
import { phrase } from "../../../words/phrase";

/** Qualifier of policies (RFC 5280 section 4.2.1.4). */
const CPS = "1.3.6.1.5.5.7.2.1";
const ANY_POLICY = "2.5.29.32.0";

/** Version 2.0.0 of the TLS BR, which gave each type of certificate a profile. */
const PROFILES_SINCE = "2023-09-15";

const subordinateCa = both(publicSubordinate, underRequirements);
const tlsSubordinate = both(publicSubordinate, tlsCa);
const mailSubordinate = issuedFrom("2023-09-01", both(publicSubordinate, mailCa));
const purposeRules = issuedFrom("2020-08-20", tlsSubordinate);
const profiledTls = issuedFrom(PROFILES_SINCE, tlsSubordinate);

const CA_USAGES: readonly string[] = ["digitalSignature", "keyCertSign", "cRLSign"];

/** Purposes that CAs must not have beside TLS servers, with those that came later (TLS BR section 7.1.2.10.6). */
const NOT_WITH_TLS: readonly string[] = [
  KeyPurposeId.EMAIL_PROTECTION,
  KeyPurposeId.CODE_SIGNING,
  KeyPurposeId.TIME_STAMPING,
  KeyPurposeId.ANY,
];
const NOT_WITH_TLS_LATER: readonly string[] = [KeyPurposeId.OCSP_SIGNING, KeyPurposeId.PRECERTIFICATE_SIGNING];
/** S/MIME BR section 7.1.2.2 g. */
const NOT_WITH_MAIL: readonly string[] = [KeyPurposeId.CODE_SIGNING, KeyPurposeId.TIME_STAMPING];

/** Purposes that do not go together. Any purpose alone is for cross-certificates. */
function mixedPurposes(subject: Subject): readonly string[] {
  const purposes = purposesOf(subject);
  if (mailCa(subject)) return purposes.filter((purpose) => NOT_WITH_MAIL.includes(purpose));
  if (purposes.length < 2) return [];
  const isLater = validityOf(subject).notBefore >= Date.parse(PROFILES_SINCE);
  return purposes.filter(
    (purpose) => NOT_WITH_TLS.includes(purpose) || (isLater && NOT_WITH_TLS_LATER.includes(purpose)),
  );
}

const qualifiersOf = once((subject) =>
  (valueOf(subject, "certificatePolicies")?.policies ?? []).flatMap(({ qualifiers }) => qualifiers),
);

const reservedPolicies = (subject: Subject) =>
  policiesOf(subject).filter((policy) => policyKind(policy) === (mailCa(subject) ? "email" : "tls"));

/** Rules on the extensions of public CA certificates. */
export const CA_EXTENSION_RULES: readonly Rule[] = [
  caRule(
    "ca.root-key-usage",
    "RFC 5280 section 4.2.1.3, TLS BR section 7.1.2.1.2",
    "keyUsage",
    issuedFrom("2002-05-01", publicRoot),
    (subject) =>
      hasExtension(subject, "keyUsage") ? undefined : phrase("This root does not say what its key may be used for."),
  ),
  caRule(
    "ca.key-usage-critical",
    "TLS BR section 7.1.2.6.1, S/MIME BR section 7.1.2.2",
    "keyUsage",
    underRequirements,
    (subject) =>
      isMarked(subject, "keyUsage", false)
        ? phrase("Its key usage is not marked critical, which it must be.")
        : undefined,
  ),
  caRule(
    "ca.root-critical",
    "TLS BR section 7.1.2.1.2, S/MIME BR section 7.1.2.1",
    "basicConstraints",
    both(publicRoot, underRequirements),
    (subject) =>
      isMarked(subject, "basicConstraints", false)
        ? phrase("The basic constraints of this root are not marked critical, which they must be.")
        : undefined,
  ),
  caRule(
    "ca.no-list-signing",
    "TLS BR section 7.1.2.10.7, S/MIME BR section 7.1.2.2",
    "keyUsage",
    underRequirements,
    (subject) =>
      valueOf(subject, "keyUsage")?.usages.includes("cRLSign") === false
        ? phrase("Its key may not sign revocation lists.")
        : undefined,
  ),
  caRule("ca.other-usages", "TLS BR section 7.1.2.10.7, RFC 3279 section 2.3.1", "keyUsage", tlsCa, (subject) => {
    const isLater = validityOf(subject).notBefore >= Date.parse(PROFILES_SINCE);
    const isRsa = subject.certificate.publicKey.key.type === "RSA";
    const found = (valueOf(subject, "keyUsage")?.usages ?? []).filter((usage) =>
      isLater ? !CA_USAGES.includes(usage) : isRsa && usage.endsWith("Encipherment"),
    );
    return found.length === 0
      ? undefined
      : phrase("Its key may also be used for {0}, which a CA's key should not be.", listWords(found));
  }),
  caRule(
    "ca.root-purposes",
    "TLS BR section 7.1.2.1.2, S/MIME BR section 7.1.2.1",
    "extKeyUsage",
    issuedFrom("2012-07-01", publicRoot),
    (subject) =>
      hasExtension(subject, "extKeyUsage")
        ? phrase("It is a root with a list of purposes, which roots must not have.")
        : undefined,
  ),
  caRule(
    "ca.purposes",
    "TLS BR section 7.1.2.10.6, S/MIME BR section 7.1.2.2",
    "extKeyUsage",
    (subject) => purposeRules(subject) || mailSubordinate(subject),
    (subject) => {
      const found = mixedPurposes(subject);
      return found.length === 0
        ? undefined
        : phrase(
            "It is a CA for several purposes that must be kept apart: {0}.",
            listWords(purposesOf(subject).map((purpose) => KEY_PURPOSES.get(purpose) ?? purpose)),
          );
    },
  ),
  caRule(
    "ca.no-policies",
    "TLS BR section 7.1.2.6.1, S/MIME BR section 7.1.2.2",
    "certificatePolicies",
    subordinateCa,
    (subject) =>
      hasExtension(subject, "certificatePolicies")
        ? undefined
        : phrase("This CA certificate does not say by which policies it issues."),
  ),
  caRule(
    "ca.policies",
    "TLS BR section 7.1.2.10.5, S/MIME BR section 7.1.6.3",
    "certificatePolicies",
    (subject) => profiledTls(subject) || mailSubordinate(subject),
    (subject) => {
      const policies = policiesOf(subject);
      if (policies.length === 0) return undefined;
      if (policies.includes(ANY_POLICY)) {
        return policies.length > 1
          ? phrase("Its policies are any policy and others, which it must not have together.")
          : undefined;
      }
      return reservedPolicies(subject).length === 0
        ? phrase("Its policies name neither any policy nor one of the CA/Browser Forum.")
        : undefined;
    },
  ),
  caRule("ca.several-policies", "TLS BR section 7.1.2.10.5", "certificatePolicies", profiledTls, (subject) =>
    reservedPolicies(subject).length > 1 && !policiesOf(subject).includes(ANY_POLICY)
      ? phrase("Its policies name several ways of validation, which only a cross-certificate may do.")
      : undefined,
  ),
  caRule("ca.policy-notice", "RFC 5280 section 4.2.1.4", "certificatePolicies", publicCa, (subject) =>
    qualifiersOf(subject).some(
      (qualifier) => qualifier.type === "userNotice" && isLonger(qualifier.explicitText ?? "", 200),
    )
      ? phrase("The notice in its policies has more than 200 characters.")
      : undefined,
  ),
  caRule("ca.policy-qualifiers", "TLS BR section 7.1.2.10.5", "certificatePolicies", profiledTls, (subject) =>
    qualifiersOf(subject).some(
      (qualifier) => qualifier.type === "userNotice" || (qualifier.type === "unknown" && qualifier.oid !== CPS),
    )
      ? phrase("Its policies have a qualifier other than an address of its practice statement.")
      : undefined,
  ),
  caRule("ca.policy-mappings", "RFC 5280 section 4.2.1.5", "policyMappings", publicCa, (subject) => {
    const mappings = valueOf(subject, "policyMappings")?.mappings;
    if (mappings?.length === 0) return phrase("It maps policies, but lists none.");
    return mappings?.some(
      (pair) => pair.issuerDomainPolicy === ANY_POLICY || pair.subjectDomainPolicy === ANY_POLICY,
    ) === true
      ? phrase("It maps from or to any policy.")
      : undefined;
  }),
  caRule("ca.policy-constraints", "RFC 5280 section 4.2.1.11", "policyConstraints", publicCa, (subject) => {
    const constraints = valueOf(subject, "policyConstraints");
    return constraints !== undefined &&
      constraints.requireExplicitPolicy === undefined &&
      constraints.inhibitPolicyMapping === undefined
      ? phrase("Its policy constraints are empty.")
      : undefined;
  }),
  caRule("ca.subtrees", "RFC 5280 section 4.2.1.10", "nameConstraints", publicCa, (subject) => {
    const constraints = valueOf(subject, "nameConstraints");
    const subtrees = [...(constraints?.permitted ?? []), ...(constraints?.excluded ?? [])];
    if (subtrees.some(({ minimum, maximum }) => minimum !== undefined || maximum !== undefined)) {
      return phrase("Its name constraints count levels, which programs do not evaluate.");
    }
    // An empty base stands for all names.
    const broken = subtrees.flatMap(({ base }) =>
      base.type === "dNSName" && /[^a-z0-9_.-]|\.\.|.\.$/i.test(base.value) ? [quoted(base.value)] : [],
    );
    return broken.length === 0
      ? undefined
      : phrase("Its name constraints name what are not domains: {0}.", listWords(broken));
  }),
  caRule(
    "ca.no-list",
    "TLS BR section 7.1.2.11.2, S/MIME BR section 7.1.2.2",
    "cRLDistributionPoints",
    subordinateCa,
    (subject) =>
      hasExtension(subject, "cRLDistributionPoints")
        ? undefined
        : phrase("This CA certificate does not say where its issuer's revocation list is."),
  ),
  caRule(
    "ca.list-url",
    "TLS BR section 7.1.2.11.2, S/MIME BR section 7.1.2.2",
    "cRLDistributionPoints",
    subordinateCa,
    (subject) =>
      listNamesOf(subject)?.some(isHttpUrl) === false
        ? phrase("Its issuer's revocation list is not at an address that begins with http://.")
        : undefined,
  ),
  caRule(
    "ca.no-access",
    "TLS BR 1.7.0 section 7.1.2.2",
    "authorityInfoAccess",
    issuedFrom("2012-07-01", tlsSubordinate, "2020-08-20"),
    (subject) =>
      hasExtension(subject, "authorityInfoAccess")
        ? undefined
        : phrase("This CA certificate does not say where its issuer's certificate and OCSP service are."),
  ),
  caRule("ca.access-url", "TLS BR section 7.1.2.10.3", "authorityInfoAccess", profiledTls, (subject) => {
    return accessOf(subject).some(
      ({ method, location }) => (method !== OCSP && method !== CA_ISSUERS) || !isHttpUrl(location),
    )
      ? phrase(
          "It names a service of its issuer whose address does not begin with http://, or of another kind than allowed.",
        )
      : undefined;
  }),
  caRule("ca.authority-key", "TLS BR section 7.1.2.11.1", "authorityKeyIdentifier", profiledTls, issuerFixed),
];

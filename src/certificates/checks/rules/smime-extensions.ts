import { phrase, type Phrase } from "../../../words/phrase";
import { EXTENSION_TITLES } from "../../extensions/extension-titles";
import type { KeyUsageName } from "../../extensions/key-usage";
import type { PublicKey } from "../../keys/public-key";
import { accessOf, CA_ISSUERS, isHttpUrl, issuerFixed, listNamesOf, OCSP } from "./issuer-places";
import { isBound, PERMITTED_CURVES } from "./keys";
import { valueOf, type Rule, type Subject } from "./rule";
import { mailRule, profileWords, type MailProfile } from "./smime-profile";

const LEI = "1.3.6.1.4.1.52266.1";
const LEI_ROLE = "1.3.6.1.4.1.52266.2";
const ADOBE_TIMESTAMP = "1.2.840.113583.1.1.9.1";
const ADOBE_ARCHIVE = "1.2.840.113583.1.1.9.2";
const DIRECTORY_ATTRIBUTES = "2.5.29.9";

const titleOf = (oid: string): Phrase | string =>
  EXTENSION_TITLES.get(oid) ?? (oid === LEI ? phrase("Legal Entity Identifier") : oid);

const titlesThat = ({ certificate }: Subject, test: (oid: string, critical: boolean) => boolean) =>
  certificate.extensions.filter(({ oid, critical }) => test(oid, critical)).map(({ oid }) => titleOf(oid));

/** S/MIME BR section 7.1.2.3 j, l and m. */
function isForbidden(oid: string, { type, generation }: MailProfile): boolean {
  switch (oid) {
    case LEI:
      return type === "mailbox" || type === "individual";
    case LEI_ROLE:
      return type !== "sponsor";
    case ADOBE_TIMESTAMP:
    case ADOBE_ARCHIVE:
      return generation === "strict";
    default:
      return oid === DIRECTORY_ATTRIBUTES && generation !== "legacy";
  }
}

/** What is wrong with a type of key, by S/MIME BR sections 6.1.5 and 7.1.3.1. */
function keyFault({ key, algorithm }: PublicKey): Phrase | undefined {
  if (key.type === "RSA") {
    return !isBound(algorithm.name) ? undefined : phrase("Its RSA key is marked as being for one algorithm only.");
  }
  if (key.type === "EC") {
    return PERMITTED_CURVES.has(key.curve)
      ? undefined
      : key.curve === undefined
        ? phrase(
            "Its key is on the curve that its parameters spell out; public S/MIME allows only P-256, P-384 and P-521.",
          )
        : phrase("Its key is on the curve {0}; public S/MIME allows only P-256, P-384 and P-521.", key.curve);
  }
  // Post-quantum keys came with a later version. What is damaged inside has a rule of its own.
  if (key.type === "raw" ? /^(Ed|ML-|SLH-)/.test(key.name) : key.type === "unreadable" && key.problem !== undefined) {
    return undefined;
  }
  return phrase(
    "Its key type is {0}; public S/MIME allows only RSA, EC and EdDSA keys.",
    key.type === "raw" ? key.name : (algorithm.name ?? algorithm.oid),
  );
}

const ACCESS_WORDS: readonly (readonly [method: string, message: Phrase])[] = [
  [OCSP, phrase("The address of its CA's OCSP service does not begin with http://.")],
  [CA_ISSUERS, phrase("The address of its CA's certificate does not begin with http://.")],
];

/** A usage that is allowed only together with another one. */
const COMPANIONS: readonly (readonly [KeyUsageName, KeyUsageName])[] = [
  ["nonRepudiation", "digitalSignature"],
  ["dataEncipherment", "keyEncipherment"],
  ["encipherOnly", "keyAgreement"],
  ["decipherOnly", "keyAgreement"],
];

/** S/MIME BR section 7.1.2.3 e. Other rules report what a type of key cannot do, and keyCertSign. */
function usageFaults(subject: Subject, { generation }: MailProfile): readonly Phrase[] {
  const usages = valueOf(subject, "keyUsage")?.usages ?? [];
  const { type } = subject.certificate.publicKey.key;
  if (type === "unreadable") return [];
  const extra = usages.filter(
    (usage) => usage === "cRLSign" || (usage === "dataEncipherment" && type === "RSA" && generation === "strict"),
  );
  const alone = COMPANIONS.filter(([usage, other]) => usages.includes(usage) && !usages.includes(other));
  return [
    ...extra.map((usage) => phrase("Its key usage allows {0}, which an S/MIME certificate must not have.", usage)),
    ...alone.map(([usage, other]) => phrase("Its key usage allows {0} without {1}.", usage, other)),
  ];
}

/** Whether URLs are as a generation demands: all of them by http, or at least one for the legacy one. */
const areReachable = (names: Parameters<typeof isHttpUrl>[0][], { generation }: MailProfile) =>
  generation === "legacy" ? names.some(isHttpUrl) : names.every(isHttpUrl);

/** Rules on keys and extensions of public S/MIME certificates. */
export const SMIME_EXTENSION_RULES: readonly Rule[] = [
  mailRule("mail.key", "warning", "6.1.5", "publicKey", ({ certificate }) => keyFault(certificate.publicKey)),
  mailRule("mail.key-usage", "warning", "7.1.2.3 e", "keyUsage", usageFaults),
  mailRule("mail.extension", "info", "7.1.2.3 j, l and m", "certificate", (subject, profile) =>
    titlesThat(subject, (oid) => isForbidden(oid, profile)).map((title) =>
      phrase("It has the extension {0}, which {1} must not have.", title, profileWords(profile)),
    ),
  ),
  mailRule("mail.list-urls", "info", "7.1.2.3 b", "cRLDistributionPoints", (subject, profile) => {
    const names = listNamesOf(subject)?.filter(({ type }) => type === "uniformResourceIdentifier");
    return names === undefined || (names.length > 0 && areReachable(names, profile))
      ? undefined
      : phrase("Its CA's revocation list is not at an address that begins with http://.");
  }),
  mailRule("mail.access-urls", "info", "7.1.2.3 c", "authorityInfoAccess", (subject, profile) => {
    const descriptions = accessOf(subject);
    return ACCESS_WORDS.flatMap(([oid, message]) => {
      const names = descriptions.filter(({ method }) => method === oid).map(({ location }) => location);
      const isRight = names.length === 0 || areReachable(names, profile);
      return isRight ? [] : [message];
    });
  }),
  mailRule("mail.authority-key", "info", "7.1.2.3 g", "authorityKeyIdentifier", issuerFixed),
  mailRule("mail.qualifiers", "info", "7.1.2.3 a", "certificatePolicies", (subject) => {
    const policies = valueOf(subject, "certificatePolicies")?.policies ?? [];
    const isWrong = policies.some(({ qualifiers }) =>
      qualifiers.some((qualifier) =>
        qualifier.type === "cps"
          ? !/^https?:\/\/./i.test(qualifier.uri)
          : qualifier.type === "userNotice" &&
            (qualifier.explicitText === undefined || qualifier.organization !== undefined),
      ),
    );
    return isWrong
      ? phrase("Its policies have a notice without text, or an address that is not on the web.")
      : undefined;
  }),
];

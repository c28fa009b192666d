import { extensionOf, type Certificate } from "../x509/certificate";
import { onDay } from "../../words/phrase";
import { called, listWords, shortenedName } from "../checks/words";
import { inEnglish } from "../../words/localize";
import { KEY_PURPOSES } from "../extensions/key-purpose";
import { isSameKey } from "../keys/key-identity";
import { generalNameText } from "../names/general-name";
import { shortName } from "../names/name";
import { MS_PER_DAY, lifetimeDays } from "../x509/lifetime";

/** The differences between the previous certificate and the new one. */
export interface CertificateComparison {
  readonly same: boolean;
  /** Alternative names, in the order of the certificate that has them. */
  readonly names: Change;
  /** OIDs of key purposes. */
  readonly purposes: Change;
  readonly keyKept: boolean;
  readonly issuer: { readonly before: string; readonly after: string };
  /** Epoch ms. */
  readonly validity: { readonly before: Certificate["validity"]; readonly after: Certificate["validity"] };
}

export interface Change {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

export function compareCertificates(before: Certificate, after: Certificate): CertificateComparison {
  return {
    same: before.fingerprints.sha256 === after.fingerprints.sha256,
    names: change(namesOf(before), namesOf(after)),
    purposes: change(purposesOf(before), purposesOf(after)),
    keyKept: isSameKey(before.publicKey, after.publicKey),
    issuer: { before: before.issuer.text, after: after.issuer.text },
    validity: { before: before.validity, after: after.validity },
  };
}

const namesOf = (certificate: Certificate): readonly string[] =>
  (extensionOf(certificate, "subjectAltName")?.names ?? []).map(generalNameText);

const purposesOf = (certificate: Certificate): readonly string[] =>
  extensionOf(certificate, "extKeyUsage")?.purposes ?? [];

function change(before: readonly string[], after: readonly string[]): Change {
  const [old, young] = [new Set(before), new Set(after)];
  return { added: after.filter((name) => !old.has(name)), removed: before.filter((name) => !young.has(name)) };
}

/** A day, and a list, of these texts: in English, as the whole. */
const day = (at: number | undefined): string => inEnglish({ text: "{0}", values: [onDay(at)] });
const listed = (values: readonly string[]): string => inEnglish({ text: "{0}", values: [listWords(values)] });

/**
 * The comparison in a few sentences, the most important first, for the head of the two texts. They go to others and to
 * agents, in English.
 * @param paidUntil end of the order's term, epoch ms
 */
export function comparisonLines(before: Certificate, after: Certificate, paidUntil?: number): readonly string[] {
  const { same, names, purposes, keyKept, issuer, validity } = compareCertificates(before, after);
  if (same) return [`${inEnglish(called(after))}: it is the same certificate.`];
  const purpose = (oid: string) => inEnglish(KEY_PURPOSES.get(oid) ?? oid);
  const changes = (what: string, { added, removed }: Change) => [
    ...(added.length === 0 ? [] : [`${what} added: ${listed(added)}.`]),
    ...(removed.length === 0 ? [] : [`${what} removed: ${listed(removed)}.`]),
  ];
  const { notBefore, notAfter } = validity.after;
  const days =
    notBefore === undefined || notAfter === undefined ? "" : ` (${Math.round(lifetimeDays(notBefore, notAfter))} days)`;
  return [
    keyKept ? "The key is kept." : "The key is new: replace the private key along with the certificate.",
    ...(names.added.length + names.removed.length === 0 ? ["The names are the same."] : changes("Names", names)),
    ...changes("Purposes", { added: purposes.added.map(purpose), removed: purposes.removed.map(purpose) }),
    ...(issuer.before === issuer.after
      ? []
      : [
          `The issuer is ${shortenedName(shortName(after.issuer))}, and was ${shortenedName(shortName(before.issuer))}: replace the chain as well.`,
        ]),
    `It is valid until ${day(notAfter)}${days}; the previous one is valid until ${day(validity.before.notAfter)}.`,
    ...(paidUntil === undefined || notAfter === undefined || paidUntil - notAfter < MS_PER_DAY
      ? []
      : [`The order is paid for until ${day(paidUntil)}.`]),
  ];
}

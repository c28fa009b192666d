import { day } from "../checks/words";
import type { Damage, DamageCode } from "../containers/contents";
import type { Finding } from "../finding";
import { generalNameText } from "../names/general-name";
import { segments } from "../names/suspicious-text";
import { extensionOf, type Certificate } from "../x509/certificate";
import type { Chain } from "../x509/chain";
import { isCa, isSelfIssued } from "../x509/issuing";
import { MS_PER_DAY, endsSoon } from "../x509/lifetime";
import { displayName } from "./display-name";
import type { Elsewhere, PathRoot } from "./options";
import type { Sentence, Text, Tone } from "./page";
import { isCurrent } from "./verdict";

/** The findings about a certificate. */
export type FindingsOf = (certificate: Certificate) => readonly Finding[];

/**
 * What is known of a revocation without a report on the page that says it. No tick for an answer that is too old.
 * @param now epoch ms
 */
export function revocationSentences(known: Elsewhere["revocation"], now: number): readonly Sentence[] {
  if (known === undefined || known.reported === true) return [];
  const { state, asked, since, issuer } = known;
  const when = asked === undefined ? "" : ` on ${day(asked)}`;
  switch (state) {
    case "revoked": {
      const on = since === undefined ? "" : ` on ${day(since)}`;
      const words =
        issuer === true
          ? `A CA above it was revoked${on}${when === "" ? "" : `, as was said${when}`}.`
          : `Revoked${on}, its CA said${when}.`;
      return [toned("bad", words)];
    }
    case "good":
      return [toned(isCurrent(known, now) ? "good" : "none", `Not revoked, its CA said${when}.`)];
    case "unknown":
      return [toned("none", `Its CA did not say${when} whether it was revoked.`)];
  }
}

/** A finding tells of a self-signed certificate that is not a CA's. */
export function rootSentences(root: PathRoot | undefined): readonly Sentence[] {
  if (root === undefined || root.known || !isCa(root.certificate)) return [];
  return [toned("attention", `Programs accept it only where this root was installed: it is not among ${root.lists}.`)];
}

/** Another certificate in the same file is judged by what stands in it and its dates. */
export function otherLeafSentences(certificate: Certificate, findingsOf: FindingsOf, now: number): readonly Sentence[] {
  const dates = validitySentence(certificate, now);
  const name = [...displayName(certificate), { text: ": " }];
  return [
    ...(dates.tone === "good" ? [] : [{ ...dates, text: [...name, ...dates.text] }]),
    ...findingsOf(certificate)
      .filter(({ id }) => !TOLD.has(id))
      .flatMap((finding) => findingSentence(finding, certificate)),
  ];
}

const MAX_NAMED = 3;

const NAMING: ReadonlySet<DamageCode> = new Set<DamageCode>([
  "other-form",
  "encrypted",
  "packed",
  "nested",
  "too-large",
]);

/** Most forms, or parts of an archive, that the summary names where there is nothing else to say. */
export const namedIn = (damage: readonly Damage[]): readonly Damage[] =>
  damage.filter(({ code }) => NAMING.has(code)).slice(0, MAX_NAMED);

/** What is listed, but does not count against what was read: a readme in an archive, another program's block. */
export const HARMLESS: ReadonlySet<DamageCode> = new Set<DamageCode>(["other-file", "other-form", "unchecked"]);

export const toned = (tone: Tone, sentence: string): Sentence => ({ tone, text: segments(sentence) });

/** Findings that the sentence on the validity already covers. */
const TOLD: ReadonlySet<string> = new Set(["validity.expired", "validity.not-yet", "validity.ends-soon"]);

/**
 * A finding that matters to the verdict, as a sentence. @param about the certificate that it is about, if not the leaf
 */
export function findingSentence({ id, severity, message }: Finding, about?: Certificate): readonly Sentence[] {
  if (severity === "info" || (about === undefined && TOLD.has(id))) return [];
  const tone = severity === "error" ? "bad" : "attention";
  const name = about === undefined ? [] : [...displayName(about), { text: ": " }];
  return [{ tone, text: [...name, ...segments(message)] }];
}

/** A fault of a CA above the leaf is also a fault of the leaf. */
export function authoritySentences(certificate: Certificate, findingsOf: FindingsOf): readonly Sentence[] {
  return findingsOf(certificate).flatMap((finding) => findingSentence(finding, certificate));
}

/** A name may be made to look like another one. */
export function deceptionSentences(leaf: Certificate, headline: Text): readonly Sentence[] {
  const names = extensionOf(leaf, "subjectAltName")?.names ?? [];
  const isMarked = (name: Text) => name.some(({ mark }) => mark !== undefined);
  if (!isMarked(headline) && !names.some((name) => isMarked(segments(generalNameText(name), "domain")))) return [];
  return [toned("attention", "A name has characters that are not what they seem; they are marked.")];
}

export function damageSentences(damage: readonly Damage[], isUnreadable: boolean): readonly Sentence[] {
  return isUnreadable || damage.some(({ code }) => !HARMLESS.has(code))
    ? [toned("attention", "Part of it could not be read; the problems are listed below.")]
    : [];
}

export function validitySentence(certificate: Certificate, now: number): Sentence {
  const { notBefore, notAfter } = certificate.validity;
  if (notBefore === undefined || notAfter === undefined) {
    return toned("bad", "Its validity could not be read: no program accepts it.");
  }
  if (now < notBefore) return toned("bad", `Not valid yet: it starts in ${span(notBefore - now)}.`);
  if (now > notAfter) return toned("bad", `Expired ${span(now - notAfter)} ago.`);
  const left = notAfter - now;
  return toned(endsSoon(certificate.validity, now) ? "attention" : "good", `Valid for ${span(left)} more.`);
}

/** Whole days; hours for less than two. */
function span(ms: number): string {
  const days = Math.floor(ms / MS_PER_DAY);
  if (days >= 2) return `${days} days`;
  const hours = Math.floor(ms / 3_600_000);
  return hours === 1 ? "1 hour" : `${hours} hours`;
}

export function namesSentences(certificate: Certificate): readonly Sentence[] {
  const names = extensionOf(certificate, "subjectAltName")?.names ?? [];
  const domains = names.filter(({ type }) => type === "dNSName").length;
  if (isCa(certificate))
    return [toned("none", isSelfIssued(certificate) ? "A root certificate." : "A CA certificate.")];
  if (domains === 0) return [];
  return [toned("none", domains === 1 ? "For one domain name." : `For ${domains} domain names.`)];
}

export function chainSentences(chain: Chain): readonly Sentence[] {
  const last = chain.path.at(-1)?.certificate;
  if (last === undefined) return [];
  const others = chain.otherLeaves.length + chain.unrelated.length;
  const isRoot = isSelfIssued(last);
  // A root alone, or a certificate that names itself as its issuer, is not much of a chain.
  const isAlone = isRoot && chain.path.length === 1;
  return [
    ...(isAlone
      ? []
      : [
          toned(
            "none",
            isRoot
              ? `The chain is complete: ${count(chain.path.length, "certificate")} up to the root.`
              : `The chain has ${count(chain.path.length, "certificate")} and ends below the root.`,
          ),
        ]),
    ...(others === 0
      ? []
      : [
          toned(
            "none",
            `${count(others, "more certificate")} outside this chain${chain.otherLeaves.length === 0 ? "" : ", whose signatures were not checked"}.`,
          ),
        ]),
    ...(chain.duplicates === 0 ? [] : [toned("none", `${count(chain.duplicates, "duplicate")} left out.`)]),
  ];
}

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? "" : "s"}`;

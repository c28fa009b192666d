import { extensionOf, type Certificate } from "../x509/certificate";
import { isCa, isSelfIssued } from "../x509/issuing";
import type { Chain } from "../x509/chain";
import type { Finding } from "../finding";
import type { Damage, DamageCode } from "../containers/contents";
import { MS_PER_DAY, endsSoon } from "../x509/lifetime";
import { generalNameText } from "../names/general-name";
import { shortName } from "../names/name";
import { segments } from "../names/suspicious-text";
import type { DetailsObject, Sentence, Summary, Text, Verdict } from "./page";

/** Most characters of a name that represents a certificate; the page has the whole name among the details. */
const MAX_NAME = 500;

/**
 * The name that a person knows a certificate, or a request for one, by: its common name, or the first alternative
 * name, or another part of its name. At most 500 characters.
 */
export function displayName(holder: Pick<Certificate, "subject" | "extensions">): Text {
  const subject = shortName(holder.subject);
  if (subject !== "") return segments(shortened(subject), "domain");
  const first = extensionOf(holder, "subjectAltName")?.names[0];
  const value = first === undefined ? "(no name)" : generalNameText(first);
  return segments(shortened(value), "domain");
}

const shortened = (name: string): string => (name.length > MAX_NAME ? `${name.slice(0, MAX_NAME)}…` : name);

/** What kind of certificate it is, for a heading. */
export function certificateKind(certificate: Certificate): string {
  if (!isCa(certificate)) return "Certificate";
  return isSelfIssued(certificate) ? "Root certificate" : "CA certificate";
}

/** The findings about a certificate. */
export type FindingsOf = (certificate: Certificate) => readonly Finding[];

/**
 * Whose it is, how long it is valid, whether it is good and why: for the leaf, and for the CAs above it where they
 * matter.
 */
export function summarizeChain(
  leaf: Certificate,
  chain: Chain,
  findingsOf: FindingsOf,
  damage: readonly Damage[],
  now: number,
): Summary {
  const headline = displayName(leaf);
  const sentences = [
    validitySentence(leaf, now),
    ...findingsOf(leaf).flatMap((finding) => findingSentence(finding)),
    ...chain.path.slice(1).flatMap(({ certificate }) => authoritySentences(certificate, findingsOf)),
    ...deceptionSentences(leaf, headline),
    ...damageSentences(damage),
    ...namesSentences(leaf),
    ...chainSentences(chain),
  ];
  const { notBefore, notAfter } = leaf.validity;
  return {
    headline,
    verdict: worst(sentences),
    sentences: sentences.slice(0, MAX_SENTENCES),
    ...(notBefore !== undefined && notAfter !== undefined && { validity: { notBefore, notAfter } }),
  };
}

/** Most sentences of a summary, the most important first; those left out are still shown with their certificate. */
const MAX_SENTENCES = 100;

/**
 * The summary of anything but a chain: a request, a key, or nothing.
 * @param damaged whether the object is, or may be, a certificate that cannot be read
 */
export function summarizeOther(object: DetailsObject | undefined, damage: readonly Damage[]): Summary {
  const sentences =
    object === undefined
      ? nothingSentences(damage)
      : object.damaged === true
        ? [
            toned(
              "bad",
              "It is damaged or of an unknown type; what can be read is shown. If it was copied, copy it again: characters may be missing.",
            ),
          ]
        : damageSentences(damage);
  const headline = object?.heading ?? segments(namedIn(damage).length > 0 ? "Not read here" : "No certificate");
  return { headline, verdict: worst(sentences), sentences };
}

/**
 * The summary of a file with nothing to show: it names what was recognised, and only otherwise says that there is
 * nothing.
 */
function nothingSentences(damage: readonly Damage[]): readonly Sentence[] {
  const named = namedIn(damage);
  if (named.length > 0) {
    return named.map(({ message }) => toned("attention", /[.!?]$/.test(message) ? message : `${message}.`));
  }
  return [
    toned(
      "bad",
      "It contains no readable certificate, request, revocation list or key. Check that it is the right file.",
    ),
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

const WEIGHT: Readonly<Record<Verdict, number>> = { none: 0, good: 1, attention: 2, bad: 3 };

function worst(sentences: readonly Sentence[]): Verdict {
  return sentences.reduce<Verdict>((found, { tone }) => (WEIGHT[tone] > WEIGHT[found] ? tone : found), "none");
}

const toned = (tone: Verdict, sentence: string): Sentence => ({ tone, text: segments(sentence) });

/** Findings that the sentence on the validity already covers. */
const TOLD: ReadonlySet<string> = new Set(["validity.expired", "validity.not-yet", "validity.ends-soon"]);

/**
 * A finding that matters to the verdict, as a sentence. @param about the certificate that it is about, if not the leaf
 */
function findingSentence({ id, severity, message }: Finding, about?: Certificate): readonly Sentence[] {
  if (severity === "info" || (about === undefined && TOLD.has(id))) return [];
  const tone = severity === "error" ? "bad" : "attention";
  const name = about === undefined ? [] : [...displayName(about), { text: ": " }];
  return [{ tone, text: [...name, ...segments(message)] }];
}

/** A fault of a CA above the leaf is also a fault of the leaf. */
function authoritySentences(certificate: Certificate, findingsOf: FindingsOf): readonly Sentence[] {
  return findingsOf(certificate).flatMap((finding) => findingSentence(finding, certificate));
}

/** A name may be made to look like another one. */
function deceptionSentences(leaf: Certificate, headline: Text): readonly Sentence[] {
  const names = extensionOf(leaf, "subjectAltName")?.names ?? [];
  const isMarked = (name: Text) => name.some(({ mark }) => mark !== undefined);
  if (!isMarked(headline) && !names.some((name) => isMarked(segments(generalNameText(name), "domain")))) return [];
  return [toned("attention", "A name has characters that are not what they seem; they are marked.")];
}

function damageSentences(damage: readonly Damage[]): readonly Sentence[] {
  return damage.some(({ code }) => !HARMLESS.has(code))
    ? [toned("attention", "Part of it could not be read; the problems are listed below.")]
    : [];
}

function validitySentence(certificate: Certificate, now: number): Sentence {
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

function namesSentences(certificate: Certificate): readonly Sentence[] {
  const names = extensionOf(certificate, "subjectAltName")?.names ?? [];
  const domains = names.filter(({ type }) => type === "dNSName").length;
  if (isCa(certificate))
    return [toned("none", isSelfIssued(certificate) ? "A root certificate." : "A CA certificate.")];
  if (domains === 0) return [];
  return [toned("none", domains === 1 ? "For one domain name." : `For ${domains} domain names.`)];
}

function chainSentences(chain: Chain): readonly Sentence[] {
  const last = chain.path.at(-1)?.certificate;
  if (last === undefined) return [];
  const others = chain.otherLeaves.length + chain.unrelated.length;
  return [
    toned(
      "none",
      isSelfIssued(last)
        ? `The chain is complete: ${count(chain.path.length, "certificate")} up to the root.`
        : `The chain has ${count(chain.path.length, "certificate")} and ends below the root.`,
    ),
    ...(others === 0 ? [] : [toned("none", `${count(others, "more certificate")} outside this chain.`)]),
    ...(chain.duplicates === 0 ? [] : [toned("none", `${count(chain.duplicates, "duplicate")} left out.`)]),
  ];
}

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? "" : "s"}`;

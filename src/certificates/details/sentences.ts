import { amount, onDay, phrase, plural, type Phrase } from "../../words/phrase";
import type { Damage, DamageCode } from "../containers/contents";
import type { Finding } from "../finding";
import { generalNameText } from "../names/general-name";
import { segments } from "../names/suspicious-text";
import { extensionOf, type Certificate } from "../x509/certificate";
import type { Chain } from "../x509/chain";
import { isCa, isSelfIssued } from "../x509/issuing";
import { MS_PER_DAY, endsSoon } from "../x509/lifetime";
import { displayName } from "./display-name";
import type { DraftSentence, DraftText, Sayable } from "./draft";
import type { Elsewhere, PathRoot } from "./options";
import type { Text, Tone } from "./page";
import { isCurrent, type RevocationFact } from "./verdict";

/** The findings about a certificate. */
export type FindingsOf = (certificate: Certificate) => readonly Finding[];

/**
 * What is known of a revocation without a report on the page that says it. No tick for an answer that is too old.
 * @param now epoch ms
 */
export function revocationSentences(known: Elsewhere["revocation"], now: number): readonly DraftSentence[] {
  if (known === undefined || known.reported === true) return [];
  switch (known.state) {
    case "revoked":
      return [toned("bad", known.issuer === true ? authorityRevoked(known) : revokedWords(known))];
    case "good":
      return [toned(isCurrent(known, now) ? "good" : "none", goodWords(known))];
    case "unknown":
      return [toned("none", unknownWords(known))];
  }
}

function authorityRevoked({ asked, since }: RevocationFact): Phrase {
  if (since === undefined) {
    return asked === undefined
      ? phrase("A CA above it was revoked.")
      : phrase("A CA above it was revoked, as was said on {0}.", onDay(asked));
  }
  return asked === undefined
    ? phrase("A CA above it was revoked on {0}.", onDay(since))
    : phrase("A CA above it was revoked on {0}, as was said on {1}.", onDay(since), onDay(asked));
}

function revokedWords({ asked, since }: RevocationFact): Phrase {
  if (since === undefined) {
    return asked === undefined ? phrase("Revoked, its CA said.") : phrase("Revoked, its CA said on {0}.", onDay(asked));
  }
  return asked === undefined
    ? phrase("Revoked on {0}, its CA said.", onDay(since))
    : phrase("Revoked on {0}, its CA said on {1}.", onDay(since), onDay(asked));
}

const goodWords = ({ asked }: RevocationFact): Phrase =>
  asked === undefined ? phrase("Not revoked, its CA said.") : phrase("Not revoked, its CA said on {0}.", onDay(asked));

const unknownWords = ({ asked }: RevocationFact): Phrase =>
  asked === undefined
    ? phrase("Its CA did not say whether it was revoked.")
    : phrase("Its CA did not say on {0} whether it was revoked.", onDay(asked));

/** A finding tells of a self-signed certificate that is not a CA's. */
export function rootSentences(root: PathRoot | undefined): readonly DraftSentence[] {
  if (root === undefined || root.known || !isCa(root.certificate)) return [];
  return [
    toned(
      "attention",
      phrase("Programs accept it only where this root was installed: it is not among {0}.", root.lists),
    ),
  ];
}

/** Another certificate in the same file is judged by what stands in it and its dates. */
export function otherLeafSentences(
  certificate: Certificate,
  findingsOf: FindingsOf,
  now: number,
): readonly DraftSentence[] {
  const dates = validitySentence(certificate, now);
  return [
    ...(dates.tone === "good" ? [] : [{ ...dates, about: displayName(certificate) }]),
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

export const toned = (tone: Tone, sentence: Sayable): DraftSentence => ({
  tone,
  text: typeof sentence === "string" ? saidAlready(sentence) : sentence,
});

/** The spaces of French and other languages in a sentence that the editor said. */
const LANGUAGE_SPACE = /^[\u00a0\u202f]$/;

/** A sentence in the reader's language, which may quote strangers. */
const saidAlready = (sentence: string): Text =>
  segments(sentence).map((part) => (LANGUAGE_SPACE.test(part.text) ? { text: part.text } : part));

/** Findings that the sentence on the validity already covers. */
const TOLD: ReadonlySet<string> = new Set(["validity.expired", "validity.not-yet", "validity.ends-soon"]);

/**
 * A finding that matters to the verdict, as a sentence. @param about the certificate that it is about, if not the leaf
 */
export function findingSentence({ id, severity, message }: Finding, about?: Certificate): readonly DraftSentence[] {
  if (severity === "info" || (about === undefined && TOLD.has(id))) return [];
  const sentence = toned(severity === "error" ? "bad" : "attention", message);
  return [about === undefined ? sentence : { ...sentence, about: displayName(about) }];
}

/** A fault of a CA above the leaf is also a fault of the leaf. */
export function authoritySentences(certificate: Certificate, findingsOf: FindingsOf): readonly DraftSentence[] {
  return findingsOf(certificate).flatMap((finding) => findingSentence(finding, certificate));
}

/** A name may be made to look like another one. */
export function deceptionSentences(leaf: Certificate, headline: DraftText): readonly DraftSentence[] {
  const names = extensionOf(leaf, "subjectAltName")?.names ?? [];
  const isMarked = (name: Text) => name.some(({ mark }) => mark !== undefined);
  if (
    !("text" in headline || isMarked(headline)) &&
    !names.some((name) => isMarked(segments(generalNameText(name), "domain")))
  )
    return [];
  return [toned("attention", phrase("A name has characters that are not what they seem; they are marked."))];
}

export function damageSentences(damage: readonly Damage[], isUnreadable: boolean): readonly DraftSentence[] {
  return isUnreadable || damage.some(({ code }) => !HARMLESS.has(code))
    ? [toned("attention", phrase("Part of it could not be read; the problems are listed below."))]
    : [];
}

export function validitySentence(certificate: Certificate, now: number): DraftSentence {
  const { notBefore, notAfter } = certificate.validity;
  if (notBefore === undefined || notAfter === undefined) {
    return toned("bad", phrase("Its validity could not be read: no program accepts it."));
  }
  if (now < notBefore) return toned("bad", phrase("Not valid yet: it starts in {0}.", span(notBefore - now)));
  if (now > notAfter) return toned("bad", phrase("Expired {0} ago.", span(now - notAfter)));
  const left = notAfter - now;
  return toned(endsSoon(certificate.validity, now) ? "attention" : "good", phrase("Valid for {0} more.", span(left)));
}

/** Whole days; hours for less than two. */
function span(ms: number): Phrase {
  const days = Math.floor(ms / MS_PER_DAY);
  return days >= 2 ? plural(days, "{0} day", "{0} days") : plural(Math.floor(ms / 3_600_000), "{0} hour", "{0} hours");
}

export function namesSentences(certificate: Certificate): readonly DraftSentence[] {
  const names = extensionOf(certificate, "subjectAltName")?.names ?? [];
  const domains = names.filter(({ type }) => type === "dNSName").length;
  if (isCa(certificate))
    return [toned("none", isSelfIssued(certificate) ? phrase("A root certificate.") : phrase("A CA certificate."))];
  if (domains === 0) return [];
  return [
    toned("none", domains === 1 ? phrase("For one domain name.") : phrase("For {0} domain names.", amount(domains))),
  ];
}

export function chainSentences(chain: Chain): readonly DraftSentence[] {
  const last = chain.path.at(-1)?.certificate;
  if (last === undefined) return [];
  const others = chain.otherLeaves.length + chain.unrelated.length;
  const isRoot = isSelfIssued(last);
  // A root alone, or a certificate that names itself as its issuer, is not much of a chain.
  const isAlone = isRoot && chain.path.length === 1;
  return [
    ...(isAlone ? [] : [toned("none", lengthWords(chain.path.length, isRoot))]),
    ...(others === 0 ? [] : [toned("none", outsideWords(others, chain.otherLeaves.length === 0))]),
    ...(chain.duplicates === 0
      ? []
      : [toned("none", plural(chain.duplicates, "{0} duplicate left out.", "{0} duplicates left out."))]),
  ];
}

const lengthWords = (count: number, isRoot: boolean): Phrase =>
  isRoot
    ? plural(
        count,
        "The chain is complete: {0} certificate up to the root.",
        "The chain is complete: {0} certificates up to the root.",
      )
    : plural(
        count,
        "The chain has {0} certificate and ends below the root.",
        "The chain has {0} certificates and ends below the root.",
      );

const outsideWords = (count: number, isChecked: boolean): Phrase =>
  isChecked
    ? plural(count, "{0} more certificate outside this chain.", "{0} more certificates outside this chain.")
    : plural(
        count,
        "{0} more certificate outside this chain, whose signatures were not checked.",
        "{0} more certificates outside this chain, whose signatures were not checked.",
      );

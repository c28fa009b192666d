import type { Damage } from "../containers/contents";
import { statusAddresses } from "../revocation/status-service";
import type { Certificate } from "../x509/certificate";
import type { Chain } from "../x509/chain";
import { isCa, isSelfIssued } from "../x509/issuing";
import { ENGLISH, inEnglish, type Locale } from "../../words/localize";
import { onDay, phrase } from "../../words/phrase";
import { displayName, PKCS12 } from "./display-name";
import type { DraftObject, DraftSentence, DraftSummary, Sayable } from "./draft";
import type { DetailsOptions, PathRoot } from "./options";
import { NEXT_UPDATE } from "./other-sections";
import type { Tone, Verdict } from "./page";
import {
  authoritySentences,
  chainSentences,
  damageSentences,
  deceptionSentences,
  findingSentence,
  namedIn,
  namesSentences,
  otherLeafSentences,
  revocationSentences,
  rootSentences,
  toned,
  validitySentence,
  type FindingsOf,
} from "./sentences";
import { saidText } from "./said-page";
import {
  LOCKED,
  NOTHING_TO_JUDGE,
  nothingFound,
  UNREADABLE,
  verdictOf,
  type RevocationFact,
  type VerdictFacts,
} from "./verdict";

export function findingsIn({ findings }: Pick<DetailsOptions, "findings">): FindingsOf {
  return ({ fingerprints }) => findings?.get(fingerprints.sha256) ?? [];
}

/**
 * Whose it is, how long it is valid, the verdict and the reasons: for the leaf, for the CAs above it where they matter,
 * and for other leaves.
 */
export function summarizeChain(
  leaf: Certificate,
  chain: Chain,
  options: DetailsOptions,
  damage: readonly Damage[],
): DraftSummary {
  const { now, root, elsewhere, locale = ENGLISH } = options;
  const headline = displayName(leaf);
  const others = chain.otherLeaves.map(({ certificate }) => certificate);
  const findingsOf = findingsIn(options);
  const path: CertificatePath = [leaf, ...chain.path.slice(1).map(({ certificate }) => certificate)];
  const revocation = revocationOf(path, findingsOf, elsewhere?.revocation);
  const sentences = [
    ...(elsewhere?.faults ?? []).map((fault) => toned("bad", fault)),
    validitySentence(leaf, now),
    ...revocationSentences(elsewhere?.revocation, now),
    ...findingsOf(leaf).flatMap((finding) => findingSentence(finding)),
    ...path.slice(1).flatMap((certificate) => authoritySentences(certificate, findingsOf)),
    ...(elsewhere?.remarks ?? []).map((remark) => toned("attention", remark)),
    ...others.flatMap((other) => otherLeafSentences(other, findingsOf, now)),
    ...deceptionSentences(leaf, headline),
    ...damageSentences(damage, chain.unreadable.length > 0),
    ...rootSentences(root),
    ...namesSentences(leaf),
    ...chainSentences(chain),
  ];
  const count = (wanted: Tone) => sentences.filter(({ tone }) => tone === wanted).length;
  const { notBefore, notAfter } = leaf.validity;
  const verdict = verdictOf({
    now,
    revocation,
    readable: true,
    phase: now > (notAfter ?? Infinity) ? "expired" : now < (notBefore ?? -Infinity) ? "not-yet" : "in-force",
    errors: count("bad"),
    warnings: count("attention"),
    signaturesChecked: !path.some((one) => findingsOf(one).some(({ id }) => id === "chain.signature-unchecked")),
    root: rootFact(leaf, root, locale),
    leaves: 1 + others.length,
  });
  return {
    headline,
    verdict,
    sentences: sentences
      .slice(0, MAX_SENTENCES)
      .map((sentence) => (isClean(verdict) ? sentence : withoutTick(sentence))),
    ...(notBefore !== undefined && notAfter !== undefined && { validity: { notBefore, notAfter } }),
  };
}

/** Leaf first. */
type CertificatePath = readonly [Certificate, ...Certificate[]];

/** Most sentences of a summary, the most important first; those left out are still shown with their certificate. */
const MAX_SENTENCES = 100;

/** Whether nothing speaks against the certificate but warnings: only then do its dates alone get a tick. */
const isClean = ({ says }: Verdict): boolean =>
  says.kind === "no-problems" || (says.kind === "counted" && says.errors === 0);

const withoutTick = (sentence: DraftSentence): DraftSentence =>
  sentence.tone === "good" ? { ...sentence, tone: "none" } : sentence;

/** What was found out elsewhere, else what the offline list says of the CAs; else why nothing is known. */
function revocationOf(
  path: CertificatePath,
  findingsOf: FindingsOf,
  known: RevocationFact | undefined,
): VerdictFacts["revocation"] {
  const [leaf] = path;
  if (known?.state === "revoked") return known;
  const revokedIn = (certificate: Certificate) => findingsOf(certificate).filter(({ id }) => id === CA_REVOKED);
  // One that is not on the page is told of with the certificate below it, in its section on the issuer.
  if (revokedIn(leaf).some(({ section }) => section !== "issuer")) return { state: "revoked" };
  if (path.some((certificate) => revokedIn(certificate).length > 0)) {
    return { state: "revoked", issuer: true };
  }
  if (known !== undefined) return known;
  if (isSelfIssued(leaf)) return "root";
  const { ocsp, crl } = statusAddresses(leaf);
  return ocsp.length + crl.length === 0 ? "no-service" : "not-asked";
}

/** Of a CA certificate that the CA's own list calls revoked. */
const CA_REVOKED = "chain.ca-revoked";

function rootFact(leaf: Certificate, root: PathRoot | undefined, locale: Locale): VerdictFacts["root"] {
  if (root === undefined) return isSelfIssued(leaf) && !isCa(leaf) ? "self-signed" : "open";
  if (root.known) return "known";
  const isItself = root.certificate.fingerprints.sha256 === leaf.fingerprints.sha256;
  if (isItself && !isCa(leaf)) return "self-signed";
  return { unknown: isItself ? undefined : saidText(displayName(root.certificate), locale) };
}

/**
 * The summary of anything but a chain: a request, a key, or nothing.
 * @param now epoch ms
 */
export function summarizeOther(object: DraftObject | undefined, damage: readonly Damage[], now: number): DraftSummary {
  if (object === undefined) return nothingSummary(damage);
  const headline = object.heading;
  if (object.damaged === true) {
    const words = phrase(
      "It is damaged or of an unknown type; what can be read is shown. If it was copied, copy it again: characters may be missing.",
    );
    return { headline, verdict: UNREADABLE, sentences: [toned("bad", words)] };
  }
  const sentences = [...lateSentences(object, now), ...damageSentences(damage, false)];
  const verdict: Verdict =
    sentences.length === 0
      ? object.kind === PKCS12
        ? LOCKED
        : NOTHING_TO_JUDGE
      : { says: { kind: "counted", errors: 0, warnings: sentences.length }, tone: "attention" };
  return { headline, verdict, sentences };
}

/** A revocation list after its next update says nothing of what was revoked since (RFC 5280 section 5.1.2.5). */
function lateSentences({ sections }: DraftObject, now: number): readonly DraftSentence[] {
  const rows = sections.flatMap((section) => (section.id === "validity" ? section.rows : []));
  const next = rows.find(({ label }) => label === NEXT_UPDATE)?.values[0];
  if (next?.kind !== "time" || next.at >= now) return [];
  return [toned("attention", phrase("It is out of date: a newer one was due on {0}.", onDay(next.at)))];
}

/**
 * The summary of a file with nothing to show: it names what was recognised, and only otherwise says that there is
 * nothing.
 */
function nothingSummary(damage: readonly Damage[]): DraftSummary {
  if (damage.some(({ code }) => code === "empty")) {
    return { headline: phrase("The file is empty."), verdict: nothingFound("none"), sentences: [] };
  }
  const named = namedIn(damage);
  if (named.length > 0) {
    return {
      headline: phrase("Not read here"),
      verdict: nothingFound("attention"),
      sentences: named.map(({ message }) => toned("attention", endedWords(message))),
    };
  }
  const words = phrase(
    "It contains no readable certificate, request, revocation list or key. Check that it is the right file.",
  );
  return {
    headline: phrase("No certificate"),
    verdict: nothingFound("bad"),
    sentences: [toned("bad", words)],
  };
}

/** What was not read, as a sentence with its full stop. */
const endedWords = (message: Damage["message"]): Sayable =>
  /[.!?]$/.test(inEnglish(message)) ? message : phrase("{0}.", message);

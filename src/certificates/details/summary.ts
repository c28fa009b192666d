import { extensionOf, type Certificate } from "../certificate";
import { isCa, isSelfIssued, type Chain } from "../chain";
import type { Finding } from "../finding";
import { DAY } from "../lifetime";
import { generalNameText } from "../names/general-name";
import { shortName } from "../names/name";
import { segments } from "../names/suspicious-text";
import type { DetailsObject, Sentence, Summary, Text, Verdict } from "./page";

/** ms before the end of a certificate from which on the page asks for attention. */
const SOON = 30 * DAY;

/**
 * The name that a person knows a certificate by: its common name, or the first alternative name, or what its name has.
 */
export function displayName(certificate: Certificate): Text {
  const subject = shortName(certificate.subject);
  if (subject !== "") return segments(subject, "domain");
  const first = extensionOf(certificate, "subjectAltName")?.names[0];
  const value = first === undefined ? "(no name)" : generalNameText(first);
  return segments(value, "domain");
}

/** Who, until when, good or not and why; `leaf` is the end of the chain. */
export function summarizeChain(chain: Chain, findings: readonly Finding[], now: number): Summary {
  const leaf = chain.path[0]?.certificate;
  if (leaf === undefined) return summarizeOther(undefined);
  const sentences = [
    validitySentence(leaf, now),
    ...findings.filter(({ severity }) => severity !== "info").map(findingSentence),
    namesSentence(leaf),
    ...chainSentences(chain),
  ].filter((sentence) => sentence !== undefined);
  return { headline: displayName(leaf), verdict: worst(sentences), sentences, validity: leaf.validity };
}

/** Of what is no chain: a request, a key, or nothing. */
export function summarizeOther(object: DetailsObject | undefined): Summary {
  return { headline: object?.heading ?? segments("No certificate"), verdict: "none", sentences: [] };
}

const WEIGHT: Readonly<Record<Verdict, number>> = { none: 0, good: 1, attention: 2, bad: 3 };

function worst(sentences: readonly Sentence[]): Verdict {
  return sentences.reduce<Verdict>((found, { tone }) => (WEIGHT[tone] > WEIGHT[found] ? tone : found), "none");
}

const say = (tone: Verdict, sentence: string): Sentence => ({ tone, text: segments(sentence) });

function findingSentence(finding: Finding): Sentence {
  return say(finding.severity === "error" ? "bad" : "attention", finding.message);
}

function validitySentence(certificate: Certificate, now: number): Sentence {
  const { notBefore, notAfter } = certificate.validity;
  if (now < notBefore) return say("bad", `Not valid yet: it starts in ${span(notBefore - now)}.`);
  if (now > notAfter) return say("bad", `Expired ${span(now - notAfter)} ago.`);
  const left = notAfter - now;
  return say(left < SOON ? "attention" : "good", `Valid for ${span(left)} more.`);
}

/** Whole days; hours for less than two. */
function span(ms: number): string {
  const days = Math.floor(ms / DAY);
  if (days >= 2) return `${days} days`;
  const hours = Math.floor(ms / 3_600_000);
  return hours === 1 ? "1 hour" : `${hours} hours`;
}

function namesSentence(certificate: Certificate): Sentence | undefined {
  const names = extensionOf(certificate, "subjectAltName")?.names ?? [];
  const domains = names.filter(({ type }) => type === "dNSName").length;
  if (isCa(certificate)) return say("none", isSelfIssued(certificate) ? "A root certificate." : "A CA certificate.");
  if (domains === 0) return undefined;
  return say("none", domains === 1 ? "For one domain name." : `For ${domains} domain names.`);
}

function chainSentences(chain: Chain): readonly Sentence[] {
  const last = chain.path.at(-1)?.certificate;
  if (last === undefined) return [];
  const others = chain.otherLeaves.length + chain.unrelated.length;
  return [
    say(
      "none",
      isSelfIssued(last)
        ? `The chain is complete: ${count(chain.path.length, "certificate")} up to the root.`
        : `The chain has ${count(chain.path.length, "certificate")} and ends below the root.`,
    ),
    ...(others === 0 ? [] : [say("none", `${count(others, "more certificate")} outside this chain.`)]),
    ...(chain.duplicates === 0 ? [] : [say("none", `${count(chain.duplicates, "duplicate")} left out.`)]),
  ];
}

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? "" : "s"}`;

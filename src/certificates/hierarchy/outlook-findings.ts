import type { Finding } from "../finding";
import { onDay, phrase, type Phrase, type PhraseValue } from "../../words/phrase";
import { called, listWords } from "../checks/words";
import type { Certificate } from "../x509/certificate";
import { trustEndOf, type Outlook, type RootWay } from "./outlook";
import type { TrustEnd, TrustPurpose } from "./root-programs";

/** What certificates of a purpose are called inside a sentence, and what they are trusted for. */
export const PURPOSE_WORDS: Readonly<Record<TrustPurpose, string>> = { tls: "TLS", mail: "S/MIME" };

/**
 * The root programs that will not trust a certificate as long as it is valid, by whichever way to a root.
 * @param now epoch ms
 */
export function outlookFindings(leaf: Certificate, outlook: Outlook, now: number): readonly Finding[] {
  const losses = new Map<string, { readonly end: TrustEnd; readonly way: RootWay; readonly programs: Set<string> }>();
  const sent = outlook.ways.filter(({ missing }) => missing.length === 0);
  const ways = sent.length > 0 ? sent : outlook.ways;
  for (const { program, purpose } of ways.flatMap(({ facts }) => facts?.ends ?? [])) {
    if (!outlook.purposes.includes(purpose)) continue;
    const loss = lossOf(leaf, ways, program, purpose);
    if (loss === undefined) continue;
    const { kind, date } = loss.end;
    const key = [purpose, kind, date, loss.way.root.fingerprints.sha256].join();
    const known = losses.get(key) ?? { ...loss, programs: new Set() };
    losses.set(key, known);
    known.programs.add(program);
  }
  return [...losses.values()].map(({ end, way, programs }) => lossFinding(outlook, end, way, [...programs], now));
}

/** How a program's trust ends before the leaf does; undefined if it stays by one of the ways. */
function lossOf(
  leaf: Certificate,
  ways: readonly RootWay[],
  program: string,
  purpose: TrustPurpose,
): { readonly end: TrustEnd; readonly way: RootWay } | undefined {
  let last: { readonly end: TrustEnd; readonly way: RootWay } | undefined;
  for (const way of ways) {
    const ends = (way.facts?.ends ?? []).filter((end) => end.program === program && end.purpose === purpose);
    const end = ends.find((each) => trustEndOf(each, leaf) <= (leaf.validity.notAfter ?? -Infinity));
    if (end === undefined) return undefined;
    if (last === undefined || trustEndOf(end, leaf) > trustEndOf(last.end, leaf)) last = { end, way };
  }
  return last;
}

function lossFinding(
  { better }: Outlook,
  { kind, date, purpose, source }: TrustEnd,
  { root }: RootWay,
  programs: readonly string[],
  now: number,
): Finding {
  const at = Date.parse(date);
  const words = PURPOSE_WORDS[purpose];
  const read = onDay(Date.parse(source.read));
  const isOver = kind === "issued" || at <= now;
  const values: LossValues = [listWords(programs), words, called(root), onDay(at), read];
  const isOne = programs.length === 1;
  const message =
    kind === "issued" ? issuedWords(isOne, values) : isOver ? overWords(isOne, values) : comingWords(isOne, values);
  const advice =
    better?.because === "lasting"
      ? phrase("Give servers the chain to {0}.", called(better.way.root))
      : isOver
        ? phrase("Get a certificate under a newer root from the CA.")
        : phrase("Get a certificate under a newer root from the CA before then.");
  return { id: "chain.root-distrusted", severity: "warning", message, advice, clause: source.title, section: OUTLOOK };
}

type LossValues = readonly [
  programs: PhraseValue,
  purpose: string,
  root: PhraseValue,
  at: PhraseValue,
  read: PhraseValue,
];

function issuedWords(isOne: boolean, [programs, purpose, root, at, read]: LossValues): Phrase {
  return isOne
    ? phrase(
        "{0} does not trust it: of the {1} certificates under {2}, it trusts only those issued by {3} (read on {4}).",
        programs,
        purpose,
        root,
        at,
        read,
      )
    : phrase(
        "{0} do not trust it: of the {1} certificates under {2}, they trust only those issued by {3} (read on {4}).",
        programs,
        purpose,
        root,
        at,
        read,
      );
}

function overWords(isOne: boolean, [programs, purpose, root, at, read]: LossValues): Phrase {
  return isOne
    ? phrase(
        "{0} does not trust it: {1}, its root, is not trusted for {2} since {3} (read on {4}).",
        programs,
        root,
        purpose,
        at,
        read,
      )
    : phrase(
        "{0} do not trust it: {1}, its root, is not trusted for {2} since {3} (read on {4}).",
        programs,
        root,
        purpose,
        at,
        read,
      );
}

function comingWords(isOne: boolean, [programs, purpose, root, at, read]: LossValues): Phrase {
  return isOne
    ? phrase(
        "{0} stops trusting {1}, its root, for {2} on {3}, before it expires (by its schedule, read on {4}).",
        programs,
        root,
        purpose,
        at,
        read,
      )
    : phrase(
        "{0} stop trusting {1}, its root, for {2} on {3}, before it expires (by their schedules, read on {4}).",
        programs,
        root,
        purpose,
        at,
        read,
      );
}

/** The id of the section that shows an outlook. */
export const OUTLOOK = "outlook";

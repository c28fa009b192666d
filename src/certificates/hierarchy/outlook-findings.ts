import type { Finding } from "../finding";
import { called, day, listWords } from "../checks/words";
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
  const who = listWords(programs);
  const several = programs.length > 1;
  const words = PURPOSE_WORDS[purpose];
  const known = `read on ${day(Date.parse(source.read))}`;
  const isOver = kind === "issued" || at <= now;
  const message =
    kind === "issued"
      ? `${who} ${several ? "do" : "does"} not trust it: of the ${words} certificates under ${called(root)}, ${several ? "they trust" : "it trusts"} only those issued by ${day(at)} (${known}).`
      : isOver
        ? `${who} ${several ? "do" : "does"} not trust it: ${called(root)}, its root, is not trusted for ${words} since ${day(at)} (${known}).`
        : `${who} ${several ? "stop" : "stops"} trusting ${called(root)}, its root, for ${words} on ${day(at)}, before it expires (by ${several ? "their schedules" : "its schedule"}, ${known}).`;
  const advice =
    better?.because === "lasting"
      ? `Give servers the chain to ${called(better.way.root)}.`
      : `Get a certificate under a newer root from the CA${isOver ? "" : " before then"}.`;
  return { id: "chain.root-distrusted", severity: "warning", message, advice, clause: source.title, section: OUTLOOK };
}

/** The id of the section that shows an outlook. */
export const OUTLOOK = "outlook";

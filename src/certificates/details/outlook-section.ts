import { onDay, phrase, type Phrase } from "../../words/phrase";
import { called, listWords } from "../checks/words";
import type { BetterWay, Outlook, RootWay } from "../hierarchy/outlook";
import { OUTLOOK, PURPOSE_WORDS } from "../hierarchy/outlook-findings";
import type { FactSource, TrustEnd } from "../hierarchy/root-programs";
import type { DraftRow, DraftSection } from "./draft";
import { row, textValue } from "./row";

/** Which roots a certificate leads to, how long each way lasts, and which clients need which. @param now epoch ms */
export function outlookSection(outlook: Outlook, now: number): DraftSection {
  const { ways, better } = outlook;
  return {
    id: OUTLOOK,
    title: phrase("Chains to a Root"),
    rows: [
      ...(better === undefined ? [] : [row(phrase("Better chain"), textValue(betterWords(better)))]),
      ...ways.map((way) => wayRow(way, outlook, now)),
      ...sourceRows(outlook),
    ],
    explanation: phrase(
      "Each root that the certificate can be verified with, through what came and the CA certificates known here, and what root programs have published about it. Saving a renewed certificate again writes the chain that comes with it.",
    ),
  };
}

function betterWords({ way, because }: BetterWay): Phrase {
  const root = called(way.root);
  switch (because) {
    case "complete":
      return phrase("To {0}: what came lacks CA certificates that are known here.", root);
    case "lasting":
      return phrase("To {0}: it is trusted longer than what came.", root);
    case "shorter":
      return phrase("To {0}: it is shorter than what came. Clients without that root need what came.", root);
  }
}

function wayRow(way: RootWay, { purposes }: Outlook, now: number): DraftRow {
  const { members, root, facts, missing, endsFirst } = way;
  const [first = "", ...others] = members.slice(1).map(({ certificate }) => called(certificate));
  const through = others.reduce((below, name) => phrase("{0} → {1}", below, name), first);
  const ends = (facts?.ends ?? []).filter(({ purpose }) => purposes.includes(purpose));
  const since = facts?.since ?? [];
  const lines = [
    row(phrase("Through"), textValue(through)),
    row(
      phrase("Lasts until"),
      textValue(phrase("{0} ({1} ends first)", onDay(endsFirst.validity.notAfter), called(endsFirst))),
    ),
    ...(missing.length === 0
      ? []
      : [row(phrase("Known here, did not come"), textValue(phrase("{0}", listWords(missing.map(called)))))]),
    ...(ends.length === 0
      ? []
      : [
          row(
            phrase("Root programs"),
            ends.map((end) => textValue(endWords(end, now))),
          ),
        ]),
    ...(since.length === 0
      ? []
      : [
          row(
            phrase("Clients with this root"),
            since.map(({ words }) => textValue(words)),
            { explanation: OLD_CLIENTS },
          ),
        ]),
    ...(facts?.notes ?? []).map(({ words }) => row(phrase("Note"), textValue(words))),
  ];
  return row(called(root), { kind: "rows", rows: lines });
}

const OLD_CLIENTS = phrase("The versions named or later ones. Older clients need a chain to a root that they have.");

function endWords({ program, purpose, kind, date }: TrustEnd, now: number): Phrase {
  const at = Date.parse(date);
  const words = PURPOSE_WORDS[purpose];
  if (kind === "issued") return phrase("{0}: {1} certificates issued by {2}, no later ones", program, words, onDay(at));
  return at <= now
    ? phrase("{0}: not for {1} since {2}", program, words, onDay(at))
    : phrase("{0}: for {1} until {2}, by its schedule", program, words, onDay(at));
}

/** Where the facts that are shown were read. */
function sourceRows({ ways, purposes }: Outlook): readonly DraftRow[] {
  const sources = new Set<FactSource>();
  const titles = new Set<string>();
  for (const { facts } of ways) {
    const shown = facts?.ends.filter(({ purpose }) => purposes.includes(purpose)) ?? [];
    for (const { source } of [...shown, ...(facts?.since ?? []), ...(facts?.notes ?? [])]) {
      if (!titles.has(source.title)) sources.add(source);
      titles.add(source.title);
    }
  }
  if (sources.size === 0) return [];
  const rows = [...sources].map(({ title, address, read }) =>
    row(title, textValue(phrase("{0} (read on {1})", address, onDay(Date.parse(read))))),
  );
  return [row(phrase("Sources"), { kind: "rows", rows })];
}

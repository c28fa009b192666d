import { called, day, listWords } from "../checks/words";
import type { BetterWay, Outlook, RootWay } from "../hierarchy/outlook";
import { OUTLOOK, PURPOSE_WORDS } from "../hierarchy/outlook-findings";
import type { FactSource, TrustEnd } from "../hierarchy/root-programs";
import type { DetailsRow, DetailsSection } from "./page";
import { row, textValue } from "./row";

/** Which roots a certificate leads to, how long each way lasts, and which clients need which. @param now epoch ms */
export function outlookSection(outlook: Outlook, now: number): DetailsSection {
  const { ways, better } = outlook;
  return {
    id: OUTLOOK,
    title: "Chains to a Root",
    rows: [
      ...(better === undefined ? [] : [row("Better chain", textValue(betterWords(better)))]),
      ...ways.map((way) => wayRow(way, outlook, now)),
      ...sourceRows(outlook),
    ],
    explanation:
      "Each root that the certificate can be verified with, through what came and the CA certificates known here, and what root programs have published about it. Saving a renewed certificate again writes the chain that comes with it.",
  };
}

function betterWords({ way, because }: BetterWay): string {
  const root = called(way.root);
  switch (because) {
    case "complete":
      return `To ${root}: what came lacks CA certificates that are known here.`;
    case "lasting":
      return `To ${root}: it is trusted longer than what came.`;
    case "shorter":
      return `To ${root}: it is shorter than what came. Clients without that root need what came.`;
  }
}

function wayRow(way: RootWay, { purposes }: Outlook, now: number): DetailsRow {
  const { members, root, facts, missing, endsFirst } = way;
  const names = members.slice(1).map(({ certificate }) => called(certificate));
  const ends = (facts?.ends ?? []).filter(({ purpose }) => purposes.includes(purpose));
  const since = facts?.since ?? [];
  const lines = [
    row("Through", textValue(names.join(" → "))),
    row("Lasts until", textValue(`${day(endsFirst.validity.notAfter)} (${called(endsFirst)} ends first)`)),
    ...(missing.length === 0 ? [] : [row("Known here, did not come", textValue(listWords(missing.map(called))))]),
    ...(ends.length === 0
      ? []
      : [
          row(
            "Root programs",
            ends.map((end) => textValue(endWords(end, now))),
          ),
        ]),
    ...(since.length === 0
      ? []
      : [
          row(
            "Clients with this root",
            since.map(({ words }) => textValue(words)),
            { explanation: OLD_CLIENTS },
          ),
        ]),
    ...(facts?.notes ?? []).map(({ words }) => row("Note", textValue(words))),
  ];
  return row(called(root), { kind: "rows", rows: lines });
}

const OLD_CLIENTS = "The versions named or later ones. Older clients need a chain to a root that they have.";

function endWords({ program, purpose, kind, date }: TrustEnd, now: number): string {
  const at = Date.parse(date);
  const words = PURPOSE_WORDS[purpose];
  if (kind === "issued") return `${program}: ${words} certificates issued by ${day(at)}, no later ones`;
  return at <= now
    ? `${program}: not for ${words} since ${day(at)}`
    : `${program}: for ${words} until ${day(at)}, by its schedule`;
}

/** Where the facts that are shown were read. */
function sourceRows({ ways, purposes }: Outlook): readonly DetailsRow[] {
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
    row(title, textValue(`${address} (read on ${day(Date.parse(read))})`)),
  );
  return [row("Sources", { kind: "rows", rows })];
}

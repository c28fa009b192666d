import type { CertificateInFile, FileFacts, FileTrouble } from "../model/certificate-file";
import { inRow, type Locale, type Localize } from "../../words/localize";
import { MAX_TWINS, type InventoryFile, type InventorySection } from "./inventory";
import { referenceWords } from "./order-words";
import type { RowIcon } from "./order-row";
import { titleOf } from "./state";
import { dateWords, relativeWords } from "./time-words";
import { allOf, plural } from "../../words/phrase";

/** What the list of files shows for one of them. Texts of strangers are unchanged. */
export interface InventoryRowView {
  readonly title: string;
  /** The second text of the row: what is wanted most comes first, since a narrow row is cut. */
  readonly description: string;
  /** The row read aloud, which begins with what is seen. */
  readonly label: string;
  readonly icon: RowIcon;
  /** Words that the menus' conditions match: "file older order renewable". */
  readonly context: string;
  readonly tooltip: readonly string[];
}

/** @param now epoch ms */
export function inventoryRow(file: InventoryFile, now: number, locale: Locale): InventoryRowView {
  const { facts, path, standing } = file;
  const { localize } = locale;
  const name = facts.kind === "certificate" ? facts.name : "";
  const title = name !== "" ? name : path.slice(path.lastIndexOf("/") + 1);
  const more = moreWords(file, localize);
  const order = "order" in standing ? titleOf(standing.order, localize) : undefined;
  const end = facts.kind === "certificate" ? shownEnd(facts, now, locale) : troubleWords(facts, localize);
  // The heading says that it is older; a title that is the order's already names it.
  const whose = standing.kind === "orphan" ? localize("not tracked") : order === title ? undefined : order;
  const words = file.isAlike ? [path, end, whose] : [end, whose, path];
  const description = [...words, ...more.marks].filter((each) => each !== undefined).join(" · ");
  return {
    title,
    description,
    label: inRow(
      [`${title} ${description}`, endWords(facts, now, locale), ...more.sentences].filter((each) => each !== undefined),
      localize,
    ),
    icon: iconOf(file, now),
    context: contextOf(file),
    tooltip: tooltipOf(file, more.sentences, now, locale),
  };
}

/** The name of a heading. */
export function inventorySectionName(section: InventorySection, localize: Localize): string {
  switch (section) {
    case "older":
      return localize("Older Than the Order's");
    case "expired":
      return localize("Expired Certificates");
    case "valid":
      return localize("Certificates");
    case "authorities":
      return localize("CA Certificates");
    case "unreadable":
      return localize("Not Readable");
  }
}

function endWords(facts: FileFacts, now: number, locale: Locale): string | undefined {
  if (facts.kind !== "certificate") return undefined;
  const { notAfter } = facts;
  const { localize } = locale;
  if (notAfter === undefined) return localize("end not readable");
  const day = dateWords(notAfter, locale);
  return notAfter < now ? localize("expired {0}", day) : localize("until {0}", day);
}

/** As rows of orders say it, the day alone while it is still to come. */
function shownEnd(facts: CertificateInFile, now: number, locale: Locale): string | undefined {
  const { notAfter } = facts;
  return notAfter !== undefined && notAfter >= now ? dateWords(notAfter, locale) : endWords(facts, now, locale);
}

/** Why nothing can be said of a file. */
function troubleWords({ kind }: FileFacts, localize: Localize): string {
  const words: Readonly<Record<FileTrouble | "locked", string>> = {
    locked: localize("key store, opens with its password"),
    damaged: localize("damaged, or not a certificate"),
    empty: localize("empty"),
    "too-large": localize("larger than 1 MB, not read"),
    "not-regular": localize("not a regular file"),
    unreadable: localize("cannot be opened"),
    "too-long": localize("takes too long to read"),
  };
  return kind in words ? words[kind as keyof typeof words] : "";
}

interface MoreWords {
  /** Short, for the end of the row. */
  readonly marks: readonly string[];
  readonly sentences: readonly string[];
}

function moreWords({ facts, standing, copies, key, path, uri }: InventoryFile, localize: Localize): MoreWords {
  const sentences: string[] = [];
  if (standing.kind === "older") {
    sentences.push(
      standing.renews
        ? localize("The order holds a newer certificate: Save Again would renew this file.")
        : localize("The order holds a newer certificate, which was not saved to this file yet."),
    );
  }
  if (key !== undefined) {
    sentences.push(key === path ? localize("Its private key is in this file.") : localize("Private key: {0}", key));
  }
  const { count = 1, first = [] } = copies ?? {};
  if (count > 1) {
    const twins = first.filter((each) => each.uri !== uri).map((each) => each.path);
    const more = count - 1 - MAX_TWINS;
    const named = [...twins.slice(0, MAX_TWINS), ...(more > 0 ? [plural(more, "{0} more", "{0} more")] : [])];
    sentences.push(localize("The same certificate: {0}", allOf(named)));
  }
  if (facts.kind === "certificate") {
    if (!facts.isFirst) sentences.push(localize("It does not come first in the file, as servers want it."));
    if (facts.others > 0) sentences.push(localize("Other certificates in the file: {0}", facts.others));
    if (facts.isDamaged) sentences.push(localize("Part of the file is damaged."));
  }
  const marks = [
    ...(key === undefined ? [] : [localize("key found")]),
    ...(count === 1 ? [] : [localize("in {0} files", count)]),
  ];
  return { marks, sentences };
}

function tooltipOf(
  { facts, path, standing }: InventoryFile,
  sentences: readonly string[],
  now: number,
  locale: Locale,
): string[] {
  const { localize } = locale;
  if (facts.kind !== "certificate") return [path, troubleWords(facts, localize), ...orderLine(), ...sentences];
  const { notAfter, name, names, chain } = facts;
  const end =
    notAfter === undefined ? [] : [`${endWords(facts, now, locale) ?? ""} (${relativeWords(notAfter, now, locale)})`];
  return [
    ...[name, ...names.filter((each) => each !== name)],
    path,
    ...end,
    ...orderLine(),
    ...(chain > 1 ? [localize("Chain in the file: {0} certificates", chain)] : []),
    ...sentences,
    `SHA-256 ${facts.leaf}`,
  ];

  function orderLine(): string[] {
    if ("order" in standing) {
      return [
        localize(
          "Order: {0}",
          inRow([titleOf(standing.order, localize), referenceWords(standing.order, locale)], localize),
        ),
      ];
    }
    return standing.kind === "orphan" ? [localize("No order here holds it.")] : [];
  }
}

function contextOf({ facts, standing }: InventoryFile): string {
  return [
    "file",
    facts.kind,
    standing.kind,
    ...("order" in standing ? ["order", ...(standing.kind === "older" && standing.renews ? ["renewable"] : [])] : []),
  ].join(" ");
}

function iconOf({ facts, standing }: InventoryFile, now: number): RowIcon {
  if (standing.kind === "older") return { id: "history", color: "list.warningForeground" };
  if (facts.kind === "locked") return { id: "lock" };
  if (facts.kind !== "certificate") return { id: "question", color: "list.errorForeground" };
  if (facts.notAfter !== undefined && facts.notAfter < now) return { id: "watch" };
  if (facts.isCa) return { id: "library" };
  return standing.kind === "current" ? { id: "verified", color: "testing.iconPassed" } : { id: "unverified" };
}

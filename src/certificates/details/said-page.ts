import type { Asn1Node } from "../asn1/asn1-node";
import { inParts, inWords, type Locale } from "../../words/localize";
import type { Finding } from "../finding";
import { segments, type Segment } from "../names/suspicious-text";
import type { DraftObject, DraftRow, DraftSection, DraftSentence, DraftSummary, DraftText, DraftValue } from "./draft";
import type { DetailsObject, DetailsRow, DetailsSection, Sentence, ShownFinding, Summary, Text, Value } from "./page";
import { plainText } from "./row";

/** A text in the reader's language. Only texts of others are marked in it: a language has spaces of its own. */
export function saidText(text: DraftText, locale: Locale): Text {
  if (!("text" in text)) return text;
  const said: Segment[] = [];
  let unmarked = "";
  const flush = () => {
    if (unmarked !== "") said.push({ text: unmarked });
    unmarked = "";
  };
  for (const part of inParts(text, locale)) {
    const parts: Text = part.isValue ? segments(part.text) : [{ text: part.text }];
    for (const segment of parts) {
      if (segment.mark === undefined) unmarked += segment.text;
      else {
        flush();
        said.push(segment);
      }
    }
  }
  flush();
  return said;
}

export function saidObject(object: DraftObject, locale: Locale): DetailsObject {
  return {
    ...object,
    kind: inWords(object.kind, locale),
    heading: saidText(object.heading, locale),
    place: inWords(object.place, locale),
    findings: object.findings.map((finding) => saidFinding(finding, locale)),
    sections: saidSections(object.sections, locale),
  };
}

export function saidFinding({ message, advice, ...finding }: Finding, locale: Locale): ShownFinding {
  return {
    ...finding,
    message: inWords(message, locale),
    ...(advice !== undefined && { advice: inWords(advice, locale) }),
  };
}

export function saidSummary({ headline, sentences, ...summary }: DraftSummary, locale: Locale): Summary {
  return {
    ...summary,
    headline: saidText(headline, locale),
    sentences: sentences.map((sentence) => saidSentence(sentence, locale)),
  };
}

function saidSentence({ tone, about, text }: DraftSentence, locale: Locale): Sentence {
  const said = saidText(text, locale);
  if (about === undefined) return { tone, text: said };
  const [before = "", between = "", after = ""] = locale.localize("{0}: {1}", "{0}", "{1}").split(/\{\d\}/);
  const ours = (words: string): Text => (words === "" ? [] : [{ text: words }]);
  return { tone, text: [...ours(before), ...saidText(about, locale), ...ours(between), ...said, ...ours(after)] };
}

export function saidSections(sections: readonly DraftSection[], locale: Locale): readonly DetailsSection[] {
  return sections.map(({ title, rows, explanation, ...section }) => ({
    ...section,
    title: inWords(title, locale),
    rows: rows.map((row) => saidRow(row, locale)),
    ...(explanation !== undefined && { explanation: inWords(explanation, locale) }),
  }));
}

function saidRow({ label, values, oid, explanation }: DraftRow, locale: Locale): DetailsRow {
  return copiedRow(
    inWords(label, locale),
    values.map((value) => saidValue(value, locale)),
    {
      ...(oid !== undefined && { oid }),
      ...(explanation !== undefined && { explanation: inWords(explanation, locale) }),
    },
  );
}

function saidValue(value: DraftValue, locale: Locale): Value {
  switch (value.kind) {
    case "text":
      return { kind: "text", text: saidText(value.text, locale) };
    case "oid": {
      const { oid, name } = value;
      return { kind: "oid", oid, ...(name !== undefined && { name: inWords(name, locale) }) };
    }
    case "image": {
      const { image } = value;
      return { kind: "image", image: image.safe ? image : { ...image, reason: inWords(image.reason, locale) } };
    }
    case "rows":
      return { kind: "rows", rows: value.rows.map((row) => saidRow(row, locale)) };
    case "time":
    case "day":
    case "hex":
    case "uri":
      return value;
    case "tree":
      return { ...value, nodes: saidNodes(value.nodes, locale) };
  }
}

function saidNodes(nodes: readonly Asn1Node[], locale: Locale): readonly Asn1Node<string>[] {
  return nodes.map(({ type, value, problem, children, ...node }) => ({
    ...node,
    type: inWords(type, locale),
    ...(value !== undefined && { value: inWords(value, locale) }),
    ...(problem !== undefined && { problem: inWords(problem, locale) }),
    ...(children !== undefined && { children: saidNodes(children, locale) }),
  }));
}

/** A row with what it copies, which its values determine. */
export function copiedRow(
  label: string,
  values: readonly Value[],
  more: Pick<DetailsRow, "oid" | "explanation"> = {},
): DetailsRow {
  return { label, values, copy: values.map(copyText).join("\n"), ...more };
}

function copyText(value: Value): string {
  switch (value.kind) {
    case "text":
    case "uri":
      return plainText(value.text);
    case "time":
      return new Date(value.at).toISOString();
    case "day":
      return new Date(value.at).toISOString().slice(0, 10);
    case "hex":
      return value.hex;
    case "oid":
      return value.name === undefined ? value.oid : `${value.name} (${value.oid})`;
    case "rows":
      return value.rows.map(({ label, copy }) => `${label}: ${copy}`).join("\n");
    case "image":
    case "tree":
      return "";
  }
}

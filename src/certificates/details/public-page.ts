import { ENGLISH, inWords, type Locale } from "../../words/localize";
import { KEY_NOT_SHOWN, holdsKeyInHex, publicText } from "../containers/public-parts";
import type {
  DetailsObject,
  DetailsPage,
  DetailsRow,
  DetailsSection,
  ShownFinding,
  Summary,
  Text,
  TreeNode,
  Value,
  Verdict,
} from "./page";
import { plainText } from "./row";
import { copiedRow } from "./said-page";

/**
 * The page without private keys. The readers never hand one out, but anybody can write one into a name, an extension
 * or an attribute of a public object. Whatever contains one is left out, with a note.
 */
export function publicPage(
  { title, summary, tree, objects, damage }: DetailsPage,
  locale: Locale = ENGLISH,
): DetailsPage {
  const hidden = inWords(KEY_NOT_SHOWN, locale);
  return {
    title: publicWords(title, hidden),
    summary: publicSummary(summary, hidden),
    tree: tree.map((each) => publicNode(each, hidden)),
    objects: objects.map((each) => publicObject(each, hidden)),
    damage: damage.map(({ place, message, ...note }) => ({
      ...note,
      place: publicText(place, hidden),
      message: publicText(message, hidden),
    })),
  };
}

export function publicSections(
  sections: readonly DetailsSection[],
  hidden = KEY_NOT_SHOWN.text,
): readonly DetailsSection[] {
  return sections.map((section) => ({
    ...section,
    title: publicText(section.title, hidden),
    rows: publicRows(section.rows, hidden),
  }));
}

function publicSummary(summary: Summary, hidden: string): Summary {
  return {
    ...summary,
    headline: publicWords(summary.headline, hidden),
    verdict: publicVerdict(summary.verdict, hidden),
    sentences: summary.sentences.map(({ tone, text: words }) => ({ tone, text: publicWords(words, hidden) })),
  };
}

function publicVerdict(verdict: Verdict, hidden: string): Verdict {
  const { says } = verdict;
  if (says.kind !== "unknown-root" || says.root === undefined) return verdict;
  return { ...verdict, says: { ...says, root: publicWords(says.root, hidden) } };
}

function publicNode({ object, label, children }: TreeNode, hidden: string): TreeNode {
  return { object, label: publicWords(label, hidden), children: children.map((each) => publicNode(each, hidden)) };
}

function publicObject(object: DetailsObject, hidden: string): DetailsObject {
  return {
    ...object,
    heading: publicWords(object.heading, hidden),
    place: publicText(object.place, hidden),
    findings: object.findings.map((each) => publicFinding(each, hidden)),
    sections: publicSections(object.sections, hidden),
  };
}

/** A finding may quote a name. */
export function publicFinding(finding: ShownFinding, hidden: string): ShownFinding {
  const message = publicText(finding.message, hidden);
  return message === finding.message ? finding : { ...finding, message };
}

function publicWords(words: Text, hidden: string): Text {
  const plain = plainText(words);
  return publicText(plain, hidden) === plain ? words : [{ text: hidden }];
}

function publicRows(rows: readonly DetailsRow[], hidden: string): readonly DetailsRow[] {
  return rows.map((whole) => {
    const values = whole.values.map((each) => publicValue(each, hidden));
    const label = publicText(whole.label, hidden);
    const isWhole = label === whole.label && values.every((value, index) => value === whole.values[index]);
    if (isWhole) return whole;
    const { oid, explanation } = whole;
    return copiedRow(label, values, {
      ...(oid === undefined ? {} : { oid }),
      ...(explanation === undefined ? {} : { explanation }),
    });
  });
}

const notShown = (hidden: string): Value => ({ kind: "text", text: [{ text: hidden }] });

function publicValue(value: Value, hidden: string): Value {
  switch (value.kind) {
    case "text":
    case "uri": {
      const words = publicWords(value.text, hidden);
      return words === value.text ? value : { ...value, text: words };
    }
    case "hex":
      return holdsKeyInHex(value.hex) ? notShown(hidden) : value;
    case "tree":
      return holdsKeyInHex(value.hex) ? notShown(hidden) : value;
    case "rows": {
      const rows = publicRows(value.rows, hidden);
      return rows.every((each, index) => each === value.rows[index]) ? value : { ...value, rows };
    }
    case "image":
    case "oid":
    case "time":
    case "day":
      return value;
  }
}

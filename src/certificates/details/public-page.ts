import { KEY_NOT_SHOWN, holdsKeyInHex, publicText } from "../containers/public-parts";
import type { Finding } from "../finding";
import { segments } from "../names/suspicious-text";
import type {
  DetailsObject,
  DetailsPage,
  DetailsRow,
  DetailsSection,
  Summary,
  Text,
  TreeNode,
  Value,
  Verdict,
} from "./page";
import { plainText, row, textValue } from "./row";

/**
 * The page without private keys. The readers never hand one out, but anybody can write one into a name, an extension
 * or an attribute of a public object. Whatever contains one is left out, with a note.
 */
export function publicPage({ title, summary, tree, objects, damage }: DetailsPage): DetailsPage {
  return {
    title: publicWords(title),
    summary: publicSummary(summary),
    tree: tree.map(publicNode),
    objects: objects.map(publicObject),
    damage: damage.map(({ place, message, ...note }) => ({
      ...note,
      place: publicText(place),
      message: publicText(message),
    })),
  };
}

export function publicSections(sections: readonly DetailsSection[]): readonly DetailsSection[] {
  return sections.map((section) => ({ ...section, title: publicText(section.title), rows: publicRows(section.rows) }));
}

function publicSummary(summary: Summary): Summary {
  return {
    ...summary,
    headline: publicWords(summary.headline),
    verdict: publicVerdict(summary.verdict),
    sentences: summary.sentences.map(({ tone, text: words }) => ({ tone, text: publicWords(words) })),
  };
}

function publicVerdict(verdict: Verdict): Verdict {
  const { says } = verdict;
  if (says.kind !== "unknown-root" || says.root === undefined) return verdict;
  return { ...verdict, says: { ...says, root: publicWords(says.root) } };
}

function publicNode({ object, label, children }: TreeNode): TreeNode {
  return { object, label: publicWords(label), children: children.map(publicNode) };
}

function publicObject(object: DetailsObject): DetailsObject {
  return {
    ...object,
    heading: publicWords(object.heading),
    place: publicText(object.place),
    findings: object.findings.map(publicFinding),
    sections: publicSections(object.sections),
  };
}

/** A finding may quote a name. */
export function publicFinding(finding: Finding): Finding {
  const message = publicText(finding.message);
  return message === finding.message ? finding : { ...finding, message };
}

function publicWords(words: Text): Text {
  const plain = plainText(words);
  return publicText(plain) === plain ? words : segments(KEY_NOT_SHOWN);
}

function publicRows(rows: readonly DetailsRow[]): readonly DetailsRow[] {
  return rows.map((whole) => {
    const values = whole.values.map(publicValue);
    const label = publicText(whole.label);
    const isWhole = label === whole.label && values.every((value, index) => value === whole.values[index]);
    if (isWhole) return whole;
    const { oid, explanation } = whole;
    return row(label, values, {
      ...(oid === undefined ? {} : { oid }),
      ...(explanation === undefined ? {} : { explanation }),
    });
  });
}

function publicValue(value: Value): Value {
  switch (value.kind) {
    case "text":
    case "uri": {
      const words = publicWords(value.text);
      return words === value.text ? value : { ...value, text: words };
    }
    case "hex":
      return holdsKeyInHex(value.hex) ? textValue(KEY_NOT_SHOWN) : value;
    case "tree":
      return holdsKeyInHex(value.hex) ? textValue(KEY_NOT_SHOWN) : value;
    case "rows": {
      const rows = publicRows(value.rows);
      return rows.every((each, index) => each === value.rows[index]) ? value : { ...value, rows };
    }
    case "image":
    case "oid":
    case "time":
    case "day":
      return value;
  }
}

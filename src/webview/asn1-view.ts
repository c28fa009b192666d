import type { Asn1Node } from "../certificates/asn1/asn1-node";
import type { Value } from "../certificates/details/page";
import type { Drawing } from "./drawing";
import { el } from "./element";
import { HexDump, type HexLine } from "./hex-text";
import { drawList } from "./long-list";
import { markedText } from "./marked-text";
import { rove } from "./roving";
import { fill, type Strings } from "./strings";
import { textView } from "./text-view";
import { TreeView } from "./tree-view";

/** Lines of a dump that are drawn at first. */
const FIRST_LINES = 16;
/** Levels of a tree that are expanded at first. */
const OPEN_LEVELS = 3;

/** The elements of an encoding as a tree, and beside it the bytes of the selected one, if they are shown. */
export function asn1View(
  { nodes, hex }: Extract<Value, { kind: "tree" }>,
  label: string,
  drawing: Drawing,
): HTMLElement {
  const { strings } = drawing;
  const start = nodes[0]?.offset ?? 0;
  const bytes = el("div", { class: "bytes", role: "group" });
  const show = (node: Asn1Node<string>) => {
    bytes.setAttribute("aria-label", fill(strings.hexOf, node.type));
    bytes.replaceChildren(...dumpView(new HexDump(hex, start, node), strings));
  };
  const tree = new TreeView<Asn1Node<string>>({
    label,
    roots: nodes,
    childrenOf: (node) => node.children ?? [],
    opensAt: (level) => level < OPEN_LEVELS,
    draw: (node) => nodeView(node, drawing),
    selection: "follows",
    select: show,
    strings,
  });
  const [first] = nodes;
  if (first !== undefined) {
    tree.mark(first);
    show(first);
  }
  return el("div", { class: "asn1" }, tree.element, hex === "" ? undefined : bytes);
}

function nodeView(node: Asn1Node<string>, drawing: Drawing): readonly Node[] {
  const { type, value, shortened, problem } = node;
  return [
    el("span", { class: "type" }, textView(markedText(type), drawing)),
    ...(value === undefined || value === ""
      ? []
      : [
          el("span", { class: "content" }, textView(markedText(value), drawing), shortened === true ? " …" : undefined),
        ]),
    ...(problem === undefined ? [] : [el("span", { class: "problem" }, textView(markedText(problem), drawing))]),
    rangeView(node, drawing.strings),
  ];
}

/** Where an element is: its first and last byte. */
function rangeView({ offset, headerLength, length }: Asn1Node<string>, strings: Strings): HTMLElement {
  const last = offset + headerLength + length - 1;
  const words = last < offset ? strings.noBytes : fill(strings.range, offset, last);
  return el(
    "span",
    { class: "range", title: words },
    el("span", { "aria-hidden": "true" }, last < offset ? String(offset) : `${offset}–${last}`),
    el("span", { class: "spoken" }, words),
  );
}

function dumpView(dump: HexDump, strings: Strings): readonly Node[] {
  const lines = el("div", { class: "dump" });
  const more = drawList({
    items: Array.from({ length: dump.lines }, (_, index) => index),
    first: FIRST_LINES,
    container: lines,
    draw: (index) => lineView(dump.line(index)),
    strings,
  });
  if (more === undefined) return [lines];
  const all = el("div", {}, more);
  rove(all);
  return [lines, all];
}

function lineView({ offset, parts, ascii }: HexLine): HTMLElement {
  return el(
    "div",
    { class: "line" },
    el("span", { class: "offset" }, String(offset)),
    el("span", { class: "hex" }, ...parts.flatMap(({ role, hex }) => [el("span", { class: role }, hex), " "])),
    el("span", { class: "ascii", "aria-hidden": "true" }, ascii),
  );
}

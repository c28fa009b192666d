import type { Drawing } from "./drawing";
import { el } from "./element";
import { severityMark } from "./findings-view";
import { markedText } from "./marked-text";
import type { OutlineNode } from "./outline";
import { textView } from "./text-view";
import { TreeView } from "./tree-view";
import { plainValueText } from "./value-text";

/** The certificates, each below its issuer, and other objects; the selected one is marked. */
export class OutlineView {
  readonly element: HTMLElement;
  private readonly tree: TreeView<OutlineNode>;
  private readonly nodes = new Map<string, OutlineNode>();

  /** @param select called with the id of the object that a person chooses */
  constructor(roots: readonly OutlineNode[], drawing: Drawing, select: (object: string) => void) {
    const { strings } = drawing;
    const collect = (node: OutlineNode) => {
      this.nodes.set(node.object, node);
      node.children.forEach(collect);
    };
    roots.forEach(collect);
    this.tree = new TreeView<OutlineNode>({
      label: strings.contents,
      roots,
      childrenOf: (node) => node.children,
      opensAt: () => true,
      draw: ({ label, kind, severity }) => [
        el("span", { class: "name" }, textView(label, drawing)),
        ...(severity === undefined ? [] : [severityMark(severity, strings)]),
        ...(plainValueText(label) === kind ? [] : [el("span", { class: "kind" }, textView(markedText(kind), drawing))]),
      ],
      selection: "asked",
      select: (node) => select(node.object),
      strings,
    });
    this.element = el("nav", { "aria-label": strings.contents }, el("h2", {}, strings.contents), this.tree.element);
  }

  mark(object: string): void {
    const node = this.nodes.get(object);
    if (node !== undefined) this.tree.mark(node);
  }
}

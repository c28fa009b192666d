import type { DetailsObject, DetailsPage, Text, TreeNode } from "../certificates/details/page";

/** An object of the page where it belongs: below its issuer, or at the end. */
export interface OutlineNode {
  /** {@link DetailsObject.id} */
  readonly object: string;
  readonly label: Text;
  readonly kind: string;
  /** The worst finding about it. */
  readonly severity?: "error" | "warning";
  readonly children: readonly OutlineNode[];
}

/** The certificates as a tree, then other objects. */
export function outlineOf({ tree, objects }: DetailsPage): readonly OutlineNode[] {
  const left = new Map(objects.map((object) => [object.id, object]));
  const place = (node: TreeNode): readonly OutlineNode[] => {
    const object = left.get(node.object);
    left.delete(node.object);
    const children = node.children.flatMap(place);
    return object === undefined ? children : [outlineNode(object, node.label, children)];
  };
  const placed = tree.flatMap(place);
  return [...placed, ...[...left.values()].map((object) => outlineNode(object, object.heading, []))];
}

function outlineNode(object: DetailsObject, label: Text, children: readonly OutlineNode[]): OutlineNode {
  const worst = (["error", "warning"] as const).find((one) => object.findings.some(({ severity }) => severity === one));
  return { object: object.id, label, kind: object.kind, children, ...(worst === undefined ? {} : { severity: worst }) };
}

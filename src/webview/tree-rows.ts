/** A visible node of a tree. */
export interface TreeRow<T> {
  readonly node: T;
  /** 1 for a root. */
  readonly level: number;
  /** Among its siblings, from 1. */
  readonly position: number;
  readonly siblings: number;
  /** Absent for a node without children. */
  readonly open?: boolean;
}

/** The visible nodes, from top to bottom: roots, and children of open visible nodes. */
export function treeRows<T>(
  roots: readonly T[],
  childrenOf: (node: T) => readonly T[],
  isOpen: (node: T, level: number) => boolean,
): readonly TreeRow<T>[] {
  const rows: TreeRow<T>[] = [];
  const add = (nodes: readonly T[], level: number) => {
    for (const [index, node] of nodes.entries()) {
      const children = childrenOf(node);
      const open = children.length > 0 && isOpen(node, level);
      const place = { node, level, position: index + 1, siblings: nodes.length };
      rows.push(children.length === 0 ? place : { ...place, open });
      if (open) add(children, level + 1);
    }
  };
  add(roots, 1);
  return rows;
}

/** What an arrow key does on a row: move to another, by index, or open or close this one. */
export type TreeMove = { readonly to: number } | "open" | "close" | undefined;

/** Handles the keys of a tree (WAI-ARIA Authoring Practices, Tree View). */
export function treeStep<T>(rows: readonly TreeRow<T>[], at: number, key: string): TreeMove {
  const row = rows[at];
  if (row === undefined) return undefined;
  switch (key) {
    case "ArrowDown":
      return at + 1 < rows.length ? { to: at + 1 } : undefined;
    case "ArrowUp":
      return at > 0 ? { to: at - 1 } : undefined;
    case "Home":
      return { to: 0 };
    case "End":
      return { to: rows.length - 1 };
    case "ArrowRight":
      if (row.open === undefined) return undefined;
      return row.open ? { to: at + 1 } : "open";
    case "ArrowLeft": {
      if (row.open === true) return "close";
      const parent = rows.slice(0, at).findLastIndex(({ level }) => level < row.level);
      return parent < 0 ? undefined : { to: parent };
    }
    default:
      return undefined;
  }
}

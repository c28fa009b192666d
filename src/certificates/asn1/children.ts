import type { Element } from "./der";

/** The elements inside a constructed element. @throws DerError */
export function childrenOf(element: Element): Element[] {
  const children: Element[] = [];
  for (const reader = element.open(); reader.more;) children.push(reader.next());
  return children;
}

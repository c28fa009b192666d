/** The anchors of a document's headings, as GitHub makes them: the second of the same name ends in -1. */
export function anchorsOf(text: string): ReadonlySet<string> {
  const seen = new Map<string, number>();
  const anchors = [...withoutCode(text).matchAll(/^#{1,6} +(.+)$/gm)].map(([, heading = ""]) => {
    const words = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
    const name = words.replace(/[^\p{L}\p{N}_ -]/gu, "").replaceAll(" ", "-");
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    return before === 0 ? name : `${name}-${before}`;
  });
  return new Set(anchors);
}

/** Without fenced blocks, whose brackets and number signs are those of shells and programs. */
export const withoutCode = (text: string): string => text.replace(/^( *)```[^]*?^\1```$/gm, "");

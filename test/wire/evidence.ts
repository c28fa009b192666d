import { hash } from "node:crypto";

/**
 * Checks whether an export is unchanged. Untrusted text; never throws.
 * @returns the numbers (base 1) of lines that do not match their hash or do not follow the previous one; empty if all
 *   is well
 */
export function checkEvidence(text: string): number[] {
  const wrong: number[] = [];
  const heads = new Map<string, string>();
  const lines = text.split("\n").slice(0, -1);
  for (const [index, line] of lines.entries()) {
    const value = fieldsOf(line);
    const isEnd = index === lines.length - 1;
    const isRight =
      index === 0
        ? value?.type === "evidence" && value.lines === lines.length - 2
        : isEnd
          ? value?.type === "end" && JSON.stringify(value.heads) === JSON.stringify(Object.fromEntries(heads))
          : isLink(value, heads);
    if (!isRight) wrong.push(index + 1);
  }
  return lines.length < 2 ? [1] : wrong;
}

function isLink(value: Readonly<Record<string, unknown>> | undefined, heads: Map<string, string>): boolean {
  if (typeof value?.segment !== "string" || typeof value.text !== "string") return false;
  const previous = heads.get(value.segment) ?? "";
  const link = linkOf(previous, value.text);
  heads.set(value.segment, link);
  return value.previous === previous && value.hash === link;
}

function linkOf(previous: string, text: string): string {
  return hash("sha256", `${previous}\n${text}`, "hex");
}

function fieldsOf(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

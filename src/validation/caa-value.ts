/** The value of a property that says who may issue (RFC 8659 section 4.2). */
export interface IssueValue {
  /** The CA's domain name in lower case; empty for nobody. */
  readonly issuer: string;
  readonly parameters: readonly CaaParameter[];
}

export interface CaaParameter {
  readonly tag: string;
  readonly value: string;
}

/**
 * Reads a value by the grammar of RFC 8659 section 4.2, in linear time. A label, and a parameter's tag, is of letters,
 * digits and hyphens, the latter never at its ends; white space is a blank or a tab.
 * @returns `undefined` where it breaks the grammar, which says the same as naming nobody
 */
export function parseIssueValue(value: string): IssueValue | undefined {
  // Neither names nor the values of parameters can hold a semicolon.
  const [first = "", ...rest] = value.split(";").map(trimmed);
  if (first !== "" && !first.split(".").every(isLabel)) return undefined;
  const issuer = first.toLowerCase();
  // One semicolon may stand without a parameter; each further one parts two of them.
  if (rest.length === 0 || (rest.length === 1 && rest[0] === "")) return { issuer, parameters: [] };
  const parameters: CaaParameter[] = [];
  for (const each of rest) {
    const parameter = parseParameter(each);
    if (!parameter) return undefined;
    parameters.push(parameter);
  }
  return { issuer, parameters };
}

function parseParameter(text: string): CaaParameter | undefined {
  const at = text.indexOf("=");
  if (at === -1) return undefined;
  const tag = trimmed(text.slice(0, at));
  const value = trimmed(text.slice(at + 1));
  return isLabel(tag) && /^[\x21-\x3a\x3c-\x7e]*$/.test(value) ? { tag, value } : undefined;
}

function isLabel(text: string): boolean {
  return /^[A-Za-z0-9-]+$/.test(text) && !text.startsWith("-") && !text.endsWith("-");
}

/** Without the white space of RFC 5234 at its ends: `trim` takes line breaks and more, which break the grammar here. */
function trimmed(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isBlank(text.charCodeAt(from))) from++;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
  return text.slice(from, to);
}

const isBlank = (code: number): boolean => code === 0x20 || code === 0x09;

/** A clause, short enough for a column of the list of problems. */
export interface ClauseLink {
  readonly code: string;
  /** Address of the clause, if known. */
  readonly target?: string;
}

/**
 * The first of the clauses that a finding rests on: "RFC 5280 section 4.2.1.6, RFC 1123 section 2.1" becomes
 * "RFC 5280 §4.2.1.6" with the section's address. The details page has all of them.
 */
export function clauseLink(clause: string): ClauseLink {
  const [first = ""] = clause.split(",");
  const found = /^(.*?) (section|appendix)s? ([\w.]+)/.exec(first);
  if (found === null) return { code: first };
  const [, document = "", kind = "", place = ""] = found;
  const number = /^RFC (\d+)$/.exec(document)?.[1];
  return {
    code: `${document} ${kind === "section" ? "§" : ""}${place}`,
    ...(number !== undefined && { target: `https://www.rfc-editor.org/rfc/rfc${number}#${kind}-${place}` }),
  };
}

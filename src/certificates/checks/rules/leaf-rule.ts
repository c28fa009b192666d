import type { NameAttribute } from "../../names/name";
import type { Finding } from "../../finding";
import { issuedFrom, leaf, namesIn, once, policiesOf, publicTls, type Rule } from "./rule";
import { attributesOf, hasAttribute, SubjectType } from "./subject-attributes";
import { phrase } from "../../../words/phrase";

/** How the subject of a public TLS certificate was validated (TLS BR section 7.1.2.7.1). */
export type SubjectValidation = "DV" | "OV" | "IV" | "EV";

/** TLS BR section 7.1.6.1. */
const VALIDATIONS: ReadonlyMap<string, SubjectValidation> = new Map([
  ["2.23.140.1.1", "EV"],
  ["2.23.140.1.2.1", "DV"],
  ["2.23.140.1.2.2", "OV"],
  ["2.23.140.1.2.3", "IV"],
]);

/** What most texts in names are made of; these have nothing in them that a rule looks for. */
const PLAIN = /^[A-Za-z0-9(][A-Za-z0-9 '()+,./:=?-]*$/;
/** The shortest upper bound of an attribute besides that of a country. */
const SHORTEST_BOUND = 40;

/** The few attributes of subject and issuer whose text is long, or not made of plain characters. */
export const oddAttributes = once((subject): readonly NameAttribute[] =>
  [...attributesOf(subject), ...subject.certificate.issuer.rdns.flat()].filter(
    ({ value, oid }) =>
      value.length > (oid === SubjectType.COUNTRY ? 2 : SHORTEST_BOUND) || value.endsWith(" ") || !PLAIN.test(value),
  ),
);

/** Domain names among the alternative names, in small letters. */
export const hostsOf = once((subject): readonly string[] =>
  namesIn(subject).flatMap((name) => (name.type === "dNSName" ? [name.value.toLowerCase()] : [])),
);

/** By the policies; a place of incorporation says EV, too, which had policies of each CA alone until 2020. */
export const subjectValidation = once((subject): SubjectValidation | undefined => {
  for (const policy of policiesOf(subject)) {
    const found = VALIDATIONS.get(policy);
    if (found !== undefined) return found;
  }
  return hasAttribute(subject, SubjectType.JURISDICTION_COUNTRY) ? "EV" : undefined;
});

/**
 * Where a rule is from, and from which day of issue (UTC, "2023-09-15") on it is in force: by the tables of revisions
 * and dates in sections 1.2.1 and 1.2.2 of the TLS BR and the EV Guidelines, read on 2026-11-28.
 */
interface Source {
  readonly clause: string;
  readonly section?: string;
  readonly from?: string;
  /** The first day on which it is not in force any more. */
  readonly until?: string;
}

const ADVICE = phrase("Ask the CA to issue it again.");

/** A CA that broke a requirement must revoke the certificate (TLS BR section 4.9.1.1), so that a person has to act. */
export const misissued = (id: string, source: Source, check: Rule["check"]): Rule => ({
  ...leafRule(id, "warning", publicTls, source, check),
  advice: ADVICE,
});

/** What the CA should have done otherwise, and nobody else can change or needs to. */
export const noticed = (id: string, source: Source, check: Rule["check"]): Rule =>
  leafRule(id, "info", publicTls, source, check);

/** As {@link noticed}, about leaves of every kind, public or not. */
export const noticedInLeaf = (id: string, source: Source, check: Rule["check"]): Rule =>
  leafRule(id, "info", leaf, source, check);

function leafRule(
  id: string,
  severity: Finding["severity"],
  appliesTo: Rule["appliesTo"],
  { clause, section, from, until }: Source,
  check: Rule["check"],
): Rule {
  return {
    id,
    severity,
    clause,
    ...(section === undefined ? {} : { section }),
    appliesTo: from === undefined ? appliesTo : issuedFrom(from, appliesTo, until),
    check,
  };
}

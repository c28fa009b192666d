import { caaFindings } from "./caa-findings";
import { cnameFindings } from "./cname-findings";
import type { Evidence } from "./evidence";
import { fileFindings } from "./file-findings";
import { FINDINGS, type FindingId, type ValidationFinding } from "./finding";
import { orderFindings } from "./order-findings";
import { WEIGHTS } from "./way-weight";

/** Findings of one domain that are kept, at most. What stops the order comes first, so notes are lost. */
export const MAX_FINDINGS = 20;
/** Characters of a value. */
const MAX_VALUE = 300;

/** A row of the table: what is concluded from what was seen. */
export type FindingRow = (evidence: Evidence) => readonly ValidationFinding[];

const ROWS: readonly FindingRow[] = [cnameFindings, fileFindings, caaFindings, orderFindings];

/** What is wrong with a domain by what was seen. Pure; sorted by what stops the order, then as the list has it. */
export function validationFindings(evidence: Evidence): readonly ValidationFinding[] {
  const all = ROWS.flatMap((row) => row(evidence)).map(({ id, weight, values }) => ({
    ...{ id, weight },
    values: values.map((value) => (value.length > MAX_VALUE ? `${value.slice(0, MAX_VALUE)}…` : value)),
  }));
  // Of what is said twice, the graver one counts.
  const distinct = new Map<string, ValidationFinding>();
  for (const each of all.sort((a, b) => gravity(a) - gravity(b) || order(a.id) - order(b.id))) {
    const key = `${each.id} ${JSON.stringify(each.values)}`;
    if (!distinct.has(key)) distinct.set(key, each);
  }
  return [...distinct.values()].slice(0, MAX_FINDINGS);
}

const gravity = ({ weight }: ValidationFinding): number => WEIGHTS.indexOf(weight);
const order = (id: FindingId): number => FINDINGS.indexOf(id);

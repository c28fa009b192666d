import type { NameAttribute } from "../../names/name";
import { once, type Subject } from "./rule";

/** All attributes of a certificate's subject, in their order. */
export const attributesOf = once(({ certificate }): readonly NameAttribute[] => certificate.subject.rdns.flat());

const byType = once((subject): ReadonlyMap<string, readonly string[]> => {
  const values = new Map<string, string[]>();
  for (const { oid, value } of attributesOf(subject)) {
    const known = values.get(oid);
    if (known === undefined) values.set(oid, [value]);
    else known.push(value);
  }
  return values;
});

const NONE: readonly string[] = [];

/** The values of all attributes of a type (dotted decimal) in the subject. */
export const subjectValues = (subject: Subject, type: string): readonly string[] => byType(subject).get(type) ?? NONE;

/** Whether an attribute could not be read: it may be of any type. */
export const hasDamagedAttribute = once((subject) =>
  attributesOf(subject).some(({ problem }) => problem !== undefined),
);

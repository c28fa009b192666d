import { followAliases } from "./alias-chain";
import type { BoundedQuestions } from "./bounded-questions";
import type { DnsRecord } from "./ports";

/** RFC 4034 section 5. */
const DS = 43;

/**
 * Whether the zone of a name is signed: whether its parent has a DS record for it (RFC 4035 section 5.2). The name
 * itself need not be answered: where the whole zone fails, the first name from it upwards that is answered is the
 * zone's apex, since a DS record stands in the parent.
 * @param name not an alias; lower case, without a final dot
 * @returns `undefined` where no answer tells
 */
export async function isSignedZone(name: string, questions: BoundedQuestions): Promise<boolean | undefined> {
  const apex = await apexOf(name, questions);
  if (apex !== undefined) return apex === "" || isThere(await questions.askAny(apex, "DS"), apex);
  for (const level of levelsFrom(name)) {
    const answer = await questions.askAny(level, "DS");
    if (answer) return isThere(answer, level);
  }
  return undefined;
}

/** The owner of the SOA record that is answered for a name, or says that it has none. */
async function apexOf(name: string, questions: BoundedQuestions): Promise<string | undefined> {
  const answer = await questions.askAny(name, "SOA");
  if (!answer) return undefined;
  const { end } = followAliases(name, answer.records);
  const owners = [...answer.records, ...answer.authority].flatMap((record) =>
    record.type === "SOA" ? [record.name] : [],
  );
  return owners.find((owner) => owner === "" || end === owner || end.endsWith(`.${owner}`));
}

function isThere(answer: { readonly records: readonly DnsRecord[] } | undefined, name: string): boolean | undefined {
  return answer?.records.some((record) => record.name === name && record.type === "other" && record.code === DS);
}

function levelsFrom(name: string): string[] {
  const labels = name.split(".");
  return labels.map((_, index) => labels.slice(index).join("."));
}

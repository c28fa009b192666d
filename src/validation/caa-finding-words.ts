import type { Localize } from "../words/localize";
import { failureWords } from "./failure-words";
import type { FindingId } from "./finding";
import type { SayFinding } from "./say-finding";
import { allOf, type PhraseValue } from "../words/phrase";

/** Findings about CAA. */
export const CAA_WORDS = {
  "caa-forbids": (localize: Localize, name, records, oneOf) =>
    oneOf === ""
      ? {
          words: localize("CAA at {0} does not allow this CA: {1}", name, listed(records)),
          next: localize("Add the CAA record that is shown here, and ask the CA to look again."),
        }
      : {
          words: localize("CAA at {0} may not allow the CA of mark certificates: {1}", name, listed(records)),
          next: localize("No document says which name it takes there. Add the CAA record that is shown here, too."),
        },
  "caa-inherited": (localize: Localize, name, host, alias) =>
    alias === ""
      ? {
          words: localize("{0} has no CAA records of its own; those of {1} count.", host, name),
          next: localize("Add a record there, or records of its own at {0}.", host),
        }
      : {
          words: localize("CAA of {0} comes from {1}, by an alias.", name, alias),
          next: localize("Ask the owner of {0} to allow this CA, or replace the alias.", alias),
        },
  "caa-quoted": (localize: Localize, name, records) => ({
    words: localize(
      "The CAA record at {0} names this CA, but is not written as it must be: {1}",
      name,
      listed(records),
    ),
    next: localize("Enter the bare name sectigo.com as value, without quotes or anything else."),
  }),
  "caa-other-property": (localize: Localize, name, records, tag) => ({
    words: localize("CAA at {0} allows this CA, but not for what is ordered: {1}", name, listed(records)),
    next: localize("Add the CAA record that is shown here: for this order the property {0} counts.", tag),
  }),
  "caa-unanswered": (localize: Localize, name, reason) => ({
    words: localize("CAA of {0} cannot be looked up: {1}.", name, failureWords(reason, localize)),
    next: localize("Have the DNS provider answer questions of type CAA; “no such record” is enough."),
  }),
  "caa-mended": (localize: Localize, domain) => ({
    words: localize("CAA of {0} allows the order now. The CA does not look again by itself.", domain),
    next: localize("Ask the CA to check CAA again."),
  }),
  "caa-critical": (localize: Localize, name, records) => ({
    words: localize("CAA at {0} has a critical record that the CA may not know: {1}", name, listed(records)),
    next: localize("Remove the critical flag, or the record."),
  }),
} as const satisfies Partial<Record<FindingId, SayFinding>>;

/** Records that a finding has in one value, each as `issue "a.example"`. */
const listed = (records: string): PhraseValue => allOf(records.split(/(?<="), (?=\w+ ")/));

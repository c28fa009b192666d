import type { Localize } from "../../words/localize";
import { caaToAdd, type CaaToAdd } from "../../validation/caa-record";
import { hostInZone } from "../../validation/cname-record";
import { registrableDomain } from "../../validation/domain-levels";
import { failureWords } from "../../validation/failure-words";
import type { CaaLook, CaaPurpose } from "../../validation/look";
import type { CheckResult, RecordsCaa, RecordToPublish } from "../../webview/protocol";
import { caaAnswers } from "./seen-answers";
import { allOf } from "../../words/phrase";

/** What CAA says of a domain: whether the CA may issue, the set that counts, and what would allow it. */
export function caaPart(domain: string, purpose: CaaPurpose, look: CaaLook, localize: Localize): RecordsCaa {
  const { records, foundAt, aliases, servers = [], failure } = look;
  return {
    ...verdictWords(look, localize),
    ...(records.length > 0 && {
      set: {
        title: setTitle(foundAt ?? domain, aliases, localize),
        records: records.map(({ flags, tag, value }) => ({ flags: String(flags), tag, value })),
      },
    }),
    add: caaToAdd({ domain, purpose }, look).map((record) => recordToAdd(record, localize)),
    seen: caaAnswers(servers, failure?.name ?? domain, localize),
  };
}

function verdictWords(
  { verdict, reason, foundAt = "", conditions, failure }: CaaLook,
  localize: Localize,
): CheckResult {
  switch (verdict) {
    case "allowed":
      return {
        tone: "good",
        words:
          reason === "named-deprecated"
            ? localize("CAA at {0} allows the CA, by a name that it wants to give up.", foundAt)
            : localize("CAA at {0} allows the CA.", foundAt),
      };
    case "unrestricted":
      return {
        tone: "good",
        words:
          foundAt === ""
            ? localize("There are no CAA records: any CA may issue.")
            : localize("CAA at {0} does not restrict who may issue this.", foundAt),
      };
    case "conditions":
      return {
        tone: "attention",
        words: localize(
          "CAA at {0} allows the CA under conditions, which only the CA can judge: {1}",
          foundAt,
          allOf(conditions ?? []),
        ),
      };
    case "forbidden":
      return { tone: "bad", words: localize("CAA at {0} does not allow the CA to issue.", foundAt) };
    case "failed":
      return {
        tone: "bad",
        words: localize("CAA cannot be read, so the CA must not issue: {0}", why(failure, localize)),
      };
    case "maybe":
      return {
        tone: "attention",
        words:
          failure === undefined
            ? localize("CAA at {0} may keep the CA from issuing, or may not.", foundAt)
            : localize("CAA cannot be read, so the CA may issue or may not: {0}", why(failure, localize)),
      };
  }
}

const why = (failure: CaaLook["failure"], localize: Localize): string =>
  failure === undefined
    ? localize("no usable answer")
    : localize("{0} at {1}", failureWords(failure.detail, localize), failure.name);

/** Where the set was found; behind an alias it belongs to whoever has the alias's target. */
function setTitle(name: string, aliases: readonly string[], localize: Localize): string {
  const end = aliases.at(-1);
  return end === undefined
    ? localize("CAA records of {0}, which count", name)
    : localize("CAA records of {0}, which count by the alias {1}", name, end);
}

function recordToAdd({ host, record, zoneLine }: CaaToAdd, localize: Localize): RecordToPublish {
  const zone = registrableDomain(host);
  const short = zone === undefined ? undefined : host === zone ? "@" : hostInZone(host, zone);
  return {
    title: localize("CAA record to add"),
    fields: [
      { label: localize("Host"), value: host },
      ...(zone === undefined || short === undefined
        ? []
        : [{ label: localize("Host in the zone {0}", zone), value: short }]),
      { label: localize("Type"), value: "CAA" },
      { label: localize("Flags"), value: String(record.flags) },
      { label: localize("Property"), value: record.tag },
      { label: localize("Value"), value: record.value },
    ],
    line: zoneLine,
    notes: [localize("Keep the records that are there. The CA may go by its old answer for some hours.")],
  };
}

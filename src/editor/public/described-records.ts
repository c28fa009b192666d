import type { RecordsCard, RecordsDomain, RecordToPublish } from "../../webview/protocol";
import { untrusted, untrustedList, isoTime } from "./agent-answer";

/** What the page of an order says of its records, as an answer to an agent. */
export function describedRecords({ request, at, domains, limits }: RecordsCard): object {
  return {
    request: untrustedList(request.map(({ words }) => words)),
    ...(at === undefined ? { lookedFor: "never: the person can choose “Check Records…”" } : { lookedFor: isoTime(at) }),
    domains: domains.map(describedDomain),
    notKnown: untrustedList(limits),
  };
}

function describedDomain({ domain, state, method, standings, records, findings, caa }: RecordsDomain): object {
  return {
    domain: untrusted(domain),
    state: untrusted(state.words),
    ...(method !== undefined && { method: untrusted(method) }),
    publish: records.map((each) => ({ ...describedRecord(each), notes: untrustedList(each.notes) })),
    ...(standings.length > 0 && { standings: untrustedList(standings.map(({ words }) => words)) }),
    ...(findings.length > 0 && {
      findings: untrustedList(findings.map(({ words, next }) => `${words} ${next}`.trim())),
    }),
    ...(caa !== undefined && { caa: untrusted(caa.words) }),
  };
}

/** What is to be entered or put somewhere. */
export function describedRecord({ title, fields, line }: RecordToPublish): object {
  return {
    what: untrusted(title),
    ...(line !== undefined && { line: untrusted(line) }),
    fields: fields.map(({ label, value }) => ({ field: untrusted(label), ...untrustedList(value.split("\n")) })),
  };
}

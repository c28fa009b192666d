import { allOf, phrase, plural, type Phrase, type PhraseValue } from "../../words/phrase";
import { shortName } from "../names/name";
import type { CtLog } from "../transparency/log-list";
import { decodeCertificate } from "../x509/certificate";
import type { AuthoritySnapshot } from "../x509/known-authorities";
import type { AuthoritiesFile } from "./authorities-file";
import { utcDay } from "./dates";
import type { LogListFile } from "./log-list-file";
import { editionOf, goneLogs, knownOf, type KnowledgeInUse } from "./renewed";

const PROGRAMS = { chrome: "Chrome", apple: "Apple" };

/** What a file would change, in lines for a person. */
export function changesOf(inUse: KnowledgeInUse, file: LogListFile | AuthoritiesFile): readonly Phrase[] {
  return file.kind === "ct-logs" ? changesOfLogs(inUse, file) : changesOfAuthorities(inUse.authorities, file);
}

function changesOfLogs(inUse: KnowledgeInUse, file: LogListFile): readonly Phrase[] {
  const { program, logs, asOf } = file;
  const known = inUse.logs.logs;
  const fresh = logs.filter(({ id }) => !known.has(id));
  const isOver = ({ interval }: Pick<CtLog, "interval">) => interval !== undefined && interval.end <= Date.parse(asOf);
  const changed = logs.flatMap((log): readonly PhraseValue[] => {
    const { name, state } = log;
    const before = known.get(log.id)?.[program]?.name;
    // What ships has no states of logs that are over.
    if (!known.has(log.id) || state === undefined || state.name === before) return [];
    if (before === undefined && (state.name === "rejected" || isOver(log))) return [];
    const now = state.since === undefined ? state.name : phrase("{0} since {1}", state.name, utcDay(state.since));
    return [phrase("{0} {1} → {2}", shortened(name), before ?? phrase("without a state"), now)];
  });
  const gone = goneLogs(inUse.logs, file).filter(([, log]) => log[program]?.goneBy === undefined && !isOver(log));
  return [
    plural(
      logs.length,
      "{1}'s list of logs: {2}, with {0} log, in place of {3}",
      "{1}'s list of logs: {2}, with {0} logs, in place of {3}",
      PROGRAMS[program],
      editionOf(file),
      editionOf(knownOf(program, inUse)),
    ),
    withNames(
      plural(fresh.length, "{0} log new", "{0} logs new"),
      fresh.map(({ name }) => shortened(name)),
    ),
    withNames(plural(changed.length, "{0} state changed", "{0} states changed"), changed),
    withNames(
      plural(gone.length, "{0} log gone", "{0} logs gone"),
      gone.map(([, { name }]) => shortened(name)),
    ),
  ];
}

function changesOfAuthorities(known: AuthoritySnapshot, file: AuthoritiesFile): readonly Phrase[] {
  const ders = new Set(known.certificates.map(([, der]) => der));
  const fingerprints = new Set(known.revoked.sha256);
  const fresh = file.certificates.filter(([, der]) => !ders.has(der));
  const revoked = file.revoked.filter((sha256) => !fingerprints.has(sha256));
  const { rows, withoutCertificate, expired, notCa, damaged } = file.counts;
  const leftOut = [
    [withoutCertificate, plural(withoutCertificate, "{0} without a certificate", "{0} without a certificate")],
    [expired, plural(expired, "{0} expired", "{0} expired")],
    [notCa, plural(notCa, "{0} not of a CA", "{0} not of a CA")],
    [damaged, plural(damaged, "{0} damaged", "{0} damaged")],
  ] as const;
  const reasons = leftOut.flatMap(([count, why]) => (count === 0 ? [] : why));
  return [
    plural(
      rows,
      "CA certificates: {0} row of {1}, beside what is known ({2})",
      "CA certificates: {0} rows of {1}, beside what is known ({2})",
      file.asOf,
      known.asOf,
    ),
    withNames(
      plural(fresh.length, "{0} CA certificate new", "{0} CA certificates new"),
      fresh.slice(0, MAX_NAMED).map(([, der]) => shortened(nameOf(der))),
      fresh.length,
    ),
    plural(revoked.length, "{0} revocation new", "{0} revocations new"),
    ...(reasons.length === 0 ? [] : [phrase("Left out: {0}", allOf(reasons))]),
  ];
}

/** Names in a line. */
const MAX_NAMED = 5;

/** @param names the first ones at least, of `count` */
function withNames(change: Phrase, names: readonly PhraseValue[], count = names.length): Phrase {
  const rest = count - MAX_NAMED;
  const shown = names.slice(0, MAX_NAMED);
  if (shown.length === 0) return change;
  const more = rest > 0 ? [plural(rest, "{0} more", "{0} more")] : [];
  return phrase("{0}: {1}", change, allOf([...shown, ...more]));
}

const shortened = (name: string): string => (name.length > 80 ? `${name.slice(0, 80)}…` : name);

const nameOf = (der: string): string => shortName(decodeCertificate(Buffer.from(der, "hex")).subject);

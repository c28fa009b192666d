import { amount, phrase, type Phrase, type PhraseValue } from "../../words/phrase";
import type { CtLog, CtLogList, CtLogState } from "../transparency/log-list";
import type { AuthoritySnapshot } from "../x509/known-authorities";
import { keptAuthorities, MAX_ENTRIES, type AuthoritiesFile } from "./authorities-file";
import { Fields } from "./fields";
import { keptLogList, type LogListFile } from "./log-list-file";
import { orProblem, refuseFile, type KnowledgeProblem } from "./problem";

/** Where renewed knowledge came from. */
export interface KnowledgeOrigin {
  /** The name of the file, without its folder. */
  readonly file: string;
  /** Epoch ms. */
  readonly readOn: number;
  readonly signed: "google" | "unsigned";
}

/** What was read from a file in place of what ships; JSON-serializable. */
export type RenewedKnowledge = (LogListFile | AuthoritiesFile) & { readonly origin: KnowledgeOrigin };

/** Characters of {@link KnowledgeOrigin.file}. */
export const MAX_FILE_NAME = 1000;

/** Reads what was kept as JSON; `undefined` for anything else. */
export function readRenewed(json: string): RenewedKnowledge | undefined {
  const read = orProblem(() => {
    const kept = new Fields(parsed(json), phrase("what was kept"));
    const origin = kept.object("origin");
    return {
      ...(kept.has("program") ? keptLogList(kept) : keptAuthorities(kept)),
      origin: {
        file: origin.text("file", MAX_FILE_NAME),
        readOn: origin.epoch("readOn"),
        signed: origin.oneOf("signed", ["google", "unsigned"]),
      },
    };
  });
  return read.kind === "problem" ? undefined : read;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    refuseFile(phrase("The file is not JSON."));
  }
}

/** The knowledge in use that a file would renew: what ships, after the renewals so far. */
export interface KnowledgeInUse {
  readonly logs: CtLogList;
  readonly authorities: AuthoritySnapshot;
  readonly renewed: readonly RenewedKnowledge[];
}

/**
 * Why a file does not renew what is in use: it is older or the same, or its date is still to come.
 *
 * A log list must be of a later version and not of an earlier date. The version alone would not do: lists are merged by
 * their dates, so that nothing would come of an earlier one, and a version can be made up. Nor would the date: Apple's
 * lists have that of the file, which an old list that is downloaded today has, too.
 * @param now epoch ms
 * @param isSigned whether Google signed the file: the same list that was taken unsigned is worth taking again
 */
export function olderProblem(
  file: LogListFile | AuthoritiesFile,
  inUse: KnowledgeInUse,
  now: number,
  isSigned = false,
): KnowledgeProblem | undefined {
  const { asOf } = file;
  const problem = (what: Phrase, next: Phrase): KnowledgeProblem => ({ kind: "problem", what, next });
  if (Date.parse(asOf) > now)
    return problem(phrase("Its date, {0}, is still to come.", asOf), phrase("Check the clock, and the file."));
  if (file.kind === "ca-certificates") {
    return asOf < inUse.authorities.asOf
      ? problem(
          phrase("The report is of {0}, older than what is known now ({1}).", asOf, inUse.authorities.asOf),
          NEWER,
        )
      : undefined;
  }
  const before = inUse.renewed.find((each) => each.kind === file.kind && each.program === file.program);
  const known = knownOf(file.program, inUse);
  const byDate = asOf.localeCompare(known.asOf);
  // Whoever made an unsigned list may have made its version up: it does not stop one that Google signed.
  const isVersionSure = !isSigned || before?.origin.signed !== "unsigned";
  const byVersion =
    file.version !== undefined && known.version !== undefined && isVersionSure
      ? compareVersions(file.version, known.version)
      : byDate;
  const order = Math.min(byDate, 0) || byVersion;
  if (order > 0 || (order === 0 && isBetter(file, isSigned, inUse))) return undefined;
  const what =
    order === 0
      ? phrase("The list ({0}) is the one that is known now ({1}).", editionOf(file), editionOf(known))
      : phrase("The list ({0}) is older than the one that is known now ({1}).", editionOf(file), editionOf(known));
  if (before === undefined) return problem(what, NEWER);
  const { file: name } = before.origin;
  return problem(
    what,
    phrase("Nothing changes. Download the newest one. If it is the newest one, take {0} back first.", name),
  );
}

const NEWER = phrase("Nothing changes. Download the newest one.");

/** Google's list of all logs has more than that of the logs in use, under the same version. */
const isBetter = (file: LogListFile, isSigned: boolean, { renewed }: KnowledgeInUse): boolean =>
  renewed.some(
    (each) =>
      each.kind === file.kind &&
      each.program === file.program &&
      (each.logs.length < file.logs.length || (isSigned && each.origin.signed === "unsigned")),
  );

interface Edition {
  readonly version?: string;
  readonly asOf: string;
}

/** What is known now of a program: the version, and the date of its newest state. */
export function knownOf(program: LogListFile["program"], { logs }: KnowledgeInUse): Edition {
  const version = logs.versions?.[program];
  const dates = [...logs.logs.values()].map((log) => log[program]?.goneBy ?? log[program]?.asOf ?? "");
  return { asOf: dates.reduce((first, second) => (first > second ? first : second), ""), ...(version && { version }) };
}

/** "85.50 of 2026-04-19", or its date alone. */
export const editionOf = ({ version, asOf }: Edition): PhraseValue =>
  version === undefined ? asOf : phrase("{0} of {1}", version, asOf);

/** By their numbers: 93.10 comes after 93.9. */
function compareVersions(first: string, second: string): number {
  const numbers = (version: string) => version.split(".").map(Number);
  const [a = 0, b = 0] = numbers(first);
  const [c = 0, d = 0] = numbers(second);
  return a - c || b - d;
}

/**
 * What the list says of its program's states wins over what is older. A log that it does not name stays, with the
 * state and the date of the list that had it, and the mark that it is gone.
 */
export function mergeLogs(shipped: CtLogList, renewed: LogListFile): CtLogList {
  const { program, asOf, version } = renewed;
  const isOlder = isOlderThan(renewed);
  const operatorOf = operatorNames(shipped, renewed);
  const logs = new Map<string, CtLog>(shipped.logs);
  for (const { id, state, ...listed } of renewed.logs) {
    const known = shipped.logs.get(id);
    if (state === undefined && known !== undefined) continue;
    if (known !== undefined && !isOlder(known[program])) continue;
    const name = program === "apple" && known !== undefined ? known.name : listed.name;
    const of = { ...known, ...listed, name, operator: operatorOf(listed.operator) };
    logs.set(id, state === undefined ? of : { ...of, [program]: { ...state, asOf } });
  }
  for (const [id, log] of goneLogs(shipped, renewed))
    logs.set(id, { ...log, [program]: { ...log[program], goneBy: asOf } });
  return {
    asOf: later(shipped.asOf, asOf),
    logs,
    versions: { ...shipped.versions, ...(version !== undefined && { [program]: version }) },
  };
}

const isOlderThan =
  ({ asOf }: LogListFile) =>
  (state: CtLogState | undefined): boolean =>
    (state?.asOf ?? "") <= asOf;

/** The logs of which a list does not say a state any more. A rejected log is often left out, and stays rejected. */
export function goneLogs(known: CtLogList, list: LogListFile): readonly (readonly [id: string, log: CtLog])[] {
  const stated = new Set(list.logs.flatMap(({ id, state }) => (state === undefined ? [] : id)));
  const isOlder = isOlderThan(list);
  return [...known.logs].filter(([id, log]) => {
    const state = log[list.program];
    return state !== undefined && state.name !== "rejected" && !stated.has(id) && isOlder(state);
  });
}

/**
 * Operators by the names that the other logs have: Apple's list calls one "IPng GmbH" that is "IPng Networks" in
 * Chrome's, and timestamps of one operator must not count as those of two.
 */
function operatorNames({ logs }: CtLogList, renewed: LogListFile): (name: string) => string {
  const known = new Set([...logs.values()].map(({ operator }) => operator));
  const names = new Map(renewed.logs.map(({ id, operator }) => [operator, logs.get(id)?.operator] as const).reverse());
  for (const { id, operator } of renewed.logs) {
    const ours = logs.get(id)?.operator;
    if (ours !== undefined) names.set(operator, ours);
  }
  return (name) => (known.has(name) ? name : (names.get(name) ?? name));
}

/** Adds certificates and revocations; nothing goes away. */
export function mergeAuthorities(shipped: AuthoritySnapshot, renewed: AuthoritiesFile): AuthoritySnapshot {
  const { asOf } = renewed;
  const { revoked } = shipped;
  return {
    asOf: later(shipped.asOf, asOf),
    revoked: {
      asOf: renewed.revoked.length > 0 ? later(revoked.asOf, asOf) : revoked.asOf,
      sha256: [...new Set([...revoked.sha256, ...renewed.revoked])],
    },
    certificates: [...byDer([...shipped.certificates, ...renewed.certificates]).values()],
  };
}

/** A further report beside one that is kept: CCADB's have the certificates of a year each, or the revocations alone. */
export function joinAuthorities(kept: AuthoritiesFile, added: AuthoritiesFile): AuthoritiesFile | KnowledgeProblem {
  const certificates = [...byDer([...kept.certificates, ...added.certificates]).values()];
  const revoked = [...new Set([...kept.revoked, ...added.revoked])];
  return Math.max(certificates.length, revoked.length) > MAX_ENTRIES
    ? tooMuch(phrase("{0} entries", amount(MAX_ENTRIES)))
    : { ...added, certificates, revoked };
}

/** Why reports cannot be kept together. @param most what fits */
export const tooMuch = (most: Phrase): KnowledgeProblem => ({
  kind: "problem",
  what: phrase("With the reports that were taken before, it has more than {0}.", most),
  next: phrase("Take the CA certificates back first, then take this file alone."),
});

const byDer = <T extends readonly string[]>(certificates: readonly T[]): ReadonlyMap<string, T> =>
  new Map(certificates.map((each) => [each[1] ?? "", each]));

const later = (first: string, second: string): string => (first > second ? first : second);

import type { CtLog, CtLogList, CtLogState } from "../transparency/log-list";
import type { AuthoritySnapshot, KnownAuthorities } from "../x509/known-authorities";
import type { AuthoritiesFile } from "./authorities-file";
import { PARTLY_UNSIGNED, UNSIGNED } from "./dated-words";
import type { LogListFile } from "./log-list-file";
import type { KnowledgeInUse, KnowledgeOrigin, RenewedKnowledge } from "./renewed";

/** What is renewed by a file of its own. */
export const KNOWLEDGE_SLOTS = ["ct-logs-chrome", "ct-logs-apple", "ca-certificates"] as const;

export type KnowledgeSlot = (typeof KNOWLEDGE_SLOTS)[number];

/** Where a person's renewals are kept for all windows; see `storage/kept-knowledge.ts`. */
export interface KnowledgeStore {
  /** What tells a kept file from the next one; `undefined` where there is none. */
  version(slot: KnowledgeSlot): Promise<string | undefined>;
  read(slot: KnowledgeSlot): Promise<string>;
}

/** A renewal that is kept. */
export interface KeptRenewal {
  readonly slot: KnowledgeSlot;
  /** The date of the file, and where it came from; absent where it is damaged. */
  readonly asOf?: string;
  readonly origin?: KnowledgeOrigin;
  /** Why what ships is used in its place. */
  readonly unusable?: "damaged" | "outdated";
}

/** What this thread knows. */
interface Knowledge {
  /** With dates alone, to compare files with. */
  readonly inUse: KnowledgeInUse;
  /** With dates that say "unsigned" where nobody vouches for them. */
  readonly logs: CtLogList;
  readonly authorities: KnownAuthorities;
  readonly kept: readonly KeptRenewal[];
  /** Whether all that is kept could be read, damaged or not. */
  readonly isWhole: boolean;
}

let store: KnowledgeStore | undefined;
let last: { readonly versions: string; readonly knowledge: Promise<Knowledge> } | undefined;

/** Takes renewals from there, in this thread. Without it what ships is in use. */
export function useKnowledgeOf(kept: KnowledgeStore | undefined): void {
  store = kept;
  last = undefined;
}

/** The slot that a file renews. */
export const slotOf = (file: LogListFile | AuthoritiesFile): KnowledgeSlot =>
  file.kind === "ct-logs" ? `ct-logs-${file.program}` : file.kind;

/** The logs that are known: those that ship, and what a person took from files. */
export const knownLogs = async (): Promise<CtLogList> => (await knowledge()).logs;

/** The CA certificates that are known; see {@link knownLogs}. */
export const knownAuthorities = async (): Promise<KnownAuthorities> => (await knowledge()).authorities;

/** What a file would renew. */
export const knowledgeInUse = async (): Promise<KnowledgeInUse> => (await knowledge()).inUse;

/** The renewals, usable or not. */
export const keptRenewals = async (): Promise<readonly KeptRenewal[]> => (await knowledge()).kept;

/** Looks each time whether there is something else by now: another window may have renewed it, or taken it back. */
async function knowledge(): Promise<Knowledge> {
  const there = await Promise.all(KNOWLEDGE_SLOTS.map((slot) => versionOf(slot)));
  const versions = there.join("/");
  if (last?.versions !== versions) {
    const slots = KNOWLEDGE_SLOTS.filter((_, index) => there[index] !== undefined);
    const reading = { versions, knowledge: load(slots) };
    last = reading;
    // What could not be read now may be there the next time, under the same version.
    const forget = (isWhole: boolean) => {
      if (!isWhole && last === reading) last = undefined;
    };
    reading.knowledge.then(
      (read) => forget(read.isWhole),
      () => forget(false),
    );
  }
  return last.knowledge;
}

async function versionOf(slot: KnowledgeSlot): Promise<string | undefined> {
  return store?.version(slot).catch(() => "unreadable");
}

async function load(slots: readonly KnowledgeSlot[]): Promise<Knowledge> {
  const [{ loadCtLogs }, { KnownAuthorities, loadAuthoritySnapshot }] = await Promise.all([
    import("../transparency/log-list"),
    import("../x509/known-authorities"),
  ]);
  const shipped = { logs: await loadCtLogs(), authorities: await loadAuthoritySnapshot(), renewed: [] };
  if (slots.length === 0) {
    const { logs, authorities } = shipped;
    return { inUse: shipped, logs, authorities: new KnownAuthorities(authorities), kept: [], isWhole: true };
  }
  const { mergeAuthorities, mergeLogs, olderProblem, readRenewed } = await import("./renewed");
  const renewed: RenewedKnowledge[] = [];
  const kept: KeptRenewal[] = [];
  let isWhole = true;
  for (const slot of slots) {
    const text = await store?.read(slot).catch(() => undefined);
    isWhole &&= text !== undefined;
    const read = readRenewed(text ?? "");
    if (read === undefined || slotOf(read) !== slot) {
      kept.push({ slot, unusable: "damaged" });
      continue;
    }
    const { asOf, origin } = read;
    // What ships may be newer since the extension was updated. That a date is still to come was asked before.
    const isOutdated = olderProblem(read, shipped, Infinity) !== undefined;
    if (!isOutdated) renewed.push(read);
    kept.push({ slot, origin, asOf, ...(isOutdated && { unusable: "outdated" }) });
  }
  let { logs, authorities }: Omit<KnowledgeInUse, "renewed"> = shipped;
  for (const each of renewed) {
    if (each.kind === "ct-logs") logs = mergeLogs(logs, each);
    else authorities = mergeAuthorities(authorities, each);
  }
  return {
    inUse: { logs, authorities, renewed },
    logs: markedLogs(logs, renewed),
    authorities: new KnownAuthorities(markedAuthorities(authorities, renewed)),
    kept,
    isWhole,
  };
}

/** A list that is made of an unsigned file says so with each date, whichever one the file has. */
function markedLogs(list: CtLogList, renewed: readonly RenewedKnowledge[]): CtLogList {
  const files = renewed.filter((each) => each.kind === "ct-logs");
  const unsigned = files.filter(isUnsigned);
  if (unsigned.length === 0) return list;
  const stateOf = (log: CtLog, program: "chrome" | "apple"): Partial<Record<"chrome" | "apple", CtLogState>> => {
    const state = log[program];
    const isOf = unsigned.some((each) => each.program === program && each.asOf === state?.asOf);
    return state === undefined || !isOf ? {} : { [program]: { ...state, asOf: `${state.asOf}${UNSIGNED}` } };
  };
  const logs = [...list.logs].map(
    ([id, log]) => [id, { ...log, ...stateOf(log, "chrome"), ...stateOf(log, "apple") }] as const,
  );
  const mark = unsigned.length === files.length ? UNSIGNED : PARTLY_UNSIGNED;
  return { ...list, asOf: `${list.asOf}${mark}`, logs: new Map(logs) };
}

function markedAuthorities(snapshot: AuthoritySnapshot, renewed: readonly RenewedKnowledge[]): AuthoritySnapshot {
  const files = renewed.filter((each) => each.kind === "ca-certificates").filter(isUnsigned);
  const { asOf, revoked } = snapshot;
  const marked = (date: string, isMarked: boolean): string => (isMarked ? `${date}${UNSIGNED}` : date);
  return {
    ...snapshot,
    asOf: marked(asOf, files.length > 0),
    revoked: {
      ...revoked,
      asOf: marked(
        revoked.asOf,
        files.some((each) => each.revoked.length > 0),
      ),
    },
  };
}

const isUnsigned = ({ origin }: Pick<RenewedKnowledge, "origin">): boolean => origin.signed === "unsigned";

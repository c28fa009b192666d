import type { CtLogList } from "../transparency/log-list";
import type { AuthoritySnapshot } from "../x509/known-authorities";
import type { AuthoritiesFile } from "./authorities-file";
import type { LogListFile } from "./log-list-file";
import type { KnowledgeProblem } from "./problem";

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

/** Reads what was kept as JSON; `undefined` for anything else. */
export function readRenewed(json: string): RenewedKnowledge | undefined {
  void json;
  return undefined;
}

/** The knowledge in use that a file would renew: what ships, after the renewals so far. */
export interface KnowledgeInUse {
  readonly logs: CtLogList;
  readonly authorities: AuthoritySnapshot;
  /** The renewals so far, for their versions. */
  readonly renewed: readonly RenewedKnowledge[];
}

/**
 * Why a file does not renew what is in use: it is older or the same, or its date is still to come.
 * @param now epoch ms
 */
export function olderProblem(
  file: LogListFile | AuthoritiesFile,
  inUse: KnowledgeInUse,
  now: number,
): KnowledgeProblem | undefined {
  void file;
  void inUse;
  void now;
  return undefined;
}

/** What a file would change, in lines for a person. */
export function changesOf(inUse: KnowledgeInUse, file: LogListFile | AuthoritiesFile): readonly string[] {
  void inUse;
  void file;
  return [];
}

/** What the newer list says of its program's states wins; logs that it does not name stay as they were. */
export function mergeLogs(shipped: CtLogList, renewed: LogListFile): CtLogList {
  void renewed;
  return shipped;
}

/** Adds certificates and revocations; nothing goes away. */
export function mergeAuthorities(shipped: AuthoritySnapshot, renewed: AuthoritiesFile): AuthoritySnapshot {
  void renewed;
  return shipped;
}

import type { CtLogList } from "../transparency/log-list";
import type { AuthoritySnapshot, KnownAuthorities } from "../x509/known-authorities";
import type { AuthoritiesFile } from "./authorities-file";
import type { LogListFile } from "./log-list-file";
import type { KnowledgeInUse, RenewedKnowledge } from "./renewed";

/** Each is renewed by a file of its own. */
export type KnowledgeSlot = "ct-logs-chrome" | "ct-logs-apple" | "ca-certificates";

/** Where a person's renewals are kept for all windows; see `storage/kept-knowledge.ts`. */
export interface KnowledgeStore {
  /** What tells a kept file from the next one; `undefined` where there is none. */
  version(slot: KnowledgeSlot): Promise<string | undefined>;
  read(slot: KnowledgeSlot): Promise<string>;
}

/** A renewal that is kept, and why it is not used if it is not. */
export interface KeptRenewal {
  readonly slot: KnowledgeSlot;
  /** Absent where it is damaged. */
  readonly renewed?: Pick<RenewedKnowledge, "asOf" | "origin">;
  readonly unusable?: "damaged" | "outdated";
}

/** What this thread knows, and what came of the renewals. */
interface Knowledge<T> {
  readonly value: T;
  readonly kept: readonly KeptRenewal[];
}

let store: KnowledgeStore | undefined;

/** Takes renewals from there, in this thread, from the next look on. Without it what ships is in use. */
export function useKnowledgeOf(kept: KnowledgeStore): void {
  store = kept;
}

/** The slot that a file renews. */
export const slotOf = (file: LogListFile | AuthoritiesFile): KnowledgeSlot =>
  file.kind === "ct-logs" ? `ct-logs-${file.program}` : file.kind;

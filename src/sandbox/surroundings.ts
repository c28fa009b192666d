import type { Authority } from "./authority";
import type { RecordsLookup } from "./domains/records-lookup";

/** What every order needs around it. */
export interface Surroundings {
  readonly authority: Authority;
  /** How the CA sees the domains. */
  readonly lookup: RecordsLookup;
  /** Epoch ms. */
  readonly now: () => number;
  /** ms of one step. */
  readonly step: number;
  /** Epoch ms of the sandbox's start. */
  readonly startedAt: number;
}

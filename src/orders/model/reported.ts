import type { ServiceAnswer } from "./service-outcome";

/** What a report of the CA says of one order: it names the order in rows, and tells which orders to ask about. */
export interface ReportedRow {
  /** The CA's word, for instance "Valid". */
  readonly status?: string;
  /** The CA's name of the product. */
  readonly type?: string;
  /** At most 20. */
  readonly domains?: readonly string[];
  readonly certificateID?: string;
  readonly serialNumber?: string;
  /** Epoch ms. */
  readonly notAfter?: number;
}

/** The last row about an order in the CA's reports. Times are epoch ms. */
export interface Reported {
  /** When the row was first seen as it is. */
  readonly at: number;
  /** Absent if the report no longer lists the order. */
  readonly row?: ReportedRow;
  /** When a report last said something that makes a collect call worthwhile. */
  readonly newsAt?: number;
}

/** How far reports about a login's orders are. Times are epoch ms. */
export interface ReportState {
  /** Whether they decide which orders are asked about. */
  readonly on: boolean;
  /** When it was switched on or off. */
  readonly since: number;
  /** What became of the last report that was asked for after that, by whatever clock. */
  readonly last?: ServiceAnswer;
  /** When the last complete round of calls began: nothing is known of what changed later. */
  readonly completedAt?: number;
  /** The round that is not complete. */
  readonly round?: { readonly began: number; readonly through: string };
}

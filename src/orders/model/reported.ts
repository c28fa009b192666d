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

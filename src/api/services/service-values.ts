import type { ServiceName } from "./service";

/** The arguments of a call beside the login, in the CA's spelling. */
export type ServiceValues = Readonly<Record<string, string>>;

/** Which orders a report is to list. */
export interface ReportQuestion {
  /** Orders placed before it are left out. Epoch ms. */
  readonly notBefore: number;
  /** A domain, in which `_` stands for one character and `%` for any number. */
  readonly fqdn?: string;
  /**
   * The first and the last row. Whether the CA counts from 0 or from 1 is not documented: let pages overlap by a row,
   * and drop doubles by their order number.
   */
  readonly first: number;
  readonly last: number;
}

const ROWS: ServiceValues = { showAdditionalDomains: "Y", showCertificateID: "Y" };

/** A page of the report of orders. */
export function reportPage({ notBefore, fqdn, first, last }: ReportQuestion): ServiceValues {
  return {
    notBefore: String(Math.max(0, Math.floor(notBefore / 1000))),
    ...between(first, last),
    ...(fqdn !== undefined && fqdn !== "" && { fqdn }),
    ...ROWS,
  };
}

const between = (first: number, last: number): ServiceValues => ({
  firstResultNo: String(first),
  lastResultNo: String(last),
});

/** The longest list of order numbers in a report's question, commas included, in characters. */
export const MAX_LIST_CHARACTERS = 32_767;

/** How many of the order numbers, from the first on, one report takes: 2,978 of ten digits. */
export function howManyFit(orderNumbers: readonly string[]): number {
  let characters = -1;
  let count = 0;
  for (const { length } of orderNumbers) {
    characters += length + 1;
    if (characters > MAX_LIST_CHARACTERS) break;
    count++;
  }
  return count;
}

/**
 * A report about orders by their numbers.
 * @param orderNumbers not empty; only as many as {@link howManyFit} says are asked for
 */
export function reportOf(orderNumbers: readonly string[]): ServiceValues {
  const asked = orderNumbers.slice(0, howManyFit(orderNumbers));
  // From 0 to as many: all of them, whether the CA counts from 0 or from 1.
  return { orderNumber: asked.join(","), ...between(0, asked.length), ...ROWS };
}

/** A report without a row: whether the sign-in is good, without an order. */
export const SIGN_IN_TEST: ServiceValues = { ...between(0, 0), showStatusesOnly: "Y" };

/** The services that are about one order. */
export type OrderService = Exclude<ServiceName, "WebHostReport">;

// The URL-encoded form, since the names in the JSON form are not documented.
const BESIDE_ORDER: Readonly<Record<OrderService, ServiceValues>> = {
  GetMDCDomainDetails: { showStatusDetails: "Y", responseFormat: "1" },
  getPostPaymentStatus: {},
  GetDetailedOrderStatus: { queryType: "1", responseFormat: "1" },
  GetDCVDetailsMC: {},
  ResendDCVEmail: {},
  RetryCAACheck: {},
};

/** The call of a service about one order. */
export function ofOrder(service: OrderService, orderNumber: string): ServiceValues {
  return { orderNumber, ...BESIDE_ORDER[service] };
}

import { reportPage, SIGN_IN_TEST } from "../../api/services/service-values";
import type { ServiceQuestion } from "../../orders/checking/service-ask";
import type { RowRange } from "../../orders/finding/report-pages";
import type { AccountId } from "../../orders/model/order";

/** Which orders are looked for. */
export interface OrderSearch {
  /** Orders that were placed before it are left out. Epoch ms; 0 for all. */
  readonly notBefore: number;
  /** A domain with the CA's wildcards; empty for all. */
  readonly fqdn: string;
}

/** Some rows of the report of an account's orders. */
export function findQuestion(account: AccountId, search: OrderSearch, range: RowRange): ServiceQuestion {
  return { service: "WebHostReport", account, values: reportPage({ ...search, ...range }) };
}

/** A report without rows: all that it tells is whether the CA accepts the sign-in. */
export function signInQuestion(account: AccountId): ServiceQuestion {
  return { service: "WebHostReport", account, values: SIGN_IN_TEST };
}

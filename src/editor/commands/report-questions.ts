import type { RowRange } from "../../orders/finding/report-pages";
import type { ServiceQuestion } from "../../orders/checking/service-ask";
import type { AccountId } from "../../orders/model/order";

/** Which orders are looked for. */
export interface OrderSearch {
  /** Epoch ms; orders that were placed before are left out. Absent: of all time. */
  readonly since?: number;
  /** A domain with the CA's wildcards; empty for all. */
  readonly domain: string;
}

/** The report of some orders of an account. */
export function findQuestion(account: AccountId, { since, domain }: OrderSearch, range: RowRange): ServiceQuestion {
  return {
    service: "WebHostReport",
    account,
    values: {
      firstResultNo: String(range.first),
      lastResultNo: String(range.last),
      ...(since !== undefined && { notBefore: String(Math.floor(since / 1_000)) }),
      ...(domain !== "" && { fqdn: domain }),
      showStatusDetails: "Y",
      showAdditionalDomains: "Y",
      showCertificateID: "Y",
    },
  };
}

/** A report without rows: all that it tells is whether the CA accepts the sign-in. */
export function signInQuestion(account: AccountId): ServiceQuestion {
  return {
    service: "WebHostReport",
    account,
    values: { firstResultNo: "0", lastResultNo: "0", showStatusesOnly: "Y" },
  };
}

import type { CaaPurpose } from "./look";

/** Names by which a record allows one CA to issue. */
export interface CaaIssuer {
  /** The name to write into new records. */
  readonly recommended: string;
  readonly names: ReadonlySet<string>;
  /** Still taken, "to be replaced at the earliest opportunity". */
  readonly deprecated: ReadonlySet<string>;
}

const SECTIGO = ["sectigo.com", "usertrust.com", "trust-provider.com"];
const DEPRECATED = new Set(["comodo.com", "comodoca.com"]);
/** Names of Entrust, which agreed to that by contract. */
const ENTRUST = ["entrust.net", "affirmtrust.com"];

/**
 * Who issues for orders at this CA, and the names that allow it: section 4.2.4 of Sectigo's TLS CP/CPS 6.2.2 and of its
 * S/MIME CP/CPS 1.0.8. Mark certificates are issued by SSL.com, whose documents have "ssl.com" for other certificates;
 * which names are taken in `issuevmc`, nobody can know. So it is sure only where a set has both.
 */
export const CAA_ISSUERS: Readonly<Record<CaaPurpose, readonly CaaIssuer[]>> = {
  tls: [{ recommended: "sectigo.com", names: new Set([...SECTIGO, ...ENTRUST]), deprecated: DEPRECATED }],
  smime: [{ recommended: "sectigo.com", names: new Set([...SECTIGO, ...ENTRUST]), deprecated: DEPRECATED }],
  mark: [
    { recommended: "sectigo.com", names: new Set(SECTIGO), deprecated: DEPRECATED },
    { recommended: "ssl.com", names: new Set(["ssl.com"]), deprecated: new Set() },
  ],
};

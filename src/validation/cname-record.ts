import { asciiDomain } from "./domain-levels";
import { SUFFIX } from "./published-proof";
import type { TokenToFind } from "./request-token";

/** The record that proves control of a domain. Names are without a final dot. */
export interface CnameRecord {
  /** The name that the CA asks for: "_<md5>.example.com". */
  readonly host: string;
  readonly target: string;
}

/**
 * The CNAME record for a request (docs.sectigo.com, "Request Token"; the CA's FAQ "Complete DV using CNAME method").
 * @param domain at which it is published, one of `levelsOf`; of a wildcard, the domain below the star
 */
export function cnameRecord(token: TokenToFind, domain: string): CnameRecord {
  return { host: cnameHost(token, domain), target: cnameTarget(token) };
}

/** The name of the record alone. */
export function cnameHost({ md5 }: Pick<TokenToFind, "md5">, domain: string): string {
  return `_${md5.toLowerCase()}.${asciiDomain(domain) ?? domain}`;
}

/** The hash is cut in two, because a label holds 63 octets (RFC 1035 section 2.3.4). */
function cnameTarget({ sha256, uniqueValue }: Omit<TokenToFind, "md5">): string {
  const hash = sha256.toLowerCase();
  return [hash.slice(0, 32), hash.slice(32), ...(uniqueValue === undefined ? [] : [uniqueValue]), SUFFIX].join(".");
}

/** The record as a line of a zone file (RFC 1035 section 5.1). Final dots keep the zone from being appended. */
export const zoneLine = ({ host, target }: CnameRecord): string => `${host}. CNAME ${target}.`;

/**
 * The host as providers want it who append the zone themselves: "_<md5>", or "_<md5>.sub" for a domain below the zone.
 * @param zone usually the registrable domain
 * @returns `undefined` if the host is not in that zone
 */
export function hostInZone(host: string, zone: string): string | undefined {
  const ending = `.${asciiDomain(zone) ?? zone}`;
  return host.endsWith(ending) ? host.slice(0, -ending.length) : undefined;
}

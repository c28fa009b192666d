import { asciiDomain } from "./domain-levels";
import { SUFFIX } from "./published-proof";
import type { TokenToFind } from "./request-token";

/** The file that proves control of one host. */
export interface ValidationFile {
  /** "<MD5>.txt", in upper case: some web servers tell letters apart, and so the CA asks for it. */
  readonly name: string;
  /** Below the web root, from its slash. */
  readonly path: string;
  /** Three lines, two without a unique value, each ended by LF. */
  readonly contents: string;
}

/** Where the CA looks for the file (CPS section 3.2.2.4.18). */
const FOLDER = "/.well-known/pki-validation";

/** The validation file of a request. Lower-case hex in it, as the CA's own example has it. */
export function validationFile({ md5, sha256, uniqueValue }: TokenToFind): ValidationFile {
  const name = `${md5.toUpperCase()}.txt`;
  const lines = [sha256.toLowerCase(), SUFFIX, ...(uniqueValue === undefined ? [] : [uniqueValue])];
  return { name, path: `${FOLDER}/${name}`, contents: lines.map((line) => `${line}\n`).join("") };
}

/**
 * Where the CA fetches it: of exactly this host, no parents, and never of a wildcard (BR 3.2.2.4.18).
 * @param host a domain or an IP address, in A-labels or Unicode
 * @returns `undefined` for a wildcard and for what is not a host
 */
export function validationFileUrl(scheme: "http" | "https", host: string, token: TokenToFind): string | undefined {
  const ascii = host.startsWith("*") ? undefined : hostOfUrl(host);
  return ascii && `${scheme}://${ascii}${validationFile(token).path}`;
}

/** IPv6 addresses are in brackets (RFC 3986 section 3.2.2). */
function hostOfUrl(host: string): string | undefined {
  if (/^[0-9A-Fa-f:.]+$/.test(host) && host.includes(":")) return `[${host.toLowerCase()}]`;
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(host) ? host : asciiDomain(host);
}

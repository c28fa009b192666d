import type { CaaVerdict, DomainLook, Standing } from "../../../src/validation/look";
import type { RequestToken } from "../../../src/validation/request-token";
import type { FoundRequest } from "../../../src/editor/window/found-request";
import { START } from "../orders/doubles";

/** What a look at a domain saw, in short. */
export interface Seen {
  readonly cname?: Standing;
  readonly file?: Standing;
  readonly caa?: CaaVerdict;
  readonly at?: number;
  /** What stands at the record's place. */
  readonly says?: "right" | "other" | "none";
}

const SERVER = { kind: "resolver", address: "192.0.2.53", port: 53 } as const;

export function lookOf(
  domain: string,
  { cname, file, caa = "unrestricted", at = START, says = "none" }: Seen,
): DomainLook {
  return {
    domain,
    at,
    ...(cname !== undefined && { cname: { standing: cname, seen: [{ server: SERVER, name: `_x.${domain}`, says }] } }),
    ...(file !== undefined && {
      file: { standing: file, seen: [{ scheme: "http", address: "192.0.2.80", says, hops: [], start: "<html>" }] },
    }),
    caa: { verdict: caa, records: [], aliases: [] },
    findings: [],
    asked: 3,
  };
}

/** A token of its own for each digit. */
export const tokenOf = (digit: string): RequestToken => ({ md5: digit.repeat(32), sha256: digit.repeat(64) });

export function requestOf(digit: string, names: readonly string[], file = `${digit}.csr`): FoundRequest {
  return {
    ...{ uri: `file:///w/${file}`, file, token: tokenOf(digit), textHashes: [tokenOf("f")], names },
    keyIdentity: `key-${digit}`,
  };
}

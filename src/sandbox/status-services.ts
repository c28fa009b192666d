import type { IncomingMessage, ServerResponse } from "node:http";
import type { Authority, CertificationAuthority, IssuedCertificate } from "./authority";
import { readBody, send } from "./body";
import { signed } from "./certificate";
import { derContext, derInteger, derSequence, derTime } from "./der";
import * as extensions from "./extensions";
import type { AuthorityId, ServiceUrls } from "./issuers";
import { signatureAlgorithm } from "./keys";
import { ocspResponse, type CertificateStatus } from "./ocsp";
import type { Orders } from "./orders";

/** Bytes of an OCSP request. */
const MAX_REQUEST = 4096;

/** How long a revocation list is valid, ms. */
const LIST_VALID_FOR = 86_400_000;

/** The URLs of {@link StatusServices} at an address. */
export function servicesAt(origin: string): ServiceUrls {
  return {
    caIssuers: (id) => `${origin}/crt/${id}.crt`,
    crl: (id) => `${origin}/crl/${id}.crl`,
    ocsp: `${origin}/ocsp`,
  };
}

/**
 * What a CA serves over plain HTTP: its certificates (RFC 5280 section 4.2.2.1), its revocation lists (section 5) and
 * OCSP (RFC 6960, by POST and by GET). CAs that have not issued anything yet are not found.
 */
export class StatusServices {
  constructor(
    private readonly authority: Authority,
    private readonly orders: Orders,
    private readonly now: () => number,
  ) {}

  /** @returns whether the path was one of ours */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const [, service, rest] = /^\/(crt|crl|ocsp)(?:\/(.*))?$/.exec(request.url ?? "") ?? [];
    if (service === undefined) return false;
    if (service === "ocsp") {
      await this.ocsp(request, response, rest);
      return true;
    }
    const made = await this.authority.made();
    const entry = [...made].find(([id]) => rest === `${id}.${service}`);
    if (request.method !== "GET" || !entry) return false;
    const [id, authority] = entry;
    if (service === "crt") send(response, 200, "application/pkix-cert", authority.der);
    else send(response, 200, "application/pkix-crl", await this.revocationList(id, authority));
    return true;
  }

  private async ocsp(request: IncomingMessage, response: ServerResponse, path: string | undefined): Promise<void> {
    const body =
      request.method === "POST"
        ? await readBody(request, MAX_REQUEST)
        : Buffer.from(percentDecoded(path ?? ""), "base64").subarray(0, MAX_REQUEST);
    if (!body) return send(response, 413, "text/plain", "The request is too large.");
    const made = await this.authority.made();
    const issued = await this.orders.issued();
    const answer = ocspResponse(body, {
      authorities: [...made.values()],
      statusOf: (authority, serialNumber) => {
        const found = issued.find(({ certificate }) => certificate.serialNumber === serialNumber);
        if (found && isIssuer(authority, found.certificate)) return statusOf(found);
        return { kind: [...made.values()].some((ca) => serialNumberOf(ca) === serialNumber) ? "good" : "unknown" };
      },
      now: this.now(),
    });
    return send(response, 200, "application/ocsp-response", answer);
  }

  private async revocationList(id: AuthorityId, authority: CertificationAuthority): Promise<Uint8Array> {
    const now = this.now();
    const revoked = (await this.orders.issued()).flatMap(({ certificate, revokedAt }) =>
      certificate.issuer !== id || revokedAt === undefined
        ? []
        : [derSequence(derInteger(Buffer.from(certificate.serialNumber, "hex")), derTime(revokedAt))],
    );
    const extended = derSequence(
      extensions.authorityKeyIdentifier(authority.keyId),
      extensions.crlNumberExtension(Math.floor(now / 1000)),
    );
    const list = derSequence(
      derInteger(1),
      signatureAlgorithm(authority.keys.kind),
      authority.name,
      derTime(now),
      derTime(now + LIST_VALID_FOR),
      // Absent where it would be empty (RFC 5280 section 5.1.2.6).
      ...(revoked.length > 0 ? [derSequence(...revoked)] : []),
      derContext(0, extended),
    );
    return signed(list, authority.keys);
  }
}

function isIssuer(authority: CertificationAuthority, certificate: IssuedCertificate): boolean {
  return certificate.authorities.at(-1) === authority;
}

function statusOf({ revokedAt }: { revokedAt?: number }): CertificateStatus {
  return revokedAt === undefined ? { kind: "good" } : { kind: "revoked", revokedAt };
}

const serialNumberOf = ({ serialNumber }: CertificationAuthority): string => Buffer.from(serialNumber).toString("hex");

/**
 * RFC 6960 appendix A.1: the path of a GET is base64 in percent-encoding. A path that cannot be decoded is not a
 * request.
 */
function percentDecoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return "";
  }
}

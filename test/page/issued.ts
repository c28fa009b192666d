import { readContainers } from "../../src/certificates/containers/read";
import { describePage as describeCertificates } from "../unit/certificates/details-page";
import type { DetailsPage } from "../../src/certificates/details/page";
import { Authority } from "../../src/sandbox/authority";
import { NOWHERE } from "../../src/sandbox/issuers";
import { domainValidated, type CertificateProfile } from "../../src/sandbox/profiles";

const DAY = 86_400_000;

/** The details of what bytes hold. @param now epoch ms */
export function detailsOf(bytes: Uint8Array, now = Date.now()): DetailsPage {
  return describeCertificates(readContainers(bytes), { now });
}

/** The details of several certificates together. */
export function detailsOfAll(ders: readonly Uint8Array[]): DetailsPage {
  return detailsOf(Buffer.from(ders.map(pem).join("")));
}

export function pem(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}

/** Issues certificates with the sandbox's CA, a writer of certificates that is not our reader. */
export class Issuer {
  private readonly authority = new Authority(Date.now() - DAY, NOWHERE);

  /** The chain in PEM, leaf first; issued 40 days ago for 199. */
  async chain(profile: CertificateProfile): Promise<string> {
    const notBefore = Math.floor(Date.now() / 1000) * 1000 - 40 * DAY;
    const issued = await this.authority.issue(profile, { notBefore, notAfter: notBefore + 199 * DAY });
    return [issued.der, ...issued.authorities.toReversed().map(({ der }) => der)].map(pem).join("");
  }

  async details(profile: CertificateProfile): Promise<DetailsPage> {
    return detailsOf(Buffer.from(await this.chain(profile)));
  }

  /** A certificate for so many names: host1.example, host2.example, … */
  async forNames(count: number): Promise<DetailsPage> {
    const dnsNames = Array.from({ length: count }, (_, index) => `host${index + 1}.example`);
    return this.details(domainValidated({ key: "p-256", dnsNames }));
  }
}

import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import {
  AccessDescription,
  AuthorityInfoAccessSyntax,
  AuthorityKeyIdentifier,
  BasicConstraints,
  CertificatePolicies,
  CRLDistributionPoints,
  CRLNumber,
  DistributionPoint,
  DistributionPointName,
  ExtendedKeyUsage,
  Extension,
  GeneralName,
  KeyIdentifier,
  KeyUsage,
  PolicyInformation,
  PolicyQualifierInfo,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
} from "@peculiar/asn1-x509";
import { derContext, ia5String, derObjectIdentifier, derOctetString, derSequence } from "./der";

/** Extensions as the sandbox's CA writes them: RFC 5280 section 4.2 unless noted otherwise. */

function extension(extnID: string, value: unknown, critical = false): Extension {
  const bytes = value instanceof Uint8Array ? value : AsnConvert.serialize(value);
  return new Extension({ extnID, critical, extnValue: new OctetString(bytes) });
}

export function basicConstraints(constraints: { cA: boolean; pathLenConstraint?: number }): Extension {
  return extension("2.5.29.19", new BasicConstraints(constraints), true);
}

/** @param flags `KeyUsageFlags` of the ASN.1 library, joined by `|` */
export function keyUsage(flags: number): Extension {
  return extension("2.5.29.15", new KeyUsage(flags), true);
}

export function extendedKeyUsage(purposes: readonly string[]): Extension {
  return extension("2.5.29.37", new ExtendedKeyUsage([...purposes]));
}

export function subjectKeyIdentifier(keyId: Uint8Array): Extension {
  return extension("2.5.29.14", new SubjectKeyIdentifier(keyId));
}

export function authorityKeyIdentifier(keyId: Uint8Array): Extension {
  return extension("2.5.29.35", new AuthorityKeyIdentifier({ keyIdentifier: new KeyIdentifier(keyId) }));
}

/** The practice statement that the policies point to: a reserved name, since it does not exist. */
const CPS = "https://sandbox.invalid/CPS";

/** Policy OIDs; the first one carries the pointer to the practice statement. */
export function certificatePolicies(oids: readonly string[]): Extension {
  const information = oids.map((policyIdentifier, place) => {
    if (place > 0) return new PolicyInformation({ policyIdentifier });
    const qualifier = new Uint8Array(ia5String(CPS)).buffer;
    const policyQualifiers = [new PolicyQualifierInfo({ policyQualifierId: "1.3.6.1.5.5.7.2.1", qualifier })];
    return new PolicyInformation({ policyIdentifier, policyQualifiers });
  });
  return extension("2.5.29.32", new CertificatePolicies(information));
}

export interface AlternativeNames {
  readonly dnsNames?: readonly string[];
  readonly emailAddresses?: readonly string[];
  readonly ipAddresses?: readonly string[];
}

export function subjectAlternativeName({ dnsNames, emailAddresses, ipAddresses }: AlternativeNames): Extension {
  const names = [
    ...(dnsNames ?? []).map((dNSName) => new GeneralName({ dNSName })),
    ...(emailAddresses ?? []).map((rfc822Name) => new GeneralName({ rfc822Name })),
    ...(ipAddresses ?? []).map((iPAddress) => new GeneralName({ iPAddress })),
  ];
  return extension("2.5.29.17", new SubjectAlternativeName(names));
}

export function crlDistributionPoint(url: string): Extension {
  const fullName = [new GeneralName({ uniformResourceIdentifier: url })];
  const point = new DistributionPoint({ distributionPoint: new DistributionPointName({ fullName }) });
  return extension("2.5.29.31", new CRLDistributionPoints([point]));
}

/** @param urls addresses of the issuer's certificate and of the OCSP responder */
export function authorityInformationAccess(urls: { caIssuers: string; ocsp: string }): Extension {
  const access = (accessMethod: string, uniformResourceIdentifier: string): AccessDescription =>
    new AccessDescription({ accessMethod, accessLocation: new GeneralName({ uniformResourceIdentifier }) });
  return extension(
    "1.3.6.1.5.5.7.1.1",
    new AuthorityInfoAccessSyntax([
      access("1.3.6.1.5.5.7.48.2", urls.caIssuers),
      access("1.3.6.1.5.5.7.48.1", urls.ocsp),
    ]),
  );
}

/** RFC 6962 section 3.3: the list is an OCTET STRING inside the extension's. */
export function signedCertificateTimestamps(list: Uint8Array): Extension {
  return extension("1.3.6.1.4.1.11129.2.4.2", derOctetString(list));
}

/**
 * RFC 9399: a subject logo, embedded as a `data:` URI of the gzipped SVG. The hash is over the SVG before gzip, as in
 * real mark certificates.
 */
export function logotype(svg: string): Extension {
  const digest = createHash("sha256").update(svg).digest();
  const sha256 = derSequence(derObjectIdentifier("2.16.840.1.101.3.4.2.1"));
  const details = derSequence(
    ia5String("image/svg+xml"),
    derSequence(derSequence(sha256, derOctetString(digest))),
    derSequence(ia5String(`data:image/svg+xml;base64,${gzipSync(svg).toString("base64")}`)),
  );
  // LogotypeExtn { subjectLogo [2] EXPLICIT { direct [0] IMPLICIT LogotypeData { image { { details } } } } }
  return extension("1.3.6.1.5.5.7.1.12", derSequence(derContext(2, derContext(0, derSequence(derSequence(details))))));
}

/** @param number increases from one list to the next */
export function crlNumberExtension(number: number): Extension {
  return extension("2.5.29.20", new CRLNumber(number));
}

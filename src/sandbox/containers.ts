import { zipSync } from "fflate";
import type { IssuedCertificate } from "./authority";
import {
  derContext,
  derElement,
  derInteger,
  derObjectIdentifier,
  derOctetString,
  derSequence,
  indefinite,
} from "./der";
import { signature, signatureAlgorithm } from "./keys";

/** The containers of certificates: responseType 0 to 4 of the CA's pages. */

/** The certificates that a queryType asks for, root first, leaf last, each in DER. */
export function selected(certificate: IssuedCertificate, what: "all" | "leaf" | "authorities"): readonly Uint8Array[] {
  const authorities = certificate.authorities.map(({ der }) => der);
  if (what === "leaf") return [certificate.der];
  return what === "authorities" ? authorities : [...authorities, certificate.der];
}

/** Base64 in lines of 64 characters (RFC 7468 section 2), without a line end after the last one. */
export function base64Lines(bytes: Uint8Array): string {
  return (
    Buffer.from(bytes)
      .toString("base64")
      .match(/.{1,64}/g)
      ?.join("\n") ?? ""
  );
}

/** A textual encoding (RFC 7468) with a line end after it. */
export function pem(der: Uint8Array, label = "CERTIFICATE"): string {
  return `-----BEGIN ${label}-----\n${base64Lines(der)}\n-----END ${label}-----\n`;
}

function leafFirst(certificate: IssuedCertificate): readonly Uint8Array[] {
  return [...selected(certificate, "all")].reverse();
}

/** Content types of RFC 5652. */
const DATA = "1.2.840.113549.1.7.1";
const SIGNED_DATA = "1.2.840.113549.1.7.2";

/** SignedData (RFC 5652 section 5.1) around all certificates, leaf first. */
function signedData(
  certificate: IssuedCertificate,
  digests: Uint8Array,
  content: readonly Uint8Array[],
  signers: Uint8Array,
): Uint8Array {
  const data = derSequence(
    derInteger(1),
    digests,
    derSequence(derObjectIdentifier(DATA), ...content),
    derContext(0, ...leafFirst(certificate)),
    signers,
  );
  return derSequence(derObjectIdentifier(SIGNED_DATA), derContext(0, data));
}

const setOf = (...elements: readonly Uint8Array[]): Uint8Array => derElement(0x31, ...elements);

/** PKCS#7 with certificates only (RFC 5652 section 5.1), leaf first. */
export function pkcs7(certificate: IssuedCertificate): Uint8Array {
  return signedData(certificate, setOf(), [], setOf());
}

/** The same in BER with indefinite lengths, like the CA's S/MIME answers of 2025. */
export function pkcs7Indefinite(certificate: IssuedCertificate): Uint8Array {
  const data = indefinite(
    0x30,
    derInteger(1),
    setOf(),
    indefinite(0x30, derObjectIdentifier(DATA)),
    indefinite(0xa0, ...leafFirst(certificate)),
    setOf(),
  );
  return indefinite(0x30, derObjectIdentifier(SIGNED_DATA), indefinite(0xa0, data));
}

/** PKCS#7 that signs nothing, like the sample on CollectMC's page: empty content, one signer, no attributes. */
export function pkcs7Signed(certificate: IssuedCertificate): Uint8Array {
  const issuer = certificate.authorities.at(-1);
  if (!issuer) throw new Error("every sandbox certificate must have an issuer");
  const sha256 = derSequence(derObjectIdentifier("2.16.840.1.101.3.4.2.1"));
  const signer = derSequence(
    derInteger(1),
    derSequence(issuer.issuerName, derInteger(issuer.serialNumber)),
    sha256,
    signatureAlgorithm(issuer.keys.kind),
    derOctetString(signature(issuer.keys, new Uint8Array())),
  );
  const empty = derContext(0, derOctetString(new Uint8Array()));
  return signedData(certificate, setOf(sha256), [empty], setOf(signer));
}

/** Netscape certificate sequence: its own content type around a plain SEQUENCE of certificates, leaf first. */
export function netscapeSequence(certificate: IssuedCertificate): Uint8Array {
  return derSequence(
    derObjectIdentifier("2.16.840.1.113730.2.5"),
    derContext(0, derSequence(...leafFirst(certificate))),
  );
}

/**
 * CMMF's CertRepContent (draft-ietf-pkix-cmmf-02), which lives on as CertRepMessage in RFC 4210 section 5.3.4: the
 * CA's certificates in caPubs, the leaf in one granted response.
 */
export function cmmf(certificate: IssuedCertificate): Uint8Array {
  const granted = derSequence(derInteger(0));
  const response = derSequence(derInteger(0), granted, derSequence(derContext(0, certificate.der)));
  return derSequence(derContext(1, derSequence(...selected(certificate, "authorities"))), derSequence(response));
}

/** A ZIP with one `.crt` in PEM for each certificate, as the CA mails it. @param name names the leaf's file */
export function zip(certificate: IssuedCertificate, name: string): Uint8Array {
  const leaf = name.replace("*", "STAR").replace(/[^A-Za-z0-9-]/g, "_");
  const files = Object.fromEntries([
    ...certificate.authorities.map(({ der }, place): [string, Uint8Array] => [
      place === 0 ? "SandboxRoot.crt" : "SandboxIssuingCA.crt",
      Buffer.from(pem(der)),
    ]),
    [`${leaf}.crt`, Buffer.from(pem(certificate.der))],
  ]);
  return zipSync(files, { mtime: new Date(certificate.notBefore) });
}

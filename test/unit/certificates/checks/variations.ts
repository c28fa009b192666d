import { decodeCertificate, type Certificate } from "../../../../src/certificates/x509/certificate";
import type { ExtensionValue } from "../../../../src/certificates/extensions/extension";
import type { GeneralName } from "../../../../src/certificates/names/general-name";
import { ATTRIBUTE_TYPES } from "../../../../src/certificates/names/attribute-type";
import type { Name } from "../../../../src/certificates/names/name";
import { MS_PER_DAY } from "../../../../src/certificates/x509/lifetime";
import { pemFixture } from "../fixtures";

/**
 * Certificates for the rules: one that OpenSSL made and our reader decoded, with fields changed. The rules look at
 * decoded data alone, so that a field that no CA would write needs no bytes.
 */

export const NOW = Date.UTC(2026, 10, 20);
export const ISSUED = Date.UTC(2026, 10, 1);

const OIDS: Readonly<Partial<Record<ExtensionValue["type"], string>>> = {
  basicConstraints: "2.5.29.19",
  keyUsage: "2.5.29.15",
  extKeyUsage: "2.5.29.37",
  subjectAltName: "2.5.29.17",
  subjectKeyIdentifier: "2.5.29.14",
  authorityKeyIdentifier: "2.5.29.35",
  certificatePolicies: "2.5.29.32",
  cRLDistributionPoints: "2.5.29.31",
  authorityInfoAccess: "1.3.6.1.5.5.7.1.1",
  nameConstraints: "2.5.29.30",
  tlsFeature: "1.3.6.1.5.5.7.1.24",
  signedCertificateTimestampList: "1.3.6.1.4.1.11129.2.4.2",
  precertificatePoison: "1.3.6.1.4.1.11129.2.4.3",
  logotype: "1.3.6.1.5.5.7.1.12",
};

export function without(certificate: Certificate, ...types: readonly ExtensionValue["type"][]): Certificate {
  return { ...certificate, extensions: certificate.extensions.filter(({ value }) => !types.includes(value.type)) };
}

/** With this extension, in the place of one of its type. */
export function having(certificate: Certificate, value: ExtensionValue, critical = false, oid?: string): Certificate {
  const bare = without(certificate, value.type);
  return { ...bare, extensions: [...bare.extensions, { oid: oid ?? OIDS[value.type] ?? "1.2.3.4", critical, value }] };
}

export function commonName(...values: readonly string[]): Name {
  const attribute = (value: string) => ({ oid: "2.5.4.3", keyword: "CN", value, stringType: "UTF8String" });
  return { text: values.map((value) => `CN=${value}`).join(), rdns: values.map((value) => [attribute(value)]) };
}

const COUNTRY: Name = { text: "C=DE", rdns: [[{ oid: "2.5.4.6", value: "DE", stringType: "PrintableString" }]] };
/** A name of attributes, each by its keyword (or OID) and its value. */
export function subjectOf(...parts: readonly (readonly [keyword: string, value: string])[]): Name {
  const attribute = ([keyword, value]: readonly [string, string]) => {
    const oid = [...ATTRIBUTE_TYPES].find(([, type]) => type.keyword === keyword)?.[0] ?? keyword;
    return { oid, keyword, value, stringType: keyword === "C" ? "PrintableString" : "UTF8String" };
  };
  return {
    text: parts.map(([keyword, value]) => `${keyword}=${value}`).join(),
    rdns: parts.map((part) => [attribute(part)]),
  };
}

/** A certificate, when it is looked at (default: {@link NOW}), and whether its CA is known (default: no). */
export type Row = Certificate | readonly [certificate: Certificate, now?: number, known?: boolean];

/** For each rule certificates that break it, and it alone, and some that just do not. */
export type Pairs = Readonly<Record<string, readonly [broken: readonly Row[], right: readonly Row[]]>>;

export function named(certificate: Certificate, ...names: readonly string[]): Certificate {
  const dns = names.map((value): GeneralName => ({ type: "dNSName", value }));
  const [first = ""] = names;
  // Longer ones do not fit a common name.
  const subject = first.length > 64 ? COUNTRY : commonName(first);
  return having({ ...certificate, subject }, { type: "subjectAltName", names: dns });
}

export const purposes = (certificate: Certificate, ...oids: readonly string[]): Certificate =>
  having(certificate, { type: "extKeyUsage", purposes: oids });

export const policies = (certificate: Certificate, ...oids: readonly string[]): Certificate =>
  having(certificate, { type: "certificatePolicies", policies: oids.map((oid) => ({ oid, qualifiers: [] })) });

/** @param notBefore epoch ms @param days both ends included */
export function lasting(certificate: Certificate, notBefore: number, days: number) {
  return { ...certificate, validity: { notBefore, notAfter: notBefore + days * MS_PER_DAY - 1000 } };
}

/** With timestamps of so many logs. */
export function logged(certificate: Certificate, logs: number): Certificate {
  const timestamps = Array.from({ length: logs }, (_, index) => ({
    version: 0,
    logId: Buffer.alloc(32, index).toString("base64"),
    timestamp: ISSUED,
    extensions: "",
    hashAlgorithm: 4,
    signatureAlgorithm: 3,
    signature: "",
  }));
  return having(certificate, { type: "signedCertificateTimestampList", timestamps });
}

/** A public TLS certificate with nothing to find fault with. */
export function tls(): Certificate {
  const decoded = decodeCertificate(pemFixture("extensions/tls-leaf.pem"));
  const issued = lasting({ ...decoded, issuer: commonName("A CA") }, ISSUED, 199);
  const named1 = named(without(issued, "tlsFeature"), "www.example.test", "example.test");
  const signing = having(named1, { type: "keyUsage", usages: ["digitalSignature"] }, true);
  // OpenSSL names the issuer's certificate, too.
  const used = having(signing, { type: "authorityKeyIdentifier", keyIdentifier: "00" });
  return logged(policies(purposes(used, SERVER_AUTH), "2.23.140.1.2.1"), 3);
}

/** A public S/MIME certificate with nothing to find fault with. */
export function mail(): Certificate {
  const mailbox = { type: "rfc822Name", value: "ada@example.test" } as const;
  const named1 = having({ ...tls(), subject: commonName(mailbox.value) }, { type: "subjectAltName", names: [mailbox] });
  const bare = without(lasting(named1, ISSUED, 730), "signedCertificateTimestampList");
  const keyed = having(bare, { type: "authorityKeyIdentifier", keyIdentifier: "00" });
  return policies(purposes(keyed, EMAIL_PROTECTION), "2.23.140.1.5.1.2");
}

/** A mark certificate with nothing to find fault with. */
export function mark(): Certificate {
  const logo = having(lasting(tls(), ISSUED, 397), { type: "logotype", logos: [] });
  return policies(purposes(logo, MARK), "1.3.6.1.4.1.53087.1.1");
}

/** The certificate of a CA below a root, with nothing to find fault with. */
export function authority(): Certificate {
  const leaf = without(
    { ...tls(), subject: commonName("A CA below") },
    "subjectAltName",
    "signedCertificateTimestampList",
  );
  const ca = having(lasting(leaf, ISSUED, 3650), { type: "basicConstraints", ca: true }, true);
  return having(ca, { type: "keyUsage", usages: ["keyCertSign", "cRLSign"] }, true);
}

export const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
export const CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
export const EMAIL_PROTECTION = "1.3.6.1.5.5.7.3.4";
export const MARK = "1.3.6.1.5.5.7.3.31";

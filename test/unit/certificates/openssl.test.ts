import assert from "node:assert/strict";
import { createHash, X509Certificate } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import tls from "node:tls";
import { decodeCertificate } from "../../../src/certificates/x509/certificate";
import { caFixtures, fixture, fixtureNames, pemFixture } from "./fixtures";
import { opensslText, withoutSpace } from "./openssl-text";

/** Where Debian's package ca-certificates puts the roots that it trusts. */
const DEBIAN = "/usr/share/ca-certificates/mozilla";

const sha256 = (data: string | Uint8Array): string => createHash("sha256").update(data).digest("hex");

/** The roots that Node.js ships, and Debian's where they are installed: by fingerprint. */
function rootCertificates(): ReadonlyMap<string, Buffer> {
  const debian = existsSync(DEBIAN) ? readdirSync(DEBIAN) : [];
  const pems = [...tls.rootCertificates, ...debian.map((name) => readFileSync(path.join(DEBIAN, name)))];
  return new Map(pems.map((pem) => new X509Certificate(pem).raw).map((der) => [sha256(der), der]));
}

/**
 * Roots with a user notice in BMPString, of which OpenSSL 3.0 prints nothing and we print the words: ACCVRAIZ1, and two
 * of Firmaprofesional. By fingerprint.
 */
const BMP_NOTICES: readonly string[] = [
  "9a6ec012e1a7da9dbe34194d478ad7c0db1822fb071df12981496ed104384113",
  "57de0583efd2b26e0361da99da9df4648def7ee8441c3b728afa9bcde0f9b26a",
  "04048028bf1f2864d48f9ad4d83294366a828856553f3b14303f90147f5d40ef",
];

/** How many certificates have an extension, by its name here. */
function extensionCounts(ders: Iterable<Uint8Array>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const der of ders) {
    for (const { value } of decodeCertificate(der).extensions) counts[value.type] = (counts[value.type] ?? 0) + 1;
  }
  return counts;
}

/** Of the certificates that lie here: none of them was encoded by us. */
const EXTENSION_COUNTS: Readonly<Record<string, number>> = {
  applicationCertPolicies: 1,
  authorityInfoAccess: 82,
  authorityKeyIdentifier: 104,
  basicConstraints: 126,
  cRLDistributionPoints: 85,
  caVersion: 1,
  cabfOrganizationIdentifier: 1,
  certificatePolicies: 85,
  certificateTemplate: 1,
  enrollCerttype: 1,
  extKeyUsage: 80,
  freshestCRL: 1,
  inhibitAnyPolicy: 1,
  issuerAltName: 1,
  keyUsage: 126,
  logotype: 1,
  nameConstraints: 1,
  netscapeString: 7,
  noRevAvail: 1,
  nsCertType: 2,
  ntdsSecurity: 1,
  ocspNoCheck: 1,
  policyConstraints: 1,
  policyMappings: 1,
  precertificatePoison: 1,
  previousCaCertificateHash: 1,
  privateKeyUsagePeriod: 1,
  qcStatements: 1,
  signedCertificateTimestampList: 1,
  smimeCapabilities: 1,
  subjectAltName: 3,
  subjectDirectoryAttributes: 1,
  subjectInfoAccess: 1,
  subjectKeyIdentifier: 134,
  tlsFeature: 1,
  unknown: 1,
  unreadable: 4,
  validityAssuredShortTerm: 1,
};

describe("decoding against OpenSSL's text", () => {
  for (const name of [...fixtureNames("extensions", ".pem"), ...fixtureNames("keys", ".pem")]) {
    it(name, () => {
      const der = pemFixture(name);
      const expected = withoutSpace(fixture(name.replace(".pem", ".txt")).toString());
      // A curve that is written out is printed with all its numbers, of which we keep the size and the point.
      const shown = expected.replace(/FieldType:.*?(?=SignatureAlgorithm)/, "");
      assert.equal(opensslText(decodeCertificate(der), der), shown);
    });
  }

  it("every field of the real CA certificates", () => {
    const differing = caFixtures().filter(({ der, text }) => {
      const ours = opensslText(decodeCertificate(der), der);
      return sha256(ours) !== text;
    });
    assert.deepEqual(
      differing.map(({ subject }) => subject),
      [],
    );
  });

  it("every field of the roots that Debian and Node.js trust", () => {
    const texts = JSON.parse(fixture("root-texts.json").toString()) as Readonly<Record<string, string>>;
    // Later releases have roots that were not known when the texts were made.
    const known = [...rootCertificates()].filter(([fingerprint]) => fingerprint in texts);
    assert.ok(known.length >= 100, `only ${known.length} of the roots are known`);
    const differing = known.filter(
      ([fingerprint, der]) => sha256(opensslText(decodeCertificate(der), der)) !== texts[fingerprint],
    );
    assert.deepEqual(
      differing.map(([fingerprint]) => fingerprint).filter((fingerprint) => !BMP_NOTICES.includes(fingerprint)),
      [],
    );
    const notices = known.filter(([fingerprint]) => BMP_NOTICES.includes(fingerprint));
    for (const [, der] of notices) {
      assert.match(
        opensslText(decodeCertificate(der), der),
        /ExplicitText:(AutoridaddeCertificaciónRaíz|PaseodelaBonanova)/,
      );
    }
  });

  it("so many times each extension", () => {
    const made = [...fixtureNames("extensions", ".pem"), ...fixtureNames("keys", ".pem")].map(pemFixture);
    assert.deepEqual(extensionCounts([...caFixtures().map(({ der }) => der), ...made]), EXTENSION_COUNTS);
  });
});

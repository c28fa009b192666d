import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { extensionOf } from "../../../../src/certificates/x509/certificate";
import { isCa, isSelfIssued } from "../../../../src/certificates/x509/issuing";
import { issuerSignature } from "../../../../src/certificates/x509/signature";
import { loadKnownAuthorities } from "../../../../src/certificates/x509/known-authorities";
import { shortName } from "../../../../src/certificates/names/name";

const TABLE = path.join("src", "certificates", "data", "ca-certificates.md");

describe("the snapshot of CA certificates", () => {
  it("holds what its table names, by SHA-256", async () => {
    const listed = [...readFileSync(TABLE, "utf8").matchAll(/^\| (.*?) +\|.*\| `([0-9a-f]{64})` \|/gm)];
    const known = (await loadKnownAuthorities()).all();
    assert.deepEqual(
      known.map(({ certificate }) => [shortName(certificate.subject), certificate.fingerprints.sha256]).sort(),
      listed.map(([, subject, sha256]) => [subject, sha256]).sort(),
    );
    assert.equal(known.length, 119);
  });

  it("files each under its own key identifier, as a CA, unexpired on its date", async () => {
    const authorities = await loadKnownAuthorities();
    const asOf = Date.parse(authorities.asOf);
    for (const known of authorities.all()) {
      assert.equal(authorities.find(known.certificate), known);
      assert.ok(isCa(known.certificate));
      assert.ok(known.certificate.validity.notAfter! >= asOf);
    }
  });

  it("has no signature that an issuer in it does not bear out", async () => {
    const authorities = await loadKnownAuthorities();
    const outcomes = { good: 0, bad: 0, "cannot-check": 0 };
    const withoutIssuer: string[] = [];
    for (const { der, certificate } of authorities.all()) {
      const issuers = authorities.issuersOf(certificate);
      if (issuers.length === 0) withoutIssuer.push(certificate.issuer.text);
      for (const issuer of issuers) outcomes[await issuerSignature(der, issuer.der)]++;
    }
    assert.equal(outcomes.bad, 0);
    assert.equal(outcomes["cannot-check"], 0);
    assert.ok(outcomes.good >= 119);
    assert.deepEqual(withoutIssuer, []);
  });

  it("marks as revoked what the CA's own list marks so, and finds issuers without a key identifier", async () => {
    const authorities = await loadKnownAuthorities();
    const revoked = authorities.all().filter((known) => known.revoked);
    assert.deepEqual(revoked.map(({ certificate }) => shortName(certificate.subject)).sort(), [
      "COMODO ECC Domain Validation Secure Server CA 2",
      "COMODO RSA Domain Validation Secure Server CA 2",
      "Entrust Certificate Authority - VMC1",
      "UTN-USERFirst-Client Authentication and Email",
    ]);
    const root = authorities.all().find(({ certificate }) => isSelfIssued(certificate));
    assert.ok(root);
    const { extensions } = root.certificate;
    const bare = {
      ...root.certificate,
      extensions: extensions.filter(({ value }) => value.type !== "authorityKeyIdentifier"),
    };
    assert.equal(extensionOf(bare, "authorityKeyIdentifier"), undefined);
    assert.ok(authorities.issuersOf(bare).includes(root));
  });
});

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { decodeCertificateList, findRevoked } from "../../../src/certificates/x509/certificate-list";
import { decodeCertificateRequest } from "../../../src/certificates/x509/certificate-request";
import { extensionOf } from "../../../src/certificates/x509/certificate";
import { readContainers } from "../../../src/certificates/containers/read";
import { readTrustSettings } from "../../../src/certificates/x509/trust";
import { fixture, pemFixture } from "./fixtures";

describe("certification requests", () => {
  const der = pemFixture("containers/request.pem");
  const request = decodeCertificateRequest(der);

  it("say what is asked for", () => {
    assert.deepEqual(
      [request.version, request.subject.text, request.signatureAlgorithm.name],
      [1, "CN=request.example.test", "ecdsa-with-SHA256"],
    );
    assert.deepEqual(extensionOf(request, "subjectAltName")?.names, [
      { type: "dNSName", value: "request.example.test" },
      { type: "iPAddress", value: "192.0.2.7" },
    ]);
    assert.deepEqual(extensionOf(request, "keyUsage")?.usages, ["digitalSignature"]);
    assert.ok(request.publicKey.key.type === "EC" && request.publicKey.key.curve === "P-256");
    assert.equal(request.fingerprints.sha256, createHash("sha256").update(der).digest("hex"));
  });

  it("keep the challenge password to themselves", () => {
    assert.deepEqual(request.attributes, [
      { oid: "1.2.840.113549.1.9.2", values: [{ type: "text", value: "a name" }] },
      { oid: "1.2.840.113549.1.9.7", values: [] },
    ]);
    assert.ok(!JSON.stringify(request).includes("not for showing"));
  });
});

describe("revocation lists", () => {
  const der = pemFixture("containers/list.pem");
  const list = decodeCertificateList(der);
  const openssl = fixture("containers/list.txt").toString();
  const date = (pattern: RegExp) => Date.parse(pattern.exec(openssl)?.[1] ?? "");

  it("say what OpenSSL says", () => {
    assert.deepEqual(
      [list.version, list.issuer.text, list.thisUpdate, list.nextUpdate, list.revokedCount],
      [2, "CN=Example Issuing CA,O=Example", date(/Last Update: (.*)/), date(/Next Update: (.*)/), 2],
    );
    assert.deepEqual(
      list.extensions.map(({ critical, value }) => [critical, value.type]),
      [
        [false, "authorityKeyIdentifier"],
        [true, "issuingDistributionPoint"],
        [false, "cRLNumber"],
      ],
    );
    assert.deepEqual(extensionOf(list, "issuingDistributionPoint"), {
      type: "issuingDistributionPoint",
      fullName: [{ type: "uniformResourceIdentifier", value: "http://crl.example.test/1.crl" }],
      onlyContains: "userCerts",
      indirectCRL: false,
    });
    assert.deepEqual(extensionOf(list, "cRLNumber"), { type: "cRLNumber", number: "01" });
    const revocationDate = date(/Revocation Date: (.*)/);
    assert.deepEqual(list.revoked, [
      {
        serialNumber: "01",
        revocationDate,
        extensions: [
          { oid: "2.5.29.21", critical: false, value: { type: "cRLReason", reason: "certificateHold" } },
          { oid: "2.5.29.23", critical: false, value: { type: "holdInstructionCode", oid: "1.2.840.10040.2.3" } },
        ],
      },
      {
        serialNumber: "03",
        revocationDate,
        extensions: [{ oid: "2.5.29.21", critical: false, value: { type: "cRLReason", reason: "keyCompromise" } }],
      },
    ]);
  });

  it("are searched for a serial number", async () => {
    assert.deepEqual([await findRevoked(der, "03"), await findRevoked(der, "02")], [list.revoked[1], undefined]);
  });
});

describe("trust settings", () => {
  it("of OpenSSL are read", () => {
    const [found] = readContainers(fixture("containers/trusted.pem")).objects;
    assert.ok(found?.kind === "certificate" && found.trust !== undefined);
    assert.deepEqual(readTrustSettings(found.trust), {
      trusted: ["1.3.6.1.5.5.7.3.1"],
      rejected: ["1.3.6.1.5.5.7.3.4"],
      alias: "My server",
    });
  });
});

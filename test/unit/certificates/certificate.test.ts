import assert from "node:assert/strict";
import { X509Certificate, createHash } from "node:crypto";
import { decodeCertificate, extensionOf, type Certificate } from "../../../src/certificates/x509/certificate";
import { decodePublicKey, wrapRsaPublicKey } from "../../../src/certificates/keys/public-key";
import { readContainers } from "../../../src/certificates/containers/read";
import { caFixtures, fixture, fixtureNames, pemFixture } from "./fixtures";
import { inEnglish } from "../../../src/words/localize";

/** What Node's engine says of a certificate, in our terms; `undefined` where it does not know the kind of key. */
function nodeSays(der: Buffer) {
  const node = new X509Certificate(der);
  return {
    serialNumber: node.serialNumber,
    notBefore: Date.parse(node.validFrom),
    notAfter: Date.parse(node.validTo),
    sha1: node.fingerprint.replaceAll(":", "").toLowerCase(),
    sha256: node.fingerprint256.replaceAll(":", "").toLowerCase(),
    ca: node.ca,
    purposes: node.keyUsage ?? [],
    spki: spkiHash(node),
  };
}

function spkiHash(node: X509Certificate): string | undefined {
  try {
    return createHash("sha256")
      .update(node.publicKey.export({ format: "der", type: "spki" }))
      .digest("hex");
  } catch {
    return undefined;
  }
}

function weSay(certificate: Certificate, spki: string | undefined): ReturnType<typeof nodeSays> {
  return {
    serialNumber: certificate.serialNumber.hex,
    notBefore: certificate.validity.notBefore ?? NaN,
    notAfter: certificate.validity.notAfter ?? NaN,
    sha1: certificate.fingerprints.sha1,
    sha256: certificate.fingerprints.sha256,
    ca: extensionOf(certificate, "basicConstraints")?.ca === true,
    purposes: [...(extensionOf(certificate, "extKeyUsage")?.purposes ?? [])],
    spki: spki === undefined ? undefined : certificate.publicKey.sha256,
  };
}

describe("certificates", () => {
  it("agree with Node's reading", () => {
    const files = [...fixtureNames("extensions", ".pem"), ...fixtureNames("keys", ".pem")].filter(
      (name) => !/damaged|explicit/.test(name),
    );
    for (const der of [...caFixtures().map((ca) => ca.der), ...files.map(pemFixture)]) {
      const expected = nodeSays(der);
      assert.deepEqual(weSay(decodeCertificate(der), expected.spki), expected);
    }
  });

  it("survive JSON whole", () => {
    for (const { der } of caFixtures()) {
      const certificate = decodeCertificate(der);
      assert.deepEqual(JSON.parse(JSON.stringify(certificate)), certificate);
    }
  });

  it("say when the two signature algorithms differ, and when the encoding is not DER", () => {
    const der = Buffer.from(pemFixture("keys/p-384.pem"));
    const ecdsaWithSha256 = Buffer.from("2a8648ce3d040302", "hex");
    der[der.lastIndexOf(ecdsaWithSha256) + 7] = 4;
    const { signatureAlgorithm, innerSignatureAlgorithm } = decodeCertificate(der);
    assert.deepEqual(
      [signatureAlgorithm.name, innerSignatureAlgorithm?.name],
      ["ecdsa-with-SHA512", "ecdsa-with-SHA256"],
    );
    const ber = Buffer.concat([Buffer.of(0x30, 0x80), der.subarray(4), Buffer.of(0, 0)]);
    assert.deepEqual([decodeCertificate(ber).beyondDer, decodeCertificate(der).beyondDer], [true, undefined]);
  });

  it("tell serial numbers that are negative or too long", () => {
    const der = pemFixture("names.pem");
    const at = der.indexOf(Buffer.from("020101300a", "hex"));
    const withSerial = (hex: string) => {
      const serial = Buffer.from(hex, "hex");
      const patched = Buffer.concat([der.subarray(0, at), Buffer.of(2, serial.length), serial, der.subarray(at + 3)]);
      patched.writeUInt16BE(patched.readUInt16BE(2) + serial.length - 1, 2);
      patched.writeUInt16BE(patched.readUInt16BE(6) + serial.length - 1, 6);
      return decodeCertificate(patched).serialNumber;
    };
    assert.deepEqual(withSerial("ff00"), { hex: "-0100", decimal: "-256", octets: 2 });
    assert.deepEqual(withSerial("00"), { hex: "00", decimal: "0", octets: 1 });
    assert.deepEqual(withSerial(`7f${"00".repeat(20)}`).octets, 21);
    assert.equal(withSerial("01".repeat(65)).decimal, undefined);
  });

  it("are refused when they are none, with the place", () => {
    const der = pemFixture("keys/p-384.pem");
    for (const [bytes, code] of [
      [Buffer.alloc(0), "missing"],
      [der.subarray(0, 100), "truncated"],
      [Buffer.concat([der, Buffer.of(0)]), "trailing"],
      [Buffer.from("3000", "hex"), "missing"],
      [Buffer.from("3003020101", "hex"), "tag"],
    ] as const) {
      assert.throws(() => decodeCertificate(bytes), { name: "DerError", code });
    }
  });
});

describe("public keys", () => {
  const table: [string, object][] = [
    ["keys/rsa-1024.pem", { type: "RSA", bits: 1024, exponent: "65537" }],
    ["keys/rsa-exponent-3.pem", { type: "RSA", bits: 1024, exponent: "3" }],
    ["keys/rsa-pss.pem", { type: "RSA", bits: 1024 }],
    ["keys/p-224.pem", { type: "EC", curve: "P-224", bits: 224, compressed: false }],
    ["keys/p-521.pem", { type: "EC", curve: "P-521", bits: 521 }],
    ["keys/secp256k1.pem", { type: "EC", curve: "secp256k1", bits: 256 }],
    ["keys/brainpool.pem", { type: "EC", curve: "brainpoolP256r1", bits: 256 }],
    ["keys/binary-curve.pem", { type: "EC", curve: "sect233r1", bits: 233 }],
    ["keys/explicit-curve.pem", { type: "EC", bits: 256 }],
    ["keys/ed25519.pem", { type: "raw", name: "Ed25519" }],
    ["keys/ed448.pem", { type: "raw", name: "Ed448" }],
    ["keys/x25519.pem", { type: "raw", name: "X25519" }],
    ["keys/dsa.pem", { type: "DSA", bits: 1024 }],
  ];
  for (const [name, expected] of table) {
    it(name, () => {
      const { key } = decodeCertificate(pemFixture(name)).publicKey;
      assert.deepEqual({ ...key, ...expected }, key);
      if (name.includes("explicit")) assert.ok(!("curve" in key));
    });
  }

  it("the parameters of RSA-PSS", () => {
    const { publicKey, signatureAlgorithm } = decodeCertificate(pemFixture("keys/rsa-pss.pem"));
    const pss = { hash: "SHA-256", maskGeneration: "MGF1", maskHash: "SHA-256", saltLength: 32 };
    assert.deepEqual([publicKey.algorithm.pss, signatureAlgorithm.pss], [pss, pss]);
  });

  for (const [name, algorithm] of [
    ["public-ed25519", "Ed25519"],
    ["public-ml-dsa-44", "ML-DSA-44"],
    ["public-slh-dsa-sha2-128f", "SLH-DSA-SHA2-128f"],
    ["public-ml-kem-512", "ML-KEM-512"],
  ] as const) {
    it(`${algorithm}, alone`, () => {
      const der = pemFixture(`containers/${name}.pem`);
      const { key, sha256, keyIdentifier } = decodePublicKey(der);
      assert.ok(key.type === "raw" && key.name === algorithm);
      assert.equal(sha256, createHash("sha256").update(der).digest("hex"));
      assert.equal(keyIdentifier, createHash("sha1").update(Buffer.from(key.value, "hex")).digest("hex"));
    });
  }

  it("PKCS #1 becomes the same as SubjectPublicKeyInfo", () => {
    const wrapped = wrapRsaPublicKey(pemFixture("containers/public-rsa-pkcs1.pem"));
    assert.deepEqual(Buffer.from(wrapped), pemFixture("containers/public-rsa.pem"));
    assert.equal(readContainers(fixture("containers/public-rsa-pkcs1.pem")).objects[0]?.kind, "publicKey");
  });

  it("a damaged key is told as such, and the certificate is read", () => {
    const der = Buffer.from(pemFixture("keys/rsa-1024.pem"));
    const rsaPublicKey = der.indexOf(Buffer.from("30818902818100", "hex"));
    der[rsaPublicKey] = 0x31;
    const { key } = decodeCertificate(der).publicKey;
    assert.ok(key.type === "unreadable" && inEnglish(key.problem ?? "").includes("RSAPublicKey is SET"));
  });
});

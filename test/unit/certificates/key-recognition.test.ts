import assert from "node:assert/strict";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import fc from "fast-check";
import { encodedLines, hasEncodedData, withoutEncodedData } from "../../../src/certificates/containers/encoded-data";
import { findPrivateKey } from "../../../src/certificates/containers/key-structure";
import { findKeyInText, findKeyMaterial } from "../../../src/certificates/containers/key-text";
import { decodeCertificate } from "../../../src/certificates/x509/certificate";
import { orderChain } from "../../../src/certificates/x509/chain";
import { readContainers } from "../../../src/certificates/containers/read";
import { writeInteger, writeOctetString, writeSequence } from "../../../src/certificates/asn1/der-writer";
import { certificatesJson } from "../../../src/certificates/exports/json";
import { chainText } from "../../../src/certificates/exports/text";
import { pemText } from "../../../src/certificates/pem-text";
import { shownFile } from "../../../src/certificates/shown-file";
import { caFixtures, fixture, fixtureNames } from "./fixtures";
import { DSA_KEY } from "./keys/dsa-key";
import { freshKeys } from "../../hostile/key-layouts";

const container = (name: string): Buffer => fixture(`containers/${name}`);

describe("private keys by their structure", () => {
  const keys = freshKeys();
  const encrypted = keys.map(({ key }) =>
    key.export({ format: "der", type: "pkcs8", cipher: "aes-256-cbc", passphrase: "a" }),
  );
  const x25519 = generateKeyPairSync("x25519").privateKey;
  const table: readonly [string, Buffer, boolean][] = [
    ...keys.map(({ name, pkcs8 }): [string, Buffer, boolean] => [`PKCS #8 of ${name}`, pkcs8, false]),
    ...keys.map(({ name, traditional }): [string, Buffer, boolean] => [
      `${name} in its older form`,
      traditional,
      false,
    ]),
    ["PKCS #8 of DSA", DSA_KEY, false],
    ["X25519", x25519.export({ format: "der", type: "pkcs8" }), false],
    ...encrypted.map((der, index): [string, Buffer, boolean] => [`encrypted, ${keys[index]?.name ?? ""}`, der, true]),
    ["PKCS #12", container("aes-rsa.p12"), true],
    ["PKCS #12 in its legacy form", container("legacy-rc2-40.p12"), true],
    ["SEC 1 of a secret alone", writeSequence(writeInteger(1), writeOctetString(randomBytes(32))), false],
    [
      "SEC 1 alone",
      Buffer.from(
        container("private-ec-alone.pem")
          .toString()
          .replace(/-----.*/g, ""),
        "base64",
      ),
      false,
    ],
  ];
  for (const [name, der, isEncrypted] of table) {
    it(`${name}: wherever it begins, and however much of it is cut off`, () => {
      for (let round = 0; round < 20; round++) {
        const before = randomBytes(round * 3);
        const end = Math.ceil(der.length * (1 - round / 400));
        const found = findPrivateKey(Buffer.concat([before, der.subarray(0, end), randomBytes(round)]));
        assert.deepEqual(found, { encrypted: isEncrypted }, `${before.length} before, ${end} of ${der.length}`);
      }
      assert.ok(findKeyInText(`x ${der.toString("base64")}`) !== undefined);
      assert.ok(findKeyMaterial(Buffer.from(Buffer.from(der.toString("hex")).toString("base64"))) !== undefined);
    });
  }

  it("the rest of an RSA key, of which the beginning is lost", () => {
    const [{ traditional } = assert.fail()] = keys;
    // The version, the modulus, the exponent and half of the private exponent.
    assert.deepEqual(findPrivateKey(traditional.subarray(400)), { encrypted: false });
  });

  it("are not seen in what is public", () => {
    for (const { subject, der } of caFixtures()) {
      assert.equal(findPrivateKey(der), undefined, subject);
      assert.equal(findKeyInText(pemText(der)), undefined, subject);
    }
    for (const folder of ["containers", "extensions"]) {
      for (const ending of [".der", ".p7b", ".pem", ".zip"]) {
        for (const name of fixtureNames(folder, ending)) {
          const isKey = name.includes("private");
          assert.equal(findKeyMaterial(fixture(name)) !== undefined, isKey, name);
        }
      }
    }
    for (const { key } of keys) {
      const { pkcs8 } = freshKeys()[0] ?? assert.fail();
      assert.ok(findPrivateKey(pkcs8));
      const { n, x, y } = key.export({ format: "jwk" });
      assert.equal(findKeyInText(JSON.stringify({ kty: "any", n, x, y })), undefined);
    }
  });

  it("are not seen in noise", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => findKeyMaterial(bytes) === undefined),
      { numRuns: 300 },
    );
  });
});

describe("encoded data in text", () => {
  const KEPT: readonly string[] = [
    "subject=/CN=Ä",
    "Bag Attributes\n    friendlyName: www.example.com\n    localKeyID: 01 00 00 00",
    "# Issuer: CN=GlobalSign Root CA O=GlobalSign nv-sa OU=Root CA\n# Subject: CN=GlobalSign",
    "Sectigo Public Server Authentication Root R46",
    "QuoVadis Root CA 2 G3\n=====================",
    "Certificate chain\n 0 s:CN = www.example.com\n   i:C = GB, O = Sectigo Limited, CN = Sectigo RSA DV Secure Server CA",
    "https://crt.sectigo.com/SectigoRSADomainValidationSecureServerCA.crt",
    "request 3f2504e0-4f89-41d3-9a0c-0305e82c3301 failed",
    "The value of the 'loginPassword' argument is invalid!",
    "at Object.<anonymous> (/home/me/.vscode-server/extensions/certificate-collector-0.1.0/dist/chunk-4CVJNZ3O.js:10:2056)",
    "Order #1234567890 of 2026-01-02 03:04:05 from 10.20.30.40",
    "root\nintermediate\nleaf\n",
    "-----BEGIN CERTIFICATE-----",
    "Zertifikat für die Übungsgesellschaft mbH, gültig bis 2027",
    "",
  ];
  for (const text of KEPT) {
    it(`is not: ${text.slice(0, 60)}`, () => {
      assert.equal(withoutEncodedData(text), text);
      assert.equal(hasEncodedData(text), false);
    });
  }

  it("is not looked for, nor shown, behind the first 64 kB", () => {
    assert.equal(withoutEncodedData("a word ".repeat(20_000)).length, 64 * 1024);
    assert.equal(hasEncodedData("a word ".repeat(20_000)), true);
  });

  it("goes, and the words around it stay", () => {
    const [{ pkcs8 } = assert.fail()] = freshKeys();
    const lines = pkcs8.toString("base64").replace(/.{64}/g, "$&\n");
    const count = lines.split("\n").length;
    assert.equal(
      withoutEncodedData(`My server\n${lines}\nsubject=CN = a.example`),
      `My server\n(${count} lines that look like encoded data are not shown)\nsubject=CN = a.example`,
    );
    assert.equal(withoutEncodedData(`Fingerprint: ${pkcs8.toString("hex")}\nName: a`), "Fingerprint: …\nName: a");
    assert.deepEqual(encodedLines(["a word", lines.slice(200, 220), lines.slice(220, 240)]), [false, true, true]);
  });

  it("is found in any lines, at any place, whatever signs stand before it", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 120, maxLength: 400 }),
        fc.integer({ min: 12, max: 90 }),
        fc.constantFrom("", "> ", "  ", "# ", '"', "| "),
        fc.constantFrom("base64", "hex", "base64url"),
        (seed, columns, margin, encoding) => {
          // Random bytes that do not repeat, as a key's do not.
          const bytes = Buffer.from(seed.map((byte, index) => (byte + index * 73 + index * index * 31) & 0xff));
          const encoded = bytes.toString(encoding);
          const text = (encoded.match(new RegExp(`.{1,${columns}}`, "g")) ?? [])
            .map((line) => margin + line)
            .join("\n");
          const left = withoutEncodedData(`Some words.\n${text}\nMore of them.`);
          // A line of sixteen characters may look like words by chance, once in some ten thousand texts.
          return (encoded.match(/.{20}/g) ?? []).every((row) => !left.includes(row));
        },
      ),
      { numRuns: 300 },
    );
  });

  it("costs no more than the text is long", () => {
    for (const text of [
      "a".repeat(64_000),
      "a1".repeat(32_000),
      "A ".repeat(32_000),
      "00:".repeat(21_000),
      "1, ".repeat(21_000),
      " ".repeat(64_000),
      "\n".repeat(64_000),
    ]) {
      assert.equal(typeof withoutEncodedData(text), "string");
    }
    assert.equal(hasEncodedData("a".repeat(65 * 1024)), true);
  });
});

describe("a file whose text may be shown", () => {
  const chain = container("root-first.pem");
  const pem = chain.toString();
  const [{ pkcs8, jwk } = assert.fail()] = freshKeys();
  const base64 = pkcs8.toString("base64").replace(/.{64}/g, "$&\n");
  const certificates = orderChain(
    readContainers(chain).objects.flatMap((object) => (object.kind === "certificate" ? [object.der] : [])),
  ).path.map(({ certificate }) => certificate);
  const table: readonly [string, string | Buffer, boolean][] = [
    ["certificates", pem, true],
    ["certificates with words around them", `# my chain\n${pem}\nend\n`, true],
    ["a request", container("request.pem"), true],
    ["a public key", container("public-rsa.pem"), true],
    ["PKCS #7 in PEM", container("certs-only.p7b"), true],
    ["base64 of a certificate", container("leaf.der").toString("base64"), true],
    ["our JSON", certificatesJson(certificates), true],
    ["our text", chainText(certificates), true],
    ["a configuration", "ssl_certificate /etc/ssl/a.pem;\nssl_certificate_key /etc/ssl/a.key;\n", true],
    ["a private key", container("private-pkcs8.pem"), false],
    ["an encrypted private key", container("private-encrypted.pem"), false],
    ["a key beside certificates", pem + container("private-pkcs8.pem").toString(), false],
    ["a bare key above certificates", `${base64}\n${pem}`, false],
    ["the rest of a key above certificates", `${base64.slice(-600)}\n${pem}`, false],
    ["the rest of a key in a block", `${pem}-----BEGIN X-----\n${base64.slice(-600)}\n-----END X-----\n`, false],
    ["a key behind a certificate in one block", pemText(Buffer.concat([container("leaf.der"), pkcs8])), false],
    [
      "stray bytes behind a certificate in one block",
      pemText(Buffer.concat([container("leaf.der"), pkcs8.subarray(900)])),
      false,
    ],
    ["a damaged certificate", pem.replace("\nMII", "\nM*II"), false],
    ["a JWK", JSON.stringify(jwk), false],
    [
      "our JSON with a key in it",
      certificatesJson(certificates).replace('"version"', `"d": "${base64.slice(400, 464)}", "version"`),
      false,
    ],
    ["our text with the rest of a key in it", `${chainText(certificates)}\n${base64.slice(-600)}`, false],
    ["bytes", container("leaf.der"), false],
  ];
  for (const [name, file, isShown] of table) {
    it(`${name}: ${isShown ? "yes" : "no"}`, () => {
      const bytes = typeof file === "string" ? Buffer.from(file) : file;
      assert.equal(shownFile(bytes), isShown ? bytes.toString() : undefined);
    });
  }

  it("is decoded as before", () => {
    assert.equal(certificates.length, 3);
    for (const certificate of certificates) assert.ok(certificate.publicKey.sha256.length === 64);
    assert.equal(decodeCertificate(container("leaf.der")).subject.text.includes("www.example.test"), true);
  });
});

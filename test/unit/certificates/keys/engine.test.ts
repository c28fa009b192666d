import assert from "node:assert/strict";
import {
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  type KeyObject,
  type KeyPairKeyObjectResult,
} from "node:crypto";
import {
  writeAlgorithm,
  writeBitString,
  writeContext,
  writeInteger,
  writeNull,
  writeObjectIdentifier,
  writeOctetString,
  writeSequence,
  writeUnsignedInteger,
} from "../../../../src/certificates/asn1/der-writer";
import { identifyKeys } from "../../../../src/certificates/checks/private-key";
import {
  importPrivateKey,
  importPublicKey,
  isSignedBy,
  publicKeyInfoOf,
} from "../../../../src/certificates/keys/engine";
import { pemText } from "../../../../src/certificates/pem-text";
import { fixtureNames, pemFixture } from "../fixtures";
import { certificateParts } from "../../../../src/certificates/x509/signed-parts";

const RSA = "1.2.840.113549.1.1.1";
const DSA = "1.2.840.10040.4.1";
const EC = "1.2.840.10045.2.1";
const P256 = "1.2.840.10045.3.1.7";

/** An odd number of so many bits. */
function number(bits: number): Buffer {
  const octets = randomBytes(Math.ceil(bits / 8));
  octets[0] = (octets[0]! | 0x80) >> ((8 - (bits % 8)) % 8);
  octets[octets.length - 1]! |= 1;
  return octets;
}
const ofBits = (bits: number): Buffer => writeUnsignedInteger(number(bits));

const spki = (identifier: Uint8Array, key: Uint8Array): Buffer => writeSequence(identifier, writeBitString(key));
const pkcs8 = (identifier: Uint8Array, key: Uint8Array): Buffer =>
  writeSequence(writeInteger(0), identifier, writeOctetString(key));
const rsaPublic = (modulus: number, exponent: number): Buffer =>
  spki(writeAlgorithm(RSA, writeNull()), writeSequence(ofBits(modulus), ofBits(exponent)));
const rsaPrivate = (modulus: number, exponent = 17, version = 0, other = modulus / 2): Buffer =>
  writeSequence(
    writeInteger(version),
    ofBits(modulus),
    ofBits(exponent),
    ...Array.from({ length: 6 }, () => ofBits(other)),
  );
const dsa = (bits: number): Buffer => writeAlgorithm(DSA, writeSequence(ofBits(bits), ofBits(256), ofBits(bits)));
/** Both OIDs of Diffie-Hellman: PKCS #3's and that of X9.42. */
const dh = (oid: string, bits: number): Buffer => writeAlgorithm(oid, writeSequence(ofBits(bits), ofBits(bits)));
/** The parameters of P-256 written out (SEC 1 appendix C.2), as Explicit in RFC 5480 section 2.1.1 forbids them. */
const written = (bits: number): Buffer =>
  writeSequence(
    writeInteger(1),
    writeSequence(writeObjectIdentifier("1.2.840.10045.1.1"), ofBits(bits)),
    writeSequence(writeOctetString(number(bits)), writeOctetString(number(bits))),
    writeOctetString(Buffer.concat([Buffer.of(4), number(bits), number(bits)])),
    ofBits(bits),
    writeInteger(1),
  );
const sec1 = (secret: Buffer, ...parts: readonly Buffer[]): Buffer =>
  writeSequence(writeInteger(1), writeOctetString(secret), ...parts);

describe("the engine's door for keys", () => {
  describe("lets a public key in", () => {
    const table: readonly (readonly [string, () => KeyObject])[] = [
      ["RSA", () => generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey],
      ["RSA for PSS alone", () => generateKeyPairSync("rsa-pss", { modulusLength: 1024 }).publicKey],
      [
        "RSA-PSS with parameters",
        () =>
          generateKeyPairSync("rsa-pss", { modulusLength: 1024, hashAlgorithm: "sha256", mgf1HashAlgorithm: "sha256" })
            .publicKey,
      ],
      ...["P-256", "P-384", "P-521", "secp256k1"].map(
        (namedCurve) => [namedCurve, () => generateKeyPairSync("ec", { namedCurve }).publicKey] as const,
      ),
      ["Ed25519", () => generateKeyPairSync("ed25519").publicKey],
      ["Ed448", () => generateKeyPairSync("ed448").publicKey],
      ["X25519", () => generateKeyPairSync("x25519").publicKey],
    ];
    for (const [what, make] of table)
      it(what, () => {
        const key = make();
        const info = key.export({ format: "der", type: "spki" });
        const imported = importPublicKey(info);
        assert.ok(imported?.equals(key) === true);
        assert.deepEqual(imported.export({ format: "der", type: "spki" }), info);
      });

    it("of the largest sizes", () => {
      for (const key of [rsaPublic(16_384, 64), rsaPublic(16_384, 17), rsaPublic(3072, 3072)]) {
        assert.equal(importPublicKey(key)?.asymmetricKeyType, "rsa");
      }
    });

    it("and nothing that stands behind it, which was not measured", () => {
      const info = rsaPublic(1024, 17);
      const key = writeBitString(info.subarray(-pkcs1Of(info).length));
      const [one, other] = [
        info,
        writeSequence(writeAlgorithm(RSA, writeNull()), key, writeOctetString(number(80_000))),
      ].map(importPublicKey);
      assert.ok(one !== undefined && other?.equals(one) === true);
    });

    it("whose NULL is missing, as the key that it is", () => {
      const info = rsaPublic(1024, 17);
      const bare = spki(writeAlgorithm(RSA), info.subarray(-pkcs1Of(info).length));
      const [one, other] = [importPublicKey(info), importPublicKey(bare)];
      assert.ok(one !== undefined && other?.equals(one) === true);
    });
  });

  describe("keeps a public key out", () => {
    const point = Buffer.concat([Buffer.of(4), number(256), number(256)]);
    const table: readonly (readonly [string, Buffer])[] = [
      ["DSA of 32,768 bits", spki(dsa(32_768), ofBits(32_768))],
      ["DSA of a usual size", spki(dsa(2048), ofBits(2048))],
      ["Diffie-Hellman of PKCS #3", spki(dh("1.2.840.113549.1.3.1", 2048), ofBits(2048))],
      ["Diffie-Hellman of X9.42", spki(dh("1.2.840.10046.2.1", 2048), ofBits(2048))],
      ["RSA beyond 16,384 bits", rsaPublic(16_392, 17)],
      ["RSA of a million bits", rsaPublic(1_000_000, 17)],
      ["a long exponent of a long modulus", rsaPublic(4096, 72)],
      ["an exponent longer than its modulus", rsaPublic(1024, 1032)],
      [
        "a negative modulus",
        spki(writeAlgorithm(RSA, writeNull()), writeSequence(Buffer.from("0281ff", "hex"), writeInteger(3))),
      ],
      ["no modulus", spki(writeAlgorithm(RSA, writeNull()), writeSequence(writeInteger(0), writeInteger(3)))],
      ["a curve that is written out", spki(writeAlgorithm(EC, written(256)), point)],
      ["a curve of 100,000 bits that is written out", spki(writeAlgorithm(EC, written(100_000)), number(200_008))],
      ["an unknown curve", spki(writeAlgorithm(EC, writeObjectIdentifier("1.2.3.4")), point)],
      [
        "a point longer than its curve has",
        spki(writeAlgorithm(EC, writeObjectIdentifier(P256)), Buffer.concat([point, point])),
      ],
      ["a key of bytes that is too long", spki(writeAlgorithm("1.3.101.112"), Buffer.alloc(10_000))],
      ["parameters that are too long", spki(writeAlgorithm(EC, writeOctetString(Buffer.alloc(1000))), point)],
      ["an unknown algorithm", spki(writeAlgorithm("1.2.3.4.5"), Buffer.alloc(32))],
      ["something else", Buffer.from("nothing")],
    ];
    for (const [what, key] of table) it(what, () => assert.equal(importPublicKey(key), undefined));
  });

  it("tells of the fixtures' keys which kinds it lets in", () => {
    const out = fixtureNames("keys", ".pem").filter(
      (name) => importPublicKey(certificateParts(pemFixture(name)).publicKeyInfo) === undefined,
    );
    assert.deepEqual(
      out.map((name) => name.replace(/^.*\/|\.pem$/g, "")),
      ["dsa"],
    );
  });

  describe("lets a private key in, in each of its forms", () => {
    const pss = { modulusLength: 1024, hashAlgorithm: "sha256", mgf1HashAlgorithm: "sha256" };
    const pairs: readonly (readonly [string, () => KeyPairKeyObjectResult])[] = [
      ["rsa", () => generateKeyPairSync("rsa", { modulusLength: 1024 })],
      ["rsa-pss", () => generateKeyPairSync("rsa-pss", pss)],
      ["ec", () => generateKeyPairSync("ec", { namedCurve: "P-521" })],
      ["ed448", () => generateKeyPairSync("ed448")],
      ["x25519", () => generateKeyPairSync("x25519")],
    ];
    for (const [kind, make] of pairs)
      it(kind, () => {
        const { privateKey, publicKey } = make();
        const types = { rsa: ["pkcs8", "pkcs1"], ec: ["pkcs8", "sec1"] } as const;
        for (const type of kind === "rsa" || kind === "ec" ? types[kind] : (["pkcs8"] as const)) {
          const der = privateKey.export({ format: "der", type });
          const before = Buffer.from(der);
          const imported = importPrivateKey(der);
          assert.ok(imported?.equals(privateKey) === true, type);
          assert.deepEqual(publicKeyInfoOf(imported), publicKey.export({ format: "der", type: "spki" }));
          assert.deepEqual(der, before);
        }
      });

    it("of the largest size", () => assert.equal(importPrivateKey(rsaPrivate(16_384))?.asymmetricKeyType, "rsa"));

    it("without its public half", () => {
      const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
      const { d } = privateKey.export({ format: "jwk" });
      const named = writeContext(0, writeObjectIdentifier(P256));
      assert.ok(importPrivateKey(sec1(Buffer.from(d ?? "", "base64url"), named))?.equals(privateKey));
    });
  });

  describe("keeps a private key out, and says that it cannot be read", () => {
    const table: readonly (readonly [string, string, Buffer])[] = [
      ["DSA of 32,768 bits, whose public half takes an engine 20 s", "PRIVATE KEY", pkcs8(dsa(32_768), ofBits(32_768))],
      [
        "DSA in OpenSSL's own form",
        "DSA PRIVATE KEY",
        writeSequence(writeInteger(0), ...[32_768, 256, 32_768, 32_768, 32_768].map(ofBits)),
      ],
      ["Diffie-Hellman of PKCS #3", "PRIVATE KEY", pkcs8(dh("1.2.840.113549.1.3.1", 8192), ofBits(8192))],
      ["Diffie-Hellman of X9.42", "PRIVATE KEY", pkcs8(dh("1.2.840.10046.2.1", 8192), ofBits(8192))],
      ["RSA beyond 16,384 bits", "RSA PRIVATE KEY", rsaPrivate(20_000)],
      ["RSA beyond 16,384 bits in PKCS #8", "PRIVATE KEY", pkcs8(writeAlgorithm(RSA, writeNull()), rsaPrivate(20_000))],
      ["RSA with more than two primes", "RSA PRIVATE KEY", rsaPrivate(2048, 17, 1)],
      ["RSA whose numbers are longer than its modulus", "RSA PRIVATE KEY", rsaPrivate(2048, 17, 0, 100_000)],
      ["a curve written out in the key", "EC PRIVATE KEY", sec1(number(256), writeContext(0, written(256)))],
      [
        "a curve written out in the key, and named around it",
        "PRIVATE KEY",
        pkcs8(writeAlgorithm(EC, writeObjectIdentifier(P256)), sec1(number(256), writeContext(0, written(256)))),
      ],
      [
        "a secret longer than its curve",
        "EC PRIVATE KEY",
        sec1(number(100_000), writeContext(0, writeObjectIdentifier(P256))),
      ],
      ["an unknown algorithm", "PRIVATE KEY", pkcs8(writeAlgorithm("1.2.3.4"), Buffer.alloc(32))],
    ];
    for (const [what, label, key] of table)
      it(what, () => {
        assert.equal(importPrivateKey(key), undefined);
        assert.deepEqual(identifyKeys(Buffer.from(pemText(key, label))), [{ state: "unreadable" }]);
      });
  });

  it("has signatures checked outside the thread that asks", async () => {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const signature = sign("sha256", Buffer.from("words"), privateKey);
    const answer = isSignedBy(publicKey, "sha256", Buffer.from("words"), signature);
    const first = await Promise.race([answer.then(() => "answer"), Promise.resolve("thread")]);
    assert.deepEqual([first, await answer], ["thread", true]);
    assert.equal(await isSignedBy(publicKey, "sha256", Buffer.from("other"), signature), false);
    await assert.rejects(isSignedBy(publicKey, "no-such-hash", Buffer.from("words"), signature));
  });
});

/** The bytes of an RSA key's subjectPublicKey. */
function pkcs1Of(info: Buffer): Buffer {
  const key = createPublicKey({ key: info, format: "der", type: "spki" });
  return key.export({ format: "der", type: "pkcs1" });
}

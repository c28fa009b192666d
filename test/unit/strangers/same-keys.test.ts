import assert from "node:assert/strict";
import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, type KeyObject } from "node:crypto";
import { decodeCertificate } from "../../../src/certificates/x509/certificate";
import { orderChain } from "../../../src/certificates/x509/chain";
import { compareWithServed } from "../../../src/certificates/checks/live-host";
import { compareWithOrder } from "../../../src/certificates/checks/ordered";
import { identifyKeys, openPrivateKey } from "../../../src/certificates/checks/private-key";
import { readElement } from "../../../src/certificates/asn1/der";
import { DerError } from "../../../src/certificates/asn1/der-error";
import { readPem } from "../../../src/certificates/containers/pem";
import { Tag } from "../../../src/certificates/asn1/tag";
import {
  writeAlgorithm,
  writeBitString,
  writeContext,
  writeElement,
  writeInteger,
  writeNull,
  writeObjectIdentifier,
  writeOctetString,
  writeSequence,
} from "../../../src/certificates/asn1/der-writer";
import { compareCertificates } from "../../../src/certificates/exports/compare";
import { profileFiles } from "../../../src/certificates/exports/profile-files";
import { writePkcs12 } from "../../../src/certificates/pkcs12/write";
import { CURVES } from "../../../src/certificates/keys/algorithm-names";
import { CURVE_EQUATIONS, isOnCurve } from "../../../src/certificates/keys/curve-equation";
import { curveOfParameters } from "../../../src/certificates/keys/curve-parameters";
import { importPrivateKey, importPublicKey } from "../../../src/certificates/keys/engine";
import { isSameKey, keyIdentity } from "../../../src/certificates/keys/key-identity";
import { uncompressedPoint } from "../../../src/certificates/keys/point";
import { decodePublicKey, type PublicKey } from "../../../src/certificates/keys/public-key";
import { leafKeyOf, readKeyFiles } from "../../../src/reading/key-files";
import { hasOpenssl, openssl } from "../certificates/exports/openssl";
import { pemFixture } from "../certificates/fixtures";
import { certificateParts } from "../../../src/certificates/x509/signed-parts";
import { strangersFile } from "./cases";
import { inEnglish } from "../../../src/words/localize";

const RSA_ENCRYPTION = "1.2.840.113549.1.1.1";
const RSASSA_PSS = "1.2.840.113549.1.1.10";
const EC_PUBLIC_KEY = "1.2.840.10045.2.1";

const spki = (key: KeyObject): Buffer => createPublicKey(key).export({ format: "der", type: "spki" });
/** AlgorithmIdentifier and the bits of a SubjectPublicKeyInfo. */
function partsOf(info: Buffer) {
  const parts = readElement(info, Tag.SEQUENCE, "SubjectPublicKeyInfo").open();
  return { identifier: parts.next().bytes, bits: parts.next().bits().bytes };
}

const hex = (digits: string): Buffer => Buffer.from(digits, "hex");
const rsa = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey;
const otherRsa = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey;
const rsaBits = partsOf(spki(rsa)).bits;
const [modulus, exponent] = (() => {
  const numbers = readElement(rsaBits, Tag.SEQUENCE, "RSAPublicKey").open();
  return [numbers.next().content, numbers.next().content] as const;
})();
const padded = (number: Buffer): Buffer => writeElement(Tag.INTEGER, Buffer.alloc(3), number);
const rsaInfo = (identifier: Buffer, bits = rsaBits): Buffer => writeSequence(identifier, writeBitString(bits));
const pss = (hashOid: string): Buffer =>
  writeAlgorithm(RSASSA_PSS, writeSequence(writeContext(0, writeAlgorithm(hashOid, writeNull()))));

/** The curve of a name of OpenSSL, and a key on it. */
function curve(name: string, oid: string) {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: name });
  const { bits: point } = partsOf(spki(privateKey));
  // Not every engine writes the hybrid form (SEC 1 section 2.3.3 has neither), and the arithmetic is that of one bit.
  const [isOdd, half] = [(point.at(-1) ?? 0) & 1, (point.length + 1) / 2];
  const info = (bits: Uint8Array, parameters = writeObjectIdentifier(oid)) =>
    writeSequence(writeAlgorithm(EC_PUBLIC_KEY, parameters), writeBitString(bits));
  return {
    privateKey,
    point,
    info,
    compressed: Buffer.concat([Buffer.of(2 + isOdd), point.subarray(1, half)]),
    hybrid: Buffer.concat([Buffer.of(6 + isOdd), point.subarray(1)]),
  };
}

const P256 = curve("prime256v1", "1.2.840.10045.3.1.7");
/** SpecifiedECDomain, as OpenSSL writes it; the base point in the form that is given. */
const writtenOut = (name: string, form = "uncompressed"): Buffer =>
  readPem(openssl(Buffer.alloc(0), "ecparam", "-name", name, "-param_enc", "explicit", "-conv_form", form).output)
    .blocks[0]?.bytes ?? assert.fail(name);

const identity = (info: Uint8Array): string => keyIdentity(decodePublicKey(info));

describe("keys are compared as keys: of one key", () => {
  const usual = rsaInfo(writeAlgorithm(RSA_ENCRYPTION, writeNull()));
  const same: readonly [string, Buffer, Buffer][] = [
    ["RSA without NULL", usual, rsaInfo(writeAlgorithm(RSA_ENCRYPTION))],
    [
      "leading zeros",
      usual,
      rsaInfo(writeAlgorithm(RSA_ENCRYPTION, writeNull()), writeSequence(padded(modulus), padded(exponent))),
    ],
    ["PSS with and without restrictions", rsaInfo(writeAlgorithm(RSASSA_PSS)), rsaInfo(pss("2.16.840.1.101.3.4.2.1"))],
    ["a compressed point", P256.info(P256.point), P256.info(P256.compressed)],
    ["a hybrid point", P256.info(P256.point), P256.info(P256.hybrid)],
    ["Ed25519 with NULL", ...edwards()],
  ];
  for (const [what, one, other] of same)
    it(what, () => {
      assert.notDeepEqual(one, other);
      assert.equal(identity(one), identity(other));
      assert.ok(isSameKey(decodePublicKey(one), decodePublicKey(other)));
    });

  function edwards(): [Buffer, Buffer] {
    const info = spki(generateKeyPairSync("ed25519").privateKey);
    return [info, writeSequence(writeAlgorithm("1.3.101.112", writeNull()), writeBitString(partsOf(info).bits))];
  }

  it("of which the usual encoding has its own hash", () => {
    const keys = [rsa, P256.privateKey, generateKeyPairSync("ed25519").privateKey].map(spki);
    const kept = ["dsa", "ed448", "brainpool"].map(
      (name) => certificateParts(pemFixture(`keys/${name}.pem`)).publicKeyInfo,
    );
    for (const info of [...keys, ...kept]) assert.equal(identity(info), hash("sha256", info));
  });
});

describe("keys are compared as keys: not of two", () => {
  const other = curve("prime256v1", "1.2.840.10045.3.1.7");
  const onCurve = P256.point;
  const offCurve = Buffer.from(onCurve);
  // The same parity, and no point of the curve any more.
  offCurve[40] = (offCurve[40] ?? 0) ^ 4;
  const mirrored = Buffer.from(P256.compressed);
  mirrored[0] = (mirrored[0] ?? 0) ^ 1;
  const table: readonly [string, Buffer, Buffer][] = [
    ["RSA", spki(rsa), spki(otherRsa)],
    ["RSA and PSS", rsaInfo(writeAlgorithm(RSA_ENCRYPTION, writeNull())), rsaInfo(writeAlgorithm(RSASSA_PSS))],
    [
      "another exponent",
      spki(rsa),
      rsaInfo(writeAlgorithm(RSA_ENCRYPTION, writeNull()), writeSequence(writeElement(2, modulus), writeInteger(3))),
    ],
    ["EC", P256.info(onCurve), other.info(other.point)],
    ["EC, compressed", P256.info(onCurve), other.info(other.compressed)],
    ["the other point with that x", P256.info(onCurve), P256.info(mirrored)],
    ["a point that is not on the curve", P256.info(onCurve), P256.info(offCurve)],
    ["two curves of one size", P256.info(onCurve), P256.info(onCurve, writeObjectIdentifier("1.3.132.0.10"))],
    ["unknown algorithms", rsaInfo(writeAlgorithm("1.2.3")), rsaInfo(writeAlgorithm("1.2.4"))],
    // 1.2.3 and 1.2.4294967299.
    ["unknown algorithms of long numbers", rsaInfo(writeAlgorithm("1.2.3")), rsaInfo(hex("300806062a9080808003"))],
  ];
  for (const [what, one, two] of table)
    it(what, () => {
      assert.notEqual(identity(one), identity(two));
      assert.ok(!isSameKey(decodePublicKey(one), decodePublicKey(two)));
    });

  it("as OpenSSL keeps RSA and PSS apart", function () {
    if (!hasOpenssl) this.skip();
    const { privateKey } = generateKeyPairSync("rsa-pss", { modulusLength: 1024 });
    const made = openssl(
      Buffer.from(privateKey.export({ format: "pem", type: "pkcs8" }).toString()),
      ...["req", "-x509", "-key", "FILE", "-subj", "/CN=a.test", "-days", "2"],
    );
    assert.ok(made.ok, made.output);
    const plain = createPrivateKey({
      key: rewrapped(privateKey.export({ format: "der", type: "pkcs8" })),
      format: "der",
      type: "pkcs8",
    });
    const both = Buffer.from(made.output + plain.export({ format: "pem", type: "pkcs8" }).toString());
    const { ok, output } = openssl(
      both,
      "pkcs12",
      "-export",
      "-in",
      "FILE",
      "-inkey",
      "FILE",
      "-passout",
      "pass:secret",
    );
    assert.ok(!ok, output);
    const certificate = decodeCertificate(readPem(made.output).blocks[0]?.bytes ?? Buffer.alloc(0));
    assert.notEqual(identity(spki(plain)), keyIdentity(certificate.publicKey));
    assert.equal(identity(spki(privateKey)), keyIdentity(certificate.publicKey));
  });

  /** A PKCS #8 of RSASSA-PSS as one of rsaEncryption. */
  function rewrapped(pkcs8: Buffer): Buffer {
    const parts = readElement(pkcs8, Tag.SEQUENCE, "PKCS #8").open();
    parts.next();
    parts.next();
    return writeSequence(writeInteger(0), writeAlgorithm(RSA_ENCRYPTION, writeNull()), parts.next().bytes);
  }
});

describe("curves that are written out", () => {
  before(function () {
    if (!hasOpenssl) this.skip();
  });

  const names: Readonly<Partial<Record<string, string>>> = {
    ...{
      "P-192": "prime192v1",
      "P-224": "secp224r1",
      "P-256": "prime256v1",
      "P-384": "secp384r1",
      "P-521": "secp521r1",
    },
    sm2p256v1: "SM2",
  };
  for (const [oid, { name }] of CURVES)
    if (!name.startsWith("sect"))
      it(`are known as those with a name: ${name}`, () => {
        for (const form of ["uncompressed", "compressed", "hybrid"]) {
          const parameters = readElement(writtenOut(names[name] ?? name, form), Tag.SEQUENCE, "curve");
          assert.equal(curveOfParameters(parameters), oid);
        }
      });

  // None of these forms is of the engine, which may lack the curve.
  for (const [oid, { name, bits }] of CURVES)
    if (CURVE_EQUATIONS.has(name) && name !== "P-224")
      it(`have points that are one key in each form: ${name}`, () => {
        const forms = ["uncompressed", "compressed", "hybrid"].map((form) => {
          const parts = readElement(writtenOut(names[name] ?? name, form), Tag.SEQUENCE, "curve").open();
          for (let skipped = 0; skipped < 3; skipped++) parts.next();
          return parts.expect(Tag.OCTET_STRING, "base").octets();
        });
        const [usual = "", ...others] = forms.map((point) => point.toString("hex"));
        // The other point with that x.
        const digits = 2 * Math.ceil(bits / 8);
        const [x, y] = [usual.slice(2, 2 + digits), BigInt(`0x${usual.slice(2 + digits)}`)] as const;
        const mirrored = ((CURVE_EQUATIONS.get(name)?.p ?? 0n) - y).toString(16).padStart(digits, "0");
        const isOdd = Number(y % 2n);
        const table: readonly (readonly [string, string])[] = [
          ...others.map((form) => [form, `04${x}${usual.slice(2 + digits)}`] as const),
          [`0${3 - isOdd}${x}`, `04${x}${mirrored}`],
          [`0${7 - isOdd}${x}${mirrored}`, `04${x}${mirrored}`],
          // The parity of the other one, no point at all, and too little.
          ...[
            `0${7 - isOdd}${usual.slice(2)}`,
            `06${"0".repeat(2 * digits)}`,
            `02${"f".repeat(digits)}`,
            "00",
            "02",
          ].map((form) => [form, form] as const),
        ];
        for (const [form, point] of table) assert.equal(uncompressedPoint(oid, form), point, form);
        // About half of all x have no point.
        for (let small = 1; small <= 16; small++) {
          const form = `02${small.toString(16).padStart(digits, "0")}`;
          const point = uncompressedPoint(oid, form);
          const found = BigInt(`0x0${point.slice(2 + digits)}`);
          assert.ok(point === form || isOnCurve(CURVE_EQUATIONS.get(name)!, BigInt(small), found), point);
        }
      });

  it("but for one byte are not", () => {
    // This one has no seed; what follows the order is the cofactor.
    const whole = writtenOut("brainpoolP256r1");
    const known = (bytes: Buffer): string | undefined => {
      try {
        return curveOfParameters(readElement(bytes, Tag.SEQUENCE, "curve"));
      } catch (error) {
        assert.ok(error instanceof DerError);
        return undefined;
      }
    };
    assert.notEqual(known(whole), undefined);
    for (let at = 0; at < whole.length - 3; at++) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 4;
      assert.equal(known(changed), undefined, String(at));
    }
  });

  for (const name of ["prime256v1", "secp521r1", "brainpoolP512r1"])
    it(`make one key with a named one, public and private, which the engine gets by its name: ${name}`, async () => {
      const oid = [...CURVES].find(([, each]) => (names[each.name] ?? each.name) === name)?.[0] ?? assert.fail();
      const key = curve(name, oid);
      const parameters = writtenOut(name);
      const explicit = key.info(key.compressed, parameters);
      assert.equal(identity(explicit), identity(key.info(key.point)));
      assert.ok(importPublicKey(explicit)?.equals(createPublicKey(key.privateKey)));
      const sec1 = key.privateKey.export({ format: "der", type: "sec1" });
      const secret = readElement(sec1, Tag.SEQUENCE, "ECPrivateKey").open();
      const [version, scalar] = [secret.next().bytes, secret.next().bytes];
      const forms = [
        writeSequence(version, scalar, writeContext(0, parameters)),
        writeSequence(
          writeInteger(0),
          writeAlgorithm(EC_PUBLIC_KEY, parameters),
          writeOctetString(writeSequence(version, scalar)),
        ),
      ];
      for (const der of forms) {
        assert.ok(importPrivateKey(der)?.equals(key.privateKey));
        assert.equal((await openPrivateKey(der, identity(explicit))).state, "opened");
      }
    });
});

describe("a private key is found by its key", () => {
  const certificateOf = (name: string) =>
    decodeCertificate(readPem(strangersFile(name).toString("latin1")).blocks[0]?.bytes ?? assert.fail(name));

  for (const [name, key] of [
    ["nonull.pem", "k8.key"],
    ["compressed.pem", "p256.key"],
  ] as const)
    it(`belongs, wherever keys are compared: ${name} and ${key}`, async () => {
      const certificate = certificateOf(name);
      const bytes = strangersFile(key);
      const wanted = keyIdentity(certificate.publicKey);
      const path = orderChain([readPem(strangersFile(name).toString("latin1")).blocks[0]?.bytes ?? assert.fail()]).path;
      const opened = await openPrivateKey(bytes, wanted);
      assert.ok(opened.state === "opened");
      assert.equal(leafKeyOf(path.map(({ der }) => der))?.identity, wanted);
      const [found] = readKeyFiles([bytes])[0]?.keys ?? [];
      assert.ok(found?.state === "readable" && found.keyIdentity === wanted);
      const comparison = compareWithOrder(certificate, { keys: [{ file: key, key: found }] });
      assert.equal(comparison.find(({ aspect }) => aspect === "privateKey")?.result, "matches");
      // The checks of the exports.
      assert.equal((await profileFiles("nginx", { path, key: opened.key })).length, 2);
      assert.ok((await writePkcs12(path, { key: opened.key, password: "secret" })).length > 0);
      await assert.rejects(writePkcs12(path, { key: otherRsa, password: "secret" }), { code: "wrong-key" });
      assert.deepEqual(
        identifyKeys(bytes).map(({ state }) => state),
        ["readable"],
      );
    });

  it("a certificate request, the certificate before and that of a server are compared so too", () => {
    const certificate = certificateOf("compressed.pem");
    const encodedOtherwise: PublicKey = decodePublicKey(P256.info(P256.point));
    const before = { ...certificate, publicKey: encodedOtherwise };
    const after = { ...certificate, publicKey: decodePublicKey(P256.info(P256.compressed)) };
    assert.ok(compareCertificates(before, after).keyKept);
    assert.ok(!compareCertificates(before, certificate).keyKept);
    const results = compareWithOrder(after, {
      previous: before,
      requests: [{ file: "a.csr", keyIdentity: keyIdentity(encodedOtherwise) }],
    });
    assert.deepEqual(
      results.flatMap(({ aspect, result }) => (/previousKey|request/.test(aspect) ? [result] : [])),
      ["matches", "matches"],
    );
  });

  it("and what a server shows with the same key says so", () => {
    const der = readPem(strangersFile("nonull.pem").toString("latin1")).blocks[0]?.bytes ?? assert.fail();
    const [member] = orderChain([der]).path;
    assert.ok(member);
    const privateKey = importPrivateKey(
      readPem(strangersFile("k8.key").toString("latin1")).blocks[0]?.bytes ?? Buffer.alloc(0),
    );
    assert.ok(privateKey);
    const collected = orderChain([der]);
    const usual = {
      ...member.certificate,
      publicKey: decodePublicKey(spki(privateKey)),
      fingerprints: { sha1: "00", sha256: "00" },
    };
    const check = compareWithServed(
      { ...collected, path: [{ ...member, certificate: usual }] },
      { host: "case.example.test", port: 443 },
      { kind: "served", certificates: [der], address: "192.0.2.1", protocol: "TLSv1.3" },
    );
    assert.equal(check.state, "other");
    assert.match(inEnglish(check.messages[0] ?? ""), /with the same key/);
  });
});

import assert from "node:assert/strict";
import { createCipheriv, createHmac, generateKeyPairSync, hash, pbkdf2Sync } from "node:crypto";
import rc2 from "node-forge/lib/rc2.js";
import util from "node-forge/lib/util.js";
import { openPrivateKey } from "../../src/certificates/checks/private-key";
import {
  writeAlgorithm,
  writeContext,
  writeInteger,
  writeNull,
  writeObjectIdentifier,
  writeOctetString,
  writeSequence,
} from "../../src/certificates/asn1/der-writer";
import { bmpPassword, deriveKey, DerivationPurpose, SHA1 } from "../../src/certificates/pkcs12/key-derivation";
import { openPkcs12 } from "../../src/certificates/pkcs12/open";
import { HashBudget, MAX_HASHES } from "../../src/certificates/pkcs12/password";
import { decryptRc2 } from "../../src/certificates/pkcs12/rc2";
import { inEnglish } from "../../src/words/localize";

const PASSWORD = "secret";
const SALT = Buffer.from("8 bytes.");
const { privateKey: KEY, publicKey } = generateKeyPairSync("ed25519");
const PUBLIC_SHA256 = hash("sha256", publicKey.export({ format: "der", type: "spki" }));
const PKCS8 = KEY.export({ format: "der", type: "pkcs8" });

const DATA = "1.2.840.113549.1.7.1";
const SHA1_OID = "1.3.14.3.2.26";
const SHA256_OID = "2.16.840.1.101.3.4.2.1";
const AES_256 = "2.16.840.1.101.3.4.1.42";
const HMAC_SHA1 = "1.2.840.113549.2.7";
const HMAC_SHA256 = "1.2.840.113549.2.9";
const TRIPLE_DES = "1.2.840.113549.1.12.1.3";
const DOUBLE_DES = "1.2.840.113549.1.12.1.4";

const pbkdf2 = (rounds: number, prf: string, ...length: readonly Buffer[]): Buffer =>
  writeAlgorithm(
    "1.2.840.113549.1.5.12",
    writeSequence(writeOctetString(SALT), writeInteger(rounds), ...length, writeAlgorithm(prf, writeNull())),
  );
const pbes2 = (derivation: Buffer): Buffer =>
  writeAlgorithm(
    "1.2.840.113549.1.5.13",
    writeSequence(derivation, writeAlgorithm(AES_256, writeOctetString(Buffer.alloc(16)))),
  );
const pbe = (oid: string, rounds: number, salt = SALT): Buffer =>
  writeAlgorithm(oid, writeSequence(writeOctetString(salt), writeInteger(rounds)));

/** EncryptedPrivateKeyInfo. */
const locked = (scheme: Buffer, data = Buffer.alloc(48)): Buffer => writeSequence(scheme, writeOctetString(data));
const bag = (key: Buffer): Buffer =>
  writeSequence(writeObjectIdentifier("1.2.840.113549.1.12.10.1.2"), writeContext(0, key));
const content = (...bags: readonly Buffer[]): Buffer =>
  writeSequence(writeSequence(writeObjectIdentifier(DATA), writeContext(0, writeOctetString(writeSequence(...bags)))));
const pfx = (inside: Buffer, ...mac: readonly Buffer[]): Buffer =>
  writeSequence(
    writeInteger(3),
    writeSequence(writeObjectIdentifier(DATA), writeContext(0, writeOctetString(inside))),
    ...mac,
  );

/** The authentication code of a file, by PKCS #12's own derivation. */
async function macOf(inside: Buffer, rounds: number): Promise<Buffer> {
  const key = await deriveKey(SHA1, bmpPassword(PASSWORD), SALT, rounds, DerivationPurpose.MAC_KEY, 20);
  const digest = createHmac("sha1", key).update(inside).digest();
  return writeSequence(
    writeSequence(writeAlgorithm(SHA1_OID), writeOctetString(digest)),
    writeOctetString(SALT),
    writeInteger(rounds),
  );
}

function pbmac1(inside: Buffer, key: Buffer, derivation: Buffer): Buffer {
  const scheme = writeAlgorithm("1.2.840.113549.1.5.14", writeSequence(derivation, writeAlgorithm(HMAC_SHA256)));
  const digest = createHmac("sha256", key).update(inside).digest();
  return writeSequence(writeSequence(scheme, writeOctetString(digest)), writeOctetString(SALT), writeInteger(1));
}

const open = (der: Buffer, password = PASSWORD) => openPkcs12(der, password, { path: [], offset: 0, length: 0 });
const stateOf = async (key: Buffer) => (await openPrivateKey(key, PUBLIC_SHA256, PASSWORD)).state;

describe("the work that a protected file may ask for", () => {
  it("is a million rounds, and many more", async () => {
    const key = pbkdf2Sync(PASSWORD, SALT, 1_000_000, 32, "sha256");
    const cipher = createCipheriv("aes-256-cbc", key, Buffer.alloc(16));
    const data = Buffer.concat([cipher.update(PKCS8), cipher.final()]);
    assert.equal(await stateOf(locked(pbes2(pbkdf2(1_000_000, HMAC_SHA256)), data)), "opened");
  }).timeout(20_000);

  describe("is counted in hashes, before they are computed", () => {
    const half = MAX_HASHES / 2;
    const table: [string, Buffer][] = [
      ["two for each round of HMAC", pbkdf2(half + 1, HMAC_SHA256)],
      ["two for each of the blocks that make a key", pbkdf2(half / 2 + 1, HMAC_SHA1)],
      ["the blocks that the file asks for", pbkdf2(half / 4 + 1, HMAC_SHA1, writeInteger(64))],
    ];
    for (const [what, derivation] of table)
      it(what, async () => {
        await assert.rejects(open(pfx(content(bag(locked(pbes2(derivation)))))), { code: "limit" });
        assert.equal(await stateOf(locked(pbes2(derivation))), "closed");
        // The code's key is derived first.
        await assert.rejects(open(pfx(content(), pbmac1(content(), SALT, derivation))), { code: "limit" });
      });

    const own: [string, Buffer][] = [
      ["one for each round of PKCS #12's own", pbe(DOUBLE_DES, MAX_HASHES + 1)],
      ["and for each block of the key", pbe(TRIPLE_DES, half + 1)],
    ];
    for (const [what, scheme] of own)
      it(what, async () => {
        await assert.rejects(open(pfx(content(bag(locked(scheme))))), { code: "limit" });
        assert.equal(await stateOf(locked(scheme)), "closed");
      });

    it("those of the authentication code", async () => {
      const mac = writeSequence(
        writeSequence(writeAlgorithm(SHA256_OID), writeOctetString(Buffer.alloc(32))),
        writeOctetString(SALT),
        writeInteger(MAX_HASHES + 1),
      );
      await assert.rejects(open(pfx(content(), mac)), { code: "limit" });
    });

    it("all of a file together", async () => {
      // Without the code this would be just as many as are computed.
      const inside = content(bag(locked(pbes2(pbkdf2(half, HMAC_SHA256)))));
      await assert.rejects(open(pfx(inside, await macOf(inside, 2))), { code: "limit" });
      // A bag of one round before it, which a wrong padding would end.
      const cipher = createCipheriv("aes-256-cbc", pbkdf2Sync(PASSWORD, SALT, 1, 32, "sha256"), Buffer.alloc(16));
      const first = bag(locked(pbes2(pbkdf2(1, HMAC_SHA256)), Buffer.concat([cipher.update(PKCS8), cipher.final()])));
      const second = bag(locked(pbes2(pbkdf2(half, HMAC_SHA256))));
      const { objects, damage } = await open(pfx(content(first, second)));
      // The first opens, and the second is named: it stays closed.
      assert.equal(objects.length, 2);
      assert.deepEqual(
        damage.map(({ code, message }) => [code, inEnglish(message).includes("more work than is allowed here")]),
        [["encrypted", true]],
      );
      assert.deepEqual((await open(pfx(content(first)))).objects.length, 1);
    });

    it("up to the last", () => {
      const budget = new HashBudget();
      const spend = (hashes: number): void => budget.spend({ hashes, asked: "" });
      spend(MAX_HASHES - 1);
      spend(1);
      assert.throws(() => spend(1), { code: "limit" });
    });
  });

  it("is named with its rounds and the way out", async () => {
    await assert.rejects(open(pfx(content(bag(locked(pbe(TRIPLE_DES, 123_456_789)))))), {
      code: "limit",
      message: /asks for 123,456,789 rounds .*openssl pkcs12 -in FILE -out NEW\.pem/,
    });
  });

  it("is not more by the length of a salt, which is hashed in the first round alone", async () => {
    const long = Buffer.alloc(1025);
    await assert.rejects(open(pfx(content(bag(locked(pbe(TRIPLE_DES, 1, long)))))), { code: "damaged" });
    const mac = writeSequence(
      writeSequence(writeAlgorithm(SHA1_OID), writeOctetString(Buffer.alloc(20))),
      writeOctetString(long),
      writeInteger(1),
    );
    await assert.rejects(open(pfx(content(), mac)), { code: "damaged" });
  });

  const slices: [what: string, turns: number, work: () => Promise<unknown>][] = [
    // Twice 100,000 hashes, of which no more than 20,000 are in a row.
    ["of hashes", 8, () => deriveKey(SHA1, bmpPassword(PASSWORD), SALT, 100_000, DerivationPurpose.KEY, 24)],
    ["of RC2, of 32 kB each", 8, () => decryptRc2(Buffer.alloc(9 * 32 * 1024), Buffer.alloc(16, 7), SALT)],
  ];
  for (const [what, least, work] of slices)
    it(`is done in slices ${what}, between which others have their turn`, async () => {
      let turns = 0;
      let done = false;
      const count = (): void => {
        turns++;
        if (!done) setImmediate(count);
      };
      setImmediate(count);
      await work();
      done = true;
      assert.ok(turns >= least, String(turns));
    });
});

describe("an authentication code by PBMAC1", () => {
  const inside = content();
  const key = (length: number) => pbkdf2Sync(PASSWORD, SALT, 2, length, "sha256");
  for (const length of [16, 20, 32, 64])
    it(`with a key of ${length} bytes, as the file says`, async () => {
      const derivation = pbkdf2(2, HMAC_SHA256, writeInteger(length));
      assert.deepEqual((await open(pfx(inside, pbmac1(inside, key(length), derivation)))).objects, []);
      await assert.rejects(open(pfx(inside, pbmac1(inside, key(length), derivation)), "wrong"), {
        code: "wrong-password",
      });
    });

  it("with a key that is longer than any", async () => {
    const derivation = pbkdf2(2, HMAC_SHA256, writeInteger(65));
    await assert.rejects(open(pfx(inside, pbmac1(inside, key(65), derivation))), { code: "damaged" });
  });
});

describe("RC2", () => {
  const BLOCK = 8;
  /** In one piece, the padding included. */
  function decrypted(data: Buffer, key: Buffer): Buffer {
    const cipher = rc2.createDecryptionCipher(key.toString("latin1"), key.length * 8);
    cipher.start(SALT.toString("latin1"));
    cipher.update(util.createBuffer(data.toString("latin1")));
    return Buffer.from(cipher.output.getBytes(), "latin1");
  }

  for (const [blocks, keyLength] of [2, 4095, 4096, 4097, 9000].flatMap((size) => [
    [size, 5] as const,
    [size, 16] as const,
  ]))
    it(`of ${blocks} blocks, by a key of ${keyLength} bytes, is the same in slices as in one piece`, async () => {
      const key = Buffer.alloc(keyLength, 7);
      const data = Buffer.alloc(blocks * BLOCK, "whatever it is that is encrypted");
      // In CBC a bit of a block turns over that of the next: the last byte becomes the padding of one byte.
      const before = data.length - BLOCK - 1;
      data[before] = (data[before] ?? 0) ^ (decrypted(data, key).at(-1) ?? 0) ^ 1;
      assert.deepEqual(await decryptRc2(data, key, SALT), decrypted(data, key).subarray(0, -1));
      assert.equal(await decryptRc2(data.subarray(0, -1), key, SALT), undefined);
    });
});

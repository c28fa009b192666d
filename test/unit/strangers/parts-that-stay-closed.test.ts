import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { identifyKeys, openPrivateKey } from "../../../src/certificates/checks/private-key";
import type { Contents } from "../../../src/certificates/containers/contents";
import {
  writeAlgorithm,
  writeInteger,
  writeOctetString,
  writeSequence,
} from "../../../src/certificates/asn1/der-writer";
import { keyIdentity } from "../../../src/certificates/keys/key-identity";
import { decodePublicKey } from "../../../src/certificates/keys/public-key";
import { Tag } from "../../../src/certificates/asn1/tag";
import { readElement } from "../../../src/certificates/asn1/der";
import { readProtection } from "../../../src/certificates/pkcs12/decryption";
import { HashBudget, Password } from "../../../src/certificates/pkcs12/password";
import { bmpPassword } from "../../../src/certificates/pkcs12/key-derivation";
import { obstacleOfPkcs12, openPkcs12 } from "../../../src/certificates/pkcs12/open";
import { pemFixture } from "../certificates/fixtures";
import { inEnglish } from "../../../src/words/localize";
import {
  certBag,
  encryptedKeyInfo,
  encryptedSafe,
  isCipherHere,
  keyBehind,
  lackOf,
  pbes2,
  pfx,
  plainSafe,
  safeBag,
  SALT,
} from "./protected";

const PASSWORD = "secret";
const LEAF = pemFixture("extensions/tls-leaf.pem");
const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const PKCS8 = privateKey.export({ format: "der", type: "pkcs8" });
const IDENTITY = keyIdentity(decodePublicKey(publicKey.export({ format: "der", type: "spki" })));

/** As OpenSSL writes with `-keypbe PBE-MD5-DES`, `PBE-SHA1-RC4-128` and so on. */
const NOT_READ = ["1.2.840.113549.1.5.3", "1.2.840.113549.1.12.1.1", "1.2.840.113549.1.5.99"];
const unread = (oid: string) => ({
  scheme: writeAlgorithm(oid, writeSequence(writeOctetString(SALT), writeInteger(2048))),
  data: Buffer.alloc(64, 7),
});
const tooDear = {
  scheme: writeAlgorithm("1.2.840.113549.1.12.1.3", writeSequence(writeOctetString(SALT), writeInteger(2_000_000_000))),
  data: Buffer.alloc(64, 7),
};

const told = ({ objects, damage }: Contents): readonly string[] => [
  ...objects.map((object) =>
    object.kind === "privateKey" ? `key${object.keyIdentity === undefined ? " closed" : ""}` : object.kind,
  ),
  ...damage.map(({ code }) => `damage ${code}`),
];
const open = (file: Uint8Array, password = PASSWORD) => openPkcs12(file, password, { path: [], offset: 0, length: 0 });
const isWayOut = /openssl pkcs12 (?:-legacy )?-in FILE -out NEW\.pem$/;

describe("a part of a PKCS #12 file that no password opens here", () => {
  const certificates = () => encryptedSafe(pbes2(writeSequence(safeBag(3, certBag(LEAF))), PASSWORD));
  const readableKey = () => plainSafe(writeSequence(safeBag(2, encryptedKeyInfo(pbes2(PKCS8, PASSWORD)))));
  for (const part of [
    ...NOT_READ.map((oid) => ({ name: oid, what: unread(oid) })),
    { name: "too dear", what: tooDear },
  ]) {
    const closedKey = () => plainSafe(writeSequence(safeBag(2, encryptedKeyInfo(part.what))));

    it(`leaves the certificates open, and is named, if it is the key: ${part.name}`, async () => {
      for (const safes of [
        [certificates(), closedKey()],
        [closedKey(), certificates()],
      ]) {
        const file = await pfx(writeSequence(...safes), bmpPassword(PASSWORD));
        assert.equal(obstacleOfPkcs12(file), undefined);
        const contents = await open(file);
        assert.deepEqual([...told(contents)].sort(), ["certificate", "damage encrypted", "key closed"]);
        assert.match(inEnglish(contents.damage[0]?.message ?? ""), isWayOut);
        await assert.rejects(open(file, "wrong"), { code: "wrong-password" });
        // Whoever wants the key is told before a password is asked for, and not that the password is wrong.
        const [key, ...others] = identifyKeys(file);
        assert.ok(key?.state === "encrypted" && others.length === 0);
        assert.match(inEnglish(key.obstacle ?? ""), isWayOut);
        for (const passphrase of [undefined, "wrong", PASSWORD])
          assert.equal((await openPrivateKey(file, IDENTITY, passphrase)).state, "closed");
      }
    });

    it(`leaves the key open, and is named, if it is the certificates: ${part.name}`, async () => {
      const file = await pfx(writeSequence(encryptedSafe(part.what), readableKey()), bmpPassword(PASSWORD));
      assert.equal(obstacleOfPkcs12(file), undefined);
      assert.deepEqual(told(await open(file)), ["key", "damage encrypted"]);
      assert.equal((await openPrivateKey(file, IDENTITY, PASSWORD)).state, "opened");
      assert.equal((await openPrivateKey(file, IDENTITY, "wrong")).state, "wrong-passphrase");
    });

    it(`is an obstacle if it is all there is: ${part.name}`, async () => {
      const file = await pfx(writeSequence(encryptedSafe(part.what), closedKey()), bmpPassword(PASSWORD));
      assert.match(inEnglish(obstacleOfPkcs12(file) ?? ""), isWayOut);
      for (const password of [PASSWORD, "wrong"])
        assert.notEqual(
          await open(file, password).then(String, ({ code }: { code: string }) => code),
          "wrong-password",
        );
    });
  }

  /** A wrong password leaves bytes, which are no encoding: without padding always, and else once in 256 times. */
  const inStreamMode = (plain: Uint8Array, password: string) =>
    pbes2(plain, password, { oid: "2.16.840.1.101.3.4.1.43", name: "aes-256-ofb", key: 32, vector: 16 });
  const byChance = (plain: Uint8Array) => {
    const opens = ({ scheme, data }: ReturnType<typeof pbes2>) =>
      readProtection(readElement(scheme, Tag.SEQUENCE, "scheme")).decrypt(
        data,
        new Password(PASSWORD, new HashBudget()),
      );
    const attempts = async (count: number): Promise<ReturnType<typeof pbes2>> => {
      const attempt = pbes2(plain, `another ${count}`);
      return opens(attempt).then(
        () => attempt,
        () => attempts(count + 1),
      );
    };
    return attempts(0);
  };
  for (const [name, encrypt] of [
    ["padded", (plain: Uint8Array) => Promise.resolve(pbes2(plain, "another"))],
    ["padded, and the padding is right by chance", byChance],
    ["not padded", (plain: Uint8Array) => Promise.resolve(inStreamMode(plain, "another"))],
  ] as const) {
    it(`has a password of its own, and that of the file is not called wrong: ${name}`, async () => {
      const twoPasswords = await pfx(
        writeSequence(encryptedSafe(await encrypt(writeSequence(safeBag(3, certBag(LEAF))))), readableKey()),
        bmpPassword(PASSWORD),
      );
      const contents = await open(twoPasswords);
      assert.deepEqual(told(contents), ["key", "damage encrypted"]);
      assert.match(
        inEnglish(contents.damage[0]?.message ?? ""),
        /a different password .*openssl pkcs12 -twopass -in FILE -out NEW\.pem$/,
      );
      const ownPassword = await pfx(
        writeSequence(certificates(), plainSafe(writeSequence(safeBag(2, encryptedKeyInfo(await encrypt(PKCS8)))))),
        bmpPassword(PASSWORD),
      );
      assert.deepEqual(told(await open(ownPassword)), ["certificate", "key closed", "damage encrypted"]);
      const opened = await openPrivateKey(ownPassword, IDENTITY, PASSWORD);
      assert.ok(
        opened.state === "closed" && /its own password.*keytool -importkeystore/.test(inEnglish(opened.message)),
      );
      assert.equal((await openPrivateKey(ownPassword, IDENTITY, "wrong")).state, "wrong-passphrase");
    });
  }

  it("is opened by the password of the file where that is not proved, or the password is wrong", async () => {
    const file = await pfx(
      writeSequence(plainSafe(writeSequence(safeBag(2, encryptedKeyInfo(inStreamMode(PKCS8, PASSWORD)))))),
    );
    assert.deepEqual(told(await open(file)), ["key"]);
    await assert.rejects(open(file, "wrong"), { code: "wrong-password" });
  });
});

describe("every mode of a cipher that an engine has", () => {
  const table: readonly (readonly [oid: string, name: string])[] = [
    ["2.16.840.1.101.3.4.1.3", "aes-128-ofb"],
    ["2.16.840.1.101.3.4.1.23", "aes-192-ofb"],
    ["2.16.840.1.101.3.4.1.43", "aes-256-ofb"],
    ["0.3.4401.5.3.1.9.3", "camellia-128-ofb"],
    ["0.3.4401.5.3.1.9.4", "camellia-128-cfb"],
    ["0.3.4401.5.3.1.9.23", "camellia-192-ofb"],
    ["0.3.4401.5.3.1.9.24", "camellia-192-cfb"],
    ["0.3.4401.5.3.1.9.43", "camellia-256-ofb"],
    ["0.3.4401.5.3.1.9.44", "camellia-256-cfb"],
    ["1.2.410.200046.1.1.3", "aria-128-cfb"],
    ["1.2.410.200046.1.1.4", "aria-128-ofb"],
    ["1.2.410.200046.1.1.8", "aria-192-cfb"],
    ["1.2.410.200046.1.1.9", "aria-192-ofb"],
    ["1.2.410.200046.1.1.13", "aria-256-cfb"],
    ["1.2.410.200046.1.1.14", "aria-256-ofb"],
    ["1.2.156.10197.1.104.3", "sm4-ofb"],
    ["1.2.156.10197.1.104.4", "sm4-cfb"],
  ];
  for (const [oid, name] of table)
    it(`opens, or is said to lack: ${name}`, async () => {
      const file = keyBehind(oid, name, PKCS8, PASSWORD);
      if (!isCipherHere(name)) {
        const opened = await openPrivateKey(file, IDENTITY, PASSWORD);
        assert.match(inEnglish(opened.state === "closed" ? opened.message : opened.state), lackOf(name));
        return;
      }
      assert.equal((await openPrivateKey(file, IDENTITY, PASSWORD)).state, "opened");
      assert.equal((await openPrivateKey(file, IDENTITY, "wrong")).state, "wrong-passphrase");
    });
});

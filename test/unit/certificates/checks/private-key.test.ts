import assert from "node:assert/strict";
import {
  createCipheriv,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  getCipherInfo,
  hash,
  type KeyObject,
} from "node:crypto";
import fc from "fast-check";
import { identifyKeys, openPrivateKey } from "../../../../src/certificates/checks/private-key";
import {
  writeAlgorithm,
  writeInteger,
  writeNull,
  writeOctetString,
  writeSequence,
} from "../../../../src/certificates/asn1/der-writer";
import { encryptedKey, legacyKey, type StoredKey } from "../../../../src/certificates/keys/stored-key";
import { HashBudget } from "../../../../src/certificates/pkcs12/password";
import { inEnglish } from "../../../../src/words/localize";
import { encryptedKeyInfo, isCipherHere, lackOf, pbes2 } from "../../strangers/protected";
import { DSA_KEY } from "../keys/dsa-key";
import { plainly } from "../../words/plainly";

const sha256Of = (key: KeyObject) => hash("sha256", createPublicKey(key).export({ format: "der", type: "spki" }));

/** Toy keys, made for each run. */
const rsa = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey;
const ec = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
const ed25519 = generateKeyPairSync("ed25519").privateKey;
const PASSPHRASE = "toy passphrase";

const pem = (key: KeyObject, type: "pkcs8" | "pkcs1" | "sec1"): string =>
  key.export({ format: "pem", type }).toString();
const der = (key: KeyObject, type: "pkcs8" | "pkcs1" | "sec1"): Buffer => key.export({ format: "der", type });
const locked = (key: KeyObject, type: "pkcs8" | "sec1"): string =>
  key.export({ format: "pem", type, cipher: "aes-256-cbc", passphrase: PASSPHRASE }).toString();

/** A key as OpenSSL encrypts it in its own form: `openssl ec -aes128` (PEM_ASN1_write_bio). */
function legacyPem(kind: string, cipher: string, plain: Buffer): string {
  const { keyLength = 0, ivLength = 0 } = getCipherInfo(cipher) ?? {};
  const vector = Buffer.alloc(ivLength, 3);
  const secret = Buffer.concat([Buffer.from(PASSPHRASE), vector.subarray(0, 8)]);
  const first = hash("md5", secret, "buffer");
  const second = hash("md5", Buffer.concat([first, secret]), "buffer");
  const engine = createCipheriv(cipher, Buffer.concat([first, second]).subarray(0, keyLength), vector);
  return legacyText(kind, cipher, vector, Buffer.concat([engine.update(plain), engine.final()]));
}

function legacyText(kind: string, cipher: string, vector: Buffer, body: Buffer): string {
  const head = `Proc-Type: 4,ENCRYPTED\nDEK-Info: ${cipher},${vector.toString("hex")}\n\n`;
  const lines = body.toString("base64").replace(/.{1,64}/g, "$&\n");
  return `-----BEGIN ${kind} PRIVATE KEY-----\n${head}${lines}-----END ${kind} PRIVATE KEY-----\n`;
}

const OPENSSH =
  "The private key is in OpenSSH’s own format, which cannot be read here. To use it here, first copy the file, because the next command changes it in place, then run: ssh-keygen -p -m PEM -f COPY. Ed25519 keys cannot be converted this way.";

const readable = (key: KeyObject, kind: string) => ({ state: "readable", keyIdentity: sha256Of(key), kind });

describe("private keys", () => {
  const table: readonly (readonly [string, string | Buffer, readonly object[]])[] = [
    ["RSA in PKCS #8", pem(rsa, "pkcs8"), [readable(rsa, "RSA 1024")]],
    ["RSA in PKCS #1", pem(rsa, "pkcs1"), [readable(rsa, "RSA 1024")]],
    ["EC in PKCS #8", pem(ec, "pkcs8"), [readable(ec, "EC P-256")]],
    ["EC in SEC 1", pem(ec, "sec1"), [readable(ec, "EC P-256")]],
    ["Ed25519", pem(ed25519, "pkcs8"), [readable(ed25519, "Ed25519")]],
    ["PKCS #8 in DER", der(ed25519, "pkcs8"), [readable(ed25519, "Ed25519")]],
    ["PKCS #1 in DER", der(rsa, "pkcs1"), [readable(rsa, "RSA 1024")]],
    ["SEC 1 in DER", der(ec, "sec1"), [readable(ec, "EC P-256")]],
    ["encrypted PKCS #8", locked(ec, "pkcs8"), [{ state: "encrypted" }]],
    ["the old encryption", locked(ec, "sec1"), [{ state: "encrypted" }]],
    [
      "several, with parameters and text between",
      `-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${pem(ec, "sec1")}\r\nnote\n${pem(rsa, "pkcs8")}`,
      [readable(ec, "EC P-256"), readable(rsa, "RSA 1024")],
    ],
    ["one without line breaks", pem(ec, "pkcs8").replace(/(.)\n(?=[^-])/g, "$1"), [readable(ec, "EC P-256")]],
    ["a damaged one", pem(ec, "pkcs8").replace(/MIG/, "MIH"), [{ state: "unreadable" }]],
    [
      "a form of another program",
      "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaA==\n-----END OPENSSH PRIVATE KEY-----",
      [{ state: "unreadable", obstacle: OPENSSH }],
    ],
    ["a public key", createPublicKey(ec).export({ format: "pem", type: "spki" }).toString(), []],
    ["no key at all", "nothing", []],
    ["nothing", "", []],
    ["a file that is too large", Buffer.concat([der(ec, "sec1"), Buffer.alloc(1_100_000)]), []],
  ];
  for (const [what, file, expected] of table)
    it(`are told without their secret half: ${what}`, () => {
      const bytes = Buffer.from(file);
      const before = Buffer.from(bytes);
      assert.deepEqual(plainly(identifyKeys(bytes)), expected);
      assert.deepEqual(bytes, before);
    });

  it("are opened by the certificate's key, in clear and behind a passphrase", async () => {
    const file = Buffer.from(`${pem(rsa, "pkcs1")}${locked(ec, "sec1")}${locked(ed25519, "pkcs8")}`);
    const state = async (sha256: string, passphrase?: string) => (await openPrivateKey(file, sha256, passphrase)).state;
    for (const key of [rsa, ec, ed25519]) {
      const opened = await openPrivateKey(file, sha256Of(key), PASSPHRASE);
      assert.ok(opened.state === "opened" && createPrivateKey(pem(opened.key, "pkcs8")).equals(key));
    }
    assert.equal(await state(sha256Of(rsa)), "opened");
    assert.equal(await state(sha256Of(ec)), "needs-passphrase");
    assert.equal(await state(sha256Of(ec), "wrong"), "wrong-passphrase");
    assert.equal(await state("00".repeat(32), PASSPHRASE), "not-there");
    assert.equal((await openPrivateKey(Buffer.from(pem(rsa, "pkcs1")), sha256Of(ec), PASSPHRASE)).state, "not-there");
    const der = ed25519.export({ format: "der", type: "pkcs8", cipher: "aes-256-cbc", passphrase: PASSPHRASE });
    assert.equal((await openPrivateKey(der, sha256Of(ed25519), PASSPHRASE)).state, "opened");
  });

  const wrong = { code: "wrong-password", message: "This passphrase does not open the private key." };
  const body = Buffer.alloc(32, 1);
  const kinds: [what: string, key: StoredKey][] = [
    ["PKCS #8", encryptedKey(encryptedKeyInfo(pbes2(Buffer.from(der(ec, "pkcs8")), PASSPHRASE)), true)],
    ["OpenSSL's older form", legacyKey("AES-128-CBC,000102030405060708090A0B0C0D0E0F", body)],
  ];
  for (const [what, key] of kinds) {
    it(`say what a wrong passphrase does not open: a key in ${what}`, async () => {
      assert.ok(key.encrypted);
      await assert.rejects(key.decrypt("another", new HashBudget()), wrong);
    });
  }

  it("that demand more rounds than anybody makes stay closed at once", async () => {
    const hmac = writeAlgorithm("1.2.840.113549.2.9", writeNull());
    const derivation = writeAlgorithm(
      "1.2.840.113549.1.5.12",
      writeSequence(writeOctetString(Buffer.alloc(8)), writeInteger(2 ** 31 - 1), hmac),
    );
    const cipher = writeAlgorithm("2.16.840.1.101.3.4.1.42", writeOctetString(Buffer.alloc(16)));
    const scheme = writeAlgorithm("1.2.840.113549.1.5.13", writeSequence(derivation, cipher));
    const file = writeSequence(scheme, writeOctetString(Buffer.alloc(48)));
    const opened = await openPrivateKey(file, sha256Of(ed25519));
    assert.ok(opened.state === "closed");
    assert.match(inEnglish(opened.message), /asks for 2,147,483,647 rounds .* -iter 100000/);
    assert.deepEqual(identifyKeys(file), [{ state: "encrypted", obstacle: opened.message }]);
  });

  describe("that stay closed say why", () => {
    /** What it is, why it stays closed, and what it is with a wrong passphrase. */
    const closed: [string, Buffer, RegExp, string][] = [
      [
        "by a way of protection that is not known",
        writeSequence(writeAlgorithm("1.2.3.4", writeSequence()), writeOctetString(Buffer.alloc(16))),
        /unknown here: encryption \(1\.2\.3\.4\)/,
        "closed",
      ],
      [
        "a DSA key",
        encryptedKeyInfo(pbes2(DSA_KEY, PASSPHRASE)),
        /of a type or size that cannot be read here/,
        "wrong-passphrase",
      ],
      [
        "a DSA key behind the old encryption",
        Buffer.from(legacyPem("DSA", "aes-128-cbc", DSA_KEY)),
        /of a type or size that cannot be read here/,
        "wrong-passphrase",
      ],
    ];
    for (const [what, file, message, wrong] of closed)
      it(what, async () => {
        const opened = await openPrivateKey(file, sha256Of(ec), PASSPHRASE);
        assert.ok(opened.state === "closed", opened.state);
        assert.match(inEnglish(opened.message), message);
        const { state } = await openPrivateKey(file, sha256Of(ec), "wrong");
        assert.equal(state, wrong);
      });
  });

  describe("behind the old encryption are opened", () => {
    for (const cipher of [
      "aes-128-cbc",
      "aes-192-cbc",
      "aes-256-cbc",
      "des-ede3-cbc",
      "camellia-256-cbc",
      "aria-128-cbc",
    ])
      it(cipher, async () => {
        if (!isCipherHere(cipher)) {
          const file = Buffer.from(legacyText("EC", cipher, Buffer.alloc(16, 3), Buffer.alloc(48)));
          const opened = await openPrivateKey(file, sha256Of(ec), PASSPHRASE);
          assert.match(inEnglish(opened.state === "closed" ? opened.message : ""), lackOf(cipher));
          return;
        }
        const file = Buffer.from(legacyPem("EC", cipher, der(ec, "sec1")));
        const opened = await openPrivateKey(file, sha256Of(ec), PASSPHRASE);
        assert.ok(opened.state === "opened" && opened.key.equals(ec));
        assert.equal((await openPrivateKey(file, sha256Of(ec), "wrong")).state, "wrong-passphrase");
      });

    const locked = legacyPem("EC", "aes-128-cbc", der(ec, "sec1"));
    const damaged: [string, string][] = [
      ["no cipher", locked.replace(/DEK-Info: .*/, "DEK-Info: ")],
      ["no initial vector", locked.replace(/(DEK-Info: [^,]*),.*/, "$1")],
      ["a short one", locked.replace(/(DEK-Info: .*)..\n/, "$1\n")],
      ["a cipher that nobody knows", locked.replace("aes-128-cbc", "aes-129-cbc")],
      ["a cipher that is none", locked.replace("aes-128-cbc", "aes-128-gcm")],
    ];
    for (const [what, file] of damaged)
      it(`not where they name ${what}`, async () => {
        // Said before a passphrase is asked for.
        for (const passphrase of [undefined, PASSPHRASE])
          assert.equal((await openPrivateKey(Buffer.from(file), sha256Of(ec), passphrase)).state, "closed");
      });
  });

  it("never throw, whatever the file is", async () => {
    const files = [der(rsa, "pkcs1"), Buffer.from(pem(ec, "sec1")), Buffer.from(locked(rsa, "pkcs8"))];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.nat(1000),
        fc.nat(1000),
        fc.integer({ min: 0, max: 255 }),
        async (file, at, cut, value) => {
          const bytes = Buffer.from(file.subarray(0, Math.max(1, file.length - (cut % file.length))));
          bytes[at % bytes.length] = value;
          identifyKeys(bytes);
          assert.notEqual((await openPrivateKey(bytes, "00", PASSPHRASE)).state, "opened");
        },
      ),
      { numRuns: 200 },
    );
  });
});

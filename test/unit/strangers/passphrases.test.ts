import assert from "node:assert/strict";
import { createCipheriv, generateKeyPairSync, hash } from "node:crypto";
import fc from "fast-check";
import { identifyKeys, openPrivateKey } from "../../../src/certificates/checks/private-key";
import {
  writeAlgorithm,
  writeInteger,
  writeNull,
  writeOctetString,
  writeSequence,
} from "../../../src/certificates/asn1/der-writer";
import { decodePublicKey } from "../../../src/certificates/keys/public-key";
import { keyIdentity } from "../../../src/certificates/keys/key-identity";
import { hasOpenssl, openssl } from "../certificates/exports/openssl";
import { DSA_KEY } from "../certificates/keys/dsa-key";
import { drawing, inBer } from "./ber";
import { strangersFile } from "./cases";
import { inEnglish } from "../../../src/words/localize";
import {
  AES_256,
  byScrypt,
  encryptedKeyInfo,
  isCipherHere,
  keyBehind,
  lackOf,
  pbes2,
  SALT,
  schemeOf,
  scryptOf,
  SHA_256,
} from "./protected";

const PASSPHRASE = "secret";
const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const PKCS8 = privateKey.export({ format: "der", type: "pkcs8" });
const IDENTITY = keyIdentity(decodePublicKey(publicKey.export({ format: "der", type: "spki" })));

const stateOf = async (file: Uint8Array, passphrase?: string, wanted = IDENTITY): Promise<string> => {
  const opened = await openPrivateKey(file, wanted, passphrase);
  return opened.state === "closed" ? inEnglish(opened.message) : opened.state;
};

/** Asked as the editor asks: without a passphrase, with a wrong one, with the right one. */
const asked = async (file: Uint8Array): Promise<readonly string[]> =>
  Promise.all([stateOf(file), stateOf(file, "wrong"), stateOf(file, PASSPHRASE)]);

/** What is known without a passphrase, in English. */
const identified = (file: Uint8Array): readonly object[] =>
  identifyKeys(file).map((key) =>
    "obstacle" in key && key.obstacle !== undefined ? { ...key, obstacle: inEnglish(key.obstacle) } : key,
  );

const OPENS = ["needs-passphrase", "wrong-passphrase", "opened"];

describe("private keys of strangers, behind a passphrase", () => {
  for (const [name, cipher] of [
    ["scrypt.key", "aes-256-cbc"],
    ["cam.key", "camellia-256-cbc"],
  ] as const)
    it(`open: ${name}`, async () => {
      const bytes = strangersFile(name);
      if (!isCipherHere(cipher)) {
        for (const answer of await asked(bytes)) assert.match(answer, lackOf(cipher));
        return;
      }
      assert.deepEqual(identifyKeys(bytes), [{ state: "encrypted" }]);
      // None of them is the key that is looked for: the right passphrase opens them and finds that out.
      assert.deepEqual(await asked(bytes), ["needs-passphrase", "wrong-passphrase", "not-there"]);
    }).timeout(20_000);

  it("are named once where their protection is not read, with the way out: md5des.key", async () => {
    const bytes = strangersFile("md5des.key");
    const [before, wrong, right] = await asked(bytes);
    assert.match(
      before ?? "",
      /pbeWithMD5AndDES-CBC .*openssl pkcs8 -topk8 -v2 aes-256-cbc .*-provider legacy .*-in FILE -out NEW$/,
    );
    assert.deepEqual([wrong, right], [before, before]);
    assert.deepEqual(identified(bytes), [{ state: "encrypted", obstacle: before }]);
  });

  it("open once they are written anew by the line that is given, which OpenSSL takes", async function () {
    if (!hasOpenssl) this.skip();
    const [message = ""] = await asked(strangersFile("md5des.key"));
    const line = message.slice(message.indexOf("openssl ") + "openssl ".length).replace(" -out NEW", "");
    const passwords = ["-passin", "pass:secret", "-passout", "pass:secret"];
    const { ok, output } = openssl(strangersFile("md5des.key"), ...line.split(" "), ...passwords);
    assert.ok(ok, output);
    assert.deepEqual(await asked(Buffer.from(output)), ["needs-passphrase", "wrong-passphrase", "not-there"]);
  });
});

describe("what the engine can open is opened", () => {
  const ciphers: readonly [string, string][] = [
    ["2.16.840.1.101.3.4.1.2", "aes-128-cbc"],
    ["2.16.840.1.101.3.4.1.4", "aes-128-cfb"],
    ["2.16.840.1.101.3.4.1.22", "aes-192-cbc"],
    ["2.16.840.1.101.3.4.1.24", "aes-192-cfb"],
    ["2.16.840.1.101.3.4.1.42", "aes-256-cbc"],
    ["2.16.840.1.101.3.4.1.44", "aes-256-cfb"],
    ["1.2.840.113549.3.7", "des-ede3-cbc"],
    ["1.2.392.200011.61.1.1.1.2", "camellia-128-cbc"],
    ["1.2.392.200011.61.1.1.1.3", "camellia-192-cbc"],
    ["1.2.392.200011.61.1.1.1.4", "camellia-256-cbc"],
    ["1.2.410.200046.1.1.2", "aria-128-cbc"],
    ["1.2.410.200046.1.1.7", "aria-192-cbc"],
    ["1.2.410.200046.1.1.12", "aria-256-cbc"],
    ["1.2.156.10197.1.104.2", "sm4-cbc"],
  ];
  for (const [oid, name] of ciphers)
    it(`the cipher ${name}`, async () => {
      const answers = await asked(keyBehind(oid, name, PKCS8, PASSPHRASE));
      if (isCipherHere(name)) assert.deepEqual(answers, OPENS);
      else for (const answer of answers) assert.match(answer, lackOf(name));
    });

  const hashes: readonly [string, string][] = [
    ["1.2.840.113549.2.6", "md5"],
    ["1.2.840.113549.2.7", "sha1"],
    ["1.2.840.113549.2.8", "sha224"],
    ["1.2.840.113549.2.9", "sha256"],
    ["1.2.840.113549.2.10", "sha384"],
    ["1.2.840.113549.2.11", "sha512"],
    ["1.2.840.113549.2.12", "sha512-224"],
    ["1.2.840.113549.2.13", "sha512-256"],
    ["2.16.840.1.101.3.4.2.13", "sha3-224"],
    ["2.16.840.1.101.3.4.2.14", "sha3-256"],
    ["2.16.840.1.101.3.4.2.15", "sha3-384"],
    ["2.16.840.1.101.3.4.2.16", "sha3-512"],
  ];
  for (const [oid, name] of hashes)
    it(`PBKDF2 with ${name}`, async () => {
      assert.deepEqual(await asked(encryptedKeyInfo(pbes2(PKCS8, PASSPHRASE, AES_256, { oid, name }))), OPENS);
    });

  for (const [N, r, p] of [
    [2, 1, 1],
    [1024, 8, 1],
    [16_384, 8, 1],
    [64, 8, 16],
  ] as const)
    it(`scrypt with N=${N}, r=${r}, p=${p}`, async () => {
      assert.deepEqual(await asked(encryptedKeyInfo(byScrypt(PKCS8, PASSPHRASE, N, r, p))), OPENS);
    });

  it("keys in BER, however they are cut", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        const draw = drawing(seed);
        const plain = inBer(PKCS8, draw);
        assert.deepEqual(identifyKeys(plain), [{ state: "readable", keyIdentity: IDENTITY, kind: "EC P-256" }]);
        const sec1 = inBer(privateKey.export({ format: "der", type: "sec1" }), draw);
        assert.deepEqual(identifyKeys(sec1), [{ state: "readable", keyIdentity: IDENTITY, kind: "EC P-256" }]);
        assert.equal(await stateOf(inBer(encryptedKeyInfo(pbes2(plain, PASSPHRASE)), draw), PASSPHRASE), "opened");
      }),
      { numRuns: 50 },
    );
  });
});

describe("what no passphrase opens is said before one is asked for, once, with the way out", () => {
  const SHORT = SALT;
  const pbes1 = (arc: number) =>
    writeAlgorithm(`1.2.840.113549.1.5.${arc}`, writeSequence(writeOctetString(SHORT), writeInteger(2048)));
  const pbkdf2 = (prf: string) =>
    writeAlgorithm(
      "1.2.840.113549.1.5.12",
      writeSequence(writeOctetString(SALT), writeInteger(2), writeAlgorithm(prf, writeNull())),
    );
  const rounds = (count: number) =>
    writeAlgorithm(
      "1.2.840.113549.1.5.12",
      writeSequence(writeOctetString(SALT), writeInteger(count), writeAlgorithm(SHA_256.oid, writeNull())),
    );
  const LEGACY =
    /openssl pkcs8 -topk8 -v2 aes-256-cbc -iter 100000 -provider legacy -provider default -inform DER -in FILE -out NEW$/;
  const CURRENT = /openssl pkcs8 -topk8 -v2 aes-256-cbc -iter 100000 -inform DER -in FILE -out NEW$/;
  const table: readonly [string, Buffer, RegExp, RegExp][] = [
    ["MD2 and DES", pbes1(1), /pbeWithMD2AndDES-CBC/, LEGACY],
    ["MD5 and DES", pbes1(3), /pbeWithMD5AndDES-CBC/, LEGACY],
    ["MD2 and RC2", pbes1(4), /pbeWithMD2AndRC2-CBC/, LEGACY],
    ["MD5 and RC2", pbes1(6), /pbeWithMD5AndRC2-CBC/, LEGACY],
    ["SHA-1 and DES", pbes1(10), /pbeWithSHA1AndDES-CBC/, LEGACY],
    ["SHA-1 and RC2", pbes1(11), /pbeWithSHA1AndRC2-CBC/, LEGACY],
    ["RC4", writeAlgorithm("1.2.840.113549.1.12.1.1", writeSequence()), /128BitRC4/, LEGACY],
    ["DES in PBES2", schemeOf(pbkdf2(SHA_256.oid), "1.3.14.3.2.7"), /by DES-CBC/, LEGACY],
    ["RC2 in PBES2", schemeOf(pbkdf2(SHA_256.oid), "1.2.840.113549.3.2"), /by RC2-CBC/, LEGACY],
    [
      "a cipher that the engine lacks",
      schemeOf(pbkdf2(SHA_256.oid), "1.2.410.200004.1.4"),
      /SEED-CBC, which the crypto engine/,
      LEGACY,
    ],
    ["AES-GCM", schemeOf(pbkdf2(SHA_256.oid), "2.16.840.1.101.3.4.1.46"), /AES-256-GCM/, CURRENT],
    ["a cipher that nobody knows", schemeOf(pbkdf2(SHA_256.oid), "1.2.3.4"), /encryption .*\(1\.2\.3\.4\)/, CURRENT],
    ["a hash function that nobody knows", schemeOf(pbkdf2("1.2.3.5")), /key derivation .*\(1\.2\.3\.5\)/, CURRENT],
    ["a derivation that nobody knows", schemeOf(writeAlgorithm("1.2.3.6", writeSequence())), /\(1\.2\.3\.6\)/, CURRENT],
    ["too many rounds", schemeOf(rounds(20_000_001)), /asks for 20,000,001 rounds of key derivation/, CURRENT],
    ["too much work for scrypt", schemeOf(scryptOf(2 ** 17, 8, 100)), /scrypt \(N=131072, r=8, p=100\)/, CURRENT],
    [
      "too much memory for scrypt",
      schemeOf(scryptOf(2 ** 18, 8, 1)),
      /N=262144, r=8, p=1\): 257 MB of memory/,
      CURRENT,
    ],
  ];
  for (const [what, scheme, reason, way] of table)
    it(what, async () => {
      const file = encryptedKeyInfo({ scheme, data: Buffer.alloc(48) });
      const [before = "", ...later] = await asked(file);
      assert.match(before, reason);
      assert.match(before, way);
      assert.deepEqual(later, [before, before]);
      assert.deepEqual(identified(file), [{ state: "encrypted", obstacle: before }]);
    });

  it("what is just within the limits is not", async () => {
    for (const scheme of [rounds(20_000_000), scryptOf(2 ** 17, 8, 9), scryptOf(2 ** 18 - 2 ** 17, 8, 1)].map((each) =>
      schemeOf(each),
    ))
      assert.equal(await stateOf(encryptedKeyInfo({ scheme, data: Buffer.alloc(48) })), "needs-passphrase");
  });

  it("damage, which is not a wrong passphrase", async () => {
    const { scheme, data } = pbes2(PKCS8, PASSPHRASE);
    const damaged: readonly Buffer[] = [
      encryptedKeyInfo({ scheme: writeAlgorithm("1.2.840.113549.1.5.13", writeSequence(rounds(2))), data }),
      encryptedKeyInfo({ scheme: schemeOf(rounds(0)), data }),
      encryptedKeyInfo({ scheme: schemeOf(scryptOf(3, 8, 1)), data }),
    ];
    for (const file of damaged)
      for (const passphrase of [undefined, PASSPHRASE]) assert.match(await stateOf(file, passphrase), /is damaged: /);
    const cut = encryptedKeyInfo({ scheme, data: data.subarray(0, -1) });
    assert.match(await stateOf(cut, PASSPHRASE), /is damaged: .*not a whole number of blocks/);
  });

  it("a key of a kind that no engine is given, which is not a wrong passphrase", async () => {
    const file = encryptedKeyInfo(pbes2(DSA_KEY, PASSPHRASE));
    assert.match(await stateOf(file, PASSPHRASE), /of a type or size that cannot be read here/);
    assert.equal(await stateOf(file, "wrong"), "wrong-passphrase");
  });

  it("and a passphrase is asked for all the same where it may open another key of the file", async () => {
    const label = "ENCRYPTED PRIVATE KEY";
    const pem = (der: Buffer) => `-----BEGIN ${label}-----\n${der.toString("base64")}\n-----END ${label}-----\n`;
    const closed = pem(encryptedKeyInfo({ scheme: pbes1(3), data: Buffer.alloc(48) }));
    const open = pem(encryptedKeyInfo(pbes2(PKCS8, PASSPHRASE)));
    for (const file of [closed + open, open + closed].map((text) => Buffer.from(text))) {
      assert.deepEqual(await asked(file), OPENS);
      // It opens the one, which is not the key that is looked for; the other may be.
      assert.match(await stateOf(file, PASSPHRASE, "00"), /pbeWithMD5AndDES-CBC/);
    }
  });
});

describe("OpenSSL's older form", () => {
  const pem = (header: string, body: Buffer) =>
    Buffer.from(
      `-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: ${header}\n\n${body.toString("base64")}\n-----END EC PRIVATE KEY-----\n`,
    );
  const vector = Buffer.alloc(8, 3);
  const tripleDes = () => {
    const secret = Buffer.concat([Buffer.from(PASSPHRASE), vector]);
    const first = hash("md5", secret, "buffer");
    const second = hash("md5", Buffer.concat([first, secret]), "buffer");
    const engine = createCipheriv("des-ede3-cbc", Buffer.concat([first, second]).subarray(0, 24), vector);
    return Buffer.concat([engine.update(privateKey.export({ format: "der", type: "sec1" })), engine.final()]);
  };

  it("opens where the engine has the cipher", async () => {
    assert.deepEqual(await asked(pem(`DES-EDE3-CBC,${vector.toString("hex")}`, tripleDes())), OPENS);
  });

  for (const name of ["DES-CBC", "IDEA-CBC", "RC2-CBC", "BF-CBC", "SEED-CBC"])
    it(`names ${name} where the engine lacks it`, async () => {
      const [before = "", ...later] = await asked(
        pem(`${name},${"03".repeat(name === "SEED-CBC" ? 16 : 8)}`, Buffer.alloc(48)),
      );
      if (isCipherHere(name.toLowerCase())) {
        assert.equal(before, "needs-passphrase");
        return;
      }
      assert.match(
        before,
        new RegExp(`by ${name}, which the crypto engine .* -provider legacy -provider default -in FILE`),
      );
      assert.deepEqual(later, [before, before]);
    });
});

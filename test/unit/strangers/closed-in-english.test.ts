import assert from "node:assert/strict";
import {
  writeAlgorithm,
  writeInteger,
  writeOctetString,
  writeSequence,
} from "../../../src/certificates/asn1/der-writer";
import { identifyKeys, openPrivateKey } from "../../../src/certificates/checks/private-key";
import { obstacleOfPkcs12, openPkcs12, openPkcs12Keys } from "../../../src/certificates/pkcs12/open";
import { bmpPassword } from "../../../src/certificates/pkcs12/key-derivation";
import { HashBudget } from "../../../src/certificates/pkcs12/password";
import { inEnglish, inWords, localeOf } from "../../../src/words/localize";
import { fixture } from "../certificates/fixtures";
import { strangersFile } from "./cases";
import {
  certBag,
  encryptedKeyInfo,
  encryptedSafe,
  pbes2,
  pfx,
  plainSafe,
  safeBag,
  schemeOf,
  scryptOf,
} from "./protected";

const LEAF = fixture("containers/leaf.der");
const PASSWORD = "a password";
const FOUND = { path: [], offset: 0, length: 0 };

const rc4 = writeAlgorithm("1.2.840.113549.1.12.1.1", writeSequence(writeOctetString(Buffer.alloc(8))));
const withVector = (bytes: number): Buffer =>
  writeAlgorithm(
    "1.2.840.113549.1.5.13",
    writeSequence(
      writeAlgorithm("1.2.840.113549.1.5.12", writeSequence(writeOctetString(Buffer.alloc(8)), writeInteger(1))),
      writeAlgorithm("2.16.840.1.101.3.4.1.42", writeOctetString(Buffer.alloc(bytes))),
    ),
  );
const twoKeys = (rounds: number): Buffer =>
  writeAlgorithm("1.2.840.113549.1.12.1.3", writeSequence(writeOctetString(Buffer.alloc(8)), writeInteger(rounds)));
const encrypted = (scheme: Buffer) => ({ scheme, data: Buffer.alloc(48) });

const RC4 = "It is protected by pbeWithSHAAnd128BitRC4 (1.2.840.113549.1.12.1.1), which is not supported here.";
const FILE = "Convert the PKCS #12 file to PEM with a program that reads it, and open the result: openssl pkcs12";
const KEY =
  "Convert it with a program that reads it, and choose the new file: openssl pkcs8 -topk8 -v2 aes-256-cbc -iter 100000";

/** What is said of a key and of a file that no password opens. */
const closed = (reason: string, isLegacy = false): readonly [ofKey: string, ofFile: string] => [
  `The private key cannot be opened here. ${reason} ${KEY} ${isLegacy ? "-provider legacy -provider default " : ""}-inform DER -in FILE -out NEW`,
  `${reason} ${FILE} ${isLegacy ? "-legacy " : ""}-in FILE -out NEW.pem`,
];
const damaged = (ofKey: string, ofFile: string): readonly [ofKey: string, ofFile: string] => [
  `The encrypted private key is damaged: ${ofKey}. Use an intact copy of it.`,
  `The PKCS #12 file is damaged: ${ofFile}.`,
];

/** Each value in its place, each sentence there, once, and in its order. */
describe("what stays closed, in English", () => {
  const unknown = "It is protected in a way that is unknown here: encryption (1.2.3.4).";
  const TOO_MUCH = "which is more work than is allowed here for one file.";
  const power = "The cost of scrypt is not a power of two";
  const table: readonly (readonly [what: string, scheme: Buffer, ofKey: string, ofFile: string])[] = [
    ["an old cipher", rc4, ...closed(RC4, true)],
    ["an unknown cipher", schemeOf(scryptOf(2, 8, 1), "1.2.3.4"), ...closed(unknown)],
    [
      "too much memory",
      schemeOf(scryptOf(2 ** 20, 8, 1)),
      ...closed("It asks for scrypt (N=1048576, r=8, p=1): 1025 MB of memory is more than is allowed here."),
    ],
    [
      "too much work",
      schemeOf(scryptOf(2 ** 17, 8, 100)),
      ...closed(`It asks for scrypt (N=131072, r=8, p=100), ${TOO_MUCH}`),
    ],
    [
      "too many rounds",
      twoKeys(2 ** 31 - 1),
      ...closed(`It asks for 2,147,483,647 rounds of key derivation, ${TOO_MUCH}`),
    ],
    ["a wrong number", schemeOf(scryptOf(3, 8, 1)), ...damaged(`${power} (byte 31)`, `${power} (byte 68)`)],
    [
      "a short vector",
      withVector(15),
      ...damaged("IV is not 16 bytes long (byte 58)", "IV is not 16 bytes long (byte 96)"),
    ],
  ];
  for (const [what, scheme, ofKey, ofFile] of table) {
    it(`says why, and what to do: ${what}`, async () => {
      const [key] = identifyKeys(encryptedKeyInfo(encrypted(scheme)));
      assert.ok(key?.state === "encrypted");
      assert.equal(inEnglish(key.obstacle ?? ""), ofKey);
      const file = await pfx(writeSequence(encryptedSafe(encrypted(scheme))), undefined);
      assert.equal(inEnglish(obstacleOfPkcs12(file) ?? ""), ofFile);
      const isLegacy = scheme === rc4;
      await assert.rejects(openPkcs12(file, PASSWORD, FOUND), { name: "Pkcs12Error", message: ofFile, isLegacy });
    });
  }

  const keyBag = safeBag(2, encryptedKeyInfo(encrypted(rc4)));
  const certificateBag = safeBag(3, certBag(LEAF));
  const parts: readonly (readonly [what: string, safes: readonly Buffer[], said: string])[] = [
    ["a private key", [plainSafe(writeSequence(keyBag, certificateBag))], "A private key in the file was not opened."],
    [
      "a part",
      [encryptedSafe(encrypted(rc4)), plainSafe(writeSequence(certificateBag))],
      "A part of the file was not opened.",
    ],
  ];
  for (const [what, safes, said] of parts) {
    it(`says why ${what} is left out, and what to do`, async () => {
      const file = await pfx(writeSequence(...safes), bmpPassword(PASSWORD));
      const message = `${said} ${RC4} ${FILE} -legacy -in FILE -out NEW.pem`;
      const { damage } = await openPkcs12(file, PASSWORD, FOUND);
      assert.deepEqual(
        damage.map((each) => [each.code, inEnglish(each.message)]),
        [["encrypted", message]],
      );
      // The first words are those of another language, where it has them.
      const locale = localeOf("de", (text) => (text === `${said} {0}` ? "Das bleibt zu. {0}" : undefined));
      assert.equal(inWords(damage[0]?.message ?? "", locale), message.replace(said, "Das bleibt zu."));
      const error = { name: "Pkcs12Error", code: "unsupported", message, isLegacy: true };
      await assert.rejects(openPkcs12Keys(file, PASSWORD, new HashBudget()), error);
    });
  }

  it("says in the reader's language of a private key that it has a password of its own", async () => {
    const key = safeBag(2, encryptedKeyInfo(pbes2(Buffer.alloc(40), "of its own")));
    const file = await pfx(writeSequence(plainSafe(writeSequence(key, certificateBag))), bmpPassword(PASSWORD));
    const opened = await openPrivateKey(file, "00", PASSWORD);
    assert.ok(opened.state === "closed");
    const own = "A private key in the file has its own password, and was not opened.";
    const locale = localeOf("de", (text) => (text.startsWith(own) ? "Eigenes Kennwort: {0}" : undefined));
    assert.equal(
      inWords(opened.message, locale),
      "Eigenes Kennwort: keytool -importkeystore -srckeystore FILE -srcalias NAME -destkeystore NEW.p12 -deststoretype PKCS12",
    );
  });

  it("says of a secret key what it is, and not how to make PEM of it", () =>
    assert.equal(
      inEnglish(obstacleOfPkcs12(strangersFile("javasecret.p12")) ?? ""),
      "The PKCS #12 file is not damaged: it is a Java key store that contains a secret key, which is not shown here, and no certificates or private keys. To see what it is: keytool -list -v -keystore FILE",
    ));

  const header = (dekInfo: string): string => {
    const body = writeOctetString(Buffer.alloc(46)).toString("base64");
    const lines = ["-----BEGIN RSA PRIVATE KEY-----", "Proc-Type: 4,ENCRYPTED", `DEK-Info: ${dekInfo}`, "", body];
    return [...lines, "-----END RSA PRIVATE KEY-----", ""].join("\n");
  };
  for (const [dekInfo, problem] of [
    ["?,00", "Its DEK-Info header does not name a cipher."],
    ["AES-256-CBC,00", "Its DEK-Info header has no initialization vector of the length that the cipher needs."],
  ] as const) {
    it(`says of a key behind ${dekInfo} that it is damaged`, () => {
      const [key] = identifyKeys(Buffer.from(header(dekInfo)));
      assert.ok(key?.state === "encrypted");
      assert.equal(
        inEnglish(key.obstacle ?? ""),
        `The encrypted private key is damaged: ${problem} Use an intact copy of it.`,
      );
    });
  }
});

import assert from "node:assert/strict";
import { generateKeyPairSync, hash } from "node:crypto";
import fc from "fast-check";
import type { Contents } from "../../../src/certificates/containers/contents";
import { readElement, readerOf } from "../../../src/certificates/asn1/der";
import { DerError } from "../../../src/certificates/asn1/der-error";
import { readContainers } from "../../../src/certificates/containers/read";
import { Tag, implicit } from "../../../src/certificates/asn1/tag";
import { writeElement, writeOctetString, writeSequence } from "../../../src/certificates/asn1/der-writer";
import { describePage } from "../certificates/details-page";
import { keysOfPkcs12 } from "../../../src/certificates/keys/stored-key";
import { bmpPassword } from "../../../src/certificates/pkcs12/key-derivation";
import { obstacleOfPkcs12, openPkcs12 } from "../../../src/certificates/pkcs12/open";
import { HashBudget, MAX_HASHES, passwordForms } from "../../../src/certificates/pkcs12/password";
import { pemFixture } from "../certificates/fixtures";
import { drawing, holdsPieces, inBer, nestedOctets } from "./ber";
import { strangersCases, strangersFile } from "./cases";
import {
  bmpOfOldOpenssl,
  certBag,
  encryptedKeyInfo,
  encryptedSafe,
  pbes2,
  pfx,
  plainSafe,
  safeBag,
  scryptOf,
  schemeOf,
  secretBag,
  tripleDes,
} from "./protected";
import { inEnglish } from "../../../src/words/localize";

const PASSWORD = "secret";
const LEAF = pemFixture("extensions/tls-leaf.pem");
const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const PKCS8 = privateKey.export({ format: "der", type: "pkcs8" });
const KEY_IDENTITY = hash("sha256", publicKey.export({ format: "der", type: "spki" }));
const FOUND = { path: [], offset: 0, length: 0 };

const open = (der: Uint8Array, password = PASSWORD) => openPkcs12(der, password, FOUND);
const passwordOf = (name: string): string =>
  strangersCases.files.find(({ file }) => file === `files/${name}`)?.password ?? assert.fail(name);

/** What is in it, in short. */
const told = ({ objects, damage }: Contents): readonly string[] => [
  ...objects.map((object) =>
    object.kind === "privateKey" ? `key${object.keyIdentity === undefined ? " closed" : ""}` : object.kind,
  ),
  ...damage.map(({ code }) => `damage ${code}`),
];

describe("PKCS #12 of other programs", () => {
  // What takes longer to open is among the hostile tests.
  const files: readonly [string, readonly string[]][] = [
    ["mini-ber.p12", ["certificate"]],
    ["osl102-unicode.p12", ["certificate", "key"]],
  ];
  for (const [name, expected] of files)
    it(`opens: ${name}`, async () => {
      const bytes = strangersFile(name);
      assert.equal(obstacleOfPkcs12(bytes), undefined);
      assert.deepEqual(told(await open(bytes, passwordOf(name))), expected);
      // Nothing in the smallest one is protected.
      if (name !== "mini-ber.p12") await assert.rejects(open(bytes, "another"), { code: "wrong-password" });
    }).timeout(20_000);

  it("shares the work that is done for one file with the other keys of that file", async () => {
    const key = plainSafe(writeSequence(safeBag(2, encryptedKeyInfo(pbes2(PKCS8, PASSWORD)))));
    const stored = keysOfPkcs12(await pfx(writeSequence(key), bmpPassword(PASSWORD)));
    assert.ok(stored.encrypted);
    const budget = new HashBudget();
    assert.equal((await stored.decrypt(PASSWORD, budget)).length, 1);
    assert.throws(() => budget.spend({ hashes: MAX_HASHES, asked: "all of it" }), { code: "limit" });
    const spent = new HashBudget();
    spent.spend({ hashes: MAX_HASHES, asked: "all of it" });
    await assert.rejects(stored.decrypt(PASSWORD, spent), { code: "limit" });
  });

  it("of a million rounds is within the limit, and so may be opened in its own thread: i1m.p12", () => {
    assert.equal(obstacleOfPkcs12(strangersFile("i1m.p12")), undefined);
  });

  it("that is a Java key store of a secret key says so, whatever the password: javasecret.p12", async () => {
    const bytes = strangersFile("javasecret.p12");
    const message = inEnglish(obstacleOfPkcs12(bytes) ?? "");
    assert.match(message, /not damaged.*Java key store.*secret key.*keytool -list/);
    for (const password of [passwordOf("javasecret.p12"), PASSWORD])
      await assert.rejects(open(bytes, password), { code: "unsupported", message });
  });

  it("that holds a secret key beside others tells it as such, and is not damaged", async () => {
    const bags = [safeBag(5, secretBag(Buffer.alloc(40, 9)), "aes"), safeBag(3, certBag(LEAF))];
    const contents = await open(await pfx(writeSequence(plainSafe(writeSequence(...bags))), bmpPassword(PASSWORD)));
    assert.deepEqual(told(contents), ["secretKey", "certificate"]);
    const page = describePage(contents, { now: 0 });
    const secret = page.objects.find(({ kind }) => kind === "Secret key");
    assert.ok(secret !== undefined && secret.damaged !== true);
    assert.match(JSON.stringify(secret.sections), /secret key of a Java key store, which is not shown/i);
  });
});

describe("BER in PKCS #12", () => {
  /** A file of a certificate and a key, every layer of which is encoded anew. */
  async function drawn(seed: number, hasCode: boolean, password: string): Promise<Buffer> {
    const draw = drawing(seed);
    const ber = (der: Buffer): Buffer => inBer(der, draw, (identifier) => identifier === implicit(0));
    const bmp = bmpPassword(password);
    const certificate = ber(writeSequence(safeBag(3, certBag(LEAF), "Wurzel ä")));
    const protect = (plain: Buffer) => (draw(2) === 0 ? tripleDes(plain, bmp) : pbes2(plain, password));
    const key = safeBag(2, encryptedKeyInfo(await protect(ber(PKCS8))), "key");
    const safes = [encryptedSafe(await protect(certificate)), plainSafe(ber(writeSequence(key)))];
    return ber(await pfx(ber(writeSequence(...safes)), hasCode ? bmp : undefined));
  }

  it("opens, however it is cut: each string in pieces, each length indefinite or too long", async () => {
    let cut = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.boolean(),
        fc.constantFrom("", PASSWORD, "pässword"),
        async (seed, hasCode, password) => {
          const file = await drawn(seed, hasCode, password);
          if (holdsPieces(file)) cut++;
          const contents = await open(file, password);
          assert.deepEqual(told(contents), ["certificate", "key"]);
          const [first, second] = contents.objects;
          assert.ok(first?.kind === "certificate" && second?.kind === "privateKey");
          assert.ok(LEAF.equals(first.der));
          assert.deepEqual([first.note, second.note, second.keyIdentity], ["Wurzel ä", "key", KEY_IDENTITY]);
          await assert.rejects(open(file, "another"), { code: "wrong-password" });
          assert.deepEqual(
            readContainers(file).objects.map(({ kind }) => kind),
            ["pfx"],
          );
        },
      ),
      { numRuns: 60 },
    );
    assert.ok(cut > 20, String(cut));
  }).timeout(30_000);

  it("is refused where a piece is something else, and where pieces stand too deep", async () => {
    const constructed = (...pieces: readonly Buffer[]) => writeElement(Tag.OCTET_STRING | 0x20, ...pieces);
    const safe = writeSequence(plainSafe(writeSequence(safeBag(3, certBag(LEAF)))));
    assert.deepEqual(told(await open(await withAuthSafe(constructed(writeOctetString(safe))))), ["certificate"]);
    assert.deepEqual(told(await open(await withAuthSafe(nestedOctets(20, safe)))), ["certificate"]);
    await assert.rejects(async () => open(await withAuthSafe(nestedOctets(80, safe))), { code: "damaged" });
    await assert.rejects(async () => open(await withAuthSafe(constructed(safe))), {
      code: "damaged",
      message: /A piece of a string is SEQUENCE/,
    });
  });

  /** A file whose AuthenticatedSafe is given as the whole element around it. */
  async function withAuthSafe(octets: Buffer): Promise<Buffer> {
    const der = await pfx(Buffer.from("placeholder"));
    const whole = readElement(der, Tag.SEQUENCE, "PFX").open();
    const version = whole.next().bytes;
    const info = whole.next().open();
    return writeSequence(version, writeSequence(info.next().bytes, writeElement(0xa0, octets)));
  }
});

describe("passwords of PKCS #12", () => {
  const FORMS: readonly [string, number][] = [
    ["", 2],
    ["secret", 1],
    ["~ !", 1],
    ["pässword", 2],
    ["Łódź", 2],
    ["😀", 2],
  ];
  for (const [typed, forms] of FORMS)
    it(`“${typed}” is tried in ${forms} forms, and no more`, () => {
      const tried = passwordForms(typed, new HashBudget());
      assert.equal(tried.length, forms);
      assert.equal(new Set(tried.map(({ bmp }) => bmp.toString("hex"))).size, forms);
      assert.ok(tried.every(({ text }) => text === typed));
    });

  const contents = writeSequence(safeBag(3, certBag(LEAF)));
  const made: readonly [string, string, (password: string) => Buffer][] = [
    ["as the standard has it", "pässword", bmpPassword],
    ["by OpenSSL 1.0", "pässword", bmpOfOldOpenssl],
    ["by OpenSSL 1.0, beyond Latin-1", "Łódź is in Poland", bmpOfOldOpenssl],
    ["by OpenSSL 1.0, beyond 16 bits", "a😀", bmpOfOldOpenssl],
    ["of no characters, ended by a zero", "", bmpPassword],
    ["of no bytes at all", "", () => Buffer.alloc(0)],
  ];
  for (const [how, password, hashed] of made)
    for (const hasCode of [true, false])
      it(`hashed ${how} open ${hasCode ? "by the code" : "without a code"}`, async () => {
        const bmp = hashed(password);
        const safe = writeSequence(encryptedSafe(await tripleDes(contents, bmp)));
        const file = await pfx(safe, hasCode ? bmp : undefined);
        assert.deepEqual(told(await open(file, password)), ["certificate"]);
        await assert.rejects(open(file, `${password}x`), { code: "wrong-password" });
      });

  it("of a key that has one of its own leave that key closed, and do not count as wrong", async () => {
    const key = safeBag(2, encryptedKeyInfo(pbes2(PKCS8, "of its own")));
    const bags = writeSequence(key, safeBag(3, certBag(LEAF)));
    const file = await pfx(writeSequence(plainSafe(bags)), bmpPassword(PASSWORD));
    assert.deepEqual(told(await open(file)), ["key closed", "certificate", "damage encrypted"]);
    await assert.rejects(open(file, "another"), { code: "wrong-password" });
  });
});

describe("what no password opens", () => {
  const safeOf = (scheme: Buffer) => pfx(writeSequence(encryptedSafe({ scheme, data: Buffer.alloc(16) })));
  const keyOf = (scheme: Buffer) =>
    pfx(writeSequence(plainSafe(writeSequence(safeBag(2, encryptedKeyInfo({ scheme, data: Buffer.alloc(16) }))))));
  const rc4 = writeSequence(
    Buffer.from("060a2a864886f70d010c0101", "hex"),
    writeSequence(writeOctetString(Buffer.alloc(8))),
  );
  const table: readonly [string, Buffer, string, RegExp][] = [
    ["RC4", rc4, "unsupported", /RC4 .* openssl pkcs12 -legacy -in FILE -out NEW\.pem$/],
    ["too much memory", schemeOf(scryptOf(2 ** 20, 8, 1)), "limit", /1025 MB.*openssl pkcs12 -in FILE/],
    ["an unknown cipher", schemeOf(scryptOf(2, 8, 1), "1.2.3.4"), "unsupported", /\(1\.2\.3\.4\).*openssl pkcs12 -in/],
  ];
  for (const [what, scheme, code, message] of table)
    for (const made of [safeOf, keyOf])
      it(`is told before a password is asked for, with the way out: ${what}, ${made.name}`, async () => {
        const file = await made(scheme);
        assert.match(inEnglish(obstacleOfPkcs12(file) ?? ""), message);
        await assert.rejects(open(file), { code, message });
      });
});

describe("elements of another type", () => {
  it("are told in words that differ, whatever the two are", () => {
    const wanted = [...Object.values(Tag), ...[0, 1, 2].flatMap((tag) => [0x80 | tag, 0xa0 | tag])];
    let refused = 0;
    for (let found = 0; found < 256; found++) {
      if ((found & 0x1f) === 0x1f) continue;
      for (const identifier of wanted) {
        try {
          readerOf(Buffer.of(found, 0)).expect(identifier, "It");
        } catch (error) {
          assert.ok(error instanceof DerError && error.code === "tag");
          const [, one, other] = /^It is (.+) instead of (.+)$/.exec(inEnglish(error.problem)) ?? [];
          assert.ok(one !== undefined && one !== other, error.message);
          refused++;
        }
      }
    }
    assert.ok(refused > 5000, String(refused));
  });
});

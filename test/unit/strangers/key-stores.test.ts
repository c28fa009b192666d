import assert from "node:assert/strict";
import { hash } from "node:crypto";
import fc from "fast-check";
import { identifyKeys, openPrivateKey } from "../../../src/certificates/checks/private-key";
import type { Contents } from "../../../src/certificates/containers/contents";
import { readKeyStore } from "../../../src/certificates/containers/key-store";
import { readContainers } from "../../../src/certificates/containers/read";
import { describePage } from "../certificates/details-page";
import { placeText } from "../../../src/certificates/details/place";
import { fixture } from "../certificates/fixtures";
import { strangersFile } from "./cases";
import { inEnglish } from "../../../src/words/localize";

const uint16 = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff]);
const uint32 = (value: number): Buffer => Buffer.from(value.toString(16).padStart(8, "0"), "hex");
const utf = (text: string): Buffer => Buffer.concat([uint16(Buffer.byteLength(text)), Buffer.from(text)]);
const sized = (bytes: Buffer): Buffer => Buffer.concat([uint32(bytes.length), bytes]);
const MADE = Buffer.from("0000018bcfe56800", "hex");

interface StoreParts {
  readonly magic?: number;
  readonly version?: number;
  readonly count?: number;
  readonly entries: readonly Buffer[];
}

/** As JavaKeyStore and JceKeyStore of OpenJDK write. */
const store = ({ magic = 0xfeedfeed, version = 2, entries, count = entries.length }: StoreParts): Buffer =>
  Buffer.concat([uint32(magic), uint32(version), uint32(count), ...entries, Buffer.alloc(20, 0xdd)]);
const certificate = (der: Buffer, version = 2, type = "X.509"): Buffer =>
  Buffer.concat([version === 2 ? utf(type) : Buffer.alloc(0), sized(der)]);
const trusted = (alias: string, der: Buffer, version = 2, type = "X.509"): Buffer =>
  Buffer.concat([uint32(2), utf(alias), MADE, certificate(der, version, type)]);
const keyEntry = (alias: string, key: Buffer, chain: readonly Buffer[], version = 2): Buffer =>
  Buffer.concat([
    uint32(1),
    utf(alias),
    MADE,
    sized(key),
    uint32(chain.length),
    ...chain.map((der) => certificate(der, version)),
  ]);

const leaf = fixture("containers/leaf.der");
const chain = readContainers(fixture("containers/root-first.pem")).objects.flatMap((object) =>
  object.kind === "certificate" ? [Buffer.from(object.der)] : [],
);
const [root = leaf, issuing = leaf] = chain;
const KEY = Buffer.from("these bytes are encrypted and nobody shows them".repeat(4));

const told = ({ objects, damage, format }: Contents) => ({
  format,
  objects: objects.map(({ kind, path }) => `${kind}: ${inEnglish(placeText(path))}`),
  damage: damage.map(({ code }) => code),
});
const UNCHECKED = ["unchecked"];

describe("Java's key stores", () => {
  const table: readonly (readonly [
    name: string,
    bytes: Buffer,
    objects: readonly string[],
    damage: readonly string[],
  ])[] = [
    ["trust.jks", strangersFile("trust.jks"), ["certificate: Java key store (JKS), demo"], UNCHECKED],
    [
      "keys.jks of keytool",
      fixture("containers/keys.jks"),
      [
        "certificate: Java key store (JKS), root",
        "privateKey: Java key store (JKS), shop",
        "certificate: Java key store (JKS), shop",
      ],
      UNCHECKED,
    ],
    [
      "keys.jceks of keytool, with a secret key before the others",
      fixture("containers/keys.jceks"),
      [
        "privateKey: Java key store (JCEKS), other",
        "certificate: Java key store (JCEKS), other",
        "certificate: Java key store (JCEKS), root",
        "privateKey: Java key store (JCEKS), shop",
        "certificate: Java key store (JCEKS), shop",
      ],
      ["other-form", "unchecked"],
    ],
    [
      "a key with its chain, and a trusted certificate",
      store({ entries: [keyEntry("shop", KEY, [leaf, issuing]), trusted("root", root)] }),
      [
        "privateKey: Java key store (JKS), shop",
        "certificate: Java key store (JKS), shop",
        "certificate: Java key store (JKS), shop",
        "certificate: Java key store (JKS), root",
      ],
      UNCHECKED,
    ],
    [
      "version 1, whose certificates have no type",
      store({ version: 1, entries: [trusted("a", root, 1), keyEntry("b", KEY, [leaf], 1)] }),
      [
        "certificate: Java key store (JKS), a",
        "privateKey: Java key store (JKS), b",
        "certificate: Java key store (JKS), b",
      ],
      UNCHECKED,
    ],
    [
      "JCEKS",
      store({ magic: 0xcececece, entries: [trusted("a", root)] }),
      ["certificate: Java key store (JCEKS), a"],
      UNCHECKED,
    ],
    ["an empty one", store({ entries: [] }), [], UNCHECKED],
    [
      "a certificate of another type",
      store({ entries: [trusted("a", KEY, 2, "PGP")] }),
      ["unreadable: Java key store (JKS), a"],
      UNCHECKED,
    ],
    [
      "one that is cut off",
      store({ entries: [trusted("a", root), trusted("b", leaf)] }).subarray(0, -30),
      ["certificate: Java key store (JKS), a"],
      ["truncated"],
    ],
    [
      "one that promises more entries",
      store({ count: 9, entries: [trusted("a", root)] }),
      ["certificate: Java key store (JKS), a"],
      ["truncated"],
    ],
    [
      "an entry of no known kind, with a certificate behind it",
      store({ entries: [Buffer.concat([uint32(9), utf("x"), MADE]), trusted("b", leaf)] }),
      ["certificate: Java key store (JKS)"],
      ["truncated"],
    ],
    [
      "with a length that is a lie",
      store({ entries: [Buffer.concat([uint32(2), utf("a"), MADE, utf("X.509"), uint32(0xffffffff), root])] }),
      ["certificate: Java key store (JKS)"],
      ["truncated"],
    ],
  ];
  for (const [name, bytes, objects, damage] of table)
    it(`are read: ${name}`, () =>
      assert.deepEqual(told(readContainers(bytes)), { format: "keystore", objects, damage }));

  it("are read in base64, in a secret of cert-manager and in an archive", () => {
    const bytes = store({ entries: [trusted("a", root)] });
    const secret = `kind: Secret\ndata:\n  truststore.jks: ${bytes.toString("base64")}\n  password: Y2hhbmdlaXQ=\n`;
    assert.deepEqual(told(readContainers(Buffer.from(bytes.toString("base64")))).objects, [
      "certificate: base64, Java key store (JKS), a",
    ]);
    assert.deepEqual(told(readContainers(Buffer.from(secret))).objects, [
      "certificate: value truststore.jks, Java key store (JKS), a",
    ]);
  });

  it("give their certificates byte for byte, and where these stand", () => {
    const bytes = store({ entries: [keyEntry("shop", KEY, [leaf, issuing]), trusted("root", root)] });
    const certificates = readContainers(bytes).objects.flatMap((object) =>
      object.kind === "certificate" ? [object] : [],
    );
    assert.deepEqual(
      certificates.map(({ der }) => Buffer.from(der)),
      [leaf, issuing, root],
    );
    for (const { der, offset, length } of certificates)
      assert.deepEqual(bytes.subarray(offset, offset + length), Buffer.from(der));
  });

  it("never give their keys, which are named with what to do", async () => {
    const bytes = store({ entries: [keyEntry("shop", KEY, [leaf])] });
    const page = JSON.stringify(describePage(readContainers(bytes), { now: 0 }));
    assert.ok(!page.includes("these bytes") && !page.includes(KEY.toString("hex").slice(0, 40)));
    assert.match(page, /keytool -importkeystore/);
    assert.match(page, /it was not checked whether the store was changed/);
    assert.deepEqual(
      identifyKeys(bytes).map(({ state }) => state),
      ["unreadable"],
    );
    const opened = await openPrivateKey(bytes, hash("sha256", leaf), "changeit");
    assert.ok(opened.state === "closed" && inEnglish(opened.message).includes("keytool -importkeystore"));
  });

  it("are not damaged in the words of the page", () => {
    const { summary } = describePage(readContainers(strangersFile("trust.jks")), { now: Date.UTC(2027, 0, 1) });
    assert.ok(
      !summary.sentences.some(({ text }) =>
        text
          .map((part) => part.text)
          .join("")
          .includes("could not be read"),
      ),
    );
  });

  it("never throw, whatever is changed in them", () => {
    const files = ["keys.jks", "keys.jceks"].map((name) => fixture(`containers/${name}`));
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.nat(3000),
        fc.nat(3000),
        fc.integer({ min: 0, max: 255 }),
        (file, at, cut, value) => {
          const bytes = Buffer.from(file.subarray(0, Math.max(12, file.length - (cut % file.length))));
          bytes[at % bytes.length] = value;
          for (const { offset, length } of readContainers(bytes).objects)
            assert.ok(offset >= 0 && offset + length <= bytes.length);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("a key store is read", () => {
  const one = trusted("a", Buffer.of(0));
  const table: readonly (readonly [name: string, entries: readonly Buffer[]])[] = [
    ["in many entries", Array.from({ length: 10_001 }, () => one)],
    [
      "in one chain",
      [
        keyEntry(
          "a",
          KEY,
          Array.from({ length: 10_001 }, () => Buffer.of(0)),
        ),
      ],
    ],
  ];
  for (const [name, entries] of table)
    it(`up to 10,000 entries, and says so: ${name}`, () => {
      const read = readKeyStore(store({ entries }));
      assert.equal(read.entries.length, 10_000);
      assert.match(inEnglish(read.problem?.message ?? ""), /more than 10,000 entries/);
    });

  it("on behind a secret key with an entry that has a time of these decades", () => {
    const lookAlike = Buffer.concat([uint32(2), utf("false"), Buffer.alloc(8), certificate(leaf)]);
    const secret = Buffer.concat([uint32(3), utf("secret"), MADE, Buffer.from("aced0005", "hex"), lookAlike]);
    const read = readKeyStore(store({ magic: 0xcececece, entries: [secret, trusted("shop", leaf)] }));
    assert.deepEqual(
      read.entries.map(({ kind, alias }) => `${kind} ${alias}`),
      ["secretKey secret", "certificate shop"],
    );
  });
});

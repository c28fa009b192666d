import assert from "node:assert/strict";
import fc from "fast-check";
import { spelledOut } from "../../../src/certificates/names/spelled-out";
import { readTextBlocks, type BlockFact } from "../../../src/certificates/text-blocks";
import { pemText } from "../../../src/certificates/pem-text";
import { dnsNames, writtenCertificate } from "../strangers/written-certificate";
import { inEnglish, inWords } from "../../../src/words/localize";
import { JAPANESE } from "../words/japanese";
import { fixture, fixtureNames } from "./fixtures";
import { plainly } from "../words/plainly";

const blocksOf = (text: string) => plainly(readTextBlocks(text));

const text = (name: string) => fixture(name).toString();
const value = (fact: BlockFact) => ("text" in fact ? fact.text : "hex" in fact ? fact.hex : fact.at);

describe("the blocks of a text", () => {
  const table: [file: string, objects: [title: string, name: string][][]][] = [
    [
      "containers/root-first.pem",
      [
        [["Root certificate", "Example Root"]],
        [["CA certificate", "Example Issuing CA"]],
        [["Certificate", "www.example.test"]],
      ],
    ],
    [
      "containers/certs-only.p7b",
      [
        [
          ["Certificate", "www.example.test"],
          ["CA certificate", "Example Issuing CA"],
          ["Root certificate", "Example Root"],
        ],
      ],
    ],
    ["containers/request.pem", [[["Certificate request", "request.example.test"]]]],
    ["containers/list.pem", [[["Revocation list", "Example Issuing CA"]]]],
    ["containers/public-ed25519.pem", [[["Public key", "Ed25519"]]]],
    ["containers/public-rsa-pkcs1.pem", [[["Public key", "RSA 1024"]]]],
    ["containers/private-pkcs8.pem", [[["Private key", ""]]]],
    ["containers/private-encrypted.pem", [[["Private key", ""]]]],
  ];
  for (const [file, expected] of table) {
    it(`of ${file}: where each is, and what is in it`, () => {
      const whole = text(file);
      const blocks = blocksOf(whole);
      const told = blocks.map(({ objects }) => objects.map(({ title, name }) => [title, name]));
      assert.deepEqual(
        told.map((objects) => objects.sort()),
        expected.map((objects) => objects.sort()),
      );
      for (const { start, end, firstLineEnd, label } of blocks) {
        assert.equal(whole.slice(start, firstLineEnd), `-----BEGIN ${label}-----`);
        assert.ok(whole.slice(start, end).endsWith(`-----END ${label}-----`));
      }
    });
  }

  it("stand where they stand whatever is written between them, in any line ends", () => {
    const pem = text("containers/root-first.pem").replaceAll("\n", "\r\n");
    const whole = `Grüße – ＡＢＣ 😀 ĭĭĭĭĭBEGIN\r\n${pem}\r\nнет\r\n${pem}`;
    const blocks = blocksOf(whole);
    assert.equal(blocks.length, 6);
    for (const { start, end, firstLineEnd, objects } of blocks) {
      assert.equal(whole.slice(start, firstLineEnd), "-----BEGIN CERTIFICATE-----");
      assert.ok(whole.slice(start, end).endsWith("-----END CERTIFICATE-----"));
      assert.equal(objects.length, 1);
    }
  });

  it("tell of a certificate who, by whom, until when, and its fingerprints", () => {
    const [, , leaf] = blocksOf(text("containers/root-first.pem"));
    const facts = Object.fromEntries((leaf?.objects[0]?.facts ?? []).map((fact) => [fact.label, value(fact)]));
    assert.deepEqual(Object.keys(facts), [
      "Subject",
      "Names",
      "Issuer",
      "Valid from",
      "Valid until",
      "Key",
      "Serial number",
      "SHA-256",
      "SHA-1",
    ]);
    assert.equal(facts.Subject, "CN=www.example.test,O=Example");
    assert.equal(facts.Issuer, "CN=Example Issuing CA,O=Example");
    assert.match(JSON.stringify(facts["SHA-256"]), /^"[0-9a-f]{64}"$/);
  });

  it("tell nothing of a private key but that it is one, and whether it is encrypted", () => {
    for (const [file, words] of [
      ["private-pkcs8.pem", /not encrypted/],
      ["private-ec.pem", /not encrypted/],
      ["private-encrypted.pem", /^"It is encrypted/],
      ["private-rsa-encrypted.pem", /^"It is encrypted/],
    ] as const) {
      const key = blocksOf(text(`containers/${file}`))
        .flatMap(({ objects }) => objects)
        .at(-1);
      assert.equal(key?.kind, "privateKey");
      assert.equal(key.facts.length, 1);
      assert.match(JSON.stringify(key.facts.map(value)[0]), words);
    }
  });

  it("are there where what is in them is damaged, and in Base64 without markers", () => {
    const pem = text("containers/root-first.pem");
    const [broken] = blocksOf(pem.replace(/MII/, "!!!"));
    assert.deepEqual([broken?.label, broken?.start], ["CERTIFICATE", 0]);
    const base64 = fixture("containers/leaf.der").toString("base64");
    assert.deepEqual(
      blocksOf(base64).map(({ start, end, objects }) => [start, end, objects[0]?.title]),
      [[0, base64.length, "Certificate"]],
    );
    assert.deepEqual(blocksOf("no block at all"), []);
    assert.deepEqual(blocksOf(""), []);
  });

  it("never throws, and stays in the text, whatever is cut and joined", () => {
    const files = fixtureNames("containers", ".pem").map((name) => text(name));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...files), fc.nat(3000), fc.nat(3000), fc.string()), { maxLength: 4 }),
        (parts) => {
          const whole = parts.map(([file, from, length, more]) => file.slice(from, from + length) + more).join("");
          let last = 0;
          for (const { start, end, firstLineEnd } of blocksOf(whole)) {
            assert.ok(last <= start && start <= firstLineEnd && firstLineEnd <= end && end <= whole.length);
            last = end;
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe("the names in a block's description", () => {
  for (const [count, end] of [
    [10, "9.example and 10.example"],
    [11, "9.example, 10.example and 1 more"],
    [1_500, "9.example, 10.example and 1490 more"],
    [12_510, "9.example, 10.example and 12,500 more"],
  ] as const) {
    it(`of ${count}: … ${end}`, () => {
      const names = Array.from({ length: count }, (_, at) => `${at + 1}.example`);
      const [block] = blocksOf(pemText(writtenCertificate({ extensions: [dnsNames(...names)] })));
      const fact = block?.objects[0]?.facts.find(({ label }) => label === "Names");
      assert.equal(fact && value(fact), `${names.slice(0, 8).join(", ")}, ${end}`);
    });
  }
});

describe("long names in a block's description", () => {
  const namesOf = (...names: string[]) => {
    const [block] = readTextBlocks(pemText(writtenCertificate({ extensions: [dnsNames(...names)] })));
    const fact = block?.objects[0]?.facts.find(({ label }) => typeof label === "object" && label.text === "Names");
    assert.ok(fact !== undefined && "text" in fact);
    return fact.text;
  };
  const long = `${"a".repeat(140)}.example`;

  it("are named as far as there is room, and the others counted", () => {
    assert.equal(inEnglish(namesOf(long, long, "b.example", "c.example")), `${long}, ${long} and 2 more`);
    assert.equal(inEnglish(namesOf("x".repeat(301), "b.example")), `${"x".repeat(300)}… and 1 more`);
  });

  it("are joined as the reader's language does", () => {
    assert.equal(inWords(namesOf("a.example", "b.example"), JAPANESE), "a.example、b.example");
  });
});

describe("a text from inside, where nothing can be marked", () => {
  const table: [string, string][] = [
    ["www.example.com", "www.example.com"],
    ["pay\u202elap.example", "pay‹U+202E›lap.example"],
    ["a\u0000b\nc", "a‹U+0000›b‹U+000A›c"],
    ["p\u0430ypal.example", "p\u0430‹U+0430, looks like a›ypal.example"],
    ["münchen.example", "münchen.example"],
    [
      "\u0430\u0440\u0440.example",
      "\u0430‹U+0430, looks like a›\u0440‹U+0440, looks like p›\u0440‹U+0440, looks like p›.example",
    ],
  ];
  for (const [raw, expected] of table) {
    it(`is spelled out: ${expected}`, () => assert.equal(spelledOut(raw), expected));
  }

  it("takes a word of another script in a sentence for what it is, and no letter of another one in a word", () => {
    const says = "ends on 15 \u0399\u03bf\u03c5\u03bd 2027, p\u0430ypal.example";
    assert.equal(spelledOut(says, "text"), says.replace("\u0430", "\u0430‹U+0430, looks like a›"));
  });
});

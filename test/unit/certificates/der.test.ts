import assert from "node:assert/strict";
import fc from "fast-check";
import { lenientReaderOf, readElement, readerOf, type Element } from "../../../src/certificates/asn1/der";
import { MAX_DEPTH } from "../../../src/certificates/asn1/source";
import { Tag, describeIdentifier } from "../../../src/certificates/asn1/tag";
import { readBigInteger, readBoolean, readDecimal, readInteger, readOid } from "../../../src/certificates/asn1/value";

const bytes = (hex: string) => Buffer.from(hex.replaceAll(" ", ""), "hex");
const first = (hex: string) => readerOf(bytes(hex)).next();

/** Code and offset of the DerError that reading everything in `hex` ends with. */
function failure(hex: string): string {
  const walk = (element: Element): void => {
    if (!element.constructed) return;
    for (const reader = element.open(); reader.more;) walk(reader.next());
  };
  try {
    for (const reader = readerOf(bytes(hex)); reader.more;) walk(reader.next());
  } catch (error) {
    const { code, offset } = error as { code: string; offset: number };
    return `${code}@${offset}`;
  }
  return "none";
}

describe("DER reader", () => {
  const malformed: [string, string, string][] = [
    ["tag without length", "30", "truncated@0"],
    ["length cut off", "30 82 01", "truncated@0"],
    ["content cut off", "30 05 02 01 01", "truncated@0"],
    ["element longer than its parent", "30 03 02 05 01 00 00", "overrun@2"],
    ["tag at the end of its parent", "30 01 02 00", "overrun@2"],
    ["length beyond 4 GiB", "30 89 01 00 00 00 00 00 00 00 00", "length@0"],
    ["reserved length", "30 ff", "truncated@0"],
    ["primitive of indefinite length", "04 80 00 00", "length@0"],
    ["indefinite length without an end", "30 80 02 01 01", "truncated@2"],
    ["indefinite length inside, without an end", "30 80 30 80 00 00", "truncated@2"],
    ["tag number too large", "1f ff ff ff ff 7f 00", "tag@0"],
    ["tag number cut off", "1f 80", "truncated@0"],
    ["end of contents at the top", "00 00", "none"],
    ["nothing", "", "none"],
  ];
  for (const [name, hex, expected] of malformed) it(name, () => assert.equal(failure(hex), expected));

  it("reads lengths in every form, and says which are not DER", () => {
    for (const [hex, beyondDer] of [
      ["04 01 aa", false],
      ["04 81 01 aa", true],
      ["04 84 00 00 00 01 aa", true],
    ] as const) {
      const element = first(hex);
      assert.deepEqual([element.hex, element.beyondDer], ["aa", beyondDer], hex);
    }
  });

  it("reads high tag numbers", () => {
    const element = first("bf 81 48 02 05 00");
    assert.deepEqual([element.tagNumber, element.length, element.constructed], [200, 2, true]);
    assert.equal(describeIdentifier(element.identifier, element.tagNumber), "[200]");
  });

  it("finds the ends of nested indefinite lengths, and where elements stand", () => {
    const outer = first("30 80 30 80 02 01 01 00 00 04 01 ff 00 00 05 00");
    const reader = outer.open();
    const inner = reader.next();
    assert.deepEqual([outer.start, outer.contentEnd, outer.end], [0, 12, 14]);
    assert.deepEqual([inner.start, inner.contentEnd, inner.end], [2, 7, 9]);
    assert.deepEqual([reader.next().start, reader.more], [9, false]);
  });

  it("joins strings in pieces, however deep", () => {
    assert.equal(first("24 80 04 02 61 62 24 03 04 01 63 04 00 00 00").octets().toString(), "abc");
    assert.deepEqual(first("23 09 03 03 00 aa bb 03 02 04 f0").bits(), { unused: 4, bytes: bytes("aabbf0") });
  });

  it("stops at the depth limit, with and without lengths", () => {
    const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);
    assert.equal(failure(nested(MAX_DEPTH, "3080", "0000")), "none");
    assert.match(failure(nested(MAX_DEPTH + 1, "3080", "0000")), /^too-deep@/);
    const definite = (depth: number): Buffer => {
      let content = Buffer.alloc(0);
      for (let level = 0; level < depth; level++) {
        const length =
          content.length < 128 ? Buffer.of(content.length) : Buffer.of(0x82, content.length >> 8, content.length & 255);
        content = Buffer.concat([Buffer.of(0x30), length, content]);
      }
      return content;
    };
    assert.equal(failure(definite(MAX_DEPTH).toString("hex")), "none");
    assert.match(failure(definite(MAX_DEPTH + 1).toString("hex")), /^too-deep@/);
  });

  it("cuts elements off when asked to", () => {
    const outer = lenientReaderOf(bytes("30 20 02 01 05 04 0a 61 62")).next();
    const reader = outer.open();
    const parts = [reader.next(), reader.next()];
    assert.deepEqual([outer.missing, ...parts.map(({ missing }) => missing)], [25, 0, 8]);
    assert.equal(parts[1]?.hex, "6162");
  });

  it("says what is expected and what is there", () => {
    assert.throws(() => readElement(bytes("3100"), Tag.SEQUENCE, "Certificate"), {
      code: "tag",
      message: /Certificate is SET instead of SEQUENCE/,
    });
    assert.throws(() => readElement(bytes("300000"), Tag.SEQUENCE, "Certificate"), { code: "trailing", offset: 2 });
    assert.throws(() => readElement(bytes(""), Tag.SEQUENCE, "Certificate"), { code: "missing" });
  });

  it("reads back whatever tree was written, in DER and with indefinite lengths", () => {
    type Tree = number | Tree[];
    const trees = fc.letrec<{ tree: Tree }>((tie) => ({
      tree: fc.oneof({ depthSize: "small" }, fc.nat(300), fc.array(tie("tree"), { maxLength: 4 })),
    })).tree;
    const write = (tree: Tree, indefinite: boolean): Buffer => {
      const content =
        typeof tree === "number"
          ? Buffer.alloc(tree, 0x5a)
          : Buffer.concat(tree.map((part) => write(part, indefinite)));
      if (typeof tree !== "number" && indefinite) return Buffer.concat([bytes("3080"), content, bytes("0000")]);
      const length =
        content.length < 128
          ? [content.length]
          : [0x83, content.length >> 16, (content.length >> 8) & 255, content.length & 255];
      return Buffer.concat([Buffer.of(typeof tree === "number" ? 4 : 0x30, ...length), content]);
    };
    const read = (element: Element): Tree => {
      if (!element.constructed) return element.length;
      const parts: Tree[] = [];
      for (const reader = element.open(); reader.more;) parts.push(read(reader.next()));
      return parts;
    };
    fc.assert(
      fc.property(trees, fc.boolean(), (tree, indefinite) => {
        assert.deepEqual(read(readerOf(write(tree, indefinite)).next()), tree);
      }),
      { numRuns: 200 },
    );
  });
});

describe("simple values", () => {
  const oids: [string, string][] = [
    ["06 03 55 04 03", "2.5.4.3"],
    ["06 01 27", "0.39"],
    ["06 01 28", "1.0"],
    ["06 01 50", "2.0"],
    ["06 02 88 37", "2.999"],
    ["06 09 2a 86 48 86 f7 0d 01 01 0b", "1.2.840.113549.1.1.11"],
  ];
  for (const [hex, expected] of oids)
    it(`OBJECT IDENTIFIER ${expected}`, () => assert.equal(readOid(first(hex)), expected));

  it("OBJECT IDENTIFIER with a number of 128 bits", () => {
    assert.equal(readOid(first("06 14 69 83ffffffffffffffffffffffffffffffffff7f")), `2.25.${2n ** 128n - 1n}`);
  });

  for (const [name, hex] of [
    ["nothing", "06 00"],
    ["a number cut off", "06 02 55 84"],
    ["257 bytes", `06 82 01 01 ${"01".repeat(257)}`],
  ] as const) {
    it(`OBJECT IDENTIFIER of ${name} is refused`, () => assert.throws(() => readOid(first(hex)), { code: "value" }));
  }

  const integers: [string, string, string][] = [
    ["02 01 00", "00", "0"],
    ["02 01 7f", "7F", "127"],
    ["02 02 00 80", "80", "128"],
    ["02 01 80", "-80", "-128"],
    ["02 01 ff", "-01", "-1"],
    ["02 02 ff 00", "-0100", "-256"],
    ["02 03 00 00 05", "05", "5"],
    ["02 09 00 ff ff ff ff ff ff ff ff", "FFFFFFFFFFFFFFFF", "18446744073709551615"],
  ];
  for (const [hex, expected, number] of integers) {
    it(`INTEGER ${number}`, () =>
      assert.deepEqual([readBigInteger(first(hex)), readDecimal(expected)], [expected, number]));
  }

  it("INTEGER beyond 64 bytes has no decimal form", () => assert.equal(readDecimal("7F".repeat(65)), undefined));
  it("INTEGER must fit", () => {
    assert.equal(readInteger(first("02 01 ff"), "x", -1), -1);
    for (const hex of ["02 00", "02 01 ff", "02 05 01 00 00 00 00", "02 07 00 00 00 00 00 00 01"]) {
      assert.throws(() => readInteger(first(hex), "x"), { code: "value" }, hex);
    }
  });
  it("BOOLEAN", () => {
    assert.deepEqual(
      [readBoolean(first("01 01 ff")), readBoolean(first("01 01 00")), readBoolean(first("01 01 01"))],
      [true, false, true],
    );
    assert.throws(() => readBoolean(first("01 02 00 00")), { code: "value" });
  });
  it("BIT STRING with a wrong count of unused bits is refused", () => {
    for (const hex of ["03 00", "03 01 01", "03 02 08 00"])
      assert.throws(() => first(hex).bits(), { code: "value" }, hex);
  });
});

import assert from "node:assert/strict";
import type { Asn1Node } from "../../../src/certificates/asn1/asn1-node";
import { asn1Outline, readAsn1Tree } from "../../../src/certificates/asn1/asn1-tree";
import { inEnglish } from "../../../src/words/localize";
import { hasEncodedData } from "../../../src/certificates/containers/encoded-data";
import { oidName } from "../../../src/certificates/oid-name";
import {
  writeBitString,
  writeInteger,
  writeObjectIdentifier,
  writeOctetString,
  writeSequence,
  writeUnsignedInteger,
} from "../../../src/certificates/asn1/der-writer";

/** A tree in short: values, and in brackets what is inside; "~" before what is encoded inside a string. */
const short = ({ value, children, encapsulates, problem }: Asn1Node): string =>
  `${encapsulates ? "~" : ""}${children === undefined ? inEnglish(problem ?? value ?? "") : `[${children.map(short).join(" ")}]`}`;
const tree = (bytes: Uint8Array): string => readAsn1Tree(bytes, oidName).map(short).join(" ");

/** Wraps bytes so many times. */
function nested(inner: Buffer, depth: number, wrap: (content: Buffer) => Buffer): Buffer {
  let bytes = inner;
  for (let level = 0; level < depth; level++) bytes = wrap(bytes);
  return bytes;
}

/** Says that it is longer than it is. */
const cut = Buffer.from("0405aabb", "hex");

describe("a tree of ASN.1", () => {
  const table: [string, Buffer, string][] = [
    ["elements", writeSequence(writeInteger(5), writeSequence(writeInteger(6))), "[5 [6]]"],
    ["what is encoded inside a string", writeOctetString(writeSequence(writeInteger(5))), "~[[5]]"],
    ["and inside a string of bits", writeBitString(writeInteger(5)), "~[5]"],
    [
      "two elements inside a string, which are bytes",
      writeOctetString(Buffer.concat([writeInteger(5), writeInteger(6)])),
      "020105020106",
    ],
    ["a string in a string", writeOctetString(writeOctetString(writeInteger(5))), "~[~[5]]"],
    ["a string whose inside is cut", writeOctetString(cut), "0405aabb"],
    ["a string around that", writeOctetString(writeOctetString(cut)), "~[0405aabb]"],
    ["a sequence around that", writeOctetString(writeSequence(cut)), "30040405aabb"],
    ["strings in each other", nested(writeInteger(5), 20, writeOctetString), `${"~[".repeat(20)}5${"]".repeat(20)}`],
    [
      "brothers, of which one is cut inside",
      writeOctetString(writeSequence(writeOctetString(writeInteger(5)), writeOctetString(cut), writeInteger(6))),
      "~[[~[5] 0405aabb 6]]",
    ],
    [
      "something cut at the end",
      Buffer.concat([writeInteger(5), Buffer.from("3005", "hex"), writeInteger(6)]),
      "5 [6]",
    ],
  ];
  for (const [what, bytes, expected] of table) it(what, () => assert.equal(tree(bytes), expected));

  it("tells how much of what is cut is not there", () => {
    const [root] = readAsn1Tree(Buffer.from("3005020105", "hex"), oidName);
    assert.equal(inEnglish(root?.problem ?? ""), "2 of its bytes are missing");
  });

  for (const [what, count, last] of [
    ["looks into strings", 100, "~[5]"],
    // Each of them looked whole up to its last bytes: a file may hold thousands.
    ["and no longer after many that turned out to be bytes", 300, "020105"],
  ] as const)
    it(what, () => {
      const almost = writeOctetString(writeSequence(...Array.from({ length: 100 }, () => writeInteger(5)), cut));
      const [root] = readAsn1Tree(
        writeSequence(...Array.from({ length: count }, () => almost), writeOctetString(writeInteger(5))),
        oidName,
      );
      const children = root?.children?.map(short) ?? [];
      assert.equal(children.pop(), last);
      assert.deepEqual([children.length, ...new Set(children)], [count, almost.toString("hex", 4, 104)]);
    });
});

describe("an outline of ASN.1", () => {
  const utf8 = (words: string): Buffer => Buffer.concat([Buffer.of(0x0c, words.length), Buffer.from(words)]);
  const table: [string, Buffer, string][] = [
    ["a version", writeInteger(3), "3"],
    ["a number of eight bytes", writeUnsignedInteger(Buffer.alloc(8, 0x11)), "1229782938247303441"],
    ["a longer one, which may be of a key", writeUnsignedInteger(Buffer.alloc(9, 0x11)), "not shown"],
    ["bytes", writeOctetString(Buffer.alloc(3, 0xff)), "not shown"],
    ["a name", utf8("Example"), "Example"],
    ["encoded data", utf8("MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0w"), "not shown"],
    ["an identifier", writeObjectIdentifier("1.2.840.10045.2.1"), "1.2.840.10045.2.1"],
  ];
  for (const [what, bytes, shown] of table)
    it(`of ${what}`, () => {
      const [outer] = asn1Outline(writeSequence(bytes), oidName, hasEncodedData);
      assert.ok(outer?.children?.map(short).join().startsWith(shown), outer?.children?.map(short).join());
    });
});

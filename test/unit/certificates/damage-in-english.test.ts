import assert from "node:assert/strict";
import { zipSync } from "fflate";
import { readElement, readerOf } from "../../../src/certificates/asn1/der";
import { writeObjectIdentifier, writeSequence } from "../../../src/certificates/asn1/der-writer";
import { readAsn1Tree } from "../../../src/certificates/asn1/asn1-tree";
import type { DerError } from "../../../src/certificates/asn1/der-error";
import { Tag } from "../../../src/certificates/asn1/tag";
import { readBoolean, readInteger } from "../../../src/certificates/asn1/value";
import { readContainers } from "../../../src/certificates/containers/read";
import { readSignedData } from "../../../src/certificates/containers/pkcs7";
import { oidName } from "../../../src/certificates/oid-name";
import { pemText } from "../../../src/certificates/pem-text";
import { inEnglish } from "../../../src/words/localize";
import { fixture } from "./fixtures";

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(" ", ""), "hex");
const element = (hex: string) => readerOf(bytes(hex)).next();
/** ContentInfo of plain data. */
const contentInfo = readerOf(writeSequence(writeObjectIdentifier("1.2.840.113549.1.7.1"))).next();
const whole = (hex: string) => readElement(bytes(hex), Tag.SEQUENCE, "Certificate");

/** Each value in its place, and the forms of the plurals. */
describe("what is wrong with an encoding, in English", () => {
  const table: readonly (readonly [read: () => unknown, problem: string, offset: number])[] = [
    [() => whole("30 82 27 10 02 01 01"), "The element should have 10,000 bytes, but has only 3", 0],
    [
      () => element("30 03 02 05 01 00 00 00 00").open().next(),
      "The element (5 bytes) is longer than the one that contains it",
      2,
    ],
    [() => whole("30 00 05"), "1 byte follows Certificate", 2],
    [() => whole("30 00 05 00"), "2 bytes follow Certificate", 2],
    [() => whole("31 00"), "Certificate is SET instead of SEQUENCE", 0],
    [() => whole("10 00"), "Certificate is a primitive SEQUENCE instead of a constructed one", 0],
    [
      () => whole("30 02 22 00").open().expect(Tag.INTEGER, "version"),
      "version is a constructed INTEGER instead of a primitive one",
      2,
    ],
    [() => readBoolean(element("01 02 00 00")), "BOOLEAN is not 1 byte long", 0],
    [() => readInteger(element("02 01 04"), "version", 3, 3), "version is not 3", 0],
    [() => readInteger(element("02 01 04"), "years", 1, 3), "years is not between 1 and 3", 0],
    [() => readSignedData(contentInfo), "1.2.840.113549.1.7.1 is not a SignedData", 2],
  ];
  for (const [read, problem, offset] of table) {
    it(`${problem}, at byte ${offset}`, () =>
      assert.throws(read, (error: DerError) => {
        const said = `${problem} (byte ${offset})`;
        assert.deepEqual(
          [error.message, inEnglish(error.said), inEnglish(error.problem), error.offset],
          [said, said, problem, offset],
        );
        return true;
      }));
  }

  for (const [hex, said] of [
    ["30 05 04 02 01 02", "1 of its bytes is missing"],
    ["30 06 04 02 01 02", "2 of its bytes are missing"],
  ] as const) {
    it(`in a tree: ${said}`, () => {
      const [outer] = readAsn1Tree(bytes(hex), oidName);
      assert.ok(outer?.problem !== undefined);
      assert.equal(inEnglish(outer.problem), said);
    });
  }
});

describe("what is wrong with a container, in English", () => {
  const LEAF = fixture("containers/leaf.der");
  const PEM = pemText(LEAF);
  const zip = (file: Buffer, change: (bytes: Buffer, directory: number) => void): Buffer => {
    const bytes = Buffer.from(zipSync({ "shop.crt": file }));
    change(bytes, bytes.indexOf("PK\u0001\u0002"));
    return bytes;
  };
  const zeros = Buffer.alloc(100_000);
  const store = bytes("feedfeed 00000002 00000001 00000009 0000 0000000000000000");
  const table: readonly (readonly [what: string, bytes: Buffer, ...damage: string[]])[] = [
    ["one byte behind DER", Buffer.concat([LEAF, bytes("05")]), "trailing at 384: 1 extra byte follows"],
    ["two bytes behind DER", Buffer.concat([LEAF, bytes("0500")]), "trailing at 384: 2 extra bytes follow"],
    [
      "PEM with two labels",
      Buffer.from(PEM.replace("END CERTIFICATE", "END X509 CRL")),
      "label at 548: BEGIN CERTIFICATE is closed by END X509 CRL",
    ],
    [
      "PEM without its end",
      Buffer.from(`\n${PEM.slice(0, 500)}`),
      "no-end at 1: BEGIN CERTIFICATE has no END",
      "truncated at 29: The element should have 380 bytes, but has only 332",
    ],
    [
      "an entry of a ZIP that is packed oddly",
      zip(LEAF, (file, at) => file.writeUInt16LE(14, at + 10)),
      "packed at 365: shop.crt is packed in an unsupported way (LZMA): unpack the archive",
    ],
    [
      "an entry of a ZIP that grows",
      zip(zeros, () => undefined),
      "too-large at 151: shop.crt grows from 113 to 100,000 bytes",
    ],
    [
      "an entry of a ZIP that is too large",
      zip(LEAF, (file, at) => file.writeUInt32LE(99_999_999, at + 24)),
      "too-large at 365: shop.crt is too large (99,999,999 bytes)",
    ],
    [
      "a key store with an entry of an unknown kind",
      Buffer.concat([store, Buffer.alloc(60)]),
      "truncated at 12: The key store is damaged: its next entry is of an unknown type",
    ],
    ["a key store that is cut off", store, "truncated at 12: The key store is truncated"],
    [
      "a program",
      Buffer.concat([bytes("4d5a90"), Buffer.alloc(300, 0x5a)]),
      "other-form at 0: It is a program for Windows, which cannot be read here. Open the certificate file itself.",
    ],
    [
      "an old certificate store of Windows",
      Buffer.concat([bytes("0000000043455254"), Buffer.alloc(300, 0x5a)]),
      "other-form at 0: It is a Windows certificate store (.sst), which cannot be read here. Export its certificates: certutil -split -dump FILE.",
    ],
  ];
  for (const [what, file, ...damage] of table) {
    it(what, () =>
      assert.deepEqual(
        readContainers(file).damage.map(({ code, offset, message }) => `${code} at ${offset}: ${inEnglish(message)}`),
        damage,
      ),
    );
  }

  it("more than is read", () => {
    const [damage, ...others] = readContainers(Buffer.alloc(64 * 1024 * 1024 + 1)).damage;
    assert.ok(damage !== undefined && others.length === 0);
    assert.equal(inEnglish(damage.message), "The input has 67,108,865 bytes, more than 67,108,864");
  });
});

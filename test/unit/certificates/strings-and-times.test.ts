import assert from "node:assert/strict";
import { characterString } from "../../../src/certificates/asn1/character-string";
import { readerOf } from "../../../src/certificates/asn1/der";
import { readTime } from "../../../src/certificates/asn1/time";

const element = (tag: number, content: Buffer) =>
  readerOf(Buffer.concat([Buffer.of(tag, content.length), content])).next();

describe("character strings", () => {
  const table: [string, number, string, string, boolean][] = [
    ["UTF8String", 0x0c, "c3a9e282ac", "é€", false],
    ["UTF8String", 0x0c, "61ff62", "a\ufffdb", true],
    ["UTF8String", 0x0c, "efbfbd", "\ufffd", false],
    ["PrintableString", 0x13, "4142", "AB", false],
    ["NumericString", 0x12, "313220", "12 ", false],
    ["TeletexString", 0x14, "e9", "é", false],
    ["VideotexString", 0x15, "41", "A", false],
    ["IA5String", 0x16, "4140", "A@", false],
    ["GraphicString", 0x19, "41", "A", false],
    ["VisibleString", 0x1a, "41", "A", false],
    ["GeneralString", 0x1b, "41", "A", false],
    ["BMPString", 0x1e, "00e920ac", "é€", false],
    ["BMPString", 0x1e, "d83dde00", "😀", false],
    ["BMPString", 0x1e, "d83d0041", "\ufffdA", true],
    ["BMPString", 0x1e, "004100", "A\ufffd", true],
    ["UniversalString", 0x1c, "0001f600", "😀", false],
    ["UniversalString", 0x1c, "0000d800001100000041", "\ufffd\ufffd\ufffd", true],
    ["UTF8String", 0x2c, "0c01610c0162", "ab", false],
  ];
  for (const [type, tag, hex, value, damaged] of table) {
    it(`${type} ${hex}`, () => {
      const expected = damaged ? { type, value, damaged } : { type, value };
      assert.deepEqual(characterString(element(tag, Buffer.from(hex, "hex"))), expected);
    });
  }
  it("says what is none", () => assert.equal(characterString(element(0x02, Buffer.of(1))), undefined));
});

describe("times", () => {
  const good: [number, string, string][] = [
    [0x17, "500101000000Z", "1950-01-01T00:00:00.000Z"],
    [0x17, "491231235959Z", "2049-12-31T23:59:59.000Z"],
    [0x17, "2611200946Z", "2026-11-20T09:46:00.000Z"],
    [0x17, "261120094600+0130", "2026-11-20T08:16:00.000Z"],
    [0x17, "240229000000Z", "2024-02-29T00:00:00.000Z"],
    [0x18, "99991231235959Z", "9999-12-31T23:59:59.000Z"],
    [0x18, "00500101000000Z", "0050-01-01T00:00:00.000Z"],
    [0x18, "20261120094600.5Z", "2026-11-20T09:46:00.500Z"],
    [0x18, "20261120094600,123999Z", "2026-11-20T09:46:00.123Z"],
    [0x18, "20261120094600-05", "2026-11-20T14:46:00.000Z"],
    [0x18, "20161231235960Z", "2017-01-01T00:00:00.000Z"],
  ];
  for (const [tag, text, expected] of good) {
    it(text, () => assert.equal(new Date(readTime(element(tag, Buffer.from(text)))).toISOString(), expected));
  }
  const bad: [number, string][] = [
    [0x17, ""],
    [0x17, "2611200946"],
    [0x17, "261120094600"],
    [0x17, "261320094600Z"],
    [0x17, "250229000000Z"],
    [0x17, "261120240000Z"],
    [0x17, "261120096000Z"],
    [0x17, "261120094661Z"],
    [0x17, "261120094600Z "],
    [0x17, "26112009460xZ"],
    [0x17, "261120094600.5Z"],
    [0x18, "20261120094600.5"],
    [0x18, "2026112009460\u0660Z"],
  ];
  for (const [tag, text] of bad) {
    it(`refuses "${text}"`, () => assert.throws(() => readTime(element(tag, Buffer.from(text))), { code: "value" }));
  }
  it("refuses what is no time", () =>
    assert.throws(() => readTime(element(0x13, Buffer.from("261120094600Z"))), { code: "tag" }));
});

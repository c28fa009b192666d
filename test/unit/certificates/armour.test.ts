import assert from "node:assert/strict";
import fc from "fast-check";
import { Base64Places, readBase64 } from "../../../src/certificates/containers/base64";
import { hasPem, readPem } from "../../../src/certificates/containers/pem";
import { pemText } from "../../../src/certificates/pem-text";

describe("base64", () => {
  const table: [string, string, string | undefined][] = [
    ["", "", undefined],
    ["QUJD", "ABC", undefined],
    ["QUI=", "AB", undefined],
    ["QQ==", "A", undefined],
    ["QUI", "AB", undefined],
    ["Q U\tI\r\n=\n", "AB", undefined],
    ["QUJDR", "ABC", "length@5"],
    ["QUI==", "AB", "padding@5"],
    ["QQ=", "A", "padding@3"],
    ["QUJD=", "ABC", "padding@5"],
    ["QQ==QUJD", "", "padding@4"],
    ["QU*JD", "ABC", "character@2"],
    ["QUJ\u0141D", "ABC", "character@3"],
    ["QUJD-_", "ABC", "character@4"],
  ];
  for (const [text, expected, damage] of table) {
    it(JSON.stringify(text), () => {
      const read = readBase64(text);
      if (expected !== "") assert.equal(read.bytes.toString(), expected);
      assert.equal(read.damage && `${read.damage.code}@${read.damage.offset}`, damage);
    });
  }

  it("agrees with Node's decoder however it is broken into lines, and points back at every byte", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.array(fc.nat(400), { maxLength: 10 }), (bytes, breaks) => {
        let text = Buffer.from(bytes).toString("base64");
        for (const at of breaks) text = `${text.slice(0, at)}\r\n${text.slice(at)}`;
        const read = readBase64(text);
        assert.deepEqual([read.bytes.equals(Buffer.from(bytes)), read.damage], [true, undefined]);
        const places = new Base64Places(text, 0, text.length);
        // Whichever is asked for first.
        const asked = [...bytes.keys(), ...[...bytes.keys()].reverse()];
        for (const byte of asked) {
          const index = places.indexOf(byte);
          // Six bits a character, eight a byte.
          const before = text.slice(0, index).replace(/\s/g, "").length;
          assert.deepEqual([before, /\s/.test(text[index] ?? " ")], [Math.floor((byte * 8) / 6), false]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("PEM", () => {
  const body = "QUJD";
  /** Label, text of the bytes and damage of each block; then the damage outside. */
  function summary(text: string): string[] {
    const { blocks, damage } = readPem(text);
    return [
      ...blocks.map(({ label, bytes, damage: inside, start, end }) =>
        [label, bytes.toString(), `${start}-${end}`, ...inside.map(({ code, offset }) => `${code}@${offset}`)].join(
          " ",
        ),
      ),
      ...damage.map(({ code, offset }) => `${code}@${offset}`),
    ];
  }
  const table: [string, string, string[]][] = [
    ["the plain form", `-----BEGIN X-----\n${body}\n-----END X-----\n`, ["X ABC 0-38"]],
    ["CRLF", `-----BEGIN X-----\r\n${body}\r\n-----END X-----\r\n`, ["X ABC 0-40"]],
    ["CR alone", `-----BEGIN X-----\r${body}\r-----END X-----\r`, ["X ABC 0-38"]],
    ["no final newline", `-----BEGIN X-----\n${body}\n-----END X-----`, ["X ABC 0-38"]],
    ["one line", `-----BEGIN X-----${body}-----END X-----`, ["X ABC 0-36"]],
    ["spaces in the markers", `----- BEGIN X -----\n${body}\n----- END X -----`, ["X ABC 0-42"]],
    ["four dashes", `---- BEGIN X ----\n${body}\n---- END X -----`, ["X ABC 0-39"]],
    ["a label of several words", `-----BEGIN A B-C  D-----\n${body}\n-----END a b-c d-----`, ["A B-C D ABC 0-51"]],
    ["no label", `-----BEGIN -----\n${body}\n-----END -----`, [" ABC 0-36"]],
    ["prose around", `To -- whom\n-----BEGIN X-----\n${body}\n-----END X-----\nEND of ---- story`, ["X ABC 11-49"]],
    ["indented lines", `  -----BEGIN X-----\n  ${body}\n  -----END X-----`, ["X ABC 2-44"]],
    [
      "files joined without a newline",
      `-----BEGIN X-----\n${body}\n-----END X----------BEGIN Y-----\n${body}\n-----END Y-----`,
      ["X ABC 0-38", "Y ABC 38-76"],
    ],
    [
      "headers",
      `-----BEGIN X-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES,\n 00ff\n\n${body}\n-----END X-----`,
      ["X ABC 0-83"],
    ],
    ["an empty block", "-----BEGIN X-----\n-----END X-----", ["X  0-33 empty@0"]],
    ["a stray character", "-----BEGIN X-----\nQU*JD\n-----END X-----", ["X ABC 0-39 character@20"]],
    ["another label at the end", `-----BEGIN X-----\n${body}\n-----END Y-----`, ["X ABC 0-38 label@23"]],
    ["no end", `-----BEGIN X-----\n${body}\nand prose follows\n`, ["X ABC 0-23 no-end@0"]],
    [
      "no end before the next block",
      `-----BEGIN X-----\n${body}\n-----BEGIN Y-----\n${body}\n-----END Y-----`,
      ["X ABC 0-23 no-end@0", "Y ABC 23-61"],
    ],
    [
      "no end, cut in a line",
      `-----BEGIN X-----\n${"QUJD".repeat(16)}\n${"QUJD".repeat(13)}Q\0\0`,
      [`X ${"ABC".repeat(29)} 0-136 no-end@0 length@136`],
    ],
    ["no begin", `${body}\n-----END X-----`, ["no-begin@5"]],
    ["markers that are none", "---- beginning\n-----BEGINNING X-----\n--BEGIN X--", []],
    ["nothing", "", []],
  ];
  for (const [name, text, expected] of table) it(name, () => assert.deepEqual(summary(text), expected));

  it("tells headers", () => {
    const [block] = readPem(`-----BEGIN X-----\nDEK-Info: AES,\n 00ff\n\n${body}\n-----END X-----`).blocks;
    assert.deepEqual([...(block?.headers ?? [])], [["DEK-Info", "AES, 00ff"]]);
  });

  it("sees whether there is any", () => {
    assert.deepEqual(["x ---- BEGIN X ----", "-----END X-----", "----", ""].map(hasPem), [true, false, false, false]);
  });

  it("reads back what it writes, whatever the label and the line ends", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 500 }),
        fc.constantFrom("\n", "\r\n", "\r"),
        (bytes, newline) => {
          const text = pemText(bytes, "CERTIFICATE REQUEST").replaceAll("\n", newline);
          assert.ok(text.split(newline).every((line) => line.length <= 64));
          const { blocks, damage } = readPem(`${text}${text}`);
          assert.equal(blocks.length, 2);
          assert.deepEqual(damage, []);
          for (const block of blocks) {
            assert.deepEqual(
              [block.label, block.damage, block.bytes.equals(Buffer.from(bytes))],
              ["CERTIFICATE REQUEST", [], true],
            );
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});

import assert from "node:assert/strict";
import { withLineEndsOf } from "../../../src/shape/line-ends";

describe("the line ends of a file that is replaced", () => {
  const pem = "-----BEGIN X-----\nAAAA\n-----END X-----\n";
  const windows = "-----BEGIN X-----\r\nAAAA\r\n-----END X-----\r\n";
  const cases: readonly (readonly [what: string, before: string, after: string, written: string])[] = [
    ["CRLF stay CRLF", windows, pem, windows],
    ["CRLF stay CRLF, of other lines", "a\r\nb", pem, windows],
    ["LF stay LF", pem, pem, pem],
    ["of both kinds become LF", "a\r\nb\nc\r\n", pem, pem],
    ["without any become LF", "a", pem, pem],
    ["of an empty file become LF", "", pem, pem],
    ["of a file of bytes become LF", "\0\r\n", pem, pem],
    ["with a CR alone become LF", "a\rb", pem, pem],
    ["never change bytes", windows, "0\n\u0082", "0\n\u0082"],
    ["never change bytes below the blank", windows, "0\n\u0001", "0\n\u0001"],
    ["never double a CR", windows, windows, windows],
    ["keep tabs", windows, "a:\n\tb\n", "a:\r\n\tb\r\n"],
  ];
  for (const [what, before, after, written] of cases) {
    it(what, () => {
      const [old, new_] = [before, after].map((text) => Buffer.from(text, "latin1")) as [Buffer, Buffer];
      assert.equal(Buffer.from(withLineEndsOf(old, new_)).toString("latin1"), written);
    });
  }
});

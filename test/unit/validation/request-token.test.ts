import assert from "node:assert/strict";
import { requestToken, textHashesOf } from "../../../src/validation/request-token";
import { VECTOR } from "./vectors";

describe("requestToken", () => {
  it("hashes the DER", () => assert.deepEqual(requestToken(VECTOR.der), VECTOR.token));

  it("hashes exactly the outer SEQUENCE", () => {
    for (const after of ["0a", "00".repeat(100), "3000"]) {
      assert.deepEqual(requestToken(Buffer.concat([VECTOR.der, Buffer.from(after, "hex")])), VECTOR.token, after);
    }
  });

  it("changes with each byte", () => {
    for (let at = 4; at < VECTOR.der.length; at++) {
      const changed = Buffer.from(VECTOR.der);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      assert.notEqual(requestToken(changed).sha256, VECTOR.token.sha256, String(at));
    }
  });

  const REFUSED: [what: string, bytes: Buffer][] = [
    ["nothing", Buffer.alloc(0)],
    ["a text", Buffer.from(VECTOR.pem)],
    ["a SEQUENCE that was cut", VECTOR.der.subarray(0, -1)],
    ["another element", Buffer.from("0401ff", "hex")],
  ];
  for (const [what, bytes] of REFUSED) {
    it(`refuses ${what}`, () => assert.throws(() => requestToken(bytes), { name: "DerError" }));
  }
});

describe("textHashesOf", () => {
  it("gives what somebody publishes who hashed the file, whatever line ends it has here", () => {
    for (const text of [VECTOR.pem, VECTOR.pemWithCrlf, VECTOR.pem.trimEnd()]) {
      const md5s = textHashesOf(text).map(({ md5 }) => md5);
      assert.equal(md5s.length, 4);
      for (const md5 of [...VECTOR.textMd5, "d5133d1baf05293a680381f488d5ab0c"]) assert.ok(md5s.includes(md5), md5);
    }
    assert.equal(
      textHashesOf(VECTOR.pem)[0]?.sha256,
      "50e743986f401e72429304eb344addb77d012e1c3cc25a9377c863a92ac2aa50",
    );
  });
});

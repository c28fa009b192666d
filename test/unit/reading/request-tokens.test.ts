import assert from "node:assert/strict";
import { requestTokens } from "../../../src/reading/request-tokens";
import { fixture } from "../certificates/fixtures";
import { VECTOR } from "../validation/vectors";

describe("requestTokens", () => {
  const FORMS: [form: string, bytes: Uint8Array, hasText: boolean][] = [
    ["PEM", Buffer.from(VECTOR.pem), true],
    ["PEM with CRLF", Buffer.from(VECTOR.pemWithCrlf), true],
    ["PEM between other words", Buffer.from(`Hello,\n\n${VECTOR.pem}\nBye`), true],
    ["DER", VECTOR.der, false],
    ["DER with bytes after it", Buffer.concat([VECTOR.der, Buffer.from([0x0a])]), false],
    ["base64 alone", Buffer.from(VECTOR.der.toString("base64")), false],
  ];
  for (const [form, bytes, hasText] of FORMS) {
    it(`reads ${form}`, () => {
      const [request, ...more] = requestTokens(bytes);
      assert.deepEqual(more, []);
      const { textHashes = [], keyIdentity, ...read } = request ?? {};
      assert.deepEqual(read, { token: VECTOR.token, names: VECTOR.names, repeats: false });
      assert.match(keyIdentity ?? "", /^[0-9a-f]{64}$/);
      const md5s = textHashes.map(({ md5 }) => md5);
      for (const md5 of VECTOR.textMd5) assert.equal(md5s.includes(md5), hasText);
    });
  }

  it("hashes the text that is there, whatever its label", () => {
    const text = VECTOR.pem.replaceAll("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST");
    const [request] = requestTokens(Buffer.from(text));
    assert.deepEqual(request?.token, VECTOR.token);
    assert.ok(!request.textHashes.some(({ md5 }) => md5 === VECTOR.textMd5[0]));
  });

  it("reads several", () => {
    const [one, two] = requestTokens(Buffer.concat([Buffer.from(VECTOR.pem), fixture("containers/request.pem")]));
    assert.deepEqual(one?.token, VECTOR.token);
    assert.ok(two !== undefined && two.token.md5 !== one.token.md5);
  });

  it("finds none where there is none", () => {
    for (const bytes of [Buffer.alloc(0), fixture("containers/private-ec.pem"), Buffer.from("300302010a", "hex")]) {
      assert.deepEqual(requestTokens(bytes), []);
    }
  });
});

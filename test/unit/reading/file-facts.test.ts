import assert from "node:assert/strict";
import type { FileFacts } from "../../../src/orders/model/certificate-file";
import { readFileFacts } from "../../../src/reading/file-facts";
import { fixture } from "../certificates/fixtures";

const NOW = Date.UTC(2026, 10, 28);

const read = (bytes: Uint8Array) => {
  const [found] = readFileFacts([bytes], NOW);
  assert.ok(found);
  return found;
};
const text = (words: string): Buffer => Buffer.from(words, "utf8");
const names = fixture("names.pem");
const chain = fixture("containers/root-first.pem");

/** What is read of a file, in short. */
const CASES: readonly [what: string, bytes: Uint8Array, kind: FileFacts["kind"]][] = [
  ["a certificate", names, "certificate"],
  ["one in DER", fixture("containers/leaf.der"), "certificate"],
  ["a chain in PKCS #7", fixture("containers/certs-only.p7b"), "certificate"],
  ["a Java key store", fixture("containers/keys.jks"), "certificate"],
  ["a PKCS #12 file", fixture("containers/aes-rsa.p12"), "locked"],
  ["one that was cut", fixture("containers/aes-rsa.p12").subarray(0, -40), "damaged"],
  ["a request", fixture("containers/request.pem"), "other"],
  ["a private key", fixture("containers/private-rsa.pem"), "other"],
  ["a locked one", fixture("containers/private-encrypted.pem"), "other"],
  ["a public key", fixture("containers/public-rsa.pem"), "other"],
  ["nothing", text(""), "empty"],
  ["white space", text(" \n\t\n"), "empty"],
  ["text", text("to do"), "damaged"],
  ["a block that was cut", names.subarray(0, 300), "damaged"],
];

describe("what a file of the workspace holds", () => {
  for (const [what, bytes, kind] of CASES) {
    it(`is told for ${what}`, () => assert.equal(read(bytes).facts.kind, kind));
  }

  it("is the end-entity certificate, wherever it stands", () => {
    const { facts } = read(chain);
    assert.ok(facts.kind === "certificate");
    assert.deepEqual([facts.isFirst, facts.isCa, facts.chain > 1, facts.others], [false, false, true, 0]);
    const { facts: single } = read(names);
    assert.ok(single.kind === "certificate");
    assert.deepEqual([single.isFirst, single.chain, single.names.length <= 20], [true, 1, true]);
  });

  it("counts other certificates, and notes damage beside", () => {
    const { facts } = read(
      Buffer.concat([names, chain, text("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n")]),
    );
    assert.ok(facts.kind === "certificate");
    assert.deepEqual([facts.others > 0, facts.isDamaged], [true, true]);
    assert.ok(JSON.stringify(facts).length < 8_000);
  });

  it("has of private keys the hash of their public half, and nothing else", () => {
    const key = fixture("containers/private-rsa.pem");
    const { facts, keys } = read(Buffer.concat([names, key]));
    assert.equal(facts.kind, "certificate");
    assert.match(keys.join(), /^[0-9a-f]{64}$/);
    assert.deepEqual(read(fixture("containers/private-pkcs8.pem")).keys.length, 1);
    assert.deepEqual(read(fixture("containers/private-encrypted.pem")).keys, []);
  });

  it("reads each file for itself", () => {
    const found = readFileFacts([names, text("x"), chain], NOW).map(({ facts }) => facts.kind);
    assert.deepEqual(found, ["certificate", "damaged", "certificate"]);
  });
});

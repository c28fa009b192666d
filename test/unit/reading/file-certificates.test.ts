import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { certificatesInFile } from "../../../src/reading/file-certificates";
import { fixture, pemFixture } from "../certificates/fixtures";

const LEAF = pemFixture("checks/good.pem");
const AUTHORITY = pemFixture("checks/ca.pem");
const sha256 = (der: Buffer): string => new X509Certificate(der).fingerprint256.replaceAll(":", "").toLowerCase();
const leafOf = (der: Buffer) => ({ names: [] as string[], notAfter: Date.parse(new X509Certificate(der).validTo) });

describe("certificatesInFile", () => {
  const pem = (...ders: Buffer[]): Buffer =>
    Buffer.from(ders.map((der) => new X509Certificate(der).toString()).join(""));
  const revoked = pemFixture("checks/revoked.pem");

  const FILES: [what: string, bytes: Buffer, hashes: Buffer[], leaves: Buffer[]][] = [
    ["a chain", pem(LEAF, AUTHORITY), [LEAF, AUTHORITY], [LEAF]],
    ["CA certificates alone", pem(AUTHORITY), [AUTHORITY], []],
    ["two leaves", pem(LEAF, revoked), [LEAF, revoked], [LEAF, revoked]],
    ["DER", LEAF, [LEAF], [LEAF]],
    ["a text", Buffer.from("mine"), [], []],
    ["a key", fixture("containers/private-ec.pem"), [], []],
    ["nothing", Buffer.alloc(0), [], []],
  ];
  for (const [what, bytes, hashes, leaves] of FILES) {
    it(`tells what is in ${what}`, () => {
      const found = certificatesInFile(bytes);
      assert.deepEqual(found.hashes, hashes.map(sha256));
      assert.deepEqual(
        found.leaves.map(({ notAfter }) => notAfter),
        leaves.map((der) => leafOf(der).notAfter),
      );
    });
  }
});

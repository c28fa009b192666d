import assert from "node:assert/strict";
import { issuerSignature } from "../../../../src/certificates/x509/signature";
import { fixtureNames, pemFixture } from "../fixtures";

/** The bytes with one sequence of them, its last occurrence, put in another one's place. */
function replaced(der: Buffer, from: string, to: string): Buffer {
  const copy = Buffer.from(der);
  const at = copy.lastIndexOf(Buffer.from(from, "hex"));
  assert.notEqual(at, -1);
  copy.write(to, at, "hex");
  return copy;
}

describe("signatures", () => {
  // Made by OpenSSL, each with its own key, but for the key that cannot sign.
  for (const name of fixtureNames("keys", ".pem").filter((name) => !name.endsWith("x25519.pem"))) {
    it(`are checked: ${name}`, async () => {
      const der = pemFixture(name);
      // An engine without this kind of key says so; it never calls a good signature bad.
      const state = await issuerSignature(der, der);
      assert.ok(state === "good" || state === "cannot-check", state);
      if (/rsa|p-384|p-521|ed25519/.test(name)) assert.equal(state, "good");

      const tampered = Buffer.from(der);
      tampered[tampered.length - 20]! ^= 1;
      assert.equal(await issuerSignature(tampered, der), state === "good" ? "bad" : state);
    });
  }

  it("are bad when a key of another kind is the issuer's", async () => {
    const keys = ["keys/rsa-1024.pem", "keys/p-384.pem", "keys/ed25519.pem", "keys/x25519.pem"].map(pemFixture);
    for (const subject of keys)
      for (const issuer of keys) if (subject !== issuer) assert.equal(await issuerSignature(subject, issuer), "bad");
  });

  it("cannot be checked by an algorithm that is not known", async () => {
    const der = pemFixture("keys/p-384.pem");
    // ecdsa-with-SHA256 becomes 1.2.840.10045.4.3.9, which nobody has.
    assert.equal(
      await issuerSignature(replaced(der, "06082a8648ce3d040302", "06082a8648ce3d040309"), der),
      "cannot-check",
    );
  });

  it("by RSA-PSS hold for the salt length that they name alone", async () => {
    const der = pemFixture("keys/rsa-pss.pem");
    assert.equal(await issuerSignature(replaced(der, "a203020120", "a203020121"), der), "bad");
  });
});

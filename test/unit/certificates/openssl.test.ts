import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { decodeCertificate } from "../../../src/certificates/certificate";
import { caFixtures, fixture, fixtureNames, pemFixture } from "./fixtures";
import { opensslText, withoutSpace } from "./openssl-text";

describe("decoding against OpenSSL's text", () => {
  for (const name of [...fixtureNames("extensions", ".pem"), ...fixtureNames("keys", ".pem")]) {
    it(name, () => {
      const der = pemFixture(name);
      const expected = withoutSpace(fixture(name.replace(".pem", ".txt")).toString());
      // A curve that is written out is printed with all its numbers, of which we keep the size and the point.
      const shown = expected.replace(/FieldType:.*?(?=SignatureAlgorithm)/, "");
      assert.equal(opensslText(decodeCertificate(der), der), shown);
    });
  }

  it("every field of the real CA certificates", () => {
    const differing = caFixtures().filter(({ der, text }) => {
      const ours = opensslText(decodeCertificate(der), der);
      return createHash("sha256").update(ours).digest("hex") !== text;
    });
    assert.deepEqual(
      differing.map(({ subject }) => subject),
      [],
    );
  });
});

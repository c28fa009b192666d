import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeCertificate, type Certificate } from "../../../src/certificates/certificate";
import { readContainers } from "../../../src/certificates/containers/read";
import { implicit } from "../../../src/certificates/containers/tag";
import { fixture, fixtureNames, pemFixture } from "../certificates/fixtures";
import { drawing, holdsPieces, inBer } from "./ber";

/** What a certificate says, without what hangs on its encoding. */
function said({ fingerprints, size, innerSignatureAlgorithm, publicKey, beyondDer, ...rest }: Certificate) {
  assert.ok(beyondDer === undefined || beyondDer);
  assert.ok(fingerprints.sha256 !== "" && size > 0);
  assert.ok(innerSignatureAlgorithm === undefined || innerSignatureAlgorithm.oid === rest.signatureAlgorithm.oid);
  const words = { ...rest, key: publicKey.key, algorithm: publicKey.algorithm.name };
  // Where something stands is another place in each encoding; so is how long a header is.
  return JSON.stringify(words, (name, value: unknown) => (/^(offset|headerLength)$/.test(name) ? undefined : value));
}

describe("BER, of which DER is a part, says the same", () => {
  const names = [...fixtureNames("extensions", ".pem"), ...fixtureNames("keys", ".pem")].filter(
    // Parameters of a signature are told as they are encoded.
    (name) => !/damaged|pss/.test(name),
  );

  it("of a certificate with its strings in pieces, names, times, keys and extensions among them", () => {
    let cut = 0;
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.nat(), (name, seed) => {
        const der = pemFixture(name);
        const ber = inBer(der, drawing(seed));
        const read = decodeCertificate(ber);
        assert.deepEqual(said(read), said(decodeCertificate(der)));
        if (!holdsPieces(ber)) return;
        cut++;
        assert.equal(read.beyondDer, true);
      }),
      { numRuns: 200 },
    );
    assert.ok(cut > 100, String(cut));
  });

  it("of a PKCS #7 file", () => {
    const der = fixture("containers/certs-only.der");
    const subjects = (bytes: Uint8Array) =>
      readContainers(bytes).objects.map((object) =>
        object.kind === "certificate" ? decodeCertificate(object.der).subject.text : object.kind,
      );
    const expected = subjects(der);
    assert.ok(expected.length > 1);
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        assert.deepEqual(subjects(inBer(der, drawing(seed), (identifier) => identifier === implicit(0))), expected);
      }),
      { numRuns: 50 },
    );
  });
});

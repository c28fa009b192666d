import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeCertificate, type Certificate } from "../../../src/certificates/x509/certificate";
import { readerOf } from "../../../src/certificates/asn1/der";
import { readContainers } from "../../../src/certificates/containers/read";
import { Tag, implicit } from "../../../src/certificates/asn1/tag";
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

describe("a string in pieces", () => {
  const hex = (text: string): Buffer => Buffer.from(text.replaceAll(" ", ""), "hex");
  /** What is read of it where a string may stand; `undefined` where it is taken for another element. */
  const optional = (bytes: Buffer, identifier: number): string | undefined =>
    readerOf(bytes).optional(identifier)?.content.toString("hex");

  it("is joined where it may be absent", () => {
    assert.equal(optional(hex("24 80 04 01 aa 04 02 bb cc 00 00"), Tag.OCTET_STRING), "aabbcc");
    assert.equal(optional(hex("04 03 aa bb cc"), Tag.OCTET_STRING), "aabbcc");
    assert.equal(optional(hex("2c 03 0c 01 41"), Tag.UTF8_STRING), "41");
    // Not what is no string, nor what is another one.
    assert.equal(optional(hex("22 03 02 01 01"), Tag.INTEGER), undefined);
    assert.equal(optional(hex("24 03 04 01 aa"), Tag.UTF8_STRING), undefined);
    assert.equal(optional(hex(""), Tag.OCTET_STRING), undefined);
  });

  it("is joined under a tag of its context where it is known to be one", () => {
    const read = (bytes: Buffer) => readerOf(bytes).optionalString(implicit(0))?.content.toString("hex");
    assert.equal(read(hex("a0 06 04 01 aa 04 01 bb")), "aabb");
    assert.equal(read(hex("80 02 aa bb")), "aabb");
    assert.equal(read(hex("81 02 aa bb")), undefined);
    assert.equal(optional(hex("a0 06 04 01 aa 04 01 bb"), implicit(0)), undefined);
  });

  const bits: readonly [string, string, string | undefined][] = [
    ["whole bytes", "23 80 03 02 00 aa 03 02 00 bb 00 00", "0 aabb"],
    ["unused bits in the last one", "23 08 03 02 00 aa 03 02 04 b0", "4 aab0"],
    ["nested", "23 0a 23 04 03 02 00 aa 03 02 00 bb", "0 aabb"],
    ["unused bits in another one", "23 08 03 02 04 a0 03 02 00 bb", undefined],
    ["a piece without its count", "23 06 03 02 00 aa 03 00", undefined],
    ["a piece of another type", "23 04 04 02 00 aa", undefined],
  ];
  for (const [what, encoded, expected] of bits)
    it(`of bits: ${what}`, () => {
      const read = (): string => {
        const { unused, bytes } = readerOf(hex(encoded)).expect(Tag.BIT_STRING, "bits").bits();
        return `${unused} ${bytes.toString("hex")}`;
      };
      if (expected === undefined) assert.throws(read, { code: "value" });
      else assert.equal(read(), expected);
    });
});

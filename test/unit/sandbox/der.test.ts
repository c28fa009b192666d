import assert from "node:assert/strict";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import { AccessDescription, GeneralName } from "@peculiar/asn1-x509";
import fc from "fast-check";
import {
  derContext,
  derElement,
  derGeneralizedTime,
  indefinite,
  derInteger,
  derObjectIdentifier,
  derOctetString,
  derSequence,
} from "../../../src/sandbox/der";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

describe("DER", () => {
  const rows: readonly (readonly [name: string, bytes: Uint8Array, expected: string])[] = [
    ["empty SET", derElement(0x31), "3100"],
    [
      "nested",
      derSequence(derContext(0, derInteger(2)), derOctetString(Buffer.from("ab", "hex"))),
      "3008a0030201020401ab",
    ],
    ["indefinite", indefinite(0x30, derInteger(1)), "30800201010000"],
    ["time", derGeneralizedTime(Date.UTC(2026, 2, 15, 1, 2, 3, 999)), "180f32303236303331353031303230335a"],
    ["id-pe-logotype", derObjectIdentifier("1.3.6.1.5.5.7.1.12"), "06082b0601050507010c"],
    ["Netscape sequence", derObjectIdentifier("2.16.840.1.113730.2.5"), "0609608648018 6f842 0205".replaceAll(" ", "")],
  ];
  for (const [name, bytes, expected] of rows) it(name, () => assert.equal(hex(bytes), expected));

  it("writes lengths as the library does, at every boundary", () => {
    for (const length of [0, 1, 127, 128, 129, 255, 256, 257, 65_535, 65_536, 70_000]) {
      const content = Buffer.alloc(length, 1);
      assert.equal(hex(derOctetString(content)), hex(new Uint8Array(AsnConvert.serialize(new OctetString(content)))));
    }
  });

  it("writes object identifiers as the library does", () => {
    const arcs = fc.array(fc.integer({ min: 0, max: 2 ** 31 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 39 }), arcs, (first, second, rest) => {
        const dotted = [first, second, ...rest].join(".");
        const accessLocation = new GeneralName({ dNSName: "" });
        const whole = AsnConvert.serialize(new AccessDescription({ accessMethod: dotted, accessLocation }));
        assert.equal(hex(derSequence(derObjectIdentifier(dotted), derElement(0x82))), hex(new Uint8Array(whole)));
      }),
      { numRuns: 200 },
    );
  });
});

import assert from "node:assert/strict";
import { identifyKeys } from "../../../src/certificates/checks/private-key";
import {
  writeInteger,
  writeObjectIdentifier,
  writeOctetString,
  writeSequence,
} from "../../../src/certificates/asn1/der-writer";
import { readContainers } from "../../../src/certificates/containers/read";
import { pemFixture } from "../certificates/fixtures";

/**
 * Words that begin as the base64 of a SEQUENCE with a long length does: "MI" to "MIT", and "MIT License" is such a one.
 */
const TEXTS: readonly (readonly [name: string, text: string])[] = [
  [
    "the MIT licence",
    "MIT License\n\nCopyright (c) 2026 Somebody\n\nPermission is hereby granted, free of charge, to any person\n",
  ],
  [
    "the MIT licence with CRLF",
    "MIT License\r\n\r\nCopyright (c) 2026 Somebody\r\n\r\nPermission is hereby granted,\r\n",
  ],
  ["its heading alone", "MIT License\n"],
  ["its heading in Markdown's other form", "  MIT License\n===========\n\nCopyright\n"],
  ["a sentence", "MIDI files hold notes and not sounds, which is why they are small.\n"],
  ["a list of words", "MILK bread and eggs\nbutter\ncheese\n"],
  ["a table", "MIB;1.3.6.1;enterprises\nMIB;1.3.6.2;x\n"],
  ["a name in lines", "MICHAEL Miller\nMain Street 12\nSpringfield\n"],
];

describe("ordinary texts that begin as base64 of an encoding does", () => {
  for (const [name, text] of TEXTS)
    it(`hold nothing to read: ${name}`, () => {
      const { objects, damage } = readContainers(Buffer.from(text));
      assert.deepEqual([objects, damage.map(({ code }) => code)], [[], ["nothing"]]);
      assert.deepEqual(identifyKeys(Buffer.from(text)), []);
    });

  const base64 = pemFixture("extensions/tls-leaf.pem").toString("base64");
  const damaged: readonly (readonly [name: string, text: string])[] = [
    ["a foreign character in its first line", `${base64.slice(0, 70)}*${base64.slice(70)}`],
    ["cut off in its third line", base64.slice(0, 150)],
    ["in short lines, cut off", (base64.slice(0, 120).match(/.{1,20}/g) ?? []).join("\n")],
  ];
  for (const [name, text] of damaged)
    it(`are still told from a certificate that is damaged: ${name}`, () => {
      const { format, objects, damage } = readContainers(Buffer.from(text));
      assert.equal(format, "base64");
      assert.ok(objects.length === 1 && damage.length > 0 && damage.every(({ code }) => code !== "nothing"));
    });
});

describe("a curve that is written out, as `openssl ecparam -genkey -param_enc explicit` puts it before the key", () => {
  for (const [name, field] of [
    ["of a prime field", writeSequence(writeObjectIdentifier("1.2.840.10045.1.1"), writeInteger(23))],
    ["of a binary field", writeSequence(writeObjectIdentifier("1.2.840.10045.1.2"), writeSequence(writeInteger(163)))],
  ] as const)
    it(`is not taken for a PKCS #12 file: ${name}`, () => {
      const curve = writeSequence(writeOctetString(Buffer.of(1)), writeOctetString(Buffer.of(2)));
      const der = writeSequence(
        writeInteger(1),
        field,
        curve,
        writeOctetString(Buffer.of(4, 1, 2)),
        writeInteger(7),
        writeInteger(1),
      );
      const pem = `-----BEGIN EC PARAMETERS-----\n${der.toString("base64")}\n-----END EC PARAMETERS-----\n`;
      for (const bytes of [der, Buffer.from(pem)]) {
        assert.deepEqual(
          readContainers(bytes).objects.map((object) => [object.kind, "structure" in object && object.structure]),
          [["other", "parameters"]],
        );
        assert.deepEqual(identifyKeys(bytes), []);
      }
    });
});

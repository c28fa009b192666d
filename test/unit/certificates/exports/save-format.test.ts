import assert from "node:assert/strict";
import fc from "fast-check";
import {
  FIXED_PARTS,
  FORMS,
  formatSaveFormat,
  keyUse,
  needsPassword,
  PARTS,
  parseSaveFormat,
  type SaveFormat,
} from "../../../../src/certificates/exports/save-format";
import { PROFILES } from "../../../../src/certificates/exports/profiles";

const FORMATS: readonly (readonly [SaveFormat, string])[] = [
  [{ kind: "profile", profile: "nginx" }, "nginx"],
  [{ kind: "profile", profile: "plain", withRoot: true }, "plain+root"],
  [{ kind: "profile", profile: "iis", protection: "legacy" }, "iis+legacy"],
  [{ kind: "single", form: "pem", part: "fullchain" }, "pem:fullchain"],
  [{ kind: "single", form: "pkcs7-pem", part: "root-first" }, "pkcs7-pem:root-first"],
  [{ kind: "single", form: "pkcs12", part: "fullchain-root", protection: "legacy" }, "pkcs12:fullchain-root+legacy"],
];

describe("the format of what is saved", () => {
  for (const [format, text] of FORMATS)
    it(`is remembered as ${text}`, () => {
      assert.equal(formatSaveFormat(format), text);
      assert.deepEqual(parseSaveFormat(text), format);
    });

  it("is remembered for every profile, form and part", () => {
    const formats: SaveFormat[] = [
      ...PROFILES.map(({ id }) => ({ kind: "profile", profile: id }) as const),
      ...FORMS.flatMap((form) => PARTS.map((part) => ({ kind: "single", form, part }) as const)),
    ];
    for (const format of formats) assert.deepEqual(parseSaveFormat(formatSaveFormat(format)), format);
    assert.equal(new Set(formats.map(formatSaveFormat)).size, formats.length);
  });

  for (const text of [
    "",
    "ngin",
    "nginx+",
    "nginx+roots",
    "pem",
    "pem:",
    "pem:all",
    ":leaf",
    "nginx:leaf:leaf",
    "pem:leaf+x",
  ])
    it(`is not read from “${text}”`, () => assert.equal(parseSaveFormat(text), undefined));

  it("is read as what it is written as, in whatever way its words are put together", () => {
    const words = fc.constantFrom(
      "nginx",
      "iis",
      "pem",
      "pkcs12",
      "leaf",
      "fullchain-root",
      ":",
      "+",
      "root",
      "legacy",
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 6 }), (parts) => {
        const format = parseSaveFormat(parts.join(""));
        if (format !== undefined) assert.deepEqual(parseSaveFormat(formatSaveFormat(format)), format);
      }),
    );
  });

  it("needs a password where a PKCS #12 file is made, and no key where only certificates are", () => {
    assert.deepEqual(
      PROFILES.filter(({ id }) => needsPassword({ kind: "profile", profile: id })).map(({ id }) => id),
      ["iis"],
    );
    for (const form of FORMS) {
      const format = { kind: "single", form, part: FIXED_PARTS[form] ?? "fullchain" } as const;
      assert.equal(needsPassword(format), form === "pkcs12", form);
      assert.equal(keyUse(format), form === "pkcs12" ? "useful" : "unused", form);
    }
    assert.equal(keyUse({ kind: "profile", profile: "haproxy" }), "needed");
    assert.equal(keyUse({ kind: "profile", profile: "plain" }), "unused");
  });
});

import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { rootCertificates } from "node:tls";
import { issuingPointRows } from "../../../src/certificates/details/access-rows";
import { nameRows } from "../../../src/certificates/details/name-rows";
import { KEY_PURPOSES } from "../../../src/certificates/extensions/key-purpose";
import { POLICY_NAMES } from "../../../src/certificates/extensions/policy-name";
import { QC_NAMES } from "../../../src/certificates/extensions/qc-statements";
import { PART_WORDS } from "../../../src/certificates/exports/file";
import { mozillaRoots } from "../../../src/net/trusted-roots";
import { inEnglish, inWords } from "../../../src/words/localize";
import { phrase, type Phrase } from "../../../src/words/phrase";
import { PSEUDO, remnants } from "../words/pseudo";
import { plainly } from "../words/plainly";

/** What a list names things by that have no translation: names of products, and of policies in their standards. */
const NAMES_OF_OTHERS = /^(?:any policy|ETSI [A-Z]+\+?|S\/MIME [a-z-]+, (?:legacy|multipurpose|strict))$/;

describe("names of what is in certificates", () => {
  const lists: Readonly<Record<string, ReadonlyMap<string, Phrase | string>>> = {
    policies: POLICY_NAMES,
    "qualified statements": QC_NAMES,
  };
  for (const [what, list] of Object.entries(lists)) {
    it(`are of one thing each: ${what}`, () => {
      const names = [...list.values()].map(inEnglish);
      assert.deepEqual(
        names.filter((name, at) => names.indexOf(name) !== at),
        [],
      );
    });

    it(`are said in the reader's language, but for those of standards: ${what}`, () =>
      assert.deepEqual(
        [...list.values()].filter((name) => typeof name === "string" && !NAMES_OF_OTHERS.test(name)),
        [],
      ));
  }

  const known: readonly (readonly [list: ReadonlyMap<string, Phrase | string>, oid: string, name: string])[] = [
    // RFC 5280 section 4.2.1.12.
    [KEY_PURPOSES, "1.3.6.1.5.5.7.3.1", "TLS server authentication"],
    [KEY_PURPOSES, "1.3.6.1.5.5.7.3.2", "TLS client authentication"],
    // CA/Browser Forum's register of object identifiers.
    [POLICY_NAMES, "2.23.140.1.1", "extended validation (EV)"],
    [POLICY_NAMES, "2.23.140.1.2.1", "domain validated (DV)"],
    [POLICY_NAMES, "2.23.140.1.2.2", "organization validated (OV)"],
    [POLICY_NAMES, "2.23.140.1.5.1.3", "S/MIME mailbox-validated, strict"],
    [POLICY_NAMES, "2.23.140.1.5.3.1", "S/MIME sponsor-validated, legacy"],
    // ETSI EN 319 412-5 section 4.2.3 and annex A.
    [QC_NAMES, "0.4.0.1862.1.6.1", "electronic signatures"],
    [QC_NAMES, "0.4.0.1862.1.6.2", "electronic seals"],
    [QC_NAMES, "0.4.0.1862.1.6.3", "website authentication"],
  ];
  for (const [list, oid, name] of known)
    it(`${oid} is ${name}`, () => assert.equal(inEnglish(list.get(oid) ?? ""), name));
});

describe("rows about kinds", () => {
  for (const [kind, words] of [
    ["userCerts", "end-entity certificates"],
    ["caCerts", "CA certificates"],
    ["attributeCerts", "attribute certificates"],
  ] as const) {
    it(`say what a revocation list is about: ${kind}`, () => {
      const rows = plainly(
        issuingPointRows({ type: "issuingDistributionPoint", onlyContains: kind, indirectCRL: false }),
      );
      const row = rows.find(({ label }) => label === "Contains only");
      assert.deepEqual(row?.values, [{ kind: "text", text: words }]);
    });
  }

  const attribute = { oid: "2.5.4.3", value: "a", stringType: "UTF8String" } as const;
  for (const [what, one, words] of [
    ["its type", attribute, "UTF8String"],
    ["that its text is damaged", { ...attribute, damaged: true }, "UTF8String, damaged"],
    ["that all of it is", { ...attribute, stringType: "damaged", damaged: true, problem: phrase("no") }, "damaged"],
  ] as const) {
    it(`say of an attribute ${what}`, () => {
      const [row] = nameRows({ text: "", rdns: [[one]] });
      assert.ok(row?.explanation !== undefined);
      assert.equal(inEnglish(row.explanation), words);
      assert.deepEqual(remnants(inWords(row.explanation, PSEUDO).replace("UTF8String", "")), []);
    });
  }
});

describe("what files contain", () => {
  it("is kept by its words in English", () =>
    assert.deepEqual(Object.values(PART_WORDS).map(inEnglish), Object.keys(PART_WORDS)));
});

describe("the roots that Node.js brings along", () => {
  it("are known by their fingerprints, and named with the version that they came with", () => {
    const { name, sha256 } = mozillaRoots();
    assert.equal(inEnglish(name), `Mozilla's roots (Node.js ${process.versions.node})`);
    assert.deepEqual(
      sha256,
      rootCertificates.map((pem) => new X509Certificate(pem).fingerprint256.replaceAll(":", "").toLowerCase()),
    );
  });
});

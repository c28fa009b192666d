import assert from "node:assert/strict";
import { cnameHost, cnameRecord, hostInZone, zoneLine } from "../../../src/validation/cname-record";
import { isRightProof, provesToken, readFileContents, readTarget } from "../../../src/validation/published-proof";
import type { TokenToFind } from "../../../src/validation/request-token";
import { isUniqueValue } from "../../../src/validation/unique-value";
import { validationFile, validationFileUrl } from "../../../src/validation/validation-file";
import { EXAMPLE, VECTOR } from "./vectors";

const { token } = VECTOR;
const withValue = { ...token, uniqueValue: "Ab12" };
const [FIRST, SECOND] = [token.sha256.slice(0, 32), token.sha256.slice(32)];

describe("the CNAME record", () => {
  const RECORDS: [token: TokenToFind, domain: string, line: string][] = [
    [token, "example.test", `_${token.md5}.example.test. CNAME ${FIRST}.${SECOND}.sectigo.com.`],
    [withValue, "example.test", `_${token.md5}.example.test. CNAME ${FIRST}.${SECOND}.Ab12.sectigo.com.`],
    [token, "*.Example.TEST.", `_${token.md5}.example.test. CNAME ${FIRST}.${SECOND}.sectigo.com.`],
    [token, "bücher.example", `_${token.md5}.xn--bcher-kva.example. CNAME ${FIRST}.${SECOND}.sectigo.com.`],
    [
      { md5: EXAMPLE.md5.toUpperCase(), sha256: EXAMPLE.sha256.toUpperCase() },
      "www.example.com",
      "_c7fbc2039e400c8ef74129ec7db1842c.www.example.com. CNAME c9c863405fe7675a3988b97664ea6baf.442019e4e52fa335f406f7c5f26cf14f.sectigo.com.",
    ],
  ];
  for (const [what, domain, line] of RECORDS) {
    it(`is ${line}`, () => {
      const record = cnameRecord(what, domain);
      assert.equal(zoneLine(record), line);
      assert.ok(!record.host.endsWith(".") && !record.target.endsWith("."));
      for (const label of [...record.host.split("."), ...record.target.split(".")])
        assert.ok(label.length <= 63, label);
    });
  }

  const HOSTS: [domain: string, zone: string, host: string | undefined][] = [
    ["example.test", "example.test", `_${token.md5}`],
    ["sub.example.test", "example.test", `_${token.md5}.sub`],
    ["sub.example.test", "Sub.Example.test.", `_${token.md5}`],
    ["bücher.example", "xn--bcher-kva.example", `_${token.md5}`],
    ["myexample.test", "example.test", undefined],
    ["example.test", "sub.example.test", undefined],
  ];
  for (const [domain, zone, host] of HOSTS) {
    it(`has, at ${domain} in the zone ${zone}, ${host ?? "no host"}`, () =>
      assert.equal(hostInZone(cnameHost(token, domain), zone), host));
  }
});

describe("the validation file", () => {
  it("has its name in upper case and its contents in lower case", () => {
    const upper = { md5: token.md5.toUpperCase(), sha256: token.sha256.toUpperCase() };
    for (const each of [token, upper]) {
      assert.deepEqual(validationFile(each), {
        name: "5DB0D3483E94B1FEA194BB49200266E9.txt",
        path: "/.well-known/pki-validation/5DB0D3483E94B1FEA194BB49200266E9.txt",
        contents: `${token.sha256}\nsectigo.com\n`,
      });
    }
    assert.equal(validationFile(withValue).contents, `${token.sha256}\nsectigo.com\nAb12\n`);
  });

  const URLS: [host: string, url: string | undefined][] = [
    ["Example.TEST", "example.test"],
    ["bücher.example.", "xn--bcher-kva.example"],
    ["192.0.2.1", "192.0.2.1"],
    ["2001:DB8::1", "[2001:db8::1]"],
    ["*.example.test", undefined],
    ["a b", undefined],
    ["user@example.test", undefined],
    ["example.test/x", undefined],
    ["", undefined],
  ];
  for (const [host, expected] of URLS) {
    it(`is ${expected === undefined ? "nowhere" : `at ${expected}`} for “${host}”`, () =>
      assert.equal(
        validationFileUrl("https", host, token),
        expected && `https://${expected}/.well-known/pki-validation/5DB0D3483E94B1FEA194BB49200266E9.txt`,
      ));
  }
});

describe("what is published", () => {
  const TARGETS: [target: string, proof: ReturnType<typeof readTarget>][] = [
    [`${FIRST}.${SECOND}.sectigo.com`, { form: "sha256", hash: token.sha256, suffix: "sectigo.com" }],
    [`${FIRST}.${SECOND}.SECTIGO.com.`.toUpperCase(), { form: "sha256", hash: token.sha256, suffix: "sectigo.com" }],
    [
      `${FIRST}.${SECOND}.aHXEOOEh.sectigo.com`,
      { form: "sha256", hash: token.sha256, uniqueValue: "aHXEOOEh", suffix: "sectigo.com" },
    ],
    [
      `${FIRST}.${SECOND}.0123456789abcdef0123.comodoca.com`,
      { form: "sha256", hash: token.sha256, uniqueValue: "0123456789abcdef0123", suffix: "comodoca.com" },
    ],
    [
      `${FIRST}.${SECOND}.sectigo.com.example.test`,
      { form: "sha256", hash: token.sha256, suffix: "sectigo.com", appended: "example.test" },
    ],
    [`${FIRST}.${SECOND}.other.example`, { form: "sha256", hash: token.sha256, suffix: "other.example" }],
    [`${FIRST}.${SECOND}`, { form: "sha256", hash: token.sha256, suffix: "" }],
    [`${FIRST}.sectigo.com`, { form: "cut", hash: FIRST, suffix: "sectigo.com" }],
    [`${FIRST}.${SECOND.slice(1)}.sectigo.com`, { form: "cut", hash: FIRST + SECOND.slice(1), suffix: "sectigo.com" }],
    // The digits are all there, and cut at the wrong place.
    [
      `${token.sha256.slice(0, 31)}.${token.sha256.slice(31)}.sectigo.com`,
      { form: "cut", hash: token.sha256, suffix: "sectigo.com" },
    ],
    [
      `${"a".repeat(20)}.${"b".repeat(20)}.comodoca.com`,
      { form: "sha1", hash: "a".repeat(20) + "b".repeat(20), suffix: "comodoca.com" },
    ],
    [`${"a".repeat(40)}.comodoca.com`, { form: "sha1", hash: "a".repeat(40), suffix: "comodoca.com" }],
    ["host.example.test", undefined],
    ["abcdef.example.test", undefined],
    ["", undefined],
    [".", undefined],
    [`${FIRST}.${SECOND}.${"a.".repeat(300)}com`, undefined],
  ];
  for (const [target, proof] of TARGETS) {
    it(`at the end of “${target.slice(0, 100)}”`, () => assert.deepEqual(readTarget(target), proof));
  }

  const FILES: [text: string, proof: ReturnType<typeof readFileContents>][] = [
    [`${token.sha256}\nsectigo.com`, { form: "sha256", hash: token.sha256, suffix: "sectigo.com" }],
    [
      `\uFEFF${token.sha256.toUpperCase()}\r\nComodoCA.com\r\ntestorder02\r\n`,
      { form: "sha256", hash: token.sha256, suffix: "comodoca.com", uniqueValue: "testorder02" },
    ],
    [`${token.sha256} sectigo.com`, { form: "sha256", hash: token.sha256, suffix: "sectigo.com" }],
    [token.sha256, { form: "sha256", hash: token.sha256, suffix: "" }],
    [token.sha256.slice(1), { form: "cut", hash: token.sha256.slice(1), suffix: "" }],
    ["a".repeat(40), { form: "sha1", hash: "a".repeat(40), suffix: "" }],
    [`<html>${token.sha256}`, undefined],
    [`${token.sha256}0`, undefined],
    ["", undefined],
  ];
  for (const [text, proof] of FILES) {
    it(`in the file ${JSON.stringify(text).slice(0, 100)}`, () => assert.deepEqual(readFileContents(text), proof));
  }

  const RIGHT: [target: string, token: TokenToFind, isRight: boolean][] = [
    [`${FIRST}.${SECOND}.sectigo.com`, token, true],
    [`${FIRST}.${SECOND}.sectigo.com`.toUpperCase(), token, true],
    [`${FIRST}.${SECOND}.Ab12.sectigo.com`, token, true],
    [`${FIRST}.${SECOND}.ab12.sectigo.com`, withValue, true],
    [`${FIRST}.${SECOND}.sectigo.com`, withValue, false],
    [`${FIRST}.${SECOND}.Ab13.sectigo.com`, withValue, false],
    [`${FIRST}.${SECOND}.${"a".repeat(21)}.sectigo.com`, token, false],
    [`${FIRST}.${SECOND}.a-b.sectigo.com`, token, false],
    [`${FIRST}.${SECOND}.comodoca.com`, token, false],
    [`${FIRST}.${SECOND}.sectigo.com.example.test`, token, false],
    [`${FIRST}.${SECOND}.xsectigo.com`, token, false],
    [`${FIRST}.sectigo.com`, token, false],
    [`${token.sha256.slice(0, 31)}.${token.sha256.slice(31)}.sectigo.com`, token, false],
    [`${FIRST}.${SECOND}.sectigo.com`, EXAMPLE, false],
  ];
  for (const [target, wanted, isRight] of RIGHT) {
    it(`${isRight ? "proves" : "does not prove"} it: ${target.slice(65)}`, () => {
      const proof = readTarget(target);
      assert.equal(proof !== undefined && isRightProof(proof, wanted), isRight);
    });
  }
});

describe("whose proof it is", () => {
  const PROOFS: [target: string, isOfToken: boolean][] = [
    [`${FIRST}.${SECOND}.comodoca.com`, true],
    [`${FIRST}.${SECOND}.sectigo.com.example.test`.toUpperCase(), true],
    [`${SECOND}.${FIRST}.sectigo.com`, false],
    [`${token.sha256.slice(0, 31)}.${token.sha256.slice(31)}.sectigo.com`, false],
    [`${FIRST}.sectigo.com`, false],
  ];
  for (const [target, isOfToken] of PROOFS) {
    it(`the request's${isOfToken ? "" : ", not"}: ${target.slice(33)}`, () => {
      const proof = readTarget(target);
      assert.equal(proof !== undefined && provesToken(proof, token), isOfToken);
    });
  }
});

describe("a unique value", () => {
  const VALUES: [text: string, isOne: boolean][] = [
    ["GAIA0123456789", true],
    ["a".repeat(20), true],
    ["a".repeat(21), false],
    ["", false],
    ["a-b", false],
    ["ä", false],
    ["a\n", false],
  ];
  for (const [text, isOne] of VALUES) {
    it(`${isOne ? "may" : "cannot"} be ${JSON.stringify(text)}`, () => assert.equal(isUniqueValue(text), isOne));
  }
});

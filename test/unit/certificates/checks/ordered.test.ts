import assert from "node:assert/strict";
import type { Certificate } from "../../../../src/certificates/x509/certificate";
import { decodeCertificateRequest } from "../../../../src/certificates/x509/certificate-request";
import {
  compareWithOrder,
  type Aspect,
  type Comparison,
  type Ordered,
} from "../../../../src/certificates/checks/ordered";
import type { FoundKey } from "../../../../src/certificates/checks/private-key";
import { keyIdentity } from "../../../../src/certificates/keys/key-identity";
import { MS_PER_DAY } from "../../../../src/certificates/x509/lifetime";
import { pemFixture } from "../fixtures";
import { having, ISSUED, lasting, mail, named, tls } from "./variations";
import { inEnglish } from "../../../../src/words/localize";

const of = (aspect: Aspect, certificate: Certificate, ordered: Ordered): Comparison => {
  const found = compareWithOrder(certificate, ordered).find((comparison) => comparison.aspect === aspect);
  assert.ok(found);
  return found;
};

const request = decodeCertificateRequest(pemFixture("containers/request.pem"));

/** With the key of the request, which is no other fixture's. */
const rekeyed = (certificate: Certificate): Certificate => ({ ...certificate, publicKey: request.publicKey });

const keyTo = ({ publicKey }: Certificate): FoundKey => ({
  state: "readable",
  keyIdentity: keyIdentity(publicKey),
  kind: "EC P-256",
});

describe("collected and ordered", () => {
  it("compare in all aspects, and with nothing known in none", () => {
    const comparisons = compareWithOrder(mail(), {});
    assert.deepEqual(
      comparisons.map(({ aspect }) => aspect),
      ["names", "validity", "term", "previousKey", "request", "privateKey"],
    );
    for (const { result } of comparisons) assert.equal(result, "nothing-to-compare");
    for (const { result } of compareWithOrder(tls(), {
      fqdn: "",
      domains: [],
      keys: [],
      requests: [],
      productTerm: {},
      validity: {},
    }))
      assert.equal(result, "nothing-to-compare");
  });

  const names: readonly (readonly [string, readonly string[], Ordered, Comparison["result"], RegExp])[] = [
    ["one name", ["a.test"], { fqdn: "a.test" }, "matches", /ordered name is in/],
    ["in other case, with a final point", ["a.test"], { fqdn: "A.Test." }, "matches", /is in/],
    ["with www added", ["www.a.test", "a.test"], { fqdn: "a.test", domains: ["a.test"] }, "matches", /is in/],
    ["without www added", ["www.a.test", "a.test"], { fqdn: "www.a.test", domains: [] }, "matches", /is in/],
    [
      "a wildcard with its domain",
      ["*.a.test", "a.test"],
      { fqdn: "*.a.test", domains: ["*.a.test"] },
      "matches",
      /is in/,
    ],
    ["an international name", ["xn--bcher-kva.test"], { fqdn: "bücher.test" }, "matches", /is in/],
    [
      "several",
      ["a.test", "b.test"],
      { fqdn: "a.test", domains: ["a.test", "b.test"] },
      "matches",
      /^All 2 ordered names/,
    ],
    [
      "more than is known of",
      ["a.test", "b.test"],
      { fqdn: "a.test" },
      "matches",
      /1 more, which the order does not mention/,
    ],
    [
      "too few",
      ["a.test"],
      { fqdn: "a.test", domains: ["a.test", "b.test"] },
      "differs",
      /missing from the certificate: b\.test/,
    ],
    [
      "too many",
      ["a.test", "b.test"],
      { domains: ["a.test"] },
      "differs",
      /^In the certificate, but not ordered: b\.test/,
    ],
    ["another one", ["b.test"], { fqdn: "a.test" }, "differs", /missing from the certificate: a\.test/],
    ["a wildcard for a name", ["*.a.test"], { fqdn: "www.a.test" }, "differs", /missing from the certificate/],
  ];
  for (const [what, there, ordered, result, message] of names)
    it(`by names: ${what}`, () => {
      const found = of("names", named(tls(), ...there), ordered);
      assert.equal(found.result, result);
      assert.match(inEnglish(found.message), message);
    });

  for (const told of ["2001:DB8::1", "2001:db8:0:0:0:0:0:1", "[2001:db8::0001]", "192.0.2.1"]) {
    it(`by an address in another spelling: ${told}`, () => {
      const addresses = ["2001:db8::1", "192.0.2.1"].map((value) => ({ type: "iPAddress", value }) as const);
      const certificate = having(tls(), { type: "subjectAltName", names: addresses });
      assert.equal(of("names", certificate, { fqdn: told }).result, "matches");
      assert.equal(of("names", certificate, { fqdn: "2001:db8::2" }).result, "differs");
    });
  }

  it("by the dates that the CA told", () => {
    const certificate = lasting(tls(), ISSUED, 199);
    const { notBefore, notAfter } = certificate.validity;
    assert.equal(of("validity", certificate, { validity: { notBefore, notAfter } }).result, "matches");
    assert.equal(
      of("validity", certificate, { validity: { notAfter: notAfter + 1000 - MS_PER_DAY } }).result,
      "matches",
    );
    assert.equal(
      of("validity", certificate, { validity: { notBefore, notAfter: notAfter + 2 * MS_PER_DAY } }).result,
      "differs",
    );
    assert.match(
      inEnglish(of("validity", certificate, { validity: { notAfter: notAfter + 9 * MS_PER_DAY } }).message),
      /stated \? to May 27, 2027/,
    );
  });

  it("by the term that is paid for", () => {
    const certificate = lasting(tls(), ISSUED, 199);
    const { notBefore, notAfter } = certificate.validity;
    const term = (start: number | undefined, end: number) => ({
      productTerm: { ...(start === undefined ? {} : { start }), end },
    });
    assert.equal(of("term", certificate, term(notBefore, notAfter)).result, "matches");
    assert.match(
      inEnglish(of("term", certificate, term(undefined, notAfter + 166 * MS_PER_DAY)).message),
      /Have it reissued before it expires/,
    );
    assert.doesNotMatch(inEnglish(of("term", certificate, term(undefined, notAfter)).message), /reissued/);
    assert.match(
      inEnglish(of("term", certificate, term(notBefore, notAfter - 2 * MS_PER_DAY)).message),
      /after the paid term ends on May 16, 2027/,
    );
    assert.match(
      inEnglish(of("term", certificate, term(notBefore + 2 * MS_PER_DAY, notAfter)).message),
      /valid from Nov 1, 2026, before/,
    );
  });

  it("by the key of the certificate before", () => {
    assert.equal(of("previousKey", tls(), { previous: mail() }).result, "matches");
    assert.equal(of("previousKey", tls(), { previous: rekeyed(mail()) }).result, "differs");
  });

  it("by a request", () => {
    const requests = [{ file: "site.csr", keyIdentity: keyIdentity(request.publicKey) }];
    assert.equal(of("request", tls(), { requests }).result, "differs");
    const found = of("request", rekeyed(tls()), { requests });
    assert.deepEqual([found.result, found.file], ["matches", "site.csr"]);
  });

  it("by private keys", () => {
    const certificate = tls();
    const right = { file: "site.key", key: keyTo(certificate) };
    const wrong = { file: "old.key", key: keyTo(rekeyed(certificate)) };
    const closed: { file: string; key: FoundKey } = { file: "locked.key", key: { state: "encrypted" } };
    const broken: { file: string; key: FoundKey } = { file: "odd.key", key: { state: "unreadable" } };
    const result = (...keys: readonly { file: string; key: FoundKey }[]) => of("privateKey", certificate, { keys });
    assert.deepEqual([result(wrong, right).result, result(wrong, right).file], ["matches", "site.key"]);
    assert.equal(result(closed, right).result, "matches");
    assert.equal(result(wrong).result, "differs");
    // What cannot be looked into may be the right one.
    for (const keys of [[closed], [broken], [wrong, closed]]) assert.equal(result(...keys).result, "not-known");
    assert.match(
      inEnglish(result(wrong, closed, broken).message),
      /old\.key does not belong to it; locked\.key is encrypted, odd\.key cannot be read here/,
    );
  });
});

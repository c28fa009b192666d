import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeCertificate } from "../../../../src/certificates/x509/certificate";
import type { ChainMember } from "../../../../src/certificates/x509/issuing";
import { newNonce, ocspRequest, readOcspResponse } from "../../../../src/certificates/revocation/ocsp";
import { readRevocationList } from "../../../../src/certificates/revocation/revocation-list";
import type { StatusAnswer } from "../../../../src/certificates/revocation/status-answer";
import { writeSequence } from "../../../../src/certificates/asn1/der-writer";
import { MS_PER_DAY } from "../../../../src/certificates/x509/lifetime";
import { fixture, pemFixture } from "../fixtures";

const member = (name: string): ChainMember => {
  const der = pemFixture(`checks/${name}.pem`);
  return { der, certificate: decodeCertificate(der) };
};

const ca = member("ca");
const good = member("good");
const revoked = member("revoked");
const unreasoned = member("unreasoned");
/** An hour after everything was made. */
const now = good.certificate.validity.notBefore! + 3_600_000;

/** What an answer says, in few words. */
const told = (answer: StatusAnswer): string => {
  if (answer.status === "unusable") return answer.code;
  return answer.status === "revoked" ? `revoked ${answer.reason ?? "without a reason"}` : answer.status;
};

describe("OCSP", () => {
  it("asks as OpenSSL does", () => {
    assert.equal(ocspRequest(good, ca).toString("hex"), fixture("checks/good.request").toString("hex"));
  });

  const table: readonly (readonly [string, ChainMember, string])[] = [
    ["good-by-ca", good, "good"],
    ["good-sha256", good, "good"],
    ["good-by-delegate", good, "good"],
    ["good-by-delegate-key", good, "good"],
    ["revoked-by-delegate", revoked, "revoked keyCompromise"],
    ["unreasoned-by-ca", unreasoned, "revoked without a reason"],
    ["good-by-ca", revoked, "other-certificate"],
    ["good-by-stranger", good, "wrong-signer"],
    ["good-by-leaf", good, "wrong-signer"],
  ];
  for (const [file, subject, expected] of table)
    it(`reads ${file} for ${subject.certificate.subject.text} as ${expected}`, async () => {
      assert.equal(told(await readOcspResponse(fixture(`checks/${file}.ocsp`), subject, ca, now)), expected);
    });

  it("tells the time of an answer, and takes none that is too old or of the future", async () => {
    const body = fixture("checks/good-by-ca.ocsp");
    const answer = await readOcspResponse(body, good, ca, now);
    assert.ok(answer.status === "good");
    assert.equal((answer.nextUpdate ?? 0) - answer.thisUpdate, 7 * MS_PER_DAY);
    for (const [at, expected] of [
      [answer.thisUpdate, "good"],
      [answer.thisUpdate - 60_000, "good"],
      [answer.thisUpdate - 3_600_000, "stale"],
      [answer.thisUpdate + 7 * MS_PER_DAY, "good"],
      [answer.thisUpdate + 7 * MS_PER_DAY + 3_600_000, "stale"],
    ] as const)
      assert.equal(told(await readOcspResponse(body, good, ca, at)), expected);
  });

  it("does not take a responder's certificate that is over", async () => {
    const later = now + 366 * MS_PER_DAY;
    assert.equal(
      told(await readOcspResponse(fixture("checks/good-by-delegate.ocsp"), good, ca, later)),
      "wrong-signer",
    );
  });

  it("tells refusals and other answers from what it asked for", async () => {
    const answers: readonly (readonly [string, string])[] = [
      ["30030a0101", "refused"],
      ["30030a0103", "refused"],
      ["30030a0106", "refused"],
      ["30030a0100", "malformed"],
      ["", "malformed"],
      [Buffer.from("<html>").toString("hex"), "malformed"],
      // Another type of response.
      ["300f0a0100a00a3008060328010104013000", "malformed"],
    ];
    for (const [hex, expected] of answers)
      assert.equal(told(await readOcspResponse(Buffer.from(hex, "hex"), good, ca, now)), expected, hex);
  });

  it("takes an answer without the nonce asked for", async () => {
    assert.equal(told(await readOcspResponse(fixture("checks/good-by-ca.ocsp"), good, ca, now, newNonce())), "good");
  });

  it("never throws, and takes no changed answer for what it was not", async () => {
    const body = fixture("checks/revoked-by-delegate.ocsp");
    await fc.assert(
      fc.asyncProperty(
        fc.nat(body.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.nat(20),
        async (at, change, cut) => {
          const changed = Buffer.from(body.subarray(0, body.length - (cut === 20 ? 1 : 0)));
          changed[at % changed.length]! ^= change;
          const answer = told(await readOcspResponse(changed, revoked, ca, now));
          assert.ok(answer !== "good" && answer !== "unknown", `${answer} after ${at}`);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("revocation lists", () => {
  const URL = "http://crl.example.test/ca.crl";
  const PART = "http://crl.example.test/part-1.crl";
  const table: readonly (readonly [string, string, string, ChainMember, ChainMember, number, string])[] = [
    ["the whole list", "list", URL, good, ca, now, "good"],
    ["a reason", "list", URL, revoked, ca, now, "revoked keyCompromise"],
    ["no reason", "list", URL, unreasoned, ca, now, "revoked without a reason"],
    ["the right part", "part", PART, revoked, ca, now, "revoked keyCompromise"],
    ["another part", "part", URL, good, ca, now, "other-certificate"],
    ["a part for other certificates", "part", PART, ca, ca, now, "other-certificate"],
    ["a list that is over", "list", URL, good, ca, now + 31 * MS_PER_DAY, "stale"],
    ["a list of the future", "list", URL, good, ca, now - MS_PER_DAY, "stale"],
    ["one whose signer may sign none", "list", URL, good, good, now, "wrong-signer"],
    [
      "another issuer's name",
      "list",
      URL,
      { ...good, certificate: { ...good.certificate, issuer: good.certificate.subject } },
      ca,
      now,
      "wrong-signer",
    ],
  ];
  for (const [what, file, url, subject, issuer, at, expected] of table)
    it(`are read: ${what}`, async () => {
      assert.equal(told(await readRevocationList(fixture(`checks/${file}.crl`), url, subject, issuer, at)), expected);
    });

  it("whose scope cannot be read are not taken for whole ones", async () => {
    const body = Buffer.from(fixture("checks/part.crl"));
    const value = body.indexOf(Buffer.from("0101ff042d302b", "hex"));
    // Not critical, and not a SEQUENCE.
    body[value + 2] = 0;
    body[value + 5] = 0x31;
    assert.equal(told(await readRevocationList(body, PART, good, ca, now)), "malformed");
  });

  it("never throw, and are not taken when changed", async () => {
    const body = fixture("checks/list.crl");
    await fc.assert(
      fc.asyncProperty(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const changed = Buffer.from(body);
        changed[at]! ^= change;
        assert.notEqual(told(await readRevocationList(changed, URL, revoked, ca, now)), "good");
      }),
      { numRuns: 200 },
    );
    assert.equal(told(await readRevocationList(writeSequence(), URL, revoked, ca, now)), "malformed");
  });
});

import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import type { StatusDetail } from "../../../src/api/result";
import { summarizeCollected } from "../../../src/reading/summarize-collected";
import { newSerialNumber, signCertificate } from "../../../src/sandbox/certificate";
import * as extensions from "../../../src/sandbox/extensions";
import { newKeyPair, type KeyPair } from "../../../src/sandbox/keys";
import { distinguishedName } from "../../../src/sandbox/names";
import { messageSaid } from "../../../src/orders/model/said-message";
import type { SaidError } from "../../../src/words/said-error";
import { inEnglish } from "../../../src/words/localize";
import { untranslated } from "../words/pseudo";
import { DAY, START } from "../orders/doubles";

/** DER, and not a certificate. */
const NONE = Buffer.from("30030101ff", "hex");

/** The same with letters for the digits of its end: the second UTCTime of the validity (RFC 5280 section 4.1.2.5). */
function withoutEnd(der: Buffer): Buffer {
  const damaged = Buffer.from(der);
  const utcTime = Buffer.from("170d", "hex");
  const end = damaged.indexOf(utcTime, damaged.indexOf(utcTime) + 2) + 2;
  return Buffer.from(damaged.fill("x", end, end + 12));
}

interface Names {
  readonly subject: string;
  readonly issuer: string;
}

describe("summarizeCollected", () => {
  let keys: KeyPair;
  /** A path of which no root is in our list, an old certificate of another name, and a CA certificate of nobody's. */
  let root: Buffer, issuer: Buffer, leaf: Buffer, other: Buffer, stranger: Buffer;

  before(async () => {
    keys = await newKeyPair("p-256");
    root = certificate({ subject: "Root", issuer: "Root" });
    issuer = certificate({ subject: "Issuer", issuer: "Root" });
    leaf = certificate({ subject: "leaf", issuer: "Issuer" }, "shop.example", "www.shop.example");
    other = certificate({ subject: "other", issuer: "Issuer" }, "old.example");
    stranger = certificate({ subject: "Stranger", issuer: "Stranger" });
  });

  function certificate(names: Names, ...dnsNames: string[]): Buffer {
    return withNames(names, { dnsNames });
  }

  function withNames({ subject, issuer: signer }: Names, names: extensions.AlternativeNames): Buffer {
    const isCa = names.dnsNames?.length === 0;
    const ofCa = [
      extensions.basicConstraints({ cA: true }),
      extensions.keyUsage(extensions.KeyUsageBit.keyCertSign | extensions.KeyUsageBit.cRLSign),
    ];
    return Buffer.from(
      signCertificate({
        subject: distinguishedName([["commonName", subject]]),
        keys,
        notBefore: START,
        notAfter: START + 90 * DAY,
        issuer: { name: distinguishedName([["commonName", signer]]), keys },
        serialNumber: newSerialNumber(),
        extensions: isCa ? ofCa : [extensions.subjectAlternativeName(names)],
      }),
    );
  }

  const look = (certificates: readonly Buffer[], detail: StatusDetail = {}, named?: number) =>
    summarizeCollected(certificates, {
      detail,
      now: Date.UTC(2026, 10, 27),
      ...(named !== undefined && { leaf: named }),
    });

  it("orders a chain, and finds nothing against what was ordered", async () => {
    const detail = { fqdn: "shop.example", domains: [{ domain: "www.shop.example", status: "VALIDATED" }] };
    const { chain, certificate } = await look([root, issuer, leaf], detail);
    assert.deepEqual(chain, [leaf, issuer, root]);
    assert.equal(certificate.doubts, undefined);
    assert.deepEqual(certificate.names, ["shop.example", "www.shop.example"]);
  });

  const doubts: readonly [string, () => Buffer[], StatusDetail, string, RegExp][] = [
    ["another name", () => [root, issuer, other], { fqdn: "shop.example" }, "names", /shop\.example/],
    [
      "a domain that is missing",
      () => [root, issuer, leaf],
      { domains: [{ domain: "pay.shop.example", status: "" }] },
      "names",
      /pay\.shop\.example/,
    ],
    ["no CA certificates", () => [leaf], {}, "chain", /without the CA's certificates/],
    ["a chain that breaks off", () => [issuer, leaf], {}, "chain", /ends at .*Issuer.*, whose issuer is missing/],
  ];
  for (const [what, certificates, detail, kind, message] of doubts) {
    it(`doubts ${what}`, async () => {
      const { certificate } = await look(certificates(), detail);
      assert.deepEqual(
        certificate.doubts?.map((doubt) => doubt.kind),
        [kind],
      );
      const [doubt] = certificate.doubts;
      assert.match(doubt?.message ?? "", message);
      const said = doubt && messageSaid(doubt);
      assert.ok(said !== undefined);
      assert.equal(inEnglish(said), doubt?.message);
      assert.deepEqual(untranslated(said), []);
      // A text of ours has no name in it.
      assert.doesNotMatch(said.text, /shop\.example|Issuer/);
    });
  }

  it("has no doubt about names where none were told", async () => {
    assert.equal((await look([root, issuer, other])).certificate.doubts, undefined);
  });

  it("leaves out what is not on the leaf's path", async () => {
    assert.deepEqual((await look([stranger, root, issuer, leaf])).chain, [leaf, issuer, root]);
  });

  it("keeps the CA certificates of other paths, and few of those", async () => {
    const cross = certificate({ subject: "Issuer", issuer: "Other Root" });
    const above = certificate({ subject: "Other Root", issuer: "Other Root" });
    const { chain } = await look([stranger, above, cross, root, issuer, leaf]);
    assert.equal(chain[0], leaf);
    assert.deepEqual(new Set(chain), new Set([leaf, issuer, root, cross, above]));
    const many = Array.from({ length: 30 }, (_, at) => certificate({ subject: "Issuer", issuer: `Root ${at}` }));
    assert.equal((await look([root, issuer, leaf, ...many])).chain.length, 3 + 20);
  });

  it("reads what the journal stores: serial number, subject, and names of people and hosts, few of them", async () => {
    const names = {
      emailAddresses: ["me@shop.example"],
      ipAddresses: [Uint8Array.of(192, 0, 2, 1)],
      dnsNames: ["shop.example"],
    };
    const made = withNames({ subject: "me", issuer: "Issuer" }, names);
    const { certificate: read } = await look([root, issuer, made]);
    const serialNumber = new X509Certificate(made).serialNumber;
    assert.deepEqual([read.serialNumber, read.subject], [serialNumber, "CN=me"]);
    assert.deepEqual([read.notBefore, read.notAfter], [START, START + 90 * DAY]);
    assert.deepEqual([...read.names].sort(), ["192.0.2.1", "me@shop.example", "shop.example"]);
    // As an address, twelve bytes are none (RFC 5280 section 4.2.1.6).
    const tagged = Buffer.from("\x82\x0cshop.example", "latin1");
    const asAddress = Buffer.from(made);
    asAddress[asAddress.indexOf(tagged)] = 0x87;
    const { names: left } = (await look([root, issuer, asAddress])).certificate;
    assert.deepEqual([...left].sort(), ["192.0.2.1", "me@shop.example"]);
    const many = Array.from({ length: 30 }, (_, at) => `${at}.shop.example`);
    const manyNames = (await look([root, issuer, certificate({ subject: "a", issuer: "Issuer" }, ...many)]))
      .certificate;
    assert.deepEqual(manyNames.names, many.slice(0, 20));
  });

  it("leaves out a second certificate where the answer names the one that was ordered", async () => {
    for (const [at, certificates] of [
      [3, [root, issuer, other, leaf]],
      [0, [leaf, other, issuer, root]],
    ] as const) {
      assert.deepEqual((await look(certificates, {}, at)).chain, [leaf, issuer, root]);
    }
  });

  const refusals: readonly [string, () => Buffer[], number | undefined, RegExp][] = [
    ["two certificates, none of them named", () => [root, issuer, other, leaf], undefined, /more than one/],
    ["two certificates, and a CA's is named", () => [root, issuer, other, leaf], 0, /more than one/],
    ["CA certificates only", () => [root, issuer], undefined, /only CA certificates/],
    ["nothing", () => [], undefined, /no certificate/],
    ["bytes that are none", () => [NONE], undefined, /cannot be read: \S.* \(byte \d+\)\. Ask/],
    ["bytes that are none, named beside another certificate", () => [NONE, other, issuer, root], 0, /cannot be read/],
    ["bytes that are none, beside a CA's certificates", () => [root, NONE, issuer], undefined, /cannot be read/],
    ["an end that cannot be read", () => [root, issuer, withoutEnd(leaf)], undefined, /validity .* cannot be read/],
  ];
  for (const [what, certificates, named, message] of refusals) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(look(certificates(), {}, named), (error: SaidError) => {
        assert.equal(error.name, "CollectedError");
        assert.match(error.message, message);
        assert.deepEqual(untranslated(error.said), []);
        return true;
      });
    });
  }
});

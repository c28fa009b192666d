import assert from "node:assert/strict";
import { KeyUsageFlags } from "@peculiar/asn1-x509";
import type { StatusDetail } from "../../../src/api/result";
import { summarizeCollected } from "../../../src/reading/summarize-collected";
import { newSerialNumber, signCertificate } from "../../../src/sandbox/certificate";
import * as extensions from "../../../src/sandbox/extensions";
import { newKeyPair, type KeyPair } from "../../../src/sandbox/keys";
import { distinguishedName } from "../../../src/sandbox/names";
import { DAY, START } from "../orders/doubles";

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

  function certificate({ subject, issuer: signer }: Names, ...dnsNames: string[]): Buffer {
    const isCa = dnsNames.length === 0;
    const ofCa = [
      extensions.basicConstraints({ cA: true }),
      extensions.keyUsage(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign),
    ];
    return Buffer.from(
      signCertificate({
        subject: distinguishedName([["commonName", subject]]),
        keys,
        notBefore: START,
        notAfter: START + 90 * DAY,
        issuer: { name: distinguishedName([["commonName", signer]]), keys },
        serialNumber: newSerialNumber(),
        extensions: isCa ? ofCa : [extensions.subjectAlternativeName({ dnsNames })],
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
      assert.match(certificate.doubts[0]?.message ?? "", message);
    });
  }

  it("has no doubt about names where none were told", async () => {
    assert.equal((await look([root, issuer, other])).certificate.doubts, undefined);
  });

  it("leaves out what is not on the leaf's path", async () => {
    assert.deepEqual((await look([stranger, root, issuer, leaf])).chain, [leaf, issuer, root]);
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
    ["bytes that are none", () => [Buffer.from("30030101ff", "hex")], undefined, /cannot be read/],
  ];
  for (const [what, certificates, named, message] of refusals) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(look(certificates(), {}, named), { name: "CollectedError", message });
    });
  }
});

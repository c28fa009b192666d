import assert from "node:assert/strict";
import crypto from "node:crypto";
import type { DetailsPage } from "../../../src/certificates/details/page";
import { pemText } from "../../../src/certificates/pem-text";
import { analyze, chainIn, type Analysis, type AnalysisInput } from "../../../src/reading/analysis";
import { newSerialNumber, signCertificate } from "../../../src/sandbox/certificate";
import * as extensions from "../../../src/sandbox/extensions";
import { newKeyPair, type KeyPair } from "../../../src/sandbox/keys";
import { distinguishedName } from "../../../src/sandbox/names";
import { fixture, pemFixture } from "../certificates/fixtures";

describe("analyze", () => {
  const leaf = pemFixture("extensions/tls-leaf.pem");

  /** How often each certificate is decoded while a subject is analyzed: decoding hashes it by SHA-1 once. */
  async function decodings(input: AnalysisInput): Promise<number[]> {
    const counts = new Map<string, number>();
    const { hash } = crypto;
    crypto.hash = ((algorithm: string, data: Uint8Array, ...more: []) => {
      if (algorithm === "sha1" && data[0] === 0x30) {
        const name = hash("sha256", data);
        counts.set(name, (counts.get(name) ?? 0) + 1);
      }
      return hash(algorithm, data, ...more);
    }) as typeof hash;
    try {
      await analyze(input);
    } finally {
      crypto.hash = hash;
    }
    return [...counts.values()];
  }

  // Certificates of clients' lists are decoded once for the window, and before these.
  before(() => analyze({ subject: fixture("containers/root-first.pem"), now: 0 }));

  it("decodes each certificate of a file once, for its page and all checks", async () => {
    const subject = fixture("containers/root-first.pem");
    const counts = await decodings({ subject, now: 0 });
    assert.ok(counts.length >= 2);
    assert.deepEqual(new Set(counts), new Set([1]));
  });

  it("decodes each certificate of an order once, with the one before it", async () => {
    const ordered = { fqdn: "shop.example", previous: pemFixture("extensions/qualified.pem") };
    const counts = await decodings({ subject: [leaf], now: 0, ordered });
    assert.deepEqual(counts, [1, 1]);
  });

  it("shows of an order's certificates what it shows of a file with them, and no place in a file", async () => {
    const pageOf = async (subject: AnalysisInput["subject"]): Promise<DetailsPage> =>
      JSON.parse((await analyze({ subject, now: 0 })).details) as DetailsPage;
    const [ofOrder, ofFile] = await Promise.all([pageOf([leaf]), pageOf(Buffer.from(pemText(leaf)))]);
    assert.equal(ofFile.objects[0]?.place, "PEM block CERTIFICATE");
    assert.deepEqual(ofOrder, { ...ofFile, objects: ofFile.objects.map((object) => ({ ...object, place: "" })) });
  });

  it("names the leaf by its hash, whatever comes first in a file", async () => {
    const sha256 = (der: Uint8Array) => crypto.createHash("sha256").update(der).digest("hex");
    const subject = fixture("containers/root-first.pem");
    const [first, ...issuers] = await chainIn({ subject, now: 0 });
    assert.ok(first !== undefined && issuers.length > 0);
    assert.equal((await analyze({ subject, now: 0 })).leaf, sha256(first));
    assert.equal((await analyze({ subject: [first, ...issuers], now: 0 })).leaf, sha256(first));
    assert.equal((await analyze({ subject: Buffer.from("nothing"), now: 0 })).leaf, undefined);
  });

  it("compares the leaf with the order, and with nothing where there is none", async () => {
    const compared = async (input: Omit<AnalysisInput, "now">): Promise<Readonly<Record<string, string>>> =>
      Object.fromEntries(
        (await analyze({ ...input, now: 0 })).comparisons.map(({ aspect, result }) => [aspect, result]),
      );
    const ordered = { fqdn: "other.example" };
    assert.deepEqual(await compared({ subject: [leaf] }), {});
    assert.deepEqual(await compared({ subject: Buffer.from("nothing"), ordered }), {});
    const alone = await compared({ subject: [leaf], ordered });
    const again = await compared({ subject: [leaf], ordered: { ...ordered, previous: leaf } });
    assert.deepEqual([alone.names, alone.previousKey, again.previousKey], ["differs", "nothing-to-compare", "matches"]);
  });

  it("finds the first key store that a password may open", async () => {
    const store = fixture("containers/aes-rsa.p12");
    // Signed rather than authenticated by a password (RFC 7292 section 4): the content type pkcs7-data becomes
    // pkcs7-signedData.
    const signed = Buffer.from(store);
    signed[signed.indexOf("2a864886f70d010701", 0, "hex") + 8] = 2;
    const lockedIn = async (...ders: readonly Buffer[]): Promise<Buffer | undefined> => {
      const objects = ders.map((der) => ({
        kind: "pfx" as const,
        structure: "pfx" as const,
        der,
        path: [],
        offset: 0,
        length: der.length,
      }));
      const { locked } = await analyze({ subject: { objects, damage: [] }, now: 0 });
      return locked && Buffer.from(locked.der);
    };
    assert.deepEqual(await lockedIn(store), store);
    assert.deepEqual(await lockedIn(signed, store), store);
    assert.equal(await lockedIn(signed), undefined);
    assert.equal(await lockedIn(), undefined);
  });

  describe("tells what could be asked", () => {
    let keys: KeyPair;
    before(async () => {
      keys = await newKeyPair("p-256");
    });

    interface Made {
      readonly issuer?: string;
      readonly names?: extensions.AlternativeNames;
      readonly isCa?: boolean;
      readonly purposes?: readonly string[];
      readonly list?: boolean;
      readonly access?: boolean;
    }
    const certificate = ({ issuer = "Issuer", names, isCa, purposes, list, access }: Made): Buffer =>
      Buffer.from(
        signCertificate({
          subject: distinguishedName([["commonName", "Subject"]]),
          issuer: { name: distinguishedName([["commonName", issuer]]), keys },
          ...{ keys, notBefore: 0, notAfter: 86_400_000, serialNumber: newSerialNumber() },
          extensions: [
            ...(isCa === true ? [extensions.basicConstraints({ cA: true })] : []),
            ...(names === undefined ? [] : [extensions.subjectAlternativeName(names)]),
            ...(purposes === undefined ? [] : [extensions.extendedKeyUsage(purposes)]),
            ...(list === true ? [extensions.crlDistributionPoint("http://crl.example/list.crl")] : []),
            ...(access === true
              ? [
                  extensions.authorityInformationAccess({
                    caIssuers: "http://ca.example/ca.crt",
                    ocsp: "http://ocsp.example",
                  }),
                ]
              : []),
          ],
        }),
      );
    const dns = { dnsNames: ["shop.example"] };
    const [SERVER, CLIENT] = ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"];

    const cases: readonly (readonly [
      what: string,
      made: Made | undefined,
      askable: readonly (keyof Analysis["askable"])[],
    ])[] = [
      ["nothing", undefined, []],
      ["a host", { names: dns }, ["host"]],
      ["an address", { names: { ipAddresses: ["192.0.2.1"] } }, ["host"]],
      ["a person", { names: { emailAddresses: ["me@shop.example"] } }, []],
      ["nobody", {}, []],
      ["a server", { names: dns, purposes: [CLIENT, SERVER] }, ["host"]],
      ["a client", { names: dns, purposes: [CLIENT] }, []],
      ["a CA with a name", { names: dns, isCa: true }, []],
      ["one with a revocation list", { list: true }, ["revocation"]],
      ["one with a responder, and its issuer elsewhere", { access: true }, ["revocation", "issuers"]],
      ["a root", { issuer: "Subject", isCa: true, access: true }, []],
    ];
    for (const [what, made, expected] of cases)
      it(`about ${what}: ${expected.join(", ") || "nothing"}`, async () => {
        const subject = made === undefined ? Buffer.from("nothing") : [certificate(made)];
        const { askable } = await analyze({ subject, now: 0 });
        assert.deepEqual(
          Object.entries(askable).flatMap(([question, can]) => (can ? [question] : [])),
          expected,
        );
      });
  });
});

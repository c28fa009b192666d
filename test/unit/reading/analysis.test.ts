import assert from "node:assert/strict";
import crypto from "node:crypto";
import type { DetailsPage } from "../../../src/certificates/details/page";
import { pemText } from "../../../src/certificates/pem-text";
import { analyze, type AnalysisInput } from "../../../src/reading/analysis";
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
});

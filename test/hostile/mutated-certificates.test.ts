import assert from "node:assert/strict";
import { decodeCertificate, type Certificate } from "../../src/certificates/x509/certificate";
import { orderChain } from "../../src/certificates/x509/chain";
import { findingsOf } from "../../src/certificates/checks/findings";
import { DerError } from "../../src/certificates/asn1/der-error";
import { readContainers } from "../../src/certificates/containers/read";
import { describePage } from "../unit/certificates/details-page";
import { mutatedDer } from "../fuzz/mutated-der";
import { Random } from "../fuzz/random";
import { hasOpenssl, openssl } from "../unit/certificates/exports/openssl";
import { caFixtures, fixtureNames, pemFixture } from "../unit/certificates/fixtures";
import { WRITTEN_NOW } from "../unit/strangers/written-certificate";

const SEEDS = [
  ...fixtureNames("extensions", ".pem").map(pemFixture),
  ...fixtureNames("keys", ".pem").map(pemFixture),
  ...caFixtures()
    .slice(0, 20)
    .map(({ der }) => der),
];
/** Of one test. */
const COUNT = 60;
/** Those of which OpenSSL is asked, since that takes a process each. */
const ASKED = 12;
const ROUNDS = [1, 2, 3, 4, 5, 6, 7, 8];

function decoded(der: Buffer): Certificate | undefined {
  try {
    return decodeCertificate(der);
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    return undefined;
  }
}

function mutants(seed: number, length = COUNT): Buffer[] {
  const random = new Random(seed);
  return Array.from({ length }, () => mutatedDer(random.pick(SEEDS), random));
}

describe("certificates with one field changed at random", () => {
  for (const round of ROUNDS) {
    it(`are shown with what is wrong, and never called good with damage inside (${round})`, async () => {
      let damaged = 0;
      for (const der of mutants(round)) {
        const certificate = decoded(der);
        if (certificate === undefined) continue;
        const chain = orderChain([der], { now: WRITTEN_NOW });
        const findings = await findingsOf(chain, { now: WRITTEN_NOW });
        const page = describePage(readContainers(der), { now: WRITTEN_NOW, findings });
        const [object] = page.objects;
        assert.deepEqual([page.objects.length, object?.damaged], [1, undefined], der.toString("hex"));
        const marked = JSON.stringify(object?.sections).includes("could not be read");
        const isDamaged = marked || certificate.unreadable !== undefined;
        if (isDamaged) damaged++;
        if (isDamaged) assert.equal(page.summary.verdict.tone, "bad", der.toString("hex"));
        const isFaulty = object?.findings.some(({ severity }) => severity === "error");
        if (isFaulty === true) assert.notEqual(page.summary.verdict.tone, "good", der.toString("hex"));
      }
      assert.ok(damaged > COUNT / 20, String(damaged));
    });

    it(`are opened here where OpenSSL opens them (${round})`, function () {
      if (!hasOpenssl) return void this.skip();
      const refused = mutants(100 + round, 4 * COUNT).filter((der) => decoded(der) === undefined);
      assert.ok(refused.length >= ASKED, String(refused.length));
      for (const der of refused.slice(0, ASKED)) {
        const { ok } = openssl(der, "x509", "-inform", "DER", "-in", "FILE", "-noout", "-text");
        assert.ok(!ok, der.toString("hex"));
      }
    });
  }
});

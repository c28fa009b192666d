import assert from "node:assert/strict";
import { orderChain } from "../../../../src/certificates/x509/chain";
import { diagnosticsOf } from "../../../../src/certificates/checks/diagnostics";
import { check, findingsOf } from "../../../../src/certificates/checks/findings";
import { readContainers } from "../../../../src/certificates/containers/read";
import { describePage } from "../details-page";
import { loadKnownAuthorities, type KnownAuthorities } from "../../../../src/certificates/x509/known-authorities";
import { pemText } from "../../../../src/certificates/pem-text";
import { PATIENCE, Trial } from "../../sandbox/client";
import { pemFixture } from "../fixtures";
import { NOW } from "./variations";
import { plainly } from "../../words/plainly";

/** Certificates of an answer or a file. */
const certificatesIn = (bytes: Uint8Array) =>
  readContainers(bytes).objects.flatMap((object) => (object.kind === "certificate" ? [object.der] : []));

describe("findings", () => {
  let authorities: KnownAuthorities;
  before(async () => {
    authorities = await loadKnownAuthorities();
  });

  it("about known CA certificates are few, and looked at one by one", async () => {
    const counts: Record<string, number> = {};
    for (const { der } of authorities.all()) {
      for (const list of (await findingsOf(orderChain([der]), { now: NOW, authorities })).values())
        for (const { severity, id } of list) if (severity !== "info") counts[id] = (counts[id] ?? 0) + 1;
    }
    assert.deepEqual(counts, {
      // By the CA's own list.
      "chain.ca-revoked": 4,
      // Two CAs valid until 2030 and 2032 below roots that end in 2028 and 2029.
      "chain.ca-ends-first": 2,
      // UTN-USERFirst-Client Authentication and Email, of 2004.
      "signature.ca-sha-1": 1,
    });
  });

  it("raise no false alarm about what the sandbox issues", async function () {
    this.timeout(PATIENCE);
    const trial = await Trial.start({ step: 0 });
    try {
      const unexpected: string[] = [];
      let chains = 0;
      // The kinds of certificates; the other orders are troubles that end in one of these.
      const kinds = trial.sandbox.catalogue.filter(({ orderNumber }) => Number(orderNumber) % 1000 < 10);
      for (const { product, orderNumber, collectionCode } of kinds) {
        const order =
          product === "ccc" ? { collectionCode, loginName: undefined, loginPassword: undefined } : { orderNumber };
        const format = product === "mc" ? {} : { queryType: "1", responseType: "3" };
        const given = certificatesIn((await trial.ask(product, { ...order, ...format })).body);
        if (given.length === 0) continue;
        chains++;
        const { chain, findings } = await check(orderChain(given), { now: trial.clock.time, authorities, given });
        assert.deepEqual(
          chain.links.map(({ signature }) => signature),
          ["good", "good"],
        );
        // The sandbox's logs are two, where browsers want three for 199 days; the finding is right.
        for (const { severity, id } of [...findings.values()].flat())
          if (severity !== "info" && id !== "tls.timestamps") unexpected.push(`${orderNumber}: ${id}`);
      }
      assert.deepEqual(unexpected, []);
      assert.equal(chains, kinds.length);
    } finally {
      await trial.stop();
    }
  });

  it("come with errors first, and fit the details page", async () => {
    const der = pemFixture("extensions/tls-leaf.pem");
    const chain = orderChain([der]);
    const findings = await findingsOf(chain, { now: NOW, authorities });
    const list = findings.get(chain.path[0]?.certificate.fingerprints.sha256 ?? "") ?? [];
    const order = ["error", "warning", "info"];
    const severities = list.map(({ severity }) => order.indexOf(severity));
    assert.deepEqual(severities, [...severities].sort());
    assert.ok(list.length > 4);
    const page = describePage(readContainers(der), { now: NOW, findings });
    assert.deepEqual(page.objects[0]?.findings, plainly(list));
    const sections = new Set(page.objects[0]?.sections.map(({ id }) => id));
    for (const { id, section } of list)
      assert.ok(section === undefined || sections.has(section) || id === "tls.timestamps", `${id}: ${section}`);
  });

  describe("by place", () => {
    it("stand at the block of their certificate", async () => {
      const block = pemText(pemFixture("keys/rsa-1024.pem"));
      const file = `A note.\n${block}between\n${block}`;
      const found = await diagnosticsOf(readContainers(Buffer.from(file)), { now: NOW + 1e9 });
      const at = found.map(({ offset, length, finding }) => [file.slice(offset, offset + length), finding.id]);
      const bare = block.trimEnd();
      assert.deepEqual(at, [
        [bare, "key.rsa-too-small"],
        [bare, "chain.repeated"],
      ]);
      assert.equal(found[1]?.offset, file.lastIndexOf("-----BEGIN"));
    });

    it("tell of damage as well", async () => {
      const cut = pemText(pemFixture("keys/rsa-1024.pem")).replace(/\n.{64}\n-----END/, "\n-----END");
      const found = await diagnosticsOf(readContainers(Buffer.from(cut)), { now: NOW });
      assert.ok(found.length > 0);
      assert.deepEqual([...new Set(found.map(({ finding }) => finding.id))], ["form.damaged"]);
    });

    it("are none for a file without certificates", async () => {
      assert.deepEqual(await diagnosticsOf({ objects: [], damage: [] }, { now: NOW }), []);
    });
  });
});

import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { findingsOf } from "../../../src/certificates/checks/findings";
import { identifyKeys } from "../../../src/certificates/checks/private-key";
import { readContainers } from "../../../src/certificates/containers/read";
import { pemText } from "../../../src/certificates/pem-text";
import { orderChain } from "../../../src/certificates/x509/chain";
import {
  writeContext,
  writeInteger,
  writeObjectIdentifier,
  writeOctetString,
  writeSequence,
} from "../../../src/certificates/asn1/der-writer";
import { CURVES } from "../../../src/certificates/keys/algorithm-names";
import { describePage } from "./details-page";
import { ENGINE_KINDS, type CryptoEngine } from "./engine-kinds";
import { IS_BORINGSSL } from "./exports/openssl";
import { fixtureNames, pemFixture } from "./fixtures";

const ENGINE: CryptoEngine = IS_BORINGSSL ? "BoringSSL" : "OpenSSL";
const NOW = Date.UTC(2027, 0, 1);

/** Verdict, findings and text of the page. */
async function pageOf(der: Buffer) {
  const findings = await findingsOf(orderChain([der], { now: NOW }), { now: NOW });
  const { objects, summary } = describePage(readContainers(Buffer.from(pemText(der))), { now: NOW, findings });
  return { said: objects.flatMap((object) => object.findings), verdict: summary.verdict.says.kind };
}

/** The engine's own answer, past ours; `undefined` where it does not read the certificate or its key. */
function engineSays(der: Buffer): boolean | undefined {
  try {
    const certificate = new X509Certificate(der);
    return certificate.verify(certificate.publicKey);
  } catch {
    return undefined;
  }
}

describe(`kinds of keys under ${ENGINE}`, () => {
  for (const { name, lackedBy, says } of ENGINE_KINDS) {
    const isLacked = lackedBy.includes(ENGINE);
    it(`${name} ${isLacked ? "cannot be checked, and the page says so" : "is checked"}`, async () => {
      const der = pemFixture(`keys/${name}.pem`);
      const { said, verdict } = await pageOf(der);
      const ids = said.map(({ id }) => id).filter((id) => id.startsWith("chain.signature"));
      if (!isLacked) {
        assert.deepEqual(ids, []);
        return;
      }
      assert.deepEqual(ids, ["chain.signature-unchecked"]);
      assert.equal(
        said.find(({ id }) => id === ids[0])?.message,
        `Its signature was not checked: this crypto engine cannot verify ${says}.`,
      );
      assert.ok(verdict === "unchecked" || verdict === "counted", verdict);
      // A changed one is not called bad either: nobody knows.
      const changed = Buffer.from(der);
      changed[changed.length - 20]! ^= 1;
      const again = (await pageOf(changed)).said.map(({ id }) => id);
      assert.deepEqual(
        again.filter((id) => id.startsWith("chain.signature")),
        ids,
      );
    });
  }

  it("are those of the table, by the engine's own answer", () => {
    // The key that cannot sign is another's business.
    const names = fixtureNames("keys", ".pem").map((file) => file.replace(/^.*\/|\.pem$/g, ""));
    assert.deepEqual(names.filter((name) => name !== "x25519").sort(), ENGINE_KINDS.map(({ name }) => name).sort());
    // DSA is kept from OpenSSL by us; curves that are written out reach engines by their names.
    const differing = new Set(["dsa", "explicit-curve"]);
    for (const { name, lackedBy } of ENGINE_KINDS) {
      if (differing.has(name)) continue;
      const isGood = engineSays(pemFixture(`keys/${name}.pem`));
      assert.equal(isGood, lackedBy.includes(ENGINE) ? undefined : true, name);
    }
  });

  it("keep private keys closed that the engine lacks, and never take them for damaged ones", () => {
    for (const [oid, { name, bits }] of CURVES) {
      const known = ENGINE_KINDS.find(({ says }) => says.endsWith(` EC ${name}`));
      if (known === undefined) continue;
      const secret = writeOctetString(Buffer.alloc(Math.ceil(bits / 8), 1));
      const key = writeSequence(writeInteger(1), secret, writeContext(0, writeObjectIdentifier(oid)));
      const [identified] = identifyKeys(Buffer.from(pemText(key, "EC PRIVATE KEY")));
      assert.equal(identified?.state, known.lackedBy.includes(ENGINE) ? "unreadable" : "readable", name);
    }
  });
});

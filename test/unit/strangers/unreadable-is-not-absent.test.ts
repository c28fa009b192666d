import assert from "node:assert/strict";
import type { Certificate } from "../../../src/certificates/x509/certificate";
import { ruleFindings } from "../../../src/certificates/checks/rules";
import { TYPES } from "../../../src/certificates/extensions/extension-types";
import type { Extension } from "../../../src/certificates/extensions/extension";
import { compareWithServed } from "../../../src/certificates/checks/live-host";
import { compareWithOrder } from "../../../src/certificates/checks/ordered";
import type { Chain } from "../../../src/certificates/x509/chain";
import { checkChain } from "../../../src/certificates/checks/chain";
import type { ChainMember } from "../../../src/certificates/x509/issuing";
import { threeLevels } from "../certificates/checks/hierarchy";
import { authority, having, mail, mark, NOW, tls, without } from "../certificates/checks/variations";
import { inEnglish } from "../../../src/words/localize";
import { phrase } from "../../../src/words/phrase";

const PROBLEM = { code: "value", offset: 0, message: phrase("damaged (byte 0)") } as const;

/** The same extension, could it not be read. */
function damaged(extension: Extension): Extension {
  const of = TYPES.get(extension.oid);
  return {
    ...extension,
    value: { type: "unreadable", ...(of !== undefined && { of }), problem: PROBLEM, hex: "", tree: [] },
  };
}

const damagedAt = (certificate: Certificate, index: number): Certificate => ({
  ...certificate,
  extensions: certificate.extensions.map((extension, at) => (at === index ? damaged(extension) : extension)),
});

const chainOf = (path: readonly ChainMember[]): Chain => ({
  path,
  otherLeaves: [],
  unrelated: [],
  duplicates: 0,
  unreadable: [],
  issuers: new Map(),
});

const ids = (certificate: Certificate): readonly string[] =>
  ruleFindings(certificate, { now: NOW, known: true }).map(({ id }) => id);

describe("what could not be read", () => {
  const kinds = { tls: tls(), mail: mail(), mark: mark(), authority: authority() };
  for (const [kind, certificate] of Object.entries(kinds)) {
    certificate.extensions.forEach(({ oid, value }, index) => {
      it(`is not called absent: ${value.type} (${oid}) of ${kind}`, () => {
        const before = new Set(ids(certificate));
        const now = ids(damagedAt(certificate, index)).filter((id) => !before.has(id));
        assert.deepEqual(now, ["extension.unreadable"]);
      });
    });

    it(`is not called absent: the whole list of extensions of ${kind}`, () => {
      const bare: Certificate = {
        ...certificate,
        extensions: [],
        unreadable: [{ field: "extensions", problem: phrase("damaged") }],
      };
      const before = new Set(ids(certificate));
      assert.deepEqual(
        ids(bare).filter((id) => !before.has(id)),
        ["form.field-unreadable"],
      );
    });
  }

  for (const [kind, certificate] of Object.entries(kinds)) {
    it(`is not called absent where it may be of any type: an extension of ${kind} whose OID cannot be read`, () => {
      certificate.extensions.forEach((_, index) => {
        const before = new Set(ids(certificate));
        const nameless: Certificate = {
          ...certificate,
          extensions: certificate.extensions.map((extension, at) =>
            at === index
              ? { ...extension, oid: "", value: { type: "unreadable", problem: PROBLEM, hex: "", tree: [] } }
              : extension,
          ),
        };
        assert.deepEqual(
          ids(nameless).filter((id) => !before.has(id)),
          ["extension.unreadable"],
        );
      });
    });
  }

  const named = authority();
  const root = without(
    { ...named, issuer: named.subject },
    "authorityKeyIdentifier",
    "subjectKeyIdentifier",
    "keyUsage",
  );
  const selfSigned = without({ ...kinds.tls, issuer: kinds.tls.subject }, "authorityKeyIdentifier");
  for (const [kind, certificate] of Object.entries({ ...kinds, root, selfSigned })) {
    for (const field of ["issuer", "subject"] as const) {
      it(`is not called another name: the ${field} of ${kind}`, () => {
        const nameless: Certificate = {
          ...certificate,
          [field]: { text: "", rdns: [] },
          unreadable: [{ field, problem: phrase("damaged") }],
        };
        const before = new Set(ids(certificate));
        assert.deepEqual(
          ids(nameless).filter((id) => !before.has(id)),
          ["form.field-unreadable"],
        );
      });
    }
  }

  it("is not called a lack of leave to issue, nor an issuer that is not here", async () => {
    const { root, ca, leaf } = await threeLevels();
    const index = ca.certificate.extensions.findIndex(({ value }) => value.type === "basicConstraints");
    const withoutUsage = without(damagedAt(ca.certificate, index), "keyUsage");
    const usage = ca.certificate.extensions.findIndex(({ value }) => value.type === "keyUsage");
    const barred = having(damagedAt(ca.certificate, index), { type: "keyUsage", usages: ["cRLSign"] });
    const table: readonly (readonly [what: string, certificate: Certificate, clause: string | undefined])[] = [
      ["no usage", withoutUsage, undefined],
      ["a usage that cannot be read either", damagedAt(damagedAt(ca.certificate, index), usage), undefined],
      ["a usage that does not allow it", barred, "RFC 5280 section 4.2.1.3"],
      ["none", without(ca.certificate, "basicConstraints"), "RFC 5280 section 4.2.1.9"],
    ];
    for (const [what, certificate, clause] of table) {
      const path = [leaf, { der: ca.der, certificate }, root];
      const { findings } = await checkChain(chainOf(path), { now: NOW });
      const found = findings.get(certificate.fingerprints.sha256)?.find(({ id }) => id === "chain.not-a-ca");
      assert.equal(found?.clause, clause, what);
    }
    const nameless: Certificate = {
      ...leaf.certificate,
      issuer: { text: "", rdns: [] },
      unreadable: [{ field: "issuer", problem: phrase("damaged") }],
    };
    const { findings } = await checkChain(chainOf([{ der: leaf.der, certificate: nameless }]), { now: NOW });
    const missing = findings.get(nameless.fingerprints.sha256)?.find(({ id }) => id === "chain.issuer-missing");
    assert.match(inEnglish(missing?.message ?? ""), /^The name of its issuer could not be read/);
  });

  it("is not called absent of a certificate without a subject", () => {
    const certificate = tls();
    const index = certificate.extensions.findIndex(({ value }) => value.type === "subjectAltName");
    const empty: Certificate = { ...damagedAt(certificate, index), subject: { text: "", rdns: [] } };
    const said = ruleFindings(empty, { now: NOW, known: true }).map(({ message }) => inEnglish(message));
    assert.ok(!said.some((message) => message.includes("does not name its subject")), said.join("\n"));
    // That it must be critical then is known without its value.
    assert.ok(said.some((message) => message.includes("not marked critical")));
  });

  it("is each extension whose absence a rule tells of", () => {
    const known = new Set([...TYPES.values()].flat());
    for (const certificate of Object.values(kinds))
      for (const { value } of certificate.extensions) assert.ok(known.has(value.type), value.type);
  });

  it("is told of names when they are compared with the order and with a host", () => {
    const certificate = tls();
    const index = certificate.extensions.findIndex(({ value }) => value.type === "subjectAltName");
    const broken = damagedAt(certificate, index);
    const names = compareWithOrder(broken, { fqdn: "www.example.test" }).find(({ aspect }) => aspect === "names");
    assert.match(inEnglish(names?.message ?? ""), /could not be read/);
    assert.doesNotMatch(inEnglish(names?.message ?? ""), /missing from/);
    const member = { der: Buffer.alloc(0), certificate: broken };
    const collected = chainOf([member]);
    const seen = compareWithServed(
      collected,
      { host: "www.example.test", port: 443 },
      { kind: "served", certificates: [], address: "192.0.2.1", protocol: "TLSv1.3" },
    );
    assert.ok(!seen.messages.some((message) => inEnglish(message).includes("is not for the name")));
  });
});

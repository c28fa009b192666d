import assert from "node:assert/strict";
import { orderChain } from "../../../../src/certificates/x509/chain";
import * as extensions from "../../../../src/sandbox/extensions";
import type { ChainMember } from "../../../../src/certificates/x509/issuing";
import { checkChain, type ChainCheck, type ChainOptions } from "../../../../src/certificates/checks/chain";
import { certificationPaths, LinkSignatures } from "../../../../src/certificates/checks/paths";
import { extensionOf } from "../../../../src/certificates/x509/certificate";
import { writeContext, writeElement, writeSequence } from "../../../../src/certificates/asn1/der-writer";
import type { Finding } from "../../../../src/certificates/finding";
import { KnownAuthorities, loadKnownAuthorities } from "../../../../src/certificates/x509/known-authorities";
import { MS_PER_DAY } from "../../../../src/certificates/x509/lifetime";
import { shortName } from "../../../../src/certificates/names/name";
import { holder, issue, threeLevels, type Contents, type Holder } from "./hierarchy";
import { CLIENT_AUTH, NOW, SERVER_AUTH } from "./variations";
import { inEnglish } from "../../../../src/words/localize";

const checked = (members: readonly ChainMember[], options: Partial<ChainOptions> = {}): Promise<ChainCheck> =>
  checkChain(orderChain(members.map(({ der }) => der)), { now: NOW, ...options });

const found = ({ findings }: ChainCheck, { certificate }: ChainMember): readonly Finding[] =>
  findings.get(certificate.fingerprints.sha256) ?? [];

const idsOf = (check: ChainCheck, member: ChainMember): readonly string[] => found(check, member).map(({ id }) => id);

const namesOf = (members: readonly ChainMember[]) => members.map(({ certificate }) => shortName(certificate.subject));

const LEAF: Contents = { ca: false, dnsNames: ["www.example.test"], purposes: [SERVER_AUTH] };

/** OCTET STRING of NameConstraints that permit one DNS name and exclude another. */
const nameConstraints = (permitted: string, excluded: string): Uint8Array => {
  const subtree = (name: string) => writeSequence(writeElement(0x82, Buffer.from(name)));
  const value = writeSequence(writeContext(0, subtree(permitted)), writeContext(1, subtree(excluded)));
  return extensions.extension("2.5.29.30", value, true);
};

describe("chains", () => {
  let rootHolder: Holder, caHolder: Holder, leafHolder: Holder;
  let root: ChainMember, ca: ChainMember, leaf: ChainMember;
  let authorities: KnownAuthorities;

  before(async () => {
    const made = await threeLevels(LEAF);
    ({ root, ca, leaf } = made);
    ({ root: rootHolder, ca: caHolder, leaf: leafHolder } = made.holders);
    authorities = await loadKnownAuthorities();
  });

  it("as they should be have nothing to find, and good signatures", async () => {
    const check = await checked([root, ca, leaf]);
    // For a server, a word on the root that it need not send.
    assert.deepEqual([...check.findings.keys()], [root.certificate.fingerprints.sha256]);
    assert.deepEqual(idsOf(check, root), ["chain.root-included"]);
    assert.equal((await checked([leaf, ca])).findings.has(root.certificate.fingerprints.sha256), false);
    assert.deepEqual(
      check.links.map(({ signature }) => signature),
      ["good", "good"],
    );
    assert.deepEqual(
      [check.complete, check.known, check.completion.length, check.alternatives.length],
      [true, false, 0, 0],
    );
  });

  it("of nothing are no chain", async () => {
    assert.deepEqual((await checked([])).links, []);
  });

  describe("are found to be broken", () => {
    const table: readonly (readonly [string, () => { members: ChainMember[]; at: ChainMember; ids: string[] }])[] = [
      [
        "by a signature of another key",
        () => {
          // The same name and key identifier as the CA's, the key of somebody else: only the signature tells.
          const forged = { ...leaf, der: Buffer.from(leaf.der) };
          forged.der[forged.der.length - 10]! ^= 1;
          const members = [forged, ca, root];
          const [at] = orderChain(members.map(({ der }) => der)).path;
          return { members, at: at!, ids: ["chain.signature-bad"] };
        },
      ],
      ["by an issuer that is not there", () => ({ members: [leaf], at: leaf, ids: ["chain.issuer-missing"] })],
      ["by a gap further up", () => ({ members: [leaf, ca], at: ca, ids: ["chain.issuer-missing"] })],
      [
        "by an issuer that is no CA",
        () => {
          const noCa = issue(caHolder, rootHolder, { ca: false });
          return { members: [leaf, noCa, root], at: noCa, ids: ["chain.not-a-ca"] };
        },
      ],
      [
        "by an issuer whose key may not sign certificates",
        () => {
          const noSigner = issue(caHolder, rootHolder, { usages: extensions.KeyUsageBit.cRLSign });
          return { members: [leaf, noSigner, root], at: noSigner, ids: ["chain.not-a-ca"] };
        },
      ],
      [
        "by more CAs than one above allows",
        () => {
          const narrow = issue(rootHolder, rootHolder, { pathLength: 0 });
          return { members: [leaf, ca, narrow], at: narrow, ids: ["chain.path-length", "chain.root-included"] };
        },
      ],
      [
        "by a name that is not permitted",
        () => {
          const narrow = issue(caHolder, rootHolder, { more: [nameConstraints("other.test", "x.test")] });
          return { members: [leaf, narrow, root], at: narrow, ids: ["chain.name-constraints"] };
        },
      ],
      [
        "by a name that is excluded",
        () => {
          const narrow = issue(caHolder, rootHolder, { more: [nameConstraints("test", "example.test")] });
          return { members: [leaf, narrow, root], at: narrow, ids: ["chain.name-constraints"] };
        },
      ],
      [
        "by a purpose that the CA is not for",
        () => {
          const narrow = issue(caHolder, rootHolder, { purposes: [CLIENT_AUTH] });
          return { members: [leaf, narrow, root], at: narrow, ids: ["chain.purpose-nesting"] };
        },
      ],
      [
        "by a CA that ends soon, before the certificate",
        () => {
          const short = issue(caHolder, rootHolder, { notAfter: NOW + 30 * MS_PER_DAY });
          return { members: [leaf, short, root], at: short, ids: ["chain.ca-ends-soon"] };
        },
      ],
      [
        "by a CA that ends first",
        () => {
          const short = issue(caHolder, rootHolder, { notAfter: NOW + 100 * MS_PER_DAY });
          return { members: [leaf, short, root], at: leaf, ids: ["chain.ca-ends-first"] };
        },
      ],
      [
        "by a certificate that issued itself",
        () => {
          const own = issue(leafHolder, leafHolder, LEAF);
          return { members: [own], at: own, ids: ["chain.self-signed"] };
        },
      ],
      [
        "by a stranger among them",
        () => {
          const stranger = issue(caHolder, caHolder);
          return { members: [leaf, ca, root, stranger], at: stranger, ids: ["chain.unrelated"] };
        },
      ],
    ];
    for (const [what, make] of table)
      it(what, async () => {
        const { members, at, ids } = make();
        assert.deepEqual(idsOf(await checked(members), at), ids);
      });
  });

  it("allow what the limits allow", async () => {
    const wide = issue(caHolder, rootHolder, {
      pathLength: 0,
      more: [nameConstraints("example.test", "x.test")],
      purposes: [SERVER_AUTH, CLIENT_AUTH],
    });
    const narrow = issue(rootHolder, rootHolder, { pathLength: 1 });
    assert.deepEqual(idsOf(await checked([leaf, wide, narrow]), wide), []);
    assert.deepEqual(idsOf(await checked([leaf, wide, narrow]), narrow), ["chain.root-included"]);
  });

  it("are told by the order in which they stood, where it is given", async () => {
    const orders: readonly (readonly [readonly ChainMember[], readonly string[]])[] = [
      [[leaf, ca, root], ["chain.root-included"]],
      [
        [root, ca, leaf],
        ["chain.root-included", "chain.order"],
      ],
      [
        [ca, leaf, root],
        ["chain.order", "chain.root-included"],
      ],
      [[leaf, ca], ["chain.issuer-missing"]],
    ];
    for (const [members, ids] of orders) {
      const check = await checked(members, { given: members.map(({ der }) => der) });
      assert.deepEqual(
        members.flatMap((member) => idsOf(check, member)),
        ids,
      );
    }
    for (const [index, severity] of [
      [1, "info"],
      [2, "warning"],
    ] as const) {
      const members = orders[index]?.[0] ?? [];
      const check = await checked(members, { given: members.map(({ der }) => der) });
      assert.equal(found(check, leaf)[0]?.severity, severity);
    }
  });

  it("know other ways up to a root", async () => {
    const other = await holder("Other Root");
    const otherRoot = issue(other, other);
    const crossed = issue(rootHolder, other);
    const check = await checked([leaf, ca, root, crossed, otherRoot]);
    assert.deepEqual(
      check.alternatives.map(({ members }) => namesOf(members)),
      [
        // orderChain takes the longest way for the path.
        ["www.example.test", "CA", "Root"],
      ],
    );
    assert.match(inEnglish(found(check, leaf)[0]?.message ?? ""), /also chains to Root/);
  });

  it("are bounded where every certificate could be every other one's issuer", async () => {
    const many = await Promise.all(Array.from({ length: 30 }, () => holder("Same")));
    const strip = ({ der, certificate }: ChainMember): ChainMember => ({
      der,
      certificate: {
        ...certificate,
        extensions: certificate.extensions.filter(({ value }) => !value.type.endsWith("KeyIdentifier")),
      },
    });
    const members = many.map((one, index) => strip(issue(one, many[(index + 1) % many.length]!)));
    const [first] = members;
    const chain = {
      path: [first!],
      otherLeaves: [],
      unrelated: members.slice(1),
      duplicates: 0,
      unreadable: [],
      issuers: new Map(),
    };
    assert.ok((await checkChain(chain, { now: NOW })).alternatives.length <= 16);
  });

  it("go through a CA once, however its name is written", async () => {
    const [one, between] = (await Promise.all(["One CA", "Between"].map(holder))) as [Holder, Holder];
    const same = { ...one, name: "ONE  ca" };
    const below = issue(leafHolder, one, LEAF);
    const given = [issue(one, between), issue(between, same), issue(same, rootHolder), root];
    const paths = await certificationPaths(below, given, undefined, new LinkSignatures());
    assert.deepEqual(
      paths.filter(({ complete }) => complete).map(({ members }) => namesOf(members)),
      [["www.example.test", "ONE  ca", "Root"]],
    );
  });

  describe("of known CAs", () => {
    const known = (name: string, issuer = name): ChainMember => {
      const member = authorities
        .all()
        .find(({ certificate }) => shortName(certificate.subject) === name && shortName(certificate.issuer) === issuer);
      assert.ok(member, `${name} by ${issuer}`);
      return member;
    };
    const snapshotOf = (members: readonly ChainMember[], revoked: readonly ChainMember[] = []) =>
      new KnownAuthorities({
        asOf: "2026-11-20",
        revoked: { asOf: "2026-11-20", sha256: revoked.map(({ certificate }) => certificate.fingerprints.sha256) },
        certificates: members.map(({ der, certificate }) => [
          extensionOf(certificate, "subjectKeyIdentifier")?.keyIdentifier ?? "",
          Buffer.from(der).toString("hex"),
        ]),
      });
    const R46 = "Sectigo Public Server Authentication Root R46";

    it("are completed offline, by the shortest way that is in force", async () => {
      const dv = known("Sectigo Public Server Authentication CA DV R36", R46);
      const check = await checked([dv], { authorities });
      assert.deepEqual(namesOf(check.completion), [R46]);
      assert.deepEqual([check.complete, check.known], [true, true]);
      assert.deepEqual(
        check.links.map(({ signature }) => signature),
        ["good"],
      );
      assert.deepEqual(
        check.alternatives.map(({ members }) => namesOf(members).at(-1)),
        ["USERTrust RSA Certification Authority", "AAA Certificate Services"],
      );
      assert.deepEqual(idsOf(check, dv), ["chain.alternatives"]);
    });

    it("say which intermediates were missing", async () => {
      const check = await checked([leaf], { authorities: snapshotOf([ca, root]) });
      assert.ok(idsOf(check, leaf).includes("chain.completed"));
      assert.deepEqual(namesOf(check.completion), namesOf([ca, root]));
    });

    it("are no other way where one of it was revoked", async () => {
      const [other, short] = [await holder("Other"), { notAfter: NOW + 30 * MS_PER_DAY }];
      const late = { notAfter: NOW + 3000 * MS_PER_DAY };
      const [brief, cross, top] = [
        issue(caHolder, rootHolder, short),
        issue(caHolder, other, late),
        issue(other, other, late),
      ];
      const table: readonly (readonly [revoked: readonly ChainMember[], ways: number, severity: string])[] = [
        [[], 1, "info"],
        [[cross], 0, "warning"],
        [[top], 0, "warning"],
      ];
      for (const [revoked, ways, severity] of table) {
        const check = await checked([leaf, brief, root], { authorities: snapshotOf([cross, top], revoked) });
        assert.equal(check.alternatives.length, ways);
        assert.equal(found(check, leaf).find(({ id }) => id === "chain.ca-ends-first")?.severity, severity);
        assert.equal(idsOf(check, leaf).includes("chain.alternatives"), ways > 0);
      }
    });

    it("tell of a revoked one, in the path and above it", async () => {
      const revoked = known("COMODO RSA Domain Validation Secure Server CA 2", "COMODO RSA Certification Authority");
      assert.ok(idsOf(await checked([revoked], { authorities }), revoked).includes("chain.ca-revoked"));
    });

    it("are not found without the snapshot", async () => {
      const dv = known("Sectigo Public Server Authentication CA DV R36", R46);
      const check = await checked([dv]);
      assert.deepEqual(idsOf(check, dv), ["chain.issuer-missing"]);
      assert.deepEqual([check.complete, check.known], [false, false]);
    });
  });
});

import assert from "node:assert/strict";
import { checkChain } from "../../../../src/certificates/checks/chain";
import { check } from "../../../../src/certificates/checks/findings";
import { outlookSection } from "../../../../src/certificates/details/outlook-section";
import type { DetailsRow } from "../../../../src/certificates/details/page";
import { outlookOf, type Outlook } from "../../../../src/certificates/hierarchy/outlook";
import { outlookFindings } from "../../../../src/certificates/hierarchy/outlook-findings";
import { loadRootPrograms, RootPrograms } from "../../../../src/certificates/hierarchy/root-programs";
import { shortName } from "../../../../src/certificates/names/name";
import { orderChain, type Chain } from "../../../../src/certificates/x509/chain";
import { extensionOf } from "../../../../src/certificates/x509/certificate";
import { isSelfIssued, type ChainMember } from "../../../../src/certificates/x509/issuing";
import { KnownAuthorities, loadKnownAuthorities } from "../../../../src/certificates/x509/known-authorities";
import { MS_PER_DAY } from "../../../../src/certificates/x509/lifetime";
import { holder, issue, type Holder } from "../checks/hierarchy";
import { SERVER_AUTH } from "../checks/variations";
import { inEnglish, ENGLISH } from "../../../../src/words/localize";
import { saidSections } from "../../../../src/certificates/details/said-page";
import { plainly } from "../../words/plainly";

const MAIL = "1.3.6.1.5.5.7.3.4";
/** id-kp-BrandIndicatorforMessageIdentification, of mark certificates. */
const MARK = "1.3.6.1.5.5.7.3.31";
const at = (text: string) => Date.parse(text);
const YEARS = 3650 * MS_PER_DAY;
const NOW = at("2026-11-28T12:00:00Z");

const named = ({ certificate }: { readonly certificate: ChainMember["certificate"] }) => shortName(certificate.subject);
const rootsOf = (outlook: Outlook | undefined) => outlook?.ways.map(({ root }) => shortName(root.subject)) ?? [];

describe("the outlook of a chain", () => {
  let old: Holder, young: Holder, ca: Holder, server: Holder;
  let oldRoot: ChainMember, youngRoot: ChainMember, crossed: ChainMember, issuing: ChainMember;
  let authorities: KnownAuthorities;

  const known = (...members: readonly ChainMember[]) =>
    new KnownAuthorities({
      asOf: "2026-11-20",
      revoked: { asOf: "2026-06-26", sha256: [] },
      certificates: members.map(({ der, certificate }) => [
        extensionOf(certificate, "subjectKeyIdentifier")?.keyIdentifier ?? "",
        Buffer.from(der).toString("hex"),
      ]),
    });

  const programs = (...facts: readonly (readonly [ChainMember, ...(readonly string[])])[]) =>
    new RootPrograms({
      sources: { here: ["A Program", "https://example.test/", "2026-11-28"] },
      roots: facts.map(([{ certificate }, ...end]) => ({ sha256: [certificate.fingerprints.sha256], ends: [end] })),
    });

  const leafOf = (notBefore: number, notAfter: number, purpose = SERVER_AUTH) =>
    issue(server, ca, { ca: false, purposes: [purpose], dnsNames: ["www.example.test"], notBefore, notAfter });

  const checked = (members: readonly ChainMember[], facts: RootPrograms, now = NOW) =>
    check(
      orderChain(
        members.map(({ der }) => der),
        { now, authorities },
      ),
      { now, authorities, programs: facts },
    );

  const messagesOf = async (members: readonly ChainMember[], facts: RootPrograms, now = NOW) => {
    const { findings } = await checked(members, facts, now);
    const [leaf] = members;
    return (findings.get(leaf!.certificate.fingerprints.sha256) ?? [])
      .filter(({ id }) => id === "chain.root-distrusted")
      .map(({ message }) => message);
  };

  before(async () => {
    [old, young, ca, server] = await Promise.all([
      holder("Old Root"),
      holder("Young Root"),
      holder("CA"),
      holder("www"),
    ]);
    const long = { notBefore: NOW - YEARS, notAfter: NOW + YEARS };
    oldRoot = issue(old, old, long);
    youngRoot = issue(young, young, long);
    crossed = issue(young, old, long);
    issuing = issue(ca, young, long);
    authorities = known(oldRoot, youngRoot, crossed, issuing);
  });

  describe("tells of trust that ends before the certificate does", () => {
    const leaf = (notBefore: string, notAfter: string, purpose = SERVER_AUTH) =>
      leafOf(at(`${notBefore}T00:00:00Z`), at(`${notAfter}T23:59:59Z`), purpose);
    const table: readonly (readonly [string, readonly string[], () => ChainMember, string])[] = [
      [
        "on the day before its last one",
        ["Mozilla", "tls", "until", "2027-04-15"],
        () => leaf("2026-11-01", "2027-04-15"),
        "Mozilla stops trusting Young Root, its root, for TLS on Apr 15, 2027, before it expires (by its schedule, read on Nov 28, 2026).",
      ],
      [
        "but not the day after it",
        ["Mozilla", "tls", "until", "2027-04-15"],
        () => leaf("2026-11-01", "2027-04-14"),
        "",
      ],
      [
        "in the past",
        ["Chrome", "tls", "until", "2026-11-28"],
        () => leaf("2026-11-01", "2027-04-14"),
        "Chrome does not trust it: Young Root, its root, is not trusted for TLS since Nov 28, 2026 (read on Nov 28, 2026).",
      ],
      [
        "for those that are issued the day after",
        ["Chrome", "tls", "issued", "2026-06-14"],
        () => leaf("2026-06-15", "2026-12-15"),
        "Chrome does not trust it: of the TLS certificates under Young Root, it trusts only those issued by Jun 14, 2026 (read on Nov 28, 2026).",
      ],
      [
        "not for those of the last day",
        ["Chrome", "tls", "issued", "2026-06-14"],
        () => leaf("2026-06-14", "2026-12-15"),
        "",
      ],
      [
        "for mail",
        ["Microsoft", "mail", "issued", "2025-09-15"],
        () => leaf("2025-09-16", "2027-09-16", MAIL),
        "Microsoft does not trust it: of the S/MIME certificates under Young Root, it trusts only those issued by Sep 15, 2025 (read on Nov 28, 2026).",
      ],
      [
        "not for another purpose",
        ["Mozilla", "tls", "until", "2027-04-15"],
        () => leaf("2026-11-01", "2027-09-16", MAIL),
        "",
      ],
      ["not for marks", ["Mozilla", "tls", "until", "2027-04-15"], () => leaf("2026-11-01", "2027-09-16", MARK), ""],
    ];
    for (const [name, end, make, message] of table) {
      it(name, async () => {
        authorities = known(youngRoot);
        const found = await messagesOf([make(), issuing], programs([youngRoot, ...end, "here"]));
        authorities = known(oldRoot, youngRoot, crossed, issuing);
        assert.deepEqual(plainly(found), message === "" ? [] : [message]);
      });
    }

    it("to the moment", async () => {
      const until = ["Mozilla", "tls", "until", "2026-12-15", "here"] as const;
      const midnight = at("2026-12-15");
      const members = [leafOf(at("2026-11-01"), midnight), issuing];
      authorities = known(youngRoot);
      const [before, after] = [
        await messagesOf(members, programs([youngRoot, ...until]), midnight - 1),
        await messagesOf(members, programs([youngRoot, ...until]), midnight),
      ];
      authorities = known(oldRoot, youngRoot, crossed, issuing);
      assert.match(plainly(before).join(), /^Mozilla stops trusting Young Root/);
      assert.match(plainly(after).join(), /^Mozilla does not trust it/);
    });

    it("by what came, where only a chain that did not come lasts", async () => {
      const end = ["Mozilla", "tls", "until", "2027-04-15", "here"] as const;
      const made = leaf("2026-11-01", "2027-05-31");
      const { findings } = await checked([made, issuing], programs([youngRoot, ...end]));
      const told = (findings.get(made.certificate.fingerprints.sha256) ?? []).filter(
        ({ id }) => id === "chain.root-distrusted",
      );
      assert.deepEqual(
        plainly(told).map(({ advice }) => advice),
        ["Give servers the chain to Old Root."],
      );
    });

    it("by all ways, not by one of them", async () => {
      const made = leaf("2026-11-01", "2027-05-31");
      const end = ["Mozilla", "tls", "until", "2027-04-15", "here"] as const;
      const members = [made, issuing, crossed];
      assert.deepEqual(await messagesOf(members, programs([youngRoot, ...end])), []);
      assert.deepEqual(await messagesOf(members, programs([oldRoot, ...end])), []);
      assert.equal((await messagesOf(members, programs([oldRoot, ...end], [youngRoot, ...end]))).length, 1);
      // The one that lasts longest is named.
      const [message] = await messagesOf(
        members,
        programs([oldRoot, ...end], [youngRoot, "Mozilla", "tls", "until", "2027-05-01", "here"]),
      );
      assert.match(inEnglish(message ?? ""), /Young Root.* on May 1, 2027/);
    });

    it("of programs together where they agree", async () => {
      const facts = new RootPrograms({
        sources: { here: ["A Program", "https://example.test/", "2026-11-28"] },
        roots: [
          {
            sha256: [youngRoot.certificate.fingerprints.sha256],
            ends: ["Mozilla", "Chrome"].map((program) => [program, "tls", "until", "2027-04-15", "here"]),
          },
        ],
      });
      authorities = known(youngRoot);
      const found = await messagesOf([leaf("2026-11-01", "2027-05-31"), issuing], facts);
      authorities = known(oldRoot, youngRoot, crossed, issuing);
      assert.equal(found.length, 1);
      assert.match(inEnglish(found[0] ?? ""), /^Mozilla and Chrome stop trusting Young Root/);
    });
  });

  describe("calls a chain better", () => {
    const leaf = () => leafOf(NOW - MS_PER_DAY, NOW + 200 * MS_PER_DAY);
    const bad = (root: ChainMember) => programs([root, "Mozilla", "tls", "until", "2026-12-24", "here"]);
    const table: readonly (readonly [string, () => readonly ChainMember[], () => RootPrograms, string, string])[] = [
      ["that is shorter", () => [issuing, crossed], () => programs(), "shorter", "Young Root"],
      ["that is complete", () => [], () => programs(), "complete", "Young Root"],
      ["not where what came is the shortest", () => [issuing], () => programs(), "", ""],
      ["that is trusted longer, though it is longer", () => [issuing], () => bad(youngRoot), "lasting", "Old Root"],
      ["not where what came has a way that lasts", () => [issuing, crossed], () => bad(youngRoot), "", ""],
    ];
    for (const [name, issuers, facts, because, root] of table) {
      it(name, async () => {
        const { outlook } = await checked([leaf(), ...issuers()], facts());
        assert.deepEqual(rootsOf(outlook).sort(), ["Old Root", "Young Root"]);
        assert.equal(outlook?.better?.because ?? "", because);
        assert.equal(outlook?.better === undefined ? "" : shortName(outlook.better.way.root.subject), root);
      });
    }

    it("whose CA certificates end later than those that came", async () => {
      const short = issue(young, old, { notBefore: NOW - YEARS, notAfter: NOW + 20 * MS_PER_DAY });
      const long = issue(young, old, { notBefore: NOW - YEARS, notAfter: NOW + 300 * MS_PER_DAY });
      authorities = known(oldRoot, long);
      const { outlook } = await checked([leaf(), issuing, short], programs());
      authorities = known(oldRoot, youngRoot, crossed, issuing);
      assert.equal(outlook?.better?.because, "lasting");
      assert.deepEqual(outlook?.better?.way.members.slice(1).map(named), ["CA", "Young Root", "Old Root"]);
      assert.deepEqual(outlook?.better?.way.missing, [long.certificate]);
    });
  });

  it("is silent for a CA, for what is not in force, and where nothing is known", async () => {
    const leaf = leafOf(NOW - MS_PER_DAY, NOW + MS_PER_DAY);
    assert.equal((await checked([issuing, crossed], programs())).outlook, undefined);
    assert.equal((await checked([leaf, issuing, crossed], programs(), NOW + 2 * MS_PER_DAY)).outlook, undefined);
    authorities = known();
    assert.equal((await checked([leaf, issuing, youngRoot], programs())).outlook, undefined);
    authorities = known(oldRoot, youngRoot, crossed, issuing);
    assert.deepEqual(rootsOf((await checked([leaf, issuing, youngRoot], programs())).outlook).sort(), [
      "Old Root",
      "Young Root",
    ]);
  });

  describe("of the CA's own hierarchies", () => {
    let snapshot: KnownAuthorities;
    let facts: RootPrograms;

    before(async () => {
      [snapshot, facts] = await Promise.all([loadKnownAuthorities(), loadRootPrograms()]);
    });

    const find = (name: string, issuer: string) => {
      const found = snapshot
        .all()
        .find(({ certificate }) => shortName(certificate.subject) === name && shortName(certificate.issuer) === issuer);
      assert.ok(found, `${name} of ${issuer}`);
      return found;
    };

    /** As if the first of the CA certificates had issued a leaf; nobody looks at its signature. */
    async function outlook(leaf: ChainMember, came: readonly ChainMember[]): Promise<Outlook | undefined> {
      const above = orderChain(
        came.map(({ der }) => der),
        { now: NOW, authorities: snapshot },
      );
      const links = await checkChain(above, { now: NOW, authorities: snapshot });
      const chain: Chain = { ...above, path: [leaf, ...above.path] };
      const alternatives = links.alternatives.map((way) => ({ ...way, members: [leaf, ...way.members] }));
      return outlookOf(chain, { ...links, alternatives }, { authorities: snapshot, programs: facts, now: NOW });
    }

    const R46 = "Sectigo Public Server Authentication Root R46";
    const USER = "USERTrust RSA Certification Authority";
    const AAA = "AAA Certificate Services";
    const R36 = "Sectigo Public Server Authentication CA DV R36";
    const E46 = "Sectigo Public Server Authentication Root E46";
    const USER_ECC = "USERTrust ECC Certification Authority";
    const SSL = "SSL.com EV Root Certification Authority RSA R2";
    const CROSS: readonly (readonly [string, string])[] = [[R46, USER]];
    type Row = readonly [
      name: string,
      came: readonly (readonly [string, string])[],
      roots: readonly string[],
      better: string,
      told: readonly string[],
      days?: number,
      purpose?: string,
    ];
    const table: readonly Row[] = [
      ["R46 by itself", [[R36, R46]], [R46, USER, AAA], "", []],
      ["R46 with the cross-sign", [[R36, R46], ...CROSS], [R46, USER, AAA], `shorter ${R46}`, []],
      [
        "E46 with AAA",
        [
          ["Sectigo Public Server Authentication CA DV E36", E46],
          [E46, USER_ECC],
          [USER_ECC, AAA],
        ],
        [E46, USER_ECC, AAA],
        `shorter ${E46}`,
        [],
      ],
      [
        "USERTrust",
        [
          ["Sectigo RSA Domain Validation Secure Server CA", USER],
          [USER, AAA],
        ],
        [USER, AAA],
        `shorter ${USER}`,
        [],
      ],
      [
        "USERTrust beyond April 2028",
        [
          ["Sectigo RSA Domain Validation Secure Server CA", USER],
          [USER, AAA],
        ],
        [USER, AAA],
        `shorter ${USER}`,
        [`Mozilla and Chrome stop trusting ${USER}, its root, for TLS on Apr 15, 2028`],
        600,
      ],
      [
        "COMODO ECC beyond April 2027",
        [["COMODO ECC Domain Validation Secure Server CA", "COMODO ECC Certification Authority"]],
        ["COMODO ECC Certification Authority", AAA],
        "",
        ["Mozilla and Chrome stop trusting COMODO ECC Certification Authority, its root, for TLS on Apr 15, 2027"],
      ],
      [
        "USERTrust for mail",
        [["Sectigo RSA Client Authentication and Secure Email CA", USER]],
        [USER, AAA],
        "",
        [],
        700,
        MAIL,
      ],
    ];
    for (const [name, came, roots, better, told, days = 198, purpose = SERVER_AUTH] of table) {
      it(`names the roots of ${name}`, async () => {
        const leaf = leafOf(at("2026-11-01"), at("2026-11-01") + days * MS_PER_DAY, purpose);
        const found = await outlook(
          leaf,
          came.map(([subject, issuer]) => find(subject, issuer)),
        );
        assert.deepEqual(rootsOf(found).sort(), [...roots].sort());
        const { because, way } = found?.better ?? {};
        assert.equal(way === undefined ? "" : `${because} ${shortName(way.root.subject)}`, better);
        const messages = outlookFindings(leaf.certificate, found!, NOW).map(({ message }) => message);
        assert.equal(messages.length, told.length, plainly(messages).join());
        told.forEach((words, index) =>
          assert.ok(inEnglish(messages[index] ?? "").startsWith(words), inEnglish(messages[index] ?? "")),
        );
      });
    }

    it("says what Chrome says of SSL.com's old roots", async () => {
      const ca = snapshot
        .all()
        .find(
          ({ certificate }) =>
            shortName(certificate.issuer) === SSL &&
            !isSelfIssued(certificate) &&
            shortName(certificate.subject).includes("EV"),
        );
      assert.ok(ca);
      const leaf = leafOf(at("2026-11-01"), at("2027-01-01"));
      const found = await outlook(leaf, [ca]);
      const messages = outlookFindings(leaf.certificate, found!, NOW).map(({ message }) => message);
      assert.equal(messages.length, 1);
      assert.match(inEnglish(messages[0] ?? ""), /^Chrome does not trust it: .* only those issued by Jun 14, 2026/);
    });

    it("shows ways, clients and sources", async () => {
      const leaf = leafOf(at("2026-11-01"), at("2027-05-01"));
      const found = await outlook(leaf, [find(R36, R46), find(R46, USER)]);
      const [{ rows } = { rows: [] }] = saidSections([outlookSection(found!, NOW)], ENGLISH);
      const inside = ({ values }: DetailsRow) => values.flatMap((value) => (value.kind === "rows" ? value.rows : []));
      const copied = (label: string, line: string) => {
        const row = rows.find((each) => each.label === label);
        return row && inside(row).find((each) => each.label === line)?.copy;
      };
      assert.equal(rows[0]?.copy, `To ${R46}: it is shorter than what came. Clients without that root need what came.`);
      assert.equal(copied(R46, "Through"), `${R36} → ${R46}`);
      assert.equal(copied(R46, "Lasts until"), `Mar 21, 2036 (${R36} ends first)`);
      assert.equal(copied(R46, "Root programs"), undefined);
      assert.match(copied(R46, "Clients with this root") ?? "", /not Android 13 or older/);
      assert.equal(copied(USER, "Known here, did not come"), undefined);
      assert.equal(copied(AAA, "Known here, did not come"), USER);
      assert.match(
        copied(AAA, "Root programs") ?? "",
        /^Mozilla: not for TLS since Apr 28, 2025\nChrome: not for TLS since Apr 15, 2025$/,
      );
      assert.match(copied(USER, "Root programs") ?? "", /^Mozilla: for TLS until Apr 15, 2028, by its schedule/);
      const sources = rows.at(-1);
      assert.equal(sources?.label, "Sources");
      for (const { copy } of inside(sources)) assert.match(copy, /^https:\S+ \(read on Nov 28, 2026\)$/);
      assert.equal(inside(sources)[0]?.label, "Mozilla, Root CA Lifecycles");
    });
  });
});

import assert from "node:assert/strict";
import crypto from "node:crypto";
import type { DetailsPage } from "../../../src/certificates/details/page";
import { pemText } from "../../../src/certificates/pem-text";
import { analyze, chainIn, type Analysis, type AnalysisInput } from "../../../src/reading/analysis";
import { readFor } from "../../../src/reading/readers-locale";
import { ENGLISH } from "../../../src/words/localize";
import { Authority } from "../../../src/sandbox/authority";
import { newSerialNumber, signCertificate } from "../../../src/sandbox/certificate";
import * as extensions from "../../../src/sandbox/extensions";
import { newKeyPair, type KeyPair } from "../../../src/sandbox/keys";
import { NOWHERE } from "../../../src/sandbox/issuers";
import { distinguishedName } from "../../../src/sandbox/names";
import { domainValidated } from "../../../src/sandbox/profiles";
import { holder, issue } from "../certificates/checks/hierarchy";
import { fixture, pemFixture } from "../certificates/fixtures";
import { PSEUDO } from "../words/pseudo";
import { phrase } from "../../../src/words/phrase";

const DAY = 86_400_000;

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

  it("says the page in the reader's language, and in English to agents", async () => {
    const input = { subject: [leaf], now: 0 };
    const titles = async (more: Pick<AnalysisInput, "english">) =>
      (JSON.parse((await analyze({ ...input, ...more })).details) as DetailsPage).objects[0]?.sections.map(
        ({ title }) => title,
      );
    assert.deepEqual((await titles({}))?.slice(0, 2), ["Subject", "Subject Alternative Name"]);
    readFor(PSEUDO);
    try {
      assert.ok((await titles({}))?.every((title) => title.startsWith("‹")));
      assert.deepEqual((await titles({ english: true }))?.slice(0, 2), ["Subject", "Subject Alternative Name"]);
    } finally {
      readFor(ENGLISH);
    }
  });

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

  describe("offers a better chain", () => {
    const now = Date.UTC(2026, 10, 27);
    const sha256 = (der: Uint8Array) => crypto.createHash("sha256").update(der).digest("hex");
    let leaf: Uint8Array, issuing: Uint8Array, crossed: Uint8Array, young: Uint8Array, old: Uint8Array;
    before(async () => {
      const [oldRoot, youngRoot, ca, server] = await Promise.all([
        holder("Old Root"),
        holder("Young Root"),
        holder("CA"),
        holder("www.example.test"),
      ]);
      const long = { notBefore: now - 400 * DAY, notAfter: now + 4000 * DAY };
      [leaf, issuing, crossed, young, old] = [
        issue(server, ca, { ca: false, dnsNames: ["www.example.test"], purposes: ["1.3.6.1.5.5.7.3.1"] }).der,
        issue(ca, youngRoot, long).der,
        issue(youngRoot, oldRoot, long).der,
        issue(youngRoot, youngRoot, long).der,
        issue(oldRoot, oldRoot, long).der,
      ];
    });

    it("and gives it without the root", async () => {
      const subject = [leaf, issuing, crossed, old, young];
      assert.deepEqual((await analyze({ subject, now })).better, { root: sha256(young), name: "Young Root" });
      assert.deepEqual(await chainIn({ subject, now, root: sha256(young) }), [leaf, issuing]);
      assert.deepEqual(await chainIn({ subject, now, root: sha256(old) }), [leaf, issuing, crossed]);
      assert.deepEqual(await chainIn({ subject, now }), [leaf, issuing, crossed, old]);
    });

    it("and none where there is none", async () => {
      const subject = [leaf, issuing, young];
      assert.equal((await analyze({ subject, now })).better, undefined);
      for (const root of [sha256(old), sha256(leaf), "", "toString"]) {
        assert.deepEqual(await chainIn({ subject, now, root }), [], root);
      }
      const { details } = await analyze({ subject: [leaf, issuing, crossed, old, young], now });
      const page = JSON.parse(details) as DetailsPage;
      const told = page.objects.map(({ sections }) => sections.some(({ id }) => id === "outlook"));
      assert.deepEqual(told, [true, false, false, false, false]);
    });
  });

  describe("judges", () => {
    const now = Date.UTC(2026, 10, 27);
    const sha256 = (der: Uint8Array) => crypto.createHash("sha256").update(der).digest("hex");
    let path: readonly Uint8Array[];
    let subject: Buffer;
    let roots: NonNullable<AnalysisInput["roots"]>;
    before(async () => {
      const profile = domainValidated({ key: "p-256", dnsNames: ["www.shop.example"] });
      const term = { notBefore: now - 40 * DAY, notAfter: now + 150 * DAY - 1_000 };
      const { der, authorities } = await new Authority(now - 50 * DAY, NOWHERE).issue(profile, term);
      path = [der, ...authorities.toReversed().map((authority) => authority.der)];
      subject = Buffer.from(path.map((der) => pemText(der)).join(""));
      roots = { name: phrase("the roots of a test"), sha256: path.slice(-1).map(sha256) };
    });

    const summaryOf = async (input: Partial<AnalysisInput>) => {
      const { summary } = JSON.parse((await analyze({ subject, now, ...input })).details) as DetailsPage;
      const sentences = summary.sentences.map(({ tone, text }) => `${tone} ${text.map((part) => part.text).join("")}`);
      return { ...summary.verdict, sentences };
    };
    const ofLeaf = (about: object) => ({ roots, told: [{ leaf: sha256(path[0] ?? new Uint8Array(0)), ...about }] });

    it("by the lists of roots, and says which", async () => {
      const unknown = await summaryOf({});
      assert.deepEqual([unknown.says.kind, unknown.tone], ["unknown-root", "attention"]);
      assert.ok(
        unknown.sentences.includes(
          "attention Programs accept it only where this root was installed: it is not among the public CAs known here (2026-11-20).",
        ),
        unknown.sentences.join("\n"),
      );
      const others = await summaryOf({ roots: { name: phrase("the roots of nobody"), sha256: [] } });
      assert.match(others.sentences.join("\n"), /not among the roots of nobody or the public CAs known here/);
      const known = await summaryOf({ roots });
      assert.deepEqual([known.says.kind, known.tone], ["no-problems", "none"]);
      assert.doesNotMatch(known.sentences.join("\n"), /installed/);
    });

    it("by what was asked, the latest answer of several, but a revocation before all", async () => {
      const good = { state: "good", asked: now - 1_000 } as const;
      const fresh = await summaryOf(ofLeaf({ revocation: good }));
      assert.deepEqual(
        [fresh.says, fresh.tone],
        [{ kind: "no-problems", revocation: "good", asked: now - 1_000 }, "good"],
      );
      assert.ok(fresh.sentences.includes("good Not revoked, its CA said on Nov 26, 2026."));
      const reported = await summaryOf(ofLeaf({ revocation: { ...good, reported: true } }));
      assert.doesNotMatch(reported.sentences.join("\n"), /its CA said/);

      const leaf = sha256(path[0] ?? new Uint8Array(0));
      const told = (...answers: { state: "good" | "revoked" | "unknown"; asked: number }[]) =>
        summaryOf({ roots, told: answers.map((revocation) => ({ leaf, revocation })) });
      assert.deepEqual((await told({ ...good, asked: 1 }, { state: "unknown", asked: 2 })).tone, "attention");
      assert.deepEqual((await told({ state: "unknown", asked: 1 }, { ...good, asked: now })).tone, "good");
      assert.equal((await told({ state: "revoked", asked: 1 }, { ...good, asked: now })).says.kind, "revoked");
    });

    it("without a tick on dates where it was revoked, is not what was ordered, or has another fault", async () => {
      const dates = async (input: Partial<AnalysisInput>) =>
        (await summaryOf(input)).sentences.find((sentence) => sentence.includes(" Valid for "))?.split(" ")[0];
      assert.equal(await dates({ roots }), "good");
      assert.equal(await dates(ofLeaf({ revocation: { state: "revoked" } })), "none");
      assert.equal(await dates(ofLeaf({ faults: ["A server has another one."] })), "none");
      assert.equal(await dates({}), "none");
      const ordered = { fqdn: "other.example" };
      const differs = await summaryOf({ roots, ordered });
      assert.deepEqual([differs.says, differs.tone], [{ kind: "counted", errors: 1, warnings: 0 }, "bad"]);
      assert.match(differs.sentences[0] ?? "", /^bad Ordered, but missing from the certificate: other\.example\.$/);
      assert.equal(await dates({ roots, ordered }), "none");
    });

    it("a file by what orders know of its certificate, each remark once", async () => {
      const leaf = sha256(path[0] ?? new Uint8Array(0));
      const told = [
        { leaf: "00", remarks: ["Another one."] },
        { leaf, revocation: { state: "good", asked: now } as const, remarks: ["It was replaced."] },
        { leaf, revocation: { state: "revoked" } as const, remarks: ["It was replaced."] },
      ];
      const { says, sentences } = await summaryOf({ roots, told });
      assert.equal(says.kind, "revoked");
      assert.equal(sentences.filter((sentence) => sentence.endsWith("It was replaced.")).length, 1);
      assert.doesNotMatch(sentences.join("\n"), /Another one/);
    });

    it("no certificate by what is known of another one", async () => {
      const told = [{ leaf: "00", revocation: { state: "revoked" as const }, faults: ["It is another."] }];
      assert.equal((await summaryOf({ roots, told })).says.kind, "no-problems");
    });

    it("several certificates together, and by the dates of each", async () => {
      const expired = fixture("extensions/qualified.pem");
      const both = Buffer.concat([subject, expired]);
      const later = Date.UTC(2226, 0, 1);
      const now = await summaryOf({ subject: both, roots });
      assert.deepEqual([now.certificates, now.says.kind, now.tone], [2, "no-problems", "none"]);
      const then = await summaryOf({ subject: both, roots, now: later });
      assert.deepEqual([then.certificates, then.tone], [2, "bad"]);
      assert.ok(
        then.sentences.some((sentence) => /^bad .+: Expired [\d,]+ days ago\.$/.test(sentence)),
        then.sentences.join(),
      );
    });
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
      ["an address", { names: { ipAddresses: [Uint8Array.of(192, 0, 2, 1)] } }, ["host"]],
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

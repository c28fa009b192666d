import assert from "node:assert/strict";
import { zipSync } from "fflate";
import { decodeCertificate } from "../../../src/certificates/x509/certificate";
import { readContainers } from "../../../src/certificates/containers/read";
import { loadCtLogs } from "../../../src/certificates/transparency/log-list";
import { describePage } from "./details-page";
import { EXTENSION_EXPLANATIONS } from "../../../src/certificates/details/extension-explanations";
import { EXTENSION_TITLES } from "../../../src/certificates/extensions/extension-titles";
import type { DetailsOptions } from "../../../src/certificates/details/options";
import { boundObjects, MAX_ITEMS, MAX_TEXT } from "../../../src/certificates/details/bounds";
import type { DetailsObject, DetailsRow, Summary, Value } from "../../../src/certificates/details/page";
import { hexValue, plainText, row, textValue } from "../../../src/certificates/details/row";
import { MS_PER_DAY, lastAllowed, lifetimeDays, tlsLifetimeCap } from "../../../src/certificates/x509/lifetime";
import { fixture, fixtureNames, pemFixture } from "./fixtures";
import { inEnglish, ENGLISH } from "../../../src/words/localize";
import { saidSections } from "../../../src/certificates/details/said-page";
import { type DraftRow } from "../../../src/certificates/details/draft";

const options: DetailsOptions = { now: Date.UTC(2027, 0, 1) };
const page = (name: string, more: Partial<DetailsOptions> = {}) =>
  describePage(readContainers(fixture(name)), { ...options, ...more });

const sectionOf = (object: DetailsObject | undefined, id: string) => {
  const section = object?.sections.find((candidate) => candidate.id === id);
  assert.ok(section, `no section ${id}`);
  return section;
};
const sentencesOf = ({ sentences }: Summary): string[] => sentences.map(({ text }) => plainText(text));
const lines = (rows: readonly DetailsRow[]): string[] => rows.map(({ label, copy }) => `${label}: ${copy}`);

/** Every value of a page, inner rows too. */
function* valuesIn(rows: readonly DetailsRow[]): Generator<Value> {
  for (const { values } of rows) {
    for (const value of values) {
      yield value;
      if (value.kind === "rows") yield* valuesIn(value.rows);
    }
  }
}

describe("details page", () => {
  it("of a chain: who, until when, good or not, and the chain as a tree", () => {
    const { title, summary, tree, objects, damage } = page("containers/root-first.pem");
    const [leaf, issuing, root] = objects;
    assert.equal(plainText(title), "www.example.test");
    assert.deepEqual(summary.verdict, {
      says: { kind: "no-problems", revocation: "no-service" },
      tone: "none",
    });
    assert.match(plainText(summary.sentences[0]?.text ?? []), /^Valid for [\d,]+ days more\.$/);
    assert.deepEqual(
      summary.sentences.slice(1).map(({ text }) => plainText(text)),
      ["For one domain name.", "The chain is complete: 3 certificates up to the root."],
    );
    assert.deepEqual(
      objects.map(({ kind, place }) => [kind, place]),
      [
        ["Certificate", "PEM block CERTIFICATE"],
        ["CA certificate", "PEM block CERTIFICATE"],
        ["Root certificate", "PEM block CERTIFICATE"],
      ],
    );
    assert.deepEqual(
      tree.map((node) => [
        node.object,
        node.children.map((child) => [child.object, child.children.map((grandchild) => grandchild.object)]),
      ]),
      [[root?.id, [[issuing?.id, [leaf?.id]]]]],
    );
    assert.deepEqual(damage, []);
  });

  it("judges validity and findings", () => {
    const { notBefore = NaN, notAfter = NaN } = decodeCertificate(pemFixture("extensions/tls-leaf.pem")).validity;
    const { sha256 } = decodeCertificate(pemFixture("extensions/tls-leaf.pem")).fingerprints;
    const warning = { id: "x", severity: "warning", message: "Something is odd." } as const;
    const error = { id: "y", severity: "error", message: "Something is wrong." } as const;
    const table: [number, DetailsOptions["findings"], string, string][] = [
      [notBefore - MS_PER_DAY / 2, undefined, "bad", "Not valid yet: it starts in 12 hours."],
      [notBefore, undefined, "attention", "Valid for 36,500 days more."],
      [notAfter - 20 * MS_PER_DAY, undefined, "attention", "Valid for 20 days more."],
      [notAfter, undefined, "attention", "Valid for 0 hours more."],
      [notAfter + 3 * MS_PER_DAY, undefined, "bad", "Expired 3 days ago."],
      [notBefore, new Map([[sha256, [warning]]]), "attention", "Valid for 36,500 days more. Something is odd."],
      [
        notBefore,
        new Map([[sha256, [warning, error]]]),
        "bad",
        "Valid for 36,500 days more. Something is odd. Something is wrong.",
      ],
      [notBefore, new Map([["other", [error]]]), "attention", "Valid for 36,500 days more."],
    ];
    for (const [now, findings, verdict, sentences] of table) {
      const { summary, objects } = page(
        "extensions/tls-leaf.pem",
        findings === undefined ? { now } : { now, findings },
      );
      const told = summary.sentences.map(({ text }) => plainText(text)).join(" ");
      assert.deepEqual([summary.verdict.tone, told.startsWith(sentences)], [verdict, true], told);
      assert.equal(objects[0]?.findings.length, findings?.get(sha256)?.length ?? 0);
    }
  });

  it("tells the term of the order beside the certificate's own", () => {
    const { objects } = page("containers/root-first.pem", { productTerm: { start: 0, end: Date.UTC(2028, 0, 1) } });
    assert.deepEqual(
      objects.map((object) => lines(sectionOf(object, "validity").rows).filter((line) => line.startsWith("Paid term"))),
      [["Paid term from: 1970-01-01", "Paid term until: 2028-01-01"], [], []],
    );
  });

  it("names logs, policies, purposes and methods", async () => {
    const [mark] = page("extensions/mark.pem", { logs: await loadCtLogs() }).objects;
    const timestamps = lines(sectionOf(mark, "signedCertificateTimestampList").rows);
    assert.match(
      timestamps[0] ?? "",
      /^Timestamp 1: Log: Sectigo .*\nOperator: Sectigo\nTime: 2026-09-21T14:13:20\.123Z\n/,
    );
    assert.match(timestamps[1] ?? "", /^Timestamp 2: Log: unknown \(not in the list of 2026-11-20\)\nTime: /);
    assert.deepEqual(lines(sectionOf(mark, "extKeyUsage").rows), [
      "Purposes: brand indicators for message identification (BIMI) (1.3.6.1.5.5.7.3.31)",
    ]);
    const [leaf] = page("extensions/tls-leaf.pem").objects;
    assert.deepEqual(lines(sectionOf(leaf, "certificatePolicies").rows), [
      "Policy: organization validated (OV) (2.23.140.1.2.2)",
      "Policy: Sectigo organization validated TLS (1.3.6.1.4.1.6449.1.2.1.3.4)",
      "Certification practice statement: https://example.test/cps",
      "Policy: 1.3.6.1.4.1.99999.1",
      "Certification practice statement: https://example.test/other",
      "User notice: Only for tests – nothing else",
      "Notice of: Example",
      "Notice numbers: 1 and 7",
    ]);
    assert.deepEqual(lines(sectionOf(leaf, "authorityInfoAccess").rows), [
      "CA Issuers: http://crt.example.test/ca.crt",
      "OCSP: http://ocsp.example.test",
    ]);
    assert.deepEqual(lines(sectionOf(leaf, "tlsFeature").rows), [
      "Features: status_request (OCSP must-staple)\nstatus_request_v2",
    ]);
    assert.deepEqual(lines(sectionOf(leaf, "subjectAltName").rows).slice(-2), [
      "DNS name: xn--mnchen-3ya.example\nmünchen.example",
      "DNS name: xn--80ak6aa92e.example\nаррӏе.example",
    ]);
  });

  it("tells what limits a CA, and where lists are", () => {
    const [authority] = page("extensions/constrained-ca.pem").objects;
    assert.deepEqual(lines(sectionOf(authority, "nameConstraints").rows), [
      "Permitted: DNS name: .example.test",
      "Permitted: E-mail address: example.test",
      "Permitted: IP address: 192.0.2.0/24",
      "Permitted: IP address: 2001:db8::/32",
      "Permitted: Directory name: Country Name: DE\nOrganization Name: Example",
      "Excluded: DNS name: bad.example.test",
      "Excluded: URI: .invalid",
    ]);
    assert.deepEqual(lines(sectionOf(authority, "policyConstraints").rows), [
      "Policy required: after 3 more certificates",
      "Policy mapping forbidden: at once",
    ]);
    assert.deepEqual(lines(sectionOf(authority, "inhibitAnyPolicy").rows), [
      "Any policy forbidden: after 2 more certificates",
    ]);
    const [points] = page("extensions/distribution-points.pem").objects;
    assert.deepEqual(
      lines(sectionOf(points, "cRLDistributionPoints").rows)[0],
      [
        "Distribution point: URI: http://crl.example.test/1.crl",
        "URI: ldap://ldap.example.test/cn=1?certificateRevocationList;binary",
        "Reasons: keyCompromise and cACompromise",
      ].join("\n"),
    );
    assert.deepEqual(lines(sectionOf(points, "freshestCRL").rows), ["URI: http://crl.example.test/delta.crl"]);
  });

  it("shows a mark's picture as data for an image, and the rest of the logotype", () => {
    const [mark] = page("extensions/mark.pem").objects;
    const images = [...valuesIn(sectionOf(mark, "logotype").rows)].flatMap((value) =>
      value.kind === "image" ? [value.image] : [],
    );
    assert.ok(images[0]?.safe === true && images.length === 1);
    assert.deepEqual([images[0].mediaType, plainText(images[0].description)], ["image/svg+xml", "Example & Co"]);
    assert.match(Buffer.from(images[0].base64, "base64").toString(), /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  });

  it("leaves hostile texts as they are, and marks them", () => {
    const [object] = page("names.pem").objects;
    const rows = sectionOf(object, "subject").rows;
    const description = rows.find(({ label }) => label === "Description");
    assert.equal(description?.copy, "a\0b\r\n\u202egro.elpmaxe\u202c \u200bzero");
    const marks = description?.values.flatMap((value) =>
      value.kind === "text" ? value.text.map(({ mark }) => mark) : [],
    );
    assert.deepEqual(
      marks?.filter((mark) => mark !== undefined),
      ["control", "control", "control", "bidi", "bidi", "invisible"],
    );
  });

  it("of a request, a list, keys and other files", () => {
    const [request] = page("containers/request.pem").objects;
    assert.deepEqual(
      [request?.kind, plainText(request?.heading ?? [])],
      ["Certificate request", "request.example.test"],
    );
    assert.deepEqual(lines(sectionOf(request, "attributes").rows), [
      "Unstructured Name: a name",
      "Challenge password: present, not shown",
    ]);
    const [list] = page("containers/list.pem").objects;
    assert.deepEqual([list?.kind, plainText(list?.heading ?? [])], ["Revocation list", "Example Issuing CA"]);
    assert.match(
      lines(sectionOf(list, "revoked").rows).join("\n"),
      /^Number: 2\n01: .*\ncertificateHold\n03: .*\nkeyCompromise$/,
    );
    const kinds = (name: string) => page(`containers/${name}`).objects.map(({ kind }) => kind);
    assert.deepEqual(kinds("public-rsa-pkcs1.pem"), ["Public key"]);
    assert.deepEqual(kinds("private-ec.pem"), ["Private key"]);
    assert.deepEqual(kinds("aes-rsa.p12"), ["PKCS #12"]);
    assert.deepEqual(kinds("mailed.zip"), ["Certificate", "CA certificate", "Root certificate"]);
    assert.deepEqual(lines(sectionOf(page("containers/trusted.pem").objects[0], "source").rows), [
      "Alias: My server",
      "Trusted for: TLS server authentication (1.3.6.1.5.5.7.3.1)",
      "Not trusted for: e-mail protection (S/MIME) (1.3.6.1.5.5.7.3.4)",
    ]);
    assert.deepEqual(
      page("containers/mailed.zip").damage.map(({ message }) => message),
      ["Another file, not read: readme.txt"],
    );
  });

  it("of a broken certificate: what is wrong, and the bytes that are there", () => {
    const der = fixture("containers/leaf.der").subarray(0, 250);
    const { objects, damage, summary } = describePage(readContainers(der), options);
    assert.deepEqual(
      [objects.map(({ kind }) => kind), damage.length, summary.verdict.tone],
      [["Unreadable"], 1, "bad"],
    );
    assert.deepEqual(sentencesOf(summary), [
      "It is damaged or of an unknown type; what can be read is shown. If it was copied, copy it again: characters may be missing.",
    ]);
    const tree = [...valuesIn(sectionOf(objects[0], "structure").rows)].find((value) => value.kind === "tree");
    assert.ok(tree?.kind === "tree" && tree.nodes[0]?.problem !== undefined);
    assert.equal(tree.nodes[0].children?.[0]?.type, "SEQUENCE");
    assert.equal(tree.hex, der.toString("hex"));
  });

  it("of a file with nothing in it, and of a request that is damaged inside: says so", () => {
    const empty = describePage(readContainers(Buffer.from("nothing of the kind")), options);
    assert.deepEqual(
      [plainText(empty.summary.headline), empty.summary.verdict.tone, sentencesOf(empty.summary)],
      [
        "No certificate",
        "bad",
        ["It contains no readable certificate, request, revocation list or key. Check that it is the right file."],
      ],
    );
    const pem = fixture("containers/request.pem").toString();
    const [found] = readContainers(Buffer.from(pem)).objects;
    assert.ok(found?.kind === "certificateRequest");
    const der = Buffer.from(found.der);
    // The version's tag, inside the signed part.
    der[der.indexOf(Buffer.from([0x02, 0x01, 0x00]))] = 0x04;
    const contents = { objects: [{ ...found, der }], damage: [] };
    const { objects, summary } = describePage(contents, options);
    assert.deepEqual(
      [objects[0]?.kind, objects[0]?.damaged, summary.verdict.tone],
      ["Certificate request", true, "bad"],
    );
  });

  it("of what is no certificate: judges nothing, and says in a sentence what it is", () => {
    const said = (bytes: Uint8Array, now = options.now) => {
      const { summary, damage } = describePage(readContainers(bytes), { now });
      const sentences = [plainText(summary.headline), ...sentencesOf(summary)];
      return [summary.verdict.says.kind, summary.verdict.tone, sentences.join(" "), damage.length];
    };
    const list = fixture("containers/list.pem");
    const table: readonly (readonly [Uint8Array, string, string, string, number, number?])[] = [
      [Buffer.alloc(0), "nothing-found", "none", "The file is empty.", 0],
      [Buffer.from(" \r\n\t\n"), "nothing-found", "none", "The file is empty.", 0],
      [
        ...([Buffer.from("hello"), "nothing-found", "bad"] as const),
        "No certificate It contains no readable certificate, request, revocation list or key. Check that it is the right file.",
        0,
      ],
      [fixture("containers/private-pkcs8.pem"), "nothing-to-judge", "none", "Private key", 0],
      [fixture("containers/request.pem"), "nothing-to-judge", "none", "request.example.test", 0],
      [fixture("containers/public-rsa.pem"), "nothing-to-judge", "none", "rsaEncryption", 0],
      [fixture("containers/aes-rsa.p12"), "locked", "none", "PKCS #12", 0],
      [list, "nothing-to-judge", "none", "Example Issuing CA", 0],
      [
        ...([list, "counted", "attention"] as const),
        "Example Issuing CA It is out of date: a newer one was due on Oct 27, 2126.",
        ...([0, Date.UTC(2127, 0, 1)] as const),
      ],
    ];
    for (const [bytes, kind, tone, words, damage, now] of table) {
      assert.deepEqual(said(bytes, now), [kind, tone, words, damage]);
    }
  });

  it("tells in one line which other files an archive has, and does not count them as damage", () => {
    const pem = fixture("containers/root-first.pem");
    const html = Buffer.from("<!DOCTYPE html><html><body>How to install it</body></html>");
    const table: readonly (readonly [Readonly<Record<string, Uint8Array>>, string | undefined])[] = [
      [{}, undefined],
      [{ "README.txt": Buffer.from("Install it.") }, "Another file, not read: README.txt"],
      [
        { "a.txt": Buffer.from("a"), "b.html": html, "c.txt": new Uint8Array(0) },
        "Other files, not read: a.txt, b.html and c.txt",
      ],
    ];
    for (const [others, message] of table) {
      const { damage, summary } = describePage(readContainers(zipSync({ "www.crt": pem, ...others })), options);
      assert.deepEqual(damage, message === undefined ? [] : [{ offset: 0, place: "", message, harmless: true }]);
      assert.equal(summary.verdict.says.kind, "no-problems");
    }
  });

  it("says of a certificate that signed itself that, and nothing of a chain", () => {
    const { summary } = page("extensions/tls-leaf.pem");
    assert.deepEqual(summary.verdict, { says: { kind: "self-signed" }, tone: "attention" });
    assert.doesNotMatch(sentencesOf(summary).join("\n"), /chain/);
  });

  it("says first of a certificate what tells it from others", () => {
    const ids = (name: string) =>
      page(name)
        .objects[0]?.sections.map(({ id }) => id)
        .slice(0, 3);
    assert.deepEqual(ids("extensions/tls-leaf.pem"), ["subject", "subjectAltName", "fingerprints"]);
    assert.deepEqual(ids("containers/request.pem"), ["subject", "subjectAltName", "fingerprints"]);
    assert.deepEqual(ids("containers/list.pem"), ["issuer", "validity", "fingerprints"]);
  });

  it("asks for attention where a part cannot be read, though not for a note in an archive", () => {
    const whole = fixture("containers/root-first.pem").toString();
    const { summary } = describePage(readContainers(Buffer.from(`${whole}-----BEGIN CERTIFICATE-----\nMIIB`)), options);
    assert.equal(summary.verdict.tone, "attention");
    assert.ok(sentencesOf(summary).includes("Part of it could not be read; the problems are listed below."));
    const { damage, summary: mailed } = page("containers/mailed.zip");
    assert.deepEqual([damage.length, mailed.verdict.says.kind], [1, "no-problems"]);
  });

  it("tells what is wrong above the leaf by the CA's name, and an end only once", () => {
    const [leaf, issuing] = page("containers/root-first.pem").objects;
    assert.ok(leaf && issuing);
    const finding = (id: string, severity: "error" | "warning" | "info", message: string) => ({
      id,
      severity,
      message,
    });
    const findings = new Map([
      [leaf.id, [finding("validity.ends-soon", "warning", "It ends.")]],
      [issuing.id, [finding("chain.ca-revoked", "error", "It was revoked."), finding("x", "info", "By the way.")]],
    ]);
    const { summary } = page("containers/root-first.pem", { findings });
    assert.deepEqual([summary.verdict.tone, sentencesOf(summary)[1]], ["bad", "Example Issuing CA: It was revoked."]);
    assert.ok(!sentencesOf(summary).some((sentence) => /It ends|By the way/.test(sentence)));
  });

  it("says that a name deceives, and does not call it good", () => {
    const told = (name: string) => {
      const { summary } = page(name);
      return [
        summary.verdict.says.kind,
        sentencesOf(summary).some((sentence) => sentence.startsWith("A name has characters")),
      ];
    };
    assert.deepEqual(told("names.pem"), ["counted", true]);
    assert.deepEqual(told("containers/root-first.pem"), ["no-problems", false]);
  });

  it("cuts what is too long for any page, and says so", () => {
    const long = "ab".repeat(MAX_TEXT);
    const rows = [
      row("Hex", hexValue(long)),
      row("Text", textValue(long)),
      row("Inside", { kind: "rows", rows: [row("Deep", hexValue(long))] }),
      row("Tree", { kind: "tree", nodes: [], hex: long }),
      row(
        "Many",
        Array.from({ length: MAX_ITEMS + 7 }, () => textValue("a name that is one of very many")),
      ),
      row("Short", textValue("short")),
    ];
    const said = (drafts: readonly DraftRow[]) => saidSections([{ id: "a", title: "A", rows: drafts }], ENGLISH);
    const big: DetailsObject = {
      id: "1",
      kind: "Certificate",
      heading: [],
      place: "",
      findings: [],
      sections: said(rows),
    };
    const bounded = boundObjects(Array<DetailsObject>(10).fill(big), ENGLISH);
    const [first] = bounded;
    const copies = (first?.sections[0]?.rows ?? []).map(({ copy }) => copy.length);
    assert.deepEqual(copies, [MAX_TEXT, MAX_TEXT, MAX_TEXT, 0, MAX_TEXT, 5]);
    for (const value of valuesIn(first?.sections[0]?.rows ?? [])) {
      assert.ok(JSON.stringify(value).length < 3 * MAX_TEXT, value.kind);
    }
    const words = JSON.stringify(first);
    for (const told of [
      "131,072 more bytes are not shown",
      "262,144 more characters are not shown",
      "It is too long to show",
      "7 more values are not shown",
    ]) {
      assert.ok(words.includes(told), told);
    }
    assert.equal(bounded.at(-1)?.sections[0]?.title, "Not Shown");
    assert.ok(JSON.stringify(bounded).length < 64 * MAX_TEXT);
    const many = Array.from({ length: MAX_ITEMS + 7 }, () =>
      row("DNS name", textValue("a-name-that-is-one-of-very-many")),
    );
    const [cut] = boundObjects([{ ...big, sections: said(many) }], ENGLISH);
    assert.equal(cut?.sections[0]?.rows.length, MAX_ITEMS + 1);
    assert.equal(cut.sections[0].rows.at(-1)?.copy, "7 more");
    const small = [{ ...big, sections: said(rows.slice(5)) }];
    assert.deepEqual(boundObjects(small, ENGLISH), small);
  });

  it("shows the structure of a certificate when asked to, with the names of what is known", () => {
    const [leaf] = page("extensions/tls-leaf.pem", { structure: true }).objects;
    const [tree] = [...valuesIn(sectionOf(leaf, "structure").rows)];
    assert.ok(tree?.kind === "tree");
    assert.equal(tree.hex, pemFixture("extensions/tls-leaf.pem").toString("hex"));
    const texts = JSON.stringify(tree.nodes);
    for (const text of [
      "2.5.4.3 (commonName)",
      "1.2.840.10045.3.1.7 (P-256)",
      "2.5.29.17 (Subject Alternative Name)",
      "1.3.6.1.4.1.99999.1",
      "www.example.test",
    ]) {
      assert.ok(texts.includes(`"${text}"`), text);
    }
  });

  it("is plain data with ids of its own, and explains every extension by name", () => {
    for (const name of [
      ...fixtureNames("extensions", ".pem"),
      ...fixtureNames("keys", ".pem"),
      ...fixtureNames("containers", ""),
      "names.pem",
    ]) {
      const described = page(name);
      assert.deepEqual(JSON.parse(JSON.stringify(described)), described, name);
      assert.equal(new Set(described.objects.map(({ id }) => id)).size, described.objects.length, name);
      for (const { sections } of described.objects) {
        assert.equal(new Set(sections.map(({ id }) => id)).size, sections.length, name);
        for (const { oid, title, explanation, rows } of sections) {
          if (oid !== undefined && oid !== "1.3.6.1.4.1.99999.7")
            assert.ok(explanation !== undefined && title !== "Unknown Extension", oid);
          for (const { values } of rows) assert.ok(values.length > 0, `${name}, ${title}`);
        }
      }
    }
    for (const explanation of EXTENSION_EXPLANATIONS.values()) assert.match(inEnglish(explanation), /^[A-Z].*\.$/);
    assert.deepEqual([...EXTENSION_EXPLANATIONS.keys()], [...EXTENSION_TITLES.keys()]);
  });

  it("shows no private key", () => {
    for (const name of fixtureNames("containers", "").filter(
      (file) => file.includes("private") || file.endsWith(".p12"),
    )) {
      for (const { sections } of page(name).objects) {
        for (const value of valuesIn(sections.flatMap(({ rows }) => rows))) assert.equal(value.kind, "text", name);
      }
    }
  });

  it("shows at most five hundred objects", () => {
    const many = Buffer.concat(Array<Buffer>(505).fill(fixture("containers/leaf.der")));
    const { objects, damage } = describePage(readContainers(many), options);
    assert.deepEqual([objects.length, damage.map(({ message }) => message)], [1, ["5 more objects are not shown"]]);
  });
});

describe("lifetime of TLS certificates", () => {
  const table: [string, number | string | undefined][] = [
    ["2015-03-31", undefined],
    ["2015-04-01", "39 months"],
    ["2018-03-01", 825],
    ["2020-08-31", 825],
    ["2020-09-01", 398],
    ["2026-03-14", 398],
    ["2026-03-15", 200],
    ["2027-03-15", 100],
    ["2029-03-15", 47],
  ];
  for (const [day, expected] of table) {
    it(`issued on ${day}`, () => {
      const cap = tlsLifetimeCap(Date.parse(day));
      const max = cap === undefined ? undefined : "days" in cap.max ? cap.max.days : `${cap.max.months} months`;
      assert.equal(max, expected);
    });
  }

  it("is told with what is left of it", () => {
    // A quarter of its 36500 days.
    const now = Date.UTC(2026, 10, 20, 11, 5, 52) + 9125 * MS_PER_DAY;
    const { objects } = page("extensions/tls-leaf.pem", { now });
    const rows = lines(sectionOf(objects[0], "validity").rows);
    assert.deepEqual(
      rows.filter((line) => line.startsWith("Left")),
      ["Left: 27,375 days (25% of its lifetime has passed)"],
    );
  });

  it("counts both ends", () => {
    const notBefore = Date.UTC(2026, 3, 1);
    const cap = tlsLifetimeCap(notBefore);
    assert.ok(cap);
    assert.equal(lifetimeDays(notBefore, lastAllowed(notBefore, cap)), 200);
    const months = tlsLifetimeCap(Date.UTC(2016, 0, 31));
    assert.ok(months);
    assert.equal(new Date(lastAllowed(Date.UTC(2016, 0, 15), months)).toISOString(), "2019-04-14T23:59:59.000Z");
  });
});

describe("CT logs", () => {
  it("have ids of 32 bytes, names and operators", async () => {
    const { asOf, logs } = await loadCtLogs();
    assert.deepEqual([asOf, logs.size], ["2026-11-20", 247]);
    for (const [id, { name, operator }] of logs) {
      assert.equal(Buffer.from(id, "base64").length, 32);
      assert.ok(name !== "" && operator !== "");
    }
  });
});

import assert from "node:assert/strict";
import type { Certificate } from "../../../../src/certificates/x509/certificate";
import { RULES, ruleFindings } from "../../../../src/certificates/checks/rules";
import { MS_PER_DAY } from "../../../../src/certificates/x509/lifetime";
import type { KeyMaterial } from "../../../../src/certificates/keys/public-key";
import type { GeneralName } from "../../../../src/certificates/names/general-name";
import { TLS_ROWS } from "./tls-rows";
import {
  CLIENT_AUTH,
  EMAIL_PROTECTION,
  ISSUED,
  MARK,
  NOW,
  SERVER_AUTH,
  authority,
  commonName,
  having,
  lasting,
  logged,
  mail,
  mark,
  named,
  policies,
  purposes,
  subjectOf,
  tls,
  without,
  type Pairs,
  type Row,
} from "./variations";
import { CA_ROWS } from "./ca-rows";
import { SMIME_ROWS } from "./smime-rows";
import { inEnglish } from "../../../../src/words/localize";
import { phrase } from "../../../../src/words/phrase";

const ids = (certificate: Certificate, now = NOW, known = false): readonly string[] =>
  ruleFindings(certificate, { now, known }).map(({ id }) => id);

const rsa = (bits: number, exponent = "65537"): KeyMaterial => ({ type: "RSA", bits, modulus: "C0", exponent });
const keyed = (certificate: Certificate, key: KeyMaterial): Certificate => ({
  ...certificate,
  publicKey: { ...certificate.publicKey, key },
});
const signed = (certificate: Certificate, oid: string): Certificate => ({
  ...certificate,
  signatureAlgorithm: { oid },
});
const serial = (hex: string): Certificate => ({ ...tls(), serialNumber: { hex, octets: hex.length / 2 } });
const alternative = (certificate: Certificate, ...names: readonly GeneralName[]): Certificate =>
  having(certificate, { type: "subjectAltName", names });
const mailAddress = (certificate: Certificate, value: string): Certificate => ({
  ...certificate,
  subject: {
    text: `emailAddress=${value}`,
    rdns: [[{ oid: "1.2.840.113549.1.9.1", keyword: "emailAddress", value, stringType: "IA5String" }]],
  },
});
const unlogged = (notBefore: number, days: number): Certificate =>
  lasting(without(tls(), "signedCertificateTimestampList"), notBefore, days);
/** Its CA's certificate alone is named. */
function withoutOcsp(certificate: Certificate): Certificate {
  const location: GeneralName = { type: "uniformResourceIdentifier", value: "http://ca.example.test/ca.cer" };
  return having(certificate, {
    type: "authorityInfoAccess",
    descriptions: [{ method: "1.3.6.1.5.5.7.48.2", location }],
  });
}
const ML_KEM: KeyMaterial = { type: "raw", name: "ML-KEM-768", value: "" };
const X25519: KeyMaterial = { type: "raw", name: "X25519", value: "" };
const privateTls = (): Certificate => policies(tls(), "1.3.6.1.4.1.99999.1");
const DAMAGED_ATTRIBUTE = { oid: "", value: "#00", stringType: "", problem: phrase("damaged") };
const DAMAGED = { code: "value", offset: 0, message: phrase("damaged") } as const;

/** Not under the requirements for public ones. */
const privateMail = (): Certificate => policies(mail(), "1.3.6.1.4.1.99999.1");

/** For each rule certificates that break it and it alone. */
const BROKEN: Readonly<Record<string, readonly Row[]>> = {
  "validity.expired": [[tls(), ISSUED + 199 * MS_PER_DAY]],
  "validity.not-yet": [[tls(), ISSUED - 1]],
  "validity.ends-soon": [
    [tls(), ISSUED + 199 * MS_PER_DAY - 1000 - 29 * MS_PER_DAY],
    [lasting(tls(), ISSUED, 47), ISSUED + 32 * MS_PER_DAY],
  ],
  "validity.too-long": [
    lasting(tls(), ISSUED, 200 + 1 / MS_PER_DAY),
    [lasting(tls(), Date.UTC(2027, 3, 1), 101), Date.UTC(2027, 3, 2)],
    [logged(lasting(tls(), Date.UTC(2020, 8, 1), 399), 3), Date.UTC(2020, 9, 1)],
  ],
  "validity.mail-too-long": [
    lasting(mail(), ISSUED, 826),
    [lasting(policies(mail(), "2.23.140.1.5.1.1"), Date.UTC(2024, 0, 1), 1186), Date.UTC(2024, 1, 1)],
  ],
  "validity.mark-too-long": [lasting(mark(), ISSUED, 399)],
  "names.missing": [without(tls(), "subjectAltName")],
  "names.no-host": [
    alternative({ ...privateTls(), subject: commonName("word") }, { type: "rfc822Name", value: "a@b.test" }),
  ],
  "names.common-name": [
    { ...tls(), subject: commonName("other.example.test") },
    { ...tls(), subject: commonName("a company") },
    { ...privateTls(), subject: commonName("other.example.test") },
  ],
  "names.common-names": [{ ...tls(), subject: commonName("www.example.test", "example.test") }],
  "names.dns-form": [
    named(tls(), "www.example.test."),
    named(tls(), "a b.example.test"),
    named(tls(), "9.9.9.9"),
    named(tls(), "https://www.example.test"),
    named(tls(), `${"a".repeat(64)}.test`),
    named(tls(), "-a.example.test"),
    named(tls(), "bücher.example.test"),
    named(tls(), `${"a.".repeat(127)}test`),
  ],
  "names.underscore": [named(tls(), "my_host.example.test")],
  "names.wildcard": [
    named(tls(), "*"),
    named(tls(), "*.test"),
    named(tls(), "www*.example.test"),
    named(tls(), "www.*.example.test"),
    named(tls(), "*.*.example.test"),
  ],
  "names.internal": [named(tls(), "server"), named(tls(), "host.local"), named(tls(), "db.corp")],
  "names.reserved-address": [
    alternative(tls(), { type: "dNSName", value: "www.example.test" }, { type: "iPAddress", value: "10.0.0.1" }),
    alternative(tls(), { type: "dNSName", value: "www.example.test" }, { type: "iPAddress", value: "fd00::1" }),
  ],
  "names.other-types": [
    alternative(tls(), { type: "dNSName", value: "www.example.test" }, { type: "rfc822Name", value: "a@example.test" }),
  ],
  "names.repeated": [named(tls(), "www.example.test", "WWW.example.test")],
  "key.rsa-too-small": [keyed(tls(), rsa(1024)), keyed(authority(), rsa(2047))],
  "key.rsa-odd-size": [keyed(tls(), rsa(2049))],
  "key.rsa-exponent": [keyed(tls(), rsa(2048, "1")), keyed(tls(), rsa(2048, "65538")), keyed(mail(), rsa(2048, "2"))],
  "key.rsa-small-exponent": [keyed(tls(), rsa(2048, "3"))],
  "key.kind": [
    keyed(tls(), { type: "EC", curve: "secp256k1", bits: 256, compressed: false, point: "" }),
    keyed(tls(), { type: "EC", bits: 256, compressed: false, point: "" }),
    keyed(tls(), { type: "raw", name: "Ed25519", value: "" }),
    keyed(tls(), { type: "DSA", bits: 2048, y: "" }),
  ],
  "key.pss-only": [
    {
      ...keyed(tls(), rsa(2048)),
      publicKey: {
        ...keyed(tls(), rsa(2048)).publicKey,
        algorithm: { oid: "1.2.840.113549.1.1.10", name: "id-RSASSA-PSS" },
      },
    },
  ],
  "key.unused-kind": [
    {
      ...privateTls(),
      publicKey: { ...privateTls().publicKey, algorithm: { oid: "1.3.101.113", name: "Ed448" } },
    },
  ],
  "key.unreadable": [keyed(privateTls(), { type: "unreadable", problem: phrase("cut off"), value: "" })],
  "signature.broken-hash": [signed(tls(), "1.2.840.113549.1.1.4"), signed(authority(), "1.2.840.113549.1.1.2")],
  "signature.sha-1": [
    signed(tls(), "1.2.840.113549.1.1.5"),
    signed(mail(), "1.2.840.10045.4.1"),
    {
      ...tls(),
      signatureAlgorithm: {
        oid: "1.2.840.113549.1.1.10",
        pss: { hash: "SHA-1", maskGeneration: "MGF1", maskHash: "SHA-1", saltLength: 20 },
      },
    },
  ],
  "signature.ca-sha-1": [signed(authority(), "1.2.840.113549.1.1.5")],
  "signature.algorithm-differs": [{ ...tls(), innerSignatureAlgorithm: { oid: "1.2.840.113549.1.1.11" } }],
  "usage.ca-cannot-sign": [having(authority(), { type: "keyUsage", usages: ["cRLSign"] }, true)],
  "usage.ca-says-nothing": [without(authority(), "keyUsage")],
  "usage.leaf-signs": [having(tls(), { type: "keyUsage", usages: ["digitalSignature", "keyCertSign"] }, true)],
  "usage.leaf-path-length": [having(tls(), { type: "basicConstraints", ca: false, pathLength: 0 }, true)],
  "usage.none": [policies(without(having(mail(), { type: "keyUsage", usages: [] }, true), "extKeyUsage"), "1.2.3")],
  "usage.unfit-for-key": [
    having(tls(), { type: "keyUsage", usages: ["digitalSignature", "keyEncipherment"] }, true),
    having(keyed(tls(), rsa(2048)), { type: "keyUsage", usages: ["digitalSignature", "keyAgreement"] }, true),
    having(
      keyed(privateTls(), { type: "raw", name: "Ed25519", value: "" }),
      { type: "keyUsage", usages: ["digitalSignature", "keyAgreement"] },
      true,
    ),
    having(keyed(mail(), ML_KEM), { type: "keyUsage", usages: ["keyEncipherment", "dataEncipherment"] }, true),
    having(keyed(mail(), ML_KEM), { type: "keyUsage", usages: ["keyEncipherment", "digitalSignature"] }, true),
    having(keyed(mail(), ML_KEM), { type: "keyUsage", usages: ["keyEncipherment", "keyAgreement"] }, true),
    having(keyed(privateMail(), X25519), { type: "keyUsage", usages: ["keyAgreement", "keyEncipherment"] }, true),
    having(keyed(privateMail(), X25519), { type: "keyUsage", usages: ["keyAgreement", "digitalSignature"] }, true),
  ],
  "usage.unfit-for-purpose": [
    having(tls(), { type: "keyUsage", usages: ["nonRepudiation"] }, true),
    having(privateMail(), { type: "keyUsage", usages: ["cRLSign"] }, true),
  ],
  "usage.no-signature": [
    having(tls(), { type: "keyUsage", usages: ["keyAgreement"] }, true),
    keyed(having(privateTls(), { type: "keyUsage", usages: ["keyAgreement"] }, true), {
      type: "EC",
      curve: "P-384",
      compressed: false,
      point: "",
    }),
  ],
  "key.negative": [keyed(tls(), { ...rsa(2048), negative: true } as KeyMaterial)],
  "key.dsa": [keyed(privateTls(), { type: "DSA", bits: 1024, y: "02" })],
  "policies.several": [
    policies(purposes(tls(), SERVER_AUTH), "2.23.140.1.2.1", "2.23.140.1.4.1"),
    policies(mail(), "2.23.140.1.5.1.2", "2.23.140.1.5.3.2"),
    [
      policies(lasting(logged(tls(), 3), Date.UTC(2021, 0, 1), 300), "2.23.140.1.2.1", "2.23.140.1.2.2"),
      Date.UTC(2021, 1, 1),
    ],
  ],
  "mail.no-purpose": [purposes(mail(), CLIENT_AUTH), without(mail(), "extKeyUsage")],
  "tls.no-purpose": [purposes(tls(), "1.3.6.1.5.5.7.3.17")],
  "names.address-length": [
    having(named(privateTls(), "a.test"), {
      type: "subjectAltName",
      names: [
        { type: "dNSName", value: "a.test" },
        { type: "iPAddress", value: "c0000201ffffffff", bytes: 8 },
      ],
    }),
  ],
  "names.not-ascii": [
    having(privateMail(), {
      type: "subjectAltName",
      names: [{ type: "rfc822Name", value: "ädа@example.test" }],
    }),
  ],
  "name.attribute-unreadable": [
    {
      ...tls(),
      issuer: {
        text: "",
        rdns: [[{ oid: "", value: "#00", stringType: "damaged", damaged: true, problem: phrase("damaged") }]],
      },
    },
  ],
  "form.field-unreadable": [
    { ...tls(), version: 0, unreadable: [{ field: "version", problem: phrase("damaged") }] },
    {
      ...tls(),
      serialNumber: { hex: "", octets: 0 },
      unreadable: [{ field: "serialNumber", problem: phrase("damaged") }],
    },
    { ...tls(), validity: {}, unreadable: [{ field: "notAfter", problem: phrase("damaged") }] },
    { ...tls(), issuer: { text: "", rdns: [] }, unreadable: [{ field: "issuer", problem: phrase("damaged") }] },
    { ...tls(), subject: { text: "", rdns: [] }, unreadable: [{ field: "subject", problem: phrase("damaged") }] },
  ],
  "form.parameters-unreadable": [
    { ...tls(), signatureAlgorithm: { oid: "1.2.840.113549.1.1.10", problem: phrase("damaged") } },
  ],
  "extension.path-length": [
    having(authority(), { type: "basicConstraints", ca: true, problem: phrase("damaged") }, true),
  ],
  "extension.empty": [
    having(mail(), { type: "issuerAltName", names: [] }),
    having(authority(), { type: "nameConstraints", permitted: [], excluded: [] }, true),
  ],
  "extension.undecoded-critical": [having(tls(), { type: "unknown", hex: "", tree: [] }, true, "1.3.6.1.5.5.7.1.14")],
  "usage.no-purpose": [without(tls(), "extKeyUsage")],
  "usage.no-purpose-left": [purposes(authority())],
  "tls.client-purpose": [
    [lasting(purposes(tls(), SERVER_AUTH, CLIENT_AUTH), Date.UTC(2027, 2, 15), 99), Date.UTC(2027, 2, 16)],
  ],
  "tls.client-purpose-ends": [
    purposes(tls(), SERVER_AUTH, CLIENT_AUTH),
    [lasting(purposes(tls(), SERVER_AUTH, CLIENT_AUTH), Date.UTC(2027, 2, 15) - 1000, 99), Date.UTC(2027, 2, 16)],
  ],
  "tls.other-purposes": [
    purposes(tls(), SERVER_AUTH, "1.3.6.1.5.5.7.3.3"),
    purposes(tls(), SERVER_AUTH, "2.5.29.37.0"),
  ],
  "tls.policy": [policies(tls(), "2.23.140.1.2.1", "2.23.140.1.2.2")],
  "tls.no-revocation": [without(withoutOcsp(tls()), "cRLDistributionPoints")],
  "tls.timestamps": [
    logged(tls(), 2),
    without(tls(), "signedCertificateTimestampList"),
    logged(lasting(tls(), ISSUED, 90), 1),
  ],
  "tls.must-staple": [having(tls(), { type: "tlsFeature", features: [5] })],
  "mail.no-address": [alternative(mail(), { type: "directoryName", value: commonName("Ada") })],
  "mail.address-not-repeated": [mailAddress(mail(), "other@example.test")],
  "mail.other-purposes": [
    purposes(mail(), EMAIL_PROTECTION, "1.3.6.1.5.5.7.3.8"),
    purposes(policies(mail(), "2.23.140.1.5.1.3"), EMAIL_PROTECTION, CLIENT_AUTH),
  ],
  "mail.legacy": [policies(mail(), "2.23.140.1.5.1.1")],
  "mail.policy": [[policies(mail(), "1.2.3"), NOW, true]],
  "mail.no-key-usage": [without(mail(), "keyUsage")],
  "mail.no-revocation": [without(mail(), "cRLDistributionPoints")],
  "mark.no-logotype": [without(mark(), "logotype")],
  "mark.no-domain": [without(mark(), "subjectAltName")],
  "mark.other-purposes": [purposes(mark(), MARK, CLIENT_AUTH)],
  "mark.no-timestamps": [without(mark(), "signedCertificateTimestampList")],
  "form.version": [{ ...tls(), version: 2 }],
  "form.old-version": [{ ...tls(), version: 1, extensions: [] }],
  "form.ber": [{ ...tls(), beyondDer: true }],
  "form.serial-not-positive": [serial("-1122334455667788"), serial("0000000000000000")],
  "form.serial-too-long": [serial("11".repeat(21))],
  "form.serial-predictable": [serial("11223344556677")],
  "form.issuer-empty": [{ ...tls(), issuer: { text: "", rdns: [] } }],
  "form.subject-empty": [{ ...authority(), subject: { text: "", rdns: [] } }],
  "form.names-not-critical": [{ ...tls(), subject: { text: "", rdns: [] } }],
  "form.unique-id": [{ ...tls(), subjectUniqueID: "00" }],
  "extension.repeated": [{ ...tls(), extensions: [...tls().extensions, ...tls().extensions.slice(0, 1)] }],
  "extension.unreadable": [having(tls(), { type: "unreadable", problem: DAMAGED, hex: "", tree: [] })],
  "extension.name-unreadable": [
    having(tls(), {
      type: "issuerAltName",
      names: [{ type: "directoryName", value: { text: "#00", rdns: [[DAMAGED_ATTRIBUTE]] } }],
    }),
  ],
  "extension.unknown-critical": [having(tls(), { type: "unknown", hex: "", tree: [] }, true)],
  "extension.must-be-critical": [having(authority(), { type: "basicConstraints", ca: true })],
  "extension.must-not-be-critical": [
    having(tls(), { type: "subjectKeyIdentifier", keyIdentifier: "00" }, true),
    having(tls(), { type: "authorityKeyIdentifier", keyIdentifier: "00" }, true),
  ],
  "extension.critical-refused": [having(tls(), { type: "tlsFeature", features: [17] }, true)],
  "policies.repeated": [
    having(mail(), {
      type: "certificatePolicies",
      policies: ["2.23.140.1.5.1.2", "2.23.140.1.5.1.2"].map((oid) => ({ oid, qualifiers: [] })),
    }),
  ],
  "policies.qualifier-form": [
    having(mail(), {
      type: "certificatePolicies",
      policies: [{ oid: "2.23.140.1.5.1.2", qualifiers: [{ type: "unknown", oid: "1.3.6.1.5.5.7.2.1", hex: "" }] }],
    }),
  ],
  "extension.precertificate": [having(mail(), { type: "precertificatePoison" }, true)],
  "extension.authority-key": [without(tls(), "authorityKeyIdentifier")],
  "extension.subject-key": [without(authority(), "subjectKeyIdentifier")],
  "extension.leaf-name-constraints": [having(tls(), { type: "nameConstraints", permitted: [], excluded: [] })],
};

/** The rules that have rows of both kinds. */
const PAIRS: Pairs = { ...SMIME_ROWS, ...CA_ROWS };

function idsOf(row: Row): readonly string[] {
  const [certificate, now, known] = "validity" in row ? ([row] as const) : row;
  return ids(certificate, now, known);
}

/** What engines refuse, whatever other rules have to say of it. */
const REFUSALS: ReadonlySet<string> = new Set([
  "extension.critical-refused",
  "extension.point-nowhere",
  "key.unused-kind",
  "policies.qualifier-form",
]);

/** Findings without those of engines, unless the row is about these. */
const beside = (id: string, found: readonly string[]): readonly string[] =>
  found.filter((one) => one === id || !REFUSALS.has(one));

describe("the rules", () => {
  it("find nothing in certificates as they should be", () => {
    for (const certificate of [
      tls(),
      mail(),
      mark(),
      authority(),
      lasting(tls(), ISSUED, 200),
      logged(lasting(tls(), ISSUED, 90), 2),
    ])
      assert.deepEqual(ids(certificate), []);
    assert.deepEqual(ids(policies(mail(), "2.23.140.1.5.1.3")), []);
    assert.deepEqual(ids(named(tls(), "*.example.test", "xn--bcher-kva.example.test", "a.b.c.example.test")), []);
    assert.deepEqual(ids(keyed(tls(), rsa(3072))), []);
    assert.deepEqual(ids(having(keyed(mail(), ML_KEM), { type: "keyUsage", usages: ["keyEncipherment"] }, true)), []);
    assert.deepEqual(
      ids(having(keyed(privateMail(), X25519), { type: "keyUsage", usages: ["keyAgreement"] }, true)),
      [],
    );
  });

  for (const [id, rows] of Object.entries(BROKEN)) {
    it(`find ${id}, and nothing else`, () => {
      for (const [index, row] of rows.entries()) assert.deepEqual(beside(id, idsOf(row)), [id], `row ${index}`);
    });
  }

  for (const [id, [broken, right]] of Object.entries(PAIRS)) {
    it(`find ${id} where it is, and only there`, () => {
      for (const [index, row] of broken.entries()) assert.deepEqual(beside(id, idsOf(row)), [id], `row ${index}`);
      for (const [index, row] of right.entries()) assert.deepEqual(beside(id, idsOf(row)), [], `right row ${index}`);
    });
  }

  it("find that a server without a stated purpose cannot sign", () => {
    const mute = having(without(tls(), "extKeyUsage"), { type: "keyUsage", usages: ["nonRepudiation"] }, true);
    assert.deepEqual(ids(mute), ["usage.no-signature", "usage.no-purpose"]);
  });

  it("let TLS certificates be for e-mail, too, until they were told not to", () => {
    for (const [day, expected] of [
      [Date.UTC(2023, 8, 14), false],
      [Date.UTC(2023, 8, 15), true],
    ] as const) {
      const both = purposes(lasting(tls(), day, 90), SERVER_AUTH, EMAIL_PROTECTION);
      assert.equal(ids(both, day).includes("tls.other-purposes"), expected);
    }
  });

  it("find a validity that ends before it begins", () => {
    const reversed = { ...tls(), validity: { notBefore: NOW, notAfter: NOW - MS_PER_DAY } };
    assert.deepEqual(ids(reversed), ["validity.expired", "validity.reversed"]);
  });

  it("ask less of certificates that are not public, and of those issued before a rule", () => {
    const table: readonly (readonly [string, Certificate, number?])[] = [
      ["a long life", lasting(privateTls(), ISSUED, 3650)],
      ["internal names", named(privateTls(), "server", "db.corp")],
      ["no timestamps", without(privateTls(), "signedCertificateTimestampList")],
      ["other purposes", purposes(privateTls(), SERVER_AUTH, CLIENT_AUTH, "1.3.6.1.5.5.7.3.3")],
      ["an Ed25519 key", keyed(privateTls(), { type: "raw", name: "Ed25519", value: "" })],
      ["a common name of words", { ...privateTls(), subject: commonName("our server") }],
      ["1024 bits until 2013", keyed(unlogged(Date.UTC(2012, 0, 1), 700), rsa(1024)), Date.UTC(2012, 1, 1)],
      [
        "a short serial number in 2015",
        { ...unlogged(Date.UTC(2015, 0, 1), 300), serialNumber: { hex: "01", octets: 1 } },
        Date.UTC(2015, 1, 1),
      ],
      [
        "an underscore for a month in 2019",
        named(unlogged(Date.UTC(2019, 0, 1), 30), "my_host.example.test"),
        Date.UTC(2019, 0, 2),
      ],
      ["a short serial number", policies(serial("01"), "1.3.6.1.4.1.99999.1")],
      [
        "825 days in 2019",
        lasting(without(tls(), "signedCertificateTimestampList"), Date.UTC(2019, 0, 1), 825),
        Date.UTC(2019, 1, 1),
      ],
      [
        "mail of 2022",
        without(lasting(policies(mail(), "1.2.3"), Date.UTC(2022, 0, 1), 1000), "cRLDistributionPoints"),
        Date.UTC(2022, 1, 1),
      ],
      [
        "no revocation for a short life",
        without(withoutOcsp(lasting(tls(), ISSUED, 7)), "cRLDistributionPoints"),
        ISSUED + MS_PER_DAY,
      ],
    ];
    for (const [what, certificate, now] of table) assert.deepEqual(ids(certificate, now), [], what);
  });

  it("each have a row here, a clause or a plain reason, and an id of their own", () => {
    const tested = new Set([
      ...Object.keys(BROKEN),
      ...Object.keys(TLS_ROWS),
      ...Object.keys(PAIRS),
      "validity.reversed",
    ]);
    assert.deepEqual(
      RULES.map(({ id }) => id).filter((id) => !tested.has(id)),
      [],
    );
    assert.equal(new Set(RULES.map(({ id }) => id)).size, RULES.length);
    assert.deepEqual(
      RULES.filter(({ clause }) => clause === undefined).map(({ id }) => id),
      ["validity.ends-soon", "names.repeated"],
    );
  });

  it("begin and end on their days", () => {
    const on = (certificate: Certificate, day: number) => lasting(certificate, day, 90);
    const root = { ...without(authority(), "keyUsage", "authorityKeyIdentifier"), issuer: authority().subject };
    const table: readonly (readonly [id: string, certificate: Certificate, first?: number, end?: number])[] = [
      ["ca.root-key-usage", root, Date.UTC(2002, 4, 1)],
      ["ca.no-access", without(authority(), "authorityInfoAccess"), Date.UTC(2012, 6, 1), Date.UTC(2020, 7, 20)],
      ["names.reverse-zone", named(tls(), "8.8.8.8.in-addr.arpa"), Date.UTC(2026, 2, 15)],
      [
        "subject.unit",
        { ...policies(tls(), "1.2.3"), subject: subjectOf(["O", "A"], ["OU", "B"]) },
        Date.UTC(2022, 8, 1),
      ],
      ["policies.missing", without(tls(), "certificatePolicies"), Date.UTC(2012, 6, 1), Date.UTC(2023, 8, 15)],
    ];
    for (const [id, certificate, first, end] of table) {
      const isFound = (day: number) => ids(on(certificate, day), day, true).includes(id);
      if (first !== undefined) assert.deepEqual([isFound(first - 1000), isFound(first)], [false, true], id);
      if (end !== undefined) assert.deepEqual([isFound(end - 1000), isFound(end)], [true, false], id);
    }
  });

  it("count the characters of each part of a name", () => {
    for (const [keyword, most] of [
      ["L", 128],
      ["ST", 128],
      ["postalCode", 40],
      ["O", 64],
      ["CN", 64],
    ] as const) {
      for (const [length, expected] of [
        [most, false],
        [most + 1, true],
      ] as const) {
        const subject = subjectOf([keyword, "ä".repeat(length)]);
        assert.equal(ids({ ...privateTls(), subject }).includes("text.too-long"), expected, keyword);
      }
    }
    const subject = subjectOf(["C", "DEU"], ["O", "A"], ["CN", "B"]);
    assert.deepEqual(
      ids({ ...authority(), subject }, NOW, true).filter((id) => /^ca\.(country|subject)/.test(id)),
      ["ca.country"],
    );
  });

  it("take no damaged part for one that is missing, and no damaged extension for an absent one", () => {
    const damaged = { oid: "", value: "", stringType: "UTF8String", problem: phrase("cut off") };
    for (const policy of ["2.23.140.1.2.2", "2.23.140.1.1", "2.23.140.1.2.3"]) {
      const subject = { text: "", rdns: [[damaged]] };
      const found = ids({ ...policies(tls(), policy), subject }, NOW, true);
      assert.deepEqual(
        found.filter((id) => /^(ev|subject)\./.test(id)),
        [],
        policy,
      );
    }
    const flagged = having(
      without(authority(), "keyUsage"),
      {
        type: "unreadable",
        of: ["keyUsage"],
        hex: "",
        tree: [],
        problem: { code: "length", offset: 0, message: phrase("cut off") },
      },
      false,
    );
    assert.ok(ids(flagged, NOW, true).includes("ca.key-usage-critical"));
  });

  it("tell names of any length in one short sentence", () => {
    const many = Array.from({ length: 300 }, (_, index) => `x${index}`);
    const long = `${"a".repeat(10_000)}.test`;
    const parts = many.map((name) => [`1.2.${name.length}`, long] as const);
    const addresses = many.map((value): GeneralName => ({ type: "rfc822Name", value: `${value} ${long}` }));
    const table = [
      named(tls(), long, ...many),
      alternative({ ...mail(), subject: subjectOf(["CN", long], ["C", long], ...parts) }, ...addresses),
      alternative({ ...authority(), subject: subjectOf(["CN", long], ["C", long], ...parts) }, ...addresses),
    ];
    for (const certificate of table) {
      for (const { message } of ruleFindings(certificate, { now: NOW, known: true })) {
        assert.ok(inEnglish(message).length < 700, inEnglish(message));
      }
    }
  });
});

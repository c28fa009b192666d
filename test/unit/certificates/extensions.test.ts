import assert from "node:assert/strict";
import { decodeCertificate, extensionOf } from "../../../src/certificates/x509/certificate";
import type { ExtensionValue } from "../../../src/certificates/extensions/extension";
import { pemFixture } from "./fixtures";

/** Values of the extensions of a fixture, by OID. */
function valuesOf(name: string): ReadonlyMap<string, ExtensionValue> {
  const { extensions } = decodeCertificate(pemFixture(`extensions/${name}.pem`));
  return new Map(extensions.map(({ oid, value }) => [oid, value]));
}

/** What OpenSSL has words for is compared with those in openssl.test.ts; here are the others. */
describe("extensions", () => {
  const tables: Record<string, [string, ExtensionValue][]> = {
    qualified: [
      [
        "1.3.6.1.5.5.7.1.3",
        {
          type: "qcStatements",
          statements: [
            { oid: "0.4.0.1862.1.1" },
            { oid: "0.4.0.1862.1.2", info: { type: "limit", currency: "EUR", amount: 5, exponent: 3 } },
            { oid: "0.4.0.1862.1.2", info: { type: "limit", currency: "978", amount: 1, exponent: -2 } },
            { oid: "0.4.0.1862.1.3", info: { type: "retention", years: 15 } },
            { oid: "0.4.0.1862.1.4" },
            {
              oid: "0.4.0.1862.1.5",
              info: { type: "disclosures", statements: [{ url: "https://example.test/pds", language: "en" }] },
            },
            { oid: "0.4.0.1862.1.6", info: { type: "purposes", oids: ["0.4.0.1862.1.6.3"] } },
            { oid: "0.4.0.1862.1.7", info: { type: "legislation", countries: ["GB"] } },
            {
              oid: "1.3.6.1.5.5.7.11.2",
              info: {
                type: "semantics",
                oid: "0.4.0.194121.1.2",
                authorities: [{ type: "uniformResourceIdentifier", value: "https://example.test/register" }],
              },
            },
            {
              oid: "0.4.0.19495.2",
              info: {
                type: "paymentServices",
                roles: [{ oid: "0.4.0.19495.1.3", name: "PSP_AI" }],
                authorityName: "Example Authority",
                authorityId: "DE-EXA",
              },
            },
            { oid: "1.2.3.4.5", info: { type: "unknown", hex: "020101" } },
          ],
        },
      ],
      [
        "2.23.140.3.1",
        { type: "cabfOrganizationIdentifier", scheme: "NTR", country: "US", stateOrProvince: "CA", reference: "12345" },
      ],
    ],
    microsoft: [
      ["1.3.6.1.4.1.311.20.2", { type: "enrollCerttype", name: "WebServer" }],
      ["1.3.6.1.4.1.311.21.1", { type: "caVersion", certificateIndex: 5, keyIndex: 3 }],
      ["1.3.6.1.4.1.311.21.2", { type: "previousCaCertificateHash", hash: "000102030405060708090a0b0c0d0e0f10111213" }],
      [
        "1.3.6.1.4.1.311.21.7",
        { type: "certificateTemplate", oid: "1.3.6.1.4.1.311.21.8.1.2.3", majorVersion: 100, minorVersion: 4294967295 },
      ],
      [
        "1.3.6.1.4.1.311.21.10",
        { type: "applicationCertPolicies", policies: [{ oid: "1.3.6.1.5.5.7.3.1", qualifiers: [] }] },
      ],
      ["1.3.6.1.4.1.311.25.2", { type: "ntdsSecurity", securityIdentifier: "S-1-5-21-1-2-3-500" }],
    ],
    old: [
      [
        "2.5.29.9",
        {
          type: "subjectDirectoryAttributes",
          attributes: [
            { oid: "1.3.6.1.5.5.7.9.1", values: [{ type: "time", value: Date.UTC(1970, 0, 2, 12) }] },
            {
              oid: "1.3.6.1.5.5.7.9.4",
              values: [
                { type: "text", value: "DE" },
                { type: "text", value: "FR" },
              ],
            },
          ],
        },
      ],
      [
        "1.2.840.113549.1.9.15",
        {
          type: "smimeCapabilities",
          capabilities: [{ oid: "2.16.840.1.101.3.4.1.42" }, { oid: "1.2.840.113549.3.2", parameters: "02020080" }],
        },
      ],
      ["2.5.29.56", { type: "noRevAvail" }],
      ["0.4.0.194121.2.1", { type: "validityAssuredShortTerm" }],
    ],
    precertificate: [["1.3.6.1.4.1.11129.2.4.3", { type: "precertificatePoison" }]],
  };
  for (const [name, table] of Object.entries(tables)) {
    const values = valuesOf(name);
    for (const [oid, expected] of table)
      it(`${oid}, ${expected.type}`, () => assert.deepEqual(values.get(oid), expected));
  }

  it("all nine types of a name, and internationalised ones beside their Unicode form", () => {
    const { extensions } = decodeCertificate(pemFixture("extensions/all-names.pem"));
    const names = extensionOf({ extensions }, "subjectAltName")?.names ?? [];
    assert.deepEqual(
      names.map((name) => (name.type === "directoryName" ? { type: name.type, value: name.value.text } : name)),
      [
        {
          type: "otherName",
          oid: "1.3.6.1.4.1.311.20.2.3",
          name: "userPrincipalName",
          value: "user@example.test",
          hex: `0c11${Buffer.from("user@example.test").toString("hex")}`,
        },
        { type: "rfc822Name", value: "mail@example.test" },
        { type: "dNSName", value: "a.example.test" },
        { type: "x400Address", hex: "" },
        { type: "directoryName", value: "CN=Grüße,C=DE" },
        { type: "ediPartyName", nameAssigner: "Assigner", partyName: "Party" },
        { type: "uniformResourceIdentifier", value: "https://example.test/path?x=1" },
        { type: "iPAddress", value: "192.0.2.1" },
        { type: "iPAddress", value: "2001:db8::1" },
        { type: "registeredID", value: "1.2.3.4" },
        {
          type: "otherName",
          oid: "1.3.6.1.5.5.7.8.9",
          name: "smtpUTF8Mailbox",
          value: "médecin@xn--mnchen-3ya.example",
          unicode: "médecin@münchen.example",
          hex: `0c1f${Buffer.from("médecin@xn--mnchen-3ya.example").toString("hex")}`,
        },
      ],
    );
    const tls = extensionOf(decodeCertificate(pemFixture("extensions/tls-leaf.pem")), "subjectAltName")?.names ?? [];
    assert.deepEqual(
      tls.map((name) => ("unicode" in name ? name.unicode : undefined)),
      [undefined, undefined, "münchen.example", "аррӏе.example"],
    );
  });

  it("a logotype, with its picture as it stands", () => {
    const logo = extensionOf(decodeCertificate(pemFixture("extensions/mark.pem")), "logotype")?.logos ?? [];
    assert.deepEqual(
      logo.map(({ role, audio, images }) => [
        role,
        audio,
        images.map(({ mediaType, hashes, imageInfo, uris }) => [
          mediaType,
          hashes.length,
          imageInfo,
          uris.map((uri) => uri.slice(0, 26)),
        ]),
      ]),
      [
        [
          "subject",
          [],
          [["image/svg+xml", 1, { fileSize: 0, width: 100, height: 100 }, ["data:image/svg+xml;base64,"]]],
        ],
      ],
    );
  });

  it("an unknown one: its OID, whether it is critical, its bytes, and their tree with places in the certificate", () => {
    const der = pemFixture("extensions/old.pem");
    const extension = decodeCertificate(der).extensions.find(({ oid }) => oid === "1.3.6.1.4.1.99999.7");
    assert.ok(extension?.value.type === "unknown");
    assert.equal(extension.critical, true);
    const [root] = extension.value.tree;
    assert.ok(root?.children !== undefined);
    assert.equal(
      der.subarray(root.offset, root.offset + root.headerLength + root.length).toString("hex"),
      extension.value.hex,
    );
    assert.deepEqual(
      root.children.map(({ type, value, encapsulates, children }) => [type, value, encapsulates, children?.length]),
      [
        ["INTEGER", BigInt("0x0123456789abcdef0123").toString(), undefined, undefined],
        ["UTF8String", "inside", undefined, undefined],
        ["OCTET STRING", undefined, true, 1],
      ],
    );
    assert.deepEqual(
      root.children[2]?.children?.[0]?.children?.map(({ type, value }) => [type, value]),
      [
        ["BOOLEAN", "TRUE"],
        ["UTCTime", "2026-01-01T00:00:00.000Z"],
      ],
    );
  });

  it("damaged ones say what is wrong and where, and spoil no other", () => {
    const der = pemFixture("extensions/damaged.pem");
    const { extensions } = decodeCertificate(der);
    const told = extensions.map(({ oid, value }) =>
      value.type === "unreadable"
        ? [oid, value.problem.code, der.includes(Buffer.from(value.hex, "hex"), value.problem.offset - 8)]
        : [oid, value.type],
    );
    assert.deepEqual(told, [
      ["2.5.29.15", "tag", true],
      ["2.5.29.19", "overrun", true],
      ["2.5.29.17", "value", true],
      ["2.5.29.37", "value", true],
      ["2.5.29.14", "subjectKeyIdentifier"],
    ]);
  });

  it("every extension of the fixtures has a reader, but the unknown one", () => {
    for (const name of [
      "tls-leaf",
      "all-names",
      "constrained-ca",
      "distribution-points",
      "old",
      "qualified",
      "microsoft",
      "mark",
    ]) {
      const unknown = [...valuesOf(name)].filter(([, { type }]) => type === "unknown" || type === "unreadable");
      assert.deepEqual(
        unknown.map(([oid]) => oid),
        name === "old" ? ["1.3.6.1.4.1.99999.7"] : [],
        name,
      );
    }
  });
});

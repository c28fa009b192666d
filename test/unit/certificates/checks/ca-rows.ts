import type { Certificate } from "../../../../src/certificates/x509/certificate";
import type { ExtensionValue } from "../../../../src/certificates/extensions/extension";
import type { KeyUsageName } from "../../../../src/certificates/extensions/key-usage";
import type { GeneralSubtree } from "../../../../src/certificates/extensions/name-constraints";
import type { GeneralName } from "../../../../src/certificates/names/general-name";
import type { KeyMaterial } from "../../../../src/certificates/keys/public-key";
import {
  CLIENT_AUTH,
  EMAIL_PROTECTION,
  ISSUED,
  NOW,
  SERVER_AUTH,
  authority,
  having,
  lasting,
  policies,
  purposes,
  subjectOf,
  without,
  type Pairs,
  type Row,
} from "./variations";

const CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
const ANY_PURPOSE = "2.5.29.37.0";
const ANY_POLICY = "2.5.29.32.0";
const NAME = [
  ["C", "GB"],
  ["O", "A Company"],
  ["CN", "A CA below"],
] as const;

const url = (value: string): GeneralName => ({ type: "uniformResourceIdentifier", value });

/** A public CA below a root, with nothing to find fault with. */
function subordinate(...parts: readonly (readonly [string, string])[]): Certificate {
  const listed = having(
    { ...authority(), subject: subjectOf(...(parts.length > 0 ? parts : NAME)) },
    { type: "cRLDistributionPoints", points: [{ fullName: [url("http://x/")] }] },
  );
  const keyed = having(listed, { type: "authorityKeyIdentifier", keyIdentifier: "00" });
  return having(keyed, {
    type: "authorityInfoAccess",
    descriptions: [{ method: "1.3.6.1.5.5.7.48.2", location: url("http://x/") }],
  });
}

/** A root with nothing to find fault with. */
function root(): Certificate {
  const bare = without(subordinate(), "extKeyUsage", "certificatePolicies", "authorityKeyIdentifier");
  return { ...bare, issuer: bare.subject };
}

const mailCa = (): Certificate => policies(purposes(subordinate(), EMAIL_PROTECTION, CLIENT_AUTH), ANY_POLICY);
/** Issued on a day, looked at a year later. */
const dated = (certificate: Certificate, day: string): Row => [
  lasting(certificate, Date.parse(day), 3650),
  Date.parse(day) + (NOW - ISSUED),
  true,
];
const known = (...certificates: readonly Certificate[]): readonly Row[] =>
  certificates.map((certificate) => [certificate, NOW, true] as const);
const usable = (certificate: Certificate, ...usages: readonly KeyUsageName[]): Certificate =>
  having(certificate, { type: "keyUsage", usages }, true);
const keyed = (certificate: Certificate, key: KeyMaterial, name?: string): Certificate => ({
  ...certificate,
  publicKey: { ...certificate.publicKey, key, algorithm: { oid: "1.2.3", ...(name !== undefined && { name }) } },
});
const RSA: KeyMaterial = { type: "RSA", bits: 2048, modulus: "C0", exponent: "65537" };
const alternative = (type: "subjectAltName" | "issuerAltName", name: GeneralName): Certificate =>
  having(subordinate(), { type, names: [name] });
const noticed = (oid: string, qualifier: object): Certificate =>
  having(subordinate(), { type: "certificatePolicies", policies: [{ oid, qualifiers: [qualifier as never] }] });
const notice = (length: number) => ({ type: "userNotice", explicitText: "x".repeat(length) });
const constrained = (value: ExtensionValue, oid: string) => having(subordinate(), value, true, oid);
const permitting = (subtree: GeneralSubtree): ExtensionValue => ({
  type: "nameConstraints",
  permitted: [subtree],
  excluded: [],
});
const mapped = (...pairs: readonly (readonly [string, string])[]): Certificate =>
  constrained(
    {
      type: "policyMappings",
      mappings: pairs.map(([issuerDomainPolicy, subjectDomainPolicy]) => ({ issuerDomainPolicy, subjectDomainPolicy })),
    },
    "2.5.29.33",
  );
const at = (type: "cRLDistributionPoints", ...points: readonly object[]): Certificate =>
  having(subordinate(), { type, points });
const accessed = (method: string, location: GeneralName): Certificate =>
  having(subordinate(), { type: "authorityInfoAccess", descriptions: [{ method, location }] });
const bytes = (octets: number): Certificate => ({
  ...subordinate(),
  serialNumber: { hex: "11".repeat(octets), octets },
});
const untyped = (certificate: Certificate): Certificate => ({
  ...certificate,
  subject: {
    ...certificate.subject,
    rdns: certificate.subject.rdns.map((rdn) => rdn.map((part) => ({ ...part, stringType: "UTF8String" }))),
  },
});

/** For each rule on CA certificates those that break it and it alone, and those that just do not. */
export const CA_ROWS: Pairs = {
  "ca.subject": [
    [
      ...known(subordinate(["C", "GB"], ["CN", "A CA"]), subordinate(["O", "A"], ["CN", "A CA"])),
      ...known(subordinate(["C", "GB"], ["O", " "], ["CN", "A CA"]), subordinate(["C", "GB"], ["O", "A"])),
    ],
    [
      ...known(subordinate(), root(), mailCa(), purposes(subordinate(["CN", "A CA"]), CODE_SIGNING)),
      subordinate(["CN", "A CA"]),
      dated(subordinate(["C", "GB"], ["O", "A"]), "2017-06-07"),
      dated(subordinate(["CN", "A CA"]), "2012-06-30"),
    ],
  ],
  "ca.country": [
    known(subordinate(["C", "YY"], ["O", "A"], ["CN", "A CA"]), subordinate(["C", "gb"], ["O", "A"], ["CN", "A CA"])),
    known(subordinate(["C", "DE"], ["O", "A"], ["CN", "A CA"])),
  ],
  "ca.country-type": [known(untyped(subordinate())), [untyped(subordinate())]],
  "ca.subject-length": [
    known(subordinate(["C", "GB"], ["O", "x".repeat(65)], ["CN", "A CA"])),
    known(subordinate(["C", "GB"], ["O", "𝒳".repeat(64)], ["CN", "A CA"])),
  ],
  "ca.alternative-names": [
    known(
      alternative("subjectAltName", { type: "dNSName", value: " " }),
      alternative("subjectAltName", { type: "dNSName", value: ".example.test" }),
      alternative("subjectAltName", { type: "dNSName", value: "a\0.example.test" }),
      alternative("subjectAltName", { type: "dNSName", value: "a.*.example.test" }),
      alternative("subjectAltName", { type: "dNSName", value: "*" }),
      alternative("subjectAltName", { type: "rfc822Name", value: "<a@example.test>" }),
      alternative("subjectAltName", url("//example.test/")),
      alternative("subjectAltName", url("http://")),
      alternative("subjectAltName", { type: "directoryName", value: { text: "", rdns: [] } }),
    ),
    known(
      alternative("subjectAltName", { type: "dNSName", value: "ca.example.test" }),
      alternative("subjectAltName", { type: "rfc822Name", value: "a@example.test" }),
      alternative("subjectAltName", url("urn:x")),
      alternative("subjectAltName", { type: "directoryName", value: subjectOf(["CN", "x"]) }),
    ),
  ],
  "ca.issuer-names": [
    known(alternative("issuerAltName", { type: "dNSName", value: "" })),
    known(alternative("issuerAltName", { type: "dNSName", value: "example.test" })),
  ],
  "ca.serial-predictable": [known(bytes(7)), [...known(bytes(8)), dated(bytes(1), "2016-09-29")]],
  "ca.root-validity": [
    known(lasting(root(), ISSUED, 9134), lasting(root(), ISSUED, 2920)),
    known(lasting(root(), ISSUED, 9132), lasting(root(), ISSUED, 2922), lasting(subordinate(), ISSUED, 365)),
  ],
  "ca.key": [
    known(
      keyed(subordinate(), { type: "DSA", bits: 2048, y: "02" }),
      keyed(subordinate(), { type: "raw", name: "Ed25519", value: "" }),
      keyed(subordinate(), RSA, "id-RSASSA-PSS"),
    ),
    [
      ...known(keyed(subordinate(), RSA, "rsaEncryption")),
      ...known(keyed(mailCa(), { type: "raw", name: "Ed25519", value: "" })),
      dated(keyed(subordinate(), { type: "DSA", bits: 2048, y: "02" }), "2020-08-19"),
    ],
  ],
  "ca.root-key-usage": [known(without(root(), "keyUsage")), [dated(without(root(), "keyUsage"), "2002-04-30")]],
  "ca.key-usage-critical": [
    known(having(subordinate(), { type: "keyUsage", usages: ["keyCertSign", "cRLSign"] })),
    known(usable(subordinate(), "keyCertSign", "cRLSign")),
  ],
  "ca.no-list-signing": [known(usable(root(), "keyCertSign")), [dated(usable(root(), "keyCertSign"), "2012-06-30")]],
  "ca.other-usages": [
    [
      ...known(usable(subordinate(), "keyCertSign", "cRLSign", "nonRepudiation")),
      dated(
        keyed(usable(subordinate(), "keyCertSign", "cRLSign", "keyEncipherment"), RSA, "rsaEncryption"),
        "2020-01-01",
      ),
    ],
    [
      ...known(usable(subordinate(), "keyCertSign", "cRLSign", "digitalSignature")),
      dated(usable(subordinate(), "keyCertSign", "cRLSign", "nonRepudiation"), "2020-01-01"),
    ],
  ],
  "ca.root-purposes": [known(purposes(root(), SERVER_AUTH)), known(root())],
  "ca.purposes": [
    known(
      purposes(subordinate(), SERVER_AUTH, EMAIL_PROTECTION),
      purposes(subordinate(), ANY_PURPOSE, SERVER_AUTH),
      purposes(subordinate(), SERVER_AUTH, "1.3.6.1.5.5.7.3.9"),
      purposes(mailCa(), EMAIL_PROTECTION, CODE_SIGNING),
    ),
    [
      ...known(purposes(subordinate(), SERVER_AUTH, CLIENT_AUTH), purposes(subordinate(), ANY_PURPOSE)),
      dated(purposes(subordinate(), SERVER_AUTH, EMAIL_PROTECTION), "2020-08-19"),
    ],
  ],
  "ca.no-policies": [
    known(without(subordinate(), "certificatePolicies"), without(mailCa(), "certificatePolicies")),
    known(without(purposes(subordinate(), CODE_SIGNING), "certificatePolicies")),
  ],
  "ca.policies": [
    known(
      policies(subordinate(), ANY_POLICY, "1.2.3"),
      policies(subordinate(), "1.2.3"),
      policies(mailCa(), "2.23.140.1.2.1"),
    ),
    [
      ...known(policies(subordinate(), ANY_POLICY), policies(subordinate(), "1.2.3", "2.23.140.1.2.1")),
      ...known(policies(mailCa(), "2.23.140.1.5.1.2", "2.23.140.1.5.2.2")),
      dated(policies(subordinate(), "1.2.3"), "2023-09-14"),
    ],
  ],
  "ca.several-policies": [
    known(policies(subordinate(), "2.23.140.1.2.1", "2.23.140.1.2.2")),
    [dated(policies(subordinate(), "2.23.140.1.2.1", "2.23.140.1.2.2"), "2023-09-14")],
  ],
  "ca.policy-notice": [
    [dated(noticed("2.23.140.1.2.1", notice(201)), "2020-01-01")],
    [dated(noticed("2.23.140.1.2.1", notice(200)), "2020-01-01")],
  ],
  "ca.policy-qualifiers": [
    known(noticed("2.23.140.1.2.1", notice(1))),
    known(noticed("2.23.140.1.2.1", { type: "cps", uri: "http://x" })),
  ],
  "ca.policy-mappings": [
    known(mapped([ANY_POLICY, "1.2.3"]), mapped(["1.2.3", ANY_POLICY]), mapped()),
    known(mapped(["1.2.3", "1.2.4"])),
  ],
  "ca.policy-constraints": [
    known(constrained({ type: "policyConstraints" }, "2.5.29.36")),
    known(constrained({ type: "policyConstraints", inhibitPolicyMapping: 0 }, "2.5.29.36")),
  ],
  "ca.subtrees": [
    known(
      constrained(permitting({ base: { type: "dNSName", value: "x" }, maximum: 1 }), "2.5.29.30"),
      constrained(permitting({ base: { type: "dNSName", value: "*.example.test" } }), "2.5.29.30"),
      constrained(permitting({ base: { type: "dNSName", value: "example.test." } }), "2.5.29.30"),
    ),
    known(
      ...["example.test", ".example.test", ""].map((value) =>
        constrained(permitting({ base: { type: "dNSName", value } }), "2.5.29.30"),
      ),
    ),
  ],
  "ca.root-critical": [
    known(having(root(), { type: "basicConstraints", ca: true })),
    [...known(root()), dated(having(root(), { type: "basicConstraints", ca: true }), "2012-06-30")],
  ],
  "ca.no-list": [
    known(without(subordinate(), "cRLDistributionPoints")),
    known(without(root(), "cRLDistributionPoints")),
  ],
  "ca.list-url": [
    known(at("cRLDistributionPoints", { fullName: [url("ldap://x")] })),
    known(at("cRLDistributionPoints", { fullName: [url("ldap://x"), url("http://x")] })),
  ],
  "extension.point-nowhere": [
    known(at("cRLDistributionPoints", { fullName: [url("http://x")] }, { reasons: ["keyCompromise"] })),
    known(at("cRLDistributionPoints", { fullName: [url("http://x")] }, { cRLIssuer: [] })),
  ],
  "ca.no-access": [
    [dated(without(subordinate(), "authorityInfoAccess"), "2020-08-19")],
    [...known(without(subordinate(), "authorityInfoAccess"))],
  ],
  "ca.access-url": [
    known(accessed("1.3.6.1.5.5.7.48.1", url("https://x")), accessed("1.3.6.1.5.5.7.48.3", url("http://x"))),
    [
      ...known(accessed("1.3.6.1.5.5.7.48.1", url("http://x"))),
      dated(accessed("1.3.6.1.5.5.7.48.1", url("ldap://x")), "2023-09-14"),
    ],
  ],
  "ca.authority-key": [
    known(
      having(subordinate(), { type: "authorityKeyIdentifier", keyIdentifier: "00", authorityCertSerialNumber: "01" }),
    ),
    known(having(subordinate(), { type: "authorityKeyIdentifier", keyIdentifier: "00" })),
  ],
};

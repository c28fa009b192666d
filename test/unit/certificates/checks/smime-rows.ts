import type { Certificate } from "../../../../src/certificates/x509/certificate";
import type { KeyUsageName } from "../../../../src/certificates/extensions/key-usage";
import type { GeneralName } from "../../../../src/certificates/names/general-name";
import type { KeyMaterial } from "../../../../src/certificates/keys/public-key";
import { having, lasting, mail, policies, subjectOf, type Pairs } from "./variations";

const ADDRESS = "ada@example.test";
const P_256: KeyMaterial = { type: "EC", curve: "P-256", bits: 256, compressed: false, point: "" };
const RSA: KeyMaterial = { type: "RSA", bits: 2048, modulus: "C0", exponent: "65537" };
const LEI = "5493001KJTIIGC8Y1R12";

/** A clean certificate of each type, 1 to 4, and generation, 1 to 3. */
function profile(type: number, generation: number, ...extra: readonly (readonly [string, string])[]): Certificate {
  const organization = [
    ["O", "A Company"],
    ["organizationIdentifier", "NTRGB-12345678"],
  ] as const;
  const person = [
    ["GN", "Ada"],
    ["SN", "Byron"],
  ] as const;
  const parts = { 1: [], 2: organization, 3: [...organization, ...person], 4: person }[type] ?? [];
  const named = { ...mail(), subject: subjectOf(["CN", ADDRESS], ...parts, ...extra) };
  return policies(named, `2.23.140.1.5.${type}.${generation}`);
}

/** Of the time when the legacy generation was allowed. */
const early = (certificate: Certificate) =>
  [lasting(certificate, Date.UTC(2024, 0, 1), 730), Date.UTC(2024, 1, 1)] as const;
const bare = (type: number, generation: number, ...parts: readonly (readonly [string, string])[]): Certificate =>
  policies({ ...mail(), subject: subjectOf(...parts) }, `2.23.140.1.5.${type}.${generation}`);
const alternative = (...names: readonly GeneralName[]): Certificate =>
  having(mail(), { type: "subjectAltName", names });
const mailbox: GeneralName = { type: "rfc822Name", value: ADDRESS };
const keyed = (key: KeyMaterial, name?: string): Certificate => ({
  ...mail(),
  publicKey: { ...mail().publicKey, key, algorithm: { oid: "1.2.3", ...(name !== undefined && { name }) } },
});
const using = (key: KeyMaterial, generation: number, ...usages: readonly KeyUsageName[]): Certificate =>
  having(policies(keyed(key), `2.23.140.1.5.1.${generation}`), { type: "keyUsage", usages }, true);
const listed = (...urls: readonly string[]): Certificate =>
  having(mail(), {
    type: "cRLDistributionPoints",
    points: [{ fullName: urls.map((value) => ({ type: "uniformResourceIdentifier", value })) }],
  });
const accessible = (...urls: readonly string[]): Certificate =>
  having(mail(), {
    type: "authorityInfoAccess",
    descriptions: urls.map((value) => ({
      method: "1.3.6.1.5.5.7.48.1",
      location: { type: "uniformResourceIdentifier", value },
    })),
  });
const unknown = (certificate: Certificate, oid: string): Certificate =>
  having(certificate, { type: "unknown", hex: "", tree: [] }, false, oid);
const LEI_OID = "1.3.6.1.4.1.52266.1";
const noticed = (qualifier: object): Certificate =>
  having(mail(), {
    type: "certificatePolicies",
    policies: [{ oid: "2.23.140.1.5.1.2", qualifiers: [qualifier as never] }],
  });
const attributes = { type: "subjectDirectoryAttributes", attributes: [{ oid: "1.2.3", values: [] }] } as const;
const otherName = (oid: string): GeneralName => ({ type: "otherName", oid, value: "x@example.test", hex: "" });

/** For each rule on S/MIME certificates those that break it and it alone, and those that just do not. */
export const SMIME_ROWS: Pairs = {
  "mail.subject-attributes": [
    [
      profile(1, 2, ["O", "A Company"]),
      profile(1, 2, ["1.2.3.4", "x"]),
      profile(2, 2, ["GN", "Ada"]),
      profile(2, 3, ["L", "Here"], ["C", "GB"], ["street", "1 Way"]),
      profile(4, 2, ["OU", "A Unit"]),
      profile(3, 2, ["DC", "test"]),
      early(profile(1, 1, ["C", "GB"])),
    ],
    [
      profile(1, 3, ["serialNumber", "1"], ["emailAddress", ADDRESS]),
      profile(2, 2, ["OU", "A Unit"], ["L", "Here"], ["C", "GB"], ["street", "1 Way"]),
      profile(4, 3, ["title", "Countess"]),
      early(profile(2, 1, ["DC", "test"])),
      [lasting(profile(1, 2, ["O", "A Company"]), Date.UTC(2023, 7, 31), 730), Date.UTC(2023, 8, 2)],
    ],
  ],
  "mail.subject-missing": [
    [
      bare(2, 2, ["O", "A Company"]),
      bare(3, 3, ["O", "A Company"], ["organizationIdentifier", "NTRGB-1"]),
      bare(4, 2, ["CN", "Ada Byron"]),
    ],
    [
      bare(4, 3, ["pseudonym", "Countess"]),
      bare(4, 2, ["SN", "Byron"]),
      profile(3, 2),
      early(bare(4, 1, ["CN", "Ada Byron"])),
    ],
  ],
  "mail.pseudonym": [
    [profile(4, 2, ["pseudonym", "Countess"])],
    [bare(4, 2, ["pseudonym", "Countess"], ["CN", "Countess"])],
  ],
  "mail.common-name": [
    [
      bare(1, 2, ["CN", "Ada Byron"]),
      bare(2, 3, ["CN", "Another"], ["O", "A Company"], ["organizationIdentifier", "NTRGB-1"]),
    ],
    [
      bare(2, 3, ["CN", "A Company"], ["O", "A Company"], ["organizationIdentifier", "NTRGB-1"]),
      bare(4, 3, ["CN", "Ada Byron"], ["SN", "Byron"]),
    ],
  ],
  "mail.common-name-address": [[bare(1, 2, ["CN", "other@example.test"])], [bare(1, 2, ["CN", "ADA@example.test"])]],
  "mail.subject-address": [
    [bare(1, 2, ["emailAddress", ADDRESS], ["emailAddress", ADDRESS])],
    [bare(1, 2, ["emailAddress", ADDRESS])],
  ],
  "mail.address-form": [
    [
      alternative(mailbox, { type: "rfc822Name", value: `<${ADDRESS}>` }),
      alternative(mailbox, { type: "rfc822Name", value: "a@example.test b@example.test" }),
      alternative(mailbox, { type: "rfc822Name", value: "example.test" }),
      alternative(mailbox, { type: "rfc822Name", value: "" }),
    ],
    [
      alternative(mailbox, { type: "rfc822Name", value: '"Ada B"@example.test' }),
      alternative(mailbox, { type: "rfc822Name", value: "a.b+c@sub.example.test" }),
      alternative(mailbox, { type: "rfc822Name", value: "a@[192.0.2.1]" }),
    ],
  ],
  "mail.name-types": [
    [
      alternative(mailbox, { type: "dNSName", value: "example.test" }),
      policies(alternative(mailbox, otherName("1.3.6.1.4.1.311.20.2.3")), "2.23.140.1.5.1.3"),
    ],
    [
      alternative(mailbox, otherName("1.3.6.1.4.1.311.20.2.3")),
      policies(alternative(mailbox, otherName("1.3.6.1.5.5.7.8.9")), "2.23.140.1.5.1.3"),
    ],
  ],
  "mail.registration": [
    ["ABCGB-1", "NTRGB", "NTRgb-1", "LEIGB-1", "INTGB-1", `LEIXG-${LEI.slice(0, 19)}3`, "LEIXG-1"].map((identifier) =>
      bare(2, 2, ["O", "A Company"], ["organizationIdentifier", identifier]),
    ),
    ["NTRUS+CA-1-2", "GOVUS", "GOVUS+CA", "INTXG", `LEIXG-${LEI}`, "PSDBE-NBB-1234.567.890"].map((identifier) =>
      bare(2, 2, ["O", "A Company"], ["organizationIdentifier", identifier]),
    ),
  ],
  "mail.registration-country": [
    [
      bare(2, 2, ["O", "A Company"], ["organizationIdentifier", "NTRFR-1"], ["C", "GB"]),
      bare(2, 2, ["O", "A Company"], ["organizationIdentifier", "NTREL-1"], ["C", "GR"]),
    ],
    [
      bare(2, 2, ["O", "A Company"], ["organizationIdentifier", "VATEL-1"], ["C", "GR"]),
      bare(2, 2, ["O", "A Company"], ["organizationIdentifier", `LEIXG-${LEI}`], ["C", "GB"]),
      bare(2, 2, ["O", "A Company"], ["organizationIdentifier", "NTRFR-1"]),
    ],
  ],
  "mail.country": [
    [profile(4, 2, ["C", "YY"]), profile(4, 2, ["C", "de"]), profile(4, 2, ["C", "UK"])],
    [profile(4, 2, ["C", "XX"]), profile(4, 2, ["C", "DE"])],
  ],
  "mail.address-parts": [
    [profile(4, 2, ["L", "Here"]), profile(4, 2, ["C", "GB"], ["street", "1 Way"])],
    [
      profile(4, 2, ["C", "GB"], ["L", "Here"], ["street", "1 Way"]),
      [lasting(profile(4, 2, ["L", "Here"]), Date.UTC(2024, 4, 10), 800), Date.UTC(2024, 5, 1)],
    ],
  ],
  "mail.placeholder": [
    [profile(4, 2, ["title", " - "]), profile(4, 2, ["title", ""])],
    [profile(4, 2, ["title", "-x"])],
  ],
  "mail.key": [
    [keyed({ ...P_256, curve: "P-224" }), keyed(RSA, "id-RSASSA-PSS"), keyed({ type: "unreadable", value: "" })],
    [
      keyed({ ...P_256, curve: "P-521" }),
      keyed(RSA, "rsaEncryption"),
      keyed({ type: "raw", name: "Ed448", value: "" }),
      keyed({ type: "raw", name: "ML-DSA-65", value: "" }),
    ],
  ],
  "mail.key-usage": [
    [
      using(RSA, 3, "keyEncipherment", "dataEncipherment"),
      using(RSA, 2, "digitalSignature", "dataEncipherment"),
      using(P_256, 2, "digitalSignature", "cRLSign"),
      using(P_256, 2, "digitalSignature", "encipherOnly"),
      using(P_256, 2, "nonRepudiation"),
    ],
    [
      using(RSA, 2, "digitalSignature", "keyEncipherment", "dataEncipherment"),
      using(RSA, 3, "digitalSignature", "nonRepudiation", "keyEncipherment"),
      using(P_256, 3, "keyAgreement", "decipherOnly"),
    ],
  ],
  "mail.extension": [
    [
      unknown(policies(mail(), "2.23.140.1.5.1.3"), "1.2.840.113583.1.1.9.1"),
      unknown(mail(), LEI_OID),
      unknown(profile(2, 2), `${LEI_OID.slice(0, -1)}2`),
      having(mail(), attributes, false, "2.5.29.9"),
    ],
    [
      unknown(mail(), "1.2.840.113583.1.1.9.1"),
      unknown(profile(2, 2), LEI_OID),
      unknown(profile(3, 3), `${LEI_OID.slice(0, -1)}2`),
    ],
  ],
  "mail.list-urls": [
    [listed("ldap://x"), listed("http://x", "ldap://x"), listed()],
    [listed("http://x"), listed("HTTP://x", "http://y")],
  ],
  "mail.access-urls": [
    [accessible("ldap://x"), accessible("http://x", "ldap://x")],
    [
      accessible("http://x"),
      having(mail(), {
        type: "authorityInfoAccess",
        descriptions: [{ method: "1.2.3", location: { type: "uniformResourceIdentifier", value: "ldap://x" } }],
      }),
    ],
  ],
  "mail.authority-key": [
    [having(mail(), { type: "authorityKeyIdentifier", keyIdentifier: "00", authorityCertSerialNumber: "01" })],
    [having(mail(), { type: "authorityKeyIdentifier", keyIdentifier: "00" })],
  ],
  "mail.qualifiers": [
    [
      noticed({ type: "cps", uri: "ftp://x" }),
      noticed({ type: "userNotice" }),
      noticed({ type: "userNotice", explicitText: "x", organization: "y" }),
    ],
    [noticed({ type: "cps", uri: "https://x" }), noticed({ type: "userNotice", explicitText: "x" })],
  ],
};

import { extensionOf, type Certificate } from "../../../../src/certificates/x509/certificate";
import type { AccessDescription } from "../../../../src/certificates/extensions/information-access";
import type { DistributionPoint } from "../../../../src/certificates/extensions/distribution-points";
import type { GeneralName } from "../../../../src/certificates/names/general-name";
import type { Name } from "../../../../src/certificates/names/name";
import {
  ISSUED,
  SERVER_AUTH,
  commonName,
  having,
  lasting,
  logged,
  mail,
  named,
  policies,
  tls,
  without,
} from "./variations";

/** What a rule on TLS leaves must find, alone, and what comes close to that and must pass. */
export interface RuleRows {
  readonly bad: readonly Certificate[];
  /** Rules that cannot but find the same certificates. */
  readonly also?: readonly string[];
  readonly good: readonly Certificate[];
}

const TYPES = {
  CN: "2.5.4.3",
  SN: "2.5.4.4",
  serialNumber: "2.5.4.5",
  C: "2.5.4.6",
  L: "2.5.4.7",
  ST: "2.5.4.8",
  street: "2.5.4.9",
  O: "2.5.4.10",
  OU: "2.5.4.11",
  businessCategory: "2.5.4.15",
  postalCode: "2.5.4.17",
  postOfficeBox: "2.5.4.18",
  GN: "2.5.4.42",
  organizationIdentifier: "2.5.4.97",
  DC: "0.9.2342.19200300.100.1.25",
  emailAddress: "1.2.840.113549.1.9.1",
  jurisdictionC: "1.3.6.1.4.1.311.60.2.1.3",
} as const;
const PRINTABLE: readonly string[] = ["C", "jurisdictionC", "serialNumber"];

type Part = readonly [type: keyof typeof TYPES, value: string, stringType?: string];

const usualType = (type: string) =>
  type === "DC" || type === "emailAddress" ? "IA5String" : PRINTABLE.includes(type) ? "PrintableString" : "UTF8String";

const nameOf = (...parts: readonly Part[]): Name => ({
  text: parts.map(([type, value]) => `${type}=${value}`).join(),
  rdns: parts.map(([type, value, stringType = usualType(type)]) => [{ oid: TYPES[type], value, stringType }]),
});

/** A policy of a private CA. */
export const PRIVATE = "1.3.6.1.4.1.99999.1";
const DV = "2.23.140.1.2.1";
const OV = "2.23.140.1.2.2";
const IV = "2.23.140.1.2.3";
const EV = "2.23.140.1.1";

/** With this subject, validated in this way. */
const by = (policy: string, ...parts: readonly Part[]): Certificate =>
  policies({ ...tls(), subject: nameOf(...parts) }, policy);
const COMPANY: readonly Part[] = [
  ["C", "DE"],
  ["L", "Berlin"],
  ["O", "A Company"],
];
const PERSON: readonly Part[] = [
  ["C", "DE"],
  ["L", "Berlin"],
  ["SN", "Lovelace"],
  ["GN", "Ada"],
];
const REGISTERED: readonly Part[] = [
  ...COMPANY,
  ["businessCategory", "Private Organization"],
  ["jurisdictionC", "DE"],
  ["serialNumber", "HRB 1"],
];
const ev = (...parts: readonly Part[]): Certificate => by(EV, ...REGISTERED, ...parts);
const lacking = (type: string): Certificate => by(EV, ...REGISTERED.filter(([each]) => each !== type));

/** Issued on a day, and sent to logs at once. */
function issued(certificate: Certificate, year: number, month: number, day = 1, days = 90): Certificate {
  const lasted = lasting(certificate, Date.UTC(year, month - 1, day), days);
  const list = extensionOf(certificate, "signedCertificateTimestampList");
  const at = lasted.validity.notBefore;
  if (list === undefined) return lasted;
  return having(lasted, { ...list, timestamps: list.timestamps.map((each) => ({ ...each, timestamp: at })) });
}

const url = (value: string): GeneralName => ({ type: "uniformResourceIdentifier", value });
const OCSP = "1.3.6.1.5.5.7.48.1";
const CA_ISSUERS = "1.3.6.1.5.5.7.48.2";
const access = (...places: readonly (readonly [method: string, location: GeneralName])[]): Certificate => {
  const descriptions = places.map(([method, location]): AccessDescription => ({ method, location }));
  return having(tls(), { type: "authorityInfoAccess", descriptions });
};
const CA: readonly [string, GeneralName] = [CA_ISSUERS, url("http://ca.example.test/ca.cer")];
const lists = (...points: readonly DistributionPoint[]): Certificate =>
  having(tls(), { type: "cRLDistributionPoints", points });
const LIST = url("http://ca.example.test/ca.crl");
const alternative = (...names: readonly GeneralName[]): Certificate =>
  having(policies(named(tls(), "a.example.test"), PRIVATE), {
    type: "subjectAltName",
    names: [{ type: "dNSName", value: "a.example.test" }, ...names],
  });
const qualified = (...qualifiers: readonly { type: "cps"; uri: string }[]): Certificate =>
  having(tls(), { type: "certificatePolicies", policies: [{ oid: DV, qualifiers }] });
const identified = (
  identifier: string,
  scheme: string,
  reference: string,
  stateOrProvince?: string,
  country = "US",
): Certificate =>
  having(ev(["organizationIdentifier", identifier]), {
    type: "cabfOrganizationIdentifier",
    scheme,
    country,
    reference,
    ...(stateOrProvince === undefined ? {} : { stateOrProvince }),
  });
const critical = (certificate: Certificate, oid: string, flag: boolean): Certificate => ({
  ...certificate,
  extensions: certificate.extensions.map((each) => (each.oid === oid ? { ...each, critical: flag } : each)),
});
const ecdsa = (oid: string, bytes: number): Certificate => ({
  ...tls(),
  signatureAlgorithm: { oid },
  signature: "00".repeat(bytes),
});
/** Begins so many ms before it was sent to logs. */
const dated = (early: number): Certificate => lasting(tls(), ISSUED - early, 190);
const HOUR = 3_600_000;
const THIRD_VERSION = `${"a2".repeat(28)}.onion`;
const SECOND_VERSION = `${"a2".repeat(8)}.onion`;
const text = (value: string, stringType?: string): Certificate =>
  by(OV, ["C", "DE"], ["L", "Berlin"], stringType === undefined ? ["O", value] : ["O", value, stringType]);

/** For each rule certificates that break it and it alone, and some that just do not. */
export const TLS_ROWS: Readonly<Record<string, RuleRows>> = {
  "subject.domain-validated": {
    bad: [by(DV, ...COMPANY), by(DV, ["serialNumber", "1"]), issued(by(DV, ...COMPANY), 2021, 1)],
    good: [by(DV, ["C", "DE"]), issued(by(DV, ["serialNumber", "1"]), 2021, 1)],
  },
  "subject.organization": {
    bad: [by(OV, ["C", "DE"], ["L", "Berlin"])],
    also: ["subject.address"],
    good: [by(OV, ...COMPANY)],
  },
  "subject.person": {
    bad: [by(IV, ["C", "DE"], ["L", "Berlin"], ["GN", "Ada"]), by(IV, ...COMPANY)],
    good: [by(IV, ...PERSON), issued(by(IV, ...COMPANY), 2021, 1)],
  },
  "subject.person-policy": { bad: [by(OV, ...COMPANY, ["SN", "Lovelace"], ["GN", "Ada"])], good: [by(IV, ...PERSON)] },
  "subject.country": { bad: [by(OV, ["L", "Berlin"], ["O", "A Company"])], good: [by(OV, ...COMPANY)] },
  "subject.place": {
    bad: [by(OV, ["C", "DE"], ["O", "A Company"])],
    good: [by(OV, ["C", "DE"], ["ST", "Berlin"], ["O", "A Company"])],
  },
  "subject.address": {
    bad: [issued(policies({ ...tls(), subject: nameOf(["L", "Berlin"]) }, "2.23.140.1.9"), 2021, 1)],
    good: [issued(policies({ ...tls(), subject: nameOf(...COMPANY) }, "2.23.140.1.9"), 2021, 1)],
  },
  "subject.unit": {
    bad: [by(OV, ...COMPANY, ["OU", "Sales"]), issued(policies(by(OV, ["OU", "Sales"]), "2.23.140.1.9"), 2021, 9)],
    good: [issued(by(OV, ...COMPANY, ["OU", "Sales"]), 2022, 8, 31)],
  },
  "subject.placeholder": {
    bad: [by(OV, ["C", "DE"], ["L", "-"], ["O", "A Company"]), text(".")],
    good: [text("X-1")],
  },
  "subject.country-code": {
    bad: [by(OV, ["C", "de"], ["L", "Berlin"], ["O", "A"]), by(OV, ["C", "ZZ"], ["L", "Berlin"], ["O", "A"])],
    good: [by(OV, ["C", "XX"], ["L", "Berlin"], ["O", "A"])],
  },
  "subject.order": {
    bad: [by(OV, ["L", "Berlin"], ["C", "DE"], ["O", "A Company"])],
    good: [by(OV, ["DC", "test"], ["C", "DE"], ["ST", "Berlin"], ["businessCategory", "x"], ["O", "A Company"])],
  },
  "subject.repeated": {
    bad: [by(OV, ["C", "DE"], ["L", "Berlin"], ["L", "Bonn"], ["O", "A Company"])],
    good: [by(OV, ["C", "DE"], ["L", "Berlin"], ["street", "A"], ["street", "B"], ["O", "A Company"])],
  },
  "subject.encoding": {
    bad: [text("A Company", "TeletexString"), by(OV, ["C", "DE", "UTF8String"], ["L", "Berlin"], ["O", "A Company"])],
    good: [text("A Company", "PrintableString")],
  },
  "ev.organization": { bad: [lacking("O")], also: ["subject.address"], good: [ev()] },
  "ev.registration": { bad: [lacking("serialNumber")], good: [ev()] },
  "ev.jurisdiction": { bad: [lacking("jurisdictionC")], good: [ev()] },
  "ev.business-category": {
    bad: [
      lacking("businessCategory"),
      // Of a time when EV had policies of each CA alone.
      issued(policies(lacking("businessCategory"), "1.2.3", "2.23.140.1.9"), 2018, 1),
      by(EV, ...REGISTERED.map(([type, value]): Part => [type, type === "businessCategory" ? "Bakery" : value])),
    ],
    good: [ev()],
  },
  "ev.attributes": {
    bad: [ev(["postOfficeBox", "1"])],
    good: [by(EV, ["C", "DE"], ["L", "Berlin"], ["postalCode", "10115"], ...REGISTERED.slice(2))],
  },
  "ev.wildcard": {
    bad: [policies({ ...named(tls(), "*.example.test"), subject: nameOf(...REGISTERED) }, EV)],
    good: [policies({ ...named(tls(), `*.${THIRD_VERSION}`), subject: nameOf(...REGISTERED) }, EV)],
  },
  "ev.address": {
    bad: [
      having(ev(), {
        type: "subjectAltName",
        names: [
          { type: "dNSName", value: "www.example.test" },
          { type: "iPAddress", value: "9.9.9.9" },
        ],
      }),
    ],
    good: [ev()],
  },
  "ev.identifier": {
    bad: [identified("ABCUS-1", "ABC", "1"), identified("NTRus-1", "NTR", "1", undefined, "us")],
    good: [identified("VATUS-1", "VAT", "1"), identified("NTRUS+CA-1-2", "NTR", "1-2", "CA")],
  },
  "ev.identifier-extension": {
    bad: [ev(["organizationIdentifier", "VATUS-1"])],
    good: [identified("VATUS-1", "VAT", "1")],
  },
  "ev.identifiers-differ": {
    bad: [identified("VATUS-1", "VAT", "2"), identified("NTRUS+CA-1", "NTR", "1")],
    good: [identified("PSDUS-BI-1", "PSD", "1"), identified("PSDUS-BI-1", "PSD", "BI-1")],
  },
  "ev.identifier-state": {
    bad: [
      having(tls(), {
        type: "cabfOrganizationIdentifier",
        scheme: "VAT",
        country: "US",
        stateOrProvince: "CA",
        reference: "1",
      }),
    ],
    good: [identified("NTRUS+CA-1", "NTR", "1", "CA")],
  },
  "ev.too-long": { bad: [issued(ev(), 2017, 1, 1, 840)], good: [issued(ev(), 2017, 1, 1, 820)] },
  "names.reserved-label": {
    bad: [named(tls(), "ab--c.example.test"), named(tls(), "www.ab--c.example.test")],
    good: [named(tls(), "abc--d.example.test"), issued(named(tls(), "ab--c.example.test"), 2021, 9)],
  },
  "names.not-international": {
    bad: [named(tls(), "xn--123116134.example.test"), named(tls(), "xn--u-ccb.example.test")],
    good: [named(tls(), "www.xn--www-8fb.example.test"), named(tls(), "xn--tda.example.test")],
  },
  "names.reverse-zone": {
    bad: [
      named(tls(), "1.2.0.192.in-addr.arpa"),
      named(tls(), "9.9.9.9.in-addr.arpa"),
      issued(named(tls(), "1.0.168.192.in-addr.arpa"), 2025, 9),
      issued(named(tls(), `${"0.".repeat(28)}0.0.d.f.ip6.arpa`), 2025, 9),
    ],
    good: [
      issued(named(tls(), "9.9.9.9.in-addr.arpa"), 2025, 9),
      issued(named(tls(), "0.168.192.in-addr.arpa"), 2025, 9),
      issued(named(tls(), "x.y.168.192.in-addr.arpa"), 2025, 9),
      named(tls(), "in-addr.arpa.example.test"),
    ],
  },
  "names.onion": {
    bad: [named(tls(), "word.onion"), named(tls(), SECOND_VERSION)],
    good: [named(tls(), THIRD_VERSION), named(tls(), `www.${THIRD_VERSION}`)],
  },
  "names.onion-validation": {
    bad: [issued(named(tls(), SECOND_VERSION), 2021, 1), issued(named(tls(), THIRD_VERSION), 2019, 1)],
    good: [
      issued(named(tls(), THIRD_VERSION), 2021, 1),
      issued(policies(named(tls(), SECOND_VERSION), "1.2.3", "2.23.140.1.9"), 2021, 1),
    ],
  },
  "names.onion-life": {
    bad: [issued(policies({ ...ev(), ...onionNames() }, EV), 2019, 1, 1, 500)],
    good: [issued(policies({ ...ev(), ...onionNames() }, EV), 2019, 1, 1, 400)],
  },
  "names.common-name-address": {
    bad: [
      { ...tls(), subject: commonName("192.168.1.1") },
      { ...tls(), subject: commonName("::") },
    ],
    also: ["names.common-name"],
    good: [],
  },
  "names.common-name-form": {
    bad: [
      { ...named(tls(), "www.example.test"), subject: commonName("WWW.example.test") },
      international(named(tls(), "xn--bcher-kva.example.test"), "bücher.example.test"),
    ],
    good: [issued({ ...named(tls(), "www.example.test"), subject: commonName("WWW.example.test") }, 2021, 8)],
  },
  "names.needlessly-critical": { bad: [critical(tls(), "2.5.29.17", true)], good: [tls()] },
  "names.uri": {
    bad: ["www.example.test", "https://", "https://user@*:1337/", "https://host/x", "x:", ""].map((value) =>
      alternative(url(value)),
    ),
    good: [
      ...["https://a.example.test/x?y", "test://user@*.example.test:1337/test", "sip:alice@example.test"],
      ...["spiffe://prod/web", "ldap://192.0.2.1", "https://[2001:db8::1]:1/", "urn:uuid:1"],
    ].map((value) => alternative(url(value))),
  },
  "names.address-not-repeated": {
    bad: [by(OV, ...COMPANY, ["emailAddress", "a@example.test"])],
    good: [
      {
        ...alternative({ type: "rfc822Name", value: "A@example.test" }),
        subject: nameOf(["emailAddress", "a@example.test"]),
      },
      policies({ ...mail(), subject: nameOf(["CN", "Ada"]) }, PRIVATE),
    ],
  },
  "access.missing": { bad: [without(tls(), "authorityInfoAccess")], good: [tls()] },
  "access.no-issuer": { bad: [access([OCSP, url("http://ocsp.example.test")])], good: [access(CA)] },
  "access.no-ocsp": { bad: [issued(access(CA), 2021, 1)], good: [access(CA)] },
  "access.method": {
    bad: [access(CA, ["1.3.6.1.5.5.7.48.3", url("http://a.example.test")])],
    good: [access(CA, [OCSP, url("http://ocsp.example.test")])],
  },
  "access.scheme": {
    bad: [access(CA, [OCSP, url("https://ocsp.example.test")]), access(CA, [CA_ISSUERS, url("ldap://a.example.test")])],
    good: [access(CA, [OCSP, url("HTTP://ocsp.example.test")])],
  },
  "access.repeated": {
    bad: [access(CA, [CA_ISSUERS, url("HTTP://CA.example.test/ca.cer")])],
    good: [access(CA, [OCSP, url("http://ca.example.test/ca.cer")])],
  },
  "crl.no-url": {
    bad: [issued(lists({ fullName: [url("ldap://ca.example.test")] }), 2021, 1)],
    good: [lists({ fullName: [LIST] })],
  },
  "crl.scheme": {
    bad: [lists({ fullName: [LIST, url("https://ca.example.test/ca.crl")] })],
    good: [issued(lists({ fullName: [LIST, url("ldap://ca.example.test")] }), 2021, 1)],
  },
  "crl.indirect": {
    bad: [lists({ fullName: [LIST], reasons: ["keyCompromise"] }), lists({ fullName: [LIST], cRLIssuer: [LIST] })],
    good: [lists({ fullName: [LIST] }, { fullName: [LIST] })],
  },
  "policies.missing": {
    bad: [issued(without(tls(), "certificatePolicies"), 2021, 1)],
    good: [issued(tls(), 2021, 1)],
  },
  "policies.critical": { bad: [critical(tls(), "2.5.29.32", true)], good: [tls()] },
  "policies.any": { bad: [policies(tls(), DV, "2.5.29.32.0")], good: [policies(tls(), DV, "1.2.3")] },
  "policies.cps-url": {
    bad: [qualified({ type: "cps", uri: "ftp://ca.example.test" }), qualified({ type: "cps", uri: "" })],
    good: [qualified({ type: "cps", uri: "https://ca.example.test/cps" })],
  },
  "policies.qualifier": {
    bad: [
      having(tls(), {
        type: "certificatePolicies",
        policies: [{ oid: DV, qualifiers: [{ type: "userNotice", explicitText: "Note" }] }],
      }),
    ],
    good: [qualified({ type: "cps", uri: "http://ca.example.test" })],
  },
  "usage.purposes-critical": {
    bad: [having(tls(), { type: "extKeyUsage", purposes: [SERVER_AUTH] }, true)],
    good: [issued(having(tls(), { type: "extKeyUsage", purposes: [SERVER_AUTH] }, true), 2021, 1)],
  },
  "usage.not-critical": { bad: [critical(tls(), "2.5.29.15", false)], good: [without(tls(), "keyUsage")] },
  "usage.constraints-not-critical": {
    bad: [having(tls(), { type: "basicConstraints", ca: false })],
    good: [having(tls(), { type: "basicConstraints", ca: false }, true)],
  },
  "usage.leaf-lists": {
    bad: [having(tls(), { type: "keyUsage", usages: ["digitalSignature", "cRLSign"] }, true)],
    good: [tls()],
  },
  "issuer.key-by-name": {
    bad: [
      having(tls(), { type: "authorityKeyIdentifier", keyIdentifier: "00", authorityCertSerialNumber: "01" }),
      having(tls(), { type: "authorityKeyIdentifier", keyIdentifier: "00", authorityCertIssuer: [] }),
    ],
    good: [having(tls(), { type: "authorityKeyIdentifier", keyIdentifier: "00" })],
  },
  "timestamps.empty": { bad: [logged(tls(), 0)], also: ["tls.timestamps"], good: [] },
  "timestamps.in-precertificate": {
    bad: [having(tls(), { type: "precertificatePoison" }, true)],
    also: ["extension.precertificate"],
    good: [],
  },
  "timestamps.backdated": { bad: [dated(49 * HOUR)], good: [dated(47 * HOUR)] },
  "signature.curve": {
    bad: [ecdsa("1.2.840.10045.4.3.2", 103), ecdsa("1.2.840.10045.4.3.4", 71)],
    good: [ecdsa("1.2.840.10045.4.3.2", 71), ecdsa("1.2.840.10045.4.3.3", 102)],
  },
  "text.too-long": {
    bad: [text("x".repeat(65)), text("x".repeat(10_000))],
    good: [text("x".repeat(64)), text("😀".repeat(64))],
  },
  "text.alphabet": {
    bad: [text("A & B", "PrintableString"), text("*", "PrintableString")],
    good: [text("A & B"), text("A (B), C's", "PrintableString")],
  },
  "text.controls": { bad: [text("A\u0000B"), text("A\u0085")], good: [text("Ä")] },
  "text.entities": {
    bad: [text("A &amp; B"), text("d&#39;A"), text("&#x2019;")],
    good: [text("A & B; C"), text("A&B;"), text("&company;")],
  },
  "text.twice": { bad: [text("Baden-WÃ¼rttemberg")], good: [text("Württemberg"), text("Ã"), text("Ã¼ – ü")] },
  "text.spaces": { bad: [text(" A"), text("A ")], good: [text("A B")] },
};

/** With the name in the other letters as its common name. */
function international(certificate: Certificate, unicode: string): Certificate {
  const [first] = extensionOf(certificate, "subjectAltName")?.names ?? [];
  const names = first?.type === "dNSName" ? [{ ...first, unicode }] : [];
  return having({ ...certificate, subject: commonName(unicode) }, { type: "subjectAltName", names });
}

function onionNames() {
  const names: readonly GeneralName[] = [{ type: "dNSName", value: THIRD_VERSION }];
  return { extensions: having(tls(), { type: "subjectAltName", names }).extensions };
}

import { KeyUsageBit } from "./extensions";
import type { IssuerId } from "./issuers";
import type { KeyKind } from "./keys";
import type { SubjectAttribute } from "./names";

/** The content of a sandbox certificate, apart from its key, serial number and dates. */
export interface CertificateProfile {
  readonly issuer: IssuerId;
  readonly key: KeyKind;
  readonly subject: readonly SubjectAttribute[];
  readonly dnsNames?: readonly string[];
  readonly emailAddresses?: readonly string[];
  /** {@link KeyUsageBit}; absent if the kind does not have one. */
  readonly keyUsage?: number;
  /** OIDs of the extended key usage. */
  readonly purposes: readonly string[];
  /** OIDs of the certificate policies, the CA's own first. */
  readonly policies: readonly string[];
  /** Whether signed certificate timestamps are embedded (RFC 6962 section 3.3). */
  readonly transparency: boolean;
  /** The SVG of a mark certificate. */
  readonly logo?: string;
  readonly lifetime: Lifetime;
}

export type Lifetime = "tls" | "email" | "client" | "mark";

const DAY = 86_400_000;

/**
 * Maximum days of validity of public TLS certificates, by the time of issue (baseline requirements section 6.3.2),
 * minus the one day by which CAs stay below the limit.
 */
const TLS_DAYS: readonly (readonly [from: number, days: number])[] = [
  [Date.UTC(2029, 2, 15), 46],
  [Date.UTC(2027, 2, 15), 99],
  [Date.UTC(2026, 2, 15), 199],
  [0, 397],
];

/** Days from one midnight to the last second of the last day. @param issuedAt epoch ms */
export function profileDays(lifetime: Lifetime, issuedAt: number): number {
  switch (lifetime) {
    case "tls":
      return TLS_DAYS.find(([from]) => issuedAt >= from)?.[1] ?? 397;
    case "email":
      return 730;
    case "client":
      return 365;
    case "mark":
      return 397;
  }
}

/** The term of a certificate, as on the CA's pages: from 00:00:00 of one day to 23:59:59 of another, GMT. */
export function validity(lifetime: Lifetime, issuedAt: number): { notBefore: number; notAfter: number } {
  const notBefore = Math.floor(issuedAt / DAY) * DAY;
  return { notBefore, notAfter: notBefore + profileDays(lifetime, issuedAt) * DAY - 1000 };
}

const { digitalSignature, keyEncipherment, keyAgreement } = KeyUsageBit;
const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
const CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
const EMAIL_PROTECTION = "1.3.6.1.5.5.7.3.4";
const MARK_PURPOSE = "1.3.6.1.5.5.7.3.31";

const HARBOUR: readonly SubjectAttribute[] = [
  ["countryName", "DE"],
  ["stateOrProvinceName", "Bremen"],
  ["organizationName", "Example Harbour GmbH"],
];

interface TlsRequest {
  readonly key: KeyKind;
  /** The first one is the common name. */
  readonly dnsNames: readonly string[];
}

function tls(
  { key, dnsNames }: TlsRequest,
  issuer: IssuerId,
  organisation: readonly SubjectAttribute[],
  policies: readonly string[],
): CertificateProfile {
  return {
    issuer,
    key,
    subject: [...organisation, ["commonName", dnsNames[0] ?? ""]],
    dnsNames,
    keyUsage: key === "rsa-2048" ? digitalSignature | keyEncipherment : digitalSignature,
    purposes: [SERVER_AUTH],
    policies,
    transparency: true,
    lifetime: "tls",
  };
}

export function domainValidated(request: TlsRequest): CertificateProfile {
  const issuer = request.key === "rsa-2048" ? "dv-rsa" : "dv-ec";
  return tls(request, issuer, [], ["1.3.6.1.4.1.6449.1.2.2.7", "2.23.140.1.2.1"]);
}

export function organisationValidated(request: TlsRequest): CertificateProfile {
  return tls(request, "ov-ec", HARBOUR, ["1.3.6.1.4.1.6449.1.2.1.3.4", "2.23.140.1.2.2"]);
}

export function extendedValidation(request: TlsRequest): CertificateProfile {
  const registered: readonly SubjectAttribute[] = [
    ["serialNumber", "HRB 00000"],
    ["jurisdictionCountryName", "DE"],
    ["jurisdictionStateOrProvinceName", "Bremen"],
    ["businessCategory", "Private Organization"],
    ...HARBOUR,
  ];
  return tls(request, "ev-ec", registered, ["1.3.6.1.4.1.6449.1.2.1.5.1", "2.23.140.1.1"]);
}

interface PersonRequest {
  readonly key: KeyKind;
  readonly email: string;
  /** Given name and surname; absent for a certificate of the mailbox alone. */
  readonly person?: readonly [givenName: string, surname: string];
}

function personal(request: PersonRequest, purposes: readonly string[], lifetime: Lifetime): CertificateProfile {
  const { key, email, person } = request;
  const subject: readonly SubjectAttribute[] = person
    ? [
        ...HARBOUR,
        ["organizationIdentifier", "NTRDE-HRB00000"],
        ["givenName", person[0]],
        ["surname", person[1]],
        ["commonName", person.join(" ")],
        ["emailAddress", email],
      ]
    : [["commonName", email]];
  return {
    issuer: key === "rsa-2048" ? "email-rsa" : "email-ec",
    key,
    subject,
    emailAddresses: [email],
    keyUsage: digitalSignature | (key === "rsa-2048" ? keyEncipherment : keyAgreement),
    purposes,
    policies: [person ? "2.23.140.1.5.3.2" : "2.23.140.1.5.1.2"],
    transparency: false,
    lifetime,
  };
}

/** S/MIME: sponsor-validated with a person, else mailbox-validated; multipurpose generation. */
export function secureEmail(request: PersonRequest): CertificateProfile {
  return personal(request, [EMAIL_PROTECTION], "email");
}

/** CCC and PAC: for signing in, and for signing e-mail. */
export function clientCertificate(request: PersonRequest): CertificateProfile {
  return personal(request, [CLIENT_AUTH, EMAIL_PROTECTION], "client");
}

/** The mark of the sandbox, in the profile SVG Tiny PS that BIMI requires. */
const LOGO = `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" version="1.2" baseProfile="tiny-ps" viewBox="0 0 64 64"><title>Example Harbour</title><rect width="64" height="64" fill="#0b3d5c"/><path d="M32 10v34M20 24h24M14 40c2 10 10 14 18 14s16-4 18-14" fill="none" stroke="#ffffff" stroke-width="5"/></svg>
`;

/** A mark certificate: VMC for a registered mark, CMC for one in use before. */
export function markCertificate(kind: "vmc" | "cmc", domain: string): CertificateProfile {
  const mark: readonly SubjectAttribute[] =
    kind === "vmc"
      ? [
          ["markType", "Registered Mark"],
          ["trademarkOfficeName", "https://office.example/"],
          ["trademarkCountryOrRegionName", "EM"],
          ["trademarkIdentifier", "000000000"],
        ]
      : [
          ["markType", "Prior Use Mark"],
          ["priorUseMarkSourceURL", `https://${domain}/`],
        ];
  return {
    issuer: "mark-ec",
    key: "p-256",
    subject: [
      ["serialNumber", "HRB 00000"],
      ["jurisdictionCountryName", "DE"],
      ["businessCategory", "Private Organization"],
      ...HARBOUR,
      ["localityName", "Bremen"],
      ["streetAddress", "Kai 1"],
      ["commonName", "Example Harbour GmbH"],
      ...mark,
    ],
    dnsNames: [domain],
    purposes: [MARK_PURPOSE],
    policies: ["1.3.6.1.4.1.53087.1.1"],
    transparency: true,
    logo: LOGO,
    lifetime: "mark",
  };
}

import type { DistributionPoint } from "../../../src/certificates/extensions/distribution-points";
import type { Extension, ExtensionValue } from "../../../src/certificates/extensions/extension";
import type { PolicyInformation } from "../../../src/certificates/extensions/policies";
import type { SignedCertificateTimestamp } from "../../../src/certificates/extensions/signed-certificate-timestamps";
import type { GeneralName } from "../../../src/certificates/names/general-name";
import type { Name } from "../../../src/certificates/names/name";

/** Bytes as OpenSSL prints them. */
export const colons = (hex: string): string => hex.toLowerCase().replace(/(..)(?=.)/g, "$1:");
const upperColons = (hex: string): string => colons(hex).toUpperCase();

/** Epoch ms as OpenSSL prints a time. */
export function timeText(at: number): string {
  const date = new Date(at);
  const month = date.toLocaleString("en-US", { month: "short", timeZone: "UTC" });
  const two = (number: number) => String(number).padStart(2, "0");
  const clock = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  return `${month} ${date.getUTCDate()} ${clock} ${date.getUTCFullYear()} GMT`;
}

const EXTENSION_NAMES: Readonly<Record<string, string>> = {
  "2.5.29.9": "X509v3 Subject Directory Attributes",
  "2.5.29.14": "X509v3 Subject Key Identifier",
  "2.5.29.15": "X509v3 Key Usage",
  "2.5.29.16": "X509v3 Private Key Usage Period",
  "2.5.29.17": "X509v3 Subject Alternative Name",
  "2.5.29.18": "X509v3 Issuer Alternative Name",
  "2.5.29.19": "X509v3 Basic Constraints",
  "2.5.29.30": "X509v3 Name Constraints",
  "2.5.29.31": "X509v3 CRL Distribution Points",
  "2.5.29.32": "X509v3 Certificate Policies",
  "2.5.29.33": "X509v3 Policy Mappings",
  "2.5.29.35": "X509v3 Authority Key Identifier",
  "2.5.29.36": "X509v3 Policy Constraints",
  "2.5.29.37": "X509v3 Extended Key Usage",
  "2.5.29.46": "X509v3 Freshest CRL",
  "2.5.29.54": "X509v3 Inhibit Any Policy",
  "2.5.29.56": "X509v3 No Revocation Available",
  "1.2.840.113549.1.9.15": "S/MIME Capabilities",
  "1.3.6.1.4.1.311.20.2": "1.3.6.1.4.1.311.20.2",
  "1.3.6.1.4.1.11129.2.4.2": "CT Precertificate SCTs",
  "1.3.6.1.4.1.11129.2.4.3": "CT Precertificate Poison",
  "1.3.6.1.5.5.7.1.1": "Authority Information Access",
  "1.3.6.1.5.5.7.1.3": "qcStatements",
  "1.3.6.1.5.5.7.1.11": "Subject Information Access",
  "1.3.6.1.5.5.7.1.24": "TLS Feature",
  "1.3.6.1.5.5.7.48.1.5": "OCSP No Check",
  "2.16.840.1.113730.1.1": "Netscape Cert Type",
  "2.16.840.1.113730.1.2": "Netscape Base Url",
  "2.16.840.1.113730.1.3": "Netscape Revocation Url",
  "2.16.840.1.113730.1.4": "Netscape CA Revocation Url",
  "2.16.840.1.113730.1.7": "Netscape Renewal Url",
  "2.16.840.1.113730.1.8": "Netscape CA Policy Url",
  "2.16.840.1.113730.1.12": "Netscape SSL Server Name",
  "2.16.840.1.113730.1.13": "Netscape Comment",
  "2.23.42.7.0": "setCext-hashedRoot",
};

/** An extension as OpenSSL prints it. @param raw its value as it lies in the certificate, for what OpenSSL dumps */
export function extensionText({ oid: type, critical, value }: Extension, raw: Buffer): string {
  return `${EXTENSION_NAMES[type] ?? type}: ${critical ? "critical" : ""} ${valueText(value) ?? dump(raw)}`;
}

/** What OpenSSL does without knowing a type: printable characters, and dots. */
const dump = (raw: Buffer): string => raw.toString("latin1").replace(/[^\x20-\x7e\r\n]/g, ".");

const KEY_USAGES: Readonly<Record<string, string>> = {
  digitalSignature: "Digital Signature",
  nonRepudiation: "Non Repudiation",
  keyEncipherment: "Key Encipherment",
  dataEncipherment: "Data Encipherment",
  keyAgreement: "Key Agreement",
  keyCertSign: "Certificate Sign",
  cRLSign: "CRL Sign",
  encipherOnly: "Encipher Only",
  decipherOnly: "Decipher Only",
};

const NETSCAPE_USAGES: Readonly<Record<string, string>> = {
  sslClient: "SSL Client",
  sslServer: "SSL Server",
  smime: "S/MIME",
  objectSigning: "Object Signing",
  reserved: "Unused",
  sslCA: "SSL CA",
  smimeCA: "S/MIME CA",
  objectSigningCA: "Object Signing CA",
};

const NAMED_OIDS: Readonly<Record<string, string>> = {
  "1.3.6.1.5.5.7.3.1": "TLS Web Server Authentication",
  "1.3.6.1.5.5.7.3.2": "TLS Web Client Authentication",
  "1.3.6.1.5.5.7.3.3": "Code Signing",
  "1.3.6.1.5.5.7.3.4": "E-mail Protection",
  "1.3.6.1.5.5.7.3.5": "IPSec End System",
  "1.3.6.1.5.5.7.3.6": "IPSec Tunnel",
  "1.3.6.1.5.5.7.3.7": "IPSec User",
  "1.3.6.1.5.5.7.3.8": "Time Stamping",
  "1.3.6.1.5.5.7.3.9": "OCSP Signing",
  "1.3.6.1.5.5.7.3.31": "Brand Indicator for Message Identification",
  "1.3.6.1.4.1.311.10.3.3": "Microsoft Server Gated Crypto",
  "1.3.6.1.4.1.311.10.3.4": "Microsoft Encrypted File System",
  "1.3.6.1.4.1.311.20.2.2": "Microsoft Smartcard Login",
  "2.16.840.1.113730.4.1": "Netscape Server Gated Crypto",
  "1.3.6.1.5.5.7.48.1": "OCSP",
  "1.3.6.1.5.5.7.48.2": "CA Issuers",
  "1.3.6.1.5.5.7.48.3": "AD Time Stamping",
  "1.3.6.1.5.5.7.48.5": "CA Repository",
  "2.5.29.32.0": "X509v3 Any Policy",
};

const named = (identifier: string): string => NAMED_OIDS[identifier] ?? identifier;

/** `undefined` where OpenSSL has no words. */
function valueText(value: ExtensionValue): string | undefined {
  switch (value.type) {
    case "keyUsage":
      return value.usages.map((usage) => KEY_USAGES[usage]).join(", ");
    case "extKeyUsage":
      return value.purposes.map(named).join(", ");
    case "nsCertType":
      return value.usages.map((usage) => NETSCAPE_USAGES[usage]).join(", ");
    case "netscapeString":
      return value.value;
    case "basicConstraints":
      return `CA:${value.ca ? "TRUE" : "FALSE"}${value.pathLength === undefined ? "" : `, pathlen:${value.pathLength}`}`;
    case "subjectKeyIdentifier":
      return upperColons(value.keyIdentifier);
    case "authorityKeyIdentifier": {
      const { keyIdentifier, authorityCertIssuer = [], authorityCertSerialNumber } = value;
      // Alone it goes without a label.
      const label = authorityCertSerialNumber === undefined && authorityCertIssuer.length === 0 ? "" : "keyid:";
      const serial = authorityCertSerialNumber === undefined ? "" : `serial:${upperColons(authorityCertSerialNumber)}`;
      const id = keyIdentifier === undefined ? "" : `${label}${upperColons(keyIdentifier)}`;
      return `${id} ${authorityCertIssuer.map((name) => generalName(name)).join(" ")} ${serial}`;
    }
    case "subjectAltName":
    case "issuerAltName":
      return value.names.map((name) => generalName(name)).join(", ");
    case "certificatePolicies":
      return value.policies.map(policyText).join(" ");
    case "policyMappings":
      return value.mappings
        .map(
          ({ issuerDomainPolicy, subjectDomainPolicy }) => `${named(issuerDomainPolicy)}:${named(subjectDomainPolicy)}`,
        )
        .join(", ");
    case "policyConstraints":
      return [
        ...(value.requireExplicitPolicy === undefined
          ? []
          : [`Require Explicit Policy:${value.requireExplicitPolicy}`]),
        ...(value.inhibitPolicyMapping === undefined ? [] : [`Inhibit Policy Mapping:${value.inhibitPolicyMapping}`]),
      ].join(", ");
    case "inhibitAnyPolicy":
      return String(value.skipCertificates);
    case "nameConstraints": {
      const list = (subtrees: readonly { readonly base: GeneralName }[]) =>
        subtrees.map(({ base }) => printedName(base, true)).join(" ");
      const permitted = value.permitted.length === 0 ? "" : `Permitted: ${list(value.permitted)}`;
      return `${permitted} ${value.excluded.length === 0 ? "" : `Excluded: ${list(value.excluded)}`}`;
    }
    case "authorityInfoAccess":
    case "subjectInfoAccess":
      return value.descriptions.map(({ method, location }) => `${named(method)} - ${generalName(location)}`).join(" ");
    case "cRLDistributionPoints":
    case "freshestCRL":
      return value.points.map(pointText).join(" ");
    case "tlsFeature":
      return value.features
        .map((feature) => ({ 5: "status_request", 17: "status_request_v2" })[feature] ?? feature)
        .join(", ");
    case "ocspNoCheck":
      return "";
    case "precertificatePoison":
      return "NULL";
    case "privateKeyUsagePeriod": {
      const before = value.notBefore === undefined ? "" : `Not Before: ${timeText(value.notBefore)}`;
      const separator = value.notBefore === undefined || value.notAfter === undefined ? "" : ", ";
      return `${before}${separator}${value.notAfter === undefined ? "" : `Not After: ${timeText(value.notAfter)}`}`;
    }
    case "signedCertificateTimestampList":
      return value.timestamps.map(timestampText).join(" ");
    default:
      return undefined;
  }
}

function policyText({ oid: identifier, qualifiers }: PolicyInformation): string {
  const parts = qualifiers.map((qualifier) => {
    switch (qualifier.type) {
      case "cps":
        return `CPS: ${qualifier.uri}`;
      case "userNotice": {
        const { organization, noticeNumbers, explicitText } = qualifier;
        const numbers =
          noticeNumbers === undefined
            ? ""
            : `Number${noticeNumbers.length > 1 ? "s" : ""}: ${noticeNumbers.join(", ")}`;
        const reference = organization === undefined ? "" : `Organization: ${organization} ${numbers}`;
        return `User Notice: ${reference} ${explicitText === undefined ? "" : `Explicit Text: ${explicitText}`}`;
      }
      case "unknown":
        return `Unknown Qualifier: ${qualifier.oid}`;
    }
  });
  return `Policy: ${named(identifier)} ${parts.join(" ")}`;
}

const REASONS: Readonly<Record<string, string>> = { keyCompromise: "Key Compromise", cACompromise: "CA Compromise" };

function pointText(point: DistributionPoint): string {
  const names = (list: readonly GeneralName[]) => list.map((name) => printedName(name, false)).join(" ");
  const relative = point.nameRelativeToCRLIssuer;
  return [
    ...(point.fullName === undefined ? [] : [`Full Name: ${names(point.fullName)}`]),
    ...(relative === undefined ? [] : [`Relative Name: ${nameList(relative, " = ")}`]),
    ...(point.reasons === undefined ? [] : [`Reasons: ${point.reasons.map((reason) => REASONS[reason]).join(", ")}`]),
    ...(point.cRLIssuer === undefined ? [] : [`CRL Issuer: ${names(point.cRLIssuer)}`]),
  ].join(" ");
}

function timestampText(timestamp: SignedCertificateTimestamp): string {
  const ms = String(timestamp.timestamp % 1000).padStart(3, "0");
  const [day, clock, rest] = timeText(timestamp.timestamp).split(/ (?=\d\d:)| (?=\d{4} GMT)/);
  return [
    `Signed Certificate Timestamp: Version : v${timestamp.version + 1} (0x${timestamp.version})`,
    `Log ID : ${upperColons(Buffer.from(timestamp.logId, "base64").toString("hex"))}`,
    `Timestamp : ${day} ${clock}.${ms} ${rest}`,
    `Extensions: ${timestamp.extensions === "" ? "none" : upperColons(timestamp.extensions)}`,
    `Signature : ${timestamp.hashAlgorithm === 4 && timestamp.signatureAlgorithm === 3 ? "ecdsa-with-SHA256" : "other"}`,
    upperColons(timestamp.signature),
  ].join(" ");
}

const NAME_LABELS: Readonly<Record<GeneralName["type"], string>> = {
  dNSName: "DNS",
  rfc822Name: "email",
  uniformResourceIdentifier: "URI",
  iPAddress: "IP Address",
  directoryName: "DirName",
  registeredID: "Registered ID",
  otherName: "othername",
  ediPartyName: "EdiPartyName",
  x400Address: "X400Name",
};

const OTHER_NAMES: Readonly<Record<string, string>> = {
  "1.3.6.1.4.1.311.20.2.3": "UPN:",
  "1.3.6.1.5.5.7.8.9": "SmtpUTF8Mailbox:",
};

/** As i2v_GENERAL_NAME prints it, in lists on one line. */
function generalName(name: GeneralName): string {
  const label = NAME_LABELS[name.type];
  switch (name.type) {
    case "directoryName":
      return `${label}:/${nameList(name.value, "=", "/")}`;
    case "iPAddress":
      return `${label}:${longIp(name.value)}`;
    case "otherName":
      return `${label}: ${OTHER_NAMES[name.oid] ?? ""}:${name.value ?? "<unsupported>"}`;
    case "ediPartyName":
    case "x400Address":
      return `${label}:<unsupported>`;
    default:
      return `${label}:${name.value}`;
  }
}

/** As GENERAL_NAME_print prints it, on a line of its own. */
function printedName(name: GeneralName, inConstraints: boolean): string {
  if (name.type === "directoryName") return `DirName:${nameList(name.value, " = ")}`;
  if (name.type !== "iPAddress") return generalName(name);
  return inConstraints ? `IP:${maskedIp(name.value)}` : generalName(name);
}

/** X509_NAME_oneline writes bytes beyond ASCII as \xHH. */
function nameList(name: Name, equals: string, separator = ", "): string {
  const escaped = (value: string) =>
    separator === "/"
      ? value.replace(/[^\x20-\x7e]/gu, (character) =>
          [...Buffer.from(character)].map((byte) => `\\x${byte.toString(16).toUpperCase()}`).join(""),
        )
      : value;
  return name.rdns
    .flatMap((rdn) => rdn.map(({ keyword, oid: type, value }) => `${keyword ?? type}${equals}${escaped(value)}`))
    .join(separator);
}

/** "2001:db8::1" as "2001:DB8:0:0:0:0:0:1". */
function longIp(address: string): string {
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.split("::");
  const groups = (text: string | undefined) => (text === undefined || text === "" ? [] : text.split(":"));
  const zeros = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length;
  return [...groups(head), ...Array<string>(zeros).fill("0"), ...groups(tail)].join(":").toUpperCase();
}

/** OpenSSL writes masks out. */
function maskedIp(address: string): string {
  const [base = "", prefix = "0"] = address.split("/");
  const [groups, bits, radix, separator] = base.includes(":") ? [8, 16, 16, ":"] : [4, 8, 10, "."];
  const mask = Array.from({ length: groups }, (_, index) => {
    const ones = Math.min(Math.max(Number(prefix) - index * bits, 0), bits);
    return ((2 ** bits - 1) & ~(2 ** (bits - ones) - 1)).toString(radix).toUpperCase();
  });
  return `${longIp(base)}/${mask.join(separator)}`;
}

import type { Certificate } from "../../../src/certificates/certificate";
import { readElement } from "../../../src/certificates/containers/der";
import { Tag, explicit } from "../../../src/certificates/containers/tag";
import type { DistributionPoint } from "../../../src/certificates/extensions/distribution-points";
import type { Extension, ExtensionValue } from "../../../src/certificates/extensions/extension";
import type { PolicyInformation } from "../../../src/certificates/extensions/policies";
import type { SignedCertificateTimestamp } from "../../../src/certificates/extensions/signed-certificate-timestamps";
import type { AlgorithmIdentifier } from "../../../src/certificates/keys/algorithm";
import type { PublicKey } from "../../../src/certificates/keys/public-key";
import type { GeneralName } from "../../../src/certificates/names/general-name";
import type { Name } from "../../../src/certificates/names/name";

/**
 * What `openssl x509 -noout -text -nameopt RFC2253,-esc_msb` of OpenSSL 3.0 prints for a decoded certificate, white
 * space left out: every field that it prints comes from our decoding, so that equal texts mean equal fields. What
 * OpenSSL has no words for it dumps; that comes from the bytes.
 */
export function opensslText(certificate: Certificate, der: Uint8Array): string {
  const { serialNumber, validity, publicKey } = certificate;
  const raw = rawExtensions(der);
  const text = [
    "Certificate:Data:",
    `Version: ${certificate.version} (0x${certificate.version - 1})`,
    `Serial Number: ${serialText(serialNumber.hex)}`,
    signatureAlgorithm(certificate.innerSignatureAlgorithm ?? certificate.signatureAlgorithm),
    `Issuer: ${certificate.issuer.text}`,
    `Validity Not Before: ${timeText(validity.notBefore)} Not After : ${timeText(validity.notAfter)}`,
    `Subject: ${certificate.subject.text}`,
    `Subject Public Key Info: ${keyText(publicKey)}`,
    ...(certificate.extensions.length === 0 ? [] : ["X509v3 extensions:"]),
    ...certificate.extensions.map((extension, index) => extensionText(extension, raw[index] ?? Buffer.alloc(0))),
    signatureAlgorithm(certificate.signatureAlgorithm, "Signature Value:"),
    signatureText(certificate),
  ].join(" ");
  return withoutSpace(text);
}

/** The two numbers of a DSA signature are printed apart. */
function signatureText({ signature, signatureAlgorithm: { name } }: Certificate): string {
  if (name?.startsWith("dsa") !== true) return colons(signature);
  const numbers = readElement(Buffer.from(signature, "hex"), Tag.SEQUENCE, "Dss-Sig-Value").open();
  return `r: ${colons(numbers.next().hex)} s: ${colons(numbers.next().hex)}`;
}

export const withoutSpace = (text: string): string => text.replace(/\s+/g, "");

/** Content of extnValue of each extension, read without the code under test but for its reader of elements. */
function rawExtensions(der: Uint8Array): Buffer[] {
  const tbs = readElement(der, Tag.SEQUENCE, "Certificate").open().next().open();
  const values: Buffer[] = [];
  while (tbs.more) {
    const part = tbs.next();
    if (part.identifier !== explicit(3)) continue;
    for (const list = part.open().next().open(); list.more;) {
      let last: Buffer = Buffer.alloc(0);
      for (const parts = list.next().open(); parts.more;) last = parts.next().content;
      values.push(last);
    }
  }
  return values;
}

const colons = (hex: string): string => hex.toLowerCase().replace(/(..)(?=.)/g, "$1:");
const upperColons = (hex: string): string => colons(hex).toUpperCase();

/** Numbers whose first bit is set have a zero byte in front, as in their encoding. */
const numberColons = (hex: string): string => colons(Number.parseInt(hex[0] ?? "0", 16) >= 8 ? `00${hex}` : hex);

function serialText(hex: string): string {
  const magnitude = hex.replace("-", "");
  const sign = hex.startsWith("-") ? "-" : "";
  // What fits a signed number of 64 bits is printed as one.
  if (BigInt(`0x${magnitude}`) >= 2n ** 63n) return `${sign === "" ? "" : " (Negative)"}${colons(magnitude)}`;
  const value = BigInt(`0x${magnitude}`);
  return `${sign}${value} (${sign}0x${value.toString(16)})`;
}

function timeText(at: number): string {
  const date = new Date(at);
  const month = date.toLocaleString("en-US", { month: "short", timeZone: "UTC" });
  const two = (number: number) => String(number).padStart(2, "0");
  const clock = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  return `${month} ${date.getUTCDate()} ${clock} ${date.getUTCFullYear()} GMT`;
}

const OPENSSL_ALGORITHMS: Readonly<Record<string, string>> = {
  "id-RSASSA-PSS": "rsassaPss",
  Ed25519: "ED25519",
  Ed448: "ED448",
  "dsa-with-sha256": "dsa_with_SHA256",
  "id-dsa": "dsaEncryption",
};

function algorithmName({ name, oid: identifier }: AlgorithmIdentifier): string {
  return name === undefined ? identifier : (OPENSSL_ALGORITHMS[name] ?? name);
}

function signatureAlgorithm(algorithm: AlgorithmIdentifier, before = ""): string {
  const { pss } = algorithm;
  const name = `Signature Algorithm: ${algorithmName(algorithm)} ${before}`;
  if (pss === undefined) return name;
  const hash = pss.hash.toLowerCase().replace("-", "");
  const mask = pss.maskHash.toLowerCase().replace("-", "");
  const salt = pss.saltLength.toString(16).toUpperCase().padStart(2, "0");
  return `${name} Hash Algorithm: ${hash} Mask Algorithm: mgf1 with ${mask} Salt Length: 0x${salt} Trailer Field: 0x01 (default)`;
}

/** Names of curves that OpenSSL writes otherwise, and NIST's names beside. */
const CURVES: Readonly<Record<string, readonly [string, string]>> = {
  "P-256": ["prime256v1", "P-256"],
  "P-224": ["secp224r1", "P-224"],
  "P-384": ["secp384r1", "P-384"],
  "P-521": ["secp521r1", "P-521"],
  sect233r1: ["sect233r1", "B-233"],
};

function keyText({ algorithm, key }: PublicKey): string {
  const name = `Public Key Algorithm: ${algorithmName(algorithm)}`;
  switch (key.type) {
    case "RSA": {
      const exponent = `${key.exponent} (0x${BigInt(key.exponent).toString(16)})`;
      const text = `${name} Public-Key: (${key.bits} bit) Modulus: ${numberColons(key.modulus)} Exponent: ${exponent}`;
      if (algorithm.name !== "id-RSASSA-PSS") return text;
      const { pss } = algorithm;
      if (pss === undefined) return `${text} No PSS parameter restrictions`;
      const hash = pss.hash.replace("SHA-", "SHA2-");
      const mask = pss.maskHash.replace("SHA-", "SHA2-");
      return `${text} PSS parameter restrictions: Hash Algorithm: ${hash} Mask Algorithm: MGF1 with ${mask} Minimum Salt Length: ${pss.saltLength} Trailer Field: 0x1 (default)`;
    }
    case "EC": {
      const text = `${name} Public-Key: (${key.bits} bit) pub: ${colons(key.point)}`;
      if (key.curve === undefined) return text;
      const [curve, nist] = CURVES[key.curve] ?? [key.curve, undefined];
      return `${text} ASN1 OID: ${curve}${nist === undefined ? "" : ` NIST CURVE: ${nist}`}`;
    }
    case "DSA":
      return `${name} Public-Key: (${key.bits} bit) pub: ${numberColons(key.y)} P: ${numberColons(key.p ?? "")} Q: ${numberColons(key.q ?? "")} G: ${numberColons(key.g ?? "")}`;
    case "raw":
      return `${name} ${key.name.toUpperCase()} Public-Key: pub: ${colons(key.value)}`;
    case "unreadable":
      return name;
  }
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
};

function extensionText({ oid: type, critical, value }: Extension, raw: Buffer): string {
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

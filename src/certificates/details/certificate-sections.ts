import type { Certificate, CertificateField } from "../x509/certificate";
import { extensionOf } from "../x509/certificate";
import type { Extension } from "../extensions/extension";
import { isCa } from "../x509/issuing";
import { MS_PER_DAY, lifetimeDays, tlsLifetimeCap } from "../x509/lifetime";
import { PictureBudget } from "../pictures/picture";
import { EXTENSION_TITLES } from "../extensions/extension-titles";
import { EXTENSION_EXPLANATIONS } from "./extension-explanations";
import { extensionRows } from "./extension-rows";
import { algorithmRows, publicKeyRows } from "./key-rows";
import { nameRows } from "./name-rows";
import type { DetailsOptions } from "./options";
import { outlookSection } from "./outlook-section";
import type { DetailsRow, DetailsSection } from "./page";
import { dayOrTimeValue, hexValue, optionalRow, row, textValue, timeValue } from "./row";

const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

/** The contents of a certificate, in the order in which a person reads them: first what tells it from others. */
export function certificateSections(
  certificate: Certificate,
  isLeaf: boolean,
  options: DetailsOptions,
): readonly DetailsSection[] {
  const sections = extensionSections(certificate.extensions, options);
  const isNames = ({ id }: DetailsSection) => id === "subjectAltName";
  return [
    { id: "subject", title: "Subject", rows: nameRowsOf(certificate, "subject") },
    ...sections.filter(isNames),
    { id: "fingerprints", title: "Fingerprints", rows: fingerprintRows(certificate) },
    { id: "issuer", title: "Issuer", rows: nameRowsOf(certificate, "issuer") },
    {
      id: "validity",
      title: "Validity",
      rows: [...validityRows(certificate, options.now), ...(isLeaf ? termRows(options) : [])],
    },
    {
      id: "publicKey",
      title: "Public Key",
      rows: [...damageRows(certificate, "subjectPublicKeyInfo"), ...publicKeyRows(certificate.publicKey)],
    },
    { id: "certificate", title: "Certificate", rows: generalRows(certificate) },
    ...sections.filter((section) => !isNames(section)),
    ...(isLeaf && options.outlook !== undefined ? [outlookSection(options.outlook, options.now)] : []),
    { id: "signature", title: "Signature", rows: signatureRows(certificate) },
  ];
}

/** A section for each extension, in their order. */
export function extensionSections(
  extensions: readonly Extension[],
  { pictures = new PictureBudget(), ...known }: Pick<DetailsOptions, "logs" | "pictures" | "transparency">,
): readonly DetailsSection[] {
  const ids = new Set<string>();
  return extensions.map(({ oid, critical, value }, index) => {
    const explanation = EXTENSION_EXPLANATIONS.get(oid);
    const name = NAMELESS.has(value.type) ? oid : value.type;
    // An extension may not appear twice (RFC 5280 section 4.2), but does in some certificates.
    const id = ids.has(name) ? `${name}#${index}` : name;
    ids.add(id);
    return {
      id,
      title: EXTENSION_TITLES.get(oid) ?? "Unknown Extension",
      rows: extensionRows(value, known, pictures),
      oid,
      critical,
      ...(explanation !== undefined && { explanation }),
    };
  });
}

/** Types that represent several extensions, or unknown ones. */
const NAMELESS: ReadonlySet<string> = new Set(["netscapeString", "unknown", "unreadable"]);

/** A row that replaces an unreadable field and says what is wrong with it. */
function damageRows({ unreadable }: Certificate, ...fields: readonly CertificateField[]): readonly DetailsRow[] {
  return (unreadable ?? [])
    .filter(({ field }) => fields.includes(field))
    .map(({ field, problem }) => row(FIELD_TITLES[field] ?? "Problem", textValue(`could not be read: ${problem}`)));
}

/** Labels of fields that have a row of their own. */
const FIELD_TITLES: Readonly<Partial<Record<CertificateField, string>>> = {
  version: "Version",
  serialNumber: "Serial Number",
  notBefore: "Not Before",
  notAfter: "Not After",
  subject: "Name",
  issuer: "Name",
  signatureAlgorithm: "Algorithm",
  signature: "Algorithm in the signed part",
  signatureValue: "Value",
  extensions: "Extensions",
  issuerUniqueID: "Issuer Unique ID",
  subjectUniqueID: "Subject Unique ID",
  tbsCertificate: "Further elements",
};

function nameRowsOf(certificate: Certificate, field: "subject" | "issuer"): readonly DetailsRow[] {
  const damage = damageRows(certificate, field);
  return damage.length > 0 ? damage : nameRows(certificate[field]);
}

function validityRows(certificate: Certificate, now: number): readonly DetailsRow[] {
  const { notBefore, notAfter } = certificate.validity;
  return [
    ...optionalRow(notBefore, (at) => row("Not Before", timeValue(at))),
    ...damageRows(certificate, "notBefore"),
    ...optionalRow(notAfter, (at) => row("Not After", timeValue(at))),
    ...damageRows(certificate, "notAfter"),
    ...(notBefore === undefined || notAfter === undefined ? [] : lifetimeRows(certificate, notBefore, notAfter, now)),
  ];
}

function lifetimeRows(
  certificate: Certificate,
  notBefore: number,
  notAfter: number,
  now: number,
): readonly DetailsRow[] {
  const days = Number(lifetimeDays(notBefore, notAfter).toFixed(2));
  const isTls = extensionOf(certificate, "extKeyUsage")?.purposes.includes(SERVER_AUTH) === true && !isCa(certificate);
  const cap = isTls ? tlsLifetimeCap(notBefore) : undefined;
  const max = cap === undefined ? undefined : "days" in cap.max ? `${cap.max.days} days` : `${cap.max.months} months`;
  return [
    row("Lifetime", textValue(days === 1 ? "1 day" : `${days} days`)),
    ...lifeRows(notBefore, notAfter, now),
    ...optionalRow(max, (longest) =>
      row("Longest lifetime allowed", textValue(longest), {
        explanation:
          "For a publicly trusted TLS certificate issued on that date (TLS Baseline Requirements section 6.3.2).",
      }),
    ),
  ];
}

/** The remaining part of a current validity. */
function lifeRows(notBefore: number, notAfter: number, now: number): readonly DetailsRow[] {
  if (now < notBefore || now > notAfter) return [];
  const used = Math.floor(((now - notBefore) / (notAfter - notBefore)) * 100);
  return [
    row("Left", textValue(`${Math.floor((notAfter - now) / MS_PER_DAY)} days (${used}% of its lifetime has passed)`)),
  ];
}

function termRows({ productTerm }: DetailsOptions): readonly DetailsRow[] {
  return [
    ...optionalRow(productTerm?.start, (at) => row("Paid term from", dayOrTimeValue(at))),
    ...optionalRow(productTerm?.end, (at) =>
      row("Paid term until", dayOrTimeValue(at), {
        explanation: "The order is paid until then; the certificate is renewed within that time.",
      }),
    ),
  ];
}

function generalRows(certificate: Certificate): readonly DetailsRow[] {
  const { serialNumber, issuerUniqueID, subjectUniqueID } = certificate;
  const notes = [
    ...(serialNumber.hex.startsWith("-") ? ["negative"] : []),
    ...(serialNumber.octets > 20 ? [`${serialNumber.octets} bytes, more than the 20 allowed`] : []),
  ].join(", ");
  return [
    ...(serialNumber.hex === ""
      ? damageRows(certificate, "serialNumber")
      : [row("Serial Number", hexValue(serialNumber.hex), notes === "" ? {} : { explanation: notes })]),
    ...optionalRow(serialNumber.decimal, (decimal) => row("Serial Number (decimal)", textValue(decimal))),
    ...(certificate.version === 0
      ? damageRows(certificate, "version")
      : [row("Version", textValue(String(certificate.version)))]),
    row("Size", textValue(`${certificate.size} bytes`)),
    ...(certificate.beyondDer === true ? [row("Encoding", textValue("BER, where DER is required"))] : []),
    ...optionalRow(issuerUniqueID || undefined, (id) => row("Issuer Unique ID", hexValue(id))),
    ...optionalRow(subjectUniqueID || undefined, (id) => row("Subject Unique ID", hexValue(id))),
    ...damageRows(certificate, "issuerUniqueID", "subjectUniqueID", "extensions", "tbsCertificate"),
  ];
}

function fingerprintRows({ fingerprints }: Certificate): readonly DetailsRow[] {
  return [row("SHA-256", hexValue(fingerprints.sha256)), row("SHA-1", hexValue(fingerprints.sha1))];
}

function signatureRows(certificate: Certificate): readonly DetailsRow[] {
  const inner = certificate.innerSignatureAlgorithm;
  return [
    ...damageRows(certificate, "signatureAlgorithm", "signature", "signatureValue"),
    ...algorithmRows("Algorithm", certificate.signatureAlgorithm),
    ...(inner === undefined ? [] : algorithmRows("Algorithm in the signed part (differs)", inner)),
    ...(certificate.signature === "" ? [] : [row("Value", hexValue(certificate.signature))]),
  ];
}

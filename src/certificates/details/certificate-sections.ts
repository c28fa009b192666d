import type { Certificate, CertificateField } from "../x509/certificate";
import { extensionOf } from "../x509/certificate";
import type { Extension } from "../extensions/extension";
import { isCa } from "../x509/issuing";
import { DAY, lifetimeDays, tlsLifetimeCap } from "../x509/lifetime";
import { PictureBudget } from "../pictures/picture";
import { EXTENSION_TITLES } from "../extensions/extension-titles";
import { EXTENSION_EXPLANATIONS } from "./extension-explanations";
import { extensionRows } from "./extension-rows";
import { algorithmRows, publicKeyRows } from "./key-rows";
import { nameRows } from "./name-rows";
import type { DescribeOptions } from "./options";
import type { Row, Section } from "./page";
import { hex, optional, row, text, time } from "./row";

const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

/** Everything that a certificate says, in the order in which a person reads it. */
export function certificateSections(
  certificate: Certificate,
  isLeaf: boolean,
  options: DescribeOptions,
): readonly Section[] {
  const sections = extensionSections(certificate.extensions, options);
  const isNames = ({ id }: Section) => id === "subjectAltName";
  return [
    { id: "subject", title: "Subject", rows: nameRowsOf(certificate, "subject") },
    ...sections.filter(isNames),
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
    { id: "fingerprints", title: "Fingerprints", rows: fingerprintRows(certificate) },
    { id: "signature", title: "Signature", rows: signatureRows(certificate) },
  ];
}

/** A section for each extension, in their order. */
export function extensionSections(
  extensions: readonly Extension[],
  { logs, pictures = new PictureBudget() }: Pick<DescribeOptions, "logs" | "pictures">,
): readonly Section[] {
  const ids = new Set<string>();
  return extensions.map(({ oid, critical, value }, index) => {
    const explanation = EXTENSION_EXPLANATIONS.get(oid);
    const name = NAMELESS.has(value.type) ? oid : value.type;
    // An extension may not stand twice (RFC 5280 section 4.2), and does in some.
    const id = ids.has(name) ? `${name}#${index}` : name;
    ids.add(id);
    return {
      id,
      title: EXTENSION_TITLES.get(oid) ?? "Unknown Extension",
      rows: extensionRows(value, logs, pictures),
      oid,
      critical,
      ...(explanation !== undefined && { explanation }),
    };
  });
}

/** Types that stand for several extensions, or for none that is known. */
const NAMELESS: ReadonlySet<string> = new Set(["netscapeString", "unknown", "unreadable"]);

/** In the place of a field that could not be read: what is wrong with it. */
function damageRows({ unreadable }: Certificate, ...fields: readonly CertificateField[]): readonly Row[] {
  return (unreadable ?? [])
    .filter(({ field }) => fields.includes(field))
    .map(({ field, problem }) => row(FIELD_TITLES[field] ?? "Problem", text(`could not be read: ${problem}`)));
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

function nameRowsOf(certificate: Certificate, field: "subject" | "issuer"): readonly Row[] {
  const damage = damageRows(certificate, field);
  return damage.length > 0 ? damage : nameRows(certificate[field]);
}

function validityRows(certificate: Certificate, now: number): readonly Row[] {
  const { notBefore, notAfter } = certificate.validity;
  return [
    ...optional(notBefore, (at) => row("Not Before", time(at))),
    ...damageRows(certificate, "notBefore"),
    ...optional(notAfter, (at) => row("Not After", time(at))),
    ...damageRows(certificate, "notAfter"),
    ...(notBefore === undefined || notAfter === undefined ? [] : lifetimeRows(certificate, notBefore, notAfter, now)),
  ];
}

function lifetimeRows(certificate: Certificate, notBefore: number, notAfter: number, now: number): readonly Row[] {
  const days = Number(lifetimeDays(notBefore, notAfter).toFixed(2));
  const isTls = extensionOf(certificate, "extKeyUsage")?.purposes.includes(SERVER_AUTH) === true && !isCa(certificate);
  const cap = isTls ? tlsLifetimeCap(notBefore) : undefined;
  const max = cap === undefined ? undefined : "days" in cap.max ? `${cap.max.days} days` : `${cap.max.months} months`;
  return [
    row("Lifetime", text(days === 1 ? "1 day" : `${days} days`)),
    ...lifeRows(notBefore, notAfter, now),
    ...optional(max, (longest) =>
      row("Longest lifetime allowed", text(longest), {
        explanation:
          "For a publicly trusted TLS certificate issued on that date (TLS Baseline Requirements section 6.3.2).",
      }),
    ),
  ];
}

/** What is left of a validity that goes on. */
function lifeRows(notBefore: number, notAfter: number, now: number): readonly Row[] {
  if (now < notBefore || now > notAfter) return [];
  const used = Math.floor(((now - notBefore) / (notAfter - notBefore)) * 100);
  return [row("Left", text(`${Math.floor((notAfter - now) / DAY)} days (${used} % of its life is over)`))];
}

function termRows({ productTerm }: DescribeOptions): readonly Row[] {
  return [
    ...optional(productTerm?.start, (at) => row("Product term from", time(at))),
    ...optional(productTerm?.end, (at) =>
      row("Product term until", time(at), {
        explanation: "The order is paid until then; the certificate is renewed within it.",
      }),
    ),
  ];
}

function generalRows(certificate: Certificate): readonly Row[] {
  const { serialNumber, issuerUniqueID, subjectUniqueID } = certificate;
  const notes = [
    ...(serialNumber.hex.startsWith("-") ? ["negative"] : []),
    ...(serialNumber.octets > 20 ? [`${serialNumber.octets} bytes, more than the 20 allowed`] : []),
  ].join(", ");
  return [
    ...(serialNumber.hex === ""
      ? damageRows(certificate, "serialNumber")
      : [row("Serial Number", hex(serialNumber.hex), notes === "" ? {} : { explanation: notes })]),
    ...optional(serialNumber.decimal, (decimal) => row("Serial Number (decimal)", text(decimal))),
    ...(certificate.version === 0
      ? damageRows(certificate, "version")
      : [row("Version", text(String(certificate.version)))]),
    row("Size", text(`${certificate.size} bytes`)),
    ...(certificate.beyondDer === true ? [row("Encoding", text("BER, where DER is required"))] : []),
    ...optional(issuerUniqueID || undefined, (id) => row("Issuer Unique ID", hex(id))),
    ...optional(subjectUniqueID || undefined, (id) => row("Subject Unique ID", hex(id))),
    ...damageRows(certificate, "issuerUniqueID", "subjectUniqueID", "extensions", "tbsCertificate"),
  ];
}

function fingerprintRows({ fingerprints }: Certificate): readonly Row[] {
  return [row("SHA-256", hex(fingerprints.sha256)), row("SHA-1", hex(fingerprints.sha1))];
}

function signatureRows(certificate: Certificate): readonly Row[] {
  const inner = certificate.innerSignatureAlgorithm;
  return [
    ...damageRows(certificate, "signatureAlgorithm", "signature", "signatureValue"),
    ...algorithmRows("Algorithm", certificate.signatureAlgorithm),
    ...(inner === undefined ? [] : algorithmRows("Algorithm in the signed part (differs)", inner)),
    ...(certificate.signature === "" ? [] : [row("Value", hex(certificate.signature))]),
  ];
}

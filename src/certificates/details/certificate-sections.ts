import { type Certificate, type CertificateField, extensionOf } from "../x509/certificate";
import type { Extension } from "../extensions/extension";
import { isCa } from "../x509/issuing";
import { MS_PER_DAY, lifetimeDays, tlsLifetimeCap } from "../x509/lifetime";
import { PictureBudget } from "../pictures/picture";
import { EXTENSION_TITLES } from "../extensions/extension-titles";
import { EXTENSION_EXPLANATIONS } from "./extension-explanations";
import { extensionRows } from "./extension-rows";
import { algorithmRows, publicKeyRows } from "./key-rows";
import { nameRows } from "./name-rows";
import { amount, phrase, plural, type Phrase } from "../../words/phrase";
import type { DetailsOptions } from "./options";
import { outlookSection } from "./outlook-section";
import type { DraftRow, DraftSection } from "./draft";
import { dayOrTimeValue, hexValue, optionalRow, row, textValue, timeValue } from "./row";

const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

/** The contents of a certificate, in the order in which a person reads them: first what tells it from others. */
export function certificateSections(
  certificate: Certificate,
  isLeaf: boolean,
  options: DetailsOptions,
): readonly DraftSection[] {
  const sections = extensionSections(certificate.extensions, options);
  const isNames = ({ id }: DraftSection) => id === "subjectAltName";
  return [
    { id: "subject", title: phrase("Subject"), rows: nameRowsOf(certificate, "subject") },
    ...sections.filter(isNames),
    { id: "fingerprints", title: phrase("Fingerprints"), rows: fingerprintRows(certificate) },
    { id: "issuer", title: phrase("Issuer"), rows: nameRowsOf(certificate, "issuer") },
    {
      id: "validity",
      title: phrase("Validity"),
      rows: [...validityRows(certificate, options.now), ...(isLeaf ? termRows(options) : [])],
    },
    {
      id: "publicKey",
      title: phrase("Public Key"),
      rows: [...damageRows(certificate, "subjectPublicKeyInfo"), ...publicKeyRows(certificate.publicKey)],
    },
    { id: "certificate", title: phrase("Certificate"), rows: generalRows(certificate) },
    ...sections.filter((section) => !isNames(section)),
    ...(isLeaf && options.outlook !== undefined ? [outlookSection(options.outlook, options.now)] : []),
    { id: "signature", title: phrase("Signature"), rows: signatureRows(certificate) },
  ];
}

/** A section for each extension, in their order. */
export function extensionSections(
  extensions: readonly Extension[],
  { pictures = new PictureBudget(), ...known }: Pick<DetailsOptions, "logs" | "pictures" | "transparency">,
): readonly DraftSection[] {
  const ids = new Set<string>();
  return extensions.map(({ oid, critical, value }, index) => {
    const explanation = EXTENSION_EXPLANATIONS.get(oid);
    const name = NAMELESS.has(value.type) ? oid : value.type;
    // An extension may not appear twice (RFC 5280 section 4.2), but does in some certificates.
    const id = ids.has(name) ? `${name}#${index}` : name;
    ids.add(id);
    return {
      id,
      title: EXTENSION_TITLES.get(oid) ?? phrase("Unknown Extension"),
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
function damageRows({ unreadable }: Certificate, ...fields: readonly CertificateField[]): readonly DraftRow[] {
  return (unreadable ?? [])
    .filter(({ field }) => fields.includes(field))
    .map(({ field, problem }) =>
      row(FIELD_TITLES[field] ?? phrase("Problem"), textValue(phrase("could not be read: {0}", problem))),
    );
}

/** Labels of fields that have a row of their own. */
const FIELD_TITLES: Readonly<Partial<Record<CertificateField, Phrase>>> = {
  version: phrase("Version"),
  serialNumber: phrase("Serial Number"),
  notBefore: phrase("Not Before"),
  notAfter: phrase("Not After"),
  subject: phrase("Name"),
  issuer: phrase("Name"),
  signatureAlgorithm: phrase("Algorithm"),
  signature: phrase("Algorithm in the signed part"),
  signatureValue: phrase("Value"),
  extensions: phrase("Extensions"),
  issuerUniqueID: phrase("Issuer Unique ID"),
  subjectUniqueID: phrase("Subject Unique ID"),
  tbsCertificate: phrase("Further elements"),
};

function nameRowsOf(certificate: Certificate, field: "subject" | "issuer"): readonly DraftRow[] {
  const damage = damageRows(certificate, field);
  return damage.length > 0 ? damage : nameRows(certificate[field]);
}

function validityRows(certificate: Certificate, now: number): readonly DraftRow[] {
  const { notBefore, notAfter } = certificate.validity;
  return [
    ...optionalRow(notBefore, (at) => row(phrase("Not Before"), timeValue(at))),
    ...damageRows(certificate, "notBefore"),
    ...optionalRow(notAfter, (at) => row(phrase("Not After"), timeValue(at))),
    ...damageRows(certificate, "notAfter"),
    ...(notBefore === undefined || notAfter === undefined ? [] : lifetimeRows(certificate, notBefore, notAfter, now)),
  ];
}

function lifetimeRows(certificate: Certificate, notBefore: number, notAfter: number, now: number): readonly DraftRow[] {
  const days = Number(lifetimeDays(notBefore, notAfter).toFixed(2));
  const isTls = extensionOf(certificate, "extKeyUsage")?.purposes.includes(SERVER_AUTH) === true && !isCa(certificate);
  const cap = isTls ? tlsLifetimeCap(notBefore) : undefined;
  const max = cap && capWords(cap);
  return [
    row(phrase("Lifetime"), textValue(plural(days, "{0} day", "{0} days"))),
    ...lifeRows(notBefore, notAfter, now),
    ...optionalRow(max, (longest) =>
      row(phrase("Longest lifetime allowed"), textValue(longest), {
        explanation: phrase(
          "For a publicly trusted TLS certificate issued on that date (TLS Baseline Requirements section 6.3.2).",
        ),
      }),
    ),
  ];
}

const capWords = ({ max }: NonNullable<ReturnType<typeof tlsLifetimeCap>>): Phrase =>
  "days" in max ? plural(max.days, "{0} day", "{0} days") : plural(max.months, "{0} month", "{0} months");

/** The remaining part of a current validity. */
function lifeRows(notBefore: number, notAfter: number, now: number): readonly DraftRow[] {
  if (now < notBefore || now > notAfter) return [];
  const used = Math.floor(((now - notBefore) / (notAfter - notBefore)) * 100);
  return [
    row(
      phrase("Left"),
      textValue(
        plural(
          Math.floor((notAfter - now) / MS_PER_DAY),
          "{0} day ({1}% of its lifetime has passed)",
          "{0} days ({1}% of its lifetime has passed)",
          used,
        ),
      ),
    ),
  ];
}

function termRows({ productTerm }: DetailsOptions): readonly DraftRow[] {
  return [
    ...optionalRow(productTerm?.start, (at) => row(phrase("Paid term from"), dayOrTimeValue(at))),
    ...optionalRow(productTerm?.end, (at) =>
      row(phrase("Paid term until"), dayOrTimeValue(at), {
        explanation: phrase("The order is paid until then; the certificate is renewed within that time."),
      }),
    ),
  ];
}

function generalRows(certificate: Certificate): readonly DraftRow[] {
  const { serialNumber, issuerUniqueID, subjectUniqueID } = certificate;
  const notes = [
    ...(serialNumber.hex.startsWith("-") ? [phrase("negative")] : []),
    ...(serialNumber.octets > 20 ? [phrase("{0} bytes, more than the 20 allowed", serialNumber.octets)] : []),
  ];
  const [note, more] = notes;
  return [
    ...(serialNumber.hex === ""
      ? damageRows(certificate, "serialNumber")
      : [
          row(
            phrase("Serial Number"),
            hexValue(serialNumber.hex),
            note === undefined ? {} : { explanation: more === undefined ? note : phrase("{0}, {1}", note, more) },
          ),
        ]),
    ...optionalRow(serialNumber.decimal, (decimal) => row(phrase("Serial Number (decimal)"), textValue(decimal))),
    ...(certificate.version === 0
      ? damageRows(certificate, "version")
      : [row(phrase("Version"), textValue(String(certificate.version)))]),
    row(phrase("Size"), textValue(phrase("{0} bytes", amount(certificate.size)))),
    ...(certificate.beyondDer === true
      ? [row(phrase("Encoding"), textValue(phrase("BER, where DER is required")))]
      : []),
    ...optionalRow(issuerUniqueID || undefined, (id) => row(phrase("Issuer Unique ID"), hexValue(id))),
    ...optionalRow(subjectUniqueID || undefined, (id) => row(phrase("Subject Unique ID"), hexValue(id))),
    ...damageRows(certificate, "issuerUniqueID", "subjectUniqueID", "extensions", "tbsCertificate"),
  ];
}

function fingerprintRows({ fingerprints }: Certificate): readonly DraftRow[] {
  return [row("SHA-256", hexValue(fingerprints.sha256)), row("SHA-1", hexValue(fingerprints.sha1))];
}

function signatureRows(certificate: Certificate): readonly DraftRow[] {
  const inner = certificate.innerSignatureAlgorithm;
  return [
    ...damageRows(certificate, "signatureAlgorithm", "signature", "signatureValue"),
    ...algorithmRows(phrase("Algorithm"), certificate.signatureAlgorithm),
    ...(inner === undefined ? [] : algorithmRows(phrase("Algorithm in the signed part (differs)"), inner)),
    ...(certificate.signature === "" ? [] : [row(phrase("Value"), hexValue(certificate.signature))]),
  ];
}

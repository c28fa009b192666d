import type { Certificate } from "../certificate";
import { extensionOf } from "../certificate";
import type { Extension } from "../extensions/extension";
import { SIGNATURES } from "../keys/algorithm-names";
import type { AlgorithmIdentifier } from "../keys/algorithm";
import type { PublicKey } from "../keys/public-key";
import { isCa } from "../chain";
import type { CtLogList } from "../ct-logs";
import { lifetimeDays, tlsLifetimeCap } from "../lifetime";
import { EXTENSION_TEXTS } from "./extension-texts";
import { extensionRows } from "./extension-rows";
import { nameRows } from "./name-rows";
import type { Row, Section } from "./page";
import { hex, oid, row, text, time } from "./row";

const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

/** Everything that a certificate says, in the order in which a person reads it. */
export function certificateSections(certificate: Certificate, logs: CtLogList | undefined): readonly Section[] {
  const sections = certificate.extensions.map((extension) => extensionSection(extension, logs));
  const isNames = ({ id }: Section) => id === "subjectAltName";
  return [
    { id: "subject", title: "Subject", rows: nameRows(certificate.subject) },
    ...sections.filter(isNames),
    { id: "issuer", title: "Issuer", rows: nameRows(certificate.issuer) },
    { id: "validity", title: "Validity", rows: validityRows(certificate) },
    { id: "publicKey", title: "Public Key", rows: publicKeyRows(certificate.publicKey) },
    { id: "certificate", title: "Certificate", rows: generalRows(certificate) },
    ...sections.filter((section) => !isNames(section)),
    { id: "fingerprints", title: "Fingerprints", rows: fingerprintRows(certificate) },
    { id: "signature", title: "Signature", rows: signatureRows(certificate) },
  ];
}

export function extensionSection({ oid, critical, value }: Extension, logs: CtLogList | undefined): Section {
  const known = EXTENSION_TEXTS.get(oid);
  return {
    id: value.type === "unknown" || value.type === "unreadable" ? oid : value.type,
    title: known?.title ?? "Unknown Extension",
    rows: extensionRows(value, logs),
    oid,
    critical,
    ...(known === undefined ? {} : { explanation: known.explanation }),
  };
}

function validityRows(certificate: Certificate): readonly Row[] {
  const { notBefore, notAfter } = certificate.validity;
  const days = Number(lifetimeDays(notBefore, notAfter).toFixed(2));
  const isTls = extensionOf(certificate, "extKeyUsage")?.purposes.includes(SERVER_AUTH) === true && !isCa(certificate);
  const cap = isTls ? tlsLifetimeCap(notBefore) : undefined;
  const max = cap === undefined ? undefined : "days" in cap.max ? `${cap.max.days} days` : `${cap.max.months} months`;
  return [
    row("Not Before", time(notBefore)),
    row("Not After", time(notAfter)),
    row("Lifetime", text(days === 1 ? "1 day" : `${days} days`)),
    ...(max === undefined
      ? []
      : [
          row("Longest lifetime allowed", text(max), {
            explanation:
              "For a publicly trusted TLS certificate issued on that date (TLS Baseline Requirements section 6.3.2).",
          }),
        ]),
  ];
}

/** An algorithm in words, with what its parameters say. */
export function algorithmRows(label: string, algorithm: AlgorithmIdentifier): readonly Row[] {
  const name = SIGNATURES.get(algorithm.oid)?.words ?? algorithm.name;
  const { pss } = algorithm;
  return [
    row(label, oid(algorithm.oid, name)),
    ...(pss === undefined
      ? []
      : [
          row("Hash", text(pss.hash)),
          row("Mask generation", text(`${pss.maskGeneration} with ${pss.maskHash}`)),
          row("Salt", text(`${pss.saltLength} bytes`)),
        ]),
  ];
}

export function publicKeyRows(publicKey: PublicKey): readonly Row[] {
  return [
    ...algorithmRows("Algorithm", publicKey.algorithm),
    ...keyRows(publicKey),
    row("SHA-256 of SubjectPublicKeyInfo", hex(publicKey.sha256)),
    row("Pin (base64)", text(Buffer.from(publicKey.sha256, "hex").toString("base64")), {
      explanation: "The same hash as RFC 7469 writes it.",
    }),
    row("SHA-1 of the key", hex(publicKey.keyIdentifier), {
      explanation: "The usual key identifier (RFC 5280 section 4.2.1.2, method 1).",
    }),
  ];
}

function keyRows({ key }: PublicKey): readonly Row[] {
  switch (key.type) {
    case "RSA":
      return [
        row("Size", text(`${key.bits} bits`)),
        row("Exponent", text(key.exponent)),
        row("Modulus", hex(key.modulus)),
      ];
    case "EC":
      return [
        row("Curve", text(key.curve ?? "written out in the parameters")),
        ...(key.bits === undefined ? [] : [row("Size", text(`${key.bits} bits`))]),
        row(key.compressed ? "Point (compressed)" : "Point", hex(key.point)),
      ];
    case "DSA":
      return [
        ...(key.bits === undefined ? [] : [row("Size", text(`${key.bits} bits`))]),
        row("Public value", hex(key.y)),
        ...(key.p === undefined ? [] : [row("p", hex(key.p))]),
        ...(key.q === undefined ? [] : [row("q", hex(key.q))]),
        ...(key.g === undefined ? [] : [row("g", hex(key.g))]),
      ];
    case "raw":
      return [row("Key", hex(key.value))];
    case "unreadable":
      return [...(key.problem === undefined ? [] : [row("Problem", text(key.problem))]), row("Key", hex(key.value))];
  }
}

function generalRows(certificate: Certificate): readonly Row[] {
  const { serialNumber, issuerUniqueID, subjectUniqueID } = certificate;
  const notes = [
    ...(serialNumber.hex.startsWith("-") ? ["negative"] : []),
    ...(serialNumber.octets > 20 ? [`${serialNumber.octets} bytes, more than the 20 allowed`] : []),
  ].join(", ");
  return [
    row("Serial Number", hex(serialNumber.hex), notes === "" ? {} : { explanation: notes }),
    ...(serialNumber.decimal === undefined ? [] : [row("Serial Number (decimal)", text(serialNumber.decimal))]),
    row("Version", text(String(certificate.version))),
    row("Size", text(`${certificate.size} bytes`)),
    ...(certificate.beyondDer === true ? [row("Encoding", text("BER, where DER is required"))] : []),
    ...(issuerUniqueID === undefined ? [] : [row("Issuer Unique ID", hex(issuerUniqueID))]),
    ...(subjectUniqueID === undefined ? [] : [row("Subject Unique ID", hex(subjectUniqueID))]),
  ];
}

function fingerprintRows({ fingerprints }: Certificate): readonly Row[] {
  return [row("SHA-256", hex(fingerprints.sha256)), row("SHA-1", hex(fingerprints.sha1))];
}

function signatureRows(certificate: Certificate): readonly Row[] {
  const inner = certificate.innerSignatureAlgorithm;
  return [
    ...algorithmRows("Algorithm", certificate.signatureAlgorithm),
    ...(inner === undefined ? [] : algorithmRows("Algorithm in the signed part (differs)", inner)),
    row("Value", hex(certificate.signature)),
  ];
}

import { FIELD_WORDS } from "../../field-words";
import { refusal } from "../refusers";
import { authority, belowRoot, every, hasExtension, issuedFrom, leaf, publicTls, type Rule } from "./rule";

/** Bytes of a random number of 64 bits (TLS BR section 7.1.2.7). */
const RANDOM_BYTES = 8;

/** Rules on the form of every certificate's fields. */
export const FORM_RULES: readonly Rule[] = [
  {
    id: "form.version",
    severity: "error",
    clause: "RFC 5280 section 4.1.2.1",
    section: "certificate",
    appliesTo: every,
    check: ({ certificate }) =>
      certificate.extensions.length > 0 && certificate.version !== 3
        ? `It has extensions, but says that it is version ${certificate.version}: ${refusal(certificate.version < 3 ? "version" : "later-version")}.`
        : undefined,
  },
  {
    id: "form.old-version",
    severity: "warning",
    clause: "RFC 5280 section 4.1.2.1",
    section: "certificate",
    appliesTo: belowRoot,
    check: ({ certificate }) =>
      certificate.extensions.length === 0
        ? `It is version ${certificate.version} and has no extensions, so it does not say what it is for: ${refusal("none")}.`
        : undefined,
  },
  {
    id: "form.ber",
    severity: "warning",
    clause: "RFC 5280 section 4.1",
    section: "certificate",
    appliesTo: every,
    check: ({ certificate }) =>
      certificate.beyondDer === true
        ? `It is encoded in BER where DER is required: ${refusal("ber")}, and others usually do.`
        : undefined,
  },
  {
    id: "form.serial-not-positive",
    severity: "warning",
    clause: "RFC 5280 section 4.1.2.2",
    section: "certificate",
    appliesTo: belowRoot,
    check: ({ certificate: { serialNumber } }) => {
      if (serialNumber.hex.startsWith("-")) return `Its serial number is negative: ${refusal("negative-serial")}.`;
      return /^0+$/.test(serialNumber.hex) ? `Its serial number is zero: ${refusal("none")}.` : undefined;
    },
  },
  {
    id: "form.serial-too-long",
    severity: "warning",
    clause: "RFC 5280 section 4.1.2.2",
    section: "certificate",
    appliesTo: every,
    check: ({ certificate: { serialNumber } }) =>
      serialNumber.octets > 20
        ? `Its serial number has ${serialNumber.octets} bytes, more than 20: ${refusal("none")}.`
        : undefined,
  },
  {
    id: "form.serial-predictable",
    severity: "warning",
    clause: "TLS BR section 7.1.2.7",
    section: "certificate",
    // TLS BR 1.3.7: effective 2016-09-30.
    appliesTo: issuedFrom("2016-09-30", publicTls),
    check: ({ certificate: { serialNumber } }) =>
      serialNumber.octets < RANDOM_BYTES
        ? `Its serial number has ${serialNumber.octets} bytes, too few for 64 random bits: ${refusal("none")}.`
        : undefined,
  },
  {
    id: "form.issuer-empty",
    severity: "error",
    clause: "RFC 5280 section 4.1.2.4",
    section: "issuer",
    appliesTo: every,
    check: ({ certificate }) =>
      certificate.issuer.rdns.length === 0 ? `It does not name its issuer: ${refusal("issuer-empty")}.` : undefined,
  },
  {
    id: "form.subject-empty",
    severity: "error",
    clause: "RFC 5280 section 4.1.2.6",
    section: "subject",
    appliesTo: every,
    check: (subject) => {
      if (subject.certificate.subject.rdns.length > 0) return undefined;
      if (authority(subject)) return `This CA certificate has no name: ${refusal("subject-empty")}.`;
      return hasExtension(subject, "subjectAltName")
        ? undefined
        : `It does not name its subject: ${refusal("subject-empty")}.`;
    },
  },
  {
    id: "form.names-not-critical",
    severity: "error",
    clause: "RFC 5280 section 4.1.2.6",
    section: "subjectAltName",
    appliesTo: leaf,
    // The critical flag may be readable even if the value is not.
    check: ({ certificate: { subject, extensions } }) =>
      subject.rdns.length === 0 && extensions.find(({ oid }) => oid === "2.5.29.17")?.critical === false
        ? `Its subject is empty, and its alternative names are not marked critical: ${refusal("subject-empty")}.`
        : undefined,
  },
  {
    id: "form.unique-id",
    severity: "info",
    clause: "RFC 5280 section 4.1.2.8",
    section: "certificate",
    appliesTo: every,
    check: ({ certificate }) =>
      certificate.issuerUniqueID !== undefined || certificate.subjectUniqueID !== undefined
        ? `It has a unique identifier, a field that CAs must not use: ${refusal("none")}.`
        : undefined,
  },
  {
    id: "form.field-unreadable",
    severity: "error",
    clause: "RFC 5280 section 4.1",
    section: "certificate",
    advice: "Get it from the CA again; if the problem persists, ask for another one.",
    appliesTo: every,
    check: ({ certificate }) =>
      certificate.unreadable?.map(
        ({ field, problem }) =>
          `Its ${FIELD_WORDS[field]} could not be read: ${problem}. ${refusal("unreadable")}, and others usually do.`,
      ),
  },
  {
    id: "form.parameters-unreadable",
    severity: "error",
    clause: "RFC 4055 section 3.1",
    section: "signature",
    appliesTo: every,
    check: ({ certificate: { signatureAlgorithm, publicKey } }) =>
      [signatureAlgorithm, publicKey.algorithm].flatMap(({ problem }) =>
        problem === undefined
          ? []
          : [`The parameters of an algorithm could not be read: ${problem}. ${refusal("parameters")}.`],
      ),
  },
  {
    id: "name.attribute-unreadable",
    severity: "error",
    clause: "RFC 5280 section 4.1.2.4",
    section: "subject",
    appliesTo: every,
    check: ({ certificate }) =>
      [...certificate.subject.rdns, ...certificate.issuer.rdns].flatMap((rdn) =>
        rdn.some(({ problem }) => problem !== undefined)
          ? rdn.flatMap(({ problem }) =>
              problem === undefined ? [] : [`Part of a name could not be read: ${problem}. ${refusal("attribute")}.`],
            )
          : [],
      ),
  },
];

import { FIELD_WORDS } from "../../field-words";
import { refusal } from "../refusers";
import { authority, belowRoot, every, hasExtension, issuedFrom, leaf, publicTls, type Rule } from "./rule";
import { phrase } from "../../../words/phrase";

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
        ? phrase(
            "It has extensions, but says that it is version {0}: {1}.",
            certificate.version,
            refusal(certificate.version < 3 ? "version" : "later-version"),
          )
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
        ? phrase(
            "It is version {0} and has no extensions, so it does not say what it is for: {1}.",
            certificate.version,
            refusal("none"),
          )
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
        ? phrase("It is encoded in BER where DER is required: {0}, and others usually do.", refusal("ber"))
        : undefined,
  },
  {
    id: "form.serial-not-positive",
    severity: "warning",
    clause: "RFC 5280 section 4.1.2.2",
    section: "certificate",
    appliesTo: belowRoot,
    check: ({ certificate: { serialNumber } }) => {
      if (serialNumber.hex.startsWith("-"))
        return phrase("Its serial number is negative: {0}.", refusal("negative-serial"));
      return /^0+$/.test(serialNumber.hex) ? phrase("Its serial number is zero: {0}.", refusal("none")) : undefined;
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
        ? phrase("Its serial number has {0} bytes, more than 20: {1}.", serialNumber.octets, refusal("none"))
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
        ? phrase(
            "Its serial number has {0} bytes, too few for 64 random bits: {1}.",
            serialNumber.octets,
            refusal("none"),
          )
        : undefined,
  },
  {
    id: "form.issuer-empty",
    severity: "error",
    clause: "RFC 5280 section 4.1.2.4",
    section: "issuer",
    appliesTo: every,
    check: ({ certificate }) =>
      certificate.issuer.rdns.length === 0
        ? phrase("It does not name its issuer: {0}.", refusal("issuer-empty"))
        : undefined,
  },
  {
    id: "form.subject-empty",
    severity: "error",
    clause: "RFC 5280 section 4.1.2.6",
    section: "subject",
    appliesTo: every,
    check: (subject) => {
      if (subject.certificate.subject.rdns.length > 0) return undefined;
      if (authority(subject)) return phrase("This CA certificate has no name: {0}.", refusal("subject-empty"));
      return hasExtension(subject, "subjectAltName")
        ? undefined
        : phrase("It does not name its subject: {0}.", refusal("subject-empty"));
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
        ? phrase(
            "Its subject is empty, and its alternative names are not marked critical: {0}.",
            refusal("subject-empty"),
          )
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
        ? phrase("It has a unique identifier, a field that CAs must not use: {0}.", refusal("none"))
        : undefined,
  },
  {
    id: "form.field-unreadable",
    severity: "error",
    clause: "RFC 5280 section 4.1",
    section: "certificate",
    advice: phrase("Get it from the CA again; if the problem persists, ask for another one."),
    appliesTo: every,
    check: ({ certificate }) =>
      certificate.unreadable?.map(({ field, problem }) =>
        phrase(
          "Its {0} could not be read: {1}. {2}, and others usually do.",
          FIELD_WORDS[field],
          problem,
          refusal("unreadable"),
        ),
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
          : [phrase("The parameters of an algorithm could not be read: {0}. {1}.", problem, refusal("parameters"))],
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
              problem === undefined
                ? []
                : [phrase("Part of a name could not be read: {0}. {1}.", problem, refusal("attribute"))],
            )
          : [],
      ),
  },
];

import { KEY_PURPOSES } from "../../extensions/key-purpose";
import { listWords } from "../words";
import { hasExtension, markLeaf, KeyPurposeId, purposesOf, type Rule, valueOf } from "./rule";
import { phrase } from "../../../words/phrase";

/**
 * Rules on mark certificates (VMC and CMC) by the Mark Certificate Requirements of the AuthIndicators Working Group,
 * and RFC 9399.
 */
export const MARK_RULES: readonly Rule[] = [
  {
    id: "mark.no-logotype",
    severity: "error",
    clause: "Mark Certificate Requirements, certificate profile",
    section: "logotype",
    appliesTo: markLeaf,
    check: (subject) =>
      hasExtension(subject, "logotype")
        ? undefined
        : phrase("It is a mark certificate, but contains no mark (logotype)."),
  },
  {
    id: "mark.no-domain",
    severity: "error",
    clause: "Mark Certificate Requirements, certificate profile",
    section: "subjectAltName",
    appliesTo: markLeaf,
    check: (subject) =>
      valueOf(subject, "subjectAltName")?.names.some(({ type }) => type === "dNSName") === true
        ? undefined
        : phrase("It names no domain whose mail may show the mark."),
  },
  {
    id: "mark.other-purposes",
    severity: "warning",
    clause: "Mark Certificate Requirements, certificate profile",
    section: "extKeyUsage",
    appliesTo: markLeaf,
    check: (subject) => {
      const others = purposesOf(subject).filter((purpose) => purpose !== KeyPurposeId.MARK);
      if (others.length === 0) return undefined;
      return phrase(
        "It is for other purposes than a mark: {0}.",
        listWords(others.map((purpose) => KEY_PURPOSES.get(purpose) ?? purpose)),
      );
    },
  },
  {
    id: "mark.no-timestamps",
    severity: "warning",
    clause: "Mark Certificate Requirements, certificate profile",
    section: "signedCertificateTimestampList",
    appliesTo: markLeaf,
    check: (subject) =>
      (valueOf(subject, "signedCertificateTimestampList")?.timestamps.length ?? 0) > 0
        ? undefined
        : phrase("It has no timestamp from a Certificate Transparency log; mail services do not show its mark."),
  },
];

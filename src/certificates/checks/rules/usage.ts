import { KEY_PURPOSES } from "../../extensions/key-purpose";
import type { KeyUsageName } from "../../extensions/key-usage";
import type { KeyMaterial } from "../../keys/public-key";
import { refusal } from "../refusers";
import { listWords } from "../words";
import {
  authority,
  every,
  hasExtension,
  leaf,
  subordinate,
  KeyPurposeId,
  purposesOf,
  tlsLeaf,
  type Rule,
  type Subject,
  valueOf,
} from "./rule";
import { phrase } from "../../../words/phrase";

const usagesOf = (subject: Subject): readonly KeyUsageName[] | undefined => valueOf(subject, "keyUsage")?.usages;

/** The types of raw keys that cannot sign. */
const isForAgreement = (name: string): boolean => /^X\d/.test(name);
const isForEncapsulation = (name: string): boolean => name.startsWith("ML-KEM");

/**
 * Usages that a type of key cannot have: RFC 3279 section 2.3.1, RFC 8813 section 3, RFC 9295 section 3, RFC 9881
 * section 5 (ML-DSA) and RFC 9935 section 5 (ML-KEM, whose one usage is keyEncipherment).
 */
function impossibleUsages(key: KeyMaterial): readonly KeyUsageName[] {
  if (key.type === "RSA") return ["keyAgreement", "encipherOnly", "decipherOnly"];
  if (key.type === "EC") return ["keyEncipherment", "dataEncipherment"];
  if (key.type !== "raw") return [];
  const signing: readonly KeyUsageName[] = ["digitalSignature", "nonRepudiation", "keyCertSign", "cRLSign"];
  const enciphering: readonly KeyUsageName[] = ["keyEncipherment", "dataEncipherment"];
  const agreement: readonly KeyUsageName[] = ["keyAgreement", "encipherOnly", "decipherOnly"];
  if (isForAgreement(key.name)) return [...signing, ...enciphering];
  if (isForEncapsulation(key.name)) return [...signing, "dataEncipherment", ...agreement];
  return [...enciphering, ...agreement];
}

const SERVER_USAGES: readonly KeyUsageName[] = ["digitalSignature", "keyEncipherment", "keyAgreement"];

/** For each purpose, the usages of which a key needs at least one (RFC 5280 section 4.2.1.12). */
const NEEDED: ReadonlyMap<string, readonly KeyUsageName[]> = new Map([
  [KeyPurposeId.SERVER_AUTH, SERVER_USAGES],
  [KeyPurposeId.CLIENT_AUTH, ["digitalSignature", "keyAgreement"]],
  [KeyPurposeId.CODE_SIGNING, ["digitalSignature"]],
  [KeyPurposeId.EMAIL_PROTECTION, ["digitalSignature", "nonRepudiation", "keyEncipherment", "keyAgreement"]],
  [KeyPurposeId.TIME_STAMPING, ["digitalSignature", "nonRepudiation"]],
  [KeyPurposeId.OCSP_SIGNING, ["digitalSignature", "nonRepudiation"]],
]);

/**
 * Whether a TLS server can use a key only for signatures: of the key exchanges with EC keys, only ECDHE is left (RFC
 * 8422 section 2.1, RFC 8446 section 4.4.3), and the keys of RFC 8410 never had another.
 */
function signsAlone({ certificate: { publicKey } }: Subject): boolean {
  const { key } = publicKey;
  return key.type === "EC" || (key.type === "raw" && !isForAgreement(key.name) && !isForEncapsulation(key.name));
}

/** Rules on what a key may be used for. */
export const USAGE_RULES: readonly Rule[] = [
  {
    id: "usage.ca-cannot-sign",
    severity: "error",
    clause: "RFC 5280 section 4.2.1.3",
    section: "keyUsage",
    appliesTo: authority,
    check: (subject) =>
      usagesOf(subject)?.includes("keyCertSign") === false
        ? phrase("It is a CA certificate whose key may not sign certificates.")
        : undefined,
  },
  {
    id: "usage.ca-says-nothing",
    severity: "warning",
    clause: "RFC 5280 section 4.2.1.3",
    section: "keyUsage",
    appliesTo: subordinate,
    check: (subject) =>
      hasExtension(subject, "keyUsage")
        ? undefined
        : phrase("This CA certificate does not say what its key may be used for."),
  },
  {
    id: "usage.leaf-signs",
    severity: "error",
    clause: "RFC 5280 section 4.2.1.9",
    section: "keyUsage",
    appliesTo: leaf,
    check: (subject) =>
      usagesOf(subject)?.includes("keyCertSign") === true
        ? phrase("Its key may sign certificates, though it is not a CA certificate.")
        : undefined,
  },
  {
    id: "usage.leaf-path-length",
    severity: "warning",
    clause: "RFC 5280 section 4.2.1.9",
    section: "basicConstraints",
    appliesTo: leaf,
    check: (subject) =>
      valueOf(subject, "basicConstraints")?.pathLength === undefined
        ? undefined
        : phrase("It limits the CAs below it, though it is not a CA certificate."),
  },
  {
    id: "usage.none",
    severity: "error",
    clause: "RFC 5280 section 4.2.1.3",
    section: "keyUsage",
    appliesTo: every,
    check: (subject) =>
      usagesOf(subject)?.length === 0
        ? phrase("Its key usage allows nothing at all: {0}.", refusal("empty usage"))
        : undefined,
  },
  {
    id: "usage.unfit-for-key",
    severity: "warning",
    clause: "RFC 8813 section 3, RFC 3279 section 2.3.1, RFC 9295 section 3, RFC 9881 section 5, RFC 9935 section 5",
    section: "keyUsage",
    appliesTo: every,
    check: (subject) => {
      const { key } = subject.certificate.publicKey;
      const impossible = impossibleUsages(key);
      const found = usagesOf(subject)?.filter((usage) => impossible.includes(usage)) ?? [];
      const kind = key.type === "raw" ? key.name : key.type;
      return found.length === 0
        ? undefined
        : phrase("Its key usage allows {0}, which a key of type {1} cannot do.", listWords(found), kind);
    },
  },
  {
    id: "usage.unfit-for-purpose",
    severity: "error",
    clause: "RFC 5280 section 4.2.1.12",
    section: "keyUsage",
    appliesTo: leaf,
    check: (subject) => {
      const usages = usagesOf(subject);
      if (usages === undefined) return undefined;
      return purposesOf(subject).flatMap((purpose) => {
        const needed = NEEDED.get(purpose);
        if (needed === undefined || needed.some((usage) => usages.includes(usage))) return [];
        return [phrase("Its key usage allows nothing that is needed for {0}.", KEY_PURPOSES.get(purpose) ?? purpose)];
      });
    },
  },
  {
    id: "usage.no-signature",
    severity: "error",
    clause: "RFC 8422 section 2.1, RFC 8446 section 4.4.2.2",
    section: "keyUsage",
    advice: phrase("Have it reissued with the key usage digitalSignature."),
    appliesTo: tlsLeaf,
    // If a server could not do anything with the key, another rule reports it.
    check: (subject) =>
      signsAlone(subject) &&
      usagesOf(subject)?.includes("digitalSignature") === false &&
      (usagesOf(subject)?.some((usage) => SERVER_USAGES.includes(usage)) === true || purposesOf(subject).length === 0)
        ? phrase(
            "Its key may not make digital signatures, which are all that a TLS server can do with a key of this type: clients reject it.",
          )
        : undefined,
  },
  {
    id: "usage.no-purpose",
    severity: "warning",
    clause: "TLS BR section 7.1.2.7.10",
    section: "extKeyUsage",
    appliesTo: tlsLeaf,
    check: (subject) =>
      hasExtension(subject, "extKeyUsage")
        ? undefined
        : phrase("It does not say that it is for TLS servers; browsers on Apple's systems reject it."),
  },
  {
    id: "usage.no-purpose-left",
    severity: "error",
    clause: "RFC 5280 section 4.2.1.12",
    section: "extKeyUsage",
    appliesTo: every,
    check: (subject) =>
      valueOf(subject, "extKeyUsage")?.purposes.length === 0
        ? phrase("Its list of purposes is empty, but its standard requires at least one: {0}.", refusal("empty policy"))
        : undefined,
  },
];

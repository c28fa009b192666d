import { isUtf8 } from "node:buffer";
import type { Certificate } from "../certificate";
import type { ChainMember } from "../chain";
import { readElement, type Element } from "../containers/der";
import { DerError } from "../containers/der-error";
import { Tag, describeIdentifier, explicit } from "../containers/tag";
import { EXTENSION_TEXTS } from "../details/extension-texts";
import type { Finding } from "../finding";
import { pointFault, type PointFault } from "../keys/curve-point";

/**
 * Encodings that the readers here take and others refuse. Who refuses: OpenSSL 3 by trying, when it reads a certificate
 * (`crypto/asn1/a_int.c`, `a_object.c`, `x509/x_name.c`) or verifies one (`x509_vfy.c`, X509_cmp_time); BoringSSL by
 * `bytestring/cbs.cc` and `x509/x509_vfy.cc`, `rsa_pub_decode`, `EC_POINT_oct2point`; Go by `crypto/x509/parser.go` and
 * `x/crypto/cryptobyte/asn1.go`.
 */

const ALL = "OpenSSL, BoringSSL and Go refuse";
const BORING_AND_GO = "BoringSSL and Go refuse";
const VERIFIERS = "OpenSSL and BoringSSL refuse";
const GO = "Go refuses";

/** Something written as its standard does not have it. */
interface Fault {
  readonly id: string;
  /** What is wrong, after the name of the place. */
  readonly what: string;
  readonly who: string;
  readonly clause: string;
}

/** Elements that are looked at; certificates in use have some hundreds. */
const MAX_ELEMENTS = 20_000;
/** Findings of one certificate. */
const MAX_FINDINGS = 10;

/** Fields of a TBSCertificate after the version, in words, with the sections of the page. */
const FIELDS: readonly (readonly [words: string, section: string])[] = [
  ["serial number", "certificate"],
  ["signature algorithm", "signature"],
  ["issuer", "issuer"],
  ["validity", "validity"],
  ["subject", "subject"],
  ["public key", "publicKey"],
];

/** What programs refuse in the encoding of a certificate. Each fault is told once for each field. Work is proportional to the bytes. */
export function encodingFindings({ der, certificate }: ChainMember): readonly Finding[] {
  const walk = new Walk();
  try {
    const [tbs, algorithm] = childrenOf(readElement(der, Tag.SEQUENCE, "Certificate"));
    const fields = tbs === undefined ? [] : childrenOf(tbs);
    const version = fields[0]?.identifier === explicit(0) ? fields.shift() : undefined;
    if (version !== undefined) walk.visit(version, "version", "certificate");
    FIELDS.forEach(([words, section], index) => walk.visit(fields[index], words, section));
    const extensions = fields.slice(FIELDS.length).find(({ identifier }) => identifier === explicit(3));
    if (extensions !== undefined) walk.visitExtensions(extensions, certificate);
    walk.visit(algorithm, "signature algorithm", "signature");
    const publicKeyInfo = fields[FIELDS.length - 1];
    const isRsa = certificate.publicKey.algorithm.name === "rsaEncryption";
    if (isRsa && publicKeyInfo !== undefined && !hasNull(publicKeyInfo)) walk.findings.push(RSA_WITHOUT_NULL);
  } catch (error) {
    // What is damaged is told where it is decoded.
    if (!(error instanceof DerError)) throw error;
  }
  return [...walk.findings, ...keyFindings(certificate)].slice(0, MAX_FINDINGS);
}

/** Whether the algorithm of a SubjectPublicKeyInfo has the parameter NULL. */
function hasNull(publicKeyInfo: Element): boolean {
  const [algorithm] = childrenOf(publicKeyInfo);
  const parameters = algorithm === undefined ? undefined : childrenOf(algorithm)[1];
  return parameters?.identifier === Tag.NULL && parameters.length === 0;
}

function childrenOf(element: Element): Element[] {
  const children: Element[] = [];
  for (const reader = element.open(); reader.more;) children.push(reader.next());
  return children;
}

class Walk {
  readonly findings: Finding[] = [];
  private readonly told = new Set<string>();
  private left = MAX_ELEMENTS;

  visit(element: Element | undefined, words: string, section: string): void {
    if (element === undefined || --this.left < 0) return;
    if (element.constructed && element.identifier >> 6 !== 1) {
      for (const reader = element.open(); reader.more && this.left > 0;) this.visit(reader.next(), words, section);
      return;
    }
    const fault = faultOf(element);
    const key = `${fault?.id ?? ""} ${fault?.what ?? ""} ${section}`;
    if (fault === undefined || this.told.has(key)) return;
    this.told.add(key);
    this.findings.push({
      id: fault.id,
      severity: fault.who === GO ? "warning" : "error",
      message: `In its ${words}, ${fault.what}: ${fault.who} it.`,
      advice: "Have it reissued: some programs cannot use it.",
      clause: fault.clause,
      section,
    });
  }

  /** Extensions, and what is encoded in those that are known. */
  visitExtensions(list: Element, certificate: Certificate): void {
    for (const [index, extension] of childrenOf(list).flatMap(childrenOf).entries()) {
      const decoded = certificate.extensions[index];
      const known = decoded === undefined ? undefined : EXTENSION_TEXTS.get(decoded.oid);
      const words = `extension ${known?.title ?? decoded?.oid ?? ""}`.trimEnd();
      const { type = "unknown" } = decoded?.value ?? {};
      const section = type === "unknown" || type === "unreadable" ? (decoded?.oid ?? "certificate") : type;
      for (const part of extension.constructed ? childrenOf(extension) : []) {
        this.visit(part, words, section);
        if (part.identifier === Tag.OCTET_STRING && type !== "unknown") this.visitEncoded(part, words, section);
      }
    }
  }

  private visitEncoded(value: Element, words: string, section: string): void {
    try {
      for (const reader = value.openEncoded(); reader.more;) this.visit(reader.next(), words, section);
    } catch (error) {
      if (!(error instanceof DerError)) throw error;
    }
  }
}

function faultOf(element: Element): Fault | undefined {
  const { content } = element;
  switch (element.identifier) {
    case Tag.INTEGER:
    case Tag.ENUMERATED: {
      const [first, second] = content;
      const isPadded = second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80));
      return isPadded
        ? fault("encoding.integer", "a number has more bytes than it needs", ALL, "X.690 section 8.3.2")
        : undefined;
    }
    case Tag.OBJECT_IDENTIFIER:
      return content.some((octet, index) => octet === 0x80 && (index === 0 || (content[index - 1] ?? 0) < 0x80))
        ? fault("encoding.oid", "an object identifier has more bytes than it needs", ALL, "X.690 section 8.19.2")
        : undefined;
    case Tag.BOOLEAN:
      return content.length === 1 && content[0] !== 0 && content[0] !== 0xff
        ? fault("encoding.boolean", "TRUE is written otherwise than as FF", BORING_AND_GO, "X.690 section 11.1")
        : undefined;
    case Tag.UTC_TIME:
    case Tag.GENERALIZED_TIME:
      return timeFault(element);
    default:
      return stringFault(element);
  }
}

const fault = (id: string, what: string, who: string, clause: string): Fault => ({ id, what, who, clause });

/** RFC 5280 section 4.1.2.5: with seconds, without a fraction of them, in UTC. Go reads an offset, and a UTCTime without seconds. */
function timeFault({ identifier, latin1 }: Element): Fault | undefined {
  const isShort = identifier === Tag.UTC_TIME;
  const digits = isShort ? 10 : 12;
  const number = /^\d*/.exec(latin1)?.[0] ?? "";
  const rest = latin1.slice(number.length);
  if (number.length !== digits && number.length !== digits + 2) return undefined;
  const clause = `RFC 5280 section 4.1.2.5.${isShort ? 1 : 2}`;
  const told = (what: string, who: string) => fault("encoding.time", what, who, clause);
  if (/^[.,]/.test(rest)) return told("a time has a fraction of a second", ALL);
  if (number.length === digits) return told("a time has no seconds", isShort ? VERIFIERS : ALL);
  if (/^[+-]\d{4}$/.test(rest)) return told("a time has an offset from UTC instead of Z", VERIFIERS);
  return undefined;
}

/** X.680 section 41; `&`, `*`, `@` and `_` are met in PrintableString, of which Go takes the first two. */
const PRINTABLE = /^[A-Za-z0-9 '()+,\-./:=?*&]*$/;

function stringFault(element: Element): Fault | undefined {
  const { identifier } = element;
  const told = (what: string, who: string) =>
    fault(
      "encoding.string",
      `a ${describeIdentifier(identifier)} ${what}`,
      who,
      "X.680 section 41, RFC 5280 appendix A.1",
    );
  const foreign = (allowed: RegExp) =>
    allowed.test(element.latin1) ? undefined : told("has characters that its type does not have", GO);
  switch (identifier) {
    case Tag.PRINTABLE_STRING:
      return foreign(PRINTABLE);
    case Tag.NUMERIC_STRING:
      return foreign(/^[0-9 ]*$/);
    case Tag.IA5_STRING:
      return foreign(/^[\u0000-\u007f]*$/);
    case Tag.UTF8_STRING:
      return isUtf8(element.content) ? undefined : told("is not UTF-8", ALL);
    case Tag.BMP_STRING:
      if (element.length % 2 !== 0) return told("has half a character", ALL);
      return hasSurrogates(element.content) ? told("has surrogates, which its type does not have", ALL) : undefined;
    case Tag.UNIVERSAL_STRING:
      return element.length % 4 === 0 ? undefined : told("has part of a character", ALL);
    default:
      return undefined;
  }
}

function hasSurrogates(content: Buffer): boolean {
  for (let index = 0; index < content.length; index += 2) if (((content[index] ?? 0) & 0xf8) === 0xd8) return true;
  return false;
}

const POINTS: Readonly<Record<PointFault, readonly [what: string, who: string, clause: string]>> = {
  size: ["has not the number of bytes that its curve wants", ALL, "RFC 5480 section 2.2, SEC 1 section 2.3.4"],
  infinity: ["is the point at infinity, which no private key has", BORING_AND_GO, "SEC 1 section 3.2.2.1"],
  "off-the-curve": ["does not lie on its curve", ALL, "SEC 1 section 3.2.2.1"],
  hybrid: ["is written in the hybrid form", BORING_AND_GO, "RFC 5480 section 2.2"],
  compressed: ["is written in the compressed form", GO, "RFC 5480 section 2.2"],
};

const keyFinding = (id: string, message: string, who: string, clause: string): Finding => ({
  id,
  severity: who === GO ? "warning" : "error",
  message: `${message}: ${who} it.`,
  advice: "Have it reissued, with a key made by another program if need be.",
  clause,
  section: "publicKey",
});

const RSA_WITHOUT_NULL = keyFinding(
  "encoding.rsa-null",
  "The algorithm of its RSA key lacks the parameter NULL",
  BORING_AND_GO,
  "RFC 3279 section 2.3.1",
);

/** Faults of an EC key that its decoded form tells. */
function keyFindings({ publicKey: { key } }: Certificate): readonly Finding[] {
  if (key.type !== "EC") return [];
  const point = pointFault(key);
  const [what, who, clause] = point === undefined ? [] : POINTS[point];
  return [
    ...(what === undefined || who === undefined || clause === undefined
      ? []
      : [keyFinding("encoding.ec-point", `The point of its EC key ${what}`, who, clause)]),
    ...(key.curve === undefined
      ? [
          keyFinding(
            "encoding.ec-parameters",
            "The curve of its EC key is written out instead of named",
            GO,
            "RFC 5480 section 2.1.1",
          ),
        ]
      : []),
  ];
}

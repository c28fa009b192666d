import { isUtf8 } from "node:buffer";
import { phrase, type Phrase } from "../../words/phrase";
import type { Certificate } from "../x509/certificate";
import type { ChainMember } from "../x509/issuing";
import { childrenOf } from "../asn1/children";
import { readElement, type Element } from "../asn1/der";
import { DerError } from "../asn1/der-error";
import { Tag, describeIdentifier, explicit } from "../asn1/tag";
import { EXTENSION_TITLES } from "../extensions/extension-titles";
import type { Finding } from "../finding";
import { hasUnusedBits, keyEncodingFindings } from "./key-encoding";
import { formIn, refusal, refusalSeverity, type RefusedForm } from "./refusers";

/** Encodings that the readers here accept and others reject: who does is in `refusers.ts`. */

/** Something encoded differently from what its standard requires. */
interface Fault {
  readonly id: string;
  /** What is wrong: a clause of its own. */
  readonly what: Phrase;
  readonly form: RefusedForm;
  readonly clause: string;
}

/** Elements that are looked at; certificates in use have some hundreds. */
const MAX_ELEMENTS = 20_000;
const NAMES: ReadonlySet<string> = new Set(["issuer", "subject"]);
/** Findings of one certificate. */
const MAX_FINDINGS = 10;

/** Fields of a TBSCertificate after the version, in words, with the sections of the page. */
const FIELDS: readonly (readonly [words: Phrase, section: string])[] = [
  [phrase("serial number"), "certificate"],
  [phrase("signature algorithm"), "signature"],
  [phrase("issuer"), "issuer"],
  [phrase("validity"), "validity"],
  [phrase("subject"), "subject"],
  [phrase("public key"), "publicKey"],
];

/**
 * What programs reject in the encoding of a certificate, each fault once per field. Work is proportional to the bytes.
 */
export function encodingFindings({ der, certificate }: ChainMember): readonly Finding[] {
  const walk = new Walk();
  readable(() => {
    const [tbs, algorithm, signature] = childrenOf(readElement(der, Tag.SEQUENCE, "Certificate"));
    const fields = tbs === undefined ? [] : childrenOf(tbs);
    const version = fields[0]?.identifier === explicit(0) ? fields.shift() : undefined;
    const publicKeyInfo = fields[FIELDS.length - 1];
    const extensions = fields.slice(FIELDS.length).find(({ identifier }) => identifier === explicit(3));
    readable(() => walk.visit(version, phrase("version"), "certificate"));
    FIELDS.forEach(([words, section], index) => readable(() => walk.visit(fields[index], words, section)));
    readable(() => extensions && walk.visitExtensions(extensions, certificate));
    readable(() => walk.visit(algorithm, phrase("signature algorithm"), "signature"));
    if (signature !== undefined && hasUnusedBits(signature)) walk.findings.push(SIGNATURE_OF_BITS);
    readable(() => publicKeyInfo && walk.findings.push(...keyEncodingFindings(publicKeyInfo, certificate)));
  });
  return walk.findings.slice(0, MAX_FINDINGS);
}

/** Damage is reported where the field is decoded; here it only ends the check of that field. */
function readable(look: () => unknown): void {
  try {
    look();
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
  }
}

const SIGNATURE_OF_BITS: Finding = {
  id: "encoding.signature-bits",
  severity: "error",
  message: phrase("Its signature is not a whole number of bytes: {0}.", refusal("signature-bits")),
  advice: phrase("Have it reissued: no program accepts its signature."),
  clause: "RFC 5280 section 4.1.1.3, RFC 8017 section 8.2.1",
  section: "signature",
};

class Walk {
  readonly findings: Finding[] = [];
  private readonly reported = new Set<string>();
  private left = MAX_ELEMENTS;
  private isInside = false;

  visit(element: Element | undefined, words: Phrase, section: string): void {
    if (element === undefined || --this.left < 0) return;
    if (element.constructed && element.identifier >> 6 !== 1) {
      // The only sets of a name are its parts (RDNs).
      if (element.identifier === Tag.SET && element.length === 0 && NAMES.has(section)) {
        this.report(
          fault("encoding.rdn", phrase("a part is empty"), "rdn", "RFC 5280 section 4.1.2.4"),
          words,
          section,
        );
      }
      if (element.identifier === Tag.SEQUENCE && NAMES.has(section)) this.visitValue(element, words, section);
      for (const reader = element.open(); reader.more && this.left > 0;) this.visit(reader.next(), words, section);
      return;
    }
    const found = faultOf(element);
    // A key that is not a whole number of bytes has its own finding.
    if (found === undefined || (found.id === "encoding.bits" && section === "publicKey")) return;
    this.report(found, words, section);
  }

  /** The value of an attribute of a name. */
  private visitValue(pair: Element, words: Phrase, section: string): void {
    const reader = pair.open();
    if (!reader.more || reader.next().identifier !== Tag.OBJECT_IDENTIFIER || !reader.more) return;
    const found = valueFault(reader.next());
    if (found !== undefined) this.report(found, words, section);
  }

  private report({ id, what, clause, ...fault }: Fault, words: Phrase, section: string): void {
    const form = formIn(fault.form, this.isInside ? "extension" : words.text);
    const key = JSON.stringify([id, what, section]);
    if (this.reported.has(key)) return;
    this.reported.add(key);
    this.findings.push({
      id,
      severity: refusalSeverity(form),
      message: phrase("In its {0}, {1}: {2}.", words, what, refusal(form)),
      advice: phrase("Have it reissued: some programs cannot use it."),
      clause,
      section,
    });
  }

  /** Extensions, and the contents of the known ones. */
  visitExtensions(list: Element, certificate: Certificate): void {
    for (const [index, extension] of childrenOf(list).flatMap(childrenOf).entries()) {
      const decoded = certificate.extensions[index];
      const title = decoded === undefined ? "" : (EXTENSION_TITLES.get(decoded.oid) ?? decoded.oid);
      const words = title === "" ? phrase("extension") : phrase("extension {0}", title);
      const { type = "unknown" } = decoded?.value ?? {};
      const section = type === "unknown" || type === "unreadable" ? (decoded?.oid ?? "certificate") : type;
      readable(() => {
        for (const part of extension.constructed ? childrenOf(extension) : []) {
          this.visit(part, words, section);
          if (part.identifier === Tag.OCTET_STRING && type !== "unknown") this.visitEncoded(part, words, section);
        }
      });
    }
  }

  private visitEncoded(value: Element, words: Phrase, section: string): void {
    this.isInside = true;
    readable(() => {
      for (const reader = value.openEncoded(); reader.more;) this.visit(reader.next(), words, section);
    });
    this.isInside = false;
  }
}

/** Types that OpenSSL takes for the value of an attribute, and those that BoringSSL does not. */
const VALUE_TYPES: ReadonlySet<number> = new Set([3, 7, 8, 9, 11, 12, 13, 14, 15, 18, 19, 20, 22, 28, 29, 30, 0x30]);
const NOT_BORING: ReadonlySet<number> = new Set([8, 11, 29]);

/** The identifier without the bit for pieces, which strings in BER have. */
function valueFault({ identifier, tagNumber, content }: Element): Fault | undefined {
  const type = identifier === Tag.SEQUENCE ? identifier : identifier & ~0x20;
  const broken = (what: Phrase, form: RefusedForm) =>
    fault("encoding.value", what, form, "RFC 5280 section 4.1.2.4, X.520 section 6.2");
  if (NOT_BORING.has(type) || !VALUE_TYPES.has(type)) {
    const form = NOT_BORING.has(type) ? "value-type-boring" : "value-type";
    return broken(phrase("a value is not text but of the type {0}", describeIdentifier(identifier, tagNumber)), form);
  }
  const [unused = 8] = content;
  return identifier === Tag.BIT_STRING && unused > (content.length > 1 ? 7 : 0)
    ? broken(phrase("a value is a BIT STRING that leaves out more bits than it has"), "value-bits")
    : undefined;
}

function faultOf(element: Element): Fault | undefined {
  const { content } = element;
  switch (element.identifier) {
    case Tag.INTEGER:
    case Tag.ENUMERATED: {
      const [first, second] = content;
      const isPadded = second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80));
      return isPadded
        ? fault("encoding.integer", phrase("a number has more bytes than it needs"), "integer", "X.690 section 8.3.2")
        : undefined;
    }
    case Tag.OBJECT_IDENTIFIER:
      return content.some((octet, index) => octet === 0x80 && (index === 0 || (content[index - 1] ?? 0) < 0x80))
        ? fault(
            "encoding.oid",
            phrase("an object identifier has more bytes than it needs"),
            "oid",
            "X.690 section 8.19.2",
          )
        : undefined;
    case Tag.BOOLEAN:
      return content.length === 1 && content[0] !== 0 && content[0] !== 0xff
        ? fault("encoding.boolean", phrase("TRUE is not encoded as FF"), "boolean", "X.690 section 11.1")
        : undefined;
    case Tag.BIT_STRING: {
      const unused = content[0] ?? 0;
      const isSet = content.length > 1 && unused < 8 && ((content.at(-1) ?? 0) & ((1 << unused) - 1)) !== 0;
      return isSet ? fault("encoding.bits", phrase("unused bits are set"), "bits", "X.690 section 11.2.1") : undefined;
    }
    case Tag.UTC_TIME:
    case Tag.GENERALIZED_TIME:
      return timeFault(element);
    default:
      return stringFault(element);
  }
}

const fault = (id: string, what: Phrase, form: RefusedForm, clause: string): Fault => ({ id, what, form, clause });

/**
 * RFC 5280 section 4.1.2.5: with seconds, without a fraction of them, in UTC. Go reads an offset, and a UTCTime
 * without seconds.
 */
function timeFault({ identifier, latin1 }: Element): Fault | undefined {
  const isShort = identifier === Tag.UTC_TIME;
  const digits = isShort ? 10 : 12;
  const number = /^\d*/.exec(latin1)?.[0] ?? "";
  const rest = latin1.slice(number.length);
  if (number.length !== digits && number.length !== digits + 2) return undefined;
  const clause = `RFC 5280 section 4.1.2.5.${isShort ? 1 : 2}`;
  const broken = (what: Phrase, form: RefusedForm) => fault("encoding.time", what, form, clause);
  if (/^[.,]/.test(rest)) return broken(phrase("a time has a fraction of a second"), "time-fraction");
  if (number.length === digits)
    return broken(phrase("a time has no seconds"), isShort ? "utc-seconds" : "time-seconds");
  if (/^[+-]\d{4}$/.test(rest)) {
    return broken(phrase("a time has an offset from UTC instead of Z"), isShort ? "utc-offset" : "time-offset");
  }
  return undefined;
}

/** X.680 section 41; `&`, `*`, `@` and `_` occur in PrintableString, and Go accepts the first two. */
const PRINTABLE = /^[A-Za-z0-9 '()+,\-./:=?*&]*$/;

function stringFault(element: Element): Fault | undefined {
  const broken = (what: Phrase, form: RefusedForm) =>
    fault("encoding.string", what, form, "X.680 section 41, RFC 5280 appendix A.1");
  const foreign = (allowed: RegExp, what: Phrase) =>
    allowed.test(element.latin1) ? undefined : broken(what, "characters");
  switch (element.identifier) {
    case Tag.PRINTABLE_STRING:
      return foreign(PRINTABLE, phrase("a PrintableString has characters that its type does not allow"));
    case Tag.NUMERIC_STRING:
      return foreign(/^[0-9 ]*$/, phrase("a NumericString has characters that its type does not allow"));
    case Tag.IA5_STRING:
      return foreign(/^[\u0000-\u007f]*$/, phrase("an IA5String has characters that its type does not allow"));
    case Tag.UTF8_STRING:
      return isUtf8(element.content) ? undefined : broken(phrase("a UTF8String is not UTF-8"), "utf8");
    case Tag.BMP_STRING:
      if (element.length % 2 !== 0) return broken(phrase("a BMPString has half a character"), "half-character");
      return hasSurrogates(element.content)
        ? broken(phrase("a BMPString has surrogates, which its type does not allow"), "surrogates")
        : undefined;
    case Tag.UNIVERSAL_STRING:
      return element.length % 4 === 0
        ? undefined
        : broken(phrase("a UniversalString has part of a character"), "part-of-character");
    default:
      return undefined;
  }
}

function hasSurrogates(content: Buffer): boolean {
  for (let index = 0; index < content.length; index += 2) if (((content[index] ?? 0) & 0xf8) === 0xd8) return true;
  return false;
}

import {
  writeAlgorithm,
  writeBitString,
  writeContext,
  writeElement,
  writeInteger,
  writeNull,
  writeObjectIdentifier,
  writeOctetString,
  writeSequence,
  writeUnsignedInteger,
} from "../../../src/certificates/asn1/der-writer";
import { implicit, Tag } from "../../../src/certificates/asn1/tag";
import type { RefusedForm } from "../../../src/certificates/checks/refusers";
import { cn, hex, MODULUS } from "./refused-forms";
import {
  ascii,
  constraintsOf,
  dnsNames,
  extensionOfType,
  nameOf,
  policiesOf,
  purposesOf,
  TRUE,
  usagesOf,
  utcTime,
  utf8String,
  type WrittenFields,
} from "./written-certificate";

/**
 * A form that the rules speak of. The letters after the row are those of the engines that refuse this very case, where
 * there are more of them than in its row.
 */
type FormCase = readonly [
  what: string,
  fields: WrittenFields,
  id: string,
  form: RefusedForm,
  measured?: string | undefined,
];

const NAMES = dnsNames("case.example.test");
const NOTHING = Buffer.alloc(0);
const beside = (oid: string, value: Buffer, ...between: readonly Buffer[]): WrittenFields => ({
  extensions: [NAMES, extensionOfType(oid, value, ...between)],
});
const twice = (extension: Buffer): WrittenFields => ({ extensions: [NAMES, extension, extension] });
const alternative = (...names: readonly Buffer[]): WrittenFields => ({
  extensions: [extensionOfType("2.5.29.17", writeSequence(...names))],
});
const version = (number: number) => writeContext(0, writeInteger(number));
const url = (text: string) => ascii(implicit(6), text);
const points = (...parts: readonly Buffer[]) => writeSequence(writeSequence(...parts));
const place = writeContext(0, writeContext(0, url("http://a.test/a.crl")));
const access = (method: string) => writeSequence(writeSequence(writeObjectIdentifier(method), url("http://a.test/")));
const noValue = nameOf([writeSequence(writeObjectIdentifier("2.5.4.3"))]);
const damagedName = writeContext(4, noValue);
const qualified = (value: Buffer) =>
  writeSequence(
    writeSequence(
      writeObjectIdentifier("1.2.3"),
      writeSequence(writeSequence(writeObjectIdentifier("1.3.6.1.5.5.7.2.1"), value)),
    ),
  );
const PSS = "1.2.840.113549.1.1.10";
const BAD_PSS = writeAlgorithm(PSS, writeSequence(writeInteger(1)));
const RSA = writeBitString(writeSequence(writeUnsignedInteger(MODULUS), writeInteger(65537)));
const CA = constraintsOf(TRUE);

const AUTHORITY_KEY = writeSequence(writeElement(0x80, Buffer.of(1)));
const wrong = (name: string, oid: string, form: RefusedForm, measured?: string): FormCase => [
  `an unreadable ${name}`,
  beside(oid, writeElement(Tag.ENUMERATED, Buffer.of(1))),
  "extension.unreadable",
  form,
  measured,
];
const critical = (name: string, oid: string, value: Buffer, id: string, form: RefusedForm, all?: string): FormCase => [
  `a critical ${name}`,
  beside(oid, value, TRUE),
  `extension.${id}`,
  form,
  all,
];
const NOT = "must-not-be-critical";
const REFUSED_ID = "critical-refused";

export const FORM_CASES: readonly FormCase[] = [
  ["extensions in version 1", { version: NOTHING }, "form.version", "version"],
  ["extensions in version 2", { version: version(1) }, "form.version", "version"],
  ["version 4", { version: version(3) }, "form.version", "later-version"],
  ["no extensions in version 1", { version: NOTHING, extensionField: NOTHING }, "form.old-version", "none"],
  ["no extensions in version 3", { extensionField: NOTHING }, "form.old-version", "none"],
  ["a length of too many bytes", { serialNumber: hex("028105 1122334455") }, "form.ber", "ber", "BGN"],
  ["an indefinite length", { subject: hex("3080 310d300b06035504030c0463617365 0000") }, "form.ber", "ber", "BGTN"],
  ["a string in pieces", { subject: cn(writeElement(0x2c, utf8String("a"), utf8String("b"))) }, "form.ber", "ber"],
  [
    "a length of too many bytes in an extension",
    beside("2.5.29.37", hex("30810a 06082b06010505070301")),
    "form.ber",
    "ber",
    "bG",
  ],
  ["a negative serial number", { serialNumber: hex("020185") }, "form.serial-not-positive", "negative-serial"],
  ["a serial number of zero", { serialNumber: hex("020100") }, "form.serial-not-positive", "none"],
  [
    "a serial number of 21 bytes",
    { serialNumber: writeUnsignedInteger(Buffer.alloc(21, 0x11)) },
    "form.serial-too-long",
    "none",
  ],
  ["no issuer", { issuer: writeSequence() }, "form.issuer-empty", "issuer-empty"],
  ["no subject", { subject: writeSequence(), extensions: [usagesOf(7, 0x80)] }, "form.subject-empty", "subject-empty"],
  ["no subject of a CA", { subject: writeSequence(), extensions: [CA] }, "form.subject-empty", "subject-empty"],
  ["no subject, names not critical", { subject: writeSequence() }, "form.names-not-critical", "subject-empty"],
  ["a unique identifier", { uniqueIds: [writeElement(0x81, Buffer.of(0, 1))] }, "form.unique-id", "none"],
  ["an empty serial number", { serialNumber: writeElement(2) }, "form.field-unreadable", "unreadable", "OBGNJ"],
  ["a negative version", { version: writeContext(0, hex("0201ff")) }, "form.field-unreadable", "unreadable", "BGTJ"],
  ["month 13", { notBefore: utcTime("261301000000Z") }, "form.field-unreadable", "unreadable", "oBGTJ"],
  ["an end that is a number", { notAfter: writeInteger(5) }, "form.field-unreadable", "unreadable", "OBGTNJ"],
  ["a subject of no sets", { subject: writeSequence(writeNull()) }, "form.field-unreadable", "unreadable", "OBGTNJ"],
  ["an algorithm without an OID", { signature: writeSequence() }, "form.field-unreadable", "unreadable", "OBGTNJ"],
  ["a field behind the last", { surplus: [writeNull()] }, "form.field-unreadable", "unreadable", "OBTN"],
  [
    "wrong parameters of the signature",
    { signature: BAD_PSS, signatureAlgorithm: BAD_PSS },
    "form.parameters-unreadable",
    "parameters",
    "obgtJ",
  ],
  [
    "wrong parameters of the key",
    { publicKey: writeSequence(BAD_PSS, RSA) },
    "form.parameters-unreadable",
    "parameters",
  ],
  ["an attribute without a value", { subject: noValue }, "name.attribute-unreadable", "attribute", "OBGTNJ"],
  [
    "an attribute with two values",
    { subject: nameOf([writeSequence(writeObjectIdentifier("2.5.4.3"), utf8String("a"), utf8String("b"))]) },
    "name.attribute-unreadable",
    "attribute",
    "OBTNJ",
  ],
  [
    "an attribute whose OID breaks off",
    { subject: nameOf([writeSequence(writeElement(6, hex("550483")), utf8String("a"))]) },
    "name.attribute-unreadable",
    "attribute",
    "OBGJ",
  ],
  ["the names twice", { extensions: [NAMES, NAMES] }, "extension.repeated", "repeated used"],
  ["the purposes twice", twice(purposesOf("1.3.6.1.5.5.7.3.1")), "extension.repeated", "repeated used"],
  ["the usages twice", twice(usagesOf(7, 0x80)), "extension.repeated", "repeated used"],
  [
    "the key of the issuer twice",
    twice(extensionOfType("2.5.29.35", AUTHORITY_KEY)),
    "extension.repeated",
    "repeated used",
  ],
  [
    "the distribution points twice",
    twice(extensionOfType("2.5.29.31", points(place))),
    "extension.repeated",
    "repeated used",
  ],
  ["the policies twice", twice(policiesOf("1.2.3")), "extension.repeated", "repeated policy", "bGTJ"],
  [
    "the inhibition twice",
    twice(extensionOfType("2.5.29.54", writeInteger(1))),
    "extension.repeated",
    "repeated policy",
  ],
  [
    "an extension that nobody knows twice",
    twice(extensionOfType("1.2.3.4", writeNull())),
    "extension.repeated",
    "repeated",
  ],
  [
    "the places of the CA twice",
    twice(extensionOfType("1.3.6.1.5.5.7.1.1", access("1.3.6.1.5.5.7.48.1"))),
    "extension.repeated",
    "repeated",
  ],
  wrong("Subject Alternative Name", "2.5.29.17", "unreadable used", "obGT"),
  wrong("Key Usage", "2.5.29.15", "unreadable used", "obG"),
  wrong("Extended Key Usage", "2.5.29.37", "unreadable used", "obG"),
  wrong("Basic Constraints", "2.5.29.19", "unreadable used", "obG"),
  wrong("Authority Key Identifier", "2.5.29.35", "unreadable used", "obG"),
  wrong("Subject Key Identifier", "2.5.29.14", "unreadable used", "obG"),
  wrong("list of distribution points", "2.5.29.31", "unreadable used", "obG"),
  wrong("list of name constraints", "2.5.29.30", "unreadable used", "obG"),
  [
    "a distribution point of two names",
    beside("2.5.29.31", points(writeContext(0, writeContext(0, url("http://a.test/")), writeNull()))),
    "extension.unreadable",
    "unreadable used",
    "ob",
  ],
  wrong("list of policies", "2.5.29.32", "unreadable policy"),
  wrong("policy constraint", "2.5.29.36", "unreadable policy"),
  wrong("inhibition", "2.5.29.54", "unreadable policy"),
  wrong("list of places", "1.3.6.1.5.5.7.1.1", "unreadable access"),
  wrong("policy mapping", "2.5.29.33", "unreadable access"),
  wrong("Netscape type", "2.16.840.1.113730.1.1", "unreadable netscape"),
  wrong("list of timestamps", "1.3.6.1.4.1.11129.2.4.2", "none"),
  wrong("statement about quality", "1.3.6.1.5.5.7.1.3", "none"),
  [
    "an extension without a value",
    { extensions: [NAMES, writeSequence(writeObjectIdentifier("1.2.3"))] },
    "extension.unreadable",
    "unreadable",
    "OBGTNJ",
  ],
  [
    "a negative path length",
    { extensions: [NAMES, constraintsOf(TRUE, hex("0201ff"))] },
    "extension.path-length",
    "none",
    "obG",
  ],
  [
    "a path length that is a flag",
    { extensions: [NAMES, constraintsOf(TRUE, TRUE)] },
    "extension.path-length",
    "none",
    "obJ",
  ],
  [
    "a path length of nine bytes",
    { extensions: [NAMES, constraintsOf(TRUE, hex("020900ffffffffffffffff"))] },
    "extension.path-length",
    "none",
    "GJ",
  ],
  ["a damaged name among the names", alternative(damagedName), "extension.name-unreadable", "name used", "obT"],
  [
    "a damaged name of a list's issuer",
    beside("2.5.29.31", points(writeContext(2, damagedName))),
    "extension.name-unreadable",
    "name used",
  ],
  [
    "a damaged name of a place",
    beside("1.3.6.1.5.5.7.1.1", writeSequence(writeSequence(writeObjectIdentifier("1.3.6.1.5.5.7.48.1"), damagedName))),
    "extension.name-unreadable",
    "none",
  ],
  ["no policies in their list", beside("2.5.29.32", writeSequence()), "extension.empty", "empty policy"],
  ["no purposes in their list", beside("2.5.29.37", writeSequence()), "usage.no-purpose-left", "empty policy"],
  ["no usages", beside("2.5.29.15", hex("03020700")), "usage.none", "empty usage"],
  [
    "no constraints in their list",
    { extensions: [CA, extensionOfType("2.5.29.30", writeSequence(), TRUE)] },
    "extension.empty",
    "empty constraints",
  ],
  ["no names in their list", alternative(), "extension.empty", "none"],
  ["no points in their list", beside("2.5.29.31", writeSequence()), "extension.empty", "none"],
  ["no places in their list", beside("1.3.6.1.5.5.7.1.1", writeSequence()), "extension.empty", "none"],
  [
    "a policy twice",
    beside("2.5.29.32", writeSequence(...[0, 1].map(() => writeSequence(writeObjectIdentifier("1.2.3"))))),
    "policies.repeated",
    "policy-repeated",
  ],
  [
    "an address of policies that is a number",
    beside("2.5.29.32", qualified(writeInteger(1))),
    "policies.qualifier-form",
    "qualifier",
  ],
  [
    "an address of policies in UTF-8",
    beside("2.5.29.32", qualified(utf8String("http://a.test/"))),
    "policies.qualifier-form",
    "qualifier",
  ],
  ["an empty distribution point", beside("2.5.29.31", points()), "extension.point-nowhere", "point-nowhere"],
  [
    "a distribution point of reasons alone",
    beside("2.5.29.31", points(writeElement(0x81, hex("0640")))),
    "extension.point-nowhere",
    "point-nowhere",
  ],
  [
    "basic constraints that are not critical",
    { extensions: [extensionOfType("2.5.29.19", writeSequence(TRUE))] },
    "extension.must-be-critical",
    "none",
  ],
  ["a CA without a key identifier", { extensions: [CA] }, "extension.subject-key", "none"],
  ["no key of the issuer", {}, "extension.authority-key", "none"],
  [
    "name constraints of a leaf",
    beside("2.5.29.30", writeSequence(writeContext(0, writeSequence(ascii(implicit(2), "example.test"))))),
    "extension.leaf-name-constraints",
    "none",
  ],
  ["a name that is not ASCII", alternative(ascii(implicit(1), "b\u00e4cker@a.test")), "names.not-ascii", "characters"],
  critical("extension that nobody knows", "1.2.3.4", writeNull(), "unknown-critical", "critical", "obgtj"),
  critical("proxy certificate", "1.3.6.1.5.5.7.1.14", writeNull(), "undecoded-critical", "critical"),
  critical("list of addresses", "1.3.6.1.5.5.7.1.26", writeNull(), "undecoded-critical", "critical", "obgtj"),
  critical("Authority Key Identifier", "2.5.29.35", AUTHORITY_KEY, NOT, "critical", "obGj"),
  critical("Subject Key Identifier", "2.5.29.14", writeOctetString(Buffer.of(1)), NOT, "critical", "obGj"),
  critical("list of places", "1.3.6.1.5.5.7.1.1", access("1.3.6.1.5.5.7.48.1"), NOT, "critical", "obGj"),
  critical("freshest list", "2.5.29.46", points(place), NOT, "critical", "obgtj"),
  critical("list of timestamps", "1.3.6.1.4.1.11129.2.4.2", writeOctetString(hex("0000")), NOT, "critical", "obgtj"),
  critical("TLS feature", "1.3.6.1.5.5.7.1.24", writeSequence(writeInteger(5)), REFUSED_ID, "critical"),
  critical(
    "alternative name of the issuer",
    "2.5.29.18",
    writeSequence(ascii(implicit(2), "a.test")),
    REFUSED_ID,
    "critical",
  ),
  critical("list of distribution points", "2.5.29.31", points(place), REFUSED_ID, "critical-boring"),
  critical("“no check”", "1.3.6.1.5.5.7.48.1.5", writeNull(), REFUSED_ID, "critical-boring", "bgtj"),
  critical("Netscape type", "2.16.840.1.113730.1.1", hex("030206c0"), REFUSED_ID, "critical-boring", "bgtj"),
  critical("poison", "1.3.6.1.4.1.11129.2.4.3", writeNull(), "precertificate", "critical", "obgtj"),
];

import assert from "node:assert/strict";
import { decodeCertificate, type CertificateField } from "../../../src/certificates/x509/certificate";
import { isCa, isSelfIssued, mayHaveIssued } from "../../../src/certificates/x509/issuing";
import { orderChain } from "../../../src/certificates/x509/chain";
import { findingsOf } from "../../../src/certificates/checks/findings";
import { readContainers } from "../../../src/certificates/containers/read";
import { implicit, Tag } from "../../../src/certificates/asn1/tag";
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
  writeSetOf,
} from "../../../src/certificates/asn1/der-writer";
import { describePage } from "../certificates/details-page";
import type { DetailsPage, DetailsRow } from "../../../src/certificates/details/page";
import { certificateText } from "../../../src/certificates/exports/text";
import { isOpenedByOpenssl } from "../certificates/exports/openssl";
import {
  ascii,
  attributeOf,
  constraintsOf,
  dnsNames,
  extensionOfType,
  generalizedTime,
  ISSUER,
  named,
  nameOf,
  PUBLIC_KEY,
  SUBJECT,
  TRUE,
  usagesOf,
  utcTime,
  utf8String,
  writtenCertificate,
  WRITTEN_NOW,
  type WrittenFields,
} from "./written-certificate";
import { inEnglish } from "../../../src/words/localize";

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(" ", ""), "hex");
const SAN = "2.5.29.17";

/**
 * Damage of one field: what it is called, the field in the place of the right one, and the section of the page that
 * marks it.
 */
type Damage = readonly [what: string, fields: WrittenFields, section: string, field?: CertificateField];

const times: readonly (readonly [string, Buffer])[] = [
  ["of no digits", utcTime("next summerZ")],
  ["of month 13", utcTime("261301000000Z")],
  ["of February 30", generalizedTime("20260230000000Z")],
  ["that is empty", utcTime("")],
  ["without its zone", generalizedTime("20260101000000")],
  ["of 25 o'clock", utcTime("260101250000Z")],
  ["with letters behind", utcTime("260101000000ZZ")],
  ["of a year of five digits", generalizedTime("120260101000000Z")],
];

const DAMAGES: readonly Damage[] = [
  ...times.flatMap(([what, notBefore]): Damage[] => [
    [`a start ${what}`, { notBefore }, "validity", "notBefore"],
    [`an end ${what}`, { notAfter: notBefore }, "validity", "notAfter"],
  ]),
  ["an end that is an INTEGER", { notAfter: writeInteger(5) }, "validity", "notAfter"],
  ["no times", { validity: writeSequence() }, "validity"],
  ["one time", { validity: writeSequence(utcTime("260101000000Z")) }, "validity"],
  [
    "three times",
    { validity: writeSequence(utcTime("260101000000Z"), utcTime("270101000000Z"), writeNull()) },
    "validity",
  ],
  ["a negative version", { version: writeContext(0, hex("0201ff")) }, "certificate", "version"],
  ["a version of nine bytes", { version: writeContext(0, hex("0209010000000000000000")) }, "certificate", "version"],
  [
    "a version that is an OCTET STRING",
    { version: writeContext(0, writeOctetString(Buffer.of(2))) },
    "certificate",
    "version",
  ],
  ["a version without content", { version: writeContext(0, writeElement(Tag.INTEGER)) }, "certificate", "version"],
  ["two versions", { version: writeContext(0, writeInteger(2), writeInteger(2)) }, "certificate", "version"],
  ["a serial number without content", { serialNumber: writeElement(Tag.INTEGER) }, "certificate", "serialNumber"],
  ["an algorithm without an OID", { signatureAlgorithm: writeSequence() }, "signature", "signatureAlgorithm"],
  [
    "an algorithm in the signed part without an OID",
    { signature: writeSequence(writeNull()) },
    "signature",
    "signature",
  ],
  [
    "an algorithm with three parts",
    { signatureAlgorithm: writeSequence(writeObjectIdentifier("1.2.3"), writeNull(), writeNull()) },
    "signature",
  ],
  [
    "RSA-PSS with parameters that are none",
    {
      signature: writeAlgorithm("1.2.840.113549.1.1.10", writeSequence(writeInteger(1))),
      signatureAlgorithm: writeAlgorithm("1.2.840.113549.1.1.10", writeSequence(writeInteger(1))),
    },
    "signature",
  ],
  ["a signature of nine unused bits", { signatureValue: hex("03020900") }, "signature", "signatureValue"],
  ["a signature with unused bits and no bytes", { signatureValue: hex("030105") }, "signature", "signatureValue"],
  ["an empty signature", { signatureValue: hex("0300") }, "signature", "signatureValue"],
  ["a subject that is not made of sets", { subject: writeSequence(writeSequence()) }, "subject", "subject"],
  ["an issuer that is not made of sets", { issuer: writeSequence(writeNull()) }, "issuer", "issuer"],
  ["an attribute without a value", { subject: nameOf([writeSequence(writeObjectIdentifier("2.5.4.3"))]) }, "subject"],
  [
    "an attribute with two values",
    { subject: nameOf([writeSequence(writeObjectIdentifier("2.5.4.3"), utf8String("a"), utf8String("b"))]) },
    "subject",
  ],
  [
    "an attribute whose OID breaks off",
    { subject: nameOf([writeSequence(writeElement(Tag.OBJECT_IDENTIFIER, hex("5504 83")), utf8String("a"))]) },
    "subject",
  ],
  ["an attribute that is a NULL", { issuer: writeSequence(writeElement(Tag.SET, writeNull())) }, "issuer"],
  [
    "a string cut into pieces that are none",
    { subject: nameOf([attributeOf("2.5.4.3", writeElement(0x2c, hex("0405")))]) },
    "subject",
  ],
  [
    "one part of a subject that is not a set",
    {
      subject: writeSequence(
        writeSetOf([attributeOf("2.5.4.3", utf8String("a"))]),
        writeElement(0x11, attributeOf("2.5.4.10", utf8String("b"))),
      ),
    },
    "subject",
  ],
  [
    "a subject without the bit that says that it holds elements",
    { subject: writeElement(0x10, writeSetOf([attributeOf("2.5.4.3", utf8String("a"))])) },
    "subject",
    "subject",
  ],
  [
    "an issuer without that bit",
    { issuer: writeElement(0x10, writeSetOf([attributeOf("2.5.4.3", utf8String("a"))])) },
    "issuer",
    "issuer",
  ],
  [
    "a name inside a distribution point with an attribute that is a NULL",
    {
      extensions: [
        extensionOfType(
          "2.5.29.31",
          writeSequence(
            writeSequence(writeContext(0, writeContext(0, writeContext(4, writeSequence(writeSetOf([writeNull()])))))),
          ),
        ),
      ],
    },
    "cRLDistributionPoints",
  ],
  [
    "a DSA key of four parameters",
    {
      publicKey: writeSequence(
        writeAlgorithm(
          "1.2.840.10040.4.1",
          writeSequence(writeInteger(7), writeInteger(3), writeInteger(2), writeInteger(2)),
        ),
        writeBitString(writeInteger(5)),
      ),
    },
    "publicKey",
  ],
  [
    "a key without its algorithm",
    { publicKey: writeSequence(writeBitString(Buffer.of(4))) },
    "publicKey",
    "subjectPublicKeyInfo",
  ],
  [
    "a key with something behind",
    { publicKey: writeSequence(...[writeAlgorithm("1.2.3"), writeBitString(Buffer.of(4)), writeNull()]) },
    "publicKey",
  ],
  [
    "a key of nine unused bits",
    { publicKey: writeSequence(writeAlgorithm("1.2.840.113549.1.1.1", writeNull()), hex("03020900")) },
    "publicKey",
  ],
  [
    "an RSA key that is not one",
    { publicKey: writeSequence(writeAlgorithm("1.2.840.113549.1.1.1", writeNull()), writeBitString(hex("0401ff"))) },
    "publicKey",
  ],
  [
    "an EC key without parameters",
    { publicKey: writeSequence(writeAlgorithm("1.2.840.10045.2.1"), writeBitString(hex("0401ff"))) },
    "publicKey",
  ],
  [
    "a DSA key without its number",
    { publicKey: writeSequence(writeAlgorithm("1.2.840.10040.4.1"), writeBitString(hex("0500"))) },
    "publicKey",
  ],
  [
    "a unique identifier of nine unused bits",
    { uniqueIds: [writeElement(implicit(1), hex("0900"))] },
    "certificate",
    "issuerUniqueID",
  ],
  ["a unique identifier that is empty", { uniqueIds: [writeElement(implicit(2))] }, "certificate", "subjectUniqueID"],
  [
    "extensions that are a SET",
    { extensionField: writeContext(3, writeSetOf([dnsNames("a.test")])) },
    "certificate",
    "extensions",
  ],
  ["no list of extensions", { extensionField: writeContext(3) }, "certificate", "extensions"],
  ["an element behind the last one", { surplus: [writeNull()] }, "certificate", "tbsCertificate"],
  ["an element before the extensions", { uniqueIds: [writeContext(5, writeNull())] }, "certificate", "tbsCertificate"],
  ["alternative names that are no list", { extensions: [extensionOfType(SAN, writeInteger(1))] }, SAN],
  ["alternative names with something behind", { extensions: [extensionOfType(SAN, hex("3000 0500"))] }, SAN],
  ["alternative names that break off", { extensions: [extensionOfType(SAN, hex("3010 8201"))] }, SAN],
  [
    "one alternative name of no type",
    { extensions: [extensionOfType(SAN, writeSequence(ascii(implicit(2), "a.test"), hex("9f7f00")))] },
    SAN,
  ],
  [
    "one directory name that is none",
    { extensions: [extensionOfType(SAN, writeSequence(writeContext(4, writeInteger(1))))] },
    SAN,
  ],
  [
    "one address of three bytes",
    { extensions: [extensionOfType(SAN, writeSequence(writeElement(implicit(7), hex("010203"))))] },
    "subjectAltName",
  ],
  ["basic constraints of a wrong type", { extensions: [extensionOfType("2.5.29.19", writeInteger(0))] }, "2.5.29.19"],
  ["a CA flag of two bytes", { extensions: [constraintsOf(writeElement(Tag.BOOLEAN, hex("ffff")))] }, "2.5.29.19"],
  ["a negative path length", { extensions: [constraintsOf(TRUE, hex("0201ff"))] }, "basicConstraints"],
  [
    "a path length of nine bytes",
    { extensions: [constraintsOf(TRUE, hex("0209 7f0000000000000000"))] },
    "basicConstraints",
  ],
  ["a path length that is text", { extensions: [constraintsOf(TRUE, utf8String("3"))] }, "basicConstraints"],
  [
    "a path length and something behind",
    { extensions: [constraintsOf(TRUE, writeInteger(1), writeNull())] },
    "basicConstraints",
  ],
  ["a key usage of eight unused bits", { extensions: [usagesOf(8, 0x80)] }, "2.5.29.15"],
  ["a key usage that is an INTEGER", { extensions: [extensionOfType("2.5.29.15", writeInteger(1))] }, "2.5.29.15"],
  [
    "purposes that are no OIDs",
    { extensions: [extensionOfType("2.5.29.37", writeSequence(writeInteger(1)))] },
    "2.5.29.37",
  ],
  [
    "policies that are no list",
    { extensions: [extensionOfType("2.5.29.32", writeObjectIdentifier("2.5.29.32.0"))] },
    "2.5.29.32",
  ],
  ["a key identifier that is text", { extensions: [extensionOfType("2.5.29.14", utf8String("a"))] }, "2.5.29.14"],
  [
    "an issuer's key identifier that breaks off",
    { extensions: [extensionOfType("2.5.29.35", hex("3016 8014"))] },
    "2.5.29.35",
  ],
  ["distribution points that are text", { extensions: [extensionOfType("2.5.29.31", utf8String("a"))] }, "2.5.29.31"],
  [
    "access descriptions without an address",
    {
      extensions: [
        extensionOfType("1.3.6.1.5.5.7.1.1", writeSequence(writeSequence(writeObjectIdentifier("1.3.6.1.5.5.7.48.1")))),
      ],
    },
    "1.3.6.1.5.5.7.1.1",
  ],
  ["an extension with an empty value", { extensions: [extensionOfType("2.5.29.37", Buffer.alloc(0))] }, "2.5.29.37"],
  [
    "timestamps of a wrong length",
    { extensions: [extensionOfType("1.3.6.1.4.1.11129.2.4.2", writeOctetString(hex("0005 00")))] },
    "1.3.6.1.4.1.11129.2.4.2",
  ],
  ["name constraints that are a number", { extensions: [extensionOfType("2.5.29.30", writeInteger(1))] }, "2.5.29.30"],
  ["an extension without a value", { extensions: [writeSequence(writeObjectIdentifier("2.5.29.37"))] }, "2.5.29.37"],
  [
    "a critical flag of two bytes",
    { extensions: [extensionOfType("2.5.29.37", writeSequence(), writeElement(Tag.BOOLEAN, hex("0001")))] },
    "2.5.29.37",
  ],
  ["an extension that is a NULL", { extensions: [writeNull()] }, ""],
];

/** Damage that leaves every field readable: nothing is marked, and some finding tells. */
const ODD: readonly (readonly [what: string, fields: WrittenFields, finding: string])[] = [
  ["version 5", { version: writeContext(0, writeInteger(5)) }, "form.version"],
  ["version 1 with extensions", { version: writeContext(0, writeInteger(0)) }, "form.version"],
  ["an empty issuer", { issuer: writeSequence() }, "form.issuer-empty"],
  ["a negative serial number", { serialNumber: hex("0203 8000ff") }, "form.serial-not-positive"],
  ["the serial number 0", { serialNumber: writeInteger(0) }, "form.serial-not-positive"],
  [
    "a serial number of 30 bytes",
    { serialNumber: writeElement(Tag.INTEGER, Buffer.alloc(30, 0x11)) },
    "form.serial-too-long",
  ],
  ["an extension twice", { extensions: [dnsNames("a.test"), dnsNames("b.test")] }, "extension.repeated"],
  [
    "another algorithm in the signed part",
    { signature: writeAlgorithm("1.2.840.10045.4.3.3") },
    "signature.algorithm-differs",
  ],
  ["an end before the start", { notAfter: utcTime("250101000000Z") }, "validity.reversed"],
  ["an RDN without attributes", { subject: writeSequence(writeElement(Tag.SET)) }, "chain.issuer-missing"],
];

interface Looked {
  readonly page: DetailsPage;
  readonly ids: readonly string[];
}

async function look(der: Buffer): Promise<Looked> {
  const contents = readContainers(der);
  const findings = await findingsOf(orderChain([der], { now: WRITTEN_NOW }), { now: WRITTEN_NOW });
  const page = describePage(contents, { now: WRITTEN_NOW, findings });
  return { page, ids: page.objects.flatMap((object) => object.findings.map(({ id }) => id)) };
}

const rowText = ({ label, values }: DetailsRow): string => `${label} ${JSON.stringify(values)}`;

describe("a certificate with one field that is damaged", () => {
  const refused: string[] = [];

  for (const [what, fields, section, field] of DAMAGES) {
    it(`is shown, ${what} marked in its place`, async () => {
      const der = writtenCertificate(fields);
      if (!isOpenedByOpenssl(der)) refused.push(what);
      const { page, ids } = await look(der);
      const [object] = page.objects;
      assert.deepEqual([page.objects.length, object?.damaged, page.damage], [1, undefined, []]);
      const marked = object?.sections.filter(({ rows }) =>
        rows.some((row) => rowText(row).includes("could not be read")),
      );
      assert.deepEqual(
        marked?.map(({ id }) => id),
        [section],
      );
      assert.ok(
        object?.findings.some(({ severity }) => severity === "error"),
        ids.join(),
      );
      assert.equal(page.summary.verdict.tone, "bad");
      if (field !== undefined) {
        assert.deepEqual(
          decodeCertificate(der).unreadable?.map((each) => each.field),
          [field],
        );
        assert.ok(ids.includes("form.field-unreadable"));
      }
      // The others are shown as ever, on the page, as text and as JSON.
      const whole = describePage(readContainers(writtenCertificate()), { now: WRITTEN_NOW }).objects[0];
      for (const right of whole?.sections.filter(({ id }) => ["subject", "issuer", "validity"].includes(id)) ?? []) {
        if (right.id !== section)
          assert.deepEqual(object?.sections.find(({ id }) => id === right.id)?.rows, right.rows);
      }
      assert.match(certificateText(decodeCertificate(der)), /could not be read/);
      assert.deepEqual(JSON.parse(JSON.stringify(decodeCertificate(der))), decodeCertificate(der));
    });
  }

  for (const [what, fields, finding] of ODD) {
    it(`is shown with ${what}`, async () => {
      const der = writtenCertificate(fields);
      assert.ok(isOpenedByOpenssl(der));
      const { page, ids } = await look(der);
      assert.deepEqual([page.objects.length, page.damage], [1, []]);
      assert.equal(decodeCertificate(der).unreadable, undefined);
      assert.ok(ids.includes(finding), ids.join());
    });
  }

  it("is opened here more often than by OpenSSL", () => {
    // What OpenSSL opens is in the tables above: it refuses some of what is marked here.
    assert.ok(refused.length > 5 && refused.length < DAMAGES.length / 2, refused.join("\n"));
  });

  it("has the other parts of a name where one is damaged", () => {
    const parts = [writeSetOf([attributeOf("2.5.4.3", utf8String("a"))]), writeElement(0x11, writeNull())];
    const { subject } = decodeCertificate(writtenCertificate({ subject: writeSequence(...parts) }));
    assert.equal(subject.text, "#11020500,CN=a");
    assert.match(inEnglish(subject.rdns[1]?.[0]?.problem ?? ""), /a primitive SET instead of a constructed one/);
  });

  const lists: readonly (readonly [what: string, oid: string, list: readonly Buffer[], shown: readonly RegExp[]])[] = [
    [
      "alternative names",
      SAN,
      [ascii(implicit(2), "a.test"), hex("9f7f00"), ascii(implicit(2), "b.test"), writeContext(4, writeInteger(1))],
      [/a\.test/, /is not a GeneralName/, /b\.test/, /directoryName is INTEGER/],
    ],
    [
      "purposes",
      "2.5.29.37",
      [writeObjectIdentifier("1.3.6.1.5.5.7.3.1"), writeInteger(1)],
      [/1\.3\.6\.1\.5\.5\.7\.3\.1/, /KeyPurposeId is INTEGER/],
    ],
    [
      "policies",
      "2.5.29.32",
      [writeNull(), writeSequence(writeObjectIdentifier("2.23.140.1.2.1"))],
      [/PolicyInformation is NULL/, /2\.23\.140\.1\.2\.1/],
    ],
    [
      "distribution points",
      "2.5.29.31",
      [writeInteger(1), writeSequence(writeContext(0, writeContext(0, ascii(implicit(6), "http://crl.test/a"))))],
      [/INTEGER/, /crl\.test/],
    ],
    [
      "places of the issuer",
      "1.3.6.1.5.5.7.1.1",
      [
        writeSequence(writeObjectIdentifier("1.3.6.1.5.5.7.48.1"), ascii(implicit(6), "http://ocsp.test")),
        writeSequence(),
      ],
      [/ocsp\.test/, /accessMethod is missing/],
    ],
  ];
  for (const [what, oid, list, shown] of lists) {
    it(`has the other entries where one is damaged: ${what}`, async () => {
      const der = writtenCertificate({ extensions: [extensionOfType(oid, writeSequence(...list))] });
      const { page, ids } = await look(der);
      const rows = page.objects[0]?.sections.find((section) => section.oid === oid)?.rows.map(rowText) ?? [];
      // What is wrong, each entry in its place, and the bytes.
      assert.match(rows[0] ?? "", /could not be read/);
      shown.forEach((text, index) => assert.match(rows[index + 1] ?? "", text));
      assert.ok(ids.includes("extension.unreadable"));
      assert.equal(page.summary.verdict.tone, "bad");
      assert.match(certificateText(decodeCertificate(der)), /Damaged entry/);
      // No entry of it counts as one that the certificate has.
      assert.deepEqual(
        ids.filter((id) => /^names\.|no-purpose$|no-revocation/.test(id)),
        [],
      );
    });
  }

  it("has no entries where the list breaks off, or none can be read", () => {
    for (const value of [writeSequence(hex("9f7f00")), writeInteger(1), hex("3010 8201")]) {
      const [extension] = decodeCertificate(
        writtenCertificate({ extensions: [extensionOfType(SAN, value)] }),
      ).extensions;
      assert.ok(extension?.value.type === "unreadable");
      assert.equal(extension.value.entries, undefined);
    }
  });

  it("has extensions that are critical where the flag is damaged, or what follows it", () => {
    const flagged = (...parts: readonly Buffer[]) => {
      const extensions = [writeSequence(writeObjectIdentifier("1.2.3.4"), ...parts)];
      return decodeCertificate(writtenCertificate({ extensions })).extensions.map(({ critical }) => critical);
    };
    assert.deepEqual(flagged(writeElement(Tag.BOOLEAN, hex("0000")), writeOctetString(hex("0500"))), [true]);
    assert.deepEqual(flagged(TRUE, writeInteger(1)), [true]);
    assert.deepEqual(flagged(writeOctetString(hex("0500")), writeNull()), [false]);
  });

  it("needs the frame of one", () => {
    const right = writtenCertificate();
    for (const der of [
      writeSequence(),
      right.subarray(0, right.length - 1),
      writeSequence(writeInteger(1)),
      writeSequence(SUBJECT, ISSUER, PUBLIC_KEY),
    ])
      assert.throws(() => decodeCertificate(der), { name: "DerError" });
  });

  it("links to nothing by a name that could not be read", () => {
    const unreadable = writeSequence(writeNull());
    const one = writtenCertificate({ subject: unreadable, issuer: unreadable, extensions: [constraintsOf(TRUE)] });
    const other = writtenCertificate({ issuer: unreadable, subject: named("other") });
    const chain = orderChain([other, one]);
    assert.equal(chain.path.length, 1);
    assert.equal(chain.issuers.size, 0);
    const certificate = decodeCertificate(one);
    assert.equal(isSelfIssued(certificate), false);
    // An empty name is one that could be read, and is not the same.
    const empty = decodeCertificate(writtenCertificate({ issuer: writeSequence() }));
    assert.equal(mayHaveIssued(certificate, empty), false);
  });
});

describe("a CA", () => {
  const SIGNS = usagesOf(1, 0x06);
  const table: readonly (readonly [what: string, extensions: readonly Buffer[], ca: boolean])[] = [
    ["with a negative path length", [constraintsOf(TRUE, hex("0201ff"))], true],
    ["with a huge path length", [constraintsOf(TRUE, hex("0209 7f0000000000000000"))], true],
    ["with a path length of other bytes", [constraintsOf(TRUE, hex("0200"))], true],
    ["with its flag written as 01", [constraintsOf(writeElement(Tag.BOOLEAN, Buffer.of(1)))], true],
    [
      "with constraints that cannot be read, whose key may sign",
      [extensionOfType("2.5.29.19", writeInteger(0)), SIGNS],
      true,
    ],
    [
      "with constraints that cannot be read, whose key may not",
      [extensionOfType("2.5.29.19", writeInteger(0)), usagesOf(7, 0x80)],
      false,
    ],
    ["that has a path length and is none", [constraintsOf(writeInteger(3)), SIGNS], false],
    [
      "that has a path length that is nonsense and is none",
      [constraintsOf(writeElement(Tag.BOOLEAN, Buffer.of(0)), hex("0201ff"))],
      false,
    ],
  ];
  for (const [what, extensions, ca] of table) {
    it(`${what} is ${ca ? "one" : "not one"}`, () => {
      assert.equal(isCa(decodeCertificate(writtenCertificate({ extensions }))), ca);
    });
  }
});

import assert from "node:assert/strict";
import { decodeCertificate, type Certificate } from "../../../../src/certificates/x509/certificate";
import { compareCertificates, comparisonLines } from "../../../../src/certificates/exports/compare";
import { certificatesJson } from "../../../../src/certificates/exports/json";
import { certificateText, chainText } from "../../../../src/certificates/exports/text";
import { loadKnownAuthorities } from "../../../../src/certificates/x509/known-authorities";
import { MS_PER_DAY } from "../../../../src/certificates/x509/lifetime";
import { writeElement, writeNull, writeSequence, writeSetOf } from "../../../../src/certificates/asn1/der-writer";
import { implicit } from "../../../../src/certificates/asn1/tag";
import {
  ascii,
  attributeOf,
  extensionOfType,
  utcTime,
  utf8String,
  writtenCertificate,
} from "../../strangers/written-certificate";
import { pemFixture } from "../fixtures";
import { CLIENT_AUTH, ISSUED, SERVER_AUTH, commonName, lasting, named, purposes, tls } from "../checks/variations";

const lines = (certificate: Certificate): readonly string[] => certificateText(certificate).split("\n");

/** Lines that only one of two texts has, without their margin. */
function difference(before: Certificate, after: Certificate): readonly string[] {
  const [old, young] = [lines(before), lines(after)];
  return [
    ...old.filter((line) => !young.includes(line)).map((line) => `-${line.trim()}`),
    ...young.filter((line) => !old.includes(line)).map((line) => `+${line.trim()}`),
  ];
}

describe("a certificate as text", () => {
  it("is in the order of OpenSSL's text, and the same each time", () => {
    const certificate = decodeCertificate(pemFixture("extensions/tls-leaf.pem"));
    const text = certificateText(certificate);
    assert.equal(certificateText(decodeCertificate(pemFixture("extensions/tls-leaf.pem"))), text);
    const titles = text
      .split("\n")
      .filter((line) => /^ {4}\S/.test(line))
      .map((line) => line.trim());
    assert.deepEqual(titles.slice(0, 6), [
      "Data:",
      "Issuer:",
      "Validity:",
      "Subject:",
      "Public Key:",
      "Subject Alternative Name (2.5.29.17):",
    ]);
    assert.deepEqual(titles.slice(-2), ["Signature:", "Fingerprints:"]);
    assert.ok(text.startsWith("Certificate:\n") && text.endsWith("\n"));
  });

  it("does not depend on the time: nothing of it tells what is left", () => {
    const text = certificateText(tls());
    assert.doesNotMatch(text, /\bLeft\b|Infinity|NaN|Invalid/);
    assert.match(text, /Not After: 2027-05-18 23:59:59 UTC/);
  });

  it("differs by the lines that differ", () => {
    assert.deepEqual(difference(named(tls(), "a.test", "b.test"), named(tls(), "a.test", "c.test")), [
      "-DNS name: b.test",
      "+DNS name: c.test",
    ]);
    const later = difference(lasting(tls(), ISSUED, 199), lasting(tls(), ISSUED + MS_PER_DAY, 199));
    assert.deepEqual(
      later.map((line) => line.replace(/:.*/, "")),
      ["-Not Before", "-Not After", "+Not Before", "+Not After"],
    );
  });

  it("writes what changes lines or directions by code points", () => {
    const hostile = { ...tls(), subject: commonName("a\nIssuer: CN=Trusted\u202etxt\u200b\u0000") };
    const text = certificateText(hostile);
    assert.match(text, /a\\u\{a\}Issuer: CN=Trusted\\u\{202e\}txt\\u\{200b\}\\u\{0\}/);
    assert.doesNotMatch(text, /^\s*Issuer: CN=Trusted/m);
    assert.doesNotMatch(text.replaceAll("\n", ""), /[\u0000-\u001f\u202e\u200b]/);
  });

  it("is made for every known CA certificate and every kind of extension", async () => {
    const authorities = (await loadKnownAuthorities()).all().map(({ certificate }) => certificate);
    const others = ["all-names", "constrained-ca", "damaged", "mark", "microsoft", "old", "qualified"].map((name) =>
      decodeCertificate(pemFixture(`extensions/${name}.pem`)),
    );
    const texts = [...authorities, ...others].map((certificate) => certificateText(certificate));
    assert.equal(new Set(texts).size, texts.length);
    for (const text of texts) {
      assert.doesNotMatch(text, /undefined|\[object/);
      assert.ok(text.split("\n").every((line) => line.length < 400 || /URI|\\u|https?:/.test(line)));
    }
  });

  it("of a chain has an empty line between certificates", () => {
    const text = chainText([tls(), tls()]);
    assert.equal(text.split("\n\nCertificate:\n").length, 2);
  });
});

describe("certificates as JSON", () => {
  it("have a version, and survive being read again", () => {
    const certificate = decodeCertificate(pemFixture("extensions/tls-leaf.pem"));
    const text = certificatesJson([certificate]);
    assert.deepEqual(JSON.parse(text), { version: 1, certificates: [certificate] });
    assert.equal(certificatesJson([decodeCertificate(pemFixture("extensions/tls-leaf.pem"))]), text);
  });

  it("say in English, as texts, what could not be read", () => {
    const part = writeElement(0x11, writeNull());
    const der = writtenCertificate({
      subject: writeSequence(writeSetOf([attributeOf("2.5.4.3", utf8String("a"))]), part),
      notAfter: utcTime("next summerZ"),
      extensions: [extensionOfType("2.5.29.17", writeSequence(writeNull(), ascii(implicit(2), "a.test")))],
    });
    const { certificates } = JSON.parse(certificatesJson([decodeCertificate(der)])) as {
      readonly certificates: readonly {
        readonly subject: { readonly rdns: readonly (readonly { readonly problem: unknown }[])[] };
        readonly unreadable: readonly unknown[];
        readonly extensions: readonly {
          readonly value: { readonly problem: { readonly message: unknown }; readonly entries: readonly unknown[] };
        }[];
      }[];
    };
    const [certificate] = certificates;
    const damaged = certificate?.extensions[0]?.value;
    const message = `NULL is not a GeneralName (byte ${der.indexOf(Buffer.from("0500820661", "hex"))})`;
    assert.deepEqual(
      [certificate?.subject.rdns[1]?.[0]?.problem, damaged?.problem.message, damaged?.entries],
      [
        `RelativeDistinguishedName is a primitive SET instead of a constructed one (byte ${der.indexOf(part)})`,
        message,
        [
          { type: "damagedEntry", problem: message },
          { type: "subjectAltName", names: [{ type: "dNSName", value: "a.test" }] },
        ],
      ],
    );
  });
});

describe("the certificate before and the one after", () => {
  const renewed = (certificate: Certificate, sha256 = "11"): Certificate => ({
    ...lasting(certificate, ISSUED + 190 * MS_PER_DAY, 100),
    fingerprints: { sha1: sha256, sha256 },
  });
  const rekeyed = (certificate: Certificate): Certificate => ({
    ...certificate,
    publicKey: decodeCertificate(pemFixture("keys/p-384.pem")).publicKey,
  });

  it("are told apart in plain data", () => {
    const after = renewed(purposes(named(tls(), "www.example.test", "new.test"), SERVER_AUTH, CLIENT_AUTH));
    const comparison = compareCertificates(tls(), after);
    assert.deepEqual(comparison.names, { added: ["new.test"], removed: ["example.test"] });
    assert.deepEqual(comparison.purposes, { added: [CLIENT_AUTH], removed: [] });
    assert.deepEqual([comparison.same, comparison.keyKept], [false, true]);
  });

  const table: readonly (readonly [string, Certificate, number | undefined, readonly string[]])[] = [
    [
      "nothing but time",
      renewed(tls()),
      undefined,
      [
        "The key is kept.",
        "The names are the same.",
        "It is valid until Aug 17, 2027 (100 days); the previous one is valid until May 18, 2027.",
      ],
    ],
    [
      "everything",
      {
        ...renewed(rekeyed(purposes(named(tls(), "www.example.test", "new.test"), CLIENT_AUTH))),
        issuer: commonName("Another CA"),
      },
      ISSUED + 700 * MS_PER_DAY,
      [
        "The key is new: replace the private key along with the certificate.",
        "Names added: new.test.",
        "Names removed: example.test.",
        "Purposes added: TLS client authentication.",
        "Purposes removed: TLS server authentication.",
        "The issuer is Another CA, and was A CA: replace the chain as well.",
        "It is valid until Aug 17, 2027 (100 days); the previous one is valid until May 18, 2027.",
        "The order is paid for until Oct 1, 2028.",
      ],
    ],
    ["not at all", tls(), undefined, ["www.example.test: it is the same certificate."]],
  ];
  for (const [what, after, paidUntil, expected] of table)
    it(`are summed up when they differ in ${what}`, () =>
      assert.deepEqual(comparisonLines(tls(), after, paidUntil), expected));
});

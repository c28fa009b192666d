import assert from "node:assert/strict";
import { decodeCertificate } from "../../../src/certificates/x509/certificate";
import { orderChain } from "../../../src/certificates/x509/chain";
import { refusal } from "../../../src/certificates/checks/refusers";
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
  writeSequence,
  writeUnsignedInteger,
} from "../../../src/certificates/asn1/der-writer";
import { describePage } from "../certificates/details-page";
import type { Finding } from "../../../src/certificates/finding";
import { pointFault } from "../../../src/certificates/keys/curve-point";
import { decodePublicKey } from "../../../src/certificates/keys/public-key";
import { pemText } from "../../../src/certificates/pem-text";
import { hasOpenssl, hasReadableKey, isOpenedByOpenssl, openssl } from "../certificates/exports/openssl";
import { strangersFile } from "./cases";
import { FORM_CASES } from "./form-cases";
import { CURVES, cn, ecKey, flipped, hex, MODULUS, NEGATIVE, pointOn, REFUSED_FORMS, rsaKey } from "./refused-forms";
import {
  ascii,
  attributeOf,
  constraintsOf,
  dnsNames,
  extensionOfType,
  generalizedTime,
  policiesOf,
  purposesOf,
  TRUE,
  usagesOf,
  utf8String,
  writtenCertificate,
  WRITTEN_NOW,
  type WrittenFields,
} from "./written-certificate";
import { inEnglish } from "../../../src/words/localize";

const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
const EMAIL_PROTECTION = "1.3.6.1.5.5.7.3.4";

async function findingsFor(der: Uint8Array): Promise<readonly Finding[]> {
  return [...(await findingsOf(orderChain([der], { now: WRITTEN_NOW }), { now: WRITTEN_NOW })).values()].flat();
}

const certificatesIn = (file: string): readonly Uint8Array[] =>
  readContainers(strangersFile(file)).objects.flatMap((object) => (object.kind === "certificate" ? [object.der] : []));
const onlyIn = (file: string): Uint8Array => {
  const [der] = certificatesIn(file);
  assert.ok(der);
  return der;
};

const ids = (findings: readonly Finding[]) => findings.map(({ id }) => id);
const words = (findings: readonly Finding[], id: string): string =>
  findings
    .filter((finding) => finding.id === id)
    .map(({ message }) => inEnglish(message))
    .join("\n");

describe("forms that others refuse", () => {
  for (const [what, fields, id, says, form, how] of REFUSED_FORMS) {
    it(`are found: ${what}, and who refuses it`, async () => {
      const der = writtenCertificate(fields);
      const findings = await findingsFor(der);
      assert.match(words(findings, id), says, ids(findings).join());
      assert.ok(words(findings, id).includes(`: ${inEnglish(refusal(form))}.`), words(findings, id));
      assert.equal(
        findings.filter((finding) => finding.id.startsWith("encoding.") || finding.id === "key.negative").length,
        1,
      );
      assert.equal(decodeCertificate(der).unreadable, undefined);
      assert.equal(isOpenedByOpenssl(der), how !== "refused");
      if (how !== "refused") assert.equal(hasReadableKey(der), how !== "keyless");
      if (how !== "unverified" || !hasOpenssl) return;
      const pem = Buffer.from(pemText(der));
      const verified = openssl(pem, "verify", "-partial_chain", "-trusted", "FILE", "FILE");
      assert.ok(
        !verified.ok && /format error in certificate's not(Before|After) field/.test(verified.output),
        verified.output,
      );
    });
  }

  for (const [what, fields, id, form] of FORM_CASES) {
    it(`are told with who refuses them: ${what}`, async () => {
      const findings = await findingsFor(writtenCertificate(fields));
      const who = id === "extension.path-length" ? "Some programs reject it" : refusal(form);
      assert.ok(words(findings, id).includes(inEnglish(who)), `${id}: ${ids(findings).join()} ${words(findings, id)}`);
    });
  }

  it("are told with whole sentences, and a string in pieces is text", async () => {
    assert.deepEqual(
      (["none", "rdn", "subject-empty", "integer extension", "unreadable used"] as const).map((form) =>
        inEnglish(refusal(form)),
      ),
      [
        "programs accept it",
        "BoringSSL rejects it",
        "Java rejects it",
        "Go rejects it, and OpenSSL and BoringSSL reject it when they use it",
        "OpenSSL and BoringSSL reject it when they use it",
      ],
    );
    const pieces = cn(writeElement(0x2c, utf8String("a"), utf8String("b")));
    assert.ok(!ids(await findingsFor(writtenCertificate({ subject: pieces }))).includes("encoding.value"));
  });

  it("are not found in what is as it should be", async () => {
    const right: readonly WrittenFields[] = [
      {},
      { serialNumber: hex("0202 0080"), notAfter: generalizedTime("20511231235959Z") },
      { subject: cn(ascii(Tag.PRINTABLE_STRING, "Aa0 '()+,-./:=?")) },
      { publicKey: rsaKey(writeUnsignedInteger(MODULUS)) },
      { subject: cn(ascii(Tag.TELETEX_STRING, "B\u00e4cker")) },
    ];
    for (const fields of right)
      assert.deepEqual(
        ids(await findingsFor(writtenCertificate(fields))).filter((id) => /^(encoding|key)\./.test(id)),
        [],
      );
    for (const [name, oid] of Object.entries(CURVES)) {
      const { key } = decodePublicKey(ecKey(oid, pointOn(name)));
      assert.ok(key.type === "EC");
      assert.equal(pointFault(key), undefined, name);
      const off = decodePublicKey(ecKey(oid, flipped(pointOn(name)))).key;
      assert.equal(off.type === "EC" && pointFault(off), "off-the-curve", name);
    }
  });
});

describe("sizes", () => {
  it("of a modulus written as a negative number are those of its bytes", async () => {
    const { key } = decodeCertificate(onlyIn("negmod.pem")).publicKey;
    assert.ok(key.type === "RSA");
    assert.deepEqual([key.bits, key.modulus.length, key.modulus.slice(0, 4), key.negative], [2048, 512, "8F8F", true]);
    assert.ok(ids(await findingsFor(onlyIn("negmod.pem"))).includes("key.negative"));
    for (const [bytes, bits] of [
      [128, 1024],
      [384, 3072],
      [512, 4096],
    ] as const) {
      const brother = decodePublicKey(rsaKey(writeElement(Tag.INTEGER, Buffer.alloc(bytes, 0x9f)))).key;
      assert.equal(brother.type === "RSA" && brother.bits, bits);
    }
    const right = decodePublicKey(rsaKey(writeUnsignedInteger(MODULUS))).key;
    assert.deepEqual(right.type === "RSA" && [right.bits, right.negative], [2048, undefined]);
    const exponent = decodePublicKey(rsaKey(writeUnsignedInteger(MODULUS), [writeNull()], hex("0201fd"))).key;
    assert.deepEqual(exponent.type === "RSA" && [exponent.exponent, exponent.negative], ["253", true]);
    const dsa = writeSequence(
      writeAlgorithm("1.2.840.10040.4.1", writeSequence(NEGATIVE, writeInteger(5), writeInteger(2))),
      writeBitString(writeInteger(3)),
    );
    const dsaKey = decodePublicKey(dsa).key;
    assert.deepEqual(dsaKey.type === "DSA" && [dsaKey.bits, dsaKey.negative], [2048, true]);
  });

  it("of P-521 are those of the field", () => {
    const { key } = decodePublicKey(ecKey(CURVES["P-521"], pointOn("P-521")));
    assert.ok(key.type === "EC");
    assert.deepEqual([key.bits, key.point.length], [521, 2 * 133]);
  });
});

describe("Diffie-Hellman parameters", () => {
  const kinds = (bytes: Buffer) =>
    readContainers(bytes).objects.map((object) => ("structure" in object ? object.structure : object.kind));
  const pem = (label: string, der: Buffer) =>
    Buffer.from(`-----BEGIN ${label}-----\n${der.toString("base64")}\n-----END ${label}-----\n`);
  it("beside two certificates are no RSA key", () => {
    assert.deepEqual(kinds(strangersFile("dh.pem")), ["certificate", "certificate", "dhParameters"]);
    const { objects } = describePage(readContainers(strangersFile("dh.pem")), { now: WRITTEN_NOW });
    assert.deepEqual(
      objects.map(({ kind }) => kind).sort(),
      ["Diffie-Hellman parameters", "CA certificate", "Certificate"].sort(),
    );
  });
  it("of any generator are none, and an RSA key stays one", () => {
    const prime = writeUnsignedInteger(MODULUS);
    for (const generator of [2, 3, 5])
      assert.deepEqual(kinds(pem("DH PARAMETERS", writeSequence(prime, writeInteger(generator)))), ["dhParameters"]);
    for (const generator of [2, 5])
      assert.deepEqual(kinds(writeSequence(prime, writeInteger(generator))), ["dhParameters"]);
    assert.deepEqual(kinds(pem("DH PARAMETERS", writeSequence(prime, writeInteger(2), writeInteger(256)))), [
      "dhParameters",
    ]);
    for (const exponent of [3, 17, 65537]) {
      assert.deepEqual(kinds(writeSequence(prime, writeInteger(exponent))), ["rsaPublicKey"]);
      assert.deepEqual(kinds(pem("RSA PUBLIC KEY", writeSequence(prime, writeInteger(exponent)))), ["rsaPublicKey"]);
    }
  });
});

describe("alternative names", () => {
  const address = (...octets: readonly number[]): Buffer => writeElement(implicit(7), Buffer.from(octets));
  const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);

  it("of a wrong length are errors, and not absent", async () => {
    for (const file of ["ip8.pem", "ip5.pem"]) {
      const findings = await findingsFor(onlyIn(file));
      const found = findings.filter(({ id }) => id === "names.address-length");
      assert.deepEqual(
        found.map(({ severity }) => severity),
        ["error"],
        file,
      );
      assert.match(inEnglish(found[0]!.message), file === "ip8.pem" ? /has 8 bytes/ : /has 5 bytes/);
      assert.ok(!ids(findings).some((id) => id === "names.missing" || id === "names.no-host"), ids(findings).join());
    }
    // The right ones beside it are shown.
    assert.match(JSON.stringify(decodeCertificate(onlyIn("ip8.pem"))), /case\.example\.test/);
  });

  it("have addresses of 4 and 16 bytes, and name constraints of 8 and 32", async () => {
    for (const length of [0, 3, 4, 5, 8, 15, 16, 17, 32]) {
      const names = extensionOfType("2.5.29.17", writeSequence(address(...zeros(length))));
      const issuerNames = extensionOfType("2.5.29.18", writeSequence(address(...zeros(length))));
      const bases = extensionOfType(
        "2.5.29.30",
        writeSequence(writeContext(0, writeSequence(address(...zeros(length))))),
        TRUE,
      );
      const isFound = async (extension: Buffer) =>
        ids(await findingsFor(writtenCertificate({ extensions: [extension] }))).includes("names.address-length");
      assert.equal(await isFound(names), length !== 4 && length !== 16, `${length} bytes`);
      assert.equal(await isFound(issuerNames), length !== 4 && length !== 16, `${length} bytes of the issuer`);
      assert.equal(await isFound(bases), length !== 8 && length !== 32, `${length} bytes in name constraints`);
    }
  });

  it("that are empty are said, whatever the purposes", async () => {
    assert.ok(ids(await findingsFor(onlyIn("sanempty.pem"))).includes("extension.empty"));
    const empty = extensionOfType("2.5.29.17", writeSequence());
    for (const more of [
      [],
      [purposesOf(SERVER_AUTH)],
      [purposesOf(EMAIL_PROTECTION)],
      [purposesOf("1.3.6.1.5.5.7.3.3")],
      [constraintsOf(TRUE)],
    ]) {
      const findings = await findingsFor(writtenCertificate({ extensions: [empty, ...more] }));
      assert.match(words(findings, "extension.empty"), /Subject Alternative Name is empty/);
    }
  });

  it("and other lists that are empty are said", async () => {
    const lists: readonly (readonly [string, Buffer])[] = [
      ["2.5.29.18", writeSequence()],
      ["2.5.29.32", writeSequence()],
      ["2.5.29.31", writeSequence()],
      ["2.5.29.46", writeSequence()],
      ["1.3.6.1.5.5.7.1.1", writeSequence()],
      ["1.3.6.1.5.5.7.1.11", writeSequence()],
    ];
    for (const [oid, value] of lists)
      assert.ok(
        ids(await findingsFor(writtenCertificate({ extensions: [extensionOfType(oid, value)] }))).includes(
          "extension.empty",
        ),
        oid,
      );
  });
});

describe("text", () => {
  const subjectOf = (value: Buffer): string =>
    decodeCertificate(writtenCertificate({ subject: cn(value) })).subject.text;
  it("of TeletexString whose bytes are UTF-8 is that", () => {
    assert.match(decodeCertificate(onlyIn("t61u.pem")).subject.text, /O=Bäckerei/);
    const utf8 = Buffer.from("Bäckerei").toString("latin1");
    for (const tag of [
      Tag.TELETEX_STRING,
      Tag.PRINTABLE_STRING,
      Tag.IA5_STRING,
      Tag.VISIBLE_STRING,
      Tag.GENERAL_STRING,
      Tag.GRAPHIC_STRING,
      Tag.VIDEOTEX_STRING,
    ]) {
      assert.equal(subjectOf(ascii(tag, utf8)), "CN=Bäckerei");
      assert.equal(subjectOf(ascii(tag, "Bäckerei")), "CN=Bäckerei");
    }
  });

  it("is escaped as RFC 4514 has it", () => {
    const table: readonly (readonly [string, string])[] = [
      [" ", "CN=\\ "],
      ["  ", "CN=\\ \\ "],
      ["   ", "CN=\\  \\ "],
      [" a ", "CN=\\ a\\ "],
      ["a b", "CN=a b"],
      ["#a", "CN=\\#a"],
      ["", "CN="],
      [" #", "CN=\\ #"],
    ];
    for (const [value, text] of table) assert.equal(subjectOf(utf8String(value)), text, JSON.stringify(value));
  });

  it("of a name has an empty RDN where there is one", () => {
    const rdn = (text: string) => writeElement(Tag.SET, attributeOf("2.5.4.3", utf8String(text)));
    const empty = writeElement(Tag.SET);
    const table: readonly (readonly [readonly Buffer[], string])[] = [
      [[empty], ""],
      [[rdn("a"), empty], ",CN=a"],
      [[empty, rdn("a")], "CN=a,"],
      [[rdn("b"), empty, rdn("a")], "CN=a,,CN=b"],
      [[], ""],
    ];
    for (const [rdns, text] of table)
      assert.equal(decodeCertificate(writtenCertificate({ subject: writeSequence(...rdns) })).subject.text, text);
  });
});

describe("purposes and policies", () => {
  const found = async (...extensions: readonly Buffer[]) => ids(await findingsFor(writtenCertificate({ extensions })));
  const dns = dnsNames("case.example.test");

  it("of an ECC server have a signature among the usages", async () => {
    for (const [bits, isFound] of [
      [[3, 0x08], true],
      [[5, 0x20], true],
      [[7, 0x80], false],
      [[3, 0x88], false],
    ] as const) {
      const got = await found(dns, purposesOf(SERVER_AUTH), usagesOf(...bits));
      assert.equal(got.includes("usage.no-signature"), isFound, got.join());
    }
    // Without purposes it is a server's by its names.
    assert.ok((await found(dns, usagesOf(3, 0x08))).includes("usage.no-signature"));
    const rsa = writtenCertificate({
      publicKey: rsaKey(writeUnsignedInteger(MODULUS)),
      extensions: [dns, purposesOf(SERVER_AUTH), usagesOf(5, 0x20)],
    });
    assert.ok(!ids(await findingsFor(rsa)).includes("usage.no-signature"));
  });

  it("of mail without the purpose get the mail rules", async () => {
    for (const policy of ["2.23.140.1.5.1.2", "2.23.140.1.5.2.3", "2.23.140.1.5.4.1"]) {
      const got = await found(policiesOf(policy), purposesOf("1.3.6.1.5.5.7.3.2"));
      for (const id of ["mail.no-address", "mail.no-purpose", "mail.no-key-usage", "mail.no-revocation"])
        assert.ok(got.includes(id), got.join());
    }
    assert.ok((await found(policiesOf("2.23.140.1.5.1.2"))).includes("mail.no-address"));
    assert.ok((await found(policiesOf("2.23.140.1.2.1"), purposesOf("1.3.6.1.5.5.7.3.17"))).includes("tls.no-purpose"));
  });

  it("that contradict each other are said", async () => {
    const table: readonly (readonly [readonly string[], boolean])[] = [
      [["2.23.140.1.2.1", "2.23.140.1.2.2"], true],
      [["2.23.140.1.1", "2.23.140.1.2.1"], true],
      [["2.23.140.1.2.1", "2.23.140.1.5.1.2"], true],
      [["2.23.140.1.2.2", "2.23.140.1.4.1"], true],
      [["2.23.140.1.5.1.2", "2.23.140.1.5.2.2"], true],
      [["2.23.140.1.5.1.2", "2.23.140.1.5.1.3"], true],
      [["2.23.140.1.2.1", "1.3.6.1.4.1.6449.1.2.2.7"], false],
      [["2.23.140.1.2.1", "2.23.140.1.2.1"], false],
    ];
    for (const [policies, isFound] of table) {
      const got = await found(dns, policiesOf(...policies), purposesOf(SERVER_AUTH, EMAIL_PROTECTION));
      const several = words(
        await findingsFor(writtenCertificate({ extensions: [dns, policiesOf(...policies), purposesOf(SERVER_AUTH)] })),
        "tls.policy",
      );
      assert.equal(got.includes("policies.several") || several.includes("more than one"), isFound, policies.join());
    }
  });

  it("that are critical are not called unknown where they have a name", async () => {
    const critical = (oid: string) => extensionOfType(oid, writeNull(), TRUE);
    for (const oid of ["1.3.6.1.5.5.7.1.14", "1.3.6.1.5.5.7.1.26", "1.3.6.1.4.1.53087.4.1", "2.23.140.1.31"]) {
      const findings = await findingsFor(writtenCertificate({ extensions: [critical(oid)] }));
      assert.ok(!ids(findings).includes("extension.unknown-critical"), oid);
      assert.doesNotMatch(words(findings, "extension.undecoded-critical"), /not known|unknown/);
      assert.ok(ids(findings).includes("extension.undecoded-critical"), oid);
    }
    assert.ok((await found(critical("1.2.3.4"))).includes("extension.unknown-critical"));
  });
});

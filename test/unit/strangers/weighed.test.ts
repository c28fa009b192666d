import assert from "node:assert/strict";
import { type Certificate, decodeCertificate } from "../../../src/certificates/x509/certificate";
import { orderChain } from "../../../src/certificates/x509/chain";
import { encodingFindings } from "../../../src/certificates/checks/encoding";
import { keyEncodingFindings } from "../../../src/certificates/checks/key-encoding";
import { readElement } from "../../../src/certificates/asn1/der";
import { DerError } from "../../../src/certificates/asn1/der-error";
import { Tag } from "../../../src/certificates/asn1/tag";
import {
  writeBitString,
  writeElement,
  writeNull,
  writeObjectIdentifier,
  writeSequence,
} from "../../../src/certificates/asn1/der-writer";
import { summarizeChain } from "../../../src/certificates/details/summary";
import { readBasicConstraints } from "../../../src/certificates/extensions/basic-constraints";
import { issuerLinks } from "../../../src/certificates/x509/issuer-links";
import { isCa, type ChainMember } from "../../../src/certificates/x509/issuing";
import { holder, issue, threeLevels } from "../certificates/checks/hierarchy";
import { authority, having, NOW, tls, without } from "../certificates/checks/variations";
import { phrase } from "../../../src/words/phrase";

const DAMAGED = { code: "value", offset: 0, message: phrase("damaged (byte 0)") } as const;

describe("what was found is weighed", () => {
  it("as a warning where Go alone refuses it, else as an error", async () => {
    const { holders } = await threeLevels();
    const table: readonly (readonly [name: string, severity: string])[] = [
      ["a@b", "warning"],
      ["a\u00e9b", "error"],
    ];
    for (const [name, severity] of table) {
      const { der } = issue(await holder(name), holders.ca, { ca: false });
      const at = Buffer.from(der).lastIndexOf(Buffer.from(name));
      // PrintableString has no "@", and half a character is not UTF-8.
      if (severity === "warning") der[at - 2] = Tag.PRINTABLE_STRING;
      else der[at + 1] = 0xff;
      const found = encodingFindings({ der, certificate: decodeCertificate(der) });
      assert.deepEqual(
        found.map((finding) => [finding.id, finding.severity]),
        [["encoding.string", severity]],
      );
    }
  });

  it("with a NULL that has content not taken for a NULL", () => {
    const leaf = tls();
    const algorithm = { oid: "1.2.840.113549.1.1.1", name: "rsaEncryption" };
    const key = { type: "RSA", bits: 2048, modulus: "C0", exponent: "65537" } as const;
    const certificate: Certificate = { ...leaf, publicKey: { ...leaf.publicKey, algorithm, key } };
    const told = (parameters: Buffer) => {
      const info = writeSequence(
        writeSequence(writeObjectIdentifier(algorithm.oid), parameters),
        writeBitString(Buffer.of(0)),
      );
      return keyEncodingFindings(readElement(info, Tag.SEQUENCE, "key"), certificate).map(({ id }) => id);
    };
    assert.deepEqual(told(writeNull()), []);
    assert.deepEqual(told(writeElement(Tag.NULL, Buffer.of(0))), ["encoding.rsa-null"]);
  });

  it("as bad where nobody can tell how long it is valid", () => {
    const leaf = { ...tls(), validity: {} };
    assert.equal(summarizeChain(leaf, orderChain([]), { now: NOW }, []).verdict.tone, "bad");
  });

  it("for a CA by its key usage where its basic constraints cannot be read", () => {
    const damaged = having(without(authority(), "basicConstraints"), {
      type: "unreadable",
      of: ["basicConstraints"],
      problem: DAMAGED,
      hex: "",
      tree: [],
    });
    assert.equal(isCa(damaged), true);
    assert.equal(isCa(without(damaged, "keyUsage")), false);
    assert.equal(isCa(having(damaged, { type: "keyUsage", usages: ["cRLSign"] })), false);
  });

  it("for nothing where basic constraints without the flag are damaged: that may be the flag", () => {
    const read = (...parts: readonly Buffer[]) =>
      readBasicConstraints(readElement(writeSequence(...parts), Tag.SEQUENCE, "BasicConstraints"));
    const wrong = writeElement(Tag.OCTET_STRING, Buffer.of(1));
    assert.throws(() => read(wrong), DerError);
    assert.equal(read(writeElement(Tag.BOOLEAN, Buffer.of(0xff)), wrong).ca, true);
  });

  it("with a signature that cannot be checked not taken for a bad one, among CAs of one name", async () => {
    const [right, wrong, end] = await Promise.all([holder("CA"), holder("CA"), holder("www.example.test")]);
    const issued = issue(end, right, { ca: false });
    const leaf = { ...issued, certificate: without(issued.certificate, "authorityKeyIdentifier") };
    const other = issue(wrong, wrong);
    const { der } = issue(right, right);
    // The curve of its key becomes one that no engine knows.
    der[Buffer.from(der).indexOf(Buffer.from("2a8648ce3d030107", "hex")) + 7] = 0x77;
    const unknown: ChainMember = { der, certificate: decodeCertificate(der) };
    assert.deepEqual(issuerLinks([leaf, other, unknown]).get(leaf), [unknown]);
  });
});

import assert from "node:assert/strict";
import { orderChain } from "../../../src/certificates/x509/chain";
import { findingsOf } from "../../../src/certificates/checks/findings";
import { implicit, Tag } from "../../../src/certificates/asn1/tag";
import {
  writeAlgorithm,
  writeBitString,
  writeContext,
  writeElement,
  writeInteger,
  writeObjectIdentifier,
  writeOctetString,
  writeSequence,
  writeUnsignedInteger,
} from "../../../src/certificates/asn1/der-writer";
import { describePage } from "../certificates/details-page";
import type { Ruling } from "../../../src/certificates/details/page";
import { readContainers } from "../../../src/certificates/containers/read";
import { pemText } from "../../../src/certificates/pem-text";
import {
  constraintsOf,
  dnsNames,
  extensionOfType,
  named,
  purposesOf,
  TRUE,
  usagesOf,
  writtenCertificate,
  WRITTEN_NOW,
  type WrittenFields,
} from "./written-certificate";

/** Verdict and sentences of the page that a person sees. */
async function verdictOf(...ders: readonly Buffer[]): Promise<{ verdict: Ruling["kind"]; text: string }> {
  const contents = readContainers(Buffer.from(ders.map((der) => pemText(der)).join("")));
  const findings = await findingsOf(orderChain(ders, { now: WRITTEN_NOW }), { now: WRITTEN_NOW });
  const { verdict, sentences } = describePage(contents, { now: WRITTEN_NOW, findings }).summary;
  return {
    verdict: verdict.says.kind,
    text: sentences.map(({ text }) => text.map((part) => part.text).join("")).join("\n"),
  };
}

const big = (bytes: number): Buffer => writeUnsignedInteger(Buffer.alloc(bytes, 0xd5));
const dsa = (bytes: number) =>
  writeSequence(
    writeAlgorithm("1.2.840.10040.4.1", writeSequence(big(bytes), big(20), writeInteger(2))),
    writeBitString(big(bytes)),
  );
const raw = (oid: string, bytes: number) => writeSequence(writeAlgorithm(oid), writeBitString(Buffer.alloc(bytes, 7)));
const ec = (curve: string, bytes: number) =>
  writeSequence(
    writeAlgorithm("1.2.840.10045.2.1", writeObjectIdentifier(curve)),
    writeBitString(Buffer.concat([Buffer.of(4), Buffer.alloc(bytes, 7)])),
  );
const signedWith = (oid: string): WrittenFields => ({
  signature: writeAlgorithm(oid),
  signatureAlgorithm: writeAlgorithm(oid),
  signatureValue: writeBitString(Buffer.alloc(40, 3)),
});

const KEY = writeOctetString(Buffer.alloc(20, 9));
const names = extensionOfType("2.5.29.14", KEY);
const namesIssuer = extensionOfType("2.5.29.35", writeSequence(writeElement(implicit(0), Buffer.alloc(20, 9))));
const SIGNER = [constraintsOf(TRUE), usagesOf(1, 0x06), names, namesIssuer];
const LEAF = [dnsNames("case.example.test"), purposesOf("1.3.6.1.5.5.7.3.1"), usagesOf(7, 0x80), namesIssuer];

const UNKNOWN: readonly (readonly [what: string, algorithm: string, key: Buffer, words: RegExp])[] = [
  ["DSA of 1024 bits", "1.2.840.10040.4.3", dsa(128), /DSA with SHA-1 made with a key of type DSA/],
  ["DSA of 2048 bits", "2.16.840.1.101.3.4.3.2", dsa(256), /DSA with SHA-256/],
  ["GOST", "1.2.643.7.1.1.3.2", raw("1.2.643.7.1.1.1.1", 66), /GOST R 34.10-2012/],
  ["SM2", "1.2.156.10197.1.501", ec("1.2.156.10197.1.301", 64), /SM2 with SM3/],
  ["an algorithm that nobody knows", "1.2.3.4.5", raw("1.2.3.4", 8), /1\.2\.3\.4\.5/],
];

/** Whether the key has an error of its own: too short, or of a kind that an engine does not take. */
const isCounted = (what: string): boolean => /^(DSA of 1024|GOST|an algorithm)/.test(what);

describe("signatures that this engine cannot check", () => {
  for (const [what, oid, publicKey, words] of UNKNOWN) {
    const root = writtenCertificate({
      subject: named("Example Test CA"),
      publicKey,
      extensions: SIGNER,
      ...signedWith(oid),
    });
    const leaf = writtenCertificate({ extensions: LEAF, ...signedWith(oid) });

    it(`are said in the verdict of a chain: ${what}`, async () => {
      const { verdict, text } = await verdictOf(leaf, root);
      assert.ok(verdict === "unchecked" || (isCounted(what) && verdict === "counted"), verdict);
      assert.match(text, /signature was not checked: this crypto engine cannot verify/);
      assert.match(text, words);
    });

    it(`are said of what signed itself: ${what}`, async () => {
      for (const extensions of [SIGNER, [...LEAF, names]]) {
        const own = writtenCertificate({
          issuer: named("self"),
          subject: named("self"),
          publicKey,
          extensions,
          ...signedWith(oid),
        });
        const { verdict, text } = await verdictOf(own);
        assert.ok(verdict === "unchecked" || (isCounted(what) && verdict === "counted"), verdict);
        assert.match(text, /signature was not checked: this crypto engine cannot verify/);
      }
    });
  }

  it("are said of a signature that is damaged as of one that is wrong", async () => {
    const root = writtenCertificate({ subject: named("Example Test CA"), extensions: SIGNER });
    const leaf = writtenCertificate({ extensions: LEAF, signatureValue: Buffer.from("03020900", "hex") });
    const { verdict, text } = await verdictOf(leaf, root);
    assert.equal(verdict, "counted");
    assert.match(text, /was not signed with the key of|could not be read/);
  });

  it("are said wherever in the chain they stand", async () => {
    const plain = (subject: string, issuer: string, fields: WrittenFields = {}) =>
      writtenCertificate({ subject: named(subject), issuer: named(issuer), extensions: SIGNER, ...fields });
    const odd = signedWith("1.2.3.4.5");
    const leafOf = (fields: WrittenFields = {}) =>
      writtenCertificate({ issuer: named("CA"), extensions: LEAF, ...fields });
    const chains = [
      [leafOf(odd), plain("CA", "Root"), plain("Root", "Root")],
      [leafOf(), plain("CA", "Root", odd), plain("Root", "Root")],
      [leafOf(), plain("CA", "Root"), plain("Root", "Root", odd)],
    ];
    for (const chain of chains) {
      const { verdict, text } = await verdictOf(...chain);
      assert.equal(verdict, "unchecked");
      assert.match(text, /signature was not checked: this crypto engine cannot verify 1\.2\.3\.4\.5/);
    }
    const all = [leafOf(), plain("CA", "Root"), plain("Root", "Root")];
    assert.doesNotMatch((await verdictOf(...all)).text, /not checked/);
  });

  it("of bits and not of bytes are no signatures", async () => {
    const root = writtenCertificate({ subject: named("Example Test CA"), extensions: SIGNER });
    const leaf = writtenCertificate({ extensions: LEAF });
    assert.equal((await verdictOf(leaf, root)).verdict, "no-problems");
    // The same bytes, said to be four bits shorter.
    const bits = leaf.lastIndexOf(Buffer.of(0, 0x30));
    const cut = Buffer.from(leaf);
    cut[bits] = 4;
    const { verdict, text } = await verdictOf(cut, root);
    assert.equal(verdict, "counted");
    assert.match(text, /not a whole number of bytes/);
    assert.match(text, /was not signed with the key of/);
  });

  it("are not said where they were checked", async () => {
    const root = writtenCertificate({ subject: named("Example Test CA"), extensions: SIGNER });
    const leaf = writtenCertificate({ extensions: LEAF });
    const { verdict, text } = await verdictOf(leaf, root);
    assert.doesNotMatch(text, /not checked/);
    assert.equal(verdict, "no-problems", text);
  });

  it("of a key whose encoding is damaged reject nothing", async () => {
    const root = writtenCertificate({
      subject: named("Example Test CA"),
      publicKey: writeSequence(writeElement(Tag.SET)),
      extensions: SIGNER,
    });
    const { verdict } = await verdictOf(writtenCertificate({ extensions: LEAF }), root);
    assert.equal(verdict, "counted");
    const odd = writtenCertificate({
      subject: named("Example Test CA"),
      version: writeContext(0, writeInteger(9)),
      extensions: SIGNER,
    });
    assert.equal((await verdictOf(writtenCertificate({ extensions: LEAF }), odd)).verdict, "counted");
  });
});

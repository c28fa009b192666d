import assert from "node:assert/strict";
import { decodeCertificate, extensionOf } from "../../src/certificates/x509/certificate";
import { decodeCertificateList, findRevoked, readCertificateList } from "../../src/certificates/x509/certificate-list";
import { orderChain } from "../../src/certificates/x509/chain";
import { diagnosticsOf } from "../../src/certificates/checks/diagnostics";
import { findingsOf } from "../../src/certificates/checks/findings";
import { DerError } from "../../src/certificates/asn1/der-error";
import { readPem } from "../../src/certificates/containers/pem";
import { readContainers } from "../../src/certificates/containers/read";
import {
  writeElement,
  writeInteger,
  writeNull,
  writeObjectIdentifier,
  writeOctetString,
  writeSequence,
  writeSetOf,
} from "../../src/certificates/asn1/der-writer";
import { describePage as described } from "../unit/certificates/details-page";
import { pemText } from "../../src/certificates/pem-text";
import { readTextBlocks } from "../../src/certificates/text-blocks";
import { certificateOf, commonName, extension, revocationList } from "../fuzz/hostile-files";
import { inEnglish } from "../../src/words/localize";

const times = (count: number, make: (index: number) => Buffer): Buffer =>
  Buffer.concat(Array.from({ length: count }, (_, index) => make(index)));
const list = (content: Buffer): Buffer => writeElement(0x30, content);

/** Decodes it, or says how it is refused, or a field of it. */
function outcome(der: Buffer): string {
  try {
    const { unreadable = [] } = decodeCertificate(der);
    return unreadable.length === 0 ? "read" : unreadable.map(({ problem }) => inEnglish(problem)).join();
  } catch (error) {
    if (error instanceof DerError) return error.message;
    throw error;
  }
}

describe("as many as there may be", () => {
  describe("of parts of a certificate", () => {
    const attribute = writeSequence(writeObjectIdentifier("2.5.4.3"), writeElement(0x0c, Buffer.from("a")));
    const unknown = extension("1.2.3.4.5", writeNull());
    const withExtensions = (count: number) =>
      certificateOf({ extensions: Array.from({ length: count }, () => unknown) });
    const table: [string, (count: number) => Buffer, number, RegExp, number][] = [
      ["extensions", withExtensions, 1000, /more than 1000 extensions/, 80_000],
      [
        "parts of a name",
        (count) => certificateOf({ subject: list(times(count, () => writeSetOf([attribute]))) }),
        200,
        /name has more than 200 parts/,
        100_000,
      ],
      [
        "attributes of such a part",
        (count) =>
          certificateOf({
            subject: list(
              writeElement(
                0x31,
                times(count, () => attribute),
              ),
            ),
          }),
        200,
        /part of a name has more than 200 attributes/,
        100_000,
      ],
    ];
    for (const [what, make, most, message, many] of table)
      it(`${most} ${what}, and no error of another kind for ${many}`, () => {
        assert.equal(outcome(make(most)), "read");
        for (const count of [most + 1, many]) assert.match(outcome(make(count)), message);
      });

    it("100,000 names, and more are not understood", () => {
      const withNames = (count: number) =>
        decodeCertificate(
          certificateOf({
            extensions: [
              extension("2.5.29.17", list(times(count, (index) => writeElement(0x82, Buffer.from(`${index}.test`))))),
            ],
          }),
        );
      const names = extensionOf(withNames(100_000), "subjectAltName")?.names;
      assert.equal(names?.length, 100_000);
      assert.deepEqual(names.at(-1), { type: "dNSName", value: "99999.test" });
      assert.equal(withNames(100_001).extensions[0]?.value.type, "unreadable");
    });
  });

  describe("of entries of a revocation list, whatever it has", () => {
    const entry = (index: number): Buffer =>
      writeSequence(writeInteger(index + 1), writeElement(0x17, Buffer.from("250101000000Z")));
    const COUNT = 150_000;
    const der = revocationList([times(COUNT, entry)]);

    it("the count is true, in one go and in slices", async () => {
      const decoded = decodeCertificateList(der);
      assert.deepEqual([decoded.revokedCount, decoded.revoked.length], [COUNT, 1000]);
      assert.deepEqual(await readCertificateList(der), decoded);
    });

    for (const [serial, expected] of [
      [1, "01"],
      [COUNT, "0249F0"],
      [COUNT + 1, undefined],
    ] as const)
      it(`number ${serial} is found or not`, async () => {
        const hex = writeInteger(serial).subarray(2).toString("hex").toUpperCase();
        assert.equal((await findRevoked(der, hex))?.serialNumber, expected);
      });

    it("others have their turn meanwhile", async () => {
      let turns = 0;
      let done = false;
      const count = (): void => {
        turns++;
        if (!done) setImmediate(count);
      };
      setImmediate(count);
      await Promise.all([findRevoked(der, "00"), readCertificateList(der)]);
      done = true;
      // No more than 20,000 entries are looked at in a row.
      assert.ok(turns >= Math.floor(COUNT / 20_000), String(turns));
    });
  });

  describe("of blocks of a text", () => {
    const one = "-----BEGIN X-----\nAAAA\n-----END X-----\n";
    it("10,000, and it is said that there are more", () => {
      const whole = readPem(one.repeat(10_000));
      assert.deepEqual([whole.blocks.length, whole.damage], [10_000, []]);
      const { blocks, damage } = readPem(one.repeat(10_001));
      assert.deepEqual(
        [blocks.length, damage.map(({ code, offset }) => [code, offset])],
        [10_000, [["too-many", 10_000 * one.length]]],
      );
    });

    it("markers without blocks as well", () => {
      const { blocks, damage } = readPem("-----END X-----\n".repeat(200_000));
      assert.deepEqual([blocks.length, damage.length, damage.at(-1)?.code], [0, 10_001, "too-many"]);
    });

    it("2000 are told, and of each a hundred objects", () => {
      assert.equal(readTextBlocks(one.repeat(3000)).length, 2000);
      const many = list(times(150, (index) => certificateOf({ serial: writeInteger(index + 1) })));
      // Netscape's certificate sequence.
      const file = writeSequence(writeObjectIdentifier("2.16.840.1.113730.2.5"), writeElement(0xa0, many));
      const [block] = readTextBlocks(pemText(file));
      assert.deepEqual([block?.objects.length, block?.more], [100, 50]);
    });

    it("a thousand certificates are checked", async () => {
      const same = commonName("Same");
      const make = (index: number) => certificateOf({ serial: writeInteger(index + 1), subject: same, issuer: same });
      const text = Array.from({ length: 1100 }, (_, index) => pemText(make(index))).join("");
      const found = await diagnosticsOf(readContainers(Buffer.from(text)), { now: 0 });
      assert.equal(new Set(found.map(({ offset }) => offset)).size, 1000);
    });
  });

  describe("of findings", () => {
    // Each extension is bad in the same way.
    const bad = extension("2.5.29.19", writeOctetString(Buffer.from("damaged")));
    const certificate = certificateOf({ extensions: Array.from({ length: 1000 }, () => bad) });

    it("ten sentences of one rule, and how many more it is true of", async () => {
      const found = [...(await findingsOf(orderChain([certificate]), { now: 0 })).values()].flat();
      const ids = found.map(({ id }) => id);
      for (const id of new Set(ids)) assert.ok(ids.filter((each) => each === id).length <= 11, id);
      assert.ok(found.some(({ message }) => /^The same is true of 990 more\.$/.test(inEnglish(message))));
    });

    it("200 on a page", () => {
      const finding = (index: number) => ({ id: `x.${index}`, severity: "info" as const, message: "m" });
      const findings = new Map([
        [decodeCertificate(certificate).fingerprints.sha256, Array.from({ length: 500 }, (_, index) => finding(index))],
      ]);
      const [object] = described(readContainers(certificate), { now: 0, findings }).objects;
      assert.equal(object?.findings.length, 201);
      assert.equal(object.findings.at(-1)?.message, "300 more findings are not shown.");
    });
  });

  it("of characters of a page: eight megabytes, however many objects there are", () => {
    const large = (index: number) =>
      certificateOf({
        serial: writeInteger(index + 1),
        extensions: [
          extension(
            "2.5.29.17",
            list(times(3000, (name) => writeElement(0x82, Buffer.from(`host${name}.example.test`)))),
          ),
        ],
      });
    const text = Array.from({ length: 40 }, (_, index) => pemText(large(index))).join("");
    const page = described(readContainers(Buffer.from(text)), { now: 0 });
    const short = page.objects.filter(({ sections }) => sections.length === 1 && sections[0]?.id === "leftOut");
    assert.equal(page.objects.length, 40);
    assert.ok(short.length > 0 && short.length < 40, String(short.length));
    assert.ok(JSON.stringify(page).length < 12 * 1024 * 1024);
  });
});

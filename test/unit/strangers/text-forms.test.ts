import assert from "node:assert/strict";
import fc from "fast-check";
import type { Contents } from "../../../src/certificates/containers/contents";
import { readContainers } from "../../../src/certificates/containers/read";
import { describePage } from "../certificates/details-page";
import { readTextBlocks } from "../../../src/certificates/text-blocks";
import { fixture } from "../certificates/fixtures";
import { strangersFile } from "./cases";
import { WRITTEN_FORMS } from "./written-forms";

const NOW = Date.UTC(2026, 11, 1);

const dersIn = ({ objects }: Contents): readonly Buffer[] =>
  objects.flatMap((object) => (object.kind === "certificate" ? [Buffer.from(object.der)] : []));
const bytesOf = (written: Buffer | string): Buffer => (typeof written === "string" ? Buffer.from(written) : written);

/** What a page says of a file: kinds of its objects, its verdict, and what is listed as damaged. */
function page(bytes: Uint8Array) {
  const { objects, summary, damage } = describePage(readContainers(bytes), { now: NOW });
  return {
    kinds: objects.map(({ kind }) => kind),
    sentences: summary.sentences.map(({ text }) => text.map((part) => part.text).join("")),
    damage: damage.map(({ message }) => message),
  };
}

describe("certificates that were passed on", () => {
  const pem = fixture("containers/root-first.pem").toString();
  const ders = dersIn(readContainers(Buffer.from(pem)));
  assert.equal(ders.length, 3);

  for (const { name, write } of WRITTEN_FORMS)
    it(`are read byte for byte: ${name}`, () => {
      const contents = readContainers(bytesOf(write(pem)));
      assert.deepEqual(dersIn(contents), ders);
      assert.deepEqual(contents.damage, []);
      assert.equal(contents.objects.length, 3);
    });

  const files: readonly (readonly [file: string, kinds: readonly string[]])[] = [
    ["escaped-n.pem", ["Certificate"]],
    ["escaped.json", ["Certificate", "CA certificate"]],
    ["emdash-both.pem", ["Certificate"]],
    ["utf16le-nobom.pem", ["Certificate"]],
    ["secret.yaml", ["Certificate", "CA certificate"]],
    ["mail.eml", ["Certificate", "CA certificate", "Root certificate"]],
    ["nl.der", ["Certificate"]],
    ["dh.pem", ["Certificate", "CA certificate", "Diffie-Hellman parameters"]],
  ];
  for (const [file, kinds] of files)
    it(`are read, and nothing is said against them: ${file}`, () => {
      const told = page(strangersFile(file));
      assert.deepEqual(told.kinds, kinds);
      assert.deepEqual(told.damage, []);
      assert.ok(!told.sentences.some((sentence) => /could not be read|damaged/.test(sentence)));
    });

  it("are told at their place in an editor, in whatever way they are written there", () => {
    for (const { name, write } of WRITTEN_FORMS.filter(({ name }) =>
      /dash|^\\n|quoted twice|strings|comment/.test(name),
    )) {
      const written = write(pem);
      if (typeof written !== "string") continue;
      const blocks = readTextBlocks(written);
      assert.equal(blocks.length, 3, name);
      for (const { start, end, objects } of blocks) {
        assert.match(written.slice(start, start + 30), /^\W{1,20}BEGIN CERTIFICATE|^&/, name);
        assert.match(written.slice(end - 40, end), /END CERTIFICATE/, name);
        assert.equal(objects.length, 1, name);
      }
    }
  });
});

describe("PEM without an END line", () => {
  const pem = fixture("containers/root-first.pem").toString();
  const ders = dersIn(readContainers(Buffer.from(pem)));
  const [first = "", second = ""] = pem.match(/-----BEGIN[^]*?-----END[^\n]*\n/g) ?? [];
  const open = first.replace(/-----END.*\n/, "");
  const closed = open.trimEnd();
  const table: readonly (readonly [name: string, text: string, count: number])[] = [
    ["at the end of the file", open, 1],
    ["without a newline either", closed, 1],
    ["before the next BEGIN", open + second, 2],
    ["before the next BEGIN, on the same line", closed + second, 2],
    ["with the END line cut off", `${open}-----END CERTIF`, 1],
    ["with the END line cut off, on the same line", `${closed}-----END CERTIFICATE`, 1],
    ["with dashes missing at the END line", `${open}---END CERTIFICATE---\n`, 1],
    ["before words", `${open}Kind regards\nThe CA\n`, 1],
    ["before a word", `${open}Thanks\nAlice Example\n`, 1],
    ["before a blank line and a word", `${open}\nThanks\n`, 1],
    ["in JSON", JSON.stringify({ cert: open, port: 443 }), 1],
    ["in JSON, without its last newline", JSON.stringify({ cert: closed, port: 443 }), 1],
    ["in YAML", `crt: |\n${open.replace(/^(?=.)/gm, "  ")}port: 443\n`, 1],
    ["in lines of one length, as base64 without padding", `${open.replace(/[\r\n]+(?=[^-])/g, "\n")}`, 1],
  ];
  for (const [name, text, count] of table)
    it(`is read to its last line: ${name}`, () => {
      const contents = readContainers(Buffer.from(text));
      assert.deepEqual(dersIn(contents), ders.slice(0, count));
      assert.deepEqual(
        contents.damage.map(({ code }) => code),
        ["no-end"],
      );
    });
});

describe("base64 of DER, a value a line", () => {
  const ders = dersIn(readContainers(fixture("containers/root-first.pem")));

  it("is as many certificates", () => {
    for (const newline of ["\n", "\r\n", "\n\n"]) {
      const text = ders.map((der) => der.toString("base64")).join(newline);
      const contents = readContainers(Buffer.from(text));
      assert.deepEqual(dersIn(contents), ders);
      assert.deepEqual(contents.damage, []);
    }
  });
});

describe("what stands behind DER", () => {
  const der = fixture("containers/leaf.der");
  const table: readonly (readonly [string, Buffer, readonly string[]])[] = [
    ["a newline", Buffer.from("\n"), []],
    ["CRLF", Buffer.from("\r\n"), []],
    ["zeros up to a block", Buffer.alloc(512), []],
    ["blanks", Buffer.from("   \t\n"), []],
    ["the end of file of DOS", Buffer.from("\x1a"), []],
    ["a word", Buffer.from("\nx"), ["trailing"]],
    ["zeros and a byte", Buffer.concat([Buffer.alloc(9), Buffer.of(7)]), ["trailing"]],
  ];
  for (const [name, more, codes] of table)
    it(`is ${codes.length === 0 ? "no alarm" : "said"}: ${name}`, () => {
      const contents = readContainers(Buffer.concat([der, more]));
      assert.deepEqual(dersIn(contents), [der]);
      assert.deepEqual(
        contents.damage.map(({ code }) => code),
        codes,
      );
    });
});

describe("prose", () => {
  const table: readonly string[] = [
    "Click — BEGIN here — and then END of it —",
    "— END USER LICENCE AGREEMENT —",
    "a %0A b &nbsp; c \\n d",
    "The word BEGIN CERTIFICATE without its dashes",
    '"a" "b" "c"',
  ];
  for (const text of table)
    it(`is not PEM: ${text}`, () => {
      const { objects, format } = readContainers(Buffer.from(text));
      assert.deepEqual([objects, format], [[], undefined]);
    });
});

describe("whatever is cut and joined of these forms", () => {
  const pem = fixture("containers/root-first.pem").toString();
  const all = WRITTEN_FORMS.map(({ write }) => bytesOf(write(pem)));

  it("is read without an error, and nothing is found that stands outside", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...all), fc.nat(6000), fc.nat(6000), fc.uint8Array({ maxLength: 8 })), {
          minLength: 1,
          maxLength: 4,
        }),
        (parts) => {
          const bytes = Buffer.concat(
            parts.flatMap(([file, from, length, more]) => [file.subarray(from, from + length), more]),
          );
          const { objects, damage } = readContainers(bytes);
          for (const { offset, length, path } of objects) {
            if (path.some(({ format }) => format === "zip")) continue;
            assert.ok(offset >= 0 && length >= 0 && offset + length <= bytes.length);
          }
          for (const { offset, path } of damage) {
            assert.ok(path.some(({ format }) => format === "zip") || (offset >= 0 && offset <= bytes.length));
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

import assert from "node:assert/strict";
import { zipSync } from "fflate";
import { isZip, readZip } from "../../../src/certificates/containers/zip";

const text = (content: string) => Buffer.from(content);
const archive = (files: Record<string, Uint8Array>, level: 0 | 9 = 9) => Buffer.from(zipSync(files, { level }));

/** Sets a field of the first entry of the directory. */
function patched(bytes: Buffer, field: number, value: number, size: 2 | 4): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUIntLE(value, copy.indexOf("PK\u0001\u0002") + field, size);
  return copy;
}

const names = (bytes: Buffer) => readZip(bytes).entries.map(({ name }) => name);
const codes = (bytes: Buffer) => readZip(bytes).damage.map(({ code }) => code);

describe("ZIP", () => {
  const files = {
    "a.crt": text("one ".repeat(100)),
    "dir/b.crt": text("two"),
    "empty.crt": text(""),
    "ü.crt": text("three"),
  };

  for (const level of [0, 9] as const) {
    it(`reads stored and deflated entries (level ${level})`, () => {
      const { entries, damage } = readZip(archive(files, level));
      assert.deepEqual(
        entries.map(({ name, bytes }) => [name, bytes.toString()]),
        Object.entries(files).map(([name, bytes]) => [name, bytes.toString()]),
      );
      assert.deepEqual(damage, []);
    });
  }

  it("tells a name without what may be a piece of a key, and takes what is under it", () => {
    const name = "site MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg.pem";
    const { entries } = readZip(archive({ [name]: text("x") }));
    assert.deepEqual(
      entries.map((entry) => [entry.name, entry.bytes.toString()]),
      [["site ….pem", "x"]],
    );
  });

  it("reads past a comment and before it, and knows an empty archive", () => {
    const bytes = archive(files);
    const comment = Buffer.concat([bytes, text("comment")]);
    comment.writeUInt16LE(7, bytes.length - 2);
    assert.equal(names(comment).length, 4);
    const empty = archive({});
    assert.deepEqual(
      [isZip(empty), isZip(bytes), isZip(text("PK")), readZip(empty)],
      [true, true, false, { entries: [], damage: [] }],
    );
  });

  for (const name of [
    "../up.crt",
    "a/../../up.crt",
    "/etc/x.crt",
    "C:\\x.crt",
    "..\\up.crt",
    "\\\\server\\x",
    "a\0.crt",
  ]) {
    it(`leaves out the name ${JSON.stringify(name)}`, () => {
      const bytes = archive({ [name]: text("x"), "good.crt": text("y") });
      assert.deepEqual([names(bytes), codes(bytes)], [["good.crt"], ["unsafe-name"]]);
    });
  }

  it("shows names without what would deceive", () => {
    assert.deepEqual(names(archive({ "a\u202etrc.exe\n": text("x") })), ["a\ufffdtrc.exe\ufffd"]);
  });

  const one = archive({ "a.crt": text("one ".repeat(100)) });
  const table: [string, Buffer, string][] = [
    ["a wrong checksum", patched(one, 16, 1, 4), "checksum"],
    ["a size that is too small", patched(one, 24, 399, 4), "zip"],
    ["a size that is too large", patched(one, 24, 401, 4), "zip"],
    ["a packed size that is too small", patched(one, 20, 3, 4), "zip"],
    ["a packed size beyond the end", patched(one, 20, 1_000_000, 4), "zip"],
    ["a size beyond the limit", patched(one, 24, 0x7fffffff, 4), "too-large"],
    ["a size beyond proportion", patched(one, 24, 1_000_000, 4), "too-large"],
    ["an encrypted entry", patched(one, 8, 1, 2), "encrypted"],
    ["another way of packing", patched(one, 10, 12, 2), "packed"],
    ["an entry that is nowhere", patched(one, 42, 0x00ffffff, 4), "zip"],
    ["an entry inside the directory", patched(one, 42, one.indexOf("PK\u0001\u0002"), 4), "zip"],
    ["a directory that is damaged", patched(one, 0, 0, 4), "zip"],
    ["an archive cut off", one.subarray(0, one.length - 10), "zip"],
    ["a cut in the middle", one.subarray(0, 40), "zip"],
  ];
  for (const [name, bytes, code] of table)
    it(`refuses ${name}`, () => assert.deepEqual([names(bytes), codes(bytes)], [[], [code]]));

  it("does not unpack a bomb", () => {
    const bomb = archive({ "bomb.crt": Buffer.alloc(1024 * 1024), "good.crt": text("y") });
    assert.deepEqual([names(bomb), codes(bomb)], [["good.crt"], ["too-large"]]);
  });

  it("ends at the total of all entries", () => {
    const eightMegabytes = Buffer.alloc(8 * 1024 * 1024);
    const bytes = archive(Object.fromEntries([1, 2, 3, 4, 5].map((name) => [`${name}.bin`, eightMegabytes])), 0);
    assert.deepEqual([names(bytes).length, codes(bytes)], [4, ["too-large"]]);
  });

  it("takes at most a thousand entries", () => {
    const bytes = archive(Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`${index}`, text("")])), 0);
    assert.deepEqual([names(bytes).length, codes(bytes)], [1000, ["too-many"]]);
  });

  /** Sets a field of all entries of the directory. */
  function patchedAll(bytes: Buffer, field: number, value: (index: number) => number): Buffer {
    const copy = Buffer.from(bytes);
    let index = 0;
    for (let at = copy.indexOf("PK\u0001\u0002"); at >= 0; at = copy.indexOf("PK\u0001\u0002", at + 4)) {
      copy.writeUInt32LE(value(index++), at + field);
    }
    return copy;
  }
  const counted = (bytes: Buffer): Record<string, number> => {
    const count: Record<string, number> = {};
    for (const code of codes(bytes)) count[code] = (count[code] ?? 0) + 1;
    return count;
  };

  /** An archive of one entry, again and again: its data, or what its directory says of it alone. */
  function repeated(one: Buffer, count: number, what: "all" | "directory"): Buffer {
    const start = one.indexOf("PK\u0001\u0002");
    const local = one.subarray(0, start);
    const data = Array.from({ length: what === "all" ? count : 1 }, () => local);
    const directory = Array.from({ length: count }, () => one.subarray(start, -22));
    const end = Buffer.from(one.subarray(-22));
    end.writeUInt16LE(count, 10);
    end.writeUInt32LE(data.length * local.length, 16);
    const bytes = Buffer.concat([...data, ...directory, end]);
    return what === "all" ? patchedAll(bytes, 42, (index) => index * local.length) : bytes;
  }

  it("counts what was unpacked of entries that turn out to be damaged", () => {
    // A few kilobytes that would be unpacked to 64 megabytes.
    const many = repeated(archive({ "a.crt": Buffer.alloc(64 * 1024) }), 1000, "all");
    assert.deepEqual([names(many).length, counted(many)], [512, { "too-large": 488 }]);
    const wrong = patchedAll(many, 16, () => 1);
    assert.deepEqual([names(wrong), counted(wrong)], [[], { checksum: 512, "too-large": 488 }]);
    const short = patchedAll(many, 24, () => 65_000);
    assert.deepEqual([names(short), counted(short)], [[], { zip: 516, "too-large": 484 }]);
  });

  it("does not read what overlaps another entry", () => {
    const one = archive({ "a.crt": Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919) % 251)) }, 0);
    assert.deepEqual(counted(repeated(one, 4, "all")), {});
    const crowd = repeated(one, 4, "directory");
    assert.deepEqual([names(crowd).length, counted(crowd)], [1, { zip: 3 }]);
  });
});

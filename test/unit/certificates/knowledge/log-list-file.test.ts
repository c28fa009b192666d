import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { GOOGLE_KEY, isSignedByGoogle, readLogListFile } from "../../../../src/certificates/knowledge/log-list-file";
import { ownLog } from "../transparency/own-logs";
import { appleList, bytesOf, chromeList, listRead, logEntry, operatorEntry, type Json } from "./own-lists";
import { inEnglish } from "../../../../src/words/localize";

const [one, two] = [ownLog(0), ownLog(1)];
const ids = [one, two].map(({ id }) => id.toString("base64"));

const whatOf = (bytes: Uint8Array, fileDate?: number) => {
  const read = readLogListFile(bytes, fileDate);
  assert.equal(read.kind, "problem");
  assert.ok(read.kind === "problem" && inEnglish(read.next).endsWith("."));
  return inEnglish(read.what);
};

const ofOne = (more: Json) => chromeList([operatorEntry("A", [{ ...logEntry(one), ...more }])]);
const interval = (start: unknown, end: unknown) =>
  ofOne({ temporal_interval: { start_inclusive: start, end_exclusive: end } });

const p256 = Buffer.from(one.log.key ?? "", "base64");
const der = (key: KeyObject): Buffer => key.export({ format: "der", type: "spki" });
/** Keys that no log may have, each under its right id. */
const KEYS = Object.entries({
  Ed25519: der(generateKeyPairSync("ed25519").publicKey),
  "P-384": der(generateKeyPairSync("ec", { namedCurve: "P-384" }).publicKey),
  "RSA of 1024 bits": der(generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey),
  "a point beside the curve": Buffer.concat([p256.subarray(0, -1), Buffer.of((p256.at(-1) ?? 0) ^ 1)]),
  "nothing known": Buffer.from("key"),
}).map(
  ([kind, key]) =>
    [kind, { key: key.toString("base64"), log_id: createHash("sha256").update(key).digest("base64") }] as const,
);

describe("files with a list of logs", () => {
  it("are read in Google's form", () => {
    const list = chromeList([
      operatorEntry("A", [logEntry(one, "retired")], [logEntry(two)]),
      operatorEntry("B", [{ ...logEntry(ownLog("rsa")), state: undefined, temporal_interval: undefined }]),
    ]);
    assert.deepEqual(listRead(list), {
      kind: "ct-logs",
      program: "chrome",
      version: "95.2",
      asOf: "2026-11-27",
      logs: [
        {
          id: ids[0],
          name: "Log 0",
          operator: "A",
          key: one.log.key,
          type: "rfc6962",
          interval: one.log.interval,
          state: { name: "retired", since: Date.UTC(2026, 10, 1, 10) },
        },
        {
          id: ids[1],
          name: "Log 1",
          operator: "A",
          key: two.log.key,
          type: "static",
          interval: two.log.interval,
          state: { name: "usable", since: Date.UTC(2026, 10, 1, 10) },
        },
        {
          id: ownLog("rsa").id.toString("base64"),
          name: "Log rsa",
          operator: "B",
          key: ownLog("rsa").log.key,
          type: "rfc6962",
        },
      ],
    });
  });

  it("are read in Apple's form, whose date is that of the file, or of the newest state", () => {
    const list = appleList([operatorEntry("A", [logEntry(one), logEntry(two, "usable", "2026-11-20T00:00:00Z")])]);
    const { program, version, asOf } = listRead(list);
    assert.deepEqual([program, version, asOf], ["apple", "600", "2026-11-20"]);
    assert.equal(listRead(list, Date.UTC(2026, 10, 28, 23)).asOf, "2026-11-28");
    assert.equal(listRead(list, Date.UTC(2026, 9, 1)).asOf, "2026-11-20");
    for (const date of [Number.NaN, -1, Infinity, Date.UTC(2100, 0, 1), 8.64e15 + 1]) {
      assert.equal(listRead(list, date).asOf, "2026-11-20");
      const undated = appleList([operatorEntry("A", [{ ...logEntry(one), state: { usable: {} } }])]);
      assert.equal(whatOf(bytesOf(undated), date), "The list has no date.");
    }
  });

  it("may begin with a byte order mark, and lack the version", () => {
    const text = JSON.stringify(chromeList([operatorEntry("A", [logEntry(one)])], { version: undefined }));
    const read = readLogListFile(Buffer.from(`\uFEFF${text}`));
    assert.ok(read.kind === "ct-logs" && !("version" in read));
  });

  it("have logs that do not exist, which are left out", () => {
    const bogus = { ...logEntry(two), description: "Bogus placeholder log to unbreak misbehaving CT libraries" };
    const { logs } = listRead(chromeList([operatorEntry("A", [logEntry(one), bogus])]));
    assert.deepEqual(
      logs.map(({ id }) => id),
      [ids[0]],
    );
  });

  const text = "a text of 1 to 200 characters";
  const time = 'a time from 1970 to 2099, such as "2026-04-19T13:39:58Z"';
  const log = 'log 1 in "logs" of A';
  const refused: readonly (readonly [title: string, file: unknown, what: string])[] = [
    ["JSON of another kind", [], "What should be an object is something else: the file."],
    ["null", null, "What should be an object is something else: the file."],
    ["an object without operators", { version: "1" }, 'The file is not a list of logs: it does not have "operators".'],
    [
      "operators that are no list",
      chromeList({} as never),
      '"operators" of the file should be a list of at most 200 items.',
    ],
    [
      "too many operators",
      chromeList(Array.from({ length: 201 }, () => ({}))),
      '"operators" of the file should be a list of at most 200 items.',
    ],
    ["no log at all", chromeList([operatorEntry("A", [])]), "The list has 0 logs, not 1 to 2000."],
    ["an operator without a name", chromeList([{ logs: [] }]), '"name" of operator 1 is missing.'],
    [
      "an operator that is a text",
      chromeList(["A" as never]),
      "What should be an object is something else: operator 1.",
    ],
    [
      "a name that is too long",
      chromeList([operatorEntry("A".repeat(201), [])]),
      `"name" of operator 1 should be ${text}.`,
    ],
    [
      "too many logs",
      chromeList([
        operatorEntry(
          "A",
          Array.from({ length: 2001 }, () => ({})),
        ),
      ]),
      '"logs" of operator 1 should be a list of at most 2000 items.',
    ],
    [
      "too many logs of several operators",
      chromeList([
        operatorEntry("A", Array(1000).fill({}) as Json[], Array(1000).fill({}) as Json[]),
        operatorEntry("B", [{}]),
      ]),
      "The list has 2001 logs, not 1 to 2000.",
    ],
    ["a log without a key", ofOne({ key: undefined }), `"key" of ${log} is missing.`],
    ["a key that is a number", ofOne({ key: 7 }), `"key" of ${log} should be a text of 1 to 2000 characters.`],
    ["a log without an id", ofOne({ log_id: undefined }), `"log_id" of ${log} is missing.`],
    ["a log without a name", ofOne({ description: "" }), `"description" of ${log} should be ${text}.`],
    ["the id of another key", ofOne({ log_id: ids[1] }), `"log_id" of ${log} is not the SHA-256 of its key.`],
    [
      "a key that is not base64",
      ofOne({ key: `${one.log.key}!` }),
      `"log_id" of ${log} is not the SHA-256 of its key.`,
    ],
    [
      "a state that is unknown",
      ofOne({ state: { loved: {} } }),
      `A state should be pending, qualified, usable, readonly, retired or rejected: "state" of ${log}.`,
    ],
    [
      "two states",
      ofOne({ state: { usable: {}, retired: {} } }),
      `A state should be pending, qualified, usable, readonly, retired or rejected: "state" of ${log}.`,
    ],
    [
      "a state that is a text",
      ofOne({ state: "usable" }),
      `What should be an object is something else: "state" of ${log}.`,
    ],
    [
      "a state whose time is none",
      ofOne({ state: { usable: { timestamp: "soon" } } }),
      `"timestamp" of "usable" of "state" of ${log} should be ${time}.`,
    ],
    [
      "an interval that is reversed",
      interval("2027-07-01T00:00:00Z", "2027-01-01T00:00:00Z"),
      `An interval ends before it begins: "temporal_interval" of ${log}.`,
    ],
    [
      "an interval without length",
      interval("2027-01-01T00:00:00Z", "2027-01-01T00:00:00Z"),
      `An interval ends before it begins: "temporal_interval" of ${log}.`,
    ],
    [
      "30 February",
      interval("2027-02-30T00:00:00Z", "2028-01-01T00:00:00Z"),
      `"start_inclusive" of "temporal_interval" of ${log} should be ${time}.`,
    ],
    [
      "half an interval",
      interval("2027-01-01T00:00:00Z", undefined),
      `"end_exclusive" of "temporal_interval" of ${log} is missing.`,
    ],
    ["no date", { ...ofOne({}), log_list_timestamp: undefined }, '"log_list_timestamp" of the file is missing.'],
    [
      "a date that is a number",
      { ...ofOne({}), log_list_timestamp: 1 },
      `"log_list_timestamp" of the file should be ${time}.`,
    ],
    [
      "a version that is none",
      { ...ofOne({}), version: "new" },
      '"version" of the file should be a version such as "85.50".',
    ],
    [
      "a version that would pass for newer than any",
      { ...ofOne({}), version: "99999.1" },
      '"version" of the file should be a version such as "85.50".',
    ],
    [
      "a log that is a number",
      chromeList([operatorEntry("A", [1 as never])]),
      `What should be an object is something else: log 1 in "logs" of A.`,
    ],
    ["logs that do not exist alone", ofOne({ description: "Bogus one" }), "The list has 0 logs, not 1 to 2000."],
    ["no state at all", ofOne({ state: undefined }), "The list does not say the state of any log."],
    [
      "a date of year 0",
      { ...ofOne({}), log_list_timestamp: "0000-01-01T00:00:00Z" },
      `"log_list_timestamp" of the file should be ${time}.`,
    ],
    [
      "a state before there was time",
      ofOne({ state: { usable: { timestamp: "1969-12-31T23:59:59Z" } } }),
      `"timestamp" of "usable" of "state" of ${log} should be ${time}.`,
    ],
    [
      "an interval without end",
      interval("2027-01-01T00:00:00Z", "2100-01-01T00:00:00Z"),
      `"end_exclusive" of "temporal_interval" of ${log} should be ${time}.`,
    ],
    ...KEYS.map(
      ([kind, key]) =>
        [
          `a key of ${kind}`,
          ofOne(key),
          `The key of ${log} is neither of P-256 nor RSA of 2048 bits or more.`,
        ] as const,
    ),
    [
      "a log that is there twice",
      chromeList([operatorEntry("A", [logEntry(one)]), operatorEntry("B", [], [logEntry(one)])]),
      `The list has the log ${ids[0]} twice: as “Log 0” and as “Log 0”.`,
    ],
  ];
  for (const [title, file, what] of refused) {
    it(`are refused with ${title}`, () => assert.equal(whatOf(bytesOf(file)), what));
  }

  it("are refused if they are not JSON, not UTF-8, too large or too deep", () => {
    assert.equal(whatOf(Buffer.from("<html>")), "The file is not JSON.");
    assert.equal(whatOf(Buffer.alloc(0)), "The file is not JSON.");
    assert.equal(
      whatOf(Buffer.from(JSON.stringify(chromeList([operatorEntry("ÿ", [logEntry(one)])])), "latin1")),
      "The file is not JSON.",
    );
    assert.match(whatOf(Buffer.alloc(2 * 1024 * 1024 + 1, " ")), /^The file has 2,097,153 bytes/);
    const deep = Buffer.from(`{"operators":${"[".repeat(100_000)}${"]".repeat(100_000)}}`);
    assert.match(whatOf(deep), /something else: operator 1\.$|not JSON/);
  });

  it("never throw, however they are cut or altered", () => {
    const bytes = bytesOf(chromeList([operatorEntry("A", [logEntry(one)], [logEntry(two)])]));
    const cut = fc.nat(bytes.length - 1);
    fc.assert(
      fc.property(cut, cut, fc.nat(255), (at, end, octet) => {
        assert.equal(readLogListFile(bytes.subarray(0, end)).kind, "problem");
        const altered = Buffer.from(bytes);
        altered[at] = octet;
        readLogListFile(altered);
        const values = [null, 1, [], {}, "x", true];
        const value = values[octet % values.length];
        let left = at % 30;
        readLogListFile(
          Buffer.from(JSON.stringify(JSON.parse(bytes.toString()), (_, old: unknown) => (left-- === 0 ? value : old))),
        );
      }),
    );
  });
});

describe("signatures of log lists", () => {
  const google = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = google.publicKey.export({ format: "der", type: "spki" }).toString("base64");
  const list = bytesOf(chromeList([operatorEntry("A", [logEntry(one)])]));
  const signature = sign("sha256", list, google.privateKey);

  it("fit the bytes of the list, binary or in base64", () => {
    assert.equal(isSignedByGoogle(list, signature, key), true);
    assert.equal(isSignedByGoogle(list, Buffer.from(`${signature.toString("base64")}\n`), key), true);
  });

  it("do not fit where anything was altered, or somebody else signed", () => {
    for (const at of [0, list.length - 1]) {
      const altered = Buffer.from(list);
      altered[at] = (altered[at] ?? 0) ^ 1;
      assert.equal(isSignedByGoogle(altered, signature, key), false);
    }
    const stranger = ownLog("rsa").privateKey;
    const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const ecKey = ec.publicKey.export({ format: "der", type: "spki" }).toString("base64");
    for (const [wrong, under = key] of [
      [sign("sha256", list, stranger)],
      [sign("sha512", list, google.privateKey)],
      [sign("sha256", list, { key: google.privateKey, padding: 6, saltLength: 32 })],
      [signature.subarray(1)],
      [Buffer.alloc(0)],
      [Buffer.alloc(1_000_000)],
      [signature, GOOGLE_KEY],
      [signature, ""],
      [sign("sha256", list, ec.privateKey), ecKey],
    ] as const) {
      assert.equal(isSignedByGoogle(list, wrong, under), false);
    }
    assert.equal(isSignedByGoogle(list, signature), false);
  });

  it("are Google's by the key whose sources the notes name", () => {
    const digest = createHash("sha256").update(Buffer.from(GOOGLE_KEY, "base64")).digest("hex");
    const notes = readFileSync("src/certificates/data/ct-logs.md", "utf8");
    assert.ok(notes.includes(`\`${digest}\``));
  });
});

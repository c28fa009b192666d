import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { AsnConvert } from "@peculiar/asn1-schema";
import { Certificate as Structure, Extensions } from "@peculiar/asn1-x509";
import { check } from "../../../../src/certificates/checks/findings";
import {
  writeElement,
  writeObjectIdentifier,
  writeOctetString,
  writeSequence,
} from "../../../../src/certificates/asn1/der-writer";
import { Tag, explicit } from "../../../../src/certificates/asn1/tag";
import { certificateParts } from "../../../../src/certificates/x509/signed-parts";
import { readPem } from "../../../../src/certificates/containers/pem";
import { certificateSections } from "../../../../src/certificates/details/certificate-sections";
import { plainText } from "../../../../src/certificates/details/row";
import { loadCtLogs, type CtLogList } from "../../../../src/certificates/transparency/log-list";
import { precertificateTbs } from "../../../../src/certificates/transparency/precertificate";
import { transparencyReport } from "../../../../src/certificates/transparency/report";
import { leafIndex } from "../../../../src/certificates/transparency/verification";
import { decodeCertificate } from "../../../../src/certificates/x509/certificate";
import { orderChain } from "../../../../src/certificates/x509/chain";
import type { ChainMember } from "../../../../src/certificates/x509/issuing";
import { loadKnownAuthorities } from "../../../../src/certificates/x509/known-authorities";
import { fixture, pemFixture } from "../fixtures";
import { DAY, ENDS, issuerDer, leafIndexOf, leafWith, listOf, NOW, ownLog, type OwnLog, type Stamp } from "./own-logs";
import { inEnglish, ENGLISH } from "../../../../src/words/localize";
import { saidSections } from "../../../../src/certificates/details/said-page";
import { plainly } from "../../words/plainly";

const [one, two, three] = [ownLog(0), ownLog(1), ownLog(2)];
const member = (der: Buffer) => ({ der, certificate: decodeCertificate(der) });
const issuer: ChainMember = member(issuerDer());

function reportOf(
  der: Buffer,
  logs: CtLogList,
  options: { readonly now?: number; readonly ca?: ChainMember | undefined } = {},
) {
  const { now = NOW } = options;
  const ca = "ca" in options ? options.ca : issuer;
  const report = transparencyReport(member(der), ca, { now, logs, isPublicTls: true });
  assert.ok(report);
  return report;
}

const shortOf = (der: Buffer, logs: CtLogList, options = {}) => {
  const { timestamps, summary, findings } = reportOf(der, logs, options);
  const states = timestamps.map(({ signature, reason }) =>
    reason === undefined ? signature : `${signature}: ${inEnglish(reason)}`,
  );
  return { states, summary: inEnglish(summary), ids: findings.map(({ id }) => id) };
};

const stampsOf = (...logs: readonly OwnLog[]): readonly Stamp[] => logs.map((by) => ({ by }));
const STATES = "(log states of 2026-11-20)";
const signedWith = [
  writeSequence(writeObjectIdentifier("1.2.840.10045.4.3.2")),
  writeElement(Tag.BIT_STRING, Buffer.of(0, 1)),
];
const MET = `Chrome's and Apple's policies are met ${STATES}.`;
const BOTH = ["transparency.chrome", "transparency.apple"];

/** The signed part without the list, by a library. */
function secondReading(der: Buffer): Buffer {
  const { tbsCertificate } = AsnConvert.parse(der, Structure);
  const kept = tbsCertificate.extensions?.filter(({ extnID }) => extnID !== "1.3.6.1.4.1.11129.2.4.2") ?? [];
  tbsCertificate.extensions = new Extensions(kept);
  return Buffer.from(AsnConvert.serialize(tbsCertificate));
}

describe("timestamps of Certificate Transparency", () => {
  it("are right in a real certificate, and wrong once a bit is changed", () => {
    const [leaf, ca] = readPem(fixture("transparency/gandi-2019.pem").toString()).blocks.map(({ bytes }) => bytes);
    assert.ok(leaf && ca);
    const entries = JSON.parse(fixture("transparency/logs-2019.json").toString()) as Record<string, string>[];
    const logs = new Map(
      entries.map(({ description: name = "", operator = "", key = "" }) => {
        const id = createHash("sha256").update(Buffer.from(key, "base64")).digest("base64");
        return [id, { name, operator, key }] as const;
      }),
    );
    const list = { asOf: "2025-12-13", logs };
    const real = shortOf(leaf, list, { ca: member(ca) });
    assert.deepEqual(real.states, ["right", "right"]);
    assert.equal(real.summary, "2 timestamps, 2 operators, all signatures right.");
    const altered = Buffer.from(leaf);
    const at = altered.indexOf("yatu.ws");
    altered[at] = (altered[at] ?? 0) ^ 1;
    const wrong = "wrong: the log did not sign this certificate";
    assert.deepEqual(shortOf(altered, list, { ca: member(ca) }).states, [wrong, wrong]);
    assert.deepEqual(shortOf(leaf, list).states, [wrong, wrong], "another issuer's key");
    assert.deepEqual(precertificateTbs(leaf), secondReading(leaf));
  });

  it("are right in real certificates of today, by the list that ships", async () => {
    const [logs, authorities] = await Promise.all([loadCtLogs(), loadKnownAuthorities()]);
    const table: readonly (readonly [file: string, now: string, count: number, entries: number, dates: string])[] = [
      ["github-2026.pem", "2026-11-28", 2, 0, "2026-04-19, 2026-04-23 and 2026-10-03"],
      ["icann-2026.pem", "2026-11-28", 3, 2, "2026-04-19 and 2026-04-23"],
    ];
    for (const [file, now, count, entries, dates] of table) {
      const leaf = pemFixture(`transparency/${file}`);
      const [ca] = authorities.issuersOf(decodeCertificate(leaf));
      assert.ok(ca, file);
      const { timestamps, summary } = reportOf(leaf, logs, { now: Date.parse(now), ca });
      assert.equal(
        inEnglish(summary),
        `${count} timestamps, ${count} operators, all signatures right: Chrome's and Apple's policies are met (log states of ${dates}).`,
      );
      assert.deepEqual(
        timestamps.flatMap(({ remarks }) => remarks),
        [],
      );
      assert.equal(timestamps.filter(({ log }) => log?.type === "static").length, entries);
      const numbered = timestamps.filter(({ timestamp }) => leafIndex(timestamp.extensions) !== undefined);
      assert.equal(numbered.length, entries);
      assert.deepEqual(precertificateTbs(leaf), secondReading(leaf));
    }
  });

  it("are about the certificate without their list", () => {
    for (const count of [1, 2, 3]) {
      const { der, tbs } = leafWith(Array.from({ length: count }, () => ({ by: one })));
      assert.deepEqual(precertificateTbs(der), tbs);
      assert.deepEqual(secondReading(der), tbs);
    }
  });

  const staticLog = (index: number) => ownLog(index, { type: "static" });
  const extensions = leafIndexOf(2 ** 33 + 5);
  const retired = (since: number) => {
    const state = { name: "retired", since } as const;
    return ownLog(1, { chrome: state, apple: state });
  };
  const readonly = (since: number) => {
    const state = { name: "readonly", since } as const;
    return ownLog(1, { chrome: state, apple: state });
  };
  const shard = (start: number, end: number) => ownLog(1, { interval: { start, end } });
  const at = NOW - 20 * DAY;
  const cases: readonly {
    readonly is: string;
    readonly stamps: readonly Stamp[];
    readonly days?: number;
    readonly logs?: readonly OwnLog[];
    readonly says: string;
    readonly ids?: readonly string[];
  }[] = [
    {
      is: "two operators",
      stamps: stampsOf(one, two),
      says: `2 timestamps, 2 operators, all signatures right: ${MET}`,
    },
    {
      is: "three for longer lifetimes",
      stamps: stampsOf(one, two, three),
      days: 199,
      says: `3 timestamps, 3 operators, all signatures right: ${MET}`,
    },
    {
      is: "two for a longer lifetime",
      stamps: stampsOf(one, two),
      days: 199,
      says: `Chrome's policy is not met: 2 of the 3 timestamps count that are needed ${STATES}. Apple's policy is not met: 2 of the 3 timestamps count that are needed ${STATES}.`,
      ids: BOTH,
    },
    {
      is: "one operator",
      stamps: stampsOf(one, two),
      logs: [one, ownLog(1, { operator: "Operator 0" })],
      says: "Chrome's policy is not met: too many timestamps are from logs of one operator",
      ids: BOTH,
    },
    {
      is: "the same log twice",
      stamps: stampsOf(one, one),
      says: "1 of the 2 timestamps count that are needed",
      ids: BOTH,
    },
    {
      is: "a log that one program rejects",
      stamps: stampsOf(one, two),
      logs: [one, ownLog(1, { apple: { name: "rejected" } })],
      says: `Chrome's policy is met ${STATES}. Apple's policy is not met: 1 of the 2`,
      ids: ["transparency.apple"],
    },
    {
      is: "a log that was pending when the list was made",
      stamps: stampsOf(one, two),
      logs: [one, ownLog(1, { chrome: { name: "pending" } })],
      says: "Chrome's policy cannot be judged: 1 of the 2 timestamps count that are needed, but not all could be judged",
    },
    { is: "a log retired after it stamped", stamps: stampsOf(one, two), logs: [one, retired(NOW)], says: MET },
    {
      is: "a log retired before it stamped",
      stamps: [one, two].map((by) => ({ by, at })),
      logs: [one, retired(at)],
      says: "Chrome's policy is not met: 1 of the 2 timestamps",
      ids: BOTH,
    },
    {
      is: "a log retired between its stamp and the first of another log",
      stamps: [
        { by: one, at: at + 1 },
        { by: two, at: at - 1 },
      ],
      logs: [one, retired(at)],
      says: "Chrome's policy is met",
      ids: ["transparency.apple"],
    },
    {
      is: "a log retired between the first stamp and its own",
      stamps: [
        { by: one, at: at - 1 },
        { by: two, at },
      ],
      logs: [one, retired(at)],
      says: "Chrome's policy is met",
      ids: ["transparency.apple"],
    },
    {
      is: "a log retired right after both stamps",
      stamps: [
        { by: one, at },
        { by: two, at },
      ],
      logs: [one, retired(at + 1)],
      says: "Chrome's and Apple's policies are met",
    },
    {
      is: "a log retired before its stamp, though a wrong one is earlier",
      stamps: [
        { by: one, at },
        { by: two, at },
        { by: three, at: at - 1, algorithm: [4, 1] },
      ],
      logs: [one, retired(at), three],
      says: "1 wrong",
      ids: ["transparency.signature", ...BOTH],
    },
    {
      is: "a log retired at a time that no list says",
      stamps: stampsOf(one, two),
      logs: [one, ownLog(1, { chrome: { name: "retired" }, apple: { name: "retired" } })],
      says: "Chrome's policy cannot be judged: 1 of the 2",
    },
    {
      is: "a log that took no more certificates before the stamp",
      stamps: [{ by: one }, { by: two, at }],
      logs: [one, readonly(at - 1)],
      says: "Chrome's policy is met",
      ids: ["transparency.apple"],
    },
    {
      is: "a log that took no more certificates after the stamp",
      stamps: [{ by: one }, { by: two, at }],
      logs: [one, readonly(at)],
      says: "Chrome's and Apple's policies are met",
    },
    {
      is: "a log whose interval begins after the certificate's end",
      stamps: stampsOf(one, two),
      logs: [one, shard(ENDS + 1, ENDS + DAY)],
      says: "Chrome's policy is met",
      ids: ["transparency.apple"],
    },
    {
      is: "a log whose interval ends with the certificate",
      stamps: stampsOf(one, two),
      logs: [one, shard(ENDS - DAY, ENDS)],
      says: "Chrome's policy is met",
      ids: ["transparency.apple"],
    },
    {
      is: "a log whose interval has just the certificate's end",
      stamps: stampsOf(one, two),
      logs: [one, shard(ENDS, ENDS + 1)],
      says: MET,
    },
    {
      is: "lists of different days",
      stamps: stampsOf(one, two),
      logs: [one, ownLog(1, { apple: { name: "usable", asOf: "2026-04-23" } })],
      says: "Chrome's and Apple's policies are met (log states of 2026-04-23 and 2026-11-20).",
    },
    {
      is: "two of three from one operator",
      stamps: stampsOf(one, two, three),
      days: 199,
      logs: [one, ownLog(1, { operator: "Operator 0" }), three],
      says: MET,
    },
    {
      is: "two of an operator and one rejected, for a longer lifetime",
      stamps: stampsOf(one, two, three),
      days: 199,
      logs: [one, two, ownLog(2, { chrome: { name: "rejected" }, apple: { name: "rejected" } })],
      says: "Chrome's policy is not met: 2 of the 3",
      ids: BOTH,
    },
    {
      is: "only retired logs",
      stamps: stampsOf(two, two),
      logs: [retired(NOW)],
      says: "no timestamp counts that is from a log in use today",
      ids: BOTH,
    },
    {
      is: "an unknown log",
      stamps: stampsOf(one, two),
      logs: [one],
      says: "1 signature right, 1 not checked, 1 log not known here (list of 2026-11-20). Chrome's policy cannot be judged",
    },
    { is: "a log with an RSA key", stamps: stampsOf(one, ownLog("rsa")), logs: [one, ownLog("rsa")], says: MET },
    {
      is: "a log of the Static CT API",
      stamps: [{ by: one }, { by: two, extensions }],
      logs: [one, staticLog(1)],
      says: MET,
    },
    {
      is: "only logs of the Static CT API",
      stamps: [one, two].map((by) => ({ by, extensions })),
      logs: [staticLog(0), staticLog(1)],
      says: `Chrome's policy is met ${STATES}. Apple's policy is not met: no timestamp counts that is from a log of RFC 6962`,
      ids: ["transparency.apple"],
    },
    {
      is: "a stamp from the future",
      stamps: [{ by: one }, { by: two, at: NOW + DAY }],
      says: "1 signature right, 1 wrong",
      ids: ["transparency.signature", ...BOTH],
    },
    {
      is: "an algorithm that does not fit",
      stamps: [{ by: one }, { by: two, algorithm: [4, 1] }],
      says: "1 wrong",
      ids: ["transparency.signature", ...BOTH],
    },
    {
      is: "a stamp as far ahead as clocks may differ",
      stamps: [{ by: one }, { by: two, at: NOW + 300_000 }],
      says: MET,
    },
    {
      is: "a stamp a little further ahead",
      stamps: [{ by: one }, { by: two, at: NOW + 300_001 }],
      says: "1 wrong",
      ids: ["transparency.signature", ...BOTH],
    },
    {
      is: "a hash that does not fit",
      stamps: [{ by: one }, { by: two, algorithm: [5, 3] }],
      says: "1 wrong",
      ids: ["transparency.signature", ...BOTH],
    },
    { is: "a lifetime of exactly 180 days", stamps: stampsOf(one, two), days: 180, says: MET },
    { is: "an unknown version", stamps: [{ by: one }, { by: two, version: 1 }], says: "1 not checked" },
  ];
  for (const { is, stamps, days, logs, says, ids = [] } of cases) {
    it(`are judged with ${is}`, () => {
      const result = shortOf(leafWith(stamps, days).der, listOf(...(logs ?? [one, two, three])));
      assert.ok(result.summary.includes(says), result.summary);
      assert.deepEqual(result.ids, ids);
    });
  }

  it("count by the programs' own days", () => {
    const exactly = 180 + 1 / 86_400;
    const { summary } = shortOf(leafWith(stampsOf(one, two), exactly).der, listOf(one, two));
    assert.match(summary, /Chrome's policy is met \S+ states of \S+ Apple's policy is not met: 2 of the 3/);
  });

  it("are judged in force, and from the first day of the policies", () => {
    const decoded = member(leafWith(stampsOf(one, two)).der);
    const first = Date.UTC(2022, 3, 15);
    const table: readonly (readonly [notBefore: number, notAfter: number, isPublicTls: boolean, judged: boolean])[] = [
      [first, ENDS, true, true],
      [first - 1, ENDS, true, false],
      [first, NOW, true, true],
      [first, NOW - 1, true, false],
      [first, ENDS, false, false],
    ];
    for (const [notBefore, notAfter, isPublicTls, judged] of table) {
      const certificate = {
        ...decoded.certificate,
        validity: { ...decoded.certificate.validity, notBefore, notAfter },
      };
      const options = { now: NOW, logs: listOf(one, two), isPublicTls };
      const summary = transparencyReport({ ...decoded, certificate }, issuer, options)?.summary ?? "";
      assert.equal(
        inEnglish(summary).includes("policy"),
        judged,
        `${new Date(notBefore).toISOString()} ${notAfter - NOW}`,
      );
    }
  });

  it("are remarked where they are later than two days after the begin", () => {
    const begin = NOW - 27 * DAY;
    const der = leafWith([
      { by: one, at: begin + 2 * DAY },
      { by: two, at: begin + 2 * DAY + 1 },
    ]).der;
    const { timestamps } = reportOf(der, listOf(one, two));
    assert.deepEqual(
      timestamps.map(({ remarks }) => remarks.length),
      [0, 1],
    );
  });

  it("say what is odd", () => {
    const shard = ownLog(0, { interval: { start: 0, end: NOW } });
    const { timestamps } = reportOf(
      leafWith([{ by: shard, at }, { by: staticLog(1) }]).der,
      listOf(shard, staticLog(1)),
    );
    assert.deepEqual(plainly(timestamps.map(({ remarks }) => remarks)), [
      [
        "the certificate ends outside the log's interval, so Apple does not count it",
        "it was stamped more than two days after the certificate's validity begins",
      ],
      ["its entry number is missing or damaged"],
    ]);
  });

  it("need the issuer's key", () => {
    const { der } = leafWith(stampsOf(one, two));
    const absent = "unchecked: the certificate of its issuer is not at hand";
    assert.deepEqual(shortOf(der, listOf(one, two), { ca: undefined }).states, [absent, absent]);
    const other = leafWith(stampsOf(one, two), 90, Buffer.from("another key")).der;
    assert.match(shortOf(other, listOf(one, two)).states.join(), /^wrong.*,wrong/);
    const signer = {
      ...issuer,
      certificate: {
        ...issuer.certificate,
        extensions: [
          {
            oid: "2.5.29.37",
            critical: true,
            value: { type: "extKeyUsage" as const, purposes: ["1.3.6.1.4.1.11129.2.4.4"] },
          },
        ],
      },
    };
    assert.match(shortOf(der, listOf(one, two), { ca: signer }).states[0] ?? "", /Precertificate Signing Certificate/);
  });

  it("are verified up to a bound", () => {
    const { der } = leafWith(Array.from({ length: 400 }, () => ({ by: one })));
    const { states } = shortOf(der, listOf(one));
    assert.equal(states.filter((state) => state === "right").length, 32);
    assert.equal(states[32], "unchecked: there are too many timestamps");
    const budget = { left: 1 };
    const few = leafWith(stampsOf(one, two)).der;
    const report = transparencyReport(member(few), issuer, {
      now: NOW,
      logs: listOf(one, two),
      isPublicTls: true,
      budget,
    });
    assert.deepEqual(
      report?.timestamps.map(({ signature }) => signature),
      ["right", "unchecked"],
    );
  });

  it("never count once any byte that logs sign is changed, and never throw", () => {
    const { der, tbs } = leafWith(stampsOf(one, two));
    const start = der.indexOf(tbs.subarray(8, 40));
    let seed = 7;
    for (let turn = 0; turn < 300; turn += 1) {
      seed = (seed * 48_271) % 2_147_483_647;
      const position = start + (seed % (der.length - start - 100));
      const altered = Buffer.from(der);
      altered[position] = (altered[position] ?? 0) ^ (1 << (seed % 8));
      let decoded;
      try {
        decoded = member(altered);
      } catch {
        continue;
      }
      const report = transparencyReport(decoded, issuer, { now: NOW, logs: listOf(one, two), isPublicTls: true });
      const rights = report?.timestamps.filter(({ signature }) => signature === "right").length ?? 0;
      assert.ok(rights < 2, `bit of byte ${position}`);
    }
  });

  it("cannot be rebuilt where a changed length is not in the shortest form", () => {
    const { der } = leafWith(stampsOf(one));
    // The signed part's length in three octets instead of two.
    const long = Buffer.concat([der.subarray(0, 5), Buffer.from([0x83, 0]), der.subarray(6)]);
    long.writeUInt16BE(long.readUInt16BE(2) + 1, 2);
    assert.equal(decodeCertificate(long).beyondDer, true);
    assert.equal(precertificateTbs(long), undefined);
    assert.equal(precertificateTbs(der.subarray(0, 50)), undefined);
    assert.equal(precertificateTbs(issuerDer()), undefined);
  });

  it("are about what can be rebuilt for certain alone", () => {
    const reader = certificateParts(leafWith(stampsOf(one)).der).signed.content.open();
    const before: Uint8Array[] = [];
    while (reader.more) before.push(reader.next().bytes);
    before.pop();
    const list = writeSequence(writeObjectIdentifier("1.3.6.1.4.1.11129.2.4.2"), writeOctetString(Buffer.alloc(4)));
    const other = (size: number) => writeSequence(writeObjectIdentifier("1.2.3"), writeOctetString(Buffer.alloc(size)));
    const long = (tag: number, content: Buffer) =>
      Buffer.concat([Buffer.from([tag, 0x83, 0, content.length >> 8, content.length & 255]), content]);
    const inside = (...extensions: readonly Buffer[]) => writeElement(explicit(3), writeSequence(...extensions));
    const unique = writeElement(0x81, Buffer.from([0, 1]));
    const body = (size: number) => Buffer.concat([list, other(size)]);
    const size = 256 - body(200).length + 200;
    assert.equal(body(size).length, 256);
    const table: readonly (readonly [is: string, fields: readonly Buffer[], kept?: readonly Buffer[]])[] = [
      ["another extension", [inside(list, other(3))], [inside(other(3))]],
      ["a field before the extensions", [unique, inside(list, other(3))], [unique, inside(other(3))]],
      ["256 bytes of extensions", [inside(body(size))], [inside(other(size))]],
      ["no other extension", [inside(list)]],
      ["two lists", [inside(list, list, other(3))]],
      ["no list", [inside(other(3))]],
      ["two sequences", [writeElement(explicit(3), writeSequence(list, other(3)), writeSequence())]],
      ["a field behind the extensions", [inside(list, other(3)), unique]],
      ["a long length around the sequence", [long(explicit(3), writeSequence(list, other(3)))]],
      ["a long length of the sequence", [writeElement(explicit(3), long(Tag.SEQUENCE, body(3)))]],
    ];
    for (const [is, fields, kept] of table) {
      const der = writeSequence(writeSequence(...before, ...fields), ...signedWith);
      const expected = kept && writeSequence(...before, ...kept);
      assert.deepEqual(precertificateTbs(der), expected, is);
    }
  });

  it("have entry numbers in their extensions", () => {
    const cases: readonly (readonly [string, number | undefined])[] = [
      ["", undefined],
      [leafIndexOf(2 ** 39).toString("hex"), 2 ** 39],
      [`010001ff${leafIndexOf(1).toString("hex")}`, 1],
      [`${leafIndexOf(1).toString("hex")}${leafIndexOf(1).toString("hex")}`, undefined],
      ["0000040000000", undefined],
      ["000006000000000001", undefined],
      ["0000", undefined],
      [`${leafIndexOf(1).toString("hex")}010000`, 1],
    ];
    for (const [hex, index] of cases) assert.equal(leafIndex(hex), index, hex);
  });

  it("are checked with the chain, and shown", async () => {
    const logs = listOf(one, two);
    const chain = orderChain([leafWith(stampsOf(one, two)).der, issuer.der], { now: NOW });
    const { findings, transparency } = await check(chain, { now: NOW, logs });
    const leaf = chain.path[0]?.certificate;
    assert.ok(leaf);
    const found = findings.get(leaf.fingerprints.sha256) ?? [];
    assert.deepEqual(
      found.filter(({ section }) => section === "signedCertificateTimestampList"),
      [],
    );
    const sections = saidSections(certificateSections(leaf, true, { now: NOW, logs, transparency }), ENGLISH);
    const rows = sections.find(({ id }) => id === "signedCertificateTimestampList")?.rows ?? [];
    const [value] = rows[0]?.values ?? [];
    assert.equal(
      value?.kind === "text" ? plainText(value.text) : "",
      `2 timestamps, 2 operators, all signatures right: ${MET}`,
    );
    assert.match(rows[1]?.copy ?? JSON.stringify(rows[1]), /signature right/);
    const short = orderChain([leafWith(stampsOf(one)).der, issuer.der], { now: NOW });
    const all = [...(await check(short, { now: NOW, logs })).findings.values()].flat();
    const about = all.filter(({ section }) => section === "signedCertificateTimestampList").map(({ id }) => id);
    assert.deepEqual(about, ["tls.timestamps"], "the number is said once");
  });
});

describe("the list of logs", () => {
  it("has keys whose hash is the id, and states with a date", async () => {
    const { logs, asOf } = await loadCtLogs();
    assert.equal(asOf, "2026-11-20");
    assert.equal(logs.size, 247);
    const kept = [...logs].filter(([, { key }]) => key !== undefined);
    assert.equal(kept.length, 60);
    for (const [id, log] of kept) {
      assert.equal(Buffer.from(id, "base64").length, 32);
      assert.ok(log.interval && log.interval.start < log.interval.end && log.interval.end > Date.parse(asOf), log.name);
      for (const state of [log.chrome, log.apple]) if (state) assert.match(state.asOf ?? "", /^20\d\d-\d\d-\d\d$/);
    }
    const argon = [...logs.values()].find(({ name }) => name === "Google 'Argon2027h1'");
    assert.deepEqual(
      [argon?.operator, argon?.type, argon?.chrome?.name, argon?.chrome?.asOf, argon?.apple?.name, argon?.apple?.asOf],
      ["Google", "rfc6962", "usable", "2026-10-03", "usable", "2026-04-23"],
    );
    const elephant = [...logs.values()].find(({ name }) => name === "Sectigo 'Elephant2027h1'");
    assert.equal(new Date(elephant?.chrome?.since ?? 0).toISOString().slice(0, 10), "2025-07-22");
  });
});

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import type { AuthoritiesFile } from "../../../../src/certificates/knowledge/authorities-file";
import { changesOf } from "../../../../src/certificates/knowledge/changes";
import type { LogListFile } from "../../../../src/certificates/knowledge/log-list-file";
import type { KnowledgeProblem } from "../../../../src/certificates/knowledge/problem";
import {
  joinAuthorities,
  mergeAuthorities,
  mergeLogs,
  olderProblem,
  readRenewed,
  type KnowledgeInUse,
  type RenewedKnowledge,
} from "../../../../src/certificates/knowledge/renewed";
import { loadCtLogs, type CtLogList } from "../../../../src/certificates/transparency/log-list";
import { transparencyReport } from "../../../../src/certificates/transparency/report";
import { decodeCertificate } from "../../../../src/certificates/x509/certificate";
import { KnownAuthorities, loadAuthoritySnapshot } from "../../../../src/certificates/x509/known-authorities";
import { issuerDer, leafWith, listOf, NOW, ownLog } from "../transparency/own-logs";
import { appleList, chromeList, listRead, logEntry, operatorEntry } from "./own-lists";
import { inEnglish } from "../../../../src/words/localize";
import type { Phrase } from "../../../../src/words/phrase";

const told = (changes: readonly Phrase[]) => changes.map((change) => inEnglish(change));
const said = (problem: KnowledgeProblem | undefined) => problem && inEnglish(problem.what);
const next = (problem: KnowledgeProblem | undefined) => (problem === undefined ? "" : inEnglish(problem.next));

const [one, two, three] = [ownLog(0), ownLog(1), ownLog(2)];
const idOf = ({ id }: typeof one) => id.toString("base64");
const SHIPPED: CtLogList = { ...listOf(one, two), versions: { chrome: "93.3", apple: "511" } };
const EMPTY = { asOf: "2026-11-20", revoked: { asOf: "2026-06-26", sha256: [] }, certificates: [] };
const inUse = (logs = SHIPPED, renewed: readonly RenewedKnowledge[] = []): KnowledgeInUse => ({
  logs,
  authorities: EMPTY,
  renewed,
});

const operators = (...entries: readonly (readonly [typeof one, string?])[]) =>
  entries.map(([log, state]) => operatorEntry(log.log.operator, [logEntry(log, state, "2026-11-25T08:00:00Z")]));
const chrome = (...entries: readonly (readonly [typeof one, string?])[]) => listRead(chromeList(operators(...entries)));
const apple = (...entries: readonly (readonly [typeof one, string?])[]) =>
  listRead(appleList(operators(...entries)), NOW);

const ca = issuerDer();
const SKI = "";
const authorities = (more: Partial<AuthoritiesFile> = {}): AuthoritiesFile => ({
  kind: "ca-certificates",
  asOf: "2026-11-27",
  certificates: [[SKI, ca.toString("hex")]],
  revoked: [],
  counts: { rows: 1, withoutCertificate: 0, expired: 0, notCa: 0, damaged: 0 },
  ...more,
});
const ORIGIN = { file: "log_list.json", readOn: NOW, signed: "google" } as const;

describe("a renewed list of logs", () => {
  const verdict = (logs: CtLogList) => {
    const member = (der: Buffer) => ({ der, certificate: decodeCertificate(der) });
    const leaf = member(leafWith([{ by: one }, { by: two }]).der);
    const summary = transparencyReport(leaf, member(ca), { now: NOW, logs, isPublicTls: true })?.summary ?? "";
    return inEnglish(summary).replaceAll(/ \(log states? of [^()]*\)/g, "");
  };
  const FACTS = "2 timestamps, 2 operators, all signatures right";
  const MET = `${FACTS}: Chrome's and Apple's policies are met.`;

  it("changes what the policies say of a certificate", () => {
    const missing = "1 of the 2 timestamps count that are needed";
    assert.equal(verdict(SHIPPED), MET);
    const renewed = mergeLogs(SHIPPED, chrome([one], [two]));
    assert.notEqual(renewed.asOf, SHIPPED.asOf);
    assert.equal(verdict(renewed), MET);
    assert.equal(
      verdict(mergeLogs(SHIPPED, chrome([one], [two, "rejected"]))),
      `${FACTS}. Chrome's policy is not met: ${missing}. Apple's policy is met.`,
    );
    assert.equal(
      verdict(mergeLogs(SHIPPED, apple([one], [two, "rejected"]))),
      `${FACTS}. Chrome's policy is met. Apple's policy is not met: ${missing}.`,
    );
    assert.equal(
      verdict(mergeLogs(SHIPPED, chrome([one]))),
      `${FACTS}. Chrome's policy cannot be judged: ${missing}, but not all could be judged. Apple's policy is met.`,
    );
    assert.match(verdict(mergeLogs(listOf(one), chrome([one], [two]))), /Chrome's policy is met\. Apple's/);
  });

  it("wins where it is newer, and says its date", () => {
    const merged = mergeLogs(SHIPPED, chrome([one, "retired"], [three]));
    assert.deepEqual([merged.asOf, merged.versions], ["2026-11-27", { chrome: "95.2", apple: "511" }]);
    const state = { since: Date.UTC(2026, 10, 25, 8), asOf: "2026-11-27" };
    assert.deepEqual(merged.logs.get(idOf(one)), { ...one.log, chrome: { name: "retired", ...state } });
    assert.deepEqual(merged.logs.get(idOf(two)), { ...two.log, chrome: { ...two.log.chrome, goneBy: "2026-11-27" } });
    const { apple: none, ...rest } = three.log;
    assert.ok(none);
    assert.deepEqual(merged.logs.get(idOf(three)), { ...rest, chrome: { name: "usable", ...state } });
    assert.equal(SHIPPED.logs.size, 2, "what ships stays as it is");
  });

  it("does not win where it is older", () => {
    const newer = { ...listOf(one, two), asOf: "2026-12-24" };
    const logs = new Map(
      [...newer.logs].map(([id, log]) => [id, { ...log, chrome: { name: "usable", asOf: "2026-12-24" } as const }]),
    );
    const merged = mergeLogs({ ...newer, logs }, chrome([one, "retired"]));
    assert.deepEqual([merged.asOf, merged.logs], ["2026-12-24", logs]);
  });

  it("does not unmake what the other program or the same day's list says", () => {
    const merged = mergeLogs(mergeLogs(SHIPPED, chrome([one, "retired"], [two])), apple([one], [two, "readonly"]));
    assert.equal(merged.logs.get(idOf(one))?.chrome?.name, "retired");
    assert.equal(merged.logs.get(idOf(two))?.apple?.name, "readonly");
    const again = mergeLogs(mergeLogs(SHIPPED, chrome([one, "retired"])), chrome([one, "rejected"]));
    assert.equal(again.logs.get(idOf(one))?.chrome?.name, "rejected");
  });

  it("keeps a rejected log as it was, and gives a log its key back", () => {
    const rejected = listOf(ownLog(0, { chrome: { name: "rejected", asOf: "2026-04-19" } }), two);
    assert.equal(mergeLogs(rejected, chrome([two])).logs.get(idOf(one))?.chrome?.goneBy, undefined);
    const bare: CtLogList = {
      asOf: "2026-11-20",
      logs: new Map([[idOf(one), { name: "Old", operator: "Operator 0" }]]),
    };
    assert.equal(mergeLogs(bare, chrome([one])).logs.get(idOf(one))?.key, one.log.key);
  });

  it("calls operators as the others are called, so that one does not count as two", () => {
    const entries = [logEntry(one), logEntry(three)];
    const operatorOf = (logs: CtLogList, log: typeof one) => logs.logs.get(idOf(log))?.operator;
    const gmbh = listRead(appleList([operatorEntry("Zero GmbH", entries)]), NOW);
    const merged = mergeLogs(SHIPPED, gmbh);
    assert.deepEqual([operatorOf(merged, one), operatorOf(merged, three)], ["Operator 0", "Operator 0"]);
    const moved = mergeLogs(SHIPPED, listRead(chromeList([operatorEntry("Operator 1", entries)])));
    assert.deepEqual([operatorOf(moved, one), operatorOf(moved, three)], ["Operator 1", "Operator 1"]);
  });

  const changes = (file: LogListFile, logs = SHIPPED) => told(changesOf(inUse(logs), file));

  it("is told by what it changes", () => {
    assert.deepEqual(changes(chrome([one, "retired"], [three])), [
      "Chrome's list of logs: 95.2 of 2026-11-27, with 2 logs, in place of 93.3 of 2026-11-20",
      "1 log new: Log 2",
      "1 state changed: Log 0 usable → retired since 2026-11-25",
      "1 log gone: Log 1",
    ]);
    assert.deepEqual(changes(apple([one], [two])).slice(1), ["0 logs new", "0 states changed", "0 logs gone"]);
    const over = { start: 0, end: Date.UTC(2026, 0, 1) };
    const old = listOf(one, ownLog(1, { interval: over }));
    assert.equal(changes(chrome([one]), old).at(-1), "0 logs gone", "its interval is over");
    const many = Array.from({ length: 7 }, (_, at) => ({
      ...ownLog(2).log,
      id: `${at}`,
      key: "",
      type: "static" as const,
      name: `N${at}`,
    }));
    assert.equal(changes({ ...chrome([one]), logs: many })[1], "7 logs new: N0, N1, N2, N3, N4 and 2 more");
  });

  it("must be newer than what is known", () => {
    const problem = (file: LogListFile | AuthoritiesFile, known = inUse(), now = NOW) =>
      said(olderProblem(file, known, now));
    const list = chrome([one]);
    assert.equal(problem(list), undefined);
    assert.equal(problem({ ...list, version: "93.10" }), undefined);
    const older = "is older than the one that is known now (93.3 of 2026-11-20).";
    assert.equal(problem({ ...list, version: "93.2" }), `The list (93.2 of 2026-11-27) ${older}`);
    assert.equal(problem({ ...list, version: "9.30" }), `The list (9.30 of 2026-11-27) ${older}`);
    assert.equal(
      problem({ ...list, version: "93.3" }),
      "The list (93.3 of 2026-11-27) is the one that is known now (93.3 of 2026-11-20).",
    );
    const { version, ...plain } = list;
    assert.ok(version);
    assert.equal(problem(plain), undefined);
    assert.equal(
      problem({ ...plain, asOf: "2026-11-20" }),
      "The list (2026-11-20) is the one that is known now (93.3 of 2026-11-20).",
    );
    assert.equal(
      problem({ ...plain, asOf: "2026-11-19" }),
      "The list (2026-11-19) is older than the one that is known now (93.3 of 2026-11-20).",
    );
    assert.equal(
      problem({ ...list, asOf: "2026-11-19" }),
      "The list (95.2 of 2026-11-19) is older than the one that is known now (93.3 of 2026-11-20).",
    );
    assert.equal(problem({ ...list, asOf: "2026-11-20" }), undefined, "a later one of the same day");
    assert.equal(problem({ ...list, asOf: "2026-11-29" }), "Its date, 2026-11-29, is still to come.");
    assert.equal(problem({ ...list, asOf: "2026-11-28" }), undefined);
    assert.equal(problem({ ...list, asOf: "2099-01-01" }, inUse(), Infinity), undefined);
  });

  it("may be the longer one of a version", () => {
    const short = { ...chrome([one]), origin: ORIGIN };
    const known = inUse(mergeLogs(SHIPPED, short), [short]);
    assert.equal(olderProblem(chrome([one], [two]), known, NOW), undefined);
    assert.match(
      said(olderProblem(chrome([one]), known, NOW)) ?? "",
      /is the one that is known now \(95\.2 of 2026-11-27\)/,
    );
  });

  it("may be the signed one of a list that was taken unsigned", () => {
    const list = chrome([one]);
    const known = (signed: "google" | "unsigned") => {
      const kept = { ...list, origin: { ...ORIGIN, signed } };
      return inUse(mergeLogs(SHIPPED, kept), [kept]);
    };
    assert.equal(olderProblem(list, known("unsigned"), NOW, true), undefined);
    for (const [signed, isSigned] of [
      ["unsigned", false],
      ["google", true],
    ] as const) {
      assert.notEqual(olderProblem(list, known(signed), NOW, isSigned), undefined);
    }
  });

  it("is not stopped by a version that somebody made up, if Google signed it", () => {
    const known = (signed: "google" | "unsigned", program: "chrome" | "apple" = "chrome") => {
      const kept = { ...chrome([one]), program, version: "9999.1", origin: { ...ORIGIN, signed } };
      return inUse(mergeLogs(SHIPPED, kept), [kept]);
    };
    const list = chrome([one]);
    assert.equal(olderProblem(list, known("unsigned"), NOW, true), undefined);
    assert.equal(olderProblem({ ...list, asOf: "2026-11-28" }, known("unsigned"), NOW, true), undefined);
    assert.match(said(olderProblem({ ...list, asOf: "2026-11-26" }, known("unsigned"), NOW, true)) ?? "", /older/);
    assert.match(said(olderProblem(list, known("google"), NOW, true)) ?? "", /older/);
    const unsigned = olderProblem(list, known("unsigned"), NOW);
    assert.match(said(unsigned) ?? "", /older/);
    assert.match(next(unsigned), /If it is the newest one, take log_list\.json back first\.$/);
    assert.doesNotMatch(next(olderProblem({ ...list, version: "1.1" }, inUse(), NOW)), /back|^$/);
    const ofApple = olderProblem({ ...apple([one]), version: "1" }, known("unsigned"), NOW);
    assert.doesNotMatch(next(ofApple), /back|^$/);
  });

  it("tells of each log that it takes away", () => {
    const stateless = {
      ...chrome([one]),
      logs: [...chrome([one]).logs, ...chrome([two]).logs.map(({ state, ...log }) => (assert.ok(state), log))],
    };
    assert.equal(changes(stateless).at(-1), "1 log gone: Log 1");
    assert.equal(mergeLogs(SHIPPED, stateless).logs.get(idOf(two))?.chrome?.goneBy, "2026-11-27");
    assert.equal(changes(stateless, mergeLogs(SHIPPED, stateless)).at(-1), "0 logs gone", "it was gone before");
  });

  it("can be compared with what ships", async () => {
    const shipped = { logs: await loadCtLogs(), authorities: await loadAuthoritySnapshot(), renewed: [] };
    assert.match(
      said(olderProblem({ ...chrome([one]), version: "93.3" }, shipped, NOW)) ?? "",
      /\(93\.3 of 2026-10-03\)/,
    );
    assert.equal(olderProblem(chrome([one]), shipped, NOW), undefined);
    assert.match(said(olderProblem({ ...apple([one]), version: "511" }, shipped, NOW)) ?? "", /\(511 of 2026-04-23\)/);
    assert.equal(mergeLogs(shipped.logs, chrome([one])).logs.size, shipped.logs.logs.size + 1);
  });
});

describe("renewed CA certificates", () => {
  const sha256 = createHash("sha256").update(ca).digest("hex");

  it("are added to what is known, of which nothing goes away", async () => {
    const shipped = await loadAuthoritySnapshot();
    const merged = mergeAuthorities(shipped, authorities({ revoked: [sha256] }));
    assert.deepEqual(merged.certificates.slice(0, -1), shipped.certificates);
    assert.deepEqual([merged.asOf, merged.revoked.asOf], ["2026-11-27", "2026-11-27"]);
    assert.deepEqual(merged.revoked.sha256, [...shipped.revoked.sha256, sha256]);
    assert.equal(new KnownAuthorities(merged).all().at(-1)?.revoked, true);
    const again = mergeAuthorities(merged, authorities());
    assert.equal(again.certificates.length, merged.certificates.length);
    assert.deepEqual(again.revoked, merged.revoked);
  });

  it("date the revocations only if they say any", () => {
    assert.equal(mergeAuthorities(EMPTY, authorities()).revoked.asOf, "2026-06-26");
    assert.equal(mergeAuthorities(EMPTY, authorities({ asOf: "2026-01-01", revoked: [sha256] })).asOf, "2026-11-20");
  });

  it("come in several reports, which add up", () => {
    const joined = joinAuthorities(
      authorities({ asOf: "2026-11-26", revoked: [sha256] }),
      authorities({ certificates: [["aa", "bb"]] }),
    );
    assert.deepEqual(
      joined,
      authorities({
        certificates: [
          [SKI, ca.toString("hex")],
          ["aa", "bb"],
        ],
        revoked: [sha256],
      }),
    );
  });

  it("add up to what can be kept, and no more", () => {
    const revoked = Array.from({ length: 100_000 }, (_, at) => at.toString(16).padStart(64, "0"));
    const kept = authorities({ revoked });
    const more = joinAuthorities(kept, authorities({ revoked: ["ab".repeat(32)] }));
    assert.ok(more.kind === "problem");
    assert.match(inEnglish(more.what), /more than 100,000 entries/);
    assert.equal(joinAuthorities(kept, authorities({ revoked: revoked.slice(1) })).kind, "ca-certificates");
    const certificates = revoked.map((each) => ["", each] as const);
    assert.equal(joinAuthorities(authorities({ certificates }), authorities()).kind, "problem");
  });

  it("are told by what they change", () => {
    const counts = { rows: 9, withoutCertificate: 1, expired: 2, notCa: 3, damaged: 1 };
    assert.deepEqual(told(changesOf(inUse(), authorities({ counts, revoked: [sha256] }))), [
      "CA certificates: 9 rows of 2026-11-27, beside what is known (2026-11-20)",
      "1 CA certificate new: Test CA",
      "1 revocation new",
      "Left out: 1 without a certificate, 2 expired, 3 not of a CA and 1 damaged",
    ]);
    const known = { ...inUse(), authorities: mergeAuthorities(EMPTY, authorities({ revoked: [sha256] })) };
    assert.deepEqual(told(changesOf(known, authorities({ revoked: [sha256] }))).slice(1), [
      "0 CA certificates new",
      "0 revocations new",
    ]);
  });

  it("may be as old as what is known, not older", () => {
    assert.equal(olderProblem(authorities({ asOf: "2026-11-20" }), inUse(), NOW), undefined);
    assert.equal(
      said(olderProblem(authorities({ asOf: "2026-11-19" }), inUse(), NOW)),
      "The report is of 2026-11-19, older than what is known now (2026-11-20).",
    );
    assert.equal(
      said(olderProblem(authorities({ asOf: "2026-11-29" }), inUse(), NOW)),
      "Its date, 2026-11-29, is still to come.",
    );
  });
});

describe("renewed knowledge that was kept", () => {
  const kept: readonly RenewedKnowledge[] = [
    { ...chrome([one, "retired"], [two]), origin: ORIGIN },
    { ...apple([three]), origin: { ...ORIGIN, signed: "unsigned" } },
    { ...authorities({ revoked: ["ab".repeat(32)] }), origin: { ...ORIGIN, signed: "unsigned" } },
  ];

  it("is read as it was", () => {
    for (const each of kept) assert.deepEqual(readRenewed(JSON.stringify(each)), each);
  });

  it("is not read where anything is damaged", () => {
    const damaged: readonly (readonly [at: number, path: string, value: unknown])[] = [
      [0, "kind", "ca-certificates"],
      [0, "program", "edge"],
      [0, "version", "x"],
      [0, "asOf", "yesterday"],
      [0, "logs", {}],
      [0, "logs.0.id", "?"],
      [0, "logs.0.key", 1],
      [0, "logs.0.name", null],
      [0, "logs.0.type", "other"],
      [0, "logs.0.interval.end", "x"],
      [0, "logs.0.state.name", "loved"],
      [0, "logs.0.state.since", 0.5],
      [0, "logs.0.state.since", 8.64e15],
      [0, "logs.0.interval.start", -1],
      [0, "logs.0.interval.end", Date.UTC(2100, 0, 1)],
      [0, "asOf", "9999-99-99"],
      [0, "asOf", "2026-02-30"],
      [0, "asOf", "0000-01-01"],
      [0, "logs", []],
      [0, "logs.0.id", idOf(three)],
      [0, "origin", null],
      [0, "origin.file", 1],
      [0, "origin.readOn", -1],
      [0, "origin.readOn", Number.MAX_SAFE_INTEGER],
      [0, "origin.signed", "me"],
      [2, "kind", "ct-logs"],
      [2, "asOf", undefined],
      [2, "asOf", "9999-99-99"],
      [2, "certificates.0", "x"],
      [2, "certificates.0", ["", ""]],
      [2, "certificates.0.1", "30"],
      [2, "certificates.0.1", "30".repeat(60_000)],
      [2, "certificates.0.0", "ab".repeat(60_000)],
      [2, "revoked", Array.from({ length: 100_001 }, () => "ab".repeat(32))],
      [2, "certificates.0.0", "XY"],
      [2, "certificates.0.1", "abc"],
      [2, "revoked.0", "ab"],
      [2, "counts.rows", "1"],
      [2, "counts", undefined],
    ];
    for (const [at, path, value] of damaged) {
      const copy = structuredClone(kept[at]) as unknown as Record<string, unknown>;
      const names = path.split(".");
      const last = names.pop() ?? "";
      const holder = names.reduce((object, name) => object[name] as Record<string, unknown>, copy);
      holder[last] = value;
      assert.equal(readRenewed(JSON.stringify(copy)), undefined, path);
    }
    for (const json of ["", "null", "[]", "1", "{}", '{"kind":"ct-logs"}'])
      assert.equal(readRenewed(json), undefined, json);
  });

  it("never throws, however it is cut or altered", () => {
    const text = JSON.stringify(kept[0]);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom('"', "{", "0", "-", "x", "]"), (at, sign) => {
        assert.equal(readRenewed(text.slice(0, at)), undefined);
        readRenewed(text.slice(0, at) + sign + text.slice(at + 1));
      }),
    );
  });
});

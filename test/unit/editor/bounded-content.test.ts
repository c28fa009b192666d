import assert from "node:assert/strict";
import { boundContent } from "../../../src/editor/pages/bounded-content";
import { english } from "../../../src/words/localize";
import { isToPage } from "../../../src/webview/incoming";
import {
  ENGLISH_STRINGS,
  MAX_FACTS,
  MAX_RESULTS,
  MAX_SENTENCE,
  MAX_STEPS,
  MAX_WORDS,
  type CheckReport,
  type Content,
  type OrderCard,
  type RecordsCard,
  type RecordsDomain,
} from "../../../src/webview/protocol";
import { reports, waitingOrder, waitsForMuch } from "../../page/order";
import { blockedRecords } from "../../page/records";

const NOW = Date.UTC(2026, 0, 1);
const ORDER = waitingOrder(NOW);

const RESULT = { tone: "none", words: "w" } as const;
const ANSWER = { ...RESULT, server: "s", question: "q" };
const DOMAIN: RecordsDomain = { domain: "d", state: RESULT, standings: [], records: [], findings: [], seen: [] };
const CAA = { ...RESULT, add: [], seen: [] };

const contentOf = (order: OrderCard, checks: readonly CheckReport[] = []): Content => {
  return { source: "order:1", order, checks, actions: [], strings: ENGLISH_STRINGS, locale: "en" };
};
const ofRecords = (more: Partial<RecordsCard>): Content => ({
  ...contentOf(ORDER),
  records: { ...blockedRecords(NOW), ...more },
});
const ofDomain = (more: Partial<RecordsDomain>): Content => ofRecords({ domains: [{ ...DOMAIN, ...more }] });
const bound = (content: Content) => boundContent(content, english);
const isTaken = (content: Content) => isToPage({ type: "show", content });
const many = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));
const SAID = { title: "a", status: "b", description: "" };
const LONG = "x".repeat(100_000);
const SET = { flags: "0", tag: LONG, value: LONG };
const RECORD = { title: "t", notes: [], fields: [{ label: "l", value: LONG }] };

describe("what is sent to the page", () => {
  const cases: Readonly<Record<string, Content>> = {
    "a long title, as of a certificate without names": contentOf({ ...ORDER, title: LONG }),
    "a long name of the document": { ...contentOf(ORDER), title: LONG },
    "long words of the CA": contentOf({ ...ORDER, state: { tone: "bad", words: LONG } }),
    "files that it was saved to": contentOf({ ...ORDER, facts: [{ kind: "text", label: "Saved as", text: LONG }] }),
    "a long label": contentOf({ ...ORDER, facts: [{ kind: "time", label: LONG, at: NOW }] }),
    "many facts": contentOf({ ...ORDER, facts: many(5000, () => ({ kind: "text", label: "a", text: "b" })) }),
    "a step for each of many domains": contentOf({
      ...ORDER,
      steps: many(9000, (at) => ({ title: `${at}.example`, state: "you", next: "" })),
    }),
    "a step of many words": contentOf({ ...ORDER, steps: [{ title: LONG, state: "ca", next: LONG }] }),
    "what an answer changed for many domains": contentOf({
      ...ORDER,
      history: many(2000, () => ({ at: NOW, words: LONG })),
    }),
    "many steps and domains of the CA's services": contentOf({
      ...ORDER,
      validation: { at: NOW, steps: many(9000, () => SAID), domains: many(9000, () => SAID), notes: [] },
    }),
    "long words of the CA's services": contentOf({
      ...ORDER,
      validation: {
        at: NOW,
        steps: [{ title: LONG, status: LONG, description: LONG }],
        domains: [],
        notes: many(500, () => LONG),
      },
    }),
    "records of many domains": ofRecords({ domains: many(9000, (at) => ({ ...DOMAIN, domain: `${at}.example` })) }),
    "many sentences about records": ofRecords({ request: many(900, () => RESULT), limits: many(900, () => LONG) }),
    "long words about records": ofRecords({
      heading: LONG,
      progress: LONG,
      asked: LONG,
      request: [{ ...RESULT, words: LONG }],
    }),
    "a long domain with a long state": ofDomain({ domain: LONG, state: { tone: "bad", words: LONG }, method: LONG }),
    "what many servers answered": ofDomain({ seen: many(900, () => ANSWER) }),
    "a long answer": ofDomain({ seen: [{ tone: "bad", words: LONG, server: LONG, question: LONG }] }),
    "many findings": ofDomain({
      findings: many(900, () => ({ ...RESULT, next: LONG })),
      standings: many(900, () => RESULT),
    }),
    "many CAA records": ofDomain({ caa: { ...CAA, set: { title: LONG, records: many(900, () => SET) } } }),
    "a CAA record as long as there are": ofDomain({
      caa: { ...CAA, words: LONG, set: { title: "a", records: [SET] }, seen: [{ ...ANSWER, words: LONG }] },
    }),
    "records that are too long to be published": ofDomain({ records: [RECORD], caa: { ...CAA, add: [RECORD] } }),
    "many reports": contentOf(
      ORDER,
      many(50, (at) => ({ title: `Live Host ${at}`, results: [] })),
    ),
    "a long name of the machine that asked": contentOf(ORDER, [{ title: "a", at: NOW, from: LONG, results: [] }]),
    "a report of many results": contentOf(ORDER, [
      { title: LONG, at: NOW, results: many(3000, () => ({ tone: "bad", words: LONG })) },
    ]),
  };
  for (const [name, content] of Object.entries(cases)) {
    it(`is taken, whatever strangers wrote: ${name}`, () => {
      assert.ok(!isTaken(content), "the page would take it as it is");
      assert.ok(isTaken(bound(content)));
    });
  }

  it("is as it was, where the page takes it", () => {
    const asked = { title: "a", at: NOW, from: "from the remote machine (SSH)", results: [] };
    const content = contentOf(ORDER, [...reports(NOW), asked]);
    assert.deepEqual(bound(content), content);
    const waits = contentOf(waitsForMuch(NOW));
    assert.deepEqual(bound(waits), waits);
    const withRecords = ofRecords({});
    assert.deepEqual(bound(withRecords), withRecords);
    const full = contentOf({
      ...ORDER,
      title: "x".repeat(MAX_WORDS),
      facts: many(MAX_FACTS, () => ({ kind: "text", label: "a", text: "x".repeat(MAX_SENTENCE) })),
      steps: many(MAX_STEPS, () => ({ title: "a", state: "ca", next: "" })),
    });
    assert.deepEqual(bound(full), full);
    assert.ok(isTaken(full));
  });

  it("has no record that was cut, which somebody would publish", () => {
    const short = { title: LONG, notes: [LONG], fields: [{ label: LONG, value: "v" }], line: "l" };
    const { records } = bound(ofDomain({ records: [RECORD, { ...short, line: LONG }, short] }));
    assert.deepEqual(
      records?.domains[0]?.records.map(({ fields, line }) => [fields[0]?.value, line]),
      [["v", "l"]],
    );
    assert.ok(isTaken(bound(ofDomain({ records: many(900, () => short) }))));
  });

  it("says what was left out, and cuts through no character", () => {
    const { order, checks } = bound(
      contentOf(
        {
          ...ORDER,
          title: "🙂".repeat(MAX_WORDS),
          steps: many(MAX_STEPS + 5, () => ({ title: "a", state: "ca", next: "" })),
        },
        [{ title: "a", results: many(MAX_RESULTS + 1, () => ({ tone: "good", words: "b" })) }],
      ),
    );
    assert.equal(order?.title, `${"🙂".repeat(MAX_WORDS / 2 - 1)}…`);
    assert.deepEqual(order?.steps.at(-1), { title: "…", state: "not-needed", next: "Not shown here: 6 more." });
    assert.deepEqual(checks?.[0]?.results.at(-1), { tone: "none", words: "Not shown here: 2 more." });
  });
});

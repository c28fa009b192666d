import assert from "node:assert/strict";
import fc from "fast-check";
import type { StatusDetail } from "../../../src/api/result";
import { Book } from "../../../src/orders/journal/book";
import type { OrderEvent } from "../../../src/orders/journal/events";
import { boundEvent, MAX_LINE_BYTES, MAX_LINE_ITEMS, MAX_LINE_TEXT } from "../../../src/orders/journal/line-bounds";
import { saidMessage } from "../../../src/orders/model/said-message";
import { SegmentJournal } from "../../../src/storage/journal";
import { formatLine, parseLine } from "../../../src/storage/segment";
import { allOf, phrase, sentences } from "../../../src/words/phrase";
import { START } from "../orders/doubles";
import { anyEvent, HASH, tracked } from "../orders/lines";
import { useFolder } from "./folder";

const { id } = tracked("1");
const frame = { at: START, line: `${"0".repeat(16)}:1`, prev: "" };
const account = { id: "acc", label: "Shop", loginName: "a", host: "secure.sectigo.com", ca: "sectigo" } as const;

const answered = (detail: StatusDetail): OrderEvent => ({
  type: "answered",
  id,
  login: "sectigo/a",
  outcome: { kind: "pending" },
  inRow: 1,
  failures: 0,
  proves: true,
  detail,
});
const collected = (more: object): OrderEvent => ({
  type: "collected",
  id,
  leaf: HASH,
  chain: [HASH],
  serialNumber: "01",
  subject: "CN=a.example",
  names: ["a.example"],
  notBefore: START,
  notAfter: START + 1,
  ...more,
});
const domains = (count: number, length = 20) =>
  Array.from({ length: count }, (_, index) => ({
    domain: `${index}.${"d".repeat(length)}.example`,
    status: "NOTVALIDATED",
  }));
const stepsOf = (list: readonly { domain: string }[]) =>
  list.map(({ domain }) => ({ id: `domain:${domain}`, state: "you" as const, title: domain, next: "Finish it." }));

/** What a reader makes of an event as it is written. */
function readBack(event: OrderEvent): unknown {
  const { text, read } = formatLine(boundEvent(event), frame);
  const found = parseLine(Buffer.from(text));
  assert.deepEqual(found.read, read);
  return found.read;
}

describe("bounds of a line", () => {
  it("are those of its reader: whatever is written is read back, and says what was written", () => {
    // Each text of an event may be very long, of any characters; each list too.
    const units = ["x", "🙂", "\ud83d", "\n", "\u0000", '"', "ü"];
    fc.assert(
      fc.property(anyEvent, fc.infiniteStream(fc.nat(2 * units.length)), fc.boolean(), (event, choices, isLong) => {
        // Long texts or long lists: together they take long to compare, and the sizes below try them.
        const text = () => units.at(Number(choices.next().value))?.repeat(isLong ? 9_000 : 9);
        const grown = grow(event, text, isLong ? 1 : 3_000);
        const bounded = boundEvent(grown);
        const read = readBack(grown) as Record<string, unknown>;
        for (const [name, value] of Object.entries(bounded)) {
          assert.deepEqual(read[name], plain(value), name);
        }
        assert.deepEqual(boundEvent(bounded), bounded);
      }),
      { numRuns: 100 },
    );
  });

  it("leave what fits as it is", () => {
    fc.assert(fc.property(anyEvent, (event) => assert.deepEqual(boundEvent(event), plain(event))));
  });

  const states: readonly (readonly [what: string, events: readonly OrderEvent[]])[] = [
    ["a subject of 10,000 characters", [collected({ subject: `CN=${"s".repeat(10_000)}` })]],
    ["names of 10,000 characters", [collected({ names: ["n".repeat(10_000), "a.example"] })]],
    ["a serial number of 20,000 digits", [collected({ serialNumber: "A".repeat(20_000) })]],
    ["1,000 domains", [answered({ domains: domains(1_000), steps: stepsOf(domains(1_000)) })]],
    [
      "2,000 long domains with their steps",
      [answered({ domains: domains(2_000, 200), steps: stepsOf(domains(2_000, 200)) })],
    ],
    ["a message without end", [{ type: "frozen", login: "sectigo/a", code: -16, message: "m".repeat(100_000) }]],
  ];
  describe("keep the state at the next start with", () => {
    const folder = useFolder();
    for (const [what, events] of states) {
      it(what, async () => {
        const journal = new SegmentJournal(folder());
        const book = new Book(journal);
        await book.record([{ type: "account-set", account }, tracked("1"), ...events]);
        await journal.close();
        const aside: unknown[] = [];
        const next = new Book(new SegmentJournal(folder()), (lines) => aside.push(...lines));
        await next.refresh();
        assert.deepEqual(aside, []);
        assert.deepEqual(next.get(id), book.get(id));
        assert.deepEqual(next.login("sectigo/a"), book.login("sectigo/a"));
        const order = next.get(id);
        assert.ok(events.every(({ type }) => type !== "collected") || order?.certificates.length === 1);
      });
    }
  });

  it("cut with a mark, never through a pair", () => {
    const [cut] = [boundEvent(collected({ subject: `${"s".repeat(MAX_LINE_TEXT - 2)}🙂tail` }))];
    assert.ok(cut?.type === "collected");
    assert.equal(cut.subject, `${"s".repeat(MAX_LINE_TEXT - 2)}…`);
  });

  it("leave doubts and the words of a sentence whole, however much else is left out", () => {
    const names = Array.from({ length: MAX_LINE_ITEMS }, () => "n".repeat(MAX_LINE_TEXT));
    const said = phrase("{0}", sentences(phrase("{0} {1}", "a", allOf(["b", "c"])), phrase("{0}", "d")));
    const doubts = (["names", "chain"] as const).map((kind) => ({ kind, ...saidMessage(said) }));
    const bounded = boundEvent(collected({ names, doubts }));
    assert.ok(bounded.type === "collected" && bounded.names.length < names.length / 2);
    assert.deepEqual(bounded.doubts, doubts);
    const outcome = { kind: "not-understood", code: "text", ...saidMessage(said) } as const;
    const huge = domains(2_500, 4_000);
    const told = boundEvent({ ...answered({ domains: huge, steps: stepsOf(huge) }), outcome } as OrderEvent);
    assert.ok(told.type === "answered" && (told.detail?.domains?.length ?? 0) < huge.length / 2);
    assert.deepEqual(told.outcome, outcome);
  });

  it("tell how many domains there were where not all are kept", () => {
    const many = boundEvent(answered({ domains: domains(MAX_LINE_ITEMS + 1) }));
    assert.ok(many.type === "answered");
    assert.equal(many.detail?.domains?.length, MAX_LINE_ITEMS);
    assert.equal(many.detail.domainCount, MAX_LINE_ITEMS + 1);
    const huge = domains(2_500, 4_000);
    const large = boundEvent(answered({ domains: huge, steps: stepsOf(huge) }));
    assert.ok(large.type === "answered" && large.detail?.domains !== undefined);
    assert.equal(large.detail.domainCount, 2_500);
    assert.ok(large.detail.domains.length > 100);
    assert.ok(Buffer.byteLength(formatLine(large, frame).text) <= MAX_LINE_BYTES);
  });

  it("keep a chain whole where other lists are halved", () => {
    const chain = Array.from({ length: 100 }, () => HASH);
    const names = Array.from({ length: MAX_LINE_ITEMS }, (_, index) => `${index}.${"n".repeat(4_000)}`);
    const event = boundEvent(collected({ chain, names }));
    assert.ok(event.type === "collected" && event.names.length < MAX_LINE_ITEMS);
    assert.equal(event.chain.length, 100);
  });

  it("refuse what cannot be cut without saying something else, before anything is written", () => {
    const uri = `file:///${"p".repeat(20_000)}`;
    const saved: OrderEvent = { type: "saved", id, leaf: HASH, profile: "nginx", files: [{ uri, part: "full chain" }] };
    assert.throws(() => formatLine(boundEvent(saved), frame), { code: "line-refused" });
    assert.throws(() => formatLine(boundEvent(collected({ notAfter: NaN })), frame), { code: "line-refused" });
  });
});

/** As it is after it was JSON. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** The event with some texts replaced and its lists repeated; names of things stay. */
function grow(event: OrderEvent, text: () => string | undefined, repeat: number): OrderEvent {
  const free = new Set([
    "label",
    "tags",
    "message",
    "advice",
    "subject",
    "serialNumber",
    "names",
    "fqdn",
    "title",
    "next",
  ]);
  const visit = (value: unknown, name: string): unknown => {
    if (typeof value === "string") return free.has(name) ? (text() ?? value) : value;
    if (Array.isArray(value)) {
      const items = value.map((item) => visit(item, name));
      return name === "chain" ? items : Array.from({ length: repeat }, () => items).flat();
    }
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, visit(member, key)]));
  };
  return visit(event, "") as OrderEvent;
}

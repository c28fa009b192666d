import assert from "node:assert/strict";
import { formatEvidence } from "../../../src/orders/export/evidence";
import { checkEvidence } from "../../wire/evidence";
import type { JournalLine, OrderEvent } from "../../../src/orders/journal/events";
import type { Order } from "../../../src/orders/model/order";
import type { HistoryLine } from "../../../src/orders/ports";
import { timelineOf } from "../../../src/orders/presentation/timeline";
import { localeOf } from "../../../src/words/localize";
import { START } from "./doubles";
import { order } from "./world";

const { id } = order("123");
const base: Order = { ...order("123"), trackedAt: START, tags: [], certificates: [], paused: false, muted: false };
const answered = { type: "answered", id, login: "sectigo/alice", inRow: 1, failures: 0, proves: true } as const;

function historyOf(...events: OrderEvent[]): HistoryLine[] {
  return events.map((event, index) => {
    const line = { v: 1, at: START + index * 1_000, line: `${"a".repeat(16)}:${index + 1}`, ...event } as JournalLine;
    return { line, segment: index % 2 ? "s2" : "s1", text: JSON.stringify(line), chained: true };
  });
}

describe("timeline", () => {
  const step = (state: "you" | "done") => ({ id: "dcv", state, title: "Domain control", next: "" });

  it("tells what was asked, answered, new, collected and saved", () => {
    const timeline = timelineOf(
      historyOf(
        order("123"),
        { type: "asked", id, login: "sectigo/alice", why: "schedule", question: "everything" },
        { ...answered, outcome: { kind: "pending" }, detail: { fqdn: "a.example", steps: [step("you")] } },
        { type: "unchanged", id, from: START, to: START + 86_400_000, count: 8 },
        { ...answered, outcome: { kind: "pending" }, detail: { fqdn: "a.example", steps: [step("done")] } },
        {
          ...answered,
          outcome: { kind: "refused", code: -14, message: "Unknown error", advice: "Wait.", after: "later" },
        },
        {
          type: "collected",
          id,
          leaf: "ab".repeat(32),
          chain: [],
          serialNumber: "01",
          subject: "CN=a.example",
          names: ["a.example"],
          notBefore: START,
          notAfter: START + 1_000,
        },
        {
          type: "saved",
          id,
          leaf: "ab".repeat(32),
          profile: "nginx",
          files: [
            { uri: "file:///a.pem", part: "full chain" },
            { uri: "file:///b.pem", part: "chain", sha256: "cd" },
          ],
        },
      ),
    );
    assert.deepEqual(
      timeline.map(({ words, more }) => [words, ...more]),
      [
        ["Tracked"],
        ["Checked automatically"],
        ["Answer: being processed", "Domain: a.example", "Domain control: waiting for you"],
        ["The same answer until 2026-02-01T00:00:00Z; checks: 8"],
        ["Answer: being processed", "Domain control: done"],
        ["Answer: Unknown error (-14)", "Wait."],
        [
          "Collected the certificate for a.example",
          "Subject: CN=a.example",
          "Serial number: 01",
          `SHA-256: ${"ab".repeat(32)}`,
          "Valid from 2026-01-31T00:00:00Z until 2026-01-31T00:00:01Z",
        ],
        ["Saved (nginx)", "full chain: file:///a.pem", "chain: file:///b.pem, SHA-256 cd"],
      ],
    );
  });

  it("tells in the reader's language what is in the files that were saved", () => {
    const german = localeOf("de", (text) => (text === "full chain" ? "vollständige Kette" : undefined));
    const files = [
      { uri: "file:///a.pem", part: "full chain" },
      { uri: "file:///b.pem", part: "full chain", sha256: "cd" },
      { uri: "file:///c.pem", part: "a name of a later version" },
    ];
    const [saved] = timelineOf(historyOf({ type: "saved", id, leaf: "ab", profile: "nginx", files }), german.localize);
    assert.deepEqual(saved?.more, [
      "vollständige Kette: file:///a.pem",
      "vollständige Kette: file:///b.pem, SHA-256 cd",
      "a name of a later version: file:///c.pem",
    ]);
  });
});

describe("timeline of the CA's services", () => {
  const of = { id, login: "sectigo/alice" } as const;
  const answeredBy = { type: "service-answered", ...of, failures: 0, proves: true } as const;
  const note = { from: [], steps: [], domains: [], caaErrors: [] } as const;
  const LINES: readonly (readonly [OrderEvent, ...words: string[]])[] = [
    [
      { type: "service-asked", service: "ResendDCVEmail", why: "person", ...of },
      "You asked the CA to send the validation mail again",
    ],
    [{ ...answeredBy, service: "ResendDCVEmail", outcome: { kind: "answered" } }, "The CA agreed"],
    [
      { type: "service-asked", service: "RetryCAACheck", why: "person", ...of },
      "You asked the CA for another CAA check",
    ],
    [
      {
        ...{ ...answeredBy, service: "RetryCAACheck" },
        outcome: { kind: "refused", code: -296, message: "Wrong certificate state", after: "order" },
      },
      "The CA refused: Wrong certificate state (-296)",
    ],
    [
      { type: "service-asked", service: "getPostPaymentStatus", why: "person", ...of },
      "You asked the CA what it waits for (getPostPaymentStatus)",
    ],
    [
      { ...answeredBy, service: "getPostPaymentStatus", outcome: { kind: "answered" } },
      "getPostPaymentStatus answered",
    ],
    [
      { ...answeredBy, service: "GetDCVDetailsMC", outcome: { kind: "failed", code: "x", message: "Gone." } },
      "No answer: Gone.",
    ],
    [
      { ...answeredBy, service: "GetDCVDetailsMC", outcome: { kind: "not-understood", code: "x", message: "Odd." } },
      "The answer was not understood: Odd.",
    ],
    [
      {
        ...{ type: "validation", id, ...note, caaErrors: ["issue"] },
        steps: [{ id: "csrStatus", title: "CSR", status: "Completed" }],
        domains: [{ domain: "a.example", methodWord: "HTTP", status: "Odd" }, { domain: "b.example" }],
      },
      ...["The CA's services said what it waits for", "CSR: Completed", "a.example: HTTP, Odd", "b.example"],
      "CAA check: issue",
    ],
    [{ type: "reported", id, row: { status: "Valid" } }, "The CA's report says: Valid"],
    [{ type: "reported", id, row: {} }, "The CA's report lists it"],
    [{ type: "reported", id }, "The CA's report no longer lists it"],
  ];
  for (const [event, ...words] of LINES) {
    it(`says: ${words[0]}`, () => {
      assert.deepEqual(
        timelineOf(historyOf(event)).flatMap((entry) => [entry.words, ...entry.more]),
        words,
      );
    });
  }
});

describe("timeline of what was taken back", () => {
  const back = (type: "opened" | "watched"): HistoryLine => {
    const line = { v: 1, at: 0, t: START, line: `${"a".repeat(16)}:1`, type, id } as const;
    return { line, segment: "s1", text: JSON.stringify(line), chained: true };
  };

  it("says it at the time it was written", () => {
    const timeline = timelineOf([
      ...historyOf({ type: "opened", id }, { type: "watched", id }),
      back("opened"),
      back("watched"),
    ]);
    assert.deepEqual(
      timeline.map(({ at, words }) => [at, words]),
      [
        [START, "Opened or marked as seen"],
        [START + 1_000, "Watched for another certificate"],
        [START, "Marked as new again"],
        [START, "No longer watched for another certificate"],
      ],
    );
  });
});

describe("evidence", () => {
  const history = historyOf(
    order("123"),
    { type: "renamed", id, label: "a" },
    { type: "renamed", id, label: "b" },
    { type: "opened", id },
  );
  const text = formatEvidence(base, history, START);
  const lines = text.trimEnd().split("\n");

  it("is as it was written", () => {
    assert.equal(lines.length, history.length + 2);
    assert.deepEqual(checkEvidence(text), []);
    assert.deepEqual(checkEvidence(formatEvidence(base, [], START)), []);
  });

  const changes: [string, (lines: string[]) => string[], number[]][] = [
    [
      "a changed line",
      (all) => all.map((line, index) => (index === 2 ? line.replace('\\"a\\"', '\\"x\\"') : line)),
      [3, 5, 6],
    ],
    ["a missing line", (all) => all.filter((_, index) => index !== 3), [1, 5]],
    ["a line more", (all) => [...all.slice(0, 3), all[2] ?? "", ...all.slice(3)], [1, 4, 6, 7]],
    [
      "two lines that changed places",
      (all) => [all[0], all[1], all[4], all[3], all[2], all[5]].map((line) => line ?? ""),
      [3, 5, 6],
    ],
    ["a missing end", (all) => all.slice(0, -1), [1, 5]],
    ["garbage", () => ["x", "{", "[]"], [1, 2, 3]],
    ["nothing", () => [], [1]],
  ];
  for (const [what, change, wrong] of changes) {
    it(`shows ${what}`, () => {
      assert.deepEqual(
        checkEvidence(
          change(lines)
            .map((line) => `${line}\n`)
            .join(""),
        ),
        wrong,
      );
    });
  }
});

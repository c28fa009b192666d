import assert from "node:assert/strict";
import fc from "fast-check";
import { compareStamps, isLater, stampOf, type JournalLine, type OrderEvent } from "../../../src/orders/journal/events";
import { Fold } from "../../../src/orders/journal/fold";
import type { Outcome } from "../../../src/orders/model/order";
import { formatOrderId } from "../../../src/orders/model/order-id";
import { readLine } from "../../../src/orders/journal/line";
import { MAX_LINE_ITEMS } from "../../../src/orders/journal/line-bounds";
import { START } from "./doubles";
import { anyLines, HASH, stateOf, tracked } from "./lines";

describe("fold", () => {
  it("gives the same for any order of the lines and any number of copies", () => {
    fc.assert(
      fc.property(anyLines, fc.infiniteStream(fc.nat()), (lines, random) => {
        const shuffled = shuffle([...lines, ...lines.filter((_, index) => index % 3 === 0)], random);
        assert.deepEqual(stateOf(shuffled), stateOf(lines));
      }),
      { numRuns: 200 },
    );
  });

  it("knows which order came to a place last, in any order of the lines", () => {
    const place = { ...tracked("7"), ca: "sandbox" } as const;
    const at = formatOrderId(place);
    const lines = ["1", "2", "3"].map((number, index) => stamp({ ...place, id: tracked(number).id }, 10 + index));
    for (const order of [lines, lines.toReversed(), [...lines.slice(1), ...lines]]) {
      const fold = new Fold();
      for (const line of order) fold.apply(line);
      assert.equal(fold.movedTo(at), tracked("3").id);
    }
  });

  it("tells what it changed, and nothing for a line it knows", () => {
    const fold = new Fold();
    const line = stamp(tracked("1"), 1);
    assert.deepEqual(fold.apply(line), { order: line.id, structure: true });
    assert.equal(fold.apply(line), undefined);
    assert.deepEqual(fold.apply(stamp({ type: "renamed", id: line.id, label: "shop" }, 2)), { order: line.id });
    assert.deepEqual(fold.apply(stamp({ type: "forgotten", id: line.id }, 3)), { order: line.id, structure: true });
    assert.equal(fold.order(line.id), undefined);
    assert.deepEqual(fold.apply(stamp({ type: "restored", id: line.id }, 4)), { order: line.id, structure: true });
    assert.equal(fold.order(line.id)?.label, "shop");
  });

  it("keeps what happened to an order before it is tracked, and when it was tracked first", () => {
    const fold = new Fold();
    const id = tracked("1").id;
    fold.apply(stamp({ type: "asked", id, login: "sectigo/a", why: "schedule", question: "everything" }, 5));
    assert.equal(fold.order(id), undefined);
    fold.apply(stamp(tracked("1"), 9));
    fold.apply(stamp(tracked("1"), 3));
    assert.equal(fold.order(id)?.asked?.at, START + 5);
    assert.equal(fold.order(id)?.trackedAt, START + 3);
  });

  it("keeps the last warning of each thing that ends", () => {
    const fold = new Fold();
    const { id } = tracked("1");
    fold.apply(stamp(tracked("1"), 1));
    const all = (["certificate", "served", "term", "served"] as const).map((of, n) => ({
      of,
      end: START + n,
      days: 7,
    }));
    for (const [n, warned] of all.entries()) fold.apply(stamp({ type: "warned", id, ...warned }, 2 + n));
    assert.deepEqual(
      fold.order(id)?.warned?.map(({ of, end }) => [of, end - START]),
      [
        ["certificate", 0],
        ["served", 3],
        ["term", 2],
      ],
    );
    const line = stamp({ type: "warned", id, of: "served", end: START, days: 7 }, 9);
    assert.deepEqual(readLine(JSON.stringify(line)), { kind: "line", line });
  });

  it("takes back that a certificate was opened, or is watched for, until that is said again", () => {
    const { id } = tracked("1");
    for (const [type, name] of [
      ["opened", "openedAt"],
      ["watched", "watchedAt"],
    ] as const) {
      const fold = new Fold();
      fold.apply(stamp(tracked("1"), 0));
      const back = { ...stamp({ type, id, at: 0 }, 5), t: START + 5 } as JournalLine;
      fold.apply(stamp({ type, id }, 3));
      assert.equal(fold.order(id)?.[name], START + 3);
      assert.deepEqual(fold.apply(back), { order: id });
      assert.equal(fold.order(id)?.[name], undefined);
      fold.apply(stamp({ type, id }, 4));
      assert.equal(fold.order(id)?.[name], undefined, "an earlier line counts");
      fold.apply(stamp({ type, id }, 6));
      assert.equal(fold.order(id)?.[name], START + 6);
    }
  });

  it("holds a certificate once, by the line that brought it first, newest first", () => {
    const fold = new Fold();
    const { id } = tracked("1");
    fold.apply(stamp(tracked("1"), 0));
    for (const [leaf, after] of [
      ["b", 20],
      ["a", 10],
      ["b", 30],
      ["b", 15],
    ] as const) {
      fold.apply(stamp(collected(id, leaf), after));
    }
    assert.deepEqual(
      fold.order(id)?.certificates.map((collected) => [collected.leaf[0], collected.at - START]),
      [
        ["b", 15],
        ["a", 10],
      ],
    );
  });

  it("keeps the longest chain that came for a leaf, in any order of the lines", () => {
    const [leaf, issuer, root] = ["a", "b", "c"].map((digit) => digit.repeat(64));
    assert.ok(leaf && issuer && root);
    const { id } = tracked("1");
    const lines = [[leaf], [leaf, issuer, root], [leaf, issuer], [leaf, root]].map((chain, place) =>
      stamp({ ...collected(id, "a"), chain }, 10 + place),
    );
    for (const order of [lines, lines.toReversed(), [...lines.slice(2), ...lines.slice(0, 2)]]) {
      const fold = new Fold();
      fold.apply(stamp(tracked("1"), 0));
      for (const line of order) fold.apply(line);
      assert.deepEqual(
        fold.order(id)?.certificates.map(({ at, chain }) => [at - START, chain]),
        [[10, [leaf, issuer, root]]],
      );
    }
  });

  it("keeps the longest chain that came for a certificate, and what the first line said of it, in any order", () => {
    const { id } = tracked("1");
    const short = { ...stamp(collected(id, "a"), 1), chain: ["1".repeat(64)], subject: "first" };
    const long = { ...stamp(collected(id, "a"), 2), chain: ["2".repeat(64), HASH], subject: "second" };
    for (const lines of [
      [short, long],
      [long, short],
    ]) {
      const [order] = stateOf([stamp(tracked("1"), 0), ...lines]).orders;
      const [collected] = order?.certificates ?? [];
      assert.deepEqual([collected?.subject, collected?.chain.length, collected?.at], ["first", 2, START + 1]);
    }
  });

  it("doubts a certificate as the latest line that brought it does, in any order of the lines", () => {
    const { id } = tracked("1");
    const doubts = [{ kind: "names", message: "Not x." }] as const;
    const line = (isDoubted: boolean, after: number) =>
      stamp({ ...collected(id, "a"), ...(isDoubted && { doubts }) }, after);
    for (const pattern of [0, 1, 2, 3, 4, 5, 6, 7]) {
      const [one, two, three] = [0, 1, 2].map((place) => line((pattern & (1 << place)) !== 0, 10 + place));
      assert.ok(one && two && three);
      for (const lines of [
        [one, two, three],
        [one, three, two],
        [two, one, three],
        [two, three, one],
        [three, one, two],
        [three, two, one, three],
      ]) {
        const [collected] = stateOf([stamp(tracked("1"), 0), ...lines]).orders[0]?.certificates ?? [];
        assert.equal(
          collected?.doubts?.length ?? 0,
          pattern & 4 ? 1 : 0,
          `${pattern}: ${lines.map(({ at }) => at).join()}`,
        );
      }
    }
  });

  it("knows whether the last question was answered, by the lines' order and not by the clock", () => {
    const fold = new Fold();
    const { id } = tracked("1");
    fold.apply(stamp(tracked("1"), 0));
    const asked = { type: "asked", id, login: "sectigo/a", why: "person", question: "everything" } as const;
    fold.apply(stamp(asked, 10));
    assert.equal(fold.order(id)?.asked?.answered, false);
    assert.equal(fold.login("sectigo/a").unansweredAt, START + 10);
    // The clock went back an hour; the stamp did not.
    fold.apply({ ...stamp(answered(id, "sectigo/a"), 11), at: START - 3_600_000, t: START + 11 });
    assert.equal(fold.order(id)?.asked?.answered, true);
    assert.equal(fold.login("sectigo/a").unansweredAt, undefined);
    assert.equal(fold.login("sectigo/a").proved, true);
  });

  it("freezes and thaws a login by name, for all accounts that use it", () => {
    const fold = new Fold();
    const { id } = tracked("1");
    const login = "sectigo/a";
    fold.apply(stamp({ type: "frozen", login, code: 0, message: "silence" }, 1));
    assert.equal(fold.login(login).frozen?.code, 0);
    fold.apply(stamp({ type: "thawed", login, why: "try-once" }, 2));
    assert.deepEqual(fold.login(login), { key: login, proved: false, thawedAt: START + 2 });
    fold.apply(
      stamp(
        {
          ...answered(id, login),
          proves: false,
          outcome: { kind: "refused", code: -16, message: "no", advice: "", after: "sign-in" },
        },
        3,
      ),
    );
    assert.deepEqual(fold.login(login).frozen, { at: START + 3, code: -16, message: "no" });
    assert.equal(fold.login("sectigo/b").frozen, undefined);
  });

  it("keeps how the CA said that an order stands, until it says so again, in any order of the lines", () => {
    const { id } = tracked("1");
    const refusal = (code: number, after: "final" | "later" | "sign-in") =>
      ({ kind: "refused", code, message: "", advice: "", after }) as const;
    const cases: readonly (readonly [outcomes: readonly Outcome[], standing: Outcome | undefined])[] = [
      [[refusal(-21, "final")], undefined],
      [[refusal(-21, "final"), refusal(-14, "later")], refusal(-21, "final")],
      [[refusal(-21, "final"), refusal(-16, "sign-in")], refusal(-21, "final")],
      [[refusal(-21, "final"), { kind: "not-understood", code: "html", message: "" }], refusal(-21, "final")],
      [
        [refusal(-21, "final"), refusal(-14, "later"), { kind: "failed", code: "damaged", message: "" }],
        refusal(-21, "final"),
      ],
      [[refusal(-21, "final"), refusal(-14, "later"), { kind: "pending" }], undefined],
      [[refusal(-14, "later")], undefined],
      [[{ kind: "pending" }, refusal(-14, "later"), refusal(-14, "later")], { kind: "pending" }],
    ];
    for (const [outcomes, standing] of cases) {
      const lines = outcomes.map((outcome, place) => stamp({ ...answered(id, "sectigo/a"), outcome }, 10 + place));
      for (const order of [lines, lines.toReversed(), [...lines.slice(1), ...lines.slice(0, 2)]]) {
        const fold = new Fold();
        fold.apply(stamp(tracked("1"), 0));
        for (const line of order) fold.apply(line);
        assert.deepEqual(fold.order(id)?.standing?.outcome, standing, JSON.stringify(outcomes));
      }
    }
  });

  it("compares lines by stamp, then writer, then number", () => {
    const at = (t: number, line: string) => ({ t, line });
    const [a, b] = ["a".repeat(16), "b".repeat(16)];
    const ordered = [at(1, `${b}:9`), at(2, `${a}:9`), at(2, `${a}:10`), at(2, `${b}:1`), at(3, `${a}:1`)];
    for (const [index, one] of ordered.entries()) {
      for (const [other, two] of ordered.entries()) {
        assert.equal(Math.sign(compareStamps(one, two)), Math.sign(index - other));
        assert.equal(isLater(one, two), index > other);
      }
    }
  });
});

describe("line guard", () => {
  it("takes every event that we write", () => {
    fc.assert(
      fc.property(anyLines, (lines) => {
        for (const line of lines) assert.deepEqual(readLine(JSON.stringify(line)), { kind: "line", line });
      }),
    );
  });

  const good = stamp(tracked("1"), 1);
  const asides: [string, unknown, "damaged" | "later"][] = [
    ["no JSON", "{", "damaged"],
    ["no object", [1], "damaged"],
    ["no version", { ...good, v: undefined }, "damaged"],
    ["a later version", { ...good, v: 2, type: "tracked" }, "later"],
    ["a type we do not know", { ...good, type: "polished" }, "later"],
    ["a type of every object", { ...good, type: "constructor" }, "later"],
    ["a place that is none", { ...good, line: "here" }, "damaged"],
    ["a time that is none", { ...good, at: "now" }, "damaged"],
    ["a time no Date holds", { ...good, at: 9e15 }, "damaged"],
    ["an unknown product", { ...good, product: "tls" }, "damaged"],
    ["an unknown CA", { ...good, ca: "elsewhere" }, "damaged"],
    ["a long id", { ...good, id: "x".repeat(300) }, "damaged"],
    ["tags without end", { ...good, tags: Array.from({ length: MAX_LINE_ITEMS + 1 }, () => "x") }, "damaged"],
    [
      "a step with a strange state",
      { ...stamp(answered("x", "y"), 1), detail: { steps: [{ id: "", state: "odd", title: "", next: "" }] } },
      "damaged",
    ],
    ["a hash that is none", { ...stamp(collected("x", "a"), 1), leaf: "../../etc" }, "damaged"],
  ];
  for (const [what, value, why] of asides) {
    it(`sets aside ${what}`, () => {
      const text = typeof value === "string" ? value : JSON.stringify(value);
      const read = readLine(text);
      assert.ok(read.kind === "aside");
      assert.equal(read.why, why);
      const id = (value as { id?: string }).id;
      assert.equal(read.order, id !== undefined && id.length <= 200 ? id : undefined);
    });
  }

  it("gives a line or sets aside whatever comes, and never throws", () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string(), mutated(good)), (text) => {
        assert.match(readLine(text).kind, /^(line|aside)$/);
      }),
      { numRuns: 500 },
    );
  });
});

function stamp<E extends OrderEvent>(event: E, after: number): E & JournalLine {
  return { v: 1, at: START + after, line: `${"0".repeat(16)}:${after}`, ...event } as E & JournalLine;
}

function answered(id: string, login: string) {
  return { type: "answered", id, login, outcome: { kind: "pending" }, inRow: 1, failures: 0, proves: true } as const;
}

function collected(id: string, leaf: string) {
  return {
    type: "collected",
    id,
    leaf: leaf.repeat(64),
    chain: [HASH],
    serialNumber: "01",
    subject: "CN=a.example",
    names: ["a.example"],
    notBefore: START,
    notAfter: START + 1,
  } as const;
}

/** A line with one character changed. */
function mutated(line: JournalLine): fc.Arbitrary<string> {
  const text = JSON.stringify(line);
  return fc
    .tuple(fc.nat(text.length - 1), fc.string({ maxLength: 2 }))
    .map(([at, put]) => text.slice(0, at) + put + text.slice(at + 1));
}

/** A random order, the same for the same numbers. */
function shuffle(lines: readonly JournalLine[], random: Iterable<number>): JournalLine[] {
  const numbers = random[Symbol.iterator]();
  return lines
    .map((line) => ({ line, by: Number(numbers.next().value) }))
    .sort((a, b) => a.by - b.by || compareStamps(stampOf(b.line), stampOf(a.line)))
    .map(({ line }) => line);
}

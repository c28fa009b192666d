import assert from "node:assert/strict";
import fc from "fast-check";
import { arrange, type Arrangement, type OrderRow } from "../../../src/orders/presentation/arrange";
import { RowTally } from "../../../src/orders/presentation/row-tally";
import { noticesOf } from "../../../src/orders/presentation/attention";
import { formatCalendar } from "../../../src/orders/export/calendar";
import { checkMany } from "../../../src/orders/checking/check-many";
import type { ServedAddress } from "../../../src/orders/model/deployment";
import type { CollectedCertificate, Order } from "../../../src/orders/model/order";
import { Listing } from "../../../src/orders/presentation/listing";
import { english } from "../../../src/words/localize";
import { seenWords } from "../../../src/orders/presentation/order-row";
import { GROUPS, stateOf, type OrderState } from "../../../src/orders/presentation/state";
import { nextCheck } from "../../../src/orders/checking/schedule";
import { warningsDue } from "../../../src/orders/presentation/warnings";
import { DAY, HOUR, MINUTE, START } from "./doubles";
import { ACCOUNT, issued, order, refused, World } from "./world";

const base: Order = { ...order("123"), trackedAt: START, tags: [], certificates: [], paused: false, muted: false };
const heldFor = (days: number, more: Partial<CollectedCertificate> = {}): CollectedCertificate => ({
  at: START,
  leaf: "a".repeat(64),
  chain: [],
  serialNumber: "01AB",
  subject: "CN=a.example",
  names: ["a.example", "www.a.example"],
  notBefore: START,
  notAfter: START + days * DAY,
  ...more,
});
/** With its last second, as CAs write it. */
const lastsDays = (days: number) => heldFor(days, { notAfter: START + days * DAY - 1_000 });
const termOf = (days: number) => ({ at: START, detail: { productTermEnd: START + days * DAY } });

function rowOf(number: string, more: Partial<Order> = {}): OrderRow {
  const made: Order = { ...base, ...order(number), ...more };
  const circumstances = { login: { key: "sectigo/alice", proved: true }, background: "everything" } as const;
  const check = nextCheck(made, circumstances, START, 0);
  return {
    order: made,
    check,
    state: stateOf(made, circumstances, check, { secretMissing: false }, START),
    account: ACCOUNT,
  };
}

/** The settings as they come. */
const THRESHOLDS = { days: [30, 14, 7, 1], shares: [33, 17, 8, 3] };

describe("arranging", () => {
  const asked = { at: START, why: "schedule", question: "everything", answered: true } as const;
  const rows = [
    rowOf("1", { label: "beta", asked, answer: { at: START, outcome: { kind: "pending" }, inRow: 1 }, tags: ["East"] }),
    rowOf("2", { label: "alpha", tags: ["East", "West"] }),
    rowOf("3", { certificates: [heldFor(90)], product: "mc" }),
    rowOf("4", { certificates: [heldFor(30)], label: "gamma", openedAt: START }),
    rowOf("5", { certificates: [heldFor(30)], archived: true }),
  ];
  const plain: Arrangement = { by: "state", sort: "due", filter: "", archived: false };

  const cases: [string, Partial<Arrangement>, [string, string[]][]][] = [
    [
      "by what needs doing",
      {},
      [
        ["ready", ["3"]],
        ["waiting", ["1", "2"]],
        ["done", ["4"]],
      ],
    ],
    [
      "by product",
      { by: "product" },
      [
        ["mc", ["3"]],
        ["ssl", ["4", "1", "2"]],
      ],
    ],
    [
      "by product and name",
      { by: "product", sort: "name" },
      [
        ["mc", ["3"]],
        ["ssl", ["2", "1", "4"]],
      ],
    ],
    [
      "by tag, those without one last",
      { by: "tag" },
      [
        ["East", ["1", "2"]],
        ["West", ["2"]],
        ["", ["4", "3"]],
      ],
    ],
    ["by account", { by: "account" }, [["acc", ["4", "3", "1", "2"]]]],
    ["what was put away", { archived: true }, [["done", ["5"]]]],
    ["with a word of the label", { filter: "ALPH" }, [["waiting", ["2"]]]],
    [
      "with a name inside the certificate",
      { filter: "www.a" },
      [
        ["ready", ["3"]],
        ["done", ["4"]],
      ],
    ],
    ["with two words", { filter: "east being" }, [["waiting", ["1"]]]],
    ["with a number", { filter: "3" }, [["ready", ["3"]]]],
    ["with what nobody has", { filter: "nothing" }, []],
  ];
  it("names each place of a row that a filter looks at", () => {
    const detail = { fqdn: "fqdn.example", domains: [{ domain: "domain.example", status: "" }] };
    const certificates = [heldFor(90, { subject: "CN=Subject", serialNumber: "0C0FFEE0", names: ["name.example"] })];
    const row: OrderRow = {
      ...rowOf("7654321", { label: "Title", tags: ["Tag"], certificates, detail: { at: START, detail } }),
      account: { ...ACCOUNT, label: "Owner" },
    };
    const found = (filter: string): boolean => arrange([row], { ...plain, filter }).length > 0;
    const words = ["title", "7654321", "ssl", "certificate is here", "owner", "tag", "fqdn", "domain.example"];
    assert.deepEqual(
      [...words, "cn=subject", "0c0ffee0", "name.example", "SUBJECT  owner", " "].filter((word) => !found(word)),
      [],
    );
    assert.deepEqual(["other", "title other", "title\nother"].filter(found), []);
    const byCode = { ...row, order: { ...row.order, reference: { kind: "collectionCode" } } } as const;
    assert.equal(arrange([byCode], { ...plain, filter: "collectionCode" }).length, 0);
  });

  it("looks at what a row says, and reads that only where a filter needs it", () => {
    const more = { certificates: [heldFor(20)], muted: true, paused: true };
    const saved = { at: START, leaf: "a".repeat(64), profile: "nginx", files: [] };
    const row = rowOf("7654321", { ...more, saved, watchedAt: START });
    let read = 0;
    const seen = (each: OrderRow): readonly string[] => {
      read++;
      return seenWords(each, { localize: english, language: "en" });
    };
    const found = (filter: string): boolean => {
      const arrangement = { ...plain, filter };
      const isListed = new Listing([row], arrangement, seen).size > 0;
      assert.equal(arrange([row], arrangement, seen).length > 0, isListed);
      return isListed;
    };
    const told = ["expires in 20 days", "Saved", "muted", "paused", "another certificate", "SSL 7654321 expires"];
    assert.deepEqual(
      told.filter((word) => !found(word)),
      [],
    );
    const row2027 = rowOf("1", { certificates: [heldFor(500)] });
    assert.equal(arrange([row2027], { ...plain, filter: "jun 2027" }, seen).length, 1);
    assert.equal(found("Opened"), false);
    read = 0;
    assert.ok(found("") && found("7654321") && found("a.example ssl"));
    assert.equal(read, 0);
  });

  it("sorts by what ends first, then in the order of tracking, and not by the next check", () => {
    const made = (label: string, tracked: number, end?: number): OrderRow =>
      rowOf(label, {
        label,
        trackedAt: START + tracked,
        certificates: end === undefined ? [] : [heldFor(end)],
      });
    const given = [
      made("tracked 3", 3),
      made("end 5", 1, 5),
      made("tracked 1 b", 1),
      made("tracked 1 a", 1),
      made("end 4, tracked 2", 2, 4),
      made("end 4, tracked 1", 1, 4),
    ];
    const shown = (rows: readonly OrderRow[]) =>
      arrange(rows, { ...plain, by: "product" })[0]?.rows.map(({ order: { label } }) => label);
    const sorted = ["end 4, tracked 1", "end 4, tracked 2", "end 5", "tracked 1 a", "tracked 1 b", "tracked 3"];
    assert.deepEqual(shown(given), sorted);
    const checked = given.map((row, index): OrderRow => {
      const due = START + (given.length - index) * DAY;
      const asked = { at: due - HOUR, why: "schedule", question: "everything", answered: true } as const;
      return { ...row, order: { ...row.order, asked }, check: { ...row.check, due } };
    });
    assert.deepEqual(shown(checked), sorted);
  });

  it("sorts names as people do, and sections of accounts by their labels", () => {
    const names = ["shop 10", "Shop 9", "ärger", "zebra", "shop 2"].map((label) => rowOf(label, { label }));
    const [section] = arrange(names, { ...plain, by: "product", sort: "name" });
    assert.deepEqual(
      section?.rows.map(({ order: { label } }) => label),
      ["ärger", "shop 2", "Shop 9", "shop 10", "zebra"],
    );
    const owned = (account: string, label: string): OrderRow => ({
      ...rowOf(account, { account }),
      account: { ...ACCOUNT, id: account, label },
    });
    const { account: owner, ...unowned } = base;
    assert.notEqual(owner, undefined);
    const sections = arrange(
      [owned("a", "Zoo"), { ...rowOf("9"), order: unowned }, owned("b", "Acme 10"), owned("c", "acme 9")],
      { ...plain, by: "account" },
    );
    assert.deepEqual(
      sections.map(({ key }) => key),
      ["c", "b", "a", ""],
    );
  });

  it("shows an order once in the section of a tag that it has twice", () => {
    const [section] = arrange([rowOf("1", { tags: ["East", "East"] })], { ...plain, by: "tag" });
    assert.equal(section?.rows.length, 1);
  });

  for (const [what, more, expected] of cases) {
    it(`shows rows ${what}`, () => {
      const sections = arrange(rows, { ...plain, ...more });
      assert.deepEqual(
        sections.map(({ key, rows: found }) => [
          key,
          found.map(({ order: of }) => (of.reference.kind === "orderNumber" ? of.reference.value : "")),
        ]),
        expected.map(([key, numbers]) => [key === "done" && more.archived ? "ready" : key, numbers]),
      );
    });
  }
});

describe("attention", () => {
  const state = (group: OrderState["group"], status: OrderState["status"], archived = false): OrderState => ({
    group,
    status,
    words: "",
    archived,
  });
  const waiting = state("waiting", "pending");
  const ready = state("ready", "new");
  const step = state("needs-you", "step");

  it("counts rows as the headings of the view do, muted ones too and archived ones not", () => {
    const states = [ready, ready, step, waiting, state("ready", "new", true), state("done", "opened")];
    const frozen = [state("needs-you", "frozen"), state("needs-you", "frozen"), state("needs-you", "sign-in")];
    const rows = [...states, ...frozen].map((each, index) => ({
      order: { ...base, ...order(`${index}`) },
      state: each,
    }));
    const whole = rows.map((row) => ({ ...rowOf("1"), ...row }));
    const counts = new RowTally(whole).attention;
    assert.deepEqual(counts, { needsYou: 4, trouble: 0, ready: 2, tracked: 8 });
    const listing = new Listing(whole, { by: "state", sort: "due", filter: "", archived: false });
    const below = (["needs-you", "trouble", "ready"] as const).map((group) => listing.rows(group).length);
    assert.deepEqual(below, [counts.needsYou, counts.trouble, counts.ready]);
    assert.equal(listing.size, counts.tracked);
    assert.deepEqual(new RowTally([]).attention, { needsYou: 0, trouble: 0, ready: 0, tracked: 0 });
  });

  it("gives badge, status bar and headings one number, whatever the orders are", () => {
    const group = fc.constantFrom(...GROUPS);
    const any = fc.array(fc.record({ group, archived: fc.boolean(), muted: fc.boolean() }), { maxLength: 40 });
    fc.assert(
      fc.property(any, (given) => {
        const rows = given.map((each, index): OrderRow => {
          const row = rowOf(String(index), { muted: each.muted });
          return { ...row, state: { ...row.state, group: each.group, archived: each.archived } };
        });
        const listing = new Listing(rows, { by: "state", sort: "due", filter: "", archived: false });
        const counts = new RowTally(rows).attention;
        const headings = GROUPS.map((key) => listing.rows(key).length);
        const [needsYou, trouble, ready] = headings;
        assert.deepEqual(counts, { needsYou, trouble, ready, tracked: listing.size });
      }),
    );
  });

  it("tells of a new certificate that comes in place of another that nobody opened", () => {
    const at = (leaf: string): Partial<Order> => ({ certificates: [heldFor(90, { leaf })] });
    const turn = (number: string, held: string) => ({
      order: { ...base, ...order(number), ...at("b") },
      before: ready,
      held,
      after: ready,
    });
    assert.deepEqual(noticesOf([turn("1", "a"), turn("2", "b")]), [{ kind: "ready", orders: [order("1").id] }]);
  });

  it("tells of what became ready or needs the person, grouped, and of nothing else", () => {
    const turn = (number: string, before: OrderState | undefined, after: OrderState, more: Partial<Order> = {}) => ({
      order: { ...base, ...order(number), ...more },
      before,
      after,
    });
    const turns = [
      turn("1", waiting, ready),
      turn("2", waiting, ready),
      turn("3", waiting, step),
      turn("4", waiting, ready, { muted: true }),
      turn("5", undefined, ready),
      turn("6", ready, ready),
      turn("7", waiting, state("ready", "new", true)),
      turn("8", waiting, state("needs-you", "frozen")),
      turn("9", waiting, state("trouble", "failed")),
      turn("10", waiting, state("trouble", "not-issued")),
    ];
    assert.deepEqual(noticesOf(turns), [
      { kind: "ready", orders: [order("1").id, order("2").id] },
      { kind: "needs-you", orders: [order("3").id, order("10").id] },
    ]);
  });

  const older = heldFor(200, { leaf: "b".repeat(64), serialNumber: "02" });
  const reissued = heldFor(300);
  const place = { host: "mail.example", port: 25, protocol: "smtp" } as const;
  const seen = (leaf: string, ...states: readonly ServedAddress[]) => [{ at: START, place, leaf, addresses: states }];
  const isOlder = { address: "192.0.2.1", state: "other", leaf: older.leaf } as const;
  const isThis = { address: "192.0.2.2", state: "this" } as const;
  const warned = (days: number, end: number) => [{ at: START, of: "certificate", end, days }] as const;
  const cases: [string, Partial<Order>, number, [string, number][]][] = [
    ["nothing while there is time", { certificates: [heldFor(90)] }, 59, []],
    ["a month before the end", { certificates: [heldFor(200)] }, 170, [["certificate", 30]]],
    [
      "a month before the end, from a life of a hundred days",
      { certificates: [lastsDays(100)] },
      70,
      [["certificate", 30]],
    ],
    ["nothing in two thirds of a short life", { certificates: [heldFor(90)] }, 60, []],
    ["a short certificate in its last third", { certificates: [heldFor(47)] }, 31.5, [["certificate", 16]]],
    ["a short certificate in its last sixth", { certificates: [heldFor(47)] }, 39.1, [["certificate", 8]]],
    ["the nearest threshold alone", { certificates: [heldFor(90)] }, 84, [["certificate", 8]]],
    ["the last day", { certificates: [heldFor(200)] }, 199.5, [["certificate", 1]]],
    ["nothing after the end", { certificates: [heldFor(90)] }, 91, []],
    ["nothing twice", { certificates: [heldFor(200)], warned: warned(30, START + 200 * DAY) }, 180, []],
    [
      "the next threshold",
      { certificates: [heldFor(200)], warned: warned(30, START + 200 * DAY) },
      187,
      [["certificate", 14]],
    ],
    [
      "a new certificate's own end",
      { certificates: [heldFor(90)], warned: warned(1, START + 1) },
      84,
      [["certificate", 8]],
    ],
    [
      "the term apart",
      { certificates: [heldFor(90)], detail: termOf(110) },
      84,
      [
        ["certificate", 8],
        ["term", 30],
      ],
    ],
    ["nothing of an older one that no server is known to serve", { certificates: [reissued, older] }, 190, []],
    [
      "nothing of an older one where all addresses serve its successor",
      { certificates: [reissued, older], served: seen(reissued.leaf, isThis, { ...isThis, address: "2001:db8::1" }) },
      190,
      [],
    ],
    [
      "an older one that one address still serves",
      { certificates: [reissued, older], served: seen(reissued.leaf, isThis, isOlder) },
      190,
      [["served", 14]],
    ],
    [
      "an older one and the newest, each once",
      { certificates: [lastsDays(195), older], served: seen(lastsDays(195).leaf, isOlder) },
      190,
      [
        ["certificate", 7],
        ["served", 14],
      ],
    ],
    [
      "nothing of the two again",
      {
        ...{ certificates: [lastsDays(195), older], served: seen(lastsDays(195).leaf, isOlder) },
        warned: [
          { at: START, of: "certificate", end: lastsDays(195).notAfter, days: 7 },
          { at: START, of: "served", end: older.notAfter, days: 14 },
        ],
      },
      190,
      [],
    ],
    [
      "nothing of an older one for a server that a person removed",
      { certificates: [reissued, older], served: seen(reissued.leaf, isOlder), servers: [] },
      190,
      [],
    ],
    [
      "nothing of an older one by what was asked about it, not about its successor",
      { certificates: [reissued, older], served: seen(older.leaf, isOlder) },
      190,
      [],
    ],
    [
      "the newest once an older one ended, wherever that is served",
      { certificates: [reissued, older], served: seen(reissued.leaf, isOlder) },
      275,
      [["certificate", 30]],
    ],
    [
      "nothing of an older one for a stranger's certificate in its place",
      { certificates: [reissued, older], served: seen(reissued.leaf, { ...isOlder, leaf: "c".repeat(64) }) },
      190,
      [],
    ],
    ["nothing of a muted order", { certificates: [heldFor(90)], muted: true }, 84, []],
    ["nothing of what is not held", {}, 84, []],
  ];
  for (const [what, more, day, expected] of cases) {
    it(`warns of ${what}`, () => {
      const warnings = warningsDue({ ...base, ...more }, THRESHOLDS, START + day * DAY);
      assert.deepEqual(
        warnings.map(({ of, days }) => [of, days]),
        expected,
      );
      for (const warning of warnings)
        assert.equal(warning.isPaid, warning.of === "certificate" && more.detail !== undefined);
    });
  }
});

describe("calendar", () => {
  it("gives the ends of certificate and term, and when to reissue", () => {
    const text = formatCalendar(
      [
        { ...base, label: "Shop; East, München", tags: ["A\\B"], certificates: [heldFor(90)], detail: termOf(365) },
        base,
      ],
      THRESHOLDS,
      START,
    );
    const unfolded = text.replace(/\r\n /g, "");
    const events = unfolded.split("BEGIN:VEVENT").slice(1);
    assert.deepEqual(
      events.map((event) => [
        ...(/(?<=^DTSTART:).*$/m.exec(event) ?? []),
        ...(event.match(/(?<=^TRIGGER:).*$/gm) ?? []),
      ]),
      [
        ["20260417T000000Z", "-P1D"],
        ["20260401T000000Z", "PT0S"],
        ["20260501T000000Z", "-PT713H", "-PT367H", "-PT173H", "-PT65H"],
        ["20260819T000000Z", "-P30D", "-P14D", "-P7D", "-P1D"],
        ["20270131T000000Z", "-P30D", "-P14D", "-P7D", "-P1D"],
      ],
    );
    const alarm = /^BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:.+\r\nTRIGGER:.+\r\nEND:VALARM$/gm;
    assert.equal(unfolded.match(alarm)?.length, 14);
    assert.match(
      unfolded,
      /^DESCRIPTION:Order 123\\, A.*\. Reissue by Apr 17\\, 2026\. The certificate ends on May 1\\, 2026\.$/m,
    );
    assert.match(unfolded, /^SUMMARY:Certificate for Shop\\; East\\, München ends$/m);
    assert.match(unfolded, /^DESCRIPTION:Order 123\\, A\\\\B$/m);
    assert.match(unfolded, /^SUMMARY:Validation of the domains ends at the latest: Shop\\; East\\, München$/m);
    assert.match(
      unfolded,
      /^DESCRIPTION:Order 123\\, A.*\. Validation of the domains can be used again until Aug 19\\, 2026 at the latest \(Baseline Requirements 4\.2\.1: 200 days\)$/m,
    );
    assert.equal(new Set(unfolded.match(/^UID:.*$/gm)).size, 5);
    assert.equal(
      formatCalendar([], THRESHOLDS, START),
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//certificate-collector//Certificate Collector for Sectigo//EN\r\nCALSCALE:GREGORIAN\r\nEND:VCALENDAR\r\n",
    );
  });

  it("has no alarms of what was due before it was written, and none of a muted order", () => {
    const alarms = (more: Partial<Order>, day: number) =>
      formatCalendar([{ ...base, certificates: [heldFor(200)], ...more }], THRESHOLDS, START + day * DAY).match(
        /^TRIGGER:-P\d+D/gm,
      );
    // The end has two thresholds left, the last day to act is over, and so is its validation.
    assert.deepEqual(alarms({ product: "smime" }, 190), ["TRIGGER:-P7D", "TRIGGER:-P1D"]);
    assert.equal(alarms({ muted: true }, 0), null);
  });

  it("keeps lines to 75 octets and characters whole, and lets no name break out of its line", () => {
    const label = `${"ü😀".repeat(60)}\r\nEND:VCALENDAR`;
    const text = formatCalendar([{ ...base, label, certificates: [heldFor(90)] }], THRESHOLDS, START);
    for (const line of text.split("\r\n")) assert.ok(Buffer.byteLength(line) <= 75, line);
    assert.equal(text.match(/^END:VCALENDAR/gm)?.length, 1);
    assert.ok(text.replace(/\r\n /g, "").includes("ü😀".repeat(60)));
  });
});

describe("checking many", () => {
  it("asks them in order, sorts what came of it, and tells of progress", async () => {
    const world = new World();
    world.latency = 1_000;
    const window = world.window();
    const ids = await window.track("1", "2", "3", "4");
    world.answers.set(ids[0] ?? "", () => issued("a.example", START, 90));
    world.answers.set(ids[1] ?? "", () => refused(-20, "final"));
    const before = window.poller.check(ids[3] ?? "", new AbortController().signal);
    await world.clock.advance(MINUTE);
    await before;
    const done: number[] = [];
    const checking = checkMany(
      [...window.book.orders()],
      (id, signal) => window.poller.check(id, signal),
      (count) => done.push(count),
      new AbortController().signal,
    );
    await world.clock.advance(MINUTE);
    const summary = await checking;
    assert.deepEqual(summary, {
      collected: [ids[0]],
      failed: [ids[1]],
      unchanged: [ids[2]],
      later: [ids[3]],
      signIn: [],
      notAsked: [],
    });
    assert.deepEqual(done, [1, 2, 3, 4]);
  });

  it("stops when cancelled, and after one refused sign-in asks nothing more", async () => {
    const world = new World();
    world.latency = 1_000;
    const window = world.window();
    const ids = await window.track("1", "2", "3");
    const controller = new AbortController();
    const check = (id: string, signal: AbortSignal) => window.poller.check(id, signal);
    const cancelled = checkMany(
      [...window.book.orders()],
      check,
      (count) => count === 1 && controller.abort(),
      controller.signal,
    );
    await world.clock.advance(MINUTE);
    assert.deepEqual((await cancelled).notAsked, ids.slice(1));
    await world.clock.advance(4 * HOUR);
    for (const id of ids) world.answers.set(id, () => refused(-16, "sign-in"));
    const before = world.calls.length;
    const frozen = checkMany([...window.book.orders()], check, () => undefined, new AbortController().signal);
    await world.clock.advance(MINUTE);
    assert.deepEqual((await frozen).signIn, ids);
    assert.equal(world.calls.length, before + 1);
  });
});

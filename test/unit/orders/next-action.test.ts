import assert from "node:assert/strict";
import type { OrderedDomain } from "../../../src/api/services/service-result";
import { PRODUCTS } from "../../../src/api/product";
import { english, localeOf } from "../../../src/words/localize";
import { deadlinesOf, isOverdue, nextAction } from "../../../src/orders/model/next-action";
import type { CollectedCertificate, Order, Warned } from "../../../src/orders/model/order";
import { arrange } from "../../../src/orders/presentation/arrange";
import { deadlineWords, monthWords, nextActionWords } from "../../../src/orders/presentation/deadline-words";
import { warningsDue } from "../../../src/orders/presentation/warnings";
import { isDays, isShares } from "../../../src/orders/model/warning-thresholds";
import { DAY, HOUR } from "./doubles";
import { order } from "./world";

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
const on = (day: string): number => Date.parse(day);
const locale = { localize: english, language: "en" };
const THRESHOLDS = { days: [30, 14, 7, 1], shares: [33, 17, 8, 3] };

/** @param issued as "2026-10-01" @param days of its life, with its last second */
function certificate(issued: string, days: number, more: Partial<CollectedCertificate> = {}): CollectedCertificate {
  return {
    ...{ at: on(issued), leaf: issued, chain: [], serialNumber: issued, subject: "CN=a.example", names: ["a.example"] },
    ...{ notBefore: on(issued), notAfter: on(issued) + days * DAY - 1_000 },
    ...more,
  };
}

const base: Order = { ...order("1"), trackedAt: 0, tags: [], certificates: [], paused: false, muted: false };
const term = (end: string) => ({ detail: { at: 0, detail: { productTermEnd: on(end) } } });
const validatedBy = (...domains: Omit<OrderedDomain, "domain">[]): Pick<Order, "validation"> => ({
  validation: {
    ...{ at: 0, from: [], steps: [], caaErrors: [] },
    domains: domains.map((each) => ({ domain: "a.example", ...each })),
  },
});
const byMail = validatedBy({ method: "email" });
const byPhone = validatedBy({ method: "other", methodWord: "Phone" });
const ORGANIZATION = { subject: "CN=a.example,O=Example,C=DE" };

/** "what by why", with "!" where something must be validated first. */
function said(of: Order, now: number): string | undefined {
  const action = nextAction(of, now);
  return action && [action.what, dayOf(action.by), action.why, ...(action.validatesFirst ? ["!"] : [])].join(" ");
}

describe("the next action of an order", () => {
  const held = (
    issued: string,
    days: number,
    more: Partial<Order> = {},
    of: Partial<CollectedCertificate> = {},
  ): Order => ({
    ...{ ...base, certificates: [certificate(issued, days, of)] },
    ...more,
  });
  const CASES: [what: string, order: Order, now: string, expected: string | undefined][] = [
    ["nothing before it is issued", base, "2026-11-28", undefined],
    [
      "a reissue two weeks before the end",
      held("2026-09-08", 200, term("2029-01-01")),
      "2026-11-28",
      "reissue 2027-03-12 certificate",
    ],
    [
      "a new order where the term ends with the certificate",
      held("2026-09-08", 200, term("2027-03-27")),
      "2026-11-28",
      "renew 2027-03-12 term",
    ],
    [
      "a new order where the term ends before it",
      held("2026-09-08", 200, term("2027-01-01")),
      "2026-11-28",
      "renew 2027-03-12 certificate",
    ],
    ["one of the two where no term is known", held("2026-09-08", 200), "2026-11-28", "replace 2027-03-12 certificate"],
    [
      "two weeks before the end of a hundred days",
      held("2027-04-01", 100, term("2029-01-01")),
      "2027-04-02",
      "reissue 2027-06-25 certificate",
    ],
    [
      "a sixth before the end of 47 days, validated first",
      held("2029-04-01", 47, term("2030-01-01")),
      "2029-04-02",
      "reissue 2029-05-10 certificate !",
    ],
    // 398 days outlast every validation: nobody reissues after 200 days to spare one.
    [
      "validated first where reuse ends long before",
      held("2026-01-15", 398, term("2029-01-01")),
      "2026-11-28",
      "reissue 2027-02-02 certificate !",
    ],
    // The window opens on 2028-12-30: reuse ends in it, since the rule of 100 days does.
    [
      "before reuse ends within the window",
      held("2028-11-21", 100, term("2030-01-01")),
      "2028-12-01",
      "reissue 2029-02-14 certificate",
    ],
    [
      "before reuse ends, as shorter rules begin",
      held("2028-12-20", 100, term("2030-01-01")),
      "2029-01-10",
      "reissue 2029-03-14 domains",
    ],
    [
      "validated first once that day is over",
      held("2028-12-20", 100, term("2030-01-01")),
      "2029-03-15",
      "reissue 2029-03-15 certificate !",
    ],
    [
      "by the end of a method within the window",
      held("2028-01-04", 90, { ...term("2030-01-01"), ...byMail }),
      "2028-01-10",
      "reissue 2028-03-14 email",
    ],
    [
      "by another method where it ends before",
      held("2028-02-20", 90, { ...term("2030-01-01"), ...byMail }),
      "2028-02-21",
      "reissue 2028-05-05 certificate !",
    ],
    [
      "an organization within the window",
      held("2026-03-20", 397, term("2029-01-01"), ORGANIZATION),
      "2027-04-01",
      "reissue 2027-04-06 certificate !",
    ],
    ["a validation before its method ends", { ...base, ...byPhone }, "2026-11-28", "validate 2027-03-14 telephone"],
    ["nothing once that has ended", { ...base, ...byPhone }, "2027-03-15", undefined],
    [
      "an S/MIME certificate's end alone",
      held("2026-09-08", 200, { product: "smime", ...byMail }),
      "2026-11-28",
      "replace 2027-03-12 certificate",
    ],
    [
      "what is overdue, too",
      held("2026-01-01", 90, term("2027-01-01")),
      "2026-11-28",
      "reissue 2026-03-17 certificate",
    ],
  ];
  for (const [what, each, now, expected] of CASES) {
    it(`is ${what}`, () => {
      for (const hour of [0, 23]) assert.equal(said(each, on(now) + hour * HOUR), expected);
    });
  }
});

it("the next action of one order is another on another day", () => {
  const of: Order = { ...base, ...term("2030-01-01"), certificates: [certificate("2028-12-20", 100)] };
  const days = ["2029-03-14", "2029-03-15", "2029-03-14"].map((day) => said(of, on(day)));
  assert.deepEqual(days, [
    "reissue 2029-03-14 domains",
    "reissue 2029-03-15 certificate !",
    "reissue 2029-03-14 domains",
  ]);
});

describe("an order from 2026 to 2029, reissued again and again", () => {
  /** The longest life that rules of public CAs permit, by the day of issue. */
  const lifeOn = (day: string): number =>
    day < "2026-03-15" ? 398 : day < "2027-03-15" ? 200 : day < "2029-03-15" ? 100 : 47;

  /** Goes through the days; warnings are noted as the journal does. @param acts whether the person does what is said */
  function live(acts: (by: string, today: string) => boolean) {
    const actions: string[] = [];
    const warnings: string[] = [];
    let of: Order = { ...base, ...term("2029-12-31"), certificates: [certificate("2026-01-15", 398)] };
    let last: string | undefined;
    for (let now = on("2026-01-15"); now < on("2029-12-31"); now += DAY) {
      const today = dayOf(now);
      const due = warningsDue(of, THRESHOLDS, now);
      warnings.push(...due.map(({ of: what, days, end }) => `${today} ${what} ${days} of ${dayOf(end)}`));
      const notes = due.map(({ of: what, end, days }): Warned => ({ at: now, of: what, end, days }));
      const kept = (of.warned ?? []).filter((each) => !notes.some((note) => note.of === each.of));
      of = { ...of, warned: [...kept, ...notes] };
      const words = said(of, now);
      if (words !== last) actions.push(`${today}: ${words ?? "nothing"}`);
      last = words;
      const by = nextAction(of, now)?.by;
      if (by === undefined || !acts(dayOf(by), today) || nextAction(of, now)?.what !== "reissue") continue;
      const left = (on("2029-12-31") - now) / DAY;
      const next = certificate(today, Math.min(lifeOn(today), left));
      of = { ...of, certificates: [next, ...of.certificates] };
    }
    return { actions, warnings };
  }

  it("has these next actions, and one warning each, where they are followed on the last day", () => {
    const { actions, warnings } = live((by, today) => by === today);
    assert.deepEqual(actions, [
      "2026-01-15: reissue 2027-02-02 certificate !",
      "2027-02-03: reissue 2027-08-06 certificate !",
      "2027-08-07: reissue 2027-10-30 certificate",
      "2027-10-31: reissue 2028-01-23 certificate",
      "2028-01-24: reissue 2028-04-17 certificate",
      "2028-04-18: reissue 2028-07-11 certificate",
      "2028-07-12: reissue 2028-10-04 certificate",
      "2028-10-05: reissue 2028-12-28 certificate",
      "2028-12-29: reissue 2029-03-14 domains",
      "2029-03-15: reissue 2029-06-07 certificate !",
      "2029-06-08: reissue 2029-07-16 certificate !",
      "2029-07-17: reissue 2029-08-24 certificate !",
      "2029-08-25: reissue 2029-10-02 certificate !",
      "2029-10-03: reissue 2029-11-10 certificate !",
      "2029-11-11: reissue 2029-12-19 certificate !",
      "2029-12-20: renew 2029-12-28 term",
    ]);
    assert.deepEqual(warnings, [
      "2027-01-18 certificate 30 of 2027-02-16",
      "2027-07-22 certificate 30 of 2027-08-20",
      "2027-10-15 certificate 30 of 2027-11-13",
      "2028-01-08 certificate 30 of 2028-02-06",
      "2028-04-02 certificate 30 of 2028-05-01",
      "2028-06-26 certificate 30 of 2028-07-25",
      "2028-09-19 certificate 30 of 2028-10-18",
      "2028-12-13 certificate 30 of 2029-01-11",
      "2029-03-08 certificate 30 of 2029-04-06",
      "2029-05-23 certificate 30 of 2029-06-21",
      "2029-07-09 certificate 16 of 2029-07-23",
      "2029-08-17 certificate 16 of 2029-08-31",
      "2029-09-25 certificate 16 of 2029-10-09",
      "2029-11-03 certificate 16 of 2029-11-17",
      "2029-12-01 term 30 of 2029-12-31",
      "2029-12-12 certificate 16 of 2029-12-26",
      "2029-12-17 term 14 of 2029-12-31",
      "2029-12-28 certificate 4 of 2029-12-30",
      "2029-12-29 certificate 3 of 2029-12-30",
    ]);
  });

  it("has every warning once where nothing is done before the last day", () => {
    let end = "";
    const { warnings } = live((by, today) => {
      const isLast = today === end;
      end = dayOf(on(by) + 14 * DAY);
      return isLast;
    });
    assert.equal(new Set(warnings.map((each) => each.slice(11))).size, warnings.length);
    const days = new Map<string, string[]>();
    for (const each of warnings) {
      const [, of, lead = "", , what = ""] = each.split(" ");
      const key = `${of} ${what}`;
      days.set(key, [...(days.get(key) ?? []), lead]);
    }
    const long = ["2027-02-16", "2027-09-03", "2027-12-11", "2028-03-19", "2028-06-26", "2028-10-03", "2029-01-10"];
    const short = ["2029-06-04", "2029-07-27", "2029-09-18", "2029-11-10"];
    assert.deepEqual(Object.fromEntries(days), {
      ...Object.fromEntries([...long, "2029-04-19"].map((day) => [`certificate ${day}`, ["30", "14", "7", "1"]])),
      ...Object.fromEntries(short.map((day) => [`certificate ${day}`, ["16", "8", "4", "2"]])),
      "certificate 2029-12-30": ["15", "8", "4", "2"],
    });
  });
});

describe("the days of an order", () => {
  const made: Order = {
    ...{ ...base, ...term("2028-06-01"), ...byMail },
    certificates: [certificate("2026-09-08", 200, ORGANIZATION)],
  };

  it("are all told, with what they are", () => {
    assert.deepEqual(
      deadlinesOf(made, on("2026-11-28")).map(({ what, at }) => `${dayOf(at)} ${what}`),
      [
        "2027-02-24 reissue",
        "2027-03-14 domains",
        "2027-03-26 certificate",
        "2027-10-11 identity",
        "2028-03-14 email",
        "2028-06-01 term",
      ],
    );
    assert.deepEqual(deadlinesOf(base, on("2026-11-28")), []);
    assert.deepEqual(
      deadlinesOf(made, on("2026-11-28"))
        .map((each) => deadlineWords(each, locale))
        .filter(({ label }) => !label.startsWith("Validation"))
        .map(({ label, text }) => `${label} ${text}`),
      [
        "Reissue from Feb 24, 2027: the certificate is near its end, and the paid term goes on",
        "Certificate ends on Mar 26, 2027",
        "Paid term ends on Jun 1, 2028",
      ],
    );
  });

  const SAID: [order: Order, now: string, words: string | undefined][] = [
    [made, "2026-11-28", "Reissue by Mar 12, 2027. The certificate ends on Mar 26, 2027."],
    [made, "2027-03-13", "Overdue. Reissue by Mar 12, 2027. The certificate ends on Mar 26, 2027."],
    [
      { ...base, certificates: [certificate("2029-04-01", 47)] },
      "2029-04-02",
      "Replace by May 10, 2029. The certificate ends on May 17, 2029. What it rests on must be validated again first.",
    ],
    [
      { ...base, ...byPhone },
      "2026-11-28",
      "Validate by Mar 14, 2027. After Mar 14, 2027, no domain can be validated by telephone.",
    ],
    [base, "2026-11-28", undefined],
  ];
  for (const [of, now, words] of SAID) {
    it(`are said as “${words ?? ""}”`, () => assert.equal(nextActionWords(of, on(now), locale), words));
  }

  it("are said in Japanese without spaces between the sentences", () => {
    const texts: Readonly<Record<string, string>> = {
      "{0}.": "{0}。",
      "Reissue by {0}": "{0}までに再発行",
      "The certificate ends on {0}.": "証明書は{0}に終了します。",
    };
    assert.equal(
      nextActionWords(
        made,
        on("2026-11-28"),
        localeOf("ja", (text) => texts[text]),
      ),
      "2027/03/12までに再発行。証明書は2027/03/26に終了します。",
    );
  });

  it("are overdue after their end, in UTC", () => {
    const action = nextAction(made, on("2026-11-28")) ?? assert.fail();
    assert.deepEqual(
      ["2027-03-12", "2027-03-13"].map((day) => [isOverdue(action, on(day)), isOverdue(action, on(day) + 23 * HOUR)]),
      [
        [false, false],
        [true, true],
      ],
    );
  });

  it("have months as headings", () => {
    const german = { localize: english, language: "de" };
    assert.equal(monthWords("2027-03", on("2026-11-28"), locale), "March 2027");
    assert.equal(monthWords("2027-03", on("2027-03-31"), locale), "This month: March 2027");
    assert.equal(monthWords("2027-03", on("2027-04-01"), german), "März 2027");
  });

  it("stand in months: what is overdue first, what has no day last, and no check moves a row", () => {
    const now = on("2026-11-28");
    const rowOf = (number: string, more: Partial<Order>) => ({
      order: { ...base, ...order(number), ...more },
      state: { group: "done", status: "saved", words: "", archived: false } as const,
      check: { reason: "waiting", plan: { reason: "waiting" } } as const,
      account: undefined,
    });
    const held = (issued: string, days: number) => ({ certificates: [certificate(issued, days)] });
    const rows = [
      rowOf("1", {}),
      rowOf("2", held("2026-09-08", 200)),
      rowOf("3", held("2026-09-01", 90)),
      rowOf("4", held("2026-09-14", 90)),
      rowOf("5", held("2026-09-05", 199)),
      rowOf("6", held("2026-09-08", 398)),
    ];
    const shown = (more: typeof rows) =>
      arrange(more, { by: "month", sort: "action", filter: "", archived: false }, undefined, now).map(
        ({ key, rows: found }) =>
          `${key}: ${found.map(({ order: { reference } }) => ("value" in reference ? reference.value : "")).join(" ")}`,
      );
    const expected = ["overdue: 3", "2026-11: 4", "2027-03: 5 2", "2027-09: 6", ": 1"];
    assert.deepEqual(shown(rows), expected);
    const asked = { at: now, why: "schedule", question: "everything", answered: true } as const;
    const answer = { at: now, outcome: { kind: "pending" }, inRow: 1 } as const;
    assert.deepEqual(shown(rows.map((each) => ({ ...each, order: { ...each.order, asked, answer } }))), expected);
  });
});

describe("thresholds in the settings", () => {
  const CASES: [value: unknown, days: boolean, shares: boolean][] = [
    [[30, 14, 7, 1], true, true],
    [[], true, true],
    [[1_000], true, false],
    [[101], true, false],
    ...[
      [0],
      [-1],
      [1.5],
      ["30"],
      [null],
      [Infinity],
      [1_001],
      "30",
      null,
      { 0: 30 },
      Array<number>(21).fill(1),
      [, 1],
    ].map((value): [unknown, boolean, boolean] => [value, false, false]),
  ];
  for (const [value, days, shares] of CASES) {
    it(`are ${JSON.stringify(value)}: ${days ? "days" : "no days"}, ${shares ? "shares" : "no shares"}`, () =>
      assert.deepEqual([isDays(value), isShares(value)], [days, shares]));
  }

  it("in any order, warn at the nearest, and none at all warns of nothing", () => {
    const of: Order = { ...base, certificates: [certificate("2026-09-08", 200)] };
    const due = (days: readonly number[], now: string) =>
      warningsDue(of, { ...THRESHOLDS, days }, on(now)).map((each) => each.days);
    assert.deepEqual(due([1, 7, 14, 30], "2027-03-20"), [7]);
    assert.deepEqual(due([60], "2027-02-01"), [60]);
    assert.deepEqual(due([], "2027-03-26"), []);
    // Half of its life at the earliest.
    assert.deepEqual([due([1_000], "2026-12-16"), due([1_000], "2026-12-18")], [[], [100]]);
  });
});

describe("next actions of all products", () => {
  it("are those of their certificates", () => {
    for (const product of PRODUCTS) {
      const of: Order = { ...base, product, certificates: [certificate("2026-09-08", 200)] };
      assert.equal(said(of, on("2026-11-28")), "replace 2027-03-12 certificate");
    }
  });
});

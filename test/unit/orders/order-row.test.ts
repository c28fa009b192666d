import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { OrderRow } from "../../../src/orders/presentation/arrange";
import type { Account, CollectedCertificate, Order } from "../../../src/orders/model/order";
import {
  CONTEXT_WORDS,
  orderRowView,
  shownSteps,
  type RowMark,
  type RowPlace,
} from "../../../src/orders/presentation/order-row";
import { orderTooltip } from "../../../src/orders/presentation/order-tooltip";
import { LONGEST_CALL } from "../../../src/orders/model/policy";
import { english, type Locale } from "../../../src/words/localize";
import type { Check } from "../../../src/orders/checking/schedule";
import { GROUPS, ORDER_STATUSES, type OrderState, type OrderStatus } from "../../../src/orders/presentation/state";
import { JAPANESE } from "../words/japanese";
import { DAY, HOUR, MINUTE } from "./doubles";
import { order } from "./world";

const NOON = new Date(2026, 6, 1, 12).getTime();
const locale: Locale = { localize: english, language: "en" };

const base: Order = { ...order("12345678"), trackedAt: NOON, tags: [], certificates: [], paused: false, muted: false };
const collected: CollectedCertificate = {
  at: NOON,
  leaf: "a",
  chain: ["a"],
  serialNumber: "01",
  subject: "CN=shop.example",
  names: ["shop.example"],
  notBefore: NOON,
  notAfter: new Date(2026, 9, 1, 12).getTime(),
};
const saved = { at: NOON, leaf: "a", profile: "nginx", files: [] };
const asked = { at: NOON - HOUR, why: "schedule", question: "everything", answered: true } as const;
const steps = [
  { id: "dcvStatus", state: "you", title: "Domain control validation", next: "Publish the record." },
  { id: "ovStatus", state: "not-needed", title: "Organization", next: "" },
] as const;
const account: Account = { id: "acc", label: "Shop", loginName: "shop", host: "", ca: "sectigo" };
const frozen: Account = { ...account, frozen: { at: NOON, code: -16, message: "Wrong." } };
const refusal = (code: number, after: "final" | "later" | "bug") =>
  ({ kind: "refused", code, message: "No.", advice: "", after }) as const;
const byCode = { reference: { kind: "collectionCode" } } as const;

interface Given {
  readonly order?: Partial<Order>;
  readonly state?: Partial<OrderState>;
  readonly check?: Partial<Check>;
  readonly account?: Account;
  readonly more?: Partial<OrderRow>;
}

function facts({ order: part, state, check, account: owner = account, more }: Given): OrderRow {
  return {
    order: { ...base, ...part },
    state: { group: "waiting", status: "pending", words: "Being processed by the CA", archived: false, ...state },
    check: { reason: "waiting", plan: { reason: "waiting" }, ...check },
    account: owner,
    ...more,
  };
}

const ready = { group: "ready", status: "new", words: "New: the certificate is here" } as const;
const done = { group: "done", status: "opened", words: "Opened" } as const;
const due = { due: NOON + HOUR } as const;

/** The second text of a row below the heading of its state. */
const DESCRIPTIONS: readonly [what: string, given: Given, description: string, place?: Partial<RowPlace>][] = [
  ["waiting, by number alone", {}, "CA: processing · SSL"],
  ["waiting, by a name", { order: { label: "Shop" } }, "CA: processing · SSL · 12345678"],
  ["by a collection code", { order: { ...byCode, product: "ccc" } }, "CA: processing · CCC"],
  ["paused and muted, which is marked", { order: { paused: true, muted: true } }, "CA: processing · SSL"],
  ["new", { order: { certificates: [collected] }, state: ready }, "Oct 1, 2026 · SSL · 12345678"],
  [
    "new, for mail",
    { order: { certificates: [collected], product: "smime" }, state: ready },
    "Oct 1, 2026 · S/MIME · 12345678",
  ],
  [
    "opened, far from its end",
    { order: { certificates: [collected] }, state: { ...done, daysLeft: 31 } },
    "Oct 1, 2026 · Opened · SSL · 12345678",
  ],
  [
    "saved, near its end",
    { order: { certificates: [collected] }, state: { ...done, status: "saved", daysLeft: 30 } },
    "Expires in 30 days · Saved · SSL · 12345678",
  ],
  [
    "on its last day but one",
    { order: { certificates: [collected] }, state: { ...ready, daysLeft: 1 } },
    "Expires tomorrow · SSL · 12345678",
  ],
  [
    "on its last day",
    { order: { certificates: [collected] }, state: { ...ready, daysLeft: 0 } },
    "Expires today · SSL · 12345678",
  ],
  [
    "over",
    { order: { certificates: [collected] }, state: { group: "done", status: "expired", daysLeft: -1 } },
    "Expired Oct 1, 2026 · SSL · 12345678",
  ],
  ["at the CA", { state: { group: "ready", status: "ready-to-collect" } }, "Collect it from the CA · SSL"],
  [
    "saved before its reissue, which is marked",
    { order: { certificates: [{ ...collected, leaf: "b" }, collected], saved }, state: ready },
    "Oct 1, 2026 · SSL · 12345678",
  ],
  [
    "revoked",
    {
      order: { certificates: [collected] },
      state: { group: "trouble", status: "revoked", words: "Revoked on Nov 26, 2026" },
    },
    "Revoked on Nov 26, 2026 · SSL · 12345678",
  ],
  [
    "called as another one in its section",
    { order: { certificates: [collected] }, state: ready },
    "12345678 · Oct 1, 2026 · SSL",
    { toldBy: "number" },
  ],
  [
    "called as those of other products in its section",
    { order: { ...byCode, product: "ccc", certificates: [collected] }, state: ready },
    "CCC · Oct 1, 2026",
    { toldBy: "kind" },
  ],
];

/** What the signs at the end of a row say. */
const MARKS: readonly [what: string, given: Given, marks: readonly RowMark[]][] = [
  ["waiting", {}, []],
  ["paused and muted", { order: { paused: true, muted: true } }, ["paused", "muted"]],
  ["tracked twice", { more: { twins: [base] } }, ["tracked-twice"]],
  ["watched", { order: { certificates: [collected], watchedAt: NOON } }, ["watched"]],
  ["watched, and its next certificate came", { order: { certificates: [collected], watchedAt: NOON - 1 } }, []],
  [
    "all at once",
    {
      order: {
        certificates: [{ ...collected, leaf: "b" }, collected],
        ...{ saved, watchedAt: NOON, paused: true, muted: true },
      },
      more: { twins: [base] },
    },
    ["save-again", "tracked-twice", "watched", "paused", "muted"],
  ],
];

/** What the menus look for. `check.plan` of these is due, as long as it is not said. */
const CONTEXTS: readonly [what: string, given: Given, context: string][] = [
  ["waiting", {}, "order waiting pending checkable numbered owned served explainable"],
  [
    "waiting, and planned",
    { check: { plan: { reason: "waiting", due: NOON } } },
    "order waiting pending checkable numbered owned planned served explainable",
  ],
  [
    "new",
    { order: { certificates: [collected] }, state: ready },
    "order ready new certificate numbered owned watchable served",
  ],
  [
    "at the CA",
    { state: { group: "ready", status: "ready-to-collect" } },
    "order ready ready-to-collect numbered owned served",
  ],
  [
    "watched",
    { order: { certificates: [collected], watchedAt: NOON + 1, asked }, state: ready },
    "order ready new certificate numbered owned watching served",
  ],
  [
    "saved",
    { order: { certificates: [collected], saved }, state: { ...done, status: "saved" } },
    "order done saved certificate resavable numbered owned watchable served",
  ],
  [
    "saved, and its certificate is not in the journal",
    { order: { saved } },
    "order waiting pending checkable numbered owned served explainable",
  ],
  [
    "reissued since it was saved",
    { order: { certificates: [{ ...collected, leaf: "b" }, collected], saved }, state: done },
    "order done opened certificate replacing resavable outdated numbered owned watchable served",
  ],
  [
    "without the CA's certificates",
    { order: { certificates: [{ ...collected, doubts: [{ kind: "chain", message: "" }] }] }, state: ready },
    "order ready new certificate incomplete numbered owned watchable served",
  ],
  [
    "stopped by the CA",
    { state: { group: "trouble", status: "not-issued" } },
    "order trouble not-issued checkable numbered owned served explainable",
  ],
  [
    "refused",
    {
      order: { answer: { at: NOON, inRow: 1, outcome: refusal(-20, "final") } },
      state: { group: "trouble", status: "refused" },
    },
    "order trouble refused checkable numbered owned watchable served",
  ],
  [
    "our fault",
    {
      order: { answer: { at: NOON, inRow: 1, outcome: refusal(-2, "bug") } },
      state: { group: "trouble", status: "bug" },
    },
    "order trouble bug checkable numbered owned watchable served explainable",
  ],
  [
    "a login that was refused",
    { account: frozen, state: { group: "needs-you", status: "frozen" } },
    "order needs-you frozen numbered account owned locked served",
  ],
  [
    "signed out",
    { state: { group: "needs-you", status: "sign-in" } },
    "order needs-you sign-in numbered account owned served",
  ],
  [
    "signed out, by code",
    { order: byCode, state: { group: "needs-you", status: "sign-in" } },
    "order needs-you sign-in owned code coded served",
  ],
  [
    "a code that was refused",
    { order: byCode, state: { group: "needs-you", status: "code-refused" } },
    "order needs-you code-refused owned code coded served",
  ],
  [
    "a code that is wanted besides the number",
    { state: { group: "needs-you", status: "code-wanted" } },
    "order needs-you code-wanted numbered owned code coded served explainable",
  ],
  [
    "a code of an order by number",
    { state: { group: "needs-you", status: "code-refused" } },
    "order needs-you code-refused numbered owned served explainable",
  ],
  [
    "without an account",
    { state: { group: "needs-you", status: "no-account" }, more: { account: undefined } },
    "order needs-you no-account numbered unowned served",
  ],
  [
    "asked a while ago",
    { order: { asked }, check: { ...due, free: NOON + HOUR } },
    "order waiting pending checkable numbered owned lookable served explainable",
  ],
  [
    "asked a while ago, and new",
    { order: { asked, certificates: [collected] }, state: ready, check: { ...due, free: NOON + HOUR } },
    "order ready new certificate numbered owned watchable served",
  ],
  [
    "asked, and free to be asked again",
    { order: { asked }, check: { ...due, free: NOON } },
    "order waiting pending checkable numbered owned served explainable",
  ],
  [
    "asked, and not due by itself",
    { order: { asked }, check: { free: NOON + HOUR } },
    "order waiting pending checkable numbered owned served explainable",
  ],
  [
    "never asked",
    { check: { ...due, free: NOON + HOUR } },
    "order waiting pending checkable numbered owned served explainable",
  ],
  ["paused", { order: { paused: true } }, "order waiting pending checkable numbered owned paused served explainable"],
  ["muted", { order: { muted: true } }, "order waiting pending checkable numbered owned muted served explainable"],
  [
    "archived",
    { state: { archived: true } },
    "order waiting pending checkable numbered owned archived served explainable",
  ],
];

const TOOLTIPS: readonly [what: string, given: Given, lines: readonly string[]][] = [
  [
    "an order that waits",
    {
      order: { asked, tags: ["East", "Shop"], detail: { at: NOON, detail: { fqdn: "shop.example" } } },
      state: { words: "Waiting for you: Publish the record.", advice: "Ask the CA." },
      check: { ...due, free: NOON + HOUR },
    },
    [
      "shop.example",
      "SSL/TLS certificate, order 12345678",
      "Waiting for you: Publish the record.",
      "Ask the CA.",
      "Account: Shop",
      "Tags: East and Shop",
      "Last checked 1 hour ago (11:00:00 AM), automatically",
      "Next check in 1 hour (1:00:00 PM): waiting for the CA",
      "You can check it in 1 hour (1:00:00 PM), or sooner if you confirm.",
    ],
  ],
  [
    "an order whose certificate may be reissued months from now",
    { order: { asked }, check: { due: NOON + 150 * DAY, reason: "reissue", free: NOON - MINUTE } },
    [
      "12345678",
      "SSL/TLS certificate, order 12345678",
      "Being processed by the CA",
      "Account: Shop",
      "Last checked 1 hour ago (11:00:00 AM), automatically",
      "Next check in 4 months (Nov 28, 2026, 12:00 PM): the paid term continues after the certificate expires",
    ],
  ],
  [
    "an order whose account is gone, and that may be checked from now on",
    { check: { ...due, free: NOON }, more: { account: undefined } },
    [
      "12345678",
      "SSL/TLS certificate, order 12345678",
      "Being processed by the CA",
      "Next check in 1 hour (1:00:00 PM): waiting for the CA",
    ],
  ],
  [
    "a certificate that is watched, muted and saved in its previous form",
    {
      order: {
        certificates: [{ ...collected, leaf: "b" }, collected],
        ...{ saved, watchedAt: NOON, muted: true },
      },
      state: ready,
      check: { reason: "collected" },
    },
    [
      "shop.example",
      "SSL/TLS certificate, order 12345678",
      "New: the certificate is here",
      "Expires in 3 months (Oct 1, 2026)",
      "Next: Replace by Sep 17, 2026. The certificate ends on Oct 1, 2026.",
      "Validation of the domains: can be used again until Jan 17, 2027 at the latest (Baseline Requirements 4.2.1: 200 days)",
      "The files hold the previous certificate: save it again.",
      "Watched for another certificate",
      "Account: Shop",
      "Not checked automatically: the certificate was collected",
      "Muted: no notifications about it",
    ],
  ],
  [
    "a paused one whose login was refused",
    { order: { paused: true }, check: { reason: "frozen" } },
    [
      "12345678",
      "SSL/TLS certificate, order 12345678",
      "Being processed by the CA",
      "Checks paused",
      "Account: Shop",
      "Not checked automatically: the sign-in was refused",
    ],
  ],
  [
    "an order that a person asked about yesterday",
    {
      order: {
        asked: { ...asked, at: NOON - DAY, why: "person" },
        reference: { kind: "certificateID", value: "77777777" },
      },
      check: { reason: "final", free: NOON - MINUTE },
      more: { aside: 2, twins: [{ ...base, label: "Twin" }] },
    },
    [
      "77777777",
      "SSL/TLS certificate, certificate ID 77777777",
      "Being processed by the CA",
      "Account: Shop",
      "Last checked 24 hours ago (Jun 30, 2026, 12:00 PM), manually",
      "Not checked automatically: the answer is final",
      "The same order seems to be tracked as “Twin” (order 12345678) too. Stop tracking one of the two.",
      "This version cannot read 2 entries about this order. They stay in the journal.",
    ],
  ],
];

const [ATTENTION, GOOD, BAD] = ["list.warningForeground", "testing.iconPassed", "list.errorForeground"];

/** The icon of each status, and its colour. */
const ICONS: Readonly<Record<OrderStatus, readonly [id: string, color?: string]>> = {
  frozen: ["lock", ATTENTION],
  "no-account": ["account", ATTENTION],
  "sign-in": ["key", ATTENTION],
  "code-refused": ["key", ATTENTION],
  "code-wanted": ["key", ATTENTION],
  step: ["bell-dot", ATTENTION],
  "awaiting-payment": ["credit-card", ATTENTION],
  new: ["verified-filled", GOOD],
  "ready-to-collect": ["cloud-download", GOOD],
  unchecked: ["circle-outline"],
  unanswered: ["clock"],
  pending: ["clock"],
  "being-issued": ["gear"],
  reissue: ["history"],
  failed: ["debug-disconnect", BAD],
  "not-understood": ["question", BAD],
  refused: ["circle-slash", BAD],
  bug: ["bug", BAD],
  "not-issued": ["circle-slash", BAD],
  doubtful: ["warning", ATTENTION],
  revoked: ["circle-slash", BAD],
  replaced: ["replace-all", ATTENTION],
  opened: ["verified"],
  saved: ["save"],
  expired: ["watch"],
};

describe("lists in a row's words", () => {
  it("are joined as the reader's language does", () => {
    const given = facts({ order: { tags: ["East", "Shop"] } });
    const tooltip = orderTooltip(given, NOON, JAPANESE);
    assert.ok(tooltip.includes("Tags: East、Shop"), tooltip.join("\n"));
    assert.ok(tooltip.includes("SSL/TLS certificate、order 12345678"), tooltip.join("\n"));
    const { title, description, label } = orderRowView(given, NOON, JAPANESE);
    assert.equal(label, `${title} ${description}、SSL/TLS certificate、order 12345678、Being processed by the CA`);
  });
});

describe("the row of an order", () => {
  // ICU's versions put different blanks before AM and PM.
  const plain = (text: string): string => text.replace(/\u202f/g, " ");

  for (const [what, given, expected, place = {}] of DESCRIPTIONS) {
    it(`says of one that is ${what}: ${expected}`, () => {
      const drawn = { by: "state", ...place } as const;
      assert.equal(orderRowView(facts(given), NOON, locale, drawn).description, expected);
    });
  }

  for (const [what, given, expected] of MARKS) {
    it(`marks one that is ${what}: ${expected.join(", ")}`, () => {
      assert.deepEqual(orderRowView(facts(given), NOON, locale).marks, expected);
    });
  }

  for (const [what, given, expected] of CONTEXTS) {
    it(`gives menus of one that is ${what}: ${expected}`, () => {
      assert.equal(orderRowView(facts(given), NOON, locale).context, expected);
    });
  }

  for (const [what, given, expected] of TOOLTIPS) {
    it(`tells all under the mouse of ${what}`, () => {
      assert.deepEqual(orderTooltip(facts(given), NOON, locale).map(plain), expected);
    });
  }

  it("is read aloud with what is seen, and then in whole words", () => {
    const row = facts({ order: { certificates: [collected], muted: true }, state: ready });
    const view = orderRowView(row, NOON, locale);
    const words = "SSL/TLS certificate, order 12345678, New: the certificate is here, valid until Oct 1, 2026, muted";
    assert.equal(view.label, `shop.example ${view.description}, ${words}`);
    assert.equal(view.title, "shop.example");
    const short = orderRowView(row, NOON, locale, { by: "state", title: "…p.example" });
    assert.equal(short.label, `…p.example ${short.description}, shop.example, ${words}`);
    assert.equal(short.title, "…p.example");
  });

  it("says without an account where it is asked", () => {
    const { account: owner, ...unowned } = { ...base, ...byCode };
    assert.equal(owner, "acc");
    const lines = orderTooltip({ ...facts({}), order: unowned, account: undefined }, NOON, locale);
    assert.ok(lines.includes("No account, at Sectigo (secure.trust-provider.com)"), lines.join("\n"));
  });

  it("spins while the answer is on its way, and no longer than a call can take", () => {
    const iconAt = (at: number): string =>
      orderRowView(facts({ order: { asked: { ...asked, at, answered: false } } }), NOON, locale).icon.id;
    assert.equal(iconAt(NOON - 1), "loading~spin");
    assert.equal(iconAt(NOON - LONGEST_CALL + 1), "loading~spin");
    assert.equal(iconAt(NOON - LONGEST_CALL), "clock");
    const answered = facts({ order: { asked: { ...asked, at: NOON - 1 } } });
    assert.equal(orderRowView(answered, NOON, locale).icon.id, "clock");
  });

  for (const status of ORDER_STATUSES) {
    it(`has the icon of its status: ${status}`, () => {
      const { id, color } = orderRowView(facts({ state: { status } }), NOON, locale).icon;
      assert.deepEqual([id, ...(color === undefined ? [] : [color])], ICONS[status]);
    });
  }

  it("opens to the steps of what waits, and to the files of what is certificate", () => {
    const withSteps = { ...base, detail: { at: NOON, detail: { steps } } };
    assert.deepEqual(
      shownSteps(withSteps).map(({ id }) => id),
      ["dcvStatus"],
    );
    assert.deepEqual(shownSteps({ ...withSteps, certificates: [collected] }), []);
    const opens = (part: Partial<Order>): boolean => orderRowView(facts({ order: part }), NOON, locale).hasDetails;
    assert.deepEqual([opens({}), opens(withSteps), opens({ certificates: [collected] })], [false, true, true]);
  });

  const ended: readonly [what: string, part: Partial<Order>][] = [
    ["in its code", { answer: { at: NOON, inRow: 1, outcome: refusal(-20, "final") } }],
    ["in its words", { detail: { at: NOON, detail: { certificateStatus: "Rejected", steps } } }],
  ];
  for (const [what, part] of ended) {
    it(`has no open step below an order that the CA rejected ${what}`, () => {
      const done = { id: "csrStatus", state: "done", title: "CSR", next: "" } as const;
      const detail = { at: NOON, detail: { steps: [done, ...steps], ...part.detail?.detail } };
      const shown = shownSteps({
        ...base,
        ...part,
        detail: { ...detail, detail: { ...detail.detail, steps: [done, ...steps] } },
      });
      assert.deepEqual(
        shown.map(({ state }) => state),
        ["done"],
      );
    });
  }

  it("has the words that the conditions of the menus name", () => {
    const conditions = [...readFileSync("package.json", "utf8").matchAll(/viewItem =~ \/(.*?)\/(?: |"|$)/g)];
    const words = new Set(
      conditions.flatMap(([, pattern = ""]) => pattern.replaceAll(/\\+b/g, " ").match(/[a-z-]{3,}/g) ?? []),
    );
    const known = new Set<string>(["order", ...GROUPS, ...ORDER_STATUSES, ...CONTEXT_WORDS]);
    // Other rows, and those of the list of files.
    const rows = new Set(["certificate", "step", "account", "section", "more", "file", "renewable", "orphan"]);
    assert.deepEqual(
      [...words].filter((word) => !known.has(word) && !rows.has(word)),
      [],
    );
    assert.deepEqual(
      CONTEXT_WORDS.filter((word) => !words.has(word)),
      [],
    );
  });
});

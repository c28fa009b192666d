import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { OrderRow } from "../../../src/orders/presentation/arrange";
import type { Account, CollectedCertificate, Order } from "../../../src/orders/model/order";
import { CONTEXT_WORDS, orderRowView, orderTooltip, shownSteps } from "../../../src/orders/presentation/order-row";
import { LONGEST_CALL } from "../../../src/orders/model/policy";
import { english, type Locale } from "../../../src/orders/localize";
import type { Check } from "../../../src/orders/checking/schedule";
import { GROUPS, ORDER_STATUSES, type OrderState, type OrderStatus } from "../../../src/orders/presentation/state";
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

const ready = { group: "ready", status: "ready", words: "Ready: the certificate is here" } as const;
const done = { group: "done", status: "collected", words: "Collected" } as const;
const due = { due: NOON + HOUR } as const;

/** The second text of a row. */
const DESCRIPTIONS: readonly [what: string, given: Given, description: string][] = [
  ["waiting, by number alone", {}, "Being processed by the CA · SSL"],
  ["waiting, by a name", { order: { label: "Shop" } }, "Being processed by the CA · SSL 12345678"],
  ["by a collection code", { order: { ...byCode, product: "ccc" } }, "Being processed by the CA · CCC"],
  [
    "paused and muted",
    { order: { paused: true, muted: true } },
    "Being processed by the CA · checks paused · muted · SSL",
  ],
  ["ready", { order: { certificates: [collected] }, state: ready }, "SSL · until Oct 1, 2026 · 12345678"],
  [
    "ready, for mail",
    { order: { certificates: [collected], product: "smime" }, state: ready },
    "S/MIME · until Oct 1, 2026 · 12345678",
  ],
  [
    "far from its end",
    { order: { certificates: [collected] }, state: { ...done, daysLeft: 31 } },
    "SSL · until Oct 1, 2026 · 12345678",
  ],
  [
    "near its end",
    { order: { certificates: [collected] }, state: { ...done, daysLeft: 30 } },
    "SSL · expires in 30 days · 12345678",
  ],
  [
    "on its last day",
    { order: { certificates: [collected] }, state: { ...done, daysLeft: 0 } },
    "SSL · expires today · 12345678",
  ],
  [
    "over",
    { order: { certificates: [collected] }, state: { ...done, daysLeft: -1 } },
    "SSL · until Oct 1, 2026 · 12345678",
  ],
  [
    "ready, and not collected yet",
    { state: { group: "ready", status: "ready-to-collect", words: "Ready to collect" } },
    "Ready to collect · SSL",
  ],
  [
    "saved before its reissue",
    { order: { certificates: [{ ...collected, leaf: "b" }, collected], saved }, state: ready },
    "SSL · save again · until Oct 1, 2026 · 12345678",
  ],
  [
    "tracked twice",
    { order: { certificates: [collected] }, state: done, more: { twins: [base] } },
    "SSL · tracked twice · until Oct 1, 2026 · 12345678",
  ],
  [
    "trouble with what is certificate",
    { order: { certificates: [collected] }, state: { group: "trouble", status: "revoked", words: "Revoked" } },
    "Revoked · until Oct 1, 2026 · SSL 12345678",
  ],
];

/** What the menus look for. */
const CONTEXTS: readonly [what: string, given: Given, context: string][] = [
  ["waiting", {}, "order waiting pending asking"],
  ["ready", { order: { certificates: [collected] }, state: ready }, "order ready ready certificate watchable"],
  [
    "watched",
    { order: { certificates: [collected], watchedAt: NOON + 1, asked }, state: ready },
    "order ready ready certificate",
  ],
  [
    "saved",
    { order: { certificates: [collected], saved }, state: done },
    "order done collected certificate saved watchable",
  ],
  ["saved, and its certificate is not in the journal", { order: { saved } }, "order waiting pending asking"],
  [
    "reissued since it was saved",
    { order: { certificates: [{ ...collected, leaf: "b" }, collected], saved }, state: done },
    "order done collected certificate replacing saved outdated watchable",
  ],
  ["stopped by the CA", { state: { group: "trouble", status: "not-issued" } }, "order trouble not-issued asking"],
  ["refused", { state: { group: "trouble", status: "refused" } }, "order trouble refused watchable"],
  ["our fault", { state: { group: "trouble", status: "bug" } }, "order trouble bug watchable"],
  [
    "a login that was refused",
    { account: frozen, state: { group: "needs-you", status: "frozen" } },
    "order needs-you frozen asking account locked",
  ],
  ["signed out", { state: { group: "needs-you", status: "sign-in" } }, "order needs-you sign-in asking account"],
  [
    "signed out, by code",
    { order: byCode, state: { group: "needs-you", status: "sign-in" } },
    "order needs-you sign-in asking code",
  ],
  [
    "a code that was refused",
    { order: byCode, state: { group: "needs-you", status: "code-refused" } },
    "order needs-you code-refused asking code",
  ],
  [
    "a code that is wanted besides the number",
    { state: { group: "needs-you", status: "code-wanted" } },
    "order needs-you code-wanted asking code",
  ],
  [
    "a code of an order by number",
    { state: { group: "needs-you", status: "code-refused" } },
    "order needs-you code-refused asking",
  ],
  [
    "without an account",
    { state: { group: "needs-you", status: "no-account" } },
    "order needs-you no-account asking unowned",
  ],
  [
    "asked a while ago",
    { order: { asked }, check: { ...due, free: NOON + HOUR } },
    "order waiting pending asking lookable",
  ],
  [
    "asked, and free to be asked again",
    { order: { asked }, check: { ...due, free: NOON } },
    "order waiting pending asking",
  ],
  ["asked, and not due by itself", { order: { asked }, check: { free: NOON + HOUR } }, "order waiting pending asking"],
  ["never asked", { check: { ...due, free: NOON + HOUR } }, "order waiting pending asking"],
  ["paused", { order: { paused: true } }, "order waiting pending asking paused"],
  ["muted", { order: { muted: true } }, "order waiting pending asking muted"],
  ["archived", { state: { archived: true } }, "order waiting pending asking archived"],
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
      "Tags: East, Shop",
      "Last checked: 11:00:00 AM, automatically",
      "Next check: 1:00:00 PM (waiting for the CA)",
      "You can check it from 1:00:00 PM, or sooner if you confirm.",
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
      "Last checked: 11:00:00 AM, automatically",
      "Next check: Nov 28, 2026, 12:00 PM (the paid term continues after the certificate expires)",
    ],
  ],
  [
    "an order whose account is gone, and that may be checked from now on",
    { check: { ...due, free: NOON }, more: { account: undefined } },
    [
      "12345678",
      "SSL/TLS certificate, order 12345678",
      "Being processed by the CA",
      "Next check: 1:00:00 PM (waiting for the CA)",
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
      "Last checked: Jun 30, 2026, 12:00 PM, manually",
      "Not checked automatically: the answer is final",
      "The same order seems to be tracked as “Twin” (order 12345678) too. Forget one of the two.",
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
  ready: ["verified-filled", GOOD],
  "ready-to-collect": ["cloud-download", GOOD],
  new: ["circle-outline"],
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
  collected: ["verified"],
  expired: ["watch"],
};

describe("the row of an order", () => {
  // ICU's versions put different blanks before AM and PM.
  const plain = (text: string): string => text.replace(/\u202f/g, " ");

  for (const [what, given, expected] of DESCRIPTIONS) {
    it(`says of one that is ${what}: ${expected}`, () => {
      assert.equal(orderRowView(facts(given), NOON, locale).description, expected);
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

  it("is read aloud with all that it says", () => {
    const view = orderRowView(facts({ order: { certificates: [collected], muted: true }, state: ready }), NOON, locale);
    assert.equal(
      view.label,
      "shop.example, SSL/TLS certificate, order 12345678, Ready: the certificate is here, until Oct 1, 2026, muted",
    );
    assert.equal(view.title, "shop.example");
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

  it("has the words that the conditions of the menus name", () => {
    const conditions = [...readFileSync("package.json", "utf8").matchAll(/viewItem =~ \/(.*?)\/(?: |"|$)/g)];
    const words = new Set(
      conditions.flatMap(([, pattern = ""]) => pattern.replaceAll(/\\+b/g, " ").match(/[a-z-]{3,}/g) ?? []),
    );
    const known = new Set<string>(["order", ...GROUPS, ...ORDER_STATUSES, ...CONTEXT_WORDS]);
    const rows = new Set(["certificate", "step", "account", "section", "more"]);
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

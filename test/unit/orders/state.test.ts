import assert from "node:assert/strict";
import { CA_ADVICE } from "../../../src/orders/model/ca-words";
import type { Login, Order, Outcome } from "../../../src/orders/model/order";
import { LONGEST_CALL } from "../../../src/orders/model/policy";
import { nextCheck } from "../../../src/orders/checking/schedule";
import { reissueFrom } from "../../../src/orders/model/next-action";
import { ARCHIVE_AFTER, stateOf, titleOf, type OrderState } from "../../../src/orders/presentation/state";
import { localeOf } from "../../../src/words/localize";
import { DAY, HOUR, MINUTE, START } from "./doubles";
import { order } from "./world";

const LOGIN: Login = { key: "sectigo/alice", proved: true };
const base: Order = { ...order("123"), trackedAt: START, tags: [], certificates: [], paused: false, muted: false };
const collected = {
  at: START,
  leaf: "a",
  chain: ["a"],
  serialNumber: "01",
  subject: "CN=a.example",
  names: ["a.example"],
  notBefore: START,
  notAfter: START + 90 * DAY,
};

function answered(outcome: Outcome, more: Partial<Order> = {}): Order {
  const asked = { at: START, why: "schedule", question: "everything", answered: true } as const;
  return { ...base, asked, answer: { at: START, outcome, inRow: 1 }, ...more };
}

const refusal = (after: Extract<Outcome, { kind: "refused" }>["after"]): Outcome => ({
  kind: "refused",
  code: -20,
  message: "Rejected",
  advice: "",
  after,
});
const issued: Outcome = { kind: "issued", leaf: "a" };
const said = (certificateStatus: string) => ({ at: START, detail: { certificateStatus } });
const unnamed = { ...collected, doubts: [{ kind: "names" as const, message: "It has no c.example." }] };
const unchained = { ...collected, doubts: [{ kind: "chain" as const, message: "It came alone." }] };
const saved = { at: START, leaf: "a", profile: "nginx", files: [] };
const revoked = (since?: number) => ({
  at: START,
  leaf: "a",
  state: "revoked" as const,
  ...(since !== undefined && { since }),
});
const step = (state: "you" | "ca" | "done" | "rejected", next: string) => ({
  at: START,
  detail: { steps: [{ id: state, state, title: "Domain control", next }] },
});

/** Why a check ends that says nothing of the order: see `said.ts`. */
const OWN_FAILURES = ["request", "unexpected", "too-large", "damaged"];

interface Case {
  readonly what: string;
  readonly order: Order;
  readonly login?: Login | "none";
  readonly secretMissing?: boolean;
  readonly openedHere?: boolean;
  readonly now?: number;
  readonly state: Partial<OrderState>;
}

const cases: Case[] = [
  { what: "new", order: base, state: { group: "waiting", status: "unchecked" } },
  { what: "pending", order: answered({ kind: "pending" }), state: { group: "waiting", status: "pending" } },
  {
    what: "pending, the CA's turn",
    order: answered({ kind: "pending" }, { detail: step("ca", "") }),
    state: { group: "waiting", words: "Waiting for the CA: Domain control" },
  },
  {
    what: "pending, the person's turn",
    order: answered({ kind: "pending" }, { detail: step("you", "finish domain control validation for b.example") }),
    state: {
      group: "needs-you",
      status: "step",
      words: "Waiting for you: finish domain control validation for b.example",
    },
  },
  {
    what: "a step refused",
    order: answered({ kind: "pending" }, { detail: step("rejected", "") }),
    state: { group: "needs-you", words: "Domain control" },
  },
  {
    what: "awaiting payment",
    order: answered(refusal("slow")),
    state: { group: "needs-you", status: "awaiting-payment" },
  },
  { what: "being issued", order: answered(refusal("soon")), state: { group: "waiting", status: "being-issued" } },
  {
    what: "available",
    order: answered({ kind: "available" }),
    state: { group: "ready", status: "ready-to-collect" },
  },
  {
    what: "held",
    order: answered(issued, { certificates: [collected] }),
    state: { group: "ready", status: "new", daysLeft: 90 },
  },
  {
    what: "opened",
    order: answered(issued, { certificates: [collected], openedAt: START + 1 }),
    state: { group: "done", status: "opened", archived: false },
  },
  {
    what: "saved",
    order: answered(issued, {
      certificates: [collected],
      saved: { at: START, leaf: "a", profile: "nginx", files: [] },
    }),
    state: { group: "done", status: "saved" },
  },
  {
    what: "a new certificate after an older one was opened",
    order: answered(issued, {
      certificates: [{ ...collected, at: START + 2, leaf: "b" }, collected],
      openedAt: START + 1,
    }),
    state: { group: "ready", status: "new" },
  },
  {
    what: "expired",
    order: answered(issued, { certificates: [collected], openedAt: START + 1 }),
    now: 91 * DAY,
    state: { group: "done", status: "expired", archived: false, daysLeft: -1 },
  },
  // Days are those of the calendar in UTC, in which this one ends with the first moment of a day.
  {
    what: "25 hours before the end",
    order: answered(issued, { certificates: [collected] }),
    now: 90 * DAY - 25 * HOUR,
    state: { daysLeft: 2 },
  },
  {
    what: "a minute before the end",
    order: answered(issued, { certificates: [collected] }),
    now: 90 * DAY - MINUTE,
    state: { daysLeft: 1 },
  },
  {
    what: "a minute after the end",
    order: answered(issued, { certificates: [collected] }),
    now: 90 * DAY + MINUTE,
    state: { daysLeft: -1 },
  },
  {
    what: "long expired",
    order: answered(issued, { certificates: [collected], openedAt: START + 1 }),
    now: 91 * DAY + ARCHIVE_AFTER,
    state: { status: "expired", archived: true },
  },
  // RFC 5280 section 4.1.2.5: the end belongs to the validity.
  {
    what: "at its very end",
    order: answered(issued, { certificates: [collected], openedAt: START + 1 }),
    now: 90 * DAY,
    state: { status: "opened", daysLeft: 0 },
  },
  {
    what: "expired, not long enough for the archive",
    order: answered(issued, { certificates: [collected], openedAt: START + 1 }),
    now: 90 * DAY + ARCHIVE_AFTER,
    state: { status: "expired", archived: false },
  },
  {
    what: "expired, just long enough for the archive",
    order: answered(issued, { certificates: [collected], openedAt: START + 1 }),
    now: 90 * DAY + ARCHIVE_AFTER + 1,
    state: { status: "expired", archived: true },
  },
  {
    what: "opened long ago",
    order: answered(issued, { certificates: [collected], openedAt: START + 1 }),
    now: ARCHIVE_AFTER + DAY,
    state: { status: "opened", archived: false },
  },
  {
    what: "refused long ago",
    order: answered(refusal("final")),
    now: ARCHIVE_AFTER + 1,
    state: { status: "refused", archived: true },
  },
  {
    what: "refused long ago, and not reached since",
    order: {
      ...answered({ kind: "failed", code: "unresolved", message: "" }),
      answer: { at: START + ARCHIVE_AFTER, outcome: { kind: "failed", code: "unresolved", message: "" }, inRow: 1 },
      said: { at: START, outcome: refusal("final"), inRow: 1 },
    },
    now: ARCHIVE_AFTER + 1,
    state: { status: "refused", archived: true },
  },
  {
    what: "refused long ago, and watched",
    order: answered(refusal("final"), { watchedAt: START + 1 }),
    now: ARCHIVE_AFTER + 1,
    state: { status: "refused", archived: false },
  },
  {
    what: "a reissue that is awaited, while the CA calls the old one replaced",
    order: answered({ kind: "pending" }, { certificates: [collected], watchedAt: START + 1, detail: said("Replaced") }),
    state: { group: "waiting", status: "reissue" },
  },
  {
    what: "a sign-in without an answer",
    order: base,
    login: { ...LOGIN, frozen: { at: START, code: 0, message: "" } },
    state: { status: "frozen", words: "Sign in again: the first sign-in got no answer" },
  },
  {
    what: "a sign-in that was refused",
    order: base,
    login: { ...LOGIN, frozen: { at: START, code: -16, message: "Wrong" } },
    state: { status: "frozen", words: "Sign in again: Wrong (-16)" },
  },
  {
    what: "long expired and brought back by a person",
    order: answered(issued, { certificates: [collected], archived: false }),
    now: 91 * DAY + ARCHIVE_AFTER,
    state: { archived: false },
  },
  {
    what: "watched for a reissue, the old one still there",
    order: answered(issued, { certificates: [collected], watchedAt: START + 1 }),
    state: { group: "ready", status: "new", daysLeft: 90 },
  },
  {
    what: "watched for a reissue, the old one opened",
    order: answered(issued, { certificates: [collected], openedAt: START, watchedAt: START + 1 }),
    state: { group: "done", status: "opened" },
  },
  {
    what: "watched for a reissue, the old one expired",
    order: answered(issued, { certificates: [collected], watchedAt: START + 1 }),
    now: 91 * DAY,
    state: { group: "waiting", status: "reissue", words: "Waiting: still the old certificate" },
  },
  {
    what: "watched for a reissue, for which a step waits for the person",
    order: answered({ kind: "pending" }, { certificates: [collected], watchedAt: START + 1, detail: step("you", "x") }),
    state: { group: "needs-you", status: "step" },
  },
  {
    what: "watched for a reissue, and the login was refused",
    order: answered(issued, { certificates: [collected], watchedAt: START + 1 }),
    login: { ...LOGIN, frozen: { at: START, code: -16, message: "" } },
    state: { group: "needs-you", status: "frozen" },
  },
  {
    what: "watched for a reissue, and the answer was not understood",
    order: answered(
      { kind: "not-understood", code: "html", message: "A web page." },
      { certificates: [collected], watchedAt: START + 1 },
    ),
    state: { group: "trouble", status: "not-understood" },
  },
  {
    what: "opened in this window",
    order: answered(issued, { certificates: [collected], openedAt: START + 1 }),
    openedHere: true,
    state: { group: "ready", status: "opened" },
  },
  {
    what: "opened and saved in this window",
    order: answered(issued, { certificates: [collected], openedAt: START + 1, saved }),
    openedHere: true,
    state: { group: "done", status: "saved" },
  },
  {
    what: "opened, and that taken back",
    order: answered(issued, { certificates: [collected], openedAt: 0 }),
    state: { group: "ready", status: "new" },
  },
  {
    what: "revoked, in the CA's answer, and held",
    order: answered({ ...refusal("final"), code: -21 } as Outcome, { certificates: [collected], openedAt: START + 1 }),
    state: { group: "trouble", status: "revoked", words: "Revoked", archived: false },
  },
  {
    what: "revoked long ago, in the CA's answer, and held",
    order: answered({ ...refusal("final"), code: -21 } as Outcome, { certificates: [collected] }),
    now: ARCHIVE_AFTER + DAY,
    state: { group: "trouble", status: "revoked", archived: false },
  },
  {
    what: "found revoked, since a day, and refused for that later",
    order: answered({ ...refusal("final"), code: -21 } as Outcome, {
      certificates: [collected],
      revocation: revoked(Date.UTC(2026, 0, 5)),
    }),
    state: { group: "trouble", status: "revoked", words: "Revoked on Jan 5, 2026" },
  },
  {
    what: "found revoked, and issued once more by the CA",
    order: answered(issued, { certificates: [collected], revocation: revoked(), openedAt: START + 1 }),
    state: { group: "trouble", status: "revoked" },
  },
  {
    what: "found revoked, and found good later",
    order: answered(issued, { certificates: [collected], revocation: { at: START, leaf: "a", state: "good" } }),
    state: { group: "ready", status: "new" },
  },
  {
    what: "revoked, and a step for the next one waits for the person",
    order: answered(
      { kind: "pending" },
      { certificates: [collected], watchedAt: START + 1, revocation: revoked(), detail: step("you", "x") },
    ),
    state: { group: "trouble", status: "revoked" },
  },
  {
    what: "revoked and watched, and no password here",
    order: answered(issued, { certificates: [collected], watchedAt: START + 1, revocation: revoked() }),
    secretMissing: true,
    state: { group: "trouble", status: "revoked" },
  },
  {
    what: "revoked and watched, and the login was refused",
    order: answered(issued, { certificates: [collected], watchedAt: START + 1, revocation: revoked() }),
    login: { ...LOGIN, frozen: { at: START, code: -16, message: "" } },
    state: { group: "trouble", status: "revoked" },
  },
  {
    what: "revoked and watched, and its account was removed",
    order: answered(issued, { certificates: [collected], watchedAt: START + 1, revocation: revoked() }),
    login: "none",
    state: { group: "trouble", status: "revoked" },
  },
  {
    what: "revoked in the CA's words, and the next one wants a payment",
    order: answered(refusal("slow"), { certificates: [collected], watchedAt: START + 1, detail: said("Revoked") }),
    state: { group: "trouble", status: "revoked" },
  },
  ...Object.entries<Outcome>({
    "not understood": { kind: "not-understood", code: "html", message: "A web page." },
    "an error of the CA": { ...refusal("later"), code: -14 } as Outcome,
    "a call limit": { ...refusal("hours"), code: -42 } as Outcome,
  }).flatMap(([what, outcome]): Case[] => {
    const since = (code: number, more: Partial<Order>): Order => {
      const standing = { at: START, outcome: { ...refusal("final"), code } as Outcome, inRow: 1 };
      return answered(outcome, { standing, certificates: [collected], openedAt: START + 1, saved, ...more });
    };
    return [
      {
        what: `revoked, in the CA's answer, and then ${what}`,
        order: since(-21, {}),
        state: { group: "trouble", status: "revoked" },
      },
      {
        what: `cancelled after it was collected, and then ${what}`,
        order: since(-18, {}),
        state: { group: "trouble" },
      },
    ];
  }),
  ...OWN_FAILURES.flatMap((code): Case[] => {
    const failed = {
      answer: { at: START + 1, outcome: { kind: "failed", code, message: "It failed." }, inRow: 1 },
    } as const;
    const since = (outcome: Outcome, more: Partial<Order>): Order => {
      return { ...answered(outcome, more), said: { at: START, outcome, inRow: 1 }, ...failed };
    };
    const held = { certificates: [collected], openedAt: START + 1, saved };
    const revokedByCa = { ...refusal("final"), code: -21 } as Outcome;
    return [
      {
        what: `revoked, in the CA's answer, and then ${code}`,
        order: since(revokedByCa, held),
        state: { group: "trouble", status: "revoked" },
      },
      {
        what: `revoked, in the CA's answer, and watched, and then ${code}`,
        order: since(revokedByCa, { ...held, watchedAt: START + 2 }),
        state: { group: "trouble", status: "revoked" },
      },
      {
        what: `cancelled after it was collected, and then ${code}`,
        order: since({ ...refusal("final"), code: -18 } as Outcome, held),
        state: { group: "trouble", status: "failed" },
      },
      {
        what: `reissued by the CA, and then ${code}`,
        order: since({ kind: "pending" }, { ...held, detail: step("you", "x") }),
        state: { group: "trouble", status: "failed" },
      },
      {
        what: `issued, and then ${code}`,
        order: since(issued, held),
        state: { group: "done", status: "saved" },
      },
    ];
  }),
  {
    what: "near its end with a term that goes on",
    order: answered(issued, {
      certificates: [collected],
      detail: { at: START, detail: { productTermEnd: START + 365 * DAY } },
    }),
    now: 61 * DAY,
    state: { group: "ready", status: "new", daysLeft: 29 },
  },
  {
    what: "rejected",
    order: answered(refusal("final")),
    state: { group: "trouble", status: "refused", words: "Rejected (-20)" },
  },
  {
    what: "revoked after it was collected",
    order: answered(refusal("final"), { certificates: [collected] }),
    state: { group: "trouble" },
  },
  {
    what: "a wrong collection code",
    order: answered(refusal("code")),
    state: { group: "needs-you", status: "code-refused" },
  },
  {
    what: "a failed call of an account that never reached its CA",
    login: { ...LOGIN, proved: false },
    order: answered({ kind: "failed", code: "timed-out", message: "No answer came." }),
    state: { group: "trouble", status: "failed", words: "No answer came." },
  },
  {
    what: "an answer not understood",
    order: answered({ kind: "not-understood", code: "html", message: "A web page." }),
    state: { group: "trouble", status: "not-understood" },
  },
  {
    what: "a frozen login",
    order: answered({ kind: "pending" }),
    login: { ...LOGIN, frozen: { at: START, code: -16, message: "Incorrect login details" } },
    state: { group: "needs-you", status: "frozen", words: "Sign in again: Incorrect login details (-16)" },
  },
  {
    what: "a frozen login and a certificate that is held",
    order: answered(issued, { certificates: [collected] }),
    login: { ...LOGIN, frozen: { at: START, code: -16, message: "" } },
    state: { group: "ready" },
  },
  {
    what: "the CA wants a code",
    order: answered({ ...refusal("code"), code: -3 } as Outcome),
    state: { group: "needs-you", status: "code-wanted", words: "The CA wants its collection code" },
  },
  {
    what: "a call that nobody answered, since its process died",
    order: { ...base, asked: { at: START, why: "person", question: "everything", answered: false } },
    now: LONGEST_CALL + 1,
    state: { group: "waiting", status: "unanswered", words: "Asked, but no answer came" },
  },
  {
    what: "a call in flight",
    order: { ...base, asked: { at: START, why: "person", question: "everything", answered: false } },
    now: LONGEST_CALL,
    state: { group: "waiting", status: "unchecked" },
  },
  {
    what: "not signed, in the CA's words",
    order: answered({ kind: "pending" }, { detail: said("PRE-SIGN FAILED: CAA") }),
    state: {
      group: "trouble",
      status: "not-issued",
      words: "Not issued: PRE-SIGN FAILED: CAA",
      advice: CA_ADVICE["pre-sign-failed"],
    },
  },
  {
    what: "rejected, in the CA's words",
    order: answered({ kind: "pending" }, { detail: said("Rejected: duplicate key") }),
    state: {
      group: "trouble",
      status: "not-issued",
      words: "Not issued: Rejected: duplicate key",
      advice: CA_ADVICE.rejected,
    },
  },
  {
    what: "rejected beside a step that waits for the person",
    order: answered(
      { kind: "pending" },
      { detail: { at: START, detail: { ...step("you", "x").detail, certificateStatus: "Rejected" } } },
    ),
    state: { group: "trouble", status: "not-issued" },
  },
  {
    what: "revoked, in the CA's words, while another is awaited",
    order: answered({ kind: "pending" }, { certificates: [collected], watchedAt: START + 1, detail: said("Revoked") }),
    state: { group: "trouble", status: "revoked" },
  },
  {
    what: "revoked, in the CA's words",
    order: answered(issued, { certificates: [collected], detail: said("Revoked") }),
    state: { group: "trouble", status: "revoked", words: "Revoked", advice: CA_ADVICE.revoked },
  },
  {
    what: "revoked, in the CA's words, and opened",
    order: answered(issued, { certificates: [collected], openedAt: START + 1, detail: said("Revoked") }),
    state: { group: "trouble", status: "revoked" },
  },
  {
    what: "found revoked, since a day",
    order: answered(issued, { certificates: [collected], saved, revocation: revoked(Date.UTC(2026, 0, 5)) }),
    state: { group: "trouble", status: "revoked", words: "Revoked on Jan 5, 2026" },
  },
  {
    what: "a CA above it found revoked, since a day",
    order: answered(issued, {
      certificates: [collected],
      revocation: { ...revoked(Date.UTC(2026, 0, 5)), issuer: true },
    }),
    state: { group: "trouble", status: "revoked", words: "A CA above it was revoked on Jan 5, 2026" },
  },
  {
    what: "a CA above it found revoked",
    order: answered(issued, { certificates: [collected], revocation: { ...revoked(), issuer: true } }),
    state: { group: "trouble", status: "revoked", words: "A CA above it was revoked" },
  },
  {
    what: "a CA above it found revoked, and itself by the CA's words",
    order: answered(issued, {
      certificates: [collected],
      detail: said("Revoked"),
      revocation: { ...revoked(Date.UTC(2026, 0, 5)), issuer: true },
    }),
    state: { group: "trouble", status: "revoked", words: "Revoked" },
  },
  {
    what: "an older one found revoked",
    order: answered(issued, { certificates: [{ ...collected, leaf: "b" }, collected], revocation: revoked() }),
    state: { group: "ready", status: "new" },
  },
  {
    what: "revoked and expired",
    order: answered(issued, { certificates: [collected], revocation: revoked() }),
    now: 91 * DAY,
    state: { status: "revoked" },
  },
  {
    what: "replaced, in the CA's words",
    order: answered(issued, { certificates: [collected], detail: said("Replaced") }),
    state: { group: "trouble", status: "replaced", advice: CA_ADVICE.replaced },
  },
  {
    what: "held, with other names than were ordered",
    order: answered(issued, { certificates: [unnamed] }),
    state: {
      group: "trouble",
      status: "doubtful",
      words: "Its names are not the ones ordered",
      advice: "It has no c.example.",
    },
  },
  {
    what: "held without a chain, and opened",
    order: answered(issued, { certificates: [unchained], openedAt: START + 1 }),
    state: { group: "trouble", status: "doubtful", words: "The CA's certificates are missing" },
  },
  {
    what: "held with other names, and saved all the same",
    order: answered(issued, { certificates: [unnamed], saved }),
    state: { group: "done", status: "saved" },
  },
  { what: "no account", order: base, login: "none", state: { group: "needs-you", status: "no-account" } },
  { what: "no password here", order: base, secretMissing: true, state: { group: "needs-you", status: "sign-in" } },
];

describe("order state", () => {
  for (const { what, order: of, login = LOGIN, secretMissing = false, openedHere = false, now = 0, state } of cases) {
    it(`of an order: ${what}`, () => {
      const circumstances = { login: login === "none" ? undefined : login, background: "everything" } as const;
      const check = nextCheck(of, circumstances, START + now, 0);
      const found = stateOf(of, circumstances, check, { secretMissing, openedHere }, START + now);
      for (const [key, value] of Object.entries(state)) assert.equal(found[key as keyof OrderState], value, key);
    });
  }

  it("of an order whose reissue begins stays what it is: the certificate is here", () => {
    const detail = { at: START, detail: { productTermEnd: START + 365 * DAY } };
    const of = answered(issued, { certificates: [collected], openedAt: START + 1, detail });
    const from = reissueFrom(of) ?? assert.fail();
    const statusAt = (now: number): string => {
      const circumstances = { login: LOGIN, background: "everything" } as const;
      return stateOf(of, circumstances, nextCheck(of, circumstances, now, 0), { secretMissing: false }, now).status;
    };
    assert.deepEqual([from - 1, from].map(statusAt), ["opened", "opened"]);
  });

  it("says the day of a revocation in the reader's language", () => {
    const of = answered(issued, { certificates: [collected], revocation: revoked(Date.UTC(2026, 0, 5, 12)) });
    const circumstances = { login: LOGIN, background: "everything" } as const;
    const check = nextCheck(of, circumstances, START, 0);
    const { localize } = localeOf("de", (text) => (text === "Revoked on {0}" ? "Widerrufen am {0}" : undefined));
    const german = { localize, language: "de" };
    const { words } = stateOf(of, circumstances, check, { secretMissing: false }, START, german);
    assert.equal(words, "Widerrufen am 05.01.2026");
  });

  it("has no advice where the CA gives none", () => {
    const of = answered(refusal("final"));
    const circumstances = { login: LOGIN, background: "everything" } as const;
    const check = nextCheck(of, circumstances, START, 0);
    assert.equal("advice" in stateOf(of, circumstances, check, { secretMissing: false }, START), false);
  });

  const titles: [string, Partial<Order>, string][] = [
    ["its label", { label: "Shop", certificates: [collected] }, "Shop"],
    ["the FQDN", { detail: { at: START, detail: { fqdn: "b.example" } }, certificates: [collected] }, "b.example"],
    ["a name of the certificate", { certificates: [collected] }, "a.example"],
    [
      "a domain it is ordered for",
      { detail: { at: START, detail: { domains: [{ domain: "c.example", status: "" }] } } },
      "c.example",
    ],
    ["the subject", { certificates: [{ ...collected, names: [] }] }, "CN=a.example"],
    ["the number", {}, "123"],
    ["how it is fetched", { reference: { kind: "collectionCode" } }, "Order with a collection code"],
  ];
  for (const [what, more, title] of titles) {
    it(`names a row by ${what}`, () => assert.equal(titleOf({ ...base, ...more }), title));
  }
});

import assert from "node:assert/strict";
import type { StatusStep } from "../../../src/api/result";
import { english, type Locale } from "../../../src/words/localize";
import type { CollectedCertificate, Order, Outcome } from "../../../src/orders/model/order";
import { GROUPINGS, type OrderRow } from "../../../src/orders/presentation/arrange";
import { orderRowView } from "../../../src/orders/presentation/order-row";
import type { SeenRecords } from "../../../src/orders/presentation/record-words";
import { groupName } from "../../../src/orders/presentation/row-words";
import { nextCheck } from "../../../src/orders/checking/schedule";
import { stateOf } from "../../../src/orders/presentation/state";
import { GROUP_OF, ORDER_STATUSES, type OrderStatus } from "../../../src/orders/presentation/status";
import { DAY } from "./doubles";
import { order } from "./world";

const NOON = new Date(2026, 6, 1, 12).getTime();
const locale: Locale = { localize: english, language: "en" };
const base: Order = {
  ...order("1000001"),
  ...{ label: "www.example.org", trackedAt: NOON, tags: [], certificates: [], paused: false, muted: false },
};
const certificate: CollectedCertificate = {
  ...{ at: NOON, leaf: "a", chain: ["a"], serialNumber: "01", subject: "CN=www.example.org", names: [] },
  notBefore: NOON,
  notAfter: new Date(2027, 5, 12, 12).getTime(),
};
const ISSUED: Outcome = { kind: "issued", leaf: "a" };
const held = { certificates: [certificate] };
const answered = (outcome: Outcome) => ({ answer: { at: NOON, inRow: 1, outcome } });
const refused = (code: number, more: Partial<Extract<Outcome, { kind: "refused" }>> = {}) =>
  answered({ kind: "refused", code, message: "The CA's own words!", advice: "", after: "final", ...more });
const waits = (...steps: readonly Partial<StatusStep>[]) => ({
  detail: {
    at: NOON,
    detail: {
      steps: steps.map((each) => ({ id: "dcvStatus", title: "Title", next: "Do it.", state: "you", ...each }) as const),
    },
  },
});

/** What is known of an order in each status, and its row below the heading of its state. */
const ROWS: Readonly<Record<OrderStatus, readonly [part: Partial<Order>, brief: string, word: string]>> = {
  frozen: [{}, "Sign in again", "Waiting for you"],
  "no-account": [{}, "Choose an account", "Waiting for you"],
  "sign-in": [{}, "Sign in again", "Waiting for you"],
  "code-refused": [{}, "Correct its code", "Waiting for you"],
  "code-wanted": [{}, "Enter its code", "Waiting for you"],
  step: [waits({}), "Validate domain", "Waiting for you"],
  "awaiting-payment": [refused(-22, { after: "slow" }), "Pay for it", "Waiting for you"],
  new: [held, "Jun 12, 2027", "New"],
  "ready-to-collect": [answered({ kind: "available" }), "Collect it from the CA", ""],
  unchecked: [{}, "Not checked yet", "Waiting"],
  unanswered: [{}, "No answer came", "Waiting"],
  pending: [waits({ state: "ca" }), "CA: domain check", "Waiting"],
  "being-issued": [refused(-26, { after: "soon" }), "CA: being issued", "Waiting"],
  reissue: [held, "CA: another certificate", "Waiting"],
  failed: [answered({ kind: "failed", code: "refused", message: "No answer." }), "No connection", "Trouble"],
  "not-understood": [{}, "Answer not understood", "Trouble"],
  refused: [refused(-4, { field: "orderNumber" }), "Number unknown to the CA (-4)", "Trouble"],
  bug: [refused(-2, { after: "bug" }), "Fault of the extension (-2)", "Trouble"],
  "not-issued": [{}, "state.words", "Trouble"],
  doubtful: [held, "state.words", "Trouble"],
  revoked: [held, "state.words", ""],
  replaced: [held, "Replaced", ""],
  opened: [held, "Jun 12, 2027", "Opened"],
  saved: [held, "Jun 12, 2027", "Saved"],
  expired: [held, "Expired Jun 12, 2027", ""],
};

function rowOf(status: OrderStatus, part: Partial<Order>): OrderRow {
  const state = { group: GROUP_OF[status], status, words: "state.words", archived: false };
  return {
    order: { ...base, ...part },
    state,
    check: { reason: "waiting", plan: { reason: "waiting" } },
    account: undefined,
  };
}

const described = (row: OrderRow, by: (typeof GROUPINGS)[number] = "state"): string =>
  orderRowView(row, NOON, locale, { by }).description;

describe("the words of a row", () => {
  for (const status of ORDER_STATUSES) {
    const [part, brief, word] = ROWS[status];
    const row = rowOf(status, part);
    const isTold = status === "opened" || status === "saved";

    it(`say the valuable one first below the heading of its state: ${status}`, () => {
      assert.equal(described(row), [brief, ...(isTold ? [word] : []), "SSL", "1000001"].join(" · "));
      const group = groupName(GROUP_OF[status], locale);
      assert.ok(!described(row).split(" · ").includes(group), "repeats its heading");
    });

    const isCalm = ["new", "opened", "saved", "reissue"].includes(status);
    for (const by of GROUPINGS.filter((each) => each !== "state" && !(each === "month" && isCalm))) {
      it(`say the state first below other headings: ${status}, by ${by}`, () => {
        const product = by === "product" ? [] : ["SSL"];
        const words = [word, brief, ...product, "1000001"].filter((each) => each !== "");
        assert.equal(described(row, by), words.join(" · "));
      });
    }
  }

  for (const status of ["new", "opened", "saved", "reissue"] as const) {
    it(`say until when to do what below the heading of a month: ${status}`, () => {
      const [part, , word] = ROWS[status];
      assert.equal(
        described(rowOf(status, part), "month"),
        `Replace by May 29, 2027 · Ends Jun 12, 2027 · ${word} · SSL · 1000001`,
      );
    });
  }

  it("stay what the CA said while it cannot be reached", () => {
    const { answer } = refused(-4, { field: "orderNumber" });
    const failed = answered({ kind: "failed", code: "unresolved", message: "No connection." });
    const row = rowOf("refused", { ...failed, said: answer });
    assert.equal(described(row), "Number unknown to the CA (-4) · SSL · 1000001");
  });

  const right = (domain: string): SeenRecords => ({
    domain,
    found: "right",
    by: "cname",
    isForbidden: false,
    at: NOON,
  });
  const SEEN: readonly [steps: readonly Partial<StatusStep>[], seen: readonly SeenRecords[], brief: string][] = [
    [[{ id: "domain:a.example" }], [right("a.example")], "In place, seen from here"],
    [[{ id: "domain:a.example" }], [{ ...right("a.example"), found: "missing" }], "Validate domain"],
    [[{ id: "domain:a.example" }, { id: "domain:b.example" }], [right("a.example")], "Validate 2 domains"],
    [
      [{ id: "domain:a.example" }, { id: "domain:b.example" }],
      [right("a.example"), right("b.example")],
      "In place, seen from here",
    ],
    [[{ id: "dcvStatus" }], [right("a.example")], "In place, seen from here"],
    [[{ id: "dcvStatus" }], [{ ...right("a.example"), at: NOON - DAY }], "Validate domain"],
    [[{ id: "caaStatus" }], [right("a.example")], "CAA allows it, seen from here"],
    [[{ id: "caaStatus" }], [{ ...right("a.example"), isForbidden: true }], "Fix the CAA record"],
    [[{ id: "maStatus" }], [right("a.example")], "Confirm your organization"],
  ];
  for (const [steps, seen, brief] of SEEN) {
    it(`say what this window saw, where that is more: ${brief} (${seen.map(({ found }) => found).join(", ")})`, () => {
      const view = orderRowView(rowOf("step", waits(...steps)), NOON, locale, { by: "state", seen });
      assert.equal(view.description, `${brief} · SSL · 1000001`);
    });
  }

  const STEPS: readonly [status: OrderStatus, steps: readonly Partial<StatusStep>[], brief: string][] = [
    ["step", [{ id: "csrStatus" }], "Submit its CSR"],
    ["step", [{ id: "maStatus" }], "Confirm your organization"],
    ["step", [{ id: "ovCallbackStatus" }], "Take the CA's call"],
    ["step", [{ id: "evClickThroughStatus" }], "Accept the agreement"],
    ["step", [{ id: "caaStatus" }], "Fix the CAA record"],
    ["step", [{ id: "domain:a.example" }], "Validate domain"],
    ["step", [{ id: "domain:a.example" }, { id: "domain:b.example" }, { id: "x", state: "ca" }], "Validate 2 domains"],
    ["step", [{ id: "maStatus", state: "rejected" }], "Rejected: Title"],
    ["step", [{ id: "another" }], "Title"],
    ["step", [], "Act at the CA"],
    [
      "pending",
      [
        { id: "csrStatus", state: "done" },
        { id: "csrStatus", state: "ca" },
      ],
      "CA: CSR check",
    ],
    ["pending", [{ id: "domain:a.example", state: "ca" }], "CA: domain check"],
    ["pending", [{ id: "brandValStatus", state: "ca" }], "CA: brand check"],
    ["pending", [{ id: "freeDVUPStatus", state: "ca" }], "CA: free DV certificate"],
    ["pending", [{ id: "organizationValidationStatus", state: "ca" }], "CA: organization check"],
    ["pending", [{ id: "ovCallbackStatus", state: "ca" }], "CA: verification call"],
    ["pending", [{ id: "evLegalExistence", state: "ca" }], "CA: EV check"],
    ["pending", [{ id: "caaStatus", state: "ca" }], "CA: CAA check"],
    ["pending", [{ id: "another", state: "ca" }], "CA: Title"],
    ["pending", [{ id: "dcvStatus", state: "not-needed" }], "CA: processing"],
    ["pending", [], "CA: processing"],
  ];
  for (const [status, steps, brief] of STEPS) {
    it(`name the step that it waits for: ${brief}`, () => {
      assert.equal(described(rowOf(status, waits(...steps))), `${brief} · SSL · 1000001`);
    });
  }

  const REFUSALS: readonly [code: number, more: Partial<Extract<Outcome, { kind: "refused" }>>, brief: string][] = [
    [-4, { field: "ORDERNUMBER" }, "Number unknown to the CA (-4)"],
    [-4, { field: "certificateID" }, "Number unknown to the CA (-4)"],
    [-4, {}, "The CA's own words! (-4)"],
    [-14, { after: "later" }, "Error of the CA (-14)"],
    [-18, {}, "Cancelled and refunded (-18)"],
    [-20, {}, "Rejected (-20)"],
    [-21, {}, "Revoked (-21)"],
    [-23, {}, "Replaced (-23)"],
    [-42, { after: "hours" }, "Call limit reached (-42)"],
    [-91, {}, "Not permitted (-91)"],
    [-160, { after: "later" }, "Error of the issuer (-160)"],
    [-99, {}, "The CA's own words! (-99)"],
    [-17, { after: "bug" }, "Fault of the extension (-17)"],
  ];
  for (const [code, more, brief] of REFUSALS) {
    const status = more.after === "later" || more.after === "hours" ? "failed" : "refused";
    it(`say why the CA refused: ${brief}`, () => {
      assert.equal(described(rowOf(status, refused(code, more))), `${brief} · SSL · 1000001`);
    });
  }

  const FAILURES: readonly [code: string, brief: string][] = [
    ["unresolved", "No connection"],
    ["sandbox-stopped", "Sandbox not running"],
    ["request", "state.words"],
    ["ca-file", "state.words"],
    ["certificate-name", "No connection"],
    ["proxy", "No connection"],
    // What may have reached the CA had a connection: the line above the tree says the same.
    ["timed-out", "No answer"],
    ["reset", "No answer"],
    ["too-large", "Answer too large"],
    ["damaged", "Answer damaged"],
    ["unexpected", "Unexpected error"],
    ["cancelled", "Check cancelled"],
  ];
  for (const [code, brief] of FAILURES) {
    it(`say why there was no answer: ${code}`, () => {
      const failed = answered({ kind: "failed", code, message: "" });
      assert.equal(described(rowOf("failed", failed)), `${brief} · SSL · 1000001`);
    });
  }

  // At five in the afternoon, what ends at midnight of the next day ends tomorrow, although that is 31 hours away.
  const END = Date.UTC(2027, 5, 12, 23, 59, 59);
  const ENDS: readonly [now: number, brief: string][] = [
    [Date.UTC(2027, 4, 12, 23, 59, 59), "Jun 12, 2027"],
    [Date.UTC(2027, 4, 13), "Expires in 30 days"],
    [Date.UTC(2027, 5, 10, 0, 0, 0), "Expires in 2 days"],
    [Date.UTC(2027, 5, 10, 23, 59, 59), "Expires in 2 days"],
    [Date.UTC(2027, 5, 11, 0, 0, 0), "Expires tomorrow"],
    [Date.UTC(2027, 5, 11, 17), "Expires tomorrow"],
    [Date.UTC(2027, 5, 11, 23, 59, 59), "Expires tomorrow"],
    [Date.UTC(2027, 5, 12), "Expires today"],
    [END, "Expires today"],
    [END + 1, "Expired Jun 12, 2027"],
  ];
  for (const [now, brief] of ENDS) {
    it(`count the days near the end: ${brief} (${new Date(now).toISOString()})`, () => {
      const of: Order = { ...base, certificates: [{ ...certificate, notAfter: END }], ...answered(ISSUED) };
      const circumstances = { login: { key: "sectigo/alice", proved: true }, background: "everything" } as const;
      const check = nextCheck(of, circumstances, now, 0);
      const state = stateOf(of, circumstances, check, { secretMissing: false }, now);
      assert.equal(described({ order: of, check, state, account: undefined }), `${brief} · SSL · 1000001`);
    });
  }

  it("say the day that the certificate has in UTC, whatever the time zone", () => {
    for (const notAfter of [Date.UTC(2027, 5, 12), Date.UTC(2027, 5, 12, 23, 59, 59)]) {
      assert.match(described(rowOf("new", { certificates: [{ ...certificate, notAfter }] })), /^Jun 12, 2027 · /);
    }
  });

  it("say so of an order by code, and of one whose sign-in is to come", () => {
    const byCode = rowOf("sign-in", { reference: { kind: "collectionCode" }, product: "ccc" });
    assert.equal(described(byCode), "Enter its code again · CCC");
    const later = rowOf("pending", refused(-16, { after: "sign-in" }));
    assert.equal(described(later), "At the next sign-in · SSL · 1000001");
  });
});

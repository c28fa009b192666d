import assert from "node:assert/strict";
import { cardSteps } from "../../../src/editor/pages/card-steps";
import { canBeWatched } from "../../../src/orders/checking/watchable";
import { english } from "../../../src/words/localize";
import type { Answer, CollectedCertificate, Order, Outcome } from "../../../src/orders/model/order";
import { shownSteps } from "../../../src/orders/presentation/order-row";
import { currentSteps } from "../../../src/orders/presentation/steps";
import { START } from "./doubles";
import { order } from "./world";

const STATES = ["done", "you", "ca", "rejected", "not-needed"] as const;
const steps = STATES.map((state) => ({ id: state, state, title: state, next: "" }));
const collected: CollectedCertificate = {
  ...{ at: START, leaf: "a", chain: ["a"], serialNumber: "01", subject: "CN=a.example", names: ["a.example"] },
  ...{ notBefore: START, notAfter: START + 1_000 },
};
const base: Order = { ...order("123"), trackedAt: START, tags: [], certificates: [], paused: false, muted: false };
const held = { certificates: [collected] };
const last = (outcome: Outcome): Answer => ({ at: START, inRow: 1, outcome });
const refused = (code: number, after: Extract<Outcome, { kind: "refused" }>["after"]) =>
  last({ kind: "refused", code, message: "", advice: "", after });
const damaged = last({ kind: "failed", code: "damaged", message: "" });
const pending = last({ kind: "pending" });

interface Case {
  readonly more: Partial<Order>;
  readonly status?: string;
  readonly open: boolean;
  readonly watchable: boolean;
}

const CASES: Readonly<Record<string, Case>> = {
  "never asked": { more: {}, open: true, watchable: false },
  pending: { more: { answer: pending }, open: true, watchable: false },
  "pending, and the check failed": { more: { said: pending, answer: damaged }, open: true, watchable: false },
  "awaiting payment": { more: { answer: refused(-22, "slow") }, open: true, watchable: false },
  "an error of the CA": { more: { answer: refused(-14, "later") }, open: true, watchable: false },
  "a refused code": { more: { answer: refused(-4, "code") }, open: true, watchable: false },
  rejected: { more: { answer: refused(-20, "final") }, open: false, watchable: true },
  "rejected, and then a check failed": {
    more: { said: refused(-20, "final"), answer: damaged },
    open: false,
    watchable: true,
  },
  "rejected, and then an error of the CA": {
    more: { standing: refused(-20, "final"), answer: refused(-14, "later") },
    open: false,
    watchable: false,
  },
  "rejected, and watched": {
    more: { answer: refused(-20, "final"), watchedAt: START + 1 },
    open: false,
    watchable: false,
  },
  "refused for a fault of ours": { more: { answer: refused(-2, "bug") }, open: true, watchable: true },
  "rejected, in words": { more: { answer: pending }, status: "Rejected: key", open: false, watchable: false },
  "failed, in words": { more: { answer: pending }, status: "Validation failed", open: false, watchable: false },
  "revoked, in words": { more: { answer: pending }, status: "Revoked", open: false, watchable: false },
  "not signed: it goes on when the person has mended the cause": {
    more: { answer: pending },
    status: "PRE-SIGN FAILED: CAA",
    open: true,
    watchable: false,
  },
  issued: { more: { ...held, answer: last({ kind: "issued", leaf: "a" }) }, open: false, watchable: true },
  "issued, and watched": {
    more: { ...held, answer: last({ kind: "issued", leaf: "a" }), watchedAt: START },
    open: false,
    watchable: false,
  },
  "issued once more": { more: { ...held, answer: pending, watchedAt: START }, open: true, watchable: false },
  "issued once more, after it was revoked": {
    more: { ...held, answer: pending, watchedAt: START },
    status: "Revoked",
    open: true,
    watchable: false,
  },
};

describe("an order and its steps", () => {
  for (const [what, { more, status, open, watchable }] of Object.entries(CASES)) {
    const detail = { steps, ...(status !== undefined && { certificateStatus: status }) };
    const found: Order = { ...base, ...more, detail: { at: START, detail } };

    it(`show what is open in rows and on the page alike: ${what}, ${open ? "shown" : "left out"}`, () => {
      const left = open ? STATES : STATES.filter((state) => state !== "you" && state !== "ca");
      assert.deepEqual(
        cardSteps(currentSteps(found), english).map(({ state }) => state),
        left,
      );
      const rows = found.certificates.length > 0 ? [] : left.filter((state) => state !== "not-needed");
      assert.deepEqual(
        shownSteps(found).map(({ state }) => state),
        rows,
      );
    });

    it(`${watchable ? "can" : "cannot"} be watched: ${what}`, () => assert.equal(canBeWatched(found), watchable));
  }
});

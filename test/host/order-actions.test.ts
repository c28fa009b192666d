import assert from "node:assert/strict";
import { orderActions } from "../../src/editor/pages/order-card";
import type { OrderFacts } from "../../src/editor/view/tree-elements";
import type { Account, CollectedCertificate, Order } from "../../src/orders/model/order";
import { GROUP_OF, type OrderStatus } from "../../src/orders/presentation/status";

const base: Order = {
  ...{ id: "sectigo~ssl~order~1", ca: "sectigo", product: "ssl", reference: { kind: "orderNumber", value: "1" } },
  ...{ tags: [], trackedAt: 0, certificates: [], paused: false, muted: false },
};
const certificate: CollectedCertificate = {
  ...{ at: 1, leaf: "b", chain: [], serialNumber: "01", subject: "CN=a", names: [], notBefore: 0, notAfter: 1 },
};
const account: Account = { id: "acc", label: "Shop", loginName: "shop", host: "a.example", ca: "other:a.example" };
const failed = (code: string): Partial<Order> => ({
  answer: { at: 0, inRow: 1, outcome: { kind: "failed", code, message: "" } },
});
const unknown: Partial<Order> = {
  answer: { at: 0, inRow: 1, outcome: { kind: "refused", code: -4, message: "", after: "final", advice: "" } },
};
const known: Partial<Order> = { account: "acc" };
const dcv = { id: "dcvStatus", state: "you", title: "Domain", next: "Validate it." } as const;
const byCode: Partial<Order> = { reference: { kind: "collectionCode" } };
const saved = { at: 0, leaf: "a", profile: "nginx", files: [] };

/** The buttons of an order's page; the first is the main one. */
const CASES: readonly [what: string, status: OrderStatus, part: Partial<Order>, labels: readonly string[]][] = [
  ["waits", "pending", {}, ["Check Now"]],
  ["was rejected", "refused", {}, ["Check Now"]],
  ["can be collected", "ready-to-collect", {}, ["Collect Certificate", "Check Now"]],
  ["has a refused login", "frozen", {}, ["Change Password…", "Edit Account…", "Check Now"]],
  ["has no password here", "sign-in", {}, ["Change Password…", "Edit Account…", "Check Now"]],
  ["has a number that the CA does not know", "refused", unknown, ["Check Now", "Change Product…"]],
  ["has no code here", "sign-in", byCode, ["Enter Collection Code…", "Check Now"]],
  ["wants its code", "code-wanted", {}, ["Enter Collection Code…", "Check Now"]],
  ["has no account", "no-account", {}, ["Choose Another Account…", "Check Now"]],
  ["has a host that is not there", "failed", failed("unresolved"), ["Edit Account…", "Check Now"]],
  ["keeps its state while its host is not there", "pending", failed("refused"), ["Edit Account…", "Check Now"]],
  ["was asked for what its page forbids", "failed", failed("request"), ["Check Now"]],
  ["waits and is known to the CA's services", "pending", known, ["Check Now", "What Does the CA Wait For?"]],
  [
    "waits for a domain",
    "step",
    { ...known, detail: { at: 0, detail: { steps: [dcv] } } },
    ["Check Now", "What Does the CA Wait For?", "Send the Validation Mail Again…"],
  ],
  [
    "is not signed for a CAA record",
    "not-issued",
    { ...known, detail: { at: 0, detail: { certificateStatus: "PRE-SIGN FAILED: CAA" } } },
    ["Check Now", "What Does the CA Wait For?", "Ask for Another CAA Check…"],
  ],
  ["is of a sandbox that does not run", "failed", failed("sandbox-stopped"), ["Check Now"]],
  [
    "is here",
    "new",
    { certificates: [certificate] },
    ["Open Certificate", "Save As…", "Watch for Another Certificate"],
  ],
  [
    "is here, watched, and was saved in its previous form",
    "new",
    { certificates: [certificate, { ...certificate, leaf: "a" }], saved, watchedAt: 1 },
    ["Save Again…", "Open Certificate", "Save As…", "Compare with Previous", "Stop Watching"],
  ],
];

describe("the page of an order", () => {
  for (const [what, status, part, labels] of CASES) {
    it(`offers one that ${what}: ${labels.join(", ")}`, () => {
      const facts: OrderFacts = {
        order: { ...base, ...part },
        state: { group: GROUP_OF[status], status, words: "", archived: false },
        check: { reason: "waiting", plan: { reason: "waiting" } },
        account: status === "no-account" ? undefined : account,
      };
      assert.deepEqual(
        orderActions(facts).map(({ label }) => label),
        labels,
      );
    });
  }
});

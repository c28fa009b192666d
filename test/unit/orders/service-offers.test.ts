import assert from "node:assert/strict";
import type { StatusDetail, StatusStep } from "../../../src/api/result";
import type { OrderedDomain } from "../../../src/api/services/service-result";
import type { Order, Outcome } from "../../../src/orders/model/order";
import { canAskWhatWaits, canResendMail, canRetryCaa } from "../../../src/orders/presentation/service-offers";
import { GROUP_OF, type OrderStatus } from "../../../src/orders/presentation/status";
import { START } from "./doubles";
import { order } from "./world";

const base: Order = { ...order("123"), trackedAt: START, tags: [], certificates: [], paused: false, muted: false };
const step = (id: string, state: StatusStep["state"]): StatusStep => ({ id, state, title: id, next: "Do it." });
const detail = (part: StatusDetail): Partial<Order> => ({ detail: { at: START, detail: part } });
const waits = (...steps: readonly StatusStep[]): Partial<Order> => detail({ steps });
const noted = (...domains: readonly OrderedDomain[]): Partial<Order> => ({
  validation: { at: START, from: ["GetMDCDomainDetails"], steps: [], domains, caaErrors: [] },
});
const answer = (outcome: Outcome): Partial<Order> => ({ answer: { at: START, inRow: 1, outcome } });
const dcv = waits(step("dcvStatus", "you"));

const CASES: readonly (readonly [what: string, status: OrderStatus, part: Partial<Order>, offered: string])[] = [
  ["waits", "pending", {}, "ask"],
  ["was never asked", "unchecked", {}, "ask"],
  ["has no number", "pending", { reference: { kind: "collectionCode" } }, ""],
  ["has a certificate ID", "pending", { reference: { kind: "certificateID", value: "1" } }, ""],
  ["has a refused login", "frozen", dcv, ""],
  ["has no password here", "sign-in", dcv, ""],
  ["is here", "new", {}, ""],
  ["can be collected", "ready-to-collect", dcv, ""],
  ["was rejected", "refused", answer({ kind: "refused", code: -20, message: "", advice: "", after: "final" }), ""],
  ["waits for a domain", "step", dcv, "ask mail"],
  ["waits for a domain by mail", "step", { ...dcv, ...noted({ domain: "a.example", method: "email" }) }, "ask mail"],
  ["waits for a domain by nobody knows what", "step", { ...dcv, ...noted({ domain: "a.example" }) }, "ask mail"],
  ["waits for a record", "step", { ...dcv, ...noted({ domain: "a.example", method: "cname" }) }, "ask"],
  [
    "waits for a record and a mail",
    "step",
    {
      ...waits(step("dcvStatus", "you"), step("domain:a.example", "you"), step("domain:b.example", "you")),
      ...noted({ domain: "a.example", method: "cname" }, { domain: "b.example", method: "email" }),
    },
    "ask mail",
  ],
  ["has its domain validated", "pending", waits(step("dcvStatus", "done")), "ask"],
  ["was not signed for a CAA record", "not-issued", detail({ certificateStatus: "PRE-SIGN FAILED: CAA" }), "ask caa"],
  ["waits for a CAA record", "step", waits(step("caaStatus", "you")), "ask caa"],
  ["waits for the CA's look at CAA", "pending", waits(step("caaStatus", "ca")), "ask caa"],
  ["passed the CAA check", "pending", waits(step("caaStatus", "done")), "ask"],
];

describe("what the CA's services are offered for", () => {
  for (const [what, status, part, offered] of CASES) {
    it(`an order that ${what}: ${offered === "" ? "nothing" : offered}`, () => {
      const row = {
        order: { ...base, ...part },
        state: { group: GROUP_OF[status], status, words: "", archived: false },
      };
      const all = { ask: canAskWhatWaits(row), mail: canResendMail(row), caa: canRetryCaa(row) };
      const found = Object.entries(all).flatMap(([name, is]) => (is ? name : []));
      assert.equal(found.join(" "), offered);
    });
  }

  it("nothing without an account", () => {
    const { account, ...others } = base;
    const state = { group: "waiting", status: "pending", words: "", archived: false } as const;
    assert.deepEqual([account, canAskWhatWaits({ order: others, state })], ["acc", false]);
  });
});

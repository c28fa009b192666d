import { inEnglish } from "../../../src/words/localize";
import assert from "node:assert/strict";
import { PRODUCTS, type Product } from "../../../src/api/product";
import type { ServiceName } from "../../../src/api/services/service";
import type { OrderValidation } from "../../../src/api/services/service-result";
import type { ServiceAskResult } from "../../../src/orders/checking/service-ask";
import {
  endsAsking,
  mergedValidation,
  type MissingPart,
  validationQuestions,
} from "../../../src/orders/checking/validation-services";
import type { Order } from "../../../src/orders/model/order";
import { START } from "./doubles";
import { order } from "./world";

const base: Order = {
  ...{ ...order("1234567"), trackedAt: START, tags: [], certificates: [], paused: false, muted: false },
  account: "acc",
};

const ASKED: Readonly<Record<Product, readonly ServiceName[]>> = {
  ssl: ["getPostPaymentStatus", "GetMDCDomainDetails"],
  smime: ["getPostPaymentStatus", "GetDetailedOrderStatus"],
  ccc: ["getPostPaymentStatus", "GetDetailedOrderStatus"],
  pac: ["getPostPaymentStatus", "GetDetailedOrderStatus"],
  mc: ["getPostPaymentStatus", "GetDCVDetailsMC", "GetDetailedOrderStatus"],
};

const inWordsOf = (missing: readonly MissingPart[]): readonly object[] =>
  missing.map((part) => ({ ...part, words: inEnglish(part.words) }));

describe("which services are asked what the CA waits for", () => {
  for (const product of PRODUCTS) {
    it(`${product}: ${ASKED[product].join(", ")}`, () => {
      const questions = validationQuestions({ ...base, product });
      assert.deepEqual(
        questions.map(({ service }) => service),
        ASKED[product],
      );
      for (const { account, order: id, values } of questions) {
        assert.deepEqual([account, id, values.orderNumber], ["acc", base.id, "1234567"]);
      }
    });
  }

  it("nobody without an account", () => {
    const { account, ...others } = base;
    assert.deepEqual([account, validationQuestions(others)], ["acc", []]);
  });

  const NOBODY: readonly Partial<Order>[] = [
    { reference: { kind: "certificateID", value: "1" } },
    { reference: { kind: "baseOrderNumber", value: "1" } },
    { reference: { kind: "collectionCode" } },
  ];
  for (const part of NOBODY) {
    it(`nobody about ${JSON.stringify(part)}`, () => assert.deepEqual(validationQuestions({ ...base, ...part }), []));
  }
});

const said = (part: Partial<OrderValidation>): ServiceAskResult => ({
  kind: "answered",
  result: { kind: "validation", validation: { steps: [], domains: [], caaErrors: [], ...part } },
});
const first = said({
  orderStatus: "Pending",
  steps: [
    { id: "csrStatus", title: "CSR", status: "Completed", state: "done" },
    { id: "dcvStatus", title: "Domains", status: "Odd" },
  ],
  agreement: { lastSent: "2026-11-20" },
  caaErrors: ["a"],
});
const second = said({
  orderStatus: "Other",
  steps: [{ id: "DcvStatus", title: "DcvStatus", status: "0", state: "you", description: "more" }],
  domains: [{ domain: "b.example", method: "cname" }],
  agreement: { lastSent: "2026-11-19", lastOpened: "2026-11-21" },
  caaErrors: ["a", "b"],
});
const domains = [{ domain: "b.example", method: "cname" }];
const one: ServiceName = "getPostPaymentStatus";
const two: ServiceName = "GetMDCDomainDetails";

describe("the answers of several services", () => {
  it("are one note, in which the first one's words count", () => {
    assert.deepEqual(
      mergedValidation([
        { service: one, result: first },
        { service: two, result: second },
      ]),
      {
        note: {
          ...{ from: [one, two], orderStatus: "Pending", domains },
          steps: [
            { id: "csrStatus", title: "CSR", status: "Completed", state: "done" },
            { id: "dcvStatus", title: "Domains", status: "Odd", state: "you", description: "more" },
          ],
          agreement: { lastSent: "2026-11-20", lastOpened: "2026-11-21" },
          caaErrors: ["a", "b"],
        },
        missing: [],
      },
    );
  });

  const FAILURES: Readonly<Record<string, readonly [ServiceAskResult, why: string, words: string]>> = {
    refused: [{ kind: "refused", code: -4, message: "No" }, "refused", "No (-4)"],
    "not enabled": [{ kind: "not-enabled", code: -16, message: "Not for you" }, "not-enabled", "Not for you"],
    "of another service": [{ kind: "answered", result: { kind: "done", message: "ok" } }, "failed", ""],
    failed: [{ kind: "failed", code: "timeout", message: "No answer." }, "failed", "No answer."],
    "not asked": [{ kind: "no-secret" }, "not-asked", ""],
  };
  for (const [what, [result, why, words]] of Object.entries(FAILURES)) {
    it(`leave what the other one said: ${what}`, () => {
      const { note, missing } = mergedValidation([
        { service: one, result },
        { service: two, result: second },
      ]);
      assert.deepEqual(note?.from, [two]);
      assert.deepEqual(note?.domains, domains);
      assert.deepEqual(inWordsOf(missing), [{ service: one, why, words }]);
    });

    it(`are no note if none came: ${what}`, () => {
      const merged = mergedValidation([{ service: one, result }]);
      assert.equal(merged.note, undefined);
      assert.deepEqual(inWordsOf(merged.missing), [{ service: one, why, words }]);
    });
  }
});

describe("the next service", () => {
  const ENDS: readonly (readonly [ServiceAskResult, boolean])[] = [
    [first, false],
    [{ kind: "not-enabled", code: -91, message: "" }, false],
    [{ kind: "refused", code: -4, message: "" }, false],
    [{ kind: "failed", code: "timeout", message: "" }, false],
    [{ kind: "sign-in-refused", code: -16, message: "" }, true],
    [{ kind: "frozen", freeze: { at: START, code: -16, message: "" }, now: false }, true],
    [{ kind: "not-now", until: START, why: "call-limit" }, true],
    [{ kind: "cancelled" }, true],
    [{ kind: "no-secret" }, true],
    [{ kind: "busy" }, true],
    [{ kind: "gone" }, true],
    [{ kind: "not-recorded", code: "x", message: "", asked: true }, true],
  ];
  for (const [result, ends] of ENDS) {
    it(`is ${ends ? "not asked" : "asked"} after: ${result.kind}`, () =>
      assert.equal(endsAsking(result, base, START), ends));
  }

  it("is asked after -16 only if the CA has just accepted the sign-in elsewhere", () => {
    const refused = { kind: "not-enabled", code: -16, message: "" } as const;
    const answered = (at: number): Order => ({ ...base, answer: { at, outcome: { kind: "pending" }, inRow: 1 } });
    assert.equal(endsAsking(refused, base, START), true);
    assert.equal(endsAsking(refused, answered(START - 61 * 60_000), START), true);
    assert.equal(endsAsking(refused, answered(START - 59 * 60_000), START), false);
  });
});

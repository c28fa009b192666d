import assert from "node:assert/strict";
import { validationCard } from "../../../src/editor/pages/validation-card";
import { english } from "../../../src/words/localize";
import type { Order } from "../../../src/orders/model/order";
import type { ValidationNote } from "../../../src/orders/model/validation";
import { START } from "../orders/doubles";
import { order } from "../orders/world";

const base: Order = {
  ...{ ...order("123"), trackedAt: START, tags: [], certificates: [], paused: false, muted: false },
};
const card = (note: Partial<ValidationNote>) =>
  validationCard(
    {
      ...base,
      validation: {
        ...{ at: START, from: ["getPostPaymentStatus", "GetMDCDomainDetails"], steps: [], domains: [], caaErrors: [] },
        ...note,
      },
    },
    english,
  );

describe("what the CA waits for, on the page", () => {
  it("is not there before anybody asked", () => assert.equal(validationCard(base, english), undefined));

  it("is in the CA's words, with the states that we know", () => {
    assert.deepEqual(
      card({
        orderStatus: "Pending",
        steps: [
          { id: "csrStatus", title: "CSR", status: "Completed", state: "done" },
          { id: "x", title: "Odd", status: "Odder", description: "Call us." },
        ],
        agreement: { lastSent: "2026-11-20" },
        caaErrors: ["issue ca.example"],
      }),
      {
        at: START,
        steps: [{ title: "Odd", status: "Odder", description: "Call us." }],
        domains: [],
        notes: [
          "CAA check: issue ca.example",
          "The CA's e-mail about the agreement was sent on 2026-11-20 and not opened.",
          "Order status: Pending",
          "Done or not needed: CSR",
        ],
      },
    );
  });

  const DOMAINS: readonly (readonly [ValidationNote["domains"][number], status: string])[] = [
    [{ domain: "a.example" }, ""],
    [{ domain: "a.example", method: "cname", methodWord: "CNAME CSR Hash", status: "Odd" }, "by a CNAME record · Odd"],
    [{ domain: "a.example", method: "http" }, "by a file over http"],
    [{ domain: "a.example", method: "https" }, "by a file over https"],
    [{ domain: "a.example", method: "email", methodWord: "EMAIL" }, "by e-mail"],
    [{ domain: "a.example", method: "other", methodWord: "Pigeon" }, "Pigeon"],
    [
      { domain: "a.example", method: "cname", isPrevalidated: true, status: "Validated", state: "done" },
      "by a CNAME record · Validated · an earlier validation is used again",
    ],
  ];
  for (const [domain, status] of DOMAINS) {
    it(`has each domain with its method: ${JSON.stringify(domain)}`, () => {
      const { state } = domain;
      assert.deepEqual(card({ domains: [domain] })?.domains, [
        { title: "a.example", status, description: "", ...(state !== undefined && { state }) },
      ]);
    });
  }

  it("says when the agreement was opened, and which service did not answer", () => {
    const agreement = { lastSent: "2026-11-20", lastOpened: "2026-11-21" };
    assert.deepEqual(card({ agreement, from: ["getPostPaymentStatus"] })?.notes, [
      "The CA's e-mail about the agreement was sent on 2026-11-20 and opened on 2026-11-21.",
      "No answer from GetMDCDomainDetails",
    ]);
  });
});

import assert from "node:assert/strict";
import { caWord } from "../../../src/orders/model/ca-words";
import { concernsOf } from "../../../src/orders/model/concerns";
import type { Order } from "../../../src/orders/model/order";
import { DAY, START } from "./doubles";
import { order } from "./world";

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
const older = { ...collected, leaf: "b" };
const base: Order = {
  ...order("123"),
  trackedAt: START,
  tags: [],
  certificates: [collected, older],
  paused: false,
  muted: false,
};
const said = (certificateStatus: string) => ({ at: START, detail: { certificateStatus } });
const refused = (code: number) => {
  const outcome = { kind: "refused", code, message: "", advice: "", after: "final" } as const;
  return { at: START, inRow: 1, outcome };
};
const note = (state: "good" | "revoked" | "unknown") => ({ at: START, leaf: "a", state });

describe("concerns", () => {
  const table: readonly [string, Partial<Order>, readonly string[]][] = [
    ["nothing", {}, []],
    ["found revoked", { revocation: note("revoked") }, ["It was revoked."]],
    [
      "a CA above it found revoked",
      { revocation: { ...note("revoked"), issuer: true } },
      ["A CA above it was revoked."],
    ],
    [
      "a CA above it found revoked, and it by the CA",
      { revocation: { ...note("revoked"), issuer: true }, answer: refused(-21) },
      ["It was revoked."],
    ],
    ["found good", { revocation: note("good") }, []],
    ["an older one found revoked", { revocation: { ...note("revoked"), leaf: "b" } }, []],
    ["revoked in the CA's words", { detail: said("Revoked") }, ["It was revoked."]],
    ["replaced in the CA's words", { detail: said("Replaced") }, ["The CA replaced it with another certificate."]],
    ["revoked by the CA's answer", { answer: refused(-21) }, ["It was revoked."]],
    ["replaced by the CA's answer", { answer: refused(-23) }, ["The CA replaced it with another certificate."]],
    ...(["damaged", "too-large", "request", "unexpected", "unresolved"] as const).map(
      (code): (typeof table)[number] => {
        const answer = { at: START + 1, inRow: 1, outcome: { kind: "failed", code, message: "" } } as const;
        return [`revoked by the CA's answer, then ${code}`, { said: refused(-21), answer }, ["It was revoked."]];
      },
    ),
    ["refused otherwise", { answer: refused(-22) }, []],
    ["a doubt", { certificates: [{ ...collected, doubts: [{ kind: "names", message: "Not x." }] }] }, ["Not x."]],
  ];
  for (const [what, more, expected] of table) {
    it(what, () => {
      const found = { ...base, ...more };
      assert.deepEqual(concernsOf(found, found.certificates[0] ?? collected), expected);
    });
  }

  it("do not take the CA's words about the newest for an older one", () => {
    assert.deepEqual(concernsOf({ ...base, detail: said("Revoked") }, older), []);
    assert.deepEqual(concernsOf({ ...base, answer: refused(-21) }, older), []);
  });
});

describe("the CA's words", () => {
  const table: readonly [string, string | undefined][] = [
    ["PRE-SIGN FAILED: CAA record of shop.example", "pre-sign-failed"],
    ["Pre-Sign  Failed - CAA", "pre-sign-failed"],
    ["PRE_SIGN_FAILED", "pre-sign-failed"],
    ["Pre sign failure (CAA)", "pre-sign-failed"],
    ["PRE\u2011SIGN FAILED", "pre-sign-failed"],
    ["Status: PRE-SIGN FAILED", "pre-sign-failed"],
    ["ＰＲＥ－ＳＩＧＮ ＦＡＩＬＥＤ", "pre-sign-failed"],
    ["POST SIGN FAILED", "post-sign-failed"],
    ["The request was rejected: unknown organisation", "rejected"],
    ["[REJECTED]", "rejected"],
    ["Declined: unknown organisation", "rejected"],
    ["Certificate Revoked", "revoked"],
    ["Issued (Revoked)", "revoked"],
    ["Issued, but replaced", "replaced"],
    ["Superseded", "replaced"],
    ["Issued, not revoked", undefined],
    ["Issued", undefined],
    ["Valid", undefined],
    ["Pre-sign check", undefined],
    ["Revocation pending", undefined],
    ["Pre-Sign Failed", "pre-sign-failed"],
    ["PRESIGN FAILED", "pre-sign-failed"],
    ["POST-SIGN FAILED", "post-sign-failed"],
    ["Rejected: duplicate key", "rejected"],
    [" rejected", "rejected"],
    ["Revoked", "revoked"],
    ["Replaced", "replaced"],
    ["Issued", undefined],
    ["Valid", undefined],
    ["NO STATUS", undefined],
    ["Awaiting Validation (Full)", undefined],
    ["Issued but not yet collected", undefined],
    ["Not revoked", undefined],
    ["Rejectedness", undefined],
  ];
  for (const [text, word] of table) {
    for (const key of ["certificateStatus", "validationStatus"] as const) {
      it(`${JSON.stringify(text)} as ${key}`, () => assert.equal(caWord({ [key]: text })?.word, word));
    }
  }
});

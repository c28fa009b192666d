import assert from "node:assert/strict";
import type { OrderedDomain } from "../../../src/api/services/service-result";
import { english } from "../../../src/orders/localize";
import { deadlinesOf, nextAction } from "../../../src/orders/model/next-action";
import type { CollectedCertificate, Order } from "../../../src/orders/model/order";
import { monthWords, nextActionBrief, nextActionWords } from "../../../src/orders/presentation/deadline-words";
import { warningsDue } from "../../../src/orders/presentation/warnings";
import { DAY } from "./doubles";
import { order } from "./world";

const ENGLISH = { localize: english, language: "en" };
const POLICY = { days: [30, 14, 7, 1], shares: [33, 15, 7, 2], warnsOfReplaced: false };

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

function held(from: string, days: number, subject = "CN=a.example"): CollectedCertificate {
  const notBefore = Date.parse(from);
  return {
    ...{ at: notBefore, leaf: "ab".repeat(32), chain: [], serialNumber: "01", subject, names: ["a.example"] },
    ...{ notBefore, notAfter: notBefore + days * DAY - 1_000 },
  };
}

/** An order without one. */
const bare: Order = { ...order("1"), trackedAt: 0, tags: [], certificates: [], paused: false, muted: false };

/** An order with a certificate, and until when it is paid for. */
function withCertificate(certificate: CollectedCertificate, paidUntil?: string, more: Partial<Order> = {}): Order {
  const detail = paidUntil === undefined ? {} : { productTermEnd: Date.parse(paidUntil) };
  return { ...bare, certificates: [certificate], detail: { at: certificate.at, detail }, ...more };
}

const byMail: readonly OrderedDomain[] = [{ domain: "a.example", method: "email" }];
const validatedByMail: Partial<Order> = {
  validation: { at: 0, from: ["getPostPaymentStatus"], steps: [], domains: byMail, caaErrors: [] },
};

describe("next action of an order", () => {
  const cases: [what: string, order: Order, action: string | undefined][] = [
    ["none without a certificate", bare, undefined],
    [
      "of a certificate that ends with its term",
      withCertificate(held("2026-04-01", 200), "2026-10-18"),
      "renew by 2026-10-17: term",
    ],
    [
      "of a certificate without a known term",
      withCertificate(held("2026-04-01", 200)),
      "renew by 2026-10-17: certificate",
    ],
    [
      "of a certificate within its term",
      withCertificate(held("2026-04-01", 200), "2027-04-01"),
      "reissue by 2026-10-17: certificate",
    ],
    [
      "of validations that shorten the time for the reissue",
      withCertificate(held("2026-09-20", 200), "2027-09-20"),
      "reissue by 2027-03-14: domains",
    ],
    [
      "of validations that end before a reissue is due",
      withCertificate(held("2026-10-20", 200), "2027-10-20"),
      "reissue by 2027-05-07: certificate, validate first",
    ],
    [
      "of validations that end long before an old certificate",
      withCertificate(held("2026-01-10", 398), "2028-01-10"),
      "reissue by 2027-02-11: certificate, validate first",
    ],
    [
      "of 47 days",
      withCertificate(held("2029-04-01", 47), "2030-04-01"),
      "reissue by 2029-05-17: certificate, validate first",
    ],
    ["of 100 days", withCertificate(held("2027-04-01", 100), "2030-04-01"), "reissue by 2027-07-09: certificate"],
    [
      "of a term that ends while a reissue is due",
      withCertificate(held("2027-04-01", 100), "2027-07-01"),
      "renew by 2027-07-01: term",
    ],
    [
      "of e-mail validation, which ends before a reissue is due",
      withCertificate(held("2028-01-10", 100), "2029-01-10", validatedByMail),
      "reissue by 2028-04-18: certificate, validate first",
    ],
    [
      "of e-mail validation, which ends while a reissue is due",
      withCertificate(held("2027-12-20", 100), "2029-01-10", validatedByMail),
      "reissue by 2028-03-14: domains",
    ],
    [
      "of a certificate for mail, whose domains no rule here is about",
      withCertificate(held("2029-04-01", 47), "2030-04-01", { product: "smime" }),
      "reissue by 2029-05-17: certificate",
    ],
  ];
  for (const [what, of, expected] of cases) {
    it(what, () => {
      const action = nextAction(of);
      const first = action?.validatesFirst === true ? ", validate first" : "";
      assert.equal(action && `${action.act} by ${dayOf(action.by)}: ${action.why}${first}`, expected);
      assert.equal(nextAction(of), action);
    });
  }

  it("is said in words, with its reason", () => {
    const reissue = withCertificate(held("2026-10-20", 200), "2027-10-20");
    assert.equal(nextActionBrief(reissue, ENGLISH), "Reissue by May 7, 2027");
    assert.equal(
      nextActionWords(reissue, ENGLISH),
      "Reissue it by May 7, 2027: the certificate ends. Before that, its domains must be validated again.",
    );
    const renew = withCertificate(held("2026-04-01", 200), "2026-10-18");
    assert.equal(nextActionBrief(renew, ENGLISH), "Renew by Oct 17, 2026");
    assert.equal(nextActionWords(renew, ENGLISH), "Order a new certificate by Oct 17, 2026: the paid term ends.");
    assert.equal(nextActionWords(bare, ENGLISH), undefined);
  });

  it("lists all days, the first one first", () => {
    const of = withCertificate(held("2026-04-01", 200, "O=Acme,CN=a.example"), "2027-04-01", validatedByMail);
    assert.deepEqual(
      deadlinesOf(of).map(({ what, at }) => `${dayOf(at)} ${what}`),
      [
        "2026-09-17 reissue",
        "2026-10-17 certificate",
        "2026-10-18 domains",
        "2027-04-01 term",
        "2027-05-04 identity",
        "2028-03-14 email",
      ],
    );
    assert.deepEqual(deadlinesOf(bare), []);
  });

  it("stands below its month, which is overdue once it is over", () => {
    const now = Date.parse("2027-03-10T00:00:00Z");
    assert.equal(monthWords("2027-03", now, ENGLISH), "March 2027");
    assert.equal(monthWords("2027-02", now, ENGLISH), "Overdue: February 2027");
    assert.equal(monthWords("2027-11", now, { ...ENGLISH, language: "de" }), "November 2027");
  });
});

describe("an order that is reissued by its next action, over the milestones", () => {
  /** The longest life by the day of issue: TLS Baseline Requirements section 6.3.2. */
  const lifeOn = (day: string): number => (day < "2027-03-15" ? 200 : day < "2029-03-15" ? 100 : 47);

  it("is acted for in time, and warned of once at each threshold", () => {
    const seen: string[] = [];
    let current = withCertificate(held("2026-03-15", 200), "2030-01-01");
    let warnings: number[] = [];
    for (let now = Date.parse("2026-03-15"); now < Date.parse("2029-09-01"); now += DAY) {
      for (const { days, end, of, isPaid } of warningsDue(current, POLICY, now)) {
        assert.deepEqual([of, isPaid], ["certificate", true]);
        warnings.push(days);
        current = { ...current, warned: [{ at: now, of, end, days }] };
      }
      const action = nextAction(current);
      assert.ok(action);
      // Whoever acts on the last day, or the day before where that is how the end is said, is in time.
      if (now < action.by - DAY) continue;
      const [certificate] = current.certificates;
      assert.ok(certificate && now < certificate.notAfter, `too late on ${dayOf(now)}`);
      seen.push(`${dayOf(now)} ${action.why}${action.validatesFirst ? " validate" : ""} ${warnings.join()}`);
      warnings = [];
      current = withCertificate(held(dayOf(now), lifeOn(dayOf(now))), "2030-01-01");
    }
    assert.deepEqual(seen, [
      "2026-09-30 certificate 30,14,7,1",
      "2027-04-17 certificate validate 30,14,7,1",
      "2027-07-25 certificate 33,15,7,2",
      "2027-11-01 certificate 33,15,7,2",
      "2028-02-08 certificate 33,15,7,2",
      "2028-05-17 certificate 33,15,7,2",
      "2028-08-24 certificate 33,15,7,2",
      "2028-12-01 certificate 33,15,7,2",
      "2029-03-10 certificate 33,15,7,2",
      "2029-06-17 certificate validate 33,15,7,2",
      "2029-08-02 certificate validate 16,8,4",
    ]);
  });
});

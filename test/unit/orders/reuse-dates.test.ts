import assert from "node:assert/strict";
import type { OrderedDomain } from "../../../src/api/services/service-result";
import { PRODUCTS } from "../../../src/api/product";
import { english } from "../../../src/words/localize";
import type { CollectedCertificate, Order } from "../../../src/orders/model/order";
import { lastReuse, validationDates } from "../../../src/orders/model/reuse-dates";
import { validationDateWords } from "../../../src/orders/presentation/validation-date-words";
import { DAY, HOUR } from "./doubles";
import { order } from "./world";

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

describe("how long a validation may be used again", () => {
  // TLS Baseline Requirements section 4.2.1, by the day of issue.
  const DOMAINS: [validated: string, last: string, days: number][] = [
    ["2025-01-10", "2026-02-12", 398],
    ["2025-02-09", "2026-03-14", 398],
    // 398 days would end after they stopped to count, and 200 had passed before.
    ["2025-06-01", "2026-03-14", 398],
    ["2025-08-26", "2026-03-14", 398],
    ["2025-08-27", "2026-03-15", 200],
    ["2026-01-31", "2026-08-19", 200],
    ["2026-03-15", "2026-10-01", 200],
    ["2026-08-26", "2027-03-14", 200],
    ["2026-12-04", "2027-03-14", 200],
    ["2026-12-05", "2027-03-15", 100],
    ["2027-03-15", "2027-06-23", 100],
    ["2028-12-04", "2029-03-14", 100],
    ["2029-03-04", "2029-03-14", 100],
    ["2029-03-05", "2029-03-15", 10],
    ["2030-01-01", "2030-01-11", 10],
  ];
  for (const [validated, last, days] of DOMAINS) {
    it(`of domains from ${validated}: until ${last}`, () => {
      for (const hour of [0, 23]) {
        const { at, days: counted } = lastReuse("domains", Date.parse(validated) + hour * HOUR);
        assert.deepEqual([at, counted], [Date.parse(last), days]);
      }
    });
  }

  const IDENTITY: [validated: string, last: string, days: number][] = [
    ["2023-01-01", "2025-04-05", 825],
    ["2024-01-01", "2026-03-14", 825],
    ["2025-02-10", "2026-03-15", 398],
    ["2026-06-01", "2027-07-04", 398],
  ];
  for (const [validated, last, days] of IDENTITY) {
    it(`of identity from ${validated}: until ${last}`, () => {
      const { at, days: counted } = lastReuse("identity", Date.parse(validated));
      assert.deepEqual([dayOf(at), counted], [last, days]);
    });
  }

  it("is the last day that any rule allows, by a second reading of the table", () => {
    const limitOn = (day: string): number =>
      day < "2026-03-15" ? 398 : day < "2027-03-15" ? 200 : day < "2029-03-15" ? 100 : 10;
    for (let validated = Date.UTC(2024, 11, 1); validated < Date.UTC(2029, 5, 1); validated += 3 * DAY) {
      let last = validated;
      for (let issued = validated; issued <= validated + 400 * DAY; issued += DAY) {
        if (issued - validated <= limitOn(dayOf(issued)) * DAY) last = issued;
      }
      assert.equal(dayOf(lastReuse("domains", validated).at), dayOf(last), dayOf(validated));
    }
  });
});

describe("the dates of an order's validation", () => {
  const ISSUED = Date.UTC(2026, 5, 1);
  const collected = (more: Partial<CollectedCertificate> = {}): CollectedCertificate => ({
    ...{ at: ISSUED, leaf: "a".repeat(64), chain: [], serialNumber: "01", subject: "CN=a.example", names: [] },
    ...{ notBefore: ISSUED, notAfter: ISSUED + 199 * DAY, ...more },
  });
  const made = (more: Partial<Order> = {}): Order => ({
    ...{ ...order("123"), trackedAt: ISSUED, tags: [], certificates: [collected()], paused: false, muted: false },
    ...more,
  });
  const validatedBy = (...domains: Omit<OrderedDomain, "domain">[]): Pick<Order, "validation"> => ({
    validation: {
      ...{ at: ISSUED, from: [], steps: [], caaErrors: [] },
      domains: domains.map((each) => ({ domain: "a.example", ...each })),
    },
  });

  const DATES: [what: string, order: Order, dates: string[], now?: number][] = [
    ["nothing without a certificate", made({ certificates: [] }), []],
    ["domains alone of a DV certificate", made(), ["domains 2026-12-18 4.2.1 200"]],
    [
      "identity of one with an organization",
      made({ certificates: [collected({ subject: "CN=a.example,O=Example\\, Inc.,C=DE" })] }),
      ["domains 2026-12-18 4.2.1 200", "identity 2027-07-04 4.2.1 398"],
    ],
    [
      "identity of one whose organization stands beside another attribute",
      made({ certificates: [collected({ subject: "CN=a.example+O=Example,C=DE" })] }),
      ["domains 2026-12-18 4.2.1 200", "identity 2027-07-04 4.2.1 398"],
    ],
    [
      "no identity of one whose name looks like it",
      made({ certificates: [collected({ subject: "CN=a\\,O=b,OU=x" })] }),
      ["domains 2026-12-18 4.2.1 200"],
    ],
    [
      "the end of e-mail before an order is issued",
      made({ certificates: [], ...validatedBy({ method: "cname" }, { method: "email" }) }),
      ["email 2028-03-14 3.2.2.4.4"],
    ],
    [
      "the end of e-mail for what was validated by it",
      made({
        certificates: [collected({ notBefore: Date.UTC(2028, 1, 1) })],
        ...validatedBy({ method: "email" }),
      }),
      ["domains 2028-03-14 3.2.2.4.4", "email 2028-03-14 3.2.2.4.4"],
    ],
    [
      "the end of telephone calls",
      made({ ...validatedBy({ method: "other", methodWord: "Phone" }) }),
      ["domains 2026-12-18 4.2.1 200", "telephone 2027-03-14 3.2.2.4.16"],
    ],
    [
      "nothing of telephones whose e-mail or record is what the CA asks for",
      made({ certificates: [], ...validatedBy({ method: "cname", methodWord: "CNAME (by phone)" }) }),
      [],
    ],
    ["nothing of methods that go on", made({ certificates: [], ...validatedBy({ method: "http" }, {}) }), []],
    ["a day up to its end", made(), ["domains 2026-12-18 4.2.1 200"], Date.UTC(2026, 11, 18, 23)],
    ["nothing that is over", made(), [], Date.UTC(2026, 11, 19)],
  ];
  for (const [what, each, dates, now = ISSUED] of DATES) {
    it(`are ${what}`, () =>
      assert.deepEqual(
        validationDates(each, now).map((date) =>
          [date.what, dayOf(date.at), date.clause, ...(date.days === undefined ? [] : [date.days])].join(" "),
        ),
        dates,
      ));
  }

  it("are those of TLS certificates", () => {
    const with_ = PRODUCTS.filter((product) => validationDates(made({ product }), ISSUED).length > 0);
    assert.deepEqual(with_, ["ssl"]);
  });

  it("are said as the latest days, with the clause", () => {
    const locale = { localize: english, language: "en" };
    const words = validationDates(
      made({ ...validatedBy({ method: "email" }), certificates: [collected({ subject: "O=x" })] }),
      ISSUED,
    ).map((date) => validationDateWords(date, locale));
    assert.deepEqual(
      words.map(({ label, text }) => `${label} ${text}`),
      [
        "Validation of the domains can be used again until Dec 18, 2026 at the latest (Baseline Requirements 4.2.1: 200 days)",
        "Validation of the organization can be used again until Jul 4, 2027 at the latest (Baseline Requirements 4.2.1: 398 days)",
        "Validation by e-mail is permitted until Mar 14, 2028 at the latest (Baseline Requirements 3.2.2.4.4)",
      ],
    );
  });
});

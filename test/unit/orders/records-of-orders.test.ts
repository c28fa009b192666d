import assert from "node:assert/strict";
import type { StatusDetail, StatusStep } from "../../../src/api/result";
import type { OrderedDomain } from "../../../src/api/services/service-result";
import { english } from "../../../src/words/localize";
import type { CollectedCertificate, Order, Outcome } from "../../../src/orders/model/order";
import { domainsToProve, isStoppedByCaa } from "../../../src/orders/presentation/domains-to-prove";
import { seenStepWords, type SeenRecords } from "../../../src/orders/presentation/record-words";
import { DAY, START } from "./doubles";
import { order } from "./world";

const step = (id: string, state: StatusStep["state"]): StatusStep => ({ id, state, title: id, next: "" });

interface Said {
  readonly detail?: StatusDetail;
  readonly services?: readonly OrderedDomain[];
  readonly reported?: readonly string[];
  readonly outcome?: Outcome;
  readonly hasCertificate?: boolean;
}

function orderOf({ detail, services, reported, outcome = { kind: "pending" }, hasCertificate = false }: Said): Order {
  const collected: CollectedCertificate = {
    ...{ at: START, leaf: "a", chain: ["a"], serialNumber: "01", subject: "CN=b.example", names: ["b.example"] },
    ...{ notBefore: START, notAfter: START + 90 * DAY },
  };
  const note = { at: START, from: [], steps: [], caaErrors: [] } as const;
  return {
    ...order("1"),
    ...{ trackedAt: START, tags: [], paused: false, muted: false },
    certificates: hasCertificate ? [collected] : [],
    answer: { at: START, outcome, inRow: 1 },
    ...(detail && { detail: { at: START, detail } }),
    ...(services && { validation: { ...note, domains: services } }),
    ...(reported && {
      reported: { row: { status: "", domains: reported } } as unknown as NonNullable<Order["reported"]>,
    }),
  };
}

describe("the domains whose control an order has to prove", () => {
  const CASES: readonly (readonly [what: string, said: Said, found: readonly object[]])[] = [
    ["nothing is said", {}, []],
    ["a single domain", { detail: { fqdn: "B.example" } }, [{ domain: "b.example" }]],
    [
      "the step of the whole order is that of its only domain",
      { detail: { fqdn: "b.example", steps: [step("dcvStatus", "you")] } },
      [{ domain: "b.example", state: "you" }],
    ],
    [
      "several domains, each with its own step",
      {
        detail: {
          fqdn: "b.example",
          domains: [
            { domain: "b.example", status: "VALIDATED" },
            { domain: "*.c.example", status: "NOTVALIDATED" },
          ],
          steps: [step("dcvStatus", "you"), step("domain:b.example", "done"), step("domain:*.c.example", "you")],
        },
      },
      [
        { domain: "b.example", state: "done", word: "VALIDATED" },
        { domain: "*.c.example", state: "you", word: "NOTVALIDATED" },
      ],
    ],
    [
      "the services say the method",
      { detail: { fqdn: "b.example" }, services: [{ domain: "B.example", method: "cname", status: "Not Validated" }] },
      [{ domain: "b.example", method: "cname", word: "Not Validated" }],
    ],
    ["a report names what nothing else does", { reported: ["b.example", "b.example"] }, [{ domain: "b.example" }]],
    [
      "a report is not asked where the CA says it",
      { detail: { fqdn: "b.example" }, reported: ["c.example"] },
      [{ domain: "b.example" }],
    ],
    ["of a mailbox, its domain", { reported: ["me@b.example"] }, [{ domain: "b.example" }]],
    ["a name that no domain can have", { detail: { fqdn: "b".repeat(300) } }, []],
    [
      "issued, and nothing else is in work",
      { detail: { fqdn: "b.example" }, outcome: { kind: "issued", leaf: "a" }, hasCertificate: true },
      [],
    ],
    ["to be collected", { detail: { fqdn: "b.example" }, outcome: { kind: "available" } }, []],
    ["waits for another one", { detail: { fqdn: "b.example" }, hasCertificate: true }, [{ domain: "b.example" }]],
    [
      "ended by the CA",
      {
        detail: { fqdn: "b.example" },
        outcome: { kind: "refused", code: -20, message: "", advice: "", after: "final" },
      },
      [],
    ],
    [
      "the CA could not sign it",
      { detail: { fqdn: "b.example", certificateStatus: "PRE-SIGN FAILED" } },
      [{ domain: "b.example" }],
    ],
  ];
  for (const [what, said, found] of CASES) {
    it(what, () => assert.deepEqual(domainsToProve(orderOf(said)), found));
  }

  it("are as many as an order can have, and no more", () => {
    const domains = Array.from({ length: 400 }, (_, index) => ({
      domain: `d${index}.example`,
      status: "NOTVALIDATED",
    }));
    assert.equal(domainsToProve(orderOf({ detail: { domains } })).length, 250);
  });
});

describe("an order that the CA gave up because of CAA", () => {
  const CASES: readonly (readonly [certificateStatus: string, steps: readonly StatusStep[], is: boolean])[] = [
    ["PRE-SIGN FAILED: CAA not authorizing", [], true],
    ["PRE-SIGN FAILED", [], true],
    ["PRE-SIGN FAILED: weak key", [], false],
    ["PRE-SIGN FAILED: weak key", [step("caaStatus", "you")], true],
    ["PRE-SIGN FAILED: weak key", [step("caaStatus", "done")], false],
    ["PRE-SIGN FAILED: weak key", [step("caaStatus", "not-needed")], false],
    ["Awaiting validation", [step("caaStatus", "you")], false],
  ];
  for (const [certificateStatus, steps, is] of CASES) {
    it(`${certificateStatus}, ${steps.map(({ state }) => state).join()}: ${is}`, () =>
      assert.equal(isStoppedByCaa(orderOf({ detail: { certificateStatus, steps } })), is));
  }
});

describe("what a step says of what was seen", () => {
  const seen = (domain: string, found: SeenRecords["found"], by: SeenRecords["by"] | null = "cname"): SeenRecords => ({
    ...{ domain, found, at: START },
    ...(by !== null && { by }),
  });
  const caa = (domain: string, isForbidden?: boolean): SeenRecords => ({
    ...seen(domain, "right"),
    ...(isForbidden !== undefined && { isForbidden }),
  });
  const CASES: readonly (readonly [id: string, seen: readonly SeenRecords[], words: string | undefined])[] = [
    ["dcvStatus", [], undefined],
    ["dcvStatus", [seen("b.example", "missing")], "The CNAME for b.example is not there yet"],
    ["domain:B.example", [seen("b.example", "missing")], "CNAME not there yet"],
    ["domain:b.example", [seen("b.example", "missing", "file")], "File not there yet"],
    ["domain:b.example", [seen("b.example", "missing", "either")], "No CNAME or file yet"],
    ["domain:b.example", [seen("b.example", "wrong")], "Wrong CNAME"],
    ["domain:b.example", [seen("b.example", "wrong", "file")], "Wrong file"],
    ["domain:b.example", [seen("b.example", "wrong", "either")], "Wrong CNAME or file"],
    ["domain:c.example", [seen("b.example", "missing")], undefined],
    ["dcvStatus", [seen("b.example", "missing", "file")], "The file on b.example is not there yet"],
    ["dcvStatus", [seen("b.example", "missing", "either")], "Neither CNAME nor file for b.example is there yet"],
    ["dcvStatus", [seen("b.example", "wrong")], "The CNAME for b.example is not the right one"],
    ["dcvStatus", [seen("b.example", "wrong", "file")], "The file on b.example is not the right one"],
    ["dcvStatus", [seen("b.example", "wrong", "either")], "What is published for b.example is not right"],
    [
      "dcvStatus",
      [seen("b.example", "right"), seen("c.example", "missing")],
      "The CNAME for c.example is not there yet",
    ],
    [
      "dcvStatus",
      [seen("b.example", "missing"), seen("c.example", "missing")],
      "What b.example and 1 more need is not there yet",
    ],
    [
      "dcvStatus",
      [seen("b.example", "missing"), seen("c.example", "wrong")],
      "What b.example and 1 more need is not right yet",
    ],
    ["dcvStatus", [seen("b.example", "right")], "In place, as far as this machine sees"],
    ["dcvStatus", [seen("b.example", "right"), seen("c.example", "unknown")], undefined],
    ["dcvStatus", [seen("b.example", "unknown")], undefined],
    // By e-mail: nothing of it is public.
    ["dcvStatus", [seen("b.example", "missing", null)], undefined],
    ["ovCallbackStatus", [seen("b.example", "missing")], undefined],
    ["caaStatus", [caa("b.example", true)], "CAA for b.example does not allow the CA"],
    [
      "caaStatus",
      [caa("b.example", true), caa("c.example", true)],
      "CAA for b.example and 1 more does not allow the CA",
    ],
    ["caaStatus", [caa("b.example", false)], "CAA allows it, as far as this machine sees"],
    ["caaStatus", [caa("b.example", false), caa("c.example")], undefined],
  ];
  for (const [id, all, words] of CASES) {
    it(`${id}: ${words ?? "nothing"} (${all.map(({ domain, found }) => `${domain} ${found}`).join(", ")})`, () => {
      assert.equal(seenStepWords({ id, state: "you" }, all, START + 1, english), words);
    });
  }

  it("counts the domains that wait, and says nothing of the whole where one of them was not looked at", () => {
    const waiting = [{ domain: "b.example" }, { domain: "c.example" }];
    const say = (all: readonly SeenRecords[]) =>
      seenStepWords({ id: "dcvStatus", state: "you", waiting }, all, START, english);
    assert.equal(say([seen("b.example", "right")]), undefined);
    assert.equal(say([seen("b.example", "right"), seen("d.example", "missing")]), undefined);
    assert.equal(
      say([seen("b.example", "right"), seen("c.example", "right")]),
      "In place, as far as this machine sees",
    );
  });

  it("says nothing a day later, and of a step that does not wait for the person", () => {
    const all = [seen("b.example", "missing")];
    assert.equal(seenStepWords({ id: "dcvStatus", state: "you" }, all, START + DAY, english), undefined);
    assert.equal(seenStepWords({ id: "dcvStatus", state: "done" }, all, START, english), undefined);
  });
});

import assert from "node:assert/strict";
import type { StatusDetail, StatusStep } from "../../../src/api/result";
import type { CaStep, OrderedDomain } from "../../../src/api/services/service-result";
import { nextCheck } from "../../../src/orders/checking/schedule";
import { english, type Locale } from "../../../src/words/localize";
import type { CollectedCertificate, Order, Outcome } from "../../../src/orders/model/order";
import type { ValidationNote } from "../../../src/orders/model/validation";
import { orderRowView } from "../../../src/orders/presentation/order-row";
import { orderTooltip } from "../../../src/orders/presentation/order-tooltip";
import { reportedWords } from "../../../src/orders/presentation/reported-words";
import { stateOf, titleOf } from "../../../src/orders/presentation/state";
import { stepNext, stepTitle } from "../../../src/orders/presentation/step-words";
import { currentSteps } from "../../../src/orders/presentation/steps";
import { dateWords, timeWords } from "../../../src/orders/presentation/time-words";
import { START } from "./doubles";
import { order } from "./world";

const HOUR = 3_600_000;
const locale: Locale = { localize: english, language: "en" };
const DCV_NEXT = "Finish domain control validation (by e-mail, file or DNS, as ordered).";

const csr: StatusStep = { id: "csrStatus", state: "done", title: "Certificate signing request", next: "" };
const dcv: StatusStep = { id: "dcvStatus", state: "you", title: "Domain control validation", next: DCV_NEXT };
const callback: StatusStep = { id: "ovCallbackStatus", state: "you", title: "Verification call", next: "Take it." };
const agreement: StatusStep = {
  ...{ id: "evClickThroughStatus", state: "you", title: "Subscriber agreement (click-through)" },
  next: "Accept the subscriber agreement by the link in the CA's e-mail.",
};
const domainStep = (domain: string, state: StatusStep["state"], next = DCV_NEXT): StatusStep => ({
  ...{ id: `domain:${domain}`, state, title: domain },
  next: state === "you" ? next : "",
});
const caStep = (id: string, state?: CaStep["state"], title = id): CaStep => ({
  ...{ id, title, status: state === "you" ? "ActionRequired" : "Other" },
  ...(state !== undefined && { state }),
});
const domain = (name: string, method?: OrderedDomain["method"], state?: OrderedDomain["state"]): OrderedDomain => ({
  domain: name,
  ...(method !== undefined && { method }),
  ...(state !== undefined && { state }),
});

interface World {
  readonly steps?: readonly StatusStep[];
  readonly detail?: StatusDetail;
  /** When the collect endpoint's detail came first, and when it was last said; hours after START. */
  readonly changed?: number;
  readonly said?: number;
  readonly outcome?: Outcome;
  readonly certificate?: number;
  /** Said an hour after START. */
  readonly note?: Partial<ValidationNote>;
}

function orderOf({ steps, detail, changed = 0, said = 0, outcome = { kind: "pending" }, ...more }: World): Order {
  const { certificate, note } = more;
  const collected: CollectedCertificate = {
    ...{ at: START + (certificate ?? 0) * HOUR, leaf: "a", chain: ["a"], serialNumber: "01", subject: "CN=b.example" },
    ...{ names: ["b.example"], notBefore: START, notAfter: START + 9_000 * HOUR },
  };
  return {
    ...{ ...order("1000001"), trackedAt: START, tags: [], paused: false, muted: false },
    certificates: certificate === undefined ? [] : [collected],
    answer: { at: START + said * HOUR, inRow: 1, outcome },
    ...(steps !== undefined && {
      detail: { at: START + changed * HOUR, detail: { fqdn: "b.example", ...detail, steps } },
    }),
    ...(note !== undefined && {
      validation: { at: START + HOUR, from: ["getPostPaymentStatus"], steps: [], domains: [], caaErrors: [], ...note },
    }),
  };
}

const NOW = START + 10 * HOUR;
const login = { key: "l", proved: true };

function rowOf(found: Order) {
  const circumstances = { login, background: "everything" } as const;
  const check = nextCheck(found, circumstances, NOW, 0);
  return {
    order: found,
    check,
    account: undefined,
    state: stateOf(found, circumstances, check, { secretMissing: false }, NOW, locale),
  };
}

/** The steps in words: "title: state, next". */
const stepsOf = (found: Order): string[] =>
  currentSteps(found).map(
    (step) => `${stepTitle(step, english)}: ${[step.state, stepNext(step, english)].filter(Boolean).join(", ")}`,
  );

const CASES: Readonly<Record<string, readonly [world: World, steps: readonly string[], words: string, brief: string]>> =
  {
    "nothing beside the collect endpoint": [
      { steps: [csr, dcv] },
      ["Certificate signing request: done", `Domain control validation: you, ${DCV_NEXT}`],
      `Waiting for you: ${DCV_NEXT}`,
      "Validate domain",
    ],
    "a record in DNS": [
      { steps: [dcv], note: { domains: [domain("b.example", "cname")] } },
      ["Domain control validation: you, Put the CNAME record for b.example."],
      "Waiting for you: Put the CNAME record for b.example.",
      "Put the CNAME record",
    ],
    "a file": [
      { steps: [dcv], note: { domains: [domain("b.example", "https", "you")] } },
      ["Domain control validation: you, Put the validation file on b.example."],
      "Waiting for you: Put the validation file on b.example.",
      "Put the validation file",
    ],
    "an e-mail": [
      { steps: [dcv], note: { domains: [domain("b.example", "email")] } },
      ["Domain control validation: you, Answer the CA's e-mail for b.example."],
      "Waiting for you: Answer the CA's e-mail for b.example.",
      "Answer the CA's e-mail",
    ],
    "two domains that the collect endpoint names, below a validation that the CA works on": [
      {
        steps: [{ ...dcv, state: "ca", next: "" }, domainStep("b.example", "you"), domainStep("c.example", "you")],
        said: 2,
        note: { domains: [domain("b.example"), domain("c.example", "http", "you")] },
      },
      [
        "Domain control validation: ca",
        `b.example: you, ${DCV_NEXT}`,
        "c.example: you, Put the validation file on c.example.",
      ],
      "Waiting for you: Put the validation file on c.example, and validate 1 more.",
      "Put validation file, 1 more",
    ],
    "one domain of several": [
      {
        ...{ steps: [domainStep("a.example", "done"), domainStep("b.example", "you")] },
        detail: { fqdn: "a.example" },
        note: { domains: [domain("b.example", "cname", "you")] },
      },
      ["a.example: done", "b.example: you, Put the CNAME record for b.example."],
      "Waiting for you: Put the CNAME record for b.example.",
      "Put the CNAME record for b.example",
    ],
    "a method that nobody knows": [
      { steps: [dcv], note: { domains: [domain("b.example", "other"), domain("c.example")] } },
      [`Domain control validation: you, ${DCV_NEXT}`],
      `Waiting for you: ${DCV_NEXT}`,
      "Validate domain",
    ],
    "several domains, one of them done at the collect endpoint and one at the service": [
      {
        steps: [dcv, domainStep("a.example", "done"), domainStep("B.example", "you"), domainStep("c.example", "you")],
        note: {
          domains: [
            domain("a.example", "cname", "you"),
            domain("b.example", "http", "done"),
            domain("c.example"),
            domain("d.example", "cname", "you"),
          ],
        },
      },
      [
        "Domain control validation: you, Put the CNAME record for d.example, and validate 1 more.",
        "a.example: done",
        "B.example: done",
        `c.example: you, ${DCV_NEXT}`,
      ],
      "Waiting for you: Put the CNAME record for d.example, and validate 1 more.",
      "Put CNAME record, 1 more",
    ],
    "a step that the services hold for not needed, and the collect endpoint does not": [
      { steps: [callback], note: { steps: [caStep("callbackStatus", "not-needed")] } },
      ["Verification call: you, Take it."],
      "Waiting for you: Take it.",
      "Take the CA's call",
    ],
    "a domain that waits, in a validation that the services call done": [
      {
        steps: [csr],
        note: { steps: [caStep("dcvStatus", "done")], domains: [domain("b.example", "cname", "you")] },
      },
      ["Certificate signing request: done"],
      "Being processed by the CA",
      "CA: processing",
    ],
    "all domains are validated since": [
      { steps: [dcv], note: { domains: [domain("b.example", "cname", "done")] } },
      ["Domain control validation: done"],
      "Being processed by the CA",
      "CA: processing",
    ],
    "all domains were validated, says the service, and the collect endpoint says later that they are not": [
      {
        steps: [dcv, domainStep("b.example", "you")],
        said: 2,
        note: { domains: [domain("b.example", "cname", "done")] },
      },
      [
        "Domain control validation: you, Put the CNAME record for b.example.",
        "b.example: you, Put the CNAME record for b.example.",
      ],
      "Waiting for you: Put the CNAME record for b.example.",
      "Put the CNAME record",
    ],
    "the services said that it waits, before the collect endpoint said that it is done": [
      {
        steps: [{ ...dcv, state: "done", next: "" }],
        changed: 2,
        said: 2,
        note: { domains: [domain("b.example", "cname", "you")] },
      },
      ["Domain control validation: done"],
      "Being processed by the CA",
      "CA: processing",
    ],
    "an agreement whose mail was not opened": [
      { steps: [agreement], note: { agreement: { lastSent: "2026-11-20" } } },
      [
        "Subscriber agreement (click-through): you, Accept the subscriber agreement by the link in the CA's e-mail (sent on 2026-11-20, not opened).",
      ],
      "Waiting for you: Accept the subscriber agreement by the link in the CA's e-mail (sent on 2026-11-20, not opened).",
      "Accept the agreement",
    ],
    "an agreement that the services alone name": [
      {
        note: {
          steps: [caStep("agreementStatus", "you", "Agreement")],
          agreement: { lastSent: "2026-11-20", lastOpened: "2026-11-21" },
        },
      },
      [
        "Subscriber agreement (click-through): you, Accept the subscriber agreement by the link in the CA's e-mail (sent on 2026-11-20, opened on 2026-11-21).",
      ],
      "Waiting for you: Accept the subscriber agreement by the link in the CA's e-mail (sent on 2026-11-20, opened on 2026-11-21).",
      "Accept the agreement",
    ],
    "a step in the CA's words": [
      { note: { steps: [caStep("identityStatus", "you", "Upload your ID"), caStep("x", "done"), caStep("y")] } },
      ["“Upload your ID”, in the CA's words: you"],
      "Waiting for you: “Upload your ID”, in the CA's words",
      "“Upload your ID”, in the CA's words",
    ],
    "a step in the CA's words that waits for the CA": [
      { note: { steps: [caStep("reviewStatus", "ca", "Review")] } },
      ["“Review”, in the CA's words: ca"],
      "Waiting for the CA: “Review”, in the CA's words",
      "CA: “Review”, in the CA's words",
    ],
    "a step in the CA's words, and a change at the collect endpoint since": [
      { steps: [csr], changed: 2, said: 2, note: { steps: [caStep("identityStatus", "you", "Upload your ID")] } },
      ["Certificate signing request: done"],
      "Being processed by the CA",
      "CA: processing",
    ],
    "a call that was taken since": [
      { steps: [callback], note: { steps: [caStep("callbackStatus", "done")] } },
      ["Verification call: done"],
      "Being processed by the CA",
      "CA: processing",
    ],
    "a call that the services say is with the CA": [
      { steps: [callback], note: { steps: [caStep("callbackStatus", "ca")] } },
      ["Verification call: ca"],
      "Waiting for the CA: Verification call",
      "CA: verification call",
    ],
    "a call whose state nobody knows": [
      { steps: [callback], note: { steps: [caStep("callbackStatus")] } },
      ["Verification call: you, Take it."],
      "Waiting for you: Take it.",
      "Take the CA's call",
    ],
    "domains that the services alone name": [
      { note: { domains: [domain("b.example", "cname", "you"), domain("c.example", "http")] } },
      ["Domain control validation: you, Put the CNAME record for b.example, and validate 1 more."],
      "Waiting for you: Put the CNAME record for b.example, and validate 1 more.",
      "Put CNAME record, 1 more",
    ],
    "a CAA check that failed": [
      { note: { caaErrors: ["b.example: issue"] } },
      ["CAA check: you, Publish a CAA record that authorizes sectigo.com, or remove the ones that forbid it."],
      "Waiting for you: Publish a CAA record that authorizes sectigo.com, or remove the ones that forbid it.",
      "Fix the CAA record",
    ],
    "an order that was rejected": [
      {
        ...{ said: 2, note: { steps: [caStep("agreementStatus", "you")] } },
        outcome: { kind: "refused", code: -20, message: "Rejected", advice: "", after: "final" },
      },
      [],
      "Rejected (-20)",
      "Rejected (-20)",
    ],
    "what was said before the certificate came": [
      { steps: [dcv], changed: 3, said: 3, certificate: 2, note: { domains: [domain("b.example", "cname", "you")] } },
      [`Domain control validation: you, ${DCV_NEXT}`],
      `Waiting for you: ${DCV_NEXT}`,
      "Validate domain",
    ],
  };

describe("what the CA waits for, by the collect endpoint and the services", () => {
  for (const [what, [world, steps, words, brief]] of Object.entries(CASES)) {
    it(`is said in steps and in rows: ${what}`, () => {
      const found = orderOf(world);
      assert.deepEqual(stepsOf(found), steps);
      const row = rowOf(found);
      assert.equal(row.state.words, words);
      assert.ok(`${orderRowView(row, NOW, locale).description} ·`.startsWith(`${brief} · SSL ·`));
    });
  }

  it("costs nothing where no service was asked", () => {
    const found = orderOf({ steps: [csr, dcv] });
    assert.equal(currentSteps(found), found.detail?.detail.steps);
  });
});

describe("an order that a report listed", () => {
  const reported = { at: START, row: { status: "Awaiting Validation", domains: ["b.example"], notAfter: START } };

  it("is called by its domain before the first collect call", () => {
    assert.equal(titleOf({ ...orderOf({}), reported }), "b.example");
    assert.equal(titleOf({ ...orderOf({}), reported, label: "Shop" }), "Shop");
    assert.equal(titleOf({ ...orderOf({}), reported: { at: START } }), "1000001");
  });

  const at = (hours: number): number => START + hours * HOUR;
  const clock = (hours: number): string => timeWords(at(hours), NOW, locale);
  const end = dateWords(START, locale);
  const CASES: readonly (readonly [what: string, part: Partial<Order>, listed: number | undefined, words?: string])[] =
    [
      ["nothing reported", {}, 5],
      ["not listed any more", { reported: { at: at(5) } }, 5],
      ["before the first check", { reported }, undefined, `${clock(0)} says: Awaiting Validation, valid until ${end}`],
      ["in every report since", { reported }, 5, `${clock(5)} says: Awaiting Validation, valid until ${end}`],
      ["before a check said more", { reported, answer: { at: at(7), inRow: 1, outcome: { kind: "pending" } } }, 5],
      [
        "after a check",
        {
          reported: { at: at(8), row: { status: "Valid" } },
          answer: { at: at(7), inRow: 1, outcome: { kind: "pending" } },
        },
        5,
        `${clock(8)} says: Valid`,
      ],
    ];
  for (const [what, part, listed, words] of CASES) {
    it(`says what it rests on: ${what}`, () => {
      const { answer, ...unasked } = orderOf({});
      assert.ok(answer);
      const found = { ...unasked, ...part };
      const expected = words === undefined ? undefined : `As the CA's report of ${words}`;
      const listedAt = listed === undefined ? undefined : at(listed);
      assert.equal(reportedWords(found, listedAt, NOW, locale), expected);
      const lines = orderTooltip({ ...rowOf(found), ...(listedAt !== undefined && { listedAt }) }, NOW, locale);
      assert.equal(
        lines.find((line) => line.startsWith("As the CA's report")),
        expected,
      );
    });
  }
});

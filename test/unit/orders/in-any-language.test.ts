import { stepNext } from "../../../src/orders/presentation/step-words";
import assert from "node:assert/strict";
import { readOrderFile } from "../../../src/orders/import/order-file";
import { isProblem } from "../../../src/orders/import/parsed-order";
import { parseOrders } from "../../../src/orders/import/parse-orders";
import { readTrackLink } from "../../../src/orders/import/track-link";
import type { JournalLine } from "../../../src/orders/journal/events";
import { concernsOf } from "../../../src/orders/model/concerns";
import type { CollectedCertificate, Login, Order, Outcome } from "../../../src/orders/model/order";
import { messageSaid, refusalSaid, saidMessage } from "../../../src/orders/model/said-message";
import { GROUPINGS, type OrderRow } from "../../../src/orders/presentation/arrange";
import { orderRowView } from "../../../src/orders/presentation/order-row";
import { orderTooltip } from "../../../src/orders/presentation/order-tooltip";
import { outageWords } from "../../../src/orders/presentation/outage";
import { stateOf, titleOf } from "../../../src/orders/presentation/state";
import { timelineOf } from "../../../src/orders/presentation/timeline";
import { NO_REASON } from "../../../src/api/codes";
import { inEnglish, localeOf } from "../../../src/words/localize";
import { phrase } from "../../../src/words/phrase";
import { PSEUDO, remnants, untranslated } from "../words/pseudo";
import { DAY, START } from "./doubles";
import { order } from "./world";

// Names, numbers and the CA's words in here have no three letters in a row: any such word is one that we forgot.

const NOON = START + DAY / 2;
const LEAF = "0".repeat(64);
/** Names of our products, of formats, and of the CA itself are the same in every language. */
const KEPT = new Set(["SSL", "SHA", "CNAME", "UTC", "MIME"]);
/** The formats of times and days are those of English here. */
const FORMATS = /\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|ago|(?:hour|day|month)s?)\b/;
const left = (text: string): readonly string[] =>
  remnants(text).filter((word) => !KEPT.has(word) && !FORMATS.test(word));
const isSaid = (text: string): void => assert.deepEqual(left(text), [], text);

const certificate: CollectedCertificate = {
  ...{ at: START, leaf: LEAF, chain: [LEAF], serialNumber: "01", subject: "CN=a1", names: ["a1.b2"] },
  ...{ notBefore: START, notAfter: START + 90 * DAY },
};
const base: Order = {
  ...order("1000001"),
  ...{ label: "a1.b2", trackedAt: START, tags: ["t1", "t2"], certificates: [], paused: false, muted: true },
};
const answered = (outcome: Outcome, more: Partial<Order> = {}): Order => ({
  ...base,
  asked: { at: START, why: "person", question: "everything", answered: true },
  answer: { at: START, outcome, inRow: 1 },
  ...more,
});
const refused = (after: Extract<Outcome, { kind: "refused" }>["after"], code = -4): Outcome => ({
  ...{
    kind: "refused",
    code,
    message: NO_REASON,
    advice: "The certificate is revoked: stop using it and order a new one.",
  },
  after,
});
const steps = (...all: readonly (readonly [id: string, title: string, next: string, state: "you" | "ca"])[]) => ({
  detail: { at: START, detail: { steps: all.map(([id, title, next, state]) => ({ id, title, next, state })) } },
});
const GONE = phrase(
  "The server {0} refused the connection: check host name and port, and whether a firewall or a stopped proxy is in the way.",
  "a1.b2",
);

const ORDERS: Readonly<Record<string, Order>> = {
  unchecked: base,
  pending: answered({ kind: "pending" }),
  available: answered({ kind: "available" }),
  "issued again": answered({ kind: "issued", leaf: LEAF }, { certificates: [certificate] }),
  "failed, as it is kept": answered({ kind: "failed", code: "refused", ...saidMessage(GONE) }),
  "failed, in a text by itself": answered({ kind: "failed", code: "cancelled", message: "The call was cancelled." }),
  "not understood": answered({
    ...{ kind: "not-understood", code: "limit" },
    ...saidMessage(
      phrase("{0}", {
        sentences: [
          phrase("The answer is empty."),
          phrase("Check again later, and ask the CA's support if the problem persists."),
        ],
      }),
    ),
  }),
  ...Object.fromEntries(
    (["final", "later", "slow", "soon", "hours", "sign-in", "code", "bug"] as const).map((after) => [
      `refused: ${after}`,
      answered(refused(after)),
    ]),
  ),
  "by a code": { ...answered(refused("final")), ...steps(["dcvStatus", "Domain control validation", "", "you"]) },
  "a step of the CA": answered(
    { kind: "pending" },
    steps(["evAssumedName", "EV: assumed name", "The CA says “x1”.", "ca"]),
  ),
  "a step of a person": answered(
    { kind: "pending" },
    steps(["domain:a1", "a1", "The CA says “x1”.", "you"], ["caaStatus", "CAA check", "", "ca"]),
  ),
  collected: answered(
    { kind: "issued", leaf: LEAF },
    { certificates: [certificate], saved: { at: NOON, leaf: LEAF, profile: "p1", files: [] } },
  ),
  doubtful: answered(
    { kind: "issued", leaf: LEAF },
    {
      certificates: [
        {
          ...certificate,
          doubts: [
            {
              kind: "names",
              ...saidMessage(phrase("{0} must be {1}.", "a1", phrase("numbers with commas between them"))),
            },
          ],
        },
      ],
    },
  ),
  revoked: answered(
    { kind: "issued", leaf: LEAF },
    { certificates: [certificate], revocation: { at: NOON, leaf: LEAF, state: "revoked", since: START } },
  ),
};

describe("In any language, an order", () => {
  const key = "sectigo/a1";
  const LOGINS: readonly (Login | undefined)[] = [
    { key, proved: true },
    // What fails is said of an account that never reached its CA.
    { key, proved: false },
    ...[0, -16].map((code): Login => ({ key, proved: false, frozen: { at: START, code, message: NO_REASON } })),
    undefined,
  ];
  for (const [what, each] of Object.entries(ORDERS)) {
    it(`that is ${what} is said in whole`, () => LOGINS.forEach((login) => isWhole(each, login)));
  }

  function isWhole(each: Order, login: Login | undefined): void {
    const state = stateOf(
      each,
      { login, background: "everything" },
      { reason: "waiting", plan: { reason: "waiting" } },
      { secretMissing: false },
      NOON,
      PSEUDO,
    );
    isSaid(`${state.words} ${state.advice ?? ""}`);
    const row: OrderRow = {
      order: each,
      state,
      check: { reason: "waiting", plan: { reason: "waiting" } },
      account: undefined,
    };
    for (const by of GROUPINGS) {
      const { title, description, label } = orderRowView(row, NOON, PSEUDO, { by });
      isSaid(`${title} ${description} ${label}`);
    }
    isSaid(orderTooltip(row, NOON, PSEUDO).join("\n"));
    for (const concern of concernsOf(each, certificate, PSEUDO.localize)) isSaid(concern);
  }

  it("of which the CA says a word that nobody knows has it in a sentence of the reader's language", () => {
    const known = localeOf("de", (text) => (text === "The CA says “{0}”." ? "Die CA sagt „{0}“." : undefined));
    const step = { id: "x1", state: "you", title: "x1", next: "The CA says “a ” b”." } as const;
    assert.equal(stepNext(step, known.localize), "Die CA sagt „a ” b“.");
  });

  it("without a name has one in the reader's language", () => {
    const nameless: Order = { ...base, reference: { kind: "collectionCode" }, label: "" };
    assert.equal(titleOf(nameless), "Order with a collection code");
    isSaid(titleOf(nameless, PSEUDO.localize));
  });

  it("that cannot be reached is said in whole", () => {
    for (const kind of ["stopped", "unsent", "unanswered"] as const)
      for (const code of ["proxy", "tls", "certificate-name", "redirected", "ca-file", "reset"])
        for (const isOnly of [true, false]) {
          const words = outageWords(
            { ca: "sandbox", kind, since: START, last: { code, message: "" } },
            isOnly,
            NOON,
            PSEUDO,
          );
          isSaid(words.replace(/\b[AP]M\b/, ""));
        }
  });
});

describe("In any language, the history of an order", () => {
  const { id } = base;
  const by = { id, login: "sectigo/a1" };
  const place = { host: "a1.b2", port: 443, protocol: "tls" } as const;
  const served = { ...by, place, leaf: LEAF, addresses: [] };
  const EVENTS: readonly object[] = [
    ...["forgotten", "restored", "opened", "watched", "agreed", "code-entered", "paused", "resumed"].map((type) => ({
      type,
      id,
    })),
    ...["archived", "unarchived", "muted", "unmuted"].map((type) => ({ type, id })),
    order("1"),
    ...["", "a1"].map((label) => ({ type: "renamed", id, label })),
    ...[[], ["a1"], ["a1", "b2"]].map((tags) => ({ type: "tagged", id, tags })),
    ...["person", "schedule"].map((why) => ({ type: "asked", ...by, why, question: "everything" })),
    ...Object.values(ORDERS).flatMap(({ answer }) =>
      answer === undefined ? [] : { type: "answered", ...by, ...answer },
    ),
    { type: "collected", ...by, ...certificate, doubts: [{ kind: "chain", ...saidMessage(GONE) }] },
    { type: "saved", id, leaf: LEAF, profile: "p1", files: [] },
    ...["", "t1"].map((task) => ({ type: "after-saving-set", id, task })),
    ...[[], [place], [place, { ...place, port: 25 }]].map((servers) => ({ type: "servers-set", id, servers })),
    { type: "task-started", id, leaf: LEAF, task: "t1" },
    ...[{}, { exitCode: 1 }].map((more) => ({
      type: "task-ended",
      id,
      leaf: LEAF,
      task: "t1",
      started: START,
      ...more,
    })),
    { type: "served", ...served },
    { type: "served", ...served, since: START },
    ...["this", "other"].map((state) => ({
      type: "served",
      ...served,
      addresses: [
        { address: "1", state },
        { address: "2", state: "other" },
      ],
    })),
    ...["good", "revoked", "unknown"].map((state) => ({ type: "revocation", id, leaf: LEAF, state })),
    { type: "revocation", id, leaf: LEAF, state: "revoked", since: START, issuer: true },
    ...["served", "term", "certificate"].map((of) => ({ type: "warned", id, of, end: START, days: 7 })),
    { type: "look-armed", id, due: START },
    { type: "unchanged", id, from: START, to: START, count: 3 },
    ...[{}, { row: {} }, { row: { status: "s1" } }].map((row) => ({ type: "reported", id, ...row })),
    ...["RetryCAACheck", "ResendDCVEmail"].map((service) => ({ type: "service-asked", ...by, service, why: "person" })),
    ...[
      { kind: "answered" },
      { kind: "refused", code: -16, message: NO_REASON, after: "order" },
      { kind: "not-understood", code: "text", ...saidMessage(GONE) },
      { kind: "failed", code: "reset", ...saidMessage(GONE) },
    ].map((outcome) => ({ type: "service-answered", ...by, service: "RetryCAACheck", outcome })),
    {
      type: "validation",
      id,
      from: [],
      steps: [{ id: "x", title: "x1", status: "y2" }],
      domains: [{ domain: "a1" }],
      caaErrors: ["e1"],
    },
  ];
  it("is said in whole", () => {
    const history = EVENTS.map((event, index) => {
      const line = { v: 1, at: START, line: `${"0".repeat(16)}:${index + 1}`, ...event } as JournalLine;
      return { line, segment: "s1", text: "", chained: true };
    });
    for (const { words, more } of timelineOf(history, PSEUDO.localize)) isSaid([words, ...more].join("\n"));
  });
});

describe("In any language, what is wrong", () => {
  const file = (...orders: readonly object[]): string => JSON.stringify({ version: 1, orders });
  const one = { product: "ssl", orderNumber: "1000001" };
  const save = (files: object, profile = "plain"): object => ({ ...one, save: { profile, files } });
  const FILES: readonly string[] = [
    ...["", "{}", JSON.stringify({ version: 1, orders: [], $schema: 1, x1: 2 }), "[".repeat(2_000_000), file(one, one)],
    ...[1, {}, { product: "ssl" }, { ...one, orderNumber: 1 }, { ...one, label: 1 }, { ...one, tags: 1 }].map((each) =>
      file(each as object),
    ),
    ...[
      { ...one, after: 1 },
      { ...one, after: {} },
      { ...one, hosts: 1 },
      { ...one, hosts: ["/"] },
      { ...one, save: 1 },
    ].map((each) => file(each)),
    ...[
      save({}, "p1"),
      save({}),
      save({ chain: "../x" }),
      save({ chain: "con" }),
      save({ chain: "a", certificate: "a" }),
    ].map((each) => file(each)),
    file(save({ certificate: "a" }, "nginx")),
    file({ ...one, pin: "1" }),
  ];
  it("with an order file is said in whole", () => {
    const said = new Set<string>();
    for (const { message } of FILES.flatMap((text) => readOrderFile(text).problems)) {
      assert.deepEqual(untranslated(message), [], message.text);
      said.add(message.text);
    }
    assert.ok(said.size >= 22, [...said].join("\n"));
  });

  const TEXTS: readonly string[] = [
    ...["{", '{"version":9,"orders":[]}', "{}", '[{"orderNumber":12345678901234567890}, true, {"x1": 1}]', "curl x1"],
    ...["order;name\n1.2E+08;a1\n;b2\nx;c3\n1 2;d4\n1000001 1000002;e5", "x1 y2\n", "1.1.2026", "code: 1\n12 EUR\n"],
    ...["SCM order 1000001", "phone 1000001", "product;code\nssl;!!!!!!!!!!!!!!!!!!!!!!"],
  ];
  it("with a text of orders is said in whole", () => {
    const said = new Set<string>();
    for (const { message } of TEXTS.flatMap((text) => parseOrders(text).problems)) {
      assert.deepEqual(untranslated(message), [], message.text);
      said.add(message.text);
    }
    assert.ok(said.size >= 8, [...said].join("\n"));
  });

  it("with a link is said in whole", () => {
    const LINKS = [
      "",
      `x${"y".repeat(1000)}`,
      "product=ssl&product=ssl",
      "x=1",
      "product=x",
      "product=ssl",
      "product=ssl&orderNumber=x",
    ];
    for (const query of [...LINKS, "product=ssl&orderNumber=1&label=%0A\n"]) {
      const read = readTrackLink("/track", query);
      assert.ok(isProblem(read), query);
      assert.deepEqual(untranslated(read), [], read.text);
    }
  });
});

describe("A sentence of ours, as it is kept", () => {
  it("is English, and has its words only where these have values", () => {
    assert.deepEqual(saidMessage("Ours."), { message: "Ours." });
    assert.deepEqual(saidMessage(phrase("Ours.")), { message: "Ours." });
    const kept = saidMessage(GONE);
    assert.deepEqual(kept, { message: inEnglish(GONE), said: GONE });
    assert.equal(messageSaid(kept), GONE);
  });

  it("of an earlier version is said as it is, or translated where it is a text by itself", () => {
    const old = { message: inEnglish(GONE) };
    assert.equal(inEnglish(messageSaid(old)), old.message);
    assert.deepEqual(untranslated(messageSaid({ message: "The call was cancelled." })), []);
  });

  it("is not looked for in the CA's words, except that it has none", () => {
    assert.equal(refusalSaid("The call was cancelled."), "The call was cancelled.");
    assert.notEqual(typeof refusalSaid(NO_REASON), "string");
  });
});

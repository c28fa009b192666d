import fc from "fast-check";
import { WRITER_DIGITS, type JournalLine, type OrderEvent } from "../../../src/orders/journal/events";
import { Fold } from "../../../src/orders/journal/fold";
import { formatOrderId } from "../../../src/orders/model/order-id";
import type { Outcome } from "../../../src/orders/model/order";
import { START } from "./doubles";

export const HASH = "ab".repeat(32);

/** An order by its number, of the account "acc". */
export function tracked(number: string) {
  const name = { ca: "sectigo", product: "ssl", reference: { kind: "orderNumber", value: number } } as const;
  return { type: "tracked", id: formatOrderId(name), ...name, account: "acc" } as const;
}

/** All that a fold holds, to compare. */
export function stateOf(lines: readonly JournalLine[]) {
  const fold = new Fold();
  for (const line of lines) fold.apply(line);
  return {
    orders: [...fold.orderIds()].sort().map((id) => fold.order(id)),
    accounts: [...fold.accountIds()].sort().map((id) => fold.account(id)),
    logins: LOGINS.map((key) => fold.login(key)),
    paused: fold.paused,
    moved: PLACES.map((place) => fold.movedTo(formatOrderId(place))),
  };
}

/** What orders may be called at a CA that their account moved to: several may come to one place. */
const PLACES = (["1", "2"] as const).map((value) => {
  return { ca: "sandbox", product: "ssl", reference: { kind: "orderNumber", value } } as const;
});

const LOGINS = ["sectigo/", "sectigo/a", "sectigo/b"];

const id = fc.constantFrom("1", "2", "3").map((number) => tracked(number).id);
const login = fc.constantFrom(...LOGINS);
const time = fc.nat(50).map((after) => START + after);
const text = fc.string({ maxLength: 10 });
const hash = fc.constantFrom("a", "b", "c").map((digit) => digit.repeat(64));
const ofOrder = (...types: string[]) => fc.record({ type: fc.constantFrom(...types), id });

const server = fc.record({
  host: fc.constantFrom("a.example", "b.example"),
  port: fc.constant(443),
  protocol: fc.constantFrom("tls", "smtp"),
});

const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.record({ kind: fc.constantFrom("pending" as const, "available" as const) }),
  fc.record({ kind: fc.constant("issued" as const), leaf: hash }),
  fc.record({
    kind: fc.constant("refused" as const),
    code: fc.integer({ min: -200, max: -1 }),
    message: text,
    advice: text,
    after: fc.constantFrom("final", "later", "slow", "soon", "hours", "sign-in", "code", "bug"),
  }),
  fc.record(
    { kind: fc.constant("not-understood" as const), code: text, message: text, retryAfter: fc.nat() },
    { requiredKeys: ["kind", "code", "message"] },
  ),
  fc.record({ kind: fc.constant("failed" as const), code: text, message: text }),
);

const detail = fc.record(
  {
    fqdn: text,
    notAfter: time,
    domains: fc.array(fc.record({ domain: text, status: text }), { maxLength: 2 }),
    steps: fc.array(fc.record({ id: text, state: fc.constantFrom("done", "you", "ca"), title: text, next: text }), {
      maxLength: 2,
    }),
  },
  { requiredKeys: [] },
);

const credential = fc.constantFrom("one", "two");

const service = fc.constantFrom("WebHostReport", "RetryCAACheck");

const serviceOutcome = fc.oneof(
  fc.constant({ kind: "answered" }),
  fc.record({
    kind: fc.constant("refused"),
    code: fc.constantFrom(-16, -42),
    message: text,
    after: fc.constantFrom("sign-in", "hours"),
  }),
  fc.record({ kind: fc.constant("failed"), code: text, message: text }),
);

/** Any event, of few orders and logins so that they meet. */
export const anyEvent: fc.Arbitrary<OrderEvent> = fc
  .oneof(
    fc
      .tuple(
        fc.constantFrom("1", "2", "3").map(tracked),
        fc.record({ label: text, tags: fc.array(text, { maxLength: 2 }) }, { requiredKeys: [] }),
      )
      .map(([of, more]) => ({ ...of, ...more })),
    fc.tuple(fc.constantFrom("1", "2", "3").map(tracked), fc.constantFrom(...PLACES)).map(([of, place]) => {
      return { ...of, ...place };
    }),
    ofOrder("forgotten", "restored", "opened", "watched", "agreed", "code-entered", "paused", "resumed"),
    ofOrder("archived", "unarchived", "muted", "unmuted"),
    fc.record({ type: fc.constantFrom("opened", "watched"), id, at: fc.constant(0) }),
    fc.record({ type: fc.constant("renamed"), id, label: text }),
    fc.record({ type: fc.constant("tagged"), id, tags: fc.array(text, { maxLength: 2 }) }),
    fc.record(
      {
        type: fc.constant("asked"),
        id,
        login,
        credential,
        why: fc.constantFrom("schedule", "person"),
        question: fc.constantFrom("everything", "status"),
      },
      { requiredKeys: ["type", "id", "login", "why", "question"] },
    ),
    fc.record(
      {
        type: fc.constant("answered"),
        id,
        login,
        credential,
        outcome,
        inRow: fc.nat(9),
        failures: fc.nat(9),
        proves: fc.boolean(),
        detail,
      },
      { requiredKeys: ["type", "id", "login", "outcome", "inRow", "failures", "proves"] },
    ),
    fc.record(
      {
        type: fc.constant("collected"),
        id,
        leaf: hash,
        chain: fc.array(hash, { maxLength: 3 }),
        serialNumber: text,
        subject: text,
        names: fc.array(text, { maxLength: 3 }),
        notBefore: time,
        notAfter: time,
        doubts: fc.array(fc.record({ kind: fc.constantFrom("names", "chain"), message: text }), { maxLength: 2 }),
      },
      { requiredKeys: ["type", "id", "leaf", "chain", "serialNumber", "subject", "names", "notBefore", "notAfter"] },
    ),
    fc.record(
      {
        type: fc.constant("revocation"),
        id,
        leaf: hash,
        state: fc.constantFrom("good", "revoked"),
        since: time,
        issuer: fc.constant(true),
      },
      { requiredKeys: ["type", "id", "leaf", "state"] },
    ),
    fc.record(
      {
        type: fc.constant("saved"),
        id,
        leaf: hash,
        profile: text,
        files: fc.array(fc.record({ uri: text, part: text }), { maxLength: 2 }),
        key: text,
      },
      { requiredKeys: ["type", "id", "leaf", "profile", "files"] },
    ),
    fc.record({ type: fc.constant("after-saving-set"), id, task: text }),
    fc.record({ type: fc.constant("servers-set"), id, servers: fc.array(server, { maxLength: 2 }) }),
    fc.record({ type: fc.constant("task-started"), id, leaf: hash, task: text }),
    fc.record(
      { type: fc.constant("task-ended"), id, leaf: hash, task: text, started: time, exitCode: fc.nat(2) },
      { requiredKeys: ["type", "id", "leaf", "task", "started"] },
    ),
    fc.record(
      {
        type: fc.constant("served"),
        id,
        place: server,
        leaf: hash,
        since: time,
        addresses: fc.array(fc.record({ address: text, state: fc.constantFrom("this", "other") }), { maxLength: 2 }),
      },
      { requiredKeys: ["type", "id", "place", "leaf", "addresses"] },
    ),
    fc.record({ type: fc.constant("look-armed"), id, due: time }),
    fc.record({ type: fc.constantFrom("checks-paused", "checks-resumed") }),
    fc.record({
      type: fc.constant("account-set"),
      account: fc.record({
        id: fc.constantFrom("acc", "other"),
        label: text,
        loginName: fc.constantFrom("a", "b"),
        host: text,
        ca: fc.constantFrom("sectigo", "sandbox"),
      }),
    }),
    fc.record({ type: fc.constant("account-removed"), account: fc.constantFrom("acc", "other") }),
    fc.record(
      { type: fc.constant("frozen"), login, credential, code: fc.integer({ min: -20, max: 0 }), message: text },
      { requiredKeys: ["type", "login", "code", "message"] },
    ),
    fc.record(
      { type: fc.constant("thawed"), login, credential, why: fc.constantFrom("credentials", "try-once") },
      { requiredKeys: ["type", "login", "why"] },
    ),
    fc.record(
      {
        type: fc.constant("reported"),
        id,
        row: fc.record({ status: text, domains: fc.array(text, { maxLength: 2 }) }, { requiredKeys: [] }),
        news: fc.constant(true),
      },
      { requiredKeys: ["type", "id"] },
    ),
    fc.record(
      {
        type: fc.constant("validation"),
        id,
        from: fc.constant(["getPostPaymentStatus"]),
        steps: fc.array(fc.record({ id: text, title: text, status: text }), { maxLength: 2 }),
        domains: fc.array(fc.record({ domain: text }), { maxLength: 2 }),
        caaErrors: fc.array(text, { maxLength: 1 }),
        orderStatus: text,
        agreement: fc.record({ lastSent: text }),
      },
      { requiredKeys: ["type", "id", "from", "steps", "domains", "caaErrors"] },
    ),
    fc.record(
      {
        type: fc.constant("service-asked"),
        id,
        login,
        credential,
        service,
        why: fc.constantFrom("schedule", "person"),
      },
      { requiredKeys: ["type", "login", "service", "why"] },
    ),
    fc.record(
      {
        type: fc.constant("service-answered"),
        id,
        login,
        credential,
        service,
        outcome: serviceOutcome,
        failures: fc.nat(2),
        proves: fc.boolean(),
        round: fc.record({ began: time, through: fc.constantFrom("1", "2") }, { requiredKeys: ["began"] }),
      },
      { requiredKeys: ["type", "login", "service", "outcome", "failures", "proves"] },
    ),
    fc.record({ type: fc.constant("report-watch"), login, on: fc.boolean() }),
    fc.record({ type: fc.constant("unchanged"), id, from: time, to: time, count: fc.nat() }),
  )
  .map((made) => made as unknown as OrderEvent);

/** Lines of three writers, with times that repeat and go back. */
export const anyLines: fc.Arbitrary<JournalLine[]> = fc
  .array(fc.tuple(anyEvent, fc.nat(20), fc.nat(2), fc.option(fc.nat(20), { nil: undefined })), { maxLength: 40 })
  .map((entries) =>
    entries.map(([made, after, writer, raised], index) => {
      const stamp = { v: 1, at: START + after, line: `${String(writer).repeat(WRITER_DIGITS)}:${index}` };
      const t = raised === undefined ? {} : { t: START + raised };
      return JSON.parse(JSON.stringify({ ...stamp, ...t, ...made })) as JournalLine;
    }),
  );

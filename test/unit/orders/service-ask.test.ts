import { TransportError } from "../../../src/api/transport";
import { inEnglish } from "../../../src/words/localize";
import { phrase } from "../../../src/words/phrase";
import assert from "node:assert/strict";
import type { ServiceResult } from "../../../src/api/services/service-result";
import type { ServiceAskResult, ServiceQuestion } from "../../../src/orders/checking/service-ask";
import { ASK_LIMITS } from "../../../src/orders/checking/turn";
import { DAY, HOUR, MINUTE, settle } from "./doubles";
import { ACCOUNT, ACCOUNT_SET, LOGIN, order, refused, World, type Window } from "./world";

const never = new AbortController().signal;
const REPORT: ServiceQuestion = { service: "WebHostReport", account: ACCOUNT.id, values: {} };
const ID = order("1").id;
const RETRY: ServiceQuestion = { service: "RetryCAACheck", account: ACCOUNT.id, order: ID, values: {} };

const refusal = (code: number, after: Extract<ServiceResult, { kind: "refused" }>["after"]): ServiceResult => ({
  kind: "refused",
  code,
  message: "no",
  after,
});
const unread = { kind: "not-understood", reason: "text", seen: phrase("Odd."), excerpt: "" } as const;
const absent: ServiceResult = { kind: "unknown-service", httpStatus: 404, seen: phrase("Not found.") };
const DONE: ServiceResult = { kind: "done", message: "Done" };

/** A window with one order; `proved`: its login has signed in well before. */
async function open({ proved }: { proved: boolean }): Promise<{ world: World; window: Window }> {
  const world = new World();
  const window = world.window();
  await window.record(ACCOUNT_SET, order("1"));
  if (proved) await window.ask(ID, "person", never);
  return { world, window };
}

describe("a call of a service", () => {
  const cases: readonly (readonly [
    what: string,
    proved: boolean,
    answer: ServiceResult,
    result: ServiceAskResult["kind"],
    after: { readonly proved: boolean; readonly frozen?: number },
  ])[] = [
    ["a good answer proves a login", false, DONE, "answered", { proved: true }],
    [
      "a refused first sign-in freezes it",
      false,
      refusal(-16, "sign-in"),
      "sign-in-refused",
      { proved: false, frozen: -16 },
    ],
    ["a login that has proved itself is not frozen", true, refusal(-16, "sign-in"), "not-enabled", { proved: true }],
    ["nor by a permission that is missing", true, refusal(-91, "not-enabled"), "not-enabled", { proved: true }],
    ["which says nothing of one that has not", false, refusal(-91, "not-enabled"), "not-enabled", { proved: false }],
    ["a first sign-in whose answer nobody understands", false, unread, "failed", { proved: false, frozen: 0 }],
    ["an answer that nobody understands", true, unread, "failed", { proved: true }],
    [
      "an argument may be refused before the login is looked at",
      false,
      refusal(-4, "order"),
      "refused",
      { proved: false },
    ],
    ["a server without the service", true, absent, "not-enabled", { proved: true }],
    ["which may be a wrong host, if nothing else of it answered", false, absent, "failed", { proved: false }],
    ["a failure of the CA", false, refusal(-14, "later"), "refused", { proved: false }],
  ];
  for (const [what, proved, answer, result, after] of cases)
    it(what, async () => {
      const { world, window } = await open({ proved });
      world.services = () => Promise.resolve(answer);
      const told = await window.serviceAsk(REPORT, "person", never);
      assert.equal(told.kind, result);
      const login = window.book.login(LOGIN);
      assert.equal(login.proved, after.proved);
      assert.equal(login.frozen?.code, after.frozen);
      assert.equal(world.serviceCalls.length, 1);
    });

  it("is journaled before it is sent, and its answer before the next one", async () => {
    const { world, window } = await open({ proved: true });
    let before: readonly string[] = [];
    world.services = () => {
      before = world.shared.lines.map(({ type }) => type).slice(-1);
      return Promise.resolve(DONE);
    };
    await window.serviceAsk(RETRY, "person", never);
    assert.deepEqual(before, ["service-asked"]);
    const last = window.journal.appends.slice(-2);
    assert.deepEqual(last, [
      { types: ["service-asked"], durability: "durable" },
      { types: ["service-answered"], durability: "durable" },
    ]);
  });

  it("is refused once, never twice, whoever asks after it", async () => {
    const { world, window } = await open({ proved: false });
    world.services = () => Promise.resolve(refusal(-16, "sign-in"));
    const other = world.window();
    await other.book.refresh();
    const results = await Promise.all([
      window.serviceAsk(REPORT, "person", never),
      other.serviceAsk(REPORT, "person", never),
      window.ask(ID, "person", never),
    ]);
    assert.deepEqual(results.map(({ kind }) => kind).sort(), ["frozen", "frozen", "sign-in-refused"]);
    assert.equal(world.serviceCalls.length + world.calls.length, 1);
  });

  it("probes a login that was refused there by one call at a collect endpoint", async () => {
    const { world, window } = await open({ proved: false });
    world.services = () => Promise.resolve(refusal(-16, "sign-in"));
    await window.serviceAsk(REPORT, "person", never);
    await window.record({ type: "thawed", login: LOGIN, why: "try-once" });
    assert.equal((await window.ask(ID, "person", never)).kind, "answered");
    assert.equal(window.book.login(LOGIN).proved, true);
    // The login is good: the same refusal means now that it is not enabled for the service.
    assert.equal((await window.serviceAsk(REPORT, "person", never)).kind, "not-enabled");
    assert.equal(window.book.login(LOGIN).frozen, undefined);
  });

  it("that died with its process freezes a login that has not proved itself", async () => {
    const { world, window } = await open({ proved: false });
    await window.record({ type: "service-asked", service: "WebHostReport", login: LOGIN, why: "person" });
    const other = world.window();
    await other.book.refresh();
    const told = await other.serviceAsk(REPORT, "person", never);
    assert.deepEqual([told.kind, world.serviceCalls.length], ["frozen", 0]);
  });

  it("waits until the CA must be done with a call whose process died", async () => {
    const { world, window } = await open({ proved: true });
    await window.record({ type: "service-asked", service: "WebHostReport", login: LOGIN, why: "person" });
    const asking = window.serviceAsk(REPORT, "person", never);
    await settle();
    assert.equal(world.serviceCalls.length, 0);
    await world.clock.advance(ASK_LIMITS.silence);
    assert.equal((await asking).kind, "answered");
  });

  it("does not overlap a check of an order", async () => {
    const { world, window } = await open({ proved: true });
    world.latency = 2_000;
    await world.clock.advance(4 * HOUR);
    const both = Promise.all([window.ask(ID, "person", never), window.serviceAsk(REPORT, "person", never)]);
    await world.clock.advance(MINUTE);
    await both;
    assert.equal(world.mostInFlight, 1);
  });

  it("by schedule never sends a login that has not proved itself", async () => {
    const { world, window } = await open({ proved: false });
    assert.equal((await window.serviceAsk(REPORT, "schedule", never)).kind, "gone");
    assert.equal(world.serviceCalls.length, 0);
  });

  const waits: readonly (readonly [what: string, answer: ServiceResult, until: number, why: string])[] = [
    ["a call limit", refusal(-42, "hours"), 6 * HOUR, "call-limit"],
    ["Retry-After", { ...unread, reason: "http-status", retryAfter: HOUR }, HOUR, "retry-after"],
  ];
  for (const [what, answer, ms, why] of waits)
    it(`honors ${what}, for services and for orders`, async () => {
      const { world, window } = await open({ proved: true });
      world.services = () => Promise.resolve(answer);
      await window.serviceAsk(REPORT, "person", never);
      const at = world.clock.now();
      const told = await window.serviceAsk(REPORT, "person", never);
      assert.deepEqual(told, { kind: "not-now", until: at + ms, why });
      await world.clock.advance(4 * HOUR);
      const asked = await window.ask(ID, "schedule", never);
      assert.equal(asked.kind, ms > 4 * HOUR ? "not-now" : "answered");
    });

  it("keeps the pace of a service about one order, and of that order alone", async () => {
    const { world, window } = await open({ proved: true });
    await window.record(order("2"));
    const at = world.clock.now();
    assert.equal((await window.serviceAsk(RETRY, "person", never)).kind, "answered");
    const soon = await window.serviceAsk(RETRY, "person", never);
    assert.deepEqual(soon, { kind: "not-now", until: at + 10 * MINUTE, why: "pace" });
    assert.equal((await window.serviceAsk({ ...RETRY, order: order("2").id }, "person", never)).kind, "answered");
    await world.clock.advance(10 * MINUTE);
    assert.equal((await window.serviceAsk(RETRY, "person", never)).kind, "answered");
    // A time that a wrong clock wrote is not waited for.
    world.clock.set(at - DAY);
    assert.equal((await window.serviceAsk(RETRY, "person", never)).kind, "answered");
  });

  it("says what it could not do", async () => {
    const { world, window } = await open({ proved: true });
    const kindOf = async (question: ServiceQuestion) => (await window.serviceAsk(question, "person", never)).kind;
    assert.equal(await kindOf({ ...REPORT, account: "nobody" }), "gone");
    assert.equal(await kindOf({ ...RETRY, order: "nothing" }), "gone");
    window.options.passwords = false;
    assert.equal(await kindOf(REPORT), "no-secret");
    window.options.passwords = true;
    window.journal.failure = Object.assign(new Error("The disk is full."), { code: "disk-full" });
    assert.deepEqual(await window.serviceAsk(REPORT, "person", never), {
      kind: "not-recorded",
      code: "disk-full",
      message: "The disk is full.",
      asked: false,
    });
    const cancelled = new AbortController();
    world.services = () => {
      cancelled.abort();
      return Promise.reject(new Error("aborted"));
    };
    const told = await window.serviceAsk(REPORT, "person", cancelled.signal);
    assert.deepEqual([told.kind, "code" in told && told.code], ["failed", "cancelled"]);
  });

  it("that fails says why in English, and keeps its words for any language", async () => {
    const { world, window } = await open({ proved: true });
    const said = phrase("The server {0} could not be called: see the log for the cause.", "a.example");
    world.services = () => Promise.reject(new TransportError("failed", said));
    const told = await window.serviceAsk(REPORT, "person", never);
    assert.deepEqual(told, { kind: "failed", code: "failed", message: inEnglish(said), said });
  });

  it("is journaled with the credential that is sent, also if the book knows none", async () => {
    const world = new World();
    const password = () => Promise.resolve({ text: "secret", credential: "named" });
    const window = world.window({ secrets: { password, collectionCode: () => Promise.resolve(undefined) } });
    await window.record(ACCOUNT_SET);
    await window.serviceAsk(REPORT, "person", never);
    const lines = world.shared.lines.filter((line) => line.type.startsWith("service-"));
    assert.deepEqual(
      lines.map((line) => "credential" in line && line.credential),
      ["named", "named"],
    );
  });

  it("is not sent when it was cancelled while the password was looked for", async () => {
    const world = new World();
    const cancelled = new AbortController();
    const password = () => {
      cancelled.abort();
      return Promise.resolve({ text: "secret", credential: "" });
    };
    const window = world.window({ secrets: { password, collectionCode: () => Promise.resolve(undefined) } });
    await window.record(ACCOUNT_SET);
    assert.equal((await window.serviceAsk(REPORT, "person", cancelled.signal)).kind, "cancelled");
    assert.equal(world.serviceCalls.length, 0);
  });

  it("does not send a password that was replaced in another window", async () => {
    const { world, window } = await open({ proved: false });
    await window.record({ type: "thawed", login: LOGIN, credential: "new", why: "credentials" });
    assert.equal((await window.serviceAsk(REPORT, "person", never)).kind, "no-secret");
    assert.equal(world.serviceCalls.length, 0);
  });

  it("counts among failures in a row as a check does, unless nobody understands it", async () => {
    const { world, window } = await open({ proved: true });
    const failing = (): Promise<ServiceResult> => Promise.reject(Object.assign(new Error("reset"), { code: "reset" }));
    const failures: (number | undefined)[] = [];
    for (const answer of [failing, failing, () => Promise.resolve(unread), failing, () => Promise.resolve(DONE)]) {
      world.services = answer;
      await window.serviceAsk(REPORT, "person", never);
      failures.push(window.book.login(LOGIN).lastAnswer?.failures);
    }
    assert.deepEqual(failures, [1, 2, 2, 3, 0]);
  });

  it("keeps a refusal that the journal did not take, and asks nothing before it did", async () => {
    const { world, window } = await open({ proved: false });
    const full = () => Object.assign(new Error("The disk is full."), { code: "disk-full" });
    world.services = () => {
      window.journal.failure = full();
      return Promise.resolve(refusal(-16, "sign-in"));
    };
    assert.equal((await window.serviceAsk(REPORT, "person", never)).kind, "not-recorded");
    assert.equal(window.book.login(LOGIN).frozen?.code, -16);
    assert.equal((await window.ask(ID, "person", never)).kind, "frozen");
    assert.equal(world.calls.length, 0);
  });

  it("says nothing of orders: a refused collect call is what freezes", async () => {
    const { world, window } = await open({ proved: true });
    await window.serviceAsk(REPORT, "person", never);
    world.answers.set(ID, () => refused(-16, "sign-in"));
    await world.clock.advance(4 * HOUR);
    await window.ask(ID, "person", never);
    assert.equal(window.book.login(LOGIN).frozen?.code, -16);
  });
});

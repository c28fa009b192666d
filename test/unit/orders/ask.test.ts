import { inEnglish } from "../../../src/words/localize";
import { phrase } from "../../../src/words/phrase";
import assert from "node:assert/strict";
import { TransportError } from "../../../src/api/transport";
import { ASK_LIMITS, UnrecordedRefusals } from "../../../src/orders/checking/turn";
import { DAY, HOUR, MINUTE, settle, START, type MemoryJournal } from "./doubles";
import { ACCOUNT_SET, issued, LOGIN, order, PENDING, refused, World } from "./world";

const never = new AbortController().signal;

describe("asking", () => {
  it("writes 'asked' before the call and 'answered' after it", async () => {
    const world = new World();
    const window = world.window();
    const [id = ""] = await window.track("1");
    const seen: string[] = [];
    world.answers.set(id, () => {
      seen.push(...world.shared.lines.map((line) => line.type));
      return PENDING;
    });
    const result = await window.ask(id, "schedule", never);
    assert.equal(result.kind, "answered");
    assert.deepEqual(seen, ["account-set", "tracked", "asked"]);
    assert.deepEqual(
      world.shared.lines.map((line) => line.type),
      ["account-set", "tracked", "asked", "answered"],
    );
    assert.equal(window.book.get(id)?.answer?.outcome.kind, "pending");
    // On the disk, both: a crash of the machine during the call must not make the next one come too soon.
    const durable = (type: string) => ({ types: [type], durability: "durable" });
    assert.deepEqual(window.journal.appends.slice(-2), [durable("asked"), durable("answered")]);
  });

  it("asks in a form that a person chose, gives back the answer, and takes CA certificates alone for no failure", async () => {
    const world = new World();
    const window = world.window();
    const [id = ""] = await window.track("1");
    const answer = { ...issued("a.example", START, 90), certificates: [] };
    const forms: unknown[] = [];
    world.answers.set(id, ({ form }) => {
      forms.push(form);
      return answer;
    });
    const chosen = await window.ask(id, "person", never, { form: { queryType: "3" } });
    assert.ok(chosen.kind === "answered" && chosen.result === answer);
    assert.deepEqual([chosen.answer.outcome.kind, forms], ["available", [{ queryType: "3" }]]);
    await world.clock.advance(4 * HOUR);
    const usual = await window.ask(id, "person", never);
    assert.ok(
      usual.kind === "answered" && usual.result === undefined && usual.answer.outcome.kind === "not-understood",
    );
    assert.deepEqual(forms, [{ queryType: "3" }, undefined]);
  });

  it("keeps the certificates and says which one is new, once", async () => {
    const world = new World();
    const window = world.window();
    const [id = ""] = await window.track("1");
    world.answers.set(id, () => issued("a.example", START, 90));
    const first = await window.ask(id, "schedule", never);
    assert.ok(first.kind === "answered" && first.collected);
    assert.deepEqual(first.collected.names, ["a.example"]);
    assert.equal(window.blobs.has(first.collected.leaf), true);
    await world.clock.advance(4 * HOUR);
    const second = await window.ask(id, "person", never);
    assert.ok(second.kind === "answered" && !second.collected);
    assert.equal(window.book.get(id)?.certificates.length, 1);
  });

  it("writes a detail only when it says something new", async () => {
    const world = new World();
    const window = world.window();
    const [id = ""] = await window.track("1");
    const details = [{ fqdn: "a.example" }, { fqdn: "a.example" }, {}, { fqdn: "b.example" }];
    world.answers.set(id, (_, count) => ({ kind: "pending", detail: details[count - 1] ?? {} }));
    while (world.calls.length < details.length) {
      await window.ask(id, "schedule", never);
      await world.clock.advance(4 * HOUR);
    }
    const written = world.shared.lines.flatMap((line) => (line.type === "answered" ? [line.detail?.fqdn] : []));
    assert.deepEqual(written, ["a.example", undefined, undefined, "b.example"]);
    assert.equal(window.book.get(id)?.detail?.detail.fqdn, "b.example");
  });

  it("looks again under the lock: what another window asked meanwhile is not asked again", async () => {
    const world = new World();
    const [one, two] = [world.window(), world.window()];
    const [id = ""] = await one.track("1");
    await two.book.refresh();
    const results = await Promise.all([one.ask(id, "schedule", never), two.ask(id, "schedule", never)]);
    assert.deepEqual(results.map((result) => result.kind).sort(), ["answered", "not-now"]);
    assert.equal(world.calls.length, 1);
    assert.equal(two.book.get(id)?.answer?.outcome.kind, "pending");
  });

  it("looks again where it hears nothing of other windows, too", async () => {
    const world = new World();
    const [first, deaf] = [world.window(), world.window({ deaf: true })];
    const [id = ""] = await first.track("1");
    await deaf.book.refresh();
    await first.ask(id, "schedule", never);
    const second = await deaf.ask(id, "schedule", never);
    assert.deepEqual([second.kind, world.calls.length], ["not-now", 1]);
  });

  it("lets a person ask sooner after agreeing, once for each wait", async () => {
    const world = new World();
    const window = world.window();
    const [id = ""] = await window.track("1");
    await window.ask(id, "person", never);
    await world.clock.advance(2 * MINUTE);
    assert.equal((await window.ask(id, "person", never)).kind, "not-now");
    await window.record({ type: "agreed", id });
    assert.equal((await window.ask(id, "person", never)).kind, "answered");
    await world.clock.advance(2 * MINUTE);
    assert.equal((await window.ask(id, "person", never)).kind, "not-now");
  });

  it("skips when this window has no secret, and writes nothing", async () => {
    const world = new World();
    const window = world.window({ passwords: false });
    await window.record(ACCOUNT_SET, order("1"), order("2", "sectigo", null));
    const lines = world.shared.lines.length;
    assert.deepEqual(await window.ask(order("1").id, "schedule", never), { kind: "no-secret", missing: "password" });
    assert.equal(world.shared.lines.length, lines);
  });

  it("does not wait for a keyring that never answers", async () => {
    const world = new World();
    const window = world.window();
    const [id = ""] = await window.track("1");
    Object.defineProperty(window.options, "passwords", { get: () => true });
    const { createAsk } = await import("../../../src/orders/checking/ask");
    const ask = createAsk({
      book: window.book,
      lock: world.lock,
      secrets: { password: () => new Promise(() => undefined), collectionCode: () => new Promise(() => undefined) },
      collect: (call, signal) => world.collect(call, signal),
      summarizeCollected: () => Promise.reject(new Error()),
      blobs: { put: () => Promise.reject(new Error()), get: () => Promise.reject(new Error()) },
      clock: world.clock,
      background: () => "everything",
      unexpected: () => undefined,
      refusals: new UnrecordedRefusals(),
    });
    const asking = ask(id, "schedule", never);
    await world.clock.advance(ASK_LIMITS.secrets);
    assert.deepEqual(await asking, { kind: "no-secret", missing: "password" });
    assert.equal((await window.ask(id, "schedule", never)).kind, "answered");
  });

  it("makes a failure of what the call throws, in words that hold no secret", async () => {
    const world = new World();
    const window = world.window();
    const [one = "", two = ""] = await window.track("1", "2");
    world.answers.set(one, () => Promise.reject(new TransportError("refused", "The server refused the connection.")));
    world.answers.set(two, () => Promise.reject(new TypeError("body: loginPassword=secret")));
    await window.ask(one, "schedule", never);
    assert.deepEqual(window.book.get(one)?.answer?.outcome, {
      kind: "failed",
      code: "refused",
      message: "The server refused the connection.",
    });
    await world.clock.advance(HOUR);
    const named = phrase("The server {0} could not be called: see the log for the cause.", "a.example");
    world.answers.set(one, () => Promise.reject(new TransportError("refused", named)));
    await window.ask(one, "person", never);
    const kept = { kind: "failed", code: "refused", message: inEnglish(named), said: named };
    assert.deepEqual(window.book.get(one)?.answer?.outcome, kept);
    await world.clock.advance(HOUR);
    await window.ask(two, "schedule", never);
    assert.doesNotMatch(JSON.stringify(world.shared.lines), /secret/);
    assert.equal(window.unexpected.length, 1);
  });

  it("ends a call that outlasts its limit, even one that heeds no signal, and frees the lock", async () => {
    const world = new World();
    const window = world.window();
    const [one = "", two = ""] = await window.track("1", "2");
    await window.ask(two, "person", never);
    world.answers.set(one, () => new Promise(() => undefined));
    const asking = window.ask(one, "schedule", never);
    await world.clock.advance(ASK_LIMITS.call);
    const result = await asking;
    assert.ok(result.kind === "answered" && result.answer.outcome.kind === "failed");
    assert.equal(result.answer.outcome.code, "timed-out");
    await world.clock.advance(DAY);
    assert.equal((await window.ask(two, "schedule", never)).kind, "answered");
  });

  it("gives up waiting for its turn: busy for the schedule, cancelled for whoever cancels", async () => {
    const world = new World();
    const window = world.window();
    const [id = ""] = await window.track("1");
    const turn = await world.lock.acquire("sectigo", "schedule", never);
    const busy = window.ask(id, "schedule", never);
    const controller = new AbortController();
    const cancelled = window.ask(id, "person", controller.signal);
    await world.clock.advance(ASK_LIMITS.lock);
    assert.equal((await busy).kind, "busy");
    controller.abort();
    assert.equal((await cancelled).kind, "cancelled");
    turn.dispose();
    await settle();
    assert.equal((await window.ask(id, "schedule", never)).kind, "answered");
  });

  it("asks nothing when the journal does not take 'asked'", async () => {
    const world = new World();
    const window = world.window();
    const [id = ""] = await window.track("1");
    window.journal.failure = Object.assign(new Error("The disk is full."), { code: "disk-full" });
    assert.deepEqual(await window.ask(id, "schedule", never), {
      kind: "not-recorded",
      code: "disk-full",
      message: "The disk is full.",
      asked: false,
    });
    assert.equal(world.calls.length, 0);
  });
});

describe("account guard", () => {
  const signIn = refused(-16, "sign-in");

  it("stops every call of a login after one refusal, in every window and for both accounts that name it", async () => {
    const world = new World();
    const [one, two] = [world.window(), world.window()];
    const twin = { ...ACCOUNT_SET, account: { ...ACCOUNT_SET.account, id: "twin" } };
    const ids = await one.track("1", "2", "3");
    const third = order("9", "sectigo", "twin");
    await one.record(twin, third);
    await two.book.refresh();
    for (const id of [...ids, third.id]) world.answers.set(id, () => signIn);
    const first = await one.ask(ids[0] ?? "", "schedule", never);
    assert.ok(first.kind === "answered" && first.froze?.code === -16);
    for (const [window, id] of [
      [one, ids[1]],
      [two, ids[2]],
      [two, third.id],
    ] as const) {
      const result = await window.ask(id ?? "", "schedule", never);
      assert.ok(result.kind === "frozen" && !result.now);
    }
    assert.equal(world.calls.length, 1);
    assert.equal(two.book.account("twin")?.frozen?.code, -16);
  });

  it("asks nothing more before a refusal is journaled that the journal did not take", async () => {
    const world = new World();
    const window = world.window();
    const ids = await window.track("1", "2", "3");
    await window.ask(ids[0] ?? "", "schedule", never);
    // The password was changed at the CA, and the disk filled up while the call was under way.
    const full = Object.assign(new Error("The disk is full."), { code: "disk-full" });
    const journal = window.journal as { append: MemoryJournal["append"] };
    const append = journal.append.bind(window.journal);
    for (const id of ids) {
      world.answers.set(id, () => {
        journal.append = () => Promise.reject(full);
        return signIn;
      });
    }
    const lost = await window.ask(ids[1] ?? "", "schedule", never);
    assert.ok(lost.kind === "not-recorded" && lost.asked);
    const still = await window.ask(ids[2] ?? "", "schedule", never);
    assert.ok(still.kind === "not-recorded" && !still.asked);
    journal.append = append;
    const frozen = await window.ask(ids[2] ?? "", "schedule", never);
    assert.ok(frozen.kind === "frozen" && frozen.freeze.code === -16);
    assert.equal(world.calls.length, 2);
  });

  it("journals a refusal alone where its answer was too much for the disk", async () => {
    const world = new World();
    const [window, other] = [world.window(), world.window()];
    const ids = await window.track("1", "2", "3");
    await window.ask(ids[0] ?? "", "schedule", never);
    world.answers.set(ids[1] ?? "", () => {
      window.journal.failure = Object.assign(new Error("The disk is full."), { code: "disk-full" });
      return signIn;
    });
    await window.ask(ids[1] ?? "", "schedule", never);
    await other.book.refresh();
    assert.equal((await other.ask(ids[2] ?? "", "schedule", never)).kind, "frozen");
    assert.equal(world.calls.length, 2);
  });

  for (const loginName of ["alice/", "a/b", "/", "sectigo/"]) {
    it(`takes “${loginName}” for the login that it is`, async () => {
      const world = new World();
      const window = world.window();
      const [id = ""] = await window.track("1");
      await window.record({ type: "account-set", account: { ...ACCOUNT_SET.account, loginName } });
      world.answers.set(id, () => Promise.reject(Object.assign(new Error("It failed."), { code: "reset" })));
      const result = await window.ask(id, "schedule", never);
      assert.ok(result.kind === "answered" && result.froze?.code === 0);
    });
  }

  it("sends no password of one CA for an order of another", async () => {
    const world = new World();
    const window = world.window();
    await window.record(ACCOUNT_SET, order("1", "sandbox"), order("2", "other:ca.example"));
    for (const { id } of window.book.orders()) {
      assert.deepEqual(await window.ask(id, "person", never), { kind: "gone" });
    }
    assert.equal(world.calls.length, 0);
  });

  for (const [reason, isFrozen] of [
    ["text", true],
    ["html", false],
    ["http-status", false],
    ["damaged", false],
  ] as const) {
    it(`${isFrozen ? "freezes" : "does not freeze"} an unproved login whose answer is not understood: ${reason}`, async () => {
      const world = new World();
      const window = world.window();
      const [id = "", other = ""] = await window.track("1", "2");
      const riddle = { kind: "not-understood", reason, seen: phrase("Hm."), excerpt: "" } as const;
      world.answers.set(id, () => riddle);
      const first = await window.ask(id, "schedule", never);
      assert.equal(first.kind === "answered" && first.froze !== undefined, isFrozen);
      if (!isFrozen) return;
      await world.clock.advance(MINUTE);
      await window.record({ type: "thawed", login: LOGIN, why: "try-once" });
      await window.ask(other, "schedule", never);
      await world.clock.advance(DAY);
      // Once it has proved itself a text says nothing against it.
      const proved = await window.ask(id, "schedule", never);
      assert.ok(proved.kind === "answered" && !proved.froze);
    });
  }

  it("makes one probing call after new credentials, and freezes again if that is refused", async () => {
    const world = new World();
    const window = world.window();
    const ids = await window.track("1", "2", "3");
    for (const id of ids) world.answers.set(id, () => signIn);
    await window.start();
    await world.clock.advance(DAY);
    assert.equal(world.calls.length, 1);
    await window.record({ type: "thawed", login: LOGIN, why: "credentials" });
    await world.clock.advance(DAY);
    assert.equal(world.calls.length, 2);
    for (const id of ids) world.answers.set(id, () => PENDING);
    await window.record({ type: "thawed", login: LOGIN, why: "try-once" });
    await world.clock.advance(HOUR);
    assert.equal(new Set(world.calls.slice(2).map((call) => call.id)).size, 3);
  });

  it("freezes a login when the first call with it was never answered: its process died", async () => {
    const world = new World();
    const [dead, window] = [world.window(), world.window()];
    const [id = "", other = ""] = await dead.track("1", "2");
    await dead.record({ type: "asked", id, login: LOGIN, why: "schedule", question: "everything" });
    await window.book.refresh();
    const result = await window.ask(other, "schedule", never);
    assert.ok(result.kind === "frozen" && result.now && result.freeze.code === 0);
    assert.equal(world.calls.length, 0);
    await window.record({ type: "thawed", login: LOGIN, why: "try-once" });
    // The CA may be at work on the dead one's call, whatever a person said since.
    await world.clock.advance(ASK_LIMITS.silence);
    assert.equal((await window.ask(other, "schedule", never)).kind, "answered");
    assert.equal(world.calls.length, 1);
  });

  it("does not freeze a proved login for that", async () => {
    const world = new World();
    const [dead, window] = [world.window(), world.window()];
    const [id = "", other = "", third = ""] = await dead.track("1", "2", "3");
    await dead.ask(id, "schedule", never);
    await dead.record({ type: "asked", id: other, login: LOGIN, why: "schedule", question: "everything" });
    await window.book.refresh();
    const asking = window.ask(third, "schedule", never);
    // The CA may be at work on the dead one's call.
    await world.clock.advance(ASK_LIMITS.silence - 1);
    assert.equal(world.calls.length, 1);
    await world.clock.advance(1);
    assert.equal((await asking).kind, "answered");
  });

  const failures: [string, boolean][] = [
    ["unresolved", false],
    ["refused", false],
    ["certificate-untrusted", false],
    ["proxy", false],
    ["timed-out", true],
    ["reset", true],
    ["cancelled", true],
    ["too-large", true],
  ];
  for (const [code, frozen] of failures) {
    it(`${frozen ? "freezes" : "does not freeze"} an unproved login when its call ends "${code}"`, async () => {
      const world = new World();
      const window = world.window();
      const [id = ""] = await window.track("1");
      const error = Object.assign(new Error("It failed."), { code });
      world.answers.set(id, () => Promise.reject(error));
      const result = await window.ask(id, "schedule", never);
      assert.equal(result.kind === "answered" && result.froze !== undefined, frozen);
    });
  }

  it("stops one order alone for a wrong collection code", async () => {
    const world = new World();
    const window = world.window();
    const byCode = (number: string) => ({
      ...order(number, "sectigo", null),
      reference: { kind: "collectionCode" } as const,
    });
    await window.record(byCode("1"), byCode("2"));
    world.answers.set(order("1").id, () => refused(-16, "sign-in"));
    const first = await window.ask(order("1").id, "schedule", never);
    assert.ok(first.kind === "answered" && !first.froze);
    assert.equal((await window.ask(order("2").id, "schedule", never)).kind, "answered");
    await world.clock.advance(30 * DAY);
    assert.equal((await window.ask(order("1").id, "schedule", never)).kind, "not-now");
    await window.record({ type: "code-entered", id: order("1").id });
    assert.equal((await window.ask(order("1").id, "schedule", never)).kind, "answered");
  });
});

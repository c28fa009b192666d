import assert from "node:assert/strict";
import { NotAgreedError } from "../../../src/editor/window/look-consent";
import type { LookNetwork } from "../../../src/editor/window/look-network";
import type { LookAtDomains } from "../../../src/editor/window/look-runs";
import { RecordLooks } from "../../../src/editor/window/record-looks";
import type { SubjectName } from "../../../src/editor/window/subject-name";
import { RecordMemory } from "../../../src/editor/window/record-memory";
import type { FoundRequest } from "../../../src/editor/window/found-request";
import type { StatusDetail } from "../../../src/api/result";
import type { BookChange } from "../../../src/orders/journal/book";
import type { Order } from "../../../src/orders/model/order";
import type { LookPlan, ServedOrder } from "../../../src/validation/look";
import type { LookPorts } from "../../../src/validation/ports";
import { FakeClock, MINUTE, settle, START } from "../orders/doubles";
import { order } from "../orders/world";
import { lookOf, requestOf, tokenOf, type Seen } from "./looks";

const ID = order("1").id;
const SHOP: SubjectName = { order: ID };
const never = new AbortController().signal;

/** A window whose network is a table. */
class LookWindow {
  readonly clock = new FakeClock();
  readonly orders = new Map<string, Order>();
  readonly plans: (readonly LookPlan[])[] = [];
  readonly changes: string[] = [];
  /** The watches that ended because all is in place. */
  readonly completed: SubjectName[] = [];
  /** Those that ended because nobody agreed to the servers. */
  readonly notAgreed: SubjectName[] = [];
  /** The order's CA of each run. */
  readonly networks: (string | undefined)[] = [];
  network: () => Promise<LookNetwork> = () => Promise.resolve({ ports: {} as LookPorts, asked: "192.0.2.53" });
  /** What is seen of every domain, or of one. */
  seen: Seen | ((domain: string) => Seen) = {};
  files: readonly FoundRequest[] = [];
  served: ServedOrder | undefined;
  /** A search of the workspace that is still under way. */
  search: Promise<readonly FoundRequest[]> | undefined;
  stored: unknown;
  look: LookAtDomains = (plans, _, signal, done) => {
    this.plans.push(plans);
    for (const { domain } of plans) {
      const seen = typeof this.seen === "function" ? this.seen(domain) : this.seen;
      if (!signal.aborted) done(lookOf(domain, { at: this.clock.now(), ...seen }));
    }
    return Promise.resolve();
  };
  looks!: RecordLooks;
  private told: (change: BookChange) => void = () => undefined;
  private found: () => void = () => undefined;

  constructor() {
    this.open();
  }

  open(): void {
    const state = {
      get: () => this.stored,
      update: (_: string, value: unknown) => {
        this.stored = JSON.parse(JSON.stringify(value));
        return Promise.resolve();
      },
    };
    this.looks = new RecordLooks({
      book: {
        get: (id) => this.orders.get(id),
        onDidChange: (listener) => {
          this.told = listener;
          return { dispose: () => undefined };
        },
      },
      memory: new RecordMemory(state),
      requests: {
        latest: () => this.files,
        find: () => this.search ?? Promise.resolve(this.files),
        read: (uri) => Promise.resolve(this.files.filter((each) => each.uri === uri)),
        onDidChange: (listener) => {
          this.found = listener;
          return { dispose: () => undefined };
        },
      },
      clock: this.clock,
      fitting: (requests, domains) =>
        Promise.resolve(requests.filter(({ names }) => names.some((name) => domains.includes(name)))),
      network: (ca) => {
        this.networks.push(ca);
        return this.network();
      },
      look: (...given) => this.look(...given),
      servedBy: () => Promise.resolve(this.served),
    });
    this.looks.onDidChange((key) => this.changes.push(key));
    this.looks.onDidEndWatch(({ name, why }) => (why === "in-place" ? this.completed : this.notAgreed).push(name));
  }

  track(detail: StatusDetail, more: Partial<Order> = {}): void {
    this.orders.set(ID, {
      ...order("1"),
      ...{ trackedAt: START, tags: [], certificates: [], paused: false, muted: false },
      answer: { at: START, outcome: { kind: "pending" }, inRow: 1 },
      detail: { at: START, detail },
      ...more,
    });
  }

  forget(): void {
    this.orders.clear();
    this.told({ structure: true } as BookChange);
  }

  write(...files: readonly FoundRequest[]): void {
    this.files = files;
    this.found();
  }
}

const TWO: StatusDetail = {
  domains: [
    { domain: "b.example", status: "NOTVALIDATED" },
    { domain: "*.c.example", status: "NOTVALIDATED" },
  ],
};

describe("RecordLooks", () => {
  let window: LookWindow;
  beforeEach(() => {
    window = new LookWindow();
    window.track(TWO);
  });

  it("has nothing to say of an order that nobody tracks, or that waits for nothing", () => {
    assert.equal(window.looks.subject("other"), undefined);
    window.track({ ...TWO }, { answer: { at: START, outcome: { kind: "available" }, inRow: 1 } });
    assert.equal(window.looks.subject(ID), undefined);
  });

  it("waits until it is found out which request fits, and whom it served", async () => {
    window.files = [requestOf("1", ["b.example"])];
    window.served = { by: "Old order" };
    assert.equal(window.looks.subject(ID)?.request, undefined);
    const { request } = (await window.looks.settledSubject(ID, true)) ?? {};
    assert.deepEqual([request?.token, request?.served], [tokenOf("1"), { by: "Old order" }]);
    assert.equal(await window.looks.settledSubject("other", true), undefined);
  });

  it("reads no file where it may not, and knows what a person chose", async () => {
    window.files = [requestOf("1", ["b.example"])];
    window.search = new Promise(() => undefined);
    const { domains, request } = (await window.looks.settledSubject(ID, false)) ?? {};
    assert.deepEqual([domains?.length, request], [2, undefined]);
    window.looks.choose(ID, { token: tokenOf("2"), from: { kind: "pasted" } });
    assert.deepEqual((await window.looks.settledSubject(ID, false))?.request?.token, tokenOf("2"));
  });

  it("says the domains and whose CAA counts, and asks nobody", () => {
    const { purpose, domains, looks, request } = window.looks.subject(ID) ?? {};
    assert.equal(purpose, "tls");
    assert.deepEqual(
      domains?.map(({ domain }) => domain),
      ["b.example", "*.c.example"],
    );
    assert.equal(looks?.size, 0);
    assert.equal(request, undefined);
    assert.deepEqual(window.networks, []);
  });

  describe("which request", () => {
    const chosen = async (): Promise<string | undefined> => {
      window.looks.subject(ID);
      await settle();
      const request = window.looks.subject(ID)?.request;
      return request && (request.from.kind === "file" ? request.from.name : request.from.kind);
    };

    it("takes the only one of the workspace that fits", async () => {
      window.files = [requestOf("1", ["b.example"]), requestOf("2", ["other.example"])];
      assert.equal(await chosen(), "1.csr");
      assert.ok(window.changes.includes(`order:${ID}`));
    });

    it("takes none where several fit, but one that lies in two files", async () => {
      window.files = [requestOf("1", ["b.example"]), requestOf("2", ["b.example"])];
      assert.equal(await chosen(), undefined);
      window.write(requestOf("1", ["b.example"]), requestOf("1", ["b.example"], "copy.csr"));
      assert.equal(await chosen(), "1.csr");
    });

    it("is the person's, whatever fits, also after a restart", async () => {
      window.files = [requestOf("1", ["b.example"])];
      window.looks.choose(ID, { token: tokenOf("9"), from: { kind: "pasted" } });
      assert.equal(await chosen(), "pasted");
      window.open();
      assert.equal(await chosen(), "pasted");
    });

    it("is nothing where control is not proved by it", () => {
      window.track(TWO, { product: "smime" });
      window.looks.choose(ID, { token: tokenOf("9"), from: { kind: "pasted" } });
      const { purpose, request } = window.looks.subject(ID) ?? {};
      assert.equal(purpose, "smime");
      assert.equal(request, undefined);
    });

    it("says an order that was issued for it", async () => {
      window.served = { by: "shop.example, order 7", uniqueValue: "Ab1" };
      window.looks.choose(ID, { token: tokenOf("9"), from: { kind: "pasted" } });
      assert.equal(window.looks.subject(ID)?.request?.served, undefined);
      await settle();
      assert.deepEqual(window.looks.subject(ID)?.request?.served, window.served);
      await window.looks.check(SHOP, never);
      assert.deepEqual(window.plans.at(-1)?.[0]?.served, window.served);
    });

    it("offers those that fit first", async () => {
      window.files = [requestOf("1", ["other.example"]), requestOf("2", ["b.example"])];
      const { all, fitting } = await window.looks.requests.candidates(["b.example"]);
      assert.deepEqual(
        all.map(({ file }) => file),
        ["2.csr", "1.csr"],
      );
      assert.equal(fitting, 1);
    });
  });

  describe("a look", () => {
    it("looks for the request's token at every domain, and knows the others of the workspace", async () => {
      window.files = [requestOf("1", ["b.example"]), requestOf("2", ["other.example"])];
      window.looks.subject(ID);
      await settle();
      await window.looks.check(SHOP, never);
      const [[plan, wildcard] = []] = window.plans;
      assert.equal(plan?.domain, "b.example");
      assert.deepEqual(plan.token, tokenOf("1"));
      assert.deepEqual(plan.others, [{ ...tokenOf("2"), name: "2.csr" }]);
      assert.deepEqual(plan.textHashes, [tokenOf("f")]);
      assert.equal(wildcard?.domain, "*.c.example");
      assert.deepEqual(window.networks, ["sectigo"]);
    });

    it("looks at CAA alone without a request", async () => {
      await window.looks.check(SHOP, never);
      assert.equal(window.plans[0]?.[0]?.token, undefined);
      assert.equal(window.looks.subject(ID)?.looks.get("b.example")?.caa.verdict, "unrestricted");
    });

    it("is kept with whom it asked, also after a restart", async () => {
      window.seen = { cname: "not-in-place" };
      await window.looks.check(SHOP, never);
      window.open();
      const { looks, asked } = window.looks.subject(ID) ?? {};
      assert.equal(looks?.get("*.c.example")?.cname?.standing, "not-in-place");
      assert.equal(asked, "192.0.2.53");
      assert.deepEqual(
        window.looks.seen(ID).map(({ domain, found }) => `${domain} ${found}`),
        ["b.example missing", "*.c.example missing"],
      );
    });

    it("plans by what the CA says: the method of each domain, and whether CAA stopped it", async () => {
      const stopped = { ...TWO, certificateStatus: "PRE-SIGN FAILED: CAA" };
      const domains = [{ domain: "b.example", method: "http" }] as const;
      const note = { at: START, from: [], steps: [], caaErrors: [] };
      window.track(stopped, { validation: { ...note, domains } });
      await window.looks.check(SHOP, never);
      const plans = window.plans.at(-1)?.map(({ method, isStoppedByCaa }) => [method, isStoppedByCaa]);
      assert.deepEqual(plans, [
        ["http", true],
        [undefined, true],
      ]);
      window.track(TWO);
      await window.looks.check(SHOP, never);
      assert.equal(window.plans.at(-1)?.[0]?.isStoppedByCaa, false);
    });

    it("keeps what was seen of domains that a run did not come to", async () => {
      await window.looks.check(SHOP, never);
      window.look = ([first], _, signal, done) => {
        if (first !== undefined && !signal.aborted) done(lookOf(first.domain, { cname: "in-place", at: START + 1 }));
        return Promise.resolve();
      };
      await window.looks.check(SHOP, never);
      const { looks } = window.looks.subject(ID) ?? {};
      assert.deepEqual(
        [...(looks ?? [])].map(([domain, { at }]) => [domain, at - START]),
        [
          ["*.c.example", 0],
          ["b.example", 1],
        ],
      );
    });

    it("knows what was in place before", async () => {
      window.seen = { cname: "in-place", says: "right" };
      await window.looks.check(SHOP, never);
      window.seen = { cname: "not-in-place" };
      await window.clock.advance(MINUTE);
      for (let again = 0; again < 2; again++) await window.looks.check(SHOP, never);
      assert.deepEqual(window.plans.at(-1)?.[0]?.before, { by: "cname", place: "_x.b.example", at: START });
    });

    it("runs once at a time, and says how far it is", async () => {
      let goOn: () => void = () => undefined;
      window.look = async (plans, _, __, done) => {
        window.plans.push(plans);
        done(lookOf("b.example", {}));
        await new Promise<void>((resolve) => (goOn = resolve));
        done(lookOf("*.c.example", {}));
      };
      const told: string[] = [];
      const first = window.looks.check(SHOP, never, (done, total) => told.push(`${done} of ${total}`));
      const second = window.looks.check(SHOP, never);
      await settle();
      assert.deepEqual(window.looks.subject(ID)?.running, { done: 1, total: 2 });
      goOn();
      assert.equal((await first).length, 2);
      assert.equal((await second).length, 2);
      assert.equal(window.plans.length, 1);
      assert.deepEqual(told, ["1 of 2", "2 of 2"]);
      assert.equal(window.looks.subject(ID)?.running, undefined);
    });

    it("keeps what ended before it was cancelled, and nothing after", async () => {
      const stop = new AbortController();
      window.look = (_, __, ___, done) => {
        done(lookOf("b.example", {}));
        stop.abort();
        done(lookOf("*.c.example", {}));
        return Promise.resolve();
      };
      assert.equal((await window.looks.check(SHOP, stop.signal)).length, 1);
      assert.deepEqual([...(window.looks.subject(ID)?.looks.keys() ?? [])], ["b.example"]);
    });

    it("that fails leaves what was seen before, and another one can run", async () => {
      await window.looks.check(SHOP, never);
      const { look } = window;
      window.look = () => Promise.reject(new Error("broken"));
      await assert.rejects(window.looks.check(SHOP, never), /broken/);
      assert.equal(window.looks.subject(ID)?.looks.size, 2);
      assert.equal(window.looks.subject(ID)?.running, undefined);
      window.look = look;
      assert.equal((await window.looks.check(SHOP, never)).length, 2);
    });

    it("that nobody agreed to asks nobody and says so, until one is agreed to", async () => {
      const { network } = window;
      await window.looks.check(SHOP, never);
      window.network = () => Promise.reject(new NotAgreedError("not agreed"));
      await assert.rejects(window.looks.check(SHOP, never), /not agreed/);
      assert.equal(window.plans.length, 1);
      const { looks, running, isNotAgreed } = window.looks.subject(ID) ?? {};
      assert.deepEqual([looks?.size, running, isNotAgreed], [2, undefined, true]);
      assert.equal(window.changes.at(-1), `order:${ID}`);
      window.network = network;
      await window.looks.check(SHOP, never);
      assert.equal(window.looks.subject(ID)?.isNotAgreed, undefined);
    });

    it("that was under way when the window was reloaded is not under way any more, and tells nothing later", async () => {
      await window.looks.check(SHOP, never);
      const kept = window.stored;
      let ended: () => void = () => undefined;
      window.look = (_, __, ___, done) =>
        new Promise((resolve) => {
          ended = () => {
            done(lookOf("b.example", { cname: "in-place" }));
            resolve();
          };
        });
      const before = window.looks;
      const looking = before.check(SHOP, never);
      await settle();
      assert.deepEqual(before.subject(ID)?.running, { done: 0, total: 2 });
      before.dispose();
      window.open();
      assert.equal(window.looks.subject(ID)?.running, undefined);
      assert.deepEqual(await looking, []);
      ended();
      await settle();
      assert.deepEqual(window.stored, kept);
      assert.equal(window.looks.subject(ID)?.looks.size, 2);
    });

    it("is left where a port does not end it", async () => {
      window.look = () => new Promise(() => undefined);
      const stop = new AbortController();
      const looking = window.looks.check(SHOP, stop.signal);
      await settle();
      stop.abort();
      assert.deepEqual(await looking, []);
      assert.equal(window.looks.subject(ID)?.running, undefined);
    });

    it("for another request counts from then on alone", async () => {
      window.seen = { cname: "in-place" };
      await window.looks.check(SHOP, never);
      window.looks.choose(ID, { token: tokenOf("9"), from: { kind: "pasted" } });
      assert.equal(window.looks.subject(ID)?.looks.size, 0);
      await window.looks.check(SHOP, never);
      assert.equal(window.plans.at(-1)?.[0]?.before, undefined);
    });

    it("of an order that is no longer tracked is forgotten", async () => {
      await window.looks.check(SHOP, never);
      window.forget();
      assert.deepEqual(window.stored, []);
    });
  });

  describe("a file", () => {
    const FILE: SubjectName = { file: "file:///w/1.csr" };

    it("has records without an order, and is looked at in the same way", async () => {
      window.files = [requestOf("1", ["b.example", "www.b.example"])];
      const subject = await window.looks.fileSubject(FILE.file);
      assert.equal(subject?.purpose, "tls");
      assert.deepEqual(subject.domains, [{ domain: "b.example" }, { domain: "www.b.example" }]);
      assert.deepEqual(subject.request?.token, tokenOf("1"));
      await window.looks.check(FILE, never);
      assert.deepEqual(window.networks, [undefined]);
      assert.equal(window.looks.subjectOf(FILE)?.looks.size, 2);
    });

    it("for mailboxes has CAA of their domains alone", async () => {
      window.files = [requestOf("1", ["me@b.example", "you@b.example"])];
      const { purpose, domains, request } = (await window.looks.fileSubject(FILE.file)) ?? {};
      assert.equal(purpose, "smime");
      assert.deepEqual(domains, [{ domain: "b.example" }]);
      assert.equal(request, undefined);
    });

    it("without a request has none", async () => {
      assert.equal(await window.looks.fileSubject("file:///w/other.pem"), undefined);
    });
  });

  describe("a look that is not wanted any more", () => {
    /** Looks that end when the test says so; they tell everything then, whatever they heard. */
    let begun: { readonly signal: AbortSignal; readonly end: (seen: Seen) => void }[];
    beforeEach(() => {
      begun = [];
      window.look = (plans, _, signal, done) =>
        new Promise((resolve) => {
          window.plans.push(plans);
          const end = (seen: Seen): void => {
            for (const { domain } of plans) done(lookOf(domain, seen));
            resolve();
          };
          begun.push({ signal, end });
        });
    });
    const right: Seen = { cname: "in-place" };

    it("was for another request: the new one has its own", async () => {
      window.looks.choose(ID, { token: tokenOf("1"), from: { kind: "pasted" } });
      const first = window.looks.check(SHOP, never);
      await settle();
      window.looks.choose(ID, { token: tokenOf("2"), from: { kind: "pasted" } });
      assert.equal(begun[0]?.signal.aborted, true);
      const second = window.looks.check(SHOP, never);
      await settle();
      begun[0]?.end(right);
      assert.deepEqual(await first, []);
      assert.equal(window.looks.subject(ID)?.looks.size, 0);
      assert.notEqual(window.looks.subject(ID)?.running, undefined);
      begun[1]?.end(right);
      assert.equal((await second).length, 2);
      assert.equal(window.plans[1]?.[0]?.token?.sha256, tokenOf("2").sha256);
      assert.equal(window.looks.subject(ID)?.looks.size, 2);
    });

    it("says nothing of the domains that it had come to", async () => {
      const { look } = window;
      window.look = (plans, ports, signal, done) => {
        done(lookOf("b.example", right));
        return look(plans, ports, signal, done);
      };
      const looking = window.looks.check(SHOP, never);
      await settle();
      assert.equal(window.looks.subject(ID)?.running?.done, 1);
      window.looks.choose(ID, { token: tokenOf("2"), from: { kind: "pasted" } });
      assert.deepEqual(await looking, []);
      assert.equal(window.looks.subject(ID)?.looks.size, 0);
    });

    it("was for an order that nobody tracks any more: nothing is remembered", async () => {
      const looking = window.looks.check(SHOP, never);
      await settle();
      window.forget();
      assert.equal(begun[0]?.signal.aborted, true);
      begun[0]?.end(right);
      assert.deepEqual(await looking, []);
      assert.doesNotMatch(JSON.stringify(window.stored ?? []), /order:/);
    });

    it("is of a watch that the person stopped, or of a window that closes", async () => {
      for (const stop of [() => window.looks.stopWatching(SHOP), () => window.looks.dispose()]) {
        begun = [];
        window.looks.watch(SHOP);
        await window.clock.advance(MINUTE);
        assert.equal(begun[0]?.signal.aborted, false);
        stop();
        assert.equal(begun[0]?.signal.aborted, true);
        begun[0]?.end(right);
        await settle();
      }
      assert.deepEqual(window.completed, []);
    });

    it("is cancelled at once, even while the workspace is searched", async () => {
      window.looks.choose(ID, { token: tokenOf("1"), from: { kind: "pasted" } });
      window.search = new Promise(() => undefined);
      const leaving = new AbortController();
      const looking = window.looks.check(SHOP, leaving.signal);
      await settle();
      leaving.abort();
      assert.deepEqual(await looking, []);
      assert.equal(window.looks.subject(ID)?.running, undefined);
      assert.deepEqual(begun, []);
    });
  });

  describe("a watch", () => {
    it("looks until all is in place, and says so once", async () => {
      window.seen = (domain) => ({ cname: domain === "b.example" ? "in-place" : "not-in-place" });
      assert.equal(window.looks.watch(SHOP), START + 24 * 60 * MINUTE);
      assert.equal(window.looks.subject(ID)?.watchedUntil, START + 24 * 60 * MINUTE);
      await window.clock.advance(4 * MINUTE);
      assert.equal(window.plans.length, 2);
      assert.deepEqual(window.completed, []);
      window.seen = { cname: "in-place", caa: "forbidden" };
      await window.clock.advance(5 * MINUTE);
      assert.deepEqual(window.completed, []);
      window.seen = { cname: "in-place", caa: "conditions" };
      await window.clock.advance(60 * MINUTE);
      assert.equal(window.plans.length, 4);
      assert.deepEqual(window.completed, [SHOP]);
      assert.equal(window.looks.subject(ID)?.watchedUntil, undefined);
    });

    it("does not take older answers for those of a look that did not come to every domain", async () => {
      window.seen = (domain) => ({ cname: domain === "b.example" ? "in-place" : "not-in-place" });
      window.looks.watch(SHOP);
      await window.clock.advance(MINUTE);
      // b.example is gone since; only the other one is looked at in time.
      window.look = ([, second], _, __, done) => {
        done(lookOf(second?.domain ?? "", { cname: "in-place" }));
        return Promise.resolve();
      };
      await window.clock.advance(2 * MINUTE);
      assert.deepEqual(window.completed, []);
      assert.equal(window.looks.isWatched(SHOP), true);
    });

    it("ends with a word where other servers are set, to which nobody agreed", async () => {
      window.looks.watch(SHOP);
      await window.clock.advance(MINUTE);
      window.network = () => Promise.reject(new NotAgreedError("not agreed"));
      await window.clock.advance(60 * MINUTE);
      assert.equal(window.plans.length, 1);
      assert.deepEqual([window.completed, window.notAgreed], [[], [SHOP]]);
      const { watchedUntil, running, isNotAgreed } = window.looks.subject(ID) ?? {};
      assert.deepEqual([watchedUntil, running, isNotAgreed], [undefined, undefined, true]);
    });

    it("goes on where a look fails for another reason", async () => {
      window.looks.watch(SHOP);
      window.network = () => Promise.reject(new Error("the sandbox is not running"));
      await window.clock.advance(4 * MINUTE);
      assert.equal(window.networks.length, 2);
      assert.equal(window.looks.isWatched(SHOP), true);
      assert.deepEqual(window.notAgreed, []);
    });

    it("ends without a word once the order waits no longer", async () => {
      window.looks.watch(SHOP);
      window.track(TWO, { answer: { at: START, outcome: { kind: "available" }, inRow: 1 } });
      await window.clock.advance(60 * MINUTE);
      assert.deepEqual(window.completed, []);
      assert.deepEqual(window.plans, []);
      assert.equal(window.looks.isWatched(SHOP), false);
    });

    it("is stopped by the person, and ends with the window", async () => {
      window.looks.watch(SHOP);
      assert.equal(window.looks.stopWatching(SHOP), true);
      assert.equal(window.looks.stopWatching(SHOP), false);
      window.looks.watch(SHOP);
      window.looks.dispose();
      await window.clock.advance(60 * MINUTE);
      assert.deepEqual(window.plans, []);
    });
  });
});

import assert from "node:assert/strict";
import type { Issued } from "../../../src/api/result";
import { Book, type BookChange } from "../../../src/orders/journal/book";
import type { Doubt } from "../../../src/orders/model/order";
import type { AsideLine, CollectedSummary, CollectedContext, Journal } from "../../../src/orders/ports";
import { DAY, FakeClock, HOUR, settle, SharedLines, START } from "./doubles";
import { ACCOUNT_SET, issued, order, PENDING, refused, World, type Window } from "./world";

const never = new AbortController().signal;

describe("what was collected", () => {
  let world: World;
  let window: Window;
  let id: string;
  /** What each certificate was held against, and what is said of the next one. */
  let about: CollectedContext[];
  let doubts: readonly Doubt[];

  beforeEach(async () => {
    world = new World();
    [about, doubts] = [[], []];
    const summarizeCollected = ([der]: readonly Uint8Array[], what: CollectedContext): Promise<CollectedSummary> => {
      about.push(what);
      const collected = { serialNumber: "01", subject: "CN=a", names: ["a"], notBefore: START, notAfter: START + DAY };
      return Promise.resolve({
        chain: der ? [der] : [],
        certificate: { ...collected, ...(doubts.length > 0 && { doubts }) },
      });
    };
    window = world.window({ summarizeCollected });
    [id = ""] = await window.track("1");
  });
  afterEach(() => window.dispose());

  const ask = async () => {
    await window.ask(id, "person", never);
    await world.clock.advance(4 * HOUR);
    return window.book.get(id)?.certificates[0]?.doubts;
  };

  it("is judged by what the CA told of the order, then or before", async () => {
    const answers: (typeof PENDING | Issued)[] = [
      { kind: "pending", detail: { fqdn: "shop.example", certificateStatus: "Applied" } },
      { ...issued("a", START, 90), detail: { certificateStatus: "Issued" }, leaf: 0 },
    ];
    world.answers.set(id, (_, count) => answers[count - 1] ?? PENDING);
    await ask();
    await ask();
    assert.deepEqual(
      about.map(({ detail, leaf }) => [detail, leaf]),
      [[{ fqdn: "shop.example", certificateStatus: "Issued" }, 0]],
    );
  });

  it("is judged anew each time it comes", async () => {
    world.answers.set(id, () => issued("a", START, 90));
    assert.deepEqual(await ask(), undefined);
    doubts = [{ kind: "names", message: "Not those." }];
    assert.deepEqual(await ask(), doubts);
    doubts = [];
    assert.deepEqual((await ask()) ?? [], []);
    const kinds = world.shared.lines.map(({ type }) => type);
    assert.equal(kinds.filter((type) => type === "collected").length, 3);
    await ask();
    assert.equal(world.shared.lines.filter(({ type }) => type === "collected").length, 3);
  });
});

describe("a collection code that the CA wants besides the number", () => {
  it("goes with the next call, and not before it was entered", async () => {
    const world = new World();
    const window = world.window();
    const of = order("1");
    await window.record(ACCOUNT_SET, of);
    const sent: (string | undefined)[] = [];
    world.answers.set(of.id, ({ secrets }) => {
      sent.push(secrets.collectionCode);
      return secrets.collectionCode === undefined ? refused(-3, "code") : PENDING;
    });
    await window.ask(of.id, "schedule", never);
    await world.clock.advance(1);
    await window.record({ type: "code-entered", id: of.id });
    await window.ask(of.id, "schedule", never);
    assert.deepEqual(sent, [undefined, "secret"]);
    window.dispose();
  });
});

describe("lines that are set aside", () => {
  it("are told, counted at their order, and have its row drawn again", async () => {
    const of = order("1");
    const open = new SharedLines().open(new FakeClock());
    const aside: AsideLine[] = [
      { why: "damaged", segment: "a", order: of.id },
      { why: "later", segment: "a" },
    ];
    const journal: Journal = {
      append: (events, durability) => open.append(events, durability),
      history: () => open.history(),
      watch: (changed) => open.watch(changed),
      read: async (take, set) => {
        await open.read(take);
        for (const line of aside) set?.(line);
      },
    };
    const told: (readonly AsideLine[])[] = [];
    const book = new Book(journal, (lines) => told.push(lines));
    await book.record([of]);
    await settle();
    const changes: BookChange[] = [];
    book.onDidChange((change) => changes.push(change));
    await book.refresh();
    await settle();
    assert.deepEqual([told, book.asideOf(of.id)], [[aside], 1]);
    assert.deepEqual(
      changes.map(({ orders }) => [...orders]),
      [[of.id]],
    );
  });
});

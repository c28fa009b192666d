import assert from "node:assert/strict";
import fc from "fast-check";
import type { OrderReference, OrderId } from "../../../src/orders/model/order";
import { formatOrderId } from "../../../src/orders/model/order-id";
import type { Product } from "../../../src/api/product";
import { MAX_HOLDERS, Twins } from "../../../src/orders/journal/twins";
import { MINUTE, START } from "./doubles";
import { ACCOUNT, ACCOUNT_SET, issued, order, World, type Window } from "./world";

describe("orders that are one", () => {
  let world: World;
  let window: Window;
  beforeEach(async () => {
    world = new World();
    window = world.window();
    await window.record(ACCOUNT_SET);
  });
  afterEach(() => window.dispose());

  async function track(
    kind: Exclude<OrderReference["kind"], "collectionCode">,
    value: string,
    product: Product = "ssl",
  ): Promise<OrderId> {
    const name = { ca: "sectigo", product, reference: { kind, value } } as const;
    const id = formatOrderId(name);
    await window.record({ type: "tracked", id, ...name, account: ACCOUNT.id });
    return id;
  }

  const twins = (id: OrderId) => window.book.twinsOf(id).map((order) => order.id);

  it("have the same number, as order number and base order number of one product", async () => {
    const number = await track("orderNumber", "7");
    assert.deepEqual(twins(number), []);
    const base = await track("baseOrderNumber", "7");
    await track("certificateID", "7");
    await track("baseOrderNumber", "8");
    await track("orderNumber", "7", "smime");
    assert.deepEqual([twins(number), twins(base)], [[base], [number]]);
    await window.record({ type: "forgotten", id: base });
    assert.deepEqual([twins(number), twins(base)], [[], []]);
    await window.record({ type: "restored", id: base });
    assert.deepEqual(twins(number), [base]);
  });

  it("hold the same certificate, whatever they are known by", async () => {
    const [number, certificate, base] = [
      await track("orderNumber", "7"),
      await track("certificateID", "99"),
      await track("baseOrderNumber", "7"),
    ];
    const changed: OrderId[][] = [];
    window.book.onDidChange(({ orders }) => changed.push([...orders]));
    for (const id of [number, certificate]) world.answers.set(id, () => issued("a.example", START, 90));
    world.answers.set(base, () => issued("renewed.example", START, 90));
    await window.start();
    await world.clock.advance(MINUTE);
    assert.deepEqual([twins(number), twins(certificate), twins(base)], [[certificate], [number], []]);
    assert.ok(
      changed.some((ids) => ids.includes(number) && ids.includes(certificate)),
      "the row of the first is not drawn again",
    );
  });

  it("are those, and are drawn again, whatever is tracked, collected, forgotten, brought back or archived", async () => {
    const names = (["orderNumber", "baseOrderNumber", "certificateID"] as const).flatMap((kind) =>
      ["7", "8"].map((value) => ({ ca: "sectigo", product: "ssl", reference: { kind, value } }) as const),
    );
    const ids = names.map(formatOrderId);
    const isNumber = (index: number) => names[index]?.reference.kind !== "certificateID";
    /** By definition, over all pairs. */
    const expected = (a: number): OrderId[] => {
      const [one, found] = [window.book.get(ids[a] ?? ""), [] as OrderId[]];
      for (const [b, id] of ids.entries()) {
        const other = window.book.get(id);
        if (a === b || !one || !other) continue;
        const [mine, theirs] = [one.certificates[0]?.leaf, other.certificates[0]?.leaf];
        const sameNumber = isNumber(a) && isNumber(b) && names[a]?.reference.value === names[b]?.reference.value;
        const mayBe = mine === undefined || theirs === undefined || mine === theirs;
        if ((sameNumber && mayBe) || (mine !== undefined && mine === theirs)) found.push(id);
      }
      return found.sort();
    };
    const collected = { serialNumber: "01", subject: "CN=a", names: [], notBefore: START, notAfter: START + 1 };
    const all = () => ids.map((id) => twins(id).sort());
    const step = fc.tuple(
      fc.nat(ids.length - 1),
      fc.constantFrom("tracked", "collected", "forgotten", "restored", "archived", "unarchived"),
      fc.constantFrom("a", "b", "c"),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        window = new World().window();
        await window.record(ACCOUNT_SET);
        const drawn = new Set<OrderId>();
        window.book.onDidChange(({ orders }) => {
          for (const id of orders) drawn.add(id);
        });
        for (const [index, type, digit] of steps) {
          const [id = "", name] = [ids[index], names[index]];
          const before = all();
          drawn.clear();
          const leaf = digit.repeat(64);
          if (type === "tracked" && name) await window.record({ type, id, ...name, account: ACCOUNT.id });
          else if (type === "collected") await window.record({ type, id, leaf, chain: [leaf], ...collected });
          else if (type !== "tracked") await window.record({ type, id });
          const after = all();
          assert.deepEqual(
            after,
            ids.map((_, place) => expected(place)),
          );
          for (const [place, each] of ids.entries()) {
            if (before[place]?.join() !== after[place]?.join() && window.book.get(each))
              assert.ok(drawn.has(each), each);
          }
        }
        window.dispose();
      }),
      { numRuns: 60 },
    );
  });

  it("are of one CA, whatever another one sends", async () => {
    const leaf = "a".repeat(64);
    const collected = {
      leaf,
      chain: [leaf],
      serialNumber: "01",
      subject: "CN=a",
      names: [],
      notBefore: START,
      notAfter: START,
    };
    const ids = [order("7"), order("7", "sandbox", null), order("8")].map((tracked) => tracked.id);
    await window.record(order("7"), order("7", "sandbox", null), order("8"));
    for (const id of ids) await window.record({ type: "collected", id, ...collected });
    assert.deepEqual(ids.map(twins), [[ids[2]], [], [ids[0]]]);
  });

  it("name a few others, when one certificate comes for all of them", () => {
    const twins = new Twins();
    const ids = Array.from({ length: 100 }, (_, index) => {
      const reference = { kind: "certificateID", value: String(index) } as const;
      return formatOrderId({ ca: "sectigo", product: "ssl", reference });
    });
    for (const id of ids) twins.note(id, ["leaf"]);
    for (const id of ids) twins.note(id, ["leaf", "another"]);
    for (const [index, id] of ids.entries()) {
      const found = twins.of(id, ["leaf"]);
      assert.equal(found.size, index < MAX_HOLDERS ? MAX_HOLDERS - 1 : MAX_HOLDERS);
      assert.ok(!found.has(id));
      assert.deepEqual(twins.of(id, ["a third"]), new Set());
    }
  });
});

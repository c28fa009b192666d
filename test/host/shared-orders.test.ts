import assert from "node:assert/strict";
import * as vscode from "vscode";
import { SharedOrders, type SyncedState } from "../../src/editor/window/shared-orders";
import type { OrderRow } from "../../src/orders/presentation/arrange";
import { systemClock } from "../../src/editor/base/clock";
import { answering } from "./extension";

/** What Settings Sync carries between machines. */
type Cloud = Map<string, unknown>;

/** A machine with orders of its own, and a state of which some keys travel. */
class Machine {
  readonly values = new Map<string, unknown>();
  synced: readonly string[] = [];
  taken: string[] = [];
  errors: unknown[] = [];
  readonly shared: SharedOrders;

  constructor(
    private readonly cloud: Cloud,
    public orders: string[],
    public isOn = true,
  ) {
    const state: SyncedState = {
      keys: () => [...this.values.keys()],
      get: <T>(key: string, fallback?: T): T | undefined => (this.values.get(key) as T | undefined) ?? fallback,
      update: (key: string, value: unknown) => {
        this.values.set(key, structuredClone(value));
        return Promise.resolve();
      },
      setKeysForSync: (keys) => (this.synced = keys),
    };
    this.shared = new SharedOrders({
      state,
      clock: systemClock,
      log: { error: (_, error) => this.errors.push(error) },
      isOn: () => this.isOn,
      rows: () => this.orders.map(row),
      trackFromText: (text) => {
        this.taken.push(text);
        return Promise.resolve({});
      },
    });
  }

  /** Settings Sync in both directions. */
  sync(): void {
    for (const key of this.synced) {
      if (this.cloud.has(key)) this.values.set(key, structuredClone(this.cloud.get(key)));
    }
  }
  upload(): void {
    for (const key of this.synced) this.cloud.set(key, structuredClone(this.values.get(key)));
  }
}

function row(value: string): OrderRow {
  return {
    order: {
      id: value,
      product: "ssl",
      ca: "sectigo",
      account: "id-of-an-account",
      reference: { kind: "orderNumber", value },
      trackedAt: 0,
      tags: [],
      certificates: [],
      paused: false,
      muted: false,
    },
    account: { id: "id-of-an-account", label: "Mine", loginName: "ada", host: "h.example", ca: "sectigo" },
    check: { reason: "waiting", plan: { reason: "waiting" } },
    state: { group: "waiting", status: "pending", words: "", archived: false },
  };
}

describe("orders that travel with the settings", () => {
  let own: PropertyDescriptor | undefined;
  before("look at this window", () => {
    own = Object.getOwnPropertyDescriptor(vscode.window, "state");
    Object.defineProperty(vscode.window, "state", { configurable: true, get: () => ({ focused: true, active: true }) });
  });
  after(() => {
    if (own) Object.defineProperty(vscode.window, "state", own);
    else Reflect.deleteProperty(vscode.window, "state");
  });

  /** Answers the two questions of an offer: the message, and the warning that both would ask. */
  async function offered(
    answer: string | undefined,
    confirmed: string[],
    action: () => Promise<void>,
  ): Promise<number> {
    const { showInformationMessage } = vscode.window;
    let times = 0;
    const window = vscode.window as unknown as Record<string, unknown>;
    window.showInformationMessage = () => {
      times++;
      return Promise.resolve(answer);
    };
    try {
      await answering(confirmed, action);
      return times;
    } finally {
      Object.assign(window, { showInformationMessage });
    }
  }

  it("do not, unless the person switched it on", async () => {
    const machine = new Machine(new Map(), ["1"]);
    const off = new Machine(new Map(), ["1"], false);
    await off.shared.look();
    assert.deepEqual([[...off.values], off.synced], [[], []]);
    assert.deepEqual(machine.synced, ["sharedOrders"]);
    await machine.shared.look();
    assert.match(JSON.stringify(machine.values.get("sharedOrders")), /"value":"1"/);
    assert.doesNotMatch(JSON.stringify(machine.values.get("sharedOrders")), /id-of-an-account|h\.example/);
  });

  it("are offered on another computer, with a warning, and tracked only by what the person chooses", async () => {
    const cloud: Cloud = new Map();
    const [here, there] = [new Machine(cloud, ["1", "2"]), new Machine(cloud, ["3"])];
    await here.shared.look();
    here.upload();
    there.sync();
    assert.equal(await offered("Import…", ["Import"], () => there.shared.look()), 1);
    const [text = ""] = there.taken;
    assert.deepEqual(
      (JSON.parse(text) as { orders: { reference: { value: string } }[] }).orders.map(
        ({ reference }) => reference.value,
      ),
      ["1", "2"],
    );
    // The person took one of them; the other is not offered again, in another window either.
    there.orders = ["3", "1"];
    const again = new Machine(cloud, there.orders);
    for (const [key, value] of there.values) again.values.set(key, value);
    assert.equal(await offered("Import…", [], () => again.shared.look()), 0);
  });

  it("are offered once in a window, and no more where they were refused", async () => {
    const cloud: Cloud = new Map([["sharedOrders", { version: 1, orders: [item("9")] }]]);
    const machine = new Machine(cloud, []);
    machine.sync();
    assert.equal(await offered(undefined, [], () => machine.shared.look()), 1);
    assert.equal(await offered(undefined, [], () => machine.shared.look()), 0);
    const next = new Machine(cloud, []);
    next.sync();
    assert.equal(await offered("Not on This Computer", [], () => next.shared.look()), 1);
    const later = new Machine(cloud, []);
    for (const [key, value] of next.values) later.values.set(key, value);
    assert.equal(await offered("Import…", [], () => later.shared.look()), 0);
    assert.deepEqual([machine.taken, next.taken, later.taken].flat(), []);
  });

  it("are not imported when the warning is not agreed to", async () => {
    const machine = new Machine(new Map([["sharedOrders", { version: 1, orders: [item("9")] }]]), []);
    machine.sync();
    assert.equal(await offered("Import…", [""], () => machine.shared.look()), 1);
    assert.deepEqual(machine.taken, []);
  });

  it("leave the settings again when the person switches it off", async () => {
    const machine = new Machine(new Map(), ["1"]);
    await machine.shared.look();
    machine.isOn = false;
    await machine.shared.look();
    assert.deepEqual(
      [machine.values.get("sharedOrders"), machine.values.get("sharedOrdersMemory")],
      [undefined, undefined],
    );
    assert.deepEqual(machine.synced, ["sharedOrders"]);
  });
});

const item = (value: string) => ({ product: "ssl", reference: { kind: "orderNumber", value } });

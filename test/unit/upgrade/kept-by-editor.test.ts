import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type * as vscode from "vscode";
import {
  COMMANDS,
  commandId,
  FORMER_COMMANDS,
  PREFIX,
  SETTING_VALUES,
  SETTINGS,
} from "../../../src/editor/base/contributions";
import { savedArrangement } from "../../../src/editor/view/arrangement";
import { jitterOf, nextCheck } from "../../../src/orders/checking/schedule";
import {
  offered,
  ownShared,
  publish,
  readMemory,
  readShared,
  sharedName,
} from "../../../src/orders/export/shared-list";
import { parseOrders } from "../../../src/orders/import/parse-orders";
import { readOrderFile } from "../../../src/orders/import/order-file";
import { Book } from "../../../src/orders/journal/book";
import { stateOf } from "../../../src/orders/presentation/state";
import { useFolder } from "../storage/folder";
import { former, openWritten, written, writtenJson } from "./written";

describe("what the editor and a person kept of version 0.1.0", () => {
  const folder = useFolder();
  const before = former();

  it("settings: each one is there, takes the values of then, and is the person's as before", () => {
    const settings = Object.entries(writtenJson<Record<string, unknown>>("settings.json"));
    const ours = settings.filter(([name]) => name.startsWith(`${PREFIX}.`));
    assert.equal(ours.length, 5);
    const { contributes } = JSON.parse(readFileSync("package.json", "utf8")) as {
      contributes: { configuration: { properties: Record<string, { type: string; scope: string }> } };
    };
    for (const [id, value] of ours) {
      const name = id.slice(PREFIX.length + 1) as keyof typeof SETTINGS;
      const fallback = SETTINGS[name];
      assert.equal(typeof value, typeof fallback, name);
      assert.notDeepEqual(value, fallback, `${name} was to be other than by default`);
      const allowed: readonly unknown[] | undefined = SETTING_VALUES[name];
      assert.ok(allowed?.includes(value) !== false, name);
      assert.equal(contributes.configuration.properties[id]?.scope, "application");
    }
  });

  it("keybindings: each command is there, or called otherwise now, and no list shows its former id", () => {
    const bound = writtenJson<{ command: string }[]>("keybindings.json").map(({ command }) => command);
    assert.equal(bound.length, 50);
    const today = new Set<string>(COMMANDS.map(commandId));
    const gone = bound.filter((command) => !today.has(command));
    assert.deepEqual(
      gone.sort(),
      Object.keys(FORMER_COMMANDS)
        .map((name) => `${PREFIX}.${name}`)
        .sort(),
    );
    const manifest = readFileSync("package.json", "utf8");
    for (const command of gone) assert.equal(manifest.includes(`"${command}"`), false, command);
  });

  it("keybindings: a former id runs what is done now where that was done", () => {
    const titles = JSON.parse(readFileSync("package.nls.json", "utf8")) as Readonly<Record<string, string>>;
    assert.deepEqual(
      Object.fromEntries(Object.entries(FORMER_COMMANDS).map(([former, name]) => [former, titles[`command.${name}`]])),
      { forgetOrder: "Stop Tracking", collectAllReady: "Mark All as Seen" },
    );
  });

  it("how the orders were shown", () => {
    const memory = {
      get: (key: string) => before.workspaceState[key],
      keys: () => [],
      update: () => Promise.resolve(),
    };
    assert.deepEqual(savedArrangement(memory as unknown as vscode.Memento), {
      ...{ by: "tag", sort: "name", filter: "", archived: false },
    });
  });

  it("the list in Settings Sync: it stays as it is, and nothing of it is offered", async () => {
    const storage = await openWritten(folder());
    const book = new Book(storage.journal);
    await book.refresh();
    const rows = [...book.orders()].map((order) => {
      const circumstances = book.circumstances(order, "off");
      const check = nextCheck(order, circumstances, before.madeAt, jitterOf(order));
      const account = order.account === undefined ? undefined : book.account(order.account);
      return {
        order,
        account,
        check,
        state: stateOf(order, circumstances, check, { secretMissing: false }, before.madeAt),
      };
    });
    const list = readShared(before.globalState.sharedOrders);
    const memory = readMemory(before.globalState.sharedOrdersMemory);
    const own = ownShared(rows);
    assert.ok(list.length > 20);
    const next = publish(own, list, memory);
    assert.deepEqual(next.list, before.globalState.sharedOrders);
    assert.deepEqual(next.memory, before.globalState.sharedOrdersMemory);
    assert.deepEqual(offered(list, new Set(own.map(sharedName)), memory), []);
    await storage.close();
  });

  for (const format of ["csv", "json"]) {
    it(`an exported list (${format}): each order with its number, name and tags`, () => {
      const { orders, problems } = parseOrders(written(`exported/orders.${format}`));
      assert.deepEqual(problems, []);
      const named = new Map(orders.map((order) => [`${order.product} ${JSON.stringify(order.reference)}`, order]));
      const exported = before.book.orders as readonly ((typeof before.book.orders)[number] & Exported)[];
      const sameNumber = (of: Exported): number =>
        exported.filter(({ product, reference }) => product === of.product && sameReference(reference, of.reference))
          .length;
      for (const order of exported) {
        if (order.reference.kind === "collectionCode") continue;
        const found = named.get(`${order.product} ${JSON.stringify(order.reference)}`);
        assert.ok(found, order.id);
        // The sandbox's samples have the numbers of orders at the person's own CA: a list names each number once.
        if (sameNumber(order) > 1) continue;
        if (order.label !== undefined) assert.equal(found.label, order.label);
        assert.deepEqual(found.tags ?? [], order.tags);
      }
    });
  }

  it("an order file: each order as it was listed, nothing wrong", () => {
    const { orders, problems } = readOrderFile(written("certificate-collector.json"));
    assert.deepEqual(problems, []);
    const { orders: listed } = writtenJson<{ orders: Record<string, unknown>[] }>("certificate-collector.json");
    const found = orders.map(({ product, reference, label, tags, save }) => ({
      ...{ product, [reference.kind]: reference.value },
      ...(label !== undefined && { label }),
      ...(tags.length > 0 && { tags }),
      ...(save !== undefined && { save }),
    }));
    assert.deepEqual(found, listed);
    assert.equal(found.length, 7);
  });
});

interface Exported {
  readonly product: string;
  readonly reference: { readonly kind: string };
  readonly label?: string;
  readonly tags: readonly string[];
}

function sameReference(a: Exported["reference"], b: Exported["reference"]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

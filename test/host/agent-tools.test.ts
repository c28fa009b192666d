import assert from "node:assert/strict";
import * as vscode from "vscode";
import { registerAgentTools } from "../../src/editor/public/agent-tools";
import type { AgentCheck, AgentOrders } from "../../src/editor/public/order-tools";
import type { Program } from "../../src/editor/window/program";
import type { PublicApi } from "../../src/editor/public/public-types";
import { activated, run, until } from "./extension";

const LIST = "certificateCollector_list_orders";
const CHECK = "certificateCollector_check_order";

async function told(name: string, input: object): Promise<unknown> {
  const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
  const [part, ...others] = content;
  assert.ok(part instanceof vscode.LanguageModelTextPart && others.length === 0);
  return JSON.parse(part.value);
}

describe("the tools for agents, in a real host", () => {
  let api: PublicApi;
  before("start the sandbox", async () => {
    api = await activated();
    await run("startSandbox");
  });
  after("stop the sandbox", async () => {
    for (const { id } of await api.orders()) await run("stopTracking", { order: id });
    await run("stopSandbox");
  });

  it("list the orders as the view does", async () => {
    const [order] = await api.orders();
    assert.ok(order);
    await until(api, order.id, ({ group }) => group === "ready");
    const { orders, counts, more } = (await told(LIST, { group: "ready" })) as AgentOrders;
    const ready = (await api.orders()).filter(({ group }) => group === "ready");
    assert.deepEqual([counts, more], [{ ready: ready.length }, 0]);
    const found = orders.find(({ id }) => id === order.id);
    assert.equal(found?.title, ready.find(({ id }) => id === order.id)?.title);
    assert.ok(!JSON.stringify(orders).includes(`open & shut`));
  });

  it("refuse what is not described", async () => {
    await assert.rejects(told(LIST, { group: "all" }));
  });

  it("ask the CA no sooner than it allows, whoever agreed", async () => {
    const order = (await api.orders()).find(({ group }) => group === "ready");
    // In a window under test the editor agrees in the person's place.
    const check = (await told(CHECK, { order: order?.id })) as AgentCheck;
    assert.deepEqual([check.asked, check.order?.title], [false, order?.title]);
    assert.match(check.why ?? "", /^Not now: /);
    assert.equal((await api.orders()).find(({ id }) => id === order?.id)?.lastAsked, order?.lastAsked);
  });

  it("want a person's word before a call, and none before listing", async () => {
    const facts = { order: { label: "My [shop](command:evil)" } };
    const program = { collector: { facts: (id: string) => (id === "known" ? facts : undefined) } };
    const tools = registered(() => Promise.resolve(program as unknown as Program));
    const prepared = async (name: string, order: string) => {
      const input = { order };
      const token = new vscode.CancellationTokenSource().token;
      return tools.get(name)?.prepareInvocation?.({ input }, token);
    };
    assert.equal((await prepared(LIST, ""))?.confirmationMessages, undefined);
    const messageOf = async (order: string): Promise<string> => {
      const message = (await prepared(CHECK, order))?.confirmationMessages?.message;
      assert.ok(message instanceof vscode.MarkdownString && message.isTrusted !== true);
      return message.value;
    };
    assert.match(await messageOf("known"), /^One call about My \\\[shop\\\]\\\(/);
    assert.match(await messageOf("unknown"), /nothing/);
  });
});

/** The tools as they are registered, in place of registering them. */
function registered(program: () => Promise<Program>): Map<string, vscode.LanguageModelTool<object>> {
  const tools = new Map<string, vscode.LanguageModelTool<object>>();
  const lm = vscode.lm as { registerTool: typeof vscode.lm.registerTool };
  const { registerTool } = lm;
  lm.registerTool = (name, tool) => {
    tools.set(name, tool as vscode.LanguageModelTool<object>);
    return new vscode.Disposable(() => undefined);
  };
  try {
    registerAgentTools(program);
  } finally {
    lm.registerTool = registerTool;
  }
  return tools;
}

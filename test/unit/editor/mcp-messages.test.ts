import assert from "node:assert/strict";
import { answerMcp, type McpParts } from "../../../src/editor/public/mcp-messages";

const SIGNAL = new AbortController().signal;
const TOOL = {
  ...{ name: "list_orders", title: "Orders", description: "Lists.", inputSchema: { type: "object" } },
  annotations: { readOnlyHint: true },
};

describe("a message of the Model Context Protocol", () => {
  const calls: unknown[] = [];
  beforeEach(() => void calls.splice(0));
  const parts: McpParts = {
    version: "1.2.3",
    tools: [TOOL],
    call: (name, input) => {
      calls.push([name, input]);
      return input === "bad" ? Promise.reject(new Error("Name an order.")) : Promise.resolve('{"note":""}');
    },
  };
  const ask = async (message: unknown, revision?: string) => {
    const body = typeof message === "string" ? message : JSON.stringify(message);
    const { status, json } = await answerMcp(body, revision, parts, SIGNAL);
    return { status, reply: json === undefined ? undefined : (JSON.parse(json) as unknown) };
  };
  const request = (method: string, params?: unknown, id: unknown = 7) => ({ jsonrpc: "2.0", id, method, params });
  const result = (value: unknown, id: unknown = 7) => ({
    status: 200,
    reply: { jsonrpc: "2.0", id, result: value },
  });

  it("begins with the revision that is spoken, whichever the client proposes", async () => {
    for (const protocolVersion of ["2025-06-18", "2025-11-25", "1", undefined]) {
      const { status, reply } = await ask(request("initialize", { protocolVersion }), protocolVersion);
      const { result } = reply as { readonly result: Record<string, unknown> };
      assert.equal(status, 200);
      assert.equal(result.protocolVersion, "2025-06-18");
      assert.deepEqual(result.capabilities, { tools: {} });
      assert.deepEqual((result.serverInfo as { version: string }).version, "1.2.3");
    }
  });

  const text = (words: string) => ({ content: [{ type: "text", text: words }] });
  const CASES: readonly (readonly [what: string, message: unknown, answer: unknown])[] = [
    ["a ping", request("ping"), result({})],
    ["an id that is a text", request("ping", {}, "a"), result({}, "a")],
    ["the list of tools", request("tools/list"), result({ tools: [TOOL] })],
    ["a list with a cursor", request("tools/list", { cursor: "x" }), result({ tools: [TOOL] })],
    ["a call", request("tools/call", { name: "list_orders", arguments: { text: "a" } }), result(text('{"note":""}'))],
    ["a call without arguments", request("tools/call", { name: "list_orders" }), result(text('{"note":""}'))],
    [
      "a call that fails, whose text the model gets",
      request("tools/call", { name: "list_orders", arguments: "bad" }),
      result({ ...text("Name an order."), isError: true }),
    ],
  ];
  for (const [what, message, answer] of CASES) {
    it(`is answered: ${what}`, async () => {
      assert.deepEqual(await ask(message), answer);
      assert.deepEqual(await ask(message, "2025-06-18"), answer);
    });
  }

  const NOTED: readonly (readonly [what: string, message: unknown])[] = [
    ["the end of the beginning", { jsonrpc: "2.0", method: "notifications/initialized" }],
    ["another notification", { jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 7 } }],
    [
      "a call without an id, which is not made",
      { jsonrpc: "2.0", method: "tools/call", params: { name: "list_orders" } },
    ],
    ["an answer", { jsonrpc: "2.0", id: 1, result: {} }],
    ["an answer that is an error", { jsonrpc: "2.0", id: 1, error: { code: 1, message: "" } }],
  ];
  for (const [what, message] of NOTED) {
    it(`is taken note of: ${what}`, async () => {
      assert.deepEqual(await ask(message), { status: 202, reply: undefined });
      assert.deepEqual(calls, []);
    });
  }

  const call = request("tools/call", { name: "list_orders" });
  const FAULTS: readonly (readonly [what: string, message: unknown, status: number, code: number])[] = [
    ["what is not JSON", '{"jsonrpc":', 400, -32700],
    ["nothing", "", 400, -32700],
    ["a batch", [call, call], 400, -32600],
    ["an empty batch", [], 400, -32600],
    ["a text", '"ping"', 400, -32600],
    ["null", "null", 400, -32600],
    ["another protocol", { ...call, jsonrpc: "1.0" }, 400, -32600],
    ["an id of null", { ...call, id: null }, 400, -32600],
    ["an id that is not whole", { ...call, id: 1.5 }, 400, -32600],
    ["an id that is an object", { ...call, id: {} }, 400, -32600],
    ["a method that is not a text", { ...call, method: 1 }, 400, -32600],
    ["no method", { jsonrpc: "2.0", id: 1 }, 400, -32600],
    ["an unknown method", request("resources/list"), 200, -32601],
    ["a method that every object has", request("constructor"), 200, -32601],
    ["an unknown tool", request("tools/call", { name: "check_order" }), 200, -32602],
    ["a tool that every object has", request("tools/call", { name: "__proto__" }), 200, -32602],
    ["no tool", request("tools/call", {}), 200, -32602],
    ["parameters that are a list", request("tools/call", ["list_orders"]), 200, -32602],
  ];
  for (const [what, message, status, code] of FAULTS) {
    it(`is refused: ${what}`, async () => {
      const { status: given, reply } = await ask(message);
      const { error, id } = reply as { readonly error: { code: number; message: string }; readonly id: unknown };
      assert.deepEqual([given, error.code, id], [status, code, status === 400 ? null : 7]);
      assert.deepEqual(calls, []);
    });
  }

  it("is refused in another revision, once the client knows which is spoken", async () => {
    assert.deepEqual(await ask(call, "2024-11-05"), { status: 400, reply: undefined });
    assert.deepEqual(calls, []);
  });
});

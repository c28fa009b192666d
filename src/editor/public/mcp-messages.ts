import { isRecord, parseJson } from "../../shape/shape";

/** A tool as the Model Context Protocol lists it (revision 2025-06-18, "Tools"). */
export interface McpTool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: object;
  readonly annotations: Readonly<Record<string, boolean>>;
}

/** What answers calls of tools. */
export interface McpParts {
  readonly version: string;
  readonly tools: readonly McpTool[];
  /** @returns the answer as text. Rejects with a text that says what to do */
  readonly call: (name: string, input: unknown, signal: AbortSignal) => Promise<string>;
}

/** The revision that is spoken. */
const REVISION = "2025-06-18";

const INSTRUCTIONS =
  "Certificate orders at Sectigo that the person tracks in this editor, and certificate files of its workspace. Read-only: nothing is ordered, checked at the CA or written.";

/** JSON-RPC 2.0, section 5.1. */
const FAULTS = {
  parse: [-32700, "The message must be JSON."],
  invalid: [-32600, "The message must be one JSON-RPC 2.0 request, with a text or an integer as its id."],
  method: [-32601, "Known methods: initialize, ping, tools/list, tools/call."],
  params: [-32602, "No tool has this name: tools/list has them all."],
} as const;

interface McpReply {
  readonly status: number;
  readonly json?: string;
}

/**
 * Answers a message of the Model Context Protocol, revision 2025-06-18, as its Streamable HTTP transport has it:
 * requests get one JSON body, everything else is taken note of. Knows no sessions, streams or batches.
 * @param revision the header MCP-Protocol-Version
 */
export async function answerMcp(
  body: string,
  revision: string | undefined,
  parts: McpParts,
  signal: AbortSignal,
): Promise<McpReply> {
  const message = parseJson(body);
  if (message === undefined) return fault("parse", null);
  if (!isRecord(message) || message.jsonrpc !== "2.0") return fault("invalid", null);
  const { id, method, params } = message;
  const isAnswer = method === undefined && ("result" in message || "error" in message);
  if (isAnswer || (typeof method === "string" && !("id" in message))) return { status: 202 };
  if (typeof method !== "string" || !(typeof id === "string" || Number.isSafeInteger(id)))
    return fault("invalid", null);
  // The client does not know yet which revision is spoken.
  if (method !== "initialize" && revision !== undefined && revision !== REVISION) return { status: 400 };
  const result = await resultOf(method, isRecord(params) ? params : {}, parts, signal);
  return typeof result === "string"
    ? fault(result, id)
    : { status: 200, json: JSON.stringify({ jsonrpc: "2.0", id, result }) };
}

async function resultOf(
  method: string,
  params: Readonly<Record<string, unknown>>,
  { version, tools, call }: McpParts,
  signal: AbortSignal,
): Promise<object | keyof typeof FAULTS> {
  switch (method) {
    case "initialize":
      return {
        protocolVersion: REVISION,
        capabilities: { tools: {} },
        serverInfo: { name: "certificate-collector", title: "Certificate Collector for Sectigo", version },
        instructions: INSTRUCTIONS,
      };
    case "ping":
      return {};
    case "tools/list":
      return { tools };
    case "tools/call": {
      const { name, arguments: input = {} } = params;
      if (typeof name !== "string" || !tools.some((tool) => tool.name === name)) return "params";
      return call(name, input, signal).then(
        (text) => ({ content: [{ type: "text", text }] }),
        (error: unknown) => ({ content: [{ type: "text", text: messageOf(error) }], isError: true }),
      );
    }
    default:
      return "method";
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function fault(kind: keyof typeof FAULTS, id: unknown): McpReply {
  const [code, text] = FAULTS[kind];
  const json = JSON.stringify({ jsonrpc: "2.0", id, error: { code, message: text } });
  return { status: id === null ? 400 : 200, json };
}

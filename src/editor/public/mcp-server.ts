import type { Extension } from "vscode";
import { startLoopback, type LoopbackServer } from "../../net/loopback-server";
import type { Disposable } from "../../orders/ports";
import { PREFIX, TOOLS, type AgentToolId } from "../base/contributions";
import { runTool, type AgentParts } from "./agent-registry";
import { answerMcp, type McpTool } from "./mcp-messages";

/** The part of the manifest that tells what each tool is for and takes. */
interface ToolManifest {
  readonly version: string;
  readonly contributes: {
    readonly languageModelTools: readonly {
      readonly name: string;
      readonly displayName: string;
      readonly modelDescription: string;
      readonly inputSchema: object;
    }[];
  };
}

/** Tools that only read, by whether a file may be what they read: only then need a client ask its person. */
const READS_FILES: Readonly<Record<Exclude<AgentToolId, "checkOrder">, boolean>> = {
  listOrders: false,
  explainOrder: false,
  validationRecords: false,
  describeCertificate: true,
  compareCertificates: true,
};

/** The tools that only read, for clients of the Model Context Protocol on this computer that the editor starts. */
export class McpServer implements Disposable {
  private server: Promise<LoopbackServer> | undefined;
  private ended = false;

  constructor(
    private readonly extension: Pick<Extension<unknown>, "packageJSON">,
    private readonly parts: AgentParts,
  ) {}

  /** Where it listens, and the secret that it wants to be shown. Starts it. @throws Error of the system */
  async address(): Promise<Pick<LoopbackServer, "url" | "token">> {
    this.server ??= this.start();
    try {
      const server = await this.server;
      if (this.ended) server.dispose();
      return server;
    } catch (error) {
      this.server = undefined;
      throw error;
    }
  }

  dispose(): void {
    this.ended = true;
    void this.server?.then(
      (server) => server.dispose(),
      () => undefined,
    );
  }

  private async start(): Promise<LoopbackServer> {
    const { version, contributes } = this.extension.packageJSON as ToolManifest;
    const ids = new Map<string, AgentToolId>();
    const tools = contributes.languageModelTools.flatMap((tool): McpTool[] => {
      const found = Object.entries(READS_FILES).find(([id]) => TOOLS[id as AgentToolId] === tool.name);
      if (found === undefined) return [];
      const [id, readsFiles] = found;
      const name = tool.name.slice(`${PREFIX}_`.length);
      ids.set(name, id as AgentToolId);
      return [
        {
          ...{ name, title: tool.displayName, description: tool.modelDescription, inputSchema: tool.inputSchema },
          // Of tools that say they only read, clients do not ask their person.
          annotations: { ...(!readsFiles && { readOnlyHint: true }), destructiveHint: false, openWorldHint: false },
        },
      ];
    });
    const call = (name: string, input: unknown, signal: AbortSignal): Promise<string> =>
      runTool(ids.get(name) ?? "listOrders", this.parts, input, signal);
    const server = await startLoopback({
      path: "/mcp",
      answer: (body, headers, signal) => {
        const revision = headers["mcp-protocol-version"];
        return answerMcp(body, typeof revision === "string" ? revision : undefined, { version, tools, call }, signal);
      },
    });
    this.parts.log.mask(server.token);
    return server;
  }
}

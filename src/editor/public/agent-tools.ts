import * as vscode from "vscode";
import { TOOLS, type AgentToolId } from "../base/contributions";
import { signalOf } from "../base/signal-of";
import type { AgentParts } from "./agent-registry";

/** Registers the tools that agents may call. Their code is loaded with the first call. */
export function registerAgentTools(given: AgentParts): vscode.Disposable {
  const parts: AgentParts = { ...given, asked: new Map() };
  const load = () => import("./agent-registry");
  const register = (id: AgentToolId): vscode.Disposable =>
    vscode.lm.registerTool<object>(TOOLS[id], {
      prepareInvocation: async ({ input }) => (await load()).prepareTool(id, parts, input),
      invoke: async ({ input }, token) => {
        const { runTool } = await load();
        const text = await runTool(id, parts, input, signalOf(token));
        return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
      },
    });
  return vscode.Disposable.from(...(Object.keys(TOOLS) as AgentToolId[]).map(register));
}

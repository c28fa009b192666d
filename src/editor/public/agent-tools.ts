import * as vscode from "vscode";
import { TOOLS } from "../base/contributions";
import type { Program } from "../window/program";
import { signalOf } from "../base/signal-of";

/**
 * Registers the tools that agents may call. Their code is loaded with the first call.
 * @param program the program, or `undefined` if nothing was ever tracked
 */
export function registerAgentTools(program: () => Promise<Program | undefined>): vscode.Disposable {
  const load = async () => {
    const [tools, started] = await Promise.all([import("./order-tools"), program()]);
    return { tools, program: started };
  };
  return vscode.Disposable.from(
    vscode.lm.registerTool<object>(TOOLS.listOrders, {
      prepareInvocation: () => ({ invocationMessage: vscode.l10n.t("Reading the tracked certificate orders") }),
      invoke: async ({ input }) => {
        const { tools, program } = await load();
        return asText(tools.listOrders(program?.collector, input));
      },
    }),
    vscode.lm.registerTool<object>(TOOLS.checkOrder, {
      prepareInvocation: async ({ input }) => {
        const { tools, program } = await load();
        const title = tools.requestedTitle(program?.collector, input);
        // The CA counts calls and failed sign-ins, so no call is made without consent.
        return {
          invocationMessage: vscode.l10n.t("Checking a certificate order"),
          confirmationMessages: {
            title: vscode.l10n.t("Check a certificate order at the CA?"),
            message: new vscode.MarkdownString(
              title === undefined
                ? vscode.l10n.t("There is no such order, so nothing will be sent.")
                : vscode.l10n.t("One call about {0} is sent to the CA, with the account of this order.", title),
            ),
          },
        };
      },
      invoke: async ({ input }, token) => {
        const { tools, program } = await load();
        const { answer, id, result } = await tools.checkOrderForAgent(program?.collector, input, signalOf(token));
        if (id !== undefined && result?.kind === "answered" && result.froze !== undefined) {
          void program?.attention.tellFrozen(id, result.froze);
        }
        return asText(answer);
      },
    }),
  );
}

function asText(value: unknown): vscode.LanguageModelToolResult {
  return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(JSON.stringify(value))]);
}

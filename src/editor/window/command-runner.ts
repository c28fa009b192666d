import * as vscode from "vscode";
import { argumentOf } from "../base/arguments";
import { commandId, COMMANDS, FORMER_COMMANDS, PREFIX, type CommandName } from "../base/contributions";
import type { Log } from "../base/log";
import { codeOf, isCodeMissing } from "../base/log-text";
import type { Telemetry } from "../base/telemetry";
import { showError } from "../base/messages";
import { errorWords, localize } from "../base/localize";

/** Runs a command by its name; loads what it needs first. */
export type RunCommand = (name: CommandName, argument: unknown) => Promise<unknown>;

/**
 * Registers every command, by its former id too, behind one wrapper: our own errors become one sentence with a button
 * for the log, others are logged with their stack, code that is gone asks for a reload, and no error reaches the
 * editor's own "command failed".
 * @returns to be disposed with the extension
 */
export function registerCommands(run: RunCommand, log: Log, telemetry: Telemetry): vscode.Disposable {
  const register = (id: string, name: CommandName): vscode.Disposable =>
    vscode.commands.registerCommand(id, async (row: unknown, selected: unknown) => {
      try {
        const result = await run(name, argumentOf(row, selected));
        telemetry.send("command", { command: name, outcome: result === undefined ? "cancelled" : "done" });
        return result;
      } catch (error) {
        const code = codeOf(error);
        telemetry.send("command", { command: name, outcome: code ?? "unexpected" });
        log.error(`The command ${name} failed.`, error);
        void tellError(error, log);
        return undefined;
      }
    });
  return vscode.Disposable.from(
    ...COMMANDS.map((name) => register(commandId(name), name)),
    ...Object.entries(FORMER_COMMANDS).map(([former, name]) => register(`${PREFIX}.${former}`, name)),
  );
}

/**
 * Tells a person why something did not work that they asked for. The caller logs it.
 * @param error one of ours says so in its message; any other is a fault, whose stack is in the log
 */
export async function tellError(error: unknown, log: Log): Promise<void> {
  if (isCodeMissing(error)) return offerReload();
  const message =
    codeOf(error) !== undefined && error instanceof Error
      ? errorWords(error)
      : localize("Something went wrong unexpectedly.");
  const show = localize("Show Log");
  if ((await showError(message, show)) === show) log.show();
}

/** The extension was updated while this window ran it: what it has not loaded yet is no longer there. */
async function offerReload(): Promise<void> {
  const reload = localize("Reload Window");
  const words = localize("The extension was updated. Reload the window to continue.");
  if ((await showError(words, reload)) === reload)
    await vscode.commands.executeCommand("workbench.action.reloadWindow");
}

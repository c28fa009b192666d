import * as vscode from "vscode";
import { askSteps } from "../steps";

/**
 * Asks for the password of a file that is about to be written, twice and masked. Whoever gets it uses it once and keeps it nowhere.
 * @param file its name, for the title
 * @returns undefined when the person left
 */
export async function askNewPassword(file: string): Promise<string | undefined> {
  let password = "";
  const done = await askSteps(vscode.l10n.t("Password for {0}", file), [
    async (screen) => {
      password = await screen.input({
        prompt: vscode.l10n.t(
          "Choose the password that protects the file. It is not kept: note it where you keep such things.",
        ),
        secret: true,
        check: (text) => (text === "" ? vscode.l10n.t("A file with a private key needs a password.") : undefined),
      });
    },
    async (screen) => {
      await screen.input({
        prompt: vscode.l10n.t("Type the password once more."),
        secret: true,
        check: (text) =>
          text === password ? undefined : vscode.l10n.t("That is not the same. Type it again, or go back."),
      });
    },
  ]);
  return done ? password : undefined;
}

import * as vscode from "vscode";
import { systemClock } from "../base/clock";
import { LensReminder } from "./lens-reminder";

/**
 * Registers lenses, and sees to it that the editor asks for them.
 * @param changed fired where they are no longer what they were
 */
export function registerLenses(
  selector: vscode.DocumentSelector,
  changed: vscode.EventEmitter<void>,
  provide: (document: vscode.TextDocument) => Promise<vscode.CodeLens[] | undefined>,
): vscode.Disposable {
  const asked = new WeakSet<vscode.TextDocument>();
  const isForgotten = (): boolean =>
    vscode.window.visibleTextEditors.some(
      ({ document }) => vscode.languages.match(selector, document) > 0 && !asked.has(document),
    );
  const reminder = new LensReminder(systemClock, isForgotten, () => changed.fire());
  reminder.look();
  return vscode.Disposable.from(
    reminder,
    vscode.window.onDidChangeVisibleTextEditors(() => reminder.look()),
    vscode.languages.registerCodeLensProvider(selector, {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses: (document) => {
        asked.add(document);
        return provide(document);
      },
    }),
  );
}

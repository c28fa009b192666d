import * as vscode from "vscode";
import type { DetailsPage, Sentence } from "../certificates/details/page";
import { segments } from "../certificates/names/suspicious-text";
import { MutableDisposable } from "../orders/mutable-disposable";
import type { Disposable } from "../orders/ports";
import { systemClock } from "../editor/base/clock";
import { commandId } from "../editor/base/contributions";
import { DisposableStore } from "../editor/base/disposable-store";
import { pageStrings, type DetailsSource } from "../editor/pages/details-view";
import type { ActionId, Content } from "../webview/protocol";
import { bytesOnScreen } from "./open-bytes";
import type { WebReading } from "./web-reading";
import { localize } from "../editor/base/localize";

/** ms of quiet after a change of an unsaved document before it is shown. */
const DEBOUNCE = 400;

/** The details page of a file in a browser: what the file itself tells. It follows the file. */
export class ReaderPage implements DetailsSource, Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changes = this.disposables.add(new vscode.EventEmitter<void>());
  private readonly typing = this.disposables.add(new MutableDisposable());
  readonly onDidChange = this.changes.event;

  constructor(
    private readonly uri: vscode.Uri,
    private readonly reading: WebReading,
  ) {
    const pattern = new vscode.RelativePattern(vscode.Uri.joinPath(uri, ".."), "*");
    const watcher = this.disposables.add(vscode.workspace.createFileSystemWatcher(pattern));
    const isOurs = (other: vscode.Uri) => other.toString() === uri.toString();
    const look = (changed: vscode.Uri) => isOurs(changed) && this.changes.fire();
    // Replacing a file may be reported as deleting or as creating it.
    this.disposables.add(watcher.onDidChange(look));
    this.disposables.add(watcher.onDidCreate(look));
    this.disposables.add(watcher.onDidDelete(look));
    this.disposables.add(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (isOurs(document.uri)) this.typing.value = systemClock.after(DEBOUNCE, () => this.changes.fire());
      }),
    );
  }

  get title(): string {
    return this.uri.path.slice(this.uri.path.lastIndexOf("/") + 1);
  }

  async content(): Promise<Content> {
    const subject = await bytesOnScreen(this.uri);
    const { details, leaf } = await this.reading.run("analyze", { subject, now: Date.now() });
    return {
      source: this.uri.toString(),
      details: withLimits(JSON.parse(details) as DetailsPage),
      actions: leaf === undefined ? [] : [{ id: "saveAs", label: localize("Export…") }],
      strings: pageStrings(),
      locale: vscode.env.language,
    };
  }

  act(action: ActionId): unknown {
    if (action !== "saveAs") return undefined;
    return vscode.commands.executeCommand(commandId("saveAs"), { file: this.uri.toString() });
  }

  dispose(): void {
    this.disposables.dispose();
  }
}

/** Says on the page what is not here. */
function withLimits(details: DetailsPage): DetailsPage {
  const words = localize(
    "Read in the browser, which cannot ask a CA, a server or the DNS. VS Code on a computer checks revocation and hosts, too.",
  );
  const limits: Sentence = { tone: "none", text: segments(words) };
  return { ...details, summary: { ...details.summary, sentences: [...details.summary.sentences, limits] } };
}

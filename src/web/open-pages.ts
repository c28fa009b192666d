import type * as vscode from "vscode";
import { DisposableStore } from "../editor/base/disposable-store";
import { DetailsView } from "../editor/pages/details-view";
import { ReaderPage } from "./reader-page";
import type { WebReading } from "./web-reading";

/** The editors of certificate files that are open in a browser. */
export class OpenPages implements vscode.CustomReadonlyEditorProvider {
  private readonly views = new Map<string, Set<DetailsView>>();
  /** Of files that are about to be opened: the object to show first. */
  private readonly wanted = new Map<string, string>();

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly reading: WebReading,
  ) {}

  /** Shows an object of a file, now or once it is open. @param object SHA-256, lower-case hex */
  select(uri: vscode.Uri, object: string): void {
    const open = this.views.get(uri.toString());
    if (open === undefined) this.wanted.set(uri.toString(), object);
    else for (const view of open) view.select(object);
  }

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    return { uri, dispose: () => undefined };
  }

  resolveCustomEditor({ uri }: vscode.CustomDocument, panel: vscode.WebviewPanel): void {
    const key = uri.toString();
    const disposables = new DisposableStore();
    const page = disposables.add(new ReaderPage(uri, this.reading));
    const view = disposables.add(new DetailsView(panel.webview, this.extensionUri, page));
    disposables.add(page.onDidChange(() => view.update()));
    const views = this.views.get(key) ?? new Set();
    this.views.set(key, views.add(view));
    const object = this.wanted.get(key);
    this.wanted.delete(key);
    if (object !== undefined) view.select(object);
    panel.onDidDispose(() => {
      disposables.dispose();
      views.delete(view);
      if (views.size === 0) this.views.delete(key);
    });
  }
}

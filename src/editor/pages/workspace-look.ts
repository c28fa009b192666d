import * as vscode from "vscode";
import type { Disposable } from "../../orders/ports";
import { DisposableStore } from "../base/disposable-store";
import type { ReadingService } from "../window/reading-service";
import type { FoundKeyFiles } from "../saving/workspace-search";

/** ms for which what was found counts as the latest. */
const FRESH = 30_000;

/** What lies in the local folders of the workspace, looked for in the background while somebody wants to know. */
export class WorkspaceLook implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changes = this.disposables.add(new vscode.EventEmitter<void>());
  private readonly stop = new AbortController();
  /** Something else was found than before. */
  readonly onDidChange = this.changes.event;
  private found: FoundKeyFiles | undefined;
  /** When the last search began. Epoch ms. */
  private began = -Infinity;

  constructor(private readonly reading: ReadingService) {}

  /** What was found last, `undefined` before the first search ends. Searches anew where that is some time ago. */
  latest(): FoundKeyFiles | undefined {
    if (Date.now() - this.began > FRESH) {
      this.began = Date.now();
      void this.search();
    }
    return this.found;
  }

  dispose(): void {
    this.stop.abort();
    this.disposables.dispose();
  }

  private async search(): Promise<void> {
    const { localFolders, searchFolders } = await import("../saving/workspace-search");
    const found = await searchFolders(this.reading, localFolders(), this.stop.signal).catch(() => undefined);
    if (found === undefined || this.stop.signal.aborted) return;
    const isNews = JSON.stringify(found) !== JSON.stringify(this.found);
    this.found = found;
    if (isNews) this.changes.fire();
  }
}

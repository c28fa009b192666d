import * as vscode from "vscode";
import { MutableDisposable } from "../../orders/mutable-disposable";
import type { Disposable } from "../../orders/ports";
import { systemClock } from "../base/clock";
import { DisposableStore } from "../base/disposable-store";
import type { ReadingService } from "../window/reading-service";
import type { FoundKeyFiles } from "../saving/workspace-search";

/** ms for which a search result counts as current. */
const FRESH = 30_000;

/** Files that have keys most often, and ms after which a change of them is looked at. */
const KEY_FILES = "**/*.{key,pem,p12,pfx,csr}";
const SETTLED = 1_000;

/** The key files in the local folders of the workspace, searched in the background while somebody needs them. */
export class WorkspaceLook implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changes = this.disposables.add(new vscode.EventEmitter<void>());
  private readonly waiting = this.disposables.add(new MutableDisposable());
  private readonly stop = new AbortController();
  /** Fires when a search found something different than before. */
  readonly onDidChange = this.changes.event;
  private found: FoundKeyFiles | undefined;
  /** When the last search began. Epoch ms. */
  private began = -Infinity;

  constructor(private readonly reading: ReadingService) {
    const watcher = this.disposables.add(vscode.workspace.createFileSystemWatcher(KEY_FILES));
    const again = (): void => {
      if (this.found === undefined) return;
      this.waiting.value = systemClock.after(SETTLED, () => {
        this.began = -Infinity;
        this.latest();
      });
    };
    for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete])
      this.disposables.add(event(again));
  }

  /** The last search result, `undefined` before the first search ends. Starts a new search if the last one is old. */
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

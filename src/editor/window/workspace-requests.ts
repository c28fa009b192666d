import * as vscode from "vscode";
import { MutableDisposable } from "../../orders/mutable-disposable";
import type { Disposable } from "../../orders/ports";
import { systemClock } from "../base/clock";
import { DisposableStore } from "../base/disposable-store";
import { readRegularFile } from "../base/regular-file";
import { findFiles, localFolders } from "../saving/workspace-search";
import type { FoundRequest, RequestSource } from "./found-request";
import type { ReadingService } from "./reading-service";

/** The usual names of files with certificate requests. */
const REQUEST_FILES = "**/*.{csr,req,p10,pem,der}";

/** The most bytes of a file; a request has a few thousand. */
const MAX_REQUEST_FILE = 256 * 1024;

/** Files that are read at once, and requests that are kept. */
const TOGETHER = 20;
const MAX_REQUESTS = 500;

/** Names of all requests that are kept: a hostile folder has hundreds of megabytes of them. */
const MAX_NAMES = 50_000;

/** ms for which a search counts as current. */
const FRESH = 30_000;

/** ms after which a change of a file is looked at. */
const SETTLED = 1_000;

/** The certificate requests in the local folders of the workspace, searched while somebody needs them. */
export class WorkspaceRequests implements RequestSource, Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changes = this.disposables.add(new vscode.EventEmitter<void>());
  private readonly waiting = this.disposables.add(new MutableDisposable());
  private readonly stop = new AbortController();
  private watcher: vscode.FileSystemWatcher | undefined;
  private found: readonly FoundRequest[] | undefined;
  private searching: Promise<readonly FoundRequest[]> | undefined;
  /** When the last search began. Epoch ms. */
  private began = -Infinity;

  constructor(private readonly reading: ReadingService) {}

  onDidChange(listener: () => void): Disposable {
    return this.changes.event(listener);
  }

  latest(): readonly FoundRequest[] | undefined {
    if (Date.now() - this.began > FRESH) void this.find();
    return this.found;
  }

  find(): Promise<readonly FoundRequest[]> {
    this.follow();
    if (this.searching === undefined || Date.now() - this.began > FRESH) {
      this.began = Date.now();
      this.searching = this.search().catch(() => []);
    }
    return this.searching;
  }

  async read(uri: string): Promise<readonly FoundRequest[]> {
    return this.requestsIn(vscode.Uri.parse(uri)).catch(() => []);
  }

  dispose(): void {
    this.stop.abort();
    this.disposables.dispose();
  }

  /** What is written is found soon, once somebody has looked for requests. */
  private follow(): void {
    if (this.watcher !== undefined) return;
    this.watcher = this.disposables.add(vscode.workspace.createFileSystemWatcher(REQUEST_FILES));
    const again = (): void => {
      this.waiting.value = systemClock.after(SETTLED, () => {
        this.began = -Infinity;
        void this.find();
      });
    };
    const { onDidCreate, onDidChange, onDidDelete } = this.watcher;
    for (const event of [onDidCreate, onDidChange, onDidDelete]) this.disposables.add(event(again));
  }

  private async search(): Promise<readonly FoundRequest[]> {
    const folders = localFolders();
    const uris = (
      await Promise.all(folders.map((folder) => findFiles(folder, REQUEST_FILES, this.stop.signal)))
    ).flat();
    const found: FoundRequest[] = [];
    for (
      let start = 0;
      start < uris.length && found.length < MAX_REQUESTS && !this.stop.signal.aborted;
      start += TOGETHER
    ) {
      const some = uris.slice(start, start + TOGETHER).map((uri) => this.requestsIn(uri).catch(() => []));
      found.push(...(await Promise.all(some)).flat());
    }
    let names = 0;
    const requests = found.slice(0, MAX_REQUESTS).filter((each) => (names += each.names.length) <= MAX_NAMES);
    const isNews = this.found === undefined || marksOf(requests) !== marksOf(this.found);
    if (isNews) this.found = requests;
    if (isNews && !this.stop.signal.aborted) this.changes.fire();
    return this.found ?? requests;
  }

  private async requestsIn(uri: vscode.Uri): Promise<readonly FoundRequest[]> {
    const bytes = await readRegularFile(uri, MAX_REQUEST_FILE);
    if (bytes === undefined) return [];
    const file = vscode.workspace.asRelativePath(uri);
    const requests = await this.reading.run("requestTokens", bytes, this.stop.signal);
    return requests.map(({ token, textHashes, names, keyIdentity }) => ({
      ...{ uri: uri.toString(), file, token, textHashes, names, keyIdentity },
    }));
  }
}

/** What tells searches apart: names and keys follow from the hash. */
const marksOf = (requests: readonly FoundRequest[]): string =>
  JSON.stringify(requests.map(({ uri, token, textHashes }) => [uri, token.sha256, textHashes[0]?.sha256]));

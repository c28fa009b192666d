import * as vscode from "vscode";
import type { FileContents } from "../../reading/file-facts";
import type { OtherFile } from "../../orders/model/certificate-file";
import { MutableDisposable } from "../../orders/mutable-disposable";
import type { Disposable } from "../../orders/ports";
import type { ReadFile } from "../../orders/presentation/inventory";
import { systemClock } from "../base/clock";
import { DisposableStore } from "../base/disposable-store";
import { isRegularFile, readUpTo } from "../base/regular-file";
import { searchExcludes } from "../base/search-excludes";
import { fileStampOf, type FileStamp } from "../../storage/file-stamp";
import { KeptInventory, type KnownFile } from "../../storage/kept-inventory";
import { findFiles } from "../saving/workspace-search";
import type { ReadingService } from "../window/reading-service";
import { Settling } from "./settling";

/** Files of one folder that are looked at, by either pattern, and bytes of each that are read. */
const MAX_FILES = 5_000;
const MAX_BYTES = 1024 * 1024;

/** Files that are examined, and read, at once. */
const TOGETHER = 100;
const BATCH = 20;

/** ms for a search, which links may lead anywhere. */
const LONGEST_SEARCH = 30_000;

/** ms within which a file may change again without its times telling: file systems of two seconds are about. */
const RACY = 2_000;

/** The usual names of files with private keys, so that a certificate's is found. */
const KEY_FILES = "**/{*.key,*.p8,*.pk8,*[pP]rivate[kK]ey*,*private[-_]key*,*privkey*}";

/** What a look at the workspace came to. */
export interface Looked {
  readonly files: readonly ReadFile[];
  /** How many of them had to be read: the others are as they were. */
  readonly read: number;
  /** There are more files than are looked at. */
  readonly isCut: boolean;
  /** The search took too long, and was ended. */
  readonly isStopped: boolean;
}

interface Found extends Pick<Looked, "isCut" | "isStopped"> {
  readonly uris: readonly vscode.Uri[];
  /** Those of them that only keys are wanted of. */
  readonly keysOnly: ReadonlySet<string>;
}

interface Unread {
  readonly uri: vscode.Uri;
  readonly stamp: string;
  readonly isSettled: boolean;
}

/** What may be otherwise the next time, though the file stays as it is. */
const PASSING: ReadonlySet<string> = new Set(["unreadable", "too-long"]);

/**
 * The certificates in files of the workspace: found by a pattern, read in the reading thread, and remembered by size
 * and times. Nothing is looked for before somebody asks.
 */
export class WorkspaceInventory implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changes = this.disposables.add(new vscode.EventEmitter<void>());
  /** Fires when files may have changed, once they are still or have changed for long. */
  readonly onDidChange = this.changes.event;
  private readonly settling = this.disposables.add(new Settling(systemClock, () => this.changes.fire()));
  private readonly watching = this.disposables.add(new MutableDisposable());
  private readonly stop = new AbortController();
  private readonly cache: KeptInventory;
  private known: Promise<Map<string, KnownFile>> | undefined;
  private looking: Promise<Looked> | undefined;
  private watched = "";

  /**
   * @param storage folder of this workspace
   * @param pattern of the files' names, as it is set now
   */
  constructor(
    private readonly reading: ReadingService,
    storage: vscode.Uri | undefined,
    private readonly pattern: () => string,
  ) {
    this.cache = new KeptInventory(storage?.fsPath);
  }

  /**
   * Looks at the files. Who asks while it is done gets the result of another look after this one.
   * @param folders that may be read
   * @throws Error of the editor's search
   */
  async look(folders: readonly vscode.WorkspaceFolder[]): Promise<Looked> {
    while (this.looking !== undefined) await this.looking.catch(() => undefined);
    this.looking = this.lookOnce(folders).finally(() => (this.looking = undefined));
    return this.looking;
  }

  dispose(): void {
    this.stop.abort();
    this.disposables.dispose();
  }

  private async lookOnce(folders: readonly vscode.WorkspaceFolder[]): Promise<Looked> {
    this.watch();
    const { uris, keysOnly, ...found } = await this.find(folders);
    const before = await (this.known ??= this.cache.read());
    const known = new Map<string, KnownFile>();
    const files: ReadFile[] = [];
    const put = (uri: vscode.Uri, { facts, keys }: FileContents): void => {
      const isWanted = !keysOnly.has(uri.toString());
      const path = vscode.workspace.asRelativePath(uri);
      files.push({ uri: uri.toString(), path, facts: isWanted ? facts : { kind: "other" }, keys });
    };
    let read = 0;
    for (let start = 0; start < uris.length && !this.stop.signal.aborted; start += TOGETHER) {
      const some = uris.slice(start, start + TOGETHER);
      const unread: Unread[] = [];
      const stamps = await Promise.all(some.map(stampAt));
      for (const [index, uri] of some.entries()) {
        const seen = stamps[index] ?? "missing";
        const kept = before.get(uri.toString());
        if (seen === "missing") continue;
        if (seen === "unreadable") put(uri, trouble("unreadable"));
        else if (!seen.isFile) put(uri, trouble("not-regular"));
        else if (seen.size > MAX_BYTES) put(uri, trouble("too-large"));
        else if (kept?.stamp === seen.stamp) {
          known.set(uri.toString(), kept);
          put(uri, { facts: kept.facts, keys: [] });
        } else unread.push({ uri, stamp: seen.stamp, isSettled: Date.now() - seen.changedAt > RACY });
      }
      for (let from = 0; from < unread.length && !this.stop.signal.aborted; from += BATCH) {
        const batch = unread.slice(from, from + BATCH);
        const contents = await this.contentsOf(batch.map(({ uri }) => uri));
        for (const [index, { uri, stamp, isSettled }] of batch.entries()) {
          const content = contents[index] ?? trouble("unreadable");
          put(uri, content);
          read++;
          const isPublic = content.keys.length === 0 && !PASSING.has(content.facts.kind);
          if (isSettled && isPublic) known.set(uri.toString(), { stamp, facts: content.facts });
        }
      }
    }
    if (!this.stop.signal.aborted) await this.remember(before, known, read);
    return { files, read, ...found };
  }

  /** Files, in the order of their names: the editor gives them in any. */
  private async find(folders: readonly vscode.WorkspaceFolder[]): Promise<Found> {
    const search = new AbortController();
    let isStopped = false;
    const end = (): void => search.abort();
    const timer = systemClock.after(LONGEST_SEARCH, () => {
      isStopped = true;
      end();
    });
    this.stop.signal.addEventListener("abort", end);
    try {
      const findAll = async (pattern: string, some: readonly vscode.WorkspaceFolder[]) =>
        Promise.all(
          some.map((folder) => {
            const notIn = searchExcludes(vscode.workspace.getConfiguration("search", folder.uri).get("exclude"));
            return findFiles(folder, pattern, search.signal, { notIn, max: MAX_FILES });
          }),
        );
      const [wanted, keys] = await Promise.all([
        findAll(this.pattern(), folders),
        // A key that is read over a connection is worth a question of its own.
        findAll(
          KEY_FILES,
          folders.filter(({ uri }) => uri.scheme === "file"),
        ),
      ]);
      const uris = new Map([...wanted, ...keys].flat().map((uri) => [uri.toString(), uri]));
      const keysOnly = new Set(keys.flat().map((uri) => uri.toString()));
      for (const uri of wanted.flat()) keysOnly.delete(uri.toString());
      return {
        uris: [...uris].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, uri]) => uri),
        keysOnly,
        isCut: wanted.some(({ length }) => length >= MAX_FILES),
        isStopped,
      };
    } finally {
      timer.dispose();
      this.stop.signal.removeEventListener("abort", end);
    }
  }

  private async contentsOf(uris: readonly vscode.Uri[]): Promise<readonly FileContents[]> {
    const bytes = await Promise.all(uris.map((uri) => readUpTo(uri, MAX_BYTES).catch(() => null)));
    const given = bytes.flatMap((each) => each ?? []);
    const read = await this.read(given);
    let next = 0;
    return bytes.map((each) => {
      if (each === null) return trouble("unreadable");
      return each === undefined ? trouble("too-large") : (read[next++] ?? trouble("too-long"));
    });
  }

  /** If one file takes too long, the others are read without it. */
  private async read(files: readonly Uint8Array[]): Promise<readonly FileContents[]> {
    const now = Date.now();
    const run = (some: readonly Uint8Array[]) => this.reading.run("fileFacts", { files: some, now }, this.stop.signal);
    if (files.length === 0) return [];
    try {
      return await run(files);
    } catch {
      const each: FileContents[] = [];
      for (const file of files) {
        const [content] = this.stop.signal.aborted ? [] : await run([file]).catch(() => []);
        each.push(content ?? trouble("too-long"));
      }
      return each;
    }
  }

  private async remember(
    before: ReadonlyMap<string, KnownFile>,
    known: Map<string, KnownFile>,
    read: number,
  ): Promise<void> {
    this.known = Promise.resolve(known);
    if (read > 0 || known.size !== before.size) await this.cache.keep(known);
  }

  /** Listens to changes from the first look on, and anew when the pattern is another one. */
  private watch(): void {
    const pattern = this.pattern();
    if (this.watching.value !== undefined && this.watched === pattern) return;
    this.watched = pattern;
    const watchers = new DisposableStore();
    this.watching.value = watchers;
    const later = (): void => this.settling.changed();
    for (const each of [pattern, KEY_FILES]) {
      const watcher = watchers.add(vscode.workspace.createFileSystemWatcher(each));
      for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) watchers.add(event(later));
    }
  }
}

const trouble = (kind: OtherFile["kind"]): FileContents => ({ facts: { kind }, keys: [] });

/** As `storage/file-stamp.ts` has it; of a file elsewhere, without the time that shows copies. */
async function stampAt(uri: vscode.Uri): Promise<FileStamp | "missing" | "unreadable"> {
  if (uri.scheme === "file") return fileStampOf(uri.fsPath);
  try {
    const found = await vscode.workspace.fs.stat(uri);
    const { size, mtime } = found;
    return { isFile: isRegularFile(found), size, stamp: [size, mtime].join("/"), changedAt: mtime };
  } catch (error) {
    const isGone = error instanceof vscode.FileSystemError && error.code === "FileNotFound";
    return isGone ? "missing" : "unreadable";
  }
}

// A file system in memory, as github.dev has one of its own: an extension of the tests that runs beside ours. Its files
// come from `files.json` beside it: names, and bytes in base64.
import * as vscode from "vscode";

const SCHEME = "memfs";

export async function activate({ extensionUri, subscriptions }: vscode.ExtensionContext): Promise<void> {
  const files = new MemoryFiles(vscode.Uri.joinPath(extensionUri, "files.json"));
  subscriptions.push(vscode.workspace.registerFileSystemProvider(SCHEME, files, { isCaseSensitive: true }));
  await files.all();
}

class MemoryFiles implements vscode.FileSystemProvider {
  private readonly changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changes.event;
  private reading: Promise<Map<string, Uint8Array>> | undefined;

  constructor(private readonly list: vscode.Uri) {}

  all(): Promise<Map<string, Uint8Array>> {
    return (this.reading ??= this.read());
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const times = { ctime: 0, mtime: Date.now() };
    if (uri.path === "/") return { type: vscode.FileType.Directory, size: 0, ...times };
    return { type: vscode.FileType.File, size: (await this.readFile(uri)).length, ...times };
  }

  async readDirectory(): Promise<[string, vscode.FileType][]> {
    return [...(await this.all()).keys()].map((name) => [name, vscode.FileType.File]);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const bytes = (await this.all()).get(uri.path.slice(1));
    if (bytes === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return bytes;
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    (await this.all()).set(uri.path.slice(1), content);
    this.changes.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  private async read(): Promise<Map<string, Uint8Array>> {
    const json = new TextDecoder().decode(await vscode.workspace.fs.readFile(this.list));
    const names = JSON.parse(json) as Readonly<Record<string, string>>;
    return new Map(
      Object.entries(names).map(([name, base64]) => [
        name,
        Uint8Array.from(atob(base64), (each) => each.charCodeAt(0)),
      ]),
    );
  }
}

import type { WorkspaceFolder } from "vscode";

type Folder = Pick<WorkspaceFolder, "uri">;

/** Which folders may be read: those on this computer once they are trusted, others once a person asked for them. */
export class ReadableFolders {
  private asked: ReadonlySet<string> = new Set();

  /** A person asks for these folders. Those that are added later are to be asked for anew. */
  ask(folders: readonly Folder[]): void {
    this.asked = new Set(folders.map(({ uri }) => uri.toString()));
  }

  of<T extends Folder>(folders: readonly T[], isTrusted: boolean): readonly T[] {
    return folders.filter(({ uri }) => (isTrusted && uri.scheme === "file") || this.asked.has(uri.toString()));
  }
}

import * as vscode from "vscode";
import { shownFile } from "../../certificates/shown-file";
import { inertText } from "../base/inert-text";
import type { ReadingService } from "../window/reading-service";
import type { PlannedFile } from "./existing-files";

/** One row of the diff: its name, the text that is there, and the text that would be. */
interface Pair {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** The content of a file that is not there. */
const NOTHING = new Uint8Array();

/** The scheme of both sides of a diff; its documents live as long as the question they belong to. */
const SCHEME = "certificate-collector-diff";

/**
 * What would change in existing files: first the certificate in words, below a summary, then text files as they are. A
 * file that contains a private key, before or after, or anything that may be one, is never shown.
 */
export class FileDifferences {
  private constructor(private readonly pairs: readonly Pair[]) {}

  /** Of files that are not there yet, too: compared with nothing. */
  static async of(reading: ReadingService, planned: readonly PlannedFile[]): Promise<FileDifferences> {
    const replaced = planned.flatMap(({ uri, file, existing }) => {
      const before = existing.state === "other" ? existing.bytes : NOTHING;
      return existing.state === "same" || before === undefined ? [] : [{ uri, file, before }];
    });
    const texts = replaced.flatMap(({ uri, file, before }) => {
      const [old, now] = [shownFile(before), file.secret ? undefined : shownFile(file.bytes)];
      if (old === undefined || now === undefined) return [];
      return [{ name: vscode.workspace.asRelativePath(uri), before: old, after: now }];
    });
    for (const { file, before } of replaced) {
      const words = await inWords(reading, before, file.bytes);
      if (words !== undefined) return new FileDifferences([words, ...texts]);
    }
    return new FileDifferences(texts);
  }

  /** Whether there is nothing to show. */
  get isEmpty(): boolean {
    return this.pairs.length === 0;
  }

  /** Shows the diff while a question is open, and closes it when the question is answered. */
  async during<T>(heading: string, ask: () => Thenable<T>): Promise<T> {
    const title = inertText(heading);
    const texts = new Map<string, string>();
    const provider = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: (uri) => texts.get(uri.toString()),
    });
    const side = (name: string, which: "before" | "after", text: string): vscode.Uri => {
      const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name}`, query: `${which}-${Date.now()}` });
      texts.set(uri.toString(), text);
      return uri;
    };
    const sides = this.pairs.map(({ name, before, after }) => {
      const [left, right] = [side(name, "before", before), side(name, "after", after)] as const;
      return [right.with({ query: "" }), left, right] as const;
    });
    // The diff would replace a preview editor, and leave nothing there when it is closed.
    if (vscode.window.tabGroups.activeTabGroup.activeTab?.isPreview === true) {
      await vscode.commands.executeCommand("workbench.action.keepEditor");
    }
    try {
      const [only] = sides;
      if (sides.length === 1 && only !== undefined) {
        await vscode.commands.executeCommand("vscode.diff", only[1], only[2], title);
      } else {
        await vscode.commands.executeCommand("vscode.changes", title, sides);
      }
      return await ask();
    } finally {
      // The API does not expose the input of a multi-file diff; it is found by its title, which the file count
      // follows.
      const open = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
      const tabs = open.filter(({ label }) => label.startsWith(title));
      await vscode.window.tabGroups.close(tabs);
      provider.dispose();
    }
  }
}

/**
 * The certificates of two files as texts to compare; empty if one has none, both have the same, or that takes too
 * long.
 */
async function inWords(reading: ReadingService, before: Uint8Array, after: Uint8Array): Promise<Pair | undefined> {
  const words = await reading.run("compareFiles", { before, after }).catch(() => undefined);
  return words && { name: "certificate.txt", ...words };
}

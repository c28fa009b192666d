import * as vscode from "vscode";
import type { Contents, FoundObject } from "../certificates/containers/contents";
import { readContainers } from "../certificates/containers/read";
import type { Disposable } from "../orders/ports";
import type { Action, ActionId, Content } from "../webview/protocol";
import { DetailsView, pageStrings, type DetailsSource } from "./details-view";
import { Owner } from "./disposal";

/** Bytes of a file that is opened for its certificates; a bundle of all public roots has 250 kB. */
const MAX_FILE = 16 * 1024 * 1024;

/** "Open With… Certificate Details": shows a file in the editor's panel until that is closed. */
export function openFilePage(uri: vscode.Uri, panel: vscode.WebviewPanel, extensionUri: vscode.Uri): void {
  const owner = new Owner();
  const page = owner.own(new FilePage(uri));
  const view = owner.own(new DetailsView(panel.webview, extensionUri, page));
  owner.own(page.onDidChange(() => view.update()));
  panel.onDidDispose(() => owner.dispose());
}

/** The details page of a file. It follows the file; a PKCS #12 file in it is opened with a password that is not kept. */
class FilePage implements DetailsSource, Disposable {
  private readonly owner = new Owner();
  private readonly changes = this.owner.own(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changes.event;
  /** What was in the PKCS #12 file, since its password was entered. */
  private unlocked: Contents | undefined;

  constructor(private readonly uri: vscode.Uri) {
    const folder = vscode.Uri.joinPath(uri, "..");
    const name = uri.path.slice(uri.path.lastIndexOf("/") + 1);
    const watcher = this.owner.own(
      vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, globOf(name)), true, false, true),
    );
    this.owner.own(
      watcher.onDidChange(() => {
        this.unlocked = undefined;
        this.changes.fire();
      }),
    );
  }

  get title(): string {
    return vscode.workspace.asRelativePath(this.uri);
  }

  async content(): Promise<Content> {
    const contents = this.unlocked ?? (await this.contents());
    const { examine } = await import("./examination");
    return {
      source: this.uri.toString(),
      details: await examine(contents, {}),
      actions: pfxOf(contents) === undefined ? [] : [UNLOCK()],
      strings: pageStrings(),
      locale: vscode.env.language,
    };
  }

  async act(action: ActionId): Promise<void> {
    if (action === "unlock") await this.unlock();
  }

  dispose(): void {
    this.owner.dispose();
  }

  private async contents(): Promise<Contents> {
    const { size } = await vscode.workspace.fs.stat(this.uri);
    if (size > MAX_FILE) {
      throw new Error(vscode.l10n.t("The file has {0} bytes: too large for a file of certificates.", size));
    }
    return readContainers(await vscode.workspace.fs.readFile(this.uri));
  }

  private async unlock(): Promise<void> {
    const pfx = pfxOf(await this.contents());
    if (pfx === undefined) return;
    const { openPkcs12 } = await import("../certificates/pkcs12/open");
    let problem = "";
    for (;;) {
      const password = await vscode.window.showInputBox({
        title: this.title,
        prompt: [problem, vscode.l10n.t("Password of the PKCS #12 file. It is used once and not kept.")]
          .join(" ")
          .trim(),
        password: true,
        ignoreFocusOut: true,
      });
      if (password === undefined) return;
      try {
        this.unlocked = await openPkcs12(pfx.der, password, pfx);
        this.changes.fire();
        return;
      } catch (error) {
        problem = error instanceof Error ? error.message : "";
      }
    }
  }
}

const UNLOCK = (): Action => ({ id: "unlock", label: vscode.l10n.t("Enter Password…") });

function pfxOf(contents: Contents): FoundObject | undefined {
  return contents.objects.find((object): object is FoundObject => object.kind === "pfx");
}

/** A file's own name as a pattern: brackets of any kind would mean something else. */
function globOf(name: string): string {
  return name.replace(/[[\]{}*?]/g, "?");
}

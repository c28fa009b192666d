import * as vscode from "vscode";
import type { Contents, FoundObject } from "../../certificates/containers/contents";
import type { Disposable } from "../../orders/ports";
import type { Action, ActionId, Content } from "../../webview/protocol";
import { readCertificateFile } from "./certificate-file";
import type { CheckReports, PageReports } from "./check-reports";
import { PREFIX } from "../contributions";
import { DetailsView, pageStrings, type DetailsSource } from "./details-view";
import { Owner } from "../disposal";
import { codeOf } from "../log";
import { showError, showInput } from "../messages";

/** "Open With… Certificate Details": shows a file in the editor's panel until that is closed. */
export function openFilePage(
  uri: vscode.Uri,
  panel: vscode.WebviewPanel,
  extensionUri: vscode.Uri,
  reports: CheckReports,
): void {
  const owner = new Owner();
  const page = owner.own(new FilePage(uri, reports));
  const view = owner.own(new DetailsView(panel.webview, extensionUri, page));
  owner.own(page.onDidChange(() => view.update()));
  panel.onDidDispose(() => owner.dispose());
}

/** The details page of a file. It follows the file; a PKCS #12 file in it is opened with a password that is not kept. */
class FilePage implements DetailsSource, Disposable {
  private readonly owner = new Owner();
  private readonly changes = this.owner.own(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changes.event;
  private readonly asked: PageReports;
  /** What was in the PKCS #12 file, since its password was entered. */
  private unlocked: Contents | undefined;

  constructor(
    private readonly uri: vscode.Uri,
    reports: CheckReports,
  ) {
    this.asked = this.owner.own(reports.open(uri.toString(), { contents: () => this.contents() }));
    this.owner.own(this.asked.onDidChange(() => this.changes.fire()));
    const folder = vscode.Uri.joinPath(uri, "..");
    const name = uri.path.slice(uri.path.lastIndexOf("/") + 1);
    const watcher = this.owner.own(
      vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, globOf(name))),
    );
    const look = () => {
      this.unlocked = undefined;
      this.changes.fire();
    };
    // Who replaces a file by another one may be seen as taking it away, or as putting it there.
    this.owner.own(watcher.onDidChange(look));
    this.owner.own(watcher.onDidCreate(look));
    this.owner.own(watcher.onDidDelete(look));
  }

  get title(): string {
    return vscode.workspace.asRelativePath(this.uri);
  }

  async content(): Promise<Content> {
    const contents = await this.contents();
    const { examine } = await import("./examination");
    const { details, checks, actions } = await examine(contents, { asked: this.asked });
    return {
      source: this.uri.toString(),
      details,
      checks,
      actions: [...(pfxOf(contents) === undefined ? [] : [UNLOCK()]), ...actions],
      strings: pageStrings(),
      locale: vscode.env.language,
    };
  }

  act(action: ActionId): unknown {
    if (action === "unlock") return this.unlock();
    return vscode.commands.executeCommand(`${PREFIX}.${action}`, { file: this.uri.toString() });
  }

  dispose(): void {
    this.owner.dispose();
  }

  private async contents(): Promise<Contents> {
    return this.unlocked ?? (await readCertificateFile(this.uri));
  }

  private async unlock(): Promise<void> {
    const pfx = pfxOf(await readCertificateFile(this.uri));
    if (pfx === undefined) return;
    const { openPkcs12 } = await import("../../certificates/pkcs12/open");
    const prompt = vscode.l10n.t("Password of the PKCS #12 file. It is used once and not kept.");
    for (let wrong = ""; ;) {
      const password = await showInput({
        title: this.title,
        prompt: wrong === "" ? prompt : wrong,
        secret: true,
      });
      if (password === undefined) return;
      try {
        this.unlocked = await openPkcs12(pfx.der, password, pfx);
        this.changes.fire();
        return;
      } catch (error) {
        if (codeOf(error) !== "wrong-password") {
          void showError(error instanceof Error ? error.message : String(error));
          return;
        }
        wrong = vscode.l10n.t("The password does not open the file. Type another one; it is used once and not kept.");
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

import * as vscode from "vscode";
import type { Contents, FoundObject } from "../../certificates/containers/contents";
import type { Disposable } from "../../orders/ports";
import { Slot } from "../../orders/slot";
import type { Action, ActionId, Content } from "../../webview/protocol";
import { readCertificateFile } from "./certificate-file";
import type { CheckReports, PageReports } from "./check-reports";
import { PREFIX } from "../base/contributions";
import { DetailsView, pageStrings, type DetailsSource } from "./details-view";
import { Owner } from "../base/disposal";
import { codeOf } from "../base/log-text";
import { showError, showInput, withProgress } from "../base/messages";
import type { Reading } from "../window/reading";

/** "Open With… Certificate Details": shows a file in the editor's panel until that is closed. */
export function openFilePage(
  uri: vscode.Uri,
  panel: vscode.WebviewPanel,
  extensionUri: vscode.Uri,
  reports: CheckReports,
  reading: Reading,
): void {
  const owner = new Owner();
  const page = owner.own(new FilePage(uri, reports, reading));
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
  /** Ends the opening of a PKCS #12 file that goes on. */
  private readonly opening = this.owner.own(new Slot());

  constructor(
    private readonly uri: vscode.Uri,
    reports: CheckReports,
    private readonly reading: Reading,
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
    const { examine } = await import("./examination");
    const examined = await examine(this.reading, await this.contents(), { asked: this.asked });
    const { details, checks, actions, locked } = examined;
    return {
      source: this.uri.toString(),
      details,
      checks,
      actions: [...(locked === undefined ? [] : [UNLOCK()]), ...actions],
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

  private async contents(): Promise<Contents | Uint8Array> {
    return this.unlocked ?? (await readCertificateFile(this.uri));
  }

  private async unlock(): Promise<void> {
    const { examine } = await import("./examination");
    const { locked } = await examine(this.reading, await readCertificateFile(this.uri), {});
    if (locked === undefined) return;
    const prompt = vscode.l10n.t("Password of the PKCS #12 file. It is used once and not kept.");
    for (let wrong = ""; ;) {
      const password = await showInput({
        title: this.title,
        prompt: wrong === "" ? prompt : wrong,
        secret: true,
      });
      if (password === undefined) return;
      try {
        this.unlocked = await this.open(locked, password);
        this.changes.fire();
        return;
      } catch (error) {
        if (codeOf(error) === "cancelled") return;
        if (codeOf(error) !== "wrong-password") {
          void showError(error instanceof Error ? error.message : String(error));
          return;
        }
        wrong = vscode.l10n.t("The password does not open the file. Type another one; it is used once and not kept.");
      }
    }
  }

  /** Derives keys for as long as the file demands, up to a limit: that can be cancelled, and ends with the page. */
  private open(locked: FoundObject, password: string): Thenable<Contents> {
    const title = vscode.l10n.t("Opening {0}", this.title);
    return withProgress(title, (signal) => {
      const controller = new AbortController();
      this.opening.set({ dispose: () => controller.abort() });
      const { der, path, offset, length } = locked;
      const input = { der, password, found: { path, offset, length } };
      return this.reading.runApart("openPkcs12", input, AbortSignal.any([signal, controller.signal]));
    });
  }
}

const UNLOCK = (): Action => ({ id: "unlock", label: vscode.l10n.t("Enter Password…") });

/** A file's own name as a pattern: brackets of any kind would mean something else. */
function globOf(name: string): string {
  return name.replace(/[[\]{}*?]/g, "?");
}

import * as vscode from "vscode";
import type { Contents, FoundObject } from "../../certificates/containers/contents";
import type { DetailsPage, Sentence } from "../../certificates/details/page";
import { segments } from "../../certificates/names/suspicious-text";
import type { OrderId } from "../../orders/model/order";
import type { Disposable } from "../../orders/ports";
import { MutableDisposable } from "../../orders/mutable-disposable";
import type { Action, ActionId, Content, RecordsCard } from "../../webview/protocol";
import { systemClock } from "../base/clock";
import { SCHEME } from "../base/contributions";
import { DisposableStore } from "../base/disposable-store";
import { errorWords, locale, localize } from "../base/localize";
import { codeOf } from "../base/log-text";
import { showError, showInput, withProgress } from "../base/messages";
import type { Collector } from "../window/collector";
import type { ReadingService } from "../window/reading-service";
import { readCertificateFile } from "./certificate-file";
import type { CheckReports, PageReports } from "./check-reports";
import { executeAction } from "./execute-action";
import { DetailsView, pageStrings } from "./details-view";
import { besideNames, keyReport, storeReport } from "./key-match";
import { toldByOrders } from "./order-standing";
import type { PanelPage } from "./panel-page";
import type { RecordSubjects } from "./record-subjects";

const KEY = "document:";

/** ms of quiet after a change of an unsaved document before it is shown. */
const DEBOUNCE = 400;

/** The orders of this window, once something was tracked and they could be loaded. */
export type OrdersIfAny = () => Promise<Pick<Collector, "book" | "onDidChange"> | undefined>;

/** Loads what is known of the records of requests. */
export type LoadRecords = () => Promise<RecordSubjects>;

/** The editor of certificate files: shows a file in the editor's panel until it is closed. */
export function openFilePage(
  uri: vscode.Uri,
  panel: vscode.WebviewPanel,
  extensionUri: vscode.Uri,
  reports: CheckReports,
  reading: ReadingService,
  orders: OrdersIfAny,
  records: LoadRecords,
): void {
  const disposables = new DisposableStore();
  const page = disposables.add(new FilePage(uri, reports, reading, orders, records));
  const view = disposables.add(new DetailsView(panel.webview, extensionUri, page));
  disposables.add(page.onDidChange(() => view.update()));
  panel.onDidDispose(() => disposables.dispose());
}

/**
 * The details page of a file, or of a document that is not saved yet. It follows both; a PKCS #12 file is opened with a
 * password that is not kept.
 */
export class FilePage implements PanelPage {
  readonly key: string;
  private readonly disposables = new DisposableStore();
  private readonly changes = this.disposables.add(new vscode.EventEmitter<void>());
  private readonly asked: PageReports;
  /** The contents of the PKCS #12 file, once its password was entered. */
  private unlocked: Contents | undefined;
  /** Cancels the opening of a PKCS #12 file. */
  private readonly opening = this.disposables.add(new MutableDisposable());
  /** Of the certificate that is shown first: SHA-256, lower-case hex. */
  private leaf: string | undefined;
  /** Of the chain that “Save Chain” saves. */
  private betterRoot: string | undefined;
  private readonly typing = this.disposables.add(new MutableDisposable());
  /** Shows the file again when a look at its records brings something. */
  private readonly following = this.disposables.add(new MutableDisposable());

  constructor(
    readonly uri: vscode.Uri,
    reports: CheckReports,
    private readonly reading: ReadingService,
    private readonly orders: OrdersIfAny,
    private readonly records: LoadRecords,
  ) {
    void this.followOrders();
    this.key = FilePage.keyOf(uri);
    this.asked = this.disposables.add(reports.open(uri.toString(), { contents: () => this.contents() })).reports;
    this.disposables.add(this.asked.onDidChange(() => this.changes.fire()));
    const folder = vscode.Uri.joinPath(uri, "..");
    const names = [baseName(uri), ...besideNames(uri)];
    const glob = names.length === 1 ? globOf(names[0] ?? "") : `{${names.map(globOf).join(",")}}`;
    const watcher = this.disposables.add(
      vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, glob)),
    );
    const look = (changed: vscode.Uri) => {
      if (changed.toString() === uri.toString()) this.unlocked = undefined;
      this.changes.fire();
    };
    // Replacing a file may be reported as deleting or as creating it.
    this.disposables.add(watcher.onDidChange(look));
    this.disposables.add(watcher.onDidCreate(look));
    this.disposables.add(watcher.onDidDelete(look));
    this.disposables.add(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.uri.toString() !== uri.toString()) return;
        this.typing.value = systemClock.after(DEBOUNCE, () => this.changes.fire());
      }),
    );
  }

  static keyOf(uri: vscode.Uri): string {
    return KEY + uri.toString();
  }

  /** The page with that {@link key}, if it is one of a file. */
  static fromKey(
    key: string,
    reports: CheckReports,
    reading: ReadingService,
    orders: OrdersIfAny,
    records: LoadRecords,
  ): FilePage | undefined {
    if (!key.startsWith(KEY)) return undefined;
    return new FilePage(vscode.Uri.parse(key.slice(KEY.length)), reports, reading, orders, records);
  }

  /** The file's own name, which a tab has room for; the page says where it is. */
  get title(): string {
    return baseName(this.uri);
  }

  exists(): boolean {
    return true;
  }

  onDidChange(listener: () => void): Disposable {
    return this.changes.event(listener);
  }

  async content(): Promise<Content> {
    const { analyzeForPage } = await import("./page-analysis");
    const contents = await this.contents();
    const told = toldByOrders((await this.orders())?.book.orders() ?? []);
    const analysis = await analyzeForPage(this.reading, contents, { asked: this.asked, told });
    const { details, checks, actions, locked, leaf, betterRoot } = analysis;
    this.leaf = leaf;
    this.betterRoot = betterRoot;
    const match = await (contents instanceof Uint8Array
      ? keyReport(this.reading, this.uri, contents)
      : storeReport(this.reading, contents));
    const records = await this.recordsOf(contents);
    return {
      source: this.key,
      ...(records !== undefined && { records }),
      details: withPlace(details, this.uri),
      checks: match === undefined ? checks : [match, ...checks],
      actions: [...(locked === undefined ? [] : [UNLOCK()]), ...(leaf === undefined ? [] : [SAVE_AS()]), ...actions],
      strings: pageStrings(),
      locale: vscode.env.language,
    };
  }

  act(action: ActionId): unknown {
    if (action === "unlock") return this.unlock().catch(showFailure);
    return executeAction(action, { file: this.uri.toString() }, this.betterRoot);
  }

  dispose(): void {
    this.disposables.dispose();
  }

  /** Shows the file again when an order learns something about its certificate. */
  private async followOrders(): Promise<void> {
    const orders = await this.orders();
    if (orders === undefined) return;
    const isOfLeaf = (id: OrderId): boolean =>
      orders.book.get(id)?.certificates.some(({ leaf }) => leaf === this.leaf) === true;
    this.disposables.add(
      orders.onDidChange((change) => {
        if (change.structure || [...change.orders].some(isOfLeaf)) this.changes.fire();
      }),
    );
  }

  /** What is to be published for the requests in the file. Nobody keeps one in a key store. */
  private async recordsOf(contents: Contents | Uint8Array): Promise<RecordsCard | undefined> {
    if (!(contents instanceof Uint8Array)) return undefined;
    // What keeps the records is loaded for files with a request alone.
    const requests = await this.reading.run("requestTokens", contents).catch(() => []);
    if (requests.length === 0) return undefined;
    const known = await this.records().catch(() => undefined);
    if (known === undefined) return undefined;
    const file = this.uri.toString();
    this.following.value ??= known.onDidChange((changed) => changed === `file:${file}` && this.changes.fire());
    // A file that cannot be read as a request is shown all the same.
    const subject = await known.fileSubject(file).catch(() => undefined);
    return subject && (await import("./records-card")).recordsCard(subject, "file", locale, Date.now());
  }

  private async contents(): Promise<Contents | Uint8Array> {
    return this.unlocked ?? (await this.bytes());
  }

  /** Of the document, if it was not saved: a person sees what they have on screen. */
  private async bytes(): Promise<Uint8Array> {
    const open = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === this.uri.toString());
    const isUnsaved = open !== undefined && (open.isDirty || open.isUntitled);
    return isUnsaved ? Buffer.from(open.getText(), "utf8") : readCertificateFile(this.uri);
  }

  private async unlock(): Promise<void> {
    const { analyzeForPage } = await import("./page-analysis");
    const { locked } = await analyzeForPage(this.reading, await readCertificateFile(this.uri), {});
    if (locked === undefined) return;
    const prompt = localize("Password for the PKCS #12 file. It is used once and not kept.");
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
        if (codeOf(error) !== "wrong-password") throw error;
        wrong = localize(
          "This password does not open the file, or the file is damaged. Enter a different one; it is used once and not kept.",
        );
      }
    }
  }

  /** Derives keys for as long as the file demands, up to a limit. It can be cancelled and ends with the page. */
  private open(locked: FoundObject, password: string): Thenable<Contents> {
    const title = localize("Opening {0}", this.title);
    return withProgress(title, (signal) => {
      const controller = new AbortController();
      this.opening.value = { dispose: () => controller.abort() };
      const { der, path, offset, length } = locked;
      const input = { der, password, found: { path, offset, length } };
      return this.reading.runApart("openPkcs12", input, AbortSignal.any([signal, controller.signal]));
    });
  }
}

const baseName = ({ path }: vscode.Uri): string => path.slice(path.lastIndexOf("/") + 1);

/** Says in which folder a file is, unless its name says it all. */
function withPlace(details: DetailsPage, uri: vscode.Uri): DetailsPage {
  const path = vscode.workspace.asRelativePath(uri);
  if (path === baseName(uri) || uri.scheme === SCHEME) return details;
  const where: Sentence = { tone: "none", text: segments(localize("File: {0}", path)) };
  return { ...details, summary: { ...details.summary, sentences: [...details.summary.sentences, where] } };
}

function showFailure(error: unknown): void {
  void showError(errorWords(error));
}

const UNLOCK = (): Action => ({ id: "unlock", label: localize("Enter Password…") });
const SAVE_AS = (): Action => ({ id: "saveAs", label: localize("Save As…") });

/** A file's name as a glob pattern, with brackets escaped, which have a meaning there. */
function globOf(name: string): string {
  return name.replace(/[[\]{}*?,]/g, "?");
}

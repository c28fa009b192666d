import * as vscode from "vscode";
import type { OrderId } from "../../orders/model/order";
import type { Disposable } from "../../orders/ports";
import { isPageState } from "../../webview/protocol";
import { isCertificateName } from "../base/certificate-files";
import { DETAILS_PANEL, PEM_LANGUAGE, PREFIX, SCHEME, type ContextKey } from "../base/contributions";
import { DisposableStore } from "../base/disposable-store";
import { documentPath } from "../documents/document-uri";
import type { Collector } from "../window/collector";
import type { CheckReports } from "./check-reports";
import { DetailsPanel, panelTitle } from "./details-panel";
import { DetailsView } from "./details-view";
import { FilePage } from "./file-page";
import { KeptPages } from "./kept-pages";
import { OrderPage } from "./order-page";
import type { PanelPage } from "./panel-page";
import type { RecordSubjects } from "./record-subjects";
import type { WatchedHosts } from "../serving/host-watches";
import { SavedResponsePage } from "./saved-response-page";
import { WorkspaceLook } from "./workspace-look";

/** The parts of the panels. */
export interface DetailsPanelsParts {
  readonly collector: Collector;
  readonly extensionUri: vscode.Uri;
  readonly reports: CheckReports;
  /** Of the workspace: a reload restores panels, but not what is known about them. */
  readonly memory: vscode.Memento;
  readonly records: RecordSubjects;
  readonly hosts: WatchedHosts;
}

/**
 * The details pages in panels of their own. One of them is a preview: it shows the order or document that a person
 * looks at, one after the other, until they keep it open. Panels follow changes and come back after a reload.
 */
export class DetailsPanels implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly panels = new Set<DetailsPanel>();
  private preview: DetailsPanel | undefined;
  /** Those that a person keeps open. */
  private readonly keptOpen = new Set<DetailsPanel>();
  /** The text that was opened last while the preview was to be seen. The editor tells later that it is in front. */
  private opened = "";
  private readonly workspace: WorkspaceLook;
  private readonly kept: KeptPages;

  constructor(private readonly parts: DetailsPanelsParts) {
    this.kept = new KeptPages(parts.memory);
    this.workspace = this.disposables.add(new WorkspaceLook(parts.collector.reading));
    this.disposables.add(vscode.window.onDidChangeActiveTextEditor((editor) => this.follow(editor)));
    this.disposables.add(
      vscode.window.tabGroups.onDidChangeTabs(({ opened, changed }) => {
        const { visible = false } = this.preview?.panel ?? {};
        for (const { input } of opened) {
          if (visible && input instanceof vscode.TabInputText) this.opened = input.uri.toString();
        }
        [...opened, ...changed].forEach((tab) => this.uncover(tab));
      }),
    );
  }

  /** The order whose page is the active editor. */
  activeOrder(): OrderId | undefined {
    return this.active()?.page.order;
  }

  /** What the page is about that is the active editor: an order or a file. */
  activeSubject(): { readonly order: OrderId } | { readonly order?: undefined; readonly uri: vscode.Uri } | undefined {
    const { order, uri } = this.active()?.page ?? {};
    if (order !== undefined) return { order };
    return uri && { uri };
  }

  /**
   * Shows an order's page: in the panel that a person keeps open for it, else in the preview.
   * @param column where a new preview opens, unless a text is in front: then beside that
   */
  showOrder(id: OrderId, column: vscode.ViewColumn): void {
    this.show(OrderPage.keyOf(id), () => this.orderPage(id), column);
  }

  /**
   * Shows what is in a file or document, as {@link showOrder} does: the order's page for the certificate that was
   * collected for it last.
   * @param object its certificate that is shown first: SHA-256, lower-case hex
   */
  showDocument(uri: vscode.Uri, column: vscode.ViewColumn, object?: string): void {
    const [key, make] = this.subjectOf(uri);
    const panel = this.show(key, make, column);
    if (object !== undefined) panel.select(object);
  }

  /**
   * Shows what a saved answer says, in a panel that is kept open.
   * @param receivedFor the name of the order that the bytes were just received for; by default they were copied
   */
  showSavedResponse(source: vscode.Uri | Uint8Array, receivedFor?: string): void {
    const key = SavedResponsePage.keyOf(source);
    const open = this.panelOf(key);
    if (open !== undefined) {
      open.panel.reveal(undefined, true);
      return;
    }
    const page = new SavedResponsePage(source, this.parts.collector.reading, receivedFor);
    this.remember(this.adopt(page, this.create(page, vscode.ViewColumn.Active)));
  }

  /** Keeps the preview open: what is shown next gets another one. @returns whether there was one */
  keep(): boolean {
    const kept = this.preview;
    if (kept === undefined) return false;
    this.preview = undefined;
    this.remember(kept);
    this.noteActive();
    return true;
  }

  /** Restores the content of a panel after a reload; a panel whose content no longer exists is closed. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const key = isPageState(state) ? state.source : "";
    const isKept = this.kept.titleOf(key) !== undefined;
    const same = this.panelOf(key);
    // A page is found by the key in its panel's state. The preview makes room for a page that is kept open.
    const page = same === undefined || (isKept && same === this.preview) ? this.pageOf(key) : undefined;
    if (page?.exists() !== true) {
      page?.dispose();
      panel.dispose();
      return;
    }
    const restored = this.adopt(page, panel);
    // Panels that were never shown are restored when a person turns to them: that one is the preview now.
    if (same !== undefined || !isKept) this.preview?.panel.dispose();
    if (isKept) this.remember(restored);
    else this.preview = restored;
    this.noteActive();
  }

  dispose(): void {
    for (const panel of this.panels) panel.dispose();
    this.panels.clear();
    this.disposables.dispose();
  }

  private readonly orders = () => Promise.resolve(this.parts.collector);

  private readonly records = () => Promise.resolve(this.parts.records);

  private orderPage(id: OrderId): OrderPage {
    const { collector, reports, ...seen } = this.parts;
    return new OrderPage(collector, id, reports, this.workspace, seen);
  }

  private pageOf(key: string): PanelPage | undefined {
    const { collector, reports, ...seen } = this.parts;
    return (
      OrderPage.fromKey(collector, key, reports, this.workspace, seen) ??
      FilePage.fromKey(key, reports, collector.reading, this.orders, this.records) ??
      SavedResponsePage.fromKey(key, collector.reading)
    );
  }

  /** The page about a document: its key, and what makes it. */
  private subjectOf(uri: vscode.Uri): readonly [key: string, make: () => PanelPage] {
    const { collector, reports } = this.parts;
    const path = documentPath(uri);
    return path !== undefined && collector.collected(path.order)?.serialNumber === path.serialNumber
      ? [OrderPage.keyOf(path.order), () => this.orderPage(path.order)]
      : [FilePage.keyOf(uri), () => new FilePage(uri, reports, collector.reading, this.orders, this.records)];
  }

  private show(key: string, make: () => PanelPage, column: vscode.ViewColumn): DetailsPanel {
    const inText = textInFront();
    const open = this.panelOf(key) ?? this.preview;
    // A preview that a text covers opens beside it, since a panel cannot be moved.
    const isCovered = open === this.preview && !open?.panel.visible && inText?.viewColumn === open?.panel.viewColumn;
    if (open === undefined || isCovered) return this.showBeside(make(), inText === undefined ? column : undefined);
    if (open.page.key !== key) open.exchange(make());
    open.panel.reveal(undefined, true);
    return open;
  }

  /** Opens a new preview in place of the other one. */
  private showBeside(page: PanelPage, column = vscode.ViewColumn.Beside): DetailsPanel {
    const before = this.preview;
    this.preview = this.adopt(page, this.create(page, column));
    before?.panel.dispose();
    return this.preview;
  }

  private create(page: PanelPage, viewColumn: vscode.ViewColumn): vscode.WebviewPanel {
    const where = { viewColumn, preserveFocus: true };
    const options = DetailsView.options(this.parts.extensionUri);
    return vscode.window.createWebviewPanel(DETAILS_PANEL, panelTitle(page), where, options);
  }

  private adopt(page: PanelPage, panel: vscode.WebviewPanel): DetailsPanel {
    const adopted: DetailsPanel = new DetailsPanel(panel, page, this.parts.extensionUri, () => {
      this.panels.delete(adopted);
      if (this.preview === adopted) this.preview = undefined;
      if (this.keptOpen.delete(adopted)) this.kept.forget(adopted.page.key);
      this.noteActive();
    });
    this.panels.add(adopted);
    panel.onDidChangeViewState(() => this.noteActive());
    return adopted;
  }

  private panelOf(key: string): DetailsPanel | undefined {
    return [...this.panels].find(({ page }) => page.key === key);
  }

  private active(): DetailsPanel | undefined {
    return [...this.panels].find(({ panel }) => panel.active);
  }

  /** Shows what is in front in the preview that is beside it. */
  private follow(editor: vscode.TextEditor | undefined): void {
    if (editor === undefined || this.preview?.panel.visible !== true || !isCertificates(editor.document)) return;
    const { uri } = editor.document;
    if (textInFront()?.uri.toString() === uri.toString()) this.turnTo(uri);
  }

  /** Opens the preview beside a certificate's text that was opened on top of it. */
  private uncover({ input, group, isActive }: vscode.Tab): void {
    if (!isActive || !(input instanceof vscode.TabInputText) || input.uri.toString() !== this.opened) return;
    this.opened = "";
    if (group.viewColumn !== this.preview?.panel.viewColumn || !isOfCertificates(input.uri)) return;
    const [key, make] = this.subjectOf(input.uri);
    const kept = this.panelOf(key);
    if (kept === undefined || kept === this.preview) this.showBeside(make());
  }

  private turnTo(uri: vscode.Uri): void {
    const [key, make] = this.subjectOf(uri);
    if (this.panelOf(key) !== undefined) return;
    const page = make();
    if (this.isKeptAway(page)) page.dispose();
    else this.preview?.exchange(page);
  }

  /** Whether a page is kept open in a panel that was not restored yet after a reload. */
  private isKeptAway({ key }: PanelPage): boolean {
    const title = this.kept.titleOf(key);
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const isPanel = ({ input, label }: vscode.Tab): boolean =>
      input instanceof vscode.TabInputWebview && input.viewType.endsWith(DETAILS_PANEL) && label === title;
    return title !== undefined && tabs.some(isPanel);
  }

  /** Notes that a panel is kept open, under the name that its tab has. */
  private remember(panel: DetailsPanel): void {
    const { page } = panel;
    const note = (): void => this.kept.note(page.key, panelTitle(page));
    this.keptOpen.add(panel);
    note();
    // The page ends with the panel, and an order may get another name until then.
    page.onDidChange(() => page.exists() && note());
  }

  /** Tells the editor's menus whether the active page can be kept open. */
  private noteActive(): void {
    const active = this.active();
    setContext("detailsPreview", active !== undefined && active === this.preview);
  }
}

/** The text that is the active editor, with its column. */
function textInFront(): { readonly uri: vscode.Uri; readonly viewColumn: vscode.ViewColumn } | undefined {
  const { activeTab, viewColumn } = vscode.window.tabGroups.activeTabGroup;
  const input = activeTab?.input;
  return input instanceof vscode.TabInputText ? { uri: input.uri, viewColumn } : undefined;
}

function isCertificates({ languageId, uri }: vscode.TextDocument): boolean {
  return languageId === PEM_LANGUAGE || isOfCertificates(uri);
}

function isOfCertificates(uri: vscode.Uri): boolean {
  return documentPath(uri) !== undefined || (uri.scheme !== SCHEME && isCertificateName(uri.path));
}

function setContext(key: ContextKey, value: boolean): void {
  void vscode.commands.executeCommand("setContext", `${PREFIX}.${key}`, value);
}

import * as vscode from "vscode";
import type { Disposable } from "../../orders/ports";
import { MutableDisposable } from "../../orders/mutable-disposable";
import {
  INVENTORY_SECTIONS,
  takeInventory,
  type Inventory,
  type InventoryFile,
  type InventorySection,
} from "../../orders/presentation/inventory";
import { inventoryRow, inventorySectionName } from "../../orders/presentation/inventory-row";
import { systemClock } from "../base/clock";
import { commandId, INVENTORY_VIEW, PREFIX, type ContextKey } from "../base/contributions";
import { DisposableStore } from "../base/disposable-store";
import { inertText } from "../base/inert-text";
import { errorWords, inSentences, locale, localize } from "../base/localize";
import { withQuietProgress } from "../base/messages";
import type { ReadingService } from "../window/reading-service";
import type { InventoryElement, TrackedOrders } from "./inventory-element";
import { ReadableFolders } from "./readable-folders";
import { WorkspaceInventory, type Looked } from "./workspace-inventory";
import { amount } from "../../words/phrase";
import { inRow } from "../../words/localize";

/** ms in which changes of orders are drawn together. */
const DEBOUNCE = 150;

type Kept = Partial<Record<InventorySection | "", InventoryElement>>;

/** The certificates in files of the workspace, below headings that say what to do. */
export class InventoryTree implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changes = this.disposables.add(new vscode.EventEmitter<void>());
  /** Fires when rows are to be drawn anew. */
  readonly onDidChange = this.changes.event;
  private readonly following = this.disposables.add(new MutableDisposable());
  private readonly drawing = this.disposables.add(new MutableDisposable());
  private readonly headings: Kept = {};
  private readonly rows = new Map<string, InventoryElement>();
  private files = new Map<string, InventoryFile>();
  private inventory: Inventory = new Map();
  private orders: TrackedOrders | undefined;
  private looked: Looked | undefined;
  private readonly folders = new ReadableFolders();
  /** Files may have changed since the last look. */
  private isStale = true;
  private trouble: string | undefined;

  constructor(
    private readonly view: vscode.TreeView<InventoryElement>,
    private readonly workspace: WorkspaceInventory,
  ) {
    this.disposables.add(workspace);
    const later = (): void => {
      this.isStale = true;
      this.lookIfSeen();
    };
    this.disposables.add(workspace.onDidChange(later));
    this.disposables.add(vscode.workspace.onDidChangeWorkspaceFolders(later));
    this.disposables.add(vscode.workspace.onDidGrantWorkspaceTrust(later));
    this.disposables.add(view.onDidChangeVisibility(() => this.lookIfSeen()));
    const settings = `${PREFIX}.inventory`;
    this.disposables.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(settings) || event.affectsConfiguration("search.exclude")) later();
      }),
    );
  }

  follow(orders: TrackedOrders): void {
    this.orders = orders;
    this.following.value = orders.onDidChange(() => {
      this.drawing.value ??= systemClock.after(DEBOUNCE, () => this.draw());
    });
    this.draw();
  }

  /** What was found, by the headings. */
  get found(): Inventory {
    return this.inventory;
  }

  /** A file that a row is drawn for. */
  file(uri: string): InventoryFile | undefined {
    return this.files.get(uri);
  }

  /** Looks at all folders that there are, whether they are trusted and where they are: a person asked. */
  async ask(): Promise<Looked | undefined> {
    this.folders.ask(allFolders());
    return this.look();
  }

  getChildren(row?: InventoryElement): InventoryElement[] {
    if (row === undefined) {
      this.lookIfSeen();
      return [...this.inventory.keys()].map((section) => (this.headings[section] ??= { kind: "files", section }));
    }
    const section = row.kind === "files" ? INVENTORY_SECTIONS.find((each) => each === row.section) : undefined;
    const files = (section === undefined ? undefined : this.inventory.get(section)) ?? [];
    return files.map((file) => this.elementOf(file));
  }

  getTreeItem(row: InventoryElement): vscode.TreeItem {
    if (row.kind === "files") return this.headingItem(row.section);
    const file = this.files.get(row.file);
    if (file === undefined) return new vscode.TreeItem("");
    const view = inventoryRow(file, Date.now(), locale);
    const item = new vscode.TreeItem(inertText(view.title));
    item.id = row.file;
    item.description = inertText(view.description);
    const { id, color } = view.icon;
    item.iconPath = new vscode.ThemeIcon(id, color === undefined ? undefined : new vscode.ThemeColor(color));
    item.contextValue = view.context;
    // It names no row, as those of orders do not: the editor forgets the arguments when it draws the row anew.
    item.command = { command: commandId("openFileRow"), title: "" };
    item.accessibilityInformation = { label: inertText(view.label) };
    return item;
  }

  resolveTreeItem(item: vscode.TreeItem, row: InventoryElement): vscode.TreeItem {
    const file = row.kind === "file" ? this.files.get(row.file) : undefined;
    if (file !== undefined) {
      item.tooltip = inventoryRow(file, Date.now(), locale)
        .tooltip.map((line) => inertText(line))
        .join("\n");
    }
    return item;
  }

  dispose(): void {
    this.disposables.dispose();
  }

  /** Nothing is read of a folder that is not trusted, or elsewhere, before a person asks. */
  private get asks(): boolean {
    return allFolders().length > 0 && this.readable.length === 0;
  }

  private get readable(): readonly vscode.WorkspaceFolder[] {
    return this.folders.of(allFolders(), vscode.workspace.isTrusted);
  }

  private lookIfSeen(): void {
    if (!this.view.visible) return;
    this.tell("inventoryAsks", this.asks);
    if (this.isStale && !this.asks) void this.look();
  }

  private async look(): Promise<Looked | undefined> {
    this.tell("inventoryAsks", this.asks);
    this.isStale = false;
    this.trouble = undefined;
    const title = localize("Looking for certificates");
    try {
      this.looked = await withQuietProgress(title, () => this.workspace.look(this.readable), INVENTORY_VIEW);
    } catch (error) {
      const reason = errorWords(error);
      this.trouble = localize("The files could not be looked for: {0}", reason);
    }
    this.draw();
    return this.looked;
  }

  private draw(): void {
    this.drawing.value = undefined;
    const { looked } = this;
    if (looked === undefined && this.trouble === undefined) return;
    this.inventory = takeInventory(looked?.files ?? [], this.orders?.all() ?? [], Date.now());
    this.files = new Map([...this.inventory.values()].flat().map((file) => [file.uri, file]));
    for (const uri of this.rows.keys()) if (!this.files.has(uri)) this.rows.delete(uri);
    this.tell("inventoryEmpty", this.files.size === 0 && !this.asks);
    this.view.description = this.files.size === 0 ? "" : String(this.files.size);
    this.view.message = inertText(inSentences(...this.messages()));
    this.changes.fire();
  }

  /** An empty list has the welcome text, which the editor leaves out where there is a message. */
  private messages(): string[] {
    const { looked, trouble } = this;
    return [
      ...(trouble === undefined ? [] : [trouble]),
      ...(looked?.isCut === true ? [localize("There are more files than are looked at.")] : []),
      ...(looked?.isStopped === true
        ? [localize("The search took too long and was stopped, so that files may be missing.")]
        : []),
      ...this.unread(),
    ];
  }

  /** Where nothing may be read, the welcome text asks. */
  private unread(): string[] {
    const { readable } = this;
    if (readable.length === 0 || readable.length === allFolders().length) return [];
    return vscode.workspace.isTrusted
      ? [localize("Folders elsewhere are read once you ask: Look for Certificate Files.")]
      : [localize("Folders that were added are read once you ask: Look for Certificate Files.")];
  }

  private headingItem(key: string): vscode.TreeItem {
    const section = INVENTORY_SECTIONS.find((each) => each === key) ?? "valid";
    const count = this.inventory.get(section)?.length ?? 0;
    const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const name = inventorySectionName(section, localize);
    const item = new vscode.TreeItem(name, section === "authorities" ? Collapsed : Expanded);
    item.id = `files/${section}`;
    item.description = String(count);
    item.contextValue = "files";
    const files = count === 1 ? localize("1 file") : localize("{0} files", amount(count));
    item.accessibilityInformation = { label: inRow([`${name} ${count}`, files], localize) };
    return item;
  }

  private elementOf({ uri, standing }: InventoryFile): InventoryElement {
    const order = "order" in standing ? standing.order.id : undefined;
    const known = this.rows.get(uri);
    if (known?.kind === "file" && known.order === order) return known;
    const made: InventoryElement = { kind: "file", file: uri, ...(order !== undefined && { order }) };
    this.rows.set(uri, made);
    return made;
  }

  private tell(key: ContextKey, value: boolean): void {
    void vscode.commands.executeCommand("setContext", `${PREFIX}.${key}`, value);
  }
}

const allFolders = (): readonly vscode.WorkspaceFolder[] => vscode.workspace.workspaceFolders ?? [];

/**
 * What is behind the view.
 * @param storage folder of this workspace
 * @param pattern of the files' names, as it is set now
 */
export function openInventory(
  view: vscode.TreeView<InventoryElement>,
  reading: ReadingService,
  storage: vscode.Uri | undefined,
  pattern: () => string,
): InventoryTree {
  return new InventoryTree(view, new WorkspaceInventory(reading, storage, pattern));
}

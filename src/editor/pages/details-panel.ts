import * as vscode from "vscode";
import type { Disposable } from "../../orders/ports";
import { DisposableStore } from "../base/disposable-store";
import { inertText } from "../base/inert-text";
import { DetailsView } from "./details-view";
import type { PanelPage } from "./panel-page";
import { localize } from "../base/localize";

/** Characters of a name on a tab. */
const MAX_TITLE = 100;

/** The title of a panel that shows a page. */
export function panelTitle({ title }: PanelPage): string {
  return localize("Details: {0}", inertText(title, MAX_TITLE));
}

/** One panel with a details page, which can be exchanged for another one. It ends with its panel or its page. */
export class DetailsPanel implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly view: DetailsView;
  /** Of the page that is shown. */
  private shown = new DisposableStore();

  /** @param closed called once, when the panel was closed */
  constructor(
    readonly panel: vscode.WebviewPanel,
    private current: PanelPage,
    extensionUri: vscode.Uri,
    closed: () => void,
  ) {
    const icon = (theme: string) => vscode.Uri.joinPath(extensionUri, "media", "details", `${theme}.svg`);
    panel.iconPath = { light: icon("light"), dark: icon("dark") };
    this.view = this.disposables.add(new DetailsView(panel.webview, extensionUri, current));
    this.follow(current);
    this.disposables.add(
      panel.onDidDispose(() => {
        this.dispose();
        closed();
      }),
    );
  }

  get page(): PanelPage {
    return this.current;
  }

  /** Shows another page in the same panel. */
  exchange(page: PanelPage): void {
    this.shown.dispose();
    this.current = page;
    this.follow(page);
    this.view.show(page);
  }

  /** Shows an object of the page. @param object its id */
  select(object: string): void {
    this.view.select(object);
  }

  dispose(): void {
    this.shown.dispose();
    this.disposables.dispose();
  }

  private follow(page: PanelPage): void {
    const shown = new DisposableStore();
    this.shown = shown;
    shown.add(page);
    this.panel.title = panelTitle(page);
    shown.add(
      page.onDidChange(() => {
        if (!page.exists()) {
          this.panel.dispose();
          return;
        }
        this.panel.title = panelTitle(page);
        this.view.update();
      }),
    );
  }
}

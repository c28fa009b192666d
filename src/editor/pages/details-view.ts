import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import type { Disposable } from "../../orders/ports";
import {
  ENGLISH_STRINGS,
  isFromPage,
  pageHtml,
  type ActionId,
  type Content,
  type FromPage,
  type Strings,
  type ToPage,
} from "../../webview/protocol";
import { DisposableStore } from "../base/disposable-store";
import { errorWords, localize } from "../base/localize";
import { boundContent, boundSentence } from "./bounded-content";

/** What a details page is about. */
export interface DetailsSource {
  readonly title: string;
  /** Created anew each time the page asks for it. A rejection is shown instead of the page. */
  readonly content: () => Promise<Content>;
  /** Runs an action of the page's buttons. */
  readonly act: (action: ActionId) => unknown;
}

/**
 * The details page in one webview: its document, and the messages both ways. Every message is checked field by field.
 */
export class DetailsView implements Disposable {
  private readonly disposables = new DisposableStore();
  /** What the page shows: until the content of another source is there, its buttons are still those of this one. */
  private shown: DetailsSource | undefined;
  /** Counts the updates: an answer that was superseded is dropped. */
  private latest = 0;
  /** Whether the page has asked for content: before that, messages may be lost. */
  private ready = false;
  /** The object to show once the content is there. */
  private selected: string | undefined;

  constructor(
    private readonly webview: vscode.Webview,
    extensionUri: vscode.Uri,
    private source: DetailsSource,
  ) {
    const resource = (...path: string[]): string =>
      webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, ...path)).toString();
    this.disposables.add(
      webview.onDidReceiveMessage((message: unknown) => {
        if (isFromPage(message)) void this.heed(message);
      }),
    );
    webview.options = DetailsView.options(extensionUri);
    webview.html = pageHtml({
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString("base64"),
      script: resource("dist", "webview", "details.js"),
      style: resource("media", "details.css"),
      locale: vscode.env.language,
      title: source.title,
    });
  }

  /** What a webview with this page may do: run scripts, and load our own files. */
  static options(extensionUri: vscode.Uri): vscode.WebviewOptions {
    return {
      enableScripts: true,
      localResourceRoots: ["dist", "media"].map((folder) => vscode.Uri.joinPath(extensionUri, folder)),
    };
  }

  /** Shows another source in the same webview. */
  show(source: DetailsSource): void {
    this.source = source;
    this.selected = undefined;
    this.update();
  }

  /** Shows an object of the content, as soon as the page has that. @param object its id */
  select(object: string): void {
    this.selected = object;
    this.update();
  }

  /** Shows the content as it is now. */
  update(): void {
    const mine = ++this.latest;
    const { source } = this;
    source.content().then(
      (content) => {
        // A preview shows one source after the other, whose names are known as late as their content.
        const titled = { ...content, title: source.title };
        this.send(mine, source, { type: "show", content: boundContent(titled, localize) });
      },
      (error: unknown) =>
        this.send(mine, source, {
          type: "failed",
          message: boundSentence(errorWords(error)),
        }),
    );
  }

  dispose(): void {
    this.latest = Infinity;
    this.disposables.dispose();
  }

  private send(update: number, source: DetailsSource, message: ToPage): void {
    if (update !== this.latest) return;
    this.shown = source;
    void this.webview.postMessage(message);
    const { selected } = this;
    if (message.type !== "show" || selected === undefined) return;
    void this.webview.postMessage({ type: "select", object: selected } satisfies ToPage).then((arrived) => {
      if (arrived && this.ready && this.selected === selected) this.selected = undefined;
    });
  }

  private async heed(message: FromPage): Promise<void> {
    switch (message.type) {
      case "ready":
        this.ready = true;
        this.update();
        return;
      case "copy":
        try {
          await vscode.env.clipboard.writeText(message.text);
        } catch {
          const failed = localize("It could not be copied to the clipboard.");
          void this.webview.postMessage({ type: "copyFailed", message: failed } satisfies ToPage);
        }
        return;
      case "action":
        await this.shown?.act(message.id);
        return;
      case "select":
        return;
    }
  }
}

/** The page's own texts in the display language. */
export function pageStrings(): Strings {
  const entries = Object.entries(ENGLISH_STRINGS).map(([key, english]) => [key, localize(english)]);
  return Object.fromEntries(entries) as Strings;
}

import { phrase } from "../../words/phrase";
import { SaidError } from "../../words/said-error";
import { refusalSaid } from "../../orders/model/said-message";
import { hash } from "node:crypto";
import * as vscode from "vscode";
import type { StatusDetail } from "../../api/result";
import { MAX_SAVED_BYTES } from "../../api/limits";
import type { Tone } from "../../certificates/details/page";
import type { Disposable } from "../../orders/ports";
import type { SavedResponse } from "../../reading/saved-response";
import type { Content, OrderCard } from "../../webview/protocol";
import type { ReadingService } from "../window/reading-service";
import { pageStrings } from "./details-view";
import type { PanelPage } from "./panel-page";
import { withoutOpen } from "../../orders/presentation/steps";
import { cardSteps } from "./card-steps";
import { detailFacts, textFact } from "./order-card";
import { isRegularFile, readUpTo, statFile } from "../base/regular-file";
import { localize, localized } from "../base/localize";

const KEY = "response:";
/** The key prefix for bytes that did not come from a file. */
const COPIED = "copied-response:";

/** The details page of an answer that was saved from anywhere: read offline, for support or out of curiosity. */
export class SavedResponsePage implements PanelPage {
  readonly key: string;
  readonly title: string;

  /**
   * @param source a file, which comes back after a reload, or bytes, which do not
   * @param receivedFor the name of the order that the bytes were just received for; by default they were copied
   */
  constructor(
    private readonly source: vscode.Uri | Uint8Array,
    private readonly reading: ReadingService,
    private readonly receivedFor?: string,
  ) {
    this.key = SavedResponsePage.keyOf(source);
    this.title = receivedFor === undefined ? localize("Saved response") : localize("Answer for {0}", receivedFor);
  }

  static keyOf(source: vscode.Uri | Uint8Array): string {
    return source instanceof vscode.Uri ? KEY + source.toString() : COPIED + hash("sha256", source);
  }

  /** The page with that {@link key}, if it is one of a file. */
  static fromKey(key: string, reading: ReadingService): SavedResponsePage | undefined {
    return key.startsWith(KEY) ? new SavedResponsePage(vscode.Uri.parse(key.slice(KEY.length)), reading) : undefined;
  }

  exists(): boolean {
    return true;
  }

  onDidChange(): Disposable {
    return { dispose: () => undefined };
  }

  act(): void {
    // The page offers no actions: there is nothing to ask the CA for.
  }

  dispose(): void {
    // There is nothing to dispose of.
  }

  async content(): Promise<Content> {
    const [{ pageOf }, { mozillaRoots }] = await Promise.all([
      import("./page-analysis"),
      import("../../net/trusted-roots"),
    ]);
    const bytes = await this.bytes();
    const read = await this.reading.run("savedResponse", { bytes, now: Date.now(), roots: mozillaRoots() });
    return {
      source: this.key,
      order: responseCard(read, this.heading()),
      ...(read.details !== undefined && { details: await pageOf(read.details) }),
      actions: [],
      strings: pageStrings(),
      locale: vscode.env.language,
    };
  }

  private heading(): string {
    if (this.source instanceof vscode.Uri) return vscode.workspace.asRelativePath(this.source);
    return this.receivedFor === undefined ? localize("From the clipboard") : this.title;
  }

  private async bytes(): Promise<Uint8Array> {
    if (!(this.source instanceof vscode.Uri)) return this.source;
    const stat = await statFile(this.source);
    if (!isRegularFile(stat)) throw new SaidError(phrase("This is not a regular file. Choose another one."));
    const bytes = stat.size > MAX_SAVED_BYTES ? undefined : await readUpTo(this.source, MAX_SAVED_BYTES);
    if (bytes === undefined) {
      throw new SaidError(
        phrase(
          "The file has {0} bytes, which is too large for a response from the CA.",
          Math.max(stat.size, MAX_SAVED_BYTES + 1),
        ),
      );
    }
    return bytes;
  }
}

function responseCard(read: SavedResponse, title: string): OrderCard {
  const { result } = read;
  const detail: StatusDetail = "detail" in result ? result.detail : {};
  return {
    title,
    state: resultState(read),
    facts: [
      ...(result.kind === "refused" ? textFact(localize("Code"), String(result.code)) : []),
      ...(result.kind === "refused" ? textFact(localize("Argument"), result.field) : []),
      ...(result.kind === "refused" ? textFact(localize("What to do"), localize(result.advice)) : []),
      ...(result.kind === "issued" ? textFact(localize("Format"), result.container) : []),
      ...(result.kind === "issued" ? result.notes.flatMap((note) => textFact(localize("Note"), localized(note))) : []),
      ...(result.kind === "not-understood" ? textFact(localize("Starts with"), result.excerpt) : []),
      ...detailFacts(detail),
    ],
    steps: cardSteps(result.kind === "refused" ? withoutOpen(detail.steps ?? []) : (detail.steps ?? []), localize),
    history: [],
  };
}

function resultState({ result, certificates }: SavedResponse): { tone: Tone; words: string } {
  switch (result.kind) {
    case "pending":
      return { tone: "none", words: localize("Being processed by the CA") };
    case "available":
      return { tone: "good", words: localize("Issued; the certificates are not in this response") };
    case "issued":
      return { tone: "good", words: localize("Issued; certificates: {0}", certificates) };
    case "refused":
      return { tone: "bad", words: localize("{0} ({1})", refusalSaid(result.message), result.code) };
    case "not-understood":
      return { tone: "bad", words: localized(result.seen) };
  }
}

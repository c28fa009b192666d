import * as vscode from "vscode";
import { spelledOut } from "../../certificates/names/spelled-out";
import type { BlockObject, TextBlock } from "../../certificates/text-blocks";
import { PEM_LANGUAGE } from "../base/contributions";
import { inertText } from "../base/inert-text";
import { DocumentProblems } from "./document-problems";
import type { ReadingService } from "../window/reading-service";
import { dateWords } from "../../orders/presentation/order-words";
import { locale } from "../base/localize";
import { hoverText } from "./pem-hover";
import { pemProblems } from "./pem-problems";

/** Characters of a document; a bundle of all public roots has 250,000. Nothing is shown for larger ones. */
const MAX_DOCUMENT_TEXT = 4 * 1024 * 1024;
/** Folding, outline, hover and problems of PEM documents. A document is read once per version. */
export class PemProviders {
  readonly problems = new DocumentProblems(PEM_LANGUAGE, (document) => pemProblems(this.reading, document));
  private readonly read = new WeakMap<vscode.TextDocument, Read>();

  constructor(private readonly reading: ReadingService) {}

  async foldingRanges(document: vscode.TextDocument): Promise<vscode.FoldingRange[]> {
    return (await this.blocks(document)).map(
      ({ start, end }) => new vscode.FoldingRange(document.positionAt(start).line, document.positionAt(end).line),
    );
  }

  async symbols(document: vscode.TextDocument): Promise<vscode.DocumentSymbol[]> {
    return (await this.blocks(document)).map((block) => {
      const [range, first] = rangesOf(document, block);
      const [only, ...others] = block.objects;
      if (only !== undefined && others.length === 0) return symbol(only, range, first);
      const parent = new vscode.DocumentSymbol(
        inertText(block.label) || vscode.l10n.t("Base64"),
        only === undefined ? vscode.l10n.t("cannot be read") : "",
        vscode.SymbolKind.Package,
        range,
        first,
      );
      parent.children = block.objects.map((object) => symbol(object, range, first));
      return parent;
    });
  }

  async hover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const offset = document.offsetAt(position);
    const block = (await this.blocks(document)).find(({ start, end }) => start <= offset && offset <= end);
    if (block === undefined || block.objects.length === 0) return undefined;
    return new vscode.Hover(hoverText(block, Date.now()), rangesOf(document, block)[0]);
  }

  /** The blocks of the document as it is now; empty if it cannot be read in time. */
  private blocks(document: vscode.TextDocument): Promise<readonly TextBlock[]> {
    const known = this.read.get(document);
    if (known?.version === document.version) return known.blocks;
    // The result for an older version is no longer needed.
    known?.stop.abort();
    const stop = new AbortController();
    const text = document.getText();
    const blocks =
      text.length > MAX_DOCUMENT_TEXT
        ? Promise.resolve([])
        : this.reading.run("textBlocks", text, stop.signal).catch((): readonly TextBlock[] => []);
    this.read.set(document, { version: document.version, blocks, stop });
    return blocks;
  }
}

interface Read {
  readonly version: number;
  readonly blocks: Promise<readonly TextBlock[]>;
  readonly stop: AbortController;
}

/** The whole block, and its first line. */
function rangesOf(document: vscode.TextDocument, { start, end, firstLineEnd }: TextBlock) {
  const range = (to: number) => new vscode.Range(document.positionAt(start), document.positionAt(to));
  return [range(end), range(firstLineEnd)] as const;
}

function symbol(object: BlockObject, range: vscode.Range, first: vscode.Range): vscode.DocumentSymbol {
  const { kind, title, name, validity } = object;
  const until = validity === undefined ? [] : [vscode.l10n.t("until {0}", dateWords(validity.notAfter, locale))];
  const detail = name === "" ? until : [title, ...until];
  return new vscode.DocumentSymbol(
    inertText(spelledOut(name)) || title,
    detail.join(", "),
    SYMBOLS[kind],
    range,
    first,
  );
}

const SYMBOLS: Readonly<Record<BlockObject["kind"], vscode.SymbolKind>> = {
  certificate: vscode.SymbolKind.Object,
  certificateRequest: vscode.SymbolKind.Interface,
  certificateList: vscode.SymbolKind.Array,
  publicKey: vscode.SymbolKind.Key,
  privateKey: vscode.SymbolKind.Key,
  secretKey: vscode.SymbolKind.Key,
  pfx: vscode.SymbolKind.Package,
  other: vscode.SymbolKind.File,
  unreadable: vscode.SymbolKind.Null,
};

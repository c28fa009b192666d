import * as vscode from "vscode";
import { spelledOut } from "../../certificates/names/spelled-out";
import type { BlockObject, TextBlock } from "../../certificates/text-blocks";
import { commandId, PEM_LANGUAGE } from "../base/contributions";
import { inertText } from "../base/inert-text";
import { DocumentProblems } from "./document-problems";
import type { ReadingService } from "../window/reading-service";
import { dateWords } from "../../orders/presentation/time-words";
import { localize, locale, localized } from "../base/localize";
import { hoverText } from "./pem-hover";
import { DocumentBlocks } from "./document-blocks";
import { blockLenses, hasPrivateKeys } from "./pem-lens";
import { pemProblems } from "./pem-problems";
import { inRow } from "../../words/localize";

/** Folding, outline, hover, lenses and problems of PEM documents. */
export class PemProviders {
  readonly problems = new DocumentProblems(PEM_LANGUAGE, (document) => pemProblems(this.reading, document));
  private readonly blocks: DocumentBlocks;

  constructor(private readonly reading: Pick<ReadingService, "run">) {
    this.blocks = new DocumentBlocks(reading);
  }

  async foldingRanges(document: vscode.TextDocument): Promise<vscode.FoldingRange[]> {
    return (await this.blocks.of(document)).map(
      ({ start, end }) => new vscode.FoldingRange(document.positionAt(start).line, document.positionAt(end).line),
    );
  }

  async symbols(document: vscode.TextDocument): Promise<vscode.DocumentSymbol[]> {
    return (await this.blocks.of(document)).map((block) => {
      const [range, first] = rangesOf(document, block);
      const [only, ...others] = block.objects;
      if (only !== undefined && others.length === 0) return symbol(only, range, first);
      const parent = new vscode.DocumentSymbol(
        inertText(block.label) || localize("Base64"),
        only === undefined ? localize("cannot be read") : "",
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
    const block = (await this.blocks.of(document)).find(({ start, end }) => start <= offset && offset <= end);
    if (block === undefined || block.objects.length === 0) return undefined;
    return new vscode.Hover(hoverText(block, Date.now()), rangesOf(document, block)[0]);
  }

  async lenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const blocks = await this.blocks.of(document);
    const keys = hasPrivateKeys(blocks) ? await this.blocks.keysOf(document) : [];
    return blockLenses(blocks, keys, locale, Date.now()).map(({ start, words, certificate, hasDetails }) => {
      const at = document.positionAt(start);
      const title = hasDetails ? localize("{0} · Details", words) : words;
      const argument = { file: document.uri.toString(), ...(certificate !== undefined && { certificate }) };
      const command = hasDetails ? { command: commandId("showFileDetails"), arguments: [argument] } : { command: "" };
      return new vscode.CodeLens(new vscode.Range(at, at), { title, ...command });
    });
  }
}

/** The whole block, and its first line. */
function rangesOf(document: vscode.TextDocument, { start, end, firstLineEnd }: TextBlock) {
  const range = (to: number) => new vscode.Range(document.positionAt(start), document.positionAt(to));
  return [range(end), range(firstLineEnd)] as const;
}

function symbol(object: BlockObject, range: vscode.Range, first: vscode.Range): vscode.DocumentSymbol {
  const { kind, name, validity } = object;
  const title = localized(object.title);
  const until = validity === undefined ? [] : [localize("until {0}", dateWords(validity.notAfter, locale))];
  const detail = name === "" ? until : [title, ...until];
  return new vscode.DocumentSymbol(
    inertText(spelledOut(name)) || title,
    inRow(detail, localize),
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

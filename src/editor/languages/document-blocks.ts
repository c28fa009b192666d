import type { FoundKey } from "../../certificates/checks/private-key";
import type { TextBlock } from "../../certificates/text-blocks";
import type { ReadingService } from "../window/reading-service";

/** Characters of a document; a bundle of all public roots has 250,000. Nothing is shown for larger ones. */
const MAX_DOCUMENT_TEXT = 4 * 1024 * 1024;

/** What is needed of a document. */
export interface ReadableDocument {
  readonly version: number;
  getText(): string;
}

/**
 * The blocks of PEM documents. A document is read once per version, whoever asks: folding, outline, hover and lenses.
 * Does not import the editor's API, so that a test can count.
 */
export class DocumentBlocks {
  private readonly read = new WeakMap<ReadableDocument, Read>();

  constructor(private readonly reading: Pick<ReadingService, "run">) {}

  /** The blocks of a document as it is when they are there; empty if it cannot be read in time. */
  async of(document: ReadableDocument): Promise<readonly TextBlock[]> {
    const { version, blocks } = this.current(document);
    const found = await blocks;
    // The reading of an older version was given up, so that nothing was found.
    return version === document.version ? found : this.of(document);
  }

  /**
   * The private keys of a document, in its order; looked for when they are first asked about. Of a key only its kind
   * and the hash of its public half are known.
   */
  keysOf(document: ReadableDocument): Promise<readonly FoundKey[]> {
    const read = this.current(document);
    const look = async (): Promise<readonly FoundKey[]> => {
      const [found] = await this.reading.run("keyFiles", [Buffer.from(document.getText(), "utf8")]);
      return found?.keys ?? [];
    };
    return (read.keys ??= look().catch(() => []));
  }

  private current(document: ReadableDocument): Read {
    const known = this.read.get(document);
    if (known?.version === document.version) return known;
    // The result for an older version is no longer needed.
    known?.stop.abort();
    const stop = new AbortController();
    const text = document.getText();
    const blocks =
      text.length > MAX_DOCUMENT_TEXT
        ? Promise.resolve([])
        : this.reading.run("textBlocks", text, stop.signal).catch((): readonly TextBlock[] => []);
    const read = { version: document.version, blocks, stop };
    this.read.set(document, read);
    return read;
  }
}

interface Read {
  readonly version: number;
  readonly blocks: Promise<readonly TextBlock[]>;
  readonly stop: AbortController;
  keys?: Promise<readonly FoundKey[]>;
}

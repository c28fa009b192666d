import { mkdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import type { CertificateInFile, FileFacts, OtherFile } from "../orders/model/certificate-file";
import {
  flag,
  integer,
  isRecord,
  list,
  memberOf,
  oneOf,
  optional,
  parseJson,
  record,
  text,
  textLike,
  time,
} from "../shape/shape";
import { replaceFile } from "./durable";

/** What was read of a file, and when that stops to be true. */
export interface KnownFile {
  /** Size and times of the file. */
  readonly stamp: string;
  readonly facts: FileFacts;
}

/** Bytes of the largest cache: some 300 for each of 10,000 files, and 20 long names for a few. */
const MAX_CACHE = 16 * 1024 * 1024;
const MAX_FILES = 20_000;
const VERSION = 1;

const hex = textLike(/^[0-9a-f]{64}$/, 64);
const count = integer(0, 1_000_000);
const isCertificate = record<CertificateInFile>({
  ...{ kind: oneOf("certificate"), leaf: hex, name: text(300), names: list(text(300), 20), notAfter: optional(time) },
  ...{ keyIdentity: hex, chain: count, isFirst: flag, others: count, isCa: flag, isDamaged: flag },
});
const isOther = record<OtherFile>({
  kind: memberOf<OtherFile["kind"]>({
    ...{ locked: true, other: true, damaged: true, empty: true, "too-large": true },
    ...{ "not-regular": true, unreadable: true, "too-long": true },
  }),
});
const isKnown = record<KnownFile>({
  stamp: text(200),
  facts: (value): value is FileFacts => isCertificate(value) || isOther(value),
});

/**
 * What was read of files, by their URIs, kept in the folder of this workspace from one window to the next. Public facts
 * alone: of a file with a private key, nothing is kept. What is damaged counts as absent.
 */
export class KeptInventory {
  private readonly file: string | undefined;

  /** @param folder of this workspace; `undefined` where there is none */
  constructor(private readonly folder: string | undefined) {
    this.file = folder === undefined ? undefined : path.join(folder, "inventory.json");
  }

  async read(): Promise<Map<string, KnownFile>> {
    const known = new Map<string, KnownFile>();
    if (this.file === undefined) return known;
    try {
      if ((await stat(this.file)).size > MAX_CACHE) return known;
      const kept = parseJson(await readFile(this.file, "utf8"));
      if (!isRecord(kept) || kept.version !== VERSION || !isRecord(kept.files)) return known;
      for (const [uri, file] of Object.entries(kept.files).slice(0, MAX_FILES)) if (isKnown(file)) known.set(uri, file);
    } catch {
      // It is read anew then.
    }
    return known;
  }

  /** Nothing is lost if it cannot be written: the files are read again. */
  async keep(files: ReadonlyMap<string, KnownFile>): Promise<void> {
    if (this.folder === undefined || this.file === undefined) return;
    const kept = Buffer.from(JSON.stringify({ version: VERSION, files: Object.fromEntries(files) }), "utf8");
    if (kept.length > MAX_CACHE) return;
    try {
      await mkdir(this.folder, { recursive: true });
      await replaceFile(this.file, kept, 0o600);
    } catch {
      // As above.
    }
  }
}

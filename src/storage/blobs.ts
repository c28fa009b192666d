import { hash } from "node:crypto";
import { mkdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import type { BlobStore } from "../orders/ports";
import { replaceFile } from "./durable";
import { errnoOf, StorageError, storageError } from "./storage-error";
import { phrase } from "../words/phrase";

/** Bytes of the largest blob: far beyond any certificate, logotypes included. */
const MAX_BLOB_BYTES = 16 * 1024 * 1024;

/** Certificates as received, each in a file named by its SHA-256. Immutable, so any window may write any of them. */
export class Blobs implements BlobStore {
  constructor(private readonly folder: string) {}

  async put(bytes: Uint8Array): Promise<string> {
    const name = hash("sha256", bytes, "hex");
    const file = this.fileOf(name);
    try {
      const there = await readFile(file).catch(() => undefined);
      if (there && Buffer.compare(there, bytes) === 0) return name;
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      await replaceFile(file, bytes, 0o600);
      return name;
    } catch (error) {
      throw storageError(error, (why) => phrase("Could not keep a certificate: {0}.", why));
    }
  }

  async get(sha256: string): Promise<Uint8Array> {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw missing();
    const file = this.fileOf(sha256);
    let bytes: Buffer;
    try {
      if ((await stat(file)).size > MAX_BLOB_BYTES) throw damaged();
      bytes = await readFile(file);
    } catch (error) {
      throw errnoOf(error) === "ENOENT"
        ? missing()
        : storageError(error, (why) => phrase("Could not read a certificate: {0}.", why));
    }
    if (hash("sha256", bytes, "hex") !== sha256) throw damaged();
    return bytes;
  }

  private fileOf(sha256: string): string {
    return path.join(this.folder, `${sha256}.der`);
  }
}

function missing(): StorageError {
  return new StorageError("blob-missing", phrase("The certificate is no longer kept here. Collect it again."));
}

function damaged(): StorageError {
  return new StorageError(
    "blob-damaged",
    phrase("The certificate kept here was changed or damaged. Collect it again."),
  );
}

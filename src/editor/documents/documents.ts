import * as vscode from "vscode";
import { DOCUMENT_NAMES, documentPath, type DocumentPath } from "./document-uri";

/** Returns a document's bytes, or `undefined` when there is no document with that name. */
export type ReadDocument = (path: DocumentPath) => Promise<Uint8Array | undefined>;

/**
 * Collected certificates as read-only documents. A document never changes under its name (a reissued certificate has
 * another serial number), so nothing is watched. A failure is an error, never a document's content: what a person
 * saves from here is always a certificate.
 */
export class CertificateDocuments implements vscode.FileSystemProvider {
  private readonly changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changes.event;

  constructor(private readonly read: ReadDocument) {}

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const size = (await this.readFile(uri)).length;
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size, permissions: vscode.FilePermission.Readonly };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const path = documentPath(uri);
    const bytes = path && (await this.read(path));
    if (bytes === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return bytes;
  }

  readDirectory(): [string, vscode.FileType][] {
    return DOCUMENT_NAMES.map((name) => [name, vscode.FileType.File]);
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }
}

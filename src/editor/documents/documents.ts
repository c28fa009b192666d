import * as vscode from "vscode";
import type { CollectedCertificate } from "../../orders/model/order";
import { certificateOf, DOCUMENT_NAMES, documentPath, documentUri, type DocumentPath } from "./document-uri";

/** Where the documents come from. */
export interface DocumentSource {
  /** A document's bytes, or `undefined` when there is no document with that name. */
  readonly read: (path: DocumentPath) => Promise<Uint8Array | undefined>;
  /** A report's bytes, or `undefined` when the URI is not that of a report. */
  readonly report: (uri: vscode.Uri) => Promise<Uint8Array | undefined>;
  readonly collected: (of: Omit<DocumentPath, "name">) => Promise<CollectedCertificate | undefined>;
}

/**
 * Collected certificates, and reports, as read-only documents. A document never changes under its name (a reissued
 * certificate has another serial number), so nothing is watched. A failure is an error, never a certificate's content:
 * what a person saves from here is always a certificate.
 */
export class CertificateDocuments implements vscode.FileSystemProvider {
  private readonly changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changes.event;

  constructor(private readonly source: DocumentSource) {}

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const readable = { ctime: 0, mtime: 0, permissions: vscode.FilePermission.Readonly };
    if (isFolder(uri)) return { type: vscode.FileType.Directory, size: 0, ...readable };
    return { type: vscode.FileType.File, size: (await this.readFile(uri)).length, ...readable };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const path = documentPath(uri);
    const bytes = path === undefined ? await this.source.report(uri) : await this.source.read(path);
    if (bytes === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return bytes;
  }

  /** The documents beside one, which the editor lists above its text. */
  async readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    const certificate = certificateOf(uri);
    const collected = certificate && (await this.source.collected(certificate));
    if (certificate === undefined || collected === undefined) return [];
    return DOCUMENT_NAMES.map((name) => {
      const { path } = documentUri({ ...certificate, name }, collected);
      return [path.slice(path.lastIndexOf("/") + 1), vscode.FileType.File];
    });
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

/** The editor asks about the folders around a document, whose names have no ending. */
function isFolder(uri: vscode.Uri): boolean {
  return certificateOf(uri) !== undefined && documentPath(uri) === undefined && /\/[\w-]*$/.test(uri.path);
}

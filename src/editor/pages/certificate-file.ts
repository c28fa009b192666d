import * as vscode from "vscode";
import { isRegularFile, readUpTo } from "../base/regular-file";
import { SaidError } from "../../words/said-error";
import { phrase, type Phrase } from "../../words/phrase";
import { fileSaid } from "../../words/system-error";
import { codeOf } from "../base/log-text";

/** Bytes of a file that is opened for its certificates; a bundle of all public roots has 250 kB. */
const MAX_FILE = 16 * 1024 * 1024;

/** A file cannot be read, or does not contain certificates. */
class CertificateFileError extends SaidError {
  override readonly name = "CertificateFileError";

  constructor(
    readonly code: "too-large" | "not-a-file" | "cannot-be-read",
    said: Phrase | string,
  ) {
    super(said);
  }
}

/** The bytes of a file that is opened for its certificates. @throws CertificateFileError when they cannot be read */
export async function readCertificateFile(uri: vscode.Uri): Promise<Uint8Array> {
  return bytesOf(uri).catch((error: unknown) => {
    throw error instanceof CertificateFileError ? error : unreadable(uri, error);
  });
}

async function bytesOf(uri: vscode.Uri): Promise<Uint8Array> {
  const stat = await vscode.workspace.fs.stat(uri);
  const { size, type } = stat;
  if ((type & vscode.FileType.Directory) !== 0) {
    throw new CertificateFileError("not-a-file", phrase("This is a folder. Choose a file in it."));
  }
  if (!isRegularFile(stat)) {
    throw new CertificateFileError("not-a-file", phrase("This is not a regular file. Choose another one."));
  }
  const bytes = size > MAX_FILE ? undefined : await readUpTo(uri, MAX_FILE);
  if (bytes === undefined) {
    throw new CertificateFileError(
      "too-large",
      phrase(
        "The file has {0} MB, but certificate files can have at most {1} MB. Save its certificates as separate files and open those.",
        Math.ceil(Math.max(size, MAX_FILE + 1) / (1024 * 1024)),
        MAX_FILE / (1024 * 1024),
      ),
    );
  }
  return bytes;
}

function unreadable({ path }: vscode.Uri, error: unknown): CertificateFileError {
  const code = codeOf(error);
  const said =
    code === "FileNotFound" || code === "ENOENT"
      ? phrase(
          "The file “{0}” no longer exists. It will be shown again when it is back.",
          path.slice(path.lastIndexOf("/") + 1),
        )
      : error instanceof SaidError
        ? error.said
        : fileSaid(path, code);
  return new CertificateFileError("cannot-be-read", said);
}

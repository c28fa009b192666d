import type * as vscode from "vscode";
import { readCertificateFile } from "../pages/certificate-file";
import type { Program } from "../window/program";

/**
 * The path of the certificates in a file: DER, leaf first. Of a PKCS #12 file whose page was opened with its password,
 * what is inside.
 * @param root SHA-256 of the root that the path is to lead to; by default it is the path in use
 * @throws CertificateFileError, ReadingError when it cannot be read
 */
export async function fileChain(
  { collector, reports }: Program,
  uri: vscode.Uri,
  root?: string,
): Promise<readonly Uint8Array[]> {
  const contents = await (reports.of(uri.toString())?.page?.contents?.() ?? readCertificateFile(uri));
  return collector.reading.run("chain", {
    subject: contents,
    now: Date.now(),
    ...(root !== undefined && { root }),
  });
}

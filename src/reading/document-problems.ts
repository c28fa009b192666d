import { diagnosticsOf, type Diagnostic } from "../certificates/checks/diagnostics";
import { readContainers } from "../certificates/containers/read";
import { knownAuthorities } from "../certificates/knowledge/in-use";
import { readersLocale } from "./readers-locale";
import { bytesOfText } from "../certificates/text-blocks";

/** A document with certificates to check. */
export interface PemDocument {
  readonly text: string;
  /** Epoch ms. */
  readonly now: number;
  /** Most problems to return, the first of the document. */
  readonly most: number;
}

/** The findings of the offline checks about the certificates in a document, in the reader's language. */
export async function problemsOf({ text, now, most }: PemDocument): Promise<readonly Diagnostic[]> {
  const authorities = await knownAuthorities();
  const found = await diagnosticsOf(readContainers(bytesOfText(text)), { now, authorities }, readersLocale());
  return found.slice(0, most);
}

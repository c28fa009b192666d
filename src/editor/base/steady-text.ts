import type { TextDocument } from "vscode";

/**
 * What a work makes of a document's text, as long as the text is still that one: places in an older text are wrong in
 * the document. If it was changed meanwhile, the work is done anew.
 */
export async function ofSteadyText<T>(
  document: Pick<TextDocument, "version" | "getText">,
  work: (text: string) => Promise<T>,
): Promise<T> {
  for (;;) {
    const { version } = document;
    const made = await work(document.getText());
    if (document.version === version) return made;
  }
}

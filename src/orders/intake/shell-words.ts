/**
 * The words of a command line, as a POSIX shell splits it (POSIX.1 2.2 Quoting): enough for a pasted curl command. Nothing
 * is expanded or run.
 */
export function shellWords(text: string): string[] {
  const words: string[] = [];
  const pattern = /\s+|\\\r?\n|\\(.)|'([^']*)'|\$'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\[^])*)"|([^\s\\'"]+)|(.)/gsu;
  let word: string | undefined;
  for (const [all, escaped, single, ansi, double, plain, rest] of text.matchAll(pattern)) {
    if (/^\s+$/.test(all)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      continue;
    }
    if (/^\\\r?\n$/.test(all)) continue;
    const part = escaped ?? single ?? plain ?? rest ?? unescape(double ?? ansi ?? "");
    word = (word ?? "") + part;
  }
  if (word !== undefined) words.push(word);
  return words;
}

function unescape(quoted: string): string {
  return quoted.replace(/\\(\r?\n|.)/gsu, (_, character: string) => (character.endsWith("\n") ? "" : character));
}

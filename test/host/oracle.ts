/**
 * What the editor makes of texts, as its own sources have it: `linkedText.ts` for messages, prompts and the like,
 * `iconLabels.ts` for every label, and characters that no label should hold.
 */
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
const ICON = /\$\(([A-Za-z0-9-]+(?:~[A-Za-z]+)?)\)/;
const UNSEEN = /[^\P{C}\n]|\p{Zl}|\p{Zp}/u;

/** What the editor would make of a text besides showing it; `undefined` where nothing. */
export function activeIn(text: string): string | undefined {
  return [LINK, ICON, UNSEEN].map((pattern) => pattern.exec(text)?.[0]).find((found) => found !== undefined);
}

/**
 * The same for Markdown (CommonMark 0.31 section 6): links, pictures, autolinks, HTML, and icons, that no backslash
 * escapes.
 */
export function activeInMarkdown(text: string): string | undefined {
  const bare = text.replace(/\\[!-/:-@[-`{-~]/g, "");
  return [/\[[^\]]*\]\s*[([]/, /!\[/, /<[a-z/!?]/i, /\bhttps?:\/\//i, ICON, UNSEEN]
    .map((pattern) => pattern.exec(bare)?.[0])
    .find((found) => found !== undefined);
}

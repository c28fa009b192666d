/** Characters that a title may share with another one and still differ where a narrow side bar shows it. */
const SEEN = 22;
/** Characters of a shortened title before and after its gap, where the difference begins. */
const HEAD = 10;
const BEFORE = 4;

/** How a title is drawn among those of its section. */
export interface DrawnTitle {
  readonly title: string;
  /** Another row has the very same title. */
  readonly isShared: boolean;
}

/**
 * Titles as rows of one section show them: those that begin alike for longer than a narrow side bar shows lose the
 * middle of what they share, so that their differences are seen.
 */
export function distinctTitles<K>(titles: ReadonlyMap<K, string>): Map<K, DrawnTitle> {
  const counts = new Map<string, number>();
  for (const title of titles.values()) counts.set(title, (counts.get(title) ?? 0) + 1);
  const sorted = [...counts.keys()].sort();
  const short = sorted.map((title, index) =>
    shortened(title, Math.max(commonLength(title, sorted[index - 1]), commonLength(title, sorted[index + 1]))),
  );
  const taken = new Map<string, number>();
  for (const title of short) taken.set(title, (taken.get(title) ?? 0) + 1);
  const shown = new Map(
    sorted.map((title, index) => {
      const candidate = short[index] ?? title;
      // What would look alike without its middle keeps it.
      const isClear = taken.get(candidate) === 1 && (candidate === title || !counts.has(candidate));
      return [title, { title: isClear ? candidate : title, isShared: (counts.get(title) ?? 0) > 1 }];
    }),
  );
  return new Map([...titles].map(([key, title]) => [key, shown.get(title) ?? { title, isShared: false }]));
}

function commonLength(a: string, b = ""): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

/** Never splits a surrogate pair. */
function shortened(title: string, common: number): string {
  const from = common - BEFORE;
  if (common <= SEEN || from <= HEAD + 1) return title;
  const head = title.slice(0, HEAD).replace(/[\uD800-\uDBFF]$/, "");
  const tail = title.slice(from).replace(/^[\uDC00-\uDFFF]/, "");
  return `${head}…${tail}`;
}

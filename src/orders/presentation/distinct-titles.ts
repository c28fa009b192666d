/** Characters that a title may share with another one and still differ where a narrow side bar shows it. */
const SEEN = 22;
/** Characters of a shortened title before and after its gap, where the difference begins. */
const HEAD = 10;
const BEFORE = 4;

/** A row as far as its title goes. */
export interface TitledRow {
  readonly title: string;
  /** What tells rows of one title apart at a glance, for example the product. */
  readonly kind: string;
}

/** How a title is drawn among those of its section. */
export interface DrawnTitle {
  readonly title: string;
  /** What tells the row from others of the very same title: its kind, or only its number; absent without such. */
  readonly toldBy?: "kind" | "number";
}

/**
 * Titles as rows of one section show them: those that begin alike for longer than a narrow side bar shows lose the
 * middle of what they share, so that their differences are seen.
 */
export function distinctTitles<K>(rows: ReadonlyMap<K, TitledRow>): Map<K, DrawnTitle> {
  const kinds = new Map<string, string[]>();
  for (const { title, kind } of rows.values()) {
    const known = kinds.get(title);
    if (known === undefined) kinds.set(title, [kind]);
    else known.push(kind);
  }
  const sorted = [...kinds.keys()].sort();
  const short = sorted.map((title, index) =>
    shortened(title, Math.max(commonLength(title, sorted[index - 1]), commonLength(title, sorted[index + 1]))),
  );
  const taken = new Map<string, number>();
  for (const title of short) taken.set(title, (taken.get(title) ?? 0) + 1);
  const shown = new Map(
    sorted.map((title, index): [string, DrawnTitle] => {
      const candidate = short[index] ?? title;
      // What would look alike without its middle keeps it.
      const isClear = taken.get(candidate) === 1 && (candidate === title || !kinds.has(candidate));
      const toldBy = tellerOf(kinds.get(title) ?? []);
      return [title, { title: isClear ? candidate : title, ...(toldBy !== undefined && { toldBy }) }];
    }),
  );
  return new Map([...rows].map(([key, { title }]) => [key, shown.get(title) ?? { title }]));
}

function tellerOf(kinds: readonly string[]): DrawnTitle["toldBy"] {
  if (kinds.length < 2) return undefined;
  return new Set(kinds).size === kinds.length ? "kind" : "number";
}

function commonLength(a: string, b = ""): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

/** Never splits a surrogate pair. */
function shortened(title: string, common: number): string {
  if (common <= SEEN) return title;
  const from = common - BEFORE;
  const head = title.slice(0, HEAD).replace(/[\uD800-\uDBFF]$/, "");
  const tail = title.slice(from).replace(/^[\uDC00-\uDFFF]/, "");
  return `${head}…${tail}`;
}

/** Patterns of a person's settings that are taken, and characters of each. */
const MAX_PATTERNS = 200;
const MAX_PATTERN = 300;

/**
 * The patterns of the setting `search.exclude` that are on, each without braces: the editor takes several patterns as
 * one in braces, which cannot be nested. Conditions on other files (`when`), and patterns that cannot be read, are left
 * out.
 */
export function searchExcludes(setting: unknown): readonly string[] {
  if (typeof setting !== "object" || setting === null) return [];
  const on = Object.entries(setting).filter(([pattern, value]) => value === true && pattern.length <= MAX_PATTERN);
  return on.flatMap(([pattern]) => withoutBraces(pattern) ?? []).slice(0, MAX_PATTERNS);
}

/** Each choice of a pattern's braces; `undefined` if they do not fit each other, or there are too many. */
function withoutBraces(pattern: string): readonly string[] | undefined {
  const done: string[] = [];
  const open = [pattern];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (done.length + open.length > MAX_PATTERNS) return undefined;
    // The innermost braces, which hold none themselves.
    const end = next.indexOf("}");
    const start = next.lastIndexOf("{", end);
    if (end < 0 && !next.includes("{")) {
      // A comma would end it among the others.
      if (next === "" || next.includes(",")) return undefined;
      done.push(next);
    } else if (end < 0 || start < 0) {
      return undefined;
    } else {
      const [before, inside, after] = [next.slice(0, start), next.slice(start + 1, end), next.slice(end + 1)];
      open.push(...inside.split(",").map((choice) => `${before}${choice}${after}`));
    }
  }
  return done;
}

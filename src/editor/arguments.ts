/** An argument of a command that is not what the command takes: keybindings, tasks and other extensions send anything. */
export class ArgumentError extends Error {
  override readonly name = "ArgumentError";
  readonly code = "argument";
}

/** Longer texts are no name, number or label. Characters. */
const MAX_TEXT = 1024;

/** More orders than these nobody selects. */
const MAX_LIST = 20_000;

/** The optional plain object of a command, read field by field. Fields that nobody asks for are ignored. */
export class Arguments {
  private readonly fields: Readonly<Record<string, unknown>>;

  /** @throws ArgumentError when there is an argument and it is no object */
  constructor(argument: unknown) {
    if (argument !== undefined && argument !== null && typeof argument !== "object") {
      throw new ArgumentError(`The command takes an object, not a ${typeof argument}.`);
    }
    this.fields = { ...argument };
  }

  /** @throws ArgumentError when the field is there and no text of at most `max` characters */
  text(name: string, max = MAX_TEXT): string | undefined {
    const value = this.fields[name];
    if (value === undefined) return undefined;
    if (typeof value !== "string" || value.length > max) {
      throw new ArgumentError(`The field “${name}” takes a text of at most ${max} characters.`);
    }
    return value;
  }

  /** @throws ArgumentError when the field is there and none of `values` */
  choice<T extends string>(name: string, values: readonly T[]): T | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const found = values.find((each) => each === value);
    if (found === undefined) throw new ArgumentError(`The field “${name}” takes one of: ${values.join(", ")}.`);
    return found;
  }

  /** @throws ArgumentError when the field is there and no list of texts as {@link text} takes them */
  list(name: string): readonly string[] | undefined {
    const value = this.fields[name];
    if (value === undefined) return undefined;
    const isList = Array.isArray(value) && value.length <= MAX_LIST;
    if (!isList || !value.every((each): each is string => typeof each === "string" && each.length <= MAX_TEXT)) {
      throw new ArgumentError(`The field “${name}” takes a list of at most ${MAX_LIST} texts.`);
    }
    return value;
  }

  /** @throws ArgumentError when the field is there and no object of texts */
  texts(name: string): Readonly<Record<string, string>> | undefined {
    const value = this.fields[name];
    if (value === undefined) return undefined;
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new ArgumentError(`The field “${name}” takes an object.`);
    }
    const inner = new Arguments(value);
    return Object.fromEntries(Object.keys(value).map((key) => [key, inner.text(key) ?? ""]));
  }

  /** @throws ArgumentError when the field is there and neither true nor false */
  flag(name: string): boolean | undefined {
    const value = this.fields[name];
    if (value === undefined || typeof value === "boolean") return value;
    throw new ArgumentError(`The field “${name}” takes true or false.`);
  }
}

/**
 * The argument of a command that a menu ran: the row, and where several are selected their orders as `orders`.
 * @param selected what the editor gives beside the row: all rows selected, if there are several
 */
export function argumentOf(row: unknown, selected: unknown): unknown {
  if (typeof row !== "object" || row === null || !Array.isArray(selected) || selected.length < 2) return row;
  const orders = selected.flatMap((each: unknown) =>
    typeof each === "object" && each !== null && "order" in each && typeof each.order === "string" ? each.order : [],
  );
  return { ...row, orders: [...new Set(orders)] };
}

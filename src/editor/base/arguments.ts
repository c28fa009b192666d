import { allOf, amount, anyOf, phrase, type Phrase } from "../../words/phrase";
import { SaidError } from "../../words/said-error";
import { flag, isRecord, list, text, type Shape } from "../../shape/shape";

/**
 * An argument of a command that the command does not accept: keybindings, tasks and other extensions send anything.
 */
export class ArgumentError extends SaidError {
  override readonly name = "ArgumentError";
  readonly code = "argument";
}

/** Characters of the longest name, number or label. */
const MAX_TEXT = 1024;

/** Nobody selects more orders than this. */
const MAX_LIST = 20_000;

/** The optional plain object of a command, read field by field. Unknown fields are ignored. */
export class Arguments {
  private readonly fields: Readonly<Record<string, unknown>>;

  /** @throws ArgumentError when the argument is given and is not an object */
  constructor(argument: unknown) {
    if (argument !== undefined && typeof argument !== "object") {
      throw new ArgumentError(phrase("The argument of the command must be an object, not “{0}”.", typeof argument));
    }
    this.fields = { ...argument };
  }

  /** For callers that were told which fields there are. @throws ArgumentError when there is another one */
  only(...names: readonly string[]): this {
    if (Object.keys(this.fields).every((name) => names.includes(name))) return this;
    throw new ArgumentError(phrase("Only these fields are known: {0}.", allOf(names)));
  }

  /** @throws ArgumentError when the field is given and is not a string of at most `max` characters */
  text(name: string, max = MAX_TEXT): string | undefined {
    return this.field(
      name,
      text(max),
      phrase("The field “{0}” must be a string of at most {1} characters.", name, amount(max)),
    );
  }

  /** @throws ArgumentError when the field is given and is not one of `values` */
  choice<T extends string>(name: string, values: readonly T[]): T | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const found = values.find((each) => each === value);
    if (found === undefined)
      throw new ArgumentError(phrase("The field “{0}” must be one of: {1}.", name, anyOf(values)));
    return found;
  }

  /** @throws ArgumentError when the field is given and is not a list of strings that {@link text} accepts */
  list(name: string): readonly string[] | undefined {
    return this.field(
      name,
      list(text(MAX_TEXT), MAX_LIST),
      phrase("The field “{0}” must be a list of at most {1} strings.", name, amount(MAX_LIST)),
    );
  }

  /** @throws ArgumentError when the field is given and is not an object whose values are strings */
  texts(name: string): Readonly<Record<string, string>> | undefined {
    const inner = this.object(name);
    return inner && Object.fromEntries(Object.keys(inner.fields).map((key) => [key, inner.text(key) ?? ""]));
  }

  /** An object with fields of its own. @throws ArgumentError when the field is given and is not an object */
  object(name: string): Arguments | undefined {
    const value = this.field(name, isRecord, phrase("The field “{0}” must be an object.", name));
    return value && new Arguments(value);
  }

  /** @throws ArgumentError when the field is given and is neither true nor false */
  flag(name: string): boolean | undefined {
    return this.field(name, flag, phrase("The field “{0}” must be true or false.", name));
  }

  private field<T>(name: string, shape: Shape<T>, problem: Phrase): T | undefined {
    // Every object has a "constructor", and other extensions of this host may add to what every object has.
    const value = Object.hasOwn(this.fields, name) ? this.fields[name] : undefined;
    if (value === undefined || shape(value)) return value;
    throw new ArgumentError(problem);
  }
}

/**
 * The argument of a command that a menu ran: the row or, if several rows are selected, their orders as `orders`, and
 * those of them that are certificates as `certificates`: `<order>/<serial number>`.
 * @param selected what the editor passes besides the row: all selected rows, if there are several
 */
export function argumentOf(row: unknown, selected: unknown): unknown {
  if (!isRecord(row) || !Array.isArray(selected) || selected.length < 2) return row;
  const orders = selected.flatMap((each: unknown) =>
    isRecord(each) && typeof each.order === "string" ? each.order : [],
  );
  const certificates = selected.flatMap((each: unknown) =>
    isRecord(each) && typeof each.order === "string" && typeof each.serialNumber === "string"
      ? `${each.order}/${each.serialNumber}`
      : [],
  );
  return { ...row, serialNumber: undefined, orders: [...new Set(orders)], certificates };
}

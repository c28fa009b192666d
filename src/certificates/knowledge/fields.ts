import { anyOf, phrase, plural, type Phrase, type PhraseValue } from "../../words/phrase";
import { isHonestTime, isUtcDay } from "./dates";
import { refuseFile } from "./problem";

/** An object of JSON from outside, read field by field; what does not fit ends the reading. */
export class Fields {
  private readonly values: Readonly<Record<string, unknown>>;

  /** @param where the object, for a person: "the file"; it begins no sentence */
  constructor(
    value: unknown,
    readonly where: Phrase,
  ) {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      refuseFile(phrase("What should be an object is something else: {0}.", where));
    this.values = value as Readonly<Record<string, unknown>>;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.values, name);
  }

  names(): readonly string[] {
    return Object.keys(this.values);
  }

  /** @param max characters */
  text(name: string, max = 200): string {
    const value = this.get(name);
    if (typeof value !== "string" || value === "" || value.length > max)
      this.refuse(name, phrase("a text of 1 to {0} characters", max));
    return value;
  }

  /**
   * A text that matches; the pattern must bound the work.
   * @param what it should be, for a person: "base64"
   */
  like(name: string, pattern: RegExp, what: Phrase, max = 64): string {
    const value = this.get(name);
    if (typeof value !== "string" || value.length > max || !pattern.test(value)) this.refuse(name, what);
    return value;
  }

  oneOf<const T extends string>(name: string, texts: readonly T[]): T {
    const value = this.get(name);
    return texts.find((each) => each === value) ?? this.refuse(name, anyOf(texts));
  }

  /** A whole number from 0. */
  count(name: string): number {
    const value = this.get(name);
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0)
      this.refuse(name, phrase("a whole number"));
    return value;
  }

  /** A point in time as "2026-04-19T13:39:58Z", in epoch ms. */
  time(name: string): number {
    const value = this.get(name);
    const time = typeof value === "string" && value.length === 20 ? Date.parse(value) : Number.NaN;
    // Without the comparison, 30 February would pass as a day of March.
    if (!isHonestTime(time) || new Date(time).toISOString() !== String(value).replace("Z", ".000Z"))
      this.refuse(name, phrase("a time from 1970 to 2099, such as {0}", '"2026-04-19T13:39:58Z"'));
    return time;
  }

  /** A point in time as a number, with the same bounds: what {@link time} gave can be kept so. */
  epoch(name: string): number {
    const time = this.count(name);
    if (!isHonestTime(time)) this.refuse(name, phrase("a time from 1970 to 2099"));
    return time;
  }

  /** A day as "2026-04-19". */
  day(name: string): string {
    const day = this.text(name, 10);
    if (!isUtcDay(day)) this.refuse(name, phrase("a day such as {0}", '"2026-04-19"'));
    return day;
  }

  /** @param max items */
  list(name: string, max: number): readonly unknown[] {
    const value = this.get(name);
    if (!Array.isArray(value) || value.length > max)
      this.refuse(name, plural(max, "a list of at most {0} item", "a list of at most {0} items"));
    return value;
  }

  object(name: string): Fields {
    return new Fields(this.get(name), phrase("{0} of {1}", quoted(name), this.where));
  }

  private get(name: string): unknown {
    return this.has(name) ? this.values[name] : undefined;
  }

  private refuse(name: string, what: PhraseValue): never {
    refuseFile(
      this.has(name)
        ? phrase("{0} of {1} should be {2}.", quoted(name), this.where, what)
        : phrase("{0} of {1} is missing.", quoted(name), this.where),
    );
  }
}

/** A name as JSON has it. */
const quoted = (name: string): string => `"${name}"`;

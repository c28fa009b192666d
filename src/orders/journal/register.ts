import { isLater, stampOf, type JournalLine, type Stamp } from "./events";

/** A last-writer-wins value. */
export interface Register<T> extends Stamp {
  readonly value: T;
}

/** The resulting register, or `undefined` if the present one is as late or later. */
export function write<T>(before: Stamp | undefined, line: JournalLine, value: T): Register<T> | undefined {
  const stamp = stampOf(line);
  return before && !isLater(stamp, before) ? undefined : { t: stamp.t, line: stamp.line, value };
}

export type ValueOf<R> = R extends Register<infer T> ? T : never;

/**
 * Writes a part, if the line is later than the present one.
 * @returns whether it was
 */
export function assign<P extends object, K extends keyof P>(
  parts: P,
  name: K,
  line: JournalLine,
  value: ValueOf<NonNullable<P[K]>>,
): boolean {
  const register = write(parts[name] as Stamp | undefined, line, value);
  if (register) parts[name] = register as P[K];
  return register !== undefined;
}

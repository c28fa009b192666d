import { isLater, stampOf, WRITER_DIGITS, type JournalLine, type Stamp } from "./events";

/** Numbers of a stamp: which register and by which writer, when, and the number of the writer's line. */
const STAMP = 3;
/** Registers that one thing may have: the first number of a stamp is the writer's times this, and the register's. */
const REGISTERS = 64;

/** Names by number, each once: of registers, and of the writers of lines. */
class Numbering<T> {
  private readonly numbers = new Map<T, number>();
  private readonly names: T[] = [];

  numberOf(name: T): number {
    const known = this.numbers.get(name);
    if (known !== undefined) return known;
    this.numbers.set(name, this.names.length);
    return this.names.push(name) - 1;
  }

  nameOf(number: number): T | undefined {
    return this.names[number];
  }
}

const registers = new Numbering<PropertyKey>();
const writers = new Numbering<string>();
/** The writer of the last line: most lines come after one of the same writer. */
let recent = { writer: "", number: 0 };

function writerOf(place: string): number {
  if (recent.writer !== "" && place.startsWith(recent.writer)) return recent.number;
  const writer = place.slice(0, WRITER_DIGITS);
  recent = { writer, number: writers.numberOf(writer) };
  return recent.number;
}

/**
 * Last-writer-wins values of one thing, as `Register`s are, but packed: an order has about ten of them, there are tens
 * of thousands of orders, and a stamp as an object is larger than most of what it stamps.
 *
 * @typeParam V the values by their names, of which there are at most 64
 */
export class PackedRegisters<V extends object> {
  private stamps: number[] = [];
  private values: unknown[] = [];
  private isPacked = false;

  /** Writes a register, if the line is later than the present one. @returns whether it was */
  assign<K extends keyof V>(name: K, line: JournalLine, value: V[K]): boolean {
    const { t, line: place } = stampOf(line);
    const at = this.placeOf(name);
    if (at >= 0 && !this.isEarlier(at, t, place)) return false;
    const code = registers.numberOf(name) + REGISTERS * writerOf(place);
    const number = Number(place.slice(WRITER_DIGITS + 1));
    if (at < 0) {
      this.stamps.push(code, t, number);
      this.values.push(value);
      this.isPacked = false;
    } else {
      const from = at * STAMP;
      this.stamps[from] = code;
      this.stamps[from + 1] = t;
      this.stamps[from + 2] = number;
      this.values[at] = value;
    }
    return true;
  }

  /** Gives back the room that lists reserve when they grow: call it when nothing more is likely to be written. */
  pack(): void {
    if (this.isPacked) return;
    this.isPacked = true;
    this.stamps = this.stamps.slice();
    this.values = this.values.slice();
  }

  has(name: keyof V): boolean {
    return this.placeOf(name) >= 0;
  }

  /** The value that was written last, or `undefined` if none was. */
  get<K extends keyof V>(name: K): V[K] | undefined {
    const at = this.placeOf(name);
    return at < 0 ? undefined : (this.values[at] as V[K]);
  }

  /** By which line a register was written last; `undefined` if by none. */
  stampOf(name: keyof V): Stamp | undefined {
    const at = this.placeOf(name);
    return at < 0 ? undefined : this.stampAt(at);
  }

  /** Whether both were written, and the first one later than the other. */
  isLater(name: keyof V, than: keyof V): boolean {
    const [a, b] = [this.placeOf(name), this.placeOf(than)];
    if (a < 0 || b < 0) return false;
    const [timeOfA = 0, timeOfB = 0] = [this.stamps[a * STAMP + 1], this.stamps[b * STAMP + 1]];
    return timeOfA === timeOfB ? isLater(this.stampAt(a), this.stampAt(b)) : timeOfA > timeOfB;
  }

  private isEarlier(at: number, t: number, line: string): boolean {
    const before = this.stamps[at * STAMP + 1] ?? 0;
    return before === t ? isLater({ t, line }, this.stampAt(at)) : before < t;
  }

  private stampAt(at: number): Stamp {
    const [code = 0, t = 0, number = 0] = this.stamps.slice(at * STAMP, (at + 1) * STAMP);
    return { t, line: `${writers.nameOf(Math.floor(code / REGISTERS)) ?? ""}:${number}` };
  }

  private placeOf(name: keyof V): number {
    const wanted = registers.numberOf(name);
    const { stamps } = this;
    for (let at = 0; at < stamps.length; at += STAMP) {
      if ((stamps[at] ?? 0) % REGISTERS === wanted) return at / STAMP;
    }
    return -1;
  }
}

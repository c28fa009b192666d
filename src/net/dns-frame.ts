/** Codes of the types of records whose contents are read (RFC 1035 section 3.2.2, RFC 3596, RFC 8659). */
export const READ_TYPES = { A: 1, NS: 2, CNAME: 5, SOA: 6, MX: 15, TXT: 16, AAAA: 28, CAA: 257 } as const;

/** Where a record lies in its message. */
export interface FramedRecord {
  /** Of its type code, which the class follows. */
  readonly typeAt: number;
  /** The type code; undefined where the contents were not looked at: another class, or a type that is not read. */
  readonly read: number | undefined;
  readonly code: number;
}

/** A message whose frame is whole: what `dns-packet` reads of it cannot lead beside it. */
export interface DnsFrame {
  /** Of the answer and authority sections, in their order. */
  readonly records: readonly FramedRecord[];
  /** The upper eight bits of the RCODE (RFC 6891 section 6.1.3); 0 without EDNS. */
  readonly extendedCode: number;
}

/** Bytes of a header (RFC 1035 section 4.1.1). */
export const HEADER_BYTES = 12;

/** Records of a message that are looked at; one with more is refused. By compression each may say 500 characters. */
const MAX_RECORDS = 500;
/**
 * Labels, pointers and character-strings of a message that are looked at. An answer of 500 records has some thousands;
 * by compression 64 kB can have half a million, and each costs the library's reader more than it costs here.
 */
const MAX_STEPS = 20_000;
/** Pointers within one name: as many as it may have labels. */
const MAX_JUMPS = 127;
/** Bytes of a name without its root (RFC 1035 section 2.3.4). */
const MAX_NAME = 254;
const CLASS_IN = 1;
const TYPE_OPT = 41;

/** Why a message cannot be read. `cut`: it ends before what it announces. */
export class DnsFault extends Error {
  constructor(readonly kind: "cut" | "malformed") {
    super(kind);
  }
}

/** What one message may still cost. */
class Walk {
  private left = MAX_STEPS;

  /** @throws DnsFault */
  step(): void {
    if (--this.left < 0) throw new DnsFault("malformed");
  }
}

/**
 * Walks a message once, in bounded work, and looks at all that the library takes on trust: counts, lengths of contents,
 * names (no dot inside a label, which a joined name could not show), tags of CAA records.
 * @throws DnsFault
 */
export function readFrame(bytes: Buffer): DnsFrame {
  const [questions, answers, authorities, additionals] = [4, 6, 8, 10].map((at) => uint16(bytes, at)) as [
    number,
    number,
    number,
    number,
  ];
  if (questions > 1 || answers + authorities + additionals > MAX_RECORDS) throw new DnsFault("malformed");
  const walk = new Walk();
  let at = questions === 0 ? HEADER_BYTES : skipName(bytes, HEADER_BYTES, { walk }) + 4;
  const records: FramedRecord[] = [];
  let extendedCode: number | undefined;
  for (let index = 0; index < answers + authorities + additionals; index++) {
    const typeAt = skipName(bytes, at, { walk });
    const code = uint16(bytes, typeAt);
    const start = typeAt + 10;
    const end = start + uint16(bytes, typeAt + 8);
    if (end > bytes.length) throw new DnsFault("cut");
    if (index < answers + authorities) {
      const isRead = uint16(bytes, typeAt + 2) === CLASS_IN && Object.values<number>(READ_TYPES).includes(code);
      if (isRead) checkContents(bytes, code, start, end, walk);
      records.push({ typeAt, code, read: isRead ? code : undefined });
    } else if (code === TYPE_OPT) {
      // RFC 6891 section 6.1.1: there is one.
      if (extendedCode !== undefined) throw new DnsFault("malformed");
      extendedCode = byte(bytes, typeAt + 4);
    }
    at = end;
  }
  return { records, extendedCode: extendedCode ?? 0 };
}

/** @throws DnsFault unless the contents of a record fill their length exactly */
function checkContents(bytes: Buffer, code: number, start: number, end: number, walk: Walk): void {
  if (!fits(bytes, code, start, end, walk)) throw new DnsFault("malformed");
}

function fits(bytes: Buffer, code: number, start: number, end: number, walk: Walk): boolean {
  const length = end - start;
  switch (code) {
    case READ_TYPES.A:
      return length === 4;
    case READ_TYPES.AAAA:
      return length === 16;
    case READ_TYPES.CNAME:
    case READ_TYPES.NS:
      return skipName(bytes, start, { walk }) === end;
    case READ_TYPES.MX:
      return skipName(bytes, start + 2, { walk }) === end;
    case READ_TYPES.SOA:
      // The mailbox is a name whose first label may have dots (RFC 1035 section 8).
      return skipName(bytes, skipName(bytes, start, { walk }), { walk, mayHaveDots: true }) + 20 === end;
    case READ_TYPES.TXT: {
      let at = start;
      for (; at < end; walk.step()) at += 1 + byte(bytes, at);
      return at === end;
    }
    default: {
      // CAA, RFC 8659 section 4.1: flags, length of the tag, tag, and all that is left is the value.
      if (length < 2) return false;
      const tag = byte(bytes, start + 1);
      return tag > 0 && 2 + tag <= length;
    }
  }
}

/** @returns where the bytes after a name begin (RFC 1035 section 4.1.4). @throws DnsFault */
export function skipName(
  bytes: Buffer,
  offset: number,
  { mayHaveDots = false, walk }: { readonly mayHaveDots?: boolean; readonly walk?: Walk } = {},
): number {
  let after: number | undefined;
  let start = offset;
  let at = offset;
  let length = 0;
  let jumps = 0;
  for (;;) {
    const size = byte(bytes, at++);
    walk?.step();
    if (size === 0) return after ?? at;
    if (size < 0x40) {
      if (at + size > bytes.length) throw new DnsFault("cut");
      length += size + 1;
      if (length > MAX_NAME) throw new DnsFault("malformed");
      if (!mayHaveDots && bytes.subarray(at, at + size).includes(DOT)) throw new DnsFault("malformed");
      at += size;
    } else if (size >= 0xc0) {
      const target = (size - 0xc0) * 0x100 + byte(bytes, at++);
      after ??= at;
      // Only to what stands before: then it ends.
      if (target >= start || target < HEADER_BYTES || ++jumps > MAX_JUMPS) throw new DnsFault("malformed");
      start = at = target;
    } else {
      throw new DnsFault("malformed");
    }
  }
}

const DOT = 0x2e;

/** @throws DnsFault */
function byte(bytes: Buffer, at: number): number {
  const value = bytes[at];
  if (value === undefined) throw new DnsFault("cut");
  return value;
}

/** @throws DnsFault */
export function uint16(bytes: Buffer, at: number): number {
  return byte(bytes, at) * 0x100 + byte(bytes, at + 1);
}

/** Bytes of a secret in a row that are found. Fewer would be found by chance. */
const WINDOW = 6;

/**
 * Looks for private keys in outputs: for any twelve bytes in a row of their secret numbers, as bytes, as UTF-16, in hex
 * with any separators, in base64 from any of its characters on, in lists of bytes, and in these inside each other.
 * Every row of twelve holds one of the pieces of six that are looked for.
 */
export class KeySearch {
  private readonly pieces = new Map<string, string>();
  /** Whether a piece begins with these two bytes. */
  private readonly begins = new Uint8Array(0x10000);

  /** @param secrets by their names */
  constructor(secrets: Readonly<Record<string, Uint8Array>>) {
    for (const [name, bytes] of Object.entries(secrets)) {
      const text = Buffer.from(bytes).toString("latin1");
      for (let at = 0; at + WINDOW <= text.length; at += WINDOW) {
        const piece = text.slice(at, at + WINDOW);
        // Zeros at the beginning of a number are no secret.
        if (/^\0{3}/.test(piece) || new Set(piece).size <= 2) continue;
        this.pieces.set(piece, name);
        this.begins[beginningOf(piece, 0)] = 1;
      }
    }
  }

  /** Names of the secrets of which something is in it. */
  in(output: string | Uint8Array): readonly string[] {
    const found = new Set<string>();
    const whole = typeof output === "string" ? Buffer.from(output, "utf8") : Buffer.from(output);
    for (const bytes of streamsOf(whole.toString("latin1"), 3)) {
      for (let at = 0; at + WINDOW <= bytes.length; at++) {
        if (this.begins[beginningOf(bytes, at)] !== 1) continue;
        const name = this.pieces.get(bytes.slice(at, at + WINDOW));
        if (name !== undefined) found.add(name);
      }
    }
    return [...found];
  }
}

const beginningOf = (bytes: string, at: number): number => (bytes.charCodeAt(at) << 8) | bytes.charCodeAt(at + 1);

/** What bytes say, one character a byte: as they are, and decoded. */
function* streamsOf(text: string, layers: number): Generator<string> {
  yield text;
  // UTF-16, of which each other byte is a character's.
  for (const first of [0, 1]) if (text.includes("\0")) yield text.replace(/([^])([^])/g, first === 0 ? "$1" : "$2");
  const plain = text
    .replaceAll("\0", "")
    .replace(/\\u00([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    .replace(/\\+[nrt]/g, "\n")
    .replace(/\\/g, "");
  const decoded: string[] = [plain];
  for (const run of plain.match(/[A-Za-z0-9+/_-](?:[A-Za-z0-9+/_-]|[\s"'`,>#|])+/g) ?? []) {
    const characters = run.replace(/[^A-Za-z0-9+/_-]/g, "");
    if (characters.length < 16) continue;
    for (let start = 0; start < 4; start++) decoded.push(latin1(Buffer.from(characters.slice(start), "base64")));
  }
  for (const run of plain.match(/(?:(?:0x|x)?[0-9a-f]{2}[\s:;,.|"'-]{0,3}){8,}/gi) ?? []) {
    const digits = run.replace(/0x|[^0-9a-f]/gi, "");
    decoded.push(latin1(Buffer.from(digits, "hex")), latin1(Buffer.from(digits.slice(1), "hex")));
  }
  for (const run of plain.match(/(?:-?\d{1,3}[\s,]{1,3}){8,}/g) ?? []) {
    decoded.push(latin1(Buffer.from((run.match(/-?\d+/g) ?? []).map((number) => Number(number) & 0xff))));
  }
  // Whatever stands between the numbers: all of them, and each other one, where the first is a place.
  const dressed = [...plain.matchAll(/(?:0x|&H)([0-9a-f]{2})/gi)].map(([, digits = ""]) => parseInt(digits, 16));
  const decimals = (plain.match(/(?<!\d)\d{1,3}(?!\d)/g) ?? []).map(Number);
  const others = decimals.filter((_, at) => at % 2 === 1);
  const plainBytes = [...plain.matchAll(/(\d{1,3})(?=u8)/g)].map(([, digits]) => Number(digits));
  for (const bytes of [dressed, decimals, others, plainBytes]) {
    if (bytes.length >= WINDOW) decoded.push(latin1(Buffer.from(bytes)));
  }
  for (const stream of decoded) {
    if (stream !== plain && layers > 1 && /[\t\r\n\0 -~]{24}/.test(stream)) yield* streamsOf(stream, layers - 1);
    else yield stream;
  }
}

const latin1 = (bytes: Buffer): string => bytes.toString("latin1");

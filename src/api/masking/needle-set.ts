/** How many characters of a text distinguish a secret from a word or number by chance, and from base64 of prose. */
export const MIN_LETTERS = 4;

/** Whose a needle is. */
export function ownersOf(map: Map<string, Set<string>>, form: string): Set<string> {
  const known = map.get(form);
  if (known !== undefined) return known;
  const owners = new Set<string>();
  map.set(form, owners);
  return owners;
}

/** Needles that each have at least {@link MIN_LETTERS} characters, with whose they are. */
export class NeedleSet {
  /** A bit for each hash: whether a needle begins with characters of it. */
  private readonly begins = new Uint8Array(0x2000);
  private readonly byHash = new Map<number, Map<string, Set<string>>>();

  get isEmpty(): boolean {
    return this.byHash.size === 0;
  }

  add(needle: string, secret: string): void {
    let hash = 0;
    for (let at = 0; at < MIN_LETTERS; at++) hash = withNext(hash, needle.charCodeAt(at));
    this.begins[hash >> 3]! |= 1 << (hash & 7);
    let needles = this.byHash.get(hash);
    if (needles === undefined) {
      needles = new Map<string, Set<string>>();
      this.byHash.set(hash, needles);
    }
    ownersOf(needles, needle).add(secret);
  }

  isIn(text: string, counts: (secret: string) => boolean): boolean {
    for (const { owners } of this.placesIn(text)) if ([...owners].some(counts)) return true;
    return false;
  }

  /** Every place where a needle begins. */
  *placesIn(
    text: string,
  ): Generator<{ readonly needle: string; readonly owners: Iterable<string>; readonly at: number }> {
    if (this.isEmpty) return;
    let hash = 0;
    for (let end = 0; end < text.length; end++) {
      hash = withNext(hash, text.charCodeAt(end));
      if ((this.begins[hash >> 3]! & (1 << (hash & 7))) === 0) continue;
      const at = end + 1 - MIN_LETTERS;
      for (const [needle, owners] of this.byHash.get(hash) ?? []) {
        if (text.startsWith(needle, at)) yield { needle, owners, at };
      }
    }
  }
}

/** Of the last {@link MIN_LETTERS} characters, four bits of each shift: what came before is shifted out. */
const withNext = (hash: number, code: number): number => ((hash << 4) ^ code) & 0xffff;

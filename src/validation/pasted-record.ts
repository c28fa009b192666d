import { asciiDomain, registrableDomain } from "./domain-levels";
import { OLD_SUFFIX, readTarget, SUFFIX, type PublishedProof } from "./published-proof";
import type { TokenToFind } from "./request-token";
import { isUniqueValue } from "./unique-value";

/** Characters of a pasted text that are read: more than any e-mail about an order has. */
const MAX_TEXT = 100_000;

/** What a pasted text says of the record to publish. */
export type PastedRecord = PastedToken | { readonly kind: "unusable"; readonly reason: UnusableReason };

export interface PastedToken {
  readonly kind: "token";
  readonly token: TokenToFind;
  /** The domain of the record, where the text names one; in A-labels. */
  readonly domain?: string;
  /** The record ends in the older suffix, which the CA's current documents do not name. */
  readonly isOldForm: boolean;
}

/**
 * `nothing`: no hash in it. `name-missing`: a SHA-256, and nothing that names the place (an MD5). `proof-missing`: the
 * other way around. `sha1`: the form before July 2017. `cut`: a hash with digits missing, which proves nothing.
 * `several`: hashes of more than one request.
 */
export type UnusableReason = "nothing" | "name-missing" | "proof-missing" | "sha1" | "cut" | "several";

/**
 * Reads what a person pastes to say which record is looked for: a record or a line of a zone file, a file's name and
 * contents, two hashes, or an e-mail with any of these around other words. What has the form of a record counts before
 * bare hashes, of which an e-mail may have others. Linear in the text, of which the first 100,000 characters are read.
 */
export function readPastedRecord(text: string): PastedRecord {
  const found = new Found();
  // A line of an e-mail that was too long goes on after "=" (RFC 2045 section 6.7, rule 5).
  const lines = text
    .slice(0, MAX_TEXT)
    .replace(/=\r?\n/g, "")
    .split(/\r?\n/);
  lines.forEach((line, index) => {
    const words = wordsOf(line);
    words.forEach((word, place) => found.read(word, words.slice(place + 1, place + 4)));
    if (words.length === 1 && isProof(words[0])) found.fileLines(words[0], lines.slice(index + 1, index + 3));
  });
  return found.result();
}

/** What was found, the strong forms apart from bare hashes. */
class Found {
  /** MD5 in lower case, with the domain below it where there is one. */
  private readonly names = new Map<string, string | undefined>();
  private readonly bareNames = new Set<string>();
  private readonly proofs = new Map<string, PublishedProof>();
  private readonly bareProofs = new Map<string, PublishedProof>();
  private sha1 = false;
  private cut = false;

  /** @param next up to three words after it in its line */
  read(word: string, next: readonly string[]): void {
    const proof = readTarget(word);
    if (proof?.form === "sha256") {
      if (proof.suffix === "") this.bareProof(proof.hash, next);
      else this.proof(proof);
      return;
    }
    // A target without its second half looks like a host of the CA's domain.
    const name = proof !== undefined && isSuffix(proof.suffix) ? undefined : nameIn(word);
    if (name !== undefined) this.name(name);
    else if (proof?.form === "sha1") this.sha1 = true;
    else if (proof?.form === "cut") this.cut = true;
  }

  /** The lines of a file below the one with the hash: the suffix, and maybe a unique value. */
  fileLines(hash: string, [second = "", third = ""]: readonly string[]): void {
    const suffix = second.trim().toLowerCase();
    if (!isSuffix(suffix)) return;
    this.proof(proofOf(hash, suffix, third.trim()));
  }

  result(): PastedRecord {
    const names: ReadonlyMap<string, string | undefined> =
      this.names.size > 0 ? this.names : new Map([...this.bareNames].map((name) => [name, undefined]));
    const proofs = this.proofs.size > 0 ? this.proofs : this.bareProofs;
    if (names.size > 1 || proofs.size > 1) return unusable("several");
    const [[md5, domain] = []] = names;
    const [proof] = proofs.values();
    if (proof === undefined) {
      if (this.sha1) return unusable("sha1");
      if (this.cut) return unusable("cut");
      return unusable(md5 === undefined ? "nothing" : "proof-missing");
    }
    if (md5 === undefined) return unusable("name-missing");
    const { hash: sha256, uniqueValue, suffix } = proof;
    const isPossible = uniqueValue !== undefined && isUniqueValue(uniqueValue);
    return {
      kind: "token",
      token: { md5, sha256, ...(isPossible && { uniqueValue }) },
      ...(domain !== undefined && { domain }),
      isOldForm: suffix === OLD_SUFFIX,
    };
  }

  private name({ md5, domain, isStrong }: NameFound): void {
    if (isStrong) this.names.set(md5, this.names.get(md5) ?? domain);
    else this.bareNames.add(md5);
  }

  /** A hash that is a word of its own, maybe with the suffix after it and a unique value at the end of the line. */
  private bareProof(hash: string, [suffix = "", uniqueValue = "", ...more]: readonly string[]): void {
    const isWhole = isSuffix(suffix.toLowerCase());
    if (isWhole) this.proof(proofOf(hash, suffix.toLowerCase(), more.length === 0 ? uniqueValue : ""));
    else this.bareProofs.set(hash, proofOf(hash, "", ""));
  }

  /** Of several for one hash, one with a unique value says most. */
  private proof(proof: PublishedProof): void {
    if (this.proofs.get(proof.hash)?.uniqueValue === undefined) this.proofs.set(proof.hash, proof);
  }
}

interface NameFound {
  readonly md5: string;
  readonly domain?: string;
  /** It has an underscore, a domain or ".txt", and is not any 32 digits. */
  readonly isStrong: boolean;
}

/** The MD5 in the host of a record or in the name of a file. */
function nameIn(word: string): NameFound | undefined {
  const [, underscore = "", digits = "", rest = ""] = /^(_?)([0-9A-Fa-f]{32})(?:\.(.*))?$/.exec(word) ?? [];
  if (digits === "") return undefined;
  const md5 = digits.toLowerCase();
  if (rest.toLowerCase() === "txt") return { md5, isStrong: true };
  const domain = registrableDomain(rest) === undefined ? undefined : asciiDomain(rest);
  return { md5, isStrong: underscore !== "" || domain !== undefined, ...(domain !== undefined && { domain }) };
}

/**
 * Runs of characters that names, hashes and unique values have, in any script; dots around them belong to the sentence.
 */
const wordsOf = (line: string): string[] => line.match(/[\p{L}\p{M}\p{N}_-]+(?:\.[\p{L}\p{M}\p{N}_-]+)*/gu) ?? [];

const isProof = (word: string | undefined): word is string => word !== undefined && /^[0-9A-Fa-f]{64}$/.test(word);

const isSuffix = (text: string): boolean => text === SUFFIX || text === OLD_SUFFIX;

const proofOf = (hash: string, suffix: string, uniqueValue: string): PublishedProof => ({
  form: "sha256",
  hash: hash.toLowerCase(),
  suffix,
  ...(isUniqueValue(uniqueValue) && { uniqueValue }),
});

const unusable = (reason: UnusableReason): PastedRecord => ({ kind: "unusable", reason });

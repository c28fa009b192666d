import { phrase, type Phrase } from "../../words/phrase";
import { Pkcs12Error } from "./error";
import { bmpPassword } from "./key-derivation";

/**
 * Most hashes to open one file: all derivations of all its parts and all attempts together. A hash takes 0.1 to 1
 * microsecond, outside the thread of the editor. NSS uses 600,000 rounds, others a few thousand; each round is a hash
 * for every block of the key, and two for HMAC.
 */
export const MAX_HASHES = 40_000_000;

/** The cost of a derivation. */
export interface Work {
  readonly hashes: number;
  /** The file's request, for the message: "100,000 rounds of key derivation". */
  readonly asked: Phrase | string;
}

/** The work that may still be spent on one file. */
export class HashBudget {
  private left = MAX_HASHES;

  /** A refused derivation costs nothing. @throws Pkcs12Error `limit` */
  spend({ hashes, asked }: Work): void {
    if (hashes <= this.left) {
      this.left -= hashes;
      return;
    }
    throw new Pkcs12Error(
      "limit",
      phrase("It asks for {0}, which is more work than is allowed here for one file.", asked),
    );
  }
}

/** A password to try, in the forms in which it is hashed. */
export class Password {
  private wasBmpUsed = false;

  constructor(
    /** As typed; PBES2 hashes its UTF-8. */
    readonly text: string,
    readonly budget: HashBudget,
    private readonly hashed = bmpPassword(text),
  ) {}

  /** As PKCS #12's own derivation hashes it. */
  get bmp(): Buffer {
    this.wasBmpUsed = true;
    return this.hashed;
  }

  /** Whether this form was used: only it differs between the forms of one password. */
  get isBmpUsed(): boolean {
    return this.wasBmpUsed;
  }
}

/**
 * The forms in which programs hash a typed password, the right one (RFC 7292 appendix B.1) first. Without a password,
 * some programs hash an empty one and others no bytes at all; OpenSSL before 1.1.0 treated each byte of its UTF-8 as a
 * character (OPENSSL_asc2uni), which differs if it is not ASCII.
 */
export function passwordForms(typed: string, budget: HashBudget): readonly Password[] {
  const usual = new Password(typed, budget);
  if (typed === "") return [usual, new Password(typed, budget, Buffer.alloc(0))];
  const bytes = Buffer.from(typed, "utf8");
  if (bytes.length === typed.length) return [usual];
  return [usual, new Password(typed, budget, bmpPassword(bytes.toString("latin1")))];
}

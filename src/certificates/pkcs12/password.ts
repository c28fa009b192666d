import { Pkcs12Error } from "./error";
import { bmpPassword } from "./key-derivation";

/**
 * Hashes that are computed to open one file: all derivations of all its parts and all attempts together. A hash takes
 * from 0.1 to 1 microsecond, outside the thread of the editor. NSS makes 600,000 rounds, others some thousands; each
 * round is a hash for every block of the key, and two for HMAC.
 */
export const MAX_HASHES = 40_000_000;

/** What a derivation takes. */
export interface Work {
  readonly hashes: number;
  /** What the file asks for, for the message: "100000 rounds of key derivation". */
  readonly asked: string;
}

/** The work that may still be spent on one file. */
export class HashBudget {
  private left = MAX_HASHES;

  /** What is refused costs nothing. @throws Pkcs12Error `limit` */
  spend({ hashes, asked }: Work): void {
    if (hashes <= this.left) {
      this.left -= hashes;
      return;
    }
    throw new Pkcs12Error("limit", `It asks for ${asked}, which is more work than is allowed here for one file.`);
  }
}

/** A password as it is tried: in the forms in which it is hashed. */
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

  /** Whether that was asked for: this alone differs between the forms of one password. */
  get isBmpUsed(): boolean {
    return this.wasBmpUsed;
  }
}

/**
 * The forms in which programs hashed what a person types, the right one (RFC 7292 appendix B.1) first. No password is
 * hashed by some as an empty one, by others as none at all; OpenSSL before 1.1.0 took each byte of its UTF-8 for a
 * character (OPENSSL_asc2uni), which differs where it is not ASCII.
 */
export function passwordForms(typed: string, budget: HashBudget): readonly Password[] {
  const usual = new Password(typed, budget);
  if (typed === "") return [usual, new Password(typed, budget, Buffer.alloc(0))];
  const bytes = Buffer.from(typed, "utf8");
  if (bytes.length === typed.length) return [usual];
  return [usual, new Password(typed, budget, bmpPassword(bytes.toString("latin1")))];
}

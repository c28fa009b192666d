import { Pkcs12Error } from "./error";
import { bmpPassword } from "./key-derivation";

/**
 * Hashes that are computed to open one file: all derivations of all its parts and all attempts together. A hash takes
 * from 0.1 to 1 microsecond, outside the thread of the editor. NSS makes 600,000 rounds, others some thousands; each
 * round is a hash for every block of the key, and two for HMAC.
 */
export const MAX_HASHES = 40_000_000;

/** The work that may still be spent on one file. */
export class HashBudget {
  private left = MAX_HASHES;

  /**
   * @param hashes that a derivation takes
   * @param rounds that the file asks for, for the message
   * @throws Pkcs12Error `limit`
   */
  spend(hashes: number, rounds: number): void {
    this.left -= hashes;
    if (this.left >= 0) return;
    throw new Pkcs12Error(
      "limit",
      `The file asks for ${rounds} rounds of key derivation; with the others in it that is more than is computed here. Write it again with fewer: openssl pkcs12 -export -iter 100000, or openssl pkcs8 -topk8 -iter 100000 for a key alone.`,
    );
  }
}

/** The password of one file, in the forms in which it is hashed. */
export class Password {
  constructor(
    /** As typed; PBES2 hashes its UTF-8. */
    readonly text: string,
    readonly budget: HashBudget,
    /** As PKCS #12's own derivation hashes it. */
    readonly bmp = bmpPassword(text),
  ) {}
}

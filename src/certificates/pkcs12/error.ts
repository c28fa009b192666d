import { phrase, sentences, type Phrase } from "../../words/phrase";
import { SaidError } from "../../words/said-error";

/**
 * `wrong-password`: the password does not open it. `unsupported`: protected in an unsupported way. `damaged`: its
 * structure is broken. `limit`: it asks for more work than is allowed for one file. The last three do not depend on
 * the password.
 */
export type Pkcs12Code = "wrong-password" | "unsupported" | "damaged" | "limit";

/**
 * Something protected by a password could not be opened: a PKCS #12 file, or a key in PKCS #8 or in OpenSSL's older
 * form. What it says is one or a few sentences for a person, without secrets.
 */
export class Pkcs12Error extends SaidError {
  override readonly name = "Pkcs12Error";

  constructor(
    readonly code: Pkcs12Code,
    said: Phrase | string,
    /** Whether OpenSSL 3 reads it only with its legacy provider. */
    readonly isLegacy = false,
  ) {
    super(said);
  }
}

/** Adds what to do to an error that says why something cannot be opened here with any password. */
export function withWayOut(error: Pkcs12Error, wayOut: (isLegacy: boolean) => Phrase): Pkcs12Error {
  if (!isClosed(error)) return error;
  const said = phrase("{0}", sentences(error.said, wayOut(error.isLegacy)));
  return new Pkcs12Error(error.code, said, error.isLegacy);
}

/**
 * Whether an error says that something cannot be opened here with any password: not a wrong password, and not damage.
 */
export function isClosed(error: unknown): error is Pkcs12Error {
  return error instanceof Pkcs12Error && (error.code === "unsupported" || error.code === "limit");
}

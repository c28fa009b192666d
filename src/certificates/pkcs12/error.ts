/**
 * `wrong-password`: the password does not open it. `unsupported`: protected in a way that is not read here. `damaged`:
 * its structure is broken. `limit`: it asks for more work than is done for one file. No password changes the last
 * three.
 */
export type Pkcs12Code = "wrong-password" | "unsupported" | "damaged" | "limit";

/**
 * What a password protects could not be opened: a PKCS #12 file, or a key in PKCS #8 or in OpenSSL's older form. The
 * message is one sentence for a person, or a few, and holds no secret.
 */
export class Pkcs12Error extends Error {
  override readonly name = "Pkcs12Error";

  constructor(
    readonly code: Pkcs12Code,
    message: string,
    /** Whether OpenSSL 3 reads it with its legacy provider alone. */
    readonly isLegacy = false,
  ) {
    super(message);
  }
}

/** Adds what to do to an error that says why something cannot be opened here, whatever the password. */
export function withWayOut(error: Pkcs12Error, wayOut: (isLegacy: boolean) => string): Pkcs12Error {
  if (!isClosed(error)) return error;
  return new Pkcs12Error(error.code, `${error.message} ${wayOut(error.isLegacy)}`, error.isLegacy);
}

/** Whether an error says that no password opens something here: neither a wrong one, nor damage. */
export function isClosed(error: unknown): error is Pkcs12Error {
  return error instanceof Pkcs12Error && (error.code === "unsupported" || error.code === "limit");
}

/**
 * `wrong-password`: the password does not open it. `unsupported`: protected in a way that is not read here. `damaged`:
 * its structure is broken. `limit`: it asks for more work than is done for one file.
 */
export type Pkcs12Code = "wrong-password" | "unsupported" | "damaged" | "limit";

/** A PKCS #12 file could not be opened. The message is one sentence for a person and holds no secret. */
export class Pkcs12Error extends Error {
  override readonly name = "Pkcs12Error";

  constructor(
    readonly code: Pkcs12Code,
    message: string,
  ) {
    super(message);
  }
}

/**
 * `nothing`: there is no certificate to export. `no-key`: the form needs a private key and none was given.
 * `wrong-key`: the private key does not belong to the certificate. `no-password`: a file with a private key was
 * requested without a password. `unknown-form`: a program asked for a form that does not exist, or not for programs.
 */
export type ExportCode = "nothing" | "no-key" | "wrong-key" | "no-password" | "unknown-form";

/** Something cannot be exported. The message is one sentence for a person, without secrets. */
export class ExportError extends Error {
  override readonly name = "ExportError";

  constructor(
    readonly code: ExportCode,
    message: string,
  ) {
    super(message);
  }
}

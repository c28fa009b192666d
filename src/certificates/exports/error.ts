import type { Phrase } from "../../words/phrase";
import { SaidError } from "../../words/said-error";

/**
 * `nothing`: there is no certificate to export. `no-key`: the form needs a private key and none was given.
 * `wrong-key`: the private key does not belong to the certificate. `no-password`: a file with a private key was
 * requested without a password. `unknown-form`: a program asked for a form that does not exist, or not for programs.
 */
export type ExportCode = "nothing" | "no-key" | "wrong-key" | "no-password" | "unknown-form";

/** Something cannot be exported. It says so in one sentence for a person, without secrets. */
export class ExportError extends SaidError {
  override readonly name = "ExportError";

  constructor(
    readonly code: ExportCode,
    said: Phrase | string,
  ) {
    super(said);
  }
}

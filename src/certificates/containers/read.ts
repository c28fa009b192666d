import type { Contents } from "./contents";
import { readInput } from "./reading";

/**
 * Finds every certificate, request, revocation list and key in `bytes`, whatever they are wrapped in: PEM of any label
 * and however it was written out, base64 of anything, as a whole or as a value in a text (YAML, JSON, XML), DER or BER,
 * PKCS #7, Netscape's certificate sequence, CMMF, ZIP, mails, Java's key stores. The form is told by content, never by
 * a name; forms that are recognised and not read are named in `damage`. Never throws: what is wrong is in `damage`, and
 * what can be read is returned with it. Private keys are told of and left where they are. Work and memory are
 * proportional to the input, but for archives, which hold up to a thousand times as much.
 * @param archives whether archives, mails, key stores and values in texts are opened; not where no honest input has
 *   them
 */
export function readContainers(bytes: Uint8Array, { archives = true } = {}): Contents {
  return readInput(bytes, { archives });
}

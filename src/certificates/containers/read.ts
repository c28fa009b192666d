import type { Contents } from "./contents";
import { readInput } from "./reading";

/**
 * Finds every certificate, request, revocation list and key in `bytes`, whatever they are wrapped in: PEM of any label
 * and however it was written out, base64 of anything, as a whole or as a value in a text (YAML, JSON, XML), DER or
 * BER, PKCS #7, Netscape's certificate sequence, CMMF, ZIP, mails, Java's key stores. The format is recognised by
 * content, never by a name; formats that are recognised but not supported are named in `damage`. Never throws:
 * problems are in `damage`, and what can be read is still returned. Private keys are reported without their bytes.
 * Work and memory are proportional to the input, but for archives, which hold up to a thousand times as much.
 * @param archives whether archives, mails, key stores and values in texts are opened; false where no honest input has
 *   them
 */
export function readContainers(bytes: Uint8Array, { archives = true } = {}): Contents {
  return readInput(bytes, { archives });
}

import { isBinaryAnswer } from "./forms/text";
import { MAX_SAVED_BYTES } from "./limits";
import { readSavedBody } from "./response";
import type { CollectResult } from "./result";
import { amount, phrase } from "../words/phrase";

/**
 * Reads an answer that was saved from anywhere: a file, the clipboard, `curl --include`. What was asked is unknown, so
 * a status without certificates counts as "available". Total: whatever the bytes are, the result says what they mean,
 * or that they mean nothing.
 */
export function readSaved(bytes: Uint8Array): CollectResult {
  if (bytes.length > MAX_SAVED_BYTES) {
    return {
      kind: "not-understood",
      reason: "limit",
      seen: phrase(
        "The file has {0} bytes; no answer from the CA has more than {1}.",
        amount(bytes.length),
        amount(MAX_SAVED_BYTES),
      ),
      excerpt: "",
    };
  }
  return readSavedBody(bodyOf(bytes));
}

/** Past the HTTP heads that a tool may have saved with the body: a proxy's, "100 Continue" and the server's own. */
function bodyOf(bytes: Uint8Array): Uint8Array {
  let body = bytes;
  for (let count = 0; count < MAX_HEADS; count++) {
    const head = isBinaryAnswer(body) ? undefined : headOf(body);
    if (head === undefined) return body;
    body = body.subarray(head);
  }
  return body;
}

const MAX_HEADS = 5;

/** Bytes of an HTTP head, as Node.js limits it. */
const MAX_HEAD_BYTES = 16 * 1024;

/** The length of an HTTP head with its empty line, if there is one. */
function headOf(bytes: Uint8Array): number | undefined {
  const start = Buffer.from(bytes.subarray(0, MAX_HEAD_BYTES)).toString("latin1");
  return /^HTTP\/\d(?:\.\d)? \d{3}[^\n]*\n(?:[A-Za-z0-9-]+:[^\n]*\n)*\r?\n/.exec(start)?.[0].length;
}

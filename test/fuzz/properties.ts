import { inEnglish } from "../../src/words/localize";
import assert from "node:assert/strict";
import {
  MAX_CERTIFICATES,
  MAX_DOMAINS,
  MAX_LINE_CHARACTERS,
  MAX_MESSAGE_CHARACTERS,
  MAX_OTHER,
} from "../../src/api/limits";
import { PRODUCTS, type Product } from "../../src/api/product";
import { readAnswer } from "../../src/api/response";
import type { CollectResult } from "../../src/api/result";
import { readSaved } from "../../src/api/saved";
import { decodeCertificate } from "../../src/certificates/x509/certificate";
import { orderChain } from "../../src/certificates/x509/chain";
import { readContainers } from "../../src/certificates/containers/read";
import { CANARY } from "./corpus";

/**
 * Whatever the bytes are: a result of the union, within its limits, and without the secret that was sent.
 * @param products whose answer it may be
 */
export function checkAnswer(body: Uint8Array, products: readonly Product[] = PRODUCTS): void {
  for (const product of products) {
    const asked = { product, values: { loginName: "someone", loginPassword: CANARY, queryType: "1" } };
    const result = readAnswer({ status: 200, headers: {}, body }, asked);
    checkResult(result);
    const text = textOf(result);
    assert(!text.includes(JSON.stringify(CANARY).slice(1, -1)), `the secret is in ${text}`);
  }
  checkResult(readSaved(body));
}

/** All that is text in a result. */
export function textOf(result: CollectResult): string {
  const bytes = { certificates: [], raw: [] };
  return JSON.stringify({ ...result, ...bytes });
}

function checkResult(result: CollectResult): void {
  switch (result.kind) {
    case "issued":
      assert(result.certificates.length > 0 && result.certificates.length <= MAX_CERTIFICATES);
      for (const der of result.certificates) assert(der.length > 0 && der.length <= result.raw.length);
      break;
    case "refused":
      assert(result.code < 0 && result.message.length > 0 && result.message.length <= MAX_MESSAGE_CHARACTERS * 2);
      assert(result.advice.length > 0);
      return;
    case "not-understood": {
      const seen = inEnglish(result.seen);
      assert(seen.length > 0 && seen.length <= MAX_MESSAGE_CHARACTERS * 2);
      assert(result.excerpt.length <= MAX_LINE_CHARACTERS * 2);
      return;
    }
    case "pending":
    case "available":
      break;
  }
  const { domains = [], other = [], steps = [], fqdn = "" } = result.detail;
  assert(domains.length <= MAX_DOMAINS && other.length <= MAX_OTHER && steps.length <= MAX_DOMAINS + 20);
  for (const line of [fqdn, ...other]) assert(line.length <= MAX_LINE_CHARACTERS * 2);
}

/** Whatever the bytes are: objects and damage, and decoders that fail with a code alone. */
export function checkStructure(bytes: Uint8Array): void {
  const { objects } = readContainers(bytes);
  const certificates = objects.flatMap((object) => (object.kind === "certificate" ? [object.der] : []));
  for (const der of [bytes, ...certificates]) typed(() => JSON.stringify(decodeCertificate(der)));
  typed(() => orderChain(certificates));
}

function typed(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    // A RangeError of Node.js has a code too, and is none of ours.
    assert(
      typeof code === "string" && /^[a-z][a-z-]*$/.test(code),
      `untyped: ${error instanceof Error ? (error.stack ?? "") : String(error)}`,
    );
  }
}

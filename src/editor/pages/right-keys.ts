import type { CheckResult } from "../../webview/protocol";

/** Keys of a file that are named. */
const MAX_KEYS = 5;

/**
 * What is said of several keys that may belong to a certificate: of the right ones alone, if there are any. Another key
 * beside the right one is not a fault: a file may have one for each of its certificates.
 * @param results one for each key
 */
export function ofRightKeys(results: readonly CheckResult[]): readonly CheckResult[] {
  const good = results.filter(({ tone }) => tone === "good");
  return (good.length > 0 ? good : results).slice(0, MAX_KEYS);
}

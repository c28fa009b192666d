import type { Certificate } from "../x509/certificate";
import { withoutKeys } from "../containers/public-parts";

/** Incremented when a field changes its name or meaning; new fields do not count. */
const JSON_VERSION = 1;

/**
 * Certificates as JSON: every decoded field in the form of {@link Certificate}, in a stable order, so that the same
 * certificates always give the same text. Times are epoch ms.
 */
export function certificatesJson(certificates: readonly Certificate[]): string {
  return `${JSON.stringify({ version: JSON_VERSION, certificates: withoutKeys(certificates) }, null, 2)}\n`;
}

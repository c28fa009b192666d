import type { Certificate } from "../certificates/x509/certificate";
import { orderChain } from "../certificates/x509/chain";
import { readContainers } from "../certificates/containers/read";
import { comparisonLines } from "../certificates/exports/compare";
import { certificateText } from "../certificates/exports/text";

/** The certificates of two files as texts to compare, with a summary above the second. */
export interface FileWords {
  readonly before: string;
  readonly after: string;
}

/** @returns `undefined` if one has no certificate, or both have the same */
export function compareInWords(before: Uint8Array, after: Uint8Array): FileWords | undefined {
  const [old, now] = [leafOf(before), leafOf(after)];
  if (old === undefined || now === undefined || old.fingerprints.sha256 === now.fingerprints.sha256) return undefined;
  const summary = comparisonLines(old, now).map((line) => `# ${line}\n`);
  return { before: certificateText(old), after: `${summary.join("")}\n${certificateText(now)}` };
}

function leafOf(bytes: Uint8Array): Certificate | undefined {
  const ders = readContainers(bytes).objects.flatMap((object) => (object.kind === "certificate" ? [object.der] : []));
  return orderChain(ders).path[0]?.certificate;
}

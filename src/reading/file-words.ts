import type { Certificate } from "../certificates/x509/certificate";
import { orderChain } from "../certificates/x509/chain";
import { readContainers } from "../certificates/containers/read";
import { withoutKeys } from "../certificates/containers/public-parts";
import { compareCertificates, comparisonLines, type CertificateComparison } from "../certificates/exports/compare";
import { certificateText } from "../certificates/exports/text";

/** The certificates of two files as texts to compare, with a summary above the second. */
export interface FileWords {
  readonly before: string;
  readonly after: string;
}

/** Which certificate is compared. */
export interface NamedLeaf extends Pick<Certificate, "validity"> {
  readonly name: string;
  readonly issuer: string;
  readonly serialNumber: string;
  readonly sha256: string;
}

/** How the certificates of two files differ, as data and in sentences. */
export interface LeafDifferences extends Pick<CertificateComparison, "same" | "names" | "keyKept"> {
  readonly before: NamedLeaf;
  readonly after: NamedLeaf;
  readonly lines: readonly string[];
}

/** @returns `undefined` if one has no certificate */
export function compareLeaves(before: Uint8Array, after: Uint8Array): LeafDifferences | undefined {
  const [old, now] = [leafOf(before), leafOf(after)];
  if (old === undefined || now === undefined) return undefined;
  const { same, names, keyKept } = compareCertificates(old, now);
  const lines = comparisonLines(old, now);
  return withoutKeys({ same, names, keyKept, lines, before: namedLeaf(old), after: namedLeaf(now) });
}

const namedLeaf = ({ subject, issuer, serialNumber, validity, fingerprints }: Certificate): NamedLeaf => ({
  ...{ name: subject.text, issuer: issuer.text, serialNumber: serialNumber.hex, sha256: fingerprints.sha256, validity },
});

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

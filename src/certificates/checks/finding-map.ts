import type { Certificate } from "../x509/certificate";
import type { Finding } from "../finding";

/**
 * What was found out about certificates, by their SHA-256 in lower-case hex; errors first. Certificates without
 * findings are left out.
 */
export type Findings = ReadonlyMap<string, readonly Finding[]>;

const WEIGHT: Readonly<Record<Finding["severity"], number>> = { error: 0, warning: 1, info: 2 };

/** Collects findings by certificate. */
export class FindingMap {
  private readonly found = new Map<string, Finding[]>();

  add(certificate: Certificate, ...findings: readonly Finding[]): void {
    if (findings.length === 0) return;
    const { sha256 } = certificate.fingerprints;
    const list = this.found.get(sha256);
    if (list === undefined) this.found.set(sha256, [...findings]);
    else for (const finding of findings) list.push(finding);
  }

  /** What was added so far. Within one severity the order of adding stays. */
  sorted(): Findings {
    const sorted = [...this.found].map(([sha256, findings]) => {
      const list = [...findings].sort((one, other) => WEIGHT[one.severity] - WEIGHT[other.severity]);
      return [sha256, list] as const;
    });
    return new Map(sorted);
  }
}

import type { Chain } from "../x509/chain";
import { checkChain, type ChainCheck, type ChainOptions } from "./chain";
import { encodingFindings } from "./encoding";
import { FindingMap, type Findings } from "./finding-map";
import { ruleFindings } from "./rules";

/** What the checks found out about a chain. */
export interface Checked {
  readonly chain: ChainCheck;
  /** By SHA-256 of the certificate, as `toDetailsPage` takes them; errors first. */
  readonly findings: Findings;
}

/** Checks a chain and every certificate in it. Never rejects because of a certificate's contents. */
export async function check(chain: Chain, options: ChainOptions): Promise<Checked> {
  const { now, authorities } = options;
  const links = await checkChain(chain, options);
  const findings = new FindingMap();
  const inPath = new Set(chain.path);
  for (const member of [...chain.path, ...chain.otherLeaves, ...chain.unrelated]) {
    const { certificate } = member;
    const known = inPath.has(member) ? links.known : (authorities?.issuersOf(certificate).length ?? 0) > 0;
    findings.add(certificate, ...(links.findings.get(certificate.fingerprints.sha256) ?? []));
    findings.add(certificate, ...ruleFindings(certificate, { now, known }));
    findings.add(certificate, ...encodingFindings(member));
  }
  return { chain: links, findings: findings.sorted() };
}

/** What the checks found out about each certificate of a chain, by its SHA-256: what `toDetailsPage` shows. */
export async function findingsOf(chain: Chain, options: ChainOptions): Promise<Findings> {
  return (await check(chain, options)).findings;
}

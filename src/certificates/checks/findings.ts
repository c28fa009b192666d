import type { Chain } from "../x509/chain";
import { checkChain, type ChainCheck, type ChainOptions } from "./chain";
import { encodingFindings } from "./encoding";
import { FindingMap, type Findings } from "./finding-map";
import { ruleFindings } from "./rules";
import { outlookOf, type Outlook } from "../hierarchy/outlook";
import { outlookFindings } from "../hierarchy/outlook-findings";
import type { RootPrograms } from "../hierarchy/root-programs";

/** What the checks found out about a chain. */
export interface Checked {
  readonly chain: ChainCheck;
  /** By SHA-256 of the certificate, as `toDetailsPage` takes them; errors first. */
  readonly findings: Findings;
  /** Of the leaf's ways to a root; absent if nothing is known, or nobody asked. */
  readonly outlook?: Outlook;
}

/** Checks a chain and every certificate in it. Never rejects because of a certificate's contents. */
export async function check(
  chain: Chain,
  { programs, ...options }: ChainOptions & { readonly programs?: RootPrograms },
): Promise<Checked> {
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
  const outlook = programs && authorities && outlookOf(chain, links, { authorities, programs, now });
  const [leaf] = chain.path;
  if (outlook !== undefined && leaf !== undefined) {
    findings.add(leaf.certificate, ...outlookFindings(leaf.certificate, outlook, now));
  }
  return { chain: links, findings: findings.sorted(), ...(outlook !== undefined && { outlook }) };
}

/** What the checks found out about each certificate of a chain, by its SHA-256: what `toDetailsPage` shows. */
export async function findingsOf(chain: Chain, options: ChainOptions): Promise<Findings> {
  return (await check(chain, options)).findings;
}

import type { CtLogList } from "../transparency/log-list";
import { transparencyReport, type TransparencyReport, type TransparencyReports } from "../transparency/report";
import { extensionOf } from "../x509/certificate";
import type { SignedCertificateTimestamp } from "../extensions/signed-certificate-timestamps";
import type { Chain } from "../x509/chain";
import { isCa, type ChainMember } from "../x509/issuing";
import { checkChain, type ChainCheck, type ChainOptions } from "./chain";
import { encodingFindings } from "./encoding";
import { FindingMap, type Findings } from "./finding-map";
import { isPublicTls, ruleFindings } from "./rules";
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
  /** Of certificates with timestamps of Certificate Transparency, where the logs are given. */
  readonly transparency: TransparencyReports;
}

export interface CheckOptions extends ChainOptions {
  /** Logs of Certificate Transparency. Without them no timestamp is verified. */
  readonly logs?: CtLogList;
  readonly programs?: RootPrograms;
}

/** Most timestamps that are verified for one page; more than a hundred certificates with three have. About 50 ms. */
const MAX_VERIFIED_TIMESTAMPS = 500;

/** Checks a chain and every certificate in it. Never rejects because of a certificate's contents. */
export async function check(chain: Chain, { programs, ...options }: CheckOptions): Promise<Checked> {
  const { now, authorities, logs } = options;
  const links = await checkChain(chain, options);
  const findings = new FindingMap();
  const transparency = new Map<readonly SignedCertificateTimestamp[], TransparencyReport>();
  const budget = { left: MAX_VERIFIED_TIMESTAMPS };
  const inPath = new Set(chain.path);
  for (const member of [...chain.path, ...chain.otherLeaves, ...chain.unrelated]) {
    const { certificate } = member;
    const known = inPath.has(member) ? links.known : (authorities?.issuersOf(certificate).length ?? 0) > 0;
    findings.add(certificate, ...(links.findings.get(certificate.fingerprints.sha256) ?? []));
    const found = ruleFindings(certificate, { now, known });
    findings.add(certificate, ...found);
    const list = extensionOf(certificate, "signedCertificateTimestampList");
    if (logs !== undefined && list !== undefined && !isCa(certificate)) {
      const isUnderPolicy =
        isPublicTls(certificate, { now, known }) && !found.some(({ id }) => id === "tls.timestamps");
      const stamps = { now, logs, isPublicTls: isUnderPolicy, budget };
      const report = transparencyReport(member, issuerOf(member, chain, links, options), stamps);
      if (report !== undefined) transparency.set(list.timestamps, report);
      findings.add(certificate, ...(report?.findings ?? []));
    }
    findings.add(certificate, ...encodingFindings(member));
  }
  const outlook = programs && authorities && outlookOf(chain, links, { authorities, programs, now });
  const [leaf] = chain.path;
  if (outlook !== undefined && leaf !== undefined) {
    findings.add(leaf.certificate, ...outlookFindings(leaf.certificate, outlook, now));
  }
  return { chain: links, findings: findings.sorted(), transparency, ...(outlook !== undefined && { outlook }) };
}

/** The issuer, if its signature is not known to be bad: from the path, its completion or the snapshot. */
function issuerOf(
  member: ChainMember,
  chain: Chain,
  { links }: ChainCheck,
  { authorities }: ChainOptions,
): ChainMember | undefined {
  const link = links.find(({ subject }) => subject === member);
  if (link !== undefined) return link.signature === "bad" ? undefined : link.issuer;
  return chain.issuers.get(member) ?? authorities?.issuersOf(member.certificate)[0];
}

/** What the checks found out about each certificate of a chain, by its SHA-256: what `toDetailsPage` shows. */
export async function findingsOf(chain: Chain, options: ChainOptions): Promise<Findings> {
  return (await check(chain, options)).findings;
}

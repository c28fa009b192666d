import { listWords } from "../checks/words";
import type { Finding } from "../finding";
import type { SignedCertificateTimestamp } from "../extensions/signed-certificate-timestamps";
import { extensionOf, type Certificate } from "../x509/certificate";
import type { ChainMember } from "../x509/issuing";
import { certificateParts } from "../x509/signed-parts";
import type { CtLogList } from "./log-list";
import { policyVerdicts, type ProgramVerdict } from "./policy";
import { precertificateTbs } from "./precertificate";
import { verifyTimestamps, type CheckedTimestamp, type VerificationBudget } from "./verification";

/** What was found out about the timestamps of a certificate. */
export interface TransparencyReport {
  /** In the order of the certificate. */
  readonly timestamps: readonly CheckedTimestamp[];
  /** A sentence. */
  readonly summary: string;
  readonly findings: readonly Finding[];
}

/** Reports by the list of timestamps that they are about, as decoded. */
export type TransparencyReports = ReadonlyMap<readonly SignedCertificateTimestamp[], TransparencyReport>;

export interface TransparencyOptions {
  /** Epoch ms. */
  readonly now: number;
  readonly logs: CtLogList;
  /** Whether the programs' policies apply: to TLS certificates of public CAs. */
  readonly isPublicTls: boolean;
  readonly budget?: VerificationBudget;
}

/** The purpose of a Precertificate Signing Certificate (RFC 6962 section 3.1). */
const PRECERTIFICATE_SIGNING = "1.3.6.1.4.1.11129.2.4.4";

/** The first certificates under the policies in force. */
const POLICIES_FROM = Date.UTC(2022, 3, 15);

/** Checks the timestamps in a certificate; `undefined` where it has none. Never throws because of its contents. */
export function transparencyReport(
  { certificate, der }: ChainMember,
  issuer: ChainMember | undefined,
  { now, logs, isPublicTls, budget }: TransparencyOptions,
): TransparencyReport | undefined {
  const timestamps = extensionOf(certificate, "signedCertificateTimestampList")?.timestamps ?? [];
  if (timestamps.length === 0) return undefined;
  const { validity } = certificate;
  const { notBefore, notAfter } = validity;
  const tbs = precertificateTbs(der);
  const stamped = { ...validity, ...(tbs !== undefined && { tbs }), issuerKey: issuerKeyOf(issuer) };
  const checked = verifyTimestamps(timestamps, stamped, logs, now, budget);
  const isUnderPolicy =
    isPublicTls && notBefore !== undefined && notBefore >= POLICIES_FROM && notAfter !== undefined && notAfter >= now;
  const verdicts = isUnderPolicy ? policyVerdicts(checked, { notBefore, notAfter }) : [];
  return {
    timestamps: checked,
    summary: summaryOf(checked, verdicts, logs),
    findings: findingsAbout(checked, verdicts, logs),
  };
}

function issuerKeyOf(issuer: ChainMember | undefined): Uint8Array | string {
  if (issuer === undefined) return "the certificate of its issuer is not at hand";
  if (isPrecertificateSigner(issuer.certificate))
    return "it was issued by a Precertificate Signing Certificate, and logs stamp it for the CA above";
  return certificateParts(issuer.der).publicKeyInfo;
}

const isPrecertificateSigner = (certificate: Certificate) =>
  extensionOf(certificate, "extKeyUsage")?.purposes.includes(PRECERTIFICATE_SIGNING) === true;

const counted = (count: number, word: string) => `${count} ${word}${count === 1 ? "" : "s"}`;

function summaryOf(
  checked: readonly CheckedTimestamp[],
  verdicts: readonly ProgramVerdict[],
  { asOf }: CtLogList,
): string {
  const count = (signature: CheckedTimestamp["signature"]) =>
    checked.filter((each) => each.signature === signature).length;
  const operators = new Set(checked.flatMap(({ log }) => log?.operator ?? [])).size;
  const [wrong, unchecked] = [count("wrong"), count("unchecked")];
  const unknown = checked.filter(({ log }) => log === undefined).length;
  const facts = [
    counted(checked.length, "timestamp"),
    counted(operators, "operator"),
    ...(wrong === 0 && unchecked === 0 ? ["all signatures right"] : [`${counted(count("right"), "signature")} right`]),
    ...(wrong === 0 ? [] : [`${wrong} wrong`]),
    ...(unchecked === 0 ? [] : [`${unchecked} not checked`]),
    ...(unknown === 0 ? [] : [`${counted(unknown, "log")} not known here (list of ${asOf})`]),
  ].join(", ");
  if (verdicts.length === 0) return `${facts}.`;
  return verdicts.every(({ verdict }) => verdict === "met")
    ? `${facts}: Chrome's and Apple's policies are met${restingOn(verdicts)}.`
    : `${facts}. ${verdicts.map((verdict) => programSentence(verdict)).join(" ")}`;
}

/** The dates that verdicts rest on, in brackets. */
function restingOn(verdicts: readonly ProgramVerdict[]): string {
  const dates = [...new Set(verdicts.flatMap(({ asOf }) => asOf))].sort();
  return dates.length === 0 ? "" : ` (log states of ${listWords(dates)})`;
}

const ENDINGS = { met: "is met", unmet: "is not met", unknown: "cannot be judged" } as const;

function programSentence(judged: ProgramVerdict): string {
  const { program, verdict, reason } = judged;
  return `${program}'s policy ${ENDINGS[verdict]}${reason === undefined ? "" : `: ${reason}`}${restingOn([judged])}.`;
}

const ABOUT = { section: "signedCertificateTimestampList" } as const;

function findingsAbout(
  checked: readonly CheckedTimestamp[],
  verdicts: readonly ProgramVerdict[],
  { asOf }: CtLogList,
): readonly Finding[] {
  const wrong = checked.filter(({ signature }) => signature === "wrong");
  const reasons = [...new Set(wrong.flatMap(({ reason }) => reason ?? []))].join("; ");
  const unmet = verdicts.filter(({ verdict }) => verdict === "unmet");
  return [
    ...(wrong.length === 0
      ? []
      : [
          {
            ...ABOUT,
            id: "transparency.signature",
            severity: "warning" as const,
            message: `${wrong.length} of its ${counted(checked.length, "timestamp")} ${wrong.length === 1 ? "is" : "are"} not valid: ${reasons}.`,
            advice: "Browsers ignore such timestamps. Ask the CA to issue the certificate again.",
            clause: "RFC 6962 section 3.2",
          },
        ]),
    ...unmet.map(({ program, reason = "", asOf: dates }) => ({
      ...ABOUT,
      id: `transparency.${program.toLowerCase()}`,
      severity: "error" as const,
      message: `By the log list of ${dates[0] ?? asOf}, its timestamps do not meet the policy of ${program}: ${reason}.`,
      advice: `Unless the server itself sends timestamps, ${program === "Chrome" ? "Chrome rejects" : "Safari and Apple's systems reject"} the certificate. Ask the CA to issue it again.`,
      clause: `${program} Certificate Transparency Policy`,
    })),
  ];
}

import { allOf, phrase, plural, sentences, type Phrase, type PhraseValue } from "../../words/phrase";
import type { Finding } from "../finding";
import { datedWords } from "../knowledge/dated-words";
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
  readonly summary: Phrase;
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

function issuerKeyOf(issuer: ChainMember | undefined): Uint8Array | Phrase {
  if (issuer === undefined) return phrase("the certificate of its issuer is not at hand");
  if (isPrecertificateSigner(issuer.certificate))
    return phrase("it was issued by a Precertificate Signing Certificate, and logs stamp it for the CA above");
  return certificateParts(issuer.der).publicKeyInfo;
}

const isPrecertificateSigner = (certificate: Certificate) =>
  extensionOf(certificate, "extKeyUsage")?.purposes.includes(PRECERTIFICATE_SIGNING) === true;

const timestampsWords = (count: number): Phrase => plural(count, "{0} timestamp", "{0} timestamps");

function summaryOf(
  checked: readonly CheckedTimestamp[],
  verdicts: readonly ProgramVerdict[],
  { asOf }: CtLogList,
): Phrase {
  const count = (signature: CheckedTimestamp["signature"]) =>
    checked.filter((each) => each.signature === signature).length;
  const operators = new Set(checked.flatMap(({ log }) => log?.operator ?? [])).size;
  const [wrong, unchecked] = [count("wrong"), count("unchecked")];
  const unknown = checked.filter(({ log }) => log === undefined).length;
  const facts = [
    plural(operators, "{0} operator", "{0} operators"),
    wrong === 0 && unchecked === 0
      ? phrase("all signatures right")
      : plural(count("right"), "{0} signature right", "{0} signatures right"),
    ...(wrong === 0 ? [] : [plural(wrong, "{0} wrong", "{0} wrong")]),
    ...(unchecked === 0 ? [] : [plural(unchecked, "{0} not checked", "{0} not checked")]),
    ...(unknown === 0 ? [] : [unknownLogs(unknown, asOf)]),
  ].reduce((said, fact) => phrase("{0}, {1}", said, fact), timestampsWords(checked.length));
  if (verdicts.length === 0) return phrase("{0}.", facts);
  if (!verdicts.every(({ verdict }) => verdict === "met")) {
    return phrase("{0}. {1}", facts, sentences(...verdicts.map(programSentence)));
  }
  const dates = datesOf(verdicts);
  return dates === undefined
    ? phrase("{0}: Chrome's and Apple's policies are met.", facts)
    : phrase("{0}: Chrome's and Apple's policies are met (log states of {1}).", facts, dates);
}

const unknownLogs = (count: number, asOf: string): Phrase =>
  plural(count, "{0} log not known here (list of {1})", "{0} logs not known here (list of {1})", datedWords(asOf));

/** The dates of the log states that verdicts rest on. */
function datesOf(verdicts: readonly ProgramVerdict[]): PhraseValue | undefined {
  const dates = [...new Set(verdicts.flatMap(({ asOf }) => asOf))].sort();
  return dates.length === 0 ? undefined : allOf(dates.map(datedWords), MAX_DATES);
}

/** Dates that are named. */
const MAX_DATES = 5;

function programSentence(judged: ProgramVerdict): Phrase {
  const { program, verdict, reason = "" } = judged;
  const dates = datesOf([judged]);
  switch (verdict) {
    case "met":
      return dates === undefined
        ? phrase("{0}'s policy is met.", program)
        : phrase("{0}'s policy is met (log states of {1}).", program, dates);
    case "unmet":
      return dates === undefined
        ? phrase("{0}'s policy is not met: {1}.", program, reason)
        : phrase("{0}'s policy is not met: {1} (log states of {2}).", program, reason, dates);
    case "unknown":
      return dates === undefined
        ? phrase("{0}'s policy cannot be judged: {1}.", program, reason)
        : phrase("{0}'s policy cannot be judged: {1} (log states of {2}).", program, reason, dates);
  }
}

const ABOUT = { section: "signedCertificateTimestampList" } as const;

function findingsAbout(
  checked: readonly CheckedTimestamp[],
  verdicts: readonly ProgramVerdict[],
  { asOf }: CtLogList,
): readonly Finding[] {
  const wrong = checked.filter(({ signature }) => signature === "wrong");
  const reasons = wrong.flatMap(({ reason }) => reason ?? []);
  const unmet = verdicts.filter(({ verdict }) => verdict === "unmet");
  return [
    ...(wrong.length === 0
      ? []
      : [
          {
            ...ABOUT,
            id: "transparency.signature",
            severity: "warning" as const,
            message: plural(
              wrong.length,
              "{0} of its {1} is not valid: {2}.",
              "{0} of its {1} are not valid: {2}.",
              timestampsWords(checked.length),
              listedReasons(reasons),
            ),
            advice: phrase("Browsers ignore such timestamps. Ask the CA to issue the certificate again."),
            clause: "RFC 6962 section 3.2",
          },
        ]),
    ...unmet.map(({ program, reason = "", asOf: dates }) => ({
      ...ABOUT,
      id: `transparency.${program.toLowerCase()}`,
      severity: "error" as const,
      message: phrase(
        "By the log list of {0}, its timestamps do not meet the policy of {1}: {2}.",
        datedWords(dates[0] ?? asOf),
        program,
        reason,
      ),
      advice:
        program === "Chrome"
          ? phrase(
              "Unless the server itself sends timestamps, Chrome rejects the certificate. Ask the CA to issue it again.",
            )
          : phrase(
              "Unless the server itself sends timestamps, Safari and Apple's systems reject the certificate. Ask the CA to issue it again.",
            ),
      clause: `${program} Certificate Transparency Policy`,
    })),
  ];
}

/** Each once. */
function listedReasons(reasons: readonly Phrase[]): Phrase | string {
  const [first = "", ...more] = [...new Map(reasons.map((reason) => [JSON.stringify(reason), reason])).values()];
  return more.reduce<Phrase | string>((said, reason) => phrase("{0}; {1}", said, reason), first);
}

import { amount, phrase, type Phrase } from "../../words/phrase";
import type { Certificate } from "../x509/certificate";
import { isCa } from "../x509/issuing";
import type { Finding } from "../finding";
import { CRITICAL_RULES } from "./rules/critical";
import { DATE_RULES } from "./rules/dates";
import { EXTENSION_FORM_RULES } from "./rules/extension-form";
import { FORM_RULES } from "./rules/form";
import { KEY_RULES } from "./rules/keys";
import { MAIL_RULES } from "./rules/mail";
import { MARK_RULES } from "./rules/mark";
import { NAME_RULES } from "./rules/names";
import { PUBLIC_TLS_RULES } from "./rules/public-tls";
import { policyKind, POLICY_RULES } from "./rules/policies";
import {
  guarded,
  policiesOf,
  KeyPurposeId,
  publicTls,
  purposesOf,
  valueOf,
  whereReadable,
  type Kind,
  type Rule,
  type Subject,
} from "./rules/rule";
import { NAME_TEXT_RULES } from "./rules/name-texts";
import { TLS_EV_RULES } from "./rules/tls-ev";
import { TLS_EXTENSION_RULES } from "./rules/tls-extensions";
import { TLS_NAME_RULES } from "./rules/tls-names";
import { TLS_SUBJECT_RULES } from "./rules/tls-subject";
import { SMIME_SUBJECT_RULES } from "./rules/smime-subject";
import { SMIME_EXTENSION_RULES } from "./rules/smime-extensions";
import { CA_FIELD_RULES } from "./rules/ca-fields";
import { CA_EXTENSION_RULES } from "./rules/ca-extensions";
import { USAGE_RULES } from "./rules/usage";

/**
 * The rules for a single certificate, each with the clause it comes from. Clauses are those of RFC 5280 unless they
 * name another document: "TLS BR" are the CA/Browser Forum's TLS Baseline Requirements 2.2.6 of 2026-03-31, "S/MIME
 * BR" its S/MIME Baseline Requirements 1.0.10 of 2025-07-02, "EV Guidelines" its version 2.0.2 of 2026-05-04, and the
 * Chrome Root Program Policy is 1.8 of 2026-02-05.
 */
export const RULES: readonly Rule[] = [
  ...DATE_RULES,
  ...NAME_RULES,
  ...KEY_RULES,
  ...USAGE_RULES,
  ...PUBLIC_TLS_RULES,
  ...MAIL_RULES,
  ...SMIME_SUBJECT_RULES,
  ...SMIME_EXTENSION_RULES,
  ...MARK_RULES,
  ...POLICY_RULES,
  ...FORM_RULES,
  ...EXTENSION_FORM_RULES,
  ...CRITICAL_RULES,
  ...TLS_SUBJECT_RULES,
  ...TLS_EV_RULES,
  ...TLS_NAME_RULES,
  ...TLS_EXTENSION_RULES,
  ...NAME_TEXT_RULES,
  ...CA_FIELD_RULES,
  ...CA_EXTENSION_RULES,
];

export interface RuleOptions {
  /** Epoch ms. */
  readonly now: number;
  /**
   * Whether the certificate is known to chain to a public CA. One with a CA/Browser Forum policy counts as public
   * anyway.
   */
  readonly known: boolean;
}

/**
 * How many sentences of one rule about one certificate are kept: the first few stand for a thousand bad extensions.
 */
const MAX_SENTENCES = 10;

/** Whether a certificate counts as one of a public CA for TLS servers. */
export const isPublicTls = (certificate: Certificate, options: RuleOptions): boolean =>
  publicTls(subjectOf(certificate, options));

/** Runs the whole table over one certificate. */
export function ruleFindings(certificate: Certificate, options: RuleOptions): readonly Finding[] {
  const subject = subjectOf(certificate, options);
  const findings: Finding[] = [];
  for (const rule of RULES) {
    const result = whereReadable(() => (rule.appliesTo(subject) ? rule.check(subject) : undefined));
    // Nearly always: making findings costs as much as looking for them.
    if (result === undefined) continue;
    const { id, severity, clause, section, advice } = rule;
    for (const message of sentencesOf(result)) {
      findings.push({
        id,
        severity,
        message,
        ...(advice === undefined ? {} : { advice }),
        ...(clause === undefined ? {} : { clause }),
        ...(section === undefined ? {} : { section }),
      });
    }
  }
  return findings;
}

function sentencesOf(result: NonNullable<ReturnType<Rule["check"]>>): readonly Phrase[] {
  if ("text" in result) return [result];
  const more = result.length - MAX_SENTENCES;
  return more <= 0
    ? result
    : [...result.slice(0, MAX_SENTENCES), phrase("The same is true of {0} more.", amount(more))];
}

/** The arc of the CA/Browser Forum's policies, which only certificates under its requirements may assert. */
const CABF_POLICIES = "2.23.140.1.";

function subjectOf(certificate: Certificate, { now, known }: RuleOptions): Subject {
  const role = isCa(certificate) ? "ca" : "leaf";
  const bare: Subject = {
    certificate: guarded(certificate),
    role,
    kinds: new Set(),
    public: known,
    now,
    known: new Map(),
  };
  if (role !== "leaf") return bare;
  const policies = whereReadable(() => policiesOf(bare)) ?? [];
  return {
    ...bare,
    kinds: kindsOf(bare, policies),
    public: known || policies.some((policy) => policy.startsWith(CABF_POLICIES)),
  };
}

/**
 * What a leaf is for: by its purposes, and by the CA/Browser Forum's policies, which say the type whatever the
 * purposes are. A certificate without either, but with domain names, counts as a server's.
 */
function kindsOf(subject: Subject, policies: readonly string[]): ReadonlySet<Kind> {
  const kinds = new Set<Kind>();
  const purposes = whereReadable(() => purposesOf(subject)) ?? [];
  if (purposes.includes(KeyPurposeId.SERVER_AUTH)) kinds.add("tls");
  if (purposes.includes(KeyPurposeId.EMAIL_PROTECTION)) kinds.add("email");
  if (purposes.includes(KeyPurposeId.MARK)) kinds.add("mark");
  for (const policy of policies) {
    const kind = policyKind(policy);
    if (kind === "tls" || kind === "email") kinds.add(kind);
  }
  const namesHosts = whereReadable(
    () =>
      purposesOf(subject).length === 0 &&
      valueOf(subject, "subjectAltName")?.names.some(({ type }) => type === "dNSName") === true,
  );
  if (kinds.size === 0 && namesHosts === true) kinds.add("tls");
  return kinds;
}

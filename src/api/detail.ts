import { encodedLines } from "../certificates/containers/encoded-data";
import type { AnswerFacts } from "./forms/reading";
import { MAX_LINE_CHARACTERS, MAX_OTHER } from "./limits";
import { shownText, shownTexts, type Mask } from "./masking";
import type { DomainStatus, StatusDetail } from "./result";
import { describeSteps } from "./status-detail";

/**
 * The details of an answer, in texts that may be shown and stored.
 * @param parts the lines of the answer, because the remains of a private key may be recognised by their neighbours
 */
export function describeFacts(facts: AnswerFacts, mask: Mask, parts: readonly string[] = []): StatusDetail {
  const isEncoded = encodedLines(parts.map((text) => (text.length > MAX_KEY_LINE ? "" : text)));
  const encoded = new Set(parts.filter((_, index) => isEncoded[index]));
  const shown = (text: string | undefined) => {
    const line = text === undefined || encoded.has(text) ? "" : shownText(text, mask, MAX_LINE_CHARACTERS);
    return line === "" ? undefined : line;
  };
  const domains = facts.domains && shownDomains(facts.domains, mask);
  const caa = shown(facts.caa);
  const steps = describeSteps(facts.statuses ?? new Map(), domains ?? [], caa);
  const other = facts.other?.slice(0, MAX_OTHER).flatMap((line) => shown(line) ?? []);
  return withoutAbsent({
    fqdn: shown(facts.fqdn),
    certificateStatus: shown(facts.certificateStatus),
    validationStatus: shown(facts.validationStatus),
    notBefore: facts.notBefore,
    notAfter: facts.notAfter,
    certificateDurationDays: facts.certificateDurationDays,
    productTermStart: facts.productTermStart,
    productTermEnd: facts.productTermEnd,
    productTermDurationDays: facts.productTermDurationDays,
    domains,
    caa,
    steps: steps.length > 0 ? steps : undefined,
    other: other !== undefined && other.length > 0 ? other : undefined,
  });
}

/**
 * Most characters of a line that may belong to a key broken over several lines. A longer line can be recognised by
 * itself.
 */
const MAX_KEY_LINE = 1000;

/** One entry per name: names that cannot be shown are alike, and the steps are distinguished by their names. */
function shownDomains(domains: readonly DomainStatus[], mask: Mask): readonly DomainStatus[] {
  const names = shownTexts(
    domains.map(({ domain }) => domain),
    mask,
    MAX_LINE_CHARACTERS,
  );
  const statuses = shownTexts(
    domains.map(({ status }) => status),
    mask,
    MAX_LINE_CHARACTERS,
  );
  const byName = new Map<string, DomainStatus>();
  for (const [index, domain] of names.entries()) {
    if (!byName.has(domain)) byName.set(domain, { domain, status: statuses[index] ?? "" });
  }
  return [...byName.values()];
}

/** An absent fact has no key, so that only stated facts are written to the journal and compared. */
function withoutAbsent(detail: { [Key in keyof StatusDetail]: StatusDetail[Key] | undefined }): StatusDetail {
  return Object.fromEntries(Object.entries(detail).filter(([, value]) => value !== undefined));
}

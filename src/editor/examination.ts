import { orderChain } from "../certificates/chain";
import { findingsOf } from "../certificates/checks/findings";
import type { Contents } from "../certificates/containers/contents";
import { loadCtLogs } from "../certificates/ct-logs";
import { describe, MAX_OBJECTS } from "../certificates/details";
import type { DescribeOptions } from "../certificates/details/options";
import type { DetailsPage } from "../certificates/details/page";
import { segments } from "../certificates/names/suspicious-text";
import { loadKnownAuthorities } from "../certificates/known-authorities";
import type { CheckReport } from "../webview/protocol";

/** What is known besides what was read. */
export interface Circumstances extends Pick<DescribeOptions, "productTerm"> {
  /** What was compared and asked; what is bad in it is bad for the certificate. */
  readonly reports?: readonly CheckReport[];
}

/** The details page of what was read, with all that the checks find out offline. */
export async function examine(contents: Contents, { productTerm, reports = [] }: Circumstances): Promise<DetailsPage> {
  const [authorities, logs] = await Promise.all([loadKnownAuthorities(), loadCtLogs()]);
  const now = Date.now();
  const given = contents.objects
    .slice(0, MAX_OBJECTS)
    .flatMap((object) => (object.kind === "certificate" ? [object.der] : []));
  const findings = findingsOf(orderChain(given), { now, authorities, given });
  const page = describe(contents, { now, findings, logs, ...(productTerm !== undefined && { productTerm }) });
  return withReports(page, reports);
}

/** A certificate is not good that was revoked, or is not what was ordered. */
function withReports(page: DetailsPage, reports: readonly CheckReport[]): DetailsPage {
  const worse = reports
    .flatMap(({ results }) => results)
    .filter(({ tone }) => tone === "bad")
    .map(({ tone, words }) => ({ tone, text: segments(words) }));
  if (worse.length === 0) return page;
  const { summary } = page;
  return { ...page, summary: { ...summary, verdict: "bad", sentences: [...worse, ...summary.sentences] } };
}

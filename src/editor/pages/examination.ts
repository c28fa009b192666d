import { orderChain } from "../../certificates/chain";
import { findingsOf } from "../../certificates/checks/findings";
import type { Contents } from "../../certificates/containers/contents";
import { loadCtLogs } from "../../certificates/ct-logs";
import { describe, MAX_OBJECTS } from "../../certificates/details";
import type { DescribeOptions } from "../../certificates/details/options";
import type { DetailsPage } from "../../certificates/details/page";
import { segments } from "../../certificates/names/suspicious-text";
import { loadKnownAuthorities } from "../../certificates/known-authorities";
import type { Action, CheckReport } from "../../webview/protocol";
import { certificateActions } from "./certificate-actions";
import type { PageReports } from "./check-reports";

/** What is known besides what was read. */
export interface Circumstances extends Pick<DescribeOptions, "productTerm"> {
  /** What was compared. */
  readonly compared?: readonly CheckReport[];
  /** What servers answered. */
  readonly asked?: PageReports;
}

export interface Examination {
  readonly details: DetailsPage;
  /** What was asked and compared; what is bad in it is bad for the certificate, and said in the summary, too. */
  readonly checks: readonly CheckReport[];
  /** What can be asked about the certificates. */
  readonly actions: readonly Action[];
}

/** What the details page shows of what was read, with all that the checks find out offline. */
export async function examine(contents: Contents, circumstances: Circumstances): Promise<Examination> {
  const { productTerm, compared = [], asked } = circumstances;
  const [authorities, logs] = await Promise.all([loadKnownAuthorities(), loadCtLogs()]);
  const now = Date.now();
  const given = contents.objects
    .slice(0, MAX_OBJECTS)
    .flatMap((object) => (object.kind === "certificate" ? [object.der] : []));
  const chain = orderChain(given);
  const findings = await findingsOf(chain, { now, authorities, given });
  const page = describe(contents, { now, findings, logs, ...(productTerm !== undefined && { productTerm }) });
  const checks = [...(asked?.about(chain.path[0]?.certificate.fingerprints.sha256) ?? []), ...compared];
  return { details: withReports(page, checks), checks, actions: await certificateActions(chain.path, authorities) };
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

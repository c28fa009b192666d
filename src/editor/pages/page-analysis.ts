import * as vscode from "vscode";
import type { DetailsOptions } from "../../certificates/details/options";
import type { DetailsPage } from "../../certificates/details/page";
import { segments } from "../../certificates/names/suspicious-text";
import { pause } from "../../certificates/pause";
import type { Analysis as Read, AnalysisInput, OrderedFacts } from "../../reading/analysis";
import type { Action, CheckReport } from "../../webview/protocol";
import type { ReadingService } from "../window/reading-service";
import type { PageReports } from "./check-reports";
import { comparedReport } from "./order-comparison";

/** What is known in addition to the certificates themselves. */
export interface PageContext extends Pick<DetailsOptions, "productTerm"> {
  /** What was ordered. */
  readonly ordered?: OrderedFacts;
  /** What servers answered. */
  readonly asked?: PageReports;
}

export interface PageAnalysis {
  readonly details: DetailsPage;
  /**
   * What was checked online and compared; a bad result counts against the certificate and appears in the summary too.
   */
  readonly checks: readonly CheckReport[];
  /** The online checks that are possible for the certificates. */
  readonly actions: readonly Action[];
  /** SHA-256 of the leaf, lower-case hex; absent if there is none. */
  readonly leaf?: string;
}

/**
 * What the details page shows, including the results of all offline checks.
 * @throws ReadingError when that takes too long
 */
export async function analyzeForPage(
  reading: ReadingService,
  subject: AnalysisInput["subject"],
  { productTerm, ordered, asked }: PageContext,
): Promise<PageAnalysis & Pick<Read, "locked">> {
  const read = await reading.run("analyze", {
    subject,
    now: Date.now(),
    ...(productTerm !== undefined && { productTerm }),
    ...(ordered !== undefined && { ordered }),
  });
  const { comparisons, leaf, askable, locked } = read;
  const checks = [...(asked?.about(leaf) ?? []), ...(ordered === undefined ? [] : [comparedReport(comparisons)])];
  const details = withReports(await pageOf(read.details), checks);
  return {
    details,
    checks,
    actions: actionsFor(askable),
    ...(leaf !== undefined && { leaf }),
    ...(locked !== undefined && { locked }),
  };
}

/** Parses the page that the thread wrote; the caller sends it on in another turn of the event loop. */
export async function pageOf(json: string): Promise<DetailsPage> {
  const page = JSON.parse(json) as DetailsPage;
  await pause();
  return page;
}

/** The online checks that the page offers for certificates. */
function actionsFor({ revocation, host, issuers }: Read["askable"]): readonly Action[] {
  const actions: readonly (Action & { readonly when: boolean })[] = [
    { id: "checkRevocation", label: vscode.l10n.t("Check Revocation…"), when: revocation },
    { id: "compareWithHost", label: vscode.l10n.t("Compare with Live Host…"), when: host },
    { id: "findIssuers", label: vscode.l10n.t("Find Missing Issuers…"), when: issuers },
  ];
  return actions.filter(({ when }) => when).map(({ id, label }) => ({ id, label }));
}

/** A certificate that was revoked or is not what was ordered is not good. */
function withReports(page: DetailsPage, reports: readonly CheckReport[]): DetailsPage {
  const worse = reports
    .flatMap(({ results }) => results)
    .filter(({ tone }) => tone === "bad")
    .map(({ tone, words }) => ({ tone, text: segments(words) }));
  if (worse.length === 0) return page;
  const { summary } = page;
  return { ...page, summary: { ...summary, verdict: "bad", sentences: [...worse, ...summary.sentences] } };
}

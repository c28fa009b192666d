import type { DetailsOptions } from "../../certificates/details/options";
import type { DetailsPage } from "../../certificates/details/page";
import { pause } from "../../certificates/pause";
import { mozillaRoots } from "../../net/trusted-roots";
import type { Analysis as Read, AnalysisInput, OrderedFacts, ToldAbout } from "../../reading/analysis";
import type { Action, CheckReport } from "../../webview/protocol";
import type { ReadingService } from "../window/reading-service";
import { locale, localize } from "../base/localize";
import type { PageReports } from "./check-reports";
import { tellUnusable } from "./knowledge-words";
import { comparedReport } from "./order-comparison";

/** What is known in addition to the certificates themselves. */
export interface PageContext extends Pick<DetailsOptions, "productTerm"> {
  /** What was ordered. */
  readonly ordered?: OrderedFacts;
  /** What servers answered. */
  readonly asked?: PageReports;
  /** What orders know of their certificates' revocation; what is about others than the leaf does not count. */
  readonly told?: readonly ToldAbout[];
}

/** What a page shows of certificates, and what is known of them besides. */
export interface PageAnalysis {
  readonly details: DetailsPage;
  /** What was checked online and compared. A bad result counts in the verdict. */
  readonly checks: readonly CheckReport[];
  /** The online checks that are possible for the certificates. */
  readonly actions: readonly Action[];
  /** SHA-256 of the root of the chain that “Save Chain” saves, lower-case hex. */
  readonly betterRoot?: string;
  /** SHA-256 of the leaf, lower-case hex; absent if there is none. */
  readonly leaf?: string;
  /** Whether the private key of the certificate was found. */
  readonly hasKey: boolean;
}

/**
 * What the details page shows, including the results of all offline checks.
 * @throws ReadingError when that takes too long
 */
export async function analyzeForPage(
  reading: ReadingService,
  subject: AnalysisInput["subject"],
  { productTerm, ordered, asked, told = [] }: PageContext,
): Promise<PageAnalysis & Pick<Read, "locked">> {
  const read = await reading.run("analyze", {
    subject,
    now: Date.now(),
    roots: mozillaRoots(),
    told: [...(asked?.told() ?? []), ...told],
    ...(productTerm !== undefined && { productTerm }),
    ...(ordered !== undefined && { ordered }),
  });
  const { comparisons, leaf, askable, better, locked, unusable } = read;
  tellUnusable(unusable);
  const details = await pageOf(read.details);
  const isRevoked = details.summary?.verdict.says.kind === "revoked";
  const checks = [
    ...(asked?.about(leaf) ?? []),
    ...(ordered === undefined ? [] : [comparedReport(comparisons, isRevoked, locale)]),
  ];
  return {
    details,
    checks,
    actions: [...actionsFor(askable), ...(better === undefined ? [] : [SAVE_CHAIN(better.name)])],
    hasKey: comparisons.some(({ aspect, result }) => aspect === "privateKey" && result === "matches"),
    ...(better !== undefined && { betterRoot: better.root }),
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

/** @param root its name */
const SAVE_CHAIN = (root: string): Action => ({ id: "saveChain", label: localize("Save Chain to {0}…", root) });

/** The online checks that the page offers for certificates. */
function actionsFor({ revocation, host, issuers }: Read["askable"]): readonly Action[] {
  const actions: readonly (Action & { readonly when: boolean })[] = [
    { id: "checkRevocation", label: localize("Check Revocation…"), when: revocation },
    { id: "compareWithHost", label: localize("Compare with Live Host…"), when: host },
    { id: "findIssuers", label: localize("Find Missing Issuers…"), when: issuers },
  ];
  return actions.filter(({ when }) => when).map(({ id, label }) => ({ id, label }));
}

import * as vscode from "vscode";
import { isFault, type Aspect, type Comparison } from "../../certificates/checks/ordered";
import type { Tone } from "../../certificates/details/page";
import type { Order } from "../../orders/model/order";
import type { OrderedFacts } from "../../reading/analysis";
import type { CheckReport, CheckResult } from "../../webview/protocol";
import type { FoundKeyFiles } from "../saving/workspace-search";

/**
 * Whether what was collected is what was ordered: a line for each aspect that could be compared, and one for all the
 * others.
 */
export function comparedReport(comparisons: readonly Comparison[]): CheckReport {
  const told = comparisons.filter(({ result }) => result !== "nothing-to-compare");
  const silent = comparisons.filter(({ result }) => result === "nothing-to-compare");
  const results = told.map((each): CheckResult => ({ tone: toneOf(each), words: each.message }));
  return { title: reportTitle(told), results: [...results, ...silentResults(silent)] };
}

function reportTitle(told: readonly Comparison[]): string {
  if (told.some(isFault)) return vscode.l10n.t("Differs from your order");
  // That the key stayed the same says nothing of the order.
  return told.some(({ aspect, result }) => result === "matches" && aspect !== "previousKey" && aspect !== "privateKey")
    ? vscode.l10n.t("Matches your order")
    : vscode.l10n.t("Compared with your order");
}

function toneOf(comparison: Comparison): Tone {
  if (isFault(comparison)) return "bad";
  return comparison.result === "matches" ? "good" : "none";
}

/** What there was nothing to compare with, in one line. */
function silentResults(silent: readonly Comparison[]): readonly CheckResult[] {
  if (silent.length === 0) return [];
  const aspects = silent.map(({ aspect }) => aspectWords(aspect)).join(", ");
  return [{ tone: "none", words: vscode.l10n.t("Nothing to compare: {0}.", aspects) }];
}

function aspectWords(aspect: Aspect): string {
  switch (aspect) {
    case "names":
      return vscode.l10n.t("names");
    case "validity":
      return vscode.l10n.t("dates");
    case "term":
      return vscode.l10n.t("paid term");
    case "previousKey":
      return vscode.l10n.t("key of the previous certificate");
    case "request":
      return vscode.l10n.t("certificate request");
    case "privateKey":
      return vscode.l10n.t("private key");
  }
}

/**
 * What an order says about its certificate.
 * @param previous DER of the previously collected certificate
 * @param found in the workspace; absent while the search runs, and then not compared
 */
export function orderedFacts(
  order: Order,
  previous: Uint8Array | undefined,
  found: FoundKeyFiles | undefined,
): OrderedFacts {
  const { fqdn, domains, notBefore, notAfter, productTermStart, productTermEnd } = order.detail?.detail ?? {};
  return {
    ...(fqdn !== undefined && { fqdn }),
    ...(domains !== undefined && { domains: domains.map(({ domain }) => domain) }),
    validity: { ...(notBefore !== undefined && { notBefore }), ...(notAfter !== undefined && { notAfter }) },
    productTerm: {
      ...(productTermStart !== undefined && { start: productTermStart }),
      ...(productTermEnd !== undefined && { end: productTermEnd }),
    },
    ...(previous !== undefined && { previous }),
    ...(found !== undefined && {
      keys: found.keys.map(({ file, key }) => ({ file, key })),
      requests: found.requests.map(({ file, keyIdentity }) => ({ file, keyIdentity })),
    }),
  };
}

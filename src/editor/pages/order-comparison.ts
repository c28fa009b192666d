import * as vscode from "vscode";
import type { Comparison } from "../../certificates/checks/ordered";
import type { Order } from "../../orders/model/order";
import type { OrderedFacts } from "../../reading/analysis";
import type { CheckReport } from "../../webview/protocol";
import type { FoundKeyFiles } from "../saving/workspace-search";

const TONES = { matches: "good", differs: "bad", "nothing-to-compare": "none" } as const;

/** Whether what was collected is what was ordered, aspect by aspect. */
export function comparedReport(comparisons: readonly Comparison[]): CheckReport {
  return {
    title: vscode.l10n.t("Collected and Ordered"),
    results: comparisons.map((comparison) => ({ tone: toneOf(comparison), words: comparison.message })),
  };
}

/** A new key, or keys of other certificates in the workspace, are not a problem. */
function toneOf({ aspect, result }: Comparison) {
  const mayDiffer = aspect === "previousKey" || aspect === "request" || aspect === "privateKey";
  return result === "differs" && mayDiffer ? "none" : TONES[result];
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

import * as vscode from "vscode";
import { decodeCertificate } from "../../certificates/certificate";
import { compareWithOrder, type Comparison, type Ordered } from "../../certificates/checks/ordered";
import type { Order } from "../../orders/order";
import type { CheckReport } from "../../webview/protocol";
import type { Findings } from "../saving/workspace-search";

const TONES = { matches: "good", differs: "bad", "nothing-to-compare": "none" } as const;

/**
 * Whether what was collected is what was ordered, aspect by aspect.
 * @param leaf DER of the certificate
 * @param previous DER of the one that was collected before
 * @param found in the workspace; absent while it is searched
 */
export function compareCollected(
  order: Order,
  leaf: Uint8Array,
  previous: Uint8Array | undefined,
  found: Findings | undefined,
): CheckReport {
  const comparisons = compareWithOrder(decodeCertificate(leaf), orderedOf(order, previous, found)).filter(
    ({ aspect }) => found !== undefined || (aspect !== "request" && aspect !== "privateKey"),
  );
  return {
    title: vscode.l10n.t("Collected and Ordered"),
    results: comparisons.map((comparison) => ({ tone: toneOf(comparison), words: comparison.message })),
  };
}

/** A new key, and keys of other certificates in the workspace, are nothing bad. */
function toneOf({ aspect, result }: Comparison) {
  const mayDiffer = aspect === "previousKey" || aspect === "request" || aspect === "privateKey";
  return result === "differs" && mayDiffer ? "none" : TONES[result];
}

function orderedOf(order: Order, previous: Uint8Array | undefined, found: Findings | undefined): Ordered {
  const { fqdn, domains, notBefore, notAfter, productTermStart, productTermEnd } = order.detail?.detail ?? {};
  return {
    ...(fqdn !== undefined && { fqdn }),
    ...(domains !== undefined && { domains: domains.map(({ domain }) => domain) }),
    validity: { ...(notBefore !== undefined && { notBefore }), ...(notAfter !== undefined && { notAfter }) },
    productTerm: {
      ...(productTermStart !== undefined && { start: productTermStart }),
      ...(productTermEnd !== undefined && { end: productTermEnd }),
    },
    ...(previous !== undefined && { previous: decodeCertificate(previous) }),
    ...(found !== undefined && { keys: found.keys, requests: found.requests }),
  };
}

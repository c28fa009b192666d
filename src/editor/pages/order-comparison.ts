import { isFault, type Aspect, type Comparison } from "../../certificates/checks/ordered";
import type { Tone } from "../../certificates/details/page";
import { inWords, type Locale, type Localize } from "../../words/localize";
import { allOf } from "../../words/phrase";
import type { Order } from "../../orders/model/order";
import type { OrderedFacts } from "../../reading/analysis";
import type { CheckReport, CheckResult } from "../../webview/protocol";
import type { FoundKeyFiles } from "../saving/workspace-search";

/** What it is worth that a certificate lasts: nothing once it was revoked. */
const OF_TIME: ReadonlySet<Aspect> = new Set(["validity", "term"]);

/**
 * Whether what was collected is what was ordered: a line for each aspect that could be compared, and one for all the
 * others.
 */
export function comparedReport(all: readonly Comparison[], isRevoked: boolean, locale: Locale): CheckReport {
  const { localize } = locale;
  const comparisons = all.filter(({ aspect }) => !isRevoked || !OF_TIME.has(aspect));
  const told = comparisons.filter(({ result }) => result !== "nothing-to-compare");
  const silent = comparisons.filter(({ result }) => result === "nothing-to-compare");
  const results = told.map((each): CheckResult => ({ tone: toneOf(each), words: inWords(each.message, locale) }));
  return { title: reportTitle(told, localize), results: [...results, ...silentResults(silent, localize)] };
}

function reportTitle(told: readonly Comparison[], localize: Localize): string {
  if (told.some(isFault)) return localize("Differs from your order");
  // That the key stayed the same says nothing of the order.
  return told.some(({ aspect, result }) => result === "matches" && aspect !== "previousKey" && aspect !== "privateKey")
    ? localize("Matches your order")
    : localize("Compared with your order");
}

function toneOf(comparison: Comparison): Tone {
  if (isFault(comparison)) return "bad";
  return comparison.result === "matches" ? "good" : "none";
}

/** What there was nothing to compare with, in one line. */
function silentResults(silent: readonly Comparison[], localize: Localize): readonly CheckResult[] {
  if (silent.length === 0) return [];
  const aspects = allOf(silent.map(({ aspect }) => aspectWords(aspect, localize)));
  return [{ tone: "none", words: localize("Nothing to compare: {0}.", aspects) }];
}

function aspectWords(aspect: Aspect, localize: Localize): string {
  switch (aspect) {
    case "names":
      return localize("names");
    case "validity":
      return localize("dates");
    case "term":
      return localize("paid term");
    case "previousKey":
      return localize("key of the previous certificate");
    case "request":
      return localize("certificate request");
    case "privateKey":
      return localize("private key");
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

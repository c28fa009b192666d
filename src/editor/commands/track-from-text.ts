import type { Product } from "../../api/product";
import { pause } from "../../certificates/pause";
import { isProblem, type ParsedOrder } from "../../orders/import/parsed-order";
import { inRow, inEnglish } from "../../words/localize";
import type { ParsedOrders } from "../../orders/import/parse-orders";
import { resolveOrder, type Missing } from "../../orders/import/resolve-order";
import { inertText } from "../base/inert-text";
import { showInformation, showWarning, withQuietProgress } from "../base/messages";
import type { Collector } from "../window/collector";
import type { Program } from "../window/program";
import { knownCaAt } from "./choices";
import { askImportDefaults, productAndAccount } from "./import-defaults";
import { problemLine, showReport, showNothingFound, type ReportLine } from "./import-report";
import { numberOf, problemWords, reviewOrders, type Candidate, type Proposal } from "./review-orders";
import { valueProblem } from "./typed-value";
import { localize } from "../base/localize";
import { amount, phrase, type Phrase } from "../../words/phrase";

/** The result of tracking orders from a text. Plain data without secrets. */
export interface TrackedFromText {
  readonly added: number;
  /** Already tracked, or named several times. */
  readonly known: number;
  readonly problems: readonly { readonly line: number; readonly message: string }[];
}

/** Orders that are processed before other waiting work may run. */
const SLICE = 1000;

/** Lines that are written to disk at once. */
const BATCH = 500;

/**
 * Parses a text of any kind, asks for what it does not say, shows the orders in it, and tracks those that a person
 * chooses. Collection codes in it go straight to the secret storage.
 * @param otherwise called if the text does not name an order; by default a report says so
 * @returns undefined when the person left, or the text does not name an order
 */
export async function trackFromText(
  program: Program,
  text: string,
  otherwise?: () => unknown,
): Promise<TrackedFromText | undefined> {
  const { collector, memory } = program;
  const parsed = JSON.parse(await collector.reading.run("parseOrders", text)) as ParsedOrders;
  for (const { collectionCode } of parsed.orders) if (collectionCode !== undefined) collector.log.mask(collectionCode);
  if (parsed.orders.length === 0) {
    if (otherwise === undefined) void showNothingFound(collector, parsed.problems);
    else await otherwise();
    return undefined;
  }
  const chosen = await askImportDefaults(program, parsed.orders);
  if (chosen === undefined) return undefined;

  const candidates: Candidate[] = [];
  const problems = parsed.problems.map(({ line, message }) => ({ line, message }));
  const accounts = collector.book.accounts();
  const codes = await collector.trackedCodes();
  const candidateOf = (found: ParsedOrder, place: number, isAsProduct = false): Candidate | Phrase => {
    const resolved = resolveOrder(found, {
      ca: chosen.account?.ca ?? "sectigo",
      codeCa: chosen.codeCa,
      caAt: (host) => knownCaAt(host, accounts),
      accounts,
      ...productAndAccount(chosen),
    });
    if ("missing" in resolved) return missingSaid(resolved.missing);
    const problem = referenceProblem(resolved.tracked);
    if (problem !== undefined) return problem;
    const account = accounts.find(({ id }) => id === resolved.tracked.account);
    const { collectionCode } = resolved;
    const tracked = {
      ...resolved.tracked,
      id: collectionCode === undefined ? collector.book.idOf(resolved.tracked) : resolved.tracked.id,
    };
    const same = collectionCode === undefined ? tracked.id : codes.find(tracked, collectionCode);
    // A code that was seen before in this text is a repetition, unless it is this very order as another product.
    const isRepeated = collectionCode !== undefined && !isAsProduct;
    const isKnown = same !== undefined && (isRepeated || collector.book.get(same) !== undefined);
    const as = (product: Product): Candidate | Phrase => candidateOf({ ...found, product }, place, true);
    return { place, line: found.line, resolved: { ...resolved, tracked }, account, isKnown, as };
  };
  for (const [index, found] of parsed.orders.entries()) {
    if (index % SLICE === SLICE - 1) await pause();
    const candidate = candidateOf(found, index);
    if (isProblem(candidate)) {
      problems.push({ line: found.line, message: candidate });
      continue;
    }
    const { tracked, collectionCode } = candidate.resolved;
    if (collectionCode !== undefined) codes.add(tracked, collectionCode, tracked.id);
    candidates.push(candidate);
  }
  const proposal: Proposal = {
    candidates,
    repeated: parsed.repeated,
    problems: problems.sort((a, b) => a.line - b.line),
  };
  const picked = await reviewOrders(proposal);
  if (picked === undefined) return undefined;
  const unkept = await trackAll(collector, picked);
  if (unkept > 0) {
    void showWarning(
      localize(
        "{0} collection codes are kept for this window only: the editor's secret storage did not accept them.",
        unkept,
      ),
    );
  }
  const [first] = picked;
  if (first !== undefined) {
    const { product, account, reference } = first.resolved.tracked;
    const isByCode = reference.kind === "collectionCode";
    memory.note({ [isByCode ? "codeProduct" : "product"]: product, ...(account !== undefined && { account }) });
    await program.reveal(first.resolved.tracked.id, true);
  }
  const added = new Set(picked.map(({ place }) => place));
  const known = candidates.filter(({ isKnown }) => isKnown).length + parsed.repeated;
  void tellTaken(collector, proposal, added);
  return {
    added: added.size,
    known,
    // For programs, in English.
    problems: proposal.problems.map(({ line, message }) => ({ line, message: inEnglish(message) })),
  };
}

/** What the CA would say about the number. */
function referenceProblem({ product, reference }: Candidate["resolved"]["tracked"]): Phrase | undefined {
  return reference.kind === "collectionCode" ? undefined : valueProblem(product, reference.kind, reference.value);
}

function missingSaid(missing: Missing): Phrase {
  switch (missing) {
    case "product":
      return phrase("It does not say what was ordered.");
    case "account":
      return phrase("It does not say which account it belongs to.");
    case "collection-code":
      return phrase("It is identified by a collection code that this text does not contain. Track it separately.");
    case "known-host":
      return phrase("Its collection code is for a server where you have no account. Add an account there first.");
    case "shorter-number":
      return phrase("Its number is too long.");
  }
}

function leftOutWords(part: "label" | "tags"): string {
  return part === "label"
    ? localize("Its name was left out: it is too long or contains invisible characters")
    : localize("Some tags were left out: there are too many, or they are too long or contain invisible characters");
}

/** @returns how many collection codes the keyring did not accept */
async function trackAll(collector: Collector, candidates: readonly Candidate[]): Promise<number> {
  let unkept = 0;
  await withQuietProgress(localize("Tracking orders"), async () => {
    for (let from = 0; from < candidates.length; from += BATCH) {
      const batch = candidates.slice(from, from + BATCH).map(({ resolved }) => resolved);
      for (const { tracked, collectionCode } of batch) {
        if (collectionCode === undefined) continue;
        await collector.secrets.setCollectionCode(tracked.id, collectionCode).catch(() => (unkept += 1));
      }
      await collector.book.record(batch.map(({ tracked }) => tracked));
    }
  });
  return unkept;
}

async function tellTaken(collector: Collector, parsed: Proposal, added: ReadonlySet<number>): Promise<void> {
  const { candidates, repeated, problems } = parsed;
  const known = candidates.filter(({ isKnown }) => isKnown).length + repeated;
  const words = [
    added.size === 0
      ? localize("No order was added")
      : added.size === 1
        ? localize("1 order is now tracked")
        : localize("{0} orders are now tracked", amount(added.size)),
    ...(known > 0 ? [localize("{0} tracked already", amount(known))] : []),
    ...problemWords(problems.length),
  ];
  const summary = localize("{0}.", inRow(words, localize));
  const show = localize("Show Report");
  const tell = problems.length > 0 ? showWarning : showInformation;
  // Of one order without trouble the message says all.
  const actions = added.size + known + problems.length > 1 ? [show] : [];
  if ((await tell(summary, ...actions)) !== show) return;
  await showReport(collector, summary, reportLines(parsed, added));
}

/** What happened to each line. Contains only numbers and names, not the text itself, which may contain secrets. */
function reportLines({ candidates, problems }: Proposal, added: ReadonlySet<number>): ReportLine[] {
  const lines = candidates.map((candidate) => {
    const { place, resolved, isKnown, line } = candidate;
    const { reference, label } = resolved.tracked;
    const name = inertText([numberOf(reference), label].filter(Boolean).join(" "));
    const fate = isKnown
      ? localize("already tracked")
      : added.has(place)
        ? localize("now tracked")
        : localize("you left it out");
    return { line, words: [localize("{0}: {1}", name, fate), ...resolved.leftOut.map(leftOutWords)].join(". ") };
  });
  return [...lines, ...problems.map(problemLine)];
}

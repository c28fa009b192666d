import * as vscode from "vscode";
import { pause } from "../../certificates/pause";
import { resolveOrder, type ResolvedOrder, type Missing } from "../../orders/import/resolve-order";
import type { ParsedOrders } from "../../orders/import/parse-orders";
import type { Account, OrderReference } from "../../orders/model/order";
import type { Collector } from "../window/collector";
import { caWords, PRODUCT_SHORT, referenceWords } from "../../orders/presentation/order-words";
import { locale } from "../base/localize";
import { inertText } from "../base/inert-text";
import type { Program } from "../window/program";
import { askImportDefaults, productAndAccount } from "./import-defaults";
import { problemLine, showReport, showNothingFound, type ReportLine } from "./import-report";
import { knownCaAt } from "./choices";
import { valueProblem } from "./typed-value";
import { showInformation, showPick, showPickMany, showWarning, withQuietProgress, type Choice } from "../base/messages";

/** The result of tracking orders from a text. Plain data without secrets. */
export interface TrackedFromText {
  readonly added: number;
  /** Already tracked, or named several times. */
  readonly known: number;
  readonly problems: readonly { readonly line: number; readonly message: string }[];
}

/** An order that a text names, ready to be tracked. */
interface Candidate {
  readonly line: number;
  readonly resolved: Extract<ResolvedOrder, { readonly tracked: unknown }>;
  readonly account: Account | undefined;
  readonly isKnown: boolean;
}

/** The orders that a text proposes, with the person's choices for orders that do not say everything themselves. */
interface Proposal {
  readonly candidates: readonly Candidate[];
  readonly repeated: number;
  readonly problems: TrackedFromText["problems"];
}

/** More orders than this are not listed one by one before they are tracked. */
const LISTED = 2_000;

/** Orders that are processed before other waiting work may run. */
const SLICE = 1000;

/** Lines that are written to disk at once. */
const BATCH = 500;

/**
 * Parses a text of any kind, asks for what it does not say, shows the orders in it, and tracks those that a person
 * chooses. Collection codes in it go straight to the secret storage.
 * @returns undefined when the person left, or the text does not name an order, which is reported
 */
export async function trackFromText({ collector }: Program, text: string): Promise<TrackedFromText | undefined> {
  const parsed = JSON.parse(await collector.reading.run("parseOrders", text)) as ParsedOrders;
  for (const { collectionCode } of parsed.orders) if (collectionCode !== undefined) collector.log.mask(collectionCode);
  if (parsed.orders.length === 0) {
    void showNothingFound(parsed.problems);
    return undefined;
  }
  const chosen = await askImportDefaults(collector, parsed.orders);
  if (chosen === undefined) return undefined;

  const candidates: Candidate[] = [];
  const problems = parsed.problems.map(({ line, message }) => ({ line, message }));
  const accounts = collector.book.accounts();
  const codes = await collector.trackedCodes();
  for (const [index, found] of parsed.orders.entries()) {
    if (index % SLICE === SLICE - 1) await pause();
    const resolved = resolveOrder(found, {
      ca: chosen.account?.ca ?? "sectigo",
      codeCa: chosen.codeCa,
      caAt: (host) => knownCaAt(host, accounts),
      accounts,
      ...productAndAccount(chosen),
    });
    const problem = "missing" in resolved ? missingWords(resolved.missing) : referenceProblem(resolved.tracked);
    if (problem !== undefined) problems.push({ line: found.line, message: problem });
    else if ("tracked" in resolved) {
      const account = accounts.find(({ id }) => id === resolved.tracked.account);
      const { tracked, collectionCode } = resolved;
      const same = collectionCode === undefined ? tracked.id : codes.find(tracked, collectionCode);
      const isKnown = same !== undefined && (collectionCode !== undefined || collector.book.get(same) !== undefined);
      if (collectionCode !== undefined) codes.add(tracked, collectionCode, tracked.id);
      candidates.push({ line: found.line, resolved, account, isKnown });
    }
  }
  const proposal: Proposal = {
    candidates,
    repeated: parsed.repeated,
    problems: problems.sort((a, b) => a.line - b.line),
  };
  const picked = await review(proposal);
  if (picked === undefined) return undefined;
  const unkept = await trackAll(collector, picked);
  if (unkept > 0) {
    void showWarning(
      vscode.l10n.t(
        "Collection codes that the editor's secret storage did not accept: {0}. They are kept for this window only. Check that a keyring is set up on this computer.",
        unkept,
      ),
    );
  }
  const added = new Set(picked);
  const known = candidates.filter(({ isKnown }) => isKnown).length + parsed.repeated;
  void tellTaken(proposal, added);
  return { added: added.size, known, problems: proposal.problems };
}

/** What the CA would say about the number. */
function referenceProblem({ product, reference }: Candidate["resolved"]["tracked"]): string | undefined {
  return reference.kind === "collectionCode" ? undefined : valueProblem(product, reference.kind, reference.value);
}

function missingWords(missing: Missing): string {
  switch (missing) {
    case "product":
      return vscode.l10n.t("It does not say what was ordered.");
    case "account":
      return vscode.l10n.t("It does not say which account it belongs to.");
    case "collection-code":
      return vscode.l10n.t(
        "It is identified by a collection code that this text does not contain. Track it separately.",
      );
    case "known-host":
      return vscode.l10n.t(
        "Its collection code is for a server where you have no account. Add an account there first.",
      );
    case "shorter-number":
      return vscode.l10n.t("Its number is too long.");
  }
}

/**
 * Shows the recognised orders.
 * @returns the ones that the person chose, `undefined` when they left
 */
async function review(parsed: Proposal): Promise<readonly Candidate[] | undefined> {
  const fresh = parsed.candidates.filter(({ isKnown }) => !isKnown);
  const title = vscode.l10n.t("Track Orders");
  const placeholder = countWords(fresh.length, parsed);
  if (fresh.length === 0) return [];
  if (fresh.length > LISTED) {
    const track = { label: vscode.l10n.t("Track All {0} Orders", fresh.length), value: fresh };
    return showPick({ title, placeholder, choices: [track] });
  }
  return showPickMany({ title, placeholder, choices: fresh.map(candidateChoice) });
}

function candidateChoice(candidate: Candidate): Choice<Candidate> {
  const { resolved, account, line } = candidate;
  const { tracked } = resolved;
  const number = numberOf(tracked.reference);
  const where = account?.label ?? vscode.l10n.t("no account, at {0}", caWords(tracked.ca, locale));
  return {
    label: tracked.label ?? number,
    description: [
      PRODUCT_SHORT[tracked.product],
      referenceWords(tracked, locale),
      where,
      ...(tracked.tags ?? []),
      vscode.l10n.t("line {0}", line),
    ].join(" · "),
    value: candidate,
    picked: true,
  };
}

function numberOf(reference: OrderReference): string {
  return reference.kind === "collectionCode" ? vscode.l10n.t("Order with a collection code") : reference.value;
}

function leftOutWords(part: "label" | "tags"): string {
  return part === "label"
    ? vscode.l10n.t("Its name was left out: it is too long or contains invisible characters")
    : vscode.l10n.t(
        "Some tags were left out: there are too many, or they are too long or contain invisible characters",
      );
}

/** How many orders there are, and what else was in the text. */
function countWords(fresh: number, { candidates, repeated, problems }: Proposal): string {
  const known = candidates.length - fresh + repeated;
  return [
    fresh === 1 ? vscode.l10n.t("1 order was recognised.") : vscode.l10n.t("{0} orders were recognised.", fresh),
    ...(known > 0 ? [vscode.l10n.t("Already tracked: {0}.", known)] : []),
    ...problemWords(problems.length),
  ].join(" ");
}

function problemWords(count: number): string[] {
  if (count === 0) return [];
  return [
    count === 1 ? vscode.l10n.t("1 line was not recognised.") : vscode.l10n.t("{0} lines were not recognised.", count),
  ];
}

/** @returns how many collection codes the keyring did not accept */
async function trackAll(collector: Collector, candidates: readonly Candidate[]): Promise<number> {
  let unkept = 0;
  await withQuietProgress(vscode.l10n.t("Tracking orders"), async () => {
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

async function tellTaken(parsed: Proposal, added: ReadonlySet<Candidate>): Promise<void> {
  const { candidates, repeated, problems } = parsed;
  const known = candidates.filter(({ isKnown }) => isKnown).length + repeated;
  const summary = [
    added.size === 1
      ? vscode.l10n.t("1 order is now tracked.")
      : vscode.l10n.t("{0} orders are now tracked.", added.size),
    ...(known > 0 ? [vscode.l10n.t("Already tracked: {0}.", known)] : []),
    ...problemWords(problems.length),
  ].join(" ");
  const show = vscode.l10n.t("Show Report");
  const tell = problems.length > 0 ? showWarning : showInformation;
  if ((await tell(summary, show)) !== show) return;
  await showReport(summary, reportLines(parsed, added));
}

/** What happened to each line. Contains only numbers and names, not the text itself, which may contain secrets. */
function reportLines({ candidates, problems }: Proposal, added: ReadonlySet<Candidate>): ReportLine[] {
  const lines = candidates.map((candidate) => {
    const { resolved, isKnown, line } = candidate;
    const { reference, label } = resolved.tracked;
    const name = inertText([numberOf(reference), label].filter(Boolean).join(" "));
    const fate = isKnown
      ? vscode.l10n.t("already tracked")
      : added.has(candidate)
        ? vscode.l10n.t("now tracked")
        : vscode.l10n.t("you left it out");
    return { line, words: [`${name}: ${fate}`, ...resolved.leftOut.map(leftOutWords)].join(". ") };
  });
  return [...lines, ...problems.map(problemLine)];
}

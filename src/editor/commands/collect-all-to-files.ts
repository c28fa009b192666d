import * as vscode from "vscode";
import type { OrderId } from "../../orders/model/order";
import { StorageError } from "../../storage/storage-error";
import { ArgumentError, Arguments } from "../base/arguments";
import { errorWords, locale, localize } from "../base/localize";
import { codeOf } from "../base/log-text";
import { withProgress, withQuietProgress } from "../base/messages";
import { readListedOrders, trackedOrder } from "../languages/listed-orders";
import { changedSince } from "../saving/existing-files";
import { saveOrderFiles } from "../saving/order-files";
import { mayWrite } from "../saving/replacing";
import { changedMeanwhile } from "../saving/save-place";
import { localFolders, searchFolders } from "../saving/workspace-search";
import { changeSummary, type Collection, type OrderOutcome } from "../serving/change-summary";
import { runAfterSaving } from "../serving/after-saving";
import { chooseListed } from "../serving/choose-listed";
import { isSavable, planWords, standingOf } from "../serving/collect-plan";
import { runCollection, type Chosen, type CollectPorts, type Done, type WrittenFile } from "../serving/collect-run";
import { lookAtListed, type ListedPlan, type PlannedSave } from "../serving/look-at-listed";
import { proveServed } from "../serving/prove-served";
import type { Collector } from "../window/collector";
import type { Program } from "../window/program";
import { checkAll } from "./bulk-check";
import { notListed, tellNoneListed } from "./collect-to-files";
import { agrees } from "./consent";
import { orderFileFor } from "./order-files-here";
import { phrase } from "../../words/phrase";

/** The result, for programs. */
export interface CollectedAll extends Collection {
  /** The same in Markdown. */
  readonly summary: string;
}

const TITLE = () => localize("Collect All to These Files");

/**
 * Saves the certificates of all orders of an order file to the files that it names: lists what is ready, changed,
 * missing and in the way, saves what the person marks, runs each task that follows once, asks the servers, and opens a
 * summary for a change ticket. The argument names the order file (`file`, a URI) and may name `orders`, which are then
 * not asked for; the person is still asked before anything is replaced.
 * @throws ArgumentError when the file may not be read, or does not list an order that was named
 */
export async function collectAllToFiles(program: Program, argument: unknown): Promise<CollectedAll | undefined> {
  const { collector } = program;
  const file = await orderFileFor(argument, localize("Choose the file that lists the orders"));
  if (file === undefined) return undefined;
  const named = new Arguments(argument).list("orders");
  let plans = await look(collector, file);
  if (plans.length === 0) {
    void tellNoneListed(file);
    return undefined;
  }
  let save = named === undefined ? undefined : plansNamed(plans, named);
  while (save === undefined) {
    const chosen = await chooseListed(collector.reading, TITLE(), plans);
    if (chosen === undefined) return undefined;
    if ("save" in chosen) save = chosen.save;
    else {
      await checkAll(program, { orders: chosen.check.flatMap(({ order }) => order ?? []) });
      plans = await look(collector, file);
    }
  }
  const ready = save.flatMap(readyOf);
  if (!(await maySaveAll(collector, file, ready))) return undefined;
  const chosen = await chosenOf(program, file, ready);
  const { done, keys } = await withProgress(TITLE(), async (signal, progress) => {
    const ports = portsOf(program, file, ready, chosen, (words, share) => progress.report(words, share));
    const result = await runCollection(chosen, ports, signal);
    return { done: result, keys: await keyFiles(collector, signal) };
  });
  const collection = {
    at: Date.now(),
    file: vscode.workspace.asRelativePath(file),
    orders: plans.map((plan) => outcomeOf(plan, plan.order === undefined ? undefined : done.get(plan.order), keys)),
  };
  const summary = changeSummary(collection, locale);
  await collector.texts.open(localize("Certificates saved, {0}", collection.file), summary, "markdown");
  return { ...collection, summary };
}

async function look(collector: Collector, file: vscode.Uri): Promise<readonly ListedPlan[]> {
  const text = (await vscode.workspace.openTextDocument(file)).getText();
  const { orders } = await readListedOrders(collector.reading, text);
  return withQuietProgress(TITLE(), () => lookAtListed(collector, file, orders));
}

/** @throws ArgumentError when the file does not list one of the orders with files */
function plansNamed(plans: readonly ListedPlan[], named: readonly OrderId[]): readonly ListedPlan[] {
  for (const id of named) if (!plans.some(({ order }) => order === id)) throw notListed(id);
  return plans.filter(({ order }) => order !== undefined && named.includes(order));
}

/** An order that can be saved. */
interface Ready {
  readonly plan: ListedPlan;
  readonly order: OrderId;
  readonly save: PlannedSave;
}

function readyOf(plan: ListedPlan): readonly Ready[] {
  const { order, save } = plan;
  return order === undefined || save === undefined || !isSavable(standingOf(plan)) ? [] : [{ plan, order, save }];
}

/** What is chosen, with the tasks that follow: a person's choice for an order, else what the file names. */
async function chosenOf(program: Program, file: vscode.Uri, ready: readonly Ready[]): Promise<readonly Chosen[]> {
  const { collector, here } = program;
  const text = (await vscode.workspace.openTextDocument(file)).getText();
  const { orders } = await readListedOrders(collector.reading, text);
  const named = new Map(orders.flatMap((each) => [[trackedOrder(collector, each)?.order.id, each.after?.task]]));
  return ready.map(({ order }) => {
    const own = collector.book.get(order)?.afterSaving?.task;
    const task = own ?? named.get(order);
    if (task === undefined) return { order };
    return { order, task, which: JSON.stringify([own !== undefined, here.chosen(order, task)]) };
  });
}

/** One consent for all of them: to certificates that deserve a look, and to files that are replaced. */
async function maySaveAll(collector: Collector, file: vscode.Uri, ready: readonly Ready[]): Promise<boolean> {
  const concerns = ready.flatMap(({ plan, save }) =>
    save.concerns.map((concern) => localize("{0}: {1}", plan.title, concern)),
  );
  const anyway = localize("Save Anyway");
  if (concerns.length > 0 && !(await agrees(localize("Save these certificates anyway?"), concerns, anyway)))
    return false;
  const planned = ready.flatMap(({ save }) => save.planned);
  return mayWrite(collector.reading, planned, vscode.workspace.asRelativePath(file), false);
}

function portsOf(
  program: Program,
  file: vscode.Uri,
  ready: readonly Ready[],
  chosen: readonly Chosen[],
  report: (words: string, share: number) => void,
): CollectPorts {
  const { collector } = program;
  const byOrder = new Map(ready.map((each) => [each.order, each]));
  return {
    save: async (order) => {
      const found = byOrder.get(order);
      if (found === undefined) throw new ArgumentError(order);
      const isOwn = collector.book.get(order)?.afterSaving !== undefined;
      const task = isOwn ? undefined : chosen.find((each) => each.order === order)?.task;
      return saveAgreed(collector, found, task);
    },
    runTask: async (_task, [first, ...others]) => {
      const end = first === undefined ? undefined : await runAfterSaving(program, first, { file, again: true, others });
      if (end?.why === "busy") return { why: localize("It was running already. Run it again when it has ended.") };
      if (end === undefined || end.state === "not-run") return undefined;
      return end.exitCode === undefined ? {} : { exitCode: end.exitCode };
    },
    prove: (order) => proveServed(program, order),
    explain: (error) => {
      collector.log.error("An order was not saved.", error);
      const isOurs = codeOf(error) !== undefined && error instanceof Error;
      return {
        why: isOurs ? errorWords(error) : localize("Something went wrong unexpectedly."),
        isHalf: codeOf(error) === "half-written",
      };
    },
    report: (step, share) => report("task" in step ? step.task : (byOrder.get(step.order)?.plan.title ?? ""), share),
    words: {
      cancelled: localize("It was cancelled."),
      declined: localize("You did not agree to run it, or it was not found."),
      half: localize("The files of one of its orders are half written. Save them, then run it."),
    },
  };
}

/** Writes what the person agreed to and nothing else. @throws StorageError `changed-meanwhile` */
async function saveAgreed(
  collector: Collector,
  { plan, order, save }: Ready,
  task: string | undefined,
): Promise<readonly WrittenFile[]> {
  const changed = (): StorageError =>
    new StorageError(
      "changed-meanwhile",
      phrase("{0} changed since it was listed, so nothing was written for it. Collect again.", plan.title),
    );
  if (collector.collected(order)?.leaf !== save.collected.leaf) throw changed();
  let written: readonly WrittenFile[] = [];
  const agreed: NonNullable<PlannedSave["target"]["agreed"]> = ({ planned, concerns }) => {
    const other = changedSince(save.planned, planned);
    if (other !== undefined) throw changedMeanwhile(other.uri);
    if (concerns.join("\n") !== save.concerns.join("\n")) throw changed();
    written = planned.map(({ uri, existing: { state } }) => ({
      path: vscode.workspace.asRelativePath(uri),
      wrote: state === "absent" ? "created" : state === "other" ? "replaced" : "nothing",
    }));
  };
  if (
    (await saveOrderFiles(collector, order, { ...save.target, agreed, ...(task !== undefined && { after: task }) })) ===
    undefined
  )
    throw changed();
  return written;
}

/** The files of private keys in the workspace, the first for each key. Read on this computer alone. */
async function keyFiles({ reading }: Collector, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const { keys } = await searchFolders(reading, localFolders(), signal);
  const readable = keys.flatMap(({ key, file }) =>
    key.state === "readable" ? [[key.keyIdentity, file] as const] : [],
  );
  return new Map(readable.toReversed());
}

function outcomeOf(plan: ListedPlan, done: Done | undefined, keys: ReadonlyMap<string, string>): OrderOutcome {
  const { title, number, order, save } = plan;
  const named = { title, number, ...(order !== undefined && { order }), files: [] };
  if (done === undefined) {
    return isSavable(standingOf(plan))
      ? { ...named, result: "skipped", why: localize("You left it out.") }
      : { ...named, result: "not-ready", why: planWords(plan, localize) };
  }
  if (done.result !== "saved" || save === undefined) return { ...named, ...done, result: done.result };
  const { serialNumber, leaf, notAfter } = save.collected;
  return {
    ...named,
    ...done,
    result: done.files.some(({ wrote }) => wrote !== "nothing") ? "saved" : "current",
    certificate: { serialNumber, sha256: leaf, notAfter },
    key: keys.get(save.keyIdentity) ?? "",
  };
}

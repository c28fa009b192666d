import * as vscode from "vscode";
import { shownFile } from "../../certificates/shown-file";
import { mayAsk } from "../../orders/checking/schedule";
import type { FileOrder, FileTarget } from "../../orders/import/order-file";
import type { CollectedCertificate } from "../../orders/model/order";
import { orderedWords } from "../../orders/presentation/order-words";
import { titleOf } from "../../orders/presentation/state";
import { errorWords, localize, locale } from "../base/localize";
import { codeOf } from "../base/log-text";
import { trackedOrder } from "../languages/listed-orders";
import { checkTarget, listedTarget, targetUris } from "../languages/order-file-targets";
import type { PlannedFile } from "../saving/existing-files";
import { previewOrderFiles, type OrderSaveTarget } from "../saving/order-files";
import type { SavePreview } from "../saving/save-files";
import type { OrderFacts } from "../view/tree-elements";
import type { Collector } from "../window/collector";
import { heldBy, repeatedPaths, type FilePlan, type OrderPlan } from "./collect-plan";

/** An order of an order file with what saving it would do, as the files were when they were looked at. */
export interface ListedPlan extends OrderPlan {
  readonly listed: FileOrder;
  /** Present if its files can be written. */
  readonly save?: PlannedSave;
}

/** What a person agrees to. */
export interface PlannedSave extends SavePreview {
  readonly collected: CollectedCertificate;
  readonly target: OrderSaveTarget;
}

/** Looks at the orders of an order file that name files, and at these files. Writes nothing and asks nobody. */
export async function lookAtListed(
  collector: Collector,
  file: vscode.Uri,
  orders: readonly FileOrder[],
): Promise<readonly ListedPlan[]> {
  const withFiles = orders.flatMap((listed) => (listed.save === undefined ? [] : [{ listed, target: listed.save }]));
  const repeated = repeatedPaths(withFiles.flatMap(({ target }) => Object.values(target.files)));
  const plans: ListedPlan[] = [];
  for (const { listed, target } of withFiles) {
    const paths = Object.values(target.files);
    const twice = paths.find((path) => repeated.has(path.toLowerCase()));
    const facts = trackedOrder(collector, listed);
    const number = orderedWords(listed, locale);
    const named = { listed, number, paths, files: [], concerns: [] };
    if (facts === undefined) plans.push({ ...named, title: listed.label ?? listed.reference.value });
    else {
      const known = { ...named, title: titleOf(facts.order, localize), order: facts.order.id };
      plans.push({ ...known, ...(await planOf(collector, file, target, facts, twice)) });
    }
  }
  return plans;
}

type Found = Pick<ListedPlan, "waits" | "isDue" | "obstacle" | "save"> & Partial<Pick<OrderPlan, "files" | "concerns">>;

async function planOf(
  collector: Collector,
  file: vscode.Uri,
  save: FileTarget,
  { order, state, check }: OrderFacts,
  twice: string | undefined,
): Promise<Found> {
  const collected = collector.collected(order.id);
  if (collected === undefined) {
    return { waits: state.words, isDue: check.plan.due !== undefined && mayAsk(check, Date.now()) === "yes" };
  }
  if (twice !== undefined) {
    return { obstacle: localize("More than one order names {0}. Give each a file of its own.", twice) };
  }
  const target = { ...listedTarget(file, save), serialNumber: collected.serialNumber };
  try {
    for (const { uri } of targetUris(file, save)) await checkTarget(file, uri);
    const preview = await previewOrderFiles(collector, order, collected, target);
    if (preview === undefined) return { obstacle: localize("Its certificate cannot be read.") };
    const closed = preview.planned.find(isClosed);
    if (closed !== undefined) return { obstacle: closedWords(closed.uri) };
    const files = await Promise.all(preview.planned.map((each) => filePlan(collector, order.certificates, each)));
    return { files, concerns: preview.concerns, save: { ...preview, collected, target } };
  } catch (error) {
    // One of ours says why in its message; any other is a fault.
    if (codeOf(error) === undefined || !(error instanceof Error)) throw error;
    return { obstacle: errorWords(error) };
  }
}

/** Whether what is there cannot be shown to a person: it is too large, or may be a private key. */
const isClosed = ({ existing }: PlannedFile): boolean =>
  existing.state === "other" && (existing.bytes === undefined || shownFile(existing.bytes) === undefined);

function closedWords(uri: vscode.Uri): string {
  return localize(
    "{0} cannot be shown: it is too large, is not text, or may hold a private key. To replace it, collect this order by itself.",
    vscode.workspace.asRelativePath(uri),
  );
}

async function filePlan(
  { reading }: Collector,
  certificates: readonly CollectedCertificate[],
  { uri, existing }: PlannedFile,
): Promise<FilePlan> {
  const path = vscode.workspace.asRelativePath(uri);
  if (existing.state !== "other") return { path, change: existing.state === "same" ? "keep" : "create" };
  const bytes = existing.bytes ?? new Uint8Array();
  // What cannot be read in time is for a person to look at.
  const found = await reading.run("certificatesInFile", bytes).catch(() => ({ hashes: [], leaves: [] }));
  return { path, change: heldBy(found, certificates) };
}

import type * as vscode from "vscode";
import type { OrderId } from "../../orders/model/order";
import { saveOrderFiles, type OrderSaveTarget, type SavedFiles } from "../saving/order-files";
import { tellError } from "../window/command-runner";
import type { Program } from "../window/program";
import { runAfterSaving, type TaskResult } from "./after-saving";

/** What was saved, and what became of the task after it. */
export interface SavedAndServed extends SavedFiles {
  readonly task?: TaskResult;
}

/**
 * Saves an order's files and does what follows: its task, and after one that ended well the question whether its
 * servers serve it. Whatever goes wrong after saving is told, and the files are saved all the same.
 * @param file the order file that names where they go
 * @returns undefined when the person left before anything was saved
 * @throws as {@link saveOrderFiles} does
 */
export async function saveAndServe(
  program: Program,
  id: OrderId,
  target: OrderSaveTarget,
  file?: vscode.Uri,
): Promise<SavedAndServed | undefined> {
  const saved = await saveOrderFiles(program.collector, id, target);
  if (saved === undefined) return undefined;
  try {
    const task = await runAfterSaving(program, id, file === undefined ? {} : { file });
    if (task === undefined || task.exitCode === 0) await program.proveServed(id);
    return { ...saved, ...(task && { task }) };
  } catch (error) {
    program.collector.log.error("What follows saving failed.", error);
    void tellError(error, program.collector.log);
    return saved;
  }
}

import * as vscode from "vscode";
import { MAX_TASK_NAME } from "../../orders/model/deployment";
import { titleOf } from "../../orders/presentation/state";
import { Arguments } from "../base/arguments";
import { showInformation, showPick, type Choice } from "../base/messages";
import { runAfterSaving, tellRestricted, type TaskResult } from "../serving/after-saving";
import { mayRun, taskChoices } from "../serving/task-choice";
import { findTasks, type FoundTask } from "../serving/task-facts";
import { taskKey } from "../serving/task-memory";
import type { Program } from "../window/program";
import { chooseOrder, tellDeadEnd } from "./choices";
import { localize } from "../base/localize";

/** The task that now runs after an order is saved; empty if none does. */
export interface ChosenTaskName {
  readonly order: string;
  readonly task: string;
}

/**
 * Chooses the task of the editor that runs after an order is saved, or that none does. The person sees what it does and
 * agrees to it here, so that saving takes one click.
 */
export async function chooseTask(program: Program, argument: unknown): Promise<ChosenTaskName | undefined> {
  const { collector, here } = program;
  const question = localize("Choose a certificate to run a task after saving it");
  const id = await chooseOrder(collector, new Arguments(argument), question);
  const order = id === undefined ? undefined : collector.book.get(id);
  if (id === undefined || order === undefined) return undefined;
  if (!vscode.workspace.isTrusted) {
    void tellRestricted();
    return undefined;
  }
  const tasks = (await findTasks()).filter(({ facts }) => facts.name.length <= MAX_TASK_NAME);
  const { afterSaving } = order;
  if (tasks.length === 0 && afterSaving === undefined) {
    void tellNoTasks();
    return undefined;
  }
  const none: Choice<FoundTask | "none"> = { label: localize("Do Not Run a Task"), value: "none" };
  const chosen = await showPick<FoundTask | "none">({
    title: localize("Run a task after saving {0}", titleOf(order, localize)),
    placeholder: localize("Name of the task"),
    choices: [...(afterSaving === undefined ? [] : [none]), ...sorted(taskChoices(tasks))],
  });
  if (chosen === undefined) return undefined;
  if (chosen !== "none") {
    const words = localize("Run the task “{0}” each time {1} is saved?", chosen.facts.name, titleOf(order, localize));
    const asked = { question: words, agree: localize("Run after Saving"), title: titleOf(order, localize) };
    if ((await mayRun(program, chosen, asked)) === undefined) return undefined;
    await here.choose(id, chosen.facts.name, taskKey(chosen.facts));
  }
  const task = chosen === "none" ? "" : chosen.facts.name;
  await collector.book.record([{ type: "after-saving-set", id, task }]);
  return { order: id, task };
}

/** Runs the task of an order that was saved, whether or not it ran before; nothing is saved. */
export async function runTask(program: Program, argument: unknown): Promise<TaskResult | undefined> {
  const { collector } = program;
  const question = localize("Choose a certificate whose task to run");
  const id = await chooseOrder(collector, new Arguments(argument), question, ({ saved }) => saved !== undefined, {
    words: localize("No certificate was saved before."),
    next: { label: localize("Save As…"), command: "saveAs" },
  });
  const order = id === undefined ? undefined : collector.book.get(id);
  if (id === undefined || order === undefined) return undefined;
  const result = await runAfterSaving(program, id, { again: true });
  if (result === undefined) void tellNone(titleOf(order, localize), id);
  else if (result.exitCode === 0) await program.proveServed(id);
  return result;
}

async function tellNone(title: string, order: string): Promise<void> {
  const words = localize("No task runs after saving {0}.", title);
  await tellDeadEnd({
    words,
    next: { label: localize("Choose a Task…"), command: "chooseTask", argument: { order } },
  });
}

/** As the editor shows them. */
function sorted(choices: readonly Choice<FoundTask>[]): readonly Choice<FoundTask>[] {
  return [...choices].sort((a, b) => a.label.localeCompare(b.label, undefined, { numeric: true }));
}

async function tellNoTasks(): Promise<void> {
  const make = localize("Configure Tasks…");
  const words = localize("No tasks here. Describe in tasks.json what makes your server read its files again.");
  if ((await showInformation(words, make)) === make)
    await vscode.commands.executeCommand("workbench.action.tasks.configureTaskRunner");
}

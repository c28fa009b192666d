import * as vscode from "vscode";
import type { OrderId } from "../../orders/model/order";
import { LONGEST_TASK, taskStanding } from "../../orders/model/task-standing";
import { titleOf } from "../../orders/presentation/state";
import { timeWords } from "../../orders/presentation/time-words";
import { commandId } from "../base/contributions";
import { localize, locale } from "../base/localize";
import { showError, showInformation, showInStatusBar, showWarning, withQuietProgress } from "../base/messages";
import { agrees } from "../commands/consent";
import { tellError } from "../window/command-runner";
import type { Program } from "../window/program";
import { chosenTask, mayRun } from "./task-choice";
import type { TaskDefinition } from "./task-definition";
import { definitionOf, findTasks, type FoundTask } from "./task-facts";
import { taskKey } from "./task-memory";
import { isActive, type EndedTask } from "./task-runs";
import { namedTask } from "./named-task";

/** What became of the task after saving, for programs. */
export interface TaskResult {
  readonly task: string;
  /** `running`: for longer than a command waits, or in the background. */
  readonly state: "ended" | "running" | "not-run";
  /** Absent if it was stopped, did not start, or has none. */
  readonly exitCode?: number;
  /** Why it was not run. `busy`: it was started before, and its end was not seen. */
  readonly why?: "restricted" | "missing" | "ambiguous" | "declined" | "busy";
}

export interface AfterSavingOptions {
  /** The order file that the order was saved by; by default each one of the workspace is asked for a task. */
  readonly file?: vscode.Uri;
  /** Runs it although it ran well since the files were written. */
  readonly again?: boolean;
  /** Further orders whose files were saved with these, and for which one run of it counts. */
  readonly others?: readonly OrderId[];
}

/** ms that the status bar says that a task ended well. */
const SHOWN = 10_000;

/**
 * Runs what follows saving an order: the task that a person chose for it, else the one that an order file of the
 * workspace names. Only tasks of the editor, by name, in a trusted workspace, and once a person agreed to what it does.
 * A task that fails is told once; nothing is saved again.
 * @returns undefined if no task is named, nothing was saved, or it ran well since
 * @throws StorageError when its start could not be journaled: it is not started then
 */
export async function runAfterSaving(
  program: Program,
  id: OrderId,
  { file, again = false, others = [] }: AfterSavingOptions = {},
): Promise<TaskResult | undefined> {
  const { book } = program.collector;
  const order = book.get(id);
  const named = order && (await namedTask(program, order, file));
  if (order?.saved === undefined || named === undefined) return undefined;
  const { task } = named;
  const notRun = (why: NonNullable<TaskResult["why"]>): TaskResult => ({ task, state: "not-run", why });
  if (!vscode.workspace.isTrusted) {
    void tellRestricted(task);
    return notRun("restricted");
  }
  const ran = order.taskRun?.task ?? "";
  const isDone = taskStanding(order, Date.now()) === "ended" && (ran === task || task.endsWith(`: ${ran}`));
  if (isDone && !again) return undefined;
  const found = await chosenTask(program, order, named);
  if (found === "missing" || found === "ambiguous") {
    void tellNotFound(id, task, found);
    return notRun(found);
  }
  if (found === undefined) return notRun("declined");
  if (!(await isFree(program, id, found))) return notRun("busy");
  const question = localize("Run the task “{0}” after saving {1}?", task, titleOf(order, localize));
  const agreed = await mayRun(program, found, {
    ...{ question, agree: localize("Run Task"), title: titleOf(order, localize) },
    by: named.file,
  });
  if (agreed === undefined) return notRun("declined");
  return (await start(program, [id, ...others], agreed.found, agreed.definition)) ?? notRun("busy");
}

/**
 * Whether it does not run already: in this window whatever for, since the editor would not start it a second time, or
 * for this order in any window; if it may, the person says whether it is started.
 */
async function isFree({ collector: { book }, runs }: Program, id: OrderId, found: FoundTask): Promise<boolean> {
  const words = (at: number): string => timeWords(at, Date.now(), locale);
  if (runs.isRunning(id)) {
    const { task = "", startedAt = 0 } = book.get(id)?.taskRun ?? {};
    void showInformation(localize("“{0}” has been running for this order since {1}.", task, words(startedAt)));
    return false;
  }
  if (isActive(found)) {
    void showInformation(
      localize("“{0}” is running already, since before the files were saved. Run it again after.", found.facts.name),
    );
    return false;
  }
  await book.refresh();
  const run = book.get(id)?.taskRun;
  if (run === undefined || run.endedAt !== undefined || Date.now() - run.startedAt > LONGEST_TASK) return true;
  return agrees(
    localize(
      "“{0}” was started for this order at {1}, and its end was not seen. Run it again?",
      run.task,
      words(run.startedAt),
    ),
    [localize("It may still be running in another window.")],
    localize("Run Again"),
  );
}

async function start(
  program: Program,
  ids: readonly OrderId[],
  found: FoundTask,
  { runs, hash }: TaskDefinition,
): Promise<TaskResult | undefined> {
  const { collector } = program;
  const orders = ids.flatMap((id) => {
    const leaf = collector.book.get(id)?.saved?.leaf;
    // Asked meanwhile, the person may have started it by another way, or have stopped tracking the order.
    return leaf === undefined || program.runs.isRunning(id) ? [] : [{ id, leaf }];
  });
  const [first] = orders;
  if (first === undefined) return undefined;
  const { name } = found.facts;
  const ended = (end: EndedTask): void => {
    if (end.exitCode === 0) showInStatusBar(localize("“{0}” ended with 0.", name), SHOWN);
    else void tellFailed(program, first.id, name, end);
  };
  const failed = (error: unknown): void => {
    collector.log.error("What became of a task could not be journaled.", error);
    void tellError(error, collector.log);
  };
  const end = await withQuietProgress(localize("Running “{0}”", name), () =>
    program.runs.run({ orders, found, runs, isSame: () => isSame(found, hash) }, ended, failed),
  );
  if (end !== undefined)
    return { task: name, state: "ended", ...(end.exitCode !== undefined && { exitCode: end.exitCode }) };
  if (!found.facts.isBackground)
    void showInformation(localize("“{0}” is still running. The history will say when it ended.", name));
  return { task: name, state: "running" };
}

/** Whether a task is still what was agreed to. */
async function isSame(found: FoundTask, hash: string): Promise<boolean> {
  const all = await findTasks();
  const now = all.filter(({ facts }) => taskKey(facts) === taskKey(found.facts));
  return now.length === 1 && now.every((each) => definitionOf(each, all).hash === hash);
}

/** Says once that a task failed, with its terminal and another try one click away. */
async function tellFailed(
  program: Program,
  id: OrderId,
  task: string,
  { exitCode, processId }: EndedTask,
): Promise<void> {
  const order = program.collector.book.get(id);
  const terminal = localize("Show Terminal");
  const again = localize("Run Again");
  const title = order === undefined ? id : titleOf(order, localize);
  const words =
    exitCode === undefined
      ? localize("“{0}” did not run to its end. The files for {1} are saved.", task, title)
      : localize("“{0}” failed with exit code {1}. The files for {2} are saved.", task, exitCode, title);
  const chosen = await showError(words, terminal, again);
  if (chosen === terminal) await showTerminal(processId);
  if (chosen === again) await vscode.commands.executeCommand(commandId("runTask"), { order: id });
}

async function showTerminal(processId: number | undefined): Promise<void> {
  for (const terminal of vscode.window.terminals) {
    if (processId !== undefined && (await terminal.processId) === processId) {
      terminal.show();
      return;
    }
  }
  await vscode.commands.executeCommand("workbench.action.terminal.focus");
}

/** Says that tasks need a trusted workspace. @param task the one that would have run */
export async function tellRestricted(task?: string): Promise<void> {
  const manage = localize("Manage Workspace Trust");
  const words =
    task === undefined
      ? localize("In Restricted Mode, no task is run.")
      : localize("In Restricted Mode, no task is run, and so “{0}” was not.", task);
  if ((await showWarning(words, manage)) === manage) await vscode.commands.executeCommand("workbench.trust.manage");
}

async function tellNotFound(id: OrderId, task: string, why: "missing" | "ambiguous"): Promise<void> {
  const choose = localize("Choose a Task…");
  const words =
    why === "missing"
      ? localize("This workspace does not have the task “{0}”: nothing was run.", task)
      : localize("Several tasks of one place are called “{0}”: give them different names. Nothing was run.", task);
  if ((await showWarning(words, choose)) === choose)
    await vscode.commands.executeCommand(commandId("chooseTask"), { order: id });
}

import * as vscode from "vscode";
import type { Order } from "../../orders/model/order";
import { inertText } from "../base/inert-text";
import { askModally, showPick, type Choice } from "../base/messages";
import type { Program } from "../window/program";
import type { NamedTask } from "./named-task";
import type { TaskDefinition } from "./task-definition";
import { definitionOf, findTasks, originWords, type FoundTask } from "./task-facts";
import { taskKey, type TaskMemory } from "./task-memory";
import { localize } from "../base/localize";

/** Characters and lines of a definition that a dialog shows whole, and characters that anybody can read. */
const MAX_LINE = 200;
const MAX_LINES = 18;
const MAX_READABLE = 100_000;

/**
 * The task that an order means by a name. Of several with that name, the one that was chosen before, else the only one
 * beside the order file, else the one that the person picks.
 * @returns `missing` if no task has that name; `ambiguous` if nothing tells several apart; undefined when the person
 *   left
 */
export async function chosenTask(
  { here }: Program,
  { id }: Order,
  { task, file }: NamedTask,
): Promise<FoundTask | "missing" | "ambiguous" | undefined> {
  const all = (await findTasks()).filter(
    ({ facts }) => facts.name === task || `${facts.source}: ${facts.name}` === task,
  );
  const before = here.chosen(id, task);
  const folder = file && vscode.workspace.getWorkspaceFolder(file)?.uri.toString();
  const same = all.filter((each) => taskKey(each.facts) === before);
  if (same.length > 1) return "ambiguous";
  if (same[0] !== undefined) return same[0];
  if (all.length === 0) return "missing";
  const near = all.filter(({ facts }) => facts.place === folder);
  const narrowed = near.length > 0 ? near : all;
  const [only] = narrowed;
  // A person chose another one, or chose in another workspace: what they agreed to for another order is not meant then.
  const isSettled = before === undefined && file !== undefined;
  if (narrowed.length === 1 && only && (isSettled || !isAgreed(here, only, all))) return only;
  // Nobody could say which one is meant, and which one was agreed to.
  if (new Set(narrowed.map(({ facts }) => taskKey(facts))).size < narrowed.length) return "ambiguous";
  const title = localize("Choose which “{0}” to run after saving", task);
  const chosen = await showPick({ title, placeholder: localize("Name"), choices: taskChoices(narrowed) });
  if (chosen !== undefined) await here.choose(id, task, taskKey(chosen.facts));
  return chosen;
}

/** Whether a person agreed to a task as it is, and so would not be asked about it again. */
function isAgreed(here: TaskMemory, task: FoundTask, all: readonly FoundTask[]): boolean {
  return here.standing(taskKey(task.facts), definitionOf(task, all).hash) === "agreed";
}

/** Tasks as items of a list. */
export function taskChoices(tasks: readonly FoundTask[]): readonly Choice<FoundTask>[] {
  return tasks.map((value) => {
    const [first] = definitionOf(value, tasks).lines;
    return {
      label: value.facts.name,
      description: originWords(value),
      ...(first !== undefined && { detail: first }),
      value,
    };
  });
}

/**
 * Whether a person agrees to what a task does: once for each task and who named it, and again when that changed. The
 * task is looked up again after each question, since its definition may change while it is open.
 * @returns the task as it is now, with its definition; undefined when the person does not agree, or it is gone
 */
export async function mayRun(
  program: Program,
  found: FoundTask,
  asked: TaskQuestion,
): Promise<{ readonly found: FoundTask; readonly definition: TaskDefinition } | undefined> {
  const { here } = program;
  let agreed: string | undefined;
  for (let asks = 0; asks < MAX_QUESTIONS; asks++) {
    const all = await findTasks();
    const [task, ...others] = all.filter(({ facts }) => taskKey(facts) === taskKey(found.facts));
    if (task === undefined || others.length > 0) return undefined;
    const definition = definitionOf(task, all);
    const name = taskKey(task.facts, asked.by?.toString());
    const standing = definition.isKnown ? here.standing(name, definition.hash) : "new";
    if (standing === "agreed" || definition.hash === agreed) return { found: task, definition };
    const isChanged = standing === "changed" || agreed !== undefined;
    if (!(await agreesTo(program, task, definition, asked, isChanged))) return undefined;
    agreed = definition.hash;
    if (definition.isKnown) await here.agree(name, definition.hash);
  }
  return undefined;
}

/** Whoever changes a task each time that it is asked about gets nothing. */
const MAX_QUESTIONS = 5;

/** What a person is asked about a task. */
interface TaskQuestion {
  readonly question: string;
  /** The button that agrees. */
  readonly agree: string;
  /** What is saved. */
  readonly title: string;
  /** The order file that names it; absent if a person chose it. */
  readonly by?: vscode.Uri | undefined;
}

async function agreesTo(
  { collector }: Program,
  found: FoundTask,
  { lines, isKnown }: TaskDefinition,
  { question, agree, title, by }: TaskQuestion,
  isChanged: boolean,
): Promise<boolean> {
  const { name } = found.facts;
  // A line break begins another command: it must not look like a blank.
  const whole = lines.map((line) => inertText(line.replace(/[\n\v\f\r\u0085\u2028\u2029]/g, " ↵ "), MAX_READABLE + 1));
  if (whole.join("").length > MAX_READABLE) {
    await askModally(localize("“{0}” is too long to be read, and was not run.", name), []);
    return false;
  }
  const before = [
    ...(isChanged ? [localize("It changed since you agreed.")] : []),
    by === undefined
      ? localize("Where it is from: {0}", originWords(found))
      : localize("Named by {0}; where it is from: {1}", vscode.workspace.asRelativePath(by), originWords(found)),
  ];
  const after = isKnown
    ? localize("You are asked again when this changes. Scripts and programs that it starts can change unnoticed.")
    : localize("You are asked each time, since not all that it runs can be seen.");
  const shown = whole.flatMap(inPieces);
  if (shown.length <= MAX_LINES)
    return (await askModally(question, [...before, "", ...shown, "", after], agree)) === agree;
  const show = localize("Show It");
  const words = localize("What it does takes {0} lines.", shown.length);
  if ((await askModally(question, [...before, "", words, after], show)) !== show) return false;
  await collector.texts.open(
    localize("Task of {0}", title),
    `${[name, ...before, "", ...whole, "", after].join("\n")}\n`,
  );
  const choices = [
    { label: agree, value: true },
    { label: localize("Do Not Run It"), value: false },
  ];
  return (await showPick({ title: question, placeholder: localize("This is what it does."), choices })) === true;
}

/** A line in pieces that a dialog does not cut. */
function inPieces(line: string): readonly string[] {
  const pieces: string[] = [];
  for (let at = 0; at < line.length || at === 0; at += MAX_LINE) pieces.push(line.slice(at, at + MAX_LINE));
  return pieces;
}

import * as vscode from "vscode";
import { localize } from "../base/localize";
import {
  describeTask,
  type TaskDefinition,
  type TaskExecutionFacts,
  type TaskFacts,
  type TaskSurroundings,
} from "./task-definition";
import { inRow } from "../../words/localize";

/** A task of the editor, and what is known of it. */
export interface FoundTask {
  readonly task: vscode.Task;
  readonly facts: TaskFacts;
}

/** The tasks of the workspace, of the user and of other extensions, as they are now. */
export async function findTasks(): Promise<readonly FoundTask[]> {
  return (await vscode.tasks.fetchTasks()).map((task) => ({ task, facts: factsOf(task) }));
}

/** What running a task would do. @param all from the same look as the task */
export function definitionOf({ facts }: FoundTask, all: readonly FoundTask[]): TaskDefinition {
  return describeTask(facts, { ...SURROUNDINGS, all: all.map((each) => each.facts) }, localize);
}

/** Where a task is from, for a person: who provides it, and for which folder. */
export function originWords({ facts: { source }, task: { scope } }: FoundTask): string {
  const place =
    typeof scope === "object"
      ? scope.name
      : scope === vscode.TaskScope.Global
        ? localize("user tasks")
        : localize("workspace");
  return source === "Workspace" ? place : inRow([source, place], localize);
}

/** Field by field: those of the editor's objects are not their own, and would be lost in a copy. */
function factsOf(task: vscode.Task): TaskFacts {
  const { name, source, scope, definition, isBackground, presentationOptions: presentation, runOptions } = task;
  const place = typeof scope === "object" ? scope.uri.toString() : scope === vscode.TaskScope.Global ? USER : WORKSPACE;
  const execution = executionOf(task.execution);
  return { name, source, place, definition, isBackground, presentation, runOptions, ...(execution && { execution }) };
}

const USER = "user";
const WORKSPACE = "workspace";

function executionOf(execution: vscode.Task["execution"]): TaskExecutionFacts | undefined {
  if (execution === undefined) return undefined;
  if (execution instanceof vscode.ProcessExecution) {
    const { process: command, args, options = {} } = execution;
    return { kind: "process", command, args, options };
  }
  if (execution instanceof vscode.ShellExecution) {
    const { commandLine, command, args = [], options = {} } = execution;
    return { kind: "shell", command: commandLine ?? command, args, options };
  }
  return { kind: "custom" };
}

const SURROUNDINGS: Omit<TaskSurroundings, "all"> = {
  // The file's own text, without its comments, as the editor itself has read it.
  written: (place) => {
    const found = configurationOf(place).inspect<Readonly<Record<string, unknown>>>("tasks");
    if (place === USER) return found?.globalValue;
    return place === WORKSPACE ? found?.workspaceValue : found?.workspaceFolderValue;
  },
  setting: (name, place) => configurationOf(place).get(name),
};

function configurationOf(place: string): vscode.WorkspaceConfiguration {
  const isFolder = place !== USER && place !== WORKSPACE;
  return vscode.workspace.getConfiguration(undefined, isFolder ? vscode.Uri.parse(place) : null);
}

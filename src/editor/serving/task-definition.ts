import { hash } from "node:crypto";
import type { Localize } from "../../words/localize";
import { allOf } from "../../words/phrase";

/** How a task starts, as the editor tells it. `custom`: code of the extension that provides it. */
export type TaskExecutionFacts =
  | { readonly kind: "process"; readonly command: string; readonly args: readonly string[]; readonly options: object }
  | {
      readonly kind: "shell";
      readonly command: unknown;
      readonly args: readonly unknown[];
      readonly options: object;
    }
  | { readonly kind: "custom" };

/** A task of the editor, as plain data. */
export interface TaskFacts {
  readonly name: string;
  /** Who provides it: "Workspace" for tasks.json, else an extension's word for itself. */
  readonly source: string;
  /** URI of its workspace folder, "workspace" or "user". */
  readonly place: string;
  readonly definition: object;
  /** Absent if it only runs others, or nobody tells. */
  readonly execution?: TaskExecutionFacts;
  readonly isBackground: boolean;
  readonly presentation: object;
  readonly runOptions: object;
}

/** What stands in the tasks.json of a place: the editor's interface does not tell which other tasks one depends on. */
export type WrittenTasks = Readonly<Record<string, unknown>>;

/** Where to look up what a task depends on. */
export interface TaskSurroundings {
  /** All tasks, of all places. */
  readonly all: readonly TaskFacts[];
  readonly written: (place: string) => WrittenTasks | undefined;
  /** A setting, by its name, for a place. */
  readonly setting: (name: string, place: string) => unknown;
}

/** What a person agrees to. */
export interface TaskDefinition {
  /** What runs, first things first: a line each, inert only once it is shown. */
  readonly lines: readonly string[];
  /** Over all of it, and whatever the lines leave out, too. SHA-256, hex. */
  readonly hash: string;
  /** Whether all that runs is known. If not, no consent is kept. */
  readonly isKnown: boolean;
  /** The task and those that it depends on, as far as they are known. */
  readonly runs: readonly TaskFacts[];
}

/** Tasks that one may depend on, at any depth, and settings that they may name. */
const MAX_TASKS = 30;
const MAX_SETTINGS = 50;

/**
 * What a task does, with all that it depends on. Everything in it comes from files of the workspace or from other
 * extensions.
 */
export function describeTask(task: TaskFacts, around: TaskSurroundings, localize: Localize): TaskDefinition {
  const runs = new Map<TaskFacts, Written>();
  /** What others need comes before these. */
  const order: TaskFacts[] = [];
  const unknown: string[] = [];
  const visit = (each: TaskFacts): void => {
    if (runs.has(each)) return;
    if (runs.size >= MAX_TASKS) {
      unknown.push(each.name);
      return;
    }
    const written = writtenOf(each, around);
    runs.set(each, written);
    if (!isTold(each, written)) unknown.push(each.name);
    for (const needed of written.dependsOn) {
      const found = dependencyOf(needed, each, around.all);
      if (found === undefined) unknown.push(typeof needed === "string" ? needed : canonicalJson(needed));
      else visit(found);
    }
    order.push(each);
  };
  visit(task);
  const whole = [...runs].map(([facts, { entries, common }]) => ({
    ...facts,
    definition: ownDefinition(facts),
    entries,
    common,
  }));
  const { settings, isAll } = settingsIn(whole, task.place, around);
  const variables = inputsIn(whole, settings);
  return {
    runs: [...runs.keys()],
    isKnown: unknown.length === 0 && isAll,
    hash: hash("sha256", canonicalJson({ whole, settings })),
    lines: [
      ...order.flatMap((each, index) => [
        ...(index === 0 ? [] : [""]),
        ...(order.length === 1 ? [] : [localize("“{0}”:", each.name)]),
        ...linesOf(each, runs.get(each)?.dependsOn.length ?? 0, localize),
      ]),
      ...variables.map((input) => localize("Input: {0}", canonicalJson(input))),
      ...Object.entries(settings).map(([name, value]) =>
        localize("Setting {0}: {1}", name, value === undefined ? "" : canonicalJson(value)),
      ),
      ...unknown.map((name) => localize("What “{0}” runs cannot be seen here.", name)),
    ],
  };
}

/** The parts of tasks.json that belong to a task. */
interface Written {
  /** With its label; if there are none, those without a label. */
  readonly entries: readonly object[];
  /** What holds for all tasks of the file. */
  readonly common: object;
  readonly dependsOn: readonly unknown[];
}

function writtenOf({ name, place }: TaskFacts, { written }: TaskSurroundings): Written {
  const { tasks, ...common } = written(place) ?? {};
  const all = Array.isArray(tasks) ? tasks.filter(isObject) : [];
  const labelled = all.filter((entry) => labelOf(entry) === name);
  const entries = labelled.length > 0 ? labelled : all.filter((entry) => labelOf(entry) === undefined);
  const dependsOn = entries.flatMap((entry): unknown[] =>
    [read(entry, "dependsOn")].flat().filter((each) => each !== undefined),
  );
  return { entries, common, dependsOn };
}

const labelOf = (entry: object): unknown => read(entry, "label") ?? read(entry, "taskName");

/** Whether it is known what a task itself runs. */
function isTold({ source, definition, execution }: TaskFacts, { entries, dependsOn }: Written): boolean {
  if (source === WORKSPACE && entries.length === 0) return false;
  if (execution === undefined) return read(definition, "type") === COMPOSITE && dependsOn.length > 0;
  return execution.kind !== "custom";
}

const WORKSPACE = "Workspace";
const COMPOSITE = "$composite";

/** The task that another one depends on, as the editor looks for it: by label, or by what its definition says. */
function dependencyOf(needed: unknown, { place }: TaskFacts, all: readonly TaskFacts[]): TaskFacts | undefined {
  const fits = (each: TaskFacts): boolean => {
    if (typeof needed === "string") return each.name === needed || `${each.source}: ${each.name}` === needed;
    return (
      isObject(needed) &&
      Object.entries(needed).every(([key, value]) => canonicalJson(read(each.definition, key)) === canonicalJson(value))
    );
  };
  const found = all.filter(fits);
  const near = found.filter((each) => each.place === place);
  const [only, ...others] = near.length > 0 ? near : found;
  return others.length === 0 ? only : undefined;
}

/** Without the names that the editor makes up for tasks of tasks.json, anew in each window. */
export function ownDefinition({ source, definition }: Pick<TaskFacts, "source" | "definition">): object {
  if (source !== WORKSPACE) return definition;
  return Object.fromEntries(Object.entries(definition).filter(([key]) => key !== "id" && key !== "_key"));
}

function linesOf(task: TaskFacts, dependencies: number, localize: Localize): string[] {
  const { execution, presentation, isBackground } = task;
  const lines = execution === undefined || execution.kind === "custom" ? [] : startLines(execution, localize);
  return [
    ...(execution?.kind === "custom"
      ? [localize("Runs code of the extension that provides it ({0}).", task.source)]
      : []),
    ...(execution === undefined && dependencies > 0 ? [localize("Runs the tasks above.")] : []),
    ...lines,
    ...(isBackground ? [localize("Goes on in the background.")] : []),
    ...terminalLines(presentation, localize),
    localize("Provided by: {0}, {1}", task.source, canonicalJson(ownDefinition(task))),
  ];
}

/** Where its terminal is not shown, as it usually is. The numbers are those of the editor's TaskRevealKind. */
function terminalLines(presentation: object, localize: Localize): string[] {
  const reveal = read(presentation, "reveal");
  if (reveal === 3) return [localize("Its terminal is not shown.")];
  return reveal === 2 ? [localize("Its terminal is shown only if something goes wrong.")] : [];
}

function startLines(execution: Exclude<TaskExecutionFacts, { kind: "custom" }>, localize: Localize): string[] {
  const { kind, command, args, options } = execution;
  const cwd = read(options, "cwd");
  const env = read(options, "env");
  const shell = read(options, "executable");
  const shellArgs = read(options, "shellArgs");
  const names = isObject(env) ? Object.entries(env).map(([name, value]) => `${name}=${shownValue(name, value)}`) : [];
  const program = typeof command === "string" ? command : canonicalJson(command);
  return [
    kind === "process" ? localize("Starts: {0}", program) : localize("Command line: {0}", program),
    ...(args.length > 0 ? [localize("Arguments: {0}", args.map((each) => canonicalJson(each)).join(" "))] : []),
    ...(typeof cwd === "string" ? [localize("Folder: {0}", cwd)] : []),
    ...(names.length > 0 ? [localize("Sets in the environment: {0}", allOf(names))] : []),
    ...(shell === undefined && shellArgs === undefined
      ? []
      : [
          localize(
            "Shell: {0}",
            [shell, shellArgs]
              .filter((each) => each !== undefined)
              .map(canonicalJson)
              .join(" "),
          ),
        ]),
  ];
}

/** A value of the environment, unless its name says that it is a secret: a program may be chosen by one, as by PATH. */
function shownValue(name: string, value: unknown): string {
  return /pass|secret|token|credential|key/i.test(name) ? "…" : canonicalJson(value);
}

/** The settings whose values the editor puts into a task, by name, with what they are now. */
function settingsIn(
  whole: unknown,
  place: string,
  { setting }: TaskSurroundings,
): { readonly settings: Readonly<Record<string, unknown>>; readonly isAll: boolean } {
  const found = new Map<string, unknown>();
  const values: unknown[] = [whole];
  let isAll = true;
  for (const value of values) {
    for (const name of textsIn(value).flatMap(namedSettings)) {
      if (name !== undefined && found.has(name)) continue;
      if (name === undefined || found.size >= MAX_SETTINGS) {
        isAll = false;
        continue;
      }
      const named = setting(name, place);
      found.set(name, named);
      values.push(named);
    }
  }
  return { settings: Object.fromEntries(found), isAll };
}

/** All texts in a value, names of members too. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => [name, ...textsIn(member)]);
}

const SETTING = "${config:";

/** The settings that a text names, as the editor reads it: braces inside count. `undefined` for one without an end. */
function namedSettings(text: string): readonly (string | undefined)[] {
  const names: (string | undefined)[] = [];
  for (let from = text.indexOf(SETTING); from >= 0; from = text.indexOf(SETTING, from + 1)) {
    let open = 1;
    let at = from + SETTING.length;
    for (; at < text.length && open > 0; at++) open += text[at] === "{" ? 1 : text[at] === "}" ? -1 : 0;
    names.push(open > 0 ? undefined : text.slice(from + SETTING.length, at - 1));
    if (names.length > MAX_SETTINGS) break;
  }
  return names;
}

/** The inputs of tasks.json that tasks or their settings name: a command of the editor may answer them. */
function inputsIn(whole: readonly { readonly common: object }[], settings: object): readonly object[] {
  const text = canonicalJson([whole.map((task) => ({ ...task, common: undefined })), settings]);
  const all = whole.flatMap(({ common }) => [read(common, "inputs")].flat().filter(isObject));
  return [...new Set(all)].filter((input) => text.includes(`\${input:${String(read(input, "id"))}}`));
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** An own member: what a file says, and nothing that every object has. */
const read = (value: object, name: string): unknown =>
  Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined;

/** JSON with the members of each object sorted by name: the same for equal values. */
export function canonicalJson(value: unknown): string {
  const sorted = (_: string, each: unknown): unknown =>
    isObject(each) && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each;
  // Of what has no JSON, nothing is left.
  return JSON.stringify(value, sorted) ?? "";
}

import * as vscode from "vscode";
import { framedQuestion } from "./framed-question";
import { inertText } from "./inert-text";
import { signalOf } from "./signal-of";
import { errorWords, localize, localized } from "./localize";
import type { Phrase } from "../../words/phrase";

// The only way for texts into notifications, questions, lists, input boxes and progress. Everything is made inert here,
// so callers need not know what comes from outside. A lint rule keeps the editor's own functions out of other files.

/** Lines of the small print below a question, and characters of each; more would push its buttons off the screen. */
const MAX_DETAIL_LINES = 30;
const MAX_DETAIL_LINE = 300;

/** Shows a notification. @returns the action chosen, `undefined` when it was dismissed */
export function showInformation(text: string, ...actions: readonly string[]): Thenable<string | undefined> {
  return vscode.window.showInformationMessage(inertText(text), ...actions.map(inertLabel));
}

/** As {@link showInformation}, as a warning. */
export function showWarning(text: string, ...actions: readonly string[]): Thenable<string | undefined> {
  return vscode.window.showWarningMessage(inertText(text), ...actions.map(inertLabel));
}

/** As {@link showInformation}, as an error. */
export function showError(text: string, ...actions: readonly string[]): Thenable<string | undefined> {
  return vscode.window.showErrorMessage(inertText(text), ...actions.map(inertLabel));
}

/**
 * Asks a question in a modal dialog.
 * @param question one sentence
 * @param detail small print, a line each; an empty line separates paragraphs
 * @returns the action chosen, `undefined` when the person cancelled
 */
export function askModally(
  question: string,
  detail: readonly string[],
  ...actions: readonly string[]
): Thenable<string | undefined> {
  const lines = detail.map((line) => inertText(line, MAX_DETAIL_LINE));
  const shown = lines.length > MAX_DETAIL_LINES ? [...lines.slice(0, MAX_DETAIL_LINES - 1), "…"] : lines;
  const options = { modal: true, detail: shown.join("\n") };
  return vscode.window.showWarningMessage(inertText(question), options, ...actions.map(inertLabel));
}

/**
 * Shows a message in the status bar for a while.
 * @param ms until the message disappears
 */
export function showInStatusBar(text: string, ms: number): void {
  vscode.window.setStatusBarMessage(inertText(text), ms);
}

/** What a running task can report. */
export interface Progress {
  /** @param increment percent of the whole, added to those before */
  report(message: string, increment?: number): void;
}

/** Shows a task's progress in a notification with a Cancel button until it ends. */
export function withProgress<T>(
  title: string,
  task: (signal: AbortSignal, progress: Progress) => Promise<T>,
): Thenable<T> {
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, cancellable: true, title: inertText(title) }, (progress, token) =>
    task(signalOf(token), {
      report: (message, increment) =>
        progress.report({ message: inertText(message), ...(increment !== undefined && { increment }) }),
    }),
  );
}

/** Shows in the status bar, or above a view, that a task is under way. */
export function withQuietProgress<T>(title: string, task: () => Promise<T>, viewId?: string): Thenable<T> {
  const location = viewId === undefined ? vscode.ProgressLocation.Window : { viewId };
  return vscode.window.withProgress({ location, title: inertText(title) }, task);
}

interface PromptFrame {
  readonly title: string;
  /** The step of several (base 1), and how many there are if that is known. */
  readonly step?: number;
  readonly totalSteps?: number;
  /** Whether a Back button is shown. */
  readonly canGoBack?: boolean;
  /** Whether it stays open when it loses focus; by default it does. */
  readonly stays?: boolean;
  /** Further buttons beside the title. */
  readonly buttons?: readonly PromptButton[];
}

/** A button of a prompt or of a choice: it ends the prompt, and the caller goes on. */
export interface PromptButton {
  readonly id: string;
  /** A product icon. */
  readonly icon: string;
  readonly tooltip: string;
}

/** What a person answered, the button that they pressed, or how they left: by Back, or by dismissing the prompt. */
export type Answered<T> = { readonly answer: T } | { readonly pressed: string } | { readonly left: "back" | "away" };

export interface InputOptions extends PromptFrame {
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value?: string;
  /** Masked, and not trimmed, since spaces may belong to a password. */
  readonly secret?: boolean;
  /** Whether a button masks what is typed, where it may be a secret. */
  readonly canHide?: boolean;
  /** Returns a sentence that says what is wrong with a text, or `undefined`. Called when the text is submitted. */
  readonly check?: (text: string) => Phrase | string | undefined | Promise<Phrase | string | undefined>;
  /** Called with the text in the box at each key, trimmed like the answer. */
  readonly changed?: (text: string) => void;
}

/** Asks for a text. @returns `undefined` when the person left */
export async function showInput(options: InputOptions): Promise<string | undefined> {
  return answerOf(await askInput(options));
}

/** As {@link showInput}, for one question of several. */
export function askInput(options: InputOptions): Promise<Answered<string>> {
  const box = vscode.window.createInputBox();
  const { secret = false, check, changed } = options;
  box.prompt = inertText(options.prompt);
  box.placeholder = inertText(options.placeholder ?? "");
  box.value = options.value ?? "";
  box.password = secret;
  const hide = { iconPath: new vscode.ThemeIcon("eye-closed"), tooltip: localize("Hide or Show What You Type") };
  const text = (): string => (secret ? box.value : box.value.trim());
  return show(box, options, (accept) => {
    box.onDidChangeValue(() => {
      box.validationMessage = undefined;
      changed?.(text());
    });
    box.onDidAccept(async () => {
      const answer = text();
      box.busy = true;
      // A check that fails is a problem to be told like any other.
      const problem = await Promise.resolve(answer)
        .then((typed) => check?.(typed))
        .catch(errorWords);
      box.busy = false;
      // More was typed in the meantime: the next Enter accepts that.
      if (text() !== answer) return;
      box.validationMessage = problem === undefined ? undefined : inertText(localized(problem));
      if (problem === undefined) accept(answer);
    });
    if (options.canHide === true) {
      box.buttons = [...box.buttons, hide];
      box.onDidTriggerButton((button) => button === hide && (box.password = !box.password));
    }
  });
}

/** One choice of a list. */
export interface Choice<T> {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly value: T;
  readonly icon?: vscode.ThemeIcon;
  /** Selected from the start, in a list with multiple selection. */
  readonly picked?: boolean;
  /** Whether it cannot be selected in such a list, and only says why. */
  readonly isFixed?: boolean;
  /** What else can be done with it. */
  readonly actions?: readonly PromptButton[];
}

/** A labelled separator between choices. */
export interface Heading {
  readonly heading: string;
}

export interface PickOptions<T> extends PromptFrame {
  readonly placeholder: string;
  /** Whether the question is a warning, which stands in the title. */
  readonly isWarning?: boolean;
  readonly choices: readonly (Choice<T> | Heading)[];
  /** Said in place of the title when a list with multiple selection is accepted without any: it stays open then. */
  readonly unmarked?: string;
}

type Item<T> = vscode.QuickPickItem & { readonly of?: Choice<T> };

/** Asks for one of several choices. @returns `undefined` when the person left */
export async function showPick<T>(options: PickOptions<T>): Promise<T | undefined> {
  return answerOf(await askPick(options));
}

/** As {@link showPick}, for one question of several. */
export function askPick<T>(asked: PickOptions<T>): Promise<Answered<T>> {
  const options = framed(asked, false);
  const pick = listOf(options);
  return show(pick, options, (accept) => {
    pick.onDidAccept(() => {
      const chosen = pick.selectedItems[0]?.of;
      if (chosen !== undefined) accept(chosen.value);
    });
  });
}

/** Asks for any number of several choices. @returns `undefined` when the person left */
export async function showPickMany<T>(options: PickOptions<T>): Promise<readonly T[] | undefined> {
  const marked = await askPickMany(options);
  return marked === undefined || marked.pressed !== undefined ? undefined : marked.picked;
}

/** What is marked in a list with multiple selection, when it was accepted or one of its buttons was pressed. */
export interface MarkedRows<T> {
  readonly picked: readonly T[];
  readonly pressed?: string;
  /** The choice whose button it is. */
  readonly on?: T;
}

/** As {@link showPickMany}, with the buttons of the list and of its choices. */
export async function askPickMany<T>(asked: PickOptions<T>): Promise<MarkedRows<T> | undefined> {
  const options = framed(asked, true);
  const pick = listOf(options);
  pick.canSelectMany = true;
  pick.selectedItems = pick.items.filter(({ picked }) => picked === true);
  const picked = (): readonly T[] => pick.selectedItems.flatMap(({ of }) => (of === undefined ? [] : [of.value]));
  const answered = await show<MarkedRows<T>>(pick, options, (accept) => {
    pick.onDidChangeSelection((items) => {
      const free = items.filter(({ of }) => of?.isFixed !== true);
      if (free.length < items.length) pick.selectedItems = free;
    });
    pick.onDidAccept(() => {
      if (asked.unmarked === undefined || picked().length > 0) accept({ picked: picked() });
      else pick.title = inertText(asked.unmarked);
    });
    pick.onDidTriggerItemButton(({ item: { of }, button }) => {
      const pressed = of?.actions?.find(({ tooltip }) => inertText(tooltip) === button.tooltip)?.id;
      if (of !== undefined && pressed !== undefined) accept({ picked: picked(), pressed, on: of.value });
    });
  });
  if ("pressed" in answered) return { picked: picked(), pressed: answered.pressed };
  return answerOf(answered);
}

function buttonOf({ icon, tooltip }: PromptButton): vscode.QuickInputButton {
  return { iconPath: new vscode.ThemeIcon(icon), tooltip: inertText(tooltip) };
}

const answerOf = <T>(answered: Answered<T>): T | undefined => ("answer" in answered ? answered.answer : undefined);

function listOf<T>({ placeholder, choices }: PickOptions<T>): vscode.QuickPick<Item<T>> {
  const pick = vscode.window.createQuickPick<Item<T>>();
  pick.placeholder = inertText(placeholder);
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.items = choices.map((choice): Item<T> => {
    if ("heading" in choice) return { label: inertLabel(choice.heading), kind: vscode.QuickPickItemKind.Separator };
    const { label, description, detail, icon, picked, actions } = choice;
    return {
      label: inertLabel(label),
      ...(description !== undefined && { description: inertLabel(description) }),
      ...(detail !== undefined && { detail: inertLabel(detail) }),
      ...(icon !== undefined && { iconPath: icon }),
      ...(picked !== undefined && { picked }),
      ...(actions !== undefined && { buttons: actions.map(buttonOf) }),
      of: choice,
    };
  });
  return pick;
}

const framed = <T>(options: PickOptions<T>, hasCount: boolean): PickOptions<T> =>
  framedQuestion(options, hasCount, localize("Type to filter"));

/** Sets up a prompt, shows it, and disposes of it however the person leaves. */
function show<T>(
  input: vscode.QuickInput & Pick<vscode.InputBox, "buttons" | "onDidTriggerButton">,
  { title, step, totalSteps, canGoBack = false, stays = true, buttons = [] }: PromptFrame,
  begin: (accept: (value: T) => void) => void,
): Promise<Answered<T>> {
  input.title = inertText(title);
  input.step = totalSteps === undefined ? undefined : step;
  input.totalSteps = totalSteps;
  input.ignoreFocusOut = stays;
  const own = buttons.map((button) => ({ ...buttonOf(button), id: button.id }));
  input.buttons = [...(canGoBack ? [vscode.QuickInputButtons.Back] : []), ...own];
  return new Promise<Answered<T>>((resolve) => {
    input.onDidTriggerButton((pressed) => {
      const button = own.find((each) => each === pressed);
      if (button !== undefined) resolve({ pressed: button.id });
      else if (pressed === vscode.QuickInputButtons.Back) resolve({ left: "back" });
    });
    input.onDidHide(() => resolve({ left: "away" }));
    begin((answer) => resolve({ answer }));
    input.show();
  }).finally(() => input.dispose());
}

const inertLabel = (text: string): string => inertText(text, MAX_DETAIL_LINE);

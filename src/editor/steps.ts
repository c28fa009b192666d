import * as vscode from "vscode";

/** One choice of a {@link Screen.pick}. */
export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

/** What one step shows. Both throw {@link Left} when the person goes back or away. */
export interface Screen {
  /** A text. `check` gives the sentence that says what is wrong, or `undefined`. The result is trimmed unless secret. */
  input(options: {
    prompt: string;
    placeholder?: string;
    value?: string;
    secret?: boolean;
    check?: (text: string) => string | undefined;
  }): Promise<string>;
  pick<T>(options: { placeholder: string; choices: readonly Choice<T>[] }): Promise<T>;
}

/** One question of several. Returning without having asked skips it. */
export type Step = (screen: Screen) => Promise<void>;

class Left extends Error {
  constructor(readonly where: "back" | "away") {
    super(where);
  }
}

/**
 * Asks one question after the other in the quick input, with a Back button, as the editor's own dialogs do.
 * @param title shown above each question
 * @param steps each stores its answer where it likes; a step met again after Back may show its former answer. A function
 *   gives the step at a place (base 0), or `undefined` at the end, where later questions depend on earlier answers
 * @returns false when the person left before the end
 */
export async function askSteps(
  title: string,
  steps: readonly Step[] | ((place: number) => Step | undefined),
): Promise<boolean> {
  const shown: number[] = [];
  const known = typeof steps === "function" ? undefined : steps;
  const stepAt = typeof steps === "function" ? steps : (place: number) => known?.[place];
  let at = 0;
  for (let step = stepAt(at); step !== undefined; step = stepAt(at)) {
    let asked = false;
    const frame = (): Frame => {
      asked = true;
      return { title, step: at + 1, of: known?.length, canGoBack: shown.length > 0 };
    };
    try {
      await step({ input: (options) => showInput(frame(), options), pick: (options) => showPick(frame(), options) });
      if (asked) shown.push(at);
      at += 1;
    } catch (error) {
      if (!(error instanceof Left)) throw error;
      const previous = error.where === "back" ? shown.pop() : undefined;
      if (previous === undefined) return false;
      at = previous;
    }
  }
  return true;
}

interface Frame {
  readonly title: string;
  readonly step: number;
  /** How many there are, where that is known. */
  readonly of: number | undefined;
  readonly canGoBack: boolean;
}

/** Dresses a quick input, shows it, and ends it however the person leaves. */
function show<I extends vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox, T>(
  frame: Frame,
  input: I,
  begin: (input: I, accept: (value: T) => void) => void,
): Promise<T> {
  input.title = frame.title;
  if (frame.of !== undefined) {
    input.step = frame.step;
    input.totalSteps = frame.of;
  }
  input.ignoreFocusOut = true;
  input.buttons = frame.canGoBack ? [vscode.QuickInputButtons.Back] : [];
  return new Promise<T>((resolve, reject) => {
    input.onDidTriggerButton(() => reject(new Left("back")));
    input.onDidHide(() => reject(new Left("away")));
    begin(input, resolve);
    input.show();
  }).finally(() => input.dispose());
}

function showInput(frame: Frame, options: Parameters<Screen["input"]>[0]): Promise<string> {
  return show<vscode.InputBox, string>(frame, vscode.window.createInputBox(), (box, accept) => {
    box.prompt = options.prompt;
    box.placeholder = options.placeholder;
    box.value = options.value ?? "";
    box.password = options.secret === true;
    const text = (): string => (options.secret === true ? box.value : box.value.trim());
    box.onDidChangeValue(() => (box.validationMessage = undefined));
    box.onDidAccept(() => {
      box.validationMessage = options.check?.(text());
      if (!box.validationMessage) accept(text());
    });
  });
}

function showPick<T>(frame: Frame, options: { placeholder: string; choices: readonly Choice<T>[] }): Promise<T> {
  return show<vscode.QuickPick<Choice<T>>, T>(frame, vscode.window.createQuickPick<Choice<T>>(), (pick, accept) => {
    pick.placeholder = options.placeholder;
    pick.items = options.choices;
    pick.matchOnDescription = true;
    pick.matchOnDetail = true;
    pick.onDidAccept(() => {
      const chosen = pick.selectedItems[0];
      if (chosen !== undefined) accept(chosen.value);
    });
  });
}

import * as vscode from "vscode";

/** A text that the editor was given to show, and where. */
export interface Shown {
  readonly place: Place;
  readonly text: string;
}

export type Place = "message" | "modal" | "prompt" | "list" | "progress" | "status-bar" | "panel";

/**
 * Takes over, for the time of an action, everything by which an extension speaks to a person, and keeps what was said.
 * Whoever asks gets no answer, as when a person leaves.
 * @param agrees the person presses the first button of modal questions
 */
export async function recording(
  action: () => Thenable<unknown>,
  { agrees = false }: { readonly agrees?: boolean } = {},
): Promise<readonly Shown[]> {
  const shown: Shown[] = [];
  const keep = (place: Place, ...texts: unknown[]): void => {
    for (const text of texts) if (typeof text === "string" && text !== "") shown.push({ place, text });
  };
  const before = { ...pick(vscode.window) };
  const { createInputBox, createQuickPick, withProgress, createWebviewPanel } = vscode.window;
  const message = (said: string, ...more: unknown[]): Promise<unknown> => {
    const [options] = more;
    const isModal = typeof options === "object" && options !== null && "modal" in options && options.modal === true;
    keep(isModal ? "modal" : "message", said, ...more.flatMap(textsIn));
    return Promise.resolve(isModal && agrees ? more[1] : undefined);
  };
  Object.assign(vscode.window, {
    showInformationMessage: message,
    showWarningMessage: message,
    showErrorMessage: message,
    setStatusBarMessage: (text: string) => {
      keep("status-bar", text);
      return new vscode.Disposable(() => undefined);
    },
    createInputBox: () => left(createInputBox(), (text) => keep("prompt", text)),
    createQuickPick: () => left(createQuickPick(), (text) => keep("list", text)),
    withProgress: (options: vscode.ProgressOptions, task: Parameters<typeof withProgress>[1]) => {
      keep("progress", options.title);
      return withProgress(options, (progress, token) =>
        task(
          {
            report: (value) => {
              keep("progress", (value as { message?: string }).message);
              progress.report(value);
            },
          },
          token,
        ),
      );
    },
    createWebviewPanel: (...given: Parameters<typeof createWebviewPanel>) => {
      keep("panel", given[1]);
      return createWebviewPanel(...given);
    },
  });
  try {
    await action();
  } finally {
    Object.assign(vscode.window, before);
  }
  return shown;
}

function pick(window: typeof vscode.window) {
  const { showInformationMessage, showWarningMessage, showErrorMessage, setStatusBarMessage } = window;
  const { createInputBox, createQuickPick, withProgress, createWebviewPanel } = window;
  const messages = { showInformationMessage, showWarningMessage, showErrorMessage, setStatusBarMessage };
  return { ...messages, createInputBox, createQuickPick, withProgress, createWebviewPanel };
}

/**
 * A prompt whose texts are kept when it shows, and that the person leaves then. What stands in an input box is no text
 * of ours.
 */
function left<I extends vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>>(
  input: I,
  keep: (text: unknown) => void,
): I {
  return new Proxy(input, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (name !== "show") return typeof value === "function" ? (value.bind(target) as unknown) : value;
      return () => {
        keep(target.title);
        keep(target.placeholder);
        if ("prompt" in target) keep(target.prompt);
        if ("items" in target) for (const item of target.items) for (const text of textsIn(item)) keep(text);
        target.show();
        target.hide();
      };
    },
    set: (target, name, value) => Reflect.set(target, name, value, target),
  });
}

/** The texts of a choice, of a message's options, or the text itself. */
function textsIn(given: unknown): unknown[] {
  if (typeof given !== "object" || given === null) return [given];
  const { title, detail, label, description } = given as Record<string, unknown>;
  return [title, detail, label, description];
}

import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { PublicApi, PublicOrder } from "../../src/editor/public/public-types";

/** The extension under test, activated. */
export async function activated(): Promise<PublicApi> {
  const extension = vscode.extensions.getExtension<PublicApi>("certificate-collector.certificate-collector");
  assert.ok(extension, "the extension is not installed in this host");
  return extension.activate();
}

/** Runs one of our commands, as a keybinding, a task or another extension does. */
export function run<T = unknown>(name: string, argument?: unknown): Thenable<T> {
  return vscode.commands.executeCommand<T>(`certificateCollector.${name}`, argument);
}

/** Waits until an order is as wanted; the events of the extension say when to look. */
export async function until(api: PublicApi, id: string, wanted: (order: PublicOrder) => boolean): Promise<PublicOrder> {
  let heard: (() => void) | undefined;
  const subscription = api.onDidChangeOrders(() => heard?.());
  try {
    for (;;) {
      const changed = new Promise<void>((resolve) => (heard = resolve));
      const order = (await api.orders()).find((each) => each.id === id);
      if (order !== undefined && wanted(order)) return order;
      await changed;
    }
  } finally {
    subscription.dispose();
  }
}

/** Waits until the problems of a document are as wanted. */
export async function untilProblems(
  uri: vscode.Uri,
  wanted: (found: readonly vscode.Diagnostic[]) => boolean,
): Promise<readonly vscode.Diagnostic[]> {
  for (;;) {
    const changed = new Promise<void>((resolve) => {
      const heard = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        if (!uris.some((each) => each.toString() === uri.toString())) return;
        heard.dispose();
        resolve();
      });
    });
    const found = vscode.languages.getDiagnostics(uri);
    if (wanted(found)) return found;
    await changed;
  }
}

/**
 * Answers the questions of a command as a person does, in order: input boxes, lists and modal dialogs are taken over
 * for the time of `action`. What is typed passes the box' own check; several answers at once are rows that are ticked.
 */
export async function answering<T>(answers: readonly Answer[], action: () => Thenable<T>): Promise<T> {
  const left = [...answers];
  const { createInputBox, createQuickPick, showWarningMessage } = vscode.window;
  const window = vscode.window as unknown as Record<string, unknown>;
  window.createInputBox = () => scripted(createInputBox(), left);
  window.createQuickPick = () => scripted(createQuickPick(), left);
  window.showWarningMessage = (message: string, ...more: unknown[]) =>
    isModal(more[0])
      ? Promise.resolve(left.shift())
      : (showWarningMessage as (...all: unknown[]) => unknown)(message, ...more);
  try {
    const result = await action();
    assert.deepEqual(left, [], "not everything was asked for, or an answer was refused");
    return result;
  } finally {
    Object.assign(window, { createInputBox, createQuickPick, showWarningMessage });
  }
}

/** A text or the label of a row; several rows; or a row that is chosen where a list has it, and else passed over. */
type Answer = string | readonly string[] | { readonly ifOffered: string };

/** What a person chooses where another account has the same login already. */
export const ANOTHER_PASSWORD: Answer = { ifOffered: "Enter a Different Password for Both" };

function isModal(options: unknown): boolean {
  return typeof options === "object" && options !== null && "modal" in options && options.modal === true;
}

type Input = vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>;

/** A prompt that is answered as soon as it shows. */
function scripted<I extends Input>(input: I, answers: Answer[]): I {
  const listeners: (() => unknown)[] = [];
  return new Proxy(input, {
    get(target, name) {
      if (name === "onDidAccept") return (listener: () => unknown) => void listeners.push(listener);
      if (name === "show") return () => void answer(target, listeners, answers);
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
    set: (target, name, value) => Reflect.set(target, name, value, target),
  });
}

function isConditional(answer: Answer | undefined): answer is { readonly ifOffered: string } {
  return typeof answer === "object" && "ifOffered" in answer;
}

async function answer(input: Input, listeners: readonly (() => unknown)[], answers: Answer[]): Promise<void> {
  const labels = "items" in input ? input.items.map(({ label }) => label) : [];
  let given = answers.shift();
  while (isConditional(given)) given = labels.includes(given.ifOffered) ? given.ifOffered : answers.shift();
  assert.ok(given !== undefined, `asked for more: ${input.title ?? ""}`);
  if ("items" in input) {
    input.selectedItems = [given].flat().map((label) => {
      const item = input.items.find((each) => each.label === label);
      assert.ok(item, `no “${label}” among ${labels.join(", ")}`);
      return item;
    });
  } else {
    assert.ok(typeof given === "string");
    input.value = given;
  }
  for (const listener of listeners) await listener();
  const refusal = "items" in input ? undefined : input.validationMessage;
  if (refusal === undefined || refusal === "") return;
  // The command ends as when a person leaves, and the answer is among those that were not taken.
  answers.push(`refused: ${typeof refusal === "string" ? refusal : refusal.message}`);
  // What was never shown says nothing of its hiding.
  input.show();
  input.hide();
}

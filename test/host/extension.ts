import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { PublicApi, PublicOrder } from "../../src/editor/public-types";

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
  const { createInputBox, createQuickPick, showInputBox, showQuickPick, showWarningMessage } = vscode.window;
  const window = vscode.window as unknown as Record<string, unknown>;
  window.createInputBox = () => scripted(createInputBox(), left);
  window.createQuickPick = () => scripted(createQuickPick(), left);
  window.showInputBox = (options?: vscode.InputBoxOptions) => Promise.resolve(typed(left, options));
  window.showQuickPick = async (
    items: Items | Thenable<Items>,
    options?: vscode.QuickPickOptions & { canPickMany?: boolean },
  ) => picked(left, await items, options);
  window.showWarningMessage = (message: string, ...more: unknown[]) =>
    isModal(more[0])
      ? Promise.resolve(left.shift())
      : (showWarningMessage as (...all: unknown[]) => unknown)(message, ...more);
  try {
    const result = await action();
    assert.deepEqual(left, [], "not everything was asked for");
    return result;
  } finally {
    Object.assign(window, { createInputBox, createQuickPick, showInputBox, showQuickPick, showWarningMessage });
  }
}

type Answer = string | readonly string[];
type Items = readonly (string | vscode.QuickPickItem)[];

function isModal(options: unknown): boolean {
  return typeof options === "object" && options !== null && "modal" in options && options.modal === true;
}

function typed(answers: Answer[], options: vscode.InputBoxOptions = {}): string {
  const answer = answers.shift();
  assert.ok(typeof answer === "string", `asked for more: ${options.title ?? options.prompt ?? ""}`);
  assert.equal(options.validateInput?.(answer) ?? undefined, undefined);
  return answer;
}

function picked(answers: Answer[], items: Items, options: { title?: string; canPickMany?: boolean } = {}): unknown {
  const answer = answers.shift();
  assert.ok(answer !== undefined, `asked for more: ${options.title ?? ""}`);
  const labels = items.map((item) => (typeof item === "string" ? item : item.label));
  const found = [answer].flat().map((label) => {
    assert.ok(labels.includes(label), `no “${label}” among ${labels.join(", ")}`);
    return items[labels.indexOf(label)];
  });
  return options.canPickMany === true ? found : found[0];
}

type Input = vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>;

/** A box that is filled in and accepted as soon as it shows. */
function scripted<I extends Input>(input: I, answers: Answer[]): I {
  const listeners: (() => unknown)[] = [];
  return new Proxy(input, {
    get(target, name) {
      if (name === "onDidAccept") return (listener: () => unknown) => void listeners.push(listener);
      if (name === "show") {
        return () => {
          const answer = answers.shift();
          assert.ok(typeof answer === "string", `asked for more: ${target.title ?? ""}`);
          if ("items" in target) {
            const item = target.items.find(({ label }) => label === answer);
            assert.ok(item, `no “${answer}” among ${target.items.map(({ label }) => label).join(", ")}`);
            target.selectedItems = [item];
          } else {
            target.value = answer;
          }
          for (const listener of listeners) listener();
        };
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
    set: (target, name, value) => Reflect.set(target, name, value, target),
  });
}

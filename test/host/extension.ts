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
    const open = left.filter((each) => !isConditional(each));
    assert.deepEqual(open, [], "not everything was asked for, or an answer was refused");
    return result;
  } finally {
    Object.assign(window, { createInputBox, createQuickPick, showWarningMessage });
  }
}

/** A text or the label of a row; several rows; or what counts only where it is asked for. */
type Answer = string | readonly string[] | Conditional | Press;

/** A button beside the title, or of a row, by its tooltip. */
interface Press {
  readonly press: string;
  readonly on?: string;
}

/** A row that is chosen where a list has it, or a text for a box that masks it; else passed over. */
type Conditional = { readonly ifOffered: string } | { readonly ifMasked: string };

/** What a person answers for a login's password, which another account with the same login may have already. */
export const withPassword = (password: string): readonly Answer[] => [
  { ifOffered: "Keep Two Accounts" },
  { ifMasked: password },
  { ifOffered: "Keep it in secret storage" },
];

function isModal(options: unknown): boolean {
  return typeof options === "object" && options !== null && "modal" in options && options.modal === true;
}

type Input = vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>;

type Listener = (event?: unknown) => unknown;

const HEARD = ["onDidAccept", "onDidChangeValue", "onDidTriggerButton", "onDidTriggerItemButton"];

/** A prompt that is answered as soon as it shows. */
function scripted<I extends Input>(input: I, answers: Answer[]): I {
  const listeners = new Map<string | symbol, Listener[]>(HEARD.map((name) => [name, []]));
  return new Proxy(input, {
    get(target, name) {
      const heard = listeners.get(name);
      if (heard !== undefined) return (listener: Listener) => void heard.push(listener);
      if (name === "show") return () => void answer(target, listeners, answers);
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
    set: (target, name, value) => Reflect.set(target, name, value, target),
  });
}

function isConditional(answer: Answer | undefined): answer is Conditional {
  return typeof answer === "object" && ("ifOffered" in answer || "ifMasked" in answer);
}

/** The answer, if it is one to this prompt. */
function suited(answer: Conditional, input: Input): string | undefined {
  if ("ifMasked" in answer) return "password" in input && input.password ? answer.ifMasked : undefined;
  const isOffered = "items" in input && input.items.some(({ label }) => label === answer.ifOffered);
  return isOffered ? answer.ifOffered : undefined;
}

async function answer(
  input: Input,
  listeners: ReadonlyMap<string | symbol, readonly Listener[]>,
  answers: Answer[],
): Promise<void> {
  const tell = async (name: string, event?: unknown): Promise<void> => {
    for (const listener of listeners.get(name) ?? []) await listener(event);
  };
  const labels = "items" in input ? input.items.map(({ label }) => label) : [];
  let given = answers.shift();
  while (isConditional(given)) given = suited(given, input) ?? answers.shift();
  assert.ok(given !== undefined, `asked for more: ${input.title ?? ""}`);
  if (typeof given === "object" && "press" in given) {
    const { press, on } = given;
    const item = "items" in input ? input.items.find(({ label }) => label === on) : undefined;
    const button = (on === undefined ? input.buttons : (item?.buttons ?? [])).find(({ tooltip }) => tooltip === press);
    assert.ok(button, `no button “${press}”`);
    await tell(
      on === undefined ? "onDidTriggerButton" : "onDidTriggerItemButton",
      on === undefined ? button : { item, button },
    );
    return;
  }
  if ("items" in input) {
    input.selectedItems = [given].flat().map((label) => {
      const item = input.items.find((each) => each.label === label);
      assert.ok(item, `no “${label}” among ${labels.join(", ")}`);
      return item;
    });
  } else {
    assert.ok(typeof given === "string");
    input.value = given;
    await tell("onDidChangeValue", given);
  }
  await tell("onDidAccept");
  const refusal = "items" in input ? undefined : input.validationMessage;
  if (refusal === undefined || refusal === "") return;
  // The command ends as when a person leaves, and the answer is among those that were not taken.
  answers.push(`refused: ${typeof refusal === "string" ? refusal : refusal.message}`);
  // What was never shown says nothing of its hiding.
  input.show();
  input.hide();
}

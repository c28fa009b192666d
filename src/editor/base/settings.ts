import * as vscode from "vscode";
import type { Disposable } from "../../orders/ports";
import { integer, list } from "../../shape/shape";
import { PREFIX, SETTING_VALUES, SETTINGS, type SettingName, type Settings } from "./contributions";
import { DisposableStore } from "./disposable-store";

/** Our settings, typed. All have application scope: an opened folder cannot change where credentials go. */
export class EditorSettings implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changes = this.disposables.add(new vscode.EventEmitter<void>());
  /** Fires when any of our settings changed. */
  readonly onDidChange = this.changes.event;

  constructor() {
    this.disposables.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(PREFIX)) this.changes.fire();
      }),
    );
  }

  /** A setting's value, or its default if the settings file has an invalid value. */
  get<N extends SettingName>(name: N): Settings[N] {
    const fallback = SETTINGS[name];
    const value = vscode.workspace.getConfiguration(PREFIX).get<unknown>(name);
    if (!isLike(value, fallback)) return fallback;
    return SETTING_VALUES[name]?.includes(value) === false ? fallback : value;
  }

  dispose(): void {
    this.disposables.dispose();
  }
}

const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every((item) => typeof item === "string");

/** Thresholds: at most twenty whole numbers that count something. */
const isNumbers = list(integer(1, 1_000), 20);

function isLike<T>(value: unknown, example: T): value is T {
  if (Array.isArray(example)) return typeof example[0] === "number" ? isNumbers(value) : isTexts(value);
  return typeof value === typeof example;
}

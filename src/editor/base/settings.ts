import * as vscode from "vscode";
import { isDays, isShares } from "../../orders/model/warning-thresholds";
import type { Disposable } from "../../orders/ports";
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
    const value = valueOf(name);
    return isValid(name, value) ? value : SETTINGS[name];
  }

  /** Whether the value in the settings is the one that holds. */
  isUsable(name: SettingName): boolean {
    return isValid(name, valueOf(name));
  }

  dispose(): void {
    this.disposables.dispose();
  }
}

const valueOf = (name: SettingName): unknown => vscode.workspace.getConfiguration(PREFIX).get(name);

function isValid<N extends SettingName>(name: N, value: unknown): value is Settings[N] {
  if (name === "warnings.days") return isDays(value);
  if (name === "warnings.shares") return isShares(value);
  return isLike(value, SETTINGS[name]) && SETTING_VALUES[name]?.includes(value) !== false;
}

function isLike<T>(value: unknown, example: T): value is T {
  if (Array.isArray(example)) return Array.isArray(value) && value.every((item) => typeof item === "string");
  return typeof value === typeof example;
}

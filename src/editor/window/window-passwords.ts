import type * as vscode from "vscode";
import type { LoginKey } from "../../orders/model/order";
import { list, text } from "../../shape/shape";

/** Where the editor keeps it. */
const KEY = "windowPasswords";

/** The most logins that are remembered, and characters of each. */
const MAX = 1000;
const MAX_LOGIN = 1024;

const isLogins = list(text(MAX_LOGIN), MAX);

/**
 * The logins whose password a person wants in one window's memory only, so that the next one that is asked for stays
 * there as well. Contains names of logins, never a password.
 */
export class WindowPasswords {
  constructor(private readonly state: vscode.Memento) {}

  has(login: LoginKey): boolean {
    return this.logins().includes(login);
  }

  note(login: LoginKey, isOfWindow: boolean): void {
    if (this.has(login) === isOfWindow) return;
    const others = this.logins().filter((each) => each !== login);
    void this.state.update(KEY, isOfWindow ? [...others, login].slice(-MAX) : others);
  }

  private logins(): readonly LoginKey[] {
    const logins = this.state.get<unknown>(KEY);
    return isLogins(logins) ? logins : [];
  }
}

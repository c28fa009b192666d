import type { AskResult } from "../../orders/checking/ask";
import type { LoginKey, OrderId } from "../../orders/model/order";
import type { Disposable } from "../../orders/ports";

/** A login, for its password, or the id of an order, for its collection code. */
export type SecretOwner = string;

/** An order, and the login that it is checked with. */
export interface AskedWith {
  readonly id: OrderId;
  /** Absent if its account was removed. */
  readonly login: LoginKey | undefined;
}

/** The secrets that this window could not get. The journal does not say so: another window may have them. */
export class MissingSecrets {
  private readonly missing = new Set<SecretOwner>();
  private readonly listeners = new Set<(concerned: SecretOwner) => void>();

  /** Fires with the owner of a secret that was found missing or is there again. */
  onDidChange(listener: (concerned: SecretOwner) => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  /** Whether an order waits for its code or for the password of its login. */
  concern({ id, login }: AskedWith): boolean {
    return this.missing.has(id) || (login !== undefined && this.missing.has(login));
  }

  /** Notes the result of a check: a secret was missing, or the CA answered to it. */
  heed({ id, login }: AskedWith, result: AskResult): void {
    if (result.kind === "no-secret") {
      this.note(result.missing === "password" ? (login ?? id) : id, false);
    } else if (result.kind === "answered") {
      this.note(id, true);
      if (login !== undefined) this.note(login, true);
    }
  }

  /** Notes that a person entered a secret. */
  entered(concerned: SecretOwner): void {
    this.note(concerned, true);
  }

  private note(concerned: SecretOwner, isThere: boolean): void {
    if (this.missing.has(concerned) !== isThere) return;
    if (isThere) this.missing.delete(concerned);
    else this.missing.add(concerned);
    for (const listener of this.listeners) listener(concerned);
  }
}

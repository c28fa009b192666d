import * as vscode from "vscode";
import { loginKey } from "../../orders/model/login-key";
import type { Account } from "../../orders/model/order";
import type { Collector } from "../window/collector";
import { accountHost } from "./choices";
import { agrees } from "./consent";

/**
 * Says what the first call of a login is and what it risks, and asks for consent. A login that has proved itself, or
 * is frozen and so not sent, needs none.
 */
export async function maySignIn({ book }: Collector, account: Account): Promise<boolean> {
  if (book.login(loginKey(account.ca, account)).proved || account.frozen !== undefined) return true;
  return agrees(
    vscode.l10n.t("Sign in to the CA as “{0}” for the first time?", account.label),
    [
      vscode.l10n.t("One call with the stored password goes to {0}.", accountHost(account)),
      vscode.l10n.t(
        "If the password is wrong, the CA counts a failed sign-in, and locks the account after a few. Nothing else is sent before you correct it.",
      ),
    ],
    vscode.l10n.t("Sign In"),
  );
}

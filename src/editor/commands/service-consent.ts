import { loginKey } from "../../orders/model/login-key";
import type { Account } from "../../orders/model/order";
import type { Collector } from "../window/collector";
import { accountHost } from "./choices";
import { agrees } from "./consent";
import { localize } from "../base/localize";

/**
 * Says what the first call of a login is and what it risks, and asks for consent. A login that has proved itself, or
 * is frozen and so not sent, needs none.
 */
export async function maySignIn({ book }: Collector, account: Account): Promise<boolean> {
  if (book.login(loginKey(account.ca, account)).proved || account.frozen !== undefined) return true;
  return agrees(
    localize("Sign in to the CA as “{0}” for the first time?", account.label),
    [
      localize("One call with the stored password goes to {0}.", accountHost(account)),
      localize(
        "If the password is wrong, the CA counts a failed sign-in, and locks the account after a few. Nothing else is sent before you correct it.",
      ),
    ],
    localize("Sign In"),
  );
}

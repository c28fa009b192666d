import type { Account, CaName, LoginKey } from "./order";

/**
 * Two accounts that name one login at one CA are one here. The CA's pages call login names case-sensitive, so their
 * case counts. `sectigo/` (no login name) stands for calls by collection code alone.
 */
export function loginKey(ca: CaName, account: Pick<Account, "loginName"> | undefined): LoginKey {
  return `${ca}/${account?.loginName ?? ""}`;
}

/** Whether a login is one of a CA's. */
export function isLoginOf(key: LoginKey, ca: CaName): boolean {
  return key.startsWith(`${ca}/`);
}

/** Whether calls go without a login: nothing to freeze, nothing to prove. */
export function isAnonymous(key: LoginKey): boolean {
  // A login name may end in a slash, a CA's name has none.
  return key.indexOf("/") === key.length - 1;
}

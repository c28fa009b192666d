import type { Account, CaName, LoginKey } from "./order";

/**
 * Two accounts with the same login at one CA have the same key. The CA's pages call login names case-sensitive, so
 * case counts. `sectigo/` (no login name) stands for calls by collection code alone.
 */
export function loginKey(ca: CaName, account: Pick<Account, "loginName"> | undefined): LoginKey {
  return `${ca}/${account?.loginName ?? ""}`;
}

/** Whether a login is one of a CA's. */
export function isLoginOf(key: LoginKey, ca: CaName): boolean {
  return key.startsWith(`${ca}/`);
}

/** The CA of a login. */
export function caOf(key: LoginKey): CaName {
  return key.slice(0, key.indexOf("/")) as CaName;
}

/** Whether calls are made without a login: nothing to freeze or prove. */
export function isAnonymous(key: LoginKey): boolean {
  // A login name may end in a slash, a CA's name does not contain one.
  return key.indexOf("/") === key.length - 1;
}

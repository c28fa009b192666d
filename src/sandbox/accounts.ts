import { createHash, timingSafeEqual } from "node:crypto";

/** A login of the sandbox. */
export interface SandboxAccount {
  readonly loginName: string;
  readonly loginPassword: string;
  /** Locked from the start. */
  readonly locked?: boolean;
}

/**
 * The account to try the sandbox with. Its password contains what a careless form gets wrong: `&`, `=`, `+`, `%`, a
 * quote, a space and a letter beyond ASCII.
 */
export const DEMO_ACCOUNT: Pick<SandboxAccount, "loginName" | "loginPassword"> = {
  loginName: "sandbox",
  loginPassword: `open & shut = 100%+"ä"`,
};

/** How many consecutive wrong passwords lock an account by default. */
export const LOCK_AFTER = 5;

/**
 * The accounts, and whether they may sign in. Consecutive wrong passwords lock an account; as with the CA, the answer
 * does not distinguish a lock from a wrong password.
 */
export class SandboxAccounts {
  private readonly passwords: ReadonlyMap<string, string>;
  private readonly locked: Set<string>;
  private readonly wrongInARow = new Map<string, number>();
  private failed = 0;

  constructor(
    accounts: readonly SandboxAccount[],
    private readonly lockAfter: number,
  ) {
    this.passwords = new Map(accounts.map(({ loginName, loginPassword }) => [loginName, loginPassword]));
    this.locked = new Set(accounts.filter(({ locked }) => locked).map(({ loginName }) => loginName));
  }

  /** Sign-ins that were refused, for whatever reason, since the start. */
  get failedLogins(): number {
    return this.failed;
  }

  /** Both are case-sensitive. */
  signIn(loginName: string, loginPassword: string): boolean {
    const expected = this.passwords.get(loginName);
    if (expected === undefined || this.locked.has(loginName)) {
      this.failed++;
      return false;
    }
    if (same(expected, loginPassword)) {
      this.wrongInARow.delete(loginName);
      return true;
    }
    this.failed++;
    const wrong = (this.wrongInARow.get(loginName) ?? 0) + 1;
    this.wrongInARow.set(loginName, wrong);
    if (wrong >= this.lockAfter) this.locked.add(loginName);
    return false;
  }

  /** Unlocks an account, as the CA's support does on the telephone. */
  unlock(loginName: string): void {
    this.locked.delete(loginName);
    this.wrongInARow.delete(loginName);
  }
}

function same(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}

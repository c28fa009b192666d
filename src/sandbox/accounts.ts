import { createHash, timingSafeEqual } from "node:crypto";

/** Orders that not every account has: none, 250, 3,000, and a few odd ones. */
export type Holding = "none" | "some" | "many" | "odd";

/** A login of the sandbox. */
export interface SandboxAccount {
  readonly loginName: string;
  readonly loginPassword: string;
  /** Locked from the start. */
  readonly locked?: boolean;
  /**
   * What its report lists, and what it may collect besides the orders that all accounts share. Without one the report
   * lists those.
   */
  readonly holding?: Holding;
  /** The index of the first row of a report, which the CA's page does not tell; 1 if absent. */
  readonly firstRow?: 0 | 1;
  /** The services refuse it, though it collects. */
  readonly withoutServices?: true;
}

/**
 * The account to try the sandbox with. Its password contains what a careless form gets wrong: `&`, `=`, `+`, `%`, a
 * quote, a space and a letter beyond ASCII.
 */
export const DEMO_ACCOUNT: Pick<SandboxAccount, "loginName" | "loginPassword"> = {
  loginName: "sandbox",
  loginPassword: `open & shut = 100%+"ä"`,
};

/** The account with 3,000 orders. */
export const MANY_ACCOUNT: Pick<SandboxAccount, "loginName" | "loginPassword"> = {
  loginName: "many",
  loginPassword: "three & thousand = 3,000+%",
};

/** Every login that a sandbox has unless it is told others. Their passwords are printed in our documentation. */
export const SANDBOX_ACCOUNTS: readonly SandboxAccount[] = [
  DEMO_ACCOUNT,
  { loginName: "empty", loginPassword: "nothing & nobody = 0+%", holding: "none", firstRow: 0 },
  { loginName: "some", loginPassword: "two & fifty = 250+%", holding: "some", firstRow: 0 },
  { ...MANY_ACCOUNT, holding: "many", firstRow: 1 },
  { loginName: "unserved", loginPassword: "collects & no more = -16+%", withoutServices: true },
  { loginName: "odd", loginPassword: "strange & stranger = ?+%", holding: "odd", firstRow: 1 },
];

/** How many consecutive wrong passwords lock an account by default. */
export const LOCK_AFTER = 5;

/**
 * The accounts, and whether they may sign in. Consecutive wrong passwords lock an account; as with the CA, the answer
 * does not distinguish a lock from a wrong password.
 */
export class SandboxAccounts {
  private readonly accounts: ReadonlyMap<string, SandboxAccount>;
  private readonly locked: Set<string>;
  private readonly wrongInARow = new Map<string, number>();
  private failed = 0;

  constructor(
    accounts: readonly SandboxAccount[],
    private readonly lockAfter: number,
  ) {
    this.accounts = new Map(accounts.map((account) => [account.loginName, account]));
    this.locked = new Set(accounts.filter(({ locked }) => locked).map(({ loginName }) => loginName));
  }

  /** Sign-ins that were refused, for whatever reason, since the start. */
  get failedLogins(): number {
    return this.failed;
  }

  /** What only some of the accounts have. */
  get holdings(): ReadonlySet<Holding> {
    return new Set([...this.accounts.values()].flatMap(({ holding }) => holding ?? []));
  }

  /** Both are case-sensitive. @returns the account, unless it may not sign in */
  signIn(loginName: string, loginPassword: string): SandboxAccount | undefined {
    const account = this.accounts.get(loginName);
    if (account === undefined || this.locked.has(loginName)) {
      this.failed++;
      return undefined;
    }
    if (same(account.loginPassword, loginPassword)) {
      this.wrongInARow.delete(loginName);
      return account;
    }
    this.failed++;
    const wrong = (this.wrongInARow.get(loginName) ?? 0) + 1;
    this.wrongInARow.set(loginName, wrong);
    if (wrong >= this.lockAfter) this.locked.add(loginName);
    return undefined;
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

import type { ServiceResult } from "../../../src/api/services/service-result";
import { Accounts } from "../../../src/editor/window/accounts";
import { SecretStore } from "../../../src/editor/window/secret-store";
import type { Account } from "../../../src/orders/model/order";
import { settle } from "../orders/doubles";
import { order, PENDING, refused, World, type Window } from "../orders/world";
import { TestKeyring } from "./test-keyring";

export const ONE: Account = { id: "one", label: "One", loginName: "alice", host: "secure.sectigo.com", ca: "sectigo" };
export const TWO: Account = {
  id: "two",
  label: "Two",
  loginName: "alice",
  host: "secure.trust-provider.com",
  ca: "sectigo",
};

/** A CA that counts failed sign-ins of one login, and windows with real accounts over one keyring. */
export class Desk {
  readonly world = new World();
  readonly keyring = new TestKeyring();
  /** What the editor remembers over restarts. */
  readonly ofWindow = new Set<string>();
  /** What the CA takes. */
  right = "right";
  /** Whether its services take the login, too. */
  hasServices = true;
  readonly failed: string[] = [];
  readonly sent: string[] = [];
  /** Runs while a call is under way. */
  during: () => Promise<void> = () => Promise.resolve();

  constructor() {
    this.world.collect = async ({ secrets }) =>
      (await this.takes(secrets.password ?? "", true)) ? PENDING : refused(-16, "sign-in");
    this.world.services = async ({ password, values }) =>
      (await this.takes(password, this.hasServices)) ? reportThatAllWait(values) : NOT_SIGNED_IN;
  }

  private async takes(password: string, isEnabled: boolean): Promise<boolean> {
    this.sent.push(password);
    const isTaken = password === this.right && isEnabled;
    if (!isTaken) this.failed.push(password);
    const { during } = this;
    this.during = () => Promise.resolve();
    await during();
    return isTaken;
  }

  open(): DeskWindow {
    return new DeskWindow(this);
  }
}

/** What a service answers a wrong password, and an account that is not enabled. */
export const NOT_SIGNED_IN: ServiceResult = { kind: "refused", code: -16, message: "no", after: "sign-in" };

/** A report that says of all orders that it is asked for that they wait. */
export function reportThatAllWait({ orderNumber = "" }: Readonly<Record<string, string>>): ServiceResult {
  const rows = orderNumber.split(",").map((number) => ({ orderNumber: number, status: "Pending", domains: [] }));
  return { kind: "report", report: { rows, count: rows.length, skipped: 0 } };
}

export class DeskWindow {
  readonly accounts: Accounts;
  readonly window: Window;

  constructor(private readonly desk: Desk) {
    const nothing = () => Promise.resolve(undefined);
    const secrets = new SecretStore(desk.keyring, () => undefined, nothing, desk.world.clock);
    this.window = desk.world.window({ secrets });
    const { book, poller } = this.window;
    const ofWindow = {
      has: (login: string) => desk.ofWindow.has(login),
      note: (login: string, isOfWindow: boolean) => void desk.ofWindow[isOfWindow ? "add" : "delete"](login),
    };
    this.accounts = new Accounts({ book, secrets, ofWindow, entered: () => poller.retry() });
  }

  /** Tracks orders of both accounts in turn: the first, which is due longest, is of the first account. */
  async track(count: number): Promise<void> {
    for (const account of [ONE, TWO])
      if (this.window.book.account(account.id) === undefined) await this.accounts.set(account);
    const orders = Array.from({ length: count }, (_, index) =>
      order(String(1000 + index), "sectigo", index % 2 === 0 ? ONE.id : TWO.id),
    );
    await this.window.record(...orders);
  }

  async enter(account: Account, text: string, keep = true): Promise<void> {
    await this.accounts.set(account, { text, keep });
    await settle();
  }

  get isFrozen(): boolean {
    return this.window.book.account(ONE.id)?.frozen !== undefined;
  }

  /** Every order got an answer that is no refusal. */
  get isWell(): boolean {
    return [...this.window.book.orders()].every(({ answer }) => answer?.outcome.kind === "pending");
  }

  async restart(): Promise<DeskWindow> {
    this.window.dispose();
    const next = new DeskWindow(this.desk);
    await next.window.start();
    return next;
  }
}

import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { OrderEvent } from "../../src/orders/journal/events";
import { formatOrderId } from "../../src/orders/model/order-id";
import type { Account, OrderId } from "../../src/orders/model/order";
import { SegmentJournal } from "../../src/storage/journal";
import { CountingServer, HOSTS } from "./counting-server";

/** What a window's process is told at its start. */
export interface WindowConfiguration {
  readonly folder: string;
  readonly port: number;
  /** PEM */
  readonly ca: string;
  /** What it says, whatever is entered; absent: what is in the keyring that the test's windows share. */
  readonly password?: string;
  /** A fault built into the doubles of the test, to see that the test notices. */
  readonly mutation?: "no-lock" | "late-disk";
}

export type FromWindow =
  | { readonly kind: "calling"; readonly id: OrderId }
  | { readonly kind: "asked" | "checked"; readonly id: OrderId; readonly result: string }
  | { readonly kind: "frozen" | "entered" }
  | { readonly kind: "failed"; readonly message: string };

/** A person's click, or a password that they enter. */
export type ToWindow =
  { readonly check: OrderId } | { readonly enter: Account; readonly text: string; readonly keep: boolean };

/** One window's process, as a test drives it. */
export class WindowProcess {
  readonly messages: FromWindow[] = [];
  private readonly child: ChildProcess;
  private readonly closed: Promise<unknown>;
  private readonly listeners = new Set<() => void>();

  constructor(configuration: WindowConfiguration) {
    this.child = fork(path.join(__dirname, "window.js"), [JSON.stringify(configuration)]);
    this.closed = once(this.child, "close");
    this.child.on("message", (message: FromWindow) => {
      this.messages.push(message);
      for (const listener of [...this.listeners]) listener();
    });
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** How many orders were asked by its schedule. */
  get answered(): number {
    return this.messages.filter((message) => message.kind === "asked" && message.result === "answered").length;
  }

  signal(signal: "SIGSTOP" | "SIGCONT" | "SIGKILL"): void {
    this.child.kill(signal);
  }

  async end(): Promise<void> {
    this.child.kill("SIGKILL");
    await this.closed;
  }

  check(id: OrderId): void {
    this.child.send({ check: id } satisfies ToWindow);
  }

  /** Enters a password for an account. @param keep false: for this window alone */
  async enter(account: Account, text: string, keep = true): Promise<void> {
    const entered = () => this.messages.filter(({ kind }) => kind === "entered").length;
    const before = entered();
    this.child.send({ enter: account, text, keep } satisfies ToWindow);
    await this.until(() => entered() > before);
  }

  /** Waits until the messages so far fulfil something. @throws when the window failed or ended */
  async until(isTrue: (messages: readonly FromWindow[]) => boolean): Promise<void> {
    while (!isTrue(this.messages)) {
      const failed = this.messages.find((message) => message.kind === "failed");
      if (failed) throw new Error(`window ${this.pid}: ${failed.message}`);
      await new Promise<void>((resolve, reject) => {
        const next = () => {
          this.listeners.delete(next);
          resolve();
        };
        this.listeners.add(next);
        void this.closed.then(() => reject(new Error(`window ${this.pid} ended`)));
      });
    }
  }

  /** Calls back at each call it is about to make, until that gives `true`. */
  onCalling(callback: (count: number) => boolean): void {
    let count = 0;
    const listener = () => {
      if (this.messages.at(-1)?.kind === "calling" && callback(++count)) this.listeners.delete(listener);
    };
    this.listeners.add(listener);
  }
}

/** Two accounts at the two host names of the CA. */
export function accounts(...loginNames: readonly [string, string]): Account[] {
  return HOSTS.map((host, index) => ({
    id: `account-${index}`,
    label: host,
    loginName: loginNames[index] ?? "",
    host,
    ca: "sectigo",
  }));
}

/**
 * Tracks orders, in turn of one account and of the other.
 * @param more what else is journaled
 * @returns their ids
 */
export async function track(
  folder: string,
  of: readonly Account[],
  count: number,
  first = 1000,
  ...more: readonly OrderEvent[]
): Promise<OrderId[]> {
  const journal = new SegmentJournal(path.join(folder, "orders"));
  const orders = Array.from({ length: count }, (_, index) => {
    const reference = { kind: "orderNumber", value: String(first + index) } as const;
    const name = { ca: "sectigo", product: "ssl", reference } as const;
    const account = of[index % of.length]?.id;
    return { type: "tracked", id: formatOrderId(name), ...name, ...(account !== undefined && { account }) } as const;
  });
  const set = of.map((account): OrderEvent => ({ type: "account-set", account }));
  await journal.append([...set, ...orders, ...more], "durable");
  await journal.close();
  return orders.map((order) => order.id);
}

/** What a test of several windows has: a folder and a CA that are new for each test, and what it opens. */
export interface Desk {
  folder: string;
  server: CountingServer;
  open(more?: Partial<WindowConfiguration>): WindowProcess;
}

/**
 * Sets a desk up before each test of a `describe` and ends everything on it after each.
 * @param hold ms the server takes for each answer
 * @param password what the windows say, "right" being right; absent: what is in their keyring
 */
export function useDesk(hold: number, password?: string): Desk {
  const windows: WindowProcess[] = [];
  const desk = {
    open(more: Partial<WindowConfiguration> = {}) {
      const { port, ca } = desk.server;
      const said = password === undefined ? {} : { password };
      const window = new WindowProcess({ folder: desk.folder, port, ca, ...said, ...more });
      windows.push(window);
      return window;
    },
  } as Desk;
  beforeEach(async () => {
    desk.folder = await mkdtemp(path.join(os.tmpdir(), "certificate-collector-windows-"));
    desk.server = await CountingServer.start(hold, "right");
  });
  afterEach(async () => {
    await Promise.all(windows.splice(0).map((window) => window.end()));
    await desk.server.stop();
    await rm(desk.folder, { recursive: true, force: true });
  });
  return desk;
}

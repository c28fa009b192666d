import { english, inEnglish } from "../../../src/words/localize";
import assert from "node:assert/strict";
import type { CollectResult } from "../../../src/api/result";
import { Collector, type CollectorParts } from "../../../src/editor/window/collector";
import { SecretStore } from "../../../src/editor/window/secret-store";
import type { OrderCall } from "../../../src/orders/ports";
import { answer } from "../../../src/reading/tasks";
import type { Exclusive } from "../../../src/storage/exclusive";
import { openStorage, type Storage } from "../../../src/storage/storage";
import { FakeClock } from "../orders/doubles";
import { PENDING } from "../orders/world";
import { ONE } from "./desk";
import { TestKeyring } from "./test-keyring";

const NUMBER = { kind: "orderNumber", value: "1234567" } as const;
export const SHOP = { ca: "sectigo", product: "ssl", reference: NUMBER } as const;
export const BY_CODE = { ca: "sectigo", product: "ccc", reference: { kind: "collectionCode" } } as const;

/** Nobody else is there. */
const ALONE: Exclusive = {
  take: () => Promise.resolve({ isWanted: false, dispose: () => undefined }),
  released: () => Promise.resolve(),
  holder: () => Promise.resolve(undefined),
};

/** An event of the editor's that a test fires. */
class Signal {
  private readonly listeners = new Set<() => void>();
  readonly onDidChange = (listener: () => void) => {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  };

  fire(): void {
    for (const listener of this.listeners) listener();
  }
}

/** A window's collector over real files, a keyring and a CA of the test's. */
export class Bench {
  /** The journal stamps its lines by the machine's clock; this one goes on from there. */
  readonly clock = new FakeClock(Date.now());
  readonly keyring = new TestKeyring();
  readonly calls: OrderCall[] = [];
  readonly logged: string[] = [];
  readonly sent: unknown[] = [];
  readonly settings = new Signal();
  readonly sandbox = Object.assign(new Signal(), { isRunning: true, address: () => Promise.resolve(undefined) });
  background: "everything" | "off" = "everything";
  readonly storage: Storage;
  readonly collector: Collector;
  answer: CollectResult = PENDING;

  constructor(folder: string) {
    this.storage = openStorage(folder, () => ALONE);
    const note = (...words: unknown[]) => this.logged.push(JSON.stringify(words));
    const reading = { run: run, runAtOnce: run } as unknown;
    this.collector = new Collector({
      storage: this.storage,
      secrets: new SecretStore(
        this.keyring,
        () => undefined,
        () => Promise.resolve(undefined),
        this.clock,
      ),
      sandbox: this.sandbox as unknown as CollectorParts["sandbox"],
      calls: {
        collect: (call) => {
          this.calls.push(call);
          return Promise.resolve(this.answer);
        },
        callService: () => assert.fail("nobody calls a service"),
        test: () => assert.fail("nobody tests the connection"),
      },
      texts: { add: () => assert.fail(), open: () => assert.fail("nobody reads a report"), bytes: () => undefined },
      settings: {
        get: (() => this.background) as unknown as CollectorParts["settings"]["get"],
        onDidChange: this.settings.onDidChange,
      },
      telemetry: { send: (...event: unknown[]) => void this.sent.push(event) },
      log: { info: note, warn: note, error: note } as unknown as CollectorParts["log"],
      windowPasswords: { has: () => false, note: () => undefined },
      reading: reading as CollectorParts["reading"],
      clock: this.clock,
      locale: { localize: english, language: "en" },
    });
  }

  /** Adds the account and an order of it. */
  async track(password: string | null = "hunter2-secret"): Promise<string> {
    await this.collector.accounts.set(ONE, password === null ? undefined : { text: password, keep: true });
    return (await this.collector.track(SHOP, ONE.id)).id;
  }

  status(id: string): string | undefined {
    return this.collector.facts(id)?.state.status;
  }

  /** The next answer to a check that nobody clicked for. */
  nextAsked(): Promise<string> {
    return new Promise((resolve) => {
      this.collector.onDidAsk((order, { kind }) => resolve(`${order}: ${kind}`));
    });
  }

  /** Lets hours pass until something has come: files are written in a time of their own. */
  async hoursUntil<T>(coming: Promise<T>): Promise<T> {
    const seen = { isHere: false };
    void coming.finally(() => (seen.isHere = true));
    while (!seen.isHere) await this.clock.advance(60 * 60 * 1000);
    return coming;
  }

  async close(): Promise<void> {
    this.collector.dispose();
    await this.storage.close();
  }
}

/** What the reading thread does, here. */
async function run(task: string, input: unknown): Promise<unknown> {
  const reply = await answer({ task, input } as Parameters<typeof answer>[0]);
  if ("error" in reply) throw new Error(inEnglish(reply.error.said));
  return reply.output;
}

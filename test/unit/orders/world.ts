import { inEnglish } from "../../../src/words/localize";
import type { CollectResult, Issued } from "../../../src/api/result";
import { createAsk, type Ask, type AskResult } from "../../../src/orders/checking/ask";
import { Book } from "../../../src/orders/journal/book";
import type { OrderEvent } from "../../../src/orders/journal/events";
import type { Account, CaName, OrderId } from "../../../src/orders/model/order";
import { formatOrderId } from "../../../src/orders/model/order-id";
import { UnrecordedRefusals } from "../../../src/orders/checking/turn";
import { Poller } from "../../../src/orders/checking/poller";
import { ReportWatch } from "../../../src/orders/checking/report-watch";
import { createServiceAsk, type ServiceAsk } from "../../../src/orders/checking/service-ask";
import type { ServiceResult } from "../../../src/api/services/service-result";
import type {
  AskService,
  OrderCall,
  CallLock,
  Disposable,
  SummarizeCollected,
  SecretSource,
} from "../../../src/orders/ports";
import { DAY, FakeClock, settle, SharedLines, type MemoryJournal } from "./doubles";

/** A CA, some windows on it, and a clock: everything of `orders`, real, over doubles of its ports. */
export class World {
  readonly clock = new FakeClock();
  readonly shared = new SharedLines();
  readonly calls: { readonly at: number; readonly id: OrderId; readonly question: string }[] = [];
  readonly lock = new TurnLock();
  private readonly asked = new Map<OrderId, number>();
  /** What the CA answers; a function is called at each call. */
  answers = new Map<OrderId, (call: OrderCall, count: number) => CollectResult | Promise<CollectResult>>();
  /** What services answer. */
  services: AskService = () => Promise.resolve({ kind: "done", message: "" });
  readonly serviceCalls: { readonly at: number; readonly service: string; readonly values: Values }[] = [];
  /** ms the CA takes. */
  latency = 0;
  inFlight = 0;
  mostInFlight = 0;

  /** Opens a window; its poller is started when asked to. */
  window(options: Partial<WindowOptions> = {}): Window {
    return new Window(this, { background: "everything", passwords: true, ...options });
  }

  /** When an order was asked, in ms since a time. */
  askedAt(id: OrderId, since: number): number[] {
    return this.calls.filter((call) => call.id === id).map((call) => call.at - since);
  }

  collect(call: OrderCall, signal: AbortSignal): Promise<CollectResult> {
    const { id } = call.order;
    this.calls.push({ at: this.clock.now(), id, question: call.question });
    const count = (this.asked.get(id) ?? 0) + 1;
    this.asked.set(id, count);
    return this.taking(signal, () => (this.answers.get(id) ?? (() => PENDING))(call, count));
  }

  askService(call: Parameters<AskService>[0], signal: AbortSignal): Promise<ServiceResult> {
    this.serviceCalls.push({ at: this.clock.now(), service: call.service, values: call.values });
    return this.taking(signal, () => this.services(call, signal));
  }

  private async taking<T>(signal: AbortSignal, answer: () => T | Promise<T>): Promise<T> {
    this.mostInFlight = Math.max(this.mostInFlight, ++this.inFlight);
    try {
      if (this.latency > 0) {
        await new Promise<void>((resolve, reject) => {
          this.clock.after(this.latency, resolve);
          signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
        });
      }
      return await answer();
    } finally {
      this.inFlight--;
    }
  }
}

type Values = Readonly<Record<string, string>>;

interface WindowOptions {
  readonly background: "everything" | "status" | "off";
  /** Whether it can get passwords and codes. */
  passwords: boolean;
  /** Whether it hears nothing of what other windows write, as where the system tells of no change to a file. */
  readonly deaf?: boolean;
  /** Whether calls to a CA can be made. */
  isOpen?: (ca: CaName) => boolean;
  /** In place of that: where it gets them. */
  readonly secrets?: SecretSource;
  /** How certificates are read, where they are real ones. */
  readonly summarizeCollected?: SummarizeCollected;
}

export class Window implements Disposable {
  readonly journal: MemoryJournal;
  readonly book: Book;
  readonly ask: Ask;
  readonly poller: Poller;
  readonly serviceAsk: ServiceAsk;
  readonly reports: ReportWatch;
  readonly results: { readonly id: OrderId; readonly result: AskResult }[] = [];
  readonly unexpected: unknown[] = [];
  /** What the CA said when reports began to rest. */
  readonly objections: string[] = [];
  readonly blobs = new Map<string, Uint8Array>();
  readonly options: WindowOptions;
  /** Told what {@link results} takes. */
  onAsked: (id: OrderId) => void = () => undefined;

  constructor(world: World, options: WindowOptions) {
    this.options = options;
    this.journal = world.shared.open(world.clock);
    this.book = new Book(this.journal);
    if (options.deaf !== true) this.book.follow((error) => this.unexpected.push(error));
    const background = () => options.background;
    const password = () => Promise.resolve(this.options.passwords ? { text: "secret", credential: "" } : undefined);
    const collectionCode = () => Promise.resolve(this.options.passwords ? "secret" : undefined);
    const turns = {
      book: this.book,
      lock: world.lock,
      secrets: options.secrets ?? { password, collectionCode },
      clock: world.clock,
      unexpected: (error: unknown) => void this.unexpected.push(error),
      refusals: new UnrecordedRefusals(),
    };
    this.ask = createAsk({
      ...turns,
      collect: (call, signal) => world.collect(call, signal),
      summarizeCollected: options.summarizeCollected ?? summarizeText,
      blobs: {
        put: (bytes) => {
          const name = hashOf(Buffer.from(bytes).toString());
          this.blobs.set(name, bytes);
          return Promise.resolve(name);
        },
        get: (name) => Promise.resolve(this.blobs.get(name) ?? new Uint8Array()),
      },
      background,
    });
    this.serviceAsk = createServiceAsk({ ...turns, askService: (call, signal) => world.askService(call, signal) });
    this.reports = new ReportWatch({
      book: this.book,
      ask: this.serviceAsk,
      clock: world.clock,
      isOn: () => background() !== "off" && !this.book.paused,
      isOpen: (ca) => options.isOpen?.(ca) ?? true,
      rested: (_, objection) => this.objections.push(inEnglish(objection)),
    });
    this.poller = new Poller({
      book: this.book,
      ask: this.ask,
      clock: world.clock,
      background,
      isOpen: (ca) => options.isOpen?.(ca) ?? true,
      asked: (id, result) => {
        this.results.push({ id, result });
        this.onAsked(id);
      },
    });
  }

  async record(...events: OrderEvent[]): Promise<void> {
    await this.book.record(events);
    await settle();
  }

  /** Tracks SSL orders of one account, and gives their ids. */
  async track(...numbers: string[]): Promise<OrderId[]> {
    const tracked = numbers.map((number) => order(number));
    await this.record(ACCOUNT_SET, ...tracked);
    return tracked.map((each) => each.id);
  }

  async start(): Promise<void> {
    await this.book.refresh();
    this.poller.start();
    this.reports.start();
    await settle();
  }

  dispose(): void {
    this.poller.dispose();
    this.reports.dispose();
  }
}

export const ACCOUNT: Account = {
  id: "acc",
  label: "Shop",
  loginName: "alice",
  host: "secure.sectigo.com",
  ca: "sectigo",
};
export const ACCOUNT_SET = { type: "account-set", account: ACCOUNT } as const;
export const LOGIN = "sectigo/alice";

/** The event that tracks an order. */
export function order(number: string, ca: CaName = "sectigo", account: string | null = ACCOUNT.id) {
  const name = { ca, product: "ssl", reference: { kind: "orderNumber", value: number } } as const;
  return { type: "tracked", id: formatOrderId(name), ...name, ...(account !== null && { account }) } as const;
}

export const PENDING: CollectResult = { kind: "pending", detail: {} };

export function refused(code: number, after: Extract<CollectResult, { kind: "refused" }>["after"]): CollectResult {
  return { kind: "refused", code, message: "no", advice: "do", after };
}

/** An answer with a certificate; its "DER" is a text that `summarizeText` reads. */
export function issued(name: string, notBefore: number, days: number, termDays = days): Issued {
  const der = Buffer.from(JSON.stringify({ name, notBefore, notAfter: notBefore + days * DAY }));
  return {
    kind: "issued",
    certificates: [der],
    container: "der",
    raw: der,
    detail: { fqdn: name, productTermEnd: notBefore + termDays * DAY },
    notes: [],
  };
}

const summarizeText: SummarizeCollected = (certificates) => {
  const [der] = certificates;
  if (!der) return Promise.reject(new Error("empty"));
  const { name, notBefore, notAfter } = JSON.parse(Buffer.from(der).toString()) as {
    name: string;
    notBefore: number;
    notAfter: number;
  };
  return Promise.resolve({
    chain: [der],
    certificate: { serialNumber: "01", subject: `CN=${name}`, names: [name], notBefore, notAfter },
  });
};

function hashOf(text: string): string {
  let hash = 0;
  for (const character of text) hash = (Math.imul(hash, 31) + character.charCodeAt(0)) >>> 0;
  return hash.toString(16).padStart(64, "0");
}

/** The lock between windows, in memory. */
export class TurnLock implements CallLock {
  private readonly tails = new Map<CaName, Promise<void>>();
  /** Who was given a turn, in order. */
  readonly turns: string[] = [];

  async acquire(ca: CaName, turn: "person" | "schedule", signal: AbortSignal): Promise<Disposable> {
    const before = this.tails.get(ca) ?? Promise.resolve();
    let release = (): void => undefined;
    this.tails.set(
      ca,
      before.then(() => new Promise<void>((resolve) => (release = resolve))),
    );
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
    });
    try {
      await Promise.race([before, aborted]);
    } catch (error) {
      void before.then(() => release());
      throw error;
    }
    this.turns.push(turn);
    return { dispose: () => release() };
  }

  holder(): Promise<undefined> {
    return Promise.resolve(undefined);
  }
}

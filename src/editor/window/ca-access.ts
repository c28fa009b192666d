import { createAsk, type Ask, type AskResult } from "../../orders/checking/ask";
import { Poller } from "../../orders/checking/poller";
import { UnrecordedRefusals, type TurnParts } from "../../orders/checking/turn";
import type { Book } from "../../orders/journal/book";
import type { CaName, OrderId } from "../../orders/model/order";
import type { CallForm, Clock, Disposable } from "../../orders/ports";
import type { Storage } from "../../storage/storage";
import { DisposableStore } from "../base/disposable-store";
import type { Log } from "../base/log";
import type { EditorSettings } from "../base/settings";
import type { Telemetry } from "../base/telemetry";
import type { Accounts } from "./accounts";
import { summarizer } from "./answers";
import type { Calls } from "./calls";
import type { ReadingService } from "./reading-service";
import type { SandboxControl } from "./sandbox-control";
import type { SecretStore } from "./secret-store";
import { Services } from "./services";

/** The parts of the access; see `composition.ts`. */
export interface CaAccessParts {
  readonly book: Book;
  readonly accounts: Accounts;
  readonly storage: Pick<Storage, "lock" | "blobs">;
  readonly secrets: SecretStore;
  readonly sandbox: Pick<SandboxControl, "isRunning" | "onDidChange">;
  readonly calls: Pick<Calls, "collect" | "callService">;
  readonly settings: Pick<EditorSettings, "get" | "onDidChange">;
  readonly telemetry: Pick<Telemetry, "send">;
  readonly log: Log;
  readonly reading: ReadingService;
  readonly clock: Clock;
  /** Called with the result of each check. @returns the result */
  readonly heard: (id: OrderId, result: AskResult) => AskResult;
  /** Called with the result of each scheduled check. */
  readonly asked: (id: OrderId, result: AskResult) => void;
}

/** All of this window that calls a CA: checks of orders and calls of services, each in its turn. */
export class CaAccess implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly ask: Ask;
  readonly poller: Poller;
  readonly services: Services;

  constructor(private readonly parts: CaAccessParts) {
    const { book, accounts, storage, secrets, calls, settings, sandbox, log, telemetry, clock, heard, asked } = parts;
    const background = () => settings.get("backgroundChecks");
    const isOpen = (ca: CaName): boolean => ca !== "sandbox" || sandbox.isRunning;
    const turns: TurnParts = {
      ...{ book, secrets, clock, lock: storage.lock },
      unexpected: (error) => log.error("A call failed unexpectedly.", error),
      refusals: new UnrecordedRefusals(),
    };
    this.ask = createAsk({
      ...turns,
      blobs: storage.blobs,
      collect: calls.collect,
      summarizeCollected: summarizer(parts.reading),
      background,
    });
    this.poller = this.disposables.add(
      new Poller({
        ...{ book, clock, background, isOpen, asked },
        ask: async (id, why, signal, options) => heard(id, await this.ask(id, why, signal, options)),
      }),
    );
    this.services = this.disposables.add(
      new Services({
        ...turns,
        ...{ accounts, log, telemetry, isOpen },
        askService: calls.callService,
        isOn: () => background() !== "off" && !book.paused,
      }),
    );
    this.disposables.add(
      settings.onDidChange(() => {
        this.poller.wake();
        this.services.retry();
      }),
    );
    this.disposables.add(sandbox.onDidChange(() => this.retry()));
  }

  /** Starts the automatic checks. */
  start(): void {
    this.poller.start();
    this.services.start();
  }

  /** Looks again at what is due, after secrets were entered or the sandbox started. */
  retry(): void {
    this.poller.retry();
    this.services.retry();
  }

  /**
   * Checks for a person, with a form of their choice. It waits in the same queue as any other check.
   * @param form parameters of the CA's page with their values
   */
  async checkAs(id: OrderId, form: CallForm, signal: AbortSignal): Promise<AskResult> {
    return this.parts.heard(id, await this.ask(id, "person", signal, { form }));
  }

  dispose(): void {
    this.disposables.dispose();
  }
}

import type { Phrase } from "../../words/phrase";
import { loginKey } from "../../orders/model/login-key";
import type { Account } from "../../orders/model/order";
import { policyOf } from "../../orders/model/policy";
import { reportObjection } from "../../orders/checking/reports";
import { ReportWatch, type ReportWatchParts } from "../../orders/checking/report-watch";
import {
  createServiceAsk,
  type ServiceAsk,
  type ServiceAskParts,
  type ServiceAskResult,
  type ServiceQuestion,
} from "../../orders/checking/service-ask";
import type { Disposable } from "../../orders/ports";
import type { Log } from "../base/log";
import type { Telemetry } from "../base/telemetry";
import type { Accounts } from "./accounts";

/** What the services need. */
export interface ServicesParts extends ServiceAskParts, Pick<ReportWatchParts, "isOn" | "isOpen"> {
  readonly accounts: Accounts;
  readonly log: Pick<Log, "info">;
  readonly telemetry: Pick<Telemetry, "send">;
}

/** The CA's services in this window: what a person asks them, and reports that watch orders. */
export class Services implements Disposable {
  private readonly call: ServiceAsk;
  private readonly watch: ReportWatch;
  private readonly rested = new Set<ReportWatchParts["rested"]>();

  constructor(private readonly parts: ServicesParts) {
    this.call = createServiceAsk(parts);
    const { book, clock, isOn, isOpen } = parts;
    this.watch = new ReportWatch({
      ...{ book, clock, isOn, isOpen },
      rested: (account, objection) => {
        for (const listener of this.rested) listener(account, objection);
      },
      ask: async (question, why, signal, options) =>
        this.heard(question, await this.call(question, why, signal, options)),
    });
  }

  /** Starts the reports that a person switched on. */
  start(): void {
    this.watch.start();
  }

  /** See {@link ReportWatch.retry}. */
  retry(): void {
    this.watch.retry();
  }

  /** Calls back in the window whose report was the last one, when reports about a login's orders begin to rest. */
  onDidRest(listener: ReportWatchParts["rested"]): Disposable {
    this.rested.add(listener);
    return { dispose: () => this.rested.delete(listener) };
  }

  /** What the CA said against reports about an account's orders; `undefined` unless they are on and rest. */
  objectionTo(account: Account): Phrase | string | undefined {
    const { book, clock } = this.parts;
    return reportObjection(book.login(loginKey(account.ca, account)), policyOf(account), clock.now());
  }

  /** Asks as a person. Never rejects. */
  async ask(question: ServiceQuestion, signal: AbortSignal): Promise<ServiceAskResult> {
    return this.heard(question, await this.call(question, "person", signal));
  }

  /** Whether reports decide which orders of an account's login are asked about. */
  isWatched(account: Account): boolean {
    return this.parts.book.login(loginKey(account.ca, account)).report?.on === true;
  }

  /** Switches that on or off, for every account of the login. @throws StorageError when it cannot be written */
  async setWatched(account: Account, on: boolean): Promise<void> {
    await this.parts.book.record([{ type: "report-watch", login: loginKey(account.ca, account), on }]);
  }

  dispose(): void {
    this.watch.dispose();
  }

  private heard({ service, account: id, order }: ServiceQuestion, result: ServiceAskResult): ServiceAskResult {
    const account = this.parts.book.account(id);
    const code = "code" in result ? String(result.code) : "";
    this.parts.log.info(`${service}: ${result.kind}`, { ...(order && { order }), ...(code !== "" && { code }) });
    this.parts.telemetry.send("service", { service, outcome: result.kind, code });
    const isRefused = result.kind === "sign-in-refused";
    if (account !== undefined && (isRefused || result.kind === "answered")) {
      void this.parts.accounts.noteJudged(account, isRefused);
    }
    return result;
  }
}

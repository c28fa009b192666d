import * as vscode from "vscode";
import type { TelemetryReporter } from "@vscode/extension-telemetry";
import type { Product } from "../../api/product";
import type { ServiceName } from "../../api/services/service";
import type { Disposable } from "../../orders/ports";

/**
 * Everything that can ever be sent, listed for users in `telemetry.json` (a test compares the two). Counts and codes
 * only: no name, number, host, path or text.
 */
export interface TelemetryEvents {
  /** A command ended. `outcome` is "done", "cancelled" or the code of an error. */
  command: { command: string; outcome: string };
  /** A call to the CA ended. `outcome` is the kind of its result, `code` the CA's or the transport's. */
  asked: { product: Product; outcome: string; code: string };
  /** A call to a service of the CA ended. */
  service: { service: ServiceName; outcome: string; code: string };
}

declare const TELEMETRY_CONNECTION: string;

/** A build without somewhere to send does not contain the library: the bundler leaves out what is never reached. */
const loadLibrary = () =>
  TELEMETRY_CONNECTION === "" ? Promise.reject(new Error("not built in")) : import("@vscode/extension-telemetry");

/**
 * Sends events if and only if a connection string was built in, the user turned our setting on, and the editor's
 * telemetry level allows it. Until then the library is not even loaded.
 */
export class Telemetry implements Disposable {
  private reporter: Promise<TelemetryReporter> | undefined;

  /**
   * @param connection the connection string, empty in builds that send nothing
   * @param agreed whether our own setting is on, called for each event
   */
  constructor(
    private readonly connection: string,
    private readonly agreed: () => boolean,
  ) {}

  send<E extends keyof TelemetryEvents>(event: E, properties: TelemetryEvents[E]): void {
    if (this.connection === "" || !this.agreed() || !vscode.env.isTelemetryEnabled) return;
    this.reporter ??= loadLibrary().then(({ TelemetryReporter }) => new TelemetryReporter(this.connection));
    this.reporter.then(
      (reporter) => reporter.sendTelemetryEvent(event, properties),
      () => undefined,
    );
  }

  dispose(): void {
    this.reporter?.then(
      (reporter) => reporter.dispose(),
      () => undefined,
    );
  }
}

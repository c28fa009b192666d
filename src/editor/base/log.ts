import * as vscode from "vscode";
import type { Disposable } from "../../orders/ports";
import { KnownSecrets, type Foreign } from "./known-secrets";
import { causeText, codeOf, factTexts, type LogFacts } from "./log-text";

type Level = "info" | "warn" | "error";

/**
 * The extension's channel in the Output view. It is never given a secret, but it masks every secret that this window
 * knows anyway, since texts from libraries and servers pass through here.
 */
export class Log implements Disposable {
  private made: vscode.LogOutputChannel | undefined;
  private isDisposed = false;
  /** The last line; the mask is loaded with the first one, and lines keep their order. */
  private last: Promise<void> = Promise.resolve();
  readonly secrets = new KnownSecrets();

  constructor(private readonly name: string) {}

  /** Remembers a secret, to mask it. */
  readonly mask = this.secrets.add;

  info(text: string, facts?: LogFacts): void {
    this.write("info", text, ...factTexts(facts));
  }

  warn(text: string, facts?: LogFacts): void {
    this.write("warn", text, ...factTexts(facts));
  }

  /** An error with its code, and with its stack if it is not one of ours, which is a defect. */
  error(text: string, error: unknown): void {
    const code = codeOf(error);
    this.write("error", text, causeText(error), ...factTexts(code === undefined ? {} : { code }));
  }

  show(): void {
    this.channel.show(true);
  }

  dispose(): void {
    this.isDisposed = true;
    this.made?.dispose();
  }

  /** Created with the first line: most windows never write one. */
  private get channel(): vscode.LogOutputChannel {
    return (this.made ??= vscode.window.createOutputChannel(this.name, { log: true }));
  }

  private write(level: Level, own: string, ...foreign: readonly Foreign[]): void {
    // A text that cannot be masked does not belong in the log.
    const line = this.secrets
      .line(own, ...foreign)
      .catch(() => "A log line was left out because its secrets could not be masked.");
    this.last = this.last.then(async () => {
      const masked = await line;
      if (!this.isDisposed) this.channel[level](masked);
    });
  }
}

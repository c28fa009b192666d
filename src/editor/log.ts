import * as vscode from "vscode";
import { maskSecrets } from "../api/masking";
import type { Disposable } from "../orders/ports";

/** Plain facts beside a line of the log: numbers, codes, origins. Never a body, a header or a secret. */
export type Facts = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * The extension's channel in the Output view. No secret is ever handed to it; it masks every one that was in use in
 * this window all the same, since texts of libraries and servers pass through here.
 */
export class Log implements Disposable {
  private made: vscode.LogOutputChannel | undefined;
  private readonly secrets = new Set<string>();

  constructor(private readonly name: string) {}

  /** Remembers a secret in use, to mask it. */
  readonly mask = (secret: string): void => {
    this.secrets.add(secret);
  };

  info(text: string, facts?: Facts): void {
    this.channel.info(this.line(text, facts));
  }

  warn(text: string, facts?: Facts): void {
    this.channel.warn(this.line(text, facts));
  }

  /** An error with its code, and its stack where it is none of ours: that is a defect. */
  error(text: string, error: unknown): void {
    const code = codeOf(error);
    const facts: Facts = code === undefined ? {} : { code };
    const cause = error instanceof Error ? (code === undefined ? (error.stack ?? error.message) : error.message) : "";
    this.channel.error(this.line(`${text} ${cause}`, facts));
  }

  show(): void {
    this.channel.show(true);
  }

  dispose(): void {
    this.made?.dispose();
  }

  /** Made with the first line: most windows write none. */
  private get channel(): vscode.LogOutputChannel {
    return (this.made ??= vscode.window.createOutputChannel(this.name, { log: true }));
  }

  private line(text: string, facts: Facts = {}): string {
    const said = Object.entries(facts)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}=${JSON.stringify(value)}`);
    return maskSecrets([text, ...said].join(" "), [...this.secrets]);
  }
}

/** The stable code of one of our errors, or of Node's; `undefined` for any other value. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

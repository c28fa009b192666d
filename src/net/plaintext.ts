import type { Socket } from "node:net";
import { phrase } from "../words/phrase";
import { SaidError } from "../words/said-error";

/** Bytes that a server may say before TLS: a greeting and a few answers, each of a few lines. */
const MAX_PLAINTEXT = 16_384;

/** A server did not lead into TLS. It says one sentence to a person. */
export class PlaintextError extends SaidError {
  override readonly name = "PlaintextError";
  readonly code = "plaintext";
}

/** The server answered in another way than its protocol has it. */
export const unknownAnswer = (): PlaintextError =>
  new PlaintextError(phrase("The server answered otherwise than its protocol has it; it may speak another one."));

/** What is said with a server before TLS begins, in bounded bytes; whoever owns the socket bounds the time. */
export class Plaintext {
  private held: Buffer = Buffer.alloc(0);
  private heard = 0;
  private failure: Error | undefined;
  private changed: () => void = () => undefined;
  private readonly take = (bytes: Buffer): void => {
    this.heard += bytes.length;
    if (this.heard > MAX_PLAINTEXT) this.fail(unknownAnswer());
    else this.held = Buffer.concat([this.held, bytes]);
    this.changed();
  };
  private readonly fail = (error: Error): void => {
    this.failure ??= error;
    this.changed();
  };
  private readonly closed = (): void =>
    this.fail(Object.assign(new Error("The connection was closed."), { code: "ECONNRESET" }));

  constructor(private readonly socket: Socket) {
    socket.on("data", this.take).on("error", this.fail).on("end", this.closed).on("close", this.closed);
  }

  say(bytes: string | Uint8Array): void {
    this.socket.write(bytes);
  }

  /** A line without its end, as Latin-1. @throws PlaintextError, or what ended the connection */
  async line(): Promise<string> {
    for (let from = 0; ;) {
      const end = this.held.indexOf("\n", from);
      if (end >= 0) return (await this.bytes(end + 1)).toString("latin1").replace(/\r?\n$/, "");
      from = this.held.length;
      await this.more();
    }
  }

  /** @throws as {@link line} does */
  async bytes(count: number): Promise<Buffer> {
    if (count > MAX_PLAINTEXT) throw unknownAnswer();
    while (this.held.length < count) await this.more();
    const taken = this.held.subarray(0, count);
    this.held = this.held.subarray(count);
    return taken;
  }

  /**
   * Gives the socket back for TLS, in which the client speaks first. What came in plain text after the last answer was
   * put there by somebody who cannot speak TLS (CVE-2011-0411, CVE-2021-23222): it is never taken for an answer.
   * @throws PlaintextError
   */
  end(): void {
    this.socket.off("data", this.take).off("error", this.fail).off("end", this.closed).off("close", this.closed);
    this.socket.pause();
    if (this.held.length === 0) return;
    throw new PlaintextError(
      phrase("The server, or somebody on the way to it, said more after it agreed to TLS; the connection was ended."),
    );
  }

  private async more(): Promise<void> {
    if (this.failure === undefined) await new Promise<void>((resolve) => (this.changed = resolve));
    if (this.failure !== undefined) throw this.failure;
  }
}

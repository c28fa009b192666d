// The names that Node.js has without an import, in the builds for the web: esbuild puts them where they are used.
import { Buffer as Bytes } from "buffer/";

/** Keeps a byte order mark, as Node.js does. */
const UTF_8 = new TextDecoder("utf-8", { ignoreBOM: true });

// eslint-disable-next-line @typescript-eslint/unbound-method -- it is called on the bytes below.
const toText: (this: Bytes, encoding: string, start: number, end: number) => string = Bytes.prototype.toString;

/** The package puts other replacement characters for damaged text than the standard and Node.js do. */
Bytes.prototype.toString = function (this: Bytes, encoding?: string, start = 0, end = this.length): string {
  const isUtf8 = encoding === undefined || encoding === "utf8" || encoding === "utf-8";
  return isUtf8 ? UTF_8.decode(this.subarray(start, end)) : toText.call(this, encoding, start, end);
};

const fromAny = Bytes.from.bind(Bytes) as (...given: readonly unknown[]) => Bytes;

/** The package takes "0g" for a byte, at which Node.js stops. */
const fromGiven = (value: unknown, encoding?: unknown, length?: unknown): Bytes =>
  typeof value === "string" && encoding === "hex"
    ? fromAny(/^(?:[\da-f]{2})*/i.exec(value)?.[0] ?? "", "hex")
    : fromAny(value, encoding, length);
Object.assign(Bytes, { from: fromGiven });

/** Any bytes will do for Node.js. */
Bytes.prototype.equals = function (this: Bytes, other: Uint8Array): boolean {
  return this.length === other.length && this.every((byte, index) => byte === other[index]);
};

export { Bytes as Buffer };

const waiting: (() => void)[] = [];
const channel = new MessageChannel();
/** As browsers have it; the types here are those of Node.js. */
const port = channel.port1 as unknown as { onmessage: (() => void) | null };

function next(): void {
  const callback = waiting.shift();
  // Nobody listens while nothing waits: in Node.js, whose tests load this, that would keep the process.
  if (waiting.length === 0) port.onmessage = null;
  callback?.();
}

/** Calls back in another turn of the event loop, without the 4 ms that a timer of a browser waits. */
export function setImmediate(callback: () => void): void {
  waiting.push(callback);
  port.onmessage = next;
  channel.port2.postMessage(undefined);
}

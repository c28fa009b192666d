import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { mkdir, open } from "node:fs/promises";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import type { Disposable } from "../orders/ports";
import { errnoOf } from "./storage-error";

/**
 * Something that one process of this user holds at a time, and that the system frees when it dies, however it dies.
 *
 * Linux: a socket in the abstract namespace. Windows: a named pipe, whose first instance is exclusive. Neither has a file
 * that could be left behind, and the name is a hash, so no path is too long. macOS and BSD have no such names, and a
 * socket file there stays after a crash and cannot be taken over without a race; they open a file with O_EXLOCK instead,
 * whose lock the kernel drops with its process.
 *
 * A process that is stopped (SIGSTOP, a debugger) goes on holding. That is meant: its call may still be under way, and
 * two calls at once are worse than none; when it goes on or dies, the next one has its turn. Processes in different
 * containers or on different computers do not see each other.
 */
export interface Exclusive {
  /** Takes it, or gives `undefined` when another process holds it. */
  take(): Promise<Taken | undefined>;
  /** Waits until the holder lets go or dies; at the latest after `ms`. Never throws. */
  released(ms: number, signal: AbortSignal): Promise<void>;
}

export interface Taken extends Disposable {
  /** Whether other processes wait for it. */
  readonly isWanted: boolean;
}

/** @param name what is exclusive: for this user, whichever editor runs it */
export function exclusive(name: string): Exclusive {
  const key = createHash("sha256")
    .update(`${process.getuid?.() ?? os.userInfo().username}/${name}`)
    .digest("hex")
    .slice(0, 32);
  switch (process.platform) {
    case "linux":
      return socketExclusive(`\0certificate-collector/${key}`);
    case "win32":
      return socketExclusive(`\\\\.\\pipe\\certificate-collector-${key}`);
    default:
      return fileExclusive(path.join(os.homedir(), "Library", "Caches", "certificate-collector", `${key}.lock`));
  }
}

function socketExclusive(address: string): Exclusive {
  return { take: () => listen(address), released: (ms, signal) => waitForEnd(address, ms, signal) };
}

function listen(address: string): Promise<Taken | undefined> {
  return new Promise((resolve, reject) => {
    const waiting = new Set<net.Socket>();
    const server = net.createServer((socket) => {
      waiting.add(socket.unref());
      socket.on("error", () => undefined).on("close", () => waiting.delete(socket));
      // Nothing is said; reading is only how the end of the other side is noticed.
      socket.resume();
    });
    server.once("error", (error) => {
      if (["EADDRINUSE", "EACCES"].includes(errnoOf(error) ?? "")) resolve(undefined);
      else reject(error);
    });
    server.listen(address, () => {
      server.unref();
      resolve({
        get isWanted() {
          return waiting.size > 0;
        },
        dispose: () => {
          server.close();
          for (const socket of waiting) socket.destroy();
        },
      });
    });
  });
}

/** ms before the next attempt when the holder could not be waited on. */
const ERROR_PAUSE = 20;

function waitForEnd(address: string, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const socket = net.connect(address);
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      socket.destroy();
      resolve();
    }
    // An error is no holder, or one with too many waiting: trying to take it tells which, a little later.
    let ended: () => void = done;
    socket.on("error", () => (ended = () => setTimeout(done, ERROR_PAUSE)));
    socket.on("close", () => ended()).resume();
    if (signal.aborted) done();
    else signal.addEventListener("abort", done, { once: true });
  });
}

/** open(2) of macOS and the BSDs: take an flock(2) with the open, atomically. Node passes the bit on. */
const O_EXLOCK = 0x20;

/** ms between two looks at a file that is locked; there is nothing to wait on. */
const FILE_RETRY = 50;

function fileExclusive(file: string): Exclusive {
  return {
    async take() {
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      try {
        const handle = await open(file, constants.O_RDWR | constants.O_CREAT | constants.O_NONBLOCK | O_EXLOCK, 0o600);
        // Whether others look at it cannot be seen: they may.
        return { isWanted: true, dispose: () => void handle.close().catch(() => undefined) };
      } catch (error) {
        if (["EAGAIN", "EWOULDBLOCK", "EINTR"].includes(errnoOf(error) ?? "")) return undefined;
        throw error;
      }
    },
    released(ms, signal) {
      return new Promise((resolve) => {
        const timer = setTimeout(done, Math.min(ms, FILE_RETRY));
        function done(): void {
          clearTimeout(timer);
          signal.removeEventListener("abort", done);
          resolve();
        }
        if (signal.aborted) done();
        else signal.addEventListener("abort", done, { once: true });
      });
    },
  };
}

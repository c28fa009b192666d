import { randomInt } from "node:crypto";
import { once } from "node:events";
import { link, lstat, readdir, readFile, readlink, rm } from "node:fs/promises";
import net from "node:net";
import path from "node:path";
import type { LockHolder } from "../orders/ports";
import type { Taken } from "./exclusive";
import { highest, type Generations } from "./generations";
import { errnoOf } from "./storage-error";

/**
 * Most connections that a holder keeps; further ones are closed at once. Each is a waiting window, or a handle wasted
 * by another program of this user.
 */
export const MAX_WAITING = 100;

/** What a holder sends on each connection that it keeps: a connection closed without it was one too many. */
const KEPT = "\n";

/** Longest path of a socket: `sun_path` of unix(7) has 108 bytes, the last of which is zero. */
const LONGEST_PATH = 107;

/**
 * A lock's folder. In it lie, for a generation: its number, which is what counts; with a word at random, the socket as
 * it was bound; with process and time too, who published it. All three are names of one socket.
 */
export class SocketFolder implements Generations<Taken> {
  constructor(private readonly folder: string) {}

  async list(): Promise<number[]> {
    // One getdents(2), which excludes publishing and removing, reads all of so small a folder.
    return (await readdir(this.folder)).filter((name) => /^\d+$/.test(name)).map(Number);
  }

  async look(generation: number): Promise<"alive" | "dead" | "gone"> {
    const file = this.at(generation);
    try {
      // Left by another user while others could open the folder: it never counted.
      if ((await lstat(file)).uid !== process.geteuid?.()) {
        await rm(file, { recursive: true });
        return "gone";
      }
      const socket = net.connect(file);
      try {
        await once(socket, "connect");
      } finally {
        socket.destroy();
      }
      return "alive";
    } catch (error) {
      const errno = errnoOf(error) ?? "";
      // Reset: the holder released it while we waited to be accepted.
      if (errno === "ENOENT" || errno === "ECONNRESET") return "gone";
      if (errno === "ECONNREFUSED") return "dead";
      // More connections are waiting than the system queues.
      if (errno === "EAGAIN") return "alive";
      throw error;
    }
  }

  async publish(generation: number): Promise<Taken | undefined> {
    const bound = `${generation}.${randomInt(36 ** 4).toString(36)}`;
    let taken: Taken | undefined;
    try {
      taken = await listen(this.at(bound));
      await link(this.at(bound), this.at(`${bound}.${process.pid}.${await processNamespace()}.${Date.now()}`));
      await link(this.at(bound), this.at(generation));
      return taken;
    } catch (error) {
      taken?.dispose();
      // Another process was faster, has removed ours in the meantime, or drew the same word.
      if (["EEXIST", "ENOENT", "EADDRINUSE"].includes(errnoOf(error) ?? "")) return undefined;
      throw error;
    }
  }

  async sweep(below: number): Promise<void> {
    const names = await readdir(this.folder).catch((): string[] => []);
    const low = names.filter((name) => /^\d+(\.|$)/.test(name) && Number.parseInt(name) < below);
    await Promise.all(low.map((name) => rm(this.at(name), { force: true }).catch(() => undefined)));
  }

  /** The path of the socket of a living holder. */
  async holding(): Promise<string | undefined> {
    const generation = highest(await this.list());
    return generation > 0 && (await this.look(generation)) === "alive" ? this.at(generation) : undefined;
  }

  /** Who published a socket. */
  async publisher(socket: string): Promise<LockHolder | undefined> {
    const { ino } = await lstat(socket);
    for (const name of await readdir(this.folder)) {
      const [, pid, namespace, since] = /^\d+\.\w+\.(\d+)\.(\d+)\.(\d+)$/.exec(name) ?? [];
      if (pid === undefined || (await lstat(this.at(name))).ino !== ino) continue;
      // In another container the same number is another process.
      const isKnown = namespace === (await processNamespace());
      return {
        ...(isKnown && { pid: Number(pid) }),
        since: Number(since),
        isStopped: isKnown && (await isStopped(pid)),
      };
    }
    return undefined;
  }

  private at(name: string | number): string {
    return path.join(this.folder, String(name));
  }
}

/** Listens on its own socket file, which is removed at the end, and keeps all connections until then. */
async function listen(file: string): Promise<Taken> {
  if (Buffer.byteLength(file) > LONGEST_PATH) throw Object.assign(new Error("Too long."), { code: "ENAMETOOLONG" });
  const waiting = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    waiting.add(socket.unref());
    socket.on("error", () => undefined).on("close", () => waiting.delete(socket));
    // Reading is how the end of the other side is detected.
    socket.resume().write(KEPT);
  });
  server.maxConnections = MAX_WAITING;
  await once(server.listen(file), "listening");
  // A holder that cannot accept a connection keeps holding.
  server.unref().on("error", () => undefined);
  return {
    get isWanted() {
      return waiting.size > 0;
    },
    dispose: () => {
      server.close();
      for (const socket of waiting) socket.destroy();
    },
  };
}

/** Which processes see each other's numbers: pid_namespaces(7). */
function processNamespace(): Promise<string> {
  return (namespace ??= readlink("/proc/self/ns/pid").then(
    (text) => /\d+/.exec(text)?.[0] ?? "0",
    () => "0",
  ));
}

let namespace: Promise<string> | undefined;

/** proc(5), /proc/pid/stat: the state follows the name in parentheses, which may hold any character. */
async function isStopped(pid: string): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, "latin1").catch(() => "");
  return /^[Tt]/.test(stat.slice(stat.lastIndexOf(")") + 2));
}

/** ms before the next attempt if there was nothing to wait for. */
const PAUSE = 20;
/** …and if the holder does not keep more connections. */
const CROWDED_PAUSE = 250;

/** Waits until the process that listens on a socket releases it or dies, but at most `ms`. Never throws. */
export function ended(socketFile: string, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const socket = net.connect(socketFile);
    let timer = setTimeout(done, ms);
    let pause = PAUSE;
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      socket.destroy();
      resolve();
    }
    socket.on("connect", () => (pause = CROWDED_PAUSE));
    socket.on("data", () => (pause = 0));
    socket.on("error", () => undefined);
    socket.on("close", () => {
      clearTimeout(timer);
      timer = setTimeout(done, Math.min(pause, ms));
    });
    if (signal.aborted) done();
    else signal.addEventListener("abort", done, { once: true });
  });
}

import { randomBytes } from "node:crypto";
import { cp, mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { ChildGroup } from "./child-group";
import { mustRun } from "./command";
import type { ServerPrograms } from "./server-install";
import { TemporaryFolder } from "./temporary-folder";
import { type Settings, writeUserSettings } from "./user-settings";
import { WorkbenchError } from "./workbench-error";

/** Time for the server to say that it is ready, and for it to install a package, ms. */
const START_LIMIT_MS = 60_000;
const INSTALL_LIMIT_MS = 120_000;

/** What the server prints when pages can be opened, with the port that it took. */
const READY = /Web UI available at http:\/\/localhost:(\d+)/;

const ACCEPT = "--accept-server-license-terms";

/** The marketplace that the server asks about extensions, unless told otherwise, is outside. */
const NO_GALLERY = "{}";

/** How a server is started. */
export interface ServerOptions {
  /** Absolute path of a packaged extension that is installed first. */
  readonly vsix?: string;
  /** Added to our environment for the server, and so for its extension hosts. */
  readonly env?: Readonly<Record<string, string>>;
  /** The user's settings, beside the quiet ones that each window has. */
  readonly settings?: Settings;
  /** Folders are trusted when a person says so, as by default; else all are, and nobody is asked. */
  readonly asksForTrust?: boolean;
}

/** What a page opens. */
export interface Target {
  /** Absolute path of the folder that is opened; without it an empty window opens. */
  readonly folder?: string;
  /** Absolute path of an extension's sources that are run instead of an installed package. */
  readonly extensionDevelopmentPath?: string;
  /** Absolute path of the module whose `run()` is called in the extension host. */
  readonly extensionTestsPath?: string;
}

/** A VS Code server on loopback, with a data folder of its own. */
export class Server {
  private constructor(
    private readonly group: ChildGroup,
    private readonly port: number,
    private readonly token: string,
    private readonly data: TemporaryFolder,
  ) {}

  /**
   * Starts a server and waits until it serves pages. It answers only those who know its token, since whoever opens a
   * page of it acts as the person who started it.
   *
   * @throws WorkbenchError `server-failed` with what the server said
   */
  static async start(programs: ServerPrograms, options: ServerOptions = {}): Promise<Server> {
    const data = await TemporaryFolder.make("server");
    const dataFolder = data.path;
    try {
      await writeUserSettings(path.join(dataFolder, "data"), options.settings);
      // Its sockets go with its data; by default a killed server leaves them in the folder of all temporary files.
      const runtime = path.join(dataFolder, "run");
      await mkdir(runtime, { mode: 0o700 });
      const env = { ...process.env, XDG_RUNTIME_DIR: runtime, EXTENSIONS_GALLERY: NO_GALLERY, ...options.env };
      const common = [path.join(programs.vscode, "out", "server-main.js"), "--server-data-dir", dataFolder, ACCEPT];
      if (options.vsix !== undefined) {
        await mustRun(programs.node, [...common, "--install-extension", options.vsix], INSTALL_LIMIT_MS, { env });
      }
      const token = randomBytes(16).toString("hex");
      const flags = ["--host", "127.0.0.1", "--port", "0", "--connection-token", token];
      flags.push("--enable-smoke-test-driver");
      if (options.asksForTrust !== true) flags.push("--disable-workspace-trust");
      const group = new ChildGroup(programs.node, [...common, ...flags], { env });
      try {
        return new Server(group, await ready(group), token, data);
      } catch (error) {
        await group.stop();
        throw error;
      }
    } catch (error) {
      await data.remove();
      throw error;
    }
  }

  /** Everything it writes lies below: settings, storage of extensions, logs, installed extensions. */
  get dataFolder(): string {
    return this.data.path;
  }

  /** The folder that on a desktop is the user data folder. */
  get userData(): string {
    return path.join(this.dataFolder, "data");
  }

  /** The address that opens a window, the token in it. */
  url(target: Target): string {
    const remote = (file: string) => `vscode-remote://127.0.0.1:${this.port}${file}`;
    const payload: [string, string][] = [["skipWelcome", "true"]];
    if (target.extensionDevelopmentPath !== undefined) {
      payload.push(["extensionDevelopmentPath", remote(target.extensionDevelopmentPath)]);
    }
    if (target.extensionTestsPath !== undefined)
      payload.push(["extensionTestsPath", remote(target.extensionTestsPath)]);
    const url = new URL(`http://127.0.0.1:${this.port}/`);
    url.searchParams.set("tkn", this.token);
    if (target.folder === undefined) url.searchParams.set("ew", "true");
    else url.searchParams.set("folder", target.folder);
    url.searchParams.set("payload", JSON.stringify(payload));
    return url.href;
  }

  /** Resolves when the server has ended, by itself or by `stop()`. */
  get ended(): Promise<number | undefined> {
    return this.group.ended;
  }

  /** Copies the logs of the server, its extension hosts and their output channels into a folder, which is replaced. */
  async saveLogs(folder: string): Promise<void> {
    await rm(folder, { recursive: true, force: true });
    await cp(path.join(this.userData, "logs"), folder, { recursive: true });
  }

  /** Ends the server, its extension hosts and terminals, and removes its data folder. */
  async stop(): Promise<void> {
    await this.group.stop();
    await this.data.remove();
  }
}

/** Waits for the line with the port; afterwards the output is read and dropped, lest the server wait for us. */
async function ready(group: ChildGroup): Promise<number> {
  let output = "";
  let starting = true;
  const port = new Promise<number>((resolve) => {
    for (const stream of group.output) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        if (!starting) return;
        output += text;
        const said = READY.exec(output)?.[1];
        if (said !== undefined) resolve(Number(said));
      });
    }
  });
  const tooLate = new AbortController();
  const failed = (why: string) => new WorkbenchError("server-failed", `The VS Code server ${why}.\n${output}`);
  try {
    return await Promise.race([
      port,
      group.ended.then((code) => Promise.reject(failed(`ended while starting (${code ?? "killed"})`))),
      wait(START_LIMIT_MS, undefined, { signal: tooLate.signal }).then(() => Promise.reject(failed("did not start"))),
    ]);
  } finally {
    starting = false;
    tooLate.abort();
  }
}

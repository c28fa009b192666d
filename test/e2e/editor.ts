import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { BrowserContext } from "playwright-core";
import { launchBrowser } from "../workbench/launch-browser";
import { keepSecrets, speak } from "../workbench/page";
import { type Hit, searchSecret } from "../workbench/secret-search";
import { Server } from "../workbench/server";
import { installServer } from "../workbench/server-install";
import { TemporaryFolder } from "../workbench/temporary-folder";
import { globalStorage, type Settings } from "../workbench/user-settings";
import { Window } from "./window";

const root = path.resolve(__dirname, "..", "..", "..");
const results = path.join(root, "test-results");

/** How an editor is set up. */
export interface EditorOptions {
  /**
   * Which extension runs in it: the sources as built (default), the package, another package by its path, or an
   * extension that is not packed by its folder.
   */
  readonly extension?: "sources" | "package" | { readonly vsix: string } | { readonly folder: string };
  /** Added to the environment of the server and its extension hosts. */
  readonly env?: Readonly<Record<string, string>>;
  /** The user's settings. */
  readonly settings?: Settings;
  /** Folders are trusted when a person says so, as by default; else all are, and nobody is asked. */
  readonly asksForTrust?: boolean;
  /** The display language, for instance "de"; English without one. */
  readonly language?: string;
  /** Files of the folder that is opened, by their path in it. */
  readonly files?: Readonly<Record<string, string>>;
}

/** The package to install, or the folder of an extension that runs from it. */
function runs({ extension = "sources" }: EditorOptions): { readonly vsix: string } | { readonly folder: string } {
  if (extension === "sources") return { folder: root };
  return extension === "package" ? { vsix: path.join(root, "out", "certificate-collector.vsix") } : extension;
}

/** A VS Code server and a browser with a profile of its own, as one person has them. */
export class Editor {
  private browser: BrowserContext | undefined;
  private readonly windows: Window[] = [];
  private dumps = 0;

  private constructor(
    private readonly server: Server,
    /** Holds the opened folder, the browser's profile and what was read from its storage. */
    private readonly work: TemporaryFolder,
    private readonly options: EditorOptions,
  ) {}

  static async start(options: EditorOptions = {}): Promise<Editor> {
    const work = await TemporaryFolder.make("e2e");
    for (const [name, text] of Object.entries({ ...options.files, "README.txt": "A folder of a test.\n" })) {
      const file = path.join(work.path, "folder", name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    const extension = runs(options);
    const server = await Server.start(await installServer(console.log), {
      ...(options.env === undefined ? {} : { env: options.env }),
      ...(options.settings === undefined ? {} : { settings: options.settings }),
      ...("vsix" in extension ? { vsix: extension.vsix } : {}),
      ...(options.asksForTrust === undefined ? {} : { asksForTrust: options.asksForTrust }),
    });
    return new Editor(server, work, options);
  }

  /** Absolute path of the folder that its windows open. */
  get folder(): string {
    return path.join(this.work.path, "folder");
  }

  /** Absolute path of the extension's global storage. */
  get globalStorage(): string {
    return globalStorage(this.server.userData);
  }

  /** The window that was opened last. */
  get window(): Window {
    const window = this.windows.at(-1);
    if (window === undefined) throw new Error("no window is open");
    return window;
  }

  /** Opens a window on the folder; a second one shares the browser with the first. */
  async open(): Promise<Window> {
    const extension = runs(this.options);
    const url = this.server.url({
      folder: this.folder,
      ...("folder" in extension ? { extensionDevelopmentPath: extension.folder } : {}),
    });
    if (this.browser === undefined) {
      this.browser = await launchBrowser(path.join(this.work.path, "profile"));
      await keepSecrets(this.browser, url);
      if (this.options.language !== undefined) await speak(this.browser, this.options.language);
    }
    const [blank] = this.browser.pages().filter((page) => page.url() === "about:blank");
    const window = new Window(blank ?? (await this.browser.newPage()), results);
    this.windows.push(window);
    await window.load(url);
    return window;
  }

  /** Closes a window, as a person does; the others stay. */
  async close(window: Window): Promise<void> {
    await window.page.close();
    this.windows.splice(this.windows.indexOf(window), 1);
  }

  /**
   * Kills the browser, as a crash does: no window is told, and the extension hosts live on. The next window that is
   * opened starts it again on the same profile. Chromium writes local storage seconds late: this waits until the
   * secrets in it are on disk.
   */
  async killBrowser(): Promise<void> {
    const browser = this.browser?.browser();
    if (!this.browser || !browser) throw new Error("no browser is open");
    for (const window of this.windows) {
      const secrets = await window.sealedSecrets();
      while (secrets !== undefined && !(await this.onDisk(secrets))) await wait(200);
    }
    const closed = new Promise((resolve) => this.browser?.once("close", resolve));
    const session = await browser.newBrowserCDPSession();
    // It dies before it can answer.
    await session.send("Browser.crash").catch(() => undefined);
    await closed;
    this.browser = undefined;
    this.windows.length = 0;
  }

  /** Whether a value of local storage is in the profile's files: its middle, since the files break values up. */
  private async onDisk(value: string): Promise<boolean> {
    const folder = path.join(this.work.path, "profile", "Default", "Local Storage", "leveldb");
    const middle = value.slice(value.length / 2 - 16, value.length / 2 + 16);
    const contents = (await readdir(folder)).map((name) =>
      readFile(path.join(folder, name)).catch(() => Buffer.alloc(0)),
    );
    return (await Promise.all(contents)).some((content) => content.includes(middle));
  }

  /**
   * Looks for a secret in all that this editor has written: the server's data folder (storage, settings, logs), the
   * browser's profile and, readable, the storage of the open windows.
   */
  async search(secret: string): Promise<Hit[]> {
    const dumps = path.join(this.work.path, "storage");
    await mkdir(dumps, { recursive: true });
    for (const window of this.windows) {
      await writeFile(path.join(dumps, `${++this.dumps}.txt`), await window.storedText());
    }
    return [this.server.dataFolder, path.join(this.work.path, "profile"), dumps].flatMap((place) =>
      searchSecret(place, secret),
    );
  }

  /** Leaves what shows why a test failed: a screenshot of each window, their messages and the server's logs. */
  async leaveEvidence(name: string): Promise<void> {
    for (const [index, window] of this.windows.filter(({ page }) => !page.isClosed()).entries()) {
      await window.screenshot(`failed-${name}${index === 0 ? "" : `-${index + 1}`}`);
    }
    const folder = path.join(results, `failed-${name}-logs`);
    await this.server.saveLogs(folder);
    await writeFile(
      path.join(folder, "windows.log"),
      this.windows.map((window) => window.messages.join("\n")).join("\n\n"),
    );
  }

  async stop(): Promise<void> {
    await this.browser?.close();
    await this.server.stop();
    await this.work.remove();
  }
}

/**
 * Gives the tests of the enclosing `describe` an editor, started before the first and stopped after the last. A test
 * that fails leaves its evidence in `test-results`.
 *
 * @returns the editor, to be called inside a test
 */
export function useEditor(options: EditorOptions = {}): () => Editor {
  let editor: Editor | undefined;
  before("start an editor", async () => {
    editor = await Editor.start(options);
  });
  afterEach("leave evidence of a failure", async function () {
    if (this.currentTest?.state !== "failed") return;
    const name = this.currentTest.fullTitle().toLowerCase().replaceAll(/\W+/g, "-").slice(0, 80);
    await editor?.leaveEvidence(name);
  });
  after("stop the editor", () => editor?.stop());
  return () => {
    if (editor === undefined) throw new Error("the editor is there inside a test only");
    return editor;
  };
}

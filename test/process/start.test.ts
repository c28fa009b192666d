import assert from "node:assert/strict";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { ChildGroup } from "../workbench/child-group";
import { launchBrowser } from "../workbench/launch-browser";
import { openWorkbench } from "../workbench/page";
import { endProcessesNaming, processesNaming } from "../workbench/processes-naming";

const root = path.resolve(__dirname, "..", "..", "..");

/** Stands in for a desktop: notes its arguments, starts a process outside of its group as VS Code does, and waits. */
const STAND_IN = `#!${process.execPath}
const { spawn } = require("node:child_process");
const { renameSync, writeFileSync } = require("node:fs");
const flags = process.argv.slice(2);
spawn(process.execPath, ["-e", "setInterval(() => 0, 1000)", "--", ...flags], { detached: true, stdio: "ignore" }).unref();
writeFileSync(process.env.RECORD + ".partial", JSON.stringify(flags));
renameSync(process.env.RECORD + ".partial", process.env.RECORD);
setInterval(() => 0, 1000);
`;

describe("npm start", () => {
  let folder: string;
  let env: NodeJS.ProcessEnv;
  let started: ChildGroup | undefined;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "start-test-"));
    // What it leaves behind is seen in a folder that nobody else writes to.
    mkdirSync(path.join(folder, "tmp"));
    env = { ...process.env, TMPDIR: path.join(folder, "tmp"), PATH: withoutCode(process.env.PATH ?? "") };
    delete env.VSCODE_IPC_HOOK_CLI;
  });
  afterEach(async () => {
    await started?.stop();
    await endProcessesNaming(folder);
    rmSync(folder, { recursive: true, force: true });
  });

  function program(place: string, script: string): string {
    const file = path.join(folder, place, "code");
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, script);
    chmodSync(file, 0o755);
    return path.dirname(file);
  }

  /** Starts it, and waits until it has printed what matches. @returns the match, and all processes that it then has */
  async function start(printed: RegExp): Promise<{ child: ChildGroup; match: string }> {
    const child = new ChildGroup(process.execPath, [path.join(root, "out", "test", "workbench", "start.js")], { env });
    started = child;
    let output = "";
    for (const stream of child.output) stream.setEncoding("utf8").on("data", (text: string) => (output += text));
    for (;;) {
      const match = printed.exec(output)?.[0];
      if (match !== undefined) return { child, match };
      assert.equal(child.process.exitCode, null, `it ended: ${output}`);
      await wait(20);
    }
  }

  /** Presses Ctrl+C, and sees that nothing is left: no process, no file. */
  async function interrupt(child: ChildGroup): Promise<void> {
    child.process.kill("SIGINT");
    assert.equal(await child.ended, 130);
    assert.deepEqual(await processesNaming(folder), []);
    assert.equal(child.alive, false);
    assert.deepEqual(readdirSync(path.join(folder, "tmp")), []);
  }

  it("opens the desktop's VS Code on a profile that is thrown away, and ends it with Ctrl+C", async () => {
    const record = path.join(folder, "arguments");
    env = { ...env, RECORD: record, PATH: [program("desktop/bin", STAND_IN), env.PATH].join(path.delimiter) };
    const { child } = await start(/What to do next/);
    while (!existsSync(record)) await wait(20);
    const args = JSON.parse(readFileSync(record, "utf8")) as string[];
    const value = (flag: string) => args.find((arg) => arg.startsWith(`--${flag}=`))?.slice(flag.length + 3) ?? "";
    assert.equal(value("extensionDevelopmentPath"), root);
    for (const flag of ["user-data-dir", "extensions-dir"])
      assert.ok(value(flag).startsWith(folder), `${flag}: ${value(flag)}`);
    assert.ok(args.includes("--wait"));
    assert.ok(statSync(args.at(-1) ?? "").isDirectory());

    const whereabouts = path.join(
      value("user-data-dir"),
      "User/globalStorage/certificate-collector.certificate-collector/sandbox.json",
    );
    assert.equal(statSync(whereabouts).mode & 0o777, 0o600);
    const { url, caPem, pid } = JSON.parse(readFileSync(whereabouts, "utf8")) as Record<string, unknown>;
    assert.match(String(url), /^https:\/\/127\.0\.0\.1:\d+$/);
    assert.match(String(caPem), /^-----BEGIN CERTIFICATE-----/);
    assert.equal(pid, child.process.pid);

    assert.ok((await processesNaming(value("user-data-dir"))).length >= 2, "the stand-in and its own process run");
    await interrupt(child);
  });

  it("ends by itself when the desktop's window is closed", async () => {
    env = { ...env, PATH: [program("desktop/bin", "#!/bin/sh\nexit 0\n"), env.PATH].join(path.delimiter) };
    const { child } = await start(/What to do next/);
    assert.equal(await child.ended, 0);
    assert.deepEqual(readdirSync(path.join(folder, "tmp")), []);
  });

  it("takes the command line of a remote window for no desktop, serves a page, and ends all with Ctrl+C", async () => {
    const remote = program("server/bin/remote-cli", "#!/bin/sh\nexit 1\n");
    env = { ...env, PATH: [remote, env.PATH].join(path.delimiter), VSCODE_IPC_HOOK_CLI: path.join(folder, "ipc.sock") };
    const { child, match: url } = await start(/http:\/\/127\.0\.0\.1:\d+\/\?\S+/);
    const browser = await launchBrowser(path.join(folder, "profile"));
    try {
      const page = browser.pages()[0] ?? (await browser.newPage());
      await openWorkbench(page, url);
      await page.locator(".part.activitybar").getByLabel("Certificates").first().waitFor();
      assert.equal((await fetch(new URL("/", url))).status, 403, "without its token it serves nobody");
    } finally {
      await browser.close();
    }
    await interrupt(child);
  });
});

/** PATH less the folders in which a `code` lies. */
function withoutCode(value: string): string {
  return value
    .split(path.delimiter)
    .filter((place) => !existsSync(path.join(place, "code")))
    .join(path.delimiter);
}

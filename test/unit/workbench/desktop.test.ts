import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { findDesktop } from "../../workbench/desktop";

describe("the desktop VS Code on PATH", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "desktop-"));
    for (const bin of ["desktop/bin", "server/bin/remote-cli", "notes"])
      mkdirSync(path.join(folder, bin), { recursive: true });
    for (const program of ["desktop/bin/code", "server/bin/remote-cli/code-linux.sh"]) {
      writeFileSync(path.join(folder, program), "#!/bin/sh\n");
      chmodSync(path.join(folder, program), 0o755);
    }
    symlinkSync("code-linux.sh", path.join(folder, "server/bin/remote-cli/code"));
    mkdirSync(path.join(folder, "local"));
    symlinkSync("../server/bin/remote-cli/code", path.join(folder, "local/code"));
    writeFileSync(path.join(folder, "notes/code"), "not a program");
  });
  after(() => rmSync(folder, { recursive: true }));

  const cases: readonly (readonly [
    what: string,
    found: string | undefined,
    places: readonly string[],
    inRemoteTerminal?: string,
  ])[] = [
    ["is found", "desktop/bin/code", ["notes", "desktop/bin"]],
    ["is not there", undefined, ["notes"]],
    ["is not the command line of a remote window", undefined, ["server/bin/remote-cli"]],
    ["is not a link to that", undefined, ["local"]],
    ["is found behind that", "desktop/bin/code", ["server/bin/remote-cli", "desktop/bin"]],
    [
      "hands over to a remote window in its terminals",
      undefined,
      ["server/bin/remote-cli", "desktop/bin"],
      "/run/vscode-ipc-1.sock",
    ],
  ];
  for (const [what, found, places, hook] of cases) {
    it(what, () => {
      const env = {
        PATH: places.map((place) => path.join(folder, place)).join(path.delimiter),
        ...(hook === undefined ? {} : { VSCODE_IPC_HOOK_CLI: hook }),
      };
      assert.equal(findDesktop(env), found === undefined ? undefined : path.join(folder, found));
    });
  }
});

import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { needs } from "../system";
import { findDesktop, programOf } from "../../workbench/desktop";
import { onPath } from "../../workbench/program";

describe("the desktop VS Code on PATH", () => {
  let folder = "";
  before(function () {
    needs(this, "modes", "links");
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
  after(() => folder !== "" && rmSync(folder, { recursive: true }));

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

describe("programs on PATH", () => {
  const bin = "C:\\Program Files\\Microsoft VS Code\\bin";
  const cases: readonly (readonly [
    what: string,
    platform: NodeJS.Platform,
    name: string,
    env: NodeJS.ProcessEnv,
    places: readonly string[],
  ])[] = [
    ["of Linux", "linux", "code", { PATH: "/a:/b/:rel::" }, ["/a/code", "/b/code"]],
    ["of Linux, where nothing is said", "linux", "code", {}, []],
    ["of Linux, where PATHEXT means nothing", "linux", "code", { PATH: "/a", PATHEXT: ".CMD" }, ["/a/code"]],
    [
      "of Windows, with its endings in their order",
      "win32",
      "code",
      { PATH: `${bin};D:\\tools`, PATHEXT: ".EXE;.CMD" },
      [`${bin}\\code.EXE`, `${bin}\\code.CMD`, "D:\\tools\\code.EXE", "D:\\tools\\code.CMD"],
    ],
    [
      "of Windows, in quotation marks, of a computer, in a variable called Path",
      "win32",
      "code",
      { Path: `"${bin}";\\\\server\\share;rel;`, PathExt: ".cmd" },
      [`${bin}\\code.cmd`, "\\\\server\\share\\code.cmd"],
    ],
    ["of Windows, with an ending", "win32", "code.cmd", { PATH: "C:\\a" }, ["C:\\a\\code.cmd"]],
    [
      "of Windows, where PATHEXT is not set",
      "win32",
      "code",
      { PATH: "C:\\a" },
      [".COM", ".EXE", ".BAT", ".CMD"].map((ending) => `C:\\a\\code${ending}`),
    ],
    [
      "of Windows, with an ending that is none",
      "win32",
      "code.1",
      { PATH: "C:\\a", PATHEXT: ".EXE;x" },
      ["C:\\a\\code.1.EXE"],
    ],
  ];
  for (const [what, platform, name, env, places] of cases)
    it(what, () => assert.deepEqual(onPath(name, env, platform), places));

  const programs: readonly (readonly [code: string, platform: NodeJS.Platform, program: string])[] = [
    [`${bin}\\code.CMD`, "win32", "C:\\Program Files\\Microsoft VS Code\\Code.exe"],
    [`${bin}\\code.bat`, "win32", "C:\\Program Files\\Microsoft VS Code\\Code.exe"],
    ["D:\\VSCode\\code.exe", "win32", "D:\\VSCode\\code.exe"],
    ["/usr/bin/code", "linux", "/usr/bin/code"],
    ["/opt/code.cmd", "linux", "/opt/code.cmd"],
  ];
  for (const [code, platform, program] of programs)
    it(`${code} starts ${program}`, () => assert.equal(programOf(code, platform), program));
});

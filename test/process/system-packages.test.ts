import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { installSystemPackages, missingSystemPackages } from "../workbench/system-packages";

const say = () => undefined;

/**
 * Stands in for Debian's programs: libkrb5-dev and make are there, python3 was removed, apt-get notes what it is told.
 */
const PROGRAMS = {
  "dpkg-query": `case "$3" in
    libkrb5-dev|make) printf 'install ok installed' ;;
    python3) printf 'deinstall ok config-files' ;;
    *) echo "dpkg-query: no packages found matching $3" >&2; exit 1 ;;
  esac`,
  "apt-get": `echo "$DEBIAN_FRONTEND $*" >> "$RECORD"`,
};

(process.platform === "linux" ? describe : describe.skip)("the system's packages", () => {
  let folder: string;
  let before: NodeJS.ProcessEnv;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "packages-test-"));
    for (const [name, script] of Object.entries(PROGRAMS)) {
      writeFileSync(path.join(folder, name), `#!/bin/sh\n${script}\n`);
      chmodSync(path.join(folder, name), 0o755);
    }
    before = { ...process.env };
    // Neither a browser nor the server is to be found from here.
    Object.assign(process.env, { PATH: folder, XDG_CACHE_HOME: folder, RECORD: path.join(folder, "record") });
    delete process.env.CHROME_PATH;
  });
  afterEach(() => {
    process.env = before;
    rmSync(folder, { recursive: true });
  });

  it("are those of the build, and of the browser where one is driven", async () => {
    const build = ["g++", "pkg-config", "python3"];
    assert.deepEqual(await missingSystemPackages({ browser: false }, true), build);
    assert.deepEqual(await missingSystemPackages({ browser: true }, true), [...build, "chromium", "fonts-liberation"]);
  });

  it("are told to an ordinary user as the line to type", async () => {
    await assert.rejects(missingSystemPackages({ browser: false }, false), {
      code: "packages-missing",
      message: /\n {2}sudo apt-get install -y --no-install-recommends g\+\+ pkg-config python3\n/,
    });
  });

  it("are not asked for where there is no Debian", async () => {
    rmSync(path.join(folder, "dpkg-query"));
    assert.deepEqual(await missingSystemPackages({ browser: true }, false), []);
  });

  it("are installed by apt, which asks nothing", async () => {
    await installSystemPackages(["g++", "chromium"], say);
    assert.equal(
      readFileSync(path.join(folder, "record"), "utf8"),
      "noninteractive update\nnoninteractive install -y --no-install-recommends g++ chromium\n",
    );
  });

  it("are not installed when apt fails, and its words are kept", async () => {
    writeFileSync(path.join(folder, "apt-get"), "#!/bin/sh\necho 'E: no space left' >&2\nexit 100\n");
    await assert.rejects(installSystemPackages(["g++"], say), {
      code: "command-failed",
      message: /E: no space left/,
    });
  });
});

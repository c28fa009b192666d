import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

/** Whether a program that is missing fails: `.ci/run` installs all of them and says so. */
export const ALL_PROGRAMS = process.env.CERTIFICATE_COLLECTOR_PROGRAMS === "all";

/** Where servers are installed, which a person's PATH need not name. */
const FOLDERS = ["/usr/sbin", "/usr/local/sbin"];

/** The full path of a program; `undefined` where this machine lacks it. */
export function findProgram(name: string): string | undefined {
  return [...(process.env.PATH ?? "").split(path.delimiter), ...FOLDERS]
    .filter((folder) => folder !== "")
    .map((folder) => path.join(folder, name))
    .find((file) => existsSync(file));
}

/** Runs a program to its end. @returns what it printed, errors included */
export function run(program: string, ...args: readonly string[]): { readonly ok: boolean; readonly output: string } {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: "utf8",
    timeout: 60_000,
    env: { ...process.env, LC_ALL: "C.UTF-8" },
  });
  return { ok: status === 0, output: error === undefined ? `${stdout}${stderr}` : String(error) };
}

/** Tests with a program, or one that is skipped and says what is missing. */
export function describeWith(name: string, tests: (program: string) => void): void {
  const program = findProgram(name);
  describe(name, () => {
    if (program !== undefined) tests(program);
    else if (!ALL_PROGRAMS) it.skip("is not installed here");
    else
      it("is installed", () => {
        throw new Error(`${name} is missing`);
      });
  });
}

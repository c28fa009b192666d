import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Whether this machine has OpenSSL's program, which is another hand than ours and Node.js's. */
export const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;

/**
 * Runs `openssl`, the file's name in the place of the argument "FILE".
 * @returns what it printed, errors included
 */
export function openssl(file: Uint8Array, ...args: readonly string[]): { ok: boolean; output: string } {
  const folder = mkdtempSync(path.join(tmpdir(), "exports-"));
  try {
    const name = path.join(folder, "file");
    writeFileSync(name, file, { mode: 0o600 });
    const { status, stdout, stderr } = spawnSync(
      "openssl",
      args.map((arg) => (arg === "FILE" ? name : arg)),
    );
    return { ok: status === 0, output: `${stdout.toString()}${stderr.toString()}` };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

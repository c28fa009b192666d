import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Sandbox } from "../../src/sandbox/server";

/**
 * Fills the extension's global storage before its first window opens: where the sandbox is that `npm start` runs, in
 * `sandbox.json`, which the extension reads. Whatever else a first window shall find is written here.
 *
 * @param folder the extension's global storage, made if need be
 */
export async function seedGlobalStorage(folder: string, sandbox: Pick<Sandbox, "url" | "caPem">): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const whereabouts = { url: sandbox.url, caPem: sandbox.caPem, pid: process.pid, startedAt: Date.now() };
  await writeFile(path.join(folder, "sandbox.json"), JSON.stringify(whereabouts, undefined, 2), { mode: 0o600 });
}

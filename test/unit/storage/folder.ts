import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

/** A folder for each test, removed after it. Call inside a `describe`. */
export function useFolder(): () => string {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "certificate-collector-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  return () => folder;
}

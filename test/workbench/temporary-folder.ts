import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** A browser or server that was just ended may write a last file: removing is tried again this often. */
const REMOVAL = { recursive: true, force: true, maxRetries: 5 };

/** A folder that goes when it is no longer needed, at the latest with this process. */
export class TemporaryFolder {
  private readonly removeOnExit = () => rmSync(this.path, REMOVAL);

  private constructor(readonly path: string) {
    process.once("exit", this.removeOnExit);
  }

  /** Makes an empty one. @param purpose a part of its name, for whoever finds it */
  static async make(purpose: string): Promise<TemporaryFolder> {
    return new TemporaryFolder(await mkdtemp(path.join(tmpdir(), `certificate-collector-${purpose}-`)));
  }

  async remove(): Promise<void> {
    await rm(this.path, REMOVAL);
    process.removeListener("exit", this.removeOnExit);
  }
}

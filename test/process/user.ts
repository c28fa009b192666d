// A process of one user, for the tests beside it: does what it is told and answers what came of it.
import { once } from "node:events";
import { chmod, link, mkdir, readdir, readFile, rename, symlink, writeFile } from "node:fs/promises";
import net from "node:net";
import path from "node:path";
import type { Taken } from "../../src/storage/exclusive";
import { folderOf, placesOfUser } from "../../src/storage/private-folder";
import { userExclusive } from "../../src/storage/user-exclusive";
import type { Deed, UserConfiguration } from "./users";

const { uid, places } = JSON.parse(process.argv[2] ?? "{}") as UserConfiguration;
if (uid !== undefined) {
  process.setgroups?.([]);
  process.setgid?.(uid);
  process.setuid?.(uid);
}
const exclusive = userExclusive("call sectigo", places);
let taken: Taken | undefined;
const servers: net.Server[] = [];

process.on("disconnect", () => process.exit());
process.on("message", (deed: Deed) => {
  perform(deed).then(
    (value) => process.send?.(value),
    (error: unknown) => process.send?.(error instanceof Error && "code" in error ? error.code : String(error)),
  );
});
process.send?.("ready");

async function perform([what, file = "", other = ""]: Deed): Promise<unknown> {
  switch (what) {
    case "places":
      return placesOfUser().map(folderOf);
    case "take":
      taken = await exclusive.take();
      return taken !== undefined;
    case "is wanted":
      return taken?.isWanted;
    case "let go":
      taken?.dispose();
      return true;
    case "sockets of everybody": {
      const lines = (await readFile("/proc/net/unix", "latin1")).split("\n");
      return lines.map((line) => line.split(" ").slice(7).join(" ")).filter((name) => name.includes(file));
    }
    case "connect":
      await once(net.connect(file), "connect");
      return true;
    case "connect often": {
      let count = 0;
      while (count++ < Number(other)) {
        const socket = net.connect(file).on("error", () => undefined);
        // The system queues few that wait to be let in, and a socket connects as soon as it is queued: each hundredth
        // waits until the other side spoke to it, or ended it.
        if (count % 100 === 0) await new Promise((resolve) => socket.on("data", resolve).on("close", resolve));
      }
      return count - 1;
    }
    case "listen": {
      const server = net.createServer().listen(file);
      servers.push(server);
      await once(server, "listening");
      return true;
    }
    case "list":
      return readdir(file);
    case "write":
      return writeFile(file, other).then(() => true);
    case "make folder":
      await mkdir(file, { recursive: true });
      return chmod(file, 0o777).then(() => true);
    case "open to all":
      return chmod(file, 0o777).then(() => true);
    case "link":
      return link(file, other).then(() => true);
    case "link by name":
      return symlink(path.resolve(file), other).then(() => true);
    case "rename":
      return rename(file, other).then(() => true);
  }
}

import { createHash } from "node:crypto";
import type { Exclusive } from "./exclusive";
import { FileExclusive } from "./file-exclusive";
import { placesOfUser, type FolderPlace } from "./private-folder";
import { SocketExclusive } from "./socket-exclusive";

/**
 * An {@link Exclusive} among the processes of this user. It is in a folder that no other user may open, so that others
 * can neither hold it nor keep its holder busy. Linux: listening sockets, see `generations.ts`. macOS and Windows: a
 * file that is opened so that nobody else can open it at the same time.
 *
 * Different computers do not see each other's locks, even with one home folder; nor do containers, unless they share
 * it.
 *
 * @param name what is exclusive: for this user, whichever editor runs it
 * @param places for tests: the possible places
 * @param platform for tests: the system
 */
export function userExclusive(
  name: string,
  places: readonly FolderPlace[] = placesOfUser(),
  platform: NodeJS.Platform = process.platform,
): Exclusive {
  // Short, because the path of a socket is limited.
  const key = createHash("sha256").update(name).digest("hex").slice(0, 10);
  return platform === "linux" ? new SocketExclusive(key, places) : new FileExclusive(key, places, undefined, platform);
}

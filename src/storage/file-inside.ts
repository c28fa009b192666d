import { realpath } from "node:fs/promises";
import path from "node:path";
import { lookAtFile, type FilePlace } from "./file-place";

/** A folder that a person opened. */
export interface OpenFolder {
  /** That it has among several. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
}

/** A file in one of these folders. */
export interface FileInside {
  readonly place: FilePlace;
  /** Its path in the folder without links, after the folder's name if there are several. */
  readonly path: string;
}

/**
 * The regular file with that path in one of the folders, wherever links lead to, as long as that is in them.
 * @param file relative to a folder, after its name or without it; or absolute. Nothing is looked at that is outside
 *   of the folders by its name: on Windows, a look at a name of the network signs in there
 * @returns `undefined` for anything else, so that nobody learns what there is outside
 */
export async function findInside(file: string, folders: readonly OpenFolder[]): Promise<FileInside | undefined> {
  for (const folder of folders) {
    for (const candidate of candidatesIn(folder, file)) {
      const found = await lookInside(candidate, folders).catch(() => undefined);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

async function lookInside(candidate: string, folders: readonly OpenFolder[]): Promise<FileInside | undefined> {
  const place = await lookAtFile(candidate);
  if (place.file === undefined) return undefined;
  const target = await realpath(place.target);
  for (const folder of folders) {
    const root = await realpath(folder.path);
    if (!isInside(root, target)) continue;
    const inside = path.relative(root, target).replaceAll(path.sep, "/");
    return { place, path: folders.length > 1 ? `${folder.name}/${inside}` : inside };
  }
  return undefined;
}

/**
 * The absolute paths that a name may mean in a folder, with the folder's name before it or without; none that lead out
 * of it.
 * @param system how paths are written
 */
export function candidatesIn(folder: OpenFolder, file: string, system: path.PlatformPath = path): string[] {
  const separators = system.sep === "/" ? ["/"] : ["/", system.sep];
  const below = separators.some((each) => file.startsWith(folder.name + each))
    ? [file.slice(folder.name.length + 1)]
    : [];
  return [file, ...below]
    .map((name) => system.resolve(folder.path, name))
    .filter((candidate) => isInside(folder.path, candidate, system));
}

function isInside(folder: string, file: string, system: path.PlatformPath = path): boolean {
  const way = system.relative(folder, file);
  return way !== "" && way !== ".." && !way.startsWith(`..${system.sep}`) && !system.isAbsolute(way);
}

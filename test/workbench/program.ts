import { accessSync, constants } from "node:fs";
import path from "node:path";

/** What Windows takes for endings of programs where PATHEXT says nothing. */
const ENDINGS = ".COM;.EXE;.BAT;.CMD";

/**
 * The places where PATH looks for a program of this name, in its order; on Windows with each ending of PATHEXT, since
 * a name without one is no program there.
 */
export function onPath(name: string, env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): string[] {
  if (platform !== "win32") return foldersOf(env.PATH, path.posix).map((folder) => path.posix.join(folder, name));
  const endings = (variable(env, "PATHEXT") ?? ENDINGS).split(";").filter((ending) => ending.startsWith("."));
  const isWhole = endings.some((ending) => name.toUpperCase().endsWith(ending.toUpperCase()));
  return foldersOf(variable(env, "PATH"), path.win32).flatMap((folder) =>
    (isWhole ? [""] : endings).map((ending) => path.win32.join(folder, name + ending)),
  );
}

/** Folders that are not absolute depend on where we are, and are left out; Windows allows quotation marks. */
function foldersOf(list: string | undefined, system: path.PlatformPath): string[] {
  const folders = (list ?? "").split(system.delimiter);
  const plain = system === path.win32 ? folders.map((folder) => folder.replaceAll('"', "")) : folders;
  return plain.filter((folder) => system.isAbsolute(folder));
}

/** Windows does not tell names of variables by case, which a copy of the environment does. */
function variable(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const found = Object.keys(env).find((each) => each.toUpperCase() === name);
  return found === undefined ? undefined : env[found];
}

/** Whether a file is there that may be run. */
export function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

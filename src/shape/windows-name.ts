import { win32 } from "node:path";

/** What Windows takes at most, in characters of UTF-16: of a name, and of a path with the `\\?\` before it. */
const WINDOWS_LIMITS = { name: 255, path: 32_767 } as const;

/** Names of devices, in any folder and with any ending; blanks before the ending do not count. */
const DEVICE = /^(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$)\s*(?:\.|$)/i;

/** A stream beside a file (`name:stream`), characters that no name has, and endings that Windows drops. */
const OTHER_NAME = /[<>:"|?*\x00-\x1f]|[. ]$/;

/** `C:…`, `\\server\share\…`, `\\?\…`, `\\.\…`, with slashes of either kind. */
const DRIVE_OR_COMPUTER = /^(?:[a-z]:|[\\/]{2})/i;

/** Whether Windows reserves a file name for a device, with any ending. */
export function isDeviceName(name: string): boolean {
  return DEVICE.test(name);
}

/** A name that leads to no device: other ones stay as they are. @param word what comes before a device's name */
export function notDevice(name: string, word: string): string {
  return isDeviceName(name) ? `${word}-${name}` : name;
}

/** Whether Windows takes a name as another one, or as none: each leads to another file than the named one. */
export function isWindowsTrap(name: string): boolean {
  return isDeviceName(name) || OTHER_NAME.test(name);
}

/** Whether a path begins with a drive or a computer, and so leads out of the folder that it is relative to. */
export function namesDriveOrComputer(path: string): boolean {
  return DRIVE_OR_COMPUTER.test(path);
}

/** Why Windows would not write where a path says. */
export type WindowsPathProblem = "another-name" | "too-long";

/**
 * What is wrong with a path on Windows: a name that it takes as another one, anywhere after the drive or share, or more
 * characters than it takes. More than 260 are right: Node writes such paths with `\\?\`.
 * @param path absolute, or relative to the current folder
 * @returns undefined if nothing is
 */
export function windowsPathProblem(path: string): WindowsPathProblem | undefined {
  const names = windowsNames(path);
  if (names.some((name) => name !== ".." && isWindowsTrap(name))) return "another-name";
  const isLong = win32.toNamespacedPath(path).length > WINDOWS_LIMITS.path;
  return isLong || names.some((name) => name.length > WINDOWS_LIMITS.name) ? "too-long" : undefined;
}

/** The names in a path of Windows, without its root. */
export function windowsNames(path: string): string[] {
  return path
    .slice(win32.parse(path).root.length)
    .split(/[\\/]/)
    .filter((name) => name !== "" && name !== ".");
}

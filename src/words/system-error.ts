import { phrase, type Phrase } from "./phrase";

const MISSING = phrase("the file or its folder was not found. Check whether it was moved or deleted");
const DENIED = phrase("permission is missing. Check the permissions of the file and its folder");
const FULL = phrase("the disk is full. Make room, then try again");
const THERE = phrase("a file with that name already exists");
const NO_FOLDER = phrase("a file is where its folder should be");
const IN_USE = phrase("another program uses the file. Close it there, then try again");

/** By the names of the system, and of the editor's file systems. */
const REASONS: ReadonlyMap<string | undefined, Phrase> = new Map([
  ["ENOENT", MISSING],
  ["FileNotFound", MISSING],
  ["EACCES", DENIED],
  ["EPERM", DENIED],
  ["EROFS", DENIED],
  ["NoPermissions", DENIED],
  ["ENOSPC", FULL],
  ["EDQUOT", FULL],
  // The limit of a process or file system on the size of one file.
  ["EFBIG", FULL],
  ["EEXIST", THERE],
  ["FileExists", THERE],
  ["ENOTDIR", NO_FOLDER],
  ["FileNotADirectory", NO_FOLDER],
  ["EBUSY", IN_USE],
  ["ELOOP", phrase("its path contains links that lead in a circle")],
  ["ENAMETOOLONG", phrase("its name is too long")],
]);

/**
 * Why something was not done with a file, and what to do, without the full stop: after a colon.
 * @param code the name that the system, the engine or the editor has for it; one that is not known is said as it is
 */
export const systemReason = (code: string | undefined): Phrase =>
  REASONS.get(code) ??
  (code === undefined ? phrase("the system said nothing about why") : phrase("the system said {0}", code));

/**
 * One sentence on a file that is not there, or may not be read or written.
 * @param file its path, of which the last name is said
 * @param code as {@link systemReason} has it
 */
export const fileSaid = (file: string, code: string | undefined): Phrase =>
  phrase("The file “{0}” cannot be used: {1}.", file.split(/[/\\]/).at(-1) ?? file, systemReason(code));

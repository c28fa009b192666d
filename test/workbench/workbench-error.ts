/** What can keep the tools from giving a real editor. */
export type WorkbenchErrorCode =
  | "browser-missing"
  | "command-failed"
  | "command-timed-out"
  | "outcome-missing"
  | "packages-missing"
  | "platform-unsupported"
  | "server-failed"
  | "window-failed";

/** One plain sentence or two for the person at the terminal; callers branch on `code`. */
export class WorkbenchError extends Error {
  override readonly name = "WorkbenchError";

  constructor(
    readonly code: WorkbenchErrorCode,
    message: string,
  ) {
    super(message);
  }
}

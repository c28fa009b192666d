import type { CommandName } from "../editor/base/contributions";

/** The commands of the browser, without the prefix. The manifest lists the same, and a test compares both. */
export const WEB_COMMANDS = [
  "showFileDetails",
  "compareFile",
  "saveAs",
  "copySelection",
] as const satisfies readonly CommandName[];

export type WebCommand = (typeof WEB_COMMANDS)[number];

/**
 * Every id that the manifest and the code must agree on; `test/unit/editor/contributions.test.ts` compares both ways.
 * Names nothing of the editor, so that tests can load it.
 */

export const PREFIX = "certificateCollector";

/** Commands, without the prefix. Each takes an optional plain object and returns a plain result. */
export const COMMANDS = [
  "addAccount",
  "editAccount",
  "removeAccount",
  "trackOrder",
  "checkOrder",
  "checkAll",
  "collect",
  "collectAs",
  "collectToFiles",
  "openCertificate",
  "openAsText",
  "saveAs",
  "saveAgain",
  "compareWithPrevious",
  "checkRevocation",
  "compareWithHost",
  "findIssuers",
  "showDetails",
  "showFileDetails",
  "openSavedResponse",
  "forgetOrder",
  "importOrders",
  "exportOrders",
  "collectAllReady",
  "watchAgain",
  "lookOnce",
  "renameOrder",
  "tagOrder",
  "archiveOrder",
  "unarchiveOrder",
  "muteOrder",
  "unmuteOrder",
  "pauseChecks",
  "resumeChecks",
  "trySignIn",
  "changeAccount",
  "enterCode",
  "showHistory",
  "exportEvidence",
  "arrangeOrders",
  "filterOrders",
  "clearFilter",
  "showArchived",
  "hideArchived",
  "showMoreOrders",
  "startSandbox",
  "stopSandbox",
  "testConnection",
  "showLog",
  "howItWorks",
] as const;

export type CommandName = (typeof COMMANDS)[number];

export const ORDERS_VIEW = `${PREFIX}.orders`;

/** The scheme of collected certificates as documents. */
export const SCHEME = "certificate";

/** The panel with an order's details; its state survives a reload by a serializer. */
export const DETAILS_PANEL = `${PREFIX}.orderDetails`;

/** The language of textual encodings (RFC 7468). */
export const PEM_LANGUAGE = "pem";

/** The file in which a repository lists its orders. */
export const ORDER_FILE = "certificate-collector.json";

/** "Open With…" for files of certificates. */
export const FILE_EDITOR = `${PREFIX}.details`;

/** The walkthrough, as the editor's command to open one takes it. */
export const WALKTHROUGH = "certificate-collector.certificate-collector#start";

/** Tools that agents may call, by what they do. */
export const TOOLS = {
  listOrders: `${PREFIX}_list_orders`,
  checkOrder: `${PREFIX}_check_order`,
} as const;

/** Settings with their defaults, without the prefix. The manifest repeats the defaults; a test compares them. */
export const SETTINGS = {
  /** What the poller asks for by itself: the certificates as soon as they are there, the status alone, or nothing. */
  backgroundChecks: "everything" as "everything" | "status" | "off",
  /** PEM files with certification authorities to trust besides the system's, for instance of an inspecting proxy. */
  additionalCertificationAuthorities: [] as readonly string[],
  /** Which events may show a notification. */
  notifications: "important" as "important" | "none",
  /** Whether the list of orders travels with the person's settings. */
  syncOrders: false as boolean,
  "telemetry.enabled": false as boolean,
};

/** The values of settings that have a list of them. */
export const SETTING_VALUES: { readonly [N in SettingName]?: readonly Settings[N][] } = {
  backgroundChecks: ["everything", "status", "off"],
  notifications: ["important", "none"],
};

export type Settings = typeof SETTINGS;
export type SettingName = keyof Settings;

/** Context keys for `when` clauses, without the prefix. */
export const CONTEXT_KEYS = [
  "hasAccounts",
  "hasOrders",
  "sandboxRunning",
  "checksPaused",
  "filtered",
  "archivedShown",
] as const;

export type ContextKey = (typeof CONTEXT_KEYS)[number];

/** A command's full id. */
export function commandId(name: CommandName): string {
  return `${PREFIX}.${name}`;
}

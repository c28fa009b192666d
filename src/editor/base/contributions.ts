/**
 * Every id that the manifest and the code must agree on; `test/unit/editor/contributions.test.ts` compares both ways.
 * Does not import the editor's API, so that tests can load it.
 */

export const PREFIX = "certificateCollector";

/** Commands, without the prefix. Each takes an optional plain object and returns a plain result. */
export const COMMANDS = [
  "addAccount",
  "editAccount",
  "changePassword",
  "removeAccount",
  "findOrders",
  "trackOrder",
  "checkOrder",
  "checkAll",
  "whatTheCaWaitsFor",
  "resendValidationMail",
  "retryCaaCheck",
  "checkRecords",
  "chooseRequest",
  "saveValidationFile",
  "watchRecords",
  "stopWatchingRecords",
  "validationRecords",
  "setHosts",
  "checkHosts",
  "watchHosts",
  "stopWatchingHosts",
  "collect",
  "collectAs",
  "collectToFiles",
  "collectAllToFiles",
  "openCertificate",
  "openRow",
  "openAsText",
  "saveAs",
  "saveAgain",
  "chooseTask",
  "runTask",
  "copyNumber",
  "copyNames",
  "copyRow",
  "copySerial",
  "copyFingerprint",
  "copyPem",
  "copyCurl",
  "addToOrderFile",
  "compareWithPrevious",
  "checkRevocation",
  "compareWithHost",
  "findIssuers",
  "openInCrtSh",
  "showDetails",
  "showFileDetails",
  "keepDetailsOpen",
  "openSavedResponse",
  "stopTracking",
  "importOrders",
  "takeDropped",
  "exportOrders",
  "markAllSeen",
  "watchAgain",
  "stopWatching",
  "lookOnce",
  "renameOrder",
  "tagOrder",
  "archiveOrder",
  "unarchiveOrder",
  "muteOrder",
  "unmuteOrder",
  "pauseChecks",
  "resumeChecks",
  "pauseAllChecks",
  "resumeAllChecks",
  "trySignIn",
  "changeAccount",
  "changeProduct",
  "enterCode",
  "showHistory",
  "exportEvidence",
  "arrangeOrders",
  "filterOrders",
  "clearFilter",
  "showArchived",
  "hideArchived",
  "showMoreOrders",
  "retryNow",
  "startSandbox",
  "stopSandbox",
  "saveSandboxKey",
  "saveSandboxRequest",
  "publishSandboxRecord",
  "testConnection",
  "testSignIn",
  "watchByReport",
  "stopWatchingByReport",
  "showInventory",
  "lookForFiles",
  "openFileRow",
  "openFile",
  "compareFile",
  "showOrderOfFile",
  "revealFile",
  "copyFilePath",
  "showLog",
  "updateKnowledge",
  "howItWorks",
  "copySelection",
] as const;

export type CommandName = (typeof COMMANDS)[number];

/**
 * What commands of version 0.1.0 are called now, whose ids are in people's keybindings and tasks, and in other
 * extensions. They are registered, and not in the manifest: no list offers them.
 */
export const FORMER_COMMANDS = {
  forgetOrder: "stopTracking",
  collectAllReady: "markAllSeen",
} as const satisfies Readonly<Record<string, CommandName>>;

export const ORDERS_VIEW = `${PREFIX}.orders`;

/** The certificates in files of the workspace. */
export const INVENTORY_VIEW = `${PREFIX}.inventory`;

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

/** Opens files of certificates that have no text. */
export const BINARY_EDITOR = `${PREFIX}.binaryDetails`;

/** Publisher and name, by which the editor finds the extension. */
export const EXTENSION_ID = "certificate-collector.certificate-collector";

/** The walkthrough, in the form that the editor's command to open one expects. */
export const WALKTHROUGH = `${EXTENSION_ID}#start`;

/** Tools that agents may call, by what they do. */
export const TOOLS = {
  listOrders: `${PREFIX}_list_orders`,
  checkOrder: `${PREFIX}_check_order`,
  explainOrder: `${PREFIX}_explain_order`,
  validationRecords: `${PREFIX}_validation_records`,
  describeCertificate: `${PREFIX}_describe_certificate`,
  compareCertificates: `${PREFIX}_compare_certificates`,
} as const;

export type AgentToolId = keyof typeof TOOLS;

/** The provider of the server with the tools that only read. */
export const MCP_PROVIDER = `${PREFIX}.tools`;

/** Settings with their defaults, without the prefix. The manifest repeats the defaults; a test compares them. */
export const SETTINGS = {
  /** What the poller checks by itself: the certificates as soon as they are there, only the status, or nothing. */
  backgroundChecks: "everything" as "everything" | "status" | "off",
  /**
   * PEM files with certification authorities to trust in addition to the system's, for example that of an inspecting
   * proxy.
   */
  additionalCertificationAuthorities: [] as readonly string[],
  /** DNS servers that the checks of validation records ask instead of the computer's own. */
  "validation.dnsServers": [] as readonly string[],
  /** The names of files that Certificates in This Workspace looks into, as a pattern of the editor. */
  "inventory.files": "**/*.{pem,crt,cer,cert,der,p7b,p7c,ca-bundle,p12,pfx,jks}",
  /** Which events may show a notification. */
  notifications: "important" as "important" | "none",
  /** Days before the end of a certificate or a paid term at which a person is warned, once each. */
  "warnings.days": [30, 14, 7, 1] as readonly number[],
  /**
   * The same for certificates that live less than 100 days, in percent of their life that is left. The first is a
   * third, as clients of ACME renew (Let's Encrypt's integration guide; Certbot, cert-manager and Caddy by default);
   * then half of what is left each time, and more than the last day of 47, so that who looks once a day sees it.
   */
  "warnings.shares": [33, 17, 8, 3] as readonly number[],
  /** Whether the list of orders is part of Settings Sync. */
  syncOrders: false as boolean,
  /** Whether clients of the editor's may start a server with the tools that only read. */
  "mcpServer.enabled": true as boolean,
  "telemetry.enabled": false as boolean,
};

/** The allowed values of the settings that are enumerations. */
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
  "sandboxStopped",
  "unreachable",
  "hasOwnAccounts",
  "hasOwnOrders",
  "hasOpened",
  "walkthroughOpen",
  "checksPaused",
  "filtered",
  "hasCollected",
  "hasNew",
  "hasAtCa",
  "hasReplaced",
  "hasSaved",
  "hasWatched",
  "hasMuted",
  "hasPaused",
  "hasArchived",
  "hasLocked",
  "archivedShown",
  "detailsPreview",
  "inventoryAsks",
  "inventoryEmpty",
] as const;

export type ContextKey = (typeof CONTEXT_KEYS)[number];

/** A command's full id. */
export function commandId(name: CommandName): string {
  return `${PREFIX}.${name}`;
}

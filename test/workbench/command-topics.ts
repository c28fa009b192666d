/** What a caller may say to a command, and where it is when neither a menu nor the palette has it. */
export interface CommandFacts {
  /** The fields of its argument, in Markdown; absent if it takes none. */
  readonly takes?: string;
  /** How a person runs it, where the manifest does not tell. */
  readonly run?: string;
}

/** Commands that belong together, under one heading. */
export interface CommandTopic {
  readonly title: string;
  /** By the name without its prefix. */
  readonly commands: Readonly<Record<string, CommandFacts>>;
}

const NONE: CommandFacts = {};
const takes = (...fields: readonly string[]): CommandFacts => ({
  takes: fields.map((name) => `\`${name}\``).join(", "),
});

const ORDER = takes("order");
const ORDERS = takes("orders");
const ACCOUNT = takes("account");
const FILE = takes("file");
const ORDER_OR_FILE = takes("order", "file");
const CERTIFICATE = takes("order", "serialNumber");
const CERTIFICATE_OR_FILE = takes("order", "serialNumber", "file");
const CERTIFICATES = takes("orders", "certificates", "serialNumber");

/** Every command once. What the manifest says of them is not said here. */
export const COMMAND_TOPICS: readonly CommandTopic[] = [
  {
    title: "Accounts",
    commands: {
      addAccount: takes("host", "loginName", "label"),
      editAccount: { takes: "`account`, `change` (`password`, `keeping`, `host`, `loginName`, `label`)" },
      changePassword: ACCOUNT,
      removeAccount: ACCOUNT,
      testConnection: takes("account", "host"),
      testSignIn: ACCOUNT,
      trySignIn: ACCOUNT,
      changeAccount: takes("orders", "account"),
      enterCode: ORDER,
      watchByReport: ACCOUNT,
      stopWatchingByReport: ACCOUNT,
    },
  },
  {
    title: "Find and track",
    commands: {
      findOrders: { takes: "`account`, `period` (`30`, `90`, `400`, `all`), `domain`" },
      trackOrder: {
        takes:
          "`product`, `reference` (`orderNumber`, `certificateID`, `baseOrderNumber`, `collectionCode`), `number`, `account`, `label`, `tags`; or `text`",
      },
      importOrders: FILE,
      takeDropped: { ...takes("uris", "text"), run: "drop on the view Orders" },
      changeProduct: takes("order", "product"),
      stopTracking: ORDERS,
    },
  },
  {
    title: "Check",
    commands: {
      checkOrder: ORDERS,
      checkAll: ORDERS,
      lookOnce: ORDERS,
      retryNow: NONE,
      watchAgain: ORDERS,
      stopWatching: ORDERS,
      pauseChecks: ORDERS,
      resumeChecks: ORDERS,
      pauseAllChecks: NONE,
      resumeAllChecks: NONE,
    },
  },
  {
    title: "Validate",
    commands: {
      whatTheCaWaitsFor: ORDER,
      resendValidationMail: ORDER,
      retryCaaCheck: ORDER,
      checkRecords: ORDER_OR_FILE,
      watchRecords: ORDER_OR_FILE,
      stopWatchingRecords: ORDER_OR_FILE,
      validationRecords: FILE,
      chooseRequest: { takes: "`order`, `request` (a URI) or `text`, `uniqueValue`" },
      saveValidationFile: takes("order", "file", "folder", "uniqueValue"),
    },
  },
  {
    title: "Collect and read",
    commands: {
      collect: ORDERS,
      collectAs: { takes: "`order`, `values` (parameters of the CA's page)" },
      openCertificate: {
        takes:
          "`order`, `serialNumber`, `document` (`fullchain.pem`, `certificate.pem`, `chain.pem`, `certificate.txt`, `chain.json`, `changes.txt`)",
      },
      openAsText: takes("order", "serialNumber", "document"),
      openRow: { ...takes("order", "kind"), run: "click, double click or Enter on a row of the view Orders" },
      showDetails: ORDER,
      showFileDetails: { takes: "`file`, `certificate` (the SHA-256 to show first)" },
      keepDetailsOpen: NONE,
      compareWithPrevious: CERTIFICATE,
      openSavedResponse: FILE,
      checkRevocation: CERTIFICATE_OR_FILE,
      compareWithHost: takes("order", "serialNumber", "file", "host"),
      findIssuers: CERTIFICATE_OR_FILE,
      openInCrtSh: CERTIFICATE_OR_FILE,
      updateKnowledge: NONE,
    },
  },
  {
    title: "Save and deploy",
    commands: {
      saveAs: {
        takes:
          "`order`, `serialNumber` or `file`; `profile` (`plain`, `nginx`, `apache`, `haproxy`, `iis`, `tomcat`, `kubernetes`), or `form` (`pem`, `der`, `pkcs7`, `pkcs7-pem`, `pkcs12`, `json`, `text`) and `part` (`leaf`, `chain`, `chain-root`, `fullchain`, `fullchain-root`, `root-first`); `folder`, `name`, `key`, `withoutKey`, `withRoot`, `legacy`, `root`",
      },
      saveAgain: ORDER,
      chooseTask: ORDER,
      runTask: ORDER,
      setHosts: takes("order", "hosts"),
      checkHosts: ORDER,
      watchHosts: ORDER,
      stopWatchingHosts: ORDER,
    },
  },
  {
    title: "Files of a repository",
    commands: {
      addToOrderFile: ORDERS,
      collectToFiles: takes("file", "order"),
      collectAllToFiles: takes("file", "orders"),
      showInventory: NONE,
      lookForFiles: NONE,
      openFileRow: { ...FILE, run: "click or Enter on a row of the view Certificates in This Workspace" },
      openFile: FILE,
      compareFile: takes("file", "with"),
      showOrderOfFile: ORDER,
      revealFile: FILE,
      copyFilePath: FILE,
    },
  },
  {
    title: "Copy",
    commands: {
      copyNumber: ORDERS,
      copyNames: CERTIFICATES,
      copySerial: CERTIFICATES,
      copyFingerprint: CERTIFICATES,
      copyPem: CERTIFICATES,
      copyCurl: ORDERS,
      copyRow: { run: "its key, in the view Orders" },
      copySelection: takes("copy"),
    },
  },
  {
    title: "Organize and export",
    commands: {
      renameOrder: takes("order", "label"),
      tagOrder: takes("orders", "tags"),
      archiveOrder: ORDERS,
      unarchiveOrder: ORDERS,
      muteOrder: ORDERS,
      unmuteOrder: ORDERS,
      markAllSeen: NONE,
      arrangeOrders: {
        takes: "`by` (`state`, `account`, `product`, `tag`, `month`), `sort` (`due`, `action`, `name`)",
      },
      filterOrders: takes("text"),
      clearFilter: NONE,
      showArchived: NONE,
      hideArchived: NONE,
      showMoreOrders: { ...takes("section"), run: "the last row of a long section" },
      showHistory: ORDER,
      exportOrders: { takes: "`orders`, `format` (`csv`, `json`, `ics`), `file`" },
      exportEvidence: takes("order", "file"),
    },
  },
  {
    title: "Sandbox and help",
    commands: {
      startSandbox: NONE,
      stopSandbox: NONE,
      saveSandboxKey: CERTIFICATE,
      saveSandboxRequest: ORDER,
      publishSandboxRecord: { takes: "`order`, or the fields of [SANDBOX.md](SANDBOX.md)" },
      howItWorks: NONE,
      showLog: NONE,
    },
  },
];

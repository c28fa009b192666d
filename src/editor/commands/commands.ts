import type { CommandName } from "../base/contributions";
import type { Program } from "../window/program";
import { addAccount, removeAccount } from "./accounts";
import { changePassword, editAccount } from "./edit-account";
import { arrangeOrders, clearFilter, filterOrders, hideArchived, showArchived, showMoreOrders } from "./view-options";
import { checkOrder } from "./check-order";
import { collectAs } from "./collect-as";
import { collectToFiles } from "./collect-to-files";
import { copySelection } from "./copy-selection";
import { exportEvidence, exportOrders, showHistory } from "./export-orders";
import { changeProduct } from "./change-product";
import { findOrders } from "./find-orders";
import { howItWorks } from "./how-it-works";
import { importOrders } from "./import-orders";
import { compareWithPrevious } from "./compare-with-previous";
import { openSavedResponse } from "./open-saved-response";
import { collect, openAsText, openCertificate, openRow, showDetails } from "./open-certificate";
import { archiveOrder, muteOrder, renameOrder, tagOrder, unarchiveOrder, unmuteOrder } from "./edit-orders";
import {
  lookOnce,
  pauseAllChecks,
  pauseChecks,
  resumeAllChecks,
  resumeChecks,
  stopWatching,
  watchAgain,
} from "./check-schedule";
import { resendValidationMail, retryCaaCheck } from "./validation-actions";
import { whatTheCaWaitsFor } from "./what-ca-waits-for";
import { checkRecords } from "./check-records";
import { chooseRequest } from "./choose-request";
import { saveValidationFile } from "./save-validation-file";
import { validationRecords } from "./validation-records";
import { stopWatchingRecords, watchRecords } from "./watch-records";
import { retryNow } from "./retry-now";
import { saveAgain } from "./save-again";
import { saveAs } from "./save-as";
import { stopTracking } from "./stop-tracking";
import { keepDetailsOpen, showFileDetails } from "./show-file-details";
import { saveKeyOfSandbox, startSandbox, stopSandbox } from "./sandbox";
import { publishSandboxRecord, saveSandboxRequest } from "./sandbox-records";
import { testConnection } from "./test-connection";
import { testSignIn } from "./test-sign-in";
import { stopWatchingByReport, watchByReport } from "./watch-by-report";
import { changeAccount, enterCode, trySignIn } from "./sign-in";
import { takeDropped } from "./take-dropped";
import { trackOrder } from "./track-order";
import { addToOrderFile } from "./add-to-order-file";
import { checkAll } from "./bulk-check";
import { copyCurl, copyFingerprint, copyNames, copyNumber, copyPem, copySerial } from "./copy";
import { copyRow } from "./copy-row";
import { markAllSeen } from "./mark-seen";

/** A command's function; the argument can be anything, the result is plain data. */
export type Command = (program: Program, argument: unknown) => unknown;

/** The code that reads answers of OCSP servers and hosts is loaded when it is first used. */
const certificateChecks = async () => (await import("./certificate-checks")).CERTIFICATE_CHECKS;

const inventory = async () => (await import("./inventory")).INVENTORY_COMMANDS;
/** What asks hosts is loaded when it is first used. */
const hostCommands = async () => (await import("../serving/host-commands")).HOST_COMMANDS;

/** Every command by its name; a missing one does not compile. The code that reads certificates is loaded on demand. */
export const HANDLERS: Readonly<Record<CommandName, Command>> = {
  addAccount,
  editAccount,
  changePassword,
  removeAccount,
  findOrders,
  trackOrder,
  checkOrder,
  checkAll,
  whatTheCaWaitsFor,
  resendValidationMail,
  retryCaaCheck,
  checkRecords,
  chooseRequest,
  saveValidationFile,
  watchRecords,
  stopWatchingRecords,
  validationRecords,
  setHosts: async (...given) => (await hostCommands()).setHosts(...given),
  checkHosts: async (...given) => (await hostCommands()).checkHosts(...given),
  watchHosts: async (...given) => (await hostCommands()).watchHosts(...given),
  stopWatchingHosts: async (...given) => (await hostCommands()).stopWatchingHosts(...given),
  collect,
  collectAs,
  collectToFiles,
  collectAllToFiles: async (...given) => (await import("./collect-all-to-files")).collectAllToFiles(...given),
  openCertificate,
  openRow,
  openAsText,
  saveAs,
  saveAgain,
  chooseTask: async (...given) => (await import("./choose-task")).chooseTask(...given),
  runTask: async (...given) => (await import("./choose-task")).runTask(...given),
  copyNumber,
  copyNames,
  copyRow,
  copySerial,
  copyFingerprint,
  copyPem,
  copyCurl,
  addToOrderFile,
  compareWithPrevious,
  checkRevocation: async (...given) => (await certificateChecks()).checkRevocation(...given),
  compareWithHost: async (...given) => (await certificateChecks()).compareWithHost(...given),
  findIssuers: async (...given) => (await certificateChecks()).findIssuers(...given),
  openInCrtSh: async (...given) => (await certificateChecks()).openInCrtSh(...given),
  showDetails,
  showFileDetails,
  keepDetailsOpen,
  openSavedResponse,
  stopTracking,
  importOrders,
  takeDropped,
  exportOrders,
  markAllSeen,
  watchAgain,
  stopWatching,
  lookOnce,
  renameOrder,
  tagOrder,
  archiveOrder,
  unarchiveOrder,
  muteOrder,
  unmuteOrder,
  pauseChecks,
  resumeChecks,
  pauseAllChecks,
  resumeAllChecks,
  trySignIn,
  changeAccount,
  changeProduct,
  enterCode,
  showHistory,
  exportEvidence,
  arrangeOrders,
  filterOrders,
  clearFilter,
  showArchived,
  hideArchived,
  showMoreOrders,
  retryNow,
  startSandbox,
  stopSandbox,
  saveSandboxKey: saveKeyOfSandbox,
  saveSandboxRequest,
  publishSandboxRecord,
  testConnection,
  testSignIn,
  watchByReport,
  stopWatchingByReport,
  showInventory: async () => (await inventory()).showInventory(),
  lookForFiles: async (program) => (await inventory()).lookForFiles(program),
  openFileRow: async (...given) => (await inventory()).openFileRow(...given),
  openFile: async (...given) => (await inventory()).openFile(...given),
  compareFile: async (...given) => (await inventory()).compareFile(...given),
  showOrderOfFile: async (...given) => (await inventory()).showOrderOfFile(...given),
  revealFile: async (...given) => (await inventory()).revealFile(...given),
  copyFilePath: async (...given) => (await inventory()).copyFilePath(...given),
  showLog: ({ collector }) => {
    collector.log.show();
    return { shown: true };
  },
  updateKnowledge: async (program) => (await import("./update-knowledge")).updateKnowledge(program),
  howItWorks,
  copySelection,
};

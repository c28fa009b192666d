import type { CommandName } from "../base/contributions";
import type { Program } from "../window/program";
import { addAccount, editAccount, removeAccount } from "./accounts";
import { arrangeOrders, clearFilter, filterOrders, hideArchived, showArchived, showMoreOrders } from "./view-options";
import { checkOrder } from "./check-order";
import { collectAs } from "./collect-as";
import { collectToFiles } from "./collect-to-files";
import { copySelection } from "./copy-selection";
import { exportEvidence, exportOrders, showHistory } from "./export-orders";
import { forgetOrder } from "./forget-order";
import { howItWorks } from "./how-it-works";
import { importOrders } from "./import-orders";
import { compareWithPrevious } from "./compare-with-previous";
import { openSavedResponse } from "./open-saved-response";
import { collect, openAsText, openCertificate, showDetails } from "./open-certificate";
import { archiveOrder, muteOrder, renameOrder, tagOrder, unarchiveOrder, unmuteOrder } from "./edit-orders";
import { lookOnce, pauseChecks, resumeChecks, watchAgain } from "./check-schedule";
import { saveAgain } from "./save-again";
import { saveAs } from "./save-as";
import { showFileDetails } from "./show-file-details";
import { startSandbox, stopSandbox } from "./sandbox";
import { testConnection } from "./test-connection";
import { changeAccount, enterCode, trySignIn } from "./sign-in";
import { trackOrder } from "./track-order";
import { checkAll, collectAllReady } from "./bulk-check";

/** A command's function; the argument can be anything, the result is plain data. */
export type Command = (program: Program, argument: unknown) => unknown;

/** The code that reads answers of OCSP servers and hosts is loaded when it is first used. */
const certificateChecks = async () => (await import("./certificate-checks")).CERTIFICATE_CHECKS;

/** Every command by its name; a missing one does not compile. The code that reads certificates is loaded on demand. */
export const HANDLERS: Readonly<Record<CommandName, Command>> = {
  addAccount,
  editAccount,
  removeAccount,
  trackOrder,
  checkOrder,
  checkAll,
  collect,
  collectAs,
  collectToFiles,
  openCertificate,
  openAsText,
  saveAs,
  saveAgain,
  compareWithPrevious,
  checkRevocation: async (...given) => (await certificateChecks()).checkRevocation(...given),
  compareWithHost: async (...given) => (await certificateChecks()).compareWithHost(...given),
  findIssuers: async (...given) => (await certificateChecks()).findIssuers(...given),
  showDetails,
  showFileDetails,
  openSavedResponse,
  forgetOrder,
  importOrders,
  exportOrders,
  collectAllReady,
  watchAgain,
  lookOnce,
  renameOrder,
  tagOrder,
  archiveOrder,
  unarchiveOrder,
  muteOrder,
  unmuteOrder,
  pauseChecks,
  resumeChecks,
  trySignIn,
  changeAccount,
  enterCode,
  showHistory,
  exportEvidence,
  arrangeOrders,
  filterOrders,
  clearFilter,
  showArchived,
  hideArchived,
  showMoreOrders,
  startSandbox,
  stopSandbox,
  testConnection,
  showLog: ({ collector }) => {
    collector.log.show();
    return { shown: true };
  },
  howItWorks,
  copySelection,
};

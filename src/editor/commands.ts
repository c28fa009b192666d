import type { CommandName } from "./contributions";
import type { Program } from "./program";
import { addAccount, editAccount, removeAccount } from "./commands/accounts";
import {
  arrangeOrders,
  clearFilter,
  filterOrders,
  hideArchived,
  showArchived,
  showMoreOrders,
} from "./commands/arranging";
import { checkOrder } from "./commands/asking";
import { collectAs } from "./commands/collect-as";
import { collectToFiles } from "./commands/collect-to-files";
import { exportEvidence, exportOrders, showHistory } from "./commands/exporting";
import { forgetOrder } from "./commands/forget-order";
import { howItWorks } from "./commands/how-it-works";
import { importOrders } from "./commands/import-orders";
import { compareWithPrevious } from "./commands/compare-with-previous";
import { openSavedResponse } from "./commands/open-saved-response";
import { collect, openAsText, openCertificate, showDetails } from "./commands/opening";
import { archiveOrder, muteOrder, renameOrder, tagOrder, unarchiveOrder, unmuteOrder } from "./commands/organising";
import { lookOnce, pauseChecks, resumeChecks, watchAgain } from "./commands/pacing";
import { saveAgain } from "./commands/save-again";
import { saveAs } from "./commands/save-as";
import { showFileDetails } from "./commands/show-file-details";
import { startSandbox, stopSandbox } from "./commands/sandbox";
import { testConnection } from "./commands/test-connection";
import { changeAccount, enterCode, trySignIn } from "./commands/signing-in";
import { trackOrder } from "./commands/track-order";
import { checkAll, collectAllReady } from "./commands/working-through";

/** What a command does; the argument is anything, the result plain. */
export type Command = (program: Program, argument: unknown) => unknown;

/** What reads the answers of OCSP servers and hosts is loaded when somebody wants to ask them. */
const certificateChecks = async () => (await import("./commands/certificate-checks")).CERTIFICATE_CHECKS;

/** Every command by its name; forgetting one does not compile. What reads certificates is loaded when it is asked for. */
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
};

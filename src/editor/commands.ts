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
import { checkAll, checkOrder } from "./commands/asking";
import { collectAs } from "./commands/collect-as";
import { forgetOrder } from "./commands/forget-order";
import { openSavedResponse } from "./commands/open-saved-response";
import { collect, openCertificate, showDetails } from "./commands/opening";
import { startSandbox, stopSandbox } from "./commands/sandbox";
import { testConnection } from "./commands/test-connection";
import { trackOrder } from "./commands/track-order";

/** What a command does; the argument is anything, the result plain. */
export type Command = (program: Program, argument: unknown) => unknown;

/** Every command by its name; forgetting one does not compile. */
export const HANDLERS: Readonly<Record<CommandName, Command>> = {
  addAccount,
  editAccount,
  removeAccount,
  trackOrder,
  checkOrder,
  checkAll,
  collect,
  collectAs,
  openCertificate,
  showDetails,
  openSavedResponse,
  forgetOrder,
  arrangeOrders,
  filterOrders,
  clearFilter,
  showArchived,
  hideArchived,
  showMoreOrders,
  startSandbox,
  stopSandbox,
  testConnection,
  showLog: ({ collector }) => collector.log.show(),
};

import type { CommandName } from "./contributions";
import type { Collector } from "./collector";
import { addAccount, editAccount, removeAccount } from "./commands/accounts";
import { checkAll, checkOrder } from "./commands/asking";
import { forgetOrder } from "./commands/forget-order";
import { collect, openCertificate, showDetails } from "./commands/opening";
import { startSandbox, stopSandbox } from "./commands/sandbox";
import { trackOrder } from "./commands/track-order";

/** What a command does; the argument is anything, the result plain. */
export type Command = (collector: Collector, argument: unknown) => unknown;

/** Every command by its name; forgetting one does not compile. */
export const HANDLERS: Readonly<Record<CommandName, Command>> = {
  addAccount,
  editAccount,
  removeAccount,
  trackOrder,
  checkOrder,
  checkAll,
  collect,
  openCertificate,
  showDetails,
  forgetOrder,
  startSandbox,
  stopSandbox,
  showLog: (collector) => collector.log.show(),
};

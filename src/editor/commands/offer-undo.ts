import { showInformation } from "../base/messages";
import type { Collector } from "../window/collector";
import { tellError } from "../window/command-runner";
import { localize } from "../base/localize";

/**
 * Tells a person what was done, with a button that takes it back.
 * @param label of the button, by default Undo
 */
export async function offerUndo(
  collector: Pick<Collector, "log">,
  done: string,
  undo: () => Promise<unknown>,
  label = localize("Undo"),
): Promise<void> {
  if ((await showInformation(done, label)) === label) await takeBack(collector, undo);
}

/** Takes something back for a person. The command that did it has ended, so a failure is told here. */
export async function takeBack({ log }: Pick<Collector, "log">, undo: () => Promise<unknown>): Promise<void> {
  try {
    await undo();
  } catch (error) {
    log.error("What was done could not be taken back.", error);
    await tellError(error, log);
  }
}

import type { Clock } from "../../orders/ports";

/** ms between two looks at the selection, and how many there are: a redraw may take a second on a busy machine. */
const AGAIN = 50;
const LOOKS = 40;

/**
 * The selected rows, once they are drawn. While the editor draws rows anew it says that none is selected: a click or a
 * key that meets a redraw would be about nothing.
 * @param selection of the view, as the editor says it now
 * @returns empty when nothing is selected for two seconds
 */
export async function drawnSelection<T>(
  selection: () => readonly T[],
  clock: Pick<Clock, "after">,
): Promise<readonly T[]> {
  for (let looks = 1; selection().length === 0 && looks < LOOKS; looks++) {
    await new Promise<void>((resolve) => clock.after(AGAIN, resolve));
  }
  return selection();
}

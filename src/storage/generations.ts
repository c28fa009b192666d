/**
 * How one of several processes becomes the holder of a lock that is a folder of listening sockets, without a race over
 * what a dead holder left. Each holder is a generation, published under the next higher number; only the highest
 * counts.
 *
 * Why never two hold it. What is relied on: a look at the folder, publishing and removing are each atomic; a number is
 * published once as long as it is there, by a socket that listens already; so who is refused knows that its owner let
 * go or died, for good.
 *  1. Only a holder removes numbers, and only lower ones than its own: the highest number never falls.
 *  2. Let P hold p: it published p, looked, and p was the highest. Let Q be the first to publish a higher number.
 * Nothing above p was there before (1), so p is what Q saw as the highest, and P's p, as an earlier one could have gone
 * only for a higher number. It refused Q: P had let go or died.
 *  3. Whoever publishes below p while P holds sees at its look that it is not the highest, and gives up.
 *
 * Stopped anywhere and going on hours later changes nothing: a late publisher finds a higher number, or is the highest
 * and was waited for meanwhile. No clock and no process number takes part. A number that is too low and its dead socket
 * are rubbish until the next holder sweeps.
 */
export interface Generations<Holding extends { dispose(): void }> {
  /** The numbers that are published. */
  list(): Promise<readonly number[]>;
  /** Whether the socket of a number listens. `gone`: it went away meanwhile. */
  look(generation: number): Promise<"alive" | "dead" | "gone">;
  /** Publishes a listening socket of our own; `undefined` when another has the number. Disposing ends the listening. */
  publish(generation: number): Promise<Holding | undefined>;
  /** Removes what is left of lower numbers. Never throws. */
  sweep(below: number): Promise<void>;
}

/** Becomes the holder, or gives `undefined` when there is one. @throws what a step throws, holding nothing */
export async function claim<Holding extends { dispose(): void }>(
  folder: Generations<Holding>,
): Promise<Holding | undefined> {
  for (;;) {
    const last = highest(await folder.list());
    if (last > 0) {
      const state = await folder.look(last);
      if (state === "alive") return undefined;
      if (state === "gone") continue;
    }
    const mine = await folder.publish(last + 1);
    if (!mine) continue;
    let isHighest = false;
    try {
      isHighest = highest(await folder.list()) === last + 1;
    } finally {
      if (!isHighest) mine.dispose();
    }
    if (!isHighest) continue;
    await folder.sweep(last + 1);
    return mine;
  }
}

/** The generation that counts; 0 when there is none. */
export function highest(generations: readonly number[]): number {
  return Math.max(0, ...generations);
}

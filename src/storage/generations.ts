/**
 * How one of several processes becomes the holder of a lock that is a folder of listening sockets, without a race over
 * the remains of a dead holder. Each holder is a generation, published under the next higher number; only the highest
 * counts.
 *
 * Why there are never two holders. The assumptions: a look at the folder, publishing and removing are each atomic; a
 * number is published once as long as it is there, by a socket that listens already; so a refused connection means
 * that its owner has released it or died, for good. 1. Only a holder removes numbers, and only lower ones than its
 * own: the highest number never falls. 2. Let P hold p: it published p, looked, and p was the highest. Let Q be the
 * first to publish a higher number. Nothing above p was there before (1), so p is what Q saw as the highest, and P's
 * p, as an earlier one could have gone only for a higher number. It refused Q: P had let go or died. 3. Whoever
 * publishes below p while P holds sees at its look that it is not the highest, and gives up.
 *
 * A process may be stopped anywhere and continue hours later: a late publisher finds a higher number, or is the
 * highest and the others waited for it. Clocks and process numbers are not used. A number that is too low and its dead
 * socket are garbage until the next holder cleans up.
 */
export interface Generations<Holding extends { dispose(): void }> {
  /** The numbers that are published. */
  list(): Promise<readonly number[]>;
  /** Whether the socket of a number listens. `gone`: it went away meanwhile. */
  look(generation: number): Promise<"alive" | "dead" | "gone">;
  /** Publishes our own listening socket; `undefined` if another process has the number. Disposing stops listening. */
  publish(generation: number): Promise<Holding | undefined>;
  /** Removes the remains of lower numbers. Never throws. */
  sweep(below: number): Promise<void>;
}

/** Becomes the holder, or gives `undefined` when there is one. @throws what a step throws, without holding the lock */
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

/** The current generation; 0 when there is not one yet. */
export function highest(generations: readonly number[]): number {
  return Math.max(0, ...generations);
}

import type { ServedNote } from "../../orders/model/deployment";
import type { OrderId } from "../../orders/model/order";

/** An order whose files are to be written. */
export interface Chosen {
  readonly order: OrderId;
  /** The task that follows, by its name. */
  readonly task?: string;
}

/** What was done with a file, in the words of the result for programs. */
export interface WrittenFile {
  /** Relative to the workspace. */
  readonly path: string;
  readonly wrote: "created" | "replaced" | "nothing";
}

/** How a task ended, or why it did not run: a sentence. Without both, its end was not seen. */
export interface TaskOutcome {
  readonly task: string;
  readonly exitCode?: number;
  readonly why?: string;
}

/** What became of an order that was chosen. */
export type Done = Afterwards &
  (
    | { readonly result: "saved"; readonly files: readonly WrittenFile[] }
    | { readonly result: "failed"; readonly why: string }
    | { readonly result: "cancelled" }
  );

interface Afterwards {
  readonly task?: TaskOutcome;
  readonly served?: readonly ServedNote[];
  /** Why its servers could not be asked: a sentence. */
  readonly unproved?: string;
}

/** What collecting many orders needs of its window. */
export interface CollectPorts {
  /** Writes the files of an order. */
  save(order: OrderId): Promise<readonly WrittenFile[]>;
  /**
   * Runs a task once for the orders that it is of, if the person agrees to it.
   * @returns how it ended; `undefined` if it did not run, which the person knows
   */
  runTask(task: string, orders: readonly OrderId[]): Promise<{ readonly exitCode?: number } | undefined>;
  /** Asks the servers of an order what they serve; `undefined` if it has none, or the person does not want that. */
  prove(order: OrderId): Promise<readonly ServedNote[] | undefined>;
  /** Why something failed, for a person: a sentence. `isHalf`: some files of an order were written, and others not. */
  explain(error: unknown): { readonly why: string; readonly isHalf: boolean };
  /** Called before each step. @param share of the whole, percent */
  report(step: { readonly order: OrderId } | { readonly task: string }, share: number): void;
  readonly words: Readonly<Record<"cancelled" | "declined" | "half", string>>;
}

/**
 * Saves orders one after another, then runs each of their tasks once, then asks their servers. What fails stops
 * nothing else, but a task does not run over files that are half written, and servers are asked only where it ended
 * well. What was not begun when the signal came is left.
 */
export async function runCollection(
  chosen: readonly Chosen[],
  ports: CollectPorts,
  signal: AbortSignal,
): Promise<ReadonlyMap<OrderId, Done>> {
  const done = new Map<OrderId, Done>();
  const half = new Set<OrderId>();
  const tasks = new Set(chosen.flatMap(({ task }) => task ?? []));
  const share = 100 / (2 * chosen.length + tasks.size);
  for (const { order } of chosen) {
    if (signal.aborted) {
      done.set(order, { result: "cancelled" });
      continue;
    }
    ports.report({ order }, share);
    try {
      done.set(order, { result: "saved", files: await ports.save(order) });
    } catch (error) {
      const { why, isHalf } = ports.explain(error);
      if (isHalf) half.add(order);
      done.set(order, { result: "failed", why });
    }
  }
  const isSaved = ({ order }: Chosen): boolean => done.get(order)?.result === "saved";
  const add = (order: OrderId, more: Afterwards): void => {
    const now = done.get(order);
    if (now !== undefined) done.set(order, { ...now, ...more });
  };
  for (const task of tasks) {
    const all = chosen.filter((each) => each.task === task);
    const orders = all.filter(isSaved).map(({ order }) => order);
    if (orders.length === 0) continue;
    ports.report({ task }, share);
    const isHalf = all.some(({ order }) => half.has(order));
    const end = isHalf ? { task, why: ports.words.half } : await endOf(task, orders, ports, signal);
    for (const order of orders) add(order, { task: end });
  }
  for (const { order, task } of chosen.filter(isSaved)) {
    ports.report({ order }, share);
    if (signal.aborted || (task !== undefined && done.get(order)?.task?.exitCode !== 0)) continue;
    try {
      const served = await ports.prove(order);
      if (served !== undefined) add(order, { served });
    } catch (error) {
      add(order, { unproved: ports.explain(error).why });
    }
  }
  return done;
}

async function endOf(
  task: string,
  orders: readonly OrderId[],
  ports: CollectPorts,
  signal: AbortSignal,
): Promise<TaskOutcome> {
  if (signal.aborted) return { task, why: ports.words.cancelled };
  try {
    const end = await ports.runTask(task, orders);
    return end === undefined ? { task, why: ports.words.declined } : { task, ...end };
  } catch (error) {
    return { task, why: ports.explain(error).why };
  }
}

import { hash } from "node:crypto";
import type { Memento } from "vscode";
import type { OrderId } from "../../orders/model/order";
import { list, record, text } from "../../shape/shape";
import { canonicalJson, ownDefinition, type TaskFacts } from "./task-definition";

const AGREED = "agreedTasks";
const CHOSEN = "chosenTasks";

/** Tasks of a workspace that are remembered; the oldest go first. */
const MAX_KEPT = 300;
const MAX_TEXT = 2_048;

/** A value that is remembered under a name. */
interface Kept {
  readonly name: string;
  readonly value: string;
}

const isKept = list(record<Kept>({ name: text(MAX_TEXT), value: text(MAX_TEXT) }), MAX_KEPT);

/** What a person agreed to run in this workspace, and which of several tasks of one name they mean. */
export class TaskMemory {
  constructor(private readonly here: Pick<Memento, "get" | "update">) {}

  /**
   * Whether a person agreed to what a task runs now.
   * @param name which task, and who named it: {@link taskKey}
   * @param hash of its definition
   */
  standing(name: string, hash: string): "agreed" | "changed" | "new" {
    const agreed = this.find(AGREED, name);
    return agreed === undefined ? "new" : agreed === hash ? "agreed" : "changed";
  }

  async agree(name: string, hash: string): Promise<void> {
    await this.keep(AGREED, name, hash);
  }

  /** Which of the tasks of a name an order means; what {@link choose} was given. */
  chosen(order: OrderId, task: string): string | undefined {
    return this.find(CHOSEN, JSON.stringify([order, task]));
  }

  async choose(order: OrderId, task: string, which: string): Promise<void> {
    await this.keep(CHOSEN, JSON.stringify([order, task]), which);
  }

  private find(key: string, name: string): string | undefined {
    return this.all(key).find((each) => each.name === name)?.value;
  }

  private all(key: string): readonly Kept[] {
    const found: unknown = this.here.get(key);
    return isKept(found) ? found : [];
  }

  private async keep(key: string, name: string, value: string): Promise<void> {
    const others = this.all(key).filter((each) => each.name !== name);
    await this.here.update(key, [...others, { name, value }].slice(-MAX_KEPT));
  }
}

/**
 * Which task: of tasks with one name, what tells them apart. Hex.
 * @param named the order file that names it, for a consent: a file of a repository may name what a person agreed to for
 *   another order only
 */
export function taskKey(task: TaskFacts, named?: string): string {
  const { place, source, name } = task;
  return hash("sha256", canonicalJson([place, source, name, ownDefinition(task), named]));
}

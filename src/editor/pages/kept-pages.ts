import type { Memento } from "vscode";
import { list, record, text } from "../../shape/shape";
import { MAX_SOURCE } from "../../webview/protocol";

/** Where the pages are remembered that a person keeps open, and the most of them. */
const KEPT = "keptDetails";
const MAX_KEPT = 50;

/** A page that is kept open. */
interface KeptPage {
  readonly key: string;
  /** What its tab is called, which is all that is known of a panel that was not restored yet. */
  readonly title: string;
}

const isKeptList = list(record<KeptPage>({ key: text(MAX_SOURCE), title: text(1000) }), MAX_KEPT);

/** The details pages that a person keeps open, across reloads. */
export class KeptPages {
  /** @param memory of the workspace; what is not of this version's form counts as nothing */
  constructor(private readonly memory: Pick<Memento, "get" | "update">) {}

  /** The title under which a page is kept open; `undefined` if it is not. */
  titleOf(key: string): string | undefined {
    return this.all().find((each) => each.key === key)?.title;
  }

  /** Notes that a page is kept open, or has another title now. The oldest of too many is forgotten. */
  note(key: string, title: string): void {
    if (this.titleOf(key) === title) return;
    void this.memory.update(KEPT, [...this.others(key), { key, title }].slice(-MAX_KEPT));
  }

  forget(key: string): void {
    void this.memory.update(KEPT, this.others(key));
  }

  private others(key: string): readonly KeptPage[] {
    return this.all().filter((each) => each.key !== key);
  }

  private all(): readonly KeptPage[] {
    const kept: unknown = this.memory.get(KEPT);
    return isKeptList(kept) ? kept : [];
  }
}

import { isPageState, type PageState } from "./protocol";

/** The state that the editor keeps of a page across reloads. */
export interface StateStore {
  getState(): unknown;
  setState(state: PageState): void;
}

/** What a person did with the page, which is restored after a reload for the same content. */
export class Memory {
  private constructor(
    private readonly store: StateStore,
    private now: PageState,
  ) {}

  /** @param source of the content that is shown; a state of another source is ignored */
  static of(source: string, store: StateStore): Memory {
    const kept = store.getState();
    const fits = isPageState(kept) && kept.source === source;
    const memory = new Memory(store, fits ? kept : { source, closed: [], scroll: 0 });
    memory.change({});
    return memory;
  }

  get state(): PageState {
    return this.now;
  }

  change(what: Partial<Omit<PageState, "source">>): void {
    this.now = { ...this.now, ...what };
    this.store.setState(this.now);
  }
}

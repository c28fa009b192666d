import { isPageState, type PageState } from "./protocol";

/** What the editor keeps of a page over reloads. */
export interface StateStore {
  getState(): unknown;
  setState(state: PageState): void;
}

/** What a person did with the page: it comes back after a reload, for the same content. */
export class Memory {
  private constructor(
    private readonly store: StateStore,
    private now: PageState,
  ) {}

  /** @param source of the content that is shown; what is remembered of another one is left out */
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

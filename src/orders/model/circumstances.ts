import type { Login } from "./order";

/** What surrounds an order and decides with it. */
export interface Circumstances {
  /** The login it is asked with; `undefined` when its account was removed. */
  readonly login: Login | undefined;
  /** What is asked by itself. `off`: by the setting; `paused`: by the command. */
  readonly background: "everything" | "status" | "off" | "paused";
}

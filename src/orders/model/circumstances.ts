import type { Login } from "./order";

/** What determines an order's schedule besides the order itself. */
export interface Circumstances {
  /** The login it is checked with; `undefined` if its account was removed. */
  readonly login: Login | undefined;
  /** When its CA last answered any login whose calls have not failed since. Epoch ms. */
  readonly reachedAt?: number;
  /** What is checked automatically. `off`: by the setting; `paused`: by the command. */
  readonly background: "everything" | "status" | "off" | "paused";
}

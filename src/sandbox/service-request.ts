import type { SandboxAccount } from "./accounts";
import type { RequestParameters } from "./form-parameter";
import type { OrderLook } from "./order-state";
import type { SandboxOrder } from "./sandbox-order";
import type { OrderScript } from "./script";

/** A call to a service whose arguments are in order, by an account that may make it. */
export interface SandboxRequest {
  readonly given: RequestParameters;
  readonly account: SandboxAccount;
  /** Epoch ms. */
  readonly now: number;
}

/** An order, and what the services see of it at this moment. */
export interface OrderLookup {
  readonly order: SandboxOrder;
  readonly script: OrderScript;
  readonly look: OrderLook;
}

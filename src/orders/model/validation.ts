import type { ServiceName } from "../../api/services/service";
import type { OrderValidation } from "../../api/services/service-result";

/** What the CA's services said of an order's validation, when a person asked. */
export interface ValidationNote extends OrderValidation {
  /** Epoch ms. */
  readonly at: number;
  /** The services that answered. */
  readonly from: readonly ServiceName[];
}

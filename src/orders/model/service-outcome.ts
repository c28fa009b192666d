import type { ServiceAfterwards } from "../../api/services/service-result";
import type { SaidMessage } from "./said-message";

/** What became of a call of a service, without what it said. */
export type ServiceOutcome =
  | { readonly kind: "answered" }
  | {
      readonly kind: "refused";
      readonly code: number;
      readonly message: string;
      readonly after: ServiceAfterwards;
    }
  | (SaidMessage & {
      readonly kind: "not-understood";
      readonly code: string;
      /** ms */
      readonly retryAfter?: number;
    })
  | (SaidMessage & { readonly kind: "failed"; readonly code: string });

/** What became of the last call of a service with a login. */
export interface ServiceAnswer {
  readonly at: number;
  readonly outcome: ServiceOutcome;
}

import type { ServiceAfterwards } from "../../api/services/service-result";

/** What became of a call of a service, without what it said. */
export type ServiceOutcome =
  | { readonly kind: "answered" }
  | {
      readonly kind: "refused";
      readonly code: number;
      readonly message: string;
      readonly after: ServiceAfterwards;
    }
  | {
      readonly kind: "not-understood";
      readonly code: string;
      readonly message: string;
      /** ms */
      readonly retryAfter?: number;
    }
  | { readonly kind: "failed"; readonly code: string; readonly message: string };

/** What became of the last call of a service with a login. */
export interface ServiceAnswer {
  readonly at: number;
  readonly outcome: ServiceOutcome;
}

import type { ServiceName } from "../../api/services/service";
import type { ServiceResult } from "../../api/services/service-result";
import type { AccountId, Freeze, OrderId } from "../model/order";

/** A call of a service. */
export interface ServiceQuestion {
  readonly service: ServiceName;
  readonly account: AccountId;
  /** The order that it is about, if it is about one. */
  readonly order?: OrderId;
  /** The arguments beside the login, in the CA's spelling. */
  readonly values: Readonly<Record<string, string>>;
}

/** What became of a call of a service. */
export type ServiceAskResult =
  | { readonly kind: "answered"; readonly result: ServiceResult }
  /** The CA refused the first sign-in of a login: it is frozen now. Either it was wrong, or the account is not enabled. */
  | { readonly kind: "sign-in-refused"; readonly code: number; readonly message: string }
  /** The account may not call this service; the login is good. `now`: the CA has just said so. */
  | { readonly kind: "not-enabled"; readonly message: string; readonly now: boolean }
  /** No answer, or one that nobody understands. The message is a sentence for a person. */
  | { readonly kind: "failed"; readonly code: string; readonly message: string }
  /** Not called: the login is frozen. */
  | { readonly kind: "frozen"; readonly freeze: Freeze; readonly now: boolean }
  /** Not called before that time, epoch ms: the CA's call limit, its Retry-After, or the pace of the service. */
  | { readonly kind: "not-now"; readonly until: number; readonly why: "call-limit" | "retry-after" | "pace" }
  /** Not called: this window has no password. */
  | { readonly kind: "no-secret" }
  /** Not called: another call to the CA did not end in time. */
  | { readonly kind: "busy" }
  | { readonly kind: "cancelled" }
  /** The account or order is gone. */
  | { readonly kind: "gone" }
  /** The journal could not be written. */
  | { readonly kind: "not-recorded"; readonly code: string; readonly message: string; readonly asked: boolean };

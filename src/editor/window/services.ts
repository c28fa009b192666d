import type { ServiceAskResult, ServiceQuestion } from "../../orders/checking/service-ask";

/** Asks the CA's services, when a person chose to. */
export interface Services {
  /** Asks as a person. Never rejects; see {@link ServiceAskResult}. */
  ask(question: ServiceQuestion, signal: AbortSignal): Promise<ServiceAskResult>;
}

import type { Mask } from "../masking";
import type { Transport } from "../transport";
import type { ServiceName } from "./service";
import type { ServiceResult } from "./service-result";

/** One request to a service. */
export interface ServiceCall {
  /** Host name, with a port where it is not 443. */
  readonly host: string;
  readonly service: ServiceName;
  readonly credentials: { readonly loginName: string; readonly loginPassword: string };
  /** The other arguments, in the CA's spelling; see the table. */
  readonly values: Readonly<Record<string, string>>;
  /** Removes other secrets than this call's password from the server's words. */
  readonly alsoMask?: Mask;
}

/**
 * Asks a service. Sends exactly one call and never repeats it.
 * @throws RequestError before anything is sent, when the call breaks a rule of the service's page
 * @throws TransportError when there was no answer, or not a real one
 */
export type CallService = (transport: Transport, call: ServiceCall, signal: AbortSignal) => Promise<ServiceResult>;

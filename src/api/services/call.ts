import { rejectRedirects } from "../http-status";
import type { Mask } from "../masking";
import { maskOfCall } from "../response";
import type { HttpReply, Transport } from "../transport";
import type { ServiceName } from "./service";
import { readServiceAnswer, type ServiceContext } from "./service-answer";
import { buildServiceRequest } from "./service-request";
import type { ServiceResult } from "./service-result";
import type { ServiceValues } from "./service-values";

/** One request to a service. */
export interface ServiceCall {
  /** Host name, with a port where it is not 443. */
  readonly host: string;
  readonly service: ServiceName;
  readonly credentials: { readonly loginName: string; readonly loginPassword: string };
  /** The other arguments; see the table. */
  readonly values: ServiceValues;
  /** Removes other secrets than this call's password from the server's words. */
  readonly alsoMask?: Mask;
}

/** Reads the answer of a service: {@link readServiceAnswer}, or its equivalent elsewhere. */
export type ServiceAnswerReader = (reply: HttpReply, asked: ServiceContext) => ServiceResult | Promise<ServiceResult>;

/**
 * Asks a service. Sends exactly one call and never repeats it.
 * @throws RequestError before anything is sent, when the call breaks a rule of the service's page
 * @throws TransportError when there was no answer, or not a real one
 */
export async function callService(
  transport: Transport,
  { host, service, credentials, values: beside, alsoMask }: ServiceCall,
  signal: AbortSignal,
  read: ServiceAnswerReader = readServiceAnswer,
): Promise<ServiceResult> {
  const { loginName, loginPassword } = credentials;
  const values = { ...beside, loginName, loginPassword };
  const request = buildServiceRequest(host, service, values);
  const asked: ServiceContext = { service, values, ...(alsoMask !== undefined && { alsoMask }) };
  const reply = await transport(request, signal);
  rejectRedirects(reply, request.url, maskOfCall(asked));
  return read(reply, asked);
}

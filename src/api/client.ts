import { rejectRedirects } from "./http-status";
import type { Mask } from "./masking";
import type { ParameterValues } from "./parameter";
import { PRODUCT_FACTS, type Product } from "./product";
import { buildRequest, defaultValues, type Reference } from "./request";
import { maskOfCall, readAnswer, type CallContext } from "./response";
import type { CollectResult } from "./result";
import type { HttpReply, Transport } from "./transport";

/** One request to the CA. */
export interface CollectCall {
  /** Host name, with a port where it is not 443. */
  readonly host: string;
  readonly product: Product;
  readonly reference: Reference;
  /** Left out if a collection code alone fetches the certificate. */
  readonly credentials?: { readonly loginName: string; readonly loginPassword: string };
  /**
   * The secret of a reference of kind `collectionCode`, or one that the CA requires in addition to the order number.
   */
  readonly collectionCode?: string;
  /** Only the status, without certificates. */
  readonly statusOnly?: boolean;
  /** What to ask instead of the default, as a person chose it: parameters of the roles `order` and `answer`. */
  readonly values?: ParameterValues;
  /** Removes other secrets than this call's password and collection code from the server's words. */
  readonly alsoMask?: Mask;
}

/** Reads the answer: {@link readAnswer}, or its equivalent elsewhere. */
export type AnswerReader = (reply: HttpReply, asked: CallContext) => CollectResult | Promise<CollectResult>;

/**
 * Asks the CA about one order. Sends exactly one call and never repeats it.
 * @throws RequestError before anything is sent, when the call breaks a rule of its page
 * @throws TransportError when there was no answer, or not a real one (a redirection, a proxy's sign-in)
 */
export async function callEndpoint(
  transport: Transport,
  call: CollectCall,
  signal: AbortSignal,
  read: AnswerReader = readAnswer,
): Promise<CollectResult> {
  const values = callValues(call);
  const request = buildRequest(call.host, call.product, values);
  const asked: CallContext = {
    product: call.product,
    values,
    ...(call.alsoMask !== undefined && { alsoMask: call.alsoMask }),
  };
  const reply = await transport(request, signal);
  rejectRedirects(reply, request.url, maskOfCall(asked));
  return read(reply, asked);
}

/** The parameters of a call, with its secrets. */
export function callValues({
  product,
  reference,
  credentials,
  collectionCode,
  statusOnly,
  values,
}: CollectCall): ParameterValues {
  const hasCode = collectionCode !== undefined;
  const isAlone = hasCode && PRODUCT_FACTS[product].collectionCode === "alone";
  const named: Reference = isAlone ? { kind: "collectionCode" } : reference;
  return {
    ...(values === undefined
      ? defaultValues(product, named, { statusOnly: statusOnly ?? false })
      : { ...(named.kind !== "collectionCode" && { [named.kind]: named.value }), ...values }),
    ...(isAlone ? {} : credentials),
    ...(hasCode && { collectionCode }),
  };
}

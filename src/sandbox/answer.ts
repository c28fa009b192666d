import { certificatesAsked, individually, structure } from "./delivery";
import { newlineAnswer, newlineRefusal } from "./newline";
import type { IssuedOrder, PendingOrder } from "./order-state";
import type { RequestParameters } from "./form-parameter";
import { documents, type SandboxEndpoint } from "./parameters";
import type { Refusal } from "./refusals";
import { urlEncodedAnswer, urlEncodedRefusal } from "./url-encoded";

/** What is sent back to the caller, in any form. */
export interface SandboxAnswer {
  readonly contentType: string;
  readonly body: string | Uint8Array;
}

/** The answer about an order that is not a refusal. */
export function orderAnswer(
  endpoint: SandboxEndpoint,
  given: RequestParameters,
  state: PendingOrder | IssuedOrder,
): SandboxAnswer {
  const mimeType = given.get("responseMimeType");
  const encoding = given.get("responseEncoding");
  if (encoding === "2") {
    return { contentType: mimeType ?? "text/javascript", body: scriptAnswer(endpoint, given, state) };
  }
  if (encoding === "1" && state.kind === "issued") {
    return { contentType: mimeType ?? endpoint.answers.binaryType, body: structure(endpoint, given, state) };
  }
  if (usesUrlEncoding(endpoint, given)) {
    return { contentType: "application/x-www-form-urlencoded", body: urlEncodedAnswer(endpoint, given, state) };
  }
  const contentType = state.kind === "issued" ? (mimeType ?? "text/plain") : "text/plain";
  return { contentType, body: newlineAnswer(endpoint, given, state) };
}

/** A refusal in the form that the caller asked for, as far as that could be read. @param sent the form as it came */
export function refusalAnswer(
  endpoint: SandboxEndpoint,
  sent: Pick<RequestParameters, "get">,
  refusal: Refusal,
): SandboxAnswer {
  if (documents(endpoint, "responseMimeType") && sent.get("responseEncoding") === "2") {
    return { contentType: "text/javascript", body: script("", refusal.code, refusal.message) };
  }
  if (usesUrlEncoding(endpoint, sent)) {
    return { contentType: "application/x-www-form-urlencoded", body: urlEncodedRefusal(refusal) };
  }
  return { contentType: "text/plain", body: newlineRefusal(endpoint, refusal) };
}

/** responseFormat is "relevant when responseEncoding=0". */
function usesUrlEncoding(endpoint: SandboxEndpoint, sent: Pick<RequestParameters, "get">): boolean {
  const isEncoded = sent.get("responseFormat") === "1" && sent.get("responseEncoding") !== "1";
  return documents(endpoint, "responseFormat") && isEncoded;
}

function scriptAnswer(endpoint: SandboxEndpoint, given: RequestParameters, state: PendingOrder | IssuedOrder): string {
  const callback = given.get("callbackFunctionName");
  const call = callback === undefined ? "" : `${callback}();\n`;
  if (state.kind === "pending") return script("", 0, "") + call;
  if (given.get("queryType") === "0") return script("", 1, "") + call;
  const parts = individually(given) ? certificatesAsked(given, state) : [structure(endpoint, given, state)];
  const base64 = parts.map((der) => Buffer.from(der).toString("base64"));
  return script(base64.join("\n"), 2, "") + call;
}

function script(structure: string, code: number, message: string): string {
  const [ccc, text] = [structure, message].map((value) => JSON.stringify(value));
  return `var g_ccc=${ccc};\nvar g_errorCode=${code};\nvar g_errorMessage=${text};\n`;
}

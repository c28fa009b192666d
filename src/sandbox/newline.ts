import { base64Lines, pem } from "./containers";
import { certificatesAsked, individually, structure } from "./delivery";
import type { IssuedOrder, PendingOrder } from "./order-state";
import type { RequestParameters } from "./form-parameter";
import type { SandboxEndpoint } from "./parameters";
import type { Refusal } from "./refusals";
import type { Validation } from "./script";
import { domainList, productTerm, statusDetails } from "./status";

/** The newline-delimited form: fields joined by LF, none after the last, except after the last line of a PEM block. */

/** A refusal. A call that is rejected unread is answered as the sample on the endpoint's page is. */
export function newlineRefusal({ answers: { rejection } }: SandboxEndpoint, { code, message }: Refusal): string {
  const atFault = code === -2 || code === -3 || code === -4;
  if (rejection === "object" && (atFault || code === -16)) {
    return `{'errorCode': ${code}, 'errorMessage': "${message}"}`;
  }
  return [...(rejection === "prose-above" && atFault ? ["Request is rejected."] : []), code, message].join("\n");
}

export function newlineAnswer(
  endpoint: SandboxEndpoint,
  given: RequestParameters,
  state: PendingOrder | IssuedOrder,
): string {
  if (state.kind === "pending") return ["0", ...trailing(endpoint, given, state)].join("\n");
  const dates = given.get("showValidityPeriod") === "Y" ? [validityPeriod(state)] : [];
  if (given.get("queryType") === "0")
    return ["1", ...statusLines(endpoint, dates), ...trailing(endpoint, given, state)].join("\n");
  if (endpoint.answers.hasBareStructures && !individually(given))
    return pem(structure(endpoint, given, state), "PKCS7");
  // CollectSSL shows the name once there is a certificate, whatever its page says about status 0.
  const name = given.get("showFQDN") === "Y" ? [state.name] : [];
  const head = ["2", ...dates, ...name].join("\n");
  const data = individually(given)
    ? certificatesAsked(given, state)
        .map((der) => pem(der))
        .join("")
    : `${base64Lines(structure(endpoint, given, state))}\n`;
  const tail = trailing(endpoint, given, state);
  return `${head}\n${data}${tail.length > 0 ? `\n${tail.join("\n")}` : ""}`;
}

/** Status 1: the dates, or else a line in words. */
function statusLines({ answers }: SandboxEndpoint, dates: readonly string[]): readonly string[] {
  return dates.length > 0 || !answers.hasStatusLine ? dates : ["Certificates Available"];
}

/** CollectSSL's answers to its show flags. The page names the status steps, so they are sent with their names. */
function trailing(
  { answers }: SandboxEndpoint,
  given: RequestParameters,
  state: PendingOrder | IssuedOrder,
): readonly string[] {
  const { validation } = state;
  const shows = (flag: string): boolean => given.get(flag) === "Y";
  const lines: string[] = [];
  if (shows("showExtStatus")) lines.push(...extendedStatus(validation));
  if (state.kind === "pending" && validation.domains) {
    if (shows("showMDCDomainDetails")) lines.push(domainList(validation.domains, false));
    if (shows("showMDCDomainDetails2")) lines.push(domainList(validation.domains, true));
  }
  if (shows("showStatusDetails")) lines.push(...statusDetails(validation).map(([name, value]) => `${name}=${value}`));
  if (answers.hasTerm && state.kind === "issued" && shows("showValidityPeriod")) {
    lines.push(productTerm(state).join(" "));
  }
  return lines;
}

function extendedStatus({ certificateStatus, validationStatus }: Validation): readonly string[] {
  return validationStatus === undefined ? [certificateStatus] : [certificateStatus, validationStatus];
}

/** DD/MM/YYYY DD/MM/YYYY, GMT. */
function validityPeriod({ certificate }: IssuedOrder): string {
  return [certificate.notBefore, certificate.notAfter]
    .map((time) => new Date(time).toISOString().slice(0, 10).split("-").reverse().join("/"))
    .join(" ");
}

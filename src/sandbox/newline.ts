import { base64Lines, pem } from "./containers";
import { certificatesAsked, individually, structure } from "./delivery";
import type { IssuedOrder, PendingOrder } from "./orders";
import type { RequestParameters } from "./parameters";
import type { Refusal } from "./refusals";
import type { SandboxProduct, Validation } from "./script";
import { domainList, productTerm, statusDetails } from "./status";

/** The newline-delimited form: fields joined by LF, none after the last, except after the last line of a PEM block. */

/**
 * CCC answers a call that it rejects unread in the shape of its page's sample, S/MIME with the prose of its sample
 * above.
 */
export function newlineRefusal(product: SandboxProduct, { code, message }: Refusal): string {
  const atFault = code === -2 || code === -3 || code === -4;
  if (product === "ccc" && (atFault || code === -16)) {
    return `{'errorCode': ${code}, 'errorMessage': "${message}"}`;
  }
  return [...(product === "smime" && atFault ? ["Request is rejected."] : []), code, message].join("\n");
}

export function newlineAnswer(
  product: SandboxProduct,
  given: RequestParameters,
  state: PendingOrder | IssuedOrder,
): string {
  if (state.kind === "pending") return ["0", ...trailing(product, given, state)].join("\n");
  const dates = given.get("showValidityPeriod") === "Y" ? [validityPeriod(state)] : [];
  if (given.get("queryType") === "0")
    return ["1", ...statusLines(product, dates), ...trailing(product, given, state)].join("\n");
  // The sample on CollectMC's page: PKCS#7 with markers, and no status above it.
  if (product === "mc" && !individually(given)) return pem(structure(product, given, state), "PKCS7");
  // CollectSSL shows the name once there is a certificate, whatever its page says about status 0.
  const name = given.get("showFQDN") === "Y" ? [state.name] : [];
  const head = ["2", ...dates, ...name].join("\n");
  const data = individually(given)
    ? certificatesAsked(given, state)
        .map((der) => pem(der))
        .join("")
    : `${base64Lines(structure(product, given, state))}\n`;
  const tail = trailing(product, given, state);
  return `${head}\n${data}${tail.length > 0 ? `\n${tail.join("\n")}` : ""}`;
}

/** Status 1: the dates, or else a line in words, which is missing in the S/MIME page's sample. */
function statusLines(product: SandboxProduct, dates: readonly string[]): readonly string[] {
  return dates.length > 0 || product === "smime" ? dates : ["Certificates Available"];
}

/** CollectSSL's answers to its show flags. The page names the status steps, so they are sent with their names. */
function trailing(
  product: SandboxProduct,
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
  if (product === "ssl" && state.kind === "issued" && shows("showValidityPeriod")) {
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

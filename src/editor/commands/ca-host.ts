import type { Phrase } from "../../words/phrase";
import { CA_HOSTS } from "../../api/product";
import { endpointUrl } from "../../api/request";
import type { CaName } from "../../orders/model/order";
import { problemOf } from "./typed-value";

/** What is wrong with a typed host name and port of a CA, or `undefined`. */
export function hostProblem(text: string): Phrase | undefined {
  return problemOf(() => endpointUrl(text, "ssl"));
}

/**
 * A server of a CA in its canonical spelling: a login there is the same, however its host was written.
 * @param text without {@link hostProblem}
 */
export function readCaHost(text: string): { readonly host: string; readonly ca: CaName } {
  const { host } = new URL(endpointUrl(text, "ssl"));
  return { host, ca: CA_HOSTS.some((each) => each === host) ? "sectigo" : `other:${host}` };
}

/** Whether a text names one of Sectigo's own servers. */
export function isOfSectigo(text: string): boolean {
  return hostProblem(text) === undefined && readCaHost(text).ca === "sectigo";
}

import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { SandboxAccounts } from "./accounts";
import { orderAnswer, refusalAnswer, type SandboxAnswer } from "./answer";
import { readBody, send } from "./body";
import type { Orders } from "./orders";
import { endpointAt, readArguments, type RequestParameters, type SandboxEndpoint } from "./parameters";
import { CALL_LIMIT, NOT_HTTPS, NOT_POST, NOT_SIGNED_IN, type Refusal } from "./refusals";
import type { RequestLog } from "./requests";

/** The most bytes of a form: all documented arguments at their greatest length fit many times. */
const MAX_FORM = 64 * 1024;

export interface EndpointsOptions {
  readonly accounts: SandboxAccounts;
  readonly orders: Orders;
  readonly log: RequestLog;
  readonly now: () => number;
  /** ms by which each answer is delayed. */
  readonly hold: number;
  /** Whether a call that overlaps another one is answered -42. */
  readonly refuseOverlaps: boolean;
}

/** The five endpoints. */
export class Endpoints {
  constructor(private readonly options: EndpointsOptions) {}

  /**
   * Answers a request for one of the endpoints. Arguments in the query string are ignored: a caller that sends its
   * password there is told that they are missing.
   * @returns whether the path was one of ours
   */
  async handle(request: IncomingMessage, response: ServerResponse, secure: boolean): Promise<boolean> {
    const [path = ""] = (request.url ?? "").split("?");
    const endpoint = endpointAt(path);
    if (!endpoint) return false;
    const call = this.options.log.begin();
    const closed = new AbortController();
    response.once("close", () => {
      call.end();
      closed.abort();
    });
    try {
      await this.answerTo(endpoint, request, response, { secure, overlap: call.overlaps, closed: closed.signal });
    } catch (error) {
      // If the caller disconnected or the sandbox stopped, nobody can receive the error.
      if (!closed.signal.aborted && !response.destroyed)
        send(response, 500, "text/plain", `The sandbox failed: ${error instanceof Error ? error.message : "?"}`);
    } finally {
      // Before the last byte is sent: after that, the caller may already have sent its next call.
      call.end();
    }
    return true;
  }

  private async answerTo(
    endpoint: SandboxEndpoint,
    request: IncomingMessage,
    response: ServerResponse,
    { secure, overlap, closed }: { secure: boolean; overlap: boolean; closed: AbortSignal },
  ): Promise<void> {
    const { hold } = this.options;
    const tell = async ({ contentType, body }: SandboxAnswer): Promise<void> => {
      if (hold > 0) await pause(hold, undefined, { signal: closed });
      send(response, 200, contentType, body);
    };
    if (!secure && !endpoint.takesCollectionCode) return tell(refusalAnswer(endpoint, new Map(), NOT_HTTPS));
    if (request.method === "GET") return tell(refusalAnswer(endpoint, new Map(), NOT_POST));
    if (request.method !== "POST") return send(response, 405, "text/plain", "Use POST.", { Allow: "POST" });
    const body = await readBody(request, MAX_FORM);
    if (!body) return send(response, 413, "text/plain", "The form is too large.");
    const form = new URLSearchParams(isForm(request) ? body.toString("utf8") : "");
    if (!secure && !form.has("collectionCode")) return tell(refusalAnswer(endpoint, new Map(), NOT_HTTPS));
    return tell(await this.answerForm(endpoint, form, overlap));
  }

  private async answerForm(endpoint: SandboxEndpoint, form: URLSearchParams, overlap: boolean): Promise<SandboxAnswer> {
    const sent = new Map(form);
    const refuse = (refusal: Refusal): SandboxAnswer => refusalAnswer(endpoint, sent, refusal);
    if (overlap && this.options.refuseOverlaps) return refuse(CALL_LIMIT);
    const given = readArguments(endpoint, form);
    if ("code" in given) return refuse(given);
    if (!this.signsIn(given)) return refuse(NOT_SIGNED_IN);
    const order = this.options.orders.find(endpoint.product, given);
    if ("code" in order) return refuse(order);
    this.options.log.asked(order.script, this.options.now());
    const state = await order.ask(given.get("certificateID"), given.get("behaviourVersion") === "1" ? 1 : 0);
    return state.kind === "refused" ? refuse(state.refusal) : orderAnswer(endpoint, given, state);
  }

  /** A call without a login has a collection code: the endpoint's own rules have made sure of that. */
  private signsIn(given: RequestParameters): boolean {
    const loginName = given.get("loginName");
    return loginName === undefined || this.options.accounts.signIn(loginName, given.get("loginPassword") ?? "");
  }
}

function isForm(request: IncomingMessage): boolean {
  const [type = ""] = (request.headers["content-type"] ?? "").split(";");
  return type.trim().toLowerCase() === "application/x-www-form-urlencoded";
}

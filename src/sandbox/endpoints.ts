import type { IncomingMessage, ServerResponse } from "node:http";
import type { Holding, SandboxAccounts } from "./accounts";
import { orderAnswer, refusalAnswer, type SandboxAnswer } from "./answer";
import type { FormCalls } from "./form-calls";
import type { RequestParameters } from "./form-parameter";
import type { Orders } from "./orders";
import { endpointAt, readArguments, type SandboxEndpoint } from "./parameters";
import { NOT_SIGNED_IN, type Refusal } from "./refusals";
import type { RequestLog } from "./requests";

export interface EndpointsOptions {
  readonly accounts: SandboxAccounts;
  readonly orders: Orders;
  readonly calls: FormCalls;
  readonly log: RequestLog;
  /** Epoch ms. */
  readonly now: () => number;
}

/** The five endpoints. */
export class Endpoints {
  constructor(private readonly options: EndpointsOptions) {}

  /**
   * Answers a request for one of the endpoints.
   * @returns whether the path was one of ours
   */
  async handle(request: IncomingMessage, response: ServerResponse, secure: boolean): Promise<boolean> {
    const [path = ""] = (request.url ?? "").split("?");
    const endpoint = endpointAt(path);
    if (!endpoint) return false;
    const answerer = {
      answer: (form: URLSearchParams) => this.answer(endpoint, form),
      refuse: (refusal: Refusal, form: URLSearchParams) => refusalAnswer(endpoint, new Map(form), refusal),
      ...(endpoint.takesCollectionCode && { plainWith: "collectionCode" }),
    };
    await this.options.calls.take(answerer, request, response, secure);
    return true;
  }

  private async answer(endpoint: SandboxEndpoint, form: URLSearchParams): Promise<SandboxAnswer> {
    const sent = new Map(form);
    const refuse = (refusal: Refusal): SandboxAnswer => refusalAnswer(endpoint, sent, refusal);
    const given = readArguments(endpoint, form);
    if ("code" in given) return refuse(given);
    const caller = this.signIn(given);
    if (!caller) return refuse(NOT_SIGNED_IN);
    const order = this.options.orders.find(endpoint.product, given, caller.holding);
    if ("code" in order) return refuse(order);
    this.options.log.asked(order.script, this.options.now());
    const state = await order.ask(given.get("certificateID"), given.get("behaviourVersion") === "1" ? 1 : 0);
    return state.kind === "refused" ? refuse(state.refusal) : orderAnswer(endpoint, given, state);
  }

  /** A call without a login has a collection code: the endpoint's own rules have made sure of that. */
  private signIn(given: RequestParameters): { readonly holding?: Holding } | undefined {
    const loginName = given.get("loginName");
    if (loginName === undefined) return {};
    return this.options.accounts.signIn(loginName, given.get("loginPassword") ?? "");
  }
}

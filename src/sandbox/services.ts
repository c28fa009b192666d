import type { IncomingMessage, ServerResponse } from "node:http";
import type { SandboxAccounts } from "./accounts";
import type { SandboxAnswer } from "./answer";
import { answerResendMail, answerRetryCaaCheck } from "./actions";
import { answerDetailedStatus, answerMarkControl } from "./detailed-status";
import { answerDomainDetails } from "./domain-details";
import type { FormCalls } from "./form-calls";
import type { RequestParameters } from "./form-parameter";
import type { Orders } from "./orders";
import { answerPostPayment } from "./post-payment";
import { NOT_SIGNED_IN, type Refusal } from "./refusals";
import { answerReport } from "./report";
import type { RequestLog } from "./requests";
import { serviceRefusal } from "./service-answer";
import { sandboxForm, readServiceForm, sandboxServiceAt, type SandboxServiceName } from "./service-parameters";
import type { OrderLookup, SandboxRequest } from "./service-request";

export interface SandboxServicesOptions {
  readonly accounts: SandboxAccounts;
  readonly orders: Orders;
  readonly calls: FormCalls;
  readonly log: RequestLog;
  /** Epoch ms. */
  readonly now: () => number;
}

type AboutOrder = (request: SandboxRequest, lookup: OrderLookup) => SandboxAnswer | Refusal;

/** The services that are about one order. */
const ABOUT_ORDER: Readonly<Record<Exclude<SandboxServiceName, "WebHostReport">, AboutOrder>> = {
  GetMDCDomainDetails: answerDomainDetails,
  getPostPaymentStatus: answerPostPayment,
  GetDetailedOrderStatus: answerDetailedStatus,
  GetDCVDetailsMC: answerMarkControl,
  ResendDCVEmail: answerResendMail,
  RetryCAACheck: answerRetryCaaCheck,
};

/** The services beside the collect endpoints: a report, what an order waits for, and two actions. */
export class SandboxServices {
  constructor(private readonly options: SandboxServicesOptions) {}

  /**
   * Answers a request for one of the services.
   * @returns whether the path was one of theirs
   */
  async handle(request: IncomingMessage, response: ServerResponse, secure: boolean): Promise<boolean> {
    const [path = ""] = (request.url ?? "").split("?");
    const name = sandboxServiceAt(path);
    if (name === undefined) return false;
    const answerer = {
      answer: (form: URLSearchParams) => this.answer(name, form),
      refuse: (refusal: Refusal, form: URLSearchParams) => serviceRefusal(refusal, sandboxForm(name, form)),
    };
    await this.options.calls.take(answerer, request, response, secure);
    return true;
  }

  private answer(name: SandboxServiceName, form: URLSearchParams): SandboxAnswer {
    const { log, now } = this.options;
    log.served(name, now());
    const given = readServiceForm(name, form);
    const answer = "code" in given ? given : this.answerTo(name, given);
    return "code" in answer ? serviceRefusal(answer, sandboxForm(name, form)) : answer;
  }

  private answerTo(name: SandboxServiceName, given: RequestParameters): SandboxAnswer | Refusal {
    const { accounts, orders, log } = this.options;
    const account = accounts.signIn(given.get("loginName") ?? "", given.get("loginPassword") ?? "");
    // The same code has two meanings here: the account may also not have been enabled for the service.
    if (!account || account.withoutServices) return NOT_SIGNED_IN;
    const request = { given, account, now: this.options.now() };
    if (name === "WebHostReport") return answerReport(request, orders.listed(account.holding));
    const order = orders.findAny(references(given), account.holding);
    if ("code" in order) return order;
    log.served(name, request.now, order.script.orderNumber);
    order.start();
    return ABOUT_ORDER[name](request, { order, script: order.script, look: order.look() });
  }
}

/** getPostPaymentStatus has a capital in the name of its argument. */
function references(given: RequestParameters): RequestParameters {
  const id = given.get("CertificateID");
  return id === undefined ? given : new Map([...given, ["certificateID", id]]);
}

import type { IncomingMessage, ServerResponse } from "node:http";
import { readBody, send } from "../body";
import type { Orders } from "../orders";
import type { OrderScript } from "../script";
import { PublishError, type Domains, type PublishingOrder } from "./domains";
import { isSwitch, isWay, type Way } from "./ways";

/** Where the owner of the sandbox's domains publishes. */
export const PUBLISH_PATH = "/sandbox/records";

/** Where the sandbox gives out the request that an order was placed with, which an applicant would have kept. */
export const REQUEST_PATH = "/sandbox/request";

/** Bytes of a form: a file with every octet percent-encoded fits. */
const MAX_FORM = 64 * 1024;

/** The fields of a call; docs/SANDBOX.md has them. */
export type Publication = Readonly<Partial<Record<(typeof PUBLICATION_FIELDS)[number], string>>>;

export const PUBLICATION_FIELDS = [
  "orderNumber",
  "domain",
  "as",
  "type",
  "line",
  "zone",
  "remove",
  "host",
  "path",
  "contents",
] as const;

/** Publishes records and files for the sandbox's orders, and gives out their requests. */
export class PublishService {
  constructor(
    private readonly domains: Domains,
    private readonly orders: Pick<Orders, "shared">,
  ) {}

  /** @returns what is published now; @throws PublishError */
  async publish(given: Publication): Promise<readonly string[]> {
    const published = await this.change(given);
    await Promise.all(this.orders.shared.all.map((order) => order.lookForRecords()));
    return published;
  }

  /** The request of an order whose certificate is for hosts, in PEM. @throws PublishError */
  async requestPem(orderNumber: string): Promise<string> {
    return (await this.order(orderNumber)).pem;
  }

  /** @returns whether the path was ours */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    if (request.url !== PUBLISH_PATH && request.url !== REQUEST_PATH) return false;
    const refusal = refusalOf(request);
    if (refusal !== undefined) {
      const [status, words] = refusal;
      send(response, status, "text/plain", words, status === 405 ? { Allow: "POST" } : {});
      return true;
    }
    const form = new URLSearchParams((await readBody(request, MAX_FORM))?.toString("utf8") ?? "");
    try {
      if (request.url === REQUEST_PATH) {
        send(response, 200, "application/x-pem-file", await this.requestPem(form.get("orderNumber") ?? ""));
      } else {
        const fields = PUBLICATION_FIELDS.flatMap((name) => (form.has(name) ? [[name, form.get(name)]] : []));
        const published = await this.publish(Object.fromEntries(fields) as Publication);
        send(response, 200, "text/plain; charset=utf-8", published.map((line) => `${line}\n`).join(""));
      }
    } catch (error) {
      if (!(error instanceof PublishError)) throw error;
      send(response, 400, "text/plain; charset=utf-8", `${error.message}\n`);
    }
    return true;
  }

  private async change({ orderNumber, domain, as, type, line, zone, remove, host, path, contents }: Publication) {
    if (line !== undefined) return this.domains.publishLine(line, zone, remove !== undefined);
    if (host !== undefined) return this.domains.publishFile(host, path ?? "", contents ?? "");
    const way = wayOf(as);
    if (way === undefined || isSwitch(way)) {
      const named = orderNumber === undefined ? [] : namesOf((await this.order(orderNumber, domain)).script);
      const domains = domain === undefined ? named : [domain];
      if (domains.length === 0) throw new PublishError("Name an order, a domain, a line or a host.");
      return domains.flatMap((name) => this.domains.behave(name.replace(/^\*\./, ""), way, type));
    }
    return this.domains.publishFor(await this.order(orderNumber, domain), way, domain);
  }

  /** The order of this number, or one for this domain, rather one that looks for records. */
  private async order(orderNumber: string | undefined, domain?: string): Promise<PublishingOrder> {
    const found = this.orders.shared.all.filter(({ script }) => {
      const isNamed = orderNumber === undefined ? domain !== undefined : script.orderNumber === orderNumber;
      return isNamed && (domain === undefined ? namesOf(script).length > 0 : namesOf(script).includes(domain));
    });
    const order = found.find(({ script }) => script.looksUp) ?? found[0];
    if (order === undefined) throw new PublishError("The sandbox has no such order for a host.");
    const [proof, pem] = await Promise.all([order.request.proof(), order.request.pem()]);
    return { script: order.script, proof, pem };
  }
}

function namesOf({ certificates }: OrderScript): readonly string[] {
  return certificates[0]?.profile.dnsNames ?? [];
}

/** Undefined takes back what was published. @throws PublishError for a word that is not there */
function wayOf(text: string | undefined): Way | undefined {
  if (text === undefined || text === "nothing") return undefined;
  if (isWay(text)) return text;
  throw new PublishError(`There is no way “${text.slice(0, 40)}” to publish; docs/SANDBOX.md lists them.`);
}

/**
 * Why a call is refused. A page in a browser can post forms to loopback, but not without telling its origin (Fetch
 * standard, section 3.2), nor under a name of ours.
 */
function refusalOf({ method, headers }: IncomingMessage): readonly [status: number, words: string] | undefined {
  if (method !== "POST") return [405, "Use POST."];
  const [host = ""] = (headers.host ?? "").split(":");
  const isForeign = headers.origin !== undefined || headers["sec-fetch-site"] !== undefined;
  if (isForeign || (host !== "127.0.0.1" && host !== "localhost")) return [403, "Not from a page in a browser."];
  const [type = ""] = (headers["content-type"] ?? "").split(";");
  return type.trim().toLowerCase() === "application/x-www-form-urlencoded" ? undefined : [415, "Send a form."];
}

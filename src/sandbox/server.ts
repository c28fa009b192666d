import { createServer as createPlainServer, type RequestListener, type Server, type ServerOptions } from "node:http";
import { createServer } from "node:https";
import { LOCK_AFTER, SANDBOX_ACCOUNTS, SandboxAccounts, type SandboxAccount } from "./accounts";
import { Authority } from "./authority";
import { send } from "./body";
import { bulkOrders, type BulkOptions } from "./bulk";
import { catalogue, ORDERS, STEP, type CatalogueEntry } from "./catalogue";
import { startDomainServers, type DomainServers } from "./domains/domain-servers";
import { Domains } from "./domains/domains";
import { PublishService, type Publication } from "./domains/publish-service";
import { Endpoints } from "./endpoints";
import { FormCalls } from "./form-calls";
import { LOOPBACK } from "./domains/zones";
import { NOWHERE } from "./issuers";
import { KeyService } from "./key-service";
import { close, listen, SandboxError } from "./listening";
import { Orders } from "./orders";
import { RequestLog, type RequestCounts } from "./requests";
import { makeServerCertificate } from "./server-certificate";
import { SandboxServices } from "./services";
import { servicesAt, StatusServices } from "./status-services";

export { DEMO_ACCOUNT, LOCK_AFTER, MANY_ACCOUNT, SANDBOX_ACCOUNTS, type SandboxAccount } from "./accounts";
export type { BulkOptions } from "./bulk";
export { catalogue, samples, type CatalogueEntry, type Chapter } from "./catalogue";
export { PublishError } from "./domains/domains";
export { PUBLICATION_FIELDS, PUBLISH_PATH, REQUEST_PATH, type Publication } from "./domains/publish-service";
export { isWay, WAYS, type Way } from "./domains/ways";
export { KEY_PATH } from "./key-service";
export { SandboxError, type SandboxErrorCode } from "./listening";
export { REISSUED } from "./holdings";
export { PERSONAL_COLUMNS } from "./report-row";
export type { RequestCounts } from "./requests";
export type { SandboxProduct } from "./script";

export interface SandboxOptions {
  /** Default: {@link SANDBOX_ACCOUNTS}. */
  readonly accounts?: readonly SandboxAccount[];
  /** Consecutive wrong passwords that lock an account; default {@link LOCK_AFTER}. */
  readonly lockAfter?: number;
  /** The clock of the orders. TLS uses the real one. */
  readonly clock?: { now(): number };
  /** ms of one step of an order; default 3000. 0 takes every order to its end at once. */
  readonly step?: number;
  /** Default 0: any free port. */
  readonly port?: number;
  /**
   * A second port, for plain HTTP: the endpoints and services answer -1 there, and the CA serves its certificates,
   * revocation lists and OCSP, which the certificates then point to. Without it they point to reserved names that do
   * not resolve.
   */
  readonly plainPort?: number;
  /** Further DNS names that resolve to loopback, for the TLS certificate. */
  readonly names?: readonly string[];
  /** ms by which each answer is delayed; default 0. */
  readonly hold?: number;
  /** Answer -42 to a call that overlaps another one; they are counted anyway. */
  readonly refuseOverlaps?: boolean;
  /** Orders in addition to the fixed ones. */
  readonly bulk?: BulkOptions;
}

/** A running sandbox. */
export interface Sandbox {
  /** https://127.0.0.1:PORT */
  readonly url: string;
  readonly port: number;
  /** http://127.0.0.1:PORT, if `plainPort` was given. */
  readonly plainUrl?: string;
  /** UDP and TCP: a resolver, and the servers of the zones of its orders' domains. */
  readonly dnsPort: number;
  /** What these domains have on port 80. */
  readonly webPort: number;
  /** And on port 443. Its certificate is for the hosts of the orders that look for records. */
  readonly webTlsPort: number;
  /** The certificate to trust for `url` and `webTlsPort`, and for nothing else. PEM. */
  readonly caPem: string;
  /** The orders that all of its accounts share, including those of `bulk`. */
  readonly catalogue: readonly CatalogueEntry[];
  readonly requests: RequestCounts;
  /** Unlocks an account, as the CA's support does on the telephone. */
  unlock(loginName: string): void;
  /**
   * The private key of an order's certificate, PKCS#8 in PEM, which an applicant would have kept.
   * @param place index of the certificate among the order's, from 0
   * @throws SandboxError `no-such-order`
   */
  privateKeyPem(orderNumber: string, place?: number): Promise<string>;
  /**
   * Publishes a record or a file for its domains, or lets them misbehave, as a POST to {@link PUBLISH_PATH} does.
   * @returns what is published: records as in a zone file, addresses, switches
   * @throws PublishError
   */
  publish(publication: Publication): Promise<readonly string[]>;
  /** The request that an order was placed with, in PEM. @throws PublishError where there is none for a host */
  requestPem(orderNumber: string): Promise<string>;
  /**
   * Issues another certificate for an order at once: a new serial number, certificateID and term.
   * @throws SandboxError `no-such-order` if there is none, or it does not have a certificate yet
   */
  reissue(orderNumber: string): void;
  /** Ends every connection and frees the ports. May be called again. */
  stop(): Promise<void>;
}

/** Limits against callers that flood or stall. Bytes and ms. */
const LIMITS: ServerOptions = { maxHeaderSize: 16 * 1024, headersTimeout: 10_000, requestTimeout: 30_000 };

/**
 * Starts a sandbox of the CA on loopback: the five collect endpoints and seven services over TLS, with orders that
 * progress. Everything is in memory; nothing is logged.
 * @throws SandboxError `port-in-use`, `port-refused` or `cannot-listen`
 */
export async function startSandboxServer(options: SandboxOptions = {}): Promise<Sandbox> {
  const now = (): number => (options.clock ?? Date).now();
  const step = options.step ?? STEP;
  const accounts = new SandboxAccounts(options.accounts ?? SANDBOX_ACCOUNTS, options.lockAfter ?? LOCK_AFTER);
  const log = new RequestLog(() => accounts.failedLogins);
  const scripts = [...ORDERS, ...(options.bulk ? bulkOrders(options.bulk) : [])];
  const servers: Server[] = [];
  const hosts = scripts
    .filter(({ looksUp }) => looksUp)
    .flatMap((script) => script.certificates[0]?.profile.dnsNames ?? []);
  const certificate = await makeServerCertificate([...(options.names ?? []), ...hosts], Date.now());

  // The plain port comes first, since certificates name it.
  let plainPort: number | undefined;
  let answerPlainly: RequestListener = () => undefined;
  if (options.plainPort !== undefined) {
    const plain = createPlainServer(LIMITS, (request, response) => answerPlainly(request, response));
    plainPort = await listen(plain, options.plainPort);
    servers.push(plain);
  }
  const plainUrl = plainPort === undefined ? undefined : `http://${LOOPBACK}:${plainPort}`;
  const authority = new Authority(now(), plainUrl === undefined ? NOWHERE : servicesAt(plainUrl));
  const domains = new Domains(ORDERS);
  const orders = new Orders(scripts, { authority, lookup: domains.lookup, now, step, startedAt: now() });
  const calls = new FormCalls({ log, hold: options.hold ?? 0, refuseOverlaps: options.refuseOverlaps ?? false });
  const endpoints = new Endpoints({ accounts, orders, calls, log, now });
  const services = new SandboxServices({ accounts, orders, calls, log, now });
  const answerForms = async (...[request, response, secure]: Parameters<Endpoints["handle"]>): Promise<boolean> =>
    (await endpoints.handle(request, response, secure)) || services.handle(request, response, secure);
  const publishing = new PublishService(domains, orders);
  const statusServices = new StatusServices(authority, orders, now);
  answerPlainly = listener(async (request, response) => {
    const isOurs = (await statusServices.handle(request, response)) || (await publishing.handle(request, response));
    return isOurs || answerForms(request, response, false);
  });

  const keys = new KeyService(orders);
  const secured = { ...LIMITS, cert: certificate.certPem, key: certificate.keyPem, minVersion: "TLSv1.2" } as const;
  const tls = createServer(
    secured,
    listener(async (request, response) => {
      const isOurs = (await keys.handle(request, response)) || (await publishing.handle(request, response));
      return isOurs || answerForms(request, response, true);
    }),
  );
  servers.push(tls);
  let port: number;
  let reached: DomainServers;
  try {
    port = await listen(tls, options.port ?? 0);
    reached = await startDomainServers(domains, log, secured);
  } catch (error) {
    await Promise.all(servers.map(close));
    throw error;
  }
  const { dnsPort, webPort, webTlsPort } = reached;
  return {
    url: `https://${LOOPBACK}:${port}`,
    port,
    ...(plainUrl !== undefined && { plainUrl }),
    dnsPort,
    webPort,
    webTlsPort,
    caPem: certificate.caPem,
    catalogue: catalogue(step, scripts),
    requests: log,
    unlock: (loginName) => accounts.unlock(loginName),
    privateKeyPem: async (orderNumber, place = 0) => {
      const order = orders.byNumber(orderNumber, accounts.holdings);
      if (!order?.comesTo(place)) {
        throw new SandboxError("no-such-order", `The sandbox has no certificate ${place} for order ${orderNumber}.`);
      }
      return order.privateKeyPem(place);
    },
    publish: (publication) => publishing.publish(publication),
    requestPem: (orderNumber) => publishing.requestPem(orderNumber),
    reissue: (orderNumber) => {
      if (orders.reissue(orderNumber, accounts.holdings)) return;
      throw new SandboxError("no-such-order", `The sandbox has no certificate for order ${orderNumber} to reissue.`);
    },
    stop: async () => {
      await Promise.all([...servers.map(close), reached.close()]);
    },
  };
}

type Handler = (...parameters: Parameters<RequestListener>) => Promise<boolean>;

/** A listener that answers 404 for unknown paths, and drops the connection if the handler fails. */
function listener(handle: Handler): RequestListener {
  return (request, response) => {
    handle(request, response)
      .then((known) => {
        if (!known) send(response, 404, "text/plain", "Not found.");
      })
      .catch(() => response.destroy());
  };
}

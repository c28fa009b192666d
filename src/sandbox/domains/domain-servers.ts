import { createServer as createPlainServer } from "node:http";
import { createServer, type ServerOptions } from "node:https";
import { close, listen, listenError } from "../listening";
import type { RequestLog } from "../requests";
import { startDnsServer } from "./dns-server";
import type { Domains } from "./domains";
import { hostListener } from "./web-server";

/** The DNS and the web of the sandbox's domains, on ports of their own. */
export interface DomainServers {
  readonly dnsPort: number;
  readonly webPort: number;
  readonly webTlsPort: number;
  close(): Promise<void>;
}

/**
 * @param secured limits, and the certificate of the port for https
 * @throws SandboxError `cannot-listen` when there is no free port
 */
export async function startDomainServers(
  { names, sites }: Domains,
  log: RequestLog,
  secured: ServerOptions,
): Promise<DomainServers> {
  const dns = await startDnsServer((question) => {
    log.questioned(question.type, question.name);
    return names.answer(question);
  }).catch((error: unknown) => {
    throw listenError(error, 0);
  });
  const listenerOf = (scheme: "http" | "https") =>
    hostListener((host, path) => {
      log.fetched(`${scheme}://${host}${path}`);
      return sites.serve(scheme, host, path);
    });
  const web = createPlainServer(listenerOf("http"));
  const tls = createServer(secured, listenerOf("https"));
  return {
    dnsPort: dns.port,
    webPort: await listen(web, 0),
    webTlsPort: await listen(tls, 0),
    close: async () => {
      await Promise.all([dns.close(), close(web), close(tls)]);
    },
  };
}

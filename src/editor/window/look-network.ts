import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import type { Memento } from "vscode";
import { isReservedAddress } from "../../certificates/names/special-addresses";
import type { CaName } from "../../orders/model/order";
import type { LookPorts } from "../../validation/ports";
import type { EditorSettings } from "../base/settings";
import { hasAgreed, lookServers } from "./look-consent";
import { SandboxStoppedError, type SandboxControl } from "./sandbox-control";

/** Whom a look asks. */
export interface LookNetwork {
  readonly ports: LookPorts;
  /** Who that is, and from where: for a person. */
  readonly asked: string;
}

/** Nobody agreed that these servers are asked: a watch goes on, and asks nobody, when the setting names others. */
class NotAgreedError extends Error {}

/** Bytes of a name that nobody has published. */
const UNHEARD_OF = 8;

/** The sandbox of this computer, and nothing else. */
const isLoopback = (address: string): boolean => address.startsWith("127.") || address === "::1";

const COMMON = {
  now: Date.now,
  random: (): string => randomBytes(UNHEARD_OF).toString("hex"),
};

export interface LookSurroundings {
  readonly sandbox: SandboxControl;
  readonly settings: Pick<EditorSettings, "get">;
  /** Where consent is noted. */
  readonly everywhere: Pick<Memento, "get">;
}

/**
 * Whom the looks for an order ask: the servers of the setting, or the computer's own, and those of the domains. For an
 * order of the sandbox, the sandbox's servers alone. The code is loaded with the first look.
 * @param ca whose order it is; `undefined` for a request without one
 * @throws SandboxStoppedError, or an error where a person has not agreed: nobody comes by the network otherwise
 */
export async function lookNetwork(
  ca: CaName | undefined,
  { sandbox, settings, everywhere }: LookSurroundings,
): Promise<LookNetwork> {
  const servers = lookServers(settings);
  if (ca !== "sandbox" && !hasAgreed(everywhere, servers)) throw new NotAgreedError();
  const [{ createResolveDns }, { createFetchFile }] = await Promise.all([
    import("../../net/resolve-dns"),
    import("../../net/fetch-file"),
  ]);
  if (ca !== "sandbox") {
    const dns = createResolveDns({ servers });
    const isPublic = (address: string): boolean => !isReservedAddress(address);
    const ports = { ...COMMON, dns, fetchFile: createFetchFile(), isPublic };
    return { ports, asked: askedWords(dns.resolvers.map(({ address }) => address)) };
  }
  const address = await sandbox.address();
  if (address === undefined) throw new SandboxStoppedError();
  const accepts = isLoopback;
  const { dnsPort: authoritativePort, webPort: http, webTlsPort: https } = address;
  const dns = createResolveDns({ servers: [`127.0.0.1:${authoritativePort}`], authoritativePort, accepts });
  const fetchFile = createFetchFile({ ports: { http, https }, accepts, authorities: [address.caPem] });
  return {
    ports: { ...COMMON, dns, fetchFile, isPublic: () => true },
    asked: vscode.l10n.t("The sandbox's own servers on this computer"),
  };
}

/** The resolvers, and which machine asked them. */
function askedWords(resolvers: readonly string[]): string {
  const { remoteName } = vscode.env;
  const servers = resolvers.join(", ");
  if (resolvers.length === 0) {
    return remoteName === undefined
      ? vscode.l10n.t("The name servers of the domains, from this computer, which names no DNS server")
      : vscode.l10n.t(
          "The name servers of the domains, from the remote machine ({0}), which names no DNS server",
          remoteName,
        );
  }
  return remoteName === undefined
    ? vscode.l10n.t("{0} and the name servers of the domains, from this computer", servers)
    : vscode.l10n.t("{0} and the name servers of the domains, from the remote machine ({1})", servers, remoteName);
}

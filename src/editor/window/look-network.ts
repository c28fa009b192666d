import { randomBytes } from "node:crypto";
import type { Memento } from "vscode";
import { isReservedAddress } from "../../certificates/names/special-addresses";
import { inRow, type Localize } from "../../words/localize";
import type { CaName } from "../../orders/model/order";
import type { LookPorts, NameServer } from "../../validation/ports";
import type { EditorSettings } from "../base/settings";
import { hasAgreed, lookServers, NotAgreedError } from "./look-consent";
import type { SandboxControl } from "./sandbox-control";
import { phrase } from "../../words/phrase";

/** Whom a look asks. */
export interface LookNetwork {
  readonly ports: LookPorts;
  /** Who that is, and from where: for a person. */
  readonly asked: string;
}

/** Bytes of a name that nobody has published. */
const UNHEARD_OF = 8;

/** The sandbox of this computer, and nothing else. */
const isLoopback = (address: string): boolean => address.startsWith("127.") || address === "::1";

const COMMON = {
  now: Date.now,
  random: (): string => randomBytes(UNHEARD_OF).toString("hex"),
};

export interface LookSurroundings {
  readonly sandbox: Pick<SandboxControl, "runningAddress">;
  readonly settings: Pick<EditorSettings, "get">;
  /** Where consent is noted. */
  readonly everywhere: Pick<Memento, "get">;
  /** The machine that asks, in a person's words, if it is not their own. */
  readonly machine: string | undefined;
  readonly localize: Localize;
}

/**
 * Whom the looks for an order ask: the servers of the setting, or the computer's own, and those of the domains. For an
 * order of the sandbox, the sandbox's servers alone. The code is loaded with the first look.
 * @param ca whose order it is; `undefined` for a request without one
 * @throws SandboxStoppedError; NotAgreedError where a person has not agreed: nobody comes by the network otherwise
 */
export async function lookNetwork(
  ca: CaName | undefined,
  { sandbox, settings, everywhere, machine, localize }: LookSurroundings,
): Promise<LookNetwork> {
  const servers = lookServers(settings);
  if (ca !== "sandbox" && !hasAgreed(everywhere, servers)) {
    throw new NotAgreedError(
      phrase(
        "Nobody was asked: other DNS servers are set, and you have not agreed to them yet. Check the records again.",
      ),
    );
  }
  const [{ createResolveDns }, { createFetchFile }] = await Promise.all([
    import("../../net/resolve-dns"),
    import("../../net/fetch-file"),
  ]);
  if (ca !== "sandbox") {
    const dns = createResolveDns({ servers });
    const isPublic = (address: string): boolean => !isReservedAddress(address);
    const ports = { ...COMMON, dns, fetchFile: createFetchFile(), isPublic };
    return { ports, asked: askedWords(dns.resolvers, machine, localize) };
  }
  const { caPem, dnsPort: authoritativePort, webPort: http, webTlsPort: https } = await sandbox.runningAddress();
  const accepts = isLoopback;
  const dns = createResolveDns({ servers: [`127.0.0.1:${authoritativePort}`], authoritativePort, accepts });
  const fetchFile = createFetchFile({ ports: { http, https }, accepts, authorities: [caPem] });
  return {
    ports: { ...COMMON, dns, fetchFile, isPublic: () => true },
    asked: localize("The sandbox's own servers on this computer"),
  };
}

/** The resolvers, and which machine asked them. */
function askedWords(resolvers: readonly NameServer[], machine: string | undefined, localize: Localize): string {
  const servers = inRow(
    resolvers.map(({ address }) => address),
    localize,
  );
  if (resolvers.length === 0) {
    return machine === undefined
      ? localize("The name servers of the domains, from this computer, on which no DNS server is set")
      : localize(
          "The name servers of the domains, from the remote machine ({0}), on which no DNS server is set",
          machine,
        );
  }
  return machine === undefined
    ? localize("{0} and the name servers of the domains, from this computer", servers)
    : localize("{0} and the name servers of the domains, from the remote machine ({1})", servers, machine);
}

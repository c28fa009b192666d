import { phrase, sentences, type Phrase } from "../../words/phrase";
import { saidMessage, type SaidMessage } from "../../orders/model/said-message";
import * as vscode from "vscode";
import {
  compareWithServed,
  coversHost,
  usualHost,
  type LiveHost,
  type ServedChain,
} from "../../certificates/checks/live-host";
import { isIpAddress } from "../../certificates/names/special-addresses";
import { orderChain, type Chain } from "../../certificates/x509/chain";
import { createFindHostAddresses, createLookAtHost } from "../../net/live-host";
import { allServe, askServers, isServedNews, type AddressAnswer } from "../../orders/checking/ask-servers";
import type { ServedNote, ServerPlace } from "../../orders/model/deployment";
import type { OrderId } from "../../orders/model/order";
import { titleOf } from "../../orders/presentation/state";
import { withProgress } from "../base/messages";
import type { Program } from "../window/program";
import { HostConsent } from "./host-consent";
import type { HostsWatchEnd } from "./host-watches";
import { listedEntries } from "./listed-entries";
import { localize } from "../base/localize";

/** ms for a connection to an address, from the first byte to the end of the handshake. */
const LONGEST_LOOK = 10_000;

/** ms after which a watch asks no more until its next time: enough for 32 hosts of which no address answers. */
const LONGEST_ROUND = 15 * 60_000;

/** Where the hosts of an order are named. */
export interface HostsToServe {
  readonly places: readonly ServerPlace[];
  /** One sentence for a person: who named them. */
  readonly source: string;
}

/** The hosts that are to serve an order's certificate: those that a person set, else those of its order file. */
export async function hostsToServe({ collector }: Program, id: OrderId): Promise<HostsToServe | undefined> {
  const own = collector.book.get(id)?.servers;
  if (own !== undefined) return { places: own, source: localize("They were set for this order.") };
  for (const { file, entry } of await listedEntries(collector, id)) {
    const { hosts } = entry;
    if (hosts === undefined) continue;
    return { places: hosts, source: localize("{0} names them.", vscode.workspace.asRelativePath(file)) };
  }
  return undefined;
}

/**
 * Asks all hosts of an order, once a person agreed to them, whether they serve its newest certificate, and notes it in
 * the journal.
 * @returns what each serves; `undefined` if there are no hosts or no certificate, or if the person did not agree, or
 *   cancelled
 */
export async function proveServed(
  program: Program,
  id: OrderId,
  hosts?: HostsToServe,
): Promise<readonly ServedNote[] | undefined> {
  const asked = hosts ?? (await hostsToServe(program, id));
  const order = program.collector.book.get(id);
  if (order === undefined || asked === undefined) return undefined;
  if (!(await new HostConsent(program.everywhere).mayAsk(asked.places, asked.source))) return undefined;
  const notes = await withProgress(localize("Asking the hosts of {0}", titleOf(order, localize)), (signal) =>
    askHosts(program, id, asked.places, true, signal),
  );
  return notes.length === 0 ? undefined : notes;
}

/** Asks the hosts of an order that is watched. Nobody is asked for consent. */
export async function proveForWatch(
  program: Program,
  id: OrderId,
  signal: AbortSignal,
): Promise<HostsWatchEnd | "go-on"> {
  const hosts = await hostsToServe(program, id);
  if (hosts === undefined) return "none";
  if (!(await new HostConsent(program.everywhere).mayAsk(hosts.places, undefined))) return "not-agreed";
  const notes = await askHosts(program, id, hosts.places, false, signal, AbortSignal.timeout(LONGEST_ROUND));
  return allServe(hosts.places, notes) ? "served" : "go-on";
}

/** @param isPerson whether a person asked: they are asked about private addresses, and each answer is noted */
async function askHosts(
  { collector, everywhere }: Program,
  id: OrderId,
  places: readonly ServerPlace[],
  isPerson: boolean,
  cancelled: AbortSignal,
  timeOver?: AbortSignal,
): Promise<readonly ServedNote[]> {
  const { book } = collector;
  const collected = collector.collected(id);
  if (collected === undefined) return [];
  const chain = orderChain(await collector.chain(collected));
  const consent = new HostConsent(everywhere);
  const lookAtHost = createLookAtHost(LONGEST_LOOK);
  const before = book.get(id)?.served;
  const notes = await askServers(
    { places, leaf: collected.leaf, ...(before && { before }) },
    {
      find: createFindHostAddresses(LONGEST_LOOK),
      allowed: (place, addresses) => consent.allowed(place, addresses, isPerson),
      look: async (place, address, until) => {
        const host = liveHost(place, chain);
        return answerOf(chain, host, await lookAtHost({ ...host, host: address }, until));
      },
      now: Date.now,
    },
    cancelled,
    timeOver,
  );
  const news = isPerson ? notes : notes.filter((note) => isServedNews(note, before));
  if (book.get(id) !== undefined) {
    await book.record(
      news.map(({ place, leaf, since, addresses }) => ({
        ...{ type: "served", id, place, leaf, addresses },
        ...(since !== undefined && { since }),
      })),
    );
  }
  return notes;
}

/** A server behind an address chooses its certificate by the requested name (SNI). */
function liveHost({ host, port, protocol }: ServerPlace, { path: [leaf] }: Chain): LiveHost {
  const isOfName = !isIpAddress(host) || leaf === undefined || coversHost(leaf.certificate, host);
  const serverName = isOfName ? host : usualHost(leaf.certificate);
  return {
    ...{ host, port },
    ...(serverName !== undefined && { serverName }),
    ...(protocol !== "tls" && { startTls: protocol }),
  };
}

/** The journal keeps it, in English. */
function answerOf(chain: Chain, host: LiveHost, served: ServedChain): AddressAnswer {
  const { state, messages } = compareWithServed(chain, host, served);
  if (served.kind === "failed") {
    return { state: "unreachable", ...saidMessage(served.message), ...(served.noRoute && { noRoute: true }) };
  }
  const shown = orderChain(served.certificates).path[0]?.certificate;
  if (shown === undefined) return { state: "unreachable", ...allSaid(messages) };
  const { notAfter } = shown.validity;
  const more = messages.slice(1);
  return {
    state: state === "serves-this" ? "this" : "other",
    leaf: shown.fingerprints.sha256,
    ...(notAfter !== undefined && { notAfter }),
    ...(more.length > 0 && allSaid(more)),
  };
}

const allSaid = ([first = "", ...more]: readonly (Phrase | string)[]): SaidMessage =>
  saidMessage(more.length === 0 ? first : phrase("{0}", sentences(first, ...more)));

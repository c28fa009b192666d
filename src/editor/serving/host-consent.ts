import type { Memento } from "vscode";
import { isPrivateHost } from "../../certificates/names/private-network";
import { isReservedAddress } from "../../certificates/names/special-addresses";
import { privateWords } from "../../certificates/revocation/status-service";
import { MAX_SERVED_ADDRESSES, type ServerPlace } from "../../orders/model/deployment";
import { serverPlaceWords } from "../../orders/model/server-place";
import { flag, list, optional, record, text } from "../../shape/shape";
import { askingMachineLines } from "../base/asking-machine";
import { agrees, mayCallAddresses } from "../commands/consent";
import { localize } from "../base/localize";

const KEY = "hostsConsent";

/** Hosts that are remembered; the ones that were agreed to longest ago are asked about again. */
const MAX_AGREED = 1_000;
const MAX_PLACE = 300;
const MAX_ADDRESS = 64;

/** Hosts of one question: a dialog shows thirty lines. */
const MAX_ASKED = 20;

/** A host that a person agreed to have asked. */
interface AgreedHost {
  readonly place: string;
  /** Addresses of private networks that its name led to, and that were agreed to as well. */
  readonly addresses: readonly string[];
  /** A person typed it: they know which network it leads into. */
  readonly typed?: boolean;
}

const isAgreedHost = record<AgreedHost>({
  place: text(MAX_PLACE),
  addresses: list(text(MAX_ADDRESS), MAX_SERVED_ADDRESSES),
  typed: optional(flag),
});

/** Which hosts a person agreed to have asked, on this computer. */
export class HostConsent {
  constructor(private readonly everywhere: Pick<Memento, "get" | "update">) {}

  /** Notes hosts that a person typed, after reading what will be sent. */
  async noteTyped(places: readonly ServerPlace[]): Promise<void> {
    await this.note(places.map((place) => ({ place: serverPlaceWords(place), addresses: [], typed: true })));
  }

  /**
   * Whether all of these hosts may be asked.
   * @param source where they are named, for a person; absent: nobody is asked
   */
  async mayAsk(places: readonly ServerPlace[], source: string | undefined): Promise<boolean> {
    const open = places.filter((place) => this.agreed(place) === undefined);
    if (open.length > 0 && source === undefined) return false;
    for (let from = 0; from < open.length; from += MAX_ASKED) {
      const asked = open.slice(from, from + MAX_ASKED);
      if (
        !(await agrees(
          question(asked),
          [...asked.flatMap(placeLines), "", source ?? "", whatIsSent(), ...askingMachineLines()],
          yes(),
        ))
      ) {
        return false;
      }
      await this.note(asked.map((place) => ({ place: serverPlaceWords(place), addresses: [] })));
    }
    return true;
  }

  /**
   * Which addresses of a host may be called: those of private networks once a person agreed, unless its name is of one.
   * @param asks whether a person is asked
   */
  async allowed(place: ServerPlace, addresses: readonly string[], asks: boolean): Promise<readonly string[]> {
    const agreed = this.agreed(place);
    if (agreed === undefined) return [];
    if (agreed.typed === true || isPrivateHost(place.host)) return addresses;
    const open = addresses.filter((each) => isReservedAddress(each) && !agreed.addresses.includes(each));
    if (open.length === 0) return addresses;
    if (!asks || !(await mayCallAddresses(place.host, open))) return addresses.filter((each) => !open.includes(each));
    await this.note([{ ...agreed, addresses: [...agreed.addresses, ...open].slice(-MAX_SERVED_ADDRESSES) }]);
    return addresses;
  }

  private agreed(place: ServerPlace): AgreedHost | undefined {
    return this.all().find((each) => each.place === serverPlaceWords(place));
  }

  private all(): readonly AgreedHost[] {
    const kept: unknown = this.everywhere.get(KEY);
    return Array.isArray(kept) ? kept.slice(-MAX_AGREED).filter((each) => isAgreedHost(each)) : [];
  }

  private async note(agreed: readonly AgreedHost[]): Promise<void> {
    const names = new Set(agreed.map(({ place }) => place));
    const others = this.all().filter(({ place }) => !names.has(place));
    await this.everywhere.update(KEY, [...others, ...agreed].slice(-MAX_AGREED));
  }
}

/** What happens on the wire, for the person who must agree. */
export const whatIsSent = (): string =>
  localize(
    "The computer that runs the extension makes a TLS handshake with each address, directly, without a proxy. The handshake names the host. Before it, mail servers, directories and databases are told to begin TLS. Nothing else is sent.",
  );

const yes = (): string => localize("Connect");

function question(places: readonly ServerPlace[]): string {
  const [first] = places;
  return places.length === 1 && first !== undefined
    ? localize("Connect to {0} and get its certificate?", serverPlaceWords(first))
    : localize("Connect to {0} hosts and get their certificates?", places.length);
}

function placeLines(place: ServerPlace): readonly string[] {
  const words = serverPlaceWords(place);
  return [isPrivateHost(place.host) ? localize("{0}: {1}", words, privateWords(place.host)) : words];
}

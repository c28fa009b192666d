import { phrase, type Phrase } from "../../words/phrase";
import { saidMessage } from "../model/said-message";
import { MAX_SERVED_ADDRESSES, type ServedAddress, type ServedNote, type ServerPlace } from "../model/deployment";
import { serverPlaceWords } from "../model/server-place";

/** What an address presents. `noRoute`: this computer reaches no address of its kind, as without IPv6. */
export type AddressAnswer = Omit<ServedAddress, "address"> & { readonly noRoute?: true };

/** How servers are asked; each part is bounded in time. */
export interface AskServersPorts {
  /** All addresses of a host, or why there are none. */
  readonly find: (host: string, signal: AbortSignal) => Promise<readonly string[] | Phrase>;
  /** Which addresses may be called: a name may lead into a private network. Called for one server after the other. */
  readonly allowed: (place: ServerPlace, addresses: readonly string[]) => Promise<readonly string[]>;
  readonly look: (place: ServerPlace, address: string, signal: AbortSignal) => Promise<AddressAnswer>;
  readonly now: () => number;
}

/** What is asked of servers. */
export interface ServersQuestion {
  readonly places: readonly ServerPlace[];
  /** The certificate that they are to serve: SHA-256 of its DER, lower-case hex. */
  readonly leaf: string;
  /** What they presented before. */
  readonly before?: readonly ServedNote[];
}

/** Connections and lookups that are under way at a time. */
const AT_ONCE = 8;

const NOT_ALLOWED = phrase("It leads into a private network, which you did not agree to: nothing was sent.");
const NOT_ALL = phrase("It has more addresses, which were not asked.");
/** Nobody waits for these words: asking was broken off. */
const NOTHING: Phrase = { text: "" };

/**
 * Asks the addresses of servers what they present.
 * @param cancelled nobody wants to know any more
 * @param timeOver there is no time for more: what was found out counts
 * @returns a note for each server; for those that were asked in time; none at all if it was cancelled
 */
export async function askServers(
  { places, leaf, before = [] }: ServersQuestion,
  ports: AskServersPorts,
  cancelled: AbortSignal,
  timeOver?: AbortSignal,
): Promise<readonly ServedNote[]> {
  const signal = timeOver === undefined ? cancelled : AbortSignal.any([cancelled, timeOver]);
  const slots = new Slots(AT_ONCE);
  const found = await Promise.all(
    places.map(({ host }) => slots.use(() => (signal.aborted ? NOTHING : ports.find(host, signal)))),
  );
  const asking: Promise<ServedNote | undefined>[] = [];
  for (const [index, place] of places.entries()) {
    const addresses = found[index] ?? NOTHING;
    if (signal.aborted) break;
    if ("text" in addresses) {
      asking.push(Promise.resolve(noteOf(place, leaf, [unreachable("", addresses)], before, ports.now())));
      continue;
    }
    // Sorted, since the DNS turns them round with each answer. A note has room for so many, or for that there are more.
    const isCut = addresses.length > MAX_SERVED_ADDRESSES;
    const asked = [...addresses].sort().slice(0, isCut ? MAX_SERVED_ADDRESSES - 1 : MAX_SERVED_ADDRESSES);
    const allowed = new Set(await ports.allowed(place, asked));
    const look = (address: string): Promise<Seen> =>
      allowed.has(address)
        ? slots.use(async () => {
            if (signal.aborted) return unreachable(address, NOTHING);
            const { noRoute = false, ...shown } = await ports.look(place, address, signal);
            return { shown: { address, ...shown }, noRoute };
          })
        : Promise.resolve(unreachable(address, NOT_ALLOWED));
    const rest = isCut ? [unreachable("", NOT_ALL)] : [];
    asking.push(
      Promise.all(asked.map(look)).then((seen) =>
        // What a look says that was broken off is not about the server.
        signal.aborted ? undefined : noteOf(place, leaf, [...seen, ...rest], before, ports.now()),
      ),
    );
  }
  const notes = await Promise.all(asking);
  return cancelled.aborted ? [] : notes.filter((note) => note !== undefined);
}

/** Whether each server was asked, and serves what it is to. */
export function allServe(places: readonly ServerPlace[], notes: readonly ServedNote[]): boolean {
  return places.length > 0 && notes.length === places.length && notes.every(({ since }) => since !== undefined);
}

/** Whether a note says something else than the one before about the same server. */
export function isServedNews(note: ServedNote, before: readonly ServedNote[] | undefined): boolean {
  const last = before?.find(({ place }) => isSamePlace(place, note.place));
  const said = ({ leaf, since, addresses }: ServedNote): string =>
    JSON.stringify([leaf, since, addresses.map(({ address, state, leaf: shown }) => [address, state, shown])]);
  return last === undefined || said(last) !== said(note);
}

interface Seen {
  readonly shown: ServedAddress;
  readonly noRoute: boolean;
}

const unreachable = (address: string, said: Phrase): Seen => ({
  shown: { address, state: "unreachable", ...saidMessage(said) },
  noRoute: false,
});

function noteOf(
  place: ServerPlace,
  leaf: string,
  seen: readonly Seen[],
  before: readonly ServedNote[],
  at: number,
): ServedNote {
  // An address that nobody here can reach, as one of IPv6 without a way to it, says nothing about the server.
  const isServed =
    seen.some(({ shown }) => shown.state === "this") &&
    seen.every(({ shown, noRoute }) => shown.state === "this" || (noRoute && shown.address.includes(":")));
  const last = before.find((each) => each.leaf === leaf && isSamePlace(each.place, place));
  return {
    at,
    place,
    leaf,
    ...(isServed && { since: last?.since ?? at }),
    addresses: seen.map(({ shown }) => shown),
  };
}

const isSamePlace = (one: ServerPlace, other: ServerPlace): boolean =>
  serverPlaceWords(one) === serverPlaceWords(other);

/** Lets a number of tasks run at a time; the others wait for their turn. */
class Slots {
  private readonly waiting: (() => void)[] = [];

  constructor(private free: number) {}

  async use<T>(task: () => T | Promise<T>): Promise<T> {
    if (this.free > 0) this.free--;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.free++;
      else next();
    }
  }
}

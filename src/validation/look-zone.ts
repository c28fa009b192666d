import type { LookQuestions } from "./look-questions";
import { addressesOf, aliasAt, isInZone, plainName, recordsOf } from "./dns-answer";
import type { DnsReply, NameServer } from "./ports";

/** Servers of a zone that are asked, at most: one address of each, and further ones if there are few servers. */
export const MAX_SERVERS = 6;
/** Zones whose servers are looked for, at most: names of one order are seldom in more than two. */
const MAX_ZONES = 3;

/** A zone, and who answers for it. */
export interface Zone {
  readonly apex: string;
  /** As the zone itself names them. */
  readonly names: readonly string[];
  /** Those with an address that is asked. */
  readonly servers: readonly NameServer[];
  /** Addresses that nobody outside can reach; they are not asked. */
  readonly hidden: readonly string[];
}

/** Where a level lies. */
export interface LevelPlace {
  readonly level: string;
  /** Absent if it could not be found. */
  readonly zone?: Zone;
  /** Whether the resolver says that there is no such name. */
  readonly isMissing: boolean;
}

/**
 * Finds the zone of each level by its SOA record, and the zone's servers. Asks with "checking disabled", since a zone
 * with wrong signatures has servers, too.
 * @param levels from the domain up, as `levelsOf` has them
 */
export async function findZones(levels: readonly string[], asking: LookQuestions): Promise<readonly LevelPlace[]> {
  const replies = await Promise.all(levels.map((name) => asking.resolver({ name, type: "SOA" }, true)));
  const zones = new Map<string, Promise<Zone>>();
  const places: Promise<LevelPlace>[] = [];
  let above: string | undefined;
  // From the registrable domain down: an alias, and a name without an answer, is in the zone of the name above it.
  for (const [index, level] of [...levels.entries()].reverse()) {
    const reply = replies[index]?.reply;
    const isMissing = reply?.kind === "answered" && reply.code === "NXDOMAIN";
    const found = reply && apexOf(level, reply);
    // A registrable domain that does not exist is in nobody's zone but the registry's.
    above = above === undefined && isMissing ? undefined : (found ?? above);
    const apex = above;
    if (apex !== undefined && !zones.has(apex) && zones.size < MAX_ZONES) zones.set(apex, findServers(apex, asking));
    places.push(placeIn(zones.get(apex ?? ""), { level, isMissing }));
  }
  return (await Promise.all(places)).reverse();
}

async function placeIn(found: Promise<Zone> | undefined, place: Omit<LevelPlace, "zone">): Promise<LevelPlace> {
  const zone = await found;
  return zone === undefined ? place : { ...place, zone };
}

/** The apex of the zone that a name is in: of the SOA in an answer, or beside "no such record". */
function apexOf(name: string, reply: DnsReply): string | undefined {
  // Of an alias, the SOA is that of the zone which it leads to.
  if (reply.kind !== "answered" || aliasAt(reply, name) !== undefined) return undefined;
  const owners = [...reply.records, ...reply.authority].filter(({ type }) => type === "SOA");
  const apexes = owners.map((record) => record.name).filter((apex) => isInZone(name, apex));
  return apexes.sort((a, b) => b.length - a.length)[0];
}

async function findServers(apex: string, asking: LookQuestions): Promise<Zone> {
  const { reply } = await asking.resolver({ name: apex, type: "NS" }, true);
  const names = [...new Set(recordsOf(reply, "NS").map(({ target }) => plainName(target)))];
  const byName = await Promise.all(names.slice(0, MAX_SERVERS).map((name) => addressesOfServer(name, asking)));
  const { isPublic, dns } = asking.ports;
  const found = names.flatMap((name, index) => (byName[index] ?? []).map((address, nth) => ({ name, address, nth })));
  // One address of each name comes before the second of any.
  const chosen = found.filter(({ address }) => isPublic(address)).sort((a, b) => a.nth - b.nth);
  return {
    apex,
    names,
    servers: distinct(chosen)
      .slice(0, MAX_SERVERS)
      .map(({ name, address }) => dns.authoritative(name, address)),
    hidden: found.map(({ address }) => address).filter((address) => !isPublic(address)),
  };
}

/** IPv6 where there is nothing else, since not every computer has a way there. */
async function addressesOfServer(name: string, asking: LookQuestions): Promise<readonly string[]> {
  const four = addressesOf((await asking.resolver({ name, type: "A" }, true)).reply);
  return four.length > 0 ? four : addressesOf((await asking.resolver({ name, type: "AAAA" }, true)).reply);
}

const distinct = <T extends { readonly address: string }>(all: readonly T[]): readonly T[] => [
  ...new Map(all.map((each) => [each.address, each])).values(),
];

/**
 * The servers that the parent zone delegates a zone to. It is they whom others ask, whatever the zone itself says.
 * @returns `undefined` if the parent's servers did not say
 */
export async function delegationOf({ apex }: Zone, asking: LookQuestions): Promise<readonly string[] | undefined> {
  const parent = apex.slice(apex.indexOf(".") + 1);
  if (parent === apex) return undefined;
  const soa = await asking.resolver({ name: parent, type: "SOA" }, true);
  const above = apexOf(parent, soa.reply);
  if (above === undefined) return undefined;
  const ns = await asking.resolver({ name: above, type: "NS" }, true);
  const { dns, isPublic } = asking.ports;
  for (const { target } of recordsOf(ns.reply, "NS").slice(0, 2)) {
    const name = plainName(target);
    const address = (await addressesOfServer(name, asking)).find(isPublic);
    if (address === undefined) continue;
    const reply = await asking.server({ name: apex, type: "NS" }, dns.authoritative(name, address));
    if (reply.kind !== "answered") continue;
    // A referral stands in the authority section; a server that has both zones answers itself.
    const records = [...reply.records, ...reply.authority];
    const names = records.flatMap((record) => (record.type === "NS" && record.name === apex ? [record.target] : []));
    if (names.length > 0) return [...new Set(names.map(plainName))];
  }
  return undefined;
}

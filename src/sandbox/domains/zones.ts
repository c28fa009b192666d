import type { Answer, CaaData, MxData, SoaData } from "dns-packet";

/** A record of the sandbox's DNS, in the form in which it is written to packets. Names without a final dot. */
export type ZoneRecord = { readonly name: string; readonly ttl: number } & (
  | { readonly type: "A" | "AAAA" | "CNAME" | "NS" | "TXT"; readonly data: string }
  | { readonly type: "CAA"; readonly data: CaaData }
  | { readonly type: "MX"; readonly data: MxData }
  | { readonly type: "SOA"; readonly data: SoaData }
  /** RDATA that no library would write. */
  | { readonly type: "UNKNOWN_257"; readonly data: Buffer }
);

/** What is known of a question. */
export interface ZoneAnswer {
  readonly code: "NOERROR" | "NXDOMAIN" | "SERVFAIL" | "REFUSED" | "NOTIMP" | "FORMERR";
  /** The aliases and what stands at their end. */
  readonly records: readonly ZoneRecord[];
  /** The SOA of the zone, where there is nothing. */
  readonly authority: readonly ZoneRecord[];
}

/** Who asks: a server of the zone itself does not leave it, nor know what is published inside a network only. */
export interface ZoneQuery {
  /** Aliases out of the zone are followed. */
  readonly follows: boolean;
  /** What was published since the start counts. */
  readonly seesPublished: boolean;
}

const TTL = 60;

/** Records that may be published; more are refused. */
const MAX_RECORDS = 2000;

/** Aliases that are followed. */
const MAX_ALIASES = 8;

const TLD = "example";

/**
 * The zones of the sandbox: `example`, and each domain below it that an order names. Beyond these there is nothing.
 */
export class Zones {
  private readonly apexes: ReadonlySet<string>;
  private readonly base = new Map<string, readonly ZoneRecord[]>();
  private records = new Map<string, readonly ZoneRecord[]>();

  /** @param hosts names of orders, which get an address on loopback */
  constructor(hosts: readonly string[], more: readonly ZoneRecord[] = []) {
    const domains = [...new Set(hosts.map((host) => host.split(".").slice(-2).join(".")))];
    this.apexes = new Set([TLD, ...domains].filter((apex) => apex === TLD || apex.endsWith(`.${TLD}`)));
    for (const apex of this.apexes) {
      note(this.base, { name: apex, type: "NS", ttl: TTL, data: `ns1.${apex}` });
      note(this.base, { name: `ns1.${apex}`, type: "A", ttl: TTL, data: LOOPBACK });
    }
    for (const name of new Set([...domains, ...hosts])) note(this.base, { name, type: "A", ttl: TTL, data: LOOPBACK });
    for (const record of more) note(this.base, record);
    this.records = new Map(this.base);
  }

  /** The zone that a name is in; undefined for one that is not below `example`, or in no zone there. */
  apexOf(name: string): string | undefined {
    const labels = name.toLowerCase().split(".");
    const names = labels.map((_, place) => labels.slice(place).join("."));
    return names.find((each) => this.apexes.has(each));
  }

  /** @returns false where there are too many records, or the name is in none of the zones */
  publish(record: ZoneRecord): boolean {
    const count = [...this.records.values()].reduce((sum, set) => sum + set.length, 0);
    const apex = this.apexOf(record.name);
    if (count >= MAX_RECORDS || apex === undefined || apex === TLD) return false;
    note(this.records, record);
    return true;
  }

  /** Takes back all records of a type at a name. @returns whether there were any */
  withdraw(name: string, type: ZoneRecord["type"]): boolean {
    const there = this.records.get(name.toLowerCase()) ?? [];
    const left = there.filter((record) => record.type !== type);
    if (left.length > 0) this.records.set(name.toLowerCase(), left);
    else this.records.delete(name.toLowerCase());
    return left.length < there.length;
  }

  /** Makes a domain and everything below it what it was at the start. */
  restore(domain: string): void {
    const outside = ([name]: readonly [string, unknown]): boolean => !belongsTo(name, domain);
    const inside = ([name]: readonly [string, unknown]): boolean => belongsTo(name, domain);
    this.records = new Map([...[...this.records].filter(outside), ...[...this.base].filter(inside)]);
  }

  /** What is said of a domain that is not registered. */
  get nothing(): ZoneAnswer {
    return { code: "NXDOMAIN", records: [], authority: [soa(TLD)] };
  }

  /** RFC 1034 section 4.3.2, with wildcards of RFC 4592. Type ANY is not served. */
  find(name: string, type: string, { follows, seesPublished }: ZoneQuery): ZoneAnswer {
    const records = seesPublished ? this.records : this.base;
    const first = this.apexOf(name);
    const found: ZoneRecord[] = [];
    let at = name.toLowerCase();
    for (let aliases = 0; aliases < MAX_ALIASES; aliases++) {
      const apex = this.apexOf(at);
      if (apex === undefined) return { code: "NXDOMAIN", records: found, authority: [soa("")] };
      if (apex !== first && !follows) return { code: "NOERROR", records: found, authority: [] };
      const set = setAt(records, at);
      if (at === apex && type === "SOA") return { code: "NOERROR", records: [soa(apex)], authority: [] };
      const wanted = (set ?? []).filter((each) => typeName(each) === type);
      // The name as it was asked, since a caller may look at the case of its letters.
      found.push(...wanted.map((each) => ({ ...each, name: aliases === 0 ? name : at })));
      if (wanted.length > 0) return { code: "NOERROR", records: found, authority: [] };
      const alias = set?.find((each) => each.type === "CNAME");
      if (alias?.type !== "CNAME") {
        return { code: set === undefined ? "NXDOMAIN" : "NOERROR", records: found, authority: [soa(apex)] };
      }
      found.push({ ...alias, name: aliases === 0 ? name : at });
      at = alias.data.toLowerCase();
    }
    return { code: "NOERROR", records: found, authority: [] };
  }
}

/** Where every host of the sandbox is. */
export const LOOPBACK = "127.0.0.1";

/** Whether a name is a domain or below it. */
export function belongsTo(name: string, domain: string): boolean {
  return name === domain || name.endsWith(`.${domain}`);
}

/** A record with the sandbox's TTL. */
export function cnameAt(name: string, data: string): ZoneRecord {
  return { name, type: "CNAME", ttl: TTL, data };
}

export function caaAt(name: string, tag: string, value: string, flags = 0): ZoneRecord {
  // The library's type knows three tags; its code writes any.
  return { name, type: "CAA", ttl: TTL, data: { flags, tag: tag as CaaData["tag"], value } };
}

function note(records: Map<string, readonly ZoneRecord[]>, record: ZoneRecord): void {
  const key = record.name.toLowerCase();
  records.set(key, [...(records.get(key) ?? []), record]);
}

function typeName({ type }: ZoneRecord): string {
  return type === "UNKNOWN_257" ? "CAA" : type;
}

/** The records at a name, none of an empty one; undefined where there is no such name and no wildcard. */
function setAt(records: ReadonlyMap<string, readonly ZoneRecord[]>, name: string): readonly ZoneRecord[] | undefined {
  const own = records.get(name);
  if (own !== undefined) return own;
  if ([...records.keys()].some((each) => each.endsWith(`.${name}`))) return [];
  const labels = name.split(".");
  for (let place = 1; place < labels.length; place++) {
    const above = labels.slice(place).join(".");
    const wildcard = records.get(`*.${above}`);
    if (wildcard !== undefined) return wildcard;
    // The closest name that exists decides: a wildcard above it does not count.
    if (records.has(above) || [...records.keys()].some((each) => each.endsWith(`.${above}`))) return undefined;
  }
  return undefined;
}

/** "No such name" may be repeated for as long as the last value says (RFC 2308 section 4): a second. */
function soa(apex: string): ZoneRecord {
  const data = { mname: `ns1.${apex || TLD}`, rname: `hostmaster.${apex || TLD}`, serial: 1 };
  return { name: apex, type: "SOA", ttl: 1, data: { ...data, refresh: 3600, retry: 600, expire: 86_400, minimum: 1 } };
}

/** For packets: the library's type does not know of types without a name. */
export function asAnswer(record: ZoneRecord): Answer {
  return record as Answer;
}

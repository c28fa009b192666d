import type {
  CaaData,
  DnsAnswered,
  DnsQuestion,
  DnsRecord,
  DnsReply,
  NameServer,
  ResolveDns,
  ResponseCode,
} from "../../../src/validation/ports";

/** What stands at a name: CAA records, or an alias. */
export interface CaaNode {
  readonly caa?: readonly CaaData[];
  readonly alias?: string;
}

/** How a question goes wrong. */
export type CaaFault = ResponseCode | "timed-out" | "unreachable" | "malformed";

export interface CaaWorld {
  readonly nodes: Readonly<Record<string, CaaNode>>;
  /** Apexes, and whether their parents have a DS record for them. All else is in the zone of its top level, signed. */
  readonly zones?: Readonly<Record<string, "signed" | "unsigned">>;
  /** By "name TYPE", by "* TYPE", or by the resolver's address before that ("192.0.2.1 name TYPE"). */
  readonly faults?: Readonly<Record<string, CaaFault>>;
  /** Zones with wrong signatures: SERVFAIL unless checking is disabled. */
  readonly bogus?: readonly string[];
  /** Resolvers leave the authority section out, as forwarders do, or follow no alias. */
  readonly habits?: readonly ("no-authority" | "one-link")[];
  readonly resolvers?: number;
  /** What the servers of zones say, by their address. */
  readonly servers?: Readonly<Record<string, CaaFault | "lame" | CaaNode>>;
}

/** One "record" of a test: flags 0 unless the tag is given as "128 tag". */
export function caa(tag: string, value: string): CaaData {
  const [, flags = "0", name = tag] = /^(\d+) (.*)$/.exec(tag) ?? [];
  return { type: "CAA", flags: Number(flags), tag: name, value };
}

const above = (name: string): string => name.slice(name.indexOf(".") + 1 || name.length);

function levels(name: string): string[] {
  return name === "" ? [] : [name, ...levels(above(name))];
}

/** Resolvers and servers in memory, which note what they were asked. */
export class CaaDns implements ResolveDns {
  readonly asked: string[] = [];
  readonly resolvers: readonly NameServer[];

  /** @param instead answers before the world does, where it has an answer */
  constructor(
    private readonly world: CaaWorld,
    private readonly instead: (...args: Parameters<ResolveDns["ask"]>) => DnsReply | undefined = () => undefined,
  ) {
    this.resolvers = Array.from({ length: world.resolvers ?? 1 }, (_, index) => ({
      kind: "resolver" as const,
      address: `192.0.2.${index + 1}`,
      port: 53,
    }));
  }

  authoritative(name: string, address: string): NameServer {
    return { kind: "authoritative", name, address, port: 53 };
  }

  /** The port of a look: all servers of the world, whatever the name. */
  readonly zoneServers = (): Promise<NameServer[]> =>
    Promise.resolve(Object.keys(this.world.servers ?? {}).map((address) => this.authoritative("ns.example", address)));

  ask(...args: Parameters<ResolveDns["ask"]>): Promise<DnsReply> {
    const [question, server, { checkingDisabled }] = args;
    const { name, type } = question;
    this.asked.push(`${server.address} ${name} ${type}${checkingDisabled ? " +cd" : ""}`);
    const reply =
      this.instead(...args) ??
      (server.kind === "authoritative" ? this.own(question, server) : this.resolve(question, server, checkingDisabled));
    return Promise.resolve(reply);
  }

  private own({ name }: DnsQuestion, { address }: NameServer): DnsReply {
    const says = this.world.servers?.[address] ?? "REFUSED";
    if (says === "lame") return answered("NOERROR", []);
    if (typeof says === "string") return fault(says);
    return { ...answered("NOERROR", at(name, says)), authority: [], isAuthoritative: true };
  }

  private resolve({ name, type }: DnsQuestion, { address }: NameServer, checkingDisabled: boolean): DnsReply {
    const { faults = {}, bogus = [], habits = [], nodes, zones = {} } = this.world;
    const wrong = faults[`${address} ${name} ${type}`] ?? faults[`${name} ${type}`] ?? faults[`* ${type}`];
    if (wrong !== undefined) return fault(wrong);
    if (!checkingDisabled && bogus.includes(this.zoneOf(name, type === "DS"))) return fault("SERVFAIL");
    const soa = (zone: string): DnsRecord => ({ type: "SOA", name: zone, ttl: 1, primary: "ns.example", minimum: 1 });
    if (type === "DS" && (zones[name] ?? (name.includes(".") ? "unsigned" : "signed")) === "signed") {
      return answered("NOERROR", [{ type: "other", code: 43, name, ttl: 1 }]);
    }
    const records: DnsRecord[] = [];
    let end = name;
    for (let hops = 0; hops < (habits.includes("one-link") ? 1 : 20); hops++) {
      const alias = nodes[end]?.alias;
      if (alias === undefined || (type === "CNAME" && hops > 0)) break;
      records.push(...at(end, { alias }));
      const seen = records.filter((record) => record.name === end).length;
      if (seen > 1) return fault("SERVFAIL");
      end = alias.toLowerCase().replace(/\.$/, "");
      const next = faults[`${end} ${type}`];
      if (next !== undefined && type !== "CNAME" && !habits.includes("one-link")) return fault(next);
    }
    if (type === "CAA" && (end === name || !habits.includes("one-link"))) records.push(...at(end, nodes[end] ?? {}));
    if (type === "SOA" && zones[end] !== undefined) records.push(soa(end));
    const isThere = Object.keys(nodes).some((node) => node === end || node.endsWith(`.${end}`));
    const isHalf = habits.includes("one-link") && end !== name;
    const isCut = isHalf || habits.includes("no-authority");
    return {
      ...answered(isThere || isHalf ? "NOERROR" : "NXDOMAIN", records),
      authority: isCut || records.some((record) => record.type === type) ? [] : [soa(this.zoneOf(end, false))],
    };
  }

  private zoneOf(name: string, isParent: boolean): string {
    const known = levels(isParent ? above(name) : name);
    return known.find((level) => this.world.zones?.[level] !== undefined) ?? known.at(-1) ?? "";
  }
}

function at(name: string, { caa: records = [], alias }: CaaNode): DnsRecord[] {
  if (alias !== undefined) return [{ type: "CNAME", name, ttl: 1, target: alias }];
  return records.map((record) => ({ ...record, name, ttl: 1 }));
}

export function answered(code: ResponseCode, records: readonly DnsRecord[]): DnsAnswered {
  return {
    kind: "answered",
    code,
    records,
    authority: [],
    isAuthoritative: false,
    isAuthenticated: false,
    usedTcp: false,
  };
}

function fault(which: CaaFault): DnsReply {
  if (which === "timed-out" || which === "unreachable" || which === "malformed")
    return { kind: "failed", reason: which };
  return answered(which, []);
}

import type {
  DnsAnswered,
  DnsQuestion,
  DnsRecord,
  DnsReply,
  FileReply,
  FileRequest,
  LookPorts,
  NameServer,
  RecordType,
} from "../../../src/validation/ports";

/** A server of a paper zone. */
export interface PaperServer {
  /** Full. */
  readonly name: string;
  readonly address: string;
  /** Its own copy of the zone, in the lines of {@link PaperZone.lines}, where it has another one than the others. */
  readonly lines?: readonly string[];
  /** What it answers instead. */
  readonly fails?: (question: DnsQuestion) => DnsReply | undefined;
}

/** A zone on paper. Whoever is asked for it answers at once. */
export interface PaperZone {
  readonly apex: string;
  /** "name TYPE data", names relative to the apex, "@" for it; in data, names are in full, without final dots. */
  readonly lines: readonly string[];
  /** Two, by default. */
  readonly servers?: readonly PaperServer[];
  /** Wrong signatures: resolvers refuse all of it, unless checking is disabled. */
  readonly isBroken?: boolean;
  /** Whether its parent has a DS record for it. */
  readonly isSigned?: boolean;
}

/** What a web server gives at an address. */
export interface PaperPage {
  readonly status?: number;
  readonly body?: string | Uint8Array;
  readonly location?: string;
  readonly type?: string;
  readonly tlsFault?: string;
  readonly failure?: Extract<FileReply, { kind: "failed" }>["reason"];
}

export interface PaperWorld {
  readonly zones: readonly PaperZone[];
  /** By URL, or by "URL address" for one address alone. */
  readonly pages?: Readonly<Record<string, PaperPage>>;
  /** What the resolver says instead of what is in the zones: a cache, a firewall, an inner view. */
  readonly resolverSays?: (question: DnsQuestion, checkingDisabled: boolean) => DnsReply | undefined;
  readonly resolvers?: readonly string[];
}

/** The ports of a look, over a world on paper; counts what it is asked. */
export interface PaperPorts extends LookPorts {
  readonly questions: string[];
  readonly requests: FileRequest[];
}

const SOA_MINIMUM = 300;

export const answered = (over: Partial<DnsAnswered> = {}): DnsAnswered => ({
  kind: "answered",
  code: "NOERROR",
  records: [],
  authority: [],
  isAuthoritative: false,
  isAuthenticated: false,
  usedTcp: false,
  ...over,
});

export const timedOut: DnsReply = { kind: "failed", reason: "timed-out" };

/** A private, loopback or link-local address, as far as these tests go. */
const isPrivate = (address: string): boolean => /^(10\.|127\.|192\.168\.|::1|fd|fe80)/.test(address);

export function paperPorts(world: PaperWorld): PaperPorts {
  const zones = world.zones.map(build);
  const questions: string[] = [];
  const requests: FileRequest[] = [];
  let random = 0;
  const resolvers = (world.resolvers ?? ["192.0.2.53"]).map((address): NameServer => ({
    kind: "resolver",
    address,
    port: 53,
  }));
  return {
    questions,
    requests,
    isPublic: (address) => !isPrivate(address),
    now: () => Date.UTC(2026, 10, 28),
    random: () => `r4nd0m${random++}`,
    dns: {
      resolvers,
      authoritative: (name, address) => ({ kind: "authoritative", name, address, port: 53 }),
      ask: (question, server, { checkingDisabled }) => {
        questions.push(`${server.address} ${question.type} ${question.name}${checkingDisabled ? " CD" : ""}`);
        const said = server.kind === "resolver" ? world.resolverSays?.(question, checkingDisabled) : undefined;
        const reply =
          said ??
          (server.kind === "resolver"
            ? resolve(zones, question, checkingDisabled)
            : authoritativeAt(zones, question, server.address));
        return Promise.resolve(reply);
      },
    },
    fetchFile: (request) => {
      requests.push(request);
      return Promise.resolve(fetchPaper(world.pages ?? {}, request));
    },
  };
}

interface Built {
  readonly zone: PaperZone;
  readonly servers: readonly PaperServer[];
  recordsAt(server?: PaperServer): readonly DnsRecord[];
}

/** Adds what every zone has: SOA, NS, and the addresses of its servers, if they are in it. */
function build(zone: PaperZone, index: number): Built {
  const servers = zone.servers ?? [
    { name: `ns1.${zone.apex}`, address: `198.51.${index}.1` },
    { name: `ns2.${zone.apex}`, address: `198.51.${index}.2` },
  ];
  const common = ["@ SOA", ...servers.map(({ name }) => `@ NS ${name}`)].map((line) => record(line, zone.apex));
  const glue = servers.map(({ name, address }): DnsRecord => ({
    name,
    ttl: 60,
    type: address.includes(":") ? "AAAA" : "A",
    address,
  }));
  return {
    zone,
    servers,
    recordsAt: (server) => [
      ...common,
      ...glue,
      ...(server?.lines ?? zone.lines).map((line) => record(line, zone.apex)),
    ],
  };
}

/** Reads a line of a zone. */
function record(line: string, apex: string): DnsRecord {
  const [owner = "", type = "", ...rest] = line.split(" ");
  const name = (owner === "@" ? apex : `${owner}.${apex}`).toLowerCase();
  const data = rest.join(" ");
  const ttl = 60;
  switch (type as RecordType) {
    case "A":
    case "AAAA":
      return { name, ttl, type: type as "A", address: data };
    case "CNAME":
    case "NS":
      return { name, ttl, type: type as "CNAME", target: data };
    case "CAA": {
      const [flags = "0", tag = "", ...value] = rest;
      return { name, ttl, type: "CAA", flags: Number(flags), tag, value: value.join(" ") };
    }
    case "TXT":
      return { name, ttl, type: "TXT", text: data };
    case "MX":
      return { name, ttl, type: "MX", preference: 10, exchange: data };
    case "SOA":
      return { name, ttl: 3600, type: "SOA", primary: `ns1.${apex}`, minimum: SOA_MINIMUM };
    default:
      return { name, ttl, type: "other", code: type === "DS" ? 43 : 0 };
  }
}

const isBelow = (name: string, apex: string): boolean => name === apex || name.endsWith(`.${apex}`);

const zoneOf = (zones: readonly Built[], name: string): Built | undefined =>
  zones.filter(({ zone }) => isBelow(name, zone.apex)).sort((a, b) => b.zone.apex.length - a.zone.apex.length)[0];

/** What a server answers from its own copy of its own zones. */
function authoritativeAt(zones: readonly Built[], question: DnsQuestion, address: string): DnsReply {
  const here = zones.filter(({ servers }) => servers.some((each) => each.address === address));
  if (here.length === 0) return timedOut;
  const built = zoneOf(here, question.name);
  if (built === undefined) return answered({ code: "REFUSED" });
  const server = built.servers.find((each) => each.address === address);
  const said = server?.fails?.(question);
  if (said !== undefined) return said;
  const records = built.recordsAt(server);
  const cut = cutAbove(records, built.zone.apex, question);
  if (cut !== undefined) return answered({ authority: cut });
  // A parent has the delegation of a child that others hold.
  const child = zoneOf(zones, question.name);
  if (child !== undefined && child !== built && isBelow(child.zone.apex, built.zone.apex)) {
    return answered({
      authority: child.recordsAt().filter(({ name, type }) => type === "NS" && name === child.zone.apex),
    });
  }
  return { ...answer(built.zone.apex, records, question), isAuthoritative: true };
}

/** The NS records of a delegation that is written in the zone itself. */
function cutAbove(
  records: readonly DnsRecord[],
  apex: string,
  { name }: DnsQuestion,
): readonly DnsRecord[] | undefined {
  const cuts = records.filter((each) => each.type === "NS" && each.name !== apex && isBelow(name, each.name));
  return cuts.length > 0 ? cuts : undefined;
}

/** RFC 1034 section 4.3.2, with wildcards of RFC 4592. */
function answer(apex: string, records: readonly DnsRecord[], { name, type }: DnsQuestion): DnsAnswered {
  const soa = records.filter((each) => each.type === "SOA");
  const exists = (owner: string): boolean => records.some((each) => isBelow(each.name, owner));
  let owned = records.filter((each) => each.name === name);
  if (!exists(name)) {
    let encloser = name;
    while (encloser !== apex && !exists(encloser)) encloser = encloser.slice(encloser.indexOf(".") + 1);
    const wild = records.filter((each) => each.name === `*.${encloser}`);
    if (wild.length === 0) return answered({ code: "NXDOMAIN", authority: soa });
    owned = wild.map((each) => ({ ...each, name }));
  }
  const isOfType = (each: DnsRecord): boolean =>
    each.type === type || (each.type === "other" && (type as string) === "DS" && each.code === 43);
  const found = owned.filter((each) => each.type === "CNAME" || isOfType(each));
  return answered({ records: found, authority: found.length === 0 ? soa : [] });
}

/** What a validating resolver answers, aliases followed. */
function resolve(zones: readonly Built[], question: DnsQuestion, checkingDisabled: boolean): DnsReply {
  const records: DnsRecord[] = [];
  let { name } = question;
  for (let hop = 0; hop < 10; hop++) {
    // A DS record is in the parent.
    const isDs = (question.type as string) === "DS";
    const built = zoneOf(zones, isDs ? name.slice(name.indexOf(".") + 1) : name);
    if (isDs && zoneOf(zones, name)?.zone.isSigned === true && zoneOf(zones, name)?.zone.apex === name) {
      return answered({ records: [{ name, ttl: 60, type: "other", code: 43 }] });
    }
    if (built === undefined) return answered({ code: "NXDOMAIN", records });
    if (built.zone.isBroken === true && !checkingDisabled) return answered({ code: "SERVFAIL" });
    const server = built.servers.find((each) => each.fails?.({ ...question, name })?.kind === undefined);
    const failed = built.servers[0]?.fails?.({ ...question, name });
    if (server === undefined)
      return failed?.kind === "answered" ? { ...failed, isAuthoritative: false } : answered({ code: "SERVFAIL" });
    const said = answer(built.zone.apex, built.recordsAt(server), { ...question, name });
    records.push(...said.records);
    const alias = said.records.find((each) => each.type === "CNAME");
    if (alias?.type !== "CNAME" || question.type === "CNAME") return { ...said, records };
    name = alias.target.toLowerCase();
  }
  return answered({ code: "SERVFAIL" });
}

const MAX_START = 1024;

function fetchPaper(pages: Readonly<Record<string, PaperPage>>, { url, address }: FileRequest): FileReply {
  const page = pages[`${url} ${address}`] ?? pages[url];
  const { origin } = new URL(url);
  if (page === undefined) {
    const hasSite = Object.keys(pages).some((each) => each.startsWith(`${origin}/`));
    return hasSite ? reply({ status: 404, body: "<html>", type: "text/html" }) : { kind: "failed", reason: "refused" };
  }
  return page.failure === undefined ? reply(page) : { kind: "failed", reason: page.failure };
}

function reply({ status = 200, body = "", location, type = "text/plain", tlsFault }: PaperPage): FileReply {
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  return {
    kind: "answered",
    status,
    contentType: type,
    start: bytes.subarray(0, MAX_START),
    more: bytes.length > MAX_START,
    ...(location !== undefined && { location }),
    ...(tlsFault !== undefined && { tlsFault }),
  };
}

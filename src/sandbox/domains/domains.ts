import type { OrderScript } from "../script";
import { FORBIDDING_CAA } from "../waiting-orders";
import { NameService } from "./name-service";
import { RecordsLookup } from "./records-lookup";
import { proofLabel, proofLines, proofPath, proofTarget, type RequestProof } from "./request-proof";
import { wayTo, type Way, type WayFacts, type WayKind } from "./ways";
import { MAX_FILE, WebSites } from "./web-sites";
import { readZoneLine, zoneLineOf } from "./zone-line";
import { caaAt, cnameAt, Zones, type ZoneRecord } from "./zones";

/** What cannot be published, in a sentence. */
export class PublishError extends Error {
  override readonly name = "PublishError";
}

/** An order with its request, as its domains' owner has it. */
export interface PublishingOrder {
  readonly script: OrderScript;
  readonly proof: RequestProof;
  readonly pem: string;
}

/** The domains of the sandbox's orders: their DNS and their web, and what is published there. */
export class Domains {
  readonly names: NameService;
  readonly sites = new WebSites();
  readonly lookup: RecordsLookup;

  constructor(scripts: readonly OrderScript[]) {
    const hosts = scripts.flatMap(hostsOf);
    this.names = new NameService(new Zones(hosts, [caaAt(FORBIDDING_CAA.name, "issue", FORBIDDING_CAA.issuer)]));
    this.lookup = new RecordsLookup(this.names, this.sites);
  }

  /**
   * Publishes what an order waits for, rightly or wrongly; what was published for these domains goes.
   * @param only one of the order's domains; all that the way is for, without it
   * @returns records as in a zone file, addresses of files, and switches
   * @throws PublishError
   */
  publishFor(order: PublishingOrder, way: Way, only?: string): readonly string[] {
    const wanted = (order.script.certificates[0]?.profile.dnsNames ?? []).flatMap((domain, place) => {
      const method = order.script.methods?.[place] ?? order.script.methods?.at(-1) ?? "";
      return isFor(wayTo(way).kind, method) && (only === undefined || only === domain) ? [{ domain, method }] : [];
    });
    if (wanted.length === 0) throw new PublishError("No domain of the order waits for that.");
    const facts = wanted.map(({ domain, method }) => ({ ...this.facts(order, domain), method }));
    // What is about CAA or addresses leaves the record and the file as they are, and switches stay.
    const isWhole = way === "right" || wayTo(way).kind !== "any";
    for (const { domain } of isWhole ? facts : []) {
      this.names.zones.restore(domain);
      this.sites.restore(domain);
    }
    return facts.flatMap((each) => (way === "right" ? this.publishRight(each) : this.publishWay(way, each)));
  }

  /**
   * Publishes a record as a zone file has it, or takes back those of its type at its name.
   * @param zone what names without a final dot are below
   * @throws PublishError
   */
  publishLine(line: string, zone?: string, withdraws = false): readonly string[] {
    const record = readZoneLine(line, zone);
    if (typeof record === "string") throw new PublishError(record);
    if (!withdraws) return [this.publishRecord(record)];
    if (this.names.zones.withdraw(record.name, record.type)) return [];
    throw new PublishError("There is no such record.");
  }

  /** @param path with a slash at its beginning; @throws PublishError */
  publishFile(host: string, path: string, contents: string): readonly string[] {
    if (!/^[a-z0-9._-]{1,253}$/i.test(host) || this.names.zones.apexOf(host) === undefined)
      throw new PublishError(NO_ZONE);
    if (!/^\/[!-~]{1,500}$/.test(path)) throw new PublishError("The path must begin with a slash.");
    if (!this.sites.publish(host, path, Buffer.from(contents)))
      throw new PublishError(`A file has at most ${MAX_FILE} bytes, and there is a limit of files.`);
    return [`http://${host.toLowerCase()}${path}`];
  }

  /**
   * Lets the DNS of a domain behave as a switch says; without one, makes the whole of its zone what it was.
   * @param type if only questions for one type are to be answered so
   * @throws PublishError
   */
  behave(domain: string, way: Way | undefined, type?: string): readonly string[] {
    const zone = this.names.zones.apexOf(domain);
    if (zone === undefined || domain.length > MAX_NAME) throw new PublishError(NO_ZONE);
    const manner = way === undefined ? undefined : wayTo(way).manner;
    if (way !== undefined && manner !== undefined) {
      if (!this.names.behave(domain, manner, type)) throw new PublishError(TOO_MANY);
      return [`${domain}: ${way}`];
    }
    this.names.restore(zone);
    this.sites.restore(zone);
    return [];
  }

  private facts({ proof, pem }: PublishingOrder, name: string): WayFacts {
    const domain = name.replace(/^\*\./, "");
    return { domain, zone: this.names.zones.apexOf(domain) ?? domain, proof, pem };
  }

  private publishRight({ domain, proof, method }: WayFacts & { readonly method: string }): readonly string[] {
    const published: string[] = [];
    // A record at the domain covers those below it.
    if (method === CNAME_METHOD && !this.lookup.proves(domain, method, proof))
      published.push(this.publishRecord(cnameAt(`${proofLabel(proof)}.${domain}`, proofTarget(proof))));
    if (isFor("file", method))
      published.push(...this.publishFile(domain, proofPath(proof), `${proofLines(proof).join("\n")}\n`));
    const { zones } = this.names;
    if (this.lookup.caa(domain) === "forbidden")
      published.push(this.publishRecord(caaAt(zones.apexOf(domain) ?? domain, "issue", "sectigo.com")));
    return published;
  }

  private publishWay(way: Way, facts: WayFacts): readonly string[] {
    const { records = [], caa, files = [], web } = wayTo(way).publish(facts);
    const { zone, domain } = facts;
    if (caa !== undefined) {
      this.names.zones.withdraw(zone, "CAA");
      this.names.zones.withdraw(zone, "UNKNOWN_257");
    }
    if (web !== undefined) this.sites.behave(domain, web);
    return [
      ...[...records, ...(caa ?? [])].map((record) => this.publishRecord(record)),
      ...files.flatMap(({ path, contents }) => this.publishFile(domain, path, contents)),
      ...(web === undefined ? [] : [`${domain}: ${web}`]),
    ];
  }

  private publishRecord(record: ZoneRecord): string {
    if (this.names.zones.publish(record)) return zoneLineOf(record);
    throw new PublishError(NO_ZONE);
  }
}

/** Characters of a name of the DNS (RFC 1035 section 2.3.4). */
const MAX_NAME = 253;

const TOO_MANY = "Too many domains have a switch: take some back.";

const NO_ZONE = "The sandbox has no such domain, or too many records: it has those of its orders alone.";

const CNAME_METHOD = "CNAME CSR Hash";

/** Whether a way is for a domain whose control is proved by a method. */
function isFor(kind: WayKind, method: string): boolean {
  if (kind === "any") return true;
  return kind === "cname" ? method === CNAME_METHOD : method === "HTTP CSR Hash" || method === "HTTPS CSR Hash";
}

/** Names that have an address: hosts of certificates, and what is behind the @ of mailboxes. */
function hostsOf({ certificates }: OrderScript): readonly string[] {
  const { dnsNames = [], emailAddresses = [] } = certificates[0]?.profile ?? {};
  return [
    ...dnsNames.map((name) => name.replace(/^\*\./, "")),
    ...emailAddresses.map((each) => each.split("@")[1] ?? ""),
  ];
}

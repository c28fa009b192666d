import type { NameService } from "./name-service";
import { proofLabel, proofLines, proofPath, proofTarget, type RequestProof } from "./request-proof";
import type { WebSites } from "./web-sites";
import type { ZoneRecord } from "./zones";

/** How the sandbox's CA looks at domains, with a reading of the rules of its own. */

/** Redirections that are followed. */
const MAX_HOPS = 10;

/** CAA names of the CA (its policy, section 4.2.4). */
const CA_NAMES: ReadonlySet<string> = new Set(["sectigo.com", "usertrust.com", "trust-provider.com"]);

/** Tags that are understood, so that "critical" does not forbid anything. */
const KNOWN_TAGS: ReadonlySet<string> = new Set([
  "issue",
  "issuewild",
  "iodef",
  "issuemail",
  "contactemail",
  "contactphone",
]);

/** What CAA says of a name: `failed` where the question is not answered. */
export type CaaOutcome = "allowed" | "forbidden" | "failed";

export class RecordsLookup {
  constructor(
    private readonly names: NameService,
    private readonly sites: WebSites,
  ) {}

  /**
   * Whether control of a domain is proved.
   * @param method in words of GetMDCDomainDetails; what is not by CNAME or file is proved elsewhere, and never here
   */
  proves(domain: string, method: string, proof: RequestProof): boolean {
    switch (method) {
      case "CNAME CSR Hash":
        return this.hasRecord(domain.replace(/^\*\./, ""), proof);
      case "HTTP CSR Hash":
        return !domain.startsWith("*.") && this.hasFile("http", domain, proof);
      case "HTTPS CSR Hash":
        return !domain.startsWith("*.") && this.hasFile("https", domain, proof);
      default:
        return false;
    }
  }

  /** RFC 8659 section 3: the first set that is found, climbing from the name. @param name may begin with `*.` */
  caa(name: string): CaaOutcome {
    const host = name.replace(/^\*\./, "");
    for (const at of [...levels(host), host.split(".").at(-1) ?? ""]) {
      const found = this.names.seenByAll(at, "CAA");
      if (found === undefined) return "failed";
      const set = found.records.filter((record) => record.type !== "CNAME");
      if (set.length > 0) return allows(set, name.startsWith("*."));
    }
    return "allowed";
  }

  /** At the name or a level above it, down to the domain that was registered; the first one with a record counts. */
  private hasRecord(domain: string, proof: RequestProof): boolean {
    for (const level of levels(domain)) {
      const records = this.names.seenByAll(`${proofLabel(proof)}.${level}`, "CNAME")?.records ?? [];
      const [record] = records;
      if (record?.type === "CNAME") return record.data.toLowerCase() === proofTarget(proof);
    }
    return false;
  }

  private hasFile(scheme: "http" | "https", host: string, proof: RequestProof): boolean {
    let at = new URL(`${scheme}://${host}${proofPath(proof)}`);
    for (let hops = 0; hops <= MAX_HOPS; hops++) {
      const isReached = this.names.seenByAll(at.hostname, "A")?.records.some(({ type }) => type === "A");
      const isWeb = at.protocol === "http:" || at.protocol === "https:";
      if (!isReached || !isWeb || at.port !== "") return false;
      const { status, headers, body, pace } = this.sites.serve(
        at.protocol === "http:" ? "http" : "https",
        at.hostname,
        at.pathname,
      );
      if (pace === "silent") return false;
      const location = headers.Location;
      if (location === undefined || !URL.canParse(location, at.href)) return status === 200 && holds(body, proof);
      at = new URL(location, at);
    }
    return false;
  }
}

/** The name, and what is above it, of at least two labels. */
function levels(name: string): readonly string[] {
  const labels = name.split(".");
  return labels.slice(0, -1).map((_, place) => labels.slice(place).join("."));
}

function holds(body: Uint8Array, proof: RequestProof): boolean {
  const lines = Buffer.from(body)
    .toString("latin1")
    .split(/[\r\n]+/);
  return proofLines(proof).every((line, place) => lines[place]?.trim().toLowerCase() === line);
}

/** RFC 8659 sections 4.1 to 4.3, for a set that is not empty. */
function allows(set: readonly ZoneRecord[], isWildcard: boolean): CaaOutcome {
  const properties = set.flatMap((record) => (record.type === "CAA" ? [record.data] : []));
  // What cannot be read is not an answer.
  if (properties.length < set.length) return "failed";
  const tagged = (name: string) => properties.filter(({ tag }) => tag.toLowerCase() === name);
  const isUnknown = properties.some(({ flags = 0, tag }) => (flags & 0x80) !== 0 && !KNOWN_TAGS.has(tag.toLowerCase()));
  if (isUnknown) return "forbidden";
  const wild = isWildcard ? tagged("issuewild") : [];
  const counted = wild.length > 0 ? wild : tagged("issue");
  return counted.length === 0 || counted.some(({ value }) => CA_NAMES.has(issuerOf(value))) ? "allowed" : "forbidden";
}

/** The issuer that a value names; empty where it names none, or breaks the grammar of section 4.2. */
function issuerOf(value: string): string {
  const [issuer = "", ...parameters] = value.split(";").map((part) => part.trim());
  const areWell = parameters.every((part, place) => {
    const [tag = "", ...text] = part.split("=");
    if (part === "") return place === parameters.length - 1;
    return text.length > 0 && /^[a-z0-9-]+$/i.test(tag.trim()) && /^[!-:<-~]*$/.test(text.join("=").trim());
  });
  return areWell ? issuer.toLowerCase() : "";
}

import { createHash } from "node:crypto";
import type { DnsManner } from "./name-service";
import { proofLabel, proofLines, proofPath, proofTarget, type RequestProof } from "./request-proof";
import type { WebManner } from "./web-sites";
import { caaAt, cnameAt, LOOPBACK, type ZoneRecord } from "./zones";

/** What a way to publish knows. */
export interface WayFacts {
  /** Of the order, without `*.`. */
  readonly domain: string;
  /** The domain of its zone. */
  readonly zone: string;
  readonly proof: RequestProof;
  /** The request's text, which some hash by mistake. */
  readonly pem: string;
}

/** What it comes to. */
interface WayOutcome {
  readonly records?: readonly ZoneRecord[];
  /** Instead of the CAA set of the zone. */
  readonly caa?: readonly ZoneRecord[];
  readonly files?: readonly { readonly path: string; readonly contents: string }[];
  readonly web?: WebManner;
}

/** Which domains of an order a way is for: those that wait for a CNAME, those that wait for a file, or any. */
export type WayKind = "cname" | "file" | "any";

export interface WayTo {
  readonly kind: WayKind;
  /** What it is, for docs/SANDBOX.md. */
  readonly title: string;
  /** Of one that is a switch of the DNS. */
  readonly manner?: DnsManner;
  readonly publish: (facts: WayFacts) => WayOutcome;
}

const cname = (
  title: string,
  records: (facts: WayFacts) => readonly (readonly [name: string, target: string])[],
): WayTo => ({
  kind: "cname",
  title,
  publish: (facts) => ({ records: records(facts).map(([name, target]) => cnameAt(name, target)) }),
});

/** @param write the path, and the contents */
const file = (
  title: string,
  write: (facts: WayFacts) => readonly [path: string, contents: string],
  web?: WebManner,
): WayTo => ({
  kind: "file",
  title,
  publish: (facts) => {
    const [path, contents] = write(facts);
    return { files: [{ path, contents }], ...(web !== undefined && { web }) };
  },
});

const caa = (title: string, ...set: readonly (readonly [tag: string, value: string, flags?: number])[]): WayTo => ({
  kind: "any",
  title,
  publish: ({ zone }) => ({ caa: set.map(([tag, value, flags]) => caaAt(zone, tag, value, flags)) }),
});

const dns = (title: string, manner: DnsManner): WayTo => ({ kind: "any", title, manner, publish: () => ({}) });

const rightFile = ({ proof }: WayFacts): readonly [string, string] => [
  proofPath(proof),
  `${proofLines(proof).join("\n")}\n`,
];

const served = (title: string, web: WebManner): WayTo => file(title, rightFile, web);

const rightName = ({ proof, domain }: WayFacts): string => `${proofLabel(proof)}.${domain}`;

/** The hashes of something else. */
function proofOfText(text: string): RequestProof {
  const hash = (name: string): string => createHash(name).update(text).digest("hex");
  return { md5: hash("md5"), sha256: hash("sha256") };
}

/** A CAA property whose tag is longer than the record. */
const LYING_CAA = Buffer.from([0, 200, ...Buffer.from("issue")]);

/** Ways to publish what an order waits for, the right one first; each replaces what was published for the domain. */
export const WAYS = {
  right: {
    kind: "any",
    title: "The record or the file that the order waits for",
    publish: () => ({}),
  },
  upper: cname("The record in capitals, which DNS does not tell apart", (facts) => [
    [rightName(facts).toUpperCase(), proofTarget(facts.proof).toUpperCase()],
  ]),
  doubled: cname("The domain twice, as a provider appends it", (facts) => [
    [`${rightName(facts)}.${facts.zone}`, proofTarget(facts.proof)],
  ]),
  suffixed: cname("The zone behind the target, whose final dot is missing", (facts) => [
    [rightName(facts), `${proofTarget(facts.proof)}.${facts.zone}`],
  ]),
  "no-underscore": cname("The name without its underscore", (facts) => [
    [rightName(facts).slice(1), proofTarget(facts.proof)],
  ]),
  quoted: cname("The target in quotes", (facts) => [[rightName(facts), `"${proofTarget(facts.proof)}"`]]),
  "old-suffix": cname("The suffix of former years, comodoca.com", (facts) => [
    [rightName(facts), proofTarget(facts.proof, "comodoca.com")],
  ]),
  shortened: cname("The hash cut short", (facts) => [
    [rightName(facts), `${facts.proof.sha256.slice(0, 32)}.${facts.proof.sha256.slice(32, 46)}.sectigo.com`],
  ]),
  "text-hashed": cname("The hashes of the request's text instead of its DER", ({ domain, pem }) => {
    const proof = proofOfText(pem);
    return [[`${proofLabel(proof)}.${domain}`, proofTarget(proof)]];
  }),
  "other-request": cname("The record of another request", ({ domain, pem }) => {
    const proof = proofOfText(`another ${pem}`);
    return [[`${proofLabel(proof)}.${domain}`, proofTarget(proof)]];
  }),
  "unique-value": cname("With a unique value, which the order does not have", (facts) => [
    [rightName(facts), proofTarget(facts.proof, "Toy01.sectigo.com")],
  ]),
  chained: cname("A chain of aliases to the right target", (facts) => [
    [rightName(facts), `check.${facts.zone}`],
    [`check.${facts.zone}`, proofTarget(facts.proof)],
  ]),
  wildcard: cname("A wildcard record that answers instead", ({ domain, zone }) => [[`*.${domain}`, zone]]),
  proxied: {
    kind: "cname",
    title: "Proxied: an address where the record is to be",
    publish: (facts) => ({ records: [{ name: rightName(facts), type: "A", ttl: 60, data: LOOPBACK }] }),
  },
  crlf: file("The file with CRLF, and without a final line break", ({ proof }) => [
    proofPath(proof),
    proofLines(proof).join("\r\n"),
  ]),
  "doubled-ending": file("The file as .txt.txt", (facts) => [`${rightFile(facts)[0]}.txt`, rightFile(facts)[1]]),
  "lower-case": file("The file under a name in small letters", ({ proof }) => [
    proofPath(proof).replace(proof.md5.toUpperCase(), proof.md5),
    `${proofLines(proof).join("\n")}\n`,
  ]),
  "other-file": file("The file of another request", ({ proof, pem }) => [
    proofPath(proof),
    `${proofLines(proofOfText(`another ${pem}`)).join("\n")}\n`,
  ]),
  "to-https": served("http redirected to https", "to-https"),
  "to-www": served("Redirected to the host with www.", "to-www"),
  loop: served("Redirected to itself", "loop"),
  "other-port": served("Redirected to port 8080", "other-port"),
  page: served("A page of a web application instead", "page"),
  bom: served("A byte-order mark before the file", "bom"),
  "utf-16": served("The file in UTF-16", "utf-16"),
  forbidden: served("Status 403", "forbidden"),
  failing: served("Status 503", "failing"),
  slow: served("A byte of the file every half second", "slow"),
  endless: served("A body without an end", "endless"),
  "web-silent": served("No answer of the web server", "silent"),
  ipv6: {
    kind: "any",
    title: "An AAAA record that leads to a port where nobody listens",
    publish: ({ domain }) => ({ records: [{ name: domain, type: "AAAA", ttl: 60, data: "::1" }] }),
  },
  caa: caa("CAA that allows the CA", ["issue", "sectigo.com"]),
  "caa-other": caa("CAA that names another CA", ["issue", "ca.example"]),
  "caa-nobody": caa('CAA that names nobody: issue ""', ["issue", ""]),
  "caa-nul": caa("CAA with a NUL in its value", ["issue", "sectigo.com\0evil"]),
  "caa-quoted": caa("CAA with quotes inside its value", ["issue", "'sectigo.com'"]),
  "caa-critical": caa("CAA with a critical tag that nobody knows", ["issue", "sectigo.com"], ["tbs", "Unknown", 128]),
  "caa-conditions": caa("CAA with conditions", ["issue", "sectigo.com; validationmethods=http-01"]),
  "caa-wildcards": caa("CAA that forbids wildcards alone", ["issue", "sectigo.com"], ["issuewild", ";"]),
  "caa-contact": caa("CAA that says nothing of issuing", ["iodef", "mailto:security@sandbox.example"]),
  "caa-malformed": {
    kind: "any",
    title: "A CAA record whose tag is longer than itself",
    publish: ({ zone }) => ({ caa: [{ name: zone, type: "UNKNOWN_257", ttl: 60, data: LYING_CAA }] }),
  },
  well: dns("The DNS answers as it should", "well"),
  nxdomain: dns("The domain does not exist", "nxdomain"),
  servfail: dns("SERVFAIL", "servfail"),
  refused: dns("REFUSED", "refused"),
  notimp: dns("NOTIMP", "notimp"),
  formerr: dns("FORMERR", "formerr"),
  "dns-silent": dns("No answer of the DNS", "silent"),
  garbage: dns("Answers that cannot be read", "garbage"),
  truncated: dns("Answers cut over UDP, whole over TCP", "truncated"),
  cut: dns("Answers cut over UDP, and TCP closed", "cut"),
  signed: dns("Signed: the resolver says that it validated", "signed"),
  bogus: dns("Broken DNSSEC: the resolver answers only with CD", "bogus"),
  internal: dns("Published inside the network only", "internal"),
} as const satisfies Readonly<Record<string, WayTo>>;

export type Way = keyof typeof WAYS;

/** How it is done. */
export function wayTo(way: Way): WayTo {
  return WAYS[way];
}

/** Whether it changes how the DNS of a domain behaves, and nothing that is published. */
export function isSwitch(way: Way): boolean {
  return SWITCHES.has(way);
}

const SWITCHES: ReadonlySet<string> = new Set(
  Object.entries<WayTo>(WAYS).flatMap(([way, { manner }]) => (manner === undefined ? [] : [way])),
);

export function isWay(text: string): text is Way {
  return Object.hasOwn(WAYS, text);
}

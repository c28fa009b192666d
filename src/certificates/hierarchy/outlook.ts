import type { ChainCheck } from "../checks/chain";
import type { Chain } from "../x509/chain";
import { extensionOf, isInForce, type Certificate } from "../x509/certificate";
import { isCa, isSelfIssued, type ChainMember } from "../x509/issuing";
import type { KnownAuthorities } from "../x509/known-authorities";
import { MS_PER_DAY } from "../x509/lifetime";
import type { RootFacts, RootPrograms, TrustEnd, TrustPurpose } from "./root-programs";

/** One way from a certificate to a root. */
export interface RootWay {
  /** Leaf first, root last; all in force, none revoked as far as is known. */
  readonly members: readonly ChainMember[];
  readonly root: Certificate;
  /** What is published about the root. */
  readonly facts: RootFacts | undefined;
  /** The CA certificates that did not come and that clients do not have, from the leaf upwards. */
  readonly missing: readonly Certificate[];
  /** The CA certificate that ends first. */
  readonly endsFirst: Certificate;
}

/** What becomes of a chain while its certificate is valid. */
export interface Outlook {
  /** That of the path in use, then the others: at least one. */
  readonly ways: readonly RootWay[];
  /** Those of the leaf that root programs decide on. */
  readonly purposes: readonly TrustPurpose[];
  readonly better?: BetterWay;
}

/**
 * A way that is worth saving instead of what came. `complete`: what came does not reach a root. `lasting`: what came
 * stops being trusted before the certificate expires, or earlier than this. `shorter`: servers send less.
 */
export interface BetterWay {
  readonly way: RootWay;
  readonly because: "complete" | "lasting" | "shorter";
}

/** What an outlook rests on. */
export interface OutlookParts {
  readonly authorities: KnownAuthorities;
  readonly programs: RootPrograms;
  /** Epoch ms. */
  readonly now: number;
}

/** Key purposes (RFC 5280 section 4.2.1.12) that root programs decide on. Mark certificates have another one. */
const PURPOSES: readonly (readonly [string, TrustPurpose])[] = [
  ["1.3.6.1.5.5.7.3.1", "tls"],
  ["1.3.6.1.5.5.7.3.4", "mail"],
];

/**
 * All ways of a checked chain's leaf to a root, through what came and what is known offline, and which to save.
 * @returns undefined for a CA certificate, for one that is not in force, and where nothing is known
 */
export function outlookOf(chain: Chain, check: ChainCheck, parts: OutlookParts): Outlook | undefined {
  const leaf = chain.path[0]?.certificate;
  if (leaf === undefined || isCa(leaf) || !isInForce(leaf.validity, parts.now)) return undefined;
  const came = new Set([...chain.path, ...chain.unrelated].map(({ certificate }) => certificate.fingerprints.sha256));
  const paths = [
    ...(check.complete ? [[...chain.path, ...check.completion]] : []),
    ...check.alternatives.map(({ members }) => members),
  ];
  const ways = paths.flatMap((members) => wayOf(members, came, parts) ?? []);
  if (ways.every(({ facts }) => facts === undefined) && ways.length < 2) return undefined;
  const wanted = extensionOf(leaf, "extKeyUsage")?.purposes ?? [];
  const purposes = PURPOSES.flatMap(([oid, purpose]) => (wanted.includes(oid) ? [purpose] : []));
  const better = betterWay(leaf, chain, ways, purposes);
  return { ways, purposes, ...(better !== undefined && { better }) };
}

function wayOf(
  members: readonly ChainMember[],
  came: ReadonlySet<string>,
  { authorities, programs, now }: OutlookParts,
): RootWay | undefined {
  const issuers = members.slice(1).map(({ certificate }) => certificate);
  const root = issuers.at(-1);
  if (root === undefined) return undefined;
  if (!issuers.every((each) => isInForce(each.validity, now) && authorities.find(each)?.revoked !== true)) {
    return undefined;
  }
  return {
    members,
    root,
    facts: programs.of(root),
    missing: issuers.filter((each) => each !== root && !came.has(each.fingerprints.sha256)),
    endsFirst: issuers.reduce((first, each) => (endOf(each) < endOf(first) ? each : first), root),
  };
}

/**
 * When a root program's trust in a certificate ends. Epoch ms; Infinity if it stays.
 * @param certificate the leaf
 */
export function trustEndOf({ kind, date }: TrustEnd, { validity }: Certificate): number {
  const day = Date.parse(date);
  if (kind === "until") return day;
  return (validity.notBefore ?? Infinity) >= day + MS_PER_DAY ? -Infinity : Infinity;
}

const endOf = ({ validity }: Certificate): number => validity.notAfter ?? -Infinity;

/** The way that lasts longest while the leaf is valid, of these the shortest; if it is better than what came. */
function betterWay(
  leaf: Certificate,
  { path }: Chain,
  ways: readonly RootWay[],
  purposes: readonly TrustPurpose[],
): BetterWay | undefined {
  /** The last moment at which all programs trust it, as far as that matters to the leaf. Epoch ms. */
  const lasts = ({ endsFirst, facts }: RootWay): number =>
    Math.min(
      endOf(leaf),
      endOf(endsFirst),
      ...(facts?.ends ?? []).filter(({ purpose }) => purposes.includes(purpose)).map((end) => trustEndOf(end, leaf)),
    );
  const ranked = ways
    .map((way) => ({ way, until: lasts(way) }))
    .sort((one, other) => other.until - one.until || one.way.members.length - other.way.members.length);
  const best = ranked[0];
  if (best === undefined) return undefined;
  const sent = ranked.find(({ way }) => way.missing.length === 0);
  if (sent === undefined) return { way: best.way, because: "complete" };
  if (best.until > sent.until) return { way: best.way, because: "lasting" };
  // The root is not sent, whether it came or not.
  const count = (members: readonly ChainMember[]) =>
    members.filter(({ certificate }) => !isSelfIssued(certificate)).length;
  const isShorter = count(best.way.members) < count(path);
  return isShorter ? { way: best.way, because: "shorter" } : undefined;
}

import { type Phrase } from "../../words/phrase";
import { decodeCertificate } from "./certificate";
import { DerError } from "../asn1/der-error";
import { issuerLinks } from "./issuer-links";
import { isCa, type ChainMember } from "./issuing";
import { MAX_PATH, PathSearch, type OrderOptions } from "./path-search";

/** Certificates put in order. */
export interface Chain {
  /** Leaf first, each issued by the next one. Empty when nothing could be read. */
  readonly path: readonly ChainMember[];
  /** Further certificates that did not issue any of the others, such as a second end-entity certificate. */
  readonly otherLeaves: readonly ChainMember[];
  /**
   * All others, neither a leaf nor in `path`: CA certificates of another leaf, or a second one of a CA in `path`
   * (cross-signed). No given certificate is lost.
   */
  readonly unrelated: readonly ChainMember[];
  /** How many were dropped because the same bytes had already been given. */
  readonly duplicates: number;
  readonly unreadable: readonly UnreadableMember[];
  /** The issuer of each certificate whose issuer was given. Without circles. */
  readonly issuers: ReadonlyMap<ChainMember, ChainMember>;
}

export interface UnreadableMember {
  readonly der: Uint8Array;
  readonly code: DerError["code"];
  readonly message: Phrase;
}

/** Most certificates that are put in order; more are a collection of roots rather than a chain. */
const MAX_MEMBERS = 1000;

/**
 * Puts certificates in order by their issuer links: the issuer's name, and the key identifiers where both certificates
 * have them (RFC 5280 sections 4.1.2.4 and 4.2.1.1). Signatures are checked (at most 40) only where nothing else
 * distinguishes CAs with one name and several keys. The leaf is the first end-entity certificate that did not issue
 * any of the others, else the first such CA certificate. Of several paths it is the one whose CA certificates are in
 * force now, then the one that lasts until the leaf expires, then the one with a root, then the longest. A path stops
 * below CA certificates that are not in force if clients know another issuer that is. Certificates beyond the first
 * 1000 are `unrelated`, as are those above the 32nd of a path. Work is proportional to the bytes: at most 5000
 * certificates are visited in search of the path.
 */
export function orderChain(ders: readonly Uint8Array[], options: OrderOptions = {}): Chain {
  const unreadable: UnreadableMember[] = [];
  const members = new Map<string, ChainMember>();
  for (const der of ders) {
    try {
      const certificate = decodeCertificate(der);
      const { sha256 } = certificate.fingerprints;
      if (!members.has(sha256)) members.set(sha256, { der, certificate });
    } catch (error) {
      if (!(error instanceof DerError)) throw error;
      unreadable.push({ der, code: error.code, message: error.said });
    }
  }
  const all = [...members.values()];
  const issuersOf = issuerLinks(all.slice(0, MAX_MEMBERS));
  const issuers = new Set([...issuersOf.values()].flat());
  const leaves = [...issuersOf.keys()].filter((member) => !issuers.has(member));
  // Certificates that issued each other in a circle do not have a leaf.
  const leaf = leaves.find(({ certificate }) => !isCa(certificate)) ?? leaves[0] ?? all[0];
  const path = leaf === undefined ? [] : new PathSearch(leaf, issuersOf, options).best();
  const placed = new Set([...path, ...leaves]);
  return {
    path,
    otherLeaves: leaves.filter((member) => member !== leaf),
    unrelated: all.filter((member) => !placed.has(member)),
    duplicates: ders.length - unreadable.length - all.length,
    unreadable,
    issuers: issuerTree(all, path, issuersOf),
  };
}

/** One issuer for each certificate: the next one of the path, else the first candidate that does not make a circle. */
function issuerTree(
  members: readonly ChainMember[],
  path: readonly ChainMember[],
  issuersOf: ReadonlyMap<ChainMember, readonly ChainMember[]>,
): ReadonlyMap<ChainMember, ChainMember> {
  const tree = new Map<ChainMember, ChainMember>();
  path.forEach((member, index) => {
    const next = path[index + 1];
    if (next !== undefined) tree.set(member, next);
  });
  const inPath = new Set(path);
  for (const member of members) {
    if (inPath.has(member)) continue;
    const issuer = issuersOf.get(member)?.find((candidate) => !isAbove(tree, candidate, member));
    if (issuer !== undefined) tree.set(member, issuer);
  }
  return tree;
}

/** Whether `member` is `below` or one of the issuers above it, or may be: nothing beyond a long path is examined. */
function isAbove(tree: ReadonlyMap<ChainMember, ChainMember>, below: ChainMember, member: ChainMember): boolean {
  let steps = 0;
  for (let current: ChainMember | undefined = below; current !== undefined; current = tree.get(current)) {
    if (current === member || ++steps >= MAX_PATH) return true;
  }
  return false;
}

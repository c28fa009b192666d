import { decodeCertificate, extensionOf, isInForce, isUnreadable, type Certificate } from "./certificate";
import { DerError } from "./containers/der-error";
import { lastsUntil } from "./lifetime";
import type { Name } from "./names/name";

/** A certificate with its encoding. */
export interface ChainMember {
  readonly der: Uint8Array;
  readonly certificate: Certificate;
}

/** Certificates put in order. */
export interface Chain {
  /** Leaf first, each issued by the next one. Empty when nothing could be read. */
  readonly path: readonly ChainMember[];
  /** Further certificates that issued none of the others; a second end-entity certificate for instance. */
  readonly otherLeaves: readonly ChainMember[];
  /**
   * What is neither a leaf nor in `path`: CA certificates of another leaf, or a second one of a CA in `path`
   * (cross-signed). Nothing that was given is lost.
   */
  readonly unrelated: readonly ChainMember[];
  /** How many were dropped since the same bytes had been there already. */
  readonly duplicates: number;
  readonly unreadable: readonly UnreadableMember[];
  /** The issuer of each certificate whose issuer is there. Free of circles. */
  readonly issuers: ReadonlyMap<ChainMember, ChainMember>;
}

export interface UnreadableMember {
  readonly der: Uint8Array;
  readonly code: DerError["code"];
  readonly message: string;
}

/** Certificates that are put in order; more are a collection of roots and no chain. */
const MAX_MEMBERS = 1000;
/** Issuers that are considered for one certificate: certificates of one name and key; real CAs have two or three. */
const MAX_ISSUERS = 16;
/** Certificates above one another; real ones have four or five. */
const MAX_PATH = 32;
/** Certificates that are visited in search of the best path; where CAs certify each other there are more paths than atoms. */
const MAX_VISITED = 5000;

/** What decides between several paths. */
export interface OrderOptions {
  /** Epoch ms. Absent where nothing depends on which of several paths it is, the leaf alone is wanted for instance. */
  readonly now?: number;
  /** CA certificates that clients know. */
  readonly authorities?: KnownIssuers;
}

/** As `KnownAuthorities` is. */
export interface KnownIssuers {
  issuersOf(certificate: Certificate): readonly (ChainMember & { readonly revoked: boolean })[];
}

/**
 * Puts certificates in order by their issuer links: the issuer's name, and the key identifiers where both certificates
 * have them (RFC 5280 sections 4.1.2.4 and 4.2.1.1). Signatures are not looked at. The leaf is the first end-entity
 * certificate that issued none of the others, else the first such CA certificate. Of several paths it is the one whose CA
 * certificates are in force now, then the one that lasts until the leaf ends, then the one with a root, then the longest.
 * A path stops below CA certificates that are not in force where clients know another issuer that is. Of more than
 * 1000 certificates the rest is `unrelated`, and so is what lies above the 32nd of a path. Work is proportional to the
 * bytes: at most 5000 certificates are visited in search of the path.
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
      unreadable.push({ der, code: error.code, message: error.message });
    }
  }
  const all = [...members.values()];
  const issuersOf = issuerLinks(all.slice(0, MAX_MEMBERS));
  const issuers = new Set([...issuersOf.values()].flat());
  const leaves = [...issuersOf.keys()].filter((member) => !issuers.has(member));
  // Certificates that issued each other in a circle have no leaf.
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

/** One issuer for each certificate: the next one of the path, else the first candidate that makes no circle. */
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

/** Whether `member` is `below` or one of the issuers above it, or may be: nothing is looked at beyond a long path. */
function isAbove(tree: ReadonlyMap<ChainMember, ChainMember>, below: ChainMember, member: ChainMember): boolean {
  let steps = 0;
  for (let current: ChainMember | undefined = below; current !== undefined; current = tree.get(current)) {
    if (current === member || ++steps >= MAX_PATH) return true;
  }
  return false;
}

/** For each certificate those that may have issued it; none for a root. */
function issuerLinks(members: readonly ChainMember[]): ReadonlyMap<ChainMember, readonly ChainMember[]> {
  const bySubject = new Map<string, Namesakes>();
  for (const member of members) {
    if (member.certificate.unreadable?.some(({ field }) => field === "subject") === true) continue;
    const name = comparable(member.certificate.subject);
    const group = bySubject.get(name) ?? new Namesakes();
    bySubject.set(name, group);
    group.add(member);
  }
  const links = new Map<ChainMember, readonly ChainMember[]>();
  for (const member of members) {
    const named = isSelfIssued(member.certificate) ? undefined : bySubject.get(comparable(member.certificate.issuer));
    const isNamed = member.certificate.unreadable?.some(({ field }) => field === "issuer") !== true;
    links.set(member, (isNamed && named?.issuersOf(member)) || []);
  }
  return links;
}

/** Certificates of one subject, found by what others say of their issuer's key. */
class Namesakes {
  private readonly all: ChainMember[] = [];
  private readonly withoutKey: ChainMember[] = [];
  private readonly byKey = new Map<string, ChainMember[]>();
  private readonly bySerial = new Map<string, ChainMember[]>();

  add(member: ChainMember): void {
    const { certificate } = member;
    const key = extensionOf(certificate, "subjectKeyIdentifier")?.keyIdentifier;
    this.all.push(member);
    if (key === undefined) this.withoutKey.push(member);
    else addTo(this.byKey, key, member);
    addTo(this.bySerial, certificate.serialNumber.hex, member);
  }

  /** Those whose key is named before those that name none; see {@link keysFit}. */
  issuersOf(member: ChainMember): readonly ChainMember[] {
    const { keyIdentifier, authorityCertSerialNumber: serial } =
      extensionOf(member.certificate, "authorityKeyIdentifier") ?? {};
    const numbered = serial === undefined ? undefined : (this.bySerial.get(serial) ?? []);
    const candidates =
      keyIdentifier === undefined
        ? (numbered ?? this.all)
        : [...(this.byKey.get(keyIdentifier) ?? []), ...(numbered ?? this.withoutKey)];
    const issuers = new Set<ChainMember>();
    for (const candidate of candidates) {
      if (issuers.size === MAX_ISSUERS) break;
      if (candidate !== member && keysFit(candidate.certificate, member.certificate)) issuers.add(candidate);
    }
    return [...issuers];
  }
}

function addTo(groups: Map<string, ChainMember[]>, key: string, member: ChainMember): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [member]);
  else group.push(member);
}

/** What a path is preferred for, the weightiest first: lists of numbers of which the greater one wins. */
type Merit = readonly number[];

/** Looks for the best path from a leaf upwards: see {@link orderChain}. */
class PathSearch {
  private readonly path: ChainMember[];
  private readonly seen: Set<ChainMember>;
  private readonly at: number | undefined;
  private readonly end: number | undefined;
  private visited = 0;
  private found: { readonly path: readonly ChainMember[]; readonly merit: Merit } | undefined;

  constructor(
    leaf: ChainMember,
    private readonly issuersOf: ReadonlyMap<ChainMember, readonly ChainMember[]>,
    private readonly options: OrderOptions,
  ) {
    const { notBefore, notAfter } = leaf.certificate.validity;
    this.path = [leaf];
    this.seen = new Set(this.path);
    this.end = notAfter;
    // What is over is judged by its last moment: nobody asks for the path of an old certificate as of today.
    this.at =
      options.now === undefined
        ? undefined
        : Math.max(Math.min(options.now, notAfter ?? options.now), notBefore ?? options.now);
  }

  best(): readonly ChainMember[] {
    this.visit();
    return this.found?.path ?? this.path.slice(0, 1);
  }

  /** Follows the path upwards from its last certificate, the most promising issuer first. */
  private visit(): void {
    this.visited++;
    const last = this.path.at(-1);
    if (last === undefined) return;
    const issuers = this.path.length < MAX_PATH ? this.promising(last) : [];
    if (issuers.length === 0) this.consider();
    else if (issuers.every((issuer) => !this.isInForce(issuer)) && this.hasKnownIssuer(last)) this.consider(1);
    for (const issuer of issuers) {
      if (this.visited >= MAX_VISITED) return;
      this.path.push(issuer);
      this.seen.add(issuer);
      this.visit();
      this.path.pop();
      this.seen.delete(issuer);
    }
  }

  private promising(member: ChainMember): readonly ChainMember[] {
    const issuers = (this.issuersOf.get(member) ?? []).filter((issuer) => !this.seen.has(issuer));
    if (issuers.length < 2) return issuers;
    const promise = (issuer: ChainMember): Merit => [
      Number(this.isInForce(issuer)),
      Number(this.lasts(issuer)),
      Number((this.issuersOf.get(issuer)?.length ?? 0) > 0),
      Number(isSelfIssued(issuer.certificate)),
    ];
    const ranked = issuers.map((issuer) => ({ issuer, merit: promise(issuer) }));
    return ranked.sort((one, other) => compareMerits(other.merit, one.merit)).map(({ issuer }) => issuer);
  }

  /** @param beyond certificates that clients add at the end */
  private consider(beyond = 0): void {
    const [, ...issuers] = this.path;
    const last = this.path.at(-1);
    const merit = [
      Number(issuers.every((issuer) => this.isInForce(issuer))),
      Number(issuers.every((issuer) => this.lasts(issuer))),
      Number(beyond > 0 || (last !== undefined && isSelfIssued(last.certificate))),
      this.path.length + beyond,
    ];
    if (this.found === undefined || compareMerits(merit, this.found.merit) > 0) {
      this.found = { path: [...this.path], merit };
    }
  }

  private isInForce({ certificate }: ChainMember): boolean {
    return this.at === undefined || isInForce(certificate.validity, this.at);
  }

  private lasts({ certificate }: ChainMember): boolean {
    return this.at === undefined || lastsUntil(certificate.validity, this.end);
  }

  private hasKnownIssuer({ certificate }: ChainMember): boolean {
    return (
      this.options.authorities
        ?.issuersOf(certificate)
        .some((known) => !known.revoked && this.isInForce(known) && isSelfIssued(known.certificate)) === true
    );
  }
}

function compareMerits(one: Merit, other: Merit): number {
  const index = one.findIndex((value, at) => value !== other[at]);
  return index < 0 ? 0 : (one[index] ?? 0) - (other[index] ?? 0);
}

/** Of each name once: they are compared again and again. */
const COMPARABLE = new WeakMap<Name, string>();

/** Names are compared without case and width of spaces (RFC 5280 section 7.1). */
function comparable(name: Name): string {
  const known = COMPARABLE.get(name);
  if (known !== undefined) return known;
  const text = name.text.replace(/\s+/g, " ").toLowerCase();
  COMPARABLE.set(name, text);
  return text;
}

/** Whether a certificate names itself as its issuer, by the same key as far as it says: a root. */
export function isSelfIssued(certificate: Certificate): boolean {
  return mayHaveIssued(certificate, certificate);
}

/**
 * Whether a certificate may be the issuer of another one, by name and key identifiers. The signature is not looked at.
 */
export function mayHaveIssued(issuer: Certificate, subject: Certificate): boolean {
  return (
    !isUnnamed(issuer, subject) && comparable(issuer.subject) === comparable(subject.issuer) && keysFit(issuer, subject)
  );
}

/** Whether one of the two names could not be read: then nothing is known of them. */
function isUnnamed(issuer: Certificate, subject: Certificate): boolean {
  if (issuer.unreadable === undefined && subject.unreadable === undefined) return false;
  const lacks = ({ unreadable }: Certificate, name: "issuer" | "subject") =>
    unreadable?.some(({ field }) => field === name) === true;
  return lacks(issuer, "subject") || lacks(subject, "issuer");
}

/** False where key identifiers, or the issuer's serial number, say that another certificate is meant. */
function keysFit(issuer: Certificate, subject: Certificate): boolean {
  const authority = extensionOf(subject, "authorityKeyIdentifier");
  const key = extensionOf(issuer, "subjectKeyIdentifier")?.keyIdentifier;
  if (authority?.keyIdentifier !== undefined && key !== undefined) return authority.keyIdentifier === key;
  const serial = authority?.authorityCertSerialNumber;
  return serial === undefined || serial === issuer.serialNumber.hex;
}

/**
 * Whether a certificate says that it is a CA's (RFC 5280 section 4.2.1.9); one of version 1 that names itself counts as
 * well, and one whose basic constraints cannot be read if its key may sign certificates (section 4.2.1.3).
 */
export function isCa(certificate: Certificate): boolean {
  const constraints = extensionOf(certificate, "basicConstraints");
  if (constraints !== undefined) return constraints.ca;
  if (isUnreadable(certificate, "basicConstraints")) {
    return extensionOf(certificate, "keyUsage")?.usages.includes("keyCertSign") === true;
  }
  return certificate.version > 0 && certificate.version < 3 && isSelfIssued(certificate);
}

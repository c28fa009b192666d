import { isInForce, type Certificate } from "./certificate";
import { isSelfIssued, type ChainMember } from "./issuing";
import { lastsUntil } from "./lifetime";

/** Most certificates of a path; real ones have four or five. */
export const MAX_PATH = 32;
/**
 * Most certificates that are visited in search of the best path; where CAs certify each other there are more paths
 * than atoms.
 */
const MAX_VISITED = 5000;

/** What decides which of several paths is used. */
export interface OrderOptions {
  /** Epoch ms. Absent if the choice of path does not matter, for example if only the leaf is needed. */
  readonly now?: number;
  /** CA certificates that clients know. */
  readonly authorities?: KnownIssuers;
}

/** As `KnownAuthorities` is. */
export interface KnownIssuers {
  issuersOf(certificate: Certificate): readonly (ChainMember & { readonly revoked: boolean })[];
}

/** The criteria for a path, the most important first: lists of numbers, of which the greater one wins. */
type Merit = readonly number[];

/** Looks for the best path from a leaf upwards: see {@link orderChain}. */
export class PathSearch {
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
    // An expired certificate is judged as of its last moment: nobody needs the path of an old certificate as of today.
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
      issuer.certificate.validity.notAfter ?? 0,
    ];
    const ranked = issuers.map((issuer) => ({ issuer, merit: promise(issuer) }));
    // Between equals the fingerprint decides, so that the order of the input does not matter.
    return ranked
      .sort((one, other) => compareMerits(other.merit, one.merit) || compareFingerprints(one.issuer, other.issuer))
      .map(({ issuer }) => issuer);
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

const compareFingerprints = ({ certificate: one }: ChainMember, { certificate: other }: ChainMember): number =>
  one.fingerprints.sha256 < other.fingerprints.sha256 ? -1 : 1;

function compareMerits(one: Merit, other: Merit): number {
  const index = one.findIndex((value, at) => value !== other[at]);
  return index < 0 ? 0 : (one[index] ?? 0) - (other[index] ?? 0);
}

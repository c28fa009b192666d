import { isInForce } from "../x509/certificate";
import { comparable, isSelfIssued, mayHaveIssued, type ChainMember } from "../x509/issuing";
import type { KnownAuthorities, KnownAuthority } from "../x509/known-authorities";
import { lastsUntil } from "../x509/lifetime";
import type { AuthorityOptions } from "./authority";
import { issuerSignature, type SignatureState } from "../x509/signature";
import { isSameKey } from "../keys/key-identity";

/** Certificates from one upwards, each issued by the next; signatures that the engine can check are good. */
export interface CertificationPath {
  readonly members: readonly ChainMember[];
  /** Whether it ends with a certificate that names itself as its issuer. */
  readonly complete: boolean;
}

/** Certificates of one path; real ones have four or five. */
const MAX_LENGTH = 10;
/** Paths that are listed. */
const MAX_PATHS = 16;
/** Issuers that are tried for all paths together, so that a file full of one name costs no more than this. */
const MAX_TRIED = 200;

/** Signatures that were checked, each once. */
export class LinkSignatures {
  private readonly states = new Map<string, SignatureState>();

  async of(subject: ChainMember, issuer: ChainMember): Promise<SignatureState> {
    const key = `${subject.certificate.fingerprints.sha256} ${issuer.certificate.fingerprints.sha256}`;
    const known = this.states.get(key);
    if (known !== undefined) return known;
    const state = await issuerSignature(subject.der, issuer.der);
    this.states.set(key, state);
    return state;
  }
}

/**
 * The paths from a certificate upwards through those given and those known offline, complete ones first, then in the
 * order of their length. A CA that was certified several times (cross-signed) makes a path for each of its
 * certificates. At most 16.
 */
export async function certificationPaths(
  start: ChainMember,
  given: readonly ChainMember[],
  authorities: KnownAuthorities | undefined,
  signatures: LinkSignatures,
): Promise<readonly CertificationPath[]> {
  const paths: CertificationPath[] = [];
  let tried = 0;
  const follow = async (members: readonly ChainMember[]): Promise<void> => {
    const last = members.at(-1);
    if (last === undefined || paths.length >= MAX_PATHS) return;
    const complete = isSelfIssued(last.certificate);
    const issuers = complete || members.length >= MAX_LENGTH ? [] : candidates(last, given, authorities);
    let isEnd = true;
    for (const issuer of issuers) {
      if (++tried > MAX_TRIED) break;
      if (members.some((member) => isSameAuthority(member, issuer))) continue;
      if ((await signatures.of(last, issuer)) === "bad") continue;
      isEnd = false;
      await follow([...members, issuer]);
    }
    if (isEnd) paths.push({ members, complete });
  };
  await follow([start]);
  return paths.sort(
    (one, other) => Number(other.complete) - Number(one.complete) || one.members.length - other.members.length,
  );
}

/**
 * What is known offline above the end of a path: the shortest way to a root that is in force and lasts as long, else
 * the shortest that is in force, else the shortest. Empty where there is no way, or the path already ends with a root.
 */
export async function completionOf(
  last: ChainMember,
  { authorities, now }: AuthorityOptions,
  signatures: LinkSignatures,
): Promise<readonly KnownAuthority[]> {
  if (authorities === undefined || isSelfIssued(last.certificate)) return [];
  const ways = (await certificationPaths(last, [], authorities, signatures))
    .filter(({ complete }) => complete)
    .map(({ members }) => members.slice(1).flatMap((member) => authorities.find(member.certificate) ?? []));
  const inForce = ways.filter((way) =>
    way.every(({ certificate, revoked }) => !revoked && isInForce(certificate.validity, now)),
  );
  const lasting = inForce.find((way) =>
    way.every(({ certificate }) => lastsUntil(certificate.validity, last.certificate.validity.notAfter)),
  );
  return lasting ?? inForce[0] ?? ways[0] ?? [];
}

/**
 * The other ways from the leaf of a path to a root, through those given and those known offline; none through a
 * revoked CA.
 */
export async function alternativesTo(
  path: readonly ChainMember[],
  given: readonly ChainMember[],
  authorities: KnownAuthorities | undefined,
  signatures: LinkSignatures,
): Promise<readonly CertificationPath[]> {
  const [leaf] = path;
  if (leaf === undefined) return [];
  const isRevoked = ({ certificate }: ChainMember) => authorities?.find(certificate)?.revoked === true;
  return (await certificationPaths(leaf, given, authorities, signatures)).filter(
    ({ members, complete }) => complete && !isSamePath(members, path) && !members.slice(1).some(isRevoked),
  );
}

function isSamePath(one: readonly ChainMember[], other: readonly ChainMember[]): boolean {
  const key = (path: readonly ChainMember[]) => path.map((member) => member.certificate.fingerprints.sha256).join();
  return key(one) === key(other);
}

/** Those that may have issued a certificate: the given ones, then the known ones that were not given. */
function candidates(
  { certificate }: ChainMember,
  given: readonly ChainMember[],
  authorities: KnownAuthorities | undefined,
): readonly ChainMember[] {
  const near = given.filter((member) => mayHaveIssued(member.certificate, certificate));
  const fingerprints = new Set(near.map((member) => member.certificate.fingerprints.sha256));
  const known = authorities?.issuersOf(certificate) ?? [];
  return [...near, ...known.filter((member) => !fingerprints.has(member.certificate.fingerprints.sha256))];
}

/** Whether two certificates are of one CA: one name and one key. A path goes through a CA once. */
function isSameAuthority({ certificate: one }: ChainMember, { certificate: other }: ChainMember): boolean {
  return comparable(one.subject) === comparable(other.subject) && isSameKey(one.publicKey, other.publicKey);
}

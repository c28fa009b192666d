import { isSelfIssued, mayHaveIssued, type ChainMember } from "../issuing";
import type { KnownAuthorities } from "../known-authorities";
import { issuerSignature, type SignatureState } from "./signature";
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
 * The paths from a certificate upwards through those given and those known offline, complete ones first, then in the order of their
 * length. Of a CA that was certified several times (cross-signed) each certificate makes a path. At most 16.
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
  return one.subject.text === other.subject.text && isSameKey(one.publicKey, other.publicKey);
}

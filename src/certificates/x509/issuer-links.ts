import { extensionOf } from "./certificate";
import { issuerSignatureAtOnce } from "./signature";
import { comparable, isNameUnreadable, isSelfIssued, keysFit, type ChainMember } from "./issuing";

/**
 * Most issuers that are considered for one certificate: certificates of one name and key; real CAs have two or three.
 */
const MAX_ISSUERS = 16;

/**
 * Most signatures that are checked to tell issuers of one name apart; real CAs of one name and several keys name the
 * key.
 */
const MAX_SIGNATURES = 40;

/** The possible issuers of each certificate; empty for a root. */
export function issuerLinks(members: readonly ChainMember[]): ReadonlyMap<ChainMember, readonly ChainMember[]> {
  const bySubject = new Map<string, Namesakes>();
  for (const member of members) {
    if (isNameUnreadable(member.certificate, "subject")) continue;
    const name = comparable(member.certificate.subject);
    const group = bySubject.get(name) ?? new Namesakes();
    bySubject.set(name, group);
    group.add(member);
  }
  const links = new Map<ChainMember, readonly ChainMember[]>();
  const signers = new Signers();
  for (const member of members) {
    const { certificate } = member;
    const isAlone = isSelfIssued(certificate) || isNameUnreadable(certificate, "issuer");
    const named = isAlone ? undefined : bySubject.get(comparable(certificate.issuer));
    links.set(member, named === undefined ? [] : signers.among(named.issuersOf(member), member));
  }
  return links;
}

/** Distinguishes CAs with one name and several keys where only the signature can. */
class Signers {
  private left = MAX_SIGNATURES;

  /** The issuers that may have signed: all if they have one key, else those whose key it was, as far as known. */
  among(issuers: readonly ChainMember[], member: ChainMember): readonly ChainMember[] {
    const keys = new Map(issuers.map((issuer) => [issuer.certificate.publicKey.sha256, issuer]));
    if (keys.size < 2 || keys.size > this.left) return issuers;
    this.left -= keys.size;
    const others = new Set<string>();
    for (const [key, { der }] of keys) if (issuerSignatureAtOnce(member.der, der) === "bad") others.add(key);
    const signers = issuers.filter(({ certificate }) => !others.has(certificate.publicKey.sha256));
    // If none did, the named issuer is shown, with the fact that it did not sign.
    return signers.length > 0 ? signers : issuers;
  }
}

/** Certificates of one subject, found by what others say about their issuer's key. */
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

  /** Those whose key is named before those that do not name one; see {@link keysFit}. */
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

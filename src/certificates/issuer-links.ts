import { extensionOf } from "./certificate";
import { comparable, isSelfIssued, keysFit, type ChainMember } from "./issuing";

/** Issuers that are considered for one certificate: certificates of one name and key; real CAs have two or three. */
const MAX_ISSUERS = 16;

/** For each certificate those that may have issued it; none for a root. */
export function issuerLinks(members: readonly ChainMember[]): ReadonlyMap<ChainMember, readonly ChainMember[]> {
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

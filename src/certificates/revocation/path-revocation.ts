import { phrase, type Phrase } from "../../words/phrase";
import { isSelfIssued, type ChainMember } from "../x509/issuing";
import type { KnownAuthorities } from "../x509/known-authorities";
import { shortName } from "../names/name";
import { fetchIssuers } from "../checks/issuers";
import { askRevocationStatus, type RevocationCheck, type RevocationOptions } from "./revocation";
import { issuerSignature } from "../x509/signature";
import { contactsOf, type Contact } from "./status-service";
import { shortenedName } from "../checks/words";

/** A certificate that may have been revoked, with the certificate that checks responses about it. */
export interface Revocable {
  readonly member: ChainMember;
  /** Absent if it is neither in the chain nor known. */
  readonly issuer?: ChainMember;
  /**
   * Who may be called about it, including the address of its issuer's certificate if that is missing. Empty if the
   * certificate does not name anyone.
   */
  readonly contacts: readonly Contact[];
}

/**
 * The certificates of a path that may have been revoked: all except a root, which nobody above could revoke.
 * @param path as `orderChain` gives it: leaf first
 */
export async function revocableOf(
  path: readonly ChainMember[],
  authorities: KnownAuthorities,
): Promise<readonly Revocable[]> {
  const revocable: Revocable[] = [];
  for (const [index, member] of path.entries()) {
    if (isSelfIssued(member.certificate)) continue;
    const candidates = [...path.slice(index + 1, index + 2), ...authorities.issuersOf(member.certificate)];
    const issuer = await signerAmong(candidates, member);
    const services = contactsOf(member.certificate, ["ocsp", "crl"]);
    if (issuer !== undefined) revocable.push({ member, issuer, contacts: services });
    else {
      const issuers = services.length === 0 ? [] : contactsOf(member.certificate, ["issuer"]);
      revocable.push({ member, contacts: [...services, ...issuers] });
    }
  }
  return revocable;
}

async function signerAmong(candidates: readonly ChainMember[], { der }: ChainMember): Promise<ChainMember | undefined> {
  for (const candidate of candidates) {
    if ((await issuerSignature(der, candidate.der)) !== "bad") return candidate;
  }
  return undefined;
}

/** Every address that {@link checkPathRevocation} may call, once. */
export function revocationContacts(revocable: readonly Revocable[]): readonly Contact[] {
  const contacts = revocable.flatMap((each) => each.contacts);
  return [...new Map(contacts.map((contact) => [contact.url, contact])).values()];
}

export interface PathRevocation extends RevocationCheck {
  readonly member: ChainMember;
}

/**
 * Asks about each certificate, leaf first. Calls what {@link revocationContacts} lists and nothing else. Never
 * rejects.
 */
export async function checkPathRevocation(
  revocable: readonly Revocable[],
  options: RevocationOptions,
): Promise<readonly PathRevocation[]> {
  const checks: PathRevocation[] = [];
  for (const { member, issuer, contacts } of revocable) {
    if (options.signal.aborted) break;
    // If nobody is called, the issuer does not matter.
    const found = issuer ?? (contacts.length === 0 ? member : await fetchedIssuer(member, options));
    checks.push({
      member,
      ...(found === undefined ? withoutIssuer(member) : await askRevocationStatus(member, found, options)),
    });
  }
  return checks;
}

/** Only the certificate directly above, because only its address was agreed to. */
async function fetchedIssuer(
  member: ChainMember,
  { fetch, signal }: RevocationOptions,
): Promise<ChainMember | undefined> {
  let steps = 0;
  const agree = () => Promise.resolve(steps++ === 0);
  return (await fetchIssuers(member, { fetch, signal, agree })).issuers[0];
}

function withoutIssuer({ certificate }: ChainMember): RevocationCheck {
  const message: Phrase = phrase(
    "The certificate of its issuer, {0}, is missing, and no response can be checked without it.",
    shortenedName(shortName(certificate.issuer)),
  );
  return { state: "cannot-check", message, attempts: [] };
}

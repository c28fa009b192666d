import { isSelfIssued, type ChainMember } from "../chain";
import type { KnownAuthorities } from "../known-authorities";
import { shortName } from "../names/name";
import { fetchIssuers } from "./issuers";
import { checkRevocation, type RevocationCheck, type RevocationOptions } from "./revocation";
import { issuerSignature } from "./signature";
import { contactsOf, type Contact } from "./status-service";
import { shortened } from "./words";

/** A certificate that may have been revoked, with what checks the answers about it. */
export interface Revocable {
  readonly member: ChainMember;
  /** Absent where it is neither in the chain nor known. */
  readonly issuer?: ChainMember;
}

/**
 * The certificates of a path that may have been revoked: all but a root, which nobody above it could revoke.
 * @param path as `orderChain` gives it: leaf first
 */
export function revocableOf(path: readonly ChainMember[], authorities: KnownAuthorities): readonly Revocable[] {
  return path.flatMap((member, index) => {
    if (isSelfIssued(member.certificate)) return [];
    const issuer = [...path.slice(index + 1, index + 2), ...authorities.issuersOf(member.certificate)].find(
      ({ der }) => issuerSignature(member.der, der) !== "bad",
    );
    return [{ member, ...(issuer !== undefined && { issuer }) }];
  });
}

/** Every address that {@link checkPathRevocation} may call: also those of issuers that are not there. */
export function revocationContacts(revocable: readonly Revocable[]): readonly Contact[] {
  const contacts = revocable.flatMap(({ member, issuer }) =>
    contactsOf(member.certificate, issuer === undefined ? ["issuer", "ocsp", "crl"] : ["ocsp", "crl"]),
  );
  return [...new Map(contacts.map((contact) => [contact.url, contact])).values()];
}

export interface PathRevocation extends RevocationCheck {
  readonly member: ChainMember;
}

/** Asks about each certificate, leaf first. Calls what {@link revocationContacts} lists and nothing else. Never rejects. */
export async function checkPathRevocation(
  revocable: readonly Revocable[],
  options: RevocationOptions,
): Promise<readonly PathRevocation[]> {
  const checks: PathRevocation[] = [];
  for (const { member, issuer } of revocable) {
    if (options.signal.aborted) break;
    const found = issuer ?? (await fetchedIssuer(member, options));
    checks.push({
      member,
      ...(found === undefined ? withoutIssuer(member) : await checkRevocation(member, found, options)),
    });
  }
  return checks;
}

/** The certificate above, and none above that: its address alone was agreed to. */
async function fetchedIssuer(
  member: ChainMember,
  { fetch, signal }: RevocationOptions,
): Promise<ChainMember | undefined> {
  let steps = 0;
  const agree = () => Promise.resolve(steps++ === 0);
  return (await fetchIssuers(member, { fetch, signal, agree })).issuers[0];
}

function withoutIssuer({ certificate }: ChainMember): RevocationCheck {
  const message = `The certificate of its issuer, ${shortened(shortName(certificate.issuer))}, is not there, and without it no answer can be checked.`;
  return { state: "cannot-check", message, attempts: [] };
}

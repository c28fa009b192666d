import { type ChainMember, mayHaveIssued } from "./issuing";
import { decodeCertificate, extensionOf, type Certificate } from "./certificate";

/** A CA certificate of the snapshot in `data/ca-certificates.json`. Known means named, not trusted. */
export interface KnownAuthority extends ChainMember {
  /** Whether the CA's own list said that it was revoked; see {@link KnownAuthorities.revokedAsOf}. */
  readonly revoked: boolean;
}

/** The contents of the snapshot's file. */
export interface AuthoritySnapshot {
  readonly asOf: string;
  readonly revoked: { readonly asOf: string; readonly sha256: readonly string[] };
  /** Subject key identifier and DER, both in hex, in which what the certificates share packs well. */
  readonly certificates: readonly (readonly string[])[];
}

/**
 * CA certificates that are known offline. Each is decoded when it is first looked up, because a chain needs only two
 * or three of them.
 */
export class KnownAuthorities {
  /** Date of the snapshot, "2026-11-20". */
  readonly asOf: string;
  /** Date of the list that says which are revoked. */
  readonly revokedAsOf: string;
  private readonly revoked: ReadonlySet<string>;
  private readonly encoded = new Map<string, string[]>();
  private readonly decoded = new Map<string, readonly KnownAuthority[]>();

  constructor(snapshot: AuthoritySnapshot) {
    this.asOf = snapshot.asOf;
    this.revokedAsOf = snapshot.revoked.asOf;
    this.revoked = new Set(snapshot.revoked.sha256);
    for (const [keyIdentifier, der] of snapshot.certificates) {
      if (keyIdentifier === undefined || der === undefined) continue;
      const others = this.encoded.get(keyIdentifier);
      if (others === undefined) this.encoded.set(keyIdentifier, [der]);
      else others.push(der);
    }
  }

  /** The possible issuers of a certificate, by name and key identifier; signatures are not checked. */
  issuersOf(certificate: Certificate): readonly KnownAuthority[] {
    const keyIdentifier = extensionOf(certificate, "authorityKeyIdentifier")?.keyIdentifier;
    const candidates = keyIdentifier === undefined ? this.all() : this.withKey(keyIdentifier);
    return candidates.filter((known) => mayHaveIssued(known.certificate, certificate));
  }

  /** The one with exactly these bytes. */
  find(certificate: Certificate): KnownAuthority | undefined {
    const keyIdentifier = extensionOf(certificate, "subjectKeyIdentifier")?.keyIdentifier;
    if (keyIdentifier === undefined) return undefined;
    const { sha256 } = certificate.fingerprints;
    return this.withKey(keyIdentifier).find((known) => known.certificate.fingerprints.sha256 === sha256);
  }

  /** Every one of them. Decodes the whole snapshot. */
  all(): readonly KnownAuthority[] {
    return [...this.encoded.keys()].flatMap((keyIdentifier) => this.withKey(keyIdentifier));
  }

  private withKey(keyIdentifier: string): readonly KnownAuthority[] {
    const known = this.decoded.get(keyIdentifier);
    if (known !== undefined) return known;
    const members = (this.encoded.get(keyIdentifier) ?? []).map((hex) => this.decode(hex));
    this.decoded.set(keyIdentifier, members);
    return members;
  }

  private decode(hex: string): KnownAuthority {
    const der = Buffer.from(hex, "hex");
    const certificate = decodeCertificate(der);
    return { der, certificate, revoked: this.revoked.has(certificate.fingerprints.sha256) };
  }
}

/** The snapshot that ships with the program, read on first use. Its sources are in `data/ca-certificates.md`. */
export async function loadKnownAuthorities(): Promise<KnownAuthorities> {
  return new KnownAuthorities(await loadAuthoritySnapshot());
}

/** The contents of the snapshot that ships, which newer files may add to. */
export async function loadAuthoritySnapshot(): Promise<AuthoritySnapshot> {
  const { default: snapshot } = await import("../data/ca-certificates.json");
  return snapshot;
}

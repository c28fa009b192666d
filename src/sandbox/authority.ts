import { createHash } from "node:crypto";
import { encodeToBeSigned, keyIdentifier, newSerialNumber, signCertificate, type ToBeSigned } from "./certificate";
import * as extensions from "./extensions";
import { ISSUERS, ROOTS, type AuthorityId, type IssuerId, type RootId, type ServiceUrls } from "./issuers";
import { newKeyPair, type KeyPair } from "./keys";
import { distinguishedName } from "./names";
import type { CertificateProfile } from "./profiles";
import { TransparencyLogs } from "./transparency";

export interface CertificationAuthority {
  readonly der: Uint8Array;
  /** Its subject, in DER. */
  readonly name: Uint8Array;
  /** Whose name and number stand in what it issued the certificate for: its own issuer's, and its own. */
  readonly issuerName: Uint8Array;
  readonly serialNumber: Uint8Array;
  readonly keys: KeyPair;
  readonly keyId: Uint8Array;
}

export interface IssuedCertificate {
  readonly der: Uint8Array;
  readonly keys: KeyPair;
  /** Root first, issuer last; without the certificate itself. */
  readonly authorities: readonly CertificationAuthority[];
  readonly issuer: IssuerId;
  /** Lower-case hex of the INTEGER's octets. */
  readonly serialNumber: string;
  readonly notBefore: number;
  readonly notAfter: number;
}

const YEAR = 365 * 86_400_000;

/**
 * The sandbox's CA: two roots, and an issuing CA for each kind of certificate. Each is created when it is first
 * needed, so that starting does not cost an RSA key, and none ever leaves memory.
 */
export class Authority {
  private readonly roots = new Map<RootId, Promise<CertificationAuthority>>();
  private readonly issuers = new Map<IssuerId, Promise<CertificationAuthority>>();
  private readonly logs = new TransparencyLogs();

  /** @param startedAt epoch ms; roots and issuing CAs are valid from some years before */
  constructor(
    private readonly startedAt: number,
    private readonly urls: ServiceUrls,
  ) {}

  private root(id: RootId): Promise<CertificationAuthority> {
    return memoised(this.roots, id, () => this.makeRoot(id));
  }

  private issuer(id: IssuerId): Promise<CertificationAuthority> {
    return memoised(this.issuers, id, () => this.makeIssuer(id));
  }

  /** The CAs that were needed so far. */
  async made(): Promise<ReadonlyMap<AuthorityId, CertificationAuthority>> {
    const entries = [...this.roots, ...this.issuers];
    return new Map(await Promise.all(entries.map(async ([id, authority]) => [id, await authority] as const)));
  }

  /**
   * Issues a certificate.
   * @param term epoch ms, both ends inclusive
   * @param serialNumber if it was told before the certificate was made
   * @param pair the key of the request; a new one without it
   */
  async issue(
    profile: CertificateProfile,
    term: { notBefore: number; notAfter: number },
    serialNumber = newSerialNumber(),
    pair = newKeyPair(profile.key),
  ): Promise<IssuedCertificate> {
    const [keys, root, issuer] = await Promise.all([
      pair,
      this.root(ISSUERS[profile.issuer].root),
      this.issuer(profile.issuer),
    ]);
    const parts: ToBeSigned = {
      subject: distinguishedName(profile.subject),
      keys,
      ...term,
      issuer,
      serialNumber,
      extensions: this.endEntityExtensions(profile, keys, issuer),
    };
    const der = signCertificate(profile.transparency ? await this.withTimestamps(parts) : parts);
    return {
      der,
      keys,
      authorities: [root, issuer],
      issuer: profile.issuer,
      serialNumber: Buffer.from(serialNumber).toString("hex"),
      ...term,
    };
  }

  private endEntityExtensions(
    profile: CertificateProfile,
    keys: KeyPair,
    issuer: CertificationAuthority,
  ): readonly Uint8Array[] {
    return [
      extensions.authorityKeyIdentifier(issuer.keyId),
      extensions.subjectKeyIdentifier(keyIdentifier(keys)),
      ...(profile.keyUsage === undefined ? [] : [extensions.keyUsage(profile.keyUsage)]),
      extensions.basicConstraints({ cA: false }),
      extensions.extendedKeyUsage(profile.purposes),
      extensions.certificatePolicies(profile.policies),
      extensions.crlDistributionPoint(this.urls.crl(profile.issuer)),
      extensions.authorityInformationAccess({ caIssuers: this.urls.caIssuers(profile.issuer), ocsp: this.urls.ocsp }),
      ...(profile.logo === undefined ? [] : [extensions.logotype(profile.logo)]),
      extensions.subjectAlternativeName(profile),
    ];
  }

  private async withTimestamps(parts: ToBeSigned): Promise<ToBeSigned> {
    const list = await this.logs.timestamps({
      issuerKeyHash: createHash("sha256").update(parts.issuer.keys.publicKeyInfo).digest(),
      tbs: encodeToBeSigned(parts),
      at: parts.notBefore,
    });
    return { ...parts, extensions: [...parts.extensions, extensions.signedCertificateTimestamps(list)] };
  }

  private async makeRoot(id: RootId): Promise<CertificationAuthority> {
    const keys = await newKeyPair(ROOTS[id].key);
    const name = authorityName(ROOTS[id].commonName);
    const keyId = keyIdentifier(keys);
    const serialNumber = newSerialNumber();
    const der = signCertificate({
      subject: name,
      keys,
      notBefore: this.startedAt - 5 * YEAR,
      notAfter: this.startedAt + 20 * YEAR,
      issuer: { name, keys },
      serialNumber,
      extensions: [
        extensions.subjectKeyIdentifier(keyId),
        extensions.keyUsage(extensions.KeyUsageBit.keyCertSign | extensions.KeyUsageBit.cRLSign),
        extensions.basicConstraints({ cA: true }),
      ],
    });
    return { der, name, issuerName: name, serialNumber, keys, keyId };
  }

  private async makeIssuer(id: IssuerId): Promise<CertificationAuthority> {
    const { root: rootId, commonName } = ISSUERS[id];
    const [keys, root] = await Promise.all([newKeyPair(rootId === "rsa" ? "rsa-2048" : "p-256"), this.root(rootId)]);
    const name = authorityName(commonName);
    const keyId = keyIdentifier(keys);
    const { caIssuers, crl, ocsp } = this.urls;
    const serialNumber = newSerialNumber();
    const der = signCertificate({
      subject: name,
      keys,
      notBefore: this.startedAt - 2 * YEAR,
      notAfter: this.startedAt + 8 * YEAR,
      issuer: root,
      serialNumber,
      extensions: [
        extensions.authorityKeyIdentifier(root.keyId),
        extensions.subjectKeyIdentifier(keyId),
        extensions.keyUsage(
          extensions.KeyUsageBit.digitalSignature | extensions.KeyUsageBit.keyCertSign | extensions.KeyUsageBit.cRLSign,
        ),
        extensions.basicConstraints({ cA: true, pathLenConstraint: 0 }),
        extensions.certificatePolicies(["2.5.29.32.0"]),
        extensions.crlDistributionPoint(crl(rootId)),
        extensions.authorityInformationAccess({ caIssuers: caIssuers(rootId), ocsp }),
      ],
    });
    return { der, name, issuerName: root.name, serialNumber, keys, keyId };
  }
}

function authorityName(commonName: string): Uint8Array {
  return distinguishedName([
    ["countryName", "ZZ"],
    ["organizationName", "Certificate Collector Sandbox"],
    ["commonName", commonName],
  ]);
}

/** The one promise for a key, so that two callers at once share the work. */
function memoised<Key, Value>(made: Map<Key, Promise<Value>>, key: Key, make: () => Promise<Value>): Promise<Value> {
  const known = made.get(key);
  if (known) return known;
  const value = make();
  made.set(key, value);
  return value;
}

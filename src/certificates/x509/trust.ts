import { characterString } from "../asn1/character-string";
import { readElement, type Element } from "../asn1/der";
import { Tag, explicit } from "../asn1/tag";
import { readOid } from "../asn1/value";

/** What OpenSSL stores beside a certificate in a TRUSTED CERTIFICATE block (x509(1), "X509_CERT_AUX"). */
export interface TrustSettings {
  /** OIDs of purposes. */
  readonly trusted: readonly string[];
  readonly rejected: readonly string[];
  readonly alias?: string;
  /** Lower-case hex. */
  readonly keyIdentifier?: string;
}

/**
 * Reads X509_CERT_AUX: SEQUENCE { trust SEQUENCE OF OID OPTIONAL, reject [0] OPTIONAL, alias UTF8String OPTIONAL,
 * keyid OCTET STRING OPTIONAL, … }
 * @throws DerError
 */
export function readTrustSettings(der: Uint8Array): TrustSettings {
  const parts = readElement(der, Tag.SEQUENCE, "X509_CERT_AUX").open();
  const trusted = parts.optional(Tag.SEQUENCE);
  const rejected = parts.optional(explicit(0));
  const alias = parts.optional(Tag.UTF8_STRING);
  const keyIdentifier = parts.optional(Tag.OCTET_STRING);
  const name = alias === undefined ? undefined : characterString(alias)?.value;
  return {
    trusted: oids(trusted),
    rejected: oids(rejected),
    ...(name === undefined ? {} : { alias: name }),
    ...(keyIdentifier === undefined ? {} : { keyIdentifier: keyIdentifier.hex }),
  };
}

function oids(list: Element | undefined): string[] {
  const found: string[] = [];
  for (const reader = list?.open(); reader?.more === true;) found.push(readOid(reader.next()));
  return found;
}

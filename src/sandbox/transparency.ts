import { createHash } from "node:crypto";
import { newKeyPair, signature, type KeyPair } from "./keys";

/** What a log signs for one certificate (RFC 6962 section 3.2). */
export interface Precertificate {
  /** SHA-256 of the issuer's SubjectPublicKeyInfo. */
  readonly issuerKeyHash: Uint8Array;
  /** The TBSCertificate without the list of timestamps. */
  readonly tbs: Uint8Array;
  /** Epoch ms. */
  readonly at: number;
}

/**
 * Three certificate transparency logs that nobody else knows: their timestamps follow RFC 6962 but are worthless.
 * Browsers require timestamps of three logs for certificates valid for more than 180 days, and of two for others
 * (Chrome's policy).
 */
export class TransparencyLogs {
  private readonly keys: Promise<readonly KeyPair[]>;

  constructor() {
    this.keys = Promise.all([newKeyPair("p-256"), newKeyPair("p-256"), newKeyPair("p-256")]);
  }

  /** The SignedCertificateTimestampList of RFC 6962 section 3.3. */
  async timestamps(precertificate: Precertificate): Promise<Uint8Array> {
    const keys = await this.keys;
    return opaque(2, Buffer.concat(keys.map((key) => opaque(2, timestamp(key, precertificate)))));
  }
}

function timestamp(key: KeyPair, { issuerKeyHash, tbs, at }: Precertificate): Uint8Array {
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(at));
  const noExtensions = opaque(2, Buffer.alloc(0));
  const version = Buffer.from([0]);
  const signatureType = Buffer.from([0]);
  const precertEntry = Buffer.from([0, 1]);
  const signed = [version, signatureType, time, precertEntry, issuerKeyHash, opaque(3, tbs), noExtensions];
  const logId = createHash("sha256").update(key.publicKeyInfo).digest();
  const sha256Ecdsa = Buffer.from([4, 3]);
  const value = opaque(2, signature(key, Buffer.concat(signed)));
  return Buffer.concat([version, logId, time, noExtensions, sha256Ecdsa, value]);
}

/** A vector with its length prefix (RFC 8446 section 3.4). */
function opaque(lengthOctets: number, content: Uint8Array): Uint8Array {
  const length = Buffer.alloc(lengthOctets);
  length.writeUIntBE(content.length, 0, lengthOctets);
  return Buffer.concat([length, content]);
}

import { createDecipheriv, getCipherInfo, hash } from "node:crypto";

/** Bytes of the initial vector that are the salt of the key as well. */
const SALT_BYTES = 8;

/**
 * Decrypts the body of a PEM key as OpenSSL encrypted them before PKCS #8 (RFC 1421 section 4.6): the key is MD5 over
 * passphrase and salt, one round (PEM_do_header, EVP_BytesToKey).
 * @param header value of DEK-Info: the cipher's name and the initial vector in hex, "AES-256-CBC,0123…"
 * @returns `undefined` when the passphrase is wrong, or the engine does not know the cipher
 */
export function decryptLegacyPem(header: string, encrypted: Uint8Array, passphrase: string): Buffer | undefined {
  const [name = "", vector = ""] = header.split(",", 2).map((part) => part.trim().toLowerCase());
  const initialVector = Buffer.from(vector, "hex");
  const info = /^[a-z0-9-]{1,40}$/.test(name) ? getCipherInfo(name) : undefined;
  if (info?.ivLength !== initialVector.length || initialVector.length < SALT_BYTES) return undefined;
  try {
    const key = keyOf(passphrase, initialVector.subarray(0, SALT_BYTES), info.keyLength);
    const engine = createDecipheriv(name, key, initialVector);
    return Buffer.concat([engine.update(encrypted), engine.final()]);
  } catch {
    // The padding tells a wrong passphrase; an engine without MD5, or without this cipher, ends here as well.
    return undefined;
  }
}

function keyOf(passphrase: string, salt: Buffer, length: number): Buffer {
  const blocks: Buffer[] = [];
  for (let made = 0; made < length; made += 16) {
    blocks.push(hash("md5", Buffer.concat([...blocks.slice(-1), Buffer.from(passphrase), salt]), "buffer"));
  }
  return Buffer.concat(blocks).subarray(0, length);
}

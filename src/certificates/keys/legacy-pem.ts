import { phrase } from "../../words/phrase";
import { hash } from "node:crypto";
import { checkHash, engineCipher } from "../pkcs12/algorithms";
import { decipher, type Protection } from "../pkcs12/decryption";
import { Pkcs12Error } from "../pkcs12/error";
import { rounds } from "../pkcs12/password-derivation";

/** Bytes of the initialization vector that are also the salt of the key. */
const SALT_BYTES = 8;

/**
 * Reads how OpenSSL encrypted the body of a PEM key before PKCS #8 (RFC 1421 section 4.6): the key is MD5 over
 * passphrase and salt, one round (PEM_do_header, EVP_BytesToKey).
 * @param header value of DEK-Info: the cipher's name and the initialization vector in hex, "AES-256-CBC,0123…"
 * @throws Pkcs12Error `unsupported` for a cipher that the engine does not know, `damaged`
 */
export function readLegacyProtection(header: string): Protection {
  const [name = "", vector = ""] = header.split(",", 2).map((part) => part.trim().toLowerCase());
  if (!/^[a-z0-9-]{1,40}$/.test(name))
    throw new Pkcs12Error("damaged", phrase("Its {0} header does not name a cipher.", "DEK-Info"));
  const info = engineCipher(name);
  checkHash("md5");
  const initialVector = /^(?:[0-9a-f]{2})+$/.test(vector) ? Buffer.from(vector, "hex") : Buffer.alloc(0);
  if (initialVector.length !== info.ivLength || initialVector.length < SALT_BYTES) {
    throw new Pkcs12Error(
      "damaged",
      phrase("Its {0} header has no initialization vector of the length that the cipher needs.", "DEK-Info"),
    );
  }
  return {
    work: { hashes: 2 * Math.ceil(info.keyLength / 16), asked: rounds(1) },
    decrypt: (data, { text }) =>
      decipher(info, keyOf(text, initialVector.subarray(0, SALT_BYTES), info.keyLength), initialVector, data),
  };
}

function keyOf(passphrase: string, salt: Buffer, length: number): Buffer {
  const blocks: Buffer[] = [];
  for (let made = 0; made < length; made += 16) {
    blocks.push(hash("md5", Buffer.concat([...blocks.slice(-1), Buffer.from(passphrase), salt]), "buffer"));
  }
  return Buffer.concat(blocks).subarray(0, length);
}

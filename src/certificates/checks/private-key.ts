import type { KeyObject } from "node:crypto";
import { phrase, type Phrase } from "../../words/phrase";
import type { PrivateKeyMaterial } from "../containers/collected";
import { KEY_FORMS } from "../containers/key-forms";
import { readPrivateKeys } from "../containers/private-keys";
import { publicKeyInfoOf } from "../keys/engine";
import { keyIdentity } from "../keys/key-identity";
import { keyWords } from "../keys/key-words";
import { decodePublicKey } from "../keys/public-key";
import { encryptedKey, keysOfPkcs12, legacyKey, plainKey, type StoredKey } from "../keys/stored-key";
import { Pkcs12Error } from "../pkcs12/error";
import { HashBudget } from "../pkcs12/password";

/** A private key that was found in a file, without its secret half. */
export type FoundKey =
  | {
      readonly state: "readable";
      /** Which key it is: {@link keyIdentity} of the public key that belongs to it. */
      readonly keyIdentity: string;
      /** "RSA 2048", "EC P-256", "Ed25519". */
      readonly kind: string;
    }
  | {
      readonly state: "encrypted";
      /** Why it cannot be opened here with any passphrase, and what to do instead: a few sentences for a person. */
      readonly obstacle?: Phrase | string;
    }
  /**
   * Damaged, of a type that this crypto engine does not know, or of a type or size that is not passed to any engine
   * (DSA, Diffie-Hellman, RSA beyond 16,384 bits): see `keys/importable-key.ts`; or in another program's form
   * (OpenSSH's, for instance).
   */
  | {
      readonly state: "unreadable";
      /** The other program's form, and what to do: a few sentences for a person. */
      readonly obstacle?: Phrase | string;
    };

/** Bytes of a file of keys. The largest RSA keys have 13 kB in PEM; lists of secrets have more. */
const MAX_BYTES = 1024 * 1024;
/** Keys of one file. */
const MAX_KEYS = 20;

/**
 * Tells which private keys a file holds, in every form in which `readContainers` finds any: PKCS #8, PKCS #1 and SEC 1
 * in PEM, DER, base64, values of YAML and JSON, archives. The secret half never leaves this function; an encrypted key
 * is only known to be one, and a PKCS #12 file counts as one.
 * @returns empty for a file without private keys, or one that is too large to be one of keys
 */
export function identifyKeys(bytes: Uint8Array): readonly FoundKey[] {
  return storedKeys(bytes).map((stored): FoundKey => {
    const obstacle = stored.obstacle === undefined ? {} : { obstacle: stored.obstacle };
    if (stored.encrypted) return { state: "encrypted", ...obstacle };
    const key = stored.open();
    return key === undefined ? { state: "unreadable", ...obstacle } : { state: "readable", ...facts(key) };
  });
}

/**
 * `needs-passphrase`: there are encrypted keys that a passphrase may open, and the right key is not among the others.
 * `wrong-passphrase`: the passphrase does not open one of them. `closed`: no passphrase can, because they are
 * protected in an unsupported way, need too much work, or are damaged; `message` says why and what to do, in a few
 * sentences for a person.
 */
export type OpenedKey =
  | { readonly state: "opened"; readonly key: KeyObject }
  | { readonly state: "closed"; readonly message: Phrase | string }
  | { readonly state: "needs-passphrase" | "wrong-passphrase" | "not-there" };

/**
 * The private key of a file that belongs to a certificate, for the exports that contain it.
 * @param wanted {@link keyIdentity} of the certificate's public key
 * @param passphrase for encrypted keys; used and not kept
 */
export async function openPrivateKey(bytes: Uint8Array, wanted: string, passphrase?: string): Promise<OpenedKey> {
  const budget = new HashBudget();
  let asks: "needs-passphrase" | "wrong-passphrase" | undefined;
  let closed: Phrase | string | undefined;
  for (const stored of storedKeys(bytes)) {
    if (stored.encrypted && stored.obstacle === undefined && passphrase === undefined) {
      asks = "needs-passphrase";
      continue;
    }
    if (stored.encrypted && stored.obstacle !== undefined) {
      closed ??= stored.obstacle;
      continue;
    }
    try {
      const keys = stored.encrypted ? await stored.decrypt(passphrase ?? "", budget) : [stored.open() ?? []].flat();
      const key = keys.find((each) => facts(each).keyIdentity === wanted);
      if (key !== undefined) return { state: "opened", key };
      if (keys.length === 0) closed ??= stored.obstacle ?? UNREADABLE;
    } catch (error) {
      if (!(error instanceof Pkcs12Error)) throw error;
      if (error.code === "wrong-password") asks = "wrong-passphrase";
      else closed ??= error.said;
    }
  }
  if (asks !== undefined) return { state: asks };
  return closed === undefined ? { state: "not-there" } : { state: "closed", message: closed };
}

function facts(key: KeyObject) {
  const publicKey = decodePublicKey(publicKeyInfoOf(key));
  return { keyIdentity: keyIdentity(publicKey), kind: keyWords(publicKey) };
}

function storedKeys(bytes: Uint8Array): readonly StoredKey[] {
  return bytes.length > MAX_BYTES ? [] : readPrivateKeys(bytes, MAX_KEYS).map(storedKey);
}

/** The content decides, whatever its label says. */
function storedKey({ bytes, headers, found }: PrivateKeyMaterial): StoredKey {
  const encryption = headers.get("DEK-Info");
  if (encryption !== undefined) return legacyKey(encryption, bytes);
  if (found.kind === "pfx") return keysOfPkcs12(bytes);
  const form = found.kind === "privateKey" ? found.form : undefined;
  if (form !== undefined) {
    const { name, wayOut } = KEY_FORMS[form];
    const obstacle = phrase("The private key is in {0}, which cannot be read here. {1}", name, wayOut);
    return { encrypted: false, open: () => undefined, obstacle };
  }
  if (found.kind !== "privateKey" || !found.encrypted) return plainKey(bytes);
  return encryptedKey(
    bytes,
    found.path.some(({ format }) => format === "pem"),
  );
}

const UNREADABLE = phrase("The private key in the file is damaged, or of a type or size that cannot be read here.");

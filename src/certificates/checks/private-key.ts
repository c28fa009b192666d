import { hash, type KeyObject } from "node:crypto";
import type { KeyMaterial } from "../containers/collected";
import { KEY_FORMS } from "../containers/key-forms";
import { readPrivateKeys } from "../containers/private-keys";
import { identify } from "../containers/identify";
import { readElement, readerOf } from "../containers/der";
import { DerError } from "../containers/der-error";
import { Tag } from "../containers/tag";
import { importPrivateKey, publicKeyInfoOf } from "../keys/engine";
import { keyWords } from "../keys/key-words";
import { decryptLegacyPem } from "../keys/legacy-pem";
import { decodePublicKey } from "../keys/public-key";
import { decrypt } from "../pkcs12/decryption";
import { Pkcs12Error } from "../pkcs12/error";
import { openPkcs12Keys } from "../pkcs12/open";
import { HashBudget, Password } from "../pkcs12/password";

/** A private key that was found in a file, without its secret half. */
export type FoundKey =
  | {
      readonly state: "readable";
      /** Of the SubjectPublicKeyInfo that belongs to it, lower-case hex. */
      readonly publicKeySha256: string;
      /** "RSA 2048", "EC P-256", "Ed25519". */
      readonly kind: string;
    }
  /** By itself, or with all of a PKCS #12 file. */
  | { readonly state: "encrypted" }
  /**
   * Damaged, of a kind that this crypto engine does not know, or of a kind or size that no engine is given (DSA,
   * Diffie-Hellman, RSA beyond 16,384 bits): see `keys/importable-key.ts`; or in a form of another program (OpenSSH's, for
   * instance).
   */
  | {
      readonly state: "unreadable";
      /** The form of another program, with the way out: a few sentences for a person. */
      readonly obstacle?: string;
    };

/** Bytes of a file of keys. The largest RSA keys have 13 kB in PEM; lists of secrets have more. */
const MAX_BYTES = 1024 * 1024;
/** Keys of one file. */
const MAX_KEYS = 20;

/** A key as it stands in a file, and how it is imported; `undefined` where that fails. */
type StoredKey =
  | {
      readonly encrypted: false;
      readonly open: () => KeyObject | undefined;
      /** What to tell where it is not opened because of its form. */
      readonly obstacle?: string;
    }
  | {
      readonly encrypted: true;
      /**
       * @param isWanted picks one of several
       * @throws Pkcs12Error
       */
      readonly decrypt: (
        passphrase: string,
        budget: HashBudget,
        isWanted: (key: KeyObject) => boolean,
      ) => Promise<KeyObject | undefined>;
    };

/**
 * Tells which private keys a file holds, in every form in which `readContainers` finds any: PKCS #8, PKCS #1 and SEC 1 in PEM, DER,
 * base64, values of YAML and JSON, archives. The secret half never leaves this function; of an encrypted key nothing is
 * known but that it is one, and a PKCS #12 file counts as one.
 * @returns empty for a file without private keys, or one that is too large to be one of keys
 */
export function identifyKeys(bytes: Uint8Array): readonly FoundKey[] {
  return storedKeys(bytes).map((stored): FoundKey => {
    if (stored.encrypted) return { state: "encrypted" };
    const key = stored.open();
    if (key !== undefined) return { state: "readable", ...facts(key) };
    return { state: "unreadable", ...(stored.obstacle !== undefined && { obstacle: stored.obstacle }) };
  });
}

/**
 * `needs-passphrase`: there are encrypted keys, and none of the others is the one. `wrong-passphrase`: the passphrase does
 * not open them. `closed`: no passphrase would, since they are protected in a way that is not read here, or by too much
 * work; `message` says it in one sentence for a person.
 */
export type OpenedKey =
  | { readonly state: "opened"; readonly key: KeyObject }
  | { readonly state: "closed"; readonly message: string }
  | { readonly state: "needs-passphrase" | "wrong-passphrase" | "not-there" };

/**
 * The private key of a file that belongs to a certificate, for the exports that hold it.
 * @param publicKeySha256 of the certificate's SubjectPublicKeyInfo, lower-case hex
 * @param passphrase for encrypted keys; used and not kept
 */
export async function openPrivateKey(
  bytes: Uint8Array,
  publicKeySha256: string,
  passphrase?: string,
): Promise<OpenedKey> {
  const isWanted = (key: KeyObject) => facts(key).publicKeySha256 === publicKeySha256;
  const budget = new HashBudget();
  let asks: "needs-passphrase" | "wrong-passphrase" | undefined;
  let closed: string | undefined;
  for (const stored of storedKeys(bytes)) {
    if (stored.encrypted && passphrase === undefined) {
      asks = "needs-passphrase";
      continue;
    }
    try {
      const key = stored.encrypted ? await stored.decrypt(passphrase ?? "", budget, isWanted) : stored.open();
      if (key !== undefined && isWanted(key)) return { state: "opened", key };
      if (key !== undefined) continue;
      if (stored.encrypted) asks = "wrong-passphrase";
      else closed ??= stored.obstacle ?? UNREADABLE;
    } catch (error) {
      if (!(error instanceof Pkcs12Error)) throw error;
      if (error.code === "limit" || error.code === "unsupported") closed ??= error.message;
      else asks = "wrong-passphrase";
    }
  }
  if (asks !== undefined) return { state: asks };
  return closed === undefined ? { state: "not-there" } : { state: "closed", message: closed };
}

function facts(key: KeyObject) {
  const info = publicKeyInfoOf(key);
  return { publicKeySha256: hash("sha256", info), kind: keyWords(decodePublicKey(info)) };
}

function storedKeys(bytes: Uint8Array): readonly StoredKey[] {
  return bytes.length > MAX_BYTES ? [] : readPrivateKeys(bytes, MAX_KEYS).map(storedKey);
}

/** What stands there decides, whatever a label says of it. */
function storedKey({ bytes, headers, found }: KeyMaterial): StoredKey {
  const encryption = headers.get("DEK-Info");
  if (encryption !== undefined) {
    return {
      encrypted: true,
      decrypt: (passphrase) =>
        Promise.resolve(decryptLegacyPem(encryption, bytes, passphrase)).then((der) => der && importOnce(der)),
    };
  }
  if (found.kind === "pfx") {
    return {
      encrypted: true,
      decrypt: async (passphrase, _, isWanted) => {
        const keys = await openPkcs12Keys(bytes, passphrase);
        if (keys.length === 0) throw new Pkcs12Error("unsupported", NO_KEY_INSIDE);
        return keys.find(isWanted) ?? keys[0];
      },
    };
  }
  const form = found.kind === "privateKey" ? found.form : undefined;
  if (form !== undefined) {
    const { name, wayOut } = KEY_FORMS[form];
    const obstacle = `The private key is in ${name}, which is not read here. ${wayOut}`;
    return { encrypted: false, open: () => undefined, obstacle };
  }
  return found.kind === "privateKey" && found.encrypted
    ? encryptedKey(bytes)
    : { encrypted: false, open: () => importPrivateKey(bytes) };
}

const UNREADABLE = "The private key in the file is damaged, or of a kind or size that is not read here.";
const NO_KEY_INSIDE = "The PKCS #12 file holds certificates alone, and no private key that is read here.";

/**
 * Imports a key and overwrites its bytes, which nobody else has.
 * @returns `undefined` for what is no key: a wrong passphrase may by chance leave a right padding
 * @throws Pkcs12Error `unsupported` for a key that no engine is given
 */
function importOnce(der: Buffer): KeyObject | undefined {
  const key = importPrivateKey(der);
  const isKey = structureOf(der) === "privateKey";
  der.fill(0);
  if (key === undefined && isKey) {
    throw new Pkcs12Error("unsupported", "The private key in the file is of a kind or size that is not read here.");
  }
  return key;
}

/**
 * EncryptedPrivateKeyInfo: SEQUENCE { AlgorithmIdentifier, OCTET STRING } (RFC 5958 section 3). It is not left to the engine, which would
 * derive keys for as many rounds as the file demands, and read whatever key is inside.
 */
function encryptedKey(der: Buffer): StoredKey {
  return {
    encrypted: true,
    decrypt: async (passphrase, budget) => {
      try {
        const parts = readElement(der, Tag.SEQUENCE, "EncryptedPrivateKeyInfo").open();
        const algorithm = parts.expect(Tag.SEQUENCE, "encryptionAlgorithm");
        const data = parts.expect(Tag.OCTET_STRING, "encryptedData").octets();
        return importOnce(await decrypt(algorithm, data, new Password(passphrase, budget)));
      } catch (error) {
        if (error instanceof DerError) return undefined;
        throw error;
      }
    },
  };
}

function structureOf(der: Buffer) {
  try {
    return identify(readerOf(der).next());
  } catch (error) {
    if (error instanceof DerError) return "unknown";
    throw error;
  }
}

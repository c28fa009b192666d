import { phrase, type Phrase } from "../../words/phrase";

/**
 * Formats of private keys that are recognised but not supported here: other programs' own, and those of whole key
 * stores. `keys/importable-key.ts` does not read any of them.
 */
export type KeyForm =
  "openssh" | "ssh2" | "putty" | "pgp" | "jwk" | "xml" | "printed" | "pvk" | "java" | "microsoft" | "text";

/** A form of private keys, for a person. */
interface KeyFormWords {
  /** What it is, to continue "A private key in": "OpenSSH's own format". */
  readonly name: Phrase;
  /** A sentence: how to get a file that is read here. */
  readonly wayOut: Phrase;
}

/**
 * ssh-keygen(1): `-p` rewrites the file, with `-m PEM` in the form of PKCS #1 or SEC 1; `-m PKCS8` is for keys without
 * such a form. PuTTY's manual, section 8.2.9 and 8.2.12. OpenPGP does not use X.509 certificates. keytool(1):
 * `-importkeystore`.
 */
export const KEY_FORMS: Readonly<Record<KeyForm, KeyFormWords>> = {
  openssh: {
    name: phrase("OpenSSH’s own format"),
    wayOut: phrase(
      "To use it here, first copy the file, because the next command changes it in place, then run: ssh-keygen -p -m PEM -f COPY. Ed25519 keys cannot be converted this way.",
    ),
  },
  ssh2: {
    name: phrase("SSH.com’s format"),
    wayOut: phrase(
      "To use it here, run: ssh-keygen -i -f FILE > NEW, and then on a copy: ssh-keygen -p -m PEM -f NEW.",
    ),
  },
  putty: {
    name: phrase("PuTTY’s own format (.ppk)"),
    wayOut: phrase(
      "To use it here, run: puttygen FILE -O private-openssh -o NEW, or export it as an OpenSSH key in PuTTYgen.",
    ),
  },
  pgp: {
    name: phrase("OpenPGP’s format"),
    wayOut: phrase(
      "OpenPGP keys do not belong to certificates. Choose the key that the certificate was requested with.",
    ),
  },
  jwk: {
    name: phrase("the JSON Web Key (JWK) format"),
    wayOut: phrase("Export it as PEM (PKCS #8) with the program that made it."),
  },
  xml: {
    name: phrase("an XML format (RSAKeyValue)"),
    wayOut: phrase("Export it as PEM (PKCS #8) with the program that made it."),
  },
  printed: {
    name: phrase("the format in which OpenSSL and GnuTLS print keys"),
    wayOut: phrase("It is hard to convert back. Use the file that was printed."),
  },
  pvk: {
    name: phrase("Microsoft’s PVK format"),
    wayOut: phrase("To use it here, run: openssl rsa -inform PVK -in FILE -out NEW."),
  },
  java: {
    name: phrase("a Java key store, protected by its password"),
    wayOut: phrase(
      "To use it here, run: keytool -importkeystore -srckeystore FILE -destkeystore NEW.p12 -deststoretype PKCS12, and choose NEW.p12.",
    ),
  },
  microsoft: {
    name: phrase("Microsoft’s key blob format"),
    wayOut: phrase("To use it here, run: openssl rsa -inform MS\\ PRIVATEKEYBLOB -in FILE -out NEW."),
  },
  text: {
    name: phrase("the middle of other text"),
    wayOut: phrase("Copy the key into its own file, as PEM."),
  },
};

/** Which of these formats a text with a private key is in. */
export function keyFormOf(text: string): KeyForm {
  if (/BEGIN OPENSSH PRIVATE|b3BlbnNzaC1rZXkt|openssh-key-v1\0/.test(text)) return "openssh";
  if (/PuTTY-User-Key-File-\d|^[ \t]*Private-Lines:/m.test(text)) return "putty";
  if (/BEGIN SSH2 [A-Z ]{0,20}PRIVATE KEY/.test(text)) return "ssh2";
  if (/BEGIN PGP (?:PRIVATE|SECRET) KEY/.test(text)) return "pgp";
  if (/"kty\\?"|\bd\\?["']?\s{0,8}:\s{0,8}\\?["'][A-Za-z0-9_-]{40}/.test(text)) return "jwk";
  if (/<(?:\w{1,20}:)?(?:D|P|Q|DP|DQ|InverseQ)>/.test(text)) return "xml";
  return /^[ \t]*(?:privateExponent|private exponent|prime ?[12]|priv|private key)[ \t]*:/im.test(text)
    ? "printed"
    : "text";
}

const PVK = Buffer.from("1ef1b5b0", "hex");
/** Where a PVK says whether it is encrypted: after the magic number, a reserved number and the key's purpose. */
const PVK_ENCRYPTED = 12;
/** SSH_PRIVATE_KEY_FILE_MAGIC of SSH.com. */
const SSH2 = Buffer.from("3f6ff9eb", "hex");
/**
 * PRIVATEKEYBLOB: type, version, algorithm (CALG_RSA_KEYX, CALG_RSA_SIGN, CALG_DSS_SIGN), and "RSA2" or "DSS2" behind
 * it.
 */
const BLOB = /^\x07\x02\0\0\0(?:[\xa4\x24]\0\0RSA2|\x22\0\0DSS2)/;

/** Which format a file that is not text has, by its first bytes, and whether it is encrypted. */
export function keyFormOfBytes(bytes: Buffer): { readonly form: KeyForm; readonly encrypted: boolean } | undefined {
  const first = bytes.subarray(0, 4);
  if (first.equals(PVK)) {
    const isPlain = bytes.length >= PVK_ENCRYPTED + 4 && bytes.readUInt32LE(PVK_ENCRYPTED) === 0;
    return { form: "pvk", encrypted: !isPlain };
  }
  if (first.equals(SSH2)) return { form: "ssh2", encrypted: true };
  return BLOB.test(bytes.toString("latin1", 0, 12)) ? { form: "microsoft", encrypted: false } : undefined;
}

/** Which format the label of a PEM block names; `undefined` for those of PKCS #8, PKCS #1 and SEC 1. */
export function keyFormOfLabel(label: string): KeyForm | undefined {
  if (/^OPENSSH /i.test(label)) return "openssh";
  if (/^SSH2 /i.test(label)) return "ssh2";
  return /^PGP /i.test(label) ? "pgp" : undefined;
}

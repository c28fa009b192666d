/**
 * Formats that are recognised but not supported: each is named, with what a person can do, so that nobody takes a
 * packed or foreign file for one without certificates. Recognised by content, because file names can be wrong.
 */
export interface OtherForm {
  /** What it is, to continue "It is": "a 7-Zip archive". */
  readonly name: string;
  /** A sentence: what to do. */
  readonly advice: string;
  /** Whether it may well contain certificates: a picture beside certificates does not matter. */
  readonly mayHold: boolean;
}

/** The whole message for a person. */
export const otherFormText = ({ name, advice }: OtherForm): string =>
  `It is ${name}, which cannot be read here. ${advice}`;

const UNPACK = "Unpack it, and open the certificate files in it.";
const OTHER_FILE = "Open the certificate file itself.";

const archive = (name: string): OtherForm => ({ name, advice: UNPACK, mayHold: true });
const document = (name: string): OtherForm => ({ name, advice: OTHER_FILE, mayHold: false });

interface Magic {
  readonly form: OtherForm;
  readonly bytes: Buffer;
  /** Where they stand, from the start of the file. */
  readonly at: number;
}

const magic = (form: OtherForm, hex: string, at = 0): Magic => ({ form, bytes: Buffer.from(hex, "hex"), at });

const NSS: OtherForm = {
  name: "an SQLite database of NSS (Firefox, Thunderbird) or another program",
  advice: "Export a certificate from it: certutil -L -d sql:FOLDER -n NAME -a.",
  mayHold: true,
};

/** Bytes at a fixed place in files of each format; sources are the formats' own documents and file(1). */
const MAGIC: readonly Magic[] = [
  magic(archive("a 7-Zip archive"), "377abcaf271c"),
  magic(archive("a RAR archive"), "526172211a07"),
  magic(archive("a gzip file (.gz, .tar.gz, .tgz)"), "1f8b08"),
  magic(archive("a bzip2 file (.bz2, .tar.bz2)"), "425a68"),
  magic(archive("an xz file (.xz, .tar.xz)"), "fd377a585a00"),
  magic(archive("a Zstandard file (.zst)"), "28b52ffd"),
  magic(archive("an LZ4 file"), "04224d18"),
  magic(archive("an LZIP file"), "4c5a4950"),
  magic(archive("a compress file (.Z)"), "1f9d"),
  magic(archive("a tar archive"), "7573746172", 257),
  magic(archive("a cabinet file (.cab)"), "4d53434600000000"),
  magic(archive("an ar archive (.a, .deb)"), "213c617263683e0a"),
  magic(archive("a cpio archive"), "303730373031"),
  magic(archive("one part of a ZIP archive that is split into several files"), "504b0708"),
  magic(NSS, "53514c69746520666f726d6174203300"),
  magic(
    {
      name: "an old NSS database (cert8.db, key3.db)",
      advice: "Export a certificate from it: certutil -L -d dbm:FOLDER -n NAME -a.",
      mayHold: true,
    },
    "00061561",
  ),
  magic(
    {
      name: "a Windows certificate store (.sst)",
      advice: "Export its certificates: certutil -split -dump FILE, or use certmgr.",
      mayHold: true,
    },
    "0000000043455254",
  ),
  magic(
    {
      name: "a macOS keychain",
      advice: "Export its certificates: security find-certificate -a -p FILE.",
      mayHold: true,
    },
    "6b796368",
  ),
  magic(
    {
      name: "an Outlook attachment (winmail.dat)",
      advice: "Ask for the mail in another format, or unpack it with tnef.",
      mayHold: true,
    },
    "789f3e22",
  ),
  magic(
    {
      name: "a Microsoft Office message or document (.msg, .doc, .xls)",
      advice: "Save the message as .eml, or its attachments as files, and open those.",
      mayHold: true,
    },
    "d0cf11e0a1b11ae1",
  ),
  magic(
    {
      name: "encrypted with a password (openssl enc)",
      advice: "Decrypt it first: openssl enc -d -in FILE, with the cipher that it was encrypted with.",
      mayHold: true,
    },
    "53616c7465645f5f",
  ),
  magic(document("a PDF document"), "255044462d"),
  magic(document("a picture (PNG)"), "89504e470d0a1a0a"),
  magic(document("a picture (JPEG)"), "ffd8ff"),
  magic(document("a picture (GIF)"), "47494638"),
  magic(document("a picture (icon)"), "00000100"),
  magic(document("a picture (WebP)"), "57454250", 8),
  magic(document("a Windows program"), "4d5a90"),
  magic(document("a Linux program"), "7f454c46"),
  magic(document("a macOS program"), "cffaedfe"),
];

/** Bouncy Castle's key stores begin with a version and a salt of 20 bytes (BcKeyStoreSpi). */
const BOUNCY_CASTLE: OtherForm = {
  name: "a Bouncy Castle key store (BKS)",
  advice:
    "Convert it with keytool -importkeystore -srcstoretype BKS -deststoretype PKCS12 and the Bouncy Castle provider.",
  mayHold: true,
};

const OPENPGP: OtherForm = {
  name: "an OpenPGP key file",
  advice: "OpenPGP keys are not X.509 certificates: use gpg.",
  mayHold: false,
};

/** First octets of a packet with a public key (RFC 9580 sections 4.2 and 5.5.1.1), in the old and the new format. */
const OPENPGP_KEYS: ReadonlySet<number> = new Set([0x98, 0x99, 0xc6]);

/** Whether the first packet contains a key: a version of 3 to 6 follows its length. */
function isOpenPgp(bytes: Buffer): boolean {
  const [tag = 0, first = 0] = bytes;
  if (!OPENPGP_KEYS.has(tag)) return false;
  const octets = tag < 0xc0 ? 1 << (tag & 3) : first < 192 ? 1 : 2;
  const version = bytes[1 + octets] ?? 0;
  return version >= 3 && version <= 6;
}

/** Identifies a file that is not text by its first bytes. */
export function otherBinary(bytes: Buffer): OtherForm | undefined {
  const known = MAGIC.find(({ bytes: expected, at }) => bytes.subarray(at, at + expected.length).equals(expected));
  if (known !== undefined) return known.form;
  if (isOpenPgp(bytes)) return OPENPGP;
  const isBks = bytes.length > 28 && (bytes.readUInt32BE(0) === 1 || bytes.readUInt32BE(0) === 2);
  return isBks && bytes.readUInt32BE(4) === 20 ? BOUNCY_CASTLE : undefined;
}

/** How many characters of a text are used to identify its format. */
const MAX_HEAD = 16 * 1024;

const SSH_KEY = String.raw`(?:ssh-(?:rsa|dss|ed25519|ed448)|ecdsa-sha2-nistp\d{3}|sk-[\w.@-]{1,60})[ \t]+AAAA`;

interface TextForm {
  readonly form: OtherForm;
  readonly pattern: RegExp;
}

const text = (pattern: RegExp, name: string, advice: string, mayHold = true): TextForm => ({
  pattern,
  form: { name, advice, mayHold },
});

/** sshd(8), ssh-keygen(1); the first lines of other texts, by which their own programs know them. */
const TEXTS: readonly TextForm[] = [
  text(
    /^[\w.@-]{1,60}-cert-v01@openssh\.com[ \t]/,
    "an OpenSSH certificate",
    "It is for SSH logins and is not an X.509 certificate: ssh-keygen -L -f FILE shows it.",
  ),
  text(
    new RegExp(`^(?:#[^\n]{0,1000}\n|[ \t\r\n]){0,50}${SSH_KEY}`),
    "an OpenSSH public key",
    "Convert it to PEM: ssh-keygen -e -m PKCS8 -f FILE (not for Ed25519). Certificates do not need it.",
  ),
  text(
    new RegExp(`^[^\n]{1,2000}[ \t]${SSH_KEY}`, "m"),
    "a list of OpenSSH public keys (known_hosts, authorized_keys)",
    "They are the SSH keys of hosts and people. Open the certificate file itself.",
  ),
  text(/^\s{0,100}\$ANSIBLE_VAULT;/, "encrypted by Ansible Vault", "Decrypt it first: ansible-vault view FILE."),
  text(/^age-encryption\.org\/v\d/, "encrypted by age", "Decrypt it first: age -d -i KEY FILE."),
  text(/ENC\[AES256_GCM,data:/, "encrypted by SOPS", "Decrypt it first: sops -d FILE."),
  text(
    /^[ \t]*kind["']?:[ \t]*["']?SealedSecret\b/m,
    "a Kubernetes sealed secret",
    "Only its cluster can open it. Read the secret from there: kubectl get secret NAME -o yaml.",
  ),
  text(
    /^[ \t]*["']?apiVersion["']?[ \t]*:[ \t]*["']?cert-manager\.io\//m,
    "a cert-manager resource",
    "It only describes a certificate; the certificate itself is in the secret that it names: kubectl get secret NAME -o yaml.",
  ),
  text(
    /^version https:\/\/git-lfs\.github\.com\/spec\/v1/,
    "a Git LFS pointer to a file that was not fetched",
    "Fetch it: git lfs pull.",
  ),
  text(
    /^Windows Registry Editor Version|^REGEDIT4/,
    "a Windows registry export",
    "Export the certificate in certmgr, as Base-64 encoded X.509 (.CER).",
  ),
  text(/^begin [0-7]{3} [^\n]{1,200}\r?\n/m, "a uuencoded file", "Decode it first: uudecode FILE."),
  text(
    /^[ \t]*Certificate(?: Request| Revocation List \(CRL\))?:\r?\n[ \t]{1,20}(?:Data:|Version )/m,
    "OpenSSL’s description of a certificate without the certificate itself",
    "Use the file that was printed, or print it without -noout.",
  ),
  text(
    /^\s{0,100}\{[^{}]{0,400}"kty"\s{0,8}:/,
    "a JSON Web Key (JWK)",
    "It is a key without a certificate. Open the certificate file itself.",
  ),
  text(
    /^\s{0,100}\{\s{0,100}"keys"\s{0,8}:\s{0,8}\[/,
    "a set of JSON Web Keys (JWKS) without certificates",
    "Open the certificate file itself.",
  ),
  text(
    /^\s{0,100}(?:<!--[^>]{0,1000}-->\s{0,100})?<(?:!doctype html|html|head|body)\b/i,
    "a web page (HTML)",
    "A proxy’s or login page may have been saved instead of the file. Download the file again.",
    false,
  ),
  text(/^\{\\rtf/, "a word processor document (RTF)", "Save it as plain text."),
];

/** Identifies a text in which nothing readable was found. */
export function otherTextForm(whole: string): OtherForm | undefined {
  const head = whole.slice(0, MAX_HEAD);
  return TEXTS.find(({ pattern }) => pattern.test(head))?.form;
}

/** Identifies a PEM block from another field by its label. */
export function otherBlock(label: string): OtherForm | undefined {
  if (/^PGP /i.test(label)) {
    return {
      name: `an OpenPGP block (${label})`,
      advice: "OpenPGP keys, messages and signatures are not X.509 certificates: use gpg.",
      mayHold: false,
    };
  }
  if (/^SSH2 /i.test(label)) {
    return {
      name: "an SSH public key (RFC 4716)",
      advice: "Convert it to PEM: ssh-keygen -i -f FILE > NEW, and ssh-keygen -e -m PKCS8 -f NEW.",
      mayHold: false,
    };
  }
  return undefined;
}

/** Identifies a document that is a ZIP archive by the names in it. */
export function otherZip(names: readonly string[]): OtherForm | undefined {
  const has = (name: string) => names.includes(name);
  // Packages have the same list, and their signatures contain certificates.
  const isPackage =
    has("extension.vsixmanifest") || has("AppxManifest.xml") || names.some((name) => /\.nuspec$/i.test(name));
  if (has("[Content_Types].xml") && !isPackage)
    return { ...document("a Microsoft Office document (.docx, .xlsx)"), mayHold: true };
  return has("mimetype") && has("content.xml") ? { ...document("a LibreOffice document"), mayHold: true } : undefined;
}

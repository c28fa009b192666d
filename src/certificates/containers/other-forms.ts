import { phrase, type Phrase } from "../../words/phrase";

/**
 * Formats that are recognised but not supported: each is named, with what a person can do, so that nobody takes a
 * packed or foreign file for one without certificates. Recognised by content, because file names can be wrong.
 */
export interface OtherForm {
  /** What it is, to continue "It is": "a 7-Zip archive". */
  readonly name: Phrase;
  /** A sentence: what to do. */
  readonly advice: Phrase;
  /** Whether it may well contain certificates: a picture beside certificates does not matter. */
  readonly mayHold: boolean;
}

/** All that a person is told of it. */
export const otherFormText = ({ name, advice }: OtherForm): Phrase =>
  phrase("It is {0}, which cannot be read here. {1}", name, advice);

const UNPACK = phrase("Unpack it, and open the certificate files in it.");
const OTHER_FILE = phrase("Open the certificate file itself.");
const NOT_X509 = phrase("OpenPGP keys, messages and signatures are not X.509 certificates: use gpg.");

/** What exports certificates, decrypts, decodes or fetches a file: a line to copy. */
const exporting = (command: string): Phrase => phrase("Export its certificates: {0}.", command);
const first = (command: string): Phrase => phrase("First run: {0}.", command);

const holder = (name: Phrase, advice: Phrase): OtherForm => ({ name, advice, mayHold: true });
/** @param format its name, and the ends of files' names */
const archive = (format: string): OtherForm => holder(phrase("a packed file ({0})", format), UNPACK);
const document = (name: Phrase): OtherForm => ({ name, advice: OTHER_FILE, mayHold: false });
const picture = (format: string): OtherForm => document(phrase("a picture ({0})", format));
const program = (system: string): OtherForm => document(phrase("a program for {0}", system));
const papers = (format: string): Phrase => phrase("a document ({0})", format);
const encryptedBy = (program: string): Phrase => phrase("encrypted by {0}", program);

interface Magic {
  readonly form: OtherForm;
  readonly bytes: Buffer;
  /** Where they stand, from the start of the file. */
  readonly at: number;
}

const magic = (form: OtherForm, hex: string, at = 0): Magic => ({ form, bytes: Buffer.from(hex, "hex"), at });

/** Bytes at a fixed place in files of each format; sources are the formats' own documents and file(1). */
const MAGIC: readonly Magic[] = [
  magic(archive("7-Zip"), "377abcaf271c"),
  magic(archive("RAR"), "526172211a07"),
  magic(archive("gzip: .gz, .tar.gz, .tgz"), "1f8b08"),
  magic(archive("bzip2: .bz2, .tar.bz2"), "425a68"),
  magic(archive("xz: .xz, .tar.xz"), "fd377a585a00"),
  magic(archive("Zstandard: .zst"), "28b52ffd"),
  magic(archive("LZ4"), "04224d18"),
  magic(archive("LZIP"), "4c5a4950"),
  magic(archive("compress: .Z"), "1f9d"),
  magic(archive("tar"), "7573746172", 257),
  magic(archive("cabinet: .cab"), "4d53434600000000"),
  magic(archive("ar: .a, .deb"), "213c617263683e0a"),
  magic(archive("cpio"), "303730373031"),
  magic(holder(phrase("one part of a ZIP archive that is split into several files"), UNPACK), "504b0708"),
  magic(
    holder(
      phrase("an SQLite database of NSS (Firefox, Thunderbird) or another program"),
      exporting("certutil -L -d sql:FOLDER -n NAME -a"),
    ),
    "53514c69746520666f726d6174203300",
  ),
  magic(
    holder(phrase("an old NSS database ({0})", "cert8.db, key3.db"), exporting("certutil -L -d dbm:FOLDER -n NAME -a")),
    "00061561",
  ),
  magic(
    holder(phrase("a Windows certificate store ({0})", ".sst"), exporting("certutil -split -dump FILE")),
    "0000000043455254",
  ),
  magic(holder(phrase("a macOS keychain"), exporting("security find-certificate -a -p FILE")), "6b796368"),
  magic(
    holder(
      phrase("an Outlook attachment ({0})", "winmail.dat"),
      phrase("Ask for the mail in another format, or unpack it with {0}.", "tnef"),
    ),
    "789f3e22",
  ),
  magic(
    holder(
      phrase("a Microsoft Office message or document ({0})", ".msg, .doc, .xls"),
      phrase("Save the message as {0}, or its attachments as files, and open those.", ".eml"),
    ),
    "d0cf11e0a1b11ae1",
  ),
  magic(holder(encryptedBy("openssl enc"), first("openssl enc -d -CIPHER -in FILE")), "53616c7465645f5f"),
  magic(document(papers("PDF")), "255044462d"),
  magic(picture("PNG"), "89504e470d0a1a0a"),
  magic(picture("JPEG"), "ffd8ff"),
  magic(picture("GIF"), "47494638"),
  magic(picture("ICO"), "00000100"),
  magic(picture("WebP"), "57454250", 8),
  magic(program("Windows"), "4d5a90"),
  magic(program("Linux"), "7f454c46"),
  magic(program("macOS"), "cffaedfe"),
];

/** Bouncy Castle's key stores begin with a version and a salt of 20 bytes (BcKeyStoreSpi). */
const BOUNCY_CASTLE: OtherForm = holder(
  phrase("a Bouncy Castle key store ({0})", "BKS"),
  phrase(
    "Convert it with the Bouncy Castle provider: {0}.",
    "keytool -importkeystore -srcstoretype BKS -deststoretype PKCS12",
  ),
);

const OPENPGP: OtherForm = { name: phrase("an OpenPGP key file"), advice: NOT_X509, mayHold: false };

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

const text = (pattern: RegExp, name: Phrase, advice: Phrase, mayHold = true): TextForm => ({
  pattern,
  form: { name, advice, mayHold },
});

/** sshd(8), ssh-keygen(1); the first lines of other texts, by which their own programs know them. */
const TEXTS: readonly TextForm[] = [
  text(
    /^[\w.@-]{1,60}-cert-v01@openssh\.com[ \t]/,
    phrase("an OpenSSH certificate"),
    phrase("It is for SSH logins and is not an X.509 certificate: {0} shows it.", "ssh-keygen -L -f FILE"),
  ),
  text(
    new RegExp(`^(?:#[^\n]{0,1000}\n|[ \t\r\n]){0,50}${SSH_KEY}`),
    phrase("an OpenSSH public key"),
    phrase("Convert it to PEM: {0} (not for Ed25519). Certificates do not need it.", "ssh-keygen -e -m PKCS8 -f FILE"),
  ),
  text(
    new RegExp(`^[^\n]{1,2000}[ \t]${SSH_KEY}`, "m"),
    phrase("a list of OpenSSH public keys ({0})", "known_hosts, authorized_keys"),
    phrase("They are the SSH keys of hosts and people. Open the certificate file itself."),
  ),
  text(/^\s{0,100}\$ANSIBLE_VAULT;/, encryptedBy("Ansible Vault"), first("ansible-vault view FILE")),
  text(/^age-encryption\.org\/v\d/, encryptedBy("age"), first("age -d -i KEY FILE")),
  text(/ENC\[AES256_GCM,data:/, encryptedBy("SOPS"), first("sops -d FILE")),
  text(
    /^[ \t]*kind["']?:[ \t]*["']?SealedSecret\b/m,
    phrase("a Kubernetes sealed secret"),
    phrase("Only its cluster can open it. Read the secret from there: {0}.", "kubectl get secret NAME -o yaml"),
  ),
  text(
    /^[ \t]*["']?apiVersion["']?[ \t]*:[ \t]*["']?cert-manager\.io\//m,
    phrase("a cert-manager resource"),
    phrase(
      "It only describes a certificate; the certificate itself is in the secret that it names: {0}.",
      "kubectl get secret NAME -o yaml",
    ),
  ),
  text(
    /^version https:\/\/git-lfs\.github\.com\/spec\/v1/,
    phrase("a Git LFS pointer to a file that was not fetched"),
    first("git lfs pull"),
  ),
  text(
    /^Windows Registry Editor Version|^REGEDIT4/,
    phrase("a Windows registry export"),
    phrase("Export the certificate in certmgr, as Base-64 encoded X.509 (.CER)."),
  ),
  text(/^begin [0-7]{3} [^\n]{1,200}\r?\n/m, phrase("a uuencoded file"), first("uudecode FILE")),
  text(
    /^[ \t]*Certificate(?: Request| Revocation List \(CRL\))?:\r?\n[ \t]{1,20}(?:Data:|Version )/m,
    phrase("OpenSSL’s description of a certificate without the certificate itself"),
    phrase("Use the file that was printed, or print it without {0}.", "-noout"),
  ),
  text(/^\s{0,100}\{[^{}]{0,400}"kty"\s{0,8}:/, phrase("a key without a certificate ({0})", "JWK"), OTHER_FILE),
  text(
    /^\s{0,100}\{\s{0,100}"keys"\s{0,8}:\s{0,8}\[/,
    phrase("a set of keys without certificates ({0})", "JWKS"),
    OTHER_FILE,
  ),
  text(
    /^\s{0,100}(?:<!--[^>]{0,1000}-->\s{0,100})?<(?:!doctype html|html|head|body)\b/i,
    phrase("a web page (HTML)"),
    phrase("A proxy’s or login page may have been saved instead of the file. Download the file again."),
    false,
  ),
  text(/^\{\\rtf/, papers("RTF"), phrase("Save it as plain text.")),
];

/** Identifies a text in which nothing readable was found. */
export function otherTextForm(whole: string): OtherForm | undefined {
  const head = whole.slice(0, MAX_HEAD);
  return TEXTS.find(({ pattern }) => pattern.test(head))?.form;
}

/** Identifies a PEM block from another field by its label. */
export function otherBlock(label: string): OtherForm | undefined {
  if (/^PGP /i.test(label)) {
    return { name: phrase("an OpenPGP block ({0})", label), advice: NOT_X509, mayHold: false };
  }
  if (/^SSH2 /i.test(label)) {
    const advice = phrase("Convert it to PEM: {0}.", "ssh-keygen -i -f FILE > NEW && ssh-keygen -e -m PKCS8 -f NEW");
    return { name: phrase("an SSH public key ({0})", "RFC 4716"), advice, mayHold: false };
  }
  return undefined;
}

/** Identifies a document that is a ZIP archive by the names in it. */
export function otherZip(names: readonly string[]): OtherForm | undefined {
  const has = (name: string) => names.includes(name);
  // Packages have the same list, and their signatures contain certificates.
  const isPackage =
    has("extension.vsixmanifest") || has("AppxManifest.xml") || names.some((name) => /\.nuspec$/i.test(name));
  if (has("[Content_Types].xml") && !isPackage) return holder(papers("Microsoft Office: .docx, .xlsx"), OTHER_FILE);
  return has("mimetype") && has("content.xml") ? holder(papers("LibreOffice"), OTHER_FILE) : undefined;
}

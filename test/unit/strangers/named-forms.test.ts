import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { zipSync } from "fflate";
import { diagnosticsOf } from "../../../src/certificates/checks/diagnostics";
import { readMail } from "../../../src/certificates/containers/mail";
import { readContainers } from "../../../src/certificates/containers/read";
import { describePage } from "../certificates/details-page";
import { pemText } from "../../../src/certificates/pem-text";
import { fixture } from "../certificates/fixtures";
import { strangersFile } from "./cases";

const bytesOf = (file: Buffer | string): Buffer => (typeof file === "string" ? Buffer.from(file) : file);
const hex = (digits: string, more = 300): Buffer =>
  Buffer.concat([Buffer.from(digits, "hex"), Buffer.alloc(more, 0x5a)]);
const at = (offset: number, text: string): Buffer =>
  Buffer.concat([Buffer.alloc(offset, 0x41), Buffer.from(text), Buffer.alloc(200)]);

function page(bytes: Buffer) {
  const { objects, summary, damage } = describePage(readContainers(bytes), { now: Date.UTC(2026, 11, 1) });
  return {
    kinds: objects.map(({ kind }) => kind),
    sentences: summary.sentences.map(({ text }) => text.map((part) => part.text).join("")),
    verdict: summary.verdict.tone,
    damage: damage.map(({ message }) => message),
  };
}

const pem = pemText(fixture("containers/leaf.der"));
const SSH = "AAAAC3NzaC1lZDI1NTE5AAAAIH0000000000000000000000000000000000000000";
const zip = (files: Readonly<Record<string, Buffer>>): Buffer => Buffer.from(zipSync(files));

/** Sets the method of packing, and flags, of the only entry. */
function packedAs(method: number, flags = 0): Buffer {
  const bytes = zip({ "shop.crt": Buffer.from(pem) });
  const directory = bytes.indexOf("PK\u0001\u0002");
  bytes.writeUInt16LE(method, directory + 10);
  bytes.writeUInt16LE(flags, directory + 8);
  return bytes;
}

describe("what is recognised and not read is named, with what to do", () => {
  const table: readonly (readonly [name: string, file: Buffer | string, words: RegExp])[] = [
    ["id.pub", strangersFile("id.pub"), /^It is an OpenSSH public key.*ssh-keygen -e -m PKCS8/],
    ["bz.zip", strangersFile("bz.zip"), /^shop\.crt is packed in an unsupported way \(BZip2\)/],
    ["7z", hex("377abcaf271c0004"), /packed file \(7-Zip\).*Unpack/],
    ["RAR 4", hex("526172211a0700"), /\(RAR\)/],
    ["RAR 5", hex("526172211a070100"), /\(RAR\)/],
    ["tar", at(257, "ustar\x0000"), /\(tar\)/],
    ["tar of GNU", at(257, "ustar  \0"), /\(tar\)/],
    ["gzip", gzipSync(pem), /\(gzip: /],
    ["gzip in base64", gzipSync(pem).toString("base64"), /\(gzip: /],
    ["bzip2", hex("425a68393141592653598d09b97a"), /\(bzip2: /],
    ["xz", hex("fd377a585a000004e6d6b446"), /\(xz: /],
    ["zstd", hex("28b52ffd646f035d"), /\(Zstandard: /],
    ["cabinet", hex("4d53434600000000"), /\(cabinet: /],
    ["ZIP with LZMA", packedAs(14), /unsupported way \(LZMA\)/],
    ["ZIP with Deflate64", packedAs(9), /unsupported way \(Deflate64\)/],
    ["ZIP with Zstandard", packedAs(93), /unsupported way \(Zstandard\)/],
    ["ZIP with XZ", packedAs(95), /unsupported way \(XZ\)/],
    ["ZIP with what nobody knows", packedAs(77), /unsupported way \(77\)/],
    ["ZIP that is encrypted", packedAs(8, 1), /encrypted.*password/],
    ["ZIP that is encrypted by AES", packedAs(99, 1), /encrypted.*password/],
    ["SQLite", Buffer.concat([Buffer.from("SQLite format 3\0"), Buffer.alloc(100)]), /NSS.*certutil -L -d sql:/],
    ["cert8.db", hex("0006156100000002"), /old NSS database.*certutil -L -d dbm:/],
    ["SST", hex("0000000043455254"), /Windows certificate store.*certutil/],
    ["a keychain", hex("6b796368000100000000001000000000"), /macOS keychain.*security find-certificate/],
    ["BKS", hex(`0000000200000014${"ab".repeat(20)}00000400`), /Bouncy Castle/],
    ["winmail.dat", hex("789f3e22"), /winmail\.dat/],
    ["Outlook's .msg", hex("d0cf11e0a1b11ae1"), /Microsoft Office.*\.eml/],
    ["openssl enc", Buffer.concat([Buffer.from("Salted__"), Buffer.alloc(40, 0xb7)]), /openssl enc/],
    ["PDF", "%PDF-1.7\n%âãÏÓ\n", /PDF/],
    [
      "DOCX",
      zip({ "[Content_Types].xml": Buffer.from("<x/>"), "word/document.xml": Buffer.from("<w/>") }),
      /Microsoft Office/,
    ],
    ["PNG", hex("89504e470d0a1a0a"), /picture \(PNG\)/],
    ["JPEG", hex("ffd8ffe0"), /picture \(JPEG\)/],
    ["OpenSSH public key with options", `command="x",no-pty ssh-ed25519 ${SSH} me@example\n`, /OpenSSH public keys/],
    ["OpenSSH, ECDSA", `ecdsa-sha2-nistp256 ${SSH} me\n`, /an OpenSSH public key/],
    ["OpenSSH, RSA, CRLF", `ssh-rsa ${SSH} me\r\n`, /an OpenSSH public key/],
    ["OpenSSH, in UTF-16", Buffer.from(`\ufeffssh-rsa ${SSH} me\r\n`, "utf16le"), /an OpenSSH public key/],
    ["OpenSSH, below a comment", `# mine\nssh-rsa ${SSH} me\n`, /an OpenSSH public key/],
    ["OpenSSH, a security key", `sk-ssh-ed25519@openssh.com ${SSH} me\n`, /an OpenSSH public key/],
    ["OpenSSH certificate", `ssh-ed25519-cert-v01@openssh.com ${SSH} me\n`, /OpenSSH certificate.*not an X\.509/],
    ["known_hosts", `shop.example.test,192.0.2.1 ssh-ed25519 ${SSH}\n`, /known_hosts/],
    ["known_hosts, hashed", `|1|abc=|def= ssh-ed25519 ${SSH}\n`, /known_hosts/],
    [
      "SSH2 public key",
      `---- BEGIN SSH2 PUBLIC KEY ----\nComment: "me"\n${SSH}\n---- END SSH2 PUBLIC KEY ----\n`,
      /RFC 4716/,
    ],
    [
      "PGP public key",
      "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQGNBGk=\n=abcd\n-----END PGP PUBLIC KEY BLOCK-----\n",
      /OpenPGP.*gpg/,
    ],
    [
      "PGP message",
      "-----BEGIN PGP MESSAGE-----\nVersion: 1\n\nmQGNBGk=\n=abcd\n-----END PGP MESSAGE-----\n",
      /OpenPGP/,
    ],
    ["PGP keys, binary", hex("99018d0469"), /OpenPGP/],
    ["a web page", "<!DOCTYPE html>\n<html><body>Sign in</body></html>", /web page.*Download the file again/],
    ["a web page without a type", "\n <html lang=en>", /web page/],
    [
      "a printed certificate",
      "Certificate:\n    Data:\n        Version: 3 (0x2)\n",
      /OpenSSL’s description of a certificate/,
    ],
    [
      "a printed list",
      "Certificate Revocation List (CRL):\n        Version 2 (0x1)\n",
      /OpenSSL’s description of a certificate/,
    ],
    [
      "the registry",
      Buffer.from("\ufeffWindows Registry Editor Version 5.00\r\n\r\n[HKEY]\r\n", "utf16le"),
      /registry/,
    ],
    ["Ansible Vault", "$ANSIBLE_VAULT;1.1;AES256\n6162\n", /ansible-vault view/],
    ["age", "age-encryption.org/v1\n-> X25519 abc\n", /age -d/],
    ["SOPS", "tls: ENC[AES256_GCM,data:abc,iv:x,tag:y,type:str]\n", /sops -d/],
    ["a sealed secret", "kind: SealedSecret\nspec: {}\n", /kubectl get secret/],
    [
      "cert-manager",
      "apiVersion: cert-manager.io/v1\nkind: Certificate\nspec:\n  secretName: a\n",
      /cert-manager.*kubectl get secret/,
    ],
    ["Git LFS", "version https://git-lfs.github.com/spec/v1\noid sha256:abc\nsize 12\n", /git lfs pull/],
    ["uuencode", "begin 644 shop.crt\nM+2TM\n`\nend\n", /uudecode/],
    ["JWK", `{"kty":"RSA","n":"${"A".repeat(300)}","e":"AQAB"}`, /\(JWK\)/],
    [
      "a mail without any",
      "From: a@example.test\nDate: today\nMIME-Version: 1.0\n\nHello\n",
      /^It is an e-mail without .* in any of its parts/,
    ],
  ];
  for (const [name, file, words] of table)
    it(name, () => {
      const told = page(bytesOf(file));
      assert.deepEqual(told.kinds, []);
      assert.match(told.sentences.join(" "), words);
      assert.ok(
        !told.sentences.some((sentence) =>
          /It contains no readable|to its stated size|could not be read/.test(sentence),
        ),
      );
      assert.equal(told.verdict, "attention");
    });

  it("and what nobody recognises has nothing in it", () => {
    for (const text of ["Nothing of interest\n", "0", "key: value\n", "<a>1</a>", "a,b\n1,2\n"]) {
      assert.match(page(Buffer.from(text)).sentences.join(" "), /^It contains no readable certificate/, text);
    }
  });

  it("is not damage beside certificates", () => {
    const files = {
      "shop.crt": Buffer.from(pem),
      "readme.html": Buffer.from("<html>Hello</html>"),
      "logo.png": hex("89504e470d0a1a0a"),
      "manual.docx": zip({ "[Content_Types].xml": Buffer.from("<x/>") }),
      "old.tgz": gzipSync(pem),
    };
    const told = page(zip(files));
    assert.deepEqual(told.kinds, ["Certificate"]);
    assert.equal(told.damage.length, 3, told.damage.join("\n"));
    assert.ok(!told.sentences.some((sentence) => sentence.includes("could not be read")));
  });

  it("is not a package, whose signatures hold certificates", () => {
    for (const manifest of ["extension.vsixmanifest", "AppxManifest.xml", "Shop.Client.nuspec"]) {
      const files = { "[Content_Types].xml": "<x/>", [manifest]: "<x/>", "package/signature.cer": pem };
      const told = page(
        zip(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]))),
      );
      assert.deepEqual(told.kinds, ["Certificate"], manifest);
    }
  });

  it("is a hint and not an error among a document's problems", async () => {
    const block = "-----BEGIN PGP SIGNATURE-----\n\niQGzBAE=\n=abcd\n-----END PGP SIGNATURE-----\n";
    const found = await diagnosticsOf(readContainers(Buffer.from(block)), { now: 0 });
    assert.deepEqual(
      found.map(({ finding: { id, severity } }) => [id, severity]),
      [["form.other", "info"]],
    );
  });

  it("in a mail only where it may hold certificates", () => {
    const part = (type: string, bytes: Buffer) =>
      `--b\nContent-Type: ${type}\nContent-Transfer-Encoding: base64\n\n${bytes.toString("base64")}\n`;
    const mail = (...parts: readonly string[]) =>
      Buffer.from(`MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n${parts.join("")}--b--\n`);
    const words = part("text/html", Buffer.from("<html>Hello</html>"));
    const picture = part("image/png", hex("89504e470d0a1a0a"));
    assert.match(page(mail(words, picture)).sentences.join(" "), /in any of its parts/);
    assert.match(
      page(mail(words, part("application/x-7z-compressed", hex("377abcaf271c")))).sentences.join(" "),
      /7-Zip/,
    );
    const both = page(mail(words, picture, part("application/pkix-cert", Buffer.from(pem))));
    assert.deepEqual([both.kinds, both.damage], [["Certificate"], []]);
  });
});

describe("what a label says of parameters", () => {
  const block = (label: string, der: string) =>
    `-----BEGIN ${label}-----\n${Buffer.from(der, "hex").toString("base64")}\n-----END ${label}-----\n`;
  const prime = `0241${"00f1"}${"ab".repeat(63)}`;
  const structure = (...parts: readonly string[]) => {
    const content = parts.join("");
    return `30${(content.length / 2).toString(16).padStart(2, "0")}${content}`;
  };
  const table: readonly (readonly [string, string, readonly string[]])[] = [
    ["dh.pem", strangersFile("dh.pem").toString(), ["Certificate", "CA certificate", "Diffie-Hellman parameters"]],
    ["generator 2", block("DH PARAMETERS", structure(prime, "020102")), ["Diffie-Hellman parameters"]],
    ["generator 5", block("DH PARAMETERS", structure(prime, "020105")), ["Diffie-Hellman parameters"]],
    ["another label", block("X9.42 DH PARAMETERS", structure(prime, "020105")), ["Diffie-Hellman parameters"]],
    ["an RSA key", block("RSA PUBLIC KEY", structure(prime, "0203010001")), ["Public key"]],
  ];
  for (const [name, text, kinds] of table) it(name, () => assert.deepEqual(page(Buffer.from(text)).kinds, kinds));
});

describe("the parts of a mail", () => {
  it("are read up to a number, those that hold others among them", () => {
    const part = "--b\nContent-Type: text/plain\n\nHello\n";
    const mail = `MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n${part.repeat(600)}--b--\n`;
    assert.equal(readMail(mail, 0).length, 499);
  });
});

import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { zipSync } from "fflate";
import { tlv } from "../wire/answer-bodies";

/** A fresh private key in the forms in which keys are stored, and what of it is secret. */
export interface TestKey {
  readonly name: string;
  readonly pkcs8: Buffer;
  /** PKCS #1 or SEC 1; of Ed25519, which has none, PKCS #8. */
  readonly traditional: Buffer;
  readonly label: string;
  readonly jwk: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, Buffer>>;
  readonly key: KeyObject;
}

const SECRET_MEMBERS = ["d", "p", "q", "dp", "dq", "qi"];

let made: readonly TestKey[] | undefined;

/** A key of each kind, made anew in each process. */
export function freshKeys(): readonly TestKey[] {
  made ??= [
    testKey("RSA", generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey, "pkcs1", "RSA PRIVATE KEY"),
    testKey("EC", generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey, "sec1", "EC PRIVATE KEY"),
    testKey("Ed25519", generateKeyPairSync("ed25519").privateKey, "pkcs8", "PRIVATE KEY"),
  ];
  return made;
}

function testKey(name: string, key: KeyObject, type: "pkcs1" | "sec1" | "pkcs8", label: string): TestKey {
  const jwk = key.export({ format: "jwk" }) as Record<string, string>;
  const members = Object.entries(jwk).filter(([member]) => SECRET_MEMBERS.includes(member));
  return {
    name,
    key,
    label,
    jwk,
    pkcs8: key.export({ format: "der", type: "pkcs8" }),
    traditional: key.export({ format: "der", type }),
    secrets: Object.fromEntries(members.map(([member, value]) => [member, Buffer.from(value, "base64url")])),
  };
}

/** Where and how a private key stands in a file, and what stands beside it. */
export interface Layout {
  readonly name: string;
  /** @param pem of a certificate that stands in the file, too, where the file is a text */
  readonly write: (key: TestKey, pem: string) => Buffer | string;
  /** False where nothing of the certificate can be read, or there is none. */
  readonly hasCertificate: boolean;
  /** Where the page must tell that there is a private key. */
  readonly tellsKey?: true;
}

const lines = (bytes: Buffer, columns = 64): string =>
  (bytes.toString("base64").match(new RegExp(`.{1,${columns}}`, "g")) ?? []).join("\n");
const hexOf = (byte: number): string => byte.toString(16).padStart(2, "0");
const hexLines = (bytes: Buffer): readonly string[] => bytes.toString("hex").match(/.{1,32}/g) ?? [];
const armour = (bytes: Buffer, label: string, dashes = "-----"): string =>
  `${dashes}BEGIN ${label}${dashes}\n${lines(bytes)}\n${dashes}END ${label}${dashes}\n`;
const uint32 = (value: number): Buffer =>
  Buffer.from([value >>> 24, value >>> 16, value >>> 8, value].map((byte) => byte & 0xff));
const sshString = (bytes: Buffer | string): Buffer => Buffer.concat([uint32(bytes.length), Buffer.from(bytes)]);

/** openssh-key-v1 (OpenSSH's PROTOCOL.key): what is secret stands in it as in the key itself. */
function openSsh({ secrets }: TestKey): Buffer {
  const secret = Buffer.concat([uint32(7), uint32(7), sshString("ssh-x"), ...Object.values(secrets).map(sshString)]);
  return Buffer.concat([
    Buffer.from("openssh-key-v1\0"),
    sshString("none"),
    sshString("none"),
    sshString(""),
    uint32(1),
    sshString("ssh-x"),
    sshString(secret),
  ]);
}

const putty = (key: TestKey): string =>
  `PuTTY-User-Key-File-3: ssh-x\nEncryption: none\nComment: mine\nPublic-Lines: 1\nAAAAB3Nz\nPrivate-Lines: 9\n${lines(openSsh(key).subarray(60))}\nPrivate-MAC: ${"0a1b".repeat(16)}\n`;

const xml = ({ jwk }: TestKey): string =>
  `<RSAKeyValue>${Object.entries(jwk)
    .map(
      ([name, value]) =>
        `<${name.toUpperCase()}>${Buffer.from(value, "base64url").toString("base64")}</${name.toUpperCase()}>`,
    )
    .join("")}</RSAKeyValue>`;

/** As `openssl pkey -text` prints numbers. */
const opensslText = ({ secrets }: TestKey): string =>
  Object.entries(secrets)
    .map(
      ([name, bytes]) =>
        `${name === "d" ? "privateExponent" : name}:\n${(bytes.toString("hex").match(/.{1,30}/g) ?? []).map((line) => `    ${line.replace(/..(?=.)/g, "$&:")}`).join("\n")}`,
    )
    .join("\n");

const yaml = (text: string): string => text.replace(/^/gm, "    ");

/** A certificate in PEM with the key above it, as somebody wrote it there. */
const above = (name: string, key: (key: TestKey) => string): Layout => ({
  name: `${name}, above a certificate`,
  write: (test, pem) => `${key(test)}\n${pem}`,
  hasCertificate: true,
});

/** Bytes in one block of PEM, before one with a certificate. */
const inBlock = (name: string, bytes: (key: TestKey) => Buffer, label = "CERTIFICATE", tellsKey = true): Layout => ({
  name: `${name}, in a block ${label}`,
  write: (test, pem) => armour(bytes(test), label) + pem,
  hasCertificate: true,
  ...(tellsKey && { tellsKey }),
});

const alone = (name: string, write: (key: TestKey) => Buffer | string, tellsKey = true): Layout => ({
  name,
  write,
  hasCertificate: false,
  ...(tellsKey && { tellsKey }),
});

const stray = Buffer.from([0x00, 0x17, 0xff]);
const octets = (bytes: Buffer): Buffer => tlv(0x04, bytes);

export const LAYOUTS: readonly Layout[] = [
  {
    name: "PKCS #8 in PEM",
    write: ({ pkcs8 }, pem) => armour(pkcs8, "PRIVATE KEY") + pem,
    hasCertificate: true,
    tellsKey: true,
  },
  {
    name: "the older form in PEM",
    write: ({ traditional, label }, pem) => pem + armour(traditional, label),
    hasCertificate: true,
    tellsKey: true,
  },
  above("three dashes", ({ pkcs8 }) => armour(pkcs8, "PRIVATE KEY", "---")),
  above("typographic dashes", ({ pkcs8 }) => armour(pkcs8, "PRIVATE KEY", "—–")),
  above("no BEGIN line", ({ pkcs8 }) => armour(pkcs8, "PRIVATE KEY").replace(/.*BEGIN.*\n/, "")),
  above("no dashes at all", ({ pkcs8 }) => armour(pkcs8, "PRIVATE KEY", "")),
  above("bare base64", ({ pkcs8 }) => lines(pkcs8)),
  above("bare base64 in one line", ({ traditional }) => `key: ${traditional.toString("base64")}`),
  above("bare base64 in lines of 76", ({ pkcs8 }) => lines(pkcs8, 76)),
  above("bare base64 in short lines", ({ pkcs8 }) => lines(pkcs8, 16)),
  above("bare base64 in groups", ({ pkcs8 }) => lines(pkcs8).replace(/.{4}/g, "$& ")),
  above("base64url", ({ pkcs8 }) => pkcs8.toString("base64url")),
  above("base64 of base64", ({ pkcs8 }) => lines(Buffer.from(armour(pkcs8, "PRIVATE KEY")))),
  above("quoted in a mail", ({ pkcs8 }) => armour(pkcs8, "PRIVATE KEY", "--").replace(/^/gm, "> ")),
  above("in strings of a program", ({ pkcs8 }) => lines(pkcs8).replace(/^.*$/gm, '  "$&\\n" +')),
  above("in a value of JSON", ({ pkcs8 }) => JSON.stringify({ key: armour(pkcs8, "PRIVATE KEY", "---") })),
  above("in a value of YAML", ({ pkcs8 }) => `key: |\n${yaml(armour(pkcs8, "KEY", "---"))}`),
  above("in a variable of a shell", ({ traditional }) => `export TLS_KEY="${traditional.toString("base64")}"`),
  above("percent-encoded", ({ pkcs8 }) => `key=${encodeURIComponent(pkcs8.toString("base64"))}`),
  above("hex in one line", ({ pkcs8 }) => pkcs8.toString("hex")),
  above("hex in capitals with colons", ({ pkcs8 }) =>
    pkcs8
      .toString("hex")
      .toUpperCase()
      .replace(/..(?=.)/g, "$&:"),
  ),
  above("a dump of hex", ({ pkcs8 }) =>
    hexLines(pkcs8)
      .map((line, row) => `${(row * 16).toString(16).padStart(8, "0")}  ${line.replace(/../g, "$& ")} |${"."}|`)
      .join("\n"),
  ),
  above("a dump of xxd", ({ pkcs8 }) =>
    hexLines(pkcs8)
      .map((line, row) => `${(row * 16).toString(16).padStart(8, "0")}: ${line.replace(/..../g, "$& ")} ..0..`)
      .join("\n"),
  ),
  above("an array of C", ({ pkcs8 }) =>
    hexLines(pkcs8)
      .map((line) => line.replace(/../g, "0x$&, "))
      .join("\n"),
  ),
  above("a list of bytes", ({ pkcs8 }) => JSON.stringify([...pkcs8])),
  above("an array of Java", ({ pkcs8 }) => `byte[] k = {${[...pkcs8].map((byte) => `(byte)${byte}`).join(", ")}};`),
  above("an array of Java in lines", ({ pkcs8 }) =>
    hexLines(pkcs8)
      .map((line) => line.replace(/../g, "(byte) 0x$&, "))
      .join("\n"),
  ),
  above("an array of Rust", ({ pkcs8 }) => `let k = [${[...pkcs8].map((byte) => `${byte}u8`).join(", ")}];`),
  above("a list of YAML", ({ pkcs8 }) => [...pkcs8].map((byte) => `  - ${byte}`).join("\n")),
  above("assignments", ({ pkcs8 }) => [...pkcs8].map((byte, at) => `k[${at}] = 0x${hexOf(byte)};`).join("\n")),
  above("an object of bytes", ({ pkcs8 }) => JSON.stringify({ ...[...pkcs8] })),
  above("elements of XML", ({ pkcs8 }) => [...pkcs8].map((byte) => `<b>${byte}</b>`).join("")),
  above("calls of PHP", ({ pkcs8 }) => [...pkcs8].map((byte) => `chr(${byte})`).join(".")),
  above("bytes of Basic", ({ pkcs8 }) => [...pkcs8].map((byte) => `&H${hexOf(byte)}`).join(" & ")),
  above("numbers of openssl", opensslText),
  above("JWK", ({ jwk }) => JSON.stringify(jwk)),
  above("JWK, indented", ({ jwk }) => JSON.stringify(jwk, null, 2)),
  above("XML", xml),
  above("PuTTY", putty),
  above("OpenSSH, bare", (key) => lines(openSsh(key), 70)),
  above("the tail of a key", ({ pkcs8 }) => lines(pkcs8.subarray(Math.min(60, pkcs8.length - 32)))),
  above("the beginning of a key", ({ pkcs8 }) => lines(pkcs8.subarray(0, Math.max(48, pkcs8.length / 2)))),
  {
    name: "no END line, below a certificate",
    write: ({ pkcs8 }, pem) => `${pem}-----BEGIN PRIVATE KEY-----\n${lines(pkcs8)}`,
    hasCertificate: true,
    tellsKey: true,
  },
  {
    name: "as the label of a block",
    write: ({ secrets }, pem) => `-----BEGIN ${secrets.d?.toString("base64").slice(0, 40) ?? ""}-----\n${pem}`,
    hasCertificate: true,
  },
  {
    name: "as a header of a block",
    write: ({ pkcs8 }, pem) =>
      pem.replace("CERTIFICATE-----\n", `CERTIFICATE-----\nX-Key: ${pkcs8.toString("base64")}\n`),
    hasCertificate: true,
  },
  inBlock("PKCS #8", ({ pkcs8 }) => pkcs8),
  inBlock("the older form", ({ traditional }) => traditional, "PUBLIC KEY"),
  inBlock("behind stray bytes", ({ pkcs8 }) => Buffer.concat([stray, pkcs8]), "X"),
  inBlock("behind a whole element", ({ pkcs8 }) => Buffer.concat([octets(stray), pkcs8])),
  inBlock("in an OCTET STRING", ({ pkcs8 }) => octets(pkcs8)),
  inBlock("in a structure", ({ traditional }) => tlv(0x30, tlv(0x02, Buffer.of(7)), octets(traditional))),
  inBlock("base64 in base64", ({ pkcs8 }) => Buffer.from(lines(pkcs8)), "DATA"),
  inBlock("PEM in base64", ({ pkcs8 }) => Buffer.from(armour(pkcs8, "PRIVATE KEY")), "DATA"),
  inBlock("UTF-16 in base64", ({ pkcs8 }) => Buffer.from(armour(pkcs8, "PRIVATE KEY"), "utf16le"), "DATA"),
  inBlock("OpenSSH", openSsh, "KEY"),
  inBlock("without its first bytes", ({ pkcs8 }) => pkcs8.subarray(4), "X"),
  inBlock("without its last bytes", ({ pkcs8 }) => pkcs8.subarray(0, pkcs8.length - 8), "X"),
  inBlock("the tail", ({ pkcs8 }) => pkcs8.subarray(Math.min(60, pkcs8.length - 32)), "X", false),
  inBlock("the numbers alone", ({ secrets }) => Buffer.concat(Object.values(secrets)), "X", false),
  inBlock("the numbers in a structure", ({ secrets }) => tlv(0x30, ...Object.values(secrets).map(octets)), "X", false),
  alone("DER", ({ pkcs8 }) => pkcs8),
  alone("DER, the older form", ({ traditional }) => traditional),
  alone("DER behind DER", ({ pkcs8 }) =>
    Buffer.concat([tlv(0x30, tlv(0x02, Buffer.of(7)), tlv(0x04, Buffer.alloc(130))), pkcs8]),
  ),
  alone("DER behind stray bytes", ({ pkcs8 }) => Buffer.concat([stray, pkcs8]), false),
  alone("DER cut off", ({ pkcs8 }) => pkcs8.subarray(0, pkcs8.length - 6), false),
  alone("base64 of DER", ({ pkcs8 }) => lines(pkcs8)),
  alone("PEM in UTF-16", ({ pkcs8 }) => Buffer.from(`\ufeff${armour(pkcs8, "PRIVATE KEY")}`, "utf16le")),
  alone("PEM in UTF-16 without its mark", ({ pkcs8 }) => Buffer.from(armour(pkcs8, "PRIVATE KEY"), "utf16le"), false),
  alone("a text without anything else", ({ pkcs8 }) => `My key is\n${lines(pkcs8)}\nand nothing else.`, false),
  alone("in an archive", ({ pkcs8 }) =>
    Buffer.from(zipSync({ "my.key": [Buffer.from(armour(pkcs8, "PRIVATE KEY")), { level: 0 }] })),
  ),
];

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { zipSync } from "fflate";
import type { Contents, UnwrapStep } from "../../../src/certificates/containers/contents";
import { readContainers } from "../../../src/certificates/containers/read";
import { pemText } from "../../../src/certificates/pem-text";
import { fixture, pemFixture } from "./fixtures";

const container = (name: string) => fixture(`containers/${name}`);
const leaf = container("leaf.der");

const step = (part: UnwrapStep): string => {
  switch (part.format) {
    case "pem":
      return `pem(${part.label})`;
    case "pkcs7":
      return part.signers === 0 ? "pkcs7" : `pkcs7(${part.signers} signer, ${part.contentType})`;
    case "cmmf":
      return `cmmf(${part.structure})`;
    case "zip":
      return `zip(${part.entry})`;
    default:
      return part.format;
  }
};

/** Kind and path of each object, runs of equal ones counted; then the damage. */
function summary({ format, objects, damage }: Contents): string[] {
  const lines = objects.map(({ kind, path }) => `${kind} in ${path.map(step).join(" > ")}`);
  const counted = [...new Set(lines)].map((line) => `${lines.filter((other) => other === line).length} ${line}`);
  return [format ?? "?", ...counted, ...damage.map(({ code, offset }) => `${code}@${offset}`)];
}

const read = (bytes: Uint8Array | string) =>
  summary(readContainers(typeof bytes === "string" ? Buffer.from(bytes) : bytes));

const element = (tag: number, ...parts: Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts);
  return Buffer.concat([
    Buffer.of(tag, 0x83, content.length >> 16, (content.length >> 8) & 255, content.length & 255),
    content,
  ]);
};

/** A certificate whose own tag another one replaced. */
const tagged = (tag: number, der: Buffer): Buffer => Buffer.concat([Buffer.of(tag), der.subarray(1)]);

describe("containers by their content", () => {
  const pem = pemText(leaf);
  const chain = container("root-first.pem").toString();
  const table: [string, Uint8Array | string, string[]][] = [
    ["DER", leaf, ["der", "1 certificate in der"]],
    ["PEM, three blocks", chain, ["pem", "3 certificate in pem(CERTIFICATE)"]],
    ["PEM of another label", pemText(leaf, "X509 CERTIFICATE"), ["pem", "1 certificate in pem(X509 CERTIFICATE)"]],
    [
      "PEM in UTF-16, as PowerShell writes",
      Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(pem, "utf16le")]),
      ["pem", "1 certificate in pem(CERTIFICATE)"],
    ],
    [
      "PEM in UTF-16, big-endian",
      Buffer.concat([Buffer.of(0xfe, 0xff), Buffer.from(pem, "utf16le").swap16()]),
      ["pem", "1 certificate in pem(CERTIFICATE)"],
    ],
    ["PEM after a byte order mark", `\ufeff${pem}`, ["pem", "1 certificate in pem(CERTIFICATE)"]],
    ["base64 of DER", leaf.toString("base64"), ["base64", "1 certificate in base64 > der"]],
    ["base64 of PEM", Buffer.from(chain).toString("base64"), ["base64", "3 certificate in base64 > pem(CERTIFICATE)"]],
    ["base64 after a byte order mark", `\ufeff${leaf.toString("base64")}`, ["base64", "1 certificate in base64 > der"]],
    [
      "base64 of PKCS #7",
      container("certs-only.der").toString("base64"),
      ["base64", "3 certificate in base64 > der > pkcs7"],
    ],
    [
      "base64 of ZIP",
      container("mailed.zip").toString("base64"),
      [
        "base64",
        ...["root", "issuing", "leaf"].map((name) => `1 certificate in base64 > zip(${name}.crt) > pem(CERTIFICATE)`),
        "other-file@0",
      ],
    ],
    ["PKCS #7, certs-only", container("certs-only.der"), ["der", "3 certificate in der > pkcs7"]],
    ["PKCS #7 in PEM", container("certs-only.p7b"), ["pem", "3 certificate in pem(PKCS7) > pkcs7"]],
    [
      "PKCS #7, signed",
      container("signed.der"),
      ["der", "3 certificate in der > pkcs7(1 signer, 1.2.840.113549.1.7.1)"],
    ],
    [
      "PKCS #7, signed, BER",
      container("signed-ber.der"),
      ["der", "3 certificate in der > pkcs7(1 signer, 1.2.840.113549.1.7.1)"],
    ],
    ["Netscape certificate sequence", container("netscape.der"), ["der", "3 certificate in der > netscape"]],
    [
      "ZIP",
      container("mailed.zip"),
      [
        "zip",
        ...["root", "issuing", "leaf"].map((name) => `1 certificate in zip(${name}.crt) > pem(CERTIFICATE)`),
        "other-file@0",
      ],
    ],
    ["PKCS #12", container("aes-rsa.p12"), ["der", "1 pfx in der"]],
    ["request", container("request.pem"), ["pem", "1 certificateRequest in pem(CERTIFICATE REQUEST)"]],
    ["revocation list", container("list.pem"), ["pem", "1 certificateList in pem(X509 CRL)"]],
    ["public key", container("public-rsa.pem"), ["pem", "1 publicKey in pem(PUBLIC KEY)"]],
    ["public key of PKCS #1", container("public-rsa-pkcs1.pem"), ["pem", "1 publicKey in pem(RSA PUBLIC KEY)"]],
    ["public key, DER with a short length", pemFixture("containers/public-ed25519.pem"), ["der", "1 publicKey in der"]],
    ["private key", container("private-pkcs8.pem"), ["pem", "1 privateKey in pem(PRIVATE KEY)"]],
    [
      "private key, encrypted",
      container("private-encrypted.pem"),
      ["pem", "1 privateKey in pem(ENCRYPTED PRIVATE KEY)"],
    ],
    [
      "private key, encrypted as of old",
      container("private-rsa-encrypted.pem"),
      ["pem", "1 privateKey in pem(RSA PRIVATE KEY)"],
    ],
    ["private key with its parameters", container("private-ec.pem"), ["pem", "1 privateKey in pem(EC PRIVATE KEY)"]],
    ["private key, DER", container("private-pkcs8.der"), ["der", "1 privateKey in der"]],
    ["certificate under the label of a key", pemText(leaf, "PUBLIC KEY"), ["pem", "1 certificate in pem(PUBLIC KEY)"]],
    ["trusted certificate", container("trusted.pem"), ["pem", "1 certificate in pem(TRUSTED CERTIFICATE)"]],
    ["DER, two joined", Buffer.concat([leaf, leaf]), ["der", "2 certificate in der"]],
    ["DER and a newline", Buffer.concat([leaf, Buffer.from("\n")]), ["der", "1 certificate in der"]],
    [
      "DER and a word",
      Buffer.concat([leaf, Buffer.from("\nx")]),
      ["der", "1 certificate in der", `trailing@${leaf.length}`],
    ],
    [
      "CMMF",
      element(
        0x30,
        element(0xa1, element(0x30, leaf)),
        element(
          0x30,
          element(0x30, Buffer.from("020100", "hex"), Buffer.from("3000", "hex"), element(0x30, element(0xa0, leaf))),
        ),
      ),
      ["der", "2 certificate in der > cmmf(CertRepContent)"],
    ],
    [
      "CMP",
      element(
        0x30,
        element(0x30, Buffer.from("020102", "hex")),
        element(
          0xa3,
          element(0x30, element(0x30, element(0x30, Buffer.from("020100", "hex"), Buffer.from("3000", "hex"), leaf))),
        ),
      ),
      ["der", "1 certificate in der > cmmf(PKIMessage)"],
    ],
    [
      "CMMF with implicit tags",
      element(
        0x30,
        element(0xa1, leaf),
        element(
          0x30,
          element(
            0x30,
            Buffer.from("020100", "hex"),
            Buffer.from("3003020100", "hex"),
            element(0x30, tagged(0xa0, leaf)),
          ),
        ),
      ),
      ["der", "2 certificate in der > cmmf(CertRepContent)"],
    ],
    [
      "CMP with implicit tags",
      element(
        0x30,
        element(0x30, Buffer.from("020102", "hex")),
        element(
          0xa1,
          element(
            0x30,
            element(0x30, element(0x30, Buffer.from("020100", "hex"), Buffer.from("3000", "hex"), tagged(0xa0, leaf))),
          ),
        ),
        element(0xa1, tagged(0xa3, leaf)),
      ),
      ["der", "2 certificate in der > cmmf(PKIMessage)"],
    ],
    [
      "certificates in a structure nobody knows",
      element(0x30, element(0x04), element(0x31, leaf, element(0xa5, leaf))),
      ["der", "2 certificate in der > cmmf(unknown)"],
    ],
    ["ASN.1 that is nothing known", element(0x30, Buffer.from("0500", "hex")), ["der", "1 other in der"]],
    ['the CA\'s "pending"', "0", ["?", "nothing@0"]],
    ["digits of the right length", `00${"0".repeat(48)}`, ["?", "nothing@0"]],
    ["HTML", "<html><body>Sign in</body></html>", ["?", "other-form@0"]],
    ["nothing", "", ["?", "empty@0"]],
    ["white space", " \r\n", ["?", "empty@0"]],
  ];
  for (const [name, bytes, expected] of table) it(name, () => assert.deepEqual(read(bytes), expected));

  it("gives every certificate byte for byte, and where it stands", () => {
    for (const name of ["root-first.pem", "certs-only.der", "signed-ber.der", "netscape.der"]) {
      const bytes = container(name);
      const { objects } = readContainers(bytes);
      const found = objects.find((object) => object.kind === "certificate" && Buffer.from(object.der).equals(leaf));
      assert.ok(found, name);
      const stands = bytes.subarray(found.offset, found.offset + found.length);
      if (name.endsWith(".der")) assert.deepEqual(stands, leaf, name);
      else assert.match(stands.toString(), /^-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----$/, name);
    }
  });

  it("gives a certificate under an implicit tag as it was signed, and where it stands", () => {
    const bytes = element(0x30, Buffer.from("0500", "hex"), tagged(0xa0, leaf));
    const [found] = readContainers(bytes).objects;
    assert.ok(found?.kind === "certificate");
    assert.deepEqual(Buffer.from(found.der), leaf);
    assert.deepEqual(bytes.subarray(found.offset, found.offset + found.length), tagged(0xa0, leaf));
  });

  it("keeps the text before a block, and trust settings", () => {
    const noted = readContainers(Buffer.from(`subject=/CN=Ä\n${pemText(leaf)}`)).objects[0];
    assert.equal(noted?.note, "subject=/CN=Ä");
    const [trusted] = readContainers(container("trusted.pem")).objects;
    assert.ok(trusted?.kind === "certificate" && trusted.trust !== undefined);
    assert.equal(
      createHash("sha256").update(trusted.der).digest("hex"),
      createHash("sha256").update(leaf).digest("hex"),
    );
  });

  it("never hands out the bytes of a private key", () => {
    for (const name of [
      "private-pkcs8.pem",
      "private-encrypted.pem",
      "private-rsa-encrypted.pem",
      "private-ec.pem",
      "private-pkcs8.der",
    ]) {
      const { objects } = readContainers(container(name));
      const encrypted = name.includes("encrypted");
      assert.deepEqual(
        objects.map((object) => Object.keys(object).sort()),
        [["encrypted", "kind", "length", "offset", "path"]],
        name,
      );
      assert.deepEqual(
        objects.map((object) => object.kind === "privateKey" && object.encrypted),
        [encrypted],
        name,
      );
    }
  });
});

describe("private keys in pieces", () => {
  const pieces: [string, Buffer][] = [
    ["PKCS #8", container("private-pkcs8.der")],
    ["SEC 1", pemFixture("containers/private-ec-alone.pem")],
    ["PKCS #8 of a PEM file", pemFixture("containers/private-pkcs8.pem")],
    ["encrypted PKCS #8", pemFixture("containers/private-encrypted.pem")],
    ["PKCS #1", pemFixture("containers/private-rsa.pem")],
    ["PKCS #12", container("plain.p12")],
  ];
  for (const [name, whole] of pieces) {
    it(`${name}: nothing of the key is handed out`, () => {
      for (const share of [0.98, 0.9, 0.8, 0.7]) {
        const piece = whole.subarray(0, whole.length * share);
        for (const input of [piece, Buffer.from(piece.toString("base64")), Buffer.from(pemText(piece, "X"))]) {
          // A short piece of bytes alone may not be recognised at all; a whole certificate in a PKCS #12 is.
          const expected = name === "PKCS #12" ? ["pfx", "certificate"] : ["privateKey"];
          const others = readContainers(input).objects.filter(({ kind }) => !expected.includes(kind));
          assert.deepEqual(others, [], String(share));
        }
      }
    });
  }

  it("under any label of a key", () => {
    for (const label of ["private key", "OPENSSH PRIVATE KEY", "PGP PRIVATE KEY BLOCK", "ANY PRIVATE KEY"]) {
      const kinds = readContainers(Buffer.from(pemText(Buffer.from("secret"), label))).objects.map(({ kind }) => kind);
      assert.deepEqual(kinds, ["privateKey"], label);
    }
  });
});

describe("damaged containers", () => {
  const certsOnly = container("certs-only.der");
  const pem = container("root-first.pem").toString();
  const cut = pem.lastIndexOf("\n", pem.length - 60);
  const table: [string, Uint8Array | string, string[]][] = [
    ["DER cut off", leaf.subarray(0, 200), ["der", "1 unreadable in der", "truncated@0"]],
    [
      "PKCS #7 cut off: the whole certificates are saved",
      certsOnly.subarray(0, certsOnly.length - 100),
      ["der", "2 certificate in der", "truncated@0"],
    ],
    [
      "PEM cut off: the other blocks are read",
      pem.slice(0, cut),
      [
        "pem",
        "2 certificate in pem(CERTIFICATE)",
        "1 unreadable in pem(CERTIFICATE)",
        `no-end@${pem.lastIndexOf("-----BEGIN")}`,
        `truncated@${pem.lastIndexOf("-----BEGIN") + "-----BEGIN CERTIFICATE-----\n".length}`,
      ],
    ],
    [
      "a stray character in one block",
      pem.replace("\nMII", "\nM*II"),
      ["pem", "3 certificate in pem(CERTIFICATE)", "character@29"],
    ],
    [
      "base64 with a stray character",
      leaf.toString("base64").replace("MIIB", "M*IIB"),
      ["base64", "1 certificate in base64 > der", "character@1"],
    ],
    [
      "an empty block",
      "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
      ["pem", "1 unreadable in pem(CERTIFICATE)", "empty@0"],
    ],
    [
      "a block that holds something else",
      "-----BEGIN PGP MESSAGE-----\nQUJDRA==\n-----END PGP MESSAGE-----",
      ["pem", "other-form@0"],
    ],
    [
      "base64 in base64 in base64",
      [1, 2, 3, 4, 5, 6].reduce((bytes) => Buffer.from(bytes.toString("base64")), leaf),
      ["?", "nothing@0"],
    ],
    [
      "an empty certs-only PKCS #7",
      Buffer.from(
        "3023 06092a864886f70d010702 a016 3014 020101 3100 300b 06092a864886f70d010701 3100".replaceAll(" ", ""),
        "hex",
      ),
      ["der", "no-certificates@0"],
    ],
  ];
  for (const [name, bytes, expected] of table) it(name, () => assert.deepEqual(read(bytes), expected));

  it("points into the text at damage inside the DER of a block", () => {
    const broken = Buffer.from(leaf);
    // The length of tbsCertificate: longer than the certificate.
    broken[6] = 0x7f;
    const [inside] = readContainers(Buffer.from(`prose\n${pemText(broken)}`)).damage;
    // Byte 4 begins in the sixth character after the marker, which ends at 34.
    assert.deepEqual([inside?.code, inside?.offset], ["truncated", 39]);
    const cutOff = Buffer.from(`prose\n${pemText(leaf.subarray(0, 100))}`);
    const [found] = readContainers(cutOff).damage;
    assert.equal(cutOff.toString("latin1").slice(found?.offset, (found?.offset ?? 0) + 3), "MII");
  });

  it("lists at most a hundred places, whatever there are", () => {
    const many = readContainers(Buffer.from("-----BEGIN X-----\n*\n-----END X-----\n".repeat(5000)));
    assert.equal(many.damage.length, 100);
    assert.equal(many.objects.length, 5000);
  });

  it("takes at most ten thousand objects", () => {
    const { objects, damage } = readContainers(Buffer.concat(Array<Buffer>(10_050).fill(leaf)));
    assert.deepEqual([objects.length, damage.map(({ code }) => code)], [10_000, ["too-many"]]);
  });

  it("refuses an input beyond the limit", () => {
    assert.deepEqual(read(Buffer.alloc(64 * 1024 * 1024 + 1)), ["?", "too-large@0"]);
  });

  it("opens no archive inside an archive", () => {
    const outer = zipSync({ "inner.zip": container("mailed.zip"), "leaf.crt": leaf });
    assert.deepEqual(read(outer), ["zip", "1 certificate in zip(leaf.crt) > der", "nested@0"]);
  });
});

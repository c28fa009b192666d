import assert from "node:assert/strict";
import { createPublicKey, generateKeyPairSync, hash, type KeyObject } from "node:crypto";
import fc from "fast-check";
import { identifyKeys, openPrivateKey } from "../../../src/certificates/checks/private-key";
import { readContainers } from "../../../src/certificates/containers/read";
import { describePage } from "../certificates/details-page";
import { fixture } from "../certificates/fixtures";
import { strangersFile } from "./cases";
import { WRITTEN_FORMS } from "./written-forms";
import { inEnglish } from "../../../src/words/localize";

const sha256Of = (key: KeyObject) => hash("sha256", createPublicKey(key).export({ format: "der", type: "spki" }));
const bytesOf = (written: Buffer | string): Buffer => (typeof written === "string" ? Buffer.from(written) : written);

const rsa = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey;
const ec = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
const ed25519 = generateKeyPairSync("ed25519").privateKey;
const PASSPHRASE = "toy passphrase";

type Type = "pkcs8" | "pkcs1" | "sec1";
const pem = (key: KeyObject, type: Type): string => key.export({ format: "pem", type }).toString();
const der = (key: KeyObject, type: Type): Buffer => key.export({ format: "der", type });
const locked = (key: KeyObject): string =>
  key.export({ format: "pem", type: "pkcs8", cipher: "aes-256-cbc", passphrase: PASSPHRASE }).toString();
const labelled = (bytes: Buffer, label: string): string =>
  `-----BEGIN ${label}-----\n${bytes.toString("base64").replace(/.{1,64}/g, "$&\n")}-----END ${label}-----\n`;

/** What the page calls each object, and what it says of the first private key. */
function page(bytes: Buffer) {
  const { objects, summary } = describePage(readContainers(bytes), { now: 0 });
  const rows = objects.find(({ kind }) => kind === "Private key")?.sections[0]?.rows ?? [];
  const words = rows.flatMap(({ values }) =>
    values.flatMap((value) => (value.kind === "text" ? value.text.map(({ text }) => text) : [])),
  );
  const sentences = summary.sentences.flatMap(({ text }) => text.map((part) => part.text));
  return { kinds: objects.map(({ kind }) => kind), words: words.join(" "), sentences };
}

describe("private keys that were passed on are found, by the page and by whoever needs one", () => {
  const kinds: readonly (readonly [name: string, key: KeyObject, text: string])[] = [
    ["RSA in PKCS #8", rsa, pem(rsa, "pkcs8")],
    ["RSA in PKCS #1", rsa, pem(rsa, "pkcs1")],
    ["EC in PKCS #8", ec, pem(ec, "pkcs8")],
    ["EC in SEC 1", ec, pem(ec, "sec1")],
    ["Ed25519", ed25519, pem(ed25519, "pkcs8")],
    ["encrypted", ec, locked(ec)],
  ];
  for (const { name, write } of WRITTEN_FORMS)
    it(name, async () => {
      for (const [kind, key, text] of kinds) {
        const bytes = bytesOf(write(text));
        assert.deepEqual(page(bytes).kinds, ["Private key"], kind);
        const [found, ...others] = identifyKeys(bytes);
        assert.deepEqual(others, [], kind);
        if (kind === "encrypted") {
          assert.equal(found?.state, "encrypted");
          assert.equal((await openPrivateKey(bytes, sha256Of(key))).state, "needs-passphrase");
        } else {
          assert.ok(found?.state === "readable" && found.keyIdentity === sha256Of(key), kind);
        }
        const opened = await openPrivateKey(bytes, sha256Of(key), PASSPHRASE);
        assert.ok(opened.state === "opened" && opened.key.equals(key), kind);
      }
    });

  const files = ["u16.key", "b64.key", "esc.key"];
  for (const file of files)
    it(file, async () => {
      const [found] = identifyKeys(strangersFile(file));
      const [right] = identifyKeys(strangersFile("k8.key"));
      assert.ok(right?.state === "readable");
      assert.deepEqual(found, right);
      assert.equal((await openPrivateKey(strangersFile(file), right.keyIdentity)).state, "opened");
      assert.deepEqual(page(strangersFile(file)).kinds, ["Private key"]);
    });
});

describe("a private key is told by what it is", () => {
  const bag = "Bag Attributes\n    friendlyName: shop\n    localKeyID: 01 02\nKey Attributes: <No Attributes>\n";
  const open = (text: string) => text.replace(/-----END.*\n/, "");
  const parameters = labelled(Buffer.from("06082a8648ce3d030107", "hex"), "EC PARAMETERS");
  const certificate = fixture("containers/root-first.pem").toString();
  const table: readonly (readonly [name: string, key: KeyObject, file: string | Buffer])[] = [
    ["SEC 1 as PRIVATE KEY", ec, labelled(der(ec, "sec1"), "PRIVATE KEY")],
    ["PKCS #1 as PRIVATE KEY", rsa, labelled(der(rsa, "pkcs1"), "PRIVATE KEY")],
    ["PKCS #8 as RSA PRIVATE KEY", rsa, labelled(der(rsa, "pkcs8"), "RSA PRIVATE KEY")],
    ["PKCS #8 as EC PRIVATE KEY", ec, labelled(der(ec, "pkcs8"), "EC PRIVATE KEY")],
    ["RSA as EC PRIVATE KEY", rsa, labelled(der(rsa, "pkcs1"), "EC PRIVATE KEY")],
    ["not encrypted, as ENCRYPTED PRIVATE KEY", rsa, labelled(der(rsa, "pkcs8"), "ENCRYPTED PRIVATE KEY")],
    ["a key as CERTIFICATE", ec, labelled(der(ec, "pkcs8"), "CERTIFICATE")],
    ["a key as PUBLIC KEY", ec, labelled(der(ec, "sec1"), "PUBLIC KEY")],
    ["a key under no label", ec, labelled(der(ec, "pkcs8"), "KEY")],
    ["a label in small letters", ec, labelled(der(ec, "pkcs8"), "private key")],
    ["no END line", ec, open(pem(ec, "pkcs8"))],
    ["no END line, in one line", ec, open(pem(ec, "pkcs8")).trimEnd()],
    ["no END line, before a certificate", ec, open(pem(ec, "pkcs8")) + certificate],
    // Its base64 has no padding, so that a word below it could be a line of it.
    ["no END line, before a word", ec, `${open(pem(ec, "pkcs8"))}Thanks\nAlice Example\n`],
    ["behind bag attributes", rsa, bag + pem(rsa, "pkcs8")],
    ["behind parameters of its curve", ec, parameters + pem(ec, "sec1")],
    ["below certificates", ec, certificate + pem(ec, "sec1")],
    ["above certificates", rsa, pem(rsa, "pkcs1") + certificate],
    ["DER, PKCS #8", rsa, der(rsa, "pkcs8")],
    ["DER, PKCS #1", rsa, der(rsa, "pkcs1")],
    ["DER, SEC 1", ec, der(ec, "sec1")],
    ["DER and a newline", ec, Buffer.concat([der(ec, "sec1"), Buffer.from("\n")])],
    ["base64 of DER", ed25519, der(ed25519, "pkcs8").toString("base64")],
    [
      "base64 of DER in lines",
      rsa,
      der(rsa, "pkcs8")
        .toString("base64")
        .replace(/.{1,64}/g, "$&\r\n"),
    ],
    ["base64 of DER in .env", ed25519, `A=1\nKEY=${der(ed25519, "pkcs8").toString("base64")}\nB=2\n`],
    ["without its BEGIN line", rsa, pem(rsa, "pkcs8").replace(/^-.*\n/, "")],
  ];
  for (const [name, key, file] of table)
    it(name, async () => {
      const bytes = bytesOf(file);
      assert.ok(page(bytes).kinds.includes("Private key"));
      assert.match(page(bytes).words, /It is not encrypted/);
      const found = identifyKeys(bytes);
      assert.deepEqual(
        found.map((each) => each.state === "readable" && each.keyIdentity),
        [sha256Of(key)],
      );
      const opened = await openPrivateKey(bytes, sha256Of(key));
      assert.ok(opened.state === "opened" && opened.key.equals(key));
    });

  it("an encrypted one, whatever its label", async () => {
    const body = Buffer.from(locked(ec).replace(/-----.*-----/g, ""), "base64");
    for (const label of ["PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "CERTIFICATE"]) {
      const bytes = Buffer.from(labelled(body, label));
      assert.match(page(bytes).words, /It is encrypted/, label);
      assert.deepEqual(
        identifyKeys(bytes).map(({ state }) => state),
        ["encrypted"],
        label,
      );
      assert.equal((await openPrivateKey(bytes, sha256Of(ec), PASSPHRASE)).state, "opened", label);
    }
  });

  it("and a certificate under the label of a key is a certificate", () => {
    const bytes = Buffer.from(labelled(fixture("containers/leaf.der"), "PRIVATE KEY"));
    assert.deepEqual(page(bytes).kinds, ["Certificate"]);
    assert.deepEqual(identifyKeys(bytes), []);
  });
});

describe("of several private keys the one is taken that belongs", () => {
  const secret = (text: string) => Buffer.from(text).toString("base64");
  const table: readonly (readonly [string, string])[] = [
    ["in PEM", pem(ec, "sec1") + pem(rsa, "pkcs8") + pem(ed25519, "pkcs8")],
    ["behind an encrypted one", locked(ed25519) + pem(rsa, "pkcs8") + pem(ec, "pkcs8")],
    ["behind a damaged one", labelled(Buffer.alloc(90, 1), "PRIVATE KEY") + pem(rsa, "pkcs8") + pem(ec, "pkcs8")],
    [
      "in secrets",
      [ec, rsa].map((key) => `---\nkind: Secret\ndata:\n  tls.key: ${secret(pem(key, "pkcs8"))}\n`).join(""),
    ],
    ["in JSON", JSON.stringify([pem(ec, "sec1"), { b: secret(pem(rsa, "pkcs1")) }])],
    [
      "wrapped, one below the other",
      `a: |\n${[rsa, ec, ec]
        .map((key) =>
          der(key, "pkcs8")
            .toString("base64")
            .replace(/.{1,64}/g, "  $&\n"),
        )
        .join("")}b: 1\n`,
    ],
  ];
  for (const [name, text] of table)
    it(name, async () => {
      for (const key of [rsa, ec]) {
        const opened = await openPrivateKey(Buffer.from(text), sha256Of(key));
        assert.ok(opened.state === "opened" && opened.key.equals(key));
      }
    });
});

describe("a private key in a PKCS #12 file", () => {
  const file = fixture("containers/aes-rsa.p12");

  it("is asked for its password, and found then", async () => {
    const forms: readonly Buffer[] = [
      file,
      Buffer.from(file.toString("base64")),
      Buffer.from(labelled(file, "PKCS12")),
      Buffer.from(`kind: Secret\ndata:\n  keystore.p12: ${file.toString("base64")}\n`),
    ];
    for (const bytes of forms) {
      assert.deepEqual(identifyKeys(bytes), [{ state: "encrypted" }]);
      assert.equal((await openPrivateKey(bytes, "00")).state, "needs-passphrase");
      assert.equal((await openPrivateKey(bytes, "00", "wrong")).state, "wrong-passphrase");
    }
  });
});

/** PRIVATEKEYBLOBs (BLOBHEADER, RSAPUBKEY, DSSPUBKEY) with nothing but filling behind. */
const RSA_BLOB = Buffer.concat([Buffer.from("0702000000a4000052534132", "hex"), Buffer.alloc(300, 7)]);
const DSA_BLOB = Buffer.concat([Buffer.from("070200000022000044535332", "hex"), Buffer.alloc(300, 7)]);

describe("a private key in a form that is not read", () => {
  const jwk = JSON.stringify(ec.export({ format: "jwk" }));
  const putty =
    "PuTTY-User-Key-File-3: ssh-rsa\r\nEncryption: none\r\nComment: shop\r\nPublic-Lines: 1\r\nAAAAB3NzaC1yc2E\r\nPrivate-Lines: 1\r\nAAAAgQCZ\r\nPrivate-MAC: 00\r\n";
  const openSsh = strangersFile("ossh.key").toString();
  const body = openSsh.replace(/-----.*-----/g, "").replace(/\s/g, "");
  const rsaXml = `<RSAKeyValue><Modulus>${"A".repeat(172)}</Modulus><D>${"B".repeat(172)}</D></RSAKeyValue>`;
  const pvk = Buffer.concat([Buffer.from("1ef1b5b000000000010000000000000000000000", "hex"), Buffer.alloc(300, 7)]);
  const table: readonly (readonly [name: string, file: string | Buffer, obstacle: RegExp])[] = [
    ["ossh.key", openSsh, /OpenSSH’s own format.*copy the file.*ssh-keygen -p -m PEM -f/],
    ["OpenSSH, written out", JSON.stringify({ key: openSsh }), /OpenSSH’s own format/],
    ["OpenSSH in base64", Buffer.from(openSsh).toString("base64"), /OpenSSH’s own format/],
    ["OpenSSH in UTF-16", Buffer.from(openSsh, "utf16le"), /OpenSSH’s own format/],
    [
      "OpenSSH in a secret",
      `data:\n  ssh-privatekey: ${Buffer.from(openSsh).toString("base64")}\n`,
      /OpenSSH’s own format/,
    ],
    ["OpenSSH without its markers", body, /OpenSSH’s own format/],
    ["PuTTY", putty, /PuTTY’s own format.*puttygen/],
    ["PuTTY in UTF-16", Buffer.from(`\ufeff${putty}`, "utf16le"), /PuTTY’s own form/],
    ["SSH.com", labelled(Buffer.from("3f6ff9eb00000000", "hex"), "SSH2 ENCRYPTED PRIVATE KEY"), /SSH\.com/],
    ["OpenPGP", labelled(Buffer.alloc(80, 9), "PGP PRIVATE KEY BLOCK"), /OpenPGP/],
    ["JWK", jwk, /JWK/],
    ["a set of JWKs", `{"keys":[${jwk}]}`, /JWK/],
    ["XML", rsaXml, /RSAKeyValue/],
    ["PVK", pvk, /PVK.*openssl rsa -inform PVK/],
    ["a blob of RSA", RSA_BLOB, /Microsoft’s key blob format/],
    ["a blob of DSA", DSA_BLOB, /Microsoft’s key blob format/],
    ["PVK in PEM of another label", labelled(pvk, "SHOP KEY"), /PVK/],
    ["a blob in PEM of another label", labelled(RSA_BLOB, "SHOP KEY"), /Microsoft’s key blob format/],
    ["a Java key store", strangersStore(), /Java key store.*keytool -importkeystore/],
  ];
  for (const [name, file, obstacle] of table)
    it(`is named, with what to do: ${name}`, async () => {
      const bytes = bytesOf(file);
      const told = page(bytes);
      assert.ok(told.kinds.includes("Private key"), told.kinds.join());
      assert.match(told.words, obstacle);
      assert.ok(!told.sentences.some((sentence) => sentence.startsWith("There is no")));
      const [found] = identifyKeys(bytes);
      assert.ok(found?.state === "unreadable" && found.obstacle !== undefined);
      assert.match(inEnglish(found.obstacle), obstacle);
      const opened = await openPrivateKey(bytes, "00".repeat(32), PASSPHRASE);
      assert.ok(opened.state === "closed");
      assert.match(inEnglish(opened.message), obstacle);
    });
});

describe("PVK", () => {
  const table: readonly (readonly [name: string, header: string, isEncrypted: boolean])[] = [
    ["in the open", "1ef1b5b000000000010000000000000000000000", false],
    ["encrypted", "1ef1b5b000000000020000000100000010000000", true],
    ["cut off in its header", "1ef1b5b0000000000200", true],
  ];
  for (const [name, header, isEncrypted] of table)
    it(`tells whether it is encrypted: ${name}`, () => {
      const bytes = Buffer.from(header, "hex");
      const whole = name.startsWith("cut") ? bytes : Buffer.concat([bytes, Buffer.alloc(300, 7)]);
      const [found] = readContainers(whole).objects;
      assert.ok(found?.kind === "privateKey");
      assert.deepEqual([found.form, found.encrypted], ["pvk", isEncrypted]);
    });
});

/** JKS with one private key that nobody can open. */
function strangersStore(): Buffer {
  const utf = (text: string) => Buffer.concat([Buffer.of(0, text.length), Buffer.from(text)]);
  const uint32 = (value: number) => Buffer.from(value.toString(16).padStart(8, "0"), "hex");
  const key = Buffer.alloc(200, 3);
  const entry = Buffer.concat([uint32(1), utf("shop"), Buffer.alloc(8), uint32(key.length), key, uint32(0)]);
  return Buffer.concat([uint32(0xfeedfeed), uint32(2), uint32(1), entry, Buffer.alloc(20)]);
}

describe("page and key chooser", () => {
  const pieces = WRITTEN_FORMS.flatMap(({ write }) =>
    [pem(ec, "pkcs8"), pem(rsa, "pkcs1"), locked(ec)].map((text) => bytesOf(write(text))),
  );

  it("agree on whether there is a private key, whatever is cut and joined", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...pieces), fc.nat(1500), fc.nat(3000)), { minLength: 1, maxLength: 3 }),
        (parts) => {
          const bytes = Buffer.concat(parts.map(([file, from, length]) => file.subarray(from, from + length)));
          const { objects } = readContainers(bytes);
          const keys = objects.filter(({ kind }) => kind === "privateKey" || kind === "pfx");
          assert.equal(identifyKeys(bytes).length, keys.length);
        },
      ),
      { numRuns: 300 },
    );
  });
});

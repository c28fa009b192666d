import assert from "node:assert/strict";
import { generateKeyPairSync, hash, type KeyObject } from "node:crypto";
import { createSecureContext } from "node:tls";
import { decodeCertificate } from "../../../../src/certificates/x509/certificate";
import type { ChainMember } from "../../../../src/certificates/x509/issuing";
import { readContainers } from "../../../../src/certificates/containers/read";
import {
  LEGACY_ITERATIONS,
  MODERN_ITERATIONS,
  writePkcs12,
  type Pkcs12Options,
} from "../../../../src/certificates/pkcs12/write";
import { untranslated } from "../../words/pseudo";
import type { ExportError } from "../../../../src/certificates/exports/error";
import {
  writeAlgorithm,
  writeBitString,
  writeContext,
  writeElement,
  writeInteger,
  writeNull,
  writeSequence,
} from "../../../../src/certificates/asn1/der-writer";
import { openPkcs12 } from "../../../../src/certificates/pkcs12/open";
import { threeLevels } from "../checks/hierarchy";
import { hasOpenssl, openssl } from "./openssl";

const PASSWORD = "toy pässword €";

/** A certificate for any key, which nobody signed: a PKCS #12 file only carries it. */
function certificateFor(publicKey: KeyObject): ChainMember {
  const info = publicKey.export({ format: "der", type: "spki" });
  const time = (year: number) => writeElement(0x17, Buffer.from(`${year}0101000000Z`));
  const name = writeSequence(
    writeElement(0x31, writeSequence(Buffer.from("0603550403", "hex"), writeElement(0x0c, Buffer.from("key")))),
  );
  const signature = writeAlgorithm("1.2.840.113549.1.1.11", writeNull());
  const tbs = writeSequence(
    writeContext(0, writeInteger(2)),
    writeInteger(1),
    signature,
    name,
    writeSequence(time(26), time(27)),
    name,
    info,
  );
  const der = writeSequence(tbs, signature, writeBitString(Buffer.alloc(32)));
  return { der, certificate: decodeCertificate(der) };
}

/** Opened by our reader. */
const open = (bytes: Uint8Array, password: string) => {
  const [object] = readContainers(bytes).objects;
  assert.ok(object?.kind === "pfx");
  return openPkcs12(object.der, password, object);
};

describe("PKCS #12 files", () => {
  let leaf: ChainMember, ca: ChainMember, root: ChainMember, key: KeyObject;
  before(async () => {
    const made = await threeLevels();
    ({ root, ca, leaf } = made);
    key = made.holders.leaf.keys.privateKey;
  });

  const write = (options: Partial<Pkcs12Options> = {}) =>
    writePkcs12([leaf, ca, root], { key, password: PASSWORD, friendlyName: "www.example.test", ...options });

  for (const protection of ["modern", "legacy"] as const) {
    describe(protection, () => {
      it("are opened by our reader, with all that was put in", async () => {
        const bytes = await write({ protection });
        const { objects, damage } = await open(bytes, PASSWORD);
        assert.deepEqual(damage, []);
        const certificates = objects.flatMap((object) => (object.kind === "certificate" ? [object] : []));
        assert.deepEqual(
          certificates.map(({ der }) => hash("sha256", der)),
          [leaf, ca, root].map(({ der }) => hash("sha256", der)),
        );
        assert.equal(certificates[0]?.note, "www.example.test");
        const keys = objects.flatMap((object) => (object.kind === "privateKey" ? [object] : []));
        assert.deepEqual(
          keys.map(({ keyIdentity, encrypted }) => [keyIdentity, encrypted]),
          [[leaf.certificate.publicKey.sha256, true]],
        );
        await assert.rejects(open(bytes, "wrong"), { code: "wrong-password" });
      });

      it("are opened by OpenSSL's program, and protected as they say", async function () {
        if (!hasOpenssl) this.skip();
        const bytes = await write({ protection });
        const legacy = protection === "legacy" ? ["-legacy"] : [];
        const info = openssl(
          bytes,
          "pkcs12",
          "-in",
          "FILE",
          "-info",
          "-nodes",
          ...legacy,
          "-passin",
          `pass:${PASSWORD}`,
        );
        assert.ok(info.ok, info.output);
        const count = protection === "modern" ? MODERN_ITERATIONS : LEGACY_ITERATIONS;
        assert.match(info.output, new RegExp(`MAC: sha${protection === "modern" ? "256" : "1"}, Iteration ${count}`));
        assert.match(
          info.output,
          protection === "modern"
            ? new RegExp(`Shrouded Keybag: PBES2, PBKDF2, AES-256-CBC, Iteration ${count}, PRF hmacWithSHA256`)
            : new RegExp(`Shrouded Keybag: pbeWithSHA1And3-KeyTripleDES-CBC, Iteration ${count}`),
        );
        assert.equal(info.output.match(/BEGIN CERTIFICATE/g)?.length, 3);
        assert.equal(info.output.match(/BEGIN PRIVATE KEY/g)?.length, 1);
        assert.equal(info.output.match(/friendlyName: www\.example\.test/g)?.length, 2);
        assert.equal(info.output.match(/localKeyID/g)?.length, 2);
        assert.equal(openssl(bytes, "pkcs12", "-in", "FILE", "-nodes", "-passin", "pass:wrong").ok, false);
      });
    });
  }

  it("are loaded by TLS", async () => {
    for (const protection of ["modern", "legacy"] as const) {
      const pfx = await write({ protection });
      createSecureContext({ pfx, passphrase: PASSWORD });
      assert.throws(() => createSecureContext({ pfx, passphrase: "wrong" }));
    }
  });

  it("hold keys of any kind", async () => {
    const pairs = [generateKeyPairSync("rsa", { modulusLength: 1024 }), generateKeyPairSync("ed25519")];
    for (const { publicKey, privateKey } of pairs) {
      const member = certificateFor(publicKey);
      const bytes = await writePkcs12([member], { key: privateKey, password: PASSWORD, protection: "legacy" });
      const { objects } = await open(bytes, PASSWORD);
      const [stored] = objects.flatMap((object) => (object.kind === "privateKey" ? [object.keyIdentity] : []));
      assert.equal(stored, member.certificate.publicKey.sha256);
    }
  });

  it("are made without a key as stores of certificates", async () => {
    const bytes = await writePkcs12([ca, root], { password: PASSWORD, protection: "legacy" });
    const { objects } = await open(bytes, PASSWORD);
    assert.deepEqual(
      objects.map(({ kind }) => kind),
      ["certificate", "certificate"],
    );
  });

  it("are never the same twice, and nothing of the key stands in them", async () => {
    const [one, other] = [await write({ protection: "legacy" }), await write({ protection: "legacy" })];
    assert.notDeepEqual(one, other);
    const secret = key.export({ format: "jwk" }).d;
    assert.ok(secret !== undefined && !one.includes(Buffer.from(secret, "base64url")));
  });

  it("are refused for another key, without a password, and for nothing", async () => {
    const other = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
    const code = (expected: ExportError["code"]) => (error: ExportError) =>
      error.code === expected && untranslated(error.said).length === 0;
    await assert.rejects(write({ key: other }), code("wrong-key"));
    await assert.rejects(write({ password: "" }), code("no-password"));
    await assert.rejects(writePkcs12([], { password: PASSWORD }), code("nothing"));
  });
});

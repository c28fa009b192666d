import assert from "node:assert/strict";
import { createHash, createPublicKey } from "node:crypto";
import type { Contents, FoundItem } from "../../../src/certificates/containers/contents";
import { openPkcs12 } from "../../../src/certificates/pkcs12/open";
import { readPem } from "../../../src/certificates/containers/pem";
import { fixture } from "./fixtures";
import { inEnglish } from "../../../src/words/localize";

const found: FoundItem = { path: [{ format: "der" }], offset: 0, length: 1 };
const open = (name: string, password: string) => openPkcs12(fixture(`containers/${name}.p12`), password, found);

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const [root, issuing, leaf] = readPem(fixture("containers/root-first.pem").toString()).blocks.map(({ bytes }) => bytes);

/** Certificates by name, keys by the certificate that they belong to. */
function summary({ objects }: Contents): string[] {
  const names = new Map<string, string>();
  for (const [name, der] of Object.entries({ root, issuing, leaf })) {
    assert.ok(der);
    const key = createPublicKey({
      key: `-----BEGIN CERTIFICATE-----\n${der.toString("base64")}\n-----END CERTIFICATE-----`,
      format: "pem",
    });
    names.set(sha256(der), name).set(sha256(key.export({ format: "der", type: "spki" })), name);
  }
  return objects.map((object) => {
    if (object.kind === "privateKey")
      return `key of ${names.get(object.keyIdentity ?? "")}${object.encrypted ? "" : ", plain"}`;
    return `${object.kind} ${"der" in object ? names.get(sha256(object.der)) : ""}`;
  });
}

describe("PKCS #12", () => {
  const table: [string, string, string[]][] = [
    ["aes-rsa", "pässword", ["certificate root", "key of root"]],
    ["aes-ed25519-chain", "secret", ["certificate leaf", "certificate issuing", "key of leaf"]],
    ["legacy-rc2-40", "secret", ["certificate root", "key of root"]],
    ["legacy-rc2-128", "secret", ["certificate issuing", "key of issuing"]],
    ["triple-des", "secret", ["certificate issuing", "key of issuing"]],
    ["aes-128-sha512-mac", "secret", ["certificate issuing", "key of issuing"]],
    ["plain", "secret", ["certificate issuing", "key of issuing, plain"]],
    ["no-mac", "secret", ["certificate issuing", "key of issuing"]],
    ["no-password", "", ["certificate issuing", "key of issuing"]],
    ["keytool", "secret12", ["key of issuing", "certificate issuing"]],
  ];
  for (const [name, password, expected] of table) {
    it(`opens ${name}`, async () => assert.deepEqual(summary(await open(name, password)), expected));
  }

  for (const [name] of table.filter(([name]) => name !== "no-mac")) {
    it(`refuses a wrong password of ${name}`, () => assert.rejects(open(name, "wrong"), { code: "wrong-password" }));
  }

  it("tells the name that an object has in the file, and where the file stands", async () => {
    const { objects } = await open("aes-rsa", "pässword");
    assert.deepEqual(
      objects.map(({ note, path }) => [note, path.map(({ format }) => format)]),
      objects.map(() => ["Wurzel ä", ["der", "pkcs12"]]),
    );
  });

  it("says nothing of the password, nor of a key", async () => {
    const text = JSON.stringify(await open("aes-rsa", "pässword"));
    assert.ok(!text.includes("pässword"));
    const keys = (await open("plain", "secret")).objects.filter(({ kind }) => kind === "privateKey");
    assert.deepEqual(
      keys.map((key) => Object.keys(key).sort()),
      [["encrypted", "keyIdentity", "kind", "length", "offset", "path"]],
    );
    await assert.rejects(
      open("aes-rsa", "Wrong-pass"),
      (error: Error) => !`${error.message}${error.stack}`.includes("Wrong-pass"),
    );
  });

  /** The file with one run of bytes replaced. */
  const changed = (name: string, from: string, to: string) => {
    const hex = fixture(`containers/${name}.p12`).toString("hex");
    assert.ok(hex.includes(from));
    return Buffer.from(hex.replaceAll(from, to), "hex");
  };
  const tryOpen = (bytes: Buffer) => openPkcs12(bytes, "secret", found);

  it("refuses what it does not know, with the name of it", async () => {
    // aes256-CBC to a neighbour, of the key alone: what else is in the file opens.
    const { objects, damage } = await tryOpen(changed("no-mac", "060960864801650304012a", "060960864801650304012f"));
    assert.deepEqual(
      objects.map(({ kind }) => kind),
      ["certificate", "privateKey"],
    );
    assert.deepEqual(
      damage.map(({ code, message }) => [code, inEnglish(message).includes("(2.16.840.1.101.3.4.1.47)")]),
      [["encrypted", true]],
    );
    // The SHA-256 of the code to SHAKE128; PKCS #7 data to signedData.
    await assert.rejects(tryOpen(changed("aes-ed25519-chain", "0609608648016503040201", "060960864801650304020b")), {
      code: "unsupported",
    });
    await assert.rejects(tryOpen(changed("plain", "06092a864886f70d010701", "06092a864886f70d010702")), {
      code: "unsupported",
    });
  });

  it("does not work without end", async () => {
    const part = (tag: number, ...parts: Buffer[]) => {
      const content = Buffer.concat(parts);
      return Buffer.concat([Buffer.of(tag, 0x81, content.length), content]);
    };
    const hex = (text: string) => Buffer.from(text.replaceAll(" ", ""), "hex");
    const data = part(0x30, hex("06092a864886f70d010701"), part(0xa0, part(0x04, hex("3000"))));
    const digest = part(0x30, part(0x30, hex("0609608648016503040201")), part(0x04, Buffer.alloc(32)));
    const pfx = (iterations: string) =>
      part(0x30, hex("020103"), data, part(0x30, digest, hex("040101"), hex(iterations)));
    await assert.rejects(tryOpen(pfx("02020800")), { code: "wrong-password" });
    await assert.rejects(tryOpen(pfx("02047fffffff")), { code: "limit" });
    await assert.rejects(tryOpen(pfx("020100")), { code: "damaged" });
    await assert.rejects(openPkcs12(Buffer.alloc(9 * 1024 * 1024), "", found), { code: "limit" });
  });

  it("says that damage is damage", async () => {
    const whole = fixture("containers/aes-rsa.p12");
    for (let length = 0; length < whole.length; length += 97) {
      await assert.rejects(openPkcs12(whole.subarray(0, length), "pässword", found), {
        name: "Pkcs12Error",
        code: "damaged",
      });
    }
  });
});

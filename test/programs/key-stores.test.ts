import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { TemporaryFolder } from "../workbench/temporary-folder";
import { describeWith, run } from "./program";
import { collected, KEY_KINDS, PASSWORD, save, SERVER_NAME, type Collected, type KindOfKey } from "./saved";

const KINDS = Object.keys(KEY_KINDS) as KindOfKey[];

describe("What is saved as a file is read by", () => {
  let folder: TemporaryFolder;
  const certificates = new Map<KindOfKey, Collected>();
  const of = (kind: KindOfKey): Collected => {
    const found = certificates.get(kind);
    if (found === undefined) throw new Error(`no certificate for ${kind}`);
    return found;
  };
  before(async function () {
    this.timeout(30_000);
    for (const kind of KINDS) certificates.set(kind, await collected(kind));
  });
  beforeEach(async () => {
    folder = await TemporaryFolder.make("read");
  });
  afterEach(() => folder.remove());

  const protections = ["modern", "legacy"] as const;
  type Protection = (typeof protections)[number];
  const pkcs12 = async (kind: KindOfKey, protection: Protection, password = PASSWORD): Promise<string> => {
    const format = { kind: "single", form: "pkcs12", part: "fullchain-root", protection } as const;
    return (await save(format, of(kind), folder.path, password))(".p12");
  };
  const single = async (kind: KindOfKey, form: "pem" | "pkcs7" | "pkcs7-pem"): Promise<string> =>
    (await save({ kind: "single", form, part: "fullchain-root" }, of(kind), folder.path))(
      form === "pem" ? ".pem" : ".p7b",
    );

  /** Runs it and gives what it printed. A failure names the program alone: the output may hold the key. */
  const mustRun = (program: string, ...args: readonly string[]): string => {
    const { ok, output } = run(program, ...args);
    assert.ok(ok, `${path.basename(program)} ${args[0]} failed`);
    return output;
  };

  const count = (text: string, part: string): number => text.split(part).length - 1;

  describeWith("openssl", (openssl) => {
    for (const kind of KINDS)
      for (const protection of protections)
        it(`PKCS #12, ${protection}, with a key of ${kind}`, async () => {
          const file = await pkcs12(kind, protection);
          const old = protection === "legacy" ? ["-legacy"] : [];
          const output = mustRun(openssl, "pkcs12", "-in", file, "-passin", `pass:${PASSWORD}`, "-noenc", ...old);
          assert.equal(count(output, "BEGIN CERTIFICATE"), 3);
          assert.equal(count(output, "BEGIN PRIVATE KEY"), 1);
        });
  });

  describeWith("keytool", (keytool) => {
    for (const protection of protections)
      it(`but not PKCS #12, ${protection}, with a password beyond ASCII, as is said before it is written`, async () => {
        const password = "Grüße";
        const file = await pkcs12("P-256", protection, password);
        const { ok, output } = run(keytool, "-list", "-keystore", file, "-storepass", password);
        assert.ok(!ok);
        assert.match(output, /password was incorrect|Password is not ASCII/);
      });

    for (const kind of KINDS) {
      for (const protection of protections)
        it(`PKCS #12, ${protection}, with a key of ${kind}`, async () => {
          const file = await pkcs12(kind, protection);
          const listed = mustRun(keytool, "-list", "-v", "-keystore", file, "-storepass", PASSWORD);
          assert.match(listed, /Entry type: PrivateKeyEntry/);
          assert.match(listed, /Certificate chain length: 3/);
          // The key itself is read only when the entry is copied.
          const copy = path.join(folder.path, "copy.p12");
          const into = ["-destkeystore", copy, "-deststoretype", "PKCS12", "-deststorepass", PASSWORD];
          mustRun(keytool, "-importkeystore", "-srckeystore", file, "-srcstorepass", PASSWORD, ...into);
        });

      for (const form of ["pem", "pkcs7", "pkcs7-pem"] as const)
        it(`${form} for ${kind}`, async () => {
          const printed = mustRun(keytool, "-printcert", "-file", await single(kind, form));
          assert.equal(count(printed, "Owner: CN="), 3);
          assert.equal(count(printed, `Owner: CN=${SERVER_NAME}`), 1);
        });
    }
  });

  describeWith("certtool", (certtool) => {
    for (const kind of KINDS)
      for (const protection of protections)
        it(`PKCS #12, ${protection}, with a key of ${kind}`, async () => {
          const file = await pkcs12(kind, protection);
          const output = mustRun(certtool, "--p12-info", "--inder", "--infile", file, `--password=${PASSWORD}`);
          assert.equal(count(output, "BEGIN CERTIFICATE"), 3);
          // It prints the key as it lies in the file, encrypted.
          const [block] = /-----BEGIN ENCRYPTED[^]+END [A-Z ]+-----/.exec(output) ?? [];
          const key = path.join(folder.path, "encrypted.key");
          await writeFile(key, block ?? "", { mode: 0o600 });
          mustRun(certtool, "--key-info", "--pkcs8", "--infile", key, `--password=${PASSWORD}`);
        });
  });

  // NSS: Firefox, Thunderbird and others.
  describeWith("pk12util", (pk12util) => {
    const importing = (file: string) => {
      mustRun("certutil", "-N", "-d", folder.path, "--empty-password");
      return run(pk12util, "-i", file, "-d", folder.path, "-W", PASSWORD, "-K", "");
    };
    for (const protection of protections) {
      for (const kind of KINDS.filter((each) => each !== "Ed25519"))
        it(`PKCS #12, ${protection}, with a key of ${kind}`, async () => {
          const { ok, output } = importing(await pkcs12(kind, protection));
          assert.ok(ok, output);
          assert.match(mustRun("certutil", "-K", "-d", folder.path), kind === "RSA" ? /< 0> rsa/ : /< 0> ec/);
        });

      it(`but not PKCS #12, ${protection}, with a key of Ed25519, as is said when it is chosen`, async () => {
        assert.match(importing(await pkcs12("Ed25519", protection)).output, /UNABLE_TO_IMPORT_KEY/);
      });
    }
  });
});

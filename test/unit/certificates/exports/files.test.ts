import assert from "node:assert/strict";
import { generateKeyPairSync, X509Certificate, type KeyObject } from "node:crypto";
import fc from "fast-check";
import { orderChain } from "../../../../src/certificates/x509/chain";
import type { ChainMember } from "../../../../src/certificates/x509/issuing";
import { readContainers } from "../../../../src/certificates/containers/read";
import { baseNameOf, safeBaseName } from "../../../../src/certificates/exports/file-name";
import type { ExportCode, ExportError } from "../../../../src/certificates/exports/error";
import { PART_WORDS, type ExportInput, type ExportedFile } from "../../../../src/certificates/exports/file";
import { membersOf, type ExportPart } from "../../../../src/certificates/exports/parts";
import { profileFiles } from "../../../../src/certificates/exports/profile-files";
import { PROFILES, type ProfileId } from "../../../../src/certificates/exports/profiles";
import { exportPublic } from "../../../../src/certificates/exports/public-export";
import { singleFile, type Form } from "../../../../src/certificates/exports/single-file";
import { openPkcs12 } from "../../../../src/certificates/pkcs12/open";
import { threeLevels } from "../checks/hierarchy";
import { commonName, mail, named, tls } from "../checks/variations";
import { untranslated } from "../../words/pseudo";
import { hasOpenssl, openssl } from "./openssl";

const PASSWORD = "toy password";

/** An error with a code, whose words any language can say. */
const refusedAs = (code: ExportCode) => (error: ExportError) =>
  error.code === code && untranslated(error.said).length === 0;

describe("the parts of files", () => {
  it("are kept by the words that they have in English, which are their keys in other languages", () => {
    for (const [name, { text }] of Object.entries(PART_WORDS)) assert.equal(text, name);
  });
});

describe("exports", () => {
  let leaf: ChainMember, ca: ChainMember, root: ChainMember, key: KeyObject;
  let input: ExportInput;
  before(async () => {
    const made = await threeLevels();
    ({ root, ca, leaf } = made);
    key = made.holders.leaf.keys.privateKey;
    // As the CA sends it: the root first.
    input = { path: orderChain([root.der, ca.der, leaf.der]).path };
  });

  /** The certificates in a file, by their common names. */
  const namesIn = (bytes: Uint8Array): string =>
    readContainers(bytes)
      .objects.map((object) =>
        object.kind === "certificate" ? new X509Certificate(object.der).subject.slice(3) : object.kind,
      )
      .join(" ");

  describe("of parts", () => {
    const parts: readonly (readonly [ExportPart, certificates: string, name: string])[] = [
      ["leaf", "www.example.test", "certificate"],
      ["chain", "CA", "chain"],
      ["chain-root", "CA Root", "chain with the root"],
      ["fullchain", "www.example.test CA", "full chain"],
      ["fullchain-root", "www.example.test CA Root", "full chain with the root"],
      ["root-first", "Root CA www.example.test", "full chain, the root first"],
    ];
    const forms: readonly Form[] = ["pem", "pkcs7", "pkcs7-pem"];
    for (const [part, expected, name] of parts)
      it(`have their certificates in order, and their names: ${part}`, async () => {
        for (const form of forms) {
          const file = await singleFile(form, part, input);
          assert.deepEqual([namesIn(file.bytes), file.part], [expected, name], form);
        }
        assert.equal((await singleFile("der", part, input)).part, "certificate");
      });

    it("are the bytes that were collected", async () => {
      assert.deepEqual(Buffer.from((await singleFile("der", "fullchain", input)).bytes), Buffer.from(leaf.der));
      const [object] = readContainers((await singleFile("pkcs7", "leaf", input)).bytes).objects;
      assert.ok(object?.kind === "certificate");
      assert.deepEqual(Buffer.from(object.der), Buffer.from(leaf.der));
    });

    it("are read by OpenSSL's program", async function () {
      if (!hasOpenssl) this.skip();
      const commands: readonly (readonly [Form, readonly string[]])[] = [
        ["pem", ["x509", "-in", "FILE", "-noout", "-subject"]],
        ["der", ["x509", "-inform", "der", "-in", "FILE", "-noout", "-subject"]],
        ["pkcs7", ["pkcs7", "-inform", "der", "-in", "FILE", "-print_certs", "-noout"]],
        ["pkcs7-pem", ["pkcs7", "-in", "FILE", "-print_certs", "-noout"]],
      ];
      for (const [form, args] of commands) {
        const { ok, output } = openssl((await singleFile(form, "fullchain-root", input)).bytes, ...args);
        assert.ok(ok, output);
        assert.equal(output.match(/subject/g)?.length, form.startsWith("pkcs7") ? 3 : 1);
        assert.match(output, /CN ?= ?www\.example\.test/);
      }
    });

    for (const [form, part] of [
      ["pkcs12", "leaf"],
      ["PEM", "leaf"],
      ["pem", "root"],
    ] as const)
      it(`that nobody knows are told from those that there are: ${form} ${part}`, () =>
        assert.rejects(exportPublic([leaf.der], form, part), {
          code: "unknown-form",
          message:
            "Choose one of the forms pem, der, pkcs7, pkcs7-pem, json or text, and one of the parts leaf, chain, chain-root, fullchain, fullchain-root or root-first.",
        }));

    it("that are empty are no file", async () => {
      const alone = { path: [leaf] };
      await assert.rejects(singleFile("pem", "chain", alone), refusedAs("nothing"));
      await assert.rejects(singleFile("pem", "leaf", { path: [] }), refusedAs("nothing"));
      assert.throws(() => membersOf([], "chain"), refusedAs("nothing"));
    });
  });

  describe("for servers", () => {
    const table: readonly (readonly [
      ProfileId,
      readonly (readonly [name: string, contents: string, secret: boolean])[],
    ])[] = [
      [
        "plain",
        [
          ["certificate.pem", "www.example.test", false],
          ["chain.pem", "CA", false],
          ["fullchain.pem", "www.example.test CA", false],
        ],
      ],
      [
        "nginx",
        [
          ["www.example.test.chained.crt", "www.example.test CA", false],
          ["www.example.test.key", "privateKey", true],
        ],
      ],
      [
        "apache",
        [
          ["www.example.test.cert", "www.example.test CA", false],
          ["www.example.test.key", "privateKey", true],
        ],
      ],
      ["haproxy", [["www.example.test.pem", "www.example.test CA privateKey", true]]],
      ["iis", [["www.example.test.pfx", "pfx", true]]],
      [
        "tomcat",
        [
          ["www.example.test-ec-cert.pem", "www.example.test", false],
          ["www.example.test-ec-chain.pem", "CA", false],
          ["www.example.test-ec-key.pem", "privateKey", true],
        ],
      ],
      ["kubernetes", [["www.example.test-tls.yaml", "www.example.test CA privateKey", true]]],
    ];
    for (const [id, expected] of table)
      it(`are named and filled as ${id}'s manual says`, async () => {
        const files = await profileFiles(id, { ...input, key, password: PASSWORD });
        assert.deepEqual(
          files.map(({ name, bytes, secret }) => [name, namesIn(bytes), secret]),
          expected,
        );
        for (const { part } of files) assert.notEqual(part, "");
      });

    it("cover every profile of the list, each with a note and a manual", () => {
      assert.deepEqual(
        table.map(([id]) => id),
        PROFILES.map(({ id }) => id),
      );
      for (const { note, manual, title } of PROFILES) assert.ok(note.length > 20 && manual.length > 7 && title !== "");
    });

    it("need the key, a password, or neither, as the list says", async () => {
      for (const { id, key: use, password } of PROFILES) {
        const without = profileFiles(id, input);
        if (use === "needed") await assert.rejects(without, refusedAs("no-key"), id);
        else
          assert.ok(
            (await without).every(({ secret }) => !secret),
            id,
          );
        const files = profileFiles(id, { ...input, key });
        if (password) await assert.rejects(files, { code: "no-password" });
        else
          assert.equal(
            (await files).some(({ secret }) => secret),
            use !== "unused",
            id,
          );
      }
    });

    it("hold no key that is not the certificate's", async () => {
      const other = generateKeyPairSync("ed25519").privateKey;
      for (const { id } of PROFILES)
        await assert.rejects(profileFiles(id, { ...input, key: other, password: PASSWORD }), refusedAs("wrong-key"));
    });

    it("mark exactly the files with a private key as secret", async () => {
      const secrets = (files: readonly ExportedFile[]) =>
        files.filter(({ bytes }) => Buffer.from(bytes).includes("PRIVATE KEY"));
      for (const id of ["nginx", "apache", "haproxy", "tomcat", "plain"] as const) {
        const files = await profileFiles(id, { ...input, key });
        assert.deepEqual(
          secrets(files),
          files.filter(({ secret }) => secret),
          id,
        );
      }
    });

    it("end with the root where that is wanted", async () => {
      const [file] = await profileFiles("nginx", { ...input, withRoot: true });
      assert.equal(namesIn(file?.bytes ?? Buffer.alloc(0)), "www.example.test CA Root");
    });

    it("have no chain file where there is no CA certificate", async () => {
      const names = (await profileFiles("plain", { path: [leaf] })).map(({ name }) => name);
      assert.deepEqual(names, ["certificate.pem", "fullchain.pem"]);
    });

    it("of Kubernetes are a manifest of the type that ingresses take", async () => {
      const [file] = await profileFiles("kubernetes", { ...input, key, baseName: "my_app" });
      const lines = Buffer.from(file?.bytes ?? [])
        .toString()
        .split("\n");
      assert.equal(file?.name, "my-app-tls.yaml");
      assert.deepEqual(lines.slice(1, 7), [
        "apiVersion: v1",
        "kind: Secret",
        "metadata:",
        "  name: my-app-tls",
        "type: kubernetes.io/tls",
        "data:",
      ]);
      const value = (name: string) =>
        Buffer.from(lines.find((line) => line.startsWith(`  ${name}: `))?.split(": ")[1] ?? "", "base64");
      assert.equal(namesIn(value("tls.crt")), "www.example.test CA");
      assert.equal(namesIn(value("tls.key")), "privateKey");
    });

    it("of IIS carry the chain up to the root, and the key", async () => {
      const [file] = await profileFiles("iis", { ...input, key, password: PASSWORD, protection: "legacy" });
      const [pfx] = readContainers(file?.bytes ?? Buffer.alloc(0)).objects;
      assert.ok(pfx?.kind === "pfx");
      const { objects } = await openPkcs12(pfx.der, PASSWORD, pfx);
      assert.deepEqual(
        objects.map(({ kind }) => kind),
        ["certificate", "certificate", "certificate", "privateKey"],
      );
    });
  });

  describe("have names", () => {
    const table: readonly (readonly [string, string])[] = [
      ["www.example.test", "www.example.test"],
      ["*.example.test", "wildcard.example.test"],
      ["WWW.Example.Test", "www.example.test"],
      ["ada@example.test", "ada-example.test"],
      ["../../etc/passwd", "etc-passwd"],
      ["..\\..\\windows", "windows"],
      [".hidden", "hidden"],
      ["con", "certificate-con"],
      ["NUL.txt", "certificate-nul.txt"],
      ["con.", "certificate-con"],
      ["lpt9 .example.test", "lpt9-.example.test"],
      ["com¹", "com"],
      ["CONIN$", "conin"],
      ["a:stream", "a-stream"],
      ["a. ", "a"],
      ["bücher", "b-cher"],
      ["\u202etxt.exe", "txt.exe"],
      ["a\0b", "a-b"],
      ["", "certificate"],
      ["***", "certificate"],
      ["a".repeat(300), "a".repeat(80)],
    ];
    for (const [name, expected] of table)
      it(`that every file system takes: ${JSON.stringify(name).slice(0, 40)}`, () =>
        assert.equal(safeBaseName(name), expected));

    it("without separators, whatever the certificate says", () => {
      fc.assert(
        fc.property(fc.uint16Array({ maxLength: 120 }), (units) => {
          assert.match(safeBaseName(String.fromCharCode(...units)), /^[a-z0-9_]([a-z0-9._-]{0,98}[a-z0-9_])?$/);
        }),
      );
    });

    it("of the domain rather than of an organisation", () => {
      assert.equal(baseNameOf(named(tls(), "*.example.test")), "wildcard.example.test");
      assert.equal(baseNameOf({ ...tls(), subject: commonName("Example Harbour GmbH") }), "www.example.test");
      assert.equal(baseNameOf({ ...mail(), subject: commonName("Ada Example") }), "ada-example");
    });
  });
});

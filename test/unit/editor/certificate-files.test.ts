import assert from "node:assert/strict";
import { isBinaryName, isCertificateName, namesBeside } from "../../../src/editor/base/certificate-files";

describe("files of certificates", () => {
  const names: readonly [name: string, isCertificates: boolean, isBinary: boolean][] = [
    ["/a/server.pem", true, false],
    ["/a/SERVER.CRT", true, false],
    ["/a/store.p12", true, true],
    ["/a/store.JKS", true, true],
    ["/a/store.PFX", true, true],
    ["/a/leaf.der", true, true],
    ["/a/bundle.ca-bundle", true, false],
    ["/a/answer.zip", false, false],
    ["/a/notes.txt", false, false],
    ["/a.pem/notes", false, false],
    ["/a/pem", false, false],
    ["/a/.pem", true, false],
    ["/", false, false],
  ];
  for (const [name, isCertificates, isBinary] of names) {
    it(`are known by the name ${name}`, () => {
      assert.deepEqual([isCertificateName(name), isBinaryName(name)], [isCertificates, isBinary]);
    });
  }

  const beside: readonly [name: string, key: string, certificate: string][] = [
    ["server.crt", "server.key", ""],
    ["server.pem", "server.key", ""],
    ["site.chained.crt", "site.key", ""],
    ["site-cert.pem", "site-key.pem", ""],
    ["fullchain.pem", "privkey.pem", ""],
    ["server.csr", "server.key", ""],
    ["server.key", "", "server.crt"],
    ["site.key", "", "site.chained.crt"],
    ["site-key.pem", "", "site-cert.pem"],
    ["privkey.pem", "", "fullchain.pem"],
  ];
  for (const [name, key, certificate] of beside) {
    it(`are looked for beside ${name}`, () => {
      const found = namesBeside(name);
      if (key !== "") assert.ok(found.keys.includes(key), found.keys.join());
      if (certificate !== "") assert.ok(found.certificates.includes(certificate), found.certificates.join());
      assert.ok(![...found.keys, ...found.certificates].includes(name));
      assert.ok(found.keys.length + found.certificates.length <= 12);
    });
  }
});

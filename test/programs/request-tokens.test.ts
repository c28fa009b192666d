import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { requestTokens, type RequestInFile } from "../../src/reading/request-tokens";
import { VECTOR } from "../unit/validation/vectors";
import { TemporaryFolder } from "../workbench/temporary-folder";
import { describeWith, run } from "./program";

/** Arguments of `openssl genpkey`, and whether the same request comes out the same again. */
const KEYS: [kind: string, options: string[], repeats: boolean][] = [
  ["RSA", ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"], true],
  ["P-256", ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"], false],
  ["Ed25519", ["-algorithm", "ED25519"], true],
];

describe("The token of a request is what OpenSSL computes", () => {
  let folder: TemporaryFolder;
  beforeEach(async () => {
    folder = await TemporaryFolder.make("tokens");
  });
  afterEach(() => folder.remove());
  const inFolder = (name: string): string => path.join(folder.path, name);

  describeWith("openssl", (openssl) => {
    const mustRun = (...args: readonly string[]): string => {
      const { ok, output } = run(openssl, ...args);
      assert.ok(ok, `openssl ${args[0]} failed`);
      return output;
    };
    const hashOf = (algorithm: string, file: string): string =>
      mustRun("dgst", `-${algorithm}`, "-r", file).split(" ")[0] ?? "";
    const hashesOf = (file: string) => ({ md5: hashOf("md5", file), sha256: hashOf("sha256", file) });

    /** What is read in a file, after a look at what OpenSSL says of its DER and of its text. */
    async function compared(file: string): Promise<RequestInFile> {
      const [request] = requestTokens(await readFile(file));
      assert.ok(request !== undefined);
      const der = inFolder("request.der");
      mustRun("req", "-in", file, "-outform", "DER", "-out", der);
      assert.deepEqual(request.token, hashesOf(der));
      const text = hashesOf(file);
      assert.ok(request.textHashes.some(({ md5, sha256 }) => md5 === text.md5 && sha256 === text.sha256));
      return request;
    }

    for (const [kind, options, repeats] of KEYS) {
      it(`with a key of ${kind}, which ${repeats ? "gives the same one again" : "gives another one each time"}`, async () => {
        const key = inFolder("key.pem");
        mustRun("genpkey", ...options, "-out", key);
        const tokens: string[] = [];
        for (const header of [[], ["-newhdr"]]) {
          const file = inFolder("request.pem");
          const names = ["-subj", "/CN=a.example", "-addext", "subjectAltName=DNS:a.example,DNS:*.a.example"];
          mustRun("req", "-new", "-key", key, ...names, ...header, "-out", file);
          const request = await compared(file);
          assert.deepEqual([request.names, request.repeats], [["a.example", "*.a.example"], repeats]);
          tokens.push(request.token.sha256);
        }
        assert.equal(new Set(tokens).size, repeats ? 1 : 2);
      });
    }

    for (const [ends, text] of [
      ["LF", VECTOR.pem],
      ["CRLF", VECTOR.pemWithCrlf],
      ["LF and without the last one", VECTOR.pem.trimEnd()],
    ] as const) {
      it(`of the vector, with lines that end in ${ends}`, async () => {
        const file = inFolder("vector.pem");
        await writeFile(file, text);
        assert.deepEqual((await compared(file)).token, VECTOR.token);
      });
    }
  });
});

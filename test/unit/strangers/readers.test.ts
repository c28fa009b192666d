import assert from "node:assert/strict";
import { isRefusedByJava, readerConcern } from "../../../src/certificates/exports/readers";
import { parseSaveFormat } from "../../../src/certificates/exports/save-format";

describe("what does not read what is saved is said when it is chosen", () => {
  const concerns: readonly [format: string, kind: string, said: RegExp | undefined][] = [
    ["tomcat", "Ed25519", /Tomcat’s PEM reader does not read .*save it as PKCS #12/],
    ["tomcat+root", "Ed448", /Tomcat’s PEM reader/],
    ["pkcs12:fullchain-root", "Ed25519", /NSS .*Java before version 15/],
    ["pkcs12:fullchain-root+legacy", "Ed25519", /NSS .*Java before version 15/],
    ["iis", "Ed25519", /Windows does not verify/],
    ...["nginx", "apache", "haproxy", "kubernetes", "plain", "pem:fullchain", "der:leaf"].map(
      (format) => [format, "Ed25519", undefined] as const,
    ),
    ...["RSA 2048", "EC P-256", "EC P-384", ""].flatMap((kind) =>
      ["tomcat", "iis", "pkcs12:fullchain-root"].map((format) => [format, kind, undefined] as const),
    ),
  ].map(([format, kind, said]) => [format, kind, said] as [string, string, RegExp | undefined]);
  for (const [text, kind, said] of concerns)
    it(`${text} with a key of ${kind === "" ? "an unknown kind" : kind}`, () => {
      const format = parseSaveFormat(text) ?? assert.fail(text);
      const concern = readerConcern(format, kind);
      if (said === undefined) assert.equal(concern, undefined);
      else assert.match(concern ?? "", said);
    });

  const passwords: readonly [string, boolean][] = [
    ["secret12", false],
    [" !~", false],
    ["pässword", true],
    ["пароль12", true],
    ["tab\there", true],
    ["", false],
  ];
  for (const [password, refused] of passwords)
    it(`Java ${refused ? "refuses" : "takes"} the password “${password}”`, () => {
      assert.equal(isRefusedByJava(password), refused);
    });
});

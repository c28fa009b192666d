import { inEnglish } from "../../../src/words/localize";
import assert from "node:assert/strict";
import { readAnswer } from "../../../src/api/response";
import type { CollectResult } from "../../../src/api/result";
import { readSaved } from "../../../src/api/saved";
import { CHAIN_BASE64, CHAIN_DER, CHAIN_PEM, fixture, hexOf, reply, wrap } from "./answers";

const read = (body: string | Uint8Array): CollectResult =>
  readAnswer(reply(body), {
    product: "ccc",
    values: { collectionCode: "CoLLecT-c0de", queryType: "1", responseEncoding: "2" },
  });

const certs = fixture("pkcs7-certs-only.der").toString("base64");

/** What came of it, short enough for a table. */
function brief(result: CollectResult): string {
  switch (result.kind) {
    case "issued":
      return `issued ${result.certificates.length} ${result.container}`;
    case "refused":
      return `refused ${result.code} ${result.message}`;
    case "not-understood":
      return `not-understood ${result.reason}`;
    default:
      return result.kind;
  }
}

describe("forms", () => {
  describe("script", () => {
    const table: readonly [string, string, string][] = [
      [
        "as the pages tell it",
        `var g_ccc = "${certs}";\nvar g_errorCode = 2;\nvar g_errorMessage = "";`,
        "issued 3 pkcs7",
      ],
      [
        "with a callback",
        `var g_ccc="${certs}";var g_errorCode="2";var g_errorMessage=null;ns.done();`,
        "issued 3 pkcs7",
      ],
      [
        "with a callback and arguments",
        `var g_errorCode=2, g_ccc='${certs}'; done(g_ccc, g_errorCode, "x");`,
        "issued 3 pkcs7",
      ],
      [
        "escaped line ends",
        `var g_errorCode = 2; var g_ccc = "${wrap(certs).replaceAll("\n", "\\n")}";`,
        "issued 3 pkcs7",
      ],
      [
        "line continuations",
        `var g_errorCode = 2; var g_ccc = "${wrap(certs).replaceAll("\n", "\\\n")}";`,
        "issued 3 pkcs7",
      ],
      [
        "sums of strings",
        `var g_errorCode = 2; var g_ccc = "${certs.slice(0, 100)}" +\n "${certs.slice(100)}";`,
        "issued 3 pkcs7",
      ],
      ["escaped slashes", `var g_errorCode = 2; var g_ccc = "${certs.replaceAll("/", "\\/")}";`, "issued 3 pkcs7"],
      [
        "hexadecimal escapes",
        `var g_errorCode = 2; var g_ccc = "${certs.replaceAll("+", "\\x2b").replaceAll("/", "\\u002F")}";`,
        "issued 3 pkcs7",
      ],
      ["PEM", `var g_errorCode = 2; var g_ccc = "${CHAIN_PEM.replaceAll("\n", "\\n")}";`, "issued 3 pem"],
      ["an array", `var g_errorCode = 2; var g_ccc = ["${CHAIN_BASE64.join('", "')}"];`, "issued 3 der"],
      ["one base64 behind the other", `var g_errorCode = 2; var g_ccc = "${CHAIN_BASE64.join("")}";`, "issued 3 der"],
      ["comments", `/* by */ var g_errorCode /* the */ = 0; // CA`, "pending"],
      ["as members of window", `window.g_errorCode = 1; window.g_ccc = null;`, "available"],
      [
        "a refusal",
        `var g_ccc = ""; var g_errorCode = -20; var g_errorMessage = "The certificate request has been rejected!";`,
        "refused -20 The certificate request has been rejected!",
      ],
      [
        "quotes in the message",
        `var g_errorCode=-3;var g_errorMessage="The \\"queryType\\" argument is missing!";`,
        `refused -3 The "queryType" argument is missing!`,
      ],
      ["any other script", "var x = 1; x();", "not-understood text"],
      ["an expression", `var g_errorCode = 1 - 1;`, "not-understood text"],
      ["a function", `var g_errorCode = (function () { return 2; })();`, "not-understood text"],
      ["cut in a string", `var g_errorCode = 2; var g_ccc = "${certs.slice(0, 500)}`, "not-understood text"],
      ["cut base64", `var g_errorCode = 2; var g_ccc = "${certs.slice(0, 500)}";`, "not-understood damaged"],
      ["too many statements", `var g_errorCode = 0;${"a();".repeat(2000)}`, "not-understood limit"],
    ];
    for (const [name, body, expected] of table)
      it(name, () => {
        assert.equal(brief(read(body)), expected);
      });

    it("is never evaluated", () => {
      const hook = "certificateCollectorEvaluated";
      read(`var g_errorCode = 2; ${hook}(); globalThis.${hook} = "yes";`);
      read(`var g_errorCode = "\${globalThis.${hook} = 1}"; var g_ccc = \`\${globalThis.${hook} = 1}\`;`);
      assert.equal((globalThis as Record<string, unknown>)[hook], undefined);
    });
  });

  describe("dict and JSON", () => {
    const table: readonly [string, string, string][] = [
      ["Python", `{'errorCode': -16, 'errorMessage': "It's locked."}`, "refused -16 It's locked."],
      [
        "Python, with words",
        `{'ok': False, 'x': None, 'errorCode': -14, 'errorMessage': 'An unknown error occurred!'}`,
        "refused -14 An unknown error occurred!",
      ],
      ["JSON", `{"errorCode":-16,"errorMessage":"locked \\u00e9"}`, "refused -16 locked é"],
      ["JSON with text for a code", `{ "errorCode" : "-20" , "errorMessage" : "no" , }`, "refused -20 no"],
      [
        "JSON as other services of the CA answer",
        `{"code":-16,"description":"Unknown user"}`,
        "refused -16 Unknown user",
      ],
      [
        "nested beside it",
        `{"meta":{"errorCode":-1,"list":[1,[2],{}]},"errorCode":-20,"errorMessage":"no"}`,
        "refused -20 no",
      ],
      ["no code", `{"status":"fine"}`, "not-understood text"],
      ["a positive code", `{"errorCode":2}`, "not-understood text"],
      ["cut", `{"errorCode":-16,"errorMessage":"lo`, "not-understood text"],
      ["too deep", `{"a":${"[".repeat(10_000)}`, "not-understood limit"],
      ["too many", `{${'"a":1,'.repeat(5000)}"errorCode":-1}`, "not-understood limit"],
    ];
    for (const [name, body, expected] of table)
      it(name, () => {
        assert.equal(brief(read(body)), expected);
      });
  });

  describe("newline", () => {
    const table: readonly [string, string, string][] = [
      [
        "prose above a negative code",
        "Request is rejected.\n-4\nThe value is invalid!",
        "refused -4 The value is invalid!",
      ],
      ["prose above, nothing below", "Request is rejected.\n-20\n", "refused -20 Request is rejected."],
      ["several lines of message", "-14\nOne.\n\nTwo.", "refused -14 One. Two."],
      ["prose above a positive code", "Welcome\n2\nhello", "not-understood text"],
      ["prose above 0", "Welcome\n0\nwww.example.test", "not-understood text"],
      [
        "prose above 0 with what stands below it",
        "Dear customer,\n\n0\nwww.example.test\ndcvStatus=2",
        "not-understood text",
      ],
      ["a number that is no status", "12345\n", "not-understood text"],
      ["much prose above", `${"line\n".repeat(10)}-4\nx`, "not-understood text"],
      ["control characters in the message", "-4\nThe\u202evalue\u0007 is\tbad", "refused -4 Thevalue is bad"],
      ["a long message", `-4\n${"x".repeat(5000)}`, `refused -4 ${"x".repeat(499)}…`],
      ["blanks that lead to nothing", `0\n${`a${" ".repeat(4095)}\n`.repeat(200)}`, "pending"],
    ];
    for (const [name, body, expected] of table)
      it(name, () => {
        assert.equal(brief(read(body)), expected);
      });
  });

  describe("names with what they are, on lines", () => {
    const table: [string, string | undefined][] = [
      ["caaStatus=ok", "ok"],
      ["caaStatus: ok now", "ok now"],
      ["caaStatus ok", "ok"],
      ["CAASTATUS \t : \t ok", "ok"],
      ["caaStatus := ok", "= ok"],
      ["caaStatus\tok", undefined],
      ["caaStatus", undefined],
      ["caaStatus = ", undefined],
      ["caaStatus2 = ok", undefined],
      [`caaStatus${" ".repeat(4000)}ok`, "ok"],
    ];
    for (const [line, caa] of table)
      it(JSON.stringify(line.slice(0, 30)), () => {
        const result = read(`0\n${line}\n`);
        assert.ok(result.kind === "pending");
        assert.equal(result.detail.caa, caa);
      });
  });

  describe("URL-encoded", () => {
    const table: readonly [string, string, string][] = [
      ["no status", "a=b&c=d", "not-understood text"],
      ["a code that is none", "errorCode=two&x=1", "not-understood text"],
      ["stray percent signs", "errorCode=-14&errorMessage=100%+wrong%zz+%C3%A9", "refused -14 100% wrong%zz é"],
      ["bytes that are no UTF-8", "errorCode=-14&errorMessage=%E9t%E9", "refused -14 \ufffdt\ufffd"],
      ["too many fields", `errorCode=0&${"a=b&".repeat(5000)}`, "not-understood limit"],
      ["fields without a value", "errorCode=0&fqdn&&=&x=", "pending"],
    ];
    for (const [name, body, expected] of table)
      it(name, () => {
        assert.equal(brief(read(body)), expected);
      });
  });

  describe("nothing of the CA's", () => {
    const table: readonly [string, string | Uint8Array, string][] = [
      ["nothing", "", "not-understood empty"],
      ["white space", " \r\n\t", "not-understood empty"],
      ["a byte order mark", "\ufeff", "not-understood empty"],
      ["a page", "<!DOCTYPE html><html></html>", "not-understood html"],
      ["a page after empty lines", "\n\n  <html></html>", "not-understood html"],
      ["XML", '<?xml version="1.0"?><error/>', "not-understood html"],
      ["a sentence", "Service temporarily unavailable", "not-understood text"],
      ["a picture", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), "not-understood binary"],
      [
        "DER that is no certificate",
        Buffer.from(`308200ff${"02015a".repeat(85)}`, "hex"),
        "not-understood no-certificates",
      ],
      ["DER that is cut", Buffer.from(`308201ff${"02015a".repeat(85)}`, "hex"), "not-understood damaged"],
    ];
    for (const [name, body, expected] of table) {
      it(name, () => {
        assert.equal(brief(read(body)), expected);
      });
    }

    it("says that XML is no page", () => {
      const seen = (body: string) => {
        const result = read(body);
        return result.kind === "not-understood" ? inEnglish(result.seen) : "";
      };
      assert.match(seen("<?xml version='1.0'?>"), /XML/);
      assert.match(seen("<html>"), /HTML/);
    });
  });

  describe("a saved answer", () => {
    const table: readonly [string, string | Uint8Array, string][] = [
      ["with its HTTP head", `HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n2\n${CHAIN_PEM}`, "issued 3 pem"],
      [
        "with a proxy's head too",
        `HTTP/1.0 200 Connection established\r\n\r\nHTTP/2 200 \r\nserver: x\r\n\r\n-20\nrejected`,
        "refused -20 rejected",
      ],
      [
        "binary with its head",
        Buffer.concat([Buffer.from("HTTP/1.1 200 OK\r\n\r\n"), fixture("pkcs7-signed.der")]),
        "issued 3 pkcs7",
      ],
      [
        "as Windows saves it",
        Buffer.from(`\ufeff2\r\n${CHAIN_PEM.replaceAll("\n", "\r\n")}`, "utf16le"),
        "issued 3 pem",
      ],
      [
        "as somebody else's computer saves it",
        Buffer.from(`\ufeff2\n${CHAIN_PEM}`, "utf16le").swap16(),
        "issued 3 pem",
      ],
      ["one certificate", CHAIN_DER[2] ?? "", "issued 1 der"],
      ["a status alone", "2", "available"],
      ["too large", new Uint8Array(5 * 1024 * 1024), "not-understood limit"],
    ];
    for (const [name, body, expected] of table) {
      it(name, () => {
        assert.equal(brief(readSaved(Buffer.from(body))), expected);
      });
    }

    it("has the certificates in the answer's order", () => {
      const result = readSaved(Buffer.from(CHAIN_PEM));
      assert(result.kind === "issued");
      assert.deepEqual(hexOf(result.certificates), hexOf(CHAIN_DER));
    });
  });
});

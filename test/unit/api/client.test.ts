import { PSEUDO, untranslated } from "../words/pseudo";
import { inEnglish, inWords } from "../../../src/words/localize";
import assert from "node:assert/strict";
import { callEndpoint, type CollectCall } from "../../../src/api/client";
import { WITHHELD } from "../../../src/api/masking";
import type { HttpReply, HttpRequest, TransportError } from "../../../src/api/transport";
import { CHAIN_PEM, PASSWORD, reply } from "./answers";

const CODE = "CoLLecT-c0de";
const CREDENTIALS = { loginName: "someone", loginPassword: PASSWORD };
const ORDER = { kind: "orderNumber", value: "123" } as const;
const SSL: CollectCall = { host: "ca.example.test", product: "ssl", reference: ORDER, credentials: CREDENTIALS };

/** A CA that gives one answer and keeps what it was asked. */
function ca(answer: HttpReply) {
  const asked: HttpRequest[] = [];
  return {
    asked,
    transport: (request: HttpRequest) => {
      asked.push(request);
      return Promise.resolve(answer);
    },
  };
}

const ask = (answer: HttpReply, call: CollectCall = SSL) =>
  callEndpoint(ca(answer).transport, call, new AbortController().signal);

async function parameters(call: CollectCall): Promise<Record<string, string>> {
  const { asked, transport } = ca(reply("0"));
  await callEndpoint(transport, call, new AbortController().signal);
  assert.equal(asked.length, 1);
  return Object.fromEntries(new URLSearchParams(asked[0]?.body));
}

describe("client", () => {
  describe("identifies the order", () => {
    const byCode = { host: "ca.example.test", reference: { kind: "collectionCode" }, collectionCode: CODE } as const;
    const table: readonly [string, CollectCall, Record<string, string | undefined>][] = [
      ["by login and order number", SSL, { ...CREDENTIALS, orderNumber: "123", collectionCode: undefined }],
      [
        "CollectCCC by code: without the login",
        { ...byCode, product: "ccc", credentials: CREDENTIALS },
        { collectionCode: CODE, loginName: undefined, loginPassword: undefined, orderNumber: undefined },
      ],
      [
        "CollectPAC by code alone",
        { ...byCode, product: "pac" },
        { collectionCode: CODE, loginName: undefined, orderNumber: undefined },
      ],
      [
        "CollectPAC by code and login",
        { ...byCode, product: "pac", credentials: CREDENTIALS },
        { ...CREDENTIALS, collectionCode: CODE },
      ],
      [
        // Its page: "If this parameter is specified then you must not specify" the login or the number.
        "CollectCCC by the code that the CA wanted for an order number",
        { ...SSL, product: "ccc", collectionCode: CODE },
        { orderNumber: undefined, loginPassword: undefined, collectionCode: CODE },
      ],
      [
        "CollectPAC by number, login and the code that the CA wanted",
        { ...SSL, product: "pac", collectionCode: CODE },
        { orderNumber: "123", ...CREDENTIALS, collectionCode: CODE },
      ],
      [
        "with what a person chose",
        { ...SSL, values: { queryType: "1", responseType: "2" } },
        { orderNumber: "123", queryType: "1", responseType: "2", showFQDN: undefined },
      ],
      [
        "for its status alone",
        { ...SSL, statusOnly: true },
        { queryType: "0", responseType: undefined, showStatusDetails: "Y" },
      ],
    ];
    for (const [name, call, expected] of table) {
      it(name, async () => {
        const sent = await parameters(call);
        assert.deepEqual(Object.fromEntries(Object.keys(expected).map((key) => [key, sent[key]])), expected);
      });
    }
  });

  it("sends nothing when a rule is broken", async () => {
    const { asked, transport } = ca(reply("0"));
    await assert.rejects(callEndpoint(transport, { ...SSL, host: "http://x" }, new AbortController().signal), {
      code: "not-https",
    });
    await assert.rejects(
      callEndpoint(transport, { ...SSL, values: { queryType: "9" } }, new AbortController().signal),
      {
        code: "not-allowed",
        field: "queryType",
      },
    );
    assert.equal(asked.length, 0);
  });

  describe("refusals", () => {
    const table: readonly [string, string, CollectCall["product"], number, string, string | undefined][] = [
      [
        "newline",
        "-16\nIncorrect login details, account is locked, password has expired or your source IP is blocked.",
        "ssl",
        -16,
        "sign-in",
        undefined,
      ],
      [
        "a sample of CollectSMIME: prose above",
        "Request is rejected.\n-4\nThe value of the 'collectionCode' argument is invalid!",
        "pac",
        -4,
        "code",
        "collectionCode",
      ],
      [
        "a sample of CollectCCC: dict",
        `{'errorCode': -16, 'errorMessage': "Incorrect login details, account is locked."}`,
        "ccc",
        -16,
        "sign-in",
        undefined,
      ],
      [
        "JSON",
        `{"errorCode":"-20","errorMessage":"The certificate request has been rejected!"}`,
        "mc",
        -20,
        "final",
        undefined,
      ],
      [
        "URL-encoded with errorItem",
        "errorCode=-4&errorMessage=The+value+is+invalid%21&errorItem=loginname",
        "ssl",
        -4,
        "sign-in",
        "loginName",
      ],
      [
        "script",
        `var g_errorCode = -22; var g_errorMessage = "Still awaiting payment!";`,
        "ccc",
        -22,
        "slow",
        undefined,
      ],
      ["missing argument", "-3\nThe 'queryType' argument is missing!", "pac", -3, "bug", "queryType"],
      ["one quote", "-4\nThe value of the orderNumber' argument is invalid!", "ccc", -4, "final", "orderNumber"],
      ["-1", "-1\nRequest was not made over https!", "ssl", -1, "bug", undefined],
      ["-2", "-2\nUnrecognised argument!", "ssl", -2, "bug", undefined],
      ["-14", "-14\nAn unknown error occurred!", "ssl", -14, "later", undefined],
      ["-17", "-17\nRequest used GET rather than POST!", "ssl", -17, "bug", undefined],
      ["-21", "-21\nThe certificate has been revoked!", "ssl", -21, "final", undefined],
      ["-23", "-23\nReplaced", "ssl", -23, "final", undefined],
      ["-26", "-26\nBeing issued", "ssl", -26, "soon", undefined],
      ["-42", "-42\nToo many calls", "ssl", -42, "hours", undefined],
      ["-91", "-91\nPermission Denied for wrong status", "pac", -91, "final", undefined],
      ["-160", "-160\nFailed to collect the certificate.", "mc", -160, "later", undefined],
      ["an unknown code", "-777\nNobody knows", "ssl", -777, "final", undefined],
      ["no message", "-20", "ssl", -20, "final", undefined],
      ["code and words on one line", "-16 Incorrect login details", "ssl", -16, "sign-in", undefined],
      ["a colon between them", "-16: Incorrect login details\nLocked.", "ssl", -16, "sign-in", undefined],
      ["a word before the code", "Error: -16\nIncorrect login details", "ssl", -16, "sign-in", undefined],
      ["a name for the code", "errorCode = -16", "ssl", -16, "sign-in", undefined],
      ["JSON in JSON", `{"error":{"code":-16,"description":"Locked"}}`, "ssl", -16, "sign-in", undefined],
      ["a login argument without quotes", "-4\nInvalid loginPassword", "ssl", -4, "sign-in", "loginPassword"],
      ["a login argument in two words", "-4\nThe login name is unknown", "ssl", -4, "sign-in", "loginName"],
      ["a login argument at the end", "-3\nMissing argument: loginName", "ssl", -3, "sign-in", "loginName"],
      ["errorItem in quotes", "errorCode=-4&errorItem=%27loginName%27", "ssl", -4, "sign-in", "loginName"],
      ["errorItem in two words", "errorCode=-4&errorItem=login_password", "ssl", -4, "sign-in", "loginPassword"],
      ["the argument named first", "-4\nThe order number is of another login name", "ssl", -4, "final", "orderNumber"],
      ["a code that is wanted", "-3\nA collection code is needed", "pac", -3, "code", "collectionCode"],
      ["words in another refusal", "-20\nRejected: see the login name", "ssl", -20, "final", undefined],
      ["a failure at work", "-160\nAn error occurred while processing the order", "mc", -160, "later", undefined],
      ["a failure that waits", "-160\nThe pending order was rejected", "mc", -160, "later", undefined],
    ];
    for (const [name, body, product, code, after, field] of table) {
      it(`${name}: ${code} ${after}`, async () => {
        const result = await ask(reply(body), { ...SSL, product });
        assert(result.kind === "refused", JSON.stringify(result));
        assert.deepEqual([result.code, result.after, result.field], [code, after, field]);
        assert(result.message.length > 0 && result.advice.length > 0);
      });
    }

    it("-16 to a collection code stops that order, not a login", async () => {
      const result = await ask(reply("-16\nno"), {
        host: "ca.example.test",
        product: "ccc",
        reference: { kind: "collectionCode" },
        collectionCode: CODE,
      });
      assert.equal(result.kind === "refused" && result.after, "code");
    });

    it("-3 naming the login stops an order that goes by its code alone, and does not ask for the code", async () => {
      const result = await ask(reply("-3\nThe 'loginName' argument is missing!"), {
        host: "ca.example.test",
        product: "pac",
        reference: { kind: "collectionCode" },
        collectionCode: CODE,
      });
      assert(result.kind === "refused");
      assert.equal(result.after, "final");
      assert.match(result.advice, /requires a login/);
    });

    for (const words of [
      "The certificate is still being validated.",
      "Order is still validating",
      "STILL VALIDATING",
      "Failed to collect the certificate: validation is still in progress.",
      "SSL.com error: the order is not yet validated",
      "Validation pending",
      "Awaiting validation",
      "Under review",
      "validation_in_progress",
      "The order is being processed",
      "Currently validating the mark",
      "Validation has not been completed",
    ]) {
      it(`-160 waits: ${words}`, async () => {
        assert.equal((await ask(reply(`-160\n${words}`), { ...SSL, product: "mc" })).kind, "pending");
      });
    }

    it("count under any HTTP status", async () => {
      const result = await ask(reply("-16\nno", 500));
      assert.equal(result.kind === "refused" && result.code, -16);
    });
  });

  describe("HTTP", () => {
    const page = "<!DOCTYPE html><html><title>Blocked</title></html>";
    for (const status of [401, 403, 404, 413, 429, 500, 502, 503, 504]) {
      it(`${status} with a page`, async () => {
        const result = await ask(reply(page, status, { "retry-after": "120", "content-type": "text/html" }));
        assert(result.kind === "not-understood");
        assert.deepEqual(
          [result.reason, result.httpStatus, result.retryAfter, result.contentType],
          ["http-status", status, 120_000, "text/html"],
        );
        assert.match(inEnglish(result.seen), new RegExp(`HTTP ${status}`));
        assert.match(result.excerpt, /Blocked/);
      });
    }

    it("a page with 200", async () => {
      const result = await ask(reply(page));
      assert(result.kind === "not-understood");
      assert.deepEqual([result.reason, result.httpStatus], ["html", 200]);
    });

    it("certificates under a failing status are not believed", async () => {
      const result = await ask(reply(`2\n${CHAIN_PEM}`, 500));
      assert.equal(result.kind === "not-understood" && result.reason, "http-status");
    });

    it("Retry-After as a date counts from the server's own clock, and not for ever", async () => {
      const headers = { date: "Fri, 20 Nov 2026 10:00:00 GMT", "retry-after": "Fri, 20 Nov 2026 11:00:00 GMT" };
      const wait = async (retry: string) => {
        const result = await ask(reply("", 503, { ...headers, "retry-after": retry }));
        return result.kind === "not-understood" ? result.retryAfter : NaN;
      };
      assert.equal(await wait(headers["retry-after"]), 3_600_000);
      assert.equal(await wait("Fri, 20 Nov 2020 11:00:00 GMT"), 0);
      assert.equal(await wait("9999999999"), 24 * 3_600_000);
      assert.equal(await wait("Friday, 20-Nov-26 10:30:00 GMT"), 1_800_000);
      assert.equal(await wait("9".repeat(400)), 24 * 3_600_000);
      // In all of these Date.parse finds a date, or would like to.
      for (const text of ["soon", "", "-5", "+60", "3600.5", "1e9", "120 s", "120, 60", "2099-01-01", "P1D"]) {
        assert.equal(await wait(text), undefined, text);
      }
    });

    for (const status of [301, 302, 303, 307, 308]) {
      it(`${status} is reported with its origin and no more`, async () => {
        const answer = reply("", status, { location: "https://login.example.test:8443/sign?password=secret" });
        await assert.rejects(ask(answer), (error: TransportError) => {
          assert.deepEqual([error.code, error.facts.target], ["redirected", "https://login.example.test:8443"]);
          assert.deepEqual(untranslated(error.said), []);
          return !error.message.includes("secret");
        });
      });
    }

    for (const location of ["", "mailto:a@b.example", `https://a.example/${"x".repeat(3_000)}`]) {
      it(`where it leads is said in any language: ${location.slice(0, 20)}`, async () => {
        await assert.rejects(ask(reply("", 302, { location })), (error: TransportError) => {
          assert.deepEqual(untranslated(error.said), []);
          return inWords(error.said, PSEUDO).split("‹").length === 3;
        });
      });
    }

    it("407 is the proxy's", async () => {
      await assert.rejects(ask(reply("", 407)), { code: "proxy" });
    });
  });

  describe("nothing secret comes back", () => {
    const encodings: readonly [string, (secret: string) => string][] = [
      ["as it is", (secret) => secret],
      ["form-encoded", (secret) => new URLSearchParams({ p: secret }).toString()],
      ["percent-encoded", encodeURIComponent],
      [
        "percent-encoded in lower case",
        (secret) => encodeURIComponent(secret).replace(/%../g, (hex) => hex.toLowerCase()),
      ],
      ["in JSON", (secret) => JSON.stringify(secret)],
      ["in HTML", (secret) => secret.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("'", "&#39;")],
      ["in Base64", (secret) => Buffer.from(secret).toString("base64")],
      ["cut by the excerpt's end", (secret) => " ".repeat(190) + "x".repeat(190) + secret],
      ["past the excerpt", (secret) => "y ".repeat(2000) + secret],
    ];
    const bodies: readonly [string, (echo: string) => string][] = [
      ["error message", (echo) => `-4\nThe value ${echo} is invalid`],
      ["error item", (echo) => `errorCode=-4&errorMessage=bad&errorItem=${encodeURIComponent(echo)}`],
      ["dict", (echo) => `{'errorCode': -16, 'errorMessage': ${JSON.stringify(`login ${echo}`)}}`],
      ["script", (echo) => `var g_errorCode=-16; var g_errorMessage=${JSON.stringify(echo)};`],
      ["page", (echo) => `<html>${echo}</html>`],
      ["text", (echo) => `you sent ${echo}`],
      ["status line", (echo) => `0\n${echo}`],
      [
        "status fields",
        (echo) =>
          new URLSearchParams({
            errorCode: "0",
            fqdn: echo,
            certificateStatus: echo,
            caaStatus: echo,
            what: echo,
          }).toString(),
      ],
    ];
    for (const [where, body] of bodies) {
      for (const [how, encode] of encodings) {
        it(`${where}, ${how}`, async () => {
          const result = await ask(reply(body(encode(PASSWORD)), 200, { "content-type": "text/plain" }));
          const kept = JSON.stringify(result);
          for (const [, form] of encodings.slice(0, 7)) {
            const secret = form(PASSWORD).replace(/^p=|^"|"$/g, "");
            assert(!kept.includes(secret) && !kept.includes(JSON.stringify(secret).slice(1, -1)), kept);
          }
          // The rarest part of it, in case that a piece was left over.
          assert(!kept.includes("s3cret"), kept);
        });
      }
    }

    it("cut by an ampersand, in a refusal", async () => {
      const result = await ask(reply("errorCode=-20&errorMessage=You sent Tr0ub&4dor to us", 200), {
        ...SSL,
        credentials: { loginName: "someone", loginPassword: "Tr0ub&4dor" },
      });
      assert(result.kind === "refused");
      assert.equal(result.message, WITHHELD);
    });

    it("domain names", async () => {
      const secret = "hunter22";
      const result = await ask(reply(`0\nb.${secret}.example NOTVALIDATED`), {
        ...SSL,
        credentials: { loginName: "someone", loginPassword: secret },
      });
      assert.equal(result.kind === "pending" && result.detail.domains?.[0]?.domain, "b.••••.example");
      assert(!JSON.stringify(result).includes(secret));
    });

    it("a text that holds a very short secret is dropped whole", async () => {
      const result = await ask(reply("-4\nThe value xy! is bad"), {
        ...SSL,
        credentials: { loginName: "a", loginPassword: "xy!" },
      });
      assert.equal(result.kind === "refused" && result.message, WITHHELD);
    });

    it("named secrets and private keys are masked even when nobody knows them", async () => {
      const result = await ask(reply("loginPassword=hunter22&x=1 and -----BEGIN PRIVATE KEY-----\nMIIabcdef"));
      assert(result.kind === "not-understood");
      assert(!/hunter22|MIIabcdef/.test(JSON.stringify(result)));
    });
  });
});

import { untranslated } from "../words/pseudo";
import { inEnglish } from "../../../src/words/localize";
import assert from "node:assert/strict";
import type { ParameterValues } from "../../../src/api/parameter";
import { readAnswer } from "../../../src/api/response";
import type { CollectResult, StatusDetail } from "../../../src/api/result";
import { tlv, zipOf } from "../../wire/answer-bodies";
import { CHAIN_BASE64, CHAIN_DER, CHAIN_PEM, fixture, hexOf, reply, SSL_ASKED, wrap } from "./answers";

type Kind = CollectResult["kind"];

function read(body: string | Uint8Array, values: ParameterValues = {}): CollectResult {
  return readAnswer(reply(body), { product: "ssl", values: { ...SSL_ASKED.values, ...values } });
}

function detailOf(result: CollectResult): StatusDetail {
  assert("detail" in result, `${result.kind} has no detail`);
  return result.detail;
}

const certs = fixture("pkcs7-certs-only.der");
const signed = fixture("pkcs7-signed.der");
const ber = fixture("pkcs7-signed-ber.der");
const sequence = fixture("netscape-sequence.der");
const zip = zipOf(CHAIN_PEM.match(/-----BEGIN[^]*?-----END CERTIFICATE-----\n/g) ?? []);

const integer = (value: number): Buffer => tlv(0x02, Buffer.of(value));

/** CertRepContent of CMMF and CMP (RFC 4210 section 5.3.4): the leaf as response, the others as caPubs. */
const cmmf = tlv(
  0x30,
  tlv(0xa1, tlv(0x30, ...CHAIN_DER.slice(0, 2))),
  tlv(0x30, tlv(0x30, integer(0), tlv(0x30, integer(0)), tlv(0x30, tlv(0xa0, CHAIN_DER[2] ?? Buffer.alloc(0))))),
);
/** Certificates in a structure that nobody has published. */
const invented = tlv(0x30, integer(7), tlv(0x31, ...CHAIN_DER));
const empty = tlv(0x30, integer(7), tlv(0x04, Buffer.alloc(300)));

/** A container as the CA wraps base64. */
const lines = (der: Uint8Array): string => wrap(Buffer.from(der).toString("base64"));
const form = (...pairs: [string, string][]): string => new URLSearchParams(pairs).toString();

const FORMS: readonly [string, string | Uint8Array, string][] = [
  ["newline with PEM", `2\n${CHAIN_PEM}`, "pem"],
  ["newline with PEM, without final newline", `2\n${CHAIN_PEM.trimEnd()}`, "pem"],
  ["newline with PEM, CRLF", `2\n${CHAIN_PEM}`.replaceAll("\n", "\r\n"), "pem"],
  ["newline with PEM, byte order mark", `\ufeff2\n${CHAIN_PEM}`, "pem"],
  [
    "newline with PEM as the pages print it",
    `2\n${CHAIN_PEM.replaceAll("-----BEGIN", "----- BEGIN").replaceAll("CERTIFICATE-----", "CERTIFICATE -----").replaceAll("-----END", "---- END")}`,
    "pem",
  ],
  ["newline with blank lines and dates", `2\n01/01/2026 31/12/2026\n\n${CHAIN_PEM}\n\nIssued\nComplete`, "pem"],
  ["bare PEM", CHAIN_PEM, "pem"],
  ["bare PEM below prose", `Your certificate:\n\n${CHAIN_PEM}`, "pem"],
  ["bare PKCS7 block (CollectMC)", `-----BEGIN PKCS7-----\n${lines(signed)}\n-----END PKCS7-----\n`, "pkcs7"],
  ["newline with base64 PKCS#7 (CollectSSL)", `2\n${lines(certs)}\n`, "pkcs7"],
  ["newline with base64 PKCS#7 in one line", `2\n${certs.toString("base64")}`, "pkcs7"],
  [
    "newline with base64 PKCS#7 above the statuses",
    `2\nwww.example.test\n${lines(certs)}\n\nIssued\nComplete`,
    "pkcs7",
  ],
  ["bare base64 PKCS#7", `${lines(signed)}\n`, "pkcs7"],
  ["binary PKCS#7", certs, "pkcs7"],
  ["binary PKCS#7, signed", signed, "pkcs7"],
  ["binary PKCS#7, BER", ber, "pkcs7"],
  ["base64 of BER", `2\n${lines(ber)}`, "pkcs7"],
  ["newline with base64 PKCS#7, CRLF", `2\r\n${lines(certs).replaceAll("\n", "\r\n")}\r\nIssued\r\n`, "pkcs7"],
  ["newline with base64 PKCS#7, statuses right below", `2\n${lines(certs)}\nIssued\nComplete`, "pkcs7"],
  ["newline with base64 of each certificate", `2\n${CHAIN_BASE64.map(wrap).join("\n")}\nIssued`, "der"],
  ["binary ZIP", zip, "zip"],
  ["base64 ZIP", `2\n${lines(zip)}\n`, "zip"],
  ["URL-encoded ZIP", form(["errorCode", "2"], ["zipFile", zip.toString("base64")]), "zip"],
  ["binary CMMF", cmmf, "cmmf"],
  ["base64 CMMF", `2\n${lines(cmmf)}`, "cmmf"],
  ["CMMF of an unknown structure", invented, "cmmf"],
  ["binary with a line feed behind it", Buffer.concat([certs, Buffer.from("\n")]), "pkcs7"],
  ["binary sequence", sequence, "netscape"],
  ["base64 sequence", `2\n${lines(sequence)}`, "netscape"],
  [
    "URL-encoded, individually",
    form(
      ["errorCode", "2"],
      ["caCertificate", CHAIN_BASE64[0] ?? ""],
      ["caCertificate", CHAIN_BASE64[1] ?? ""],
      ["certificate", CHAIN_BASE64[2] ?? ""],
    ),
    "der",
  ],
  [
    "URL-encoded, individually, wrapped lines",
    form(["errorCode", "2"], ...CHAIN_BASE64.map((one): [string, string] => ["caCertificate", wrap(one)])),
    "der",
  ],
  [
    "URL-encoded with a bare plus",
    `errorCode=2&${CHAIN_BASE64.map((one) => `caCertificate=${one.replaceAll("=", "%3D")}`).join("&")}`,
    "der",
  ],
  ["URL-encoded with PEM", form(["errorCode", "2"], ["certificate", CHAIN_PEM]), "pem"],
  ["URL-encoded PKCS#7, other case of keys", form(["ERRORCODE", "2"], ["PKCS7", certs.toString("base64")]), "pkcs7"],
  [
    "URL-encoded sequence",
    form(["errorCode", "2"], ["netscapeCertificateSequence", sequence.toString("base64")]),
    "netscape",
  ],
];

describe("response", () => {
  describe("issued, told by content", () => {
    for (const [name, body, container] of FORMS) {
      it(name, () => {
        const result = read(body);
        assert.equal(result.kind, "issued", JSON.stringify(result));
        assert(result.kind === "issued");
        assert.equal(result.container, container);
        assert.deepEqual(hexOf(result.certificates).sort(), hexOf(CHAIN_DER).sort());
        assert.deepEqual(Buffer.from(result.raw), Buffer.from(body));
      });
    }

    it("says when a structure is unknown, or something was left out", () => {
      const notes = (body: string | Uint8Array) => {
        const result = read(body);
        return result.kind === "issued" ? result.notes.map(inEnglish).join(" ") : result.kind;
      };
      assert.equal(notes(cmmf), "");
      assert.match(notes(invented), /not a published form/);
      assert.match(notes(`${CHAIN_PEM}-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----\n`), /left out/);
      assert.match(notes(Buffer.concat([certs, Buffer.from("x")])), /1 extra byte follows/);
    });

    it("names the certificate that was ordered where the form does", () => {
      const [rootOf, issuerOf, leafOf] = CHAIN_BASE64.map((one) => one);
      const leafIn = (...pairs: [string, string | undefined][]) => {
        const result = read(form(["errorCode", "2"], ...pairs.map(([key, one]): [string, string] => [key, one ?? ""])));
        return result.kind === "issued" ? result.leaf : result.kind;
      };
      const ca: [string, string | undefined][] = [
        ["caCertificate", rootOf],
        ["caCertificate", issuerOf],
      ];
      assert.equal(leafIn(...ca, ["certificate", leafOf]), 2);
      assert.equal(leafIn(["Certificate", leafOf], ...ca), 0);
      assert.equal(leafIn(...ca, ["caCertificate", leafOf]), undefined);
      assert.equal(leafIn(["certificate", rootOf], ["certificate", leafOf]), undefined);
      assert.equal(leafIn(["certificate", CHAIN_PEM]), 0);
      // Without a value it names nothing, and not what comes next.
      assert.equal(leafIn(["certificate", ""], ...ca, ["caCertificate", leafOf]), undefined);
      assert.equal(leafIn(["certificate", "\n"], ["certificate", leafOf], ...ca), 0);
      // Another one is not taken for that which is named and missing.
      const block = "-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----\n";
      assert.equal(leafIn(["certificate", block], ...ca, ["caCertificate", leafOf]), "not-understood");
    });

    it("gives the rest of a ZIP in which one name is bad", () => {
      const blocks = CHAIN_PEM.match(/-----BEGIN[^]*?-----END CERTIFICATE-----\n/g) ?? [];
      const body = zipOf(blocks);
      const name = Buffer.from("certificate-0.crt");
      assert(body.includes(name));
      for (let at = body.indexOf(name); at >= 0; at = body.indexOf(name)) body.write("../../../evil.crt", at);
      const result = read(body);
      assert(result.kind === "issued", result.kind);
      assert.deepEqual(hexOf(result.certificates).sort(), hexOf(CHAIN_DER.slice(1)).sort());
      assert.match(result.notes.map(inEnglish).join(" "), /evil/);
    });

    it("keeps the bytes of a structure without certificates", () => {
      for (const body of [empty, Buffer.from(`2\n${lines(empty)}`)]) {
        const result = read(body);
        assert(result.kind === "not-understood", result.kind);
        assert.equal(result.reason, "no-certificates");
        assert.deepEqual(result.raw, body);
      }
    });

    it("keeps the order of PEM: root first", () => {
      const result = read(`2\n${CHAIN_PEM}`);
      assert(result.kind === "issued");
      assert.deepEqual(hexOf(result.certificates), hexOf(CHAIN_DER));
    });
  });

  describe("status alone", () => {
    const table: readonly [string, ParameterValues, Kind][] = [
      ["0", {}, "pending"],
      ["0\n", {}, "pending"],
      ["  0  \r\n", {}, "pending"],
      ["0\nwww.ab.com", {}, "pending"],
      ["errorCode=0", {}, "pending"],
      ["errorCode=0&certificateStatus=Awaiting+Validation", {}, "pending"],
      ["1\nCertificates Available", {}, "available"],
      ["1", {}, "available"],
      ["1\n14/05/2013 13/05/2014", {}, "available"],
      ["2", { queryType: "0" }, "available"],
      ["errorCode=2&fqdn=a.example", { queryType: "0" }, "available"],
      ["2", {}, "not-understood"],
      ["errorCode=2", {}, "not-understood"],
      ["3", {}, "not-understood"],
      ["errorCode=7", {}, "not-understood"],
    ];
    // What stands beside "being processed" may be the certificate before a reissue.
    it("0 is pending, with certificates beside it", () => {
      assert.equal(read(`0\n${CHAIN_PEM}`).kind, "pending");
      assert.equal(read(form(["errorCode", "0"], ["certificate", CHAIN_BASE64[0] ?? ""])).kind, "pending");
    });

    for (const [body, values, kind] of table) {
      it(`${JSON.stringify(body)} is ${kind}`, () => {
        assert.equal(read(body, values).kind, kind);
      });
    }
  });

  describe("an issuer of mark certificates that is still busy", () => {
    const table: readonly [string, Kind][] = [
      ["-160\nSubscriber agreement is still being validated", "pending"],
      ["-160\nOrganization validation in progress", "pending"],
      ["-162\nThe order is currently under review", "pending"],
      ["-160\nNot yet validated", "pending"],
      ["-160\nValidation failed", "refused"],
      ["-160\nThe logo was rejected while under review", "refused"],
      ["-160", "refused"],
      ["-161\nStill validating", "refused"],
      ["-20\nStill validating", "refused"],
    ];
    for (const [body, kind] of table) {
      it(`${JSON.stringify(body)} is ${kind}`, () => assert.equal(read(body).kind, kind));
    }
  });

  describe("detail", () => {
    const table: readonly [string, string, StatusDetail][] = [
      [
        "dates, to the last second",
        "1\n14/05/2013 13/05/2014",
        { notBefore: Date.UTC(2013, 4, 14), notAfter: Date.UTC(2014, 4, 13, 23, 59, 59) },
      ],
      ["days that do not exist", "1\n31/04/2013 13/05/2014", { other: ["31/04/2013 13/05/2014"] }],
      [
        "UNIX times of the term",
        "1\n1761696000 1793232000",
        { productTermStart: 1761696000000, productTermEnd: 1793232000000 },
      ],
      [
        "name before, statuses after",
        "2\nwww.example.test\n\nIssued\nComplete",
        { fqdn: "www.example.test", certificateStatus: "Issued", validationStatus: "Complete" },
      ],
      ["an empty name", "0\n\n", {}],
      [
        "statuses in any order",
        "0\nAwaiting Brand Validation\nAwaiting Validation (Brand)\n*.example.test",
        {
          fqdn: "*.example.test",
          certificateStatus: "Awaiting Validation (Brand)",
          validationStatus: "Awaiting Brand Validation",
        },
      ],
      [
        "an unknown status beside a known one",
        "0\nRejected: duplicate key\nSomething new",
        { certificateStatus: "Rejected: duplicate key", validationStatus: "Something new" },
      ],
      ...["PRE SIGN FAILED: CAA", "Post_Sign_Failed", "Certificate Revoked"].map((status): [string, string, object] => [
        `“${status}”`,
        `0\n${status}`,
        { certificateStatus: status },
      ]),
      ["text that fits nothing", "0\nSomething new", { other: ["Something new"] }],
      ["the CAA check", "0\nNot Authorized", { caa: "Not Authorized" }],
    ];
    for (const [name, body, expected] of table) {
      it(name, () => {
        const detail = detailOf(read(body, { queryType: "0" }));
        const steps = detail.steps === undefined ? {} : { steps: detail.steps };
        assert.deepEqual(detail, { ...expected, ...steps });
      });
    }

    it("reads the sample of CollectSSL's page", () => {
      const body =
        "errorCode=0&certificateDuration=720&productTermDuration=720&certificateStatus=Awaiting+Validation+%28Full%29&csrStatus=1&dcvStatus=0&freeDVUPStatus=-1&brandValStatus=-1&ovCallbackStatus=0&organizationValidationStatus=2&maStatus=0";
      const { steps, ...detail } = detailOf(read(body));
      assert.deepEqual(detail, {
        certificateStatus: "Awaiting Validation (Full)",
        certificateDurationDays: 720,
        productTermDurationDays: 720,
      });
      assert.deepEqual(
        steps?.map(({ id, state }) => [id, state]),
        [
          ["csrStatus", "done"],
          ["dcvStatus", "you"],
          ["brandValStatus", "not-needed"],
          ["freeDVUPStatus", "not-needed"],
          ["maStatus", "ca"],
          ["organizationValidationStatus", "ca"],
          ["ovCallbackStatus", "you"],
        ],
      );
    });

    it("reads domains, in both spellings, once each", () => {
      const body = form(
        ["errorCode", "0"],
        ["dcvStatus", "2"],
        ["mdcDomainDetails", "a.example VALIDATED, b.example NOTVALIDATED"],
        ["mdcDomainDetails2", "a.example VALIDATED, b.example AWAITINGBRAND, c.example NOTVALIDATED"],
        ["caaStatus", "Error 12"],
        ["ovCallBackStatus", "1"],
      );
      const detail = detailOf(read(body));
      assert.deepEqual(detail.domains, [
        { domain: "a.example", status: "VALIDATED" },
        { domain: "b.example", status: "AWAITINGBRAND" },
        { domain: "c.example", status: "NOTVALIDATED" },
      ]);
      assert.deepEqual(
        detail.steps?.map(({ id, state }) => [id, state]),
        [
          ["dcvStatus", "ca"],
          ["domain:a.example", "done"],
          ["domain:b.example", "ca"],
          ["domain:c.example", "you"],
          ["caaStatus", "you"],
          ["ovCallbackStatus", "done"],
        ],
      );
    });

    it("reads a domain list that is URL-encoded twice", () => {
      const detail = detailOf(
        read(`errorCode=0&mdcDomainDetails=${encodeURIComponent("a.example+VALIDATED%2C+b.example+NOTVALIDATED")}`),
      );
      assert.deepEqual(
        detail.domains?.map(({ domain }) => domain),
        ["a.example", "b.example"],
      );
    });

    it("reads statuses and domains of the newline form", () => {
      const detail = detailOf(read("0\ndcvStatus=0\ncsrStatus 1\na.example VALIDATED, b.example NOTVALIDATED"));
      assert.deepEqual(
        detail.steps?.map(({ id, state }) => [id, state]),
        [
          ["csrStatus", "done"],
          ["dcvStatus", "you"],
          ["domain:a.example", "done"],
          ["domain:b.example", "you"],
        ],
      );
    });
  });

  describe("what is not understood says what to do next", () => {
    const bodies: readonly (string | Uint8Array)[] = [
      "",
      "<html>",
      "<a/>",
      "Welcome",
      "7\nhello",
      `{"a":1}`,
      `{"errorCode":-16`,
      `{"a":${"[".repeat(100)}`,
      "fqdn=a&x=",
      "x=1&".repeat(2_000),
      "var x = 1;",
      "var g_errorCode = 1 - 1;",
      "a();".repeat(2_000).replace("a", "var g_errorCode = 0;a"),
      Buffer.from([0x50, 0x4b, 3, 4, 0, 0]),
      Buffer.from("text\0and more"),
      "2\n",
      certs.subarray(0, 900),
      `2\n${CHAIN_PEM}`.slice(0, -200),
      `2\n${Array.from({ length: 34 }, () => CHAIN_PEM).join("")}`,
    ];
    for (const [index, body] of bodies.entries()) {
      it(`${index}: ${Buffer.from(body).toString("latin1").slice(0, 20)}`, () => {
        const result = read(body);
        assert(result.kind === "not-understood", result.kind);
        assert.deepEqual(untranslated(result.seen), []);
        assert.match(inEnglish(result.seen), /\. [^.]*\b(?:check|ask|Ask|Open|Check)\b[^.]*\.$/);
      });
    }

    for (const status of [304, 400, 401, 404, 408, 413, 429, 500, 503, 504]) {
      it(`HTTP ${status}`, () => {
        const result = readAnswer(reply("no", status), {
          product: "ssl",
          values: { loginName: "alice", loginPassword: "secret" },
        });
        assert(result.kind === "not-understood");
        assert.deepEqual(untranslated(result.seen), []);
        assert.match(inEnglish(result.seen), /\b(?:check|ask|asked again|not called again)\b/i);
      });
    }
  });

  describe("broken certificates are never half a chain", () => {
    const cut = `2\n${CHAIN_PEM}`;
    const table: readonly [string, string | Uint8Array, string][] = [
      ["PEM cut in a block", cut.slice(0, -200), "damaged"],
      ["PEM with garbage in it", cut.replace("MII", "M@I"), "damaged"],
      ["base64 cut", `2\n${lines(certs).slice(0, 900)}`, "damaged"],
      ["binary cut", certs.subarray(0, 900), "damaged"],
      ["URL-encoded cut", `errorCode=2&certificate=${CHAIN_BASE64[0]?.slice(0, 300) ?? ""}`, "damaged"],
      ["101 certificates", `2\n${Array.from({ length: 34 }, () => CHAIN_PEM).join("")}`, "limit"],
    ];
    for (const [name, body, reason] of table) {
      it(name, () => {
        const result = read(body);
        assert.ok(result.kind === "not-understood", result.kind);
        assert.equal(result.reason, reason, inEnglish(result.seen));
        // What to do next.
        if (reason === "damaged")
          assert.match(inEnglish(result.seen), /: check again, and ask the CA's support if the problem persists\.$/);
      });
    }
  });
});

import assert from "node:assert/strict";
import type { ServiceName } from "../../../../src/api/services/service";
import { PASSWORD } from "../answers";
import { PERSONAL, read, reportIn, validationIn } from "./service-answers";

const AT = [
  "jane%40doe.example",
  "jane%2540doe.example",
  "jane%252540doe.example",
  "jane%25%34%30doe.example",
  "jane&#64;doe.example",
  "jane&amp;#64;doe.example",
  "jane&amp;amp;commat;doe.example",
  "jane\\u0040doe.example",
  "jane\\x40doe.example",
  "=?utf-8?q?jane=40doe.example?=",
  "jane\u200b@\u200bdoe.example",
  "jane＠doe.example",
  "jane@xn--de-jia.example",
  "jane.dœ@dœ.example",
];

describe("an address of a person", () => {
  for (const address of AT) {
    it(`is nowhere, written as ${JSON.stringify(address)}`, () => {
      const told = [
        validationIn("getPostPaymentStatus", {
          errorCode: 0,
          data: {
            orderStatus: address,
            step: { title: `For ${address}`, status: address, description: `Sent to ${address} today` },
            domain: { domainName: address, dcvMethod: address, dcvStatus: address },
            [address]: { title: "T", status: "Pending" },
            latestCAACheckErrors: [`for ${address}`, { domain: address, error: address }],
          },
        }),
        reportIn(
          ["status", "type", "domain", "mdcDomainNames"]
            .map((column) => `1_1_${column}=${encodeURIComponent(`To ${address}`)}`)
            .reduce((body, pair) => `${body}&${pair}`, "errorCode=0&1_orderNumber=7"),
        ),
        read("RetryCAACheck", `errorCode=-20&errorMessage=${encodeURIComponent(`for ${address} now`)}`),
        read("ResendDCVEmail", JSON.stringify({ errorCode: 0, errorMessage: `Sent to ${address}` })),
      ];
      assert.doesNotMatch(JSON.stringify(told), /jane/i);
    });
  }

  it("takes the name beside it along, even if that looks like a host's", () => {
    for (const domains of [
      `jane.doe <${PERSONAL.address}>, a.example`,
      `"jane.doe" ${PERSONAL.address}; a.example`,
      `a.example|jane.doe ${PERSONAL.address}`,
    ]) {
      const body = `errorCode=0&1_orderNumber=7&1_1_mdcDomainNames=${encodeURIComponent(domains)}`;
      assert.deepEqual(reportIn(body).rows[0]?.domains, ["a.example"], domains);
    }
    const { domains } = validationIn("GetDCVDetailsMC", {
      errorCode: 0,
      contacts: [{ name: "jane.doe", mail: PERSONAL.address, status: "Verified" }],
      domains: [
        { name: "b.example", dcvMethod: "admin@b.example", status: "Verified" },
        { domain: "c.example", dcvEmailAddress: "admin@c.example", status: "Verified" },
      ],
    });
    assert.deepEqual(
      domains.map(({ domain }) => domain),
      ["b.example", "c.example"],
    );
  });

  it("is not seen where there is none", () => {
    const description = "Answered 404 at 100% of http://a.example/ & checks=40 were made, 50%25 done";
    const data = { step: { title: "T", status: "Pending", description } };
    const [step] = validationIn("getPostPaymentStatus", { errorCode: 0, data }).steps;
    assert.equal(step?.description, description);
  });
});

describe("secrets of an answer", () => {
  const [head, payload, signature] = PERSONAL.token.split(".") as [string, string, string];

  it("has no piece of its token anywhere", () => {
    const data = {
      uploadDocumentToken: PERSONAL.token,
      one: { title: head, status: payload, description: signature },
      two: { title: `part ${signature.slice(3)}`, status: "Pending", description: head.slice(2) },
      latestCAACheckErrors: [`see ${signature}`],
    };
    const told = JSON.stringify(validationIn("getPostPaymentStatus", { errorCode: 0, data }));
    for (const piece of [head, payload, signature].flatMap((part) => [part.slice(3), part.slice(2, 18)]))
      assert.ok(!told.includes(piece), told);
  });

  it("has no word that is longer than any name, as tokens are", () => {
    const long = "a_b-".repeat(16);
    const told = read(
      "ResendDCVEmail",
      JSON.stringify({ errorCode: 0, errorMessage: `See ${long} and ${long.slice(1)}` }),
    );
    assert.deepEqual(told, { kind: "done", message: `See … and ${long.slice(1)}` });
  });

  it("has no password that is cut in two", () => {
    for (let at = 1; at < PASSWORD.length; at++) {
      const [one, other] = [PASSWORD.slice(0, at), PASSWORD.slice(at)];
      for (const step of [
        { title: one, status: other },
        { title: "T", status: `is ${one}`, description: `${other} was sent` },
      ]) {
        const { steps } = validationIn("getPostPaymentStatus", {
          errorCode: 0,
          data: { step, next: { title: "N", status: "Pending" } },
        });
        assert.deepEqual(
          steps.map(({ id }) => id),
          ["next"],
          JSON.stringify(step),
        );
      }
    }
  });
});

describe("words that objects have, too", () => {
  for (const word of ["constructor", "Constructor", "__proto__", "hasOwnProperty", "toString", "valueOf"]) {
    it(`mean nothing: ${word}`, () => {
      const { steps, domains } = validationIn("getPostPaymentStatus", {
        errorCode: 0,
        data: {
          step: { title: "T", status: word },
          domain: { domainName: "a.example", dcvMethod: word, dcvStatus: word },
          [word]: { title: "T", status: "Pending" },
        },
      });
      assert.deepEqual([steps[0]?.state, domains[0]?.state, domains[0]?.method], [undefined, undefined, "other"]);
    });
  }
});

describe("an answer that does not say that the sign-in was good", () => {
  const NEVER: [string, string][] = [
    ["HTTP's code of a server in between", '{"code":200,"message":"Please sign in"}'],
    ["its refusal", '{"statusCode":401,"message":"Unauthorized"}'],
    ["its refusal with a problem's title", '{"type":"about:blank","title":"Unauthorized","status":401}'],
    ["a step", '{"data":{"step":{"title":"Sign in","status":"ActionRequired"}}}'],
  ];
  for (const [what, body] of NEVER) {
    it(`is not a report: ${what}`, () => assert.equal(read("WebHostReport", body).kind, "not-understood"));
  }
  for (const [what, body] of NEVER.slice(0, 3)) {
    it(`says nothing of an order: ${what}`, () => {
      for (const service of ["getPostPaymentStatus", "GetDCVDetailsMC", "RetryCAACheck"] satisfies ServiceName[])
        assert.equal(read(service, body).kind, "not-understood", service);
    });
  }
});

describe("an answer about another order", () => {
  it("is read by its first row, and by its first mail", () => {
    const rows = "errorCode=0&1_orderNumber=8&1_orderStatus=Pending&2_orderNumber=9&2_orderStatus=Issued";
    assert.equal(validationIn("GetDetailedOrderStatus", rows, "7").orderStatus, "Pending");
    const mails = ["2026-11-21", "2026-11-22"].map((lastOpenDate) => ({ agreementStatus: { lastOpenDate } }));
    const data = [...mails, { orderStatus: "Pending" }];
    assert.equal(validationIn("getPostPaymentStatus", { errorCode: 0, data }).agreement?.lastOpened, "2026-11-21");
  });
});

describe("a report", () => {
  it("may have ampersands that were escaped for a page", () => {
    const body = "errorCode=0&amp;noOfResults=2&amp;1_orderNumber=7&amp;1_1_status=Valid&amp;2_orderNumber=8";
    assert.deepEqual(reportIn(body), {
      rows: [
        { orderNumber: "7", status: "Valid", domains: [] },
        { orderNumber: "8", domains: [] },
      ],
      count: 2,
      skipped: 0,
    });
    const refused = read("WebHostReport", "errorCode=-16&amp;errorMessage=Invalid login");
    assert.deepEqual(refused, { kind: "refused", code: -16, message: "Invalid login", after: "sign-in" });
  });

  it("has no order whose number lost its last digits", () => {
    const body =
      '{"errorCode":0,"1_orderNumber":12345678901234567890,"2_orderNumber":8,"2_1_certificateID":9007199254740993}';
    assert.deepEqual(reportIn(body).rows, [{ orderNumber: "8", domains: [] }]);
  });
});

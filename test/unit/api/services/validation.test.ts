import assert from "node:assert/strict";
import type { CaStep, OrderedDomain, OrderValidation } from "../../../../src/api/services/service-result";
import { PASSWORD } from "../answers";
import { PERSONAL, POST_PAYMENT, read, validationIn } from "./service-answers";

const stepsIn = (body: string | object): readonly CaStep[] => validationIn("getPostPaymentStatus", body).steps;
const NOTHING: OrderValidation = { steps: [], domains: [], caaErrors: [] };

describe("what the CA waits for, in JSON", () => {
  it("is in the sample of getPostPaymentStatus, without a person", () => {
    const validation = validationIn("getPostPaymentStatus", POST_PAYMENT);
    assert.deepEqual(validation, {
      orderStatus: "Pending",
      steps: [
        { id: "csrStatus", title: "CSR", status: "Completed", description: "The CSR was accepted.", state: "done" },
        { id: "agreementStatus", title: "Agreement", status: "ActionRequired", state: "you" },
        { id: "callbackStatus", title: "Callback", status: "NotApplicable", state: "not-needed" },
        { id: "organizationStatus", title: "Organization", status: "InProgress", state: "ca" },
        { id: "caaStatus", title: "CAA check", status: "Failed", state: "rejected" },
        {
          id: "maStatus",
          title: "Enterprise Authentication for Instant Issuance",
          status: "In progress",
          state: "you",
        },
      ],
      domains: [],
      agreement: { lastSent: "2026-11-20", lastOpened: "2026-11-21" },
      caaErrors: ["b.example: not authorized", "c.example: timeout"],
    } satisfies OrderValidation);
    for (const personal of Object.values(PERSONAL)) assert.ok(!JSON.stringify(validation).includes(personal));
  });

  const STEPS: [string, object, readonly CaStep[]][] = [
    [
      "at any depth",
      { a: { b: [{ c: { title: "T", status: "Pending" } }] } },
      [{ id: "c", title: "T", status: "Pending", state: "ca" }],
    ],
    [
      "in a list, with keys of their own",
      {
        steps: [
          { title: "A", status: "Failed" },
          { title: "B", status: "Rejected" },
        ],
      },
      [
        { id: "steps", title: "A", status: "Failed", state: "rejected" },
        { id: "steps-2", title: "B", status: "Rejected", state: "rejected" },
      ],
    ],
    [
      "with keys in any case",
      { x: { Title: "T", STATUS: "In Progress" } },
      [{ id: "x", title: "T", status: "In Progress", state: "ca" }],
    ],
    [
      "with a word that nobody knows",
      { x: { title: "T", status: "Sleeping" } },
      [{ id: "x", title: "T", status: "Sleeping" }],
    ],
    ["not without a title", { x: { status: "Pending" } }, []],
    ["not without a status", { x: { title: "T", status: null } }, []],
    ["not with a key that is an address", { [PERSONAL.address]: { title: "T", status: "Pending" } }, []],
    [
      "by their numbers alone",
      { csrStatus: 1, dcvStatus: "0", evClickThroughStatus: -1, other: 2 },
      [
        { id: "csrStatus", title: "Certificate signing request", status: "Completed", state: "done" },
        { id: "dcvStatus", title: "Domain control validation", status: "Not completed", state: "you" },
        {
          id: "evClickThroughStatus",
          title: "Subscriber agreement (click-through)",
          status: "Not applicable",
          state: "not-needed",
        },
      ],
    ],
    [
      "once, where an answer has a title and a number",
      { csrStatus: { title: "CSR", status: "Completed", csrStatus: 1 } },
      [{ id: "csrStatus", title: "CSR", status: "Completed", state: "done" }],
    ],
    [
      "of the CAA check in words of the collect endpoints",
      { caaCheckStatus: "Awaiting completion" },
      [{ id: "caaStatus", title: "CAA check", status: "Awaiting completion", state: "ca" }],
    ],
    [
      "of the CAA check in words that nobody knows",
      { caaCheckStatus: "Odd" },
      [{ id: "caaStatus", title: "CAA check", status: "Odd" }],
    ],
  ];
  for (const [what, data, expected] of STEPS) {
    it(`has steps ${what}`, () => assert.deepEqual(stepsIn({ errorCode: 0, data }), expected));
  }

  it("is read without a code, if it says anything", () => {
    assert.deepEqual(stepsIn({ data: { csrStatus: { title: "CSR", status: "Completed" } } }).length, 1);
    assert.equal(read("getPostPaymentStatus", '{"data":{"status":-1}}').kind, "not-understood");
  });

  it("is not much", () => {
    const data = Array.from({ length: 500 }, (_, index) => ({ title: `T${index}`, status: "x".repeat(500) }));
    const { steps } = validationIn("getPostPaymentStatus", { errorCode: 0, data });
    assert.equal(steps.length, 40);
    assert.ok(steps.every(({ status }) => status.length <= 200));
  });

  const TEXTS: [string, string, string | undefined][] = [
    ["words", "Please sign the agreement.", "Please sign the agreement."],
    ["an address", `Sent to ${PERSONAL.address}, today`, "Sent to … today"],
    ["an address in brackets", `Jane <${PERSONAL.address}> was asked`, "Jane … was asked"],
    ["an address that is encoded", "Sent to jane%40personal.example.", "Sent to …"],
    ["an address of a page", "Sent to jane&#64;personal.example now", "Sent to … now"],
    [
      "an address with a quoted part",
      `Sent to "jane doe"@personal.example now`,
      "(text withheld: it may contain a secret)",
    ],
    [
      "an address that is spelled out",
      "Sent to jane (at) personal.example",
      "(text withheld: it may contain a secret)",
    ],
    ["a token", `Use ${PERSONAL.token} now`, "Use … now"],
    ["an address of a page with a token", "See https://upload.example/a?b=c now", "See https://upload.example/a?… now"],
    ["a piece of an answer", `{"streetAddress1":"${PERSONAL.street}"}`, "(text withheld: it may contain a secret)"],
    ["what commands and directions are made of", "a\u202eb\u0007c", "abc"],
    ["a record in DNS", "Publish _0123456789abcdef.b.example at once", "Publish _0123456789abcdef.b.example at once"],
    ["nothing", " ", undefined],
  ];
  for (const [what, description, expected] of TEXTS) {
    it(`shows of a text with ${what}: ${expected ?? "nothing"}`, () => {
      const [step] = stepsIn({ errorCode: 0, data: { x: { title: "T", status: "Pending", description } } });
      assert.equal(step?.description, expected);
    });
  }

  it("has no token of its own, whatever its form", () => {
    const token = "opaque upload token 42";
    const data = { uploadDocumentToken: token, x: { title: "T", status: "Pending", description: `Use ${token}.` } };
    assert.ok(!JSON.stringify(stepsIn({ errorCode: 0, data })).includes("opaque"));
  });

  it("takes the mail of domain control for none of the agreement", () => {
    const dcvStatus = { title: "DCV", status: "ActionRequired", lastEmailSent: "2026-11-20" };
    const answer = { errorCode: 0, data: { dcvStatus } };
    assert.equal(validationIn("getPostPaymentStatus", answer).agreement, undefined);
  });

  it("has no password, wherever it is", () => {
    const text = `It was ${PASSWORD}.`;
    const validation = validationIn("getPostPaymentStatus", {
      errorCode: 0,
      data: {
        [PASSWORD]: { title: text, status: text, description: text },
        x: { title: text, status: PASSWORD, description: Buffer.from(PASSWORD).toString("base64") },
        orderStatus: text,
        caaCheckStatus: PASSWORD,
        latestCAACheckErrors: text,
        agreementStatus: { lastEmailSent: PASSWORD, lastOpenDate: text },
        domains: [{ domainName: "a.example", dcvMethod: text, dcvStatus: PASSWORD }],
      },
    });
    assert.doesNotMatch(JSON.stringify(validation), /s3cret|czNjcmV0/);
  });

  const ERRORS: [string, unknown, readonly string[]][] = [
    ["a text", "b.example: timeout", ["b.example: timeout"]],
    ["a list", ["a", "", "b"], ["a", "b"]],
    [
      "objects",
      [{ domainName: "b.example", errorCode: 5, errorMessage: "no", contact: "Jane Doe" }],
      ["b.example: 5: no"],
    ],
    ["an address", [`told ${PERSONAL.address}`], ["told …"]],
    ["nothing", null, []],
    ["lists in lists", [[["a"]], [[[["b"]]]]], ["a"]],
    [
      "many",
      Array.from({ length: 100 }, (_, index) => `e${index}`),
      Array.from({ length: 20 }, (_, index) => `e${index}`),
    ],
  ];
  for (const [what, latestCAACheckErrors, expected] of ERRORS) {
    it(`has CAA errors: ${what}`, () => {
      const body = { errorCode: 0, data: { orderStatus: "x", latestCAACheckErrors } };
      assert.deepEqual(validationIn("getPostPaymentStatus", body).caaErrors, expected);
    });
  }
});

describe("the domains of an order", () => {
  const METHODS: [string, Omit<OrderedDomain, "domain">][] = [
    ["EMAIL", { method: "email", methodWord: "EMAIL" }],
    ["admin@a.example", { method: "email", methodWord: "EMAIL" }],
    ["admin%40a.example", { method: "email", methodWord: "EMAIL" }],
    ["HTTP CSR Hash", { method: "http", methodWord: "HTTP CSR Hash" }],
    ["HTTPS CSR Hash", { method: "https", methodWord: "HTTPS CSR Hash" }],
    ["CNAME CSR Hash", { method: "cname", methodWord: "CNAME CSR Hash" }],
    ["cname_csr_hash", { method: "cname", methodWord: "cname_csr_hash" }],
    ["HTTPCSRHASH", { method: "http", methodWord: "HTTPCSRHASH" }],
    ["Pre-validated (CNAME CSR Hash)", { method: "cname", methodWord: "CNAME CSR Hash", isPrevalidated: true }],
    ["Pre-validated %28HTTP CSR Hash%29", { method: "http", methodWord: "HTTP CSR Hash", isPrevalidated: true }],
    ["pre_validated (admin@a.example)", { method: "email", methodWord: "EMAIL", isPrevalidated: true }],
    ["Pre-validated", { isPrevalidated: true }],
    ["Carrier (pigeon)", { method: "other", methodWord: "Carrier (pigeon)" }],
    ["Carrier pigeon", { method: "other", methodWord: "Carrier pigeon" }],
    ["", {}],
  ];
  for (const [word, expected] of METHODS) {
    it(`with the method “${word}”, in each form`, () => {
      const domains = [{ domain: "a.example", ...expected, status: "Pending" }];
      const encoded = encodeURIComponent(word);
      const row = `errorCode=0&1_domainName=a.example&1_dcvMethod=${encoded}&1_dcvStatus=Pending`;
      const json = { errorCode: 0, domains: [{ domainName: "a.example", dcvMethod: word, dcvStatus: "Pending" }] };
      assert.deepEqual(validationIn("GetMDCDomainDetails", row).domains, domains);
      if (!word.includes("%28")) assert.deepEqual(validationIn("GetMDCDomainDetails", json).domains, domains);
    });
  }

  const STATES: [string, string, OrderedDomain["state"]][] = [
    ["Validated", "Validated", "done"],
    ["NOTVALIDATED", "NOTVALIDATED", "you"],
    ["Not Validated", "Not Validated", "you"],
    ["AWAITINGBRAND", "AWAITINGBRAND", "ca"],
    ["Pending", "Pending", undefined],
    ["1", "Completed", "done"],
    ["0", "Not completed", "you"],
    ["Odd", "Odd", undefined],
  ];
  for (const [word, status, state] of STATES) {
    it(`in the state “${word}”`, () => {
      const body = `errorCode=0&1_domainName=a.example&1_dcvStatus=${word}`;
      const [domain] = validationIn("GetMDCDomainDetails", body).domains;
      assert.deepEqual(domain, { domain: "a.example", status, ...(state !== undefined && { state }) });
    });
  }

  const FORMS: [string, string | object, readonly string[]][] = [
    [
      "in any order, with gaps",
      "9_dcvStatus=Validated&errorCode=0&9_domainName=b.example&2_domainName=A.example",
      ["a.example", "b.example"],
    ],
    ["without a number", "errorCode=0&domainName=a.example&dcvMethod=EMAIL", ["a.example"]],
    ["once each", "errorCode=0&1_domainName=a.example&2_domainName=A.EXAMPLE", ["a.example"]],
    ["not persons", `errorCode=0&1_domainName=Jane Doe&2_domainName=${PERSONAL.address}`, []],
    ["in JSON with numbered names", { errorCode: 0, "1_domainName": "a.example", "1_dcvStatus": "x" }, ["a.example"]],
    [
      "in JSON by their keys",
      { errorCode: 0, data: { "a.example": { status: "x" }, b: { status: "x" } } },
      ["a.example"],
    ],
    [
      "in JSON with what is available",
      { errorCode: 0, domains: [{ domain: "a.example", status: "x", options: [{ method: "CNAME" }] }] },
      ["a.example"],
    ],
    ["not a domain alone", { errorCode: 0, data: { domainName: "a.example", csrStatus: 1 } }, []],
    [
      "at most 2,000",
      `errorCode=0${Array.from({ length: 2100 }, (_, at) => `&${at}_domainName=d${at}.example`).join("")}`,
      Array.from({ length: 2000 }, (_, at) => `d${at}.example`),
    ],
  ];
  for (const [what, body, expected] of FORMS) {
    it(what, () => {
      const { domains } = validationIn("GetMDCDomainDetails", body);
      assert.deepEqual(
        domains.map(({ domain }) => domain),
        expected,
      );
    });
  }
});

describe("the numbers of steps in rows", () => {
  const CSR: CaStep = { id: "csrStatus", title: "Certificate signing request", status: "Completed", state: "done" };
  const DCV: CaStep = { id: "dcvStatus", title: "Domain control validation", status: "In progress", state: "ca" };
  const TABLE: [string, string, Partial<OrderValidation>][] = [
    [
      "of the order",
      "1_orderNumber=1234567&1_orderStatus=Pending&1_csrStatus=1&1_dcvStatus=2",
      { orderStatus: "Pending", steps: [CSR, DCV] },
    ],
    [
      "of its newest certificate",
      "1_2_csrStatus=0&1_1_csrStatus=1&1_1_dcvStatus=2&1_1_status=Applied",
      { orderStatus: "Applied", steps: [CSR, DCV] },
    ],
    [
      "of the order that was asked about",
      "1_orderNumber=1&1_csrStatus=0&2_orderNumber=1234567&2_csrStatus=1",
      { steps: [CSR] },
    ],
    [
      "without a number, beside domains",
      "csrStatus=1&dcvStatus=2&1_domainName=a.example&1_dcvStatus=1",
      { steps: [CSR, DCV], domains: [{ domain: "a.example", status: "Completed", state: "done" }] },
    ],
    ["in any case of letters", "1_CSRSTATUS=1", { steps: [CSR] }],
    ["that are not numbers of a step", "1_csrStatus=9&1_dcvStatus=x", {}],
    [
      "of the CAA check",
      "caaStatus=Authorized",
      { steps: [{ id: "caaStatus", title: "CAA check", status: "Authorized", state: "done" }] },
    ],
    ["of nobody", "1_streetAddress1=Lane&1_emailAddress=a@b.example", {}],
  ];
  for (const [what, pairs, expected] of TABLE) {
    it(what, () => {
      const read = validationIn("GetDetailedOrderStatus", `errorCode=0&${pairs}`);
      assert.deepEqual(read, { ...NOTHING, ...expected });
    });
  }
});

import assert from "node:assert/strict";
import type { ReportRow } from "../../../../src/api/services/service-result";
import { Random } from "../../../fuzz/random";
import { PASSWORD } from "../answers";
import { PERSONAL, reportIn, reportPairs } from "./service-answers";

const one = (pairs: string): ReportRow | undefined =>
  reportIn(`errorCode=0&noOfResults=1&1_orderNumber=7&${pairs}`).rows[0];

describe("a report of orders", () => {
  it("has what the columns say", () => {
    const body = [
      "errorCode=0&noOfResults=250",
      "1_orderNumber=1234567&1_dateTime=1761696000&1_orderStatus=Complete&1_validationStatus=x&1_cost=9",
      "1_1_type=EssentialSSL+Wildcard&1_1_domain=*.a.example&1_1_additionalDomain=b.example,c.example",
      "1_1_status=Valid&1_1_notBefore=1761696000&1_1_notAfter=1793232000&1_1_serialNumber=00AbCd12",
      "1_1_certificateID=98765&1_1_keySize=2048",
    ].join("&");
    assert.deepEqual(reportIn(body), {
      count: 250,
      skipped: 0,
      rows: [
        {
          orderNumber: "1234567",
          placedAt: 1_761_696_000_000,
          status: "Valid",
          type: "EssentialSSL Wildcard",
          domains: ["*.a.example", "b.example", "c.example"],
          certificateID: "98765",
          serialNumber: "ABCD12",
          notBefore: 1_761_696_000_000,
          notAfter: 1_793_232_000_000,
        },
      ],
    });
  });

  it("keeps the words of orders in every state of every product", () => {
    const states = ["Valid", "Expired", "Revoked", "Replaced", "Rejected", "Awaiting Payment"];
    const words = states.flatMap((state) => Array.from({ length: 60 }, (_, index) => [state, `Product ${index}`]));
    const rows = words.map(([state, type], index) => {
      return `${index}_orderNumber=${index + 1}&${index}_1_status=${state}&${index}_1_type=${type}`;
    });
    const read = reportIn(`errorCode=0&noOfResults=${rows.length}&${rows.join("&")}`);
    assert.deepEqual(
      read.rows.map(({ status, type }) => [status, type]),
      words,
    );
  });

  const ROWS: [string, string, Partial<ReportRow>][] = [
    ["the order's status without a certificate's", "1_orderStatus=Pending", { status: "Pending" }],
    ["the certificate's status before the order's", "1_orderStatus=x&1_1_status=Expired", { status: "Expired" }],
    [
      "a status that nobody knows",
      "1_1_status=Awaiting%20Validation%20(Full)",
      { status: "Awaiting Validation (Full)" },
    ],
    ["escapes inside of a decoded value", "1_1_status=Awaiting+%2528Full%2529", { status: "Awaiting (Full)" }],
    ["raw spaces", "1_1_type=Sectigo UC Certificate&1_1_x=", { type: "Sectigo UC Certificate" }],
    ["a plus that was escaped", "1_1_type=A%2BB", { type: "A+B" }],
    ["lower-case columns", "1_1_certificateid=5&1_1_serialnumber=ff", { certificateID: "5", serialNumber: "FF" }],
    ["a serial number with colons", "1_1_serialNumber=0x0a%3A0B", { serialNumber: "A0B" }],
    ["a serial number of zero", "1_1_serialNumber=000", { serialNumber: "0" }],
    ["a serial number that is not one", "1_1_serialNumber=none", {}],
    [
      "the newest certificate, whatever the order",
      "1_2_status=Expired&1_2_notAfter=1&1_1_status=Valid",
      { status: "Valid" },
    ],
    [
      "the domain of an older one",
      "1_2_domain=a.example&1_1_status=Valid",
      { domains: ["a.example"], status: "Valid" },
    ],
    [
      "columns without a certificate's number",
      "1_status=Valid&1_domain=A.Example",
      { status: "Valid", domains: ["a.example"] },
    ],
    [
      "domains that are doubled",
      "1_1_domain=a.example&1_1_mdcDomainNames=a.example+b.example%3Bc.example",
      { domains: ["a.example", "b.example", "c.example"] },
    ],
    ["an address in the place of a domain", `1_1_domain=${PERSONAL.address}`, {}],
    ["a person in the place of a domain", "1_1_domain=Jane+Doe", {}],
    ["an IPv4 address", "1_1_domain=192.0.2.1", { domains: ["192.0.2.1"] }],
    ["times that are not times", "1_dateTime=yesterday&1_1_notAfter=-1", {}],
    ["an ID that is not a number", "1_1_certificateID=abc", {}],
    ["an address as a status", `1_1_status=${PERSONAL.address}`, {}],
    ["empty columns", "1_1_status=&1_1_domain=&1_1_type", {}],
    ["a trailing ampersand", "1_1_status=Valid&", { status: "Valid" }],
  ];
  for (const [what, pairs, expected] of ROWS) {
    it(`reads ${what}`, () => assert.deepEqual(one(pairs), { orderNumber: "7", domains: [], ...expected }));
  }

  it("keeps 20 domains of a row", () => {
    const domains = Array.from({ length: 500 }, (_, index) => `d${index}.example`);
    assert.deepEqual(one(`1_1_mdcDomainNames=${domains.join("+")}`)?.domains, domains.slice(0, 20));
  });

  const WHOLE: [string, string, object][] = [
    ["no rows", "errorCode=0&noOfResults=0", { rows: [], count: 0, skipped: 0 }],
    ["a count alone", "errorCode=0&noOfResults=3000", { rows: [], count: 3000, skipped: 0 }],
    ["no count", "errorCode=0", { rows: [], skipped: 0 }],
    ["words beside a good code", "errorCode=0&errorMessage=fine&noOfResults=0", { rows: [], count: 0, skipped: 0 }],
    [
      "lower-case keys",
      "errorcode=0&noofresults=1&1_ordernumber=7",
      { rows: [{ orderNumber: "7", domains: [] }], count: 1, skipped: 0 },
    ],
    [
      "gaps",
      "errorCode=0&3_orderNumber=7&900_orderNumber=8",
      {
        rows: [
          { orderNumber: "7", domains: [] },
          { orderNumber: "8", domains: [] },
        ],
        skipped: 0,
      },
    ],
    [
      "rows without an order number",
      "errorCode=0&1_1_status=Valid&2_orderNumber=8&3_orderNumber=x&4_cost=1",
      { rows: [{ orderNumber: "8", domains: [] }], skipped: 3 },
    ],
    ["the code at the end", "1_orderNumber=8&errorCode=0", { rows: [{ orderNumber: "8", domains: [] }], skipped: 0 }],
    [
      "a row that comes twice: the fuller one",
      "errorCode=0&1_orderNumber=8&1_1_status=Valid&2_orderNumber=8",
      { rows: [{ orderNumber: "8", status: "Valid", domains: [] }], skipped: 0 },
    ],
    [
      "two alike: the later one",
      "errorCode=0&1_orderNumber=8&1_1_status=Valid&2_orderNumber=8&2_1_status=Expired",
      { rows: [{ orderNumber: "8", status: "Expired", domains: [] }], skipped: 0 },
    ],
    [
      "a number that is used again",
      "errorCode=0&1_orderNumber=8&1_orderNumber=9",
      {
        rows: [
          { orderNumber: "8", domains: [] },
          { orderNumber: "9", domains: [] },
        ],
        skipped: 0,
      },
    ],
    [
      "JSON of the same names",
      '{"errorCode":0,"noOfResults":"1","1_orderNumber":8,"1_1_status":"Valid"}',
      { rows: [{ orderNumber: "8", status: "Valid", domains: [] }], count: 1, skipped: 0 },
    ],
  ];
  for (const [what, body, expected] of WHOLE) it(`bears ${what}`, () => assert.deepEqual(reportIn(body), expected));

  it("is the same in any order of its columns", () => {
    const random = new Random(12);
    const rows = reportPairs(20);
    const expected = reportIn(["errorCode=0&noOfResults=20", ...rows.flat()].join("&"));
    assert.equal(expected.rows.length, 20);
    for (let round = 0; round < 20; round++) {
      const pairs = ["errorCode=0", "noOfResults=20", ...rows.flat()];
      for (let at = pairs.length - 1; at > 0; at--) {
        const other = random.below(at + 1);
        [pairs[at], pairs[other]] = [pairs[other] ?? "", pairs[at] ?? ""];
      }
      assert.deepEqual(reportIn(pairs.join("&")), expected);
    }
  });

  it("may be cut anywhere", () => {
    const random = new Random(13);
    const whole = ["errorCode=0&noOfResults=20", ...reportPairs(20).flat()].join("&");
    for (let round = 0; round < 30; round++) {
      const { rows, skipped } = reportIn(whole.slice(0, 24 + random.below(whole.length - 24)));
      assert.ok(rows.length + skipped <= 20);
    }
  });

  it("may have a row of 4 kB", () => {
    const domains = Array.from({ length: 200 }, (_, index) => `host-${index}.a.example`).join("%20");
    const row = one(`1_1_mdcDomainNames=${domains}&1_1_status=Valid`);
    assert.deepEqual([row?.domains.length, row?.status], [20, "Valid"]);
  });

  const ECHOED: [string, string][] = [
    ["a status", "1_1_status="],
    ["a product", "1_1_type=SSL "],
    ["a domain", "1_1_domain=a.example "],
    ["a serial number", "1_1_serialNumber="],
  ];
  for (const [what, pair] of ECHOED) {
    it(`does not give away a secret as ${what}`, () => {
      for (const secret of [PASSWORD, "deadbeef2026", "12345678", "secret.example"]) {
        for (const written of [secret, encodeURIComponent(secret), Buffer.from(secret).toString("hex")]) {
          const body = `errorCode=0&1_orderNumber=7&${pair}${written}&1_dateTime=1761696000`;
          const told = JSON.stringify(reportIn(body, secret)).toLowerCase();
          for (const part of [secret, "s3cret", written]) assert.ok(!told.includes(part.toLowerCase()), told);
        }
      }
    });
  }

  it("keeps its other rows when one has a secret", () => {
    const { rows, skipped } = reportIn(
      "errorCode=0&1_orderNumber=12345678&2_orderNumber=9&2_1_status=Valid",
      "12345678",
    );
    assert.deepEqual([rows, skipped], [[{ orderNumber: "9", status: "Valid", domains: [] }], 1]);
  });
});

import assert from "node:assert/strict";
import fc from "fast-check";
import { endpointAt, SANDBOX_ENDPOINTS, readArguments, type SandboxEndpoint } from "../../../src/sandbox/parameters";
import { PATHS } from "./client";

type Product = keyof typeof PATHS;
type Row = readonly [fields: Record<string, string>, answer: string];

const LOGIN = { loginName: "someone", loginPassword: "secret" };

/** A call that each endpoint takes; rows add to it, or take out what they set to "-". */
const LEAST: Readonly<Record<Product, Record<string, string>>> = {
  ssl: { ...LOGIN, orderNumber: "1000001", queryType: "1" },
  smime: { ...LOGIN, orderNumber: "2000001", queryType: "1" },
  ccc: { ...LOGIN, orderNumber: "3000001", queryType: "1" },
  pac: { ...LOGIN, orderNumber: "4000001", queryType: "1" },
  mc: { ...LOGIN, orderNumber: "5000001" },
};

const chars = (name: string): readonly Row[] => [
  [{ [name]: "Y" }, "taken"],
  [{ [name]: "N" }, "taken"],
  [{ [name]: "y" }, `-4 ${name}`],
  [{ [name]: "YY" }, `-4 ${name}`],
  [{ [name]: "1" }, `-4 ${name}`],
  [{ [name]: "" }, `-4 ${name}`],
];

const login: readonly Row[] = [
  [{}, "taken"],
  [{ loginName: "-" }, "-3 loginName"],
  [{ loginPassword: "-" }, "-3 loginPassword"],
  [{ loginName: "" }, "-4 loginName"],
  [{ loginName: "x".repeat(64) }, "taken"],
  [{ loginName: "x".repeat(65) }, "-4 loginName"],
  [{ loginPassword: "x".repeat(128) }, "taken"],
  [{ loginPassword: "x".repeat(129) }, "-4 loginPassword"],
  [{ unheardOf: "1" }, "-2"],
];

const queryType: readonly Row[] = [
  [{ queryType: "-" }, "-3 queryType"],
  [{ queryType: "0" }, "taken"],
  [{ queryType: "01" }, "taken"],
  [{ queryType: "2" }, "taken"],
  [{ queryType: "3" }, "taken"],
  [{ queryType: "4" }, "-4 queryType"],
  [{ queryType: "-1" }, "-4 queryType"],
  [{ queryType: "all" }, "-4 queryType"],
];

/** responseType and responseEncoding of the three endpoints without ZIP. */
const structures: readonly Row[] = [
  [{ responseType: "0" }, "-4 responseType"],
  [{ responseType: "1" }, "taken"],
  [{ responseType: "2" }, "taken"],
  [{ responseType: "3" }, "taken"],
  [{ responseType: "4" }, "taken"],
  [{ responseType: "5" }, "-4 responseType"],
  [{ responseType: "1", queryType: "2" }, "-4 responseType"],
  [{ responseType: "2", queryType: "0" }, "-4 responseType"],
  [{ responseType: "4", queryType: "3" }, "-4 responseType"],
  [{ responseType: "3", queryType: "2" }, "taken"],
  [{ responseEncoding: "0" }, "taken"],
  [{ responseEncoding: "1" }, "-4 responseEncoding"],
  [{ responseEncoding: "1", responseType: "2" }, "taken"],
  [{ responseEncoding: "1", responseType: "1" }, "-4 responseEncoding"],
  [{ responseEncoding: "1", responseType: "4" }, "-4 responseEncoding"],
  [{ responseEncoding: "1", responseType: "3", queryType: "2" }, "-4 responseEncoding"],
];

const mimeType: readonly Row[] = [
  [{ responseMimeType: "application/x-x509-user-cert" }, "taken"],
  [{ responseMimeType: "text" }, "-4 responseMimeType"],
  [{ responseMimeType: "text/plain\r\nSet-Cookie: a=b" }, "-4 responseMimeType"],
  [{ responseMimeType: `text/${"x".repeat(251)}` }, "-4 responseMimeType"],
];

const RULES: Readonly<Record<Product, readonly Row[]>> = {
  ssl: [
    ...login,
    ...queryType,
    [{ orderNumber: "-" }, "-3 orderNumber"],
    [{ orderNumber: "-", certificateID: "1234567890123456" }, "taken"],
    [{ orderNumber: "-", certificateID: "12345678901234567" }, "-4 certificateID"],
    [{ orderNumber: "-", certificateID: "12a" }, "-4 certificateID"],
    [{ orderNumber: "-", baseOrderNumber: "900023" }, "taken"],
    [{ orderNumber: "-", baseOrderNumber: "9,00" }, "-4 baseOrderNumber"],
    [{ orderNumber: "x".repeat(128) }, "taken"],
    [{ orderNumber: "x".repeat(129) }, "-4 orderNumber"],
    [{ responseType: "0" }, "taken"],
    [{ responseType: "1" }, "taken"],
    [{ responseType: "2" }, "taken"],
    [{ responseType: "3" }, "taken"],
    [{ responseType: "4" }, "-4 responseType"],
    [{ responseType: "0", queryType: "2" }, "-4 responseType"],
    [{ responseType: "1", queryType: "0" }, "-4 responseType"],
    [{ responseType: "2", queryType: "3" }, "-4 responseType"],
    [{ responseEncoding: "1", responseType: "0" }, "taken"],
    [{ responseEncoding: "1", responseType: "2" }, "taken"],
    [{ responseEncoding: "1", responseType: "1" }, "-4 responseEncoding"],
    [{ responseEncoding: "1" }, "-4 responseEncoding"],
    [{ responseEncoding: "2" }, "-4 responseEncoding"],
    [{ responseFormat: "0" }, "taken"],
    [{ responseFormat: "1" }, "taken"],
    [{ responseFormat: "2" }, "-4 responseFormat"],
    [{ behaviourVersion: "0" }, "taken"],
    [{ behaviourVersion: "1" }, "taken"],
    [{ behaviourVersion: "2" }, "-4 behaviourVersion"],
    ...chars("showValidityPeriod"),
    ...chars("showFQDN"),
    ...chars("showExtStatus"),
    ...chars("showMDCDomainDetails"),
    ...chars("showMDCDomainDetails2"),
    ...chars("showStatusDetails"),
    [{ collectionCode: "abc" }, "-2 collectionCode"],
    [{ responseMimeType: "text/plain" }, "-2 responseMimeType"],
    [{ QUERYTYPE: "1" }, "-2"],
  ],
  smime: [
    ...login,
    ...queryType,
    ...structures,
    ...chars("showValidityPeriod"),
    [{ orderNumber: "-" }, "-3 orderNumber"],
    [{ orderNumber: "12a" }, "-4 orderNumber"],
    [{ responseEncoding: "2" }, "-4 responseEncoding"],
    [{ collectionCode: "abc" }, "-2 collectionCode"],
    [{ responseMimeType: "text/plain" }, "-2 responseMimeType"],
    [{ showFQDN: "Y" }, "-2 showFQDN"],
    [{ responseFormat: "1" }, "-2 responseFormat"],
  ],
  ccc: [
    ...login,
    ...queryType,
    ...structures,
    ...mimeType,
    ...chars("showValidityPeriod"),
    [{ orderNumber: "-" }, "-3 orderNumber"],
    [{ orderNumber: "1 2" }, "-4 orderNumber"],
    [{ loginName: "-", loginPassword: "-", orderNumber: "-" }, "-3 loginName"],
    [{ loginName: "-", loginPassword: "-", orderNumber: "-", collectionCode: "x".repeat(16) }, "taken"],
    [{ loginName: "-", loginPassword: "-", orderNumber: "-", collectionCode: "x".repeat(17) }, "-4 collectionCode"],
    [{ loginName: "-", loginPassword: "-", collectionCode: "abc" }, "-2 orderNumber"],
    [{ orderNumber: "-", collectionCode: "abc" }, "-2 loginName"],
    [{ responseEncoding: "2" }, "taken"],
    [{ responseEncoding: "2", callbackFunctionName: "collected" }, "taken"],
    [{ callbackFunctionName: "window.collected" }, "taken"],
    [{ callbackFunctionName: "f();alert" }, "-4 callbackFunctionName"],
    [{ callbackFunctionName: "x".repeat(65) }, "-4 callbackFunctionName"],
    [{ showFQDN: "Y" }, "-2 showFQDN"],
  ],
  pac: [
    ...login,
    ...queryType,
    ...structures,
    ...mimeType,
    ...chars("showValidityPeriod"),
    [{ orderNumber: "-" }, "-3 collectionCode"],
    [{ orderNumber: "-", collectionCode: "abc" }, "taken"],
    [{ collectionCode: "abc" }, "taken"],
    [{ loginName: "-", loginPassword: "-", orderNumber: "-", collectionCode: "abc" }, "taken"],
    [{ loginPassword: "-", orderNumber: "-", collectionCode: "abc" }, "-3 loginPassword"],
    [{ loginName: "-", loginPassword: "-", orderNumber: "-" }, "-3 loginName"],
    [{ orderNumber: "-", collectionCode: "x".repeat(17) }, "-4 collectionCode"],
    [{ responseEncoding: "2" }, "taken"],
    [{ callbackFunctionName: "collected" }, "-2 callbackFunctionName"],
  ],
  mc: [
    ...login,
    [{ orderNumber: "-" }, "-3 orderNumber"],
    [{ queryType: "1" }, "-2 queryType"],
    [{ showValidityPeriod: "Y" }, "-2 showValidityPeriod"],
    [{ responseType: "0" }, "-4 responseType"],
    [{ responseType: "0", responseEncoding: "0" }, "-4 responseType"],
    [{ responseType: "0", responseEncoding: "1" }, "taken"],
    [{ responseType: "2" }, "taken"],
    [{ responseType: "2", responseEncoding: "1" }, "taken"],
    [{ RESPONSETYPE: "2", RESPONSEENCODING: "1" }, "taken"],
    [{ RESPONSETYPE: "2", responseType: "2" }, "-4 responseType"],
    [{ responseType: "3" }, "taken"],
    [{ responseType: "1" }, "-4 responseType"],
    [{ responseEncoding: "1" }, "-4 responseEncoding"],
    [{ responseEncoding: "1", responseType: "3" }, "-4 responseEncoding"],
    [{ responseEncoding: "2" }, "-4 responseEncoding"],
  ],
};

function endpoint(product: Product): SandboxEndpoint {
  const found = endpointAt(PATHS[product]);
  assert.ok(found);
  return found;
}

function verdict(product: Product, form: URLSearchParams): string {
  const read = readArguments(endpoint(product), form);
  if (!("code" in read)) return "taken";
  return read.item === undefined ? String(read.code) : `${read.code} ${read.item}`;
}

describe("parameters of the endpoints", () => {
  for (const [product, rows] of Object.entries(RULES) as [Product, readonly Row[]][]) {
    it(`${PATHS[product]}: ${rows.length} rules`, () => {
      for (const [fields, answer] of rows) {
        const all = Object.entries({ ...LEAST[product], ...fields }).filter(([, value]) => value !== "-");
        assert.equal(verdict(product, new URLSearchParams(all)), answer, JSON.stringify(fields).slice(0, 200));
      }
    });
  }

  it("has a row for every parameter of every endpoint", () => {
    for (const { product, parameters } of SANDBOX_ENDPOINTS) {
      const tried = new Set(RULES[product].flatMap(([fields]) => Object.keys(fields)));
      assert.deepEqual(
        parameters.filter(({ name }) => !tried.has(name)).map(({ name }) => name),
        [],
        product,
      );
    }
  });

  it("refuses an argument that is given twice", () => {
    const form = new URLSearchParams([...Object.entries(LEAST.ssl), ["queryType", "1"]]);
    assert.equal(verdict("ssl", form), "-4 queryType");
  });

  it("does not repeat a name that no page has: it may be the rest of a password", () => {
    const careless = new URLSearchParams("loginName=someone&loginPassword=open&shut=100%25");
    const read = readArguments(endpoint("ssl"), careless);
    assert.deepEqual(read, { code: -2, message: "Unrecognised argument!" });
  });

  it("reads integers as numbers and strings as they are", () => {
    const form = new URLSearchParams({ ...LEAST.ssl, orderNumber: "007", certificateID: "007", queryType: "01" });
    const read = readArguments(endpoint("ssl"), form);
    assert.ok(!("code" in read));
    assert.deepEqual(
      ["orderNumber", "certificateID", "queryType"].map((name) => read.get(name)),
      ["007", "7", "1"],
    );
  });

  it("answers any form with the arguments or one of -2, -3, -4", () => {
    const names = fc.constantFrom(...SANDBOX_ENDPOINTS.flatMap(({ parameters }) => parameters.map(({ name }) => name)));
    const field = fc.tuple(fc.oneof(names, fc.string()), fc.oneof(fc.string(), fc.constantFrom("0", "1", "2", "Y")));
    const products = Object.keys(PATHS) as Product[];
    fc.assert(
      fc.property(fc.constantFrom(...products), fc.array(field, { maxLength: 12 }), (product, fields) => {
        assert.match(verdict(product, new URLSearchParams(fields)), /^(taken|-2( \w+)?|-[34] \w+)$/);
      }),
      { numRuns: 500 },
    );
  });
});

import { inEnglish } from "../../../src/words/localize";
import { untranslated } from "../words/pseudo";
import assert from "node:assert/strict";
import { ENDPOINTS, parameterOf } from "../../../src/api/endpoints";
import { breaking, type Parameter, PARAMETER_NAMES, type ParameterValues } from "../../../src/api/parameter";
import { PRODUCTS, type Product } from "../../../src/api/product";
import { buildRequest, checkValue, defaultValues, endpointUrl, RequestError } from "../../../src/api/request";
import { PASSWORD } from "./answers";

const HOST = "ca.example.test";

/** The least that each endpoint takes. */
const LEAST: Readonly<Record<Product, ParameterValues>> = {
  ssl: { loginName: "someone", loginPassword: PASSWORD, orderNumber: "123", queryType: "0" },
  smime: { loginName: "someone", loginPassword: PASSWORD, orderNumber: "123", queryType: "0" },
  ccc: { collectionCode: "CODE123", queryType: "0" },
  pac: { collectionCode: "CODE123", queryType: "0" },
  mc: { loginName: "someone", loginPassword: PASSWORD, orderNumber: "123" },
};

/** What a parameter needs beside it, to be legal at all. */
const COMPANIONS: Readonly<Partial<Record<string, ParameterValues>>> = {
  "responseType=0": { queryType: "1", responseEncoding: "1" },
  "responseType=1": { queryType: "1" },
  "responseType=2": { queryType: "1" },
  "responseType=4": { queryType: "1" },
  "responseEncoding=1": { queryType: "1", responseType: "2" },
  callbackFunctionName: { responseEncoding: "2" },
};

const SAMPLES: Readonly<Partial<Record<string, string>>> = {
  responseMimeType: "application/x-x509-user-cert",
  callbackFunctionName: "ns.collected",
};

/** By the CA's pages, one line each: what a call must not look like, and what is said about it. */
const REFUSALS: readonly [Product, ParameterValues, string, string][] = [
  ["ssl", { loginName: "a", loginPassword: "b", queryType: "0" }, "combination", "baseOrderNumber"],
  ["ssl", { ...LEAST.ssl, responseType: "0" }, "combination", "queryType"],
  ["ssl", { ...LEAST.ssl, responseType: "1" }, "combination", "queryType"],
  ["ssl", { ...LEAST.ssl, responseType: "2", queryType: "2" }, "combination", "queryType"],
  ["ssl", { ...LEAST.ssl, responseType: "4", queryType: "1" }, "not-allowed", "responseType"],
  ["ssl", { ...LEAST.ssl, queryType: "1", responseType: "3", responseEncoding: "1" }, "combination", "responseType"],
  ["ssl", { ...LEAST.ssl, queryType: "1", responseEncoding: "1" }, "combination", "responseType"],
  ["ssl", { ...LEAST.ssl, responseType: "3", responseEncoding: "1" }, "combination", "queryType"],
  ["ssl", { ...LEAST.ssl, responseEncoding: "2" }, "not-allowed", "responseEncoding"],
  [
    "ssl",
    { ...LEAST.ssl, queryType: "1", responseType: "2", responseEncoding: "1", responseFormat: "1" },
    "combination",
    "responseFormat",
  ],
  ["ssl", { ...LEAST.ssl, certificateID: "12345678901234567" }, "too-long", "certificateID"],
  ["ssl", { ...LEAST.ssl, certificateID: "12a" }, "not-integer", "certificateID"],
  ["ssl", { ...LEAST.ssl, orderNumber: "x".repeat(129) }, "too-long", "orderNumber"],
  ["ssl", { ...LEAST.ssl, showFQDN: "yes" }, "not-allowed", "showFQDN"],
  ["ssl", { ...LEAST.ssl, behaviourVersion: "2" }, "not-allowed", "behaviourVersion"],
  ["ssl", { ...LEAST.ssl, queryType: "01" }, "not-allowed", "queryType"],
  ["ssl", { ...LEAST.ssl, loginName: "x".repeat(65) }, "too-long", "loginName"],
  ["ssl", { ...LEAST.ssl, loginName: "a\r\nb" }, "not-text", "loginName"],
  ["ssl", { ...LEAST.ssl, loginPassword: "x".repeat(129) }, "too-long", "loginPassword"],
  ["ssl", { ...LEAST.ssl, loginPassword: "half \ud800" }, "not-text", "loginPassword"],
  ["ssl", { ...LEAST.ssl, loginPassword: "" }, "empty", "loginPassword"],
  ["ssl", { ...LEAST.ssl, collectionCode: "CODE123" }, "unknown", "collectionCode"],
  ["smime", { loginName: "a", orderNumber: "1", queryType: "1" }, "missing", "loginPassword"],
  ["smime", { loginName: "a", loginPassword: "b", orderNumber: "1" }, "missing", "queryType"],
  ["smime", { ...LEAST.smime, responseType: "4" }, "combination", "queryType"],
  ["smime", { ...LEAST.smime, responseEncoding: "1", responseType: "3" }, "combination", "queryType"],
  ["smime", { ...LEAST.smime, responseEncoding: "1", queryType: "1" }, "combination", "responseType"],
  ["smime", { ...LEAST.smime, orderNumber: "12-3" }, "not-integer", "orderNumber"],
  ["smime", { ...LEAST.smime, responseType: "0" }, "not-allowed", "responseType"],
  ["smime", { ...LEAST.smime, collectionCode: "CODE123" }, "unknown", "collectionCode"],
  ["smime", { ...LEAST.smime, certificateID: "1" }, "unknown", "certificateID"],
  ["ccc", { queryType: "1" }, "combination", "loginName"],
  ["ccc", { loginName: "a", loginPassword: "b", queryType: "1" }, "combination", "orderNumber"],
  ["ccc", { ...LEAST.ccc, loginName: "a" }, "combination", "loginName"],
  ["ccc", { ...LEAST.ccc, orderNumber: "1" }, "combination", "orderNumber"],
  ["ccc", { collectionCode: "x".repeat(17), queryType: "1" }, "too-long", "collectionCode"],
  ["ccc", { ...LEAST.ccc, responseType: "2" }, "combination", "queryType"],
  ["ccc", { ...LEAST.ccc, responseEncoding: "1" }, "combination", "queryType"],
  ["ccc", { ...LEAST.ccc, responseEncoding: "1", queryType: "1", responseType: "1" }, "combination", "responseType"],
  ["ccc", { ...LEAST.ccc, callbackFunctionName: "done" }, "combination", "callbackFunctionName"],
  ["ccc", { ...LEAST.ccc, responseEncoding: "2", callbackFunctionName: "a(b)" }, "shape", "callbackFunctionName"],
  ["ccc", { ...LEAST.ccc, responseMimeType: "text" }, "shape", "responseMimeType"],
  ["pac", { orderNumber: "1", queryType: "1" }, "combination", "loginName"],
  ["pac", { ...LEAST.pac, responseType: "1" }, "combination", "queryType"],
  ["pac", { ...LEAST.pac, responseEncoding: "1" }, "combination", "queryType"],
  ["pac", { ...LEAST.pac, responseEncoding: "1", queryType: "1", responseType: "4" }, "combination", "responseType"],
  ["pac", { ...LEAST.pac, orderNumber: "1" }, "combination", "orderNumber"],
  ["pac", { ...LEAST.pac, loginName: "a" }, "combination", "loginPassword"],
  ["pac", { ...LEAST.pac, loginPassword: "a" }, "combination", "loginPassword"],
  ["pac", { ...LEAST.pac, callbackFunctionName: "done" }, "unknown", "callbackFunctionName"],
  ["mc", { ...LEAST.mc, queryType: "1" }, "unknown", "queryType"],
  ["mc", { ...LEAST.mc, responseType: "0" }, "combination", "responseEncoding"],
  ["mc", { ...LEAST.mc, responseType: "3", responseEncoding: "1" }, "combination", "responseType"],
  ["mc", { ...LEAST.mc, responseEncoding: "1" }, "combination", "responseType"],
  ["mc", { ...LEAST.mc, responseType: "1" }, "not-allowed", "responseType"],
];

const ACCEPTED: readonly [Product, ParameterValues][] = [
  ["ssl", { loginName: "a", loginPassword: "b", certificateID: "1234567890123456", queryType: "3" }],
  ["ssl", { loginName: "a", loginPassword: "b", baseOrderNumber: "9", queryType: "2" }],
  ["ssl", { ...LEAST.ssl, orderNumber: "any text" }],
  ["ccc", { loginName: "a", loginPassword: "b", orderNumber: "1", queryType: "1" }],
  ["pac", { loginName: "a", loginPassword: "b", orderNumber: "1", queryType: "1" }],
  ["pac", { loginName: "a", loginPassword: "b", collectionCode: "C", queryType: "1" }],
  ["mc", { ...LEAST.mc, responseType: "2", responseEncoding: "0" }],
  ["mc", { ...LEAST.mc, responseType: "3" }],
];

function sent(product: Product, values: ParameterValues): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(buildRequest(HOST, product, values).body));
}

function refusal(run: () => unknown): RequestError {
  try {
    run();
  } catch (error) {
    assert(error instanceof RequestError);
    assert.deepEqual(untranslated(error.said), []);
    return error;
  }
  throw new assert.AssertionError({ message: "was not refused" });
}

describe("request", () => {
  describe("sends every documented parameter", () => {
    for (const product of PRODUCTS) {
      for (const parameter of ENDPOINTS[product].parameters) {
        for (const value of valuesFor(parameter)) {
          it(`${product} ${parameter.name}=${value}`, () => {
            const companions = COMPANIONS[`${parameter.name}=${value}`] ?? COMPANIONS[parameter.name] ?? {};
            const allowed = Object.fromEntries(
              Object.entries(companions).filter(([name]) => ENDPOINTS[product].parameters.some((p) => p.name === name)),
            );
            const least = parameter.role === "answer" ? LEAST[product] : { ...LEAST.ssl };
            const base = parameter.role === "answer" ? least : withoutUnknown(product, least, parameter);
            const values = { ...base, ...allowed, [parameter.name]: value };
            assert.deepEqual(sent(product, values), values);
          });
        }
      }
    }
  });

  describe("refuses what the pages forbid", () => {
    for (const [product, values, code, field] of REFUSALS) {
      it(`${product} ${Object.keys(values).join(" ")}: ${code} ${field}`, () => {
        const error = refusal(() => buildRequest(HOST, product, values));
        assert.deepEqual({ code: error.code, field: error.field }, { code, field });
        const listed = parameterOf(ENDPOINTS[product], error.field as Parameter["name"])?.values;
        if (code === "not-allowed" || code === "combination") {
          assert.deepEqual(error.allowed, listed?.map(({ value }) => value) ?? []);
        }
        for (const value of [values.loginPassword, values.collectionCode]) {
          if (value !== undefined && value.length > 3) assert(!error.message.includes(value));
        }
      });
    }

    for (const [product, values] of ACCEPTED) {
      it(`and takes ${product} ${JSON.stringify(values)}`, () => {
        assert.deepEqual(sent(product, values), values);
      });
    }

    it("each rule refuses something", () => {
      for (const product of PRODUCTS) {
        for (const rule of ENDPOINTS[product].rules) {
          const broken = REFUSALS.some(([of, values]) => of === product && breaking(rule, values).length > 0);
          assert(broken, `${product}: nothing breaks “${inEnglish(rule.sentence)}”`);
        }
      }
    });

    it("each rule reads parameters of its endpoint only", () => {
      for (const { parameters, rules, name } of Object.values(ENDPOINTS)) {
        const known: string[] = parameters.map((parameter) => parameter.name);
        for (const rule of rules) {
          for (const read of Object.keys({ ...rule.when, ...rule.needs })) {
            // A rule that two endpoints share may list values that one of them does not have, never a parameter.
            assert(known.includes(read), `${name}: ${inEnglish(rule.sentence)}`);
          }
        }
      }
    });

    it("parameters that no page knows, without repeating their name", () => {
      const error = refusal(() => buildRequest(HOST, "ssl", { ...LEAST.ssl, hunter2: "x" } as ParameterValues));
      assert.equal(error.code, "unknown");
      assert(!error.message.includes("hunter2"));
    });

    it("values that are no text", () => {
      const parameter = ENDPOINTS.ssl.parameters.find(({ name }) => name === "orderNumber");
      assert(parameter !== undefined);
      assert.equal(
        refusal(() => {
          checkValue(parameter, 12);
        }).code,
        "not-text",
      );
    });
  });

  describe("keeps passwords intact", () => {
    for (const password of [PASSWORD, "a&b=c", "a+b c%20d", "100%", "'\"\\", "пароль 密码 🔑", "\ttab", "=&=&"]) {
      it(JSON.stringify(password), () => {
        const request = buildRequest(HOST, "ssl", { ...LEAST.ssl, loginPassword: password });
        assert.equal(new URLSearchParams(request.body).get("loginPassword"), password);
        assert.equal(request.url, "https://ca.example.test/products/download/CollectSSL");
      });
    }
  });

  describe("addresses", () => {
    const good: readonly [string, string][] = [
      ["secure.sectigo.com", "https://secure.sectigo.com/products/download/CollectMC"],
      ["SECURE.sectigo.com:443", "https://secure.sectigo.com/products/download/CollectMC"],
      ["127.0.0.1:8443", "https://127.0.0.1:8443/products/download/CollectMC"],
      ["[::1]:8443", "https://[::1]:8443/products/download/CollectMC"],
      ["localhost", "https://localhost/products/download/CollectMC"],
    ];
    for (const [host, url] of good)
      it(host, () => {
        assert.equal(endpointUrl(host, "mc"), url);
      });

    const bad: readonly [string, string][] = [
      ["http://secure.sectigo.com", "not-https"],
      ["HTTP:secure.sectigo.com", "not-https"],
      ["https://secure.sectigo.com", "host"],
      ["secure.sectigo.com/", "host"],
      ["secure.sectigo.com?x=1", "host"],
      ["secure.sectigo.com#x", "host"],
      ["someone:password@secure.sectigo.com", "host"],
      ["secure.sectigo.com\\@evil.example", "host"],
      ["secure.sectigo.com:99999", "host"],
      ["secure .sectigo.com", "host"],
      ["-x.example", "host"],
      ["[::1", "host"],
      ["", "host"],
    ];
    for (const [host, code] of bad) {
      it(`refuses ${JSON.stringify(host)}`, () => {
        assert.equal(refusal(() => endpointUrl(host, "mc")).code, code);
      });
    }
  });

  describe("default call", () => {
    for (const product of PRODUCTS) {
      for (const statusOnly of [false, true]) {
        it(`${product} ${statusOnly ? "status only" : "everything"} keeps the page's rules`, () => {
          const values = defaultValues(product, { kind: "orderNumber", value: "77" }, { statusOnly });
          const form = sent(product, { ...values, loginName: "someone", loginPassword: PASSWORD });
          assert.equal(form.orderNumber, "77");
          assert.equal(form.queryType, product === "mc" ? undefined : statusOnly ? "0" : "1");
        });
      }
    }

    it("names a replaced certificate by its own number", () => {
      const values = defaultValues("ssl", { kind: "certificateID", value: "5" });
      assert.deepEqual([values.certificateID, values.orderNumber], ["5", undefined]);
    });
  });
});

function valuesFor(parameter: Parameter): string[] {
  return parameter.values?.map(({ value }) => value) ?? [SAMPLES[parameter.name] ?? "12345"];
}

/** The least of an ordinary call by login, as far as the endpoint and the parameter under test leave it. */
function withoutUnknown(product: Product, values: ParameterValues, parameter: Parameter): ParameterValues {
  if (parameter.name === "collectionCode" && product === "ccc") return { queryType: "0" };
  const known = new Set(ENDPOINTS[product].parameters.map(({ name }) => name));
  return Object.fromEntries(
    PARAMETER_NAMES.flatMap((name) => (known.has(name) && values[name] ? [[name, values[name]]] : [])),
  );
}

import assert from "node:assert/strict";
import { RequestError } from "../../../../src/api/request";
import { callService } from "../../../../src/api/services/call";
import { SERVICE_NAMES, type ServiceName } from "../../../../src/api/services/service";
import { buildServiceRequest } from "../../../../src/api/services/service-request";
import {
  howManyFit,
  ofOrder,
  reportOf,
  reportPage,
  SIGN_IN_TEST,
  type OrderService,
  type ServiceValues,
} from "../../../../src/api/services/service-values";
import { SERVICES } from "../../../../src/api/services/services";
import type { HttpRequest } from "../../../../src/api/transport";
import { PASSWORD, reply } from "../answers";

const LOGIN = { loginName: "someone", loginPassword: PASSWORD };
const ORDER_SERVICES = SERVICE_NAMES.filter((name): name is OrderService => name !== "WebHostReport");

const formOf = (service: ServiceName, values: ServiceValues): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(buildServiceRequest("ca.example", service, { ...LOGIN, ...values }).body));

describe("the table of services", () => {
  for (const name of SERVICE_NAMES) {
    const service = SERVICES[name];
    it(`${name}: path, page, login and gaps`, () => {
      assert.equal(service.name, name);
      assert.equal(service.path, `/products/!${name}`);
      assert.ok(service.page.startsWith("https://docs.sectigo.com/sps/"));
      assert.ok(service.gaps.length > 0);
      const [loginName, loginPassword, ...others] = service.parameters;
      assert.deepEqual([loginName?.maxLength, loginPassword?.maxLength, loginPassword?.secret], [64, 128, true]);
      assert.ok(loginName?.required && loginPassword?.required);
      assert.equal(new Set(service.parameters.map((each) => each.name)).size, service.parameters.length);
      for (const one of service.oneOf ?? []) assert.ok(others.some((each) => each.name === one && !each.required));
    });
  }

  it("asks a person before the services that change something, and has their pace", () => {
    const acting = SERVICE_NAMES.filter((name) => SERVICES[name].gives === "done");
    assert.deepEqual(acting, ["ResendDCVEmail", "RetryCAACheck"]);
    assert.equal(SERVICES.RetryCAACheck.pace, 600_000);
  });
});

describe("a call of a service", () => {
  const SENT: [string, ServiceName, ServiceValues][] = [
    [
      "a page of the report",
      "WebHostReport",
      reportPage({ notBefore: 1_700_000_000_999, fqdn: "%.b_d.example", first: 0, last: 100 }),
    ],
    ["a report about orders", "WebHostReport", reportOf(["1234567", "1234568"])],
    ["a test of the sign-in", "WebHostReport", SIGN_IN_TEST],
    ...ORDER_SERVICES.map((name): [string, ServiceName, ServiceValues] => [name, name, ofOrder(name, "1234567")]),
  ];
  for (const [what, service, values] of SENT) {
    it(`sends ${what}: what was given, and nothing else`, () => {
      assert.deepEqual(formOf(service, values), { ...LOGIN, ...values });
      assert.equal(
        buildServiceRequest("ca.example:8443", service, { ...LOGIN, ...values }).url,
        `https://ca.example:8443/products/!${service}`,
      );
    });
  }

  it("has the arguments of the pages", () => {
    assert.deepEqual(reportPage({ notBefore: 1_700_000_000_999, first: 100, last: 200 }), {
      notBefore: "1700000000",
      firstResultNo: "100",
      lastResultNo: "200",
      showAdditionalDomains: "Y",
      showCertificateID: "Y",
    });
    assert.deepEqual(SIGN_IN_TEST, { firstResultNo: "0", lastResultNo: "0", showStatusesOnly: "Y" });
    assert.deepEqual(ofOrder("GetMDCDomainDetails", "7"), {
      orderNumber: "7",
      showStatusDetails: "Y",
      responseFormat: "1",
    });
  });

  const REFUSED: [string, ServiceName, Record<string, string>, string, string | undefined][] = [
    ["an argument of another service", "RetryCAACheck", { orderNumber: "1", queryType: "1" }, "unknown", undefined],
    ["what is deprecated", "WebHostReport", { saspSessionID: "1" }, "unknown", undefined],
    ["responseFormat where it is not documented", "WebHostReport", { responseFormat: "1" }, "unknown", undefined],
    ["a mail address", "ResendDCVEmail", { orderNumber: "1", dcvEmailAddress: "a@b.example" }, "unknown", undefined],
    ["an order that is missing", "getPostPaymentStatus", {}, "missing", "orderNumber"],
    ["no order at all", "RetryCAACheck", {}, "combination", "orderNumber"],
    ["two orders", "RetryCAACheck", { orderNumber: "1", certificateID: "2" }, "combination", "certificateID"],
    ["a query that is missing", "GetDetailedOrderStatus", { orderNumber: "1" }, "missing", "queryType"],
    [
      "a format of a collect endpoint",
      "GetMDCDomainDetails",
      { orderNumber: "1", responseFormat: "0" },
      "not-allowed",
      "responseFormat",
    ],
    ["a word for Y", "WebHostReport", { showCertificateID: "yes" }, "not-allowed", "showCertificateID"],
    ["a date", "WebHostReport", { notBefore: "2026-01-01" }, "not-integer", "notBefore"],
    ["a long domain", "WebHostReport", { fqdn: "a".repeat(256) }, "too-long", "fqdn"],
    ["a list with a blank", "WebHostReport", { orderNumber: "1, 2" }, "shape", "orderNumber"],
    ["a list that is too long", "WebHostReport", { orderNumber: "1".repeat(32_768) }, "too-long", "orderNumber"],
    ["a long order number", "RetryCAACheck", { orderNumber: "1".repeat(129) }, "too-long", "orderNumber"],
    ["a line break", "RetryCAACheck", { orderNumber: "1\n2" }, "not-text", "orderNumber"],
    ["a long login name", "RetryCAACheck", { orderNumber: "1", loginName: "a".repeat(65) }, "too-long", "loginName"],
    [
      "a long password",
      "RetryCAACheck",
      { orderNumber: "1", loginPassword: "a".repeat(129) },
      "too-long",
      "loginPassword",
    ],
    ["an empty value", "WebHostReport", { organizationName: "" }, "empty", "organizationName"],
    ["an inherited name", "WebHostReport", { constructor: "1" }, "unknown", undefined],
  ];
  for (const [what, service, values, code, field] of REFUSED) {
    it(`is not sent with ${what}`, () => {
      assert.throws(
        () => formOf(service, values),
        (error) => error instanceof RequestError && error.code === code && error.field === field,
      );
    });
  }

  it("is not sent to a host that is not one", () => {
    assert.throws(() => buildServiceRequest("http://ca.example", "WebHostReport", LOGIN), { code: "not-https" });
    assert.throws(() => buildServiceRequest("ca.example/x", "WebHostReport", LOGIN), { code: "host" });
  });

  it("is made once, and its answer read", async () => {
    const asked: HttpRequest[] = [];
    const transport = (request: HttpRequest) => {
      asked.push(request);
      return Promise.resolve(reply("errorCode=0&errorMessage=CAA Check successfully relaunched"));
    };
    const call = {
      host: "ca.example",
      service: "RetryCAACheck",
      credentials: LOGIN,
      values: { orderNumber: "7" },
    } as const;
    const result = await callService(transport, call, new AbortController().signal);
    assert.deepEqual(result, { kind: "done", message: "CAA Check successfully relaunched" });
    assert.deepEqual(
      asked.map(({ url, body }) => [url, Object.fromEntries(new URLSearchParams(body))]),
      [["https://ca.example/products/!RetryCAACheck", { ...LOGIN, orderNumber: "7" }]],
    );
  });

  it("does not follow a redirection", async () => {
    const transport = () => Promise.resolve(reply("", 302, { location: "https://elsewhere.example/" }));
    const call = { host: "ca.example", service: "WebHostReport", credentials: LOGIN, values: SIGN_IN_TEST } as const;
    await assert.rejects(callService(transport, call, new AbortController().signal), { code: "redirected" });
  });
});

describe("order numbers in one report", () => {
  const numbers = (count: number, digits: number): string[] =>
    Array.from({ length: count }, (_, index) => String(index).padStart(digits, "1"));

  const FITTING: [string, readonly string[], number][] = [
    ["none", [], 0],
    ["one", ["1"], 1],
    ["ten digits", numbers(3000, 10), 2978],
    ["seven digits", numbers(5000, 7), 4096],
    ["one digit", numbers(20_000, 1).map(() => "1"), 16_384],
    ["of two lengths", [...numbers(2977, 10), "12345678901", "1"], 2979],
    ["of two lengths that do not fill it", [...numbers(2977, 10), "1".repeat(21)], 2977],
    ["of two lengths that fill it", [...numbers(2977, 10), "1234567890"], 2978],
    ["one that is too long", ["1".repeat(32_768)], 0],
  ];
  for (const [what, given, count] of FITTING) {
    it(`${what}: ${count}`, () => {
      assert.equal(howManyFit(given), count);
      if (count === 0) return;
      const values = reportOf(given);
      assert.deepEqual(values.orderNumber?.split(","), given.slice(0, count));
      assert.deepEqual([values.firstResultNo, values.lastResultNo], ["0", String(count)]);
      assert.doesNotThrow(() => formOf("WebHostReport", values));
    });
  }
});

import { inEnglish } from "../../../../src/words/localize";
import assert from "node:assert/strict";
import type { ServiceName } from "../../../../src/api/services/service";
import type { ServiceAfterwards } from "../../../../src/api/services/service-result";
import { MAX_SERVICE_CHARACTERS } from "../../../../src/api/limits";
import { PASSWORD } from "../answers";
import { PERSONAL, read } from "./service-answers";

describe("refusals of a service", () => {
  const TABLE: [string, ServiceName, string, number, ServiceAfterwards, string?][] = [
    ["URL-encoded", "WebHostReport", "errorCode=-16&errorMessage=Invalid+login", -16, "sign-in"],
    ["lower case", "WebHostReport", "errorcode=-16&errormessage=Invalid login", -16, "sign-in"],
    ["a trailing ampersand", "GetMDCDomainDetails", "errorCode=-20&errorMessage=Rejected&", -20, "order"],
    ["raw spaces", "RetryCAACheck", "errorCode=-296&errorMessage=Wrong certificate state", -296, "order"],
    ["JSON", "getPostPaymentStatus", '{"errorCode":-16,"errorMessage":"no"}', -16, "sign-in"],
    ["JSON with text for a number", "GetDCVDetailsMC", '{"errorCode":"-91","errorMessage":"no"}', -91, "not-enabled"],
    ["JSON in JSON", "getPostPaymentStatus", '{"error":{"code":-42,"message":"no"}}', -42, "hours"],
    ["JSON where rows are documented", "WebHostReport", '{"errorCode":-16}', -16, "sign-in"],
    ["rows where JSON is documented", "getPostPaymentStatus", "errorCode=-14&errorMessage=x", -14, "later"],
    ["a dict", "getPostPaymentStatus", `{'errorCode': -16, 'errorMessage': "no"}`, -16, "sign-in"],
    ["lines", "WebHostReport", "-16\nno", -16, "sign-in"],
    ["not https", "WebHostReport", "errorCode=-1", -1, "bug"],
    ["an unknown argument", "WebHostReport", "errorCode=-2&errorMessage='x' is an unrecognised argument!", -2, "bug"],
    ["GET", "WebHostReport", "errorCode=-17", -17, "bug"],
    ["a login argument", "WebHostReport", "errorCode=-4&errorItem=loginName", -4, "sign-in", "loginName"],
    [
      "a login argument in words",
      "WebHostReport",
      "errorCode=-3&errorMessage=The 'loginPassword' argument is missing!",
      -3,
      "sign-in",
      "loginPassword",
    ],
    [
      "another argument that is missing",
      "RetryCAACheck",
      "errorCode=-3&errorItem=orderNumber",
      -3,
      "bug",
      "orderNumber",
    ],
    ["the order", "RetryCAACheck", "errorCode=-4&errorItem=orderNumber", -4, "order", "orderNumber"],
    ["another argument", "WebHostReport", "errorCode=-4&errorItem=notBefore", -4, "bug", "notBefore"],
    ["no argument", "RetryCAACheck", "errorCode=-4&errorMessage=invalid", -4, "order"],
    ["permission", "WebHostReport", "errorCode=-90&errorMessage=x", -90, "not-enabled"],
    ["the issuer of marks", "GetDCVDetailsMC", '{"errorCode":-160}', -160, "later"],
    ["a refusal beside rows", "WebHostReport", "1_orderNumber=1&errorCode=-14&1_1_status=Valid", -14, "later"],
  ];
  for (const [what, service, body, code, after, field] of TABLE) {
    it(`${what}: ${code} ${after}`, () => {
      for (const status of [200, 403, 500]) {
        const result = read(service, body, { status });
        assert.ok(result.kind === "refused", JSON.stringify(result));
        assert.deepEqual([result.code, result.after, result.field], [code, after, field]);
        assert.ok(result.message.length > 0);
      }
    });
  }

  it("has no secret and no address in its words", () => {
    for (const body of [
      `errorCode=-16&errorMessage=${encodeURIComponent(`no ${PASSWORD} for ${PERSONAL.address}`)}`,
      // Cut in two by its ampersand.
      `errorCode=-16&errorMessage=no ${PASSWORD}`,
      JSON.stringify({ errorCode: -16, errorMessage: `no ${PASSWORD} for ${PERSONAL.address} (${PERSONAL.token})` }),
      `-16\nno ${PASSWORD} for ${PERSONAL.address}`,
    ]) {
      const told = JSON.stringify(read("WebHostReport", body));
      assert.doesNotMatch(told, /s3cret|jane|eyJ/, body);
      assert.match(told, /"refused"/);
    }
  });
});

describe("answers of a service that are not its answers", () => {
  const TABLE: [string, string | Uint8Array, number, Record<string, string>, object][] = [
    ["nothing", "", 200, {}, { reason: "empty" }],
    ["a page", "<!DOCTYPE html><p>Sign in", 200, {}, { reason: "html", httpStatus: 200 }],
    ["XML", "<?xml version='1.0'?>", 200, {}, { reason: "html" }],
    ["prose", "Service is resting.", 200, {}, { reason: "text", excerpt: "Service is resting." }],
    ["binary", Buffer.from([0x30, 0x82, 1, 0]), 200, {}, { reason: "binary" }],
    ["JSON that is cut", '{"errorCode":0,"data":{"orderNum', 200, {}, { reason: "text", excerpt: "" }],
    ["JSON without a word", '{"a":{"b":1}}', 200, {}, { reason: "text" }],
    ["rows without a code", "1_orderNumber=1&1_streetAddress1=x", 200, {}, { reason: "text", excerpt: "" }],
    ["status 0 in lines", "0\nBeing processed", 200, {}, { reason: "text" }],
    ["deep JSON", `${'{"a":'.repeat(40)}1${"}".repeat(40)}`, 200, {}, { reason: "limit" }],
    [
      "many values",
      JSON.stringify(Array.from({ length: 60_000 }, () => [])).replace("[", '{"a":[') + "}",
      200,
      {},
      { reason: "limit" },
    ],
    ["much JSON", `{"a":"${"x".repeat(1_100_000)}"}`, 200, {}, { reason: "limit" }],
    [
      "a page under 503",
      "<html>",
      503,
      { "retry-after": "120" },
      { reason: "http-status", httpStatus: 503, retryAfter: 120_000 },
    ],
    ["a good answer under 500", '{"errorCode":0,"data":{"orderStatus":"Pending"}}', 500, {}, { reason: "http-status" }],
    ["a page under 404", "<html>", 404, {}, { kind: "unknown-service", httpStatus: 404 }],
    ["nothing under 410", "", 410, {}, { kind: "unknown-service", httpStatus: 410 }],
  ];
  for (const [what, body, status, headers, expected] of TABLE) {
    it(what, () => {
      const result = read("getPostPaymentStatus", body, { status, headers });
      const told = { kind: "not-understood", ...expected };
      assert.deepEqual(Object.fromEntries(Object.keys(told).map((key) => [key, result[key as never]])), told);
      assert.ok("seen" in result && inEnglish(result.seen).length > 0);
    });
  }

  it("a number of results that is not a number", () => {
    const result = read("WebHostReport", "errorCode=0&noOfResults=many&1_orderNumber=1");
    assert.ok(result.kind === "not-understood" && result.reason === "text");
  });

  it("more rows, pairs or characters than any report has", () => {
    const rows = Array.from({ length: 10_001 }, (_, index) => `&${index}_orderNumber=${index}`).join("");
    for (const body of [
      `errorCode=0${rows}`,
      `errorCode=0${"&1_a=".repeat(400_001)}`,
      `errorCode=0&x=${"x".repeat(MAX_SERVICE_CHARACTERS)}`,
    ]) {
      const result = read("WebHostReport", body);
      assert.ok(result.kind === "not-understood" && result.reason === "limit");
    }
  });
});

describe("what a service did", () => {
  const TABLE: [string, string, string][] = [
    ["the sample", "errorCode=0&errorMessage=CAA Check successfully relaunched", "CAA Check successfully relaunched"],
    ["encoded", "errorCode=0&errorMessage=CAA+Check+successfully%20relaunched&", "CAA Check successfully relaunched"],
    ["a code alone", "errorcode=0", ""],
    ["JSON", '{"errorCode":0,"errorMessage":"Sent"}', "Sent"],
    ["lines", "0\nSent to jane@personal.example", "Sent to …"],
    ["an address", "errorCode=0&errorMessage=Sent to jane%40personal.example now", "Sent to … now"],
    ["an address that is encoded twice", "errorCode=0&errorMessage=Sent+to+jane%2540personal.example", "Sent to …"],
  ];
  for (const [what, body, message] of TABLE) {
    it(what, () => assert.deepEqual(read("ResendDCVEmail", body), { kind: "done", message }));
  }
});

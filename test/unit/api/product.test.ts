import assert from "node:assert/strict";
import { ENDPOINTS, parameterOf } from "../../../src/api/endpoints";
import type { ParameterValues } from "../../../src/api/parameter";
import { PRODUCT_FACTS, PRODUCTS } from "../../../src/api/product";
import { buildRequest, defaultValues } from "../../../src/api/request";
import schema from "../../../media/certificate-collector.schema.json";

describe("the facts of each product", () => {
  const accepts = (product: (typeof PRODUCTS)[number], values: ParameterValues): boolean => {
    try {
      const reference = { kind: "collectionCode" } as const;
      buildRequest("ca.example", product, { ...defaultValues(product, reference), ...values });
      return true;
    } catch {
      return false;
    }
  };
  const login = { loginName: "me", loginPassword: "secret" };

  for (const product of PRODUCTS) {
    const facts = PRODUCT_FACTS[product];
    const endpoint = ENDPOINTS[product];

    it(`are what the parameters of ${endpoint.name} say`, () => {
      assert.equal(facts.hasStatusCall, parameterOf(endpoint, "queryType") !== undefined);
      assert.equal(facts.collectionCode !== "never", parameterOf(endpoint, "collectionCode") !== undefined);
      assert.equal(accepts(product, { collectionCode: "Abc12345" }), facts.collectionCode !== "never");
      assert.equal(
        accepts(product, { ...login, orderNumber: "1234567", collectionCode: "Abc12345" }),
        facts.collectionCode === "beside-login",
      );
    });
  }

  it("are all that the schema of order files takes", () => {
    assert.deepEqual(schema.definitions.order.properties.product.enum, [...PRODUCTS]);
  });
});

import assert from "node:assert/strict";
import { PATIENCE, Trial } from "./client";

type Json = Record<string, unknown>;
type Step = { title?: string; status?: string } & Json;

async function json(trial: Trial, service: string, fields: Record<string, string>, login?: string): Promise<Json> {
  return JSON.parse((await trial.serve(service, fields, login)).text) as Json;
}

async function data(trial: Trial, orderNumber: string, login?: string): Promise<Record<string, Step>> {
  const { errorCode, data } = await json(trial, "getPostPaymentStatus", { orderNumber }, login);
  assert.equal(errorCode, 0);
  return data as Record<string, Step>;
}

describe("what an order waits for", function () {
  this.timeout(PATIENCE);

  let trial: Trial;
  beforeEach(async () => (trial = await Trial.start()));
  afterEach(() => trial.stop());

  it("getPostPaymentStatus has each step with title and state", async () => {
    const found = await data(trial, "1000026");
    const states = Object.entries(found).flatMap(([name, each]) => (each.title ? [[name, each.status]] : []));
    assert.deepEqual(Object.fromEntries(states), {
      csrStatus: "Completed",
      agreementStatus: "ActionRequired",
      callbackStatus: "Completed",
      organizationStatus: "Completed",
      dcvStatus: "Completed",
      caaCheckStatus: "NotApplicable",
      brandStatus: "NotApplicable",
      maStatus: "ActionRequired",
    });
    const { agreementStatus, uploadDocumentToken, orderStatus, domainName, productName } = found;
    assert.equal(agreementStatus?.clickThroughStatus, "notExecuted");
    assert.match(
      `${String(agreementStatus?.lastEmailSent)} ${String(agreementStatus?.lastOpenDate)}`,
      /^2026-03-\d\d 2026-03-\d\d$/,
    );
    assert.match(JSON.stringify(uploadDocumentToken), /^"eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+"$/);
    assert.deepEqual([orderStatus, domainName, productName], ["Pending", "signing.sandbox.example", "EV SSL"]);
  });

  it("everything is completed once the certificate is there", async () => {
    await data(trial, "1000001");
    trial.clock.time += 3000;
    const { orderStatus, dcvStatus, caaCheckStatus, domainName } = await data(trial, "1000001");
    assert.deepEqual(
      [orderStatus, dcvStatus?.status, caaCheckStatus?.status, domainName],
      ["Completed", "Completed", "Completed", "Multiple domains"],
    );
  });

  it("mark certificates have their numbers, and other products an answer too", async () => {
    assert.deepEqual((await data(trial, "5000001")).productType, 801);
    assert.deepEqual((await data(trial, "5000002")).productType, 803);
    for (const number of ["2000017", "3000017", "4000017"]) assert.ok((await data(trial, number)).csrStatus?.title);
  });

  it("GetMDCDomainDetails has the method of each domain", async () => {
    const three = await trial.pairs("GetMDCDomainDetails", { orderNumber: "1000025" });
    assert.deepEqual(
      [...three],
      [
        ["errorCode", "0"],
        ...[
          ["1_domainName", "a.example"],
          ["1_dcvMethod", "EMAIL"],
          ["1_dcvStatus", "Validated"],
        ],
        ...[
          ["2_domainName", "b.example"],
          ["2_dcvMethod", "CNAME CSR Hash"],
          ["2_dcvStatus", "Not Validated"],
        ],
        ...[
          ["3_domainName", "c.example"],
          ["3_dcvMethod", "HTTP CSR Hash"],
          ["3_dcvStatus", "Not Validated"],
        ],
      ],
    );
    const detailed = await trial.pairs("GetMDCDomainDetails", { orderNumber: "1000005", showStatusDetails: "Y" });
    assert.equal(detailed.get("2_dcvMethod"), "Pre-validated %28EMAIL%29");
    assert.equal(detailed.get("4_dcvStatus"), "Awaiting Brand");
    assert.equal(detailed.get("dcvStatus"), "2");
    const asJson = await json(trial, "GetMDCDomainDetails", { orderNumber: "1000025", responseFormat: "2" });
    assert.equal((asJson.domains as Json[])[1]?.dcvMethod, "CNAME CSR Hash");
  });

  it("GetDetailedOrderStatus has more for each queryType, for every product", async () => {
    const ask = (more: Record<string, string>) => trial.pairs("GetDetailedOrderStatus", more);
    for (const orderNumber of ["1000008", "2000012", "3000012", "4000012", "5000012"]) {
      const status = await ask({ orderNumber, queryType: "0" });
      assert.deepEqual([status.get("1_orderNumber"), status.get("1_1_status")], [orderNumber, "Valid"]);
      assert.equal(status.has("1_1_serialNumber"), false);
      const details = await ask({ orderNumber, queryType: "1", showValidityPeriod: "Y" });
      assert.ok(details.has("1_1_serialNumber") && details.has("1_1_notAfter") && details.has("1_1_csrStatus"));
    }
    trial.sandbox.reissue("1000008");
    assert.equal((await ask({ orderNumber: "1000008", queryType: "2" })).get("1_2_status"), "Replaced");
    assert.equal((await ask({ certificateID: "100000801", queryType: "0" })).get("1_orderNumber"), "1000008");
    assert.equal(
      (await ask({ certificateID: "100000801", orderNumber: "1000001", queryType: "0" })).get("errorCode"),
      "-4",
    );
  });

  it("GetDCVDetailsMC is about mark certificates alone", async () => {
    const found = await json(trial, "GetDCVDetailsMC", { orderNumber: "5000017" });
    assert.deepEqual([found.errorCode, found.orderNumber], [0, "5000017"]);
    assert.equal((found.domains as Json[])[0]?.domainName, "never.example");
    assert.equal((await json(trial, "GetDCVDetailsMC", { orderNumber: "1000017" })).errorCode, -4);
  });

  it("the odd account's steps have what no reader expects", async () => {
    const half = await data(trial, "9000000009", "odd");
    assert.deepEqual([half.csrStatus, half.agreementStatus, "orderStatus" in half], [null, "soon", false]);
    const { text } = await trial.serve("getPostPaymentStatus", { orderNumber: "9000000010" }, "odd");
    assert.ok(
      ["<img", "](command:", "\u202e", "person@persons.example", '"__proto__"'].every((part) => text.includes(part)),
    );
    const inside = JSON.stringify(await data(trial, "9000000012", "odd"));
    assert.ok(inside.includes('{"inner":{"title":"Notarization","status":"ActionRequired"}}'));
    const details = await trial.pairs("GetMDCDomainDetails", { orderNumber: "9000000012" }, "odd");
    assert.equal(details.get("1_dcvMethod"), "hostmaster@odd-12.odd.example");
  });
});

describe("the two actions", function () {
  this.timeout(PATIENCE);

  let trial: Trial;
  beforeEach(async () => (trial = await Trial.start()));
  afterEach(() => trial.stop());

  const retry = async (orderNumber: string, login?: string): Promise<string> =>
    (await trial.serve("RetryCAACheck", { orderNumber }, login)).text;
  const caa = async (orderNumber: string, login?: string): Promise<unknown> =>
    (await data(trial, orderNumber, login)).caaCheckStatus?.status;

  it("RetryCAACheck ends in a certificate, a step later", async () => {
    const refused = "errorCode=-296&errorMessage=Wrong certificate state";
    assert.equal(await retry("1000022"), refused);
    trial.clock.time += 1000;
    assert.equal(await caa("1000022"), "ActionRequired");
    const errors = (await data(trial, "1000022")).latestCAACheckErrors as unknown as string[];
    assert.deepEqual(errors, ["caa.sandbox.example: CAA record forbids issuance by sectigo.com"]);
    assert.equal(await retry("1000022"), "errorCode=0&errorMessage=CAA Check successfully relaunched");
    assert.equal(await caa("1000022"), "InProgress");
    assert.equal(await retry("1000022"), refused);
    assert.equal((await trial.ask("ssl", { orderNumber: "1000022", queryType: "0" })).text, "0");
    trial.clock.time += 1000;
    assert.equal(await caa("1000022"), "Completed");
    assert.match((await trial.ask("ssl", { orderNumber: "1000022", queryType: "2" })).text, /^2\n-----BEGIN/);
    for (const number of ["1000001", "1000017", "2000001"]) assert.equal(await retry(number), refused, number);
  });

  it("RetryCAACheck is taken once in ten steps", async () => {
    const number = "9000000011";
    assert.equal(await retry(number, "odd"), "errorCode=0&errorMessage=CAA Check successfully relaunched");
    trial.clock.time += 1000;
    assert.equal(await caa(number, "odd"), "ActionRequired");
    trial.clock.time += 8999;
    assert.match(await retry(number, "odd"), /^errorCode=-4&.*&errorItem=orderNumber$/);
    trial.clock.time += 1;
    assert.match(await retry(number, "odd"), /^errorCode=0&/);
  });

  it("ResendDCVEmail sends the mail again, elsewhere if asked", async () => {
    const mail = async (): Promise<unknown[]> => {
      const { dcvStatus } = await data(trial, "1000017");
      return ["emailsSent", "lastEmailSent", "emailAddress"].map((name) => dcvStatus?.[name]);
    };
    assert.deepEqual(await mail(), [1, "2026-03-04", "admin@never.sandbox.example"]);
    assert.equal((await trial.serve("ResendDCVEmail", { orderNumber: "1000017" })).text, "errorCode=0");
    assert.deepEqual(await mail(), [2, "2026-04-01", "admin@never.sandbox.example"]);
    const dcvEmailAddress = "webmaster@never.sandbox.example";
    trial.clock.time += 86_400_000;
    assert.equal(
      (await trial.serve("ResendDCVEmail", { orderNumber: "1000017", dcvEmailAddress })).text,
      "errorCode=0",
    );
    assert.deepEqual(await mail(), [3, "2026-04-02", dcvEmailAddress]);
    const stranger = { orderNumber: "1000017", dcvEmailAddress: "me@elsewhere.example" };
    assert.equal((await trial.pairs("ResendDCVEmail", stranger)).get("errorItem"), "dcvEmailAddress");
    assert.equal((await trial.serve("ResendDCVEmail", { baseOrderNumber: "900023" })).text, "errorCode=0");
    for (const number of ["1000025", "1000008", "2000017"]) {
      assert.equal(
        (await trial.pairs("ResendDCVEmail", { orderNumber: number })).get("errorItem"),
        "orderNumber",
        number,
      );
    }
  });
});

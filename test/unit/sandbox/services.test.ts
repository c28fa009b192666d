import assert from "node:assert/strict";
import { request as plainRequest } from "node:http";
import { DEMO_ACCOUNT, SANDBOX_ACCOUNTS } from "../../../src/sandbox/server";
import { PATIENCE, Trial } from "./client";

/** A call that each service takes. */
const LEAST: Readonly<Record<string, Record<string, string>>> = {
  WebHostReport: {},
  GetMDCDomainDetails: { orderNumber: "1000017" },
  getPostPaymentStatus: { orderNumber: "1000017" },
  GetDetailedOrderStatus: { orderNumber: "1000017", queryType: "0" },
  GetDCVDetailsMC: { orderNumber: "5000017" },
  ResendDCVEmail: { orderNumber: "1000017" },
  RetryCAACheck: { orderNumber: "1000022" },
};

const JSON_ALWAYS = ["getPostPaymentStatus", "GetDCVDetailsMC"];

function codeOf(service: string, text: string): string {
  if (!JSON_ALWAYS.includes(service)) return new URLSearchParams(text).get("errorCode") ?? "?";
  return String((JSON.parse(text) as { errorCode: number }).errorCode);
}

describe("calling the services", function () {
  this.timeout(PATIENCE);

  let trial: Trial;
  before(async () => (trial = await Trial.start({ plainPort: 0 })));
  after(() => trial.stop());

  for (const [service, fields] of Object.entries(LEAST)) {
    const form = (more: Record<string, string>): string =>
      new URLSearchParams({ ...DEMO_ACCOUNT, ...fields, ...more }).toString();

    it(`${service} is there with a literal and an encoded exclamation mark, and nowhere else`, async () => {
      for (const path of [`/products/!${service}`, `/products/%21${service}`]) {
        const { status, text } = await trial.send(path, form({ loginPassword: "wrong" }));
        assert.deepEqual([status, codeOf(service, text)], [200, "-16"], path);
        trial.sandbox.unlock(DEMO_ACCOUNT.loginName);
      }
      for (const path of [`/products/${service}`, `/products/!${service.toLowerCase()}`, `/!${service}`]) {
        assert.equal((await trial.send(path, form({}))).status, 404, path);
      }
    });

    it(`${service} takes POST over TLS alone, of a form`, async () => {
      const path = `/products/!${service}`;
      assert.equal(codeOf(service, (await trial.send(path, "", { method: "GET" })).text), "-17");
      assert.equal((await trial.send(path, "", { method: "PUT" })).status, 405);
      assert.equal(codeOf(service, await plainly(trial, path, form({}))), "-1");
      const headers = { "Content-Type": "application/json" };
      assert.equal(codeOf(service, (await trial.send(path, form({}), { headers })).text), "-3");
      assert.equal(codeOf(service, (await trial.send(`${path}?${form({})}`, "")).text), "-3");
    });

    it(`${service} refuses arguments that its page does not list, and orders that are not there`, async () => {
      const { text } = await trial.serve(service, { ...fields, responseType: "1" });
      assert.equal(codeOf(service, text), "-2");
      assert.match(decodeURIComponent(text.replaceAll("+", " ")), /'responseType' is an unrecognised argument!/);
      const unknown = await trial.serve(service, { ...fields, orderNumber: "4711" });
      assert.equal(codeOf(service, unknown.text), service === "WebHostReport" ? "0" : "-4");
      assert.equal(codeOf(service, (await trial.serve(service, { ...fields, orderNumber: "" })).text), "-4");
    });

    it(`${service} refuses an account without services, which collects well`, async () => {
      const account = SANDBOX_ACCOUNTS.find(({ loginName }) => loginName === "unserved");
      assert.equal(codeOf(service, (await trial.serve(service, fields, "unserved")).text), "-16");
      const { loginName = "", loginPassword = "" } = account ?? {};
      const collected = await trial.ask("ssl", { orderNumber: "1000017", queryType: "0", loginName, loginPassword });
      assert.equal(collected.text, "0");
    });
  }

  const REFUSED: readonly (readonly [service: string, fields: Record<string, string>, answer: string])[] = [
    ["WebHostReport", { firstResultNo: "-1" }, "-4 firstResultNo"],
    ["WebHostReport", { firstResultNo: "5", lastResultNo: "4" }, "-4 lastResultNo"],
    ["WebHostReport", { notBefore: "yesterday" }, "-4 notBefore"],
    ["WebHostReport", { showCertificateID: "y" }, "-4 showCertificateID"],
    ["WebHostReport", { orderNumber: "1000001,%" }, "-4 orderNumber"],
    ["WebHostReport", { orderNumber: "1".repeat(32_768) }, "-4 orderNumber"],
    ["WebHostReport", { fqdn: "x".repeat(256) }, "-4 fqdn"],
    ["WebHostReport", { responseFormat: "1" }, "-2 responseFormat"],
    ["WebHostReport", { saspSessionID: "1" }, "-2 saspSessionID"],
    ["GetMDCDomainDetails", {}, "-3 orderNumber"],
    ["GetMDCDomainDetails", { orderNumber: "1000001", responseFormat: "0" }, "-4 responseFormat"],
    ["GetMDCDomainDetails", { orderNumber: "2000001" }, "-4 orderNumber"],
    ["GetDetailedOrderStatus", { orderNumber: "1000001" }, "-3 queryType"],
    ["GetDetailedOrderStatus", { queryType: "0" }, "-3 orderNumber"],
    ["GetDetailedOrderStatus", { orderNumber: "1000001", queryType: "3" }, "-4 queryType"],
    ["ResendDCVEmail", {}, "-3 orderNumber"],
    ["RetryCAACheck", {}, "-3 orderNumber"],
    ["RetryCAACheck", { orderNumber: "1000022", responseFormat: "1" }, "-2 responseFormat"],
    ["RetryCAACheck", { "p%C3%A4ss word": "" }, "-2 ?"],
  ];
  for (const [service, fields, answer] of REFUSED) {
    it(`${service} ${JSON.stringify(fields).slice(0, 60)}: ${answer}`, async () => {
      const pairs = await trial.pairs(service, fields);
      assert.equal(`${pairs.get("errorCode")} ${pairs.get("errorItem")}`, answer);
    });
  }

  it("answers in the documented type", async () => {
    for (const [service, fields] of Object.entries(LEAST)) {
      const type = JSON_ALWAYS.includes(service) ? /^application\/json/ : /^application\/x-www-form-urlencoded$/;
      assert.match((await trial.serve(service, fields)).contentType, type, service);
    }
    const asJson = { ...LEAST.GetDetailedOrderStatus, responseFormat: "2" };
    assert.match((await trial.serve("GetDetailedOrderStatus", asJson)).contentType, /^application\/json/);
    assert.equal(codeOf("getPostPaymentStatus", (await trial.serve("GetDetailedOrderStatus", asJson)).text), "0");
  });
});

describe("counting calls to services", function () {
  this.timeout(PATIENCE);

  let trial: Trial;
  beforeEach(async () => (trial = await Trial.start({ refuseOverlaps: true })));
  afterEach(() => trial.stop());

  it("counts them with those to the endpoints, and answers -42 to overlaps", async () => {
    const { requests } = trial.sandbox;
    const first = trial.begin("/products/!GetMDCDomainDetails");
    while (requests.inFlight === 0) await new Promise(setImmediate);
    const question = { orderNumber: "1000017" };
    const pairs = await trial.pairs("RetryCAACheck", question);
    assert.deepEqual(
      [...pairs],
      [
        ["errorCode", "-42"],
        ["errorMessage", "The limit of API calls has been reached!"],
      ],
    );
    const json = await trial.serve("getPostPaymentStatus", question);
    assert.match(json.text, /^\{"errorCode":-42,/);
    assert.match((await trial.ask("ssl", { ...question, queryType: "0" })).text, /^-42\n/);
    assert.match((await first.end("")).text, /^errorCode=-3&/);
    assert.deepEqual([requests.total, requests.maxInFlight, requests.overlaps], [4, 2, 3]);
  });

  it("notes each time in the sandbox's own clock, by service and by order", async () => {
    const began = trial.clock.time;
    await trial.serve("WebHostReport", {});
    trial.clock.time += 500;
    await trial.serve("RetryCAACheck", { orderNumber: "1000022" });
    await trial.serve("RetryCAACheck", { orderNumber: "4711" });
    assert.deepEqual(
      [...trial.sandbox.requests.byService],
      [
        ["WebHostReport", [began]],
        ["RetryCAACheck", [began + 500, began + 500]],
        ["RetryCAACheck:1000022", [began + 500]],
      ],
    );
    assert.deepEqual([...trial.sandbox.requests.byOrder], []);
  });
});

function plainly(trial: Trial, path: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    const outgoing = plainRequest(`${trial.sandbox.plainUrl}${path}`, { method: "POST", headers }, (incoming) => {
      let text = "";
      incoming.on("data", (chunk: Buffer) => (text += chunk.toString()));
      incoming.on("end", () => resolve(text));
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

import assert from "node:assert/strict";
import { SERVICE_NAMES } from "../../src/api/services/service";
import { mutate } from "../fuzz/mutate";
import { Random } from "../fuzz/random";
import { PERSONAL, POST_PAYMENT, read, reportIn, reportPairs } from "../unit/api/services/service-answers";

/** A password that no text has by chance. */
const CANARY = "Tr0ub4dor-c4nary";

const CORPUS = [
  `errorCode=0&noOfResults=9&${reportPairs(9).flat().join("&")}&4_1_note=${CANARY}&`,
  `errorCode=0&1_domainName=a.example&1_dcvMethod=EMAIL&1_dcvStatus=${CANARY}&csrStatus=1`,
  JSON.stringify({ ...POST_PAYMENT, note: CANARY, orderStatus: CANARY }),
  `errorCode=-4&errorItem=loginName&errorMessage=The value ${CANARY} is invalid`,
  "{'errorCode': -16}",
  "-16\nno",
  "<html>",
].map((text) => Buffer.from(text));

describe("whatever a service answers", function () {
  this.timeout(60_000);

  it("means something or nothing, without a secret or a person", () => {
    const random = new Random(20261128);
    for (let round = 0; round < 400; round++) {
      const body = mutate(CORPUS, random);
      for (const service of SERVICE_NAMES) {
        const result = read(service, body, { password: CANARY });
        const told = JSON.stringify(result);
        assert.ok(!told.includes(CANARY) && told.length < 8000, `${round} ${told}`);
        // The words of an error are free, and mutations put anything there.
        if (result.kind !== "report" && result.kind !== "validation") continue;
        for (const personal of [PERSONAL.street, "Personal+Lane", PERSONAL.address, PERSONAL.token]) {
          assert.ok(!told.includes(personal), `${round} ${told}`);
        }
      }
    }
  });

  it("may be 3,000 orders", () => {
    const report = reportIn(["errorCode=0&noOfResults=3000", ...reportPairs(3000).flat()].join("&"));
    assert.deepEqual([report.rows.length, report.count, report.skipped], [3000, 3000, 0]);
    const last = report.rows[2999];
    assert.deepEqual(last?.domains, ["www2999.shop.example", "shop2999.example"]);
    assert.ok(last.serialNumber !== undefined && last.certificateID !== undefined && last.type !== undefined);
    const told = JSON.stringify(report);
    for (const personal of Object.values(PERSONAL)) assert.ok(!told.includes(personal), personal);
  });
});

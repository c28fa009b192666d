import assert from "node:assert/strict";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { KEY_PATH } from "../../../src/sandbox/server";
import { PATIENCE, pemBlocks, Trial } from "./client";

describe("private keys of the sandbox", function () {
  this.timeout(PATIENCE);

  let trial: Trial;
  before(async () => {
    trial = await Trial.start();
  });
  after(() => trial.stop());

  const keyOf = (serialNumber: string) => trial.send(KEY_PATH, new URLSearchParams({ serialNumber }).toString());

  for (const [orderNumber, kind] of [
    ["1000001", "rsa"],
    ["1000002", "ec"],
  ] as const) {
    it(`are given to whoever names a certificate that was issued (${kind})`, async () => {
      const fields = { orderNumber, queryType: "1", responseType: "3" };
      await trial.ask("ssl", fields);
      trial.clock.time += 60_000;
      const [leaf = ""] = pemBlocks((await trial.ask("ssl", fields)).text).slice(-1);
      const certificate = new X509Certificate(leaf);
      for (const serialNumber of [certificate.serialNumber, certificate.serialNumber.toLowerCase()]) {
        const { status, text } = await keyOf(serialNumber);
        assert.equal(status, 200);
        const key = createPrivateKey(text);
        assert.equal(key.asymmetricKeyType, kind);
        assert.ok(certificate.checkPrivateKey(key));
      }
    });
  }

  it("are not made up for others", async () => {
    for (const serialNumber of ["", "00", "zz", "f".repeat(5000)])
      assert.equal((await keyOf(serialNumber)).status, 404);
    assert.equal((await trial.send(KEY_PATH, "")).status, 404);
    assert.equal((await trial.send(KEY_PATH, "", { method: "GET" })).status, 405);
  });

  it("are no calls to the CA", () => {
    assert.ok(trial.sandbox.requests.total < 5);
  });
});

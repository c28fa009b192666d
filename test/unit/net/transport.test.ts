import assert from "node:assert/strict";
import { createTransport } from "../../../src/net/transport";
import { TestAuthority } from "../../servers/authority";
import { answer, MisbehavingServer } from "../../servers/misbehaving-server";

describe("transport", () => {
  const bad = [
    "http://ca.example.test/",
    "https://someone:password@ca.example.test/",
    "https://ca.example.test/?loginPassword=x",
    "https://ca.example.test/#x",
    "file:///etc/passwd",
    "nonsense",
  ];
  for (const url of bad) {
    it(`calls nothing at ${url}`, async () => {
      const calling = createTransport()({ url, body: "" }, new AbortController().signal);
      await assert.rejects(calling, { code: "not-https" });
    });
  }

  it("takes one CA's word for one transport alone", async () => {
    const authority = await TestAuthority.create();
    const server = await MisbehavingServer.start(await authority.issue(), (connection) => {
      connection.end(answer(200, "0"));
    });
    const trusting = createTransport({ extraCertificateAuthorities: [authority.pem] });
    const other = createTransport();
    const call = { url: `https://${server.host}/`, body: "" };
    try {
      assert.equal((await trusting(call, new AbortController().signal)).status, 200);
      await assert.rejects(other(call, new AbortController().signal), { code: "certificate-untrusted" });
    } finally {
      await server.stop();
    }
  });
});

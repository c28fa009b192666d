import assert from "node:assert/strict";
import { once } from "node:events";
import https from "node:https";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
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

  it("sends nothing on a connection without TLS, whoever made it", async () => {
    let received = 0;
    const listener = createServer((socket) => socket.on("data", (bytes) => (received += bytes.length)));
    listener.listen(0, "127.0.0.1");
    await once(listener, "listening");
    const { port } = listener.address() as AddressInfo;
    const made: Socket[] = [];
    https.globalAgent.createConnection = () => {
      const socket = connect(port, "127.0.0.1");
      made.push(socket);
      return socket;
    };
    try {
      const transport = createTransport({ limits: { headersTimeout: 100 } });
      const calling = transport({ url: `https://127.0.0.1:${port}/`, body: "x=y" }, new AbortController().signal);
      await assert.rejects(calling, { code: "timed-out" });
      assert.deepEqual([made.length, received], [1, 0]);
    } finally {
      // Its own, from the prototype, is seen again.
      Reflect.deleteProperty(https.globalAgent, "createConnection");
      for (const socket of made) socket.destroy();
      listener.close();
    }
  });
});

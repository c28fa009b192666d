import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import type { Socket } from "node:net";
import tls from "node:tls";
import { probeConnection, type ConnectionReport } from "../../../src/net/connection-test";
import { DAY, TestAuthority, type ServerIdentity } from "../../servers/authority";
import { ConnectProxy } from "../../servers/connect-proxy";
import { switchOffByVariable } from "../../wire/checks-switched-off";
import { answer, MisbehavingServer, type Behaviour } from "../../servers/misbehaving-server";

const PROXY = {
  proxy: "http://someone:p4ssword@proxy.example.test:3128",
  support: "override",
  environment: { HTTPS_PROXY: "http://some@one:p4ss@word@proxy.example.test" },
};

describe("connection test", () => {
  let authority: TestAuthority;
  let identity: ServerIdentity;

  before(async () => {
    authority = await TestAuthority.create();
    identity = await authority.issue();
  });

  async function test(
    behave: Behaviour,
    { as = identity, trust = true, timeout = 10_000 } = {},
  ): Promise<{ report: ConnectionReport; server: MisbehavingServer }> {
    const server = await MisbehavingServer.start(as, behave);
    try {
      const extraCertificateAuthorities = trust ? [authority.pem] : [];
      const options = { proxy: PROXY, extraCertificateAuthorities, timeout };
      const report = await probeConnection(server.host, options, new AbortController().signal);
      await server.idle();
      return { report, server };
    } finally {
      await server.stop();
    }
  }

  const greets: Behaviour = (connection) => {
    connection.end(answer(404, ""));
  };

  it("reports address, protocol, certificates and status of a server that is trusted", async () => {
    const { report, server } = await test(greets);
    assert.deepEqual([report.ok, report.failure, report.httpStatus], [true, undefined, 404]);
    assert.match(report.address ?? "", /^127\.0\.0\.1 port \d+$/);
    assert.match(report.protocol ?? "", /^TLSv1\.[23]$/);
    assert.deepEqual(
      report.certificates.map(({ subject, issuer }) => [subject, issuer]),
      [
        ["CN=Test Server", "CN=Test Authority"],
        ["CN=Test Authority", "CN=Test Authority"],
      ],
    );
    assert.match(report.certificates[0]?.names ?? "", /localhost/);
    assert.match(report.certificates[0]?.fingerprint ?? "", /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    assert.equal(server.requests.length, 1);
    assert.match(server.requests[0]?.head ?? "", /^HEAD \/ HTTP\/1\.1\r\n/);
    assert.doesNotMatch(server.requests[0]?.head ?? "", /authorization|cookie|login/i);
  });

  it("reports proxy settings without user and password", async () => {
    const { report } = await test(greets);
    assert.deepEqual(report.proxy, {
      proxy: "http://proxy.example.test:3128",
      support: "override",
      environment: { HTTPS_PROXY: "http://proxy.example.test" },
    });
  });

  it("says what switches certificate checks off, and judges all the same", async () => {
    assert.deepEqual((await test(greets)).report.switchedOffBy, []);
    const undo = switchOffByVariable();
    try {
      const { report, server } = await test(greets, { trust: false });
      assert.deepEqual(report.switchedOffBy, ["NODE_TLS_REJECT_UNAUTHORIZED=0"]);
      assert.equal(report.failure?.code, "certificate-untrusted");
      assert.doesNotMatch(server.requests[0]?.head ?? "", /authorization|cookie|login/i);
    } finally {
      undo();
    }
  });

  it("says whose certificate it is when the CA is unknown", async () => {
    const { report } = await test(greets, { trust: false });
    assert.deepEqual([report.ok, report.failure?.code], [false, "certificate-untrusted"]);
    assert.equal(report.failure?.cause, "UNABLE_TO_VERIFY_LEAF_SIGNATURE");
    assert.equal(report.certificates[0]?.issuer, "CN=Test Authority");
  });

  it("says when the certificate is expired, or another's", async () => {
    const expired = await test(greets, {
      as: await authority.issue({ notBefore: Date.now() - 2 * DAY, notAfter: Date.now() - DAY }),
    });
    assert.equal(expired.report.failure?.code, "certificate-expired");
    const other = await test(greets, {
      as: await authority.issue({ dnsNames: ["other.example.test"], ipAddresses: [] }),
    });
    assert.equal(other.report.failure?.code, "certificate-name");
    assert.match(other.report.certificates[0]?.names ?? "", /other\.example\.test/);
  });

  it("ends when the server does not, and says how far it came", async () => {
    const { report } = await test(() => undefined, { timeout: 300 });
    assert.equal(report.failure?.code, "timed-out");
  });

  it("says when nobody is there", async () => {
    const server = await MisbehavingServer.start(identity, greets);
    const { host } = server;
    await server.stop();
    const report = await probeConnection(host, { proxy: PROXY }, new AbortController().signal);
    assert.deepEqual([report.ok, report.failure?.code, report.certificates.length], [false, "refused", 0]);
  });

  it("takes a bare host name alone", async () => {
    await assert.rejects(probeConnection("http://x", { proxy: PROXY }, new AbortController().signal), {
      code: "not-https",
    });
  });
});

describe("the proxy for tests", () => {
  /** A tunnel as a client opens it; the status that the proxy gave. */
  async function tunnel(proxy: ConnectProxy, target: string, headers: Record<string, string> = {}) {
    const request = http.request(proxy.url, { method: "CONNECT", path: target, headers });
    request.end();
    const [response, socket] = (await once(request, "connect")) as [http.IncomingMessage, Socket];
    return { status: response.statusCode, socket };
  }

  it("tunnels TLS to loopback by any name", async () => {
    const authority = await TestAuthority.create();
    const server = await MisbehavingServer.start(
      await authority.issue({ dnsNames: ["ca.example.test"] }),
      (connection) => {
        connection.end(answer(200, "0"));
      },
    );
    const proxy = await ConnectProxy.start();
    try {
      const target = `ca.example.test:${server.port}`;
      const { status, socket } = await tunnel(proxy, target);
      assert.equal(status, 200);
      const secure = tls.connect({ socket, servername: "ca.example.test", ca: authority.pem });
      await once(secure, "secureConnect");
      assert.equal(secure.authorized, true);
      secure.destroy();
      assert.deepEqual(proxy.targets, [target]);
    } finally {
      await proxy.stop();
      await server.stop();
    }
  });

  it("wants its credentials", async () => {
    const proxy = await ConnectProxy.start({ credentials: "someone:password" });
    try {
      assert.equal((await tunnel(proxy, "ca.example.test:443")).status, 407);
      const headers = { "proxy-authorization": `Basic ${Buffer.from("someone:wrong").toString("base64")}` };
      assert.equal((await tunnel(proxy, "ca.example.test:443", headers)).status, 407);
    } finally {
      await proxy.stop();
    }
  });
});

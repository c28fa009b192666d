import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import { createStatusFetch } from "../../src/net/status-fetch";
import { createTransport } from "../../src/net/transport";
import type { ConnectionReport } from "../../src/net/connection-test";
import type { PublicApi } from "../../src/editor/public/public-types";
import { DEMO_ACCOUNT, type Sandbox, startSandboxServer } from "../../src/sandbox/server";
import { TestAuthority } from "../servers/authority";
import { ConnectProxy } from "../servers/connect-proxy";
import { answer, type Behaviour, MisbehavingServer } from "../servers/misbehaving-server";
import { defineChecksSwitchedOff, switchOffByVariable } from "../wire/checks-switched-off";
import { defineGoingWrong } from "../wire/going-wrong";
import { withPassword, activated, answering, run, until } from "./extension";

const AUTHORITIES = "certificateCollector.additionalCertificationAuthorities";

/** A name that the editor sends to its proxy. */
const NAME = "ca.example.test";

/** Changes a setting of the user for the tests of the enclosing `describe`. */
async function set(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration().update(name, value, vscode.ConfigurationTarget.Global);
}

/** Adds an account; its password is typed. */
async function addAccount(host: string, loginName: string, password: string): Promise<string> {
  // The host is none of the CA's: it is shown, and confirmed.
  const answers = [host, ...withPassword(password)];
  const { account } = await answering(answers, () =>
    run<{ account: string }>("addAccount", { host, loginName, label: loginName }),
  );
  return account;
}

describe("the shipped transport in this host, with default settings", () => {
  defineGoingWrong(createTransport);
});

describe("the shipped transport in this host, when it is told to trust everybody, by", () => {
  defineChecksSwitchedOff(createTransport, true);

  describe("the variable, with a setting", () => {
    let authority: TestAuthority;
    let impostor: MisbehavingServer;
    let undo: () => void;
    before(async () => {
      authority = await TestAuthority.create();
      const stranger = await (await TestAuthority.create("Another Authority")).issue({ dnsNames: [NAME] });
      impostor = await MisbehavingServer.start(stranger, (connection) => connection.end(answer(200, "0")));
      undo = switchOffByVariable();
    });
    after(async () => {
      undo();
      await impostor.stop();
    });

    /** One call with a password in it. */
    const post = (host: string): Promise<unknown> => {
      const url = `https://${host}/products/download/CollectSSL`;
      const transport = createTransport({ extraCertificateAuthorities: [authority.pem] });
      return transport({ url, body: "loginPassword=x" }, new AbortController().signal);
    };

    const settings: readonly (readonly [name: string, value: unknown])[] = [
      ["http.proxyStrictSSL", false],
      ["http.proxySupport", "off"],
      ["http.proxySupport", "on"],
      ["http.proxySupport", "fallback"],
      ["http.systemCertificates", false],
      ["http.fetchAdditionalSupport", false],
      ["http.experimental.systemCertificatesV2", true],
      ["http.electronFetch", true],
    ];
    for (const [name, value] of settings) {
      it(`${name} ${String(value)}`, async () => {
        await set(name, value);
        try {
          await assert.rejects(post(impostor.host), { code: "certificate-untrusted" });
          assert.equal(impostor.received, 0);
        } finally {
          await set(name, undefined);
        }
      });
    }

    it("http.proxy, behind which somebody else answers", async () => {
      const proxyIdentity = await (await TestAuthority.create("Proxy Authority")).issue();
      for (const [options, support] of [
        [{}, "override"],
        [{}, "on"],
        [{ identity: proxyIdentity }, "override"],
      ] as const) {
        const proxy = await ConnectProxy.start(options);
        await set("http.proxy", proxy.url);
        await set("http.proxySupport", support);
        try {
          const host = `${NAME}:${impostor.port}`;
          await assert.rejects(post(host), { code: "certificate-untrusted" });
          assert.deepEqual(proxy.targets, [host], "the call did not go through the proxy");
          assert.equal(impostor.received, 0);
        } finally {
          await set("http.proxy", undefined);
          await set("http.proxySupport", undefined);
          await proxy.stop();
        }
      }
    });
  });
});

describe("the public services that certificates name, behind a proxy", () => {
  for (const support of ["override", "on"]) {
    it(`are called through it, with http.proxySupport ${support}`, async () => {
      const server = createServer((request, response) => {
        let body = "";
        request.on("data", (piece: Buffer) => (body += piece.toString()));
        request.on("end", () => response.end(`${request.method ?? ""} ${body}`));
      });
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
      const proxy = await ConnectProxy.start();
      await set("http.proxy", proxy.url);
      await set("http.proxySupport", support);
      try {
        const host = `${NAME}:${(server.address() as AddressInfo).port}`;
        const request = {
          url: `http://${host}/ocsp`,
          method: "POST",
          body: Buffer.from("question"),
          maxBytes: 100,
        } as const;
        // Where the name leads is the proxy's to find out: no address of it is seen here.
        const accepts = (): boolean => assert.fail("looked up");
        const reply = await createStatusFetch()({ ...request, accepts }, new AbortController().signal);
        assert.ok(reply.kind === "answered", JSON.stringify(reply));
        assert.equal(Buffer.from(reply.body).toString(), "POST question");
        assert.deepEqual(proxy.targets, [host]);
      } finally {
        await set("http.proxy", undefined);
        await set("http.proxySupport", undefined);
        await proxy.stop();
        server.close();
      }
    });
  }
});

describe("orders at a server of the user's own", () => {
  let api: PublicApi;
  let folder = "";
  before(async () => {
    api = await activated();
    folder = await mkdtemp(path.join(tmpdir(), "certificate-collector-host-"));
  });
  after(async () => {
    await set(AUTHORITIES, undefined);
    await rm(folder, { recursive: true });
  });

  /** Trusts a CA as a person does: by a file named in the settings. */
  async function trust(pem: string): Promise<void> {
    const file = path.join(folder, `${Date.now()}.pem`);
    await writeFile(file, pem);
    await set(AUTHORITIES, [file]);
  }

  const troubles: [name: string, behave: Behaviour, words: RegExp][] = [
    [
      "a login page",
      (connection) =>
        void connection.end(answer(200, "<!DOCTYPE html><title>Sign in</title>", { "content-type": "text/html" })),
      /HTML page/,
    ],
    [
      "a server that is busy",
      (connection) => void connection.end(answer(503, "", { "retry-after": "120" })),
      /HTTP 503/,
    ],
    ["a dying connection", (connection) => connection.reset(), /first sign-in got no answer/],
    [
      "a redirection",
      (connection) => void connection.end(answer(302, "", { location: "https://elsewhere.example.test/" })),
      /first sign-in got no answer/,
    ],
    [
      "half a certificate",
      (connection) => void connection.end(answer(200, "2\n-----BEGIN CERTIFICATE-----\nMIIB\n")),
      /certificate/i,
    ],
  ];
  for (const [place, [name, behave, words]] of troubles.entries()) {
    it(`says what is wrong with ${name}, and keeps the order`, async () => {
      const authority = await TestAuthority.create();
      const server = await MisbehavingServer.start(await authority.issue(), behave);
      try {
        await trust(authority.pem);
        const account = await addAccount(server.host, `user${place}`, "a pass+word");
        const number = String(7000 + place);
        const { order } = await run<{ order: string }>("trackOrder", {
          account,
          product: "smime",
          reference: "orderNumber",
          number,
        });
        const state = await until(api, order, ({ words }) => !/not checked yet/i.test(words));
        assert.match(state.words, words);
        assert.ok(state.group === "trouble" || state.group === "needs-you", state.group);
        assert.equal(state.serialNumber, undefined);
        assert.equal(server.requests.length, 1, "asked more than once");
        await server.idle();
        await run("stopTracking", { order });
      } finally {
        await server.stop();
      }
    });
  }

  describe("behind a proxy", () => {
    let proxy: ConnectProxy;
    let sandbox: Sandbox;
    before(async () => {
      proxy = await ConnectProxy.start();
      sandbox = await startSandboxServer({ names: [NAME], step: 0 });
      await trust(sandbox.caPem);
      await set("http.proxy", proxy.url);
    });
    after(async () => {
      await set("http.proxy", undefined);
      await sandbox.stop();
      await proxy.stop();
    });

    it("goes through the proxy that the editor is set to, and trusts the CA that was added", async () => {
      const host = `${NAME}:${sandbox.port}`;
      const account = await addAccount(host, DEMO_ACCOUNT.loginName, DEMO_ACCOUNT.loginPassword);
      const report = await run<ConnectionReport>("testConnection", { account });
      assert.equal(report.failure, undefined, report.failure?.message);
      assert.equal(report.proxy.proxy, proxy.url);
      assert.match(report.certificates[0]?.names ?? "", /ca\.example\.test/);
      assert.equal(sandbox.requests.failedLogins, 0);

      const { order } = await run<{ order: string }>("trackOrder", {
        account,
        product: "ssl",
        reference: "orderNumber",
        number: "1000002",
      });
      await until(api, order, ({ group }) => group === "ready");
      assert.deepEqual([...new Set(proxy.targets)], [host]);
    });
  });
});

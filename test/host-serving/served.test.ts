import assert from "node:assert/strict";
import dns from "node:dns";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { AddressInfo, Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createServer, type SecureContextOptions, type Server as TlsServer } from "node:tls";
import * as vscode from "vscode";
import type { PublicApi } from "../../src/editor/public/public-types";
import { DEMO_ACCOUNT, type Sandbox, startSandboxServer } from "../../src/sandbox/server";
import { TestAuthority } from "../servers/authority";
import { SCRIPTS, startTlsServer } from "../servers/start-tls-server";
import { activated, answering, run, until, withPassword } from "../host/extension";
import { recording } from "../host/recorder";

const AUTHORITIES = "certificateCollector.additionalCertificationAuthorities";

/** What a command about hosts returns. */
interface Told {
  readonly hosts: readonly {
    readonly host: string;
    readonly served: boolean;
    readonly addresses: readonly { readonly address: string; readonly state: string }[];
  }[];
}

/** Real servers on loopback: with the old certificate, then with the one of the order. */
describe("what the hosts of an order serve", () => {
  let api: PublicApi;
  let folder = "";
  let sandbox: Sandbox;
  let account = "";
  let order = "";
  let old: SecureContextOptions;
  let mine: SecureContextOptions;
  let web: TlsServer;
  let mail: Server;
  let [webHost, mailHost] = ["", ""];
  let mailServes: SecureContextOptions;
  let connections = 0;

  const set = (name: string, value: unknown) =>
    vscode.workspace.getConfiguration().update(name, value, vscode.ConfigurationTarget.Global);

  before(async () => {
    api = await activated();
    folder = await mkdtemp(path.join(tmpdir(), "certificate-collector-served-"));
    sandbox = await startSandboxServer({});
    const trusted = path.join(folder, "sandbox-ca.pem");
    await writeFile(trusted, sandbox.caPem);
    await set(AUTHORITIES, [trusted]);
    await set("certificateCollector.notifications", "none");
    const { loginName, loginPassword } = DEMO_ACCOUNT;
    const host = new URL(sandbox.url).host;
    ({ account } = await answering([host, ...withPassword(loginPassword)], () =>
      run<{ account: string }>("addAccount", { host, loginName, label: "Served" }),
    ));
    const given = { account, product: "ssl", reference: "orderNumber", number: "1000012" };
    ({ order } = await run<{ order: string }>("trackOrder", given));
    await until(api, order, ({ serialNumber }) => serialNumber !== undefined);
    mine = { cert: (await api.collect(order)) ?? "", key: await sandbox.privateKeyPem("1000012") };
    const day = 24 * 60 * 60 * 1000;
    old = await (await TestAuthority.create()).issue({ notBefore: Date.now() - 90 * day, notAfter: Date.now() + day });
    mailServes = old;
    web = createServer(old, (socket) => socket.on("error", () => undefined).end());
    web.on("tlsClientError", () => undefined).on("connection", () => connections++);
    mail = startTlsServer(SCRIPTS.smtp, () => mailServes);
    webHost = `127.0.0.1:${await listen(web)}`;
    mailHost = `smtp://127.0.0.1:${await listen(mail)}`;
  });
  after(async () => {
    await run("stopTracking", { order });
    await answering(["Remove"], () => run("removeAccount", { account }));
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await set(AUTHORITIES, undefined);
    await set("certificateCollector.notifications", undefined);
    web.close();
    mail.close();
    await sandbox.stop();
    await rm(folder, { recursive: true });
  });

  async function listen(server: Server): Promise<number> {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return (server.address() as AddressInfo).port;
  }

  const states = ({ hosts }: Told): string[] =>
    hosts.map(({ host, served, addresses }) => `${host} ${served} ${addresses.map(({ state }) => state).join()}`);

  it("is asked of nobody before hosts are set, and before a person agreed to them", async () => {
    const nothing = await recording(() => run("checkHosts", { order }));
    assert.match(nothing.map(({ text }) => text).join("\n"), /^No hosts are set for .*\nSet Hosts…$/);
    const wrong = await recording(() => run("setHosts", { order, hosts: ["https://"] }));
    assert.match(wrong.map(({ text }) => text).join("\n"), /“https:\/\/” is not a host/);
    assert.deepEqual(await run("setHosts", { order, hosts: [webHost, webHost, mailHost] }), {
      order,
      hosts: [webHost, mailHost],
    });
    const asked = await recording(async () => assert.equal(await run("checkHosts", { order }), undefined));
    const question = asked.filter(({ place }) => place === "modal").map(({ text }) => text);
    assert.match(question[0] ?? "", /^Connect to 2 hosts and get their certificates\?$/);
    assert.ok(question.join("\n").includes(webHost) && question.join("\n").includes(mailHost));
    assert.match(question.join("\n"), /They were set for this order/);
    assert.equal(connections, 0);
  });

  it("is the old certificate, and then the new one, which stays since when", async () => {
    const stale = await answering(["Connect"], () => run<Told>("checkHosts", { order }));
    assert.deepEqual(states(stale), [`${webHost} false other`, `${mailHost} false other`]);
    web.setSecureContext(mine);
    // Asked once for each host, and never again.
    const half = await answering([], () => run<Told>("checkHosts", { order }));
    assert.deepEqual(states(half), [`${webHost} true this`, `${mailHost} false other`]);
    mailServes = mine;
    const told = await recording(async () => {
      assert.deepEqual(states(await run<Told>("checkHosts", { order })), [
        `${webHost} true this`,
        `${mailHost} true this`,
      ]);
    });
    assert.match(
      told.map(({ text }) => text).join("\n"),
      /: served by 127\.0\.0\.1:\d+ and smtp:\/\/127\.0\.0\.1:\d+\.$/m,
    );
  });

  it("is in the history", async () => {
    await run("showHistory", { order });
    const history = vscode.window.activeTextEditor?.document.getText() ?? "";
    assert.match(history, new RegExp(`Served by ${webHost.replaceAll(".", "\\.")}`));
    assert.match(history, /smtp:\/\/127\.0\.0\.1:\d+ serves another certificate/);
  });

  it("is watched until a person stops it, and not where it fits already", async () => {
    assert.deepEqual(await run("watchHosts", { order }), { order, watched: false });
    mailServes = old;
    assert.deepEqual(await run("watchHosts", { order }), { order, watched: true });
    assert.deepEqual(await run("stopWatchingHosts", { order }), { order });
    const none = await recording(() => run("stopWatchingHosts", { order }));
    assert.match(none.map(({ text }) => text).join(), /not watched in this window/);
  });

  it("is not asked of a public name that leads into a private network, before a person agreed to that", async () => {
    const name = "www.elsewhere.example";
    const { lookup } = dns;
    dns.lookup = ((asked: string, options: object, found: (...all: unknown[]) => void) => {
      if (asked !== name) return (lookup as (...all: unknown[]) => void)(asked, options, found);
      found(null, [{ address: "127.0.0.1", family: 4 }]);
    }) as typeof lookup;
    try {
      const host = webHost.replace("127.0.0.1", name);
      await run("setHosts", { order, hosts: [host] });
      const before = connections;
      const refused = await answering(["Connect", "Cancel"], () => run<Told>("checkHosts", { order }));
      assert.deepEqual([states(refused), connections], [[`${host} false unreachable`], before]);
      const agreed = await answering(["Call It"], () => run<Told>("checkHosts", { order }));
      assert.deepEqual([states(agreed), connections], [[`${host} true this`], before + 1]);
    } finally {
      dns.lookup = lookup;
    }
  });

  it("is asked about first where a host stood in the box, and not where a person typed it", async () => {
    const names = ["www.prefilled.example", "www.typed.example"];
    const { lookup } = dns;
    dns.lookup = ((asked: string, options: object, found: (...all: unknown[]) => void) => {
      if (!names.includes(asked)) return (lookup as (...all: unknown[]) => void)(asked, options, found);
      found(null, [{ address: "127.0.0.1", family: 4 }]);
    }) as typeof lookup;
    try {
      const [prefilled = "", typed = ""] = names.map((name) => webHost.replace("127.0.0.1", name));
      await run("setHosts", { order, hosts: [prefilled] });
      await answering([`${prefilled}, ${typed}`], () => run("setHosts", { order }));
      const before = connections;
      const told = await answering(["Connect", "Cancel"], () => run<Told>("checkHosts", { order }));
      assert.deepEqual(states(told), [`${prefilled} false unreachable`, `${typed} true this`]);
      assert.equal(connections, before + 1);
    } finally {
      dns.lookup = lookup;
    }
  });

  it("is typed by a person, who then has agreed", async () => {
    const set = await answering([`${webHost} , ${mailHost}`], () => run<{ hosts: string[] }>("setHosts", { order }));
    assert.deepEqual(set.hosts, [webHost, mailHost]);
    await answering([], () => run("checkHosts", { order }));
    assert.deepEqual(await answering([""], () => run("setHosts", { order })), { order, hosts: [] });
  });
});

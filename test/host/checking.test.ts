import assert from "node:assert/strict";
import dns from "node:dns";
import { once } from "node:events";
import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createServer as createHttpServer } from "node:http";
import { createServer, type Server } from "node:tls";
import * as vscode from "vscode";
import type { HostOutcome } from "../../src/editor/commands/compare-with-host";
import type { IssuersOutcome } from "../../src/editor/commands/find-issuers";
import type { RevocationOutcome } from "../../src/editor/commands/check-revocation";
import type { PublicApi } from "../../src/editor/public/public-types";
import { DEMO_ACCOUNT, type Sandbox, startSandboxServer } from "../../src/sandbox/server";
import { type ServerIdentity, TestAuthority } from "../servers/authority";
import { withPassword, activated, answering, run, until } from "./extension";

const AUTHORITIES = "certificateCollector.additionalCertificationAuthorities";

/** Orders of the sandbox that are issued at once, and revoked some steps later. */
const PRODUCTS = { ssl: "1000012", smime: "2000012" } as const;

/** Changes a setting of the user. */
async function set(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration().update(name, value, vscode.ConfigurationTarget.Global);
}

/** Runs a command and answers its modal questions. @returns its result, and what was asked and told */
async function agreeing<T>(
  answers: string | undefined | readonly (string | undefined)[],
  action: () => Thenable<T>,
): Promise<{ result: T; asked: string[]; told: string[] }> {
  const asked: string[] = [];
  const told: string[] = [];
  const { showWarningMessage, showInformationMessage, showErrorMessage } = vscode.window;
  const window = vscode.window as unknown as Record<string, unknown>;
  const tell = (message: string) => Promise.resolve(void told.push(message));
  window.showWarningMessage = (message: string, options?: string | vscode.MessageOptions) => {
    if (typeof options !== "object" || options.modal !== true) return tell(message);
    asked.push(`${message}\n${options.detail ?? ""}`);
    return Promise.resolve(Array.isArray(answers) ? (answers[asked.length - 1] as string | undefined) : answers);
  };
  window.showInformationMessage = tell;
  window.showErrorMessage = tell;
  try {
    return { result: await action(), asked, told };
  } finally {
    Object.assign(window, { showWarningMessage, showInformationMessage, showErrorMessage });
  }
}

describe("what is asked about certificates, once a person agreed", () => {
  let api: PublicApi;
  let folder = "";
  let sandbox: Sandbox;
  let account = "";
  let ahead = 0;
  const servers: Server[] = [];

  before("collect from a sandbox of the test, which serves OCSP and revocation lists", async () => {
    api = await activated();
    folder = await mkdtemp(path.join(tmpdir(), "certificate-collector-checking-"));
    sandbox = await startSandboxServer({ plainPort: 0, clock: { now: () => Date.now() + ahead } });
    const trusted = path.join(folder, "sandbox-ca.pem");
    await writeFile(trusted, sandbox.caPem);
    await set(AUTHORITIES, [trusted]);
    // Of what is ready nothing is told here: it would come a moment later, among what the checks say.
    await set("certificateCollector.notifications", "none");
    const { loginName, loginPassword } = DEMO_ACCOUNT;
    const host = new URL(sandbox.url).host;
    ({ account } = await answering([host, ...withPassword(loginPassword)], () =>
      run<{ account: string }>("addAccount", { host, loginName, label: "Checked" }),
    ));
  });
  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await set(AUTHORITIES, undefined);
    await set("certificateCollector.notifications", undefined);
    for (const server of servers) server.close();
    await sandbox.stop();
    await rm(folder, { recursive: true });
  });

  async function collected(product: keyof typeof PRODUCTS): Promise<{ order: string; pem: string }> {
    const { order } = await run<{ order: string }>("trackOrder", {
      account,
      product,
      reference: "orderNumber",
      number: PRODUCTS[product],
    });
    await until(api, order, ({ serialNumber }) => serialNumber !== undefined);
    return { order, pem: (await api.collect(order)) ?? "" };
  }

  async function fileOf(name: string, text: string): Promise<vscode.Uri> {
    const file = path.join(folder, name);
    await writeFile(file, text);
    return vscode.Uri.file(file);
  }

  /** A TLS server on loopback. @returns "127.0.0.1:PORT" */
  async function serve(identity: ServerIdentity): Promise<string> {
    const server = createServer(identity, (socket) => socket.on("error", () => undefined).end());
    server.on("tlsClientError", () => undefined);
    servers.push(server);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  const leafOf = (pem: string): string => /-----BEGIN[^-]+-----[^-]+-----END[^-]+-----\n/.exec(pem)?.[0] ?? "";

  it("tell that an order's certificate is good, and later that it was revoked", async () => {
    const { order } = await collected("ssl");
    const good = await agreeing("Ask", () => run<RevocationOutcome>("checkRevocation", { order }));
    assert.equal(good.result.state, "good", JSON.stringify(good));
    assert.deepEqual(
      good.result.certificates.map(({ state }) => state),
      ["good", "good"],
    );
    assert.equal(good.asked.length, 1);
    const [question, caution, , ...detail] = (good.asked[0] ?? "").split("\n");
    assert.match(question ?? "", /^Ask the CA's servers whether .* was revoked\?$/);
    assert.match(caution ?? "", /^127\.0\.0\.1 is .* of this computer/);
    // Whole addresses, not their hosts alone.
    const urls = detail.filter((line) => line.startsWith("http"));
    assert.ok(urls.length >= 2 && urls.every((url) => new URL(url).pathname.length > 1), urls.join());
    assert.ok(
      urls.every((url) => url.startsWith(sandbox.plainUrl ?? "none")),
      urls.join(),
    );
    assert.match(detail.join("\n"), /serial number[^]*plain HTTP/);
    assert.match(good.told.join(), /It was not revoked, according to the OCSP server/);

    ahead = 60_000;
    const revoked = await agreeing("Ask", () => run<RevocationOutcome>("checkRevocation", { order }));
    ahead = 0;
    assert.equal(revoked.result.state, "revoked");
    assert.ok((revoked.result.certificates[0]?.since ?? 0) > 0);
    assert.match(revoked.told.join(), /It was revoked on [A-Z][a-z]{2} \d{1,2}, \d{4}/);
  });

  it("ask nobody when the person does not agree", async () => {
    const { order } = await collected("smime");
    const file = await fileOf("leaf-alone.pem", leafOf((await collected("smime")).pem));
    const questions = [
      () => run("checkRevocation", { order }),
      () => run("compareWithHost", { order, host: "127.0.0.1:1" }),
      () => run("findIssuers", { file: file.toString() }),
    ];
    for (const question of questions) {
      const { result, asked, told } = await agreeing(undefined, question);
      assert.equal(result, undefined);
      assert.equal(asked.length, 1);
      assert.deepEqual(told, []);
    }
  });

  it("find the issuers that a file lacks, and say so where none is missing", async () => {
    const { order, pem } = await collected("smime");
    const file = await fileOf("without-issuers.pem", leafOf(pem));
    const { result, asked } = await agreeing("Ask", () =>
      run<IssuersOutcome>("findIssuers", { file: file.toString() }),
    );
    assert.deepEqual(result.problems, []);
    assert.equal(result.complete, true);
    assert.equal(asked.length, result.issuers.length);
    assert.equal(leafOf(pem) + result.issuers.map((issuer) => issuer.pem).join(""), pem);

    const whole = await agreeing("Ask", () => run<IssuersOutcome>("findIssuers", { order }));
    assert.deepEqual(whole.result, { issuers: [], complete: true, problems: [] });
    assert.deepEqual(whole.asked, []);
    assert.match(whole.told.join(), /Nothing is missing/);
  });

  it("ask about a file without its issuer, whose certificate is fetched for that", async () => {
    const file = await fileOf("revocable.pem", leafOf((await collected("smime")).pem));
    const { result, asked } = await agreeing("Ask", () => run<RevocationOutcome>("checkRevocation", file));
    assert.equal(result.state, "good");
    assert.match(asked.join(), /issuer's certificate is sent/);
  });

  it("ask again before they call a name that leads into a private network", async () => {
    const name = "ocsp.of-strangers.net";
    let connections = 0;
    const server = createHttpServer((_, response) => response.writeHead(404).end());
    server.on("connection", () => connections++).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const url = `http://${name}:${port}/status?of=this`;
    const issued = await TestAuthority.create();
    const file = (
      await fileOf("strange.pem", (await issued.issue({ services: { caIssuers: url, ocsp: url } })).cert)
    ).toString();
    const { lookup } = dns;
    const leads: string[] = [];
    dns.lookup = ((asked: string, options: object, found: (...all: unknown[]) => void) => {
      if (asked !== name) return (lookup as (...all: unknown[]) => void)(asked, options, found);
      leads.push(asked);
      found(null, [{ address: "127.0.0.1", family: 4 }]);
    }) as typeof lookup;
    try {
      const refused = await agreeing(["Ask", undefined], () => run<IssuersOutcome>("findIssuers", { file }));
      assert.match(refused.asked[0] ?? "", new RegExp(`^${url.replace("?", "\\?")}$`, "m"));
      assert.doesNotMatch(refused.asked[0] ?? "", /of this computer/);
      assert.match(refused.asked[1] ?? "", new RegExp(`^${name} resolves to 127\\.0\\.0\\.1, in a private network`));
      assert.match(refused.result.problems.join(), /was not agreed to; nothing was sent/);
      assert.equal(connections, 0);
      const agreed = await agreeing(["Ask", "Call It"], () => run<IssuersOutcome>("findIssuers", { file }));
      assert.match(agreed.result.problems.join(), /HTTP status 404/);
      assert.equal(connections, 1);
      const none = await agreeing([undefined], () => run<IssuersOutcome | undefined>("findIssuers", { file }));
      assert.deepEqual([none.result, none.asked.length], [undefined, 1]);
      // Nothing is looked up before the first question is answered: two calls for the first, one for the second run.
      assert.equal(leads.length, 3);
      const host = `${name}:${port}`;
      const look = await agreeing(["Connect", undefined], () => run<HostOutcome>("compareWithHost", { file, host }));
      assert.equal(look.result.state, "not-reachable");
      assert.deepEqual([look.asked.length, connections], [2, 1]);
      const status = await agreeing(["Ask", undefined], () => run("checkRevocation", { file }));
      assert.match(status.asked[1] ?? "", new RegExp(`^${name} resolves to 127\\.0\\.0\\.1, in a private network`));
      assert.deepEqual([status.asked.length, connections], [2, 1]);
    } finally {
      dns.lookup = lookup;
      server.close();
    }
  });

  it("compare a file's certificate with what a server on loopback shows", async () => {
    const authority = await TestAuthority.create();
    const [mine, others] = [
      await authority.issue(),
      await authority.issue({ dnsNames: ["other.example.test"], ipAddresses: [] }),
    ];
    const file = (await fileOf("server.pem", mine.cert)).toString();
    const host = await serve(mine);
    const same = await agreeing("Connect", () => run<HostOutcome>("compareWithHost", { file, host }));
    assert.deepEqual([same.result.state, same.result.host], ["serves-this", host]);
    assert.match(same.asked.join(), /without a proxy/);

    const other = await agreeing("Connect", async () =>
      run<HostOutcome>("compareWithHost", { file, host: await serve(others) }),
    );
    assert.equal(other.result.state, "other");
    assert.match(other.result.messages.join("\n"), /another certificate[^]*not for the name 127\.0\.0\.1/);

    const [closed] = servers.splice(0, 1);
    const gone = once(closed ?? servers[0] ?? assert.fail(), "close");
    closed?.close();
    await gone;
    const nobody = await answering([host], () => run<HostOutcome>("compareWithHost", { file }));
    assert.equal(nobody.state, "not-reachable");
  });

  it("refuse what is no server and no file, in one sentence", async () => {
    const file = (await fileOf("any.pem", (await TestAuthority.create()).pem)).toString();
    const huge = path.join(folder, "huge.pem");
    await writeFile(huge, "");
    await truncate(huge, 16 * 1024 * 1024 + 1);
    for (const [argument, sentence] of [
      [{ file, host: "no server" }, /^This is not a server/],
      [{ file: "not a file" }, /must be a URI/],
      [{ file: vscode.Uri.file(path.join(folder, "missing.pem")).toString() }, /no longer exists/],
      [{ file: vscode.Uri.file(huge).toString() }, /The file has 17 MB, but certificate files can have at most 16 MB/],
      [{ file: vscode.Uri.file(folder).toString() }, /This is a folder/],
      [{ order: "nobody" }, /The order “nobody” is not tracked/],
    ] as const) {
      const { result, told, asked } = await agreeing("Connect", () => run("compareWithHost", argument));
      assert.equal(result, undefined);
      assert.deepEqual(asked, []);
      assert.match(told.join("\n"), sentence);
    }
  });
});

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Answer } from "dns-packet";
import * as vscode from "vscode";
import type { PublicApi } from "../../src/editor/public/public-types";
import type { RecordsOutcome } from "../../src/editor/commands/check-records";
import type { RequestOutcome } from "../../src/editor/commands/choose-request";
import { DEMO_ACCOUNT, type Sandbox, startSandboxServer } from "../../src/sandbox/server";
import { TestAuthority } from "../servers/authority";
import { answerTo, DnsStandIn } from "../servers/dns-stand-in";
import { answer, MisbehavingServer } from "../servers/misbehaving-server";
import { seedGlobalStorage } from "../workbench/seed";
import { globalStorage } from "../workbench/user-settings";
import { withPassword, activated, answering, run, until } from "./extension";
import { recording } from "./recorder";

const AUTHORITIES = "certificateCollector.additionalCertificationAuthorities";
const SERVERS = "certificateCollector.validation.dnsServers";

/** The CSR of www.example.test that the facts of the CA's methods are tried with; its hashes are OpenSSL's. */
const REQUEST = `-----BEGIN CERTIFICATE REQUEST-----
MIIBJzCBzQIBADAbMRkwFwYDVQQDDBB3d3cuZXhhbXBsZS50ZXN0MFkwEwYHKoZI
zj0CAQYIKoZIzj0DAQcDQgAEeodhj3mZdj7o4wDctGQtiMc6g4CYLRrmE5E8I1H4
0FR+VkJbWuWJOXD3KCHzX3HCHkEXAKJO4s6wLYWwifH4LKBQME4GCSqGSIb3DQEJ
DjFBMD8wPQYDVR0RBDYwNIIQd3d3LmV4YW1wbGUudGVzdIIMZXhhbXBsZS50ZXN0
ghIqLnN2Yy5leGFtcGxlLnRlc3QwCgYIKoZIzj0EAwIDSQAwRgIhAIG8F41xG6KR
JbsX9HJoQeg4q9t8nnmeoMhES1i3652YAiEA/XdZ/bOlT1Y3ecjwE2DN06SycJ/a
gTQI0XZS2Yj/oy0=
-----END CERTIFICATE REQUEST-----
`;
const MD5 = "5db0d3483e94b1fea194bb49200266e9";
const HALVES = ["ad9686962576e56ea8e4eecfa266afdc", "3c91da5cd4fff48f267f0dbc4be5e703"];

/** NXDOMAIN */
const NO_SUCH_NAME = 3;

describe("validation records, over a DNS server of the test's", () => {
  let api: PublicApi;
  let folder = "";
  let ca: MisbehavingServer;
  let dns: DnsStandIn;
  let account = "";
  let order = "";
  /** What is published. */
  const zone = new Map<string, Answer>();

  const set = (setting: string, value: readonly string[] | undefined) =>
    vscode.workspace.getConfiguration().update(setting, value, vscode.ConfigurationTarget.Global);

  before(async () => {
    api = await activated();
    folder = await mkdtemp(path.join(tmpdir(), "certificate-collector-records-"));
    const authority = await TestAuthority.create();
    const domains = "errorCode=0&1_domainName=b.example&1_dcvMethod=CNAME%20CSR%20Hash&1_dcvStatus=Not%20Validated";
    ca = await MisbehavingServer.start(await authority.issue(), (connection, { head }) => {
      connection.end(answer(200, head.includes("GetMDCDomainDetails") ? domains : "0"));
    });
    dns = await DnsStandIn.start((asked) => {
      const [{ name = "", type = "" } = {}] = asked.message.questions ?? [];
      const found = zone.get(`${type} ${name.toLowerCase()}`);
      asked.send(answerTo(asked, found === undefined ? [] : [found], { code: found === undefined ? NO_SUCH_NAME : 0 }));
    });
    const file = path.join(folder, "ca.pem");
    await writeFile(file, authority.pem);
    await writeFile(path.join(folder, "b.csr"), REQUEST);
    await set(AUTHORITIES, [file]);
    await set(SERVERS, [dns.address]);
    ({ account } = await answering([ca.host, ...withPassword("a pass+word")], () =>
      run<{ account: string }>("addAccount", { host: ca.host, loginName: "records", label: "Records" }),
    ));
    const given = { account, product: "ssl", reference: "orderNumber", number: "71" };
    ({ order } = await run<{ order: string }>("trackOrder", given));
    await until(api, order, ({ words }) => words === "Being processed by the CA");
    await run("whatTheCaWaitsFor", { order });
  });
  after(async () => {
    await run("stopTracking", { order });
    await answering(["Remove"], () => run("removeAccount", { account }));
    await set(AUTHORITIES, undefined);
    await set(SERVERS, undefined);
    await Promise.all([ca.stop(), dns.stop()]);
    await rm(folder, { recursive: true });
  });

  const uri = (name: string): string => vscode.Uri.file(path.join(folder, name)).toString();

  it("are computed from the request that a person names, and nobody is asked for that", async () => {
    const chosen = await run<RequestOutcome>("chooseRequest", { order, request: uri("b.csr") });
    assert.deepEqual(chosen, { order, request: uri("b.csr"), md5: MD5, sha256: HALVES.join("") });
    assert.equal(dns.asked.length, 0);
  });

  it("are not looked up before a person agreed, who is told what is asked whom", async () => {
    const shown = await recording(() => run("checkRecords", { order }));
    assert.equal(dns.asked.length, 0);
    const modal = shown.filter(({ place }) => place === "modal").map(({ text }) => text);
    assert.ok(modal.some((text) => text.includes(dns.address)));
    assert.ok(modal.some((text) => text.includes("The CA is not asked")));
  });

  it("are looked up once a person agreed, and the CA is not asked", async () => {
    const calls = ca.requests.length;
    const found = await answering(["Check Records"], () => run<RecordsOutcome>("checkRecords", { order }));
    assert.deepEqual([found.order, found.inPlace], [order, false]);
    const [domain] = found.domains;
    assert.equal(domain?.domain, "b.example");
    assert.notEqual(domain.cname, "in-place");
    const names = dns.asked.map(({ message }) => (message.questions?.[0]?.name ?? "").toLowerCase());
    assert.ok(names.includes(`_${MD5}.b.example`));
    assert.ok(names.every((name) => !name.includes("71")));
    assert.equal(ca.requests.length, calls);
  });

  it("are looked up without another question, until other servers are set", async () => {
    const before = dns.asked.length;
    await answering([], () => run("checkRecords", { order }));
    const asked = dns.asked.length;
    assert.ok(asked > before);
    await set(SERVERS, [dns.address, "127.0.0.1:9"]);
    assert.equal(await answering([], () => run("checkRecords", { order })), undefined);
    await set(SERVERS, [dns.address]);
    assert.equal(dns.asked.length, asked);
  });

  it("are not said to be anything where a person cancels the look", async () => {
    const { withProgress } = vscode.window;
    const cancelled = new vscode.CancellationTokenSource();
    cancelled.cancel();
    const cancelling: typeof withProgress = (options, task) =>
      withProgress(options, (progress) => task(progress, cancelled.token));
    Object.assign(vscode.window, { withProgress: cancelling });
    try {
      assert.equal(await run("checkRecords", { order }), undefined);
    } finally {
      Object.assign(vscode.window, { withProgress });
      cancelled.dispose();
    }
  });

  it("are saved as a file below the web root, once, with the order's unique value", async () => {
    const given = { order, folder: uri("site"), uniqueValue: "Ab12" };
    const name = `site/.well-known/pki-validation/${MD5.toUpperCase()}.txt`;
    const save = (uniqueValue: string, ...answers: readonly string[]) =>
      answering(answers, () => run("saveValidationFile", { ...given, uniqueValue }));
    assert.deepEqual(await save("Ab12", "Save the File"), { file: uri(name) });
    assert.equal(await readFile(path.join(folder, name), "utf8"), `${HALVES.join("")}\nsectigo.com\nAb12\n`);
    const shown = await recording(() => save("Ab12", "Save the File"));
    assert.ok(shown.some(({ text }) => text.includes("is there already")));
    assert.equal(await save("Cd34", "Save the File"), undefined);
    assert.match(await readFile(path.join(folder, name), "utf8"), /Ab12/);
  });

  it("are not saved outside the workspace because an argument says so, but inside it", async () => {
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(workspace);
    const outside = [
      uri("elsewhere"),
      `${workspace.uri.toString()}/../elsewhere`,
      `${workspace.uri.toString()}/%2e%2e/elsewhere`,
    ];
    for (const place of outside) {
      const shown = await recording(async () => {
        assert.equal(await run("saveValidationFile", { order, folder: place, uniqueValue: "" }), undefined);
      });
      const asked = shown.filter(({ place }) => place === "modal").map(({ text }) => text);
      assert.ok(
        asked.some((text) => text.includes("outside the workspace")),
        place,
      );
    }
    const site = vscode.Uri.joinPath(workspace.uri, "site");
    const shown = await recording(async () => {
      const saved = await run<{ file: string }>("saveValidationFile", {
        order,
        folder: site.toString(),
        uniqueValue: "",
      });
      assert.ok(saved.file.startsWith(`${site.toString()}/.well-known/pki-validation/`));
    });
    assert.ok(shown.every(({ place }) => place !== "modal"));
    await vscode.workspace.fs.delete(site, { recursive: true });
  });

  it("are watched until a person stops it", async () => {
    const watched = await run<{ until: number }>("watchRecords", { order });
    assert.ok(watched.until > Date.now());
    assert.deepEqual(await run("stopWatchingRecords", { order }), { order });
  });

  it("are read out of a pasted text, and anything else is refused", async () => {
    const text = `_${MD5}.b.example. CNAME ${HALVES.join(".")}.Ab12.sectigo.com.`;
    const chosen = await run<RequestOutcome>("chooseRequest", { order, text });
    assert.deepEqual(chosen, { order, md5: MD5, sha256: HALVES.join(""), uniqueValue: "Ab12" });
    assert.equal(await run("chooseRequest", { order, text: "nothing" }), undefined);
  });

  it("are shown for a request without an order, and other files have none", async () => {
    assert.deepEqual(await run("validationRecords", { file: uri("b.csr") }), { file: uri("b.csr") });
    assert.equal(await run("validationRecords", { file: uri("ca.pem") }), undefined);
  });

  it("stand on the page of a request, whose file nobody had to name again", async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    const { createWebviewPanel } = vscode.window;
    const posted = new Promise<string>((resolve) => {
      const watching: typeof createWebviewPanel = (...given) => {
        const panel = createWebviewPanel(...given);
        const { webview } = panel;
        const post = webview.postMessage.bind(webview);
        Object.defineProperty(webview, "postMessage", {
          value: (message: unknown) => {
            const text = JSON.stringify(message);
            if (text.includes("Validation records")) resolve(text);
            return post(message);
          },
        });
        return panel;
      };
      Object.assign(vscode.window, { createWebviewPanel: watching });
    });
    try {
      await run("validationRecords", { file: uri("b.csr") });
      const page = await posted;
      for (const words of [`_${MD5}.example.test`, `${HALVES.join(".")}.sectigo.com`, "www.example.test"]) {
        assert.ok(page.includes(words), words);
      }
    } finally {
      Object.assign(vscode.window, { createWebviewPanel });
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    }
  });
});

describe("validation records, in the sandbox", () => {
  let api: PublicApi;
  let sandbox: Sandbox;
  let folder = "";
  let account = "";
  let order = "";

  before(async () => {
    api = await activated();
    folder = await mkdtemp(path.join(tmpdir(), "certificate-collector-records-"));
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(workspace);
    sandbox = await startSandboxServer({ step: 0 });
    await seedGlobalStorage(globalStorage(workspace.uri.fsPath), sandbox);
    const { loginName, loginPassword } = DEMO_ACCOUNT;
    ({ account } = await answering(["Sandbox", loginName, ...withPassword(loginPassword), "Records"], () =>
      run<{ account: string }>("addAccount"),
    ));
    const given = { account, product: "ssl", reference: "orderNumber", number: "1000027" };
    ({ order } = await run<{ order: string }>("trackOrder", given));
    await until(api, order, ({ group }) => group === "needs-you");
    // Else the certificate might come before the record is looked for.
    await run("pauseChecks", { order });
    await writeFile(path.join(folder, "garden.csr"), (await sandbox.requestPem("1000027")) ?? "");
    const request = vscode.Uri.file(path.join(folder, "garden.csr")).toString();
    await run("chooseRequest", { order, request });
  });
  after(async () => {
    await run("stopTracking", { order });
    await answering(["Remove"], () => run("removeAccount", { account }));
    await sandbox.stop();
    await rm(folder, { recursive: true });
  });

  it("are in place once they are published, which ends a watch and is said once", async () => {
    const watched = await answering([], () => run<{ until?: number }>("watchRecords", { order }));
    assert.ok(watched.until !== undefined);
    await sandbox.publish({ orderNumber: "1000027", as: "right" });
    let found: RecordsOutcome | undefined;
    const shown = await recording(async () => {
      found = await run<RecordsOutcome>("checkRecords", { order });
    });
    assert.deepEqual([found?.inPlace, found?.domains.map(({ cname }) => cname)], [true, ["in-place", "in-place"]]);
    const told = shown.filter(({ place, text }) => place === "message" && text.includes("is in place, as far as"));
    assert.equal(told.length, 1);
    // There is nothing left to stop.
    const stopped = await recording(() => run("stopWatchingRecords", { order }));
    assert.ok(stopped.some(({ text }) => text.includes("watched in this window")));
  });
});

import assert from "node:assert/strict";
import { createSocket, type Socket as UdpSocket } from "node:dgram";
import { once } from "node:events";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import { TestAuthority } from "../servers/authority";
import { activated, answering, run, until, withPassword } from "./extension";
import { recording } from "./recorder";

const AUTHORITIES = "certificateCollector.additionalCertificationAuthorities";
const SERVERS = "certificateCollector.validation.dnsServers";

/** Of `www.example.test`. */
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

/**
 * Whether the other end of what arrived is a socket of this process, by what Linux tells of both: the extension host,
 * and neither the window's process nor its proxy.
 * @param from the port that it came from
 */
function isOurs(protocol: "udp" | "tcp", from: number): boolean {
  const end = `:${from.toString(16).toUpperCase().padStart(4, "0")}`;
  const sockets = [protocol, `${protocol}6`].flatMap((table) =>
    readFileSync(`/proc/net/${table}`, "utf8")
      .split("\n")
      .map((line) => line.trim().split(/\s+/))
      .flatMap(([, local = "", , , , , , , , inode = ""]) => (local.endsWith(end) ? [`socket:[${inode}]`] : [])),
  );
  const open = readdirSync("/proc/self/fd").map((name) => {
    try {
      return readlinkSync(`/proc/self/fd/${name}`);
    } catch {
      return "";
    }
  });
  return open.some((each) => sockets.includes(each));
}

describe("which machine asks and reads", () => {
  const extension = vscode.extensions.getExtension("certificate-collector.certificate-collector");
  const { remoteName } = vscode.env;
  const isRemote = remoteName !== undefined && extension?.extensionKind === vscode.ExtensionKind.Workspace;
  let folder = "";
  let web: Server;
  let dns: UdpSocket;
  let dnsAddress = "";
  let webHost = "";
  let authorityPem = "";
  /** Whether each that came was of the extension host. */
  const asked: { readonly what: "dns" | "web"; readonly ours: boolean }[] = [];

  const set = (setting: string, value: readonly string[] | undefined) =>
    vscode.workspace.getConfiguration().update(setting, value, vscode.ConfigurationTarget.Global);
  const uri = (name: string): string => vscode.Uri.file(path.join(folder, name)).toString();
  /** What came of this kind, since the last look. */
  const arrived = (what: "dns" | "web"): boolean[] =>
    asked.splice(0).flatMap((each) => (each.what === what ? [each.ours] : []));

  before(async function () {
    if (process.platform !== "linux") this.skip();
    await activated();
    folder = await mkdtemp(path.join(tmpdir(), "certificate-collector-machine-"));
    const authority = await TestAuthority.create();
    authorityPem = authority.pem;
    web = createServer(await authority.issue(), (_, response) => response.end("0"));
    web.on("connection", ({ remotePort = 0 }: Socket) => asked.push({ what: "web", ours: isOurs("tcp", remotePort) }));
    web.listen(0, "127.0.0.1");
    dns = createSocket("udp4", (message, { port, address }) => {
      asked.push({ what: "dns", ours: isOurs("udp", port) });
      // The question as its own answer: nobody has the name (RFC 1035 section 4.1.1).
      const answer = Buffer.from(message);
      answer.writeUInt16BE(0x8183, 2);
      dns.send(answer, port, address);
    });
    dns.bind(0, "127.0.0.1");
    await Promise.all([once(web, "listening"), once(dns, "listening")]);
    webHost = `127.0.0.1:${(web.address() as AddressInfo).port}`;
    dnsAddress = `127.0.0.1:${dns.address().port}`;
    await writeFile(path.join(folder, "ca.pem"), authorityPem);
    await writeFile(path.join(folder, "a.csr"), REQUEST);
    await set(AUTHORITIES, [path.join(folder, "ca.pem")]);
    await set(SERVERS, [dnsAddress]);
  });
  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await set(AUTHORITIES, undefined);
    await set(SERVERS, undefined);
    web.close();
    dns.close();
    await rm(folder, { recursive: true });
  });

  it("is the remote one for a window in a browser, which has no other host for it", () => {
    assert.ok(extension);
    if (vscode.env.uiKind === vscode.UIKind.Web) assert.ok(isRemote, `${remoteName} ${extension.extensionKind}`);
    // Beside the window it runs if it can: so a desktop's is of the person's own computer, in remote windows, too.
    else assert.equal(extension.extensionKind, vscode.ExtensionKind.UI);
  });

  it("is that of the extension host for the DNS, which the question and the page say", async () => {
    const question = await recording(() => run("checkRecords", { file: uri("a.csr") }));
    assert.deepEqual(arrived("dns"), []);
    const sentence = `The remote machine (${remoteName}) asks, not the computer before you.`;
    const said = question.filter(({ place }) => place === "modal").map(({ text }) => text);
    assert.equal(said.join("\n").includes(sentence), isRemote, said.join("\n"));
    const from = isRemote ? `from the remote machine (${remoteName})` : "from this computer";
    const page = pageWith(`${dnsAddress.replace(/:.*/, "")} and the name servers of the domains, ${from}`);
    await answering(["Check Records"], () => run("checkRecords", { file: uri("a.csr") }));
    await page;
    const asks = arrived("dns");
    assert.ok(asks.length > 0);
    assert.ok(asks.every(Boolean));
  });

  it("is that of the extension host for a live host, which the question says", async () => {
    const shown = await recording(() => run("compareWithHost", { file: uri("ca.pem"), host: webHost }), {
      agrees: true,
    });
    const said = shown.filter(({ place }) => place === "modal").map(({ text }) => text);
    assert.equal(said.join("\n").includes(`The remote machine (${remoteName}) asks`), isRemote, said.join("\n"));
    const calls = arrived("web");
    assert.ok(calls.length > 0);
    assert.ok(calls.every(Boolean));
  });

  it("is that of the extension host for calls to the CA", async () => {
    const api = await activated();
    const { account } = await answering([webHost, ...withPassword("a pass+word")], () =>
      run<{ account: string }>("addAccount", { host: webHost, loginName: "machine", label: "Machine" }),
    );
    const given = { account, product: "ssl", reference: "orderNumber", number: "72" };
    const { order } = await run<{ order: string }>("trackOrder", given);
    await until(api, order, ({ words }) => words === "Being processed by the CA");
    await run("stopTracking", { order });
    await answering(["Remove"], () => run("removeAccount", { account }));
    const calls = arrived("web");
    assert.ok(calls.length > 0);
    assert.ok(calls.every(Boolean));
  });

  it("is that of the extension host for files that are read and saved, and for the folder beside it", async () => {
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    assert.equal(workspace?.uri.scheme, "file");
    const saved = await answering(["Save the File"], () =>
      run<{ file: string }>("saveValidationFile", { file: uri("a.csr"), folder: uri("site"), uniqueValue: "Ab12" }),
    );
    assert.match(
      await readFile(vscode.Uri.parse(saved.file, true).fsPath, "utf8"),
      /^[0-9a-f]{64}\nsectigo\.com\nAb12\n$/,
    );
  });
});

/** Resolves once a page with this text was shown. */
function pageWith(words: string): Promise<void> {
  const { createWebviewPanel } = vscode.window;
  return new Promise((resolve) => {
    const watching: typeof createWebviewPanel = (...given) => {
      const panel = createWebviewPanel(...given);
      const { webview } = panel;
      const post = webview.postMessage.bind(webview);
      Object.defineProperty(webview, "postMessage", {
        value: (message: unknown) => {
          if (JSON.stringify(message).includes(words)) {
            Object.assign(vscode.window, { createWebviewPanel });
            resolve();
          }
          return post(message);
        },
      });
      return panel;
    };
    Object.assign(vscode.window, { createWebviewPanel: watching });
  });
}

import assert from "node:assert/strict";
import { once } from "node:events";
import net, { type AddressInfo } from "node:net";
import * as vscode from "vscode";
import { withPassword, activated, answering, run } from "./extension";
import { recording } from "./recorder";

/** What a link, a keybinding, a task or another extension may name. */
describe("arguments", () => {
  let server: net.Server;
  let host = "";
  let certificate = "";
  let connections = 0;
  before("listen", async () => {
    await activated();
    const extension = vscode.extensions.getExtension("certificate-collector.certificate-collector");
    assert.ok(extension);
    const fixtures = vscode.Uri.joinPath(extension.extensionUri, "test", "fixtures", "certificates");
    certificate = vscode.Uri.joinPath(fixtures, "containers", "root-first.pem").toString();
    server = net.createServer((socket) => {
      connections++;
      socket.destroy();
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => void server.close());
  beforeEach(() => {
    connections = 0;
  });

  const calls: readonly [command: string, argument: () => object, question: RegExp][] = [
    ["addAccount", () => ({ host, loginName: "a", label: "b" }), /your password is sent to it/],
    ["testConnection", () => ({ host }), /^Connect to 127\.0\.0\.1:\d+ and report/],
    ["compareWithHost", () => ({ host, file: certificate }), /^Connect to 127\.0\.0\.1:\d+ and get its certificate/],
  ];
  for (const [command, argument, question] of calls) {
    it(`call no server before a person agreed: ${command}`, async () => {
      const given = argument();
      const shown = await recording(() => run(command, given));
      assert.ok(
        shown.some(({ text }) => question.test(text)),
        JSON.stringify(shown),
      );
      assert.equal(connections, 0);
    });
  }

  it("name no server that is none", async () => {
    for (const wrong of ["http://x", "a b", "https://user@ca.example", "ca.example/path", "", "[x](command:y)"]) {
      for (const command of ["addAccount", "testConnection"]) {
        const shown = await recording(() => run(command, { host: wrong }));
        assert.ok(shown.every(({ place }) => place === "message") && shown.length > 0, `${command} ${wrong}`);
      }
    }
    assert.equal(connections, 0);
  });

  it("remove no account, and take no password, before a person agreed", async () => {
    const { account } = await answering([host, ...withPassword("a pass+word")], () =>
      run<{ account: string }>("addAccount", { host, loginName: "arguments", label: "Arguments" }),
    );
    for (const given of [{ account }, { account, password: "stolen" }]) {
      const places = async (command: string) => (await recording(() => run(command, given))).map(({ place }) => place);
      assert.ok((await places("removeAccount")).includes("modal"));
      assert.ok((await places("editAccount")).includes("list"));
    }
    const removed = await answering(["Remove"], () => run<{ removed: boolean }>("removeAccount", { account }));
    assert.equal(removed.removed, true);
    assert.equal(connections, 0);
  });
});

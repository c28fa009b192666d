import assert from "node:assert/strict";
import { TestAuthority } from "../servers/authority";
import { answer, MisbehavingServer } from "../servers/misbehaving-server";
import { useEditor } from "./editor";
import { LOGIN, PASSWORD, useSandbox } from "./sandbox";
import { addAccount, trackOrder } from "./steps";

describe("a person whose environment switches certificate checks off", () => {
  const editor = useEditor({ extension: "package", env: { NODE_TLS_REJECT_UNAUTHORIZED: "0" } });
  useSandbox(editor);
  let impostor: MisbehavingServer;
  before("start a server that is not the one it says it is", async () => {
    const identity = await (await TestAuthority.create()).issue();
    impostor = await MisbehavingServer.start(identity, (connection) => connection.end(answer(200, "0")));
  });
  after(() => impostor.stop());

  it("gives no password to a server whose certificate does not hold", async () => {
    const window = await editor().open();
    await window.openView("Certificates");
    await window.commandPicked("Certificates: Add Account…", "Other host…", "Where did you place the orders?");
    await window.answer(impostor.host, "Host name");
    await window.answer(LOGIN, "Login name");
    await window.answer(PASSWORD, "Password");
    await window.pick("Keep it in secret storage");
    await window.answer("Impostor", "Your own name for this account");
    await trackOrder(window, "Impostor", { product: "smime", number: "2000001", label: "For nobody" });
    await window.rowSays("For nobody", "No connection");
    const line = window.page.locator(".part.sidebar .message");
    await line.filter({ hasText: "the server's certificate is not accepted" }).waitFor();
    assert.equal(impostor.received, 0, "bytes of the call");
  });

  it("is told so by the connection test", async () => {
    const { window } = editor();
    await window.commandPicked("Certificates: Test Connection…", "Impostor");
    await window.page.getByText("NODE_TLS_REJECT_UNAUTHORIZED=0 turns them off").first().waitFor();
    await window.screenshot("checks-switched-off");
  });

  it("gets certificates from a server that proves who it is", async () => {
    const { window } = editor();
    await addAccount(window, LOGIN, PASSWORD, "My account");
    await trackOrder(window, "My account", { product: "ssl", number: "1000001", label: "Order 1000001" });
    await window.rowSays("Order 1000001", "New: the certificate is here");
  });
});

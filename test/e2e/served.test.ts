import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { connect } from "node:tls";
import { describeWith } from "../programs/program";
import { freePort, Server } from "../programs/server";
import { TemporaryFolder } from "../workbench/temporary-folder";
import { useEditor } from "./editor";
import { LOGIN, PASSWORD, useSandbox } from "./sandbox";
import { addAccount, trackOrder } from "./steps";

const ORDER = "1000008";
const NAME = "renewed.sandbox.example";
const CHAIN = `${NAME}.chained.crt`;
const KEY = `${NAME}.key`;

/** The configuration of a server that serves two files of a folder. @param state where it keeps its own */
function configuration(folder: string, port: number, state: string): string {
  return `daemon off; error_log stderr; pid ${state}/pid; events {}
    http { access_log off; client_body_temp_path ${state}/1; proxy_temp_path ${state}/2;
    fastcgi_temp_path ${state}/3; uwsgi_temp_path ${state}/4; scgi_temp_path ${state}/5;
    server { listen 127.0.0.1:${port} ssl; server_name ${NAME};
    ssl_certificate ${folder}/${CHAIN}; ssl_certificate_key ${folder}/${KEY}; } }\n`;
}

const tasksOf = (...commands: readonly string[]): string =>
  JSON.stringify({
    version: "2.0.0",
    tasks: [
      { label: "reload nginx", type: "shell", command: commands.join(" && "), presentation: { reveal: "never" } },
    ],
  });

/** Serial number of the certificate that a server presents. */
function servedSerial(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: "127.0.0.1", port, servername: NAME, rejectUnauthorized: false }, () => {
      resolve(new X509Certificate(socket.getPeerCertificate().raw).serialNumber);
      socket.destroy();
    });
    socket.once("error", reject);
  });
}

describe("a person whose server reads what was saved", () => {
  describeWith("nginx", (nginx) => {
    const editor = useEditor({ settings: { "terminal.integrated.defaultProfile.linux": "sh" } });
    /** The clock of the sandbox's orders, epoch ms: it stands still, so that none moves because a computer is slow. */
    let now = Date.now();
    const sandbox = useSandbox(editor, { clock: { now: () => now } });
    let state: TemporaryFolder | undefined;
    let server: Server | undefined;
    let port = 0;
    let reload = "";
    const at = (name: string): string => path.join(editor().folder, name);
    const saved = async (): Promise<string> => new X509Certificate(await readFile(at(CHAIN))).serialNumber;

    before("make room for the server", async () => {
      state = await TemporaryFolder.make("nginx");
      port = await freePort();
      const file = path.join(state.path, "nginx.conf");
      await writeFile(file, configuration(editor().folder, port, state.path));
      reload = `${nginx} -p ${state.path} -c ${file} -s reload`;
      await mkdir(at(".vscode"));
      await writeFile(at(".vscode/tasks.json"), tasksOf(reload));
    });
    after("stop the server", async () => {
      await server?.stop();
      await state?.remove();
    });

    it("saves a certificate, and starts the server with it", async () => {
      await writeFile(at("renewed.key"), await sandbox().privateKeyPem(ORDER));
      const window = await editor().open();
      await window.openView("Certificates");
      await addAccount(window, LOGIN, PASSWORD, "My account");
      await trackOrder(window, "My account", { product: "ssl", number: ORDER, label: "Shop" });
      await window.rowSays("Shop", "Expires in");
      await window.command("Notifications: Clear All Notifications");
      await window.rowMenu("Shop", "Save As…");
      await window.pick("nginx", "What do you want to save it for?");
      await window.pick("workspace folder", "Choose a folder to save in");
      await window.pick("renewed.key", "Which private key");
      await window.notification(`Saved for Shop: ${CHAIN} and ${KEY}.`);
      const file = path.join(state?.path ?? "", "nginx.conf");
      server = await Server.start({ command: [nginx, "-p", state?.path ?? "", "-c", file], port });
      assert.equal(await servedSerial(port), await saved());
    });

    it("names the host that serves it, and the task that reloads the server", async () => {
      const window = editor().window;
      await window.command("Notifications: Clear All Notifications");
      await window.row("Done").click();
      await window.rowMenu("Shop", "Set Hosts…", "Check");
      await window.answer(`127.0.0.1:${port}`, "Hosts That Serve Shop");
      await window.notification("The hosts of Shop were set.");
      await window.rowMenu("Shop", "Run a Task After Saving…", "Organize");
      await window.pick("reload nginx", "Run a task after saving Shop");
      await window.page.locator(".monaco-dialog-box").filter({ hasText: "-s reload" }).waitFor();
      await window.screenshot("served-1-consent");
      await window.dialog("each time Shop is saved?", "Run after Saving");
    });

    it("saves the reissued one by one click: the server is reloaded, and proved to serve it", async () => {
      const window = editor().window;
      await window.command("Notifications: Clear All Notifications");
      await writeFile(at("renewed.key"), await sandbox().privateKeyPem(ORDER, 1));
      const before = await servedSerial(port);
      now += 60_000;
      await window.notificationAction("The certificate for Shop is ready.", "Save Again…");
      await window.quickSays("Replace the file?");
      await window.pick("Replace 2 Files");
      await window.notification(`Shop: served by 127.0.0.1:${port}.`);
      await window.screenshot("served-2-proved");
      assert.notEqual(await servedSerial(port), before);
      assert.equal(await servedSerial(port), await saved());
      await window.row("Done").click();
      await window.rowSays("Shop", "Served");
      await window.screenshot("served-3-row");
    });

    it("reads on the page and in the history what was done and what is served", async () => {
      const window = editor().window;
      await window.command("Notifications: Clear All Notifications");
      await window.rowMenu("Shop", "Show Details");
      await window.webviewSays(NAME);
      await window.webviewSays("serves this certificate");
      await window.screenshot("served-4-page");
      await window.rowMenu("Shop", "Show History");
      await window.editorSays("History of Shop");
      await window.page.keyboard.press("Control+End");
      await window.editorSays("The task “reload nginx” ended with exit code 0");
      await window.editorSays(`Served by 127.0.0.1:${port}`);
      await window.screenshot("served-5-history");
    });

    it("is asked again when the task changed, and told once where it fails", async () => {
      const window = editor().window;
      await window.command("Notifications: Clear All Notifications");
      await writeFile(at(".vscode/tasks.json"), tasksOf(reload, "exit 3"));
      await window.rowMenu("Shop", "Run Its Task");
      await window.page.locator(".monaco-dialog-box").filter({ hasText: "It changed since you agreed." }).waitFor();
      await window.screenshot("served-6-changed");
      await window.dialog("It changed since you agreed.", "Run Task");
      await window.notification("“reload nginx” failed with exit code 3.");
      await window.screenshot("served-7-failed");
      await window.rowSays("Shop", "Its task failed");
      await window.screenshot("served-8-row");
    });
  });
});

import { mkdir, readFile, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { createSecureContext, createServer, type Server } from "node:tls";
import { catalogue, DEMO_ACCOUNT } from "../../src/sandbox/server";
import { trackOrders } from "../workbench/seed";
import { useEditor } from "./editor";
import { LOGIN, PASSWORD, useSandbox } from "./sandbox";
import { addAccount } from "./steps";

/** px; the Marketplace shows pictures at somewhat more than half of it. */
const SIZE = { width: 1280, height: 760 };

/** A place in the title bar that says nothing, px. */
const BARE = { x: 200, y: 17 };

/** Orders of each group: docs/SANDBOX.md says what each does. */
const NUMBERS: ReadonlySet<string> = new Set([
  ...["1000001", "1000002", "1000008", "1000026", "1000027", "2000001", "2000017", "5000001"],
]);

const NAME = "renewed.sandbox.example";
const CHAIN = `${NAME}.chained.crt`;
const KEY = `${NAME}.key`;

const save = (file: string): object => ({ profile: "nginx", files: { fullchain: `tls/${file}.chained.crt` } });

const ORDERS = [
  { product: "ssl", orderNumber: "1000001", tags: ["shop"], save: save("www") },
  { product: "ssl", orderNumber: "1000027", label: "Garden", save: save("garden") },
  { product: "smime", orderNumber: "2000002", label: "Mail of the team" },
];

const TASKS = {
  version: "2.0.0",
  tasks: [{ label: "reload nginx", type: "shell", command: "true", presentation: { reveal: "never" } }],
};

/** The pictures of the README, made anew whenever the tests run: `npm run pictures` takes them over. */
describe("the pictures of the README", () => {
  const editor = useEditor({
    extension: "package",
    files: {
      "certificate-collector.json": `${JSON.stringify({ version: 1, orders: ORDERS }, null, 2)}\n`,
      ".vscode/tasks.json": JSON.stringify(TASKS),
    },
    settings: {
      "terminal.integrated.defaultProfile.linux": "sh",
      "editor.minimap.enabled": false,
    },
  });
  /** The clock of the sandbox's orders, epoch ms: it stands still, so that none moves because a computer is slow. */
  let now = Date.now();
  const sandbox = useSandbox(editor, {
    clock: { now: () => now },
    accounts: [DEMO_ACCOUNT, { loginName: LOGIN, loginPassword: PASSWORD, holding: "many", firstRow: 0 }],
  });
  let server: Server | undefined;
  const at = (name: string): string => path.join(editor().folder, name);
  /** Waits until no row shows that it is being asked about, nothing is under the mouse, and nothing fades. */
  const picture = async (name: string): Promise<void> => {
    const { window } = editor();
    await window.page.locator(".part.sidebar .codicon-modifier-spin").waitFor({ state: "detached" });
    await window.page.mouse.move(BARE.x, BARE.y);
    await window.page.locator(".monaco-hover:visible").waitFor({ state: "hidden" });
    await window.page.evaluate(async () => {
      const ending = document.getAnimations().filter(({ effect }) => effect?.getTiming().iterations !== Infinity);
      await Promise.allSettled(ending.map(({ finished }) => finished));
    });
    await window.screenshot(`picture-${name}`);
  };

  before("track orders, and serve what is saved", async () => {
    await trackOrders(
      editor().globalStorage,
      catalogue().filter(({ orderNumber }) => NUMBERS.has(orderNumber)),
    );
    server = createServer({
      SNICallback: (_name, done) => {
        Promise.all([readFile(at(CHAIN)), readFile(at(KEY))]).then(
          ([cert, key]) => done(null, createSecureContext({ cert, key })),
          (error: unknown) => done(error as Error),
        );
      },
    });
    server.on("tlsClientError", () => undefined);
    await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  });
  after("stop the server", () => server?.close());

  it("overview: the view, a certificate as text, and its details", async () => {
    const window = await editor().open();
    await window.page.setViewportSize(SIZE);
    await window.openView("Certificates");
    await window.sideBarWidth(360);
    // An order begins when it is asked about for the first time.
    for (const name of ["www.sandbox.example", "apps.sandbox.example"]) await window.rowSays(name, "Validate domain");
    for (const number of ["2000001", "5000001"]) await window.rowSays(number, "CA: processing");
    now += 20_000;
    for (const group of ["Needs you", "Ready", "Waiting"]) await window.row(group).waitFor();
    await window.rowSays("www.sandbox.example", /20\d\d/);
    await window.rowSays("ada@sandbox.example", /20\d\d/);
    await window.rowSays("mark.example", /20\d\d/);
    await window.command("Notifications: Clear All Notifications");
    await window.row("www.sandbox.example").dblclick();
    await window.lens("until").waitFor();
    await window.webviewSays("Matches your order");
    await picture("overview");
  });

  it("details: what was checked, and the fields", async () => {
    const { window } = editor();
    await window.command("View: Close All Editors");
    await window.row("www.sandbox.example").click();
    await window.webviewSays("Matches your order");
    await picture("details");
  });

  it("waiting: who must act, and what to publish", async () => {
    const { window } = editor();
    await window.rowMenu("garden.example", "What Does the CA Wait For?");
    await window.rowSays("garden.example", "Put CNAME record");
    await window.command("Certificates: Save the Sandbox Request Here");
    await window.webviewSays("For the request in garden.example.csr");
    await window.webview().getByRole("button", { name: "Watch Records", exact: true }).click();
    await window.webviewSays("Watched: checked again and again");
    await window.row("garden.example").locator(".monaco-tl-twistie").click();
    await window.command("Notifications: Clear All Notifications");
    const heading = window.webview().getByRole("heading", { name: "What blocks this order" });
    await heading.evaluate((element) => element.scrollIntoView({ block: "start" }));
    await picture("waiting");
    await window.row("garden.example").locator(".monaco-tl-twistie").click();
  });

  it("order-file: what stands above each order, and where it stands", async () => {
    const { window } = editor();
    await window.command("View: Close All Editors");
    await window.openFile("certificate-collector.json");
    await window.lens("Collect All to These Files").waitFor();
    await window.lens("Track").waitFor();
    await window.lens("Put the CNAME record").waitFor();
    await picture("order-file");
  });

  it("save-again: what changes, before a file is replaced", async () => {
    const { window } = editor();
    const port = (server?.address() as AddressInfo).port;
    await window.command("View: Close All Editors");
    await mkdir(at("certs"));
    await writeFile(at(`certs/${KEY}`), await sandbox().privateKeyPem("1000008"));
    await window.rowMenu(NAME, "Save As…");
    await window.pick("nginx", "What do you want to save it for?");
    await window.pick("workspace folder", "Choose a folder to save in");
    await window.pick(`certs/${KEY}`, "Which private key");
    await window.notification(`Saved for ${NAME}: ${CHAIN} and ${KEY}.`);
    await window.row("Done").click();
    await window.rowMenu(NAME, "Set Hosts…", "Check");
    await window.answer(`127.0.0.1:${port}`, "Hosts That Serve");
    await window.notification("The hosts of");
    await window.rowMenu(NAME, "Run a Task After Saving…", "Organize");
    await window.pick("reload nginx", "Run a task after saving");
    await window.dialog("is saved?", "Run after Saving");
    await window.command("Notifications: Clear All Notifications");
    await writeFile(at(`certs/${KEY}`), await sandbox().privateKeyPem("1000008", 1));
    now += 60_000;
    await window.rowMenu(NAME, "Check Now", "Check");
    await window.notification(`The certificate for ${NAME} is ready.`);
    await window.command("Notifications: Clear All Notifications");
    await window.rowMenu(NAME, "Save Again…");
    await window.quickSays("These are the current and the new content. Replace the file?");
    await window.page.getByText("The key is new").first().waitFor();
    await picture("save-again");
    await window.pick("Replace 2 Files");
  });

  it("served: what ran after saving, and which host serves it", async () => {
    const { window } = editor();
    await window.notification(`${NAME}: served by 127.0.0.1`);
    await window.command("Notifications: Clear All Notifications");
    await window.row("Done").click();
    await window.rowSays(NAME, "Served");
    await window.rowMenu(NAME, "Show Details");
    await window.webviewSays("serves this certificate");
    await picture("served");
  });

  it("find-orders: what the CA lists, to be ticked", async () => {
    const { window } = editor();
    await window.command("View: Close All Editors");
    await addAccount(window, LOGIN, PASSWORD, "My account");
    await window.notificationAction("Find its orders now?", "Find Orders…");
    await window.pick("At Any Time");
    await window.answer("shop-%", "_ stands for one character");
    await window.dialog("for the first time?", "Sign In");
    await window.quickSays("orders are not tracked yet");
    const rows = window.page.locator(".quick-input-widget:visible .monaco-list-row");
    for (const place of [0, 1, 2]) await rows.nth(place).click();
    await picture("find-orders");
  });
});

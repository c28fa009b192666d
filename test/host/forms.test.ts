import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import * as vscode from "vscode";
import type { PublicApi } from "../../src/editor/public/public-types";
import { recording } from "./recorder";
import { withPassword, activated, answering, run, until } from "./extension";

const BACKGROUND = "certificateCollector.backgroundChecks";

/** Between two tries of a question that the CA's wait still forbids, ms. */
const AGAIN = 300;

type Values = Readonly<Record<string, string>>;

/** Waits for the tab that is opened from now on. */
function tabOpened(label: string): Promise<void> {
  return new Promise((resolve) => {
    const heard = vscode.window.tabGroups.onDidChangeTabs(({ opened, changed }) => {
      if (![...opened, ...changed].some((tab) => tab.label === label)) return;
      heard.dispose();
      resolve();
    });
  });
}

describe("collecting in a form of one's choice", () => {
  let api: PublicApi;
  let account = "";
  before(async () => {
    api = await activated();
    await run("startSandbox");
    ({ account } = await answering(["Sandbox", "sandbox", ...withPassword(`open & shut = 100%+"ä"`), "Forms"], () =>
      run<{ account: string }>("addAccount"),
    ));
  });
  after(async () => {
    for (const { id } of await api.orders()) await run("stopTracking", { order: id });
    await run("stopSandbox");
  });

  const NUMBERS = { ssl: "1000002", smime: "2000002", ccc: "3000002", pac: "4000002", mc: "5000002" } as const;
  const forms: [product: keyof typeof NUMBERS, what: string, values: Values][] = [
    ["ssl", "a binary ZIP", { queryType: "1", responseType: "0", responseEncoding: "1" }],
    ["ssl", "a Netscape sequence", { queryType: "1", responseType: "1", responseEncoding: "0" }],
    ["ssl", "bare Base64 of PKCS #7", { queryType: "1", responseType: "2", responseEncoding: "0" }],
    ["ssl", "the CA certificates alone", { queryType: "3" }],
    ["smime", "CMMF", { queryType: "1", responseType: "4", responseEncoding: "0" }],
    ["ccc", "JavaScript with a callback", { queryType: "1", responseEncoding: "2", callbackFunctionName: "done" }],
    ["pac", "JavaScript", { queryType: "1", responseType: "2", responseEncoding: "2", responseMimeType: "text/plain" }],
    ["mc", "armoured PKCS #7", { responseType: "2", responseEncoding: "0" }],
    ["mc", "a binary ZIP", { responseType: "0", responseEncoding: "1" }],
  ];
  for (const [product, what, values] of forms) {
    it(`reads ${what} for ${product}`, async () => {
      const { order } = await run<{ order: string }>("trackOrder", {
        account,
        product,
        reference: "orderNumber",
        number: NUMBERS[product],
      });
      await until(api, order, ({ serialNumber }) => serialNumber !== undefined);
      let result: { result: string } | undefined;
      while (result === undefined) {
        result = await agreeing(() => run<{ result: string } | undefined>("collectAs", { order, values }));
        if (result === undefined) await wait(AGAIN);
      }
      assert.equal(result.result, "issued");
      assert.equal((await api.orders()).find(({ id }) => id === order)?.group === "trouble", false);
    });
  }

  it("asks step by step for what leads to a legal call", async () => {
    const order = "sandbox~mc~order~5000002";
    let result: { result: string } | undefined;
    while (result === undefined) {
      result = await agreeing(() =>
        answering(["PKCS #7 (.p7b)", "Binary"], () => run<{ result: string } | undefined>("collectAs", { order })),
      );
      if (result === undefined) await wait(AGAIN);
    }
    assert.equal(result.result, "issued");
  });

  it("offers the most useful first, in plain words, with the CA's own beside them", async () => {
    const shown = await recording(() => run("collectAs", { order: "sandbox~ssl~order~1000002" }));
    const texts = shown.filter(({ place }) => place === "list").map(({ text }) => text);
    assert.deepEqual(texts, [
      "Collect As…",
      "What do you want to collect?",
      ...["Certificate and CA certificates", "queryType=1"],
      ...["Certificate alone", "queryType=2"],
      ...["CA certificates alone (CA bundle)", "queryType=3"],
      ...["Status alone", "queryType=0"],
    ]);
  });

  it("collects several from the CA at once, and says in one line what came of it", async () => {
    const settings = vscode.workspace.getConfiguration();
    await settings.update(BACKGROUND, "off", vscode.ConfigurationTarget.Global);
    const orders: string[] = [];
    for (const [product, number] of [
      ["smime", "2000012"],
      ["pac", "4000012"],
      ["ssl", "1000011"],
    ] as const) {
      const given = { account, product, reference: "orderNumber", number };
      orders.push((await run<{ order: string }>("trackOrder", given)).order);
    }
    let collected: unknown;
    const shown = await recording(async () => {
      collected = await run("collect", { orders });
    });
    await settings.update(BACKGROUND, undefined, vscode.ConfigurationTarget.Global);
    assert.deepEqual(collected, { orders: orders.slice(0, 2) });
    const said = shown.filter(({ place }) => place === "message").map(({ text }) => text);
    assert.deepEqual(said, ["3 checked, 2 new", "Open All"]);
    // What was collected before is here, and not what is to be checked later.
    const again = await recording(() => run("collect", { orders: orders.slice(0, 2) }));
    assert.deepEqual(
      again.filter(({ place }) => place === "message").map(({ text }) => text),
      ["2 here already", "Open All"],
    );
  });

  it("refuses a combination that the page forbids before anything is recorded or sent", async () => {
    const order = "sandbox~ssl~order~1000002";
    const asked = async () => (await api.orders()).find(({ id }) => id === order)?.lastAsked;
    const before = await asked();
    assert.ok(before !== undefined);
    assert.equal(
      await agreeing(() => run("collectAs", { order, values: { queryType: "2", responseType: "0" } })),
      undefined,
    );
    assert.equal(await agreeing(() => run("collectAs", { order, values: { loginPassword: "x" } })), undefined);
    assert.equal(await asked(), before);
  });

  it("opens a saved response from a file", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "certificate-collector-host-"));
    const file = path.join(folder, "answer.txt");
    await writeFile(file, "-20\nThe certificate request has been rejected!");
    const shown = tabOpened("Details: Saved response");
    assert.deepEqual(await run("openSavedResponse", { file: vscode.Uri.file(file).toString() }), { opened: true });
    await shown;
    await rm(folder, { recursive: true });
  });
});

/** Lets a person agree to ask sooner than the CA asks. */
async function agreeing<T>(action: () => Thenable<T>): Promise<T> {
  const window = vscode.window as unknown as Record<string, unknown>;
  const { showInformationMessage } = vscode.window;
  window.showInformationMessage = (message: string, ...items: unknown[]) =>
    Promise.resolve(items.includes("Check Now") ? "Check Now" : void message);
  try {
    return await action();
  } finally {
    Object.assign(window, { showInformationMessage });
  }
}

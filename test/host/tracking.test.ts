import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { PublicApi } from "../../src/editor/public/public-types";
import { DEMO_ACCOUNT } from "../../src/sandbox/server";
import { activated, answering, run, withPassword } from "./extension";

interface One {
  readonly order: string;
  readonly added: boolean;
}

/** What a person types into the one box, what they are asked then, and what comes of it. */
describe("Track Order, against the sandbox", () => {
  let api: PublicApi;
  let account = "";
  before(async () => {
    api = await activated();
    await run("startSandbox");
    for (const { id } of await api.orders()) await run("stopTracking", { order: id });
    const answers = ["Sandbox", "tracking", ...withPassword(DEMO_ACCOUNT.loginPassword), "Tracking"];
    ({ account } = await answering(answers, () => run<{ account: string }>("addAccount")));
  });
  after(async () => {
    for (const { id } of await api.orders()) await run("stopTracking", { order: id });
    await answering(["Remove"], () => run("removeAccount", { account }));
    await run("stopSandbox");
  });

  const track = (...answers: Parameters<typeof answering>[0]) => answering(answers, () => run<One>("trackOrder"));
  const described = async (id: string) => (await api.orders()).find((each) => each.id === id);

  it("asks for nothing once an order was tracked: the box is the only step", async () => {
    const first = await track("ssl 1000002", { ifOffered: "Tracking" });
    assert.deepEqual(first, { order: "sandbox~ssl~order~1000002", added: true });
    assert.deepEqual(await track("1000003"), { order: "sandbox~ssl~order~1000003", added: true });
  });

  const texts: readonly (readonly [text: string, order: string])[] = [
    ["s/mime 2000001", "sandbox~smime~order~2000001"],
    ["order number 1000004, SSL", "sandbox~ssl~order~1000004"],
    ["certificate ID 100000301", "sandbox~ssl~certificate~100000301"],
    ["1000005 www.shop.example ssl", "sandbox~ssl~order~1000005"],
    [JSON.stringify({ product: "mc", orderNumber: "5000001", label: "Our mark" }), "sandbox~mc~order~5000001"],
  ];
  for (const [text, order] of texts) {
    it(`takes “${text}”`, async () => {
      const tracked = await track(text);
      assert.deepEqual(tracked, { order, added: true });
      const again = await track(text);
      assert.deepEqual(again, { order, added: false });
    });
  }

  it("takes a collection code, and asks where it goes", async () => {
    const { order, added } = await track("toy+ccc/&=%41", { ifOffered: "Custom client certificate" }, "Sandbox");
    assert.ok(added && order.startsWith("sandbox~ccc~code~"), order);
    assert.deepEqual(await track("toy+ccc/&=%41", { ifOffered: "Custom client certificate" }, "Sandbox"), {
      order,
      added: false,
    });
  });

  it("refuses in the box a number that no order of the CA can have", async () => {
    await assert.rejects(track("1".repeat(129)), /refused: /);
  });

  it("reads the clipboard as it reads what is typed", async () => {
    await vscode.env.clipboard.writeText(" 1000023\n");
    const pasted = await answering([{ press: "Paste from the Clipboard" }, { ifOffered: "SSL/TLS certificate" }], () =>
      run<{ order: string }>("trackOrder"),
    );
    assert.match(pasted.order, /~order~1000023$/);
  });

  it("takes a product that is corrected later for that very order, with its name and tags", async () => {
    await track("ssl 1000009", { ifOffered: "Tracking" });
    const { showInformationMessage } = vscode.window;
    const before = "sandbox~ssl~order~4000001";
    const gone = new Promise<void>((resolve) => {
      const heard = api.onDidChangeOrders(() => {
        void described(before).then((each) => {
          if (each !== undefined || !asked) return;
          heard.dispose();
          resolve();
        });
      });
    });
    let asked = false;
    Object.assign(vscode.window, {
      showInformationMessage: async (text: string, ...actions: string[]) => {
        if (!text.includes("is now tracked as")) return undefined;
        asked = true;
        // What is done to the order while the message stands there is kept.
        await run("renameOrder", { order: before, label: "Badge" });
        return actions[0];
      },
    });
    try {
      await answering(["4000001", "Personal authentication certificate"], async () => {
        await run("trackOrder");
        await gone;
      });
    } finally {
      Object.assign(vscode.window, { showInformationMessage });
    }
    assert.equal((await described("sandbox~pac~order~4000001"))?.title, "Badge");
  });

  for (const text of ["", "   ", "hello", "see you tomorrow", "12 34x", "www.shop.example"]) {
    it(`says what is missing in “${text}”, and asks nothing more`, async () => {
      await assert.rejects(track(text), /refused: (?:There is no order number or collection code in it\.|This cannot)/);
    });
  }

  it("shows a text with several orders first, even if it was pasted into one line", async () => {
    const text = "1000006 ssl\n2000002 s/mime\n";
    await vscode.env.clipboard.writeText(text);
    const inOneLine = await answering(["1000006 ssl 2000002 s/mime ", { ifOffered: "Tracking" }, ["2000002"]], () =>
      run<{ added: number }>("trackOrder"),
    );
    assert.equal(inOneLine.added, 1);
  });

  it("changes the product of one order in the list, and of all that are selected", async () => {
    const text = "1000006\n1000007\n1000008";
    const answers = [
      "SSL/TLS certificate",
      { ifOffered: "Tracking" },
      { press: "Change Product…", on: "1000007" },
      "S/MIME certificate",
      ["1000007", "1000008"],
    ];
    await answering(answers, () => run("trackOrder", { text }));
    assert.ok(await described("sandbox~smime~order~1000007"));
    assert.ok(await described("sandbox~ssl~order~1000008"));
    const all = { press: "Change the Product of All Selected Orders…" };
    const others = ["SSL/TLS certificate", { ifOffered: "Tracking" }, all, "Mark certificate", ["1000006", "1000007"]];
    await answering(others, () => run("trackOrder", { text: "1000006\n1000007" }));
    assert.ok((await described("sandbox~mc~order~1000006")) && (await described("sandbox~mc~order~1000007")));
  });
});

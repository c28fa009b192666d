import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import type { PublicApi, PublicOrder } from "../../src/editor/public/public-types";
import { checkEvidence } from "../wire/evidence";
import { withPassword, activated, answering, run, until } from "./extension";

interface TakenIn {
  readonly added: number;
  readonly known: number;
  readonly problems: readonly { readonly line: number; readonly message: string }[];
}

const id = (number: string, product = "ssl"): string => `sandbox~${product}~order~${number}`;

describe("many orders, against the sandbox", () => {
  let api: PublicApi;
  let account = "";
  let folder = "";
  before("start the sandbox", async () => {
    api = await activated();
    folder = await mkdtemp(path.join(tmpdir(), "many-orders-"));
    await run("startSandbox");
    ({ account } = await answering(["Sandbox", "sandbox", ...withPassword(`open & shut = 100%+"ä"`), "Many"], () =>
      run<{ account: string }>("addAccount"),
    ));
  });
  after("stop the sandbox", async () => {
    for (const order of await api.orders()) await run("stopTracking", { order: order.id });
    await run("stopSandbox");
    await rm(folder, { recursive: true });
  });

  const at = (name: string): string => vscode.Uri.file(path.join(folder, name)).toString();
  const order = async (which: string): Promise<PublicOrder | undefined> =>
    (await api.orders()).find((each) => each.id === which);

  it("understands a table, shows it, and tracks what is ticked of it", async () => {
    const text =
      "order number,product,domain,tags,account\n1000003,ssl,a.example,East,Many\n1000004,SSL,b.example,,Many\nn/a,ssl,,,Many\n1000005,ssl,c.example,,Many\n";
    const taken = await answering([["a.example", "b.example"]], () => run<TakenIn>("trackOrder", { text }));
    assert.deepEqual([taken.added, taken.known], [2, 0]);
    assert.deepEqual(
      taken.problems.map(({ line }) => line),
      [4],
    );
    assert.equal((await order(id("1000003")))?.title, "a.example");
    assert.equal(await order(id("1000005")), undefined);
  });

  it("imports a file that it exported, and says what is there already", async () => {
    const saved = await run<{ file: string; orders: number }>("exportOrders", {
      format: "json",
      file: at("orders.json"),
      orders: [id("1000003"), id("1000004")],
    });
    assert.equal(saved.orders, 2);
    await run("stopTracking", { order: id("1000004") });
    assert.equal(await order(id("1000004")), undefined);
    const taken = await answering([["b.example"]], () => run<TakenIn>("importOrders", { file: saved.file }));
    assert.deepEqual([taken.added, taken.known, taken.problems], [1, 1, []]);
  });

  it("is arranged by next action", async () => {
    const arranged = { by: "month", sort: "action", filter: "", archived: false };
    assert.deepEqual(await run("arrangeOrders", { by: "month", sort: "action" }), arranged);
    assert.deepEqual(await run("arrangeOrders", { sort: "due" }), { ...arranged, sort: "due" });
    assert.deepEqual(await run("arrangeOrders", { by: "state" }), { ...arranged, by: "state", sort: "due" });
  });

  it("writes exports without secrets, and never over a file", async () => {
    const table = await run<{ file: string }>("exportOrders", { format: "csv", file: at("orders.csv") });
    const csv = await readFile(vscode.Uri.parse(table.file).fsPath, "utf8");
    assert.match(csv, /a\.example/);
    assert.doesNotMatch(csv, /open & shut/);
    await writeFile(path.join(folder, "taken.ics"), "mine");
    assert.equal(await run("exportOrders", { format: "ics", file: at("taken.ics") }), undefined);
    assert.equal(await readFile(path.join(folder, "taken.ics"), "utf8"), "mine");
  });

  it("renames, tags and filters, by a name inside a certificate too", async () => {
    await run("renameOrder", { order: id("1000003"), label: "Shop" });
    assert.equal((await order(id("1000003")))?.title, "Shop");
    await run("tagOrder", { orders: [id("1000003"), id("1000004")], tags: ["Munich"] });
    assert.deepEqual(await run("filterOrders", { text: "munich" }), { shown: 2 });
    assert.deepEqual(await run("filterOrders", { text: "munich shop" }), { shown: 1 });
    await until(api, id("5000001", "mc"), ({ group }) => group === "ready");
    assert.deepEqual(await run("filterOrders", { text: "mark.example" }), { shown: 1 });
    assert.ok((await run<{ shown: number }>("clearFilter")).shown >= 7);
    await run("renameOrder", { order: id("1000003"), label: "" });
    assert.notEqual((await order(id("1000003")))?.title, "Shop");
  });

  it("groups and sorts as it is told", async () => {
    assert.deepEqual(await run("arrangeOrders", { by: "tag", sort: "name" }), {
      by: "tag",
      sort: "name",
      filter: "",
      archived: false,
    });
    assert.deepEqual(await answering(["What Needs Doing"], () => run("arrangeOrders")), {
      by: "state",
      sort: "name",
      filter: "",
      archived: false,
    });
    assert.equal(await run("arrangeOrders", { by: "colour" }), undefined);
  });

  it("archives, shows the archive, and takes out of it again", async () => {
    const { shown } = await run<{ shown: number }>("clearFilter");
    await run("archiveOrder", { orders: [id("1000003"), id("1000004")] });
    assert.equal((await order(id("1000003")))?.nextCheck, undefined);
    assert.deepEqual(await run("showArchived"), { shown: 2 });
    await run("unarchiveOrder", { order: id("1000003") });
    assert.deepEqual(await run("hideArchived"), { shown: shown - 1 });
    await run("unarchiveOrder", { order: id("1000004") });
  });

  it("pauses checks of one order, and of all", async () => {
    // An order that waits for ever.
    await answering(["Many", ["1000017"]], () => run("trackOrder", { text: "1000017 ssl" }));
    const waiting = await until(api, id("1000017"), ({ lastAsked }) => lastAsked !== undefined);
    assert.equal(waiting.group === "waiting" || waiting.group === "needs-you", true);
    await run("pauseChecks", { order: id("1000017") });
    assert.equal((await order(id("1000017")))?.nextCheck, undefined);
    await run("resumeChecks", { order: id("1000017") });
    assert.notEqual((await order(id("1000017")))?.nextCheck, undefined);
    assert.deepEqual(await run("pauseAllChecks"), { paused: "all" });
    assert.ok((await api.orders()).every(({ nextCheck }) => nextCheck === undefined));
    assert.deepEqual(await run("resumeAllChecks"), { resumed: "all" });
    assert.notEqual((await order(id("1000017")))?.nextCheck, undefined);
  });

  it("marks all that is ready as seen", async () => {
    // One stays pending, and one waits for its record.
    const waiting = [id("1000017"), id("1000027")];
    for (const each of await api.orders()) {
      if (!waiting.includes(each.id)) await until(api, each.id, ({ group }) => group === "ready" || group === "done");
    }
    const taken = await run<{ orders: string[] }>("markAllSeen");
    assert.ok(taken.orders.length >= 6);
    assert.ok((await api.orders()).every(({ group }) => group !== "ready"));
    assert.equal(await run("markAllSeen"), undefined);
  });

  it("watches again for another certificate, and keeps the one that is held", async () => {
    const before = await order(id("1000003"));
    await run("watchAgain", { order: id("1000003") });
    const watched = await until(api, id("1000003"), ({ lastAsked = 0 }) => lastAsked > (before?.lastAsked ?? 0));
    assert.deepEqual([watched.group, watched.serialNumber], ["done", before?.serialNumber]);
    const answered = await until(api, id("1000003"), ({ nextCheck = 0 }) => nextCheck > Date.now());
    assert.equal(answered.group, "done");
    await run("stopWatching", { order: id("1000003") });
  });

  it("gives the history of an order, and evidence that holds", async () => {
    const count = async () => (await run<{ entries: number }>("showHistory", { order: id("1000003") })).entries;
    assert.ok((await count()) >= 5);
    const shown = vscode.window.activeTextEditor?.document.getText() ?? "";
    for (const words of ["Tracked", "Checked automatically", "Collected the certificate", "SHA-256", "Archived"]) {
      assert.ok(shown.includes(words), words);
    }
    let [before, lines, file] = [0, 0, ""];
    // The answer to the last check may come between the two.
    for (let place = 0; before === 0 || before !== (await count()); place++) {
      before = await count();
      const given = { order: id("1000003"), file: at(`evidence-${place}.jsonl`) };
      ({ lines, file } = await run<{ file: string; lines: number }>("exportEvidence", given));
    }
    const text = await readFile(vscode.Uri.parse(file).fsPath, "utf8");
    assert.deepEqual(checkEvidence(text), []);
    assert.equal(lines, before);
    assert.notDeepEqual(checkEvidence(text.replaceAll("schedule", "person")), []);
  });

  it("gives orders of a removed account another one", async () => {
    const [other] = await answering(["Remove"], () => run("removeAccount", { account })).then(() => api.orders());
    assert.ok(other);
    const orphan = await until(api, id("1000017"), ({ group }) => group === "needs-you");
    assert.match(orphan.words, /choose another/);
    await answering(["Sandbox"], () => run("changeAccount", { order: id("1000017") }));
    const resolved = await until(api, id("1000017"), ({ words }) => !words.includes("choose another"));
    assert.notEqual(resolved.nextCheck, undefined);
  });

  const refused: [command: string, argument: unknown][] = [
    ["tagOrder", { orders: [id("1")], tags: ["x"] }],
    ["tagOrder", { order: id("1000003"), tags: "x" }],
    ["tagOrder", { order: id("1000003"), tags: ["x".repeat(300)] }],
    ["renameOrder", { order: id("1000003"), label: "x".repeat(300) }],
    ["archiveOrder", { orders: "all" }],
    ["exportOrders", { format: "pdf" }],
    ["importOrders", { file: "file:///no/such/file.csv" }],
    ["trackOrder", { text: 5 }],
    ["filterOrders", { text: {} }],
  ];
  for (const [command, argument] of refused) {
    it(`refuses ${command}(${JSON.stringify(argument).slice(0, 50)})`, async () => {
      assert.equal(await run(command, argument), undefined);
    });
  }
});

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import type { PublicApi } from "../../src/editor/public/public-types";
import type { CheckSummary } from "../../src/orders/checking/check-many";
import { TestAuthority } from "../servers/authority";
import { answer, MisbehavingServer } from "../servers/misbehaving-server";
import { withPassword, activated, answering, run, until } from "./extension";
import { recording } from "./recorder";

const AUTHORITIES = "certificateCollector.additionalCertificationAuthorities";
const NOTIFICATIONS = "certificateCollector.notifications";
const BACKGROUND = "certificateCollector.backgroundChecks";

/** What a person may ask for, whatever the background does and however long the CA asks to wait. */
describe("what a person asks for, at a server of the user's own", () => {
  let api: PublicApi;
  let folder = "";
  let server: MisbehavingServer;
  let account = "";
  before(async () => {
    api = await activated();
    folder = await mkdtemp(path.join(tmpdir(), "certificate-collector-wishes-"));
    const authority = await TestAuthority.create();
    server = await MisbehavingServer.start(await authority.issue(), (connection, { body }) => {
      const isBusy = body.includes("orderNumber=503");
      connection.end(isBusy ? answer(503, "", { "retry-after": "40000" }) : answer(200, "0"));
    });
    const file = path.join(folder, "ca.pem");
    await writeFile(file, authority.pem);
    await setting(AUTHORITIES, [file]);
    const { host } = server;
    ({ account } = await answering([host, ...withPassword("a pass+word")], () =>
      run<{ account: string }>("addAccount", { host, loginName: "wishes", label: "Wishes" }),
    ));
  });
  after(async () => {
    for (const { id } of await api.orders()) await run("stopTracking", { order: id });
    await answering(["Remove"], () => run("removeAccount", { account }));
    for (const name of [AUTHORITIES, BACKGROUND, NOTIFICATIONS]) await setting(name, undefined);
    await server.stop();
    await rm(folder, { recursive: true });
  });

  async function track(number: string, by = account): Promise<string> {
    const given = { account: by, product: "ssl", reference: "orderNumber", number };
    return (await run<{ order: string }>("trackOrder", given)).order;
  }

  it("are done when checks by itself are off, or paused", async () => {
    await setting(BACKGROUND, "off");
    const order = await track("1");
    assert.equal(server.requests.length, 0);
    const summary = await run<CheckSummary>("checkAll");
    assert.deepEqual([summary.unchanged, server.requests.length], [[order], 1]);
    await setting(BACKGROUND, undefined);
    await run("pauseAllChecks");
    const other = await track("2");
    let again: CheckSummary | undefined;
    const said = await recording(async () => {
      again = await run<CheckSummary>("checkAll", { orders: [order, other] });
    });
    assert.deepEqual([again?.unchanged, server.requests.length], [[other], 2]);
    assert.deepEqual(
      said.filter(({ place }) => place === "message").map(({ text }) => text),
      ["1 checked, 1 not due", "Show Orders"],
    );
    const shown = await recording(() => run("checkOrder", { order }));
    for (const { text } of shown) assert.doesNotMatch(text, /background|paused|switched off/i);
    await run("resumeAllChecks");
  });

  it("are not disturbed by a wait of the CA where a person turned notifications off", async () => {
    await setting(NOTIFICATIONS, "none");
    const { host } = server;
    const quiet = await answering([host, ...withPassword("a pass+word")], () =>
      run<{ account: string }>("addAccount", { host, loginName: "quiet", label: "Quiet" }),
    );
    let order = "";
    const shown = await recording(async () => {
      order = await track("50301", quiet.account);
      await until(api, order, ({ words }) => words.includes("503"));
      // Once another command came back, whatever the answer gives rise to was said.
      await run("renameOrder", { order, label: "Busy" });
    });
    assert.deepEqual(
      shown.filter(({ text }) => text.includes("Quiet")),
      [],
    );
    await run("stopTracking", { order });
    await answering(["Remove"], () => run("removeAccount", { account: quiet.account }));
    await setting(NOTIFICATIONS, undefined);
  });

  it("are asked about where the CA asks to wait, and done for an order that was never asked", async () => {
    const told = warned(/^The CA asks “Wishes” to wait until /);
    const busy = await track("503");
    await until(api, busy, ({ words }) => words.includes("503"));
    await told;
    const never = await track("3");
    const { length } = server.requests;
    const asked = await recording(() => run("checkOrder", { order: never }));
    assert.ok(
      asked.some(({ text }) => /The CA asks you to wait until .* before checking/.test(text)),
      JSON.stringify(asked),
    );
    assert.equal(server.requests.length, length);
    await agreeing(() => run("checkOrder", { order: never }));
    await until(api, never, ({ lastAsked }) => lastAsked !== undefined);
    assert.equal(server.requests.length, length + 1);
    assert.match(server.requests.at(-1)?.body ?? "", /orderNumber=3(?:&|$)/);
  });
});

async function setting(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration().update(name, value, vscode.ConfigurationTarget.Global);
}

/** The person presses the first button of what the window says. */
async function agreeing(action: () => Thenable<unknown>): Promise<void> {
  const { showInformationMessage } = vscode.window;
  Object.assign(vscode.window, {
    showInformationMessage: (_: string, first?: string) => Promise.resolve(first),
  });
  try {
    await action();
  } finally {
    Object.assign(vscode.window, { showInformationMessage });
  }
}

/** Waits until the window warns of something by itself. */
function warned(of: RegExp): Promise<void> {
  const { showWarningMessage } = vscode.window;
  return new Promise((resolve) => {
    const window = vscode.window as unknown as Record<string, unknown>;
    window.showWarningMessage = (text: string, ...more: unknown[]) => {
      if (!of.test(text)) return (showWarningMessage as (...all: unknown[]) => unknown)(text, ...more);
      window.showWarningMessage = showWarningMessage;
      resolve();
      return Promise.resolve(undefined);
    };
  });
}

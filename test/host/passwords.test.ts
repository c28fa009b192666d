import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import type { PublicApi, PublicOrder } from "../../src/editor/public/public-types";
import { TestAuthority } from "../servers/authority";
import { answer, MisbehavingServer } from "../servers/misbehaving-server";
import { withPassword, activated, answering, run, until } from "./extension";

const AUTHORITIES = "certificateCollector.additionalCertificationAuthorities";
const [RIGHT, ONE, OTHER] = ["Staple-Battery-1", "Correct-Horse-2", "Correct-Horse-3"];

/** A CA that refuses wrong passwords, counts them, and in one answer says another login's password. */
describe("passwords, at a server of the user's own", () => {
  let api: PublicApi;
  let folder = "";
  let server: MisbehavingServer;
  let account = "";
  let order = "";
  let failures = 0;
  before(async () => {
    api = await activated();
    folder = await mkdtemp(path.join(tmpdir(), "certificate-collector-passwords-"));
    const authority = await TestAuthority.create();
    server = await MisbehavingServer.start(await authority.issue(), (connection, { body }) => {
      const sent = new URLSearchParams(body.split("\r\n\r\n").at(-1));
      if (sent.get("loginPassword") === RIGHT) {
        connection.end(answer(200, sent.get("orderNumber") === "2" ? `-20\nBefore you came ${ONE} here` : "0"));
      } else {
        failures++;
        connection.end(answer(200, "-16\nUnknown user"));
      }
    });
    const file = path.join(folder, "ca.pem");
    await writeFile(file, authority.pem);
    await vscode.workspace.getConfiguration().update(AUTHORITIES, [file], vscode.ConfigurationTarget.Global);
  });
  after(async () => {
    for (const { id } of await api.orders()) await run("stopTracking", { order: id });
    await answering(["Remove"], () => run("removeAccount", { account }));
    await vscode.workspace.getConfiguration().update(AUTHORITIES, undefined, vscode.ConfigurationTarget.Global);
    await server.stop();
    await rm(folder, { recursive: true });
  });

  const isRefused = ({ words }: PublicOrder): boolean => words.startsWith("Sign in again: Unknown user");
  const enter = (password: string) => answering([password], () => run("editAccount", { account, change: "password" }));

  it("that the CA refused are not taken again, the one before included", async () => {
    const { host } = server;
    ({ account } = await answering([host, ...withPassword(ONE)], () =>
      run<{ account: string }>("addAccount", { host, loginName: "passwords", label: "Passwords" }),
    ));
    const given = { account, product: "ssl", reference: "orderNumber", number: "1" };
    ({ order } = await run<{ order: string }>("trackOrder", given));
    await until(api, order, isRefused);
    await assert.rejects(enter(ONE), /refused: The CA refused this password\./);
    await enter(OTHER);
    await until(api, order, (each) => failures === 2 && isRefused(each));
    for (const password of [OTHER, ONE])
      await assert.rejects(enter(password), /refused: The CA refused this password\./);
    assert.equal(failures, 2);
    await enter(RIGHT);
    await until(api, order, ({ group }) => group === "waiting");
    assert.equal(failures, 2);
  });

  it("do not go to the sandbox because a server is called so", async () => {
    const named = await answering(
      ["Other host…", "sandbox", "somebody", "a password", { ifOffered: "Keep it in secret storage" }, "Named so"],
      () => run<{ account: string }>("addAccount"),
    );
    const given = { account: named.account, product: "ssl", reference: "orderNumber", number: "7" };
    const { order: there } = await run<{ order: string }>("trackOrder", given);
    assert.match(there, /^other/);
    await run("stopTracking", { order: there });
    await answering(["Remove"], () => run("removeAccount", named));
  });

  it("are shared by the accounts of one login, which is asked first", async () => {
    const argument = { host: server.host, loginName: "passwords", label: "Again" };
    const again = await answering([server.host, "Keep Two Accounts"], () =>
      run<{ account: string }>("addAccount", argument),
    );
    await answering(["Remove"], () => run("removeAccount", again));
    assert.equal(failures, 2);
  });

  it("of others do not come back in the CA's words", async () => {
    const { order: said } = await run<{ order: string }>("trackOrder", {
      account,
      product: "ssl",
      reference: "orderNumber",
      number: "2",
    });
    const { words } = await until(api, said, ({ group }) => group === "trouble");
    assert.match(words, /^Before you came •+ here/);
  });
});

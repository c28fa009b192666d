import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import type { PublicApi } from "../../src/editor/public/public-types";
import type { SavedFiles } from "../../src/editor/saving/order-files";
import { TestAuthority } from "../servers/authority";
import { answer, MisbehavingServer } from "../servers/misbehaving-server";
import { withPassword, activated, answering, run, until } from "./extension";
import { recording, type Shown } from "./recorder";

const AUTHORITIES = "certificateCollector.additionalCertificationAuthorities";
const ORDERED = "www.ordered.example";

/** A CA that sends a certificate for another name than the one that was ordered, and without its own. */
describe("a certificate that is not what was ordered", () => {
  let api: PublicApi;
  let folder = "";
  let server: MisbehavingServer;
  let account = "";
  let order = "";
  before(async () => {
    api = await activated();
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(workspace);
    folder = await mkdtemp(path.join(workspace.uri.fsPath, "doubtful-"));
    const authority = await TestAuthority.create();
    const { cert } = await authority.issue({ dnsNames: ["www.another.example"], ipAddresses: [] });
    const certificate = encodeURIComponent(new X509Certificate(cert).raw.toString("base64"));
    server = await MisbehavingServer.start(await authority.issue(), (connection) => {
      connection.end(answer(200, `errorCode=1&fqdn=${ORDERED}&certificate=${certificate}`));
    });
    const file = path.join(folder, "ca.pem");
    await writeFile(file, authority.pem);
    await vscode.workspace.getConfiguration().update(AUTHORITIES, [file], vscode.ConfigurationTarget.Global);
    const { host } = server;
    ({ account } = await answering([host, ...withPassword("a pass+word")], () =>
      run<{ account: string }>("addAccount", { host, loginName: "doubtful", label: "Doubtful" }),
    ));
    const given = { account, product: "ssl", reference: "orderNumber", number: "1", label: "Web shop" };
    ({ order } = await run<{ order: string }>("trackOrder", given));
    await until(api, order, ({ serialNumber }) => serialNumber !== undefined);
  });
  after(async () => {
    await run("stopTracking", { order });
    await answering(["Remove"], () => run("removeAccount", { account }));
    await vscode.workspace.getConfiguration().update(AUTHORITIES, undefined, vscode.ConfigurationTarget.Global);
    await server.stop();
    await rm(folder, { recursive: true });
  });

  /** The question names what was ordered, and the missing chain. */
  function assertSaysWhy(shown: readonly Shown[]): void {
    const said = shown.filter(({ place }) => place === "modal").map(({ text }) => text);
    for (const why of [ORDERED, "It came without the CA's certificates"])
      assert.ok(
        said.some((text) => text.includes(why)),
        `${why} in ${JSON.stringify(shown)}`,
      );
  }
  const saveAt = (name: string): Thenable<SavedFiles | undefined> =>
    run("saveAs", {
      order,
      profile: "nginx",
      withoutKey: true,
      folder: vscode.Uri.file(path.join(folder, name)).toString(),
    });

  it("is no row that is done", async () => {
    const row = (await api.orders()).find(({ id }) => id === order);
    assert.equal(row?.group, "trouble");
    assert.match(row?.words ?? "", /name/);
  });

  it("says the weightiest reason when it is opened, and offers the page that has them all", async () => {
    const shown = await recording(() => run("openCertificate", { order }));
    const said = shown.filter(({ place }) => place === "message").map(({ text }) => text);
    assert.deepEqual(said, [`Web shop: Ordered, but missing from the certificate: ${ORDERED}.`, "Show Details"]);
  });

  it("is not saved unless the person agrees", async () => {
    const shown = await recording(() => saveAt("left"));
    assert.ok(
      shown.some(({ place, text }) => place === "modal" && text.startsWith("Save the certificate for Web shop")),
    );
    assertSaysWhy(shown);
    assert.ok(!(await readdir(folder)).includes("left"));

    const saved = await answering(["Save Anyway"], () => saveAt("agreed"));
    assert.equal(saved?.files.length, 1);
    assert.equal((await readdir(path.join(folder, "agreed"))).length, 1);
  });

  it("is not saved where it was saved before unless the person agrees", async () => {
    const before = (await readdir(path.join(folder, "agreed"))).length;
    const shown = await recording(() => run("saveAgain", { order }));
    assert.ok(
      shown.some(({ place, text }) => place === "modal" && text.startsWith("Save the certificate for Web shop")),
    );
    assert.equal((await readdir(path.join(folder, "agreed"))).length, before);
  });
});

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import type { PublicApi } from "../../src/editor/public/public-types";
import { domainValidated } from "../../src/sandbox/profiles";
import { Issuer } from "../page/issued";
import { TestAuthority } from "../servers/authority";
import { answer, MisbehavingServer } from "../servers/misbehaving-server";
import { withPassword, activated, answering, run, until } from "./extension";

const AUTHORITIES = "certificateCollector.additionalCertificationAuthorities";
const CODE = "toy-code-1";
const PASSWORD = "a pass+word";

/** A CA that takes its page at its word: "collectionCode: required". */
describe("collection codes, at a server of the user's own", () => {
  let api: PublicApi;
  let folder = "";
  let server: MisbehavingServer;
  let host = "";
  let account = "";
  before(async () => {
    api = await activated();
    folder = await mkdtemp(path.join(tmpdir(), "certificate-collector-codes-"));
    const chain = await new Issuer().chain(domainValidated({ key: "p-256", dnsNames: ["someone.example"] }));
    const authority = await TestAuthority.create();
    server = await MisbehavingServer.start(await authority.issue(), (connection, { body }) => {
      const code = sentIn(body).get("collectionCode");
      const said =
        code === null
          ? "-3\nThe 'collectionCode' argument is missing!"
          : code === CODE
            ? `2\n${chain}`
            : "-4\nThe value of the 'collectionCode' argument is invalid!";
      connection.end(answer(200, said));
    });
    host = server.host;
    const file = path.join(folder, "ca.pem");
    await writeFile(file, authority.pem);
    await vscode.workspace.getConfiguration().update(AUTHORITIES, [file], vscode.ConfigurationTarget.Global);
    const answers = [host, ...withPassword(PASSWORD)];
    ({ account } = await answering(answers, () =>
      run<{ account: string }>("addAccount", { host, loginName: "codes", label: "Codes" }),
    ));
  });
  after(async () => {
    for (const { id } of await api.orders()) await run("stopTracking", { order: id });
    await answering(["Remove"], () => run("removeAccount", { account }));
    await vscode.workspace.getConfiguration().update(AUTHORITIES, undefined, vscode.ConfigurationTarget.Global);
    await server.stop();
    await rm(folder, { recursive: true });
  });

  const lastSent = (): Readonly<Record<string, string>> =>
    Object.fromEntries(sentIn(server.requests.at(-1)?.body ?? ""));

  it("are asked for where the CA wants one besides the number", async () => {
    const { order } = await run<{ order: string }>("trackOrder", {
      account,
      product: "pac",
      reference: "orderNumber",
      number: "4711",
    });
    const wanting = await until(api, order, ({ group }) => group === "needs-you");
    assert.equal(wanting.words, "The CA wants its collection code");
    assert.equal(lastSent().collectionCode, undefined);

    await answering(["wrong"], () => run("enterCode", { order }));
    await until(api, order, ({ words }) => words === "Its collection code was refused");
    const asked = server.requests.length;
    await assert.rejects(
      answering(["wrong"], () => run("enterCode", { order })),
      /refused: The CA refused this code\. Enter a different one\./,
    );
    assert.equal(server.requests.length, asked);

    await answering([CODE], () => run("enterCode", { order }));
    await until(api, order, ({ serialNumber }) => serialNumber !== undefined);
    const { loginName, loginPassword, orderNumber, collectionCode } = lastSent();
    assert.deepEqual([loginName, loginPassword, orderNumber, collectionCode], ["codes", PASSWORD, "4711", CODE]);
  });

  it("go to the CA that a person chooses for a pasted one, and are known again", async () => {
    const text = `product,collectionCode\nccc,${CODE}\n`;
    const { added } = await answering([host, ["Order with a collection code"]], () =>
      run<{ added: number }>("trackOrder", { text }),
    );
    assert.equal(added, 1);
    const order = (await api.orders()).find(({ id }) => id.includes("~ccc~code~"));
    assert.ok(order);
    assert.ok(order.id.startsWith("other_3a127.0.0.1_3a"), order.id);
    await until(api, order.id, ({ serialNumber }) => serialNumber !== undefined);
    assert.deepEqual([lastSent().collectionCode, lastSent().loginName], [CODE, undefined]);

    const pasted = await answering([host], () => run<{ added: number; known: number }>("trackOrder", { text }));
    assert.deepEqual([pasted.added, pasted.known], [0, 1]);
    const typed = await answering([CODE, host], () => run<{ order: string; added: boolean }>("trackOrder"));
    assert.deepEqual(typed, { order: order.id, added: false });
  });
});

const sentIn = (body: string): URLSearchParams => new URLSearchParams(body.split("\r\n\r\n").at(-1));

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import type { PublicApi } from "../../src/editor/public/public-types";
import type { ActionOutcome } from "../../src/editor/commands/validation-actions";
import type { WaitsOutcome } from "../../src/editor/commands/what-ca-waits-for";
import { TestAuthority } from "../servers/authority";
import { answer, MisbehavingServer } from "../servers/misbehaving-server";
import { withPassword, activated, answering, run, until } from "./extension";
import { recording } from "./recorder";

const AUTHORITIES = "certificateCollector.additionalCertificationAuthorities";

/** Which texts of a body nobody may see. */
const TOKEN = "eyJhbGciOiJIUzI1NiJ9.c2VjcmV0.c2lnbmF0dXJl";
const ADDRESS = "someone.private@mail.example";

const POST_PAYMENT = JSON.stringify({
  errorCode: 0,
  data: {
    orderStatus: "Pending",
    uploadDocumentToken: TOKEN,
    csrStatus: { title: "CSR", status: "Completed" },
    agreementStatus: {
      ...{ title: "Subscriber Agreement", status: "ActionRequired", clickThroughEmailAddress: ADDRESS },
      lastEmailSent: "2026-11-20",
    },
  },
});

/** What the CA's services say is asked for, told and shown. */
describe("what the CA waits for, at a server of the user's own", () => {
  let api: PublicApi;
  let folder = "";
  let server: MisbehavingServer;
  let account = "";
  let domains = "errorCode=0&1_domainName=b.example&1_dcvMethod=CNAME%20CSR%20Hash&1_dcvStatus=Not%20Validated";

  const paths = (): string[] =>
    server.requests.map(({ head }) => decodeURIComponent(/^POST (\S+)/.exec(head)?.[1] ?? "").replace(/^.*\//, ""));

  before(async () => {
    api = await activated();
    folder = await mkdtemp(path.join(tmpdir(), "certificate-collector-waits-"));
    const authority = await TestAuthority.create();
    server = await MisbehavingServer.start(await authority.issue(), (connection, { head }) => {
      const [, name = ""] = /^POST \S*\/(\S+)/.exec(head) ?? [];
      const bodies: Readonly<Record<string, string>> = {
        getPostPaymentStatus: POST_PAYMENT,
        GetMDCDomainDetails: domains,
        ResendDCVEmail: "errorCode=0",
        RetryCAACheck: "errorCode=-296&errorMessage=Wrong certificate state",
      };
      connection.end(answer(200, bodies[decodeURIComponent(name).slice(1)] ?? "0"));
    });
    const file = path.join(folder, "ca.pem");
    await writeFile(file, authority.pem);
    await vscode.workspace.getConfiguration().update(AUTHORITIES, [file], vscode.ConfigurationTarget.Global);
    const { host } = server;
    ({ account } = await answering([host, ...withPassword("a pass+word")], () =>
      run<{ account: string }>("addAccount", { host, loginName: "waits", label: "Waits" }),
    ));
  });
  after(async () => {
    for (const { id } of await api.orders()) await run("stopTracking", { order: id });
    await answering(["Remove"], () => run("removeAccount", { account }));
    await vscode.workspace.getConfiguration().update(AUTHORITIES, undefined, vscode.ConfigurationTarget.Global);
    await server.stop();
    await rm(folder, { recursive: true });
  });

  async function track(number: string): Promise<string> {
    const given = { account, product: "ssl", reference: "orderNumber", number };
    const { order } = await run<{ order: string }>("trackOrder", given);
    // Answered, not only asked: before that, the first sign-in has not proved itself.
    await until(api, order, ({ words }) => words === "Being processed by the CA");
    return order;
  }

  it("is asked of two services, one after the other, and said by row and agent without what is private", async () => {
    const order = await track("11");
    const before = paths().length;
    const outcome = await run<WaitsOutcome>("whatTheCaWaitsFor", { order });
    assert.deepEqual(paths().slice(before), ["!getPostPaymentStatus", "!GetMDCDomainDetails"]);
    assert.deepEqual(outcome.answered, ["getPostPaymentStatus", "GetMDCDomainDetails"]);
    assert.deepEqual(outcome.missing, []);
    assert.equal(outcome.words, "Waiting for you: Put the CNAME record for b.example.");
    const [found] = (await api.orders()).filter(({ id }) => id === order);
    assert.equal(found?.group, "needs-you");
    const told = JSON.stringify([outcome, found]);
    for (const secret of [TOKEN, ADDRESS]) assert.ok(!told.includes(secret));
  });

  it("leaves what one service said where the other is refused, and says which part is missing", async () => {
    domains = "errorCode=-4&errorMessage=Not a multi-domain order";
    const order = await track("12");
    let outcome: WaitsOutcome | undefined;
    const shown = await recording(async () => {
      outcome = await run<WaitsOutcome>("whatTheCaWaitsFor", { order });
    });
    assert.deepEqual(outcome?.answered, ["getPostPaymentStatus"]);
    assert.deepEqual(outcome.missing, [{ service: "GetMDCDomainDetails", why: "refused" }]);
    assert.match(outcome.words, /sent on 2026-11-20, not opened/);
    const messages = shown.filter(({ place }) => place === "message").map(({ text }) => text);
    assert.ok(messages.some((text) => text.includes("GetMDCDomainDetails: Not a multi-domain order (-4)")));
  });

  it("sends nothing that changes anything before a person agreed", async () => {
    const order = await track("13");
    const before = paths().length;
    const shown = await recording(async () => {
      assert.equal(await run("resendValidationMail", { order }), undefined);
      assert.equal(await run("retryCaaCheck", { order }), undefined);
    });
    assert.equal(paths().length, before);
    const modals = shown.filter(({ place }) => place === "modal").map(({ text }) => text);
    assert.ok(modals.some((text) => text.includes("order number 13")));
    assert.ok(modals.some((text) => text.includes("once in ten minutes")));
  });

  it("has the mail sent again, and says what the CA said to another CAA check, each once in ten minutes", async () => {
    const order = await track("14");
    const sent = await answering(["Send Again"], () => run<ActionOutcome>("resendValidationMail", { order }));
    assert.deepEqual(sent, { order, result: "answered" });
    const refused = await answering(["Check Again"], () => run<ActionOutcome>("retryCaaCheck", { order }));
    assert.deepEqual(refused, { order, result: "refused" });
    const before = paths().length;
    const again = await answering([], () => run<ActionOutcome>("retryCaaCheck", { order }));
    assert.deepEqual(again, { order, result: "not-now" });
    assert.equal(paths().length, before);
  });
});

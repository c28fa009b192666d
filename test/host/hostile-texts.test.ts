import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import { inertText } from "../../src/editor/base/inert-text";
import type { PublicApi } from "../../src/editor/public/public-types";
import { domainValidated } from "../../src/sandbox/profiles";
import { Issuer } from "../page/issued";
import { TestAuthority } from "../servers/authority";
import { answer, MisbehavingServer, type Connection, type RawRequest } from "../servers/misbehaving-server";
import { withPassword, activated, answering, run, until, untilProblems } from "./extension";
import { activeIn, activeInMarkdown } from "./oracle";
import { recording, type Place, type Shown } from "./recorder";

/** Opens a terminal, draws an icon, and fetches a picture where it is taken for more than a text. */
const HOSTILE = "[run](command:workbench.action.terminal.new) $(bell) ![i](https://evil.test/i.png) <b>x</b>";
/** By this it is known again, whatever was made of it. */
const MARK = "command:workbench";
const FILE = "[run](command:workbench.action.terminal.new) $(bell).pem";

const AUTHORITIES = "certificateCollector.additionalCertificationAuthorities";

describe("texts of strangers", () => {
  let api: PublicApi;
  let folder = "";
  let server: MisbehavingServer;
  let account = "";
  let file: vscode.Uri;
  /** Everything that was seen to hold the text. */
  const carried = new Set<Place>();

  before("bring one in as a CA, a file and an account", async () => {
    api = await activated();
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(workspace);
    folder = await mkdtemp(path.join(workspace.uri.fsPath, "hostile-"));
    const profile = domainValidated({ key: "p-256", dnsNames: [HOSTILE, "shop.example"] });
    const chain = await new Issuer().chain({ ...profile, subject: [["commonName", HOSTILE]] });
    file = await write(FILE, chain);
    const authority = await TestAuthority.create(HOSTILE);
    server = await MisbehavingServer.start(
      await authority.issue({ dnsNames: [HOSTILE, "localhost"] }),
      answerByNumber(chain),
    );
    await setting(AUTHORITIES, [(await write("ca.pem", authority.pem)).fsPath]);
    const label = HOSTILE.slice(0, 60);
    ({ account } = await answering([server.host, ...withPassword("a pass+word")], () =>
      run<{ account: string }>("addAccount", { host: server.host, loginName: "hostile", label }),
    ));
  });
  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    for (const { id } of await api.orders()) await run("stopTracking", { order: id });
    await recording(() => run("removeAccount", { account }), { agrees: true });
    await setting(AUTHORITIES, undefined);
    await server.stop();
    await rm(folder, { recursive: true });
  });

  async function write(name: string, text: string): Promise<vscode.Uri> {
    const uri = vscode.Uri.file(path.join(folder, name));
    await writeFile(uri.fsPath, text);
    return uri;
  }

  /** Looks at all that is said meanwhile. */
  async function inert(action: () => Thenable<unknown>, agrees = false): Promise<void> {
    const shown = await recording(action, { agrees });
    for (const each of shown) {
      assert.equal(activeIn(each.text), undefined, inWords(each));
      if (each.text.includes(MARK)) carried.add(each.place);
    }
  }

  async function track(number: string, label = ""): Promise<string> {
    const tags = label === "" ? [] : [label];
    const given = { account, product: "ssl", reference: "orderNumber", number, label, tags };
    return (await run<{ order: string }>("trackOrder", given)).order;
  }

  /** Understood, shown, and ticked. */
  async function imported(name: string, text: string): Promise<string> {
    const { fsPath } = await write(name, text);
    const taking = () => run("importOrders", { file: vscode.Uri.file(fsPath).toString() });
    const before = new Set((await api.orders()).map(({ id }) => id));
    await inert(taking);
    await answering([[inertText(HOSTILE)]], taking);
    const added = (await api.orders()).find(({ id }) => !before.has(id));
    assert.ok(added);
    return added.id;
  }

  const LIST = JSON.stringify([
    {
      product: "ssl",
      reference: { kind: "orderNumber", value: "1005" },
      label: HOSTILE,
      tags: [HOSTILE],
      account: "hostile",
    },
  ]);
  const TABLE = `product,orderNumber,account,label,tags\nssl,10040,hostile,"${HOSTILE}","${HOSTILE}"\n`;
  const roads: readonly [road: string, bring: () => Promise<string>, becomes: RegExp][] = [
    ["a name of an order", () => track("1000", HOSTILE), /processed/],
    ["the CA's refusal", () => track("1001"), /command:workbench/],
    ["the CA's words about an order", () => track("1002"), /command:workbench/],
    ["the names of a certificate that was collected", () => track("1003"), /names are not/],
    ["a table", () => imported("orders.csv", TABLE), /processed/],
    ["a list in JSON", () => imported("orders.json", LIST), /processed/],
  ];
  for (const [road, bring, becomes] of roads) {
    it(`are text and nothing else that came as ${road}`, async () => {
      const order = await bring();
      await until(api, order, ({ words }) => becomes.test(words));
      const visits: readonly [string, object?][] = [
        ["checkOrder"],
        ["checkOrder", { order }],
        ["showHistory", { order }],
        ["showDetails", { order }],
        ["renameOrder", { order }],
        ["tagOrder", { order }],
        ["changeAccount", { order }],
        ["collect", { order }],
        ["saveAs", { order }],
        ["checkRevocation", { order }],
        ["compareWithHost", { order }],
        ["findIssuers", { order }],
        ["muteOrder", { order }],
        ["unmuteOrder", { order }],
        ["pauseChecks", { order }],
        ["resumeChecks", { order }],
        ["lookOnce", { order }],
        ["whatTheCaWaitsFor", { order }],
        ["resendValidationMail", { order }],
        ["retryCaaCheck", { order }],
        ["watchAgain", { order }],
        ["stopWatching", { order }],
        ["openRow", { order }],
        ["copyNumber", { order }],
        ["copyPem", { order }],
        ["copyFingerprint", { order }],
        ["copySerial", { order }],
        ["copyCurl", { order }],
        ["openInCrtSh", { order }],
        ["copyNames", { order }],
        ["addToOrderFile", { order }],
        ["markAllSeen"],
        ["archiveOrder", { order }],
        ["unarchiveOrder", { order }],
        ["editAccount", { account }],
        ["removeAccount", { account }],
        ["trySignIn", { account }],
        ["filterOrders"],
        ["exportOrders"],
      ];
      for (const [command, argument] of visits) {
        await inert(() => run(command, argument));
        if (!command.startsWith("copy")) continue;
        // A terminal would run what ends a line.
        const lines = (await vscode.env.clipboard.readText()).split("\n");
        for (const line of lines) assert.doesNotMatch(line, /[\p{C}\p{Zl}\p{Zp}]/u, command);
      }
      await told({ text: (await api.orders()).find(({ id }) => id === order)?.title ?? "" });
      await inert(() => run("stopTracking", { order }));
    });
  }

  /** What an agent is told. */
  async function told(input: object): Promise<void> {
    const called = { input, toolInvocationToken: undefined };
    const { content } = await vscode.lm.invokeTool("certificateCollector_list_orders", called);
    const [part] = content;
    assert.ok(part instanceof vscode.LanguageModelTextPart);
    JSON.parse(part.value, (_, value: unknown) => {
      if (typeof value === "string") assert.equal(activeIn(value), undefined, value);
      return value;
    });
  }

  it("are text and nothing else in the name and the names of a file", async () => {
    await inert(() => run("showFileDetails", file));
    await inert(() => run("checkRevocation", file));
    await inert(() => run("compareWithHost", file));
    await inert(() => run("findIssuers", file), true);
    await inert(() => run("openInCrtSh", file));
    await inert(() => run("openSavedResponse", { file: file.toString() }));
    await inert(() => run("saveAs", file));
  });

  it("are text and nothing else in the names of a live host", async () => {
    await inert(() => run("compareWithHost", { file: file.toString(), host: server.host }), true);
    await inert(() => run("testConnection", { host: server.host }), true);
    await inert(() => run("testConnection", { account }));
  });

  it("are text and nothing else in hover, lens, outline and problem of a PEM document", async () => {
    const document = await vscode.workspace.openTextDocument(file);
    const problems = await untilProblems(file, (found) => found.length > 0);
    for (const { message } of problems) assert.equal(activeIn(message), undefined, message);
    const symbols = await at<vscode.DocumentSymbol>("executeDocumentSymbolProvider", document.uri);
    assert.ok(symbols.some(({ name }) => name.includes(MARK)));
    for (const { name, detail } of symbols) assert.equal(activeIn(`${name}\n${detail}`), undefined, name);
    await hovers(document, [0]);
  });

  it("are text and nothing else in hover, lens and problem of an order file", async () => {
    const [label, tags] = [HOSTILE, [HOSTILE]];
    const save = { profile: "tomcat", files: { certificate: `../${HOSTILE}`, chain: HOSTILE } };
    const orders = [
      { product: "ssl", orderNumber: "1001", label, tags },
      { product: HOSTILE, orderNumber: HOSTILE, label, tags, [HOSTILE]: 1 },
      { product: "ssl", orderNumber: "2", save, [`password ${HOSTILE}`]: "a" },
    ];
    const text = JSON.stringify({ version: 1, [HOSTILE]: 1, orders }, null, 2);
    const document = await vscode.workspace.openTextDocument(await write("certificate-collector.json", text));
    const order = await track("1001");
    await until(api, order, ({ words }) => words.includes(MARK));
    const problems = await untilProblems(document.uri, (found) => found.some(({ message }) => message.includes(MARK)));
    for (const { message } of problems) assert.equal(activeIn(message), undefined, message);
    await hovers(
      document,
      Array.from({ length: document.lineCount }, (_, line) => line),
    );
  });

  async function hovers(document: vscode.TextDocument, lines: readonly number[]): Promise<void> {
    let seen = 0;
    for (const line of lines) {
      const place = new vscode.Position(line, document.lineAt(line).firstNonWhitespaceCharacterIndex + 1);
      for (const { contents } of await at<vscode.Hover>("executeHoverProvider", document.uri, place)) {
        for (const content of contents) {
          assert.ok(content instanceof vscode.MarkdownString);
          assert.ok(content.isTrusted !== true && content.supportHtml !== true);
          assert.equal(activeInMarkdown(content.value), undefined, content.value);
          if (content.value.includes("workbench")) seen++;
        }
      }
    }
    assert.ok(seen > 0, "no hover shows it");
  }

  const at = async <T>(name: string, ...given: unknown[]): Promise<T[]> =>
    (await vscode.commands.executeCommand<T[] | undefined>(`vscode.${name}`, ...given)) ?? [];

  it("came to every place where they could have done harm", () => {
    assert.deepEqual([...carried].sort(), ["list", "message", "modal", "panel", "progress", "prompt", "status-bar"]);
  });
});

const inWords = ({ place, text }: Shown): string => `${place}: ${text}`;

async function setting(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration().update(name, value, vscode.ConfigurationTarget.Global);
}

/** The CA, whose words are hostile: a refusal, a status, and a certificate for other names than it says. */
function answerByNumber(chain: string) {
  const detail = new URLSearchParams({
    errorCode: "0",
    certificateStatus: `PRE-SIGN FAILED: ${HOSTILE}`,
    fqdn: HOSTILE,
    mdcDomainDetails: `${HOSTILE.replaceAll(/[ ,]/g, "")} NOTVALIDATED`,
  });
  const certificate = new URLSearchParams({ errorCode: "2", fqdn: `other ${HOSTILE}`, certificate: chain });
  const bodies: Readonly<Record<string, string>> = {
    "1001": `-20\n${HOSTILE}`,
    "1002": detail.toString(),
    "1003": certificate.toString(),
  };
  return (connection: Connection, { body }: RawRequest): void => {
    const number = new URLSearchParams(body.split("\r\n\r\n").at(-1)).get("orderNumber") ?? "";
    connection.end(answer(200, bodies[number] ?? "0"));
  };
}

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import { activated, untilProblems } from "./extension";

describe("PEM documents", () => {
  let folder = "";
  let fixtures = "";
  before(async () => {
    await activated();
    const extension = vscode.extensions.getExtension("certificate-collector.certificate-collector");
    assert.ok(extension);
    fixtures = path.join(extension.extensionPath, "test", "fixtures", "certificates");
    folder = await mkdtemp(path.join(tmpdir(), "certificate-collector-pem-"));
  });
  after(() => rm(folder, { recursive: true }));

  const fixture = (name: string): Promise<string> => readFile(path.join(fixtures, name), "utf8");

  /** Opens a document of these words in a file of that name. */
  async function open(name: string, text: string): Promise<vscode.TextDocument> {
    const file = path.join(folder, name);
    await writeFile(file, text);
    return vscode.workspace.openTextDocument(file);
  }

  it("have the language by their ending, or by their first line", async () => {
    const pem = await fixture("containers/root-first.pem");
    for (const name of ["chain.crt", "chain.ca-bundle", "chain-without-ending"]) {
      assert.equal((await open(name, pem)).languageId, "pem", name);
    }
  });

  it("fold, and have an outline with what is in each block", async () => {
    const text = `Chain of a test\n${await fixture("containers/root-first.pem")}${await fixture("containers/private-pkcs8.pem")}`;
    const document = await open("server.pem", text);
    const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      "vscode.executeFoldingRangeProvider",
      document.uri,
    );
    for (const { start, end } of folds) {
      assert.match(document.lineAt(start).text, /^-----BEGIN /);
      assert.match(document.lineAt(end).text, /^-----END /);
    }
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      "vscode.executeDocumentSymbolProvider",
      document.uri,
    );
    assert.equal(folds.length, symbols.length);
    assert.deepEqual(
      symbols.map(({ name, selectionRange }) => [name, document.getText(selectionRange)]),
      [
        ["Example Root", "-----BEGIN CERTIFICATE-----"],
        ["Example Issuing CA", "-----BEGIN CERTIFICATE-----"],
        ["www.example.test", "-----BEGIN CERTIFICATE-----"],
        ["Private key", "-----BEGIN PRIVATE KEY-----"],
      ],
    );
  });

  it("tell in a hover who, by whom and until when, as text and never as markup", async () => {
    const document = await open("names.pem", await fixture("names.pem"));
    const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      new vscode.Position(3, 5),
    );
    const [words] = hover?.contents ?? [];
    assert.ok(words instanceof vscode.MarkdownString && words.isTrusted !== true && words.supportHtml !== true);
    assert.match(words.value, /\| Subject \| .*\n\| .*Issuer \|/s);
    assert.match(words.value, /\| SHA\\-256 \| `[0-9a-f]{64}` \|/);
    // Every sign of the certificate's own that Markdown knows is escaped, and what is not seen is spelled out.
    const subject = /\| Subject \| (.*) \|\n/.exec(words.value)?.[1] ?? "";
    assert.doesNotMatch(subject, /(?<!\\)[<>[\]()*_|]/);
    assert.doesNotMatch(subject, /[\u202a-\u202e\u0000-\u001f]/u);
  });

  it("show nothing of a private key", async () => {
    const pem = await fixture("containers/private-pkcs8.pem");
    const document = await open("server.key", pem);
    const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      new vscode.Position(1, 5),
    );
    const [words] = hover?.contents ?? [];
    assert.ok(words instanceof vscode.MarkdownString);
    assert.match(words.value, /Private key.*not encrypted/s);
    assert.ok(words.value.length < 200, words.value);
  });

  it("list what is wrong at its place with its clause, until it is put right, and no longer than they are open", async () => {
    const pem = await fixture("extensions/tls-leaf.pem");
    // As a person opens it: what an extension opens stays for minutes after its tab is closed.
    const file = vscode.Uri.file(path.join(folder, "leaf.pem"));
    await writeFile(file.fsPath, `${pem}${pem}`);
    await vscode.commands.executeCommand("vscode.open", file, { preview: false });
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document?.uri.toString() === file.toString());
    const found = await untilProblems(document.uri, (list) => list.length > 0);
    const [first] = found;
    assert.ok(first?.source === "certificate" && first.code !== undefined);
    for (const { range } of found) assert.equal(document.getText(range), "-----BEGIN CERTIFICATE-----");
    assert.ok(
      found.some(
        ({ message, severity }) => message.includes("more than once") && severity === vscode.DiagnosticSeverity.Hint,
      ),
    );

    const edit = new vscode.WorkspaceEdit();
    edit.replace(
      document.uri,
      new vscode.Range(0, 0, document.lineCount, 0),
      "-----BEGIN CERTIFICATE-----\nMI*B\n-----END CERTIFICATE-----\n",
    );
    await vscode.workspace.applyEdit(edit);
    const changed = await untilProblems(document.uri, (list) =>
      list.some(({ message }) => message.includes("damaged")),
    );
    const star = changed.find(({ range }) => document.getText(range) === "*");
    assert.ok(
      star,
      changed.map(({ message, range }) => `${range.start.line}:${range.start.character} ${message}`).join("\n"),
    );

    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await untilProblems(document.uri, (list) => list.length === 0);
  });

  it("have no problems where all is well", async () => {
    const document = await open("public.pem", await fixture("containers/public-ed25519.pem"));
    assert.equal(document.languageId, "pem");
    assert.deepEqual(vscode.languages.getDiagnostics(document.uri), []);
  });
});
